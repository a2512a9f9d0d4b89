/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "policy/host.h"

enum { SIZE = 300 };

static void
a_host_pattern_has_one_form(void **state)
{
    static const struct {
        const char *text, *normal;
    } rows[] = {
        {"api.example.com", "api.example.com"},
        {"API.Example.COM", "api.example.com"},
        {"https://api.example.com", "https://api.example.com"},
        {"HTTPS://api.example.com:443", "https://api.example.com"},
        {"http://api.example.com:80", "http://api.example.com"},
        {"http://api.example.com:443", "http://api.example.com:443"},
        {"*.example.org:443", "*.example.org:443"},
        {"localhost", "localhost"},
        {"localhost:8000", "localhost:8000"},
        {"_dmarc.example", "_dmarc.example"},
        {"10.0.0.1", "10.0.0.1"},
        {"10.0.0.1:1", "10.0.0.1:1"},
        {"[::1]", "[::1]"},
        {"[2001:DB8:0:0::1]:65535", "[2001:db8::1]:65535"},
        {"http://[::1]:80", "http://[::1]"},
        {"xn--bcher-kva.example", "xn--bcher-kva.example"},
        {"1e100.net", "1e100.net"},
        {"0x7f.example", "0x7f.example"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        char out[SIZE] = "";
        const char *problem = cl_host_normalise(rows[i].text, out, sizeof out);
        if (problem != NULL || strcmp(out, rows[i].normal) != 0) {
            fail_msg("'%s': expected '%s', got '%s' (%s)", rows[i].text, rows[i].normal,
                     out, problem ? problem : "");
        }
    }
}

static void
what_is_not_a_host_is_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "*",
        "*.",
        ".",
        "a..b",
        ".a",
        "a.",
        "a b",
        "a/b",
        "https://",
        "https://a/",
        "https://a?x",
        "https://a#x",
        "ftp://a",
        "://a",
        "user@a",
        "https://u:p@a",
        "a:",
        "a:0",
        "a:080",
        "a:65536",
        "a:http",
        "a:1:2",
        "a.*.b",
        "a*.b",
        "**.b",
        "*.10.0.0.1",
        "*.[::1]",
        "::1",
        "[::1",
        "[::1]x",
        "[::g]",
        "[]",
        "1.2",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.04",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "a.1",
        "*.5",
        "-a.b",
        "a-.b",
        "m\xc3\xbcll.example",
        "a%2eb",
        "a\\b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example",
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        char out[SIZE] = "";
        if (cl_host_normalise(rows[i], out, sizeof out) == NULL) {
            fail_msg("'%s' was taken for '%s'", rows[i], out);
        }
    }
    char text[400];
    char out[SIZE];
    memset(text, 'a', sizeof text);
    for (size_t i = 50; i < sizeof text; i += 50) {
        text[i] = '.';
    }
    text[sizeof text - 1] = '\0';
    assert_non_null(cl_host_normalise(text, out, sizeof out));
    text[255] = '\0';
    assert_non_null(cl_host_normalise(text, out, sizeof out));
    text[253] = '\0';
    assert_null(cl_host_normalise(text, out, sizeof out));
}

static void
two_patterns_meet_in_what_both_allow(void **state)
{
    static const struct {
        const char *a, *b, *both; /* NULL: nothing */
    } rows[] = {
        {"a.example", "a.example", "a.example"},
        {"a.example", "b.example", NULL},
        {"a.example", "*.example", "a.example"},
        {"example", "*.example", NULL},
        {"*.example", "*.example", "*.example"},
        {"*.a.example", "*.example", "*.a.example"},
        {"*.a.example", "*.b.example", NULL},
        {"xexample", "*.example", NULL},
        {"a.xexample", "*.example", NULL},
        {"https://a.example", "a.example", "https://a.example"},
        {"https://a.example", "a.example:443", "https://a.example"},
        {"https://a.example", "a.example:80", NULL},
        {"https://a.example", "http://a.example", NULL},
        {"https://a.example:8443", "*.example:8443", "https://a.example:8443"},
        {"a.example", "*.example:443", "a.example:443"},
        {"a.example:80", "a.example:81", NULL},
        {"[::1]", "[::1]:80", "[::1]:80"},
        {"10.0.0.1", "*.1", NULL},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        for (int turned = 0; turned < 2; turned++) {
            char out[SIZE] = "";
            const char *a = turned ? rows[i].b : rows[i].a;
            const char *b = turned ? rows[i].a : rows[i].b;
            int met = cl_host_meet(a, b, out, sizeof out);
            if (met != (rows[i].both != NULL) || (met && strcmp(out, rows[i].both) != 0)) {
                fail_msg("'%s' and '%s': expected '%s', got '%s'", a, b,
                         rows[i].both ? rows[i].both : "nothing", met ? out : "nothing");
            }
        }
    }
}

static void
every_wider_pattern_includes_the_one_it_came_from(void **state)
{
    static const struct {
        const char *text;
        size_t wider;
    } rows[] = {
        {"a", 0},         {"a.b", 1},           {"a.b.c", 2},
        {"a.b:80", 3},    {"https://a.b.c", 8}, {"https://a.b.c:81", 8},
        {"*.b.c:443", 3}, {"10.0.0.1", 0},      {"http://10.0.0.1", 2},
        {"[::1]:80", 1},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        char wider[SIZE];
        char both[SIZE];
        size_t n = 0;
        for (; cl_host_wider(rows[i].text, n, wider, sizeof wider); n++) {
            assert_true(cl_host_meet(rows[i].text, wider, both, sizeof both));
            assert_string_equal(both, rows[i].text);
            assert_string_not_equal(wider, rows[i].text);
        }
        if (n != rows[i].wider) {
            fail_msg("'%s': %zu wider patterns, expected %zu", rows[i].text, n,
                     rows[i].wider);
        }
    }
}

static void
a_hook_is_an_http_url_of_one_host(void **state)
{
    static const char *const good[] = {
        "https://ops.example.com/hook", "http://localhost:8080", "https://10.0.0.1/a?b=c#d",
        "https://[::1]:444/x",          "https://a.example?x",
    };
    static const char *const bad[] = {
        "",
        "ops.example.com/hook",
        "ftp://ops.example.com",
        "https://",
        "https:///hook",
        "https://*.example.com/",
        "https://user@ops.example.com/",
        "https://ops.example.com/a b",
        "https://ops.example.com\\a",
        "https://ops.example.com:99999/",
        "https://1.2/",
        "https://b\xc3\xbc.example/",
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(good); i++) {
        if (cl_host_check_url(good[i]) != NULL) {
            fail_msg("'%s' %s", good[i], cl_host_check_url(good[i]));
        }
    }
    for (size_t i = 0; i < CL_COUNT(bad); i++) {
        if (cl_host_check_url(bad[i]) == NULL) {
            fail_msg("'%s' was accepted", bad[i]);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_pattern_has_one_form),
        cmocka_unit_test(what_is_not_a_host_is_refused),
        cmocka_unit_test(two_patterns_meet_in_what_both_allow),
        cmocka_unit_test(every_wider_pattern_includes_the_one_it_came_from),
        cmocka_unit_test(a_hook_is_an_http_url_of_one_host),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

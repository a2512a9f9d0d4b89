/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of minisign's files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "sign/lines.h"

static void
a_comment_is_what_follows_its_prefix(void **state)
{
    static const struct {
        const char *text, *comment; /* NULL: refused */
    } rows[] = {
        {"a: x\n", "x"},        {"a: x", "x"},         {"a: x\r\n", "x"},
        {"a: \n", ""},          {"a: x\ty\n", "x\ty"}, {"a: 1234567", "1234567"},
        {"a: \xff\n", "\xff"},  {"a: 12345678", NULL}, {"", NULL},
        {"\n", NULL},           {"a:\n", NULL},        {"b: x\n", NULL},
        {"a: x\x1b[m\n", NULL}, {"a: x\x7f\n", NULL},  {"a: x\r", NULL},
        {"a: x\ry\n", NULL},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_lines l = CL_LINES(rows[i].text, strlen(rows[i].text));
        const char *comment = NULL;
        size_t len = 0;
        struct cloche_error err = {0};
        int rc = cl_lines_comment(&l, "a: ", 10, &comment, &len, &err);
        if ((rc == 0) != (rows[i].comment != NULL)) {
            fail_msg("row %zu: %s", i, rc == 0 ? "accepted" : err.msg);
        }
        if (rc == 0) {
            assert_int_equal(len, strlen(rows[i].comment));
            assert_memory_equal(comment, rows[i].comment, len);
        } else {
            assert_int_equal(err.code, CLOCHE_EINPUT);
            assert_non_null(strstr(err.msg, "line 1"));
        }
    }
}

static void
base64_is_of_exactly_so_many_bytes(void **state)
{
    static const struct {
        const char *text;
        int is_good;
    } rows[] = {
        {"QUJD\n", 1}, {"QUJD", 1},   {"QUJD\r\n", 1}, {"QUI=\n", 0},  {"QUJDRA==\n", 0},
        {"QUJ\n", 0},  {"QUJ-\n", 0}, {" QUJD\n", 0},  {"QUJD \n", 0}, {"\n", 0},
        {"", 0},       {"QU\nJD", 0}, {"QUJ\xb8", 0},  {"\xb2QJD", 0}, {"QUJ\xff\n", 0},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_lines l = CL_LINES(rows[i].text, strlen(rows[i].text));
        unsigned char out[3] = {0};
        if ((cl_lines_base64(&l, out, sizeof out, NULL) == 0) != rows[i].is_good) {
            fail_msg("row %zu: '%s'", i, rows[i].text);
        }
        if (rows[i].is_good) {
            assert_memory_equal(out, "ABC", 3);
        }
    }
}

static void
only_bits_that_say_something_are_accepted(void **state)
{
    unsigned char out[2];
    struct cl_lines good = CL_LINES("QUI=", 4);
    struct cl_lines bad = CL_LINES("QUJ=", 4); /* the same bytes, with a bit to spare */
    (void)state;
    assert_int_equal(cl_lines_base64(&good, out, sizeof out, NULL), 0);
    assert_int_equal(cl_lines_base64(&bad, out, sizeof out, NULL), -1);
}

static void
nothing_but_empty_lines_may_follow(void **state)
{
    (void)state;
    assert_int_equal(cl_lines_end(&CL_LINES("", 0), NULL), 0);
    assert_int_equal(cl_lines_end(&CL_LINES("\n\r\n", 3), NULL), 0);
    assert_int_equal(cl_lines_end(&CL_LINES(" ", 1), NULL), -1);
    assert_int_equal(cl_lines_end(&CL_LINES("\0", 1), NULL), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comment_is_what_follows_its_prefix),
        cmocka_unit_test(base64_is_of_exactly_so_many_bytes),
        cmocka_unit_test(only_bits_that_say_something_are_accepted),
        cmocka_unit_test(nothing_but_empty_lines_may_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

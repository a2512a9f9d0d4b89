/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "policy/parse/scalar.h"

static void
escapes_are_those_of_yaml(void **state)
{
    static const struct {
        enum cl_scalar_style style;
        const char *raw, *text; /* NULL: refused */
    } rows[] = {
        {CL_SCALAR_PLAIN, "", ""},
        {CL_SCALAR_PLAIN, "a b", "a b"},
        {CL_SCALAR_PLAIN, "a\\n''b", "a\\n''b"},
        {CL_SCALAR_SINGLE, "", ""},
        {CL_SCALAR_SINGLE, "it''s", "it's"},
        {CL_SCALAR_SINGLE, "''''", "''"},
        {CL_SCALAR_SINGLE, "a\\n\"b", "a\\n\"b"},
        {CL_SCALAR_DOUBLE, "", ""},
        {CL_SCALAR_DOUBLE, "it''s", "it''s"},
        {CL_SCALAR_DOUBLE, "\\a\\b\\t\\n\\v\\f\\r\\e\\ \\\"\\/\\\\",
         "\a\b\t\n\v\f\r\x1b \"/\\"},
        {CL_SCALAR_DOUBLE, "\\N\\_\\L\\P", "\xc2\x85\xc2\xa0\xe2\x80\xa8\xe2\x80\xa9"},
        {CL_SCALAR_DOUBLE, "\\x41\\xe9", "A\xc3\xa9"},
        {CL_SCALAR_DOUBLE, "\\u20ac\\u00E9x", "\xe2\x82\xac\xc3\xa9x"},
        {CL_SCALAR_DOUBLE, "\\U0001F40d", "\xf0\x9f\x90\x8d"},
        {CL_SCALAR_DOUBLE, "\\U0010ffff", "\xf4\x8f\xbf\xbf"},
        {CL_SCALAR_DOUBLE, "\\0", NULL},
        {CL_SCALAR_DOUBLE, "\\x00", NULL},
        {CL_SCALAR_DOUBLE, "\\u0000", NULL},
        {CL_SCALAR_DOUBLE, "\\ud800", NULL},
        {CL_SCALAR_DOUBLE, "\\udfff", NULL},
        {CL_SCALAR_DOUBLE, "\\U00110000", NULL},
        {CL_SCALAR_DOUBLE, "\\Uffffffff", NULL},
        {CL_SCALAR_DOUBLE, "\\x4", NULL},
        {CL_SCALAR_DOUBLE, "\\x4g", NULL},
        {CL_SCALAR_DOUBLE, "\\u123", NULL},
        {CL_SCALAR_DOUBLE, "\\q", NULL},
        {CL_SCALAR_DOUBLE, "\\'", NULL},
        {CL_SCALAR_DOUBLE, "a\\", NULL},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        char out[200] = "";
        const char *problem =
            cl_scalar_decode(rows[i].style, rows[i].raw, strlen(rows[i].raw), out);
        if ((problem == NULL) != (rows[i].text != NULL) ||
            (problem == NULL && strcmp(out, rows[i].text) != 0)) {
            fail_msg("row %zu, '%s': got '%s'", i, rows[i].raw, problem ? problem : out);
        }
    }
}

/* What one byte of a text can become at most, so that the room is enough. */
static void
a_decoded_text_is_at_most_twice_as_long(void **state)
{
    static const char *const escapes[] = {"\\L",   "\\P",     "\\N",
                                          "\\xff", "\\uffff", "\\U0010ffff"};
    (void)state;
    for (size_t i = 0; i < CL_COUNT(escapes); i++) {
        char out[50];
        assert_null(
            cl_scalar_decode(CL_SCALAR_DOUBLE, escapes[i], strlen(escapes[i]), out));
        assert_true(strlen(out) <= 2 * strlen(escapes[i]));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_are_those_of_yaml),
        cmocka_unit_test(a_decoded_text_is_at_most_twice_as_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

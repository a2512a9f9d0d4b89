/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "engine/utf8.h"

#define R "\xef\xbf\xbd"

static void
each_maximal_invalid_part_becomes_one_replacement(void **state)
{
    static const struct {
        const char *name, *bytes, *expected;
    } rows[] = {
        {"empty", "", ""},
        {"ASCII", "plain\n", "plain\n"},
        {"two, three and four bytes", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
         "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
        {"last code point", "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"},
        {"past the last code point", "\xf4\x90\x80\x80", R R R R},
        {"surrogate", "\xed\xa0\x80", R R R},
        {"overlong slash", "\xc0\xaf", R R},
        {"overlong in three", "\xe0\x80\xaf", R R R},
        {"lone continuation", "a\x80z", "a" R "z"},
        {"cut at the end", "a\xe2\x82", "a" R},
        {"cut before a letter", "\xf0\x9f\x98z", R "z"},
        {"cut before a lead", "\xe2\x82\xc3\xa9", R "\xc3\xa9"},
        {"five-byte lead", "\xf8\x88\x80\x80\x80", R R R R R},
        {"all ones", "\xff\xfe", R R},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        cl_autobuf struct cl_buf b = CL_BUF_INIT(256);
        cl_utf8_replace(rows[i].bytes, strlen(rows[i].bytes), &b);
        if (b.len != strlen(rows[i].expected) ||
            (b.len > 0 && memcmp(b.data, rows[i].expected, b.len) != 0)) {
            fail_msg("%s: %zu bytes, %zu expected", rows[i].name, b.len,
                     strlen(rows[i].expected));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_maximal_invalid_part_becomes_one_replacement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

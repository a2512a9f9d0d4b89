/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "base/units.h"

typedef int (*reader)(const char *text, size_t len, uint64_t *out,
                      struct cloche_error *err);

enum { KIB = 1024, MIB = KIB * KIB };
static const uint64_t S = 1000000000ull;

struct good {
    reader read;
    const char *text;
    uint64_t value;
};

static void
numbers_with_units_read_as_written(void **state)
{
    const struct good rows[] = {
        {cl_units_size, "0", 0},
        {cl_units_size, "1B", 1},
        {cl_units_size, "64KiB", 64 * KIB},
        {cl_units_size, "10MiB", 10 * MIB},
        {cl_units_size, "1GiB", 1024ull * MIB},
        {cl_units_size, "2TiB", 2048ull * 1024 * MIB},
        {cl_units_size, "1KB", 1000},
        {cl_units_size, "3GB", 3000000000ull},
        {cl_units_size, "1.5KiB", 1536},
        {cl_units_size, "1_024B", 1024},
        {cl_units_size, "8388607TiB", 8388607ull << 40},
        {cl_units_size, "9223372036854775807B", INT64_MAX},
        {cl_units_time, "250ms", S / 4},
        {cl_units_time, "5s", 5 * S},
        {cl_units_time, "1.5s", S + S / 2},
        {cl_units_time, "2m", 120 * S},
        {cl_units_time, "1h", 3600 * S},
        {cl_units_time, "90d", 90 * 86400 * S},
        {cl_units_time, "7us", 7000},
        {cl_units_time, "7ns", 7},
        {cl_units_percent, "50%", 50},
        {cl_units_percent, "100000%", 100000},
        {cl_units_count, "0", 0},
        {cl_units_count, "1_000_000", 1000000},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        uint64_t v = UINT64_MAX;
        struct cloche_error err = {0};
        if (rows[i].read(rows[i].text, strlen(rows[i].text), &v, &err) < 0 ||
            v != rows[i].value) {
            fail_msg("'%s': expected %llu, got %llu (%s)", rows[i].text,
                     (unsigned long long)rows[i].value, (unsigned long long)v, err.msg);
        }
    }
}

struct bad {
    reader read;
    const char *text;
    const char *fragment;
};

static void
what_is_not_a_number_with_its_unit_is_refused(void **state)
{
    const struct bad rows[] = {
        {cl_units_size, "", "is not a size"},
        {cl_units_size, "-1B", "is negative"},
        {cl_units_size, "1", "has no unit"},
        {cl_units_size, "1kb", "unknown unit"},
        {cl_units_size, "1 KiB", "unknown unit"},
        {cl_units_size, "1KiBx", "unknown unit"},
        {cl_units_size, "MiB", "is not a size"},
        {cl_units_size, "8388608TiB", "too large"},
        {cl_units_size, "9223372036854775808B", "is not a size"},
        {cl_units_size, "99999999999999999999B", "is not a size"},
        {cl_units_size, "1__0B", "is not a size"},
        {cl_units_size, "1_B", "is not a size"},
        {cl_units_size, "0x10B", "unknown unit"},
        {cl_units_size, "1e3B", "unknown unit"},
        {cl_units_time, "5", "has no unit"},
        {cl_units_time, "-5s", "is negative"},
        {cl_units_time, "5S", "unknown unit"},
        {cl_units_time, "5m5s", "unknown unit"},
        {cl_units_time, "1.s", "unknown unit"},
        {cl_units_percent, "0%", "not between"},
        {cl_units_percent, "100001%", "not between"},
        {cl_units_percent, "50", "has no unit"},
        {cl_units_count, "-1", "is negative"},
        {cl_units_count, "1.5", "is not a whole number"},
        {cl_units_count, "10s", "is not a whole number"},
        {cl_units_count, "", "is not a whole number"},
        {cl_units_count, "9223372036854775808", "is not a whole number"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        uint64_t v = 12345;
        struct cloche_error err = {0};
        int rc = rows[i].read(rows[i].text, strlen(rows[i].text), &v, &err);
        if (rc == 0 || err.code != CLOCHE_EINPUT || v != 12345 ||
            strstr(err.msg, rows[i].fragment) == NULL) {
            fail_msg("'%s': expected '%s', got %d, %llu, '%s'", rows[i].text,
                     rows[i].fragment, rc, (unsigned long long)v, err.msg);
        }
    }
}

static void
text_is_read_to_its_length_and_not_beyond(void **state)
{
    uint64_t v = 0;
    (void)state;
    assert_int_equal(cl_units_time("5s and more", 2, &v, NULL), 0);
    assert_int_equal(v, 5 * S);
}

static void
an_exact_text_reads_back_as_the_same_number(void **state)
{
    const uint64_t values[] = {0,     1,         999,         1000,      1023,
                               1024,  1536,      65536,       1048576,   1500000000,
                               5 * S, 90 * S,    120 * S,     3600 * S,  86400 * S,
                               S / 4, S / 4 + 1, 3 * MIB + 1, INT64_MAX, 12345678901ull};
    (void)state;
    for (size_t i = 0; i < CL_COUNT(values); i++) {
        char text[CL_UNITS_MAX];
        uint64_t v = 1;
        cl_units_format_size(values[i], text);
        assert_int_equal(cl_units_size(text, strlen(text), &v, NULL), 0);
        assert_true(v == values[i]);
        cl_units_format_time(values[i], text);
        assert_int_equal(cl_units_time(text, strlen(text), &v, NULL), 0);
        assert_true(v == values[i]);
    }
}

static void
an_exact_text_is_the_shortest(void **state)
{
    char text[CL_UNITS_MAX];
    (void)state;
    assert_string_equal(cl_units_format_size(65536, text), "64KiB");
    assert_string_equal(cl_units_format_size(1025, text), "1025B");
    assert_string_equal(cl_units_format_time(S + S / 2, text), "1500ms");
    assert_string_equal(cl_units_format_time(90 * S, text), "90s");
    assert_string_equal(cl_units_format_time(20 * 60 * S, text), "20m");
    assert_string_equal(cl_units_format_time(90 * 86400 * S, text), "90d");
}

static void
a_shown_text_has_three_digits(void **state)
{
    char text[CL_UNITS_MAX];
    (void)state;
    assert_string_equal(cl_units_show_size(512, text), "512 B");
    assert_string_equal(cl_units_show_size(9762243, text), "9.31 MiB");
    assert_string_equal(cl_units_show_size(100 * MIB, text), "100 MiB");
    assert_string_equal(cl_units_show_time(812, text), "812 ns");
    assert_string_equal(cl_units_show_time(812000, text), "812 us");
    assert_string_equal(cl_units_show_time(12 * S, text), "12.0 s");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_with_units_read_as_written),
        cmocka_unit_test(what_is_not_a_number_with_its_unit_is_refused),
        cmocka_unit_test(text_is_read_to_its_length_and_not_beyond),
        cmocka_unit_test(an_exact_text_reads_back_as_the_same_number),
        cmocka_unit_test(an_exact_text_is_the_shortest),
        cmocka_unit_test(a_shown_text_has_three_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

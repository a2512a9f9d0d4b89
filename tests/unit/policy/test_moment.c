/* SPDX-License-Identifier: Apache-2.0 */
/* Dates and times of a policy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

#include "base/own.h"
#include "policy/parse/moment.h"

static void
moments_are_seconds_since_1970(void **state)
{
    static const struct {
        const char *text;
        uint64_t seconds;
        const char *shown;
    } rows[] = {
        {"1970-01-01", 0, "1970-01-01"},
        {"1970-01-01T00:00:01Z", 1, "1970-01-01T00:00:01Z"},
        {"2000-02-29", 951782400, "2000-02-29"},
        {"2027-01-31", 1801353600, "2027-01-31"},
        {"2027-01-31T12:00:00Z", 1801396800, "2027-01-31T12:00:00Z"},
        {"2027-01-31t12:00:00z", 1801396800, "2027-01-31T12:00:00Z"},
        {"2027-01-31 12:00:00+00:00", 1801396800, "2027-01-31T12:00:00Z"},
        {"2027-01-31T13:00:00+01:00", 1801396800, "2027-01-31T12:00:00Z"},
        {"2027-01-31T01:30:00-10:30", 1801396800, "2027-01-31T12:00:00Z"},
        {"2027-01-31T12:00:00.999999999Z", 1801396800, "2027-01-31T12:00:00Z"},
        {"2027-02-01T01:00:00+01:00", 1801440000, "2027-02-01"},
        {"2100-02-28T23:59:59Z", 4107542399, "2100-02-28T23:59:59Z"},
        {"2100-03-01", 4107542400, "2100-03-01"},
        {"9999-12-31T23:59:59Z", 253402300799, "9999-12-31T23:59:59Z"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        uint64_t seconds = 42;
        char text[CL_MOMENT_TEXT];
        const char *problem = cl_moment_read(rows[i].text, &seconds);
        if (problem != NULL || seconds != rows[i].seconds) {
            fail_msg("%s: %s, %llu", rows[i].text, problem != NULL ? problem : "read",
                     (unsigned long long)seconds);
        }
        assert_string_equal(cl_moment_show(seconds, text), rows[i].shown);
    }
}

static void
every_day_is_shown_as_the_c_library_shows_it(void **state)
{
    (void)state;
    for (uint64_t day = 0; day < 200 * 366; day++) {
        char ours[CL_MOMENT_TEXT];
        char its[40];
        time_t t = (time_t)(day * 86400);
        struct tm tm;
        uint64_t back = 0;
        assert_non_null(gmtime_r(&t, &tm));
        assert_true(strftime(its, sizeof its, "%Y-%m-%d", &tm) > 0);
        assert_string_equal(cl_moment_show(day * 86400, ours), its);
        assert_null(cl_moment_read(ours, &back));
        assert_int_equal(back, day * 86400);
    }
}

static void
what_is_no_moment_is_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "never",
        "2027",
        "2027-01",
        "2027-1-31",
        "27-01-31",
        "2027/01/31",
        "2027-01-31T",
        "2027-01-31T12:00Z",
        "2027-01-31T12:00:00",
        "2027-01-31T12:00:00Zx",
        "2027-01-31T12:00:00.Z",
        "2027-01-31T12:00:00+0100",
        "2027-01-31T12:00:00+24:00",
        "2027-01-31T12:00:00+01:60",
        "2027-01-31T24:00:00Z",
        "2027-01-31T12:60:00Z",
        "2027-01-31T12:00:60Z",
        "2027-01-31x",
        "2027-00-31",
        "2027-13-01",
        "2027-01-00",
        "2027-01-32",
        "2027-02-29",
        "2100-02-29",
        "1969-12-31",
        "1970-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        " 2027-01-31",
        "2027-01-31 ",
        "+027-01-31",
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        uint64_t seconds = 42;
        if (cl_moment_read(rows[i], &seconds) == NULL) {
            fail_msg("'%s' was read", rows[i]);
        }
        assert_int_equal(seconds, 42);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_seconds_since_1970),
        cmocka_unit_test(every_day_is_shown_as_the_c_library_shows_it),
        cmocka_unit_test(what_is_no_moment_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "engine/capture.h"

static void
both_streams_share_one_limit(void **state)
{
    struct cl_capture c;
    (void)state;
    cl_capture_init(&c, 10, 0);
    assert_int_equal(cl_capture_add(&c, 1, "12345678", 8), 8);
    assert_int_equal(cl_capture_add(&c, 2, "abcd", 4), 2);
    assert_int_equal(cl_capture_add(&c, 1, "9", 1), 0);
    assert_int_equal(c.kept[0].len, 8);
    assert_int_equal(c.kept[1].len, 2);
    assert_true(c.total[0] == 9 && c.total[1] == 4);
    cl_capture_fini(&c);
}

static void
what_is_discarded_is_counted_and_not_kept(void **state)
{
    struct cl_capture c;
    (void)state;
    cl_capture_init(&c, 10, 1);
    assert_int_equal(cl_capture_add(&c, 1, "123456", 6), 6);
    assert_int_equal(cl_capture_add(&c, 1, "123456", 6), 4);
    assert_int_equal(c.kept[0].len, 0);
    assert_true(c.passed[0] == 10 && c.total[0] == 12);
    cl_capture_fini(&c);
}

static void
alternating_bytes_end_the_order_and_not_the_memory(void **state)
{
    struct cl_capture c;
    (void)state;
    cl_capture_init(&c, 1 << 20, 0);
    for (int i = 0; i < 3 * CL_CAPTURE_MAX_STRETCHES; i++) {
        assert_int_equal(cl_capture_add(&c, 1 + i % 2, "x", 1), 1);
    }
    assert_int_equal(c.n_order, CL_CAPTURE_MAX_STRETCHES);
    assert_true(c.is_order_lost);
    cl_capture_fini(&c);
}

static void
an_order_that_cannot_be_true_is_not_taken(void **state)
{
    static const struct {
        const char *name;
        struct cl_stretch rows[3];
        uint32_t count;
        int is_taken;
    } rows[] = {
        {"true", {{1, 2}, {2, 3}, {1, 2}}, 3, 1},
        {"too much", {{1, 5}, {2, 3}}, 2, 0},
        {"too little", {{1, 4}}, 1, 0},
        {"no such stream", {{3, 4}, {2, 3}}, 2, 0},
        {"stream zero", {{0, 4}, {2, 3}}, 2, 0},
        {"a sum that wraps around", {{1, UINT64_MAX}, {1, 5}, {2, 3}}, 3, 0},
        {"nothing", {{1, 1}}, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_capture c;
        cl_capture_init(&c, 100, 0);
        assert_int_equal(cl_capture_add(&c, 1, "1234", 4), 4);
        assert_int_equal(cl_capture_add(&c, 2, "abc", 3), 3);
        cl_capture_set_order(&c, rows[i].rows, rows[i].count);
        if ((c.n_order == 3) != rows[i].is_taken) {
            fail_msg("%s: %u stretches", rows[i].name, c.n_order);
        }
        cl_capture_fini(&c);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_streams_share_one_limit),
        cmocka_unit_test(what_is_discarded_is_counted_and_not_kept),
        cmocka_unit_test(alternating_bytes_end_the_order_and_not_the_memory),
        cmocka_unit_test(an_order_that_cannot_be_true_is_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

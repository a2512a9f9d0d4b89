/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "wire/frame.h"

static void
a_frame_has_its_length_and_its_type(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(64);
    (void)state;
    size_t first = cl_frame_begin(&b, 0x10);
    (void)cl_buf_add_str(&b, "abc");
    cl_frame_end(&b, first);
    size_t second = cl_frame_begin(&b, 0x11);
    cl_frame_end(&b, second);
    assert_int_equal(b.len, 13);
    assert_memory_equal(b.data, "\4\0\0\0\20abc\1\0\0\0\21", 13);
}

static void
a_frame_that_does_not_fit_fails_the_buffer(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(7);
    (void)state;
    size_t start = cl_frame_begin(&b, 1);
    (void)cl_buf_add_str(&b, "too long");
    cl_frame_end(&b, start);
    assert_true(b.has_failed);
}

static void
what_was_written_is_read(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(200);
    (void)state;
    const double third = 1.0 / 3;
    uint64_t bits = 0;
    memcpy(&bits, &third, sizeof bits);
    (void)cl_buf_u8(&b, 250);
    (void)cl_buf_u32(&b, 0xdeadbeef);
    (void)cl_buf_u64(&b, UINT64_MAX - 1);
    (void)cl_buf_u64(&b, bits);
    (void)cl_put_str(&b, "text");
    (void)cl_put_str(&b, NULL);
    (void)cl_put_bytes(&b, "a\0b", 3);
    struct cl_reader r = CL_READER(b.data, b.len);
    size_t len = 0;
    assert_int_equal(cl_read_u8(&r), 250);
    assert_int_equal(cl_read_u32(&r), 0xdeadbeef);
    assert_true(cl_read_u64(&r) == UINT64_MAX - 1);
    assert_true(cl_read_f64(&r) == third);
    cl_autofree char *text = cl_read_str(&r, 4);
    cl_autofree char *empty = cl_read_str(&r, 0);
    assert_string_equal(text, "text");
    assert_string_equal(empty, "");
    const unsigned char *blob = cl_read_bytes(&r, 3, &len);
    assert_int_equal(len, 3);
    assert_memory_equal(blob, "a\0b", 3);
    assert_int_equal(cl_reader_done(&r), 0);
}

static void
a_read_past_the_end_fails_and_gives_nothing(void **state)
{
    const unsigned char bytes[3] = {1, 2, 3};
    (void)state;
    struct cl_reader r = CL_READER(bytes, sizeof bytes);
    assert_int_equal(cl_read_u32(&r), 0);
    assert_true(r.has_failed);
    /* It stays failed, even for what would fit. */
    assert_int_equal(cl_read_u8(&r), 0);
    assert_null(cl_read_raw(&r, 0));
    assert_int_equal(cl_reader_done(&r), -1);
}

static void
what_is_left_over_is_an_error(void **state)
{
    const unsigned char bytes[2] = {1, 2};
    (void)state;
    struct cl_reader r = CL_READER(bytes, sizeof bytes);
    assert_int_equal(cl_read_u8(&r), 1);
    assert_int_equal(cl_reader_done(&r), -1);
    assert_int_equal(cl_read_u8(&r), 2);
    assert_int_equal(cl_reader_done(&r), 0);
}

static void
lengths_and_counts_that_cannot_be_true_are_refused(void **state)
{
    static const struct {
        const char *name;
        unsigned char bytes[8];
        size_t len;
        int is_count;
        uint32_t max;
        size_t least;
    } rows[] = {
        {"blob longer than the payload", {5, 0, 0, 0, 'a', 'b', 'c', 'd'}, 8, 0, 100, 0},
        {"blob longer than its maximum", {4, 0, 0, 0, 'a', 'b', 'c', 'd'}, 8, 0, 3, 0},
        {"blob of all ones", {255, 255, 255, 255}, 4, 0, UINT32_MAX, 0},
        {"count over its maximum", {3, 0, 0, 0, 1, 1, 1, 1}, 8, 1, 2, 1},
        {"count that the payload cannot hold", {3, 0, 0, 0, 1, 1, 1, 1}, 8, 1, 9, 2},
        {"count of all ones", {255, 255, 255, 255}, 4, 1, UINT32_MAX, 1},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_reader r = CL_READER(rows[i].bytes, rows[i].len);
        size_t len = 99;
        if (rows[i].is_count) {
            len = cl_read_count(&r, rows[i].max, rows[i].least);
        } else {
            (void)cl_read_bytes(&r, rows[i].max, &len);
        }
        if (len != 0 || !r.has_failed) {
            fail_msg("%s was taken", rows[i].name);
        }
    }
}

static void
a_string_with_a_nul_is_refused(void **state)
{
    const unsigned char bytes[] = {3, 0, 0, 0, 'a', 0, 'b'};
    (void)state;
    struct cl_reader r = CL_READER(bytes, sizeof bytes);
    assert_null(cl_read_str(&r, 10));
    assert_true(r.has_failed);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_has_its_length_and_its_type),
        cmocka_unit_test(a_frame_that_does_not_fit_fails_the_buffer),
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(a_read_past_the_end_fails_and_gives_nothing),
        cmocka_unit_test(what_is_left_over_is_an_error),
        cmocka_unit_test(lengths_and_counts_that_cannot_be_true_are_refused),
        cmocka_unit_test(a_string_with_a_nul_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

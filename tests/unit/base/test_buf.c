/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/own.h"

static void
what_is_added_is_there_in_order(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(1000);
    (void)state;
    assert_int_equal(cl_buf_add(&b, "ab\0c", 4), 0);
    assert_int_equal(cl_buf_add_str(&b, "de"), 0);
    assert_int_equal(cl_buf_printf(&b, "%d", 42), 0);
    assert_int_equal(b.len, 8);
    assert_memory_equal(b.data, "ab\0cde42", 8);
}

static void
numbers_are_little_endian(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(100);
    (void)state;
    assert_int_equal(cl_buf_u8(&b, 0x01), 0);
    assert_int_equal(cl_buf_u32(&b, 0x05040302), 0);
    assert_int_equal(cl_buf_u64(&b, 0x0d0c0b0a09080706), 0);
    for (size_t i = 0; i < 13; i++) {
        assert_int_equal(b.data[i], i + 1);
    }
}

static void
nothing_is_added_past_the_maximum_and_the_failure_sticks(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(10);
    (void)state;
    assert_int_equal(cl_buf_add(&b, "0123456789", 10), 0);
    assert_int_equal(cl_buf_add(&b, "x", 1), -1);
    assert_int_equal(b.len, 10);
    assert_true(b.has_failed);
    cl_buf_clear(&b);
    assert_int_equal(cl_buf_add(&b, "01234567890", 11), -1);
    assert_int_equal(b.len, 0);
    assert_int_equal(cl_buf_add(&b, "1", 1), -1);
    assert_null(cl_buf_take_str(&b));
}

static void
a_length_that_would_wrap_around_is_refused(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(SIZE_MAX);
    (void)state;
    assert_int_equal(cl_buf_add(&b, "abc", 3), 0);
    assert_null(cl_buf_room(&b, SIZE_MAX - 1));
    assert_true(b.has_failed);
}

static void
a_long_print_is_whole(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(100000);
    char text[3000];
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(cl_buf_printf(&b, "<%s>", text), 0);
    assert_int_equal(b.len, sizeof text - 1 + 2);
    assert_int_equal(b.data[b.len - 1], '>');
}

static void
taking_the_string_leaves_the_buffer_empty(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(100);
    (void)state;
    assert_int_equal(cl_buf_add_str(&b, "hello"), 0);
    cl_autofree char *s = cl_buf_take_str(&b);
    assert_string_equal(s, "hello");
    assert_int_equal(b.len, 0);
    assert_null(b.data);
    cl_autofree char *empty = cl_buf_take_str(&b);
    assert_string_equal(empty, "");
}

static void
it_grows_from_one_byte_to_many(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(70000);
    (void)state;
    for (size_t i = 0; i < 70000; i++) {
        assert_int_equal(cl_buf_u8(&b, (uint8_t)i), 0);
    }
    for (size_t i = 0; i < 70000; i++) {
        assert_int_equal(b.data[i], (uint8_t)i);
    }
    assert_int_equal(cl_buf_u8(&b, 0), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_added_is_there_in_order),
        cmocka_unit_test(numbers_are_little_endian),
        cmocka_unit_test(nothing_is_added_past_the_maximum_and_the_failure_sticks),
        cmocka_unit_test(a_length_that_would_wrap_around_is_refused),
        cmocka_unit_test(a_long_print_is_whole),
        cmocka_unit_test(taking_the_string_leaves_the_buffer_empty),
        cmocka_unit_test(it_grows_from_one_byte_to_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

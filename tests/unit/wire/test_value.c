/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "wire/value.h"

static int
is_value(const void *bytes, size_t len)
{
    struct cl_reader r = CL_READER((const unsigned char *)bytes, len);
    return cl_value_skip(&r, 0) == 0 && cl_reader_done(&r) == 0;
}

#define BYTES(text) text, sizeof text - 1

static void
form_decides(void **state)
{
    static const struct {
        const char *name;
        const char *bytes;
        size_t len;
        int expected;
    } rows[] = {
        {"None", BYTES("N"), 1},
        {"True", BYTES("T"), 1},
        {"integer", BYTES("I\1\0\0\0\0\0\0\0"), 1},
        {"short integer", BYTES("I\1\0\0\0"), 0},
        {"float", BYTES("D\0\0\0\0\0\0\xf0\x3f"), 1},
        {"infinity", BYTES("D\0\0\0\0\0\0\xf0\x7f"), 0},
        {"not a number", BYTES("D\1\0\0\0\0\0\xf0\x7f"), 0},
        {"text", BYTES("S\2\0\0\0ab"), 1},
        {"cut text", BYTES("S\3\0\0\0ab"), 0},
        {"empty list", BYTES("L\0\0\0\0"), 1},
        {"list of two", BYTES("L\2\0\0\0NT"), 1},
        {"list that claims more", BYTES("L\3\0\0\0NT"), 0},
        {"list of four billion", BYTES("L\xff\xff\xff\xffN"), 0},
        {"empty dict", BYTES("M\0\0\0\0"), 1},
        {"dict", BYTES("M\1\0\0\0S\1\0\0\0aN"), 1},
        {"dict whose key is no text", BYTES("M\1\0\0\0I\1\0\0\0\0\0\0\0N"), 0},
        {"dict without its value", BYTES("M\1\0\0\0S\1\0\0\0a"), 0},
        {"unknown tag", BYTES("X"), 0},
        {"nothing", BYTES(""), 0},
        {"two values", BYTES("NN"), 0},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (is_value(rows[i].bytes, rows[i].len) != rows[i].expected) {
            fail_msg("%s: %s expected", rows[i].name,
                     rows[i].expected ? "a value" : "none");
        }
    }
}

static void
depth_is_bounded(void **state)
{
    (void)state;
    for (unsigned depth = CL_VALUE_DEPTH - 1; depth <= CL_VALUE_DEPTH + 1; depth++) {
        cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
        for (unsigned i = 0; i < depth; i++) {
            (void)cl_buf_add(&b, "L\1\0\0\0", 5);
        }
        (void)cl_buf_u8(&b, 'N');
        assert_int_equal(is_value(b.data, b.len), depth <= CL_VALUE_DEPTH);
    }
}

static void
items_have_their_contents(void **state)
{
    const unsigned char bytes[] = "I\xff\xff\xff\xff\xff\xff\xff\xffS\2\0\0\0ab";
    struct cl_reader r = CL_READER(bytes, sizeof bytes - 1);
    struct cl_value_item item;
    (void)state;
    assert_int_equal(cl_value_next(&r, &item), 0);
    assert_int_equal(item.tag, 'I');
    assert_true(item.integer == -1);
    assert_int_equal(cl_value_next(&r, &item), 0);
    assert_int_equal(item.text_len, 2);
    assert_memory_equal(item.text, "ab", 2);
    assert_int_equal(cl_value_next(&r, &item), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(form_decides),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(items_have_their_contents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

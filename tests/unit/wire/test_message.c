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
#include "wire/message.h"

static const enum cl_sender senders[] = {CL_FROM_BROKER, CL_FROM_LAUNCHER, CL_FROM_ZYGOTE,
                                         CL_FROM_CELL};

static int
is_legal(uint8_t type, uint32_t len, unsigned n_fds, enum cl_sender from,
         enum cl_state state)
{
    return cl_message_check(type, len, n_fds, from, state, NULL) == 0;
}

static void
each_row_is_legal_from_its_sender_in_its_states_and_no_other(void **state)
{
    (void)state;
    for (unsigned type = 0; type < 256; type++) {
        const struct cl_message_row *row = cl_message_find((uint8_t)type);
        for (size_t i = 0; i < CL_COUNT(senders); i++) {
            for (unsigned bit = 0; bit < 5; bit++) {
                enum cl_state s = (enum cl_state)(1u << bit);
                int expected =
                    row != NULL && row->from == senders[i] && (row->states & s) != 0;
                if (is_legal((uint8_t)type, 1, 0, senders[i], s) != expected) {
                    fail_msg("type 0x%02x, sender %zu, state 0x%x: %d expected", type, i, s,
                             expected);
                }
            }
        }
    }
}

static void
nothing_is_legal_once_a_channel_has_ended(void **state)
{
    (void)state;
    for (unsigned type = 0; type < 256; type++) {
        for (size_t i = 0; i < CL_COUNT(senders); i++) {
            assert_false(is_legal((uint8_t)type, 1, 0, senders[i], CL_STATE_ENDED));
        }
    }
}

static void
lengths_and_descriptors_are_bounded_by_the_row(void **state)
{
    (void)state;
    for (unsigned type = 0; type < 256; type++) {
        const struct cl_message_row *row = cl_message_find((uint8_t)type);
        if (row == NULL) {
            continue;
        }
        enum cl_state s = (enum cl_state)(row->states & -row->states);
        assert_false(is_legal(row->type, 0, 0, row->from, s));
        assert_true(is_legal(row->type, row->max, row->max_fds, row->from, s));
        assert_false(is_legal(row->type, row->max + 1, 0, row->from, s));
        assert_false(is_legal(row->type, UINT32_MAX, 0, row->from, s));
        assert_false(is_legal(row->type, 1, row->max_fds + 1u, row->from, s));
        assert_true(row->max_fds <= CL_MAX_FDS);
    }
}

static void
user_code_can_send_only_six_kinds_and_no_descriptor(void **state)
{
    unsigned count = 0;
    (void)state;
    for (unsigned type = 0; type < 256; type++) {
        const struct cl_message_row *row = cl_message_find((uint8_t)type);
        if (row != NULL && row->from == CL_FROM_CELL && row->type != CL_MSG_CELL_FAILED &&
            (row->states & CL_STATE_RUNNING) != 0) {
            count++;
            assert_int_equal(row->max_fds, 0);
        }
    }
    assert_int_equal(count, 6);
}

static void
the_message_of_a_refusal_names_the_frame(void **state)
{
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(
        cl_message_check(CL_MSG_RESULT, 1, 0, CL_FROM_CELL, CL_STATE_READY, &err), -1);
    assert_int_equal(err.code, CLOCHE_EINTERNAL);
    assert_non_null(strstr(err.msg, "RESULT"));
}

static void
an_error_crosses(void **state)
{
    const struct cloche_error sent = {
        .code = CLOCHE_EHOST, .sys = 13, .msg = "mount '/': no"};
    struct cloche_error got = {0};
    cl_autobuf struct cl_buf b = CL_BUF_INIT(400);
    (void)state;
    cl_put_error(&b, &sent);
    struct cl_reader r = CL_READER(b.data, b.len);
    cl_read_error(&r, &got);
    assert_int_equal(cl_reader_done(&r), 0);
    assert_int_equal(got.code, sent.code);
    assert_int_equal(got.sys, sent.sys);
    assert_string_equal(got.msg, sent.msg);
}

static void
a_forged_error_is_made_harmless(void **state)
{
    static const struct {
        const char *name;
        unsigned char code;
        uint32_t sys;
        const char *text;
        const char *expected;
    } rows[] = {
        {"no code", 0, 0, "x", "an unreadable error report"},
        {"unknown code", 200, 0, "x", "an unreadable error report"},
        {"no errno", CLOCHE_ESYS, 0x80000000, "x", "an unreadable error report"},
        {"control sequence", CLOCHE_ESYS, 1, "\x1b[2Jx\n\x7f", "?[2Jx??"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cloche_error got = {0};
        cl_autobuf struct cl_buf b = CL_BUF_INIT(400);
        (void)cl_buf_u8(&b, rows[i].code);
        (void)cl_buf_u32(&b, rows[i].sys);
        (void)cl_put_str(&b, rows[i].text);
        struct cl_reader r = CL_READER(b.data, b.len);
        cl_read_error(&r, &got);
        assert_string_equal(got.msg, rows[i].expected);
        assert_int_not_equal(got.code, CLOCHE_OK);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_legal_from_its_sender_in_its_states_and_no_other),
        cmocka_unit_test(nothing_is_legal_once_a_channel_has_ended),
        cmocka_unit_test(lengths_and_descriptors_are_bounded_by_the_row),
        cmocka_unit_test(user_code_can_send_only_six_kinds_and_no_descriptor),
        cmocka_unit_test(the_message_of_a_refusal_names_the_frame),
        cmocka_unit_test(an_error_crosses),
        cmocka_unit_test(a_forged_error_is_made_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

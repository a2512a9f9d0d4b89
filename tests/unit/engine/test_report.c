/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "engine/result.h"
#include "wire/frame.h"
#include "wire/job.h"

/* What a test changes in an otherwise good RESULT. */
struct forged {
    uint8_t end;
    uint32_t exit_status;
    const char *value;
    size_t value_len;
    const char *variables;
    size_t variables_len;
    const char *traceback;
    size_t traceback_len;
    uint32_t n_frames; /* as claimed; one is there */
    uint32_t n_order;  /* the same */
};

static const struct forged good = {
    CL_END_EXCEPTION, UINT32_MAX, "N", 1, "M\0\0\0\0", 5, "tb", 2, 1, 1};

static void
put_report(struct cl_buf *b, const struct forged *f)
{
    (void)cl_buf_u8(b, f->end);
    (void)cl_buf_u32(b, f->exit_status);
    (void)cl_buf_u32(b, 0); /* hints */
    (void)cl_buf_u32(b, 0); /* hits */
    (void)cl_buf_u32(b, 0); /* errno */
    (void)cl_buf_u8(b, 0);  /* which limit */
    (void)cl_buf_u64(b, 0); /* how much of it */
    (void)cl_buf_u32(b, 0); /* at which line */
    (void)cl_put_bytes(b, f->value, f->value_len);
    (void)cl_put_str(b, "None");
    (void)cl_buf_u32(b, 0); /* variables in all */
    (void)cl_put_bytes(b, f->variables, f->variables_len);
    (void)cl_buf_u8(b, 1); /* there is an error */
    (void)cl_put_str(b, "ValueError");
    (void)cl_put_str(b, "no");
    (void)cl_buf_u32(b, 3);
    (void)cl_buf_u32(b, 7);
    (void)cl_buf_u32(b, f->n_frames);
    (void)cl_buf_u32(b, 3);
    (void)cl_put_str(b, "<module>");
    (void)cl_put_str(b, "raise ValueError('no')");
    (void)cl_put_bytes(b, f->traceback, f->traceback_len);
    (void)cl_buf_u32(b, f->n_order);
    (void)cl_buf_u8(b, 1);
    (void)cl_buf_u64(b, 12);
    (void)cl_buf_u64(b, 1000);
    (void)cl_buf_u64(b, 2000);
}

/* Reads a copy of exactly len bytes, which the reader takes over. */
static int
read_copy(const unsigned char *bytes, size_t len, struct cl_report *out)
{
    unsigned char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, len);
    return cl_report_read(copy, len, out, NULL);
}

static void
a_good_report_is_read(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
    struct cl_report report = {0};
    (void)state;
    put_report(&b, &good);
    assert_int_equal(read_copy(b.data, b.len, &report), 0);
    assert_int_equal(report.end, CL_END_EXCEPTION);
    assert_int_equal(report.exit_status, -1);
    assert_string_equal(report.error_type, "ValueError");
    assert_int_equal(report.error_line, 3);
    assert_int_equal(report.n_order, 1);
    assert_true(report.order[0].bytes == 12 && report.system_ns == 2000);
    cl_report_fini(&report);
}

static void
every_truncation_is_refused(void **state)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
    (void)state;
    put_report(&b, &good);
    for (size_t len = 0; len < b.len; len++) {
        struct cl_report report = {0};
        if (read_copy(b.data, len, &report) == 0) {
            fail_msg("%zu of %zu bytes were a report", len, b.len);
        }
    }
}

static void
a_forged_field_is_refused(void **state)
{
    struct forged rows[8];
    static const char *const names[] = {
        "an end that does not exist", "an exit status over 255",
        "a value that is none",       "two values in one",
        "variables that are no dict", "a NUL in a text",
        "frames that are not there",  "stretches that are not there",
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        rows[i] = good;
    }
    rows[0].end = CL_END_COUNT;
    rows[1].exit_status = 256;
    rows[2].value = "X";
    rows[3].value = "NN";
    rows[3].value_len = 2;
    rows[4].variables = "N";
    rows[4].variables_len = 1;
    rows[5].traceback = "\0\0";
    rows[6].n_frames = CL_JOB_FRAMES_MAX;
    rows[7].n_order = UINT32_MAX;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
        struct cl_report report = {0};
        put_report(&b, &rows[i]);
        if (read_copy(b.data, b.len, &report) == 0) {
            fail_msg("taken: %s", names[i]);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_report_is_read),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(a_forged_field_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one of our processes reads of another: the first byte says which
 * reader, the rest is what it reads.  Each reader is given a copy of exactly
 * its bytes, so that the sanitizer sees every step past the end.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "engine/result.h"
#include "engine/scan.h"
#include "engine/utf8.h"
#include "wire/frame.h"
#include "wire/message.h"
#include "wire/plan.h"
#include "wire/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(int holds)
{
    if (!holds) {
        abort();
    }
}

/* Takes bytes over. */
static void
read_report(unsigned char *bytes, size_t len)
{
    struct cl_report report;
    if (cl_report_read(bytes, len, &report, NULL) == 0) {
        require(report.n_order <= CL_CAPTURE_MAX_STRETCHES);
        require(report.variables_bytes > 0);
        cl_report_fini(&report);
    }
}

/* A plan that can be read is written as the bytes that it was read from. */
static void
read_plan(const unsigned char *bytes, size_t len)
{
    struct cl_plan plan;
    struct cl_reader r = CL_READER(bytes, len);
    if (cl_plan_decode(&r, &plan, NULL) == 0) {
        cl_autobuf struct cl_buf b = CL_BUF_INIT(len);
        cl_plan_encode(&plan, &b);
        require(!b.has_failed && b.len == (size_t)(r.at - bytes));
        require(memcmp(b.data, bytes, b.len) == 0);
        cl_plan_fini(&plan);
    }
}

static void
read_value(const unsigned char *bytes, size_t len)
{
    struct cl_reader r = CL_READER(bytes, len);
    if (cl_value_skip(&r, 0) == 0) {
        require(r.at <= r.end && !r.has_failed);
    } else {
        require(r.has_failed);
    }
}

static void
check_message(const unsigned char *bytes, size_t len)
{
    struct cl_reader r = CL_READER(bytes, len);
    struct cloche_error err = {0};
    uint32_t frame_len = cl_read_u32(&r);
    uint8_t type = cl_read_u8(&r);
    unsigned n_fds = cl_read_u8(&r);
    enum cl_sender from = (enum cl_sender)(cl_read_u8(&r) % 4);
    enum cl_state state = (enum cl_state)(1u << cl_read_u8(&r) % 5);
    if (cl_message_check(type, frame_len, n_fds, from, state, &err) == 0) {
        require(frame_len >= 1 && frame_len <= CL_RESULT_MAX && n_fds <= CL_MAX_FDS);
        require(state != CL_STATE_ENDED);
    } else {
        require(err.msg[0] != '\0');
    }
    cl_read_error(&r, &err);
    require(err.code != CLOCHE_OK && memchr(err.msg, 0, sizeof err.msg) != NULL);
}

static void
read_text(const unsigned char *bytes, size_t len)
{
    cl_autobuf struct cl_buf once = CL_BUF_INIT(3 * len);
    cl_autobuf struct cl_buf twice = CL_BUF_INIT(3 * len);
    cl_utf8_replace(bytes, len, &once);
    cl_utf8_replace(once.data, once.len, &twice);
    require(!once.has_failed && twice.len == once.len); /* it is valid now */
    require(once.len == 0 || memcmp(once.data, twice.data, once.len) == 0);
}

/* What was read is one line of UTF-8, under a rule that there is. */
static void
read_finding(const unsigned char *bytes, size_t len)
{
    struct cloche_scan scan = {.n_rows = 0};
    struct cl_reader r = CL_READER(bytes, len);
    if (cl_scan_read(&scan, &r, NULL) == 0) {
        require(scan.n_rows == 1 && scan.rows[0].shown.rule != NULL);
        require(cl_utf8_is_valid(scan.rows[0].what, strlen(scan.rows[0].what)));
        require(cl_utf8_is_valid(scan.rows[0].message, strlen(scan.rows[0].message)));
        require(strpbrk(scan.rows[0].message, "\n\r\x1b") == NULL);
    }
    free(scan.rows);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    size_t len = size - 1;
    unsigned char *bytes = malloc(len ? len : 1);
    if (bytes == NULL) {
        return 0;
    }
    memcpy(bytes, data + 1, len);
    switch (data[0] % 6) {
    case 0: read_report(bytes, len); return 0;
    case 1: read_plan(bytes, len); break;
    case 2: read_value(bytes, len); break;
    case 3: check_message(bytes, len); break;
    case 5: read_finding(bytes, len); break;
    default: read_text(bytes, len); break;
    }
    free(bytes);
    return 0;
}

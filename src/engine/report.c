/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads what a cell said of its run.  The cell may be anything by then: every
 * length is checked, every text is taken as bytes, and nothing said here
 * overrides what the broker measured.
 */
#include "engine/result.h"

#include <stdlib.h>

#include "wire/frame.h"
#include "wire/job.h"
#include "wire/value.h"

void
cl_report_fini(struct cl_report *r)
{
    free(r->value_repr);
    free(r->error_type);
    free(r->error_message);
    free(r->traceback);
    free(r->order);
    free(r->frame);
    *r = (struct cl_report){0};
}

/* A blob that must be one whole value, or empty. */
static const unsigned char *
read_value(struct cl_reader *r, size_t *len)
{
    const unsigned char *bytes = cl_read_bytes(r, SIZE_MAX, len);
    if (bytes != NULL && *len > 0) {
        struct cl_reader v = CL_READER(bytes, *len);
        if (cl_value_skip(&v, 0) < 0 || cl_reader_done(&v) < 0) {
            r->has_failed = 1;
        }
    }
    return bytes;
}

/* Rows of a traceback: checked here, read again when they are written out. */
static void
skip_frames(struct cl_reader *r, struct cl_report *out)
{
    out->frames = r->at;
    uint32_t count = cl_read_count(r, CL_JOB_FRAMES_MAX, 12);
    for (uint32_t i = 0; i < count; i++) {
        size_t len = 0;
        (void)cl_read_u32(r);
        (void)cl_read_bytes(r, 1024, &len);
        (void)cl_read_bytes(r, 1024, &len);
    }
    out->frames_bytes = (size_t)(r->at - out->frames);
}

static void
read_error(struct cl_reader *r, struct cl_report *out)
{
    out->has_error = cl_read_u8(r) == 1;
    if (!out->has_error) {
        return;
    }
    out->error_type = cl_read_str(r, 512);
    out->error_message = cl_read_str(r, CL_JOB_TEXT_MAX);
    out->error_line = cl_read_u32(r);
    out->error_column = cl_read_u32(r);
    skip_frames(r, out);
    out->traceback = cl_read_str(r, CL_JOB_TEXT_MAX);
}

static void
read_order(struct cl_reader *r, struct cl_report *out)
{
    uint32_t count = cl_read_count(r, CL_CAPTURE_MAX_STRETCHES, 9);
    out->order = calloc(count ? count : 1, sizeof *out->order);
    r->has_no_memory |= out->order == NULL;
    for (uint32_t i = 0; out->order != NULL && i < count; i++) {
        out->order[i].stream = cl_read_u8(r);
        out->order[i].bytes = cl_read_u64(r);
        out->n_order = i + 1;
    }
}

int
cl_report_read(unsigned char *payload, size_t len, struct cl_report *out,
               struct cloche_error *err)
{
    struct cl_report report = {.frame = payload};
    struct cl_reader r = CL_READER(payload, len);
    report.end = cl_read_u8(&r);
    report.exit_status = (int)cl_read_u32(&r);
    report.hints = cl_read_u32(&r);
    report.hits = cl_read_u32(&r);
    report.oserror = (int)cl_read_u32(&r);
    report.limit = cl_read_u8(&r);
    report.limit_used = cl_read_u64(&r);
    report.limit_line = cl_read_u32(&r);
    report.value = read_value(&r, &report.value_bytes);
    report.value_repr = cl_read_str(&r, CL_JOB_REPR_MAX);
    report.variables_total = cl_read_u32(&r);
    report.variables = read_value(&r, &report.variables_bytes);
    read_error(&r, &report);
    read_order(&r, &report);
    report.user_ns = cl_read_u64(&r);
    report.system_ns = cl_read_u64(&r);
    if (cl_reader_done(&r) < 0 || report.end >= CL_END_COUNT ||
        report.limit >= CL_JOB_LIMIT_COUNT || report.exit_status > 255 ||
        report.variables_bytes == 0 || report.variables[0] != 'M') {
        cl_report_fini(&report);
        return r.has_no_memory
                   ? cl_fail_nomem(err)
                   : cl_fail(err, CLOCHE_EINTERNAL, "a RESULT that cannot be read");
    }
    *out = report;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The message table.  Pure. */
#include "wire/message.h"

#include <string.h>

#include "base/own.h"
#include "wire/frame.h"

#define BEFORE_CODE                                                                        \
    (CL_STATE_STARTING | CL_STATE_LOCKED | CL_STATE_READY | CL_STATE_RUNNING)
#define CODE_RUNS CL_STATE_RUNNING

static const struct cl_message_row rows[] = {
    {CL_MSG_START, "START", CL_FROM_BROKER, CL_STATE_READY, CL_PACKET_MAX, 1},
    {CL_MSG_STARTED, "STARTED", CL_FROM_LAUNCHER, CL_STATE_READY, 16, 1},
    {CL_MSG_NOT_STARTED, "NOT_STARTED", CL_FROM_LAUNCHER, CL_STATE_READY, 512, 0},
    {CL_MSG_ZYGOTE_EXITED, "ZYGOTE_EXITED", CL_FROM_LAUNCHER, CL_STATE_READY, 16, 0},
    {CL_MSG_LAUNCHER_READY, "LAUNCHER_READY", CL_FROM_LAUNCHER, CL_STATE_STARTING, 1, 0},

    {CL_MSG_PLAN, "PLAN", CL_FROM_BROKER, CL_STATE_STARTING, CL_PACKET_MAX, 0},
    {CL_MSG_FORK, "FORK", CL_FROM_BROKER, CL_STATE_READY, 128, 5},
    {CL_MSG_ZYGOTE_READY, "ZYGOTE_READY", CL_FROM_ZYGOTE, CL_STATE_STARTING, 512, 0},
    {CL_MSG_ZYGOTE_FAILED, "ZYGOTE_FAILED", CL_FROM_ZYGOTE,
     CL_STATE_STARTING | CL_STATE_READY, 512, 0},
    {CL_MSG_FORKED, "FORKED", CL_FROM_ZYGOTE, CL_STATE_READY, 16, 2},
    {CL_MSG_NOT_FORKED, "NOT_FORKED", CL_FROM_ZYGOTE, CL_STATE_READY, 512, 0},
    {CL_MSG_CELL_EXITED, "CELL_EXITED", CL_FROM_ZYGOTE, CL_STATE_READY, 64, 0},

    {CL_MSG_INPUT_FILE, "INPUT_FILE", CL_FROM_BROKER, CL_STATE_READY, CL_CHUNK_MAX + 4096,
     0},
    {CL_MSG_JOB, "JOB", CL_FROM_BROKER, CL_STATE_READY, CL_JOB_MAX, 1},
    {CL_MSG_LOCKED, "LOCKED", CL_FROM_CELL, CL_STATE_STARTING, 16, 2},
    {CL_MSG_CELL_READY, "CELL_READY", CL_FROM_CELL, CL_STATE_LOCKED, 16, 0},
    {CL_MSG_CELL_FAILED, "CELL_FAILED", CL_FROM_CELL, BEFORE_CODE, 512, 0},
    {CL_MSG_DENIAL, "DENIAL", CL_FROM_CELL, CODE_RUNS, 4096, 0},
    {CL_MSG_AUDIT, "AUDIT", CL_FROM_CELL, CODE_RUNS, 4096, 0},
    {CL_MSG_DISPLAY, "DISPLAY", CL_FROM_CELL, CODE_RUNS, CL_RESULT_MAX, 0},
    {CL_MSG_RESULT, "RESULT", CL_FROM_CELL, CODE_RUNS, CL_RESULT_MAX, 0},
    {CL_MSG_VIOLATION, "VIOLATION", CL_FROM_CELL, CODE_RUNS, 4096, 0},
    {CL_MSG_FINDING, "FINDING", CL_FROM_CELL, CODE_RUNS, 1024, 0},
};

const struct cl_message_row *
cl_message_find(uint8_t type)
{
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (rows[i].type == type) {
            return &rows[i];
        }
    }
    return NULL;
}

int
cl_message_check(uint8_t type, uint32_t len, unsigned n_fds, enum cl_sender from,
                 enum cl_state state, struct cloche_error *err)
{
    const struct cl_message_row *row = cl_message_find(type);
    if (row == NULL) {
        return cl_fail(err, CLOCHE_EINTERNAL, "frame of unknown type 0x%02x", type);
    }
    if (row->from != from) {
        return cl_fail(err, CLOCHE_EINTERNAL, "frame %s from the wrong side", row->name);
    }
    if (len == 0 || len > row->max) {
        return cl_fail(err, CLOCHE_EINTERNAL, "frame %s of %u bytes, its maximum is %u",
                       row->name, len, row->max);
    }
    if (n_fds > row->max_fds) {
        return cl_fail(err, CLOCHE_EINTERNAL,
                       "frame %s with %u descriptors, its maximum is %u", row->name, n_fds,
                       row->max_fds);
    }
    if ((row->states & state) == 0) {
        return cl_fail(err, CLOCHE_EINTERNAL, "frame %s is not legal in state 0x%x",
                       row->name, state);
    }
    return 0;
}

void
cl_put_error(struct cl_buf *b, const struct cloche_error *err)
{
    (void)cl_buf_u8(b, (uint8_t)err->code); /* sticky, as all of these */
    (void)cl_buf_u32(b, (uint32_t)err->sys);
    (void)cl_put_str(b, err->msg);
}

void
cl_read_error(struct cl_reader *r, struct cloche_error *err)
{
    uint8_t code = cl_read_u8(r);
    uint32_t sys = cl_read_u32(r);
    size_t len = 0;
    const unsigned char *text = cl_read_bytes(r, sizeof err->msg - 1, &len);
    if (err == NULL) {
        return;
    }
    *err = (struct cloche_error){.code = CLOCHE_EINTERNAL};
    if (text == NULL || code == 0 || code > CLOCHE_EINTERNAL || sys > 4095) {
        (void)cl_fail(err, CLOCHE_EINTERNAL, "an unreadable error report");
        return;
    }
    err->code = (enum cloche_code)code;
    err->sys = (int)sys;
    for (size_t i = 0; i < len; i++) {
        err->msg[i] = (char)(text[i] < 0x20 || text[i] == 0x7f ? '?' : text[i]);
    }
}

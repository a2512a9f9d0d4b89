/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message.h - who may say what, to whom, in which state: one table.
 *
 * Four kinds of process, three kinds of channel:
 *
 *     broker <-> launcher   SOCK_SEQPACKET, one frame a packet
 *     broker <-> zygote     SOCK_SEQPACKET, one frame a packet
 *     broker <-> cell       SOCK_STREAM
 *
 * A frame whose type is not in the table, is longer than its maximum, comes
 * from the wrong side or in the wrong state ends the channel: from a cell
 * that is the verdict `protocol`.  docs/PROTOCOL.md has the payloads.
 */
#ifndef CL_WIRE_MESSAGE_H
#define CL_WIRE_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum cl_message {
    /* broker -> launcher */
    CL_MSG_START = 0x10, /* start a zygote: plan; fd: its end of the zygote channel */
    /* launcher -> broker */
    CL_MSG_STARTED = 0x18, /* u32 id; fd: the zygote's pidfd */
    CL_MSG_NOT_STARTED,    /* u32 id, error */
    CL_MSG_ZYGOTE_EXITED,  /* u32 id, u32 status */
    CL_MSG_LAUNCHER_READY, /* nothing */

    /* broker -> zygote */
    CL_MSG_PLAN = 0x30, /* the plan again; the launcher keeps nothing for it */
    CL_MSG_FORK,        /* u64 cell id; fds: socket, stdout, stderr[, cgroup directory] */
    /* zygote -> broker */
    CL_MSG_ZYGOTE_READY = 0x38, /* what it is: see docs/PROTOCOL.md */
    CL_MSG_ZYGOTE_FAILED,       /* error */
    CL_MSG_FORKED,              /* u64 cell id; fds: pidfd of the cell, pidfd of its init */
    CL_MSG_NOT_FORKED,          /* u64 cell id, error */
    CL_MSG_CELL_EXITED,         /* u64 cell id, status, times */

    /* broker -> cell */
    CL_MSG_INPUT_FILE = 0x50, /* path, bytes, more */
    CL_MSG_JOB,               /* code and how to run it; fd: stdin, if any */
    /* cell -> broker */
    CL_MSG_LOCKED = 0x58, /* locked down; fds: notify[, work directory] */
    CL_MSG_CELL_READY,    /* waits for its job */
    CL_MSG_CELL_FAILED,   /* error, before user code started */
    CL_MSG_DENIAL,        /* an act that was refused, as the interpreter saw it */
    CL_MSG_AUDIT,         /* an event that the policy lists (imports, processes) */
    CL_MSG_DISPLAY,       /* a mime bundle */
    CL_MSG_RESULT,        /* how the code ended */
    CL_MSG_VIOLATION,     /* an act or a form of the language that the guard refused */
    CL_MSG_FINDING,       /* what a scan sees in the code, which it does not run */
};

/* Who a message comes from. */
enum cl_sender { CL_FROM_BROKER, CL_FROM_LAUNCHER, CL_FROM_ZYGOTE, CL_FROM_CELL };

/* States of a channel, a bit each; a message is legal in those of its row. */
enum cl_state {
    CL_STATE_STARTING = 1u << 0, /* nothing was said yet, or being prepared */
    CL_STATE_LOCKED = 1u << 1,   /* a cell that is confined and not yet ready */
    CL_STATE_READY = 1u << 2,    /* waits for work */
    CL_STATE_RUNNING = 1u << 3,  /* has its job: user code may have begun */
    CL_STATE_ENDED = 1u << 4,    /* gave its result, or is gone */
};

struct cl_message_row {
    enum cl_message type;
    const char *name;
    enum cl_sender from;
    unsigned states; /* of the receiver, when it comes */
    uint32_t max;    /* bytes of type and payload */
    uint8_t max_fds;
};

/* The row of a type, or NULL. */
const struct cl_message_row *cl_message_find(uint8_t type);

/*
 * cl_message_check - may this frame be received now?
 *
 * len is the frame's length field; n_fds the descriptors that came with it.
 * Fails with EINTERNAL, and a message that names the frame and what is wrong.
 */
CL_MUST_CHECK int cl_message_check(uint8_t type, uint32_t len, unsigned n_fds,
                                   enum cl_sender from, enum cl_state state,
                                   struct cloche_error *err);

/* Errors cross channels as code, errno and text. */
struct cl_buf;
struct cl_reader;
void cl_put_error(struct cl_buf *b, const struct cloche_error *err);
void cl_read_error(struct cl_reader *r, struct cloche_error *err);

enum {
    CL_PACKET_MAX = 160 * 1024,       /* of the packet channels */
    CL_JOB_MAX = 64 * 1024 * 1024,    /* source and arguments */
    CL_CHUNK_MAX = 256 * 1024,        /* of an input file */
    CL_RESULT_MAX = 80 * 1024 * 1024, /* hard end; limits.result is checked as well */
    CL_MAX_FDS = 8,
};

#endif

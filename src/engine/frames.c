/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The channel of a cell that has its job: frames, bounded in every way, and what each
 * means for the run.
 */
#include "engine/frames.h"

#include <errno.h>
#include <linux/sockios.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/own.h"
#include "engine/scan.h"
#include "engine/verdict.h"
#include "wire/frame.h"
#include "wire/job.h"

enum { READ_BYTES = 65536 };

static void
protocol_error(struct cloche_run *run, const struct cloche_error *err)
{
    if (err->sys == ENOMEM) {
        cl_run_fail(run, err); /* it could not be read here: not the cell's doing */
        return;
    }
    if (run->stop == CL_STOP_NONE) {
        run->stop_error = *err;
    }
    cl_run_stop(run, CL_STOP_PROTOCOL);
}

static void
handle_denial(struct cloche_run *run, struct cl_reader *r, struct cloche_error *err)
{
    int error = (int)cl_read_u32(r);
    uint32_t line = cl_read_u32(r);
    cl_autofree char *path = cl_read_str(r, 1024);
    if (cl_reader_done(r) < 0) {
        (void)(r->has_no_memory
                   ? cl_fail_nomem(err)
                   : cl_fail(err, CLOCHE_EINTERNAL, "a DENIAL that cannot be read"));
        protocol_error(run, err);
        return;
    }
    cl_verdict_note_path(run, error, path, line);
}

static void
handle_display(struct cloche_run *run, unsigned char *payload, size_t len)
{
    struct cloche_result *res = &run->result;
    run->display_bytes += len;
    if (run->display_bytes > run->result.effective->limit[CL_LIMIT_RESULT] ||
        res->n_displays == CL_RESULT_MAX_DISPLAYS) {
        free(payload);
        res->result_bytes = run->display_bytes;
        cl_run_stop(run, CL_STOP_RESULT);
        return;
    }
    res->displays[res->n_displays] = payload;
    res->display_bytes[res->n_displays] = (uint32_t)len;
    res->n_displays++;
}

/*
 * Is some of what was sent to it not read?  Then its code has not begun: the job
 * stands last.  What a cell left unread when it ended is ECONNRESET.
 */
static int
has_unread_job(const struct cloche_run *run)
{
    int fd = run->cell->channel_fd;
    int unread = 0;
    char byte;
    if (ioctl(fd, SIOCOUTQ, &unread) == 0 && unread > 0) {
        return 1;
    }
    return recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == ECONNRESET;
}

/* Ends that not every run can have: by an error, of which there is more to say; refused
 * as a whole, where there is a guard who told why; by a limit that only the interpreter
 * sees, if there is that limit. */
static int
check_end(const struct cloche_run *run, struct cloche_error *err)
{
    static const enum cl_limit limits[CL_JOB_LIMIT_COUNT] = {
        [CL_JOB_LIMIT_HEAP] = CL_LIMIT_HEAP,
        [CL_JOB_LIMIT_RECURSION] = CL_LIMIT_RECURSION,
        [CL_JOB_LIMIT_LOOPS] = CL_LIMIT_LOOP_ITERATIONS,
        [CL_JOB_LIMIT_MEMORY] = CL_LIMIT_MEMORY,
    };
    const struct cl_report *p = &run->result.report;
    const struct cl_effective *e = run->result.effective;
    if ((p->end == CL_END_EXCEPTION || p->end == CL_END_SYNTAX_ERROR) &&
        (!p->has_error || p->error_type[0] == '\0')) {
        return cl_fail(err, CLOCHE_EINTERNAL, "a RESULT with an error that there was not");
    }
    if (p->end == CL_END_DENIED &&
        (e->level != CL_LEVEL_RESTRICTED || run->result.n_denials == 0)) {
        return cl_fail(err, CLOCHE_EINTERNAL, "a RESULT with a refusal that there was not");
    }
    if (p->end == CL_END_LIMIT && e->limit[limits[p->limit]] == CL_LIMIT_NONE) {
        return cl_fail(err, CLOCHE_EINTERNAL, "a RESULT with a limit that there is not");
    }
    return 0;
}

/* payload is the callee's. */
static void
handle_frame(struct cloche_run *run, uint8_t type, unsigned char *payload, size_t len)
{
    struct cloche_error err = {0};
    struct cl_reader r = CL_READER(payload, len);
    switch (type) {
    case CL_MSG_DENIAL: handle_denial(run, &r, &err); break;
    case CL_MSG_VIOLATION:
        if (run->result.effective->level != CL_LEVEL_RESTRICTED) {
            (void)cl_fail(&err, CLOCHE_EINTERNAL, "frame VIOLATION without a guard");
            protocol_error(run, &err);
        } else if (cl_verdict_note_violation(run, &r, &err) < 0) {
            protocol_error(run, &err);
        }
        break;
    case CL_MSG_FINDING:
        if (run->scan == NULL) {
            (void)cl_fail(&err, CLOCHE_EINTERNAL, "frame FINDING of a run");
            protocol_error(run, &err);
        } else if (cl_scan_read(run->scan, &r, &err) < 0) {
            protocol_error(run, &err);
        }
        break;
    case CL_MSG_AUDIT:
        if (cl_verdict_note_audit(run, &r, &err) < 0) {
            protocol_error(run, &err);
        }
        break;
    case CL_MSG_DISPLAY: handle_display(run, payload, len); return;
    case CL_MSG_RESULT:
        if (cl_report_read(payload, len, &run->result.report, &err) < 0) {
            protocol_error(run, &err);
            return;
        }
        if (check_end(run, &err) < 0) {
            cl_report_fini(&run->result.report);
            protocol_error(run, &err);
            return;
        }
        run->result.has_report = 1;
        run->result.result_bytes = len + run->display_bytes;
        run->cell->state = CL_STATE_ENDED;
        return;
    case CL_MSG_CELL_FAILED:
        if (!has_unread_job(run)) {
            (void)cl_fail(&err, CLOCHE_EINTERNAL, "frame CELL_FAILED after the job");
            protocol_error(run, &err);
            break;
        }
        cl_read_error(&r, &err);
        cl_run_fail(run, &err);
        break;
    default: break; /* the table has no other from a cell in this state */
    }
    free(payload);
}

/* A head is complete: check it before anything is allocated for its body. */
static int
begin_body(struct cloche_run *run)
{
    struct cloche_error err = {0};
    struct cl_reader h = CL_READER(run->head, sizeof run->head);
    uint32_t len = cl_read_u32(&h);
    uint8_t type = cl_read_u8(&h);
    uint64_t most = run->result.effective->limit[CL_LIMIT_RESULT];
    most = most > CL_RESULT_MAX / 2 ? CL_RESULT_MAX : most * 2 + (1 << 20);
    if (cl_message_check(type, len, 0, CL_FROM_CELL, run->cell->state, &err) < 0) {
        protocol_error(run, &err);
        return -1;
    }
    if (len > most) {
        run->result.result_bytes = len;
        cl_run_stop(run, CL_STOP_RESULT);
        return -1;
    }
    run->body_cap = len - 1;
    run->body_len = 0;
    /* Grown as bytes come, not by what is claimed. */
    run->body = malloc(run->body_cap < READ_BYTES ? run->body_cap + 1 : READ_BYTES);
    if (run->body == NULL) {
        (void)cl_fail_nomem(&err);
        cl_run_fail(run, &err);
        return -1;
    }
    return 0;
}

static int
grow_body(struct cloche_run *run)
{
    size_t have = run->body_len;
    size_t cap = READ_BYTES;
    while (cap <= have) {
        cap *= 2;
    }
    if (have < READ_BYTES || have != cap / 2) {
        return 0; /* room is left */
    }
    unsigned char *grown =
        realloc(run->body, cap < run->body_cap ? cap : run->body_cap + 1);
    if (grown == NULL) {
        struct cloche_error err = {0};
        (void)cl_fail_nomem(&err);
        cl_run_fail(run, &err);
        return -1;
    }
    run->body = grown;
    return 0;
}

/* How much of the body may be read at once: up to what is allocated. */
static size_t
body_room(const struct cloche_run *run)
{
    size_t cap = READ_BYTES;
    while (cap <= run->body_len) {
        cap *= 2;
    }
    if (cap > run->body_cap) {
        cap = run->body_cap;
    }
    return cap - run->body_len;
}

/* What is asked for little by little comes from what was read at once. */
static ssize_t
receive(struct cloche_run *run, void *into, size_t len)
{
    size_t has = run->ahead_len - run->ahead_at;
    if (has > 0) {
        size_t taken = len < has ? len : has;
        memcpy(into, run->ahead + run->ahead_at, taken);
        run->ahead_at += taken;
        return (ssize_t)taken;
    }
    int is_little = len < sizeof run->ahead;
    ssize_t n =
        is_little ? recv(run->cell->channel_fd, run->ahead, sizeof run->ahead, MSG_DONTWAIT)
                  : recv(run->cell->channel_fd, into, len, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        return -1;
    }
    if (n > 0 && is_little) {
        run->has_heard = 1;
        run->ahead_at = 0;
        run->ahead_len = (size_t)n;
        return receive(run, into, len);
    }
    if (n > 0) {
        run->has_heard = 1;
        return n;
    }
    if (n < 0 && errno == ECONNRESET && !run->has_heard) {
        run->is_unread = 1; /* it ended with our job unread: user code never began */
    }
    if (n < 0 && errno != ECONNRESET) {
        struct cloche_error err = {0};
        (void)cl_fail_sys(&err, errno, "receive from a cell");
        cl_run_fail(run, &err);
    }
    cl_cell_set_mute(run->cell);
    return 0;
}

/* Of what was read ahead nothing may be left: the socket would tell nobody of it. */
static int
is_enough(const struct cloche_run *run, size_t taken, size_t most)
{
    return taken >= most && run->ahead_at == run->ahead_len;
}

void
cl_run_read_channel(struct cloche_run *run, size_t most)
{
    size_t taken = 0;
    while (run->cell->state == CL_STATE_RUNNING && !is_enough(run, taken, most)) {
        if (run->body == NULL) {
            ssize_t n =
                receive(run, run->head + run->head_len, sizeof run->head - run->head_len);
            if (n <= 0) {
                return;
            }
            run->head_len += (size_t)n;
            taken += (size_t)n;
            if (run->head_len < sizeof run->head) {
                continue;
            }
            if (begin_body(run) < 0) {
                cl_ears_ignore(run->cell, CL_EAR_CHANNEL);
                return;
            }
        }
        while (run->body_len < run->body_cap) {
            if (is_enough(run, taken, most) || grow_body(run) < 0) {
                return;
            }
            ssize_t n = receive(run, run->body + run->body_len, body_room(run));
            if (n <= 0) {
                return;
            }
            run->body_len += (size_t)n;
            taken += (size_t)n;
        }
        struct cl_reader h = CL_READER(run->head, sizeof run->head);
        (void)cl_read_u32(&h);
        uint8_t type = cl_read_u8(&h);
        unsigned char *payload = cl_take_ptr(&run->body);
        run->head_len = 0;
        handle_frame(run, type, payload, run->body_cap);
        if (run->stop != CL_STOP_NONE) {
            cl_ears_ignore(run->cell, CL_EAR_CHANNEL);
            return;
        }
    }
}

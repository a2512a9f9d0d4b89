/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The broker's side of a run: reads what the cell sends (frames.c) and prints, answers
 * its refused calls, keeps the clock.  Everything that comes from a cell is
 * bounded: bytes of output, of frames, of displays, denials, and how
 * often it may make us work.
 */
#include "engine/run.h"

#include <math.h>
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "engine/frames.h"
#include "engine/verdict.h"
#include "engine/watch.h"
#include "engine/zygote.h"
#include "kernel/notify.h"
#include "kernel/seccomp.h"

enum {
    READ_BYTES = 65536,
    READS_PER_TURN = 16,
    /* A cell that writes frames faster than they are read holds nobody up: after
     * so many bytes the clock is looked at.  What a dead cell left in its socket
     * is less than CHANNEL_LEFT. */
    CHANNEL_PER_TURN = 256 << 10,
    CHANNEL_LEFT = 4 << 20,
};

/* Refused calls that a run may have explained to it: a burst, then a rate. */
static const double NOTIFY_BURST = 256;
static const double NOTIFY_PER_NS = 256 / 1e9;

static void
stop(struct cloche_run *run, enum cl_stop why)
{
    if (run->stop == CL_STOP_NONE) {
        run->stop = why;
        run->stop_ns = cl_clock_now_ns();
        cl_watch_measure(run); /* before it is gone */
    }
    cl_cell_kill(run->cell);
}

void
cl_run_stop(struct cloche_run *run, enum cl_stop why)
{
    if (run->cell->state != CL_STATE_ENDED) {
        stop(run, why);
    } else {
        cl_cell_kill(run->cell); /* its result has come */
    }
}

void
cl_run_fail(struct cloche_run *run, const struct cloche_error *err)
{
    if (run->stop == CL_STOP_NONE) {
        run->stop_error = *err;
    }
    cl_run_stop(run, CL_STOP_HOST);
}

/* ---- output ------------------------------------------------------------ */

/* Returns how many bytes came; 0 at the end or when there is nothing.  It counts also when
 * the result has come: most of a short run's is read then. */
static size_t
read_output(struct cloche_run *run, int fd, int stream)
{
    unsigned char bytes[READ_BYTES];
    ssize_t n = read(fd, bytes, sizeof bytes);
    if (n == 0) { /* all writers are gone */
        cl_ears_ignore(run->cell, stream == CLOCHE_STDOUT ? CL_EAR_STDOUT : CL_EAR_STDERR);
    }
    if (n <= 0) {
        return 0;
    }
    size_t taken = cl_capture_add(&run->result.capture, stream, bytes, (size_t)n);
    if (taken > 0 && run->on_output != NULL) {
        run->on_output(run->ctx, (enum cloche_stream)stream, bytes, taken);
    }
    if (run->result.capture.has_failed) {
        if (run->stop == CL_STOP_NONE) {
            (void)cl_fail_nomem(&run->stop_error);
        }
        stop(run, CL_STOP_HOST);
    } else if (taken < (size_t)n) {
        stop(run, CL_STOP_OUTPUT);
    }
    return (size_t)n;
}

/* What is in the pipes now, when nothing that matters will come after it. */
void
cl_run_drain(struct cloche_run *run)
{
    const int fds[] = {run->cell->stdout_fd, run->cell->stderr_fd};
    for (int i = 0; i < 2; i++) {
        /* A live process tree could go on writing: at most a pipe's worth each. */
        int turn = 0;
        while (read_output(run, fds[i], CLOCHE_STDOUT + i) > 0 && ++turn < READS_PER_TURN) {
        }
    }
}

/* ---- refused system calls ---------------------------------------------- */

static int
take_token(struct cloche_run *run)
{
    uint64_t now = cl_clock_now_ns();
    run->notify_tokens =
        fmin(NOTIFY_BURST,
             run->notify_tokens + (double)(now - run->notify_refill_ns) * NOTIFY_PER_NS);
    run->notify_refill_ns = now;
    if (run->notify_tokens < 1) {
        return -1;
    }
    run->notify_tokens -= 1;
    return 0;
}

static void
handle_notification(struct cloche_run *run)
{
    struct cl_notification n;
    struct cloche_error err = {0};
    int got = cl_notify_receive(run->cell->listener_fd, &n, &err);
    if (got <= 0) {
        if (got < 0) {
            cl_run_fail(run, &err);
        }
        return;
    }
    char name[96];
    const struct cl_sandbox *s = &run->cell->zygote->sandbox;
    struct cl_seccomp_verdict v = cl_seccomp_judge((enum cl_seccomp_kind)s->seccomp_kind,
                                                   s->seccomp_options, &n.data, name);
    cl_verdict_note_call(run, &v, name);
    if (v.action == CL_SECCOMP_END || take_token(run) < 0) {
        cl_run_stop(run, CL_STOP_DENIED); /* never answered: the caller dies waiting */
        return;
    }
    if (cl_notify_refuse(run->cell->listener_fd, n.id, v.error, &err) < 0) {
        cl_run_fail(run, &err);
    }
}

/* ---- the loop ---------------------------------------------------------- */

static void
handle_ear(struct cloche_run *run, enum cl_ear_id id, short revents)
{
    struct cl_cell *c = run->cell;
    switch (id) {
    case CL_EAR_STDOUT: (void)read_output(run, c->stdout_fd, CLOCHE_STDOUT); break;
    case CL_EAR_STDERR: (void)read_output(run, c->stderr_fd, CLOCHE_STDERR); break;
    case CL_EAR_LISTENER:
        if (revents & POLLIN) {
            handle_notification(run);
        } else {
            cl_ears_ignore(c, CL_EAR_LISTENER); /* nobody is left to notify */
        }
        break;
    case CL_EAR_STDIN: cl_run_pump_input(run); break;
    case CL_EAR_CHANNEL: cl_run_read_channel(run, CHANNEL_PER_TURN); break;
    case CL_EAR_END:
        c->is_over = 1;
        cl_ears_ignore(c, CL_EAR_END);
        break;
    case CL_EARS: break;
    }
}

/* Its process has ended; how, its zygote tells in a moment. */
static void
await_status(struct cloche_run *run, uint64_t until_ns)
{
    struct cloche_engine *engine = run->engine;
    (void)pthread_mutex_lock(&engine->lock);
    while (!run->cell->has_exited && !atomic_load(&run->is_cancelled) &&
           cl_clock_now_ns() < until_ns && cl_engine_await_change(engine, until_ns) == 0) {
    }
    (void)pthread_mutex_unlock(&engine->lock);
}

int
cl_run_drive(struct cloche_run *run, uint64_t until_ns)
{
    short revents[CL_EARS] = {0};
    struct cloche_error err = {0};
    if (run->is_done) {
        return 1;
    }
    uint64_t wait_ns = until_ns < run->tick_ns ? until_ns : run->tick_ns;
    if (run->cell->is_over) {
        await_status(run, wait_ns);
    } else if (cl_ears_wait(run->cell, wait_ns, revents, &err) < 0) {
        cl_run_fail(run, &err);
    }
    for (int i = 0; i < CL_EARS; i++) {
        if (revents[i] != 0 && run->cell->state == CL_STATE_RUNNING) {
            handle_ear(run, (enum cl_ear_id)i, revents[i]);
        }
    }
    if (run->cell->state == CL_STATE_RUNNING && atomic_load(&run->is_cancelled)) {
        cl_run_stop(run, CL_STOP_CANCELLED);
    }
    if (run->cell->state == CL_STATE_RUNNING && cl_clock_now_ns() >= run->tick_ns) {
        cl_watch_check(run);
    }
    if (run->cell->state == CL_STATE_RUNNING && run->stop == CL_STOP_NONE) {
        if (!cl_verdict_has_exited(run)) {
            return 0;
        }
        cl_run_read_channel(run, CHANNEL_LEFT); /* its result may be there all the same */
    }
    cl_run_drain(run);
    if (!cl_verdict_conclude(run)) {
        return 0; /* tried again on another cell */
    }
    return 1;
}

void
cl_run_hand_over(struct cloche_run *run)
{
    struct cloche_error err = {0};
    (void)pthread_mutex_lock(&run->engine->lock);
    int rc = cl_ears_hand_over(run->cell, run->tick_ns, &err);
    (void)pthread_mutex_unlock(&run->engine->lock);
    if (rc < 0) {
        cl_run_fail(run, &err);
        (void)pthread_mutex_lock(&run->engine->lock);
        cl_ears_look_at_once(run->cell); /* all the same: it is stopped, and has an end */
        (void)pthread_mutex_unlock(&run->engine->lock);
    }
}

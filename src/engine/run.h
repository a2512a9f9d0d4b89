/* SPDX-License-Identifier: Apache-2.0 */
/* A run in progress. */
#ifndef CL_ENGINE_RUN_H
#define CL_ENGINE_RUN_H

#include <pthread.h>
#include <stdatomic.h>

#include "engine/cell.h"
#include "engine/engine.h"
#include "engine/result.h"
#include "kernel/procfs.h"

/* Why the broker ended a run; NONE: it did not. */
enum cl_stop {
    CL_STOP_NONE,
    CL_STOP_WALL,
    CL_STOP_CPU,
    CL_STOP_MEMORY,
    CL_STOP_OUTPUT,
    CL_STOP_PROCESSES,
    CL_STOP_DISK,
    CL_STOP_DENIED,
    CL_STOP_RESULT,
    CL_STOP_CANCELLED,
    CL_STOP_PROTOCOL,
    CL_STOP_HOST, /* the broker itself failed: stop_error says how */
};

struct cloche_run {
    struct cloche_engine *engine;
    pthread_mutex_t lock; /* whoever holds it drives */
    int is_whole; /* in cloche_run: its caller's thread does all that is done for it */
    atomic_int is_cancelled;
    atomic_int done_fd; /* eventfd, once somebody asked for it: readable at the end; -1 */
    atomic_int is_done;

    struct cl_cell *cell;
    struct cl_buf
        job; /* input files and job, to send again if a cell dies before it read them */
    int n_tries;
    int has_heard; /* the cell said something: its code has begun */
    int is_unread; /* the cell ended without reading all of its job */

    void (*on_output)(void *ctx, enum cloche_stream stream, const void *data, size_t len);
    void *ctx;
    unsigned flags;
    struct cl_input_name
        *inputs; /* names and hashes of input files, to tell changed ones */
    size_t n_inputs;

    /* Standard input on its way: memory, or the caller's descriptor. */
    int stdin_pipe_fd;   /* our end; -1 */
    int stdin_source_fd; /* a copy of the caller's; -1 */
    int is_stdin_source_polled;
    struct cl_buf stdin_data;
    size_t stdin_sent;

    /* One frame being read, and what came with it. */
    unsigned char ahead[512];
    size_t ahead_at, ahead_len;
    unsigned char head[5];
    size_t head_len;
    unsigned char *body;
    size_t body_len, body_cap;

    uint64_t asked_ns, started_ns, deadline_ns;
    uint64_t look_ns; /* when a limit could be passed next */
    uint64_t tick_ns; /* when to look: then, or before, to hear what it prints */
    uint64_t display_bytes;
    struct cl_procfs_ledger *ledger; /* of its processes, once they are sampled; owned */
    double notify_tokens;
    uint64_t notify_refill_ns;
    enum cl_stop stop;
    uint64_t stop_ns;
    struct cloche_error stop_error;
    struct cloche_scan *scan; /* lent: where findings go; NULL: it is an ordinary run */
    struct cloche_result result;
};

/* Name and content hash of an input file. */
struct cl_input_name {
    char *path;
    char sha256[65];
};

/* As cloche_run_start, for code that is looked at and not run: what is found goes to
 * scan, which must live until the run has ended. */
CL_MUST_CHECK int cl_run_start_scan(struct cloche_engine *engine,
                                    const struct cloche_request *request,
                                    struct cloche_scan *scan, struct cloche_run **out,
                                    struct cloche_where *where, struct cloche_error *err);

/*
 * cl_run_drive - handle what its cell has to say, and look at its limits when it is time.
 *
 * until_ns  how long to wait for something, monotonic; 0: not at all
 *
 * Under run->lock.  Returns 1 once the run has ended.
 */
int cl_run_drive(struct cloche_run *run, uint64_t until_ns);

/* The engine's thread shall drive it from now on.  Under run->lock; it has a cell. */
void cl_run_hand_over(struct cloche_run *run);

/*
 * cl_run_start_own - cloche_run_start for code of the library itself, which no
 * profile wants signed.
 */
int cl_run_start_own(struct cloche_engine *engine, const struct cloche_request *request,
                     struct cloche_run **out, struct cloche_error *err);

/* Its result is whole.  Under run->lock. */
void cl_run_set_done(struct cloche_run *run);

/* It ends before anything was started for it; effective and outcome are set. */
void cl_run_end_unstarted(struct cloche_run *run);

/* The broker ends a run: kill its tree, remember why (the first reason stays). */
void cl_run_stop(struct cloche_run *run, enum cl_stop why);

/* Something could not be done that the run needs: stop with HOST and err. */
void cl_run_fail(struct cloche_run *run, const struct cloche_error *err);

/* Read what is in the pipes now; close standard input.  Used at the end. */
void cl_run_drain(struct cloche_run *run);
void cl_run_end_input(struct cloche_run *run);

/* Standard input: there is room in its pipe, or something at its source. */
void cl_run_pump_input(struct cloche_run *run);

#endif

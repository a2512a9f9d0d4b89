/* SPDX-License-Identifier: Apache-2.0 */
/* Zygotes of an engine: one for each plan, and its pool of standby cells. */
#ifndef CL_ENGINE_ZYGOTE_H
#define CL_ENGINE_ZYGOTE_H

#include "engine/engine.h"
#include "kernel/procfs.h"

enum cl_zygote_state {
    CL_ZYGOTE_STARTING,
    CL_ZYGOTE_READY,
    CL_ZYGOTE_RETIRED, /* takes no more runs; ends when its last cell has */
    CL_ZYGOTE_FAILED,
};

struct cl_zygote {
    struct cl_zygote *next;
    struct cloche_engine *engine;
    uint32_t id;
    enum cl_zygote_state state;
    struct cloche_error error; /* when FAILED */
    struct cl_sandbox sandbox;
    unsigned char *key; /* the plan's bytes: equal keys share a zygote */
    size_t key_bytes;

    int channel_fd, pidfd;
    pid_t pid; /* in our PID namespace */
    struct cl_source source;
    uint64_t baseline_resident_bytes, baseline_data_bytes;
    /* Of its first cell that came up rehearsed, and of the first that did not:
     * the others are like them. */
    struct cl_procfs_memory ready_memory[2];
    uint32_t python_version;

    struct cl_cell *cells; /* all that it has forked and not yet reaped */
    unsigned want_standby; /* cells that are ready, or soon will be, and free */
    int is_hurried;        /* runs come faster than cells: no time for a rehearsal */
    unsigned n_failures;   /* standby cells that failed since one became ready */
    struct cloche_error standby_error; /* the last one's */
    unsigned n_holders; /* threads that use it without the lock: see engine.h */
    uint64_t n_forked;  /* in all, for recycling */
    uint64_t born_ns;
};

/* How long a zygote serves: then address layout and hash secret are new.  Builds
 * for tests replace it sooner, so that every test of many runs sees it happen. */
#ifdef CLOCHE_ABLATION
enum { CL_ZYGOTE_MAX_FORKS = 1000 };
#else
enum { CL_ZYGOTE_MAX_FORKS = 20000 };
#endif
#define CL_ZYGOTE_MAX_AGE_NS (3600ull * 1000000000ull)

/* No more standby cells are tried after so many failures in a row, until a run
 * gets a cell made for itself. */
enum { CL_ZYGOTE_MAX_FAILURES = 3 };

/* All of these under the engine's lock. */

/*
 * cl_zygote_for - the zygote for a plan, started if need be.
 *
 * sandbox  taken over (and zeroed) when a new zygote is made of it
 */
CL_MUST_CHECK int cl_zygote_for(struct cloche_engine *engine, struct cl_sandbox *sandbox,
                                struct cl_zygote **out, struct cloche_error *err);
struct cl_zygote *cl_zygote_find(struct cloche_engine *engine, uint32_t id);

/* A thread will use it without the lock; and it does no more. */
void cl_zygote_hold(struct cl_zygote *zygote);
void cl_zygote_let_go(struct cl_zygote *zygote);

/* Wait until it is READY (0) or not (-1, its error).  Releases the lock meanwhile.
 * One that takes too long is killed. */
CL_MUST_CHECK int cl_zygote_await(struct cl_zygote *zygote, struct cloche_error *err);

void cl_zygote_started(struct cl_zygote *zygote, int pidfd);
void cl_zygote_failed(struct cl_zygote *zygote, const struct cloche_error *why);
void cl_zygote_all_failed(struct cloche_engine *engine, const struct cloche_error *why);
void cl_zygote_event(struct cl_zygote *zygote);

/* Ask for cells until standby and starting ones suffice. */
void cl_zygote_refill(struct cl_zygote *zygote);

/* A standby cell could not be made, or failed before it was ready. */
void cl_zygote_note_failure(struct cl_zygote *zygote, const struct cloche_error *why);

/* Should another take its place? */
int cl_zygote_is_worn(const struct cl_zygote *zygote);
void cl_zygote_retire(struct cl_zygote *zygote);

/* Free retired and failed ones without cells; free all, at the engine's end. */
void cl_zygote_sweep(struct cloche_engine *engine);
void cl_zygote_free_all(struct cloche_engine *engine);

#endif

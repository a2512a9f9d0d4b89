/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.h - the parts of an engine and who may touch them.
 *
 * Theory of operation.  An engine has one thread, which listens to the
 * launcher, to zygotes, to cells that come up and to runs that nobody waits for.  `lock`
 * guards the lists below: zygotes, their cells, shapes.  A run is driven (its events read,
 * its limits kept) by whoever holds its own lock: the thread that waits for it, else the
 * engine's.
 *
 *   caller thread                       engine thread
 *     run_start: takes a standby cell     zygote said FORKED, EXITED
 *       under `lock`, sends the job       cell said LOCKED, READY -> standby
 *     run_wait: drives the run            drives runs that nobody waits for
 *       until it has ended                keeps the pools filled
 *
 * Lock order: run->lock, then engine->lock.
 *
 * A zygote that a thread needs after it gave the lock back is held: n_holders
 * keeps it, and so its cells, from being swept.  A cell with a run, or one that
 * is reserved, keeps its zygote as well.
 *
 * Helpers may die at any time.  A cell's death is told by its zygote, a zygote's
 * by its channel's end and by the launcher; the launcher's takes all zygotes with
 * it, and the next run that needs one has the engine's thread start it again.
 * A helper that is alive but does nothing is given a time, then killed.
 */
#ifndef CL_ENGINE_ENGINE_H
#define CL_ENGINE_ENGINE_H

#include <pthread.h>
#include <stdint.h>
#include <sys/types.h>

#include <cloche/cloche.h>

#include "base/error.h"
#include "engine/ears.h"
#include "policy/policy.h"
#include "sandbox/sandbox.h"

/* A profile without a request's own limits, with what was worked out for it:
 * the one lookup of a run. */
struct cl_shape {
    struct cl_shape *next;
    char *profile;
    struct cl_effective *effective;
    struct cl_zygote *zygote;
};

struct cloche_engine {
    struct cloche_policy *policy;
    struct cl_host_facts host;
    uint64_t refused_ns; /* when something was last refused for want of room; 0: not */
    unsigned flags;      /* CLOCHE_ENGINE_* */
    unsigned standby;    /* asked for; 0: by demand */
    char *helper_dir;
    uint64_t n_cpus;
    char *cgroup_dir;     /* delegated; NULL: none */
    int cgroup_fd;        /* our subtree of it, or -1 */
    char cgroup_name[64]; /* of that subtree */

    pthread_t thread;
    int has_thread;
    int epoll_fd;
    int wake_fd;  /* eventfd: there is work for the engine's thread */
    int timer_fd; /* for the runs that it drives */
    struct cl_source wake_source, timer_source, launcher_source;

    pthread_mutex_t lock;
    pthread_cond_t changed; /* a zygote or a cell changed its state */

    /* Under lock. */
    int launcher_fd; /* -1 once it is gone */
    pid_t launcher_pid;
    int launcher_pidfd; /* to end and to reap it, whatever the caller waits for */
    int is_launcher_ready;
    int is_launcher_wanted; /* the engine's thread shall start it (again) */
    int is_stopping;
    uint64_t timer_ns; /* when timer_fd goes off; UINT64_MAX: not */
    int caller_cpu;    /* where cloche_run was called last; -1 */
    /* Until then callers do not give up their processor: somebody else takes it.  Written
     * by whoever finds that, without a lock. */
    _Atomic uint64_t crowded_until_ns;
    uint64_t next_cell_id;
    uint32_t next_zygote_id;
    struct cl_zygote *zygotes;
    struct cl_shape *shapes;
    int work_lock_fd;      /* held as long as work_dir is ours; -1 */
    char *work_dir;        /* of cells that cannot mount their own; NULL until needed */
    uint64_t *dead_leaves; /* ids of cgroup leaves that were not empty yet */
    size_t n_dead_leaves;
    struct cloche_error start_error;
};

/* Wake the engine's thread.  Any thread. */
void cl_engine_wake(struct cloche_engine *engine);

/* Is this the engine's thread?  It must not wait for what only it can bring. */
int cl_engine_is_own_thread(const struct cloche_engine *engine);

/* Does it make cells before a run asks for one? */
static inline int
cl_engine_keeps_cells(const struct cloche_engine *engine)
{
    return (engine->flags & (CLOCHE_ENGINE_ONE_SHOT | CLOCHE_ENGINE_ON_DEMAND)) == 0;
}

/* How long a helper may take to come up. */
#define CL_START_TIMEOUT_NS (60 * 1000000000ull)

/* Wait for `changed`.  Under the lock, which is released meanwhile.  -1 once
 * it is later than until_ns. */
CL_MUST_CHECK int cl_engine_await_change(struct cloche_engine *engine, uint64_t until_ns);

/* Stop listening.  Not left to close(): a copy of the descriptor in a child that
 * the caller forked would keep it among the thread's events. */
void cl_engine_ignore(struct cloche_engine *engine, int fd);

/* Add a descriptor to what the engine's thread listens to. */
CL_MUST_CHECK int cl_engine_listen(struct cloche_engine *engine, int fd,
                                   struct cl_source *source, struct cloche_error *err);

#endif

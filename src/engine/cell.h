/* SPDX-License-Identifier: Apache-2.0 */
/* A cell as the broker sees it: descriptors, a state, an owner. */
#ifndef CL_ENGINE_CELL_H
#define CL_ENGINE_CELL_H

#include <stdatomic.h>

#include "engine/engine.h"
#include "kernel/procfs.h"
#include "wire/message.h"

struct cl_run;

struct cl_cell {
    struct cl_cell *next;
    struct cl_zygote *zygote;
    uint64_t id;
    enum cl_state state;       /* STARTING, LOCKED, READY, RUNNING, ENDED */
    struct cloche_error error; /* why it ENDED before it was ready */
    int is_reserved;           /* for the caller that asked for it */
    int is_awaited;            /* comes up unrehearsed */
    struct cl_cell_limits limits;

    int channel_fd, stdout_fd, stderr_fd; /* our ends */
    int listener_fd, work_fd;             /* from the cell; -1 */
    int pidfd;                            /* from the zygote; -1 */
    int init_pidfd;      /* from the zygote, where it is ours to kill; -1 */
    pid_t pid, init_pid; /* in our PID namespace */
    char *work_path;     /* a work directory of the broker's making, or NULL; owned */
    int leaf_fd;         /* its cgroup, or -1 */
    int status_fd;       /* its /proc/<pid>/status, once it was asked for, or -1 */
    int epoll_fd; /* all of the above that a run listens to; nested in the engine's */
    int timer_fd, poke_fd;
    int is_output_heard;
    uint64_t ready_resident_bytes; /* when it was ready: what it did not use itself */
    uint64_t ready_anon_bytes;
    uint64_t ready_table_bytes;
    uint64_t ready_cpu_ns;
    uint64_t ready_inodes; /* of its file system, before user code; 0: not known */
    struct cl_source source;

    struct cloche_run *run; /* who has it, or NULL */
    /* Set by the engine's thread, then poke_fd is written. */
    int has_exited;
    int exit_status; /* as wait(2) */
    uint64_t exit_user_ns, exit_system_ns, exit_peak_bytes;
};

/* All under the engine's lock, but for what says otherwise. */

/* Ask a zygote for a cell with these numbers.  is_awaited: a run waits for it, so
 * it is to be ready soon rather than warm. */
CL_MUST_CHECK int cl_cell_new(struct cl_zygote *zygote, const struct cl_cell_limits *limits,
                              int is_awaited, struct cl_cell **out,
                              struct cloche_error *err);
struct cl_cell *cl_cell_find(struct cl_zygote *zygote, uint64_t id);

void cl_cell_forked(struct cl_cell *cell, int pidfd, int init_pidfd);
void cl_cell_failed(struct cl_cell *cell, const struct cloche_error *why);
void cl_cell_not_forked(struct cl_cell *cell, const struct cloche_error *why);
void cl_cell_exited(struct cl_cell *cell);

/* Its channel has something, and it has no run. */
void cl_cell_event(struct cl_cell *cell);

/* What a cell's epoll tells its driver. */
enum cl_cell_event_id {
    CL_CELL_CHANNEL = 1,
    CL_CELL_STDOUT,
    CL_CELL_STDERR,
    CL_CELL_LISTENER,
    CL_CELL_TIMER,
    CL_CELL_POKE,
    CL_CELL_STDIN,
};

/* Stop, or start again, hearing one of a cell's descriptors.  By its driver. */
void cl_cell_ignore(struct cl_cell *cell, int fd);
CL_MUST_CHECK int cl_cell_listen(struct cl_cell *cell, int fd, uint32_t events,
                                 enum cl_cell_event_id id, struct cloche_error *err);

/* Hear what it prints, from now on.  By its driver; a run that is over in a moment is told
 * by its result alone, and what it printed is read then. */
CL_MUST_CHECK int cl_cell_hear_output(struct cl_cell *cell, struct cloche_error *err);

/* Should the engine's thread hear this cell?  By its driver. */
void cl_cell_set_heard(struct cl_cell *cell, int is_heard);

/* Open what /proc says of it, if it is not. */
CL_MUST_CHECK int cl_cell_open_status(struct cl_cell *c, struct cloche_error *err);

/* What /proc says of its memory; its driver's, or under the engine's lock. */
CL_MUST_CHECK int cl_cell_memory(struct cl_cell *c, struct cl_procfs_memory *out,
                                 struct cloche_error *err);

/* Have its driver look: it has exited, or its run is cancelled. */
void cl_cell_poke(struct cl_cell *cell);

/* Kill its whole tree.  Any thread that owns the cell.  -1 where that is forbidden. */
int cl_cell_kill(struct cl_cell *cell);

/* The run is over: kill it; closed and freed once the zygote has reaped it. */
void cl_cell_release(struct cl_cell *cell);

/* Unlink and free; the zygote has reaped it, or is gone. */
void cl_cell_free(struct cl_cell *cell);

#endif

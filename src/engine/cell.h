/* SPDX-License-Identifier: Apache-2.0 */
/* A cell as the broker sees it: descriptors, a state, an owner. */
#ifndef CL_ENGINE_CELL_H
#define CL_ENGINE_CELL_H

#include <stdatomic.h>

#include "engine/ears.h"
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
    int stays_on;              /* a processor, until its run is a long one; -1 */
    cpu_set_t cpus;            /* then these */
    struct cl_cell_limits limits;

    int channel_fd, stdout_fd, stderr_fd; /* our ends */
    int listener_fd, work_fd;             /* from the cell; -1 */
    int pidfd;                            /* from the zygote; -1 */
    int init_pidfd;      /* from the zygote, where it is ours to kill; -1 */
    pid_t pid, init_pid; /* in our PID namespace */
    char *work_path;     /* a work directory of the broker's making, or NULL; owned */
    int leaf_fd;         /* its cgroup, or -1 */
    int status_fd;       /* its /proc/<pid>/status, once it was asked for, or -1 */
    struct cl_ears ears; /* which of the above are heard, and by whom */
    int is_output_heard;
    int is_over; /* it was seen to end, before its zygote told how */
    int is_mute; /* its channel has ended: its end comes by its pidfd; under the lock */
    uint64_t ready_resident_bytes; /* when it was ready: what it did not use itself */
    uint64_t ready_anon_bytes;
    uint64_t ready_table_bytes;
    uint64_t ready_cpu_ns;
    uint64_t ready_inodes;  /* of its file system, before user code; 0: not known */
    struct cloche_run *run; /* who has it, or NULL */
    /* Set under the engine's lock, then it is poked. */
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

/* An ear of it was told of something, and it has no run. */
void cl_cell_event(struct cl_cell *cell, enum cl_ear_id id);

/* Hear what it prints, from now on.  By its driver; a run that is over in a moment is told
 * by its result alone, and what it printed is read then. */
void cl_cell_hear_output(struct cl_cell *cell);

/* Its channel has ended: hear the end of its process instead.  By its driver. */
void cl_cell_set_mute(struct cl_cell *cell);

/* Its run is a long one: let it run on any processor.  By its driver. */
void cl_cell_roam(struct cl_cell *cell);

/* Open what /proc says of it, if it is not. */
CL_MUST_CHECK int cl_cell_open_status(struct cl_cell *c, struct cloche_error *err);

/* What /proc says of its memory; its driver's, or under the engine's lock. */
CL_MUST_CHECK int cl_cell_memory(struct cl_cell *c, struct cl_procfs_memory *out,
                                 struct cloche_error *err);

/* Have its driver look: it has exited, or its run is cancelled.  Its channel is shut in
 * this direction, so it is for the end of a run only; what came before can be read. */
void cl_cell_poke(struct cl_cell *cell);

/* Kill its whole tree.  Any thread that owns the cell.  -1 where that is forbidden. */
int cl_cell_kill(struct cl_cell *cell);

/* The run is over: kill it; closed and freed once the zygote has reaped it. */
void cl_cell_release(struct cl_cell *cell);

/* Unlink and free; the zygote has reaped it, or is gone. */
void cl_cell_free(struct cl_cell *cell);

#endif

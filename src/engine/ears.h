/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ears.h - what of a cell is heard, and by whom.
 *
 * A cell has no descriptors of its own for this.  Whoever drives its run polls those of
 * the table; while nobody does, they are in the engine's epoll, each for one event, and
 * the engine keeps one timer for the clocks of all runs.  So a run in cloche_run costs no
 * call but the poll.
 *
 *     table          by whoever drives; under the engine's lock while there is no run
 *     registration   under the engine's lock
 */
#ifndef CL_ENGINE_EARS_H
#define CL_ENGINE_EARS_H

#include <stdint.h>

#include "base/error.h"

struct cl_cell;
struct cloche_engine;

/* What an epoll event of the engine's thread points to: a part of whatever it
 * is about, for its address only. */
struct cl_source {
    char unused;
};

/* In the order in which they are dealt with: what was printed comes before the result. */
enum cl_ear_id {
    CL_EAR_STDOUT,
    CL_EAR_STDERR,
    CL_EAR_LISTENER,
    CL_EAR_STDIN,
    CL_EAR_CHANNEL,
    CL_EAR_END, /* its pidfd, where its channel has ended and tells nothing more */
    CL_EARS
};

struct cl_ear {
    struct cl_source source;
    int fd;       /* heard; -1: not */
    short events; /* of poll(2), which are those of epoll */
    int added_fd; /* in the engine's epoll; -1 */
    int is_armed; /* and will be told of there */
};

struct cl_ears {
    struct cl_ear ear[CL_EARS];
    int is_heard;     /* by the engine's thread; under its lock */
    uint64_t tick_ns; /* when that is to look at the run; under its lock */
};

void cl_ears_init(struct cl_ears *ears);

/* Hear a descriptor from now on, or no more.  By its driver. */
void cl_ears_listen(struct cl_cell *cell, enum cl_ear_id id, int fd, short events);
void cl_ears_ignore(struct cl_cell *cell, enum cl_ear_id id);

/*
 * cl_ears_wait - poll what is heard.
 *
 * until_ns  monotonic; 0: do not wait, UINT64_MAX: for as long as it takes
 * revents   by ear; none at a signal
 *
 * By its driver.
 */
CL_MUST_CHECK int cl_ears_wait(struct cl_cell *cell, uint64_t until_ns,
                               short revents[CL_EARS], struct cloche_error *err);

/* Let the engine's thread hear what is heard, and look at tick_ns; at once, where the cell
 * has exited.  Under its lock. */
enum { CL_EARS_AT_ONCE = 1 };
CL_MUST_CHECK int cl_ears_hand_over(struct cl_cell *cell, uint64_t tick_ns,
                                    struct cloche_error *err);

/* It is somebody else's now, or nobody's.  Under the engine's lock. */
void cl_ears_take_back(struct cl_cell *cell);

/* Have the engine's thread, which has it, look at its run.  Under its lock. */
void cl_ears_look_at_once(struct cl_cell *cell);

/* Have the engine's timer go off then, or sooner.  Under its lock. */
void cl_ears_set_timer(struct cloche_engine *engine, uint64_t at_ns);

/* The epoll told of this one: it will not again. */
static inline void
cl_ears_told(struct cl_ears *ears, enum cl_ear_id id)
{
    ears->ear[id].is_armed = 0;
}

#endif

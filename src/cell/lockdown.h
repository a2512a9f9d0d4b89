/* SPDX-License-Identifier: Apache-2.0 */
/* The order of the irreversible steps that make a forked process a cell. */
#ifndef CL_CELL_LOCKDOWN_H
#define CL_CELL_LOCKDOWN_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "wire/plan.h"

/* The cell's channel to the broker, out of the way of code that counts on
 * the first free descriptor being 3. */
enum { CL_CELL_CHANNEL_FD = 250 };

/* What one cell is made from. */
struct cl_lockdown {
    const struct cl_plan *plan;
    struct cl_cell_limits limits;
    uint64_t baseline_data_bytes; /* private writable mappings that it inherits */
    int is_awaited;               /* a run waits for it: it comes up as fast as it can */
    uint32_t serial;              /* which id of the range it takes */
    int channel_fd, stdout_fd, stderr_fd;
    int given_work_fd; /* a directory from the broker, where it cannot mount one; -1 */
    pid_t parent;      /* the zygote, as it sees itself */
};

/* What it hands to the broker and then closes. */
struct cl_locked {
    int listener_fd; /* -1 where the plan has no filter */
    int work_fd;     /* -1 where there is no work directory */
};

/*
 * cl_lockdown - confine the calling process for ever.
 *
 * The caller was just cloned from the zygote with the plan's namespaces and
 * has one thread.  On failure the process must end: some steps have been
 * taken.
 */
CL_MUST_CHECK int cl_lockdown(const struct cl_lockdown *l, struct cl_locked *out,
                              struct cloche_error *err);

/*
 * cl_lockdown_zygote - what the cells inherit, once: an empty bounding set, limits that
 * are the same for all, and, where they see no files but its own, the Landlock ruleset
 * that each puts on.  And Landlock for a zygote on the host's own files (assurance
 * `process`): packages that it imports see no more of them than cells do, but
 * for the directory in which the broker makes the cells' own.
 */
CL_MUST_CHECK int cl_lockdown_zygote(const struct cl_plan *plan, struct cloche_error *err);

/* The first id that cells take, inside the zygote and, as the only one, inside
 * the cell. */
enum { CL_CELL_ID = 1000 };

#endif

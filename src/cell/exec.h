/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exec.h - from the launcher's child to the zygote's program.
 *
 * Nothing is looked up by path in the plan's root, where neither program nor
 * object need be: descriptors only.
 */
#ifndef CL_CELL_EXEC_H
#define CL_CELL_EXEC_H

#include "base/error.h"
#include "wire/plan.h"

struct cl_exec {
    int zygote;      /* O_PATH: CLOCHE_ZYGOTE_FILE, beside the launcher */
    int program;     /* O_PATH: what is executed */
    int descriptors; /* O_PATH: the child's own /proc/self/fd, of the host's /proc */
};

#define CL_EXEC_INIT ((struct cl_exec){.zygote = -1, .program = -1, .descriptors = -1})

/* Find CLOCHE_ZYGOTE_FILE beside this program, unless that was done: in the
 * launcher, as it starts.  What an upgrade puts there later is for another
 * launcher.  Fails with EHOST where there is none, ESYS. */
int cl_exec_find(struct cl_exec *x, struct cloche_error *err);

/* Open the rest, and put all of it at from_fd or above.  In the child, while
 * it sees the host's files.  Fails with EHOST where there is no such Python, ESYS. */
CL_MUST_CHECK int cl_exec_prepare(struct cl_exec *x, int from_fd, struct cloche_error *err);

/* Become the zygote, with the plan's environment.  In the child, with nothing
 * open at CL_PROGRAM_OBJECT_FD.  Returns on failure only. */
int cl_exec_zygote(const struct cl_exec *x, const struct cl_plan *plan,
                   struct cloche_error *err);

#endif

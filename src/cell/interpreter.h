/* SPDX-License-Identifier: Apache-2.0 */
/* CPython in the zygote: start, preload, freeze; and after each fork. */
#ifndef CL_CELL_INTERPRETER_H
#define CL_CELL_INTERPRETER_H

#include "base/error.h"
#include "wire/plan.h"

/* Start CPython for a plan and import what it preloads.  Once, in the zygote. */
CL_MUST_CHECK int cl_interpreter_start(const struct cl_plan *plan,
                                       struct cloche_error *err);

/* What CPython wants done around a fork, in the zygote. */
void cl_interpreter_before_fork(void);
void cl_interpreter_after_fork_in_parent(void);

/* The same in the cell, once it is locked down; and new entropy for
 * everything that the zygote's memory made equal in all siblings. */
CL_MUST_CHECK int cl_interpreter_after_fork(struct cloche_error *err);

/* Was anything preloaded?  Else one run is to come, at once. */
int cl_interpreter_is_warm(void);

/* The interpreter's version as PY_VERSION_HEX, of the running library. */
unsigned long cl_interpreter_version(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What the guard's files share: the plan, the host, and who is asking. */
#ifndef CL_GUARD_STATE_H
#define CL_GUARD_STATE_H

#include "guard/guard.h"

/* Lent for ever; NULL before the install. */
const struct cl_plan_guard *cl_guard_plan(void);
const struct cl_guard_host *cl_guard_host(void);
const char *cl_guard_profile(void);

/* Is this part of the guard on? */
int cl_guard_has(enum cl_guard_part part);

/* Is one of these the name? */
int cl_guard_lists(const struct cl_plan_strings *list, const char *name);

/* Tell the host of a violation at the line that runs now.  Keeps a set exception. */
void cl_guard_violation(enum cl_violation rule, const char *what);

/* Turn the budgets off and tell the host: the end of the process. */
_Noreturn void cl_guard_limit(enum cl_job_limit limit, uint64_t used);

/* The built-ins of restricted code (borrowed), and whether the Python code that runs
 * now, or that called the C function that runs now, is restricted code. */
PyObject *cl_guard_builtins(void);
int cl_guard_is_user(void);

/* CPython's own, which library code has; borrowed, NULL before the install. */
PyObject *cl_guard_real_builtins(void);

/* Has a run begun? */
int cl_guard_is_running(void);

/* Has it ended, and is this library code that nothing of restricted code has called?  The
 * report, which is all its own. */
int cl_guard_is_report(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Level trusted: imports of named modules, processes and connections are told
 * to the broker as they happen.  A record, not a barrier. */
#ifndef CL_CELL_AUDIT_H
#define CL_CELL_AUDIT_H

#include "wire/plan.h"

/* In the zygote, after preload; -1 with an exception set. */
int cl_audit_install(const struct cl_plan *plan);

/* User code begins: from now on events are told. */
void cl_audit_begin(void);

/* The modules whose import is told; NULL where none is.  Lent for ever. */
const struct cl_plan_strings *cl_audit_modules(void);

#endif

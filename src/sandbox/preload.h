/* SPDX-License-Identifier: Apache-2.0 */
/* preload.h - what a warm interpreter has imported before its first cell. */
#ifndef CL_SANDBOX_PRELOAD_H
#define CL_SANDBOX_PRELOAD_H

#include "policy/policy.h"
#include "wire/plan.h"

/* Add it to the plan: at level restricted what the profile allows, else what programs
 * usually want.  0, or -1 when out of memory. */
int cl_preload_choose(struct cl_plan *plan, const struct cl_effective *e);

#endif

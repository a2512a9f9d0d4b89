/* SPDX-License-Identifier: Apache-2.0 */
/* The view of files and the environment of a plan. */
#ifndef CL_SANDBOX_ROOT_H
#define CL_SANDBOX_ROOT_H

#include "policy/policy.h"
#include "wire/plan.h"

/* Fill binds, links, files, rules, env, work and scratch.  p->root, proc and
 * flags have been chosen. */
CL_MUST_CHECK int cl_sandbox_root(struct cl_plan *p, const struct cl_effective *e,
                                  struct cloche_error *err);

#endif

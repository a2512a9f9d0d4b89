/* SPDX-License-Identifier: Apache-2.0 */
/* Making, settling and sealing effective policies: what policy.h does not offer
 * to the rest of the tree. */
#ifndef CL_POLICY_EFFECTIVE_H
#define CL_POLICY_EFFECTIVE_H

#include "policy/field.h"
#include "policy/policy.h"

/* Give back what e owns, and leave it zero. */
void cl_effective_fini(struct cl_effective *e);

/*
 * cl_effective_add - one field of from over to, as a child's over its
 * parent's: lists are joined, entries replace those of their name, and all
 * else replaces.  0, or -1 when memory is out.
 */
int cl_effective_add(const struct cl_field *f, struct cl_effective *to,
                     const struct cl_effective *from);

/* A deep copy, which the caller frees; NULL when memory is out. */
struct cl_effective *cl_effective_copy(const struct cl_effective *e);

/* What a profile that says nothing comes to.  e is zero before. */
void cl_effective_init(struct cl_effective *e);

/*
 * cl_effective_settle - bring e into its one form: what its level does not
 * know goes back to what that level does anyway, and what another key makes
 * void goes.  Doing it twice changes nothing.
 */
void cl_effective_settle(struct cl_effective *e);

/* Write the id.  0, or -1 when memory is out. */
int cl_effective_seal(struct cl_effective *e);

#endif

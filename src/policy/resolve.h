/* SPDX-License-Identifier: Apache-2.0 */
/* A written profile over what it extends, checked at the level it comes to. */
#ifndef CL_POLICY_RESOLVE_H
#define CL_POLICY_RESOLVE_H

#include "policy/draft.h"

enum { CL_RESOLVE_MAX_CHAIN = 16 };

/* A profile and all that it extends: item[0] extends item[1], and so on. */
struct cl_chain {
    const struct cl_draft *item[CL_RESOLVE_MAX_CHAIN];
    size_t count;
};

/*
 * cl_resolve_chain - what the profile comes to, settled but not sealed.
 *
 * settings  for min_assurance and package sets
 *
 * The caller frees *out.  Fails with EINPUT where item[0] says what has no
 * sense at its level, or with what it inherits.
 */
int cl_resolve_chain(struct cl_report *r, const struct cl_chain *chain,
                     const struct cl_settings *settings, struct cl_effective **out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The two lists of an effective policy that are sorted by name and hold more
 * than a name: functions of modules, and exposed host objects. */
#ifndef CL_POLICY_GRANTS_H
#define CL_POLICY_GRANTS_H

#include "policy/policy.h"

/* The entry of this name, made empty where there is none.  NULL: memory is out.
 * Lent until the next put. */
struct cl_module_only *cl_grants_put_only(struct cl_effective *e, const char *module);
struct cl_expose *cl_grants_put_expose(struct cl_effective *e, const char *name);

/* NULL where there is none. */
const struct cl_module_only *cl_grants_only(const struct cl_effective *e,
                                            const char *module);
const struct cl_expose *cl_grants_expose(const struct cl_effective *e, const char *name);

/* May all of this module be used? */
int cl_grants_is_whole(const struct cl_effective *e, const char *module);

void cl_grants_clear_only(struct cl_effective *e);
void cl_grants_clear_expose(struct cl_effective *e);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The profiles of one policy: those of its file over the built-in ones. */
#ifndef CL_POLICY_PROFILES_H
#define CL_POLICY_PROFILES_H

#include "policy/effective.h"
#include "policy/parse/report.h"
#include "policy/parse/tree.h"

struct cl_profiles;

/*
 * cl_profiles_read - read the mapping `profiles`.
 *
 * map  NULL: the built-in ones alone
 * dir  for the files that they name, as for cl_trust_load
 *
 * What each comes to is not looked at: cl_profiles_check does.
 */
int cl_profiles_read(struct cl_report *r, const struct cl_node *map, const char *dir,
                     struct cl_profiles **out);
void cl_profiles_free(struct cl_profiles *p); /* NULL is fine */

/* The i-th name in alphabetical order, or NULL.  Lent. */
const char *cl_profiles_name(const struct cl_profiles *p, size_t i);

/* Resolve every profile of the file once, and fail where one does not. */
int cl_profiles_check(const struct cl_profiles *p, struct cl_report *r,
                      const struct cl_settings *settings);

/*
 * cl_profiles_get - what the profile of this name comes to, sealed.
 *
 * settings  always the same for one p: what was found is kept
 *
 * *out is lent and lives as long as p.  Any number of threads at once.
 * Fails with EINPUT where there is none (with the nearest name), or ESYS.
 */
int cl_profiles_get(const struct cl_profiles *p, struct cl_report *r, const char *name,
                    const struct cl_settings *settings, const struct cl_effective **out);

/* Complain of a name that is none: "no profile 'x'; did you mean 'y'?" */
int cl_profiles_fail_unknown(const struct cl_profiles *p, struct cl_report *r,
                             struct cl_place at, const char *name);
int cl_profiles_has(const struct cl_profiles *p, const char *name);

#endif

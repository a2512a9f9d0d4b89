/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of trusted keys: struct cl_trust of policy.h.  Which keys there are
 * and how long each counts is what a list says; the files that they came from
 * are for messages.
 */
#ifndef CL_POLICY_TRUST_H
#define CL_POLICY_TRUST_H

#include "policy/parse/report.h"
#include "policy/policy.h"

/* Those that return int: 0, or -1 when memory is out (what is there stays whole). */

/* Add a copy at the end, unsorted; cl_trust_load follows the last one. */
int cl_trust_append(struct cl_trust *t, const struct cl_trusted *one);

/*
 * cl_trust_load - read the key files of a list as it was written, and put it
 * in order.
 *
 * dir  what relative names follow: "conf/", or "" for the working directory;
 *      NULL: they are refused, because the policy is a text in no directory
 *
 * Reports at the entry's place what is no regular file, too large, no public
 * key, or a key that is there already and counts for another time.
 */
int cl_trust_load(struct cl_report *r, struct cl_trust *t, const char *dir);

/* As a child's list over its parent's: joined, the child's entries in place of
 * the parent's for the same key; a list takes the place of is_all. */
int cl_trust_join(struct cl_trust *to, const struct cl_trust *from);

/* to = the keys that are in both, each until the earlier moment. */
int cl_trust_meet(struct cl_trust *to, const struct cl_trust *with);

/* Does outer have every key of inner, for at least as long? */
int cl_trust_is_within(const struct cl_trust *inner, const struct cl_trust *outer);

void cl_trust_fini(struct cl_trust *t);

#endif

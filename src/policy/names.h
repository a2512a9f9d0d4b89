/* SPDX-License-Identifier: Apache-2.0 */
/* Sorted lists of strings: struct cl_names and struct cl_pairs of policy.h. */
#ifndef CL_POLICY_NAMES_H
#define CL_POLICY_NAMES_H

#include <stddef.h>

#include "policy/item.h"
#include "policy/policy.h"

/* Those that return int: 0, or -1 when memory is out (what is there stays whole). */

/* Add at the end, unsorted; cl_names_sort follows the last one. */
int cl_names_append(struct cl_names *n, const char *text);

/* Put in order, drop repetitions, and what another item of its kind includes. */
int cl_names_sort(struct cl_names *n, enum cl_item item);

int cl_names_copy(struct cl_names *out, const struct cl_names *from);

/* to = to and from together; a list takes the place of is_all.  For items that may
 * include one another cl_names_reduce follows the last one. */
int cl_names_join(struct cl_names *to, const struct cl_names *from);

/* Drop what another item of its kind includes.  n is sorted. */
int cl_names_reduce(struct cl_names *n, enum cl_item item);

/* to = what both allow. */
int cl_names_meet(struct cl_names *to, const struct cl_names *with, enum cl_item item);

/* to = to without what is in from, string by string. */
void cl_names_remove(struct cl_names *to, const struct cl_names *from);

/* Is everything that inner names named by outer too? */
int cl_names_is_within(const struct cl_names *inner, const struct cl_names *outer,
                       enum cl_item item);

int cl_names_has(const struct cl_names *n, const char *text);
int cl_names_is_equal(const struct cl_names *a, const struct cl_names *b);
void cl_names_fini(struct cl_names *n);

/* Replaces the value of a key that is there. */
int cl_pairs_set(struct cl_pairs *p, const char *key, const char *value);
const char *cl_pairs_get(const struct cl_pairs *p, const char *key); /* or NULL */
int cl_pairs_copy(struct cl_pairs *out, const struct cl_pairs *from);
void cl_pairs_fini(struct cl_pairs *p);

#endif

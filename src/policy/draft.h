/* SPDX-License-Identifier: Apache-2.0 */
/* A profile as it is written, before what it extends is under it. */
#ifndef CL_POLICY_DRAFT_H
#define CL_POLICY_DRAFT_H

#include "policy/effective.h"
#include "policy/parse/report.h"
#include "policy/parse/tree.h"

struct cl_draft {
    char *name;
    struct cl_place at;
    char *extends; /* or NULL */
    struct cl_place extends_at;
    struct cl_effective said;               /* where placed has a line; else zero */
    struct cl_place placed[CL_FIELD_COUNT]; /* by the rows of cl_fields */
};

/*
 * cl_draft_read - read the mapping of one profile, whose key is its name, and
 * the public keys that it names.
 *
 * dir  as for cl_trust_load
 */
int cl_draft_read(struct cl_report *r, const struct cl_node *entry, const char *dir,
                  struct cl_draft **out);

void cl_draft_free(struct cl_draft *d); /* NULL is fine */

/* Where the key of this field is written: line 0 if it is not. */
struct cl_place cl_draft_place(const struct cl_draft *d, const char *key);

#endif

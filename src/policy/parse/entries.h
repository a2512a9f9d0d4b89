/* SPDX-License-Identifier: Apache-2.0 */
/* The mappings of a profile whose keys are the writer's own names. */
#ifndef CL_POLICY_PARSE_ENTRIES_H
#define CL_POLICY_PARSE_ENTRIES_H

#include "policy/parse/report.h"
#include "policy/parse/tree.h"
#include "policy/policy.h"

/* python.modules.only: {operator: [add, mul]} */
int cl_entries_only(struct cl_report *r, const struct cl_node *map, struct cl_effective *e);

/* host.expose: {document.title: read, tags.write: {call: true, calls: 20}} */
int cl_entries_expose(struct cl_report *r, const struct cl_node *map,
                      struct cl_effective *e);

/* env.set: {PYTHONUTF8: "1"} */
int cl_entries_pairs(struct cl_report *r, const struct cl_node *map, struct cl_pairs *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The two lists of a policy file that are not profiles: alerts and package sets. */
#ifndef CL_POLICY_PARSE_LISTS_H
#define CL_POLICY_PARSE_LISTS_H

#include "policy/parse/report.h"
#include "policy/parse/tree.h"
#include "policy/policy.h"

/* Added to s, which owns them whether or not the call succeeds. */
int cl_lists_alerts(struct cl_report *r, const struct cl_node *list, struct cl_settings *s);
int cl_lists_packages(struct cl_report *r, const struct cl_node *map,
                      struct cl_settings *s);

#endif

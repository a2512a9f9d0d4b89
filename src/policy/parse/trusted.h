/* SPDX-License-Identifier: Apache-2.0 */
/* The list of trusted keys as a profile writes it. */
#ifndef CL_POLICY_PARSE_TRUSTED_H
#define CL_POLICY_PARSE_TRUSTED_H

#include "policy/parse/report.h"
#include "policy/parse/tree.h"
#include "policy/policy.h"

/*
 * cl_trusted_read - signature.keys: [ops.pub, {file: ops.pub, until: 2027-01-31},
 * {key: RWRq...}]
 *
 * Added to *out in the order written, with their places; no file is looked at:
 * cl_trust_load does.
 */
int cl_trusted_read(struct cl_report *r, const struct cl_node *list, struct cl_trust *out);

#endif

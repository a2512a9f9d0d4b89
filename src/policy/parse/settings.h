/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy file says beside its profiles. */
#ifndef CL_POLICY_PARSE_SETTINGS_H
#define CL_POLICY_PARSE_SETTINGS_H

#include "policy/field.h"
#include "policy/parse/report.h"
#include "policy/parse/tree.h"
#include "policy/policy.h"

/* What a file without any of it comes to.  s owns nothing before. */
void cl_settings_init(struct cl_settings *s);
void cl_settings_fini(struct cl_settings *s);

/*
 * cl_settings_read - read all entries of a file's top but `profiles`, which
 * is lent in *profiles (NULL where there is none), and `version`, which is
 * checked to be there.
 *
 * default_at  where the default profile is named; line 0 if it is not
 */
int cl_settings_read(struct cl_report *r, const struct cl_node *root, struct cl_settings *s,
                     const struct cl_node **profiles, struct cl_place *default_at);

/* The table of the simple ones: for printing. */
enum { CL_SETTINGS_COUNT = 15 };
extern const struct cl_field cl_settings_fields[CL_SETTINGS_COUNT];

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* policy_file.h - which policy file is used, and its loading. */
#ifndef CL_CLI_POLICY_FILE_H
#define CL_CLI_POLICY_FILE_H

#include <cloche/cloche.h>

#include "cli/failure.h"

/*
 * cli_policy_file_find - the file that is used: given, else $CLOCHE_POLICY,
 * else cloche/policy.yaml in $XDG_CONFIG_HOME or ~/.config, else
 * /etc/cloche/policy.yaml.
 *
 * given  may be NULL
 * path   the caller frees it; NULL when there is none and the built-in
 *        profiles are used alone
 *
 * A file that was named need not be there: loading it tells.  A file that may
 * be there but cannot be looked at is a failure: to run under other rules
 * than its would be a surprise.
 */
int cli_policy_file_find(const char *given, char **path, struct cli_failure *f);

/* Find and load it.  The caller owns *out. */
int cli_policy_file_load(const char *given, struct cloche_policy **out,
                         struct cli_failure *f);

/* How a policy is called in messages: its path, or "the built-in profiles". */
const char *cli_policy_file_name(const char *path);

#endif

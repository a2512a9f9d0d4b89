/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CL_CLI_LOOKUP_H
#define CL_CLI_LOOKUP_H

#include "cli/args.h"

/*
 * cli_lookup - which command the first words name.
 *
 * words  count of them; borrowed by *out
 * out    the command, and the words that are left for it.  A group when no
 *        member of it is named.
 *
 * Fails with a word that is no command; f suggests the nearest one.
 */
int cli_lookup(const char *const *words, int count, struct cli_args *out,
               struct cli_failure *f);

#endif

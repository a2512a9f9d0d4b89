/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CL_CLI_HELP_H
#define CL_CLI_HELP_H

#include "base/buf.h"
#include "cli/command.h"

/* Append a command's help: examples first, then the table's rows.  A failure
 * stays in out. */
void cli_help_write(const struct cli_command *command, struct cl_buf *out);

/* The beginning of it, for somebody who typed a command without its words. */
void cli_help_write_short(const struct cli_command *command, struct cl_buf *out);

#endif

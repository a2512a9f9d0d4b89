/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shells.h - completion scripts, written from the table in command.h.
 *
 * profiles  the names to offer for a profile, with a space between two
 *
 * A failure stays in out.
 */
#ifndef CL_CLI_COMPLETIONS_SHELLS_H
#define CL_CLI_COMPLETIONS_SHELLS_H

#include "base/buf.h"

void cli_shell_bash(const char *profiles, struct cl_buf *out);
void cli_shell_zsh(const char *profiles, struct cl_buf *out);
void cli_shell_fish(const char *profiles, struct cl_buf *out);

/* Append the members of a group as words: "check explain diff schema". */
struct cli_command;
void cli_shell_members(const struct cli_command *group, const char *between,
                       struct cl_buf *out);

/* Append words of a NULL-terminated list, with a space between two. */
void cli_shell_words(const char *const *words, struct cl_buf *out);

/* Append the names of the demonstration, with spaces between. */
void cli_shell_demo(struct cl_buf *out);

/* Append text inside single quotes; each character of special is preceded by
 * a backslash, and a quote is written as quote_as. */
void cli_shell_quote(const char *text, const char *special, const char *quote_as,
                     struct cl_buf *out);

#endif

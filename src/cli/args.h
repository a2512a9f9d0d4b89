/* SPDX-License-Identifier: Apache-2.0 */
/*
 * args.h - a command line read by the table in command.h.
 *
 * As getopt_long reads it: options and operands in any order, "-vc CODE",
 * "-cCODE", "--name VALUE", "--name=VALUE", and all that follows "--" is no
 * option.  Names are not abbreviated: a script must not change its meaning
 * when an option is added.
 */
#ifndef CL_CLI_ARGS_H
#define CL_CLI_ARGS_H

#include "cli/command.h"
#include "cli/failure.h"

struct cli_args {
    const struct cli_command *command;
    const char *const *argv; /* the words after the command's name; borrowed */
    int argc;
    int is_json; /* set while parsing */
};

/*
 * One option, operand or argument, in the order in which they stand.  value
 * is borrowed from argv, and NULL for an option without one.  --help and
 * --json do not come here.  Returns 0, or -1 with f filled.
 */
typedef int cli_take(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f);

/*
 * cli_args_parse - give each word to take.
 *
 * Returns -1 to go on, or the exit status to end with: after --help, and
 * after a mistake, which has been told (as JSON when --json stands anywhere).
 */
int cli_args_parse(struct cli_args *args, cli_take *take, void *ctx);

/* A take for commands that have nothing but --help and --json. */
int cli_args_none(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f);

/* Fail with an operand too many.  Returns -1. */
int cli_args_unexpected(const char *value, struct cli_failure *f);

/* Does "--json" stand among the words, before a "--"? */
int cli_args_want_json(const char *const *argv, int argc);

#endif

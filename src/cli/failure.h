/* SPDX-License-Identifier: Apache-2.0 */
/* failure.h - what went wrong, told to people or to programs, and the exit
 * status that goes with it. */
#ifndef CL_CLI_FAILURE_H
#define CL_CLI_FAILURE_H

#include <cloche/error.h>

#include "base/buf.h"
#include "base/error.h"

/* Plain data; start it as CLI_FAILURE_INIT. */
struct cli_failure {
    struct cloche_error error;
    struct cloche_where where;
    char see[64]; /* a command line that helps, or "" */
};

#define CLI_FAILURE_INIT ((struct cli_failure){.error.code = CLOCHE_OK})

/*
 * cli_fail - fill f with a mistake in the command line (EINPUT).
 *
 * key       the option or the word it is about; may be NULL
 * expected  what would have been right; may be NULL
 *
 * Returns -1.
 */
int cli_fail(struct cli_failure *f, const char *key, const char *expected, const char *fmt,
             ...) CL_PRINTF(4, 5);

/* Fill f with a file that could not be read or written (EINPUT and an errno).
 * doing is "read", "create", ...  Returns -1. */
int cli_fail_file(struct cli_failure *f, int sys, const char *doing, const char *path);

/* The exit status of a command that failed with this code. */
int cli_failure_status(enum cloche_code code);

/* Append the failure as {"code": ...}, API.md's shape, without a newline. */
void cli_failure_json(const struct cli_failure *f, struct cl_buf *out);

/* Append the failure as one line for people, without "cloche: ". */
void cli_failure_text(const struct cli_failure *f, struct cl_buf *out);

/* Tell it: {"error": ...} to standard output, or a line to standard error.
 * Returns the exit status. */
int cli_failure_report(const struct cli_failure *f, int as_json);

#endif

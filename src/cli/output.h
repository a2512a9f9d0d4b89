/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output.h - what the command line itself says, and the exit statuses that
 * it has of its own.
 */
#ifndef CL_CLI_OUTPUT_H
#define CL_CLI_OUTPUT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

enum cli_exit {
    CLI_EXIT_OK = 0,
    CLI_EXIT_NO = 1,       /* the answer is no: not valid, not the same, cannot run */
    CLI_EXIT_USAGE = 2,    /* what was asked is wrong */
    CLI_EXIT_FAILED = 125, /* cloche or the host failed */
    CLI_EXIT_CANCELLED = 130,
    CLI_EXIT_PIPE = 256, /* for main: end as a closed pipe ends other programs */
};

/* The longest text that is built in memory before it is written. */
enum { CLI_TEXT_MAX = 16 << 20 };

/*
 * cli_print - write text to standard output.
 *
 * Returns CLI_EXIT_OK; CLI_EXIT_PIPE when nobody reads it any more; or
 * CLI_EXIT_FAILED after saying why, also when text itself is not whole
 * (has_failed).
 */
CL_MUST_CHECK int cli_print(const struct cl_buf *text);

/* The same for a string of any length. */
CL_MUST_CHECK int cli_print_string(const char *text);

/* Write text to standard error as it is.  There is nobody to tell of a failure. */
void cli_tell(const struct cl_buf *text);

/* "cloche: ..." and a newline to standard error; control characters in it
 * are made visible, so that it is one line whatever is put in. */
void cli_say(const char *fmt, ...) CL_PRINTF(1, 2);

/* Say that standard output could not be written, and why; for an errno.
 * Returns CLI_EXIT_FAILED, or CLI_EXIT_PIPE without a word for EPIPE. */
int cli_output_failed(int sys);

/* May what goes to fd be coloured?  Only a terminal that can, and not when
 * NO_COLOR is set (https://no-color.org). */
int cli_is_coloured(int fd);

#endif

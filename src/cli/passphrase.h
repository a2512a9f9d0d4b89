/* SPDX-License-Identifier: Apache-2.0 */
/* passphrase.h - asking for the passphrase of a secret key. */
#ifndef CL_CLI_PASSPHRASE_H
#define CL_CLI_PASSPHRASE_H

#include <stddef.h>

#include "cli/failure.h"

enum { CLI_PASSPHRASE_MAX = 1024 }; /* bytes, one more than minisign takes */

/* The caller ends with cli_passphrase_wipe. */
struct cli_passphrase {
    char text[CLI_PASSPHRASE_MAX]; /* no NUL after it */
    size_t len;
};

/*
 * cli_passphrase_read - read one line, without its end.
 *
 * fd      a descriptor; -1: standard input
 * is_new  it is asked for twice on a terminal, and both must be the same
 *
 * On a terminal it is asked for on standard error and not shown; a signal that
 * ends the process meanwhile finds the terminal as it was.  Blocks.
 * Fails with EINPUT.
 */
int cli_passphrase_read(int fd, int is_new, struct cli_passphrase *out,
                        struct cli_failure *f);

void cli_passphrase_wipe(struct cli_passphrase *passphrase);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * victim.h - a child process that must come to no harm.
 *
 * It holds the secret in its memory and in an open file, answers when it is
 * asked how it is, and counts the signals that it gets.  It ends with its
 * parent's thread.
 */
#ifndef CL_CLI_DEMO_VICTIM_H
#define CL_CLI_DEMO_VICTIM_H

#include <sys/types.h>

#include "cli/demo/effects.h"
#include "cli/failure.h"

enum { CLI_DEMO_SECRET_SIZE = 48 };

struct cli_demo_victim {
    pid_t pid;     /* 0 when there is none */
    int channel;   /* -1 when there is none */
    int secret_fd; /* lent: the same number is open in the child */
};

/*
 * cli_demo_victim_start - fork it.
 *
 * secret     CLI_DEMO_SECRET_SIZE bytes at most, with its NUL; copied to
 *            cli_demo_victim_address in this process and so in the child
 * secret_fd  a file that holds it
 */
int cli_demo_victim_start(struct cli_demo_victim *victim, const char *secret, int secret_fd,
                          struct cli_failure *f);

/* Where the secret is in memory, in this process and in the victim. */
const void *cli_demo_victim_address(void);

/* How is it?  Harm is told, and the victim is replaced by another. */
void cli_demo_victim_look(struct cli_demo_victim *victim, struct cli_demo_effects *effects);

/* Kill it and wait for it.  NULL is not allowed; one that never started is fine. */
void cli_demo_victim_end(struct cli_demo_victim *victim);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * canary.h - what `cloche demo` sets up on the host for attacks to reach: a
 * private directory with a secret and a file to overwrite, listening sockets,
 * a process, an environment variable.
 *
 * Whatever brings the secret into what an attack prints has read one of them;
 * the others are looked at after each attack, and put right again.  Nothing
 * of the host's own is touched.
 */
#ifndef CL_CLI_DEMO_CANARY_H
#define CL_CLI_DEMO_CANARY_H

#include <limits.h>
#include <sys/types.h>

#include "base/buf.h"
#include "cli/demo/effects.h"
#include "cli/demo/victim.h"
#include "cli/failure.h"

enum cli_demo_door {
    CLI_DEMO_TCP,
    CLI_DEMO_UDP,
    CLI_DEMO_ABSTRACT,
    CLI_DEMO_PATHNAME,
    CLI_DEMO_DOORS
};

struct cli_demo_canary {
    char secret[CLI_DEMO_SECRET_SIZE];
    char dir[PATH_MAX]; /* "" when there is none */
    int dir_fd;
    int secret_fd;
    int door[CLI_DEMO_DOORS]; /* -1 when not open */
    unsigned port[CLI_DEMO_DOORS];
    char abstract[64]; /* without the NUL before it */
    dev_t mount_was;
    char host_name[65];
    struct cli_demo_victim victim;
};

/* Nothing is set up yet. */
#define CLI_DEMO_CANARY_INIT                                                               \
    ((struct cli_demo_canary){                                                             \
        .dir_fd = -1, .secret_fd = -1, .door = {-1, -1, -1, -1}, .victim.channel = -1})

/* Set all of it up in what is CLI_DEMO_CANARY_INIT.  Before the library's thread is there:
 * it forks.  Fails with ESYS; either way the caller ends with cli_demo_canary_fini. */
int cli_demo_canary_init(struct cli_demo_canary *canary, struct cli_failure *f);

void cli_demo_canary_fini(struct cli_demo_canary *canary);

/* Append what an attack is told, as a JSON object: where all of it is, never
 * what it holds.  others: processes of the library. */
void cli_demo_canary_tell(const struct cli_demo_canary *canary, const int *others,
                          size_t n_others, struct cl_buf *out);

/* What was reached or changed since the last look. */
void cli_demo_canary_look(struct cli_demo_canary *canary, struct cli_demo_effects *effects);

#endif

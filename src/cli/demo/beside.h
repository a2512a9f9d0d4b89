/* SPDX-License-Identifier: Apache-2.0 */
/* beside.h - another run, there all the while, with the secret in its /work,
 * its /tmp and its memory.  It must come to no harm. */
#ifndef CL_CLI_DEMO_BESIDE_H
#define CL_CLI_DEMO_BESIDE_H

#include <pthread.h>

#include <cloche/cloche.h>

#include "cli/demo/effects.h"
#include "cli/failure.h"

struct cli_demo_beside {
    struct cloche_run *run;
    int input;  /* what it is asked through; -1 */
    int output; /* the other end, the library's to read; -1 */
    pthread_mutex_t lock;
    pthread_cond_t has_answered;
    unsigned n_well, n_other; /* lines that it wrote */
};

/* Start it and wait until it is well.  Either way the caller ends with
 * cli_demo_beside_end. */
int cli_demo_beside_start(struct cli_demo_beside *beside, struct cloche_engine *engine,
                          const char *secret, struct cli_failure *f);

/* Is it well? */
void cli_demo_beside_look(struct cli_demo_beside *beside, struct cli_demo_effects *effects);

/* End it.  One that is all zero but for its descriptors, which are -1, is fine. */
void cli_demo_beside_end(struct cli_demo_beside *beside);

#endif

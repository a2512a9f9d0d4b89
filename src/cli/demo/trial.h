/* SPDX-License-Identifier: Apache-2.0 */
/* trial.h - one program of the demonstration, run once and watched. */
#ifndef CL_CLI_DEMO_TRIAL_H
#define CL_CLI_DEMO_TRIAL_H

#include <stdint.h>

#include <cloche/cloche.h>

#include "base/buf.h"
#include "cli/demo/program.h"
#include "cli/demo/watch.h"
#include "cli/failure.h"

/* Start it as {.text = ...}, or with .is_again too. */
struct cli_demo_trial {
    const struct cli_demo_text *text;
    struct cloche_run *run;
    const struct cloche_result *result; /* lent by run; NULL without one */
    struct cl_buf bare;                 /* what it wrote, where it ran without cloche */
    uint64_t ns;
    int is_again;     /* an attack on the language, with all of Python */
    int is_cancelled; /* by Ctrl-C */
    int is_endless;   /* it was ended by us, for the engine did not */
};

/*
 * cli_demo_trial_run - run it to its end.
 *
 * told   what an attack is told, its one argument; NULL for a useful program
 * watch  looked at all the while; NULL for a useful program
 *
 * Blocks.  Fails as cloche_run_start does.  Either way the caller ends with
 * cli_demo_trial_fini.
 */
int cli_demo_trial_run(struct cli_demo_trial *trial, struct cloche_engine *engine,
                       const char *told, struct cli_demo_watch *watch,
                       struct cli_failure *f);

void cli_demo_trial_fini(struct cli_demo_trial *trial);

/* What it wrote to standard output or error.  Lent; *len is written. */
const char *cli_demo_trial_output(const struct cli_demo_trial *trial,
                                  enum cloche_stream stream, size_t *len);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* judge.h - what a trial came to: what it reached, what stopped it. */
#ifndef CL_CLI_DEMO_JUDGE_H
#define CL_CLI_DEMO_JUDGE_H

#include <stddef.h>

#include "cli/demo/effects.h"
#include "cli/demo/trial.h"

/*
 * cli_demo_judge_effects - what can be seen in the result: the secret in what
 * was written or left, what the attack says it reached, an attack that was
 * not made at all.
 */
void cli_demo_judge_effects(const struct cli_demo_trial *trial, const char *secret,
                            struct cli_demo_effects *effects);

/*
 * cli_demo_judge_stopped - which layer stopped it, cut to size: by the
 * outcome, by what the result lists as refused, by the errors that the attack
 * met and its file explains, and only then by its file alone.  "" when there
 * is nothing of these.
 */
void cli_demo_judge_stopped(const struct cli_demo_trial *trial, char *out, size_t size);

/*
 * cli_demo_judge_without - what an attack on the language reached where it had all of
 * Python, as it says itself, or the limit that ended it; "" when it did nothing.
 */
void cli_demo_judge_without(const struct cli_demo_trial *trial, char *out, size_t size);

/* Did a useful program do what its file says?  Else why is written. */
int cli_demo_judge_useful(const struct cli_demo_trial *trial, char *why, size_t size);

#endif

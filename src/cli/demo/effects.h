/* SPDX-License-Identifier: Apache-2.0 */
/* effects.h - what an attack reached, as sentences.  None is what is hoped for. */
#ifndef CL_CLI_DEMO_EFFECTS_H
#define CL_CLI_DEMO_EFFECTS_H

#include <stddef.h>

#include "base/error.h"

/* Plain data; starts as {0}. */
struct cli_demo_effects {
    char text[12][200];
    size_t count; /* of all; what does not fit is counted only */
};

void cli_demo_effect(struct cli_demo_effects *effects, const char *fmt, ...)
    CL_PRINTF(2, 3);

/* How many sentences there are to show. */
size_t cli_demo_effects_shown(const struct cli_demo_effects *effects);

#endif

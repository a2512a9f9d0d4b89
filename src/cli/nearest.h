/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nearest.h - which of some words a misspelt one was probably meant to be.
 *
 *     struct cli_nearest near = CLI_NEAREST_INIT("rnu");
 *     cli_nearest_offer(&near, "run");
 *     near.best    "run", or NULL when nothing offered is near enough
 */
#ifndef CL_CLI_NEAREST_H
#define CL_CLI_NEAREST_H

struct cli_nearest {
    const char *word;  /* borrowed: what was typed */
    const char *best;  /* borrowed from the offers; NULL while none is near */
    unsigned distance; /* of best */
};

#define CLI_NEAREST_INIT(typed) ((struct cli_nearest){.word = (typed)})

/* The first of equally near offers is kept. */
void cli_nearest_offer(struct cli_nearest *near, const char *offer);

#endif

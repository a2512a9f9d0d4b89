/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shadow.h - the same code with the same inputs under another profile, and what would
 * differ.
 *
 * The second run is silent.  Times and memory are not compared: they differ always.
 */
#ifndef CL_CLI_RUN_SHADOW_H
#define CL_CLI_RUN_SHADOW_H

#include <cloche/cloche.h>

#include "base/buf.h"
#include "cli/failure.h"

struct cli_shadow {
    const char *profile;
    struct cloche_run *run;
    const struct cloche_result *result; /* lent by run */
};

/* Run it, and wait.  request is the first run's, which names another profile. */
int cli_shadow_run(struct cli_shadow *shadow, struct cloche_engine *engine,
                   const struct cloche_request *request, struct cli_failure *f);
void cli_shadow_fini(struct cli_shadow *shadow);

/* What differs, in sentences: "shadow: ..." lines. */
void cli_shadow_text(const struct cli_shadow *shadow, const struct cloche_result *first,
                     struct cl_buf *out);

/* {"result": ..., "shadow": ..., "profile": ..., "differences": [...]} and a newline. */
int cli_shadow_json(const struct cli_shadow *shadow, const struct cloche_result *first,
                    struct cl_buf *out, struct cli_failure *f);

#endif

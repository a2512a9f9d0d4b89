/* SPDX-License-Identifier: Apache-2.0 */
/* library.h - a subject that is this library, as any program would use it. */
#ifndef CL_CLI_BENCH_LIBRARY_H
#define CL_CLI_BENCH_LIBRARY_H

#include <cloche/cloche.h>

#include "base/buf.h"
#include "cli/bench/bench.h"

/* The arg of a subject of cli_bench_library. */
struct cli_bench_engine {
    unsigned flags;   /* CLOCHE_ENGINE_* */
    unsigned standby; /* as in cloche_engine_options */
    uint64_t busy_ns; /* so long the caller computes before each run; 0: it sleeps */

    /* Append the text of a policy file.  0, 1 when what it needs is not here,
     * -1 on failure.  NULL: the built-in profiles. */
    int (*policy)(struct cl_buf *out, struct cloche_error *err);
};

/*
 * Figures of once: [0] from the request to the result in hand, or what the
 * code printed where the program says so; [1] the processor time that the
 * run cost this process, with all that the engine's thread did until it was
 * at rest again.  Of during and times: as in bench.h.
 */
extern const struct cli_bench_kind cli_bench_library;

/* An engine as arg says, warm.  Returns 0, and the caller frees it; 1 when it
 * needs what is not here; -1 on failure. */
CL_MUST_CHECK int cli_bench_engine_new(const struct cli_bench_engine *arg,
                                       struct cloche_engine **out,
                                       struct cloche_error *err);

#endif

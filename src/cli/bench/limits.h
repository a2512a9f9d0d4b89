/* SPDX-License-Identifier: Apache-2.0 */
/* limits.h - a subject that is a run which a limit ends. */
#ifndef CL_CLI_BENCH_LIMITS_H
#define CL_CLI_BENCH_LIMITS_H

#include <cloche/cloche.h>

#include "cli/bench/bench.h"

/* The arg of a subject of cli_bench_limit. */
struct cli_bench_limit_case {
    struct cloche_limit limit;
    enum cloche_outcome outcome;
    /* Where in the result the time stands that was used; NULL: the code prints
     * the monotonic clock right before it passes the limit. */
    const char *used;
    uint64_t limit_ns; /* with used */
};

/*
 * Figures of once: [0] how long after the limit was passed the run was ended;
 * [1] how long after that its cell was gone.
 */
extern const struct cli_bench_kind cli_bench_limit;

#endif

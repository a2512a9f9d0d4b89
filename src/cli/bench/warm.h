/* SPDX-License-Identifier: Apache-2.0 */
/* warm.h - a subject that is one python3 process, which runs the same code
 * again and again: neither fresh nor confined, and so what code costs alone. */
#ifndef CL_CLI_BENCH_WARM_H
#define CL_CLI_BENCH_WARM_H

#include "cli/bench/bench.h"

/* No arg.  Figures of once: [0] compiling and running the code, by its own clock. */
extern const struct cli_bench_kind cli_bench_warm;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* memory.h - subjects whose figure is the memory of idle processes. */
#ifndef CL_CLI_BENCH_MEMORY_H
#define CL_CLI_BENCH_MEMORY_H

#include "cli/bench/bench.h"

/*
 * No arg, no program.  Figures of times, which makes so many of them: [0] the
 * private memory of one, the median by smaps_rollup; CLI_BENCH_NONE where that
 * cannot be read; [1] how much MemAvailable fell for each, which has what the
 * kernel keeps for it too; [2] how many there were.
 */
extern const struct cli_bench_kind cli_bench_memory_cells; /* standby cells */
extern const struct cli_bench_kind cli_bench_memory_bare;  /* python3 -I */

#endif

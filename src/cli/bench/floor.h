/* SPDX-License-Identifier: Apache-2.0 */
/* floor.h - a subject that is fork and exit of a tiny static process. */
#ifndef CL_CLI_BENCH_FLOOR_H
#define CL_CLI_BENCH_FLOOR_H

#include "cli/bench/bench.h"

/* No arg, no program.  Figures of once: [0] a fork and its end.  Of during: as
 * in bench.h, by as many such processes as there are processors. */
extern const struct cli_bench_kind cli_bench_floor;

#endif

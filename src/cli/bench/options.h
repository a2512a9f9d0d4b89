/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - the words of `cloche bench`. */
#ifndef CL_CLI_BENCH_OPTIONS_H
#define CL_CLI_BENCH_OPTIONS_H

#include "cli/args.h"
#include "cli/bench/workload.h"

enum { CLI_BENCH_WORKLOADS_MAX = 32 };

struct cli_bench_options {
    uint64_t rounds;
    int is_quick;
    int is_json;
    int is_some;                              /* only the selected workloads */
    int is_selected[CLI_BENCH_WORKLOADS_MAX]; /* by place in the table */
};

/* As cli_args_parse: -1 to go on, else the exit status to end with. */
int cli_bench_options_parse(struct cli_args *args, struct cli_bench_options *o);

#endif

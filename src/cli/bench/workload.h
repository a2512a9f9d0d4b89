/* SPDX-License-Identifier: Apache-2.0 */
/* workload.h - the table of workloads: which subjects do what, how often, and
 * which of their figures make a row. */
#ifndef CL_CLI_BENCH_WORKLOAD_H
#define CL_CLI_BENCH_WORKLOAD_H

#include "cli/bench/bench.h"
#include "cli/bench/worker.h"

/* What one of the values of a round is. */
enum cli_bench_unit {
    CLI_BENCH_TIME,  /* nanoseconds */
    CLI_BENCH_RATE,  /* how often, and in [1] in how long */
    CLI_BENCH_BURST, /* nanoseconds of all the runs of [0]: time and rate */
    CLI_BENCH_EACH,  /* the same for one of them, on average; for our own only */
    CLI_BENCH_BYTES, /* a size; in [2] of how many */
};

/* One row of each subject. */
struct cli_bench_column {
    const char *suffix; /* of the subject's name in its row; "" for the only one */
    unsigned value;     /* which value */
    enum cli_bench_unit unit;
    const char *note; /* may be NULL */
};

enum { CLI_BENCH_SUBJECTS = 20, CLI_BENCH_COLUMNS = 3 };

struct cli_bench_workload {
    const char *name;  /* "W1" */
    const char *title; /* "print(1)" */
    enum cli_bench_op op;
    uint64_t amount;       /* of op */
    uint64_t quick_amount; /* the same with --quick */
    unsigned share_pct;    /* of --rounds; at least min_rounds */
    unsigned min_rounds;
    struct cli_bench_column columns[CLI_BENCH_COLUMNS];    /* ended by a NULL suffix */
    struct cli_bench_subject subjects[CLI_BENCH_SUBJECTS]; /* ended by a NULL name */
};

/* In the order of the report, ended by a NULL name. */
extern const struct cli_bench_workload cli_bench_workloads[];

#endif

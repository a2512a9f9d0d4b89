/* SPDX-License-Identifier: Apache-2.0 */
/* row.h - what is told of each subject of each workload. */
#ifndef CL_CLI_BENCH_ROW_H
#define CL_CLI_BENCH_ROW_H

#include "base/buf.h"
#include "cli/bench/bench.h"

/* One line of the table.  A number that there is none of is CLI_BENCH_NONE, a
 * ratio 0. */
struct cli_bench_row {
    const char *workload;
    const char *subject;
    enum cli_bench_role role;
    unsigned cpus; /* how many processors it could use; 0: all */
    uint64_t n;    /* how many runs the figures are of */
    uint64_t median_ns;
    uint64_t p99_ns;
    uint64_t per_second;
    uint64_t bytes;
    double ratio;            /* how many times better than bare python3 */
    double ratio_bubblewrap; /* the same beside bubblewrap */
    const char *note;        /* what exactly was measured; NULL when that is plain */
    char absent[248];        /* why there are no figures, or "" */
};

/* Fill the ratios of one workload's rows. */
void cli_bench_rows_compare(struct cli_bench_row *rows, size_t n);

/* Append one row as a JSON object. */
void cli_bench_row_json(const struct cli_bench_row *row, struct cl_buf *out);

/* Append rows that have the same kind of figure as a table for people, under
 * title unless it is NULL. */
void cli_bench_rows_text(const struct cli_bench_row *rows, size_t n, const char *title,
                         int is_coloured, struct cl_buf *out);

#endif

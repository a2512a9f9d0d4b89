/* SPDX-License-Identifier: Apache-2.0 */
/* Pure: rows in, text or JSON out. */
#include "cli/bench/row.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/json.h"
#include "cli/visible.h"

enum { SUBJECT_WIDTH = 38 };

/* ---- ratios ------------------------------------------------------------ */

static double
times_better(uint64_t theirs, uint64_t ours)
{
    return theirs == CLI_BENCH_NONE || ours == CLI_BENCH_NONE || ours == 0
               ? 0
               : (double)theirs / (double)ours;
}

/* Of the one figure that both have: a rate is better when it is higher. */
static double
compare(const struct cli_bench_row *ours, const struct cli_bench_row *theirs)
{
    if (theirs == NULL) {
        return 0;
    }
    if (ours->per_second != CLI_BENCH_NONE) {
        return times_better(ours->per_second, theirs->per_second);
    }
    return ours->bytes != CLI_BENCH_NONE ? times_better(theirs->bytes, ours->bytes)
                                         : times_better(theirs->median_ns, ours->median_ns);
}

static const struct cli_bench_row *
find_role(const struct cli_bench_row *rows, size_t n, enum cli_bench_role role)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].role == role && rows[i].absent[0] == '\0') {
            return &rows[i];
        }
    }
    return NULL;
}

void
cli_bench_rows_compare(struct cli_bench_row *rows, size_t n)
{
    const struct cli_bench_row *bare = find_role(rows, n, CLI_BENCH_BARE);
    const struct cli_bench_row *bwrap = find_role(rows, n, CLI_BENCH_BUBBLEWRAP);
    for (size_t i = 0; i < n; i++) {
        rows[i].ratio = compare(&rows[i], bare);
        rows[i].ratio_bubblewrap = compare(&rows[i], bwrap);
    }
}

/* ---- JSON -------------------------------------------------------------- */

static void
put_number(struct cl_buf *out, const char *key, uint64_t value)
{
    if (value == CLI_BENCH_NONE) {
        (void)cl_buf_printf(out, ", \"%s\": null", key);
    } else {
        (void)cl_buf_printf(out, ", \"%s\": %" PRIu64, key, value);
    }
}

static void
put_ratio(struct cl_buf *out, const char *key, double value)
{
    if (value > 0) {
        (void)cl_buf_printf(out, ", \"%s\": %.4g", key, value);
    } else {
        (void)cl_buf_printf(out, ", \"%s\": null", key);
    }
}

void
cli_bench_row_json(const struct cli_bench_row *row, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, "{\"workload\": ");
    cli_json_string(out, row->workload);
    (void)cl_buf_add_str(out, ", \"subject\": ");
    cli_json_string(out, row->subject);
    put_number(out, "cpus", row->cpus > 0 ? row->cpus : CLI_BENCH_NONE);
    put_number(out, "n", row->n);
    put_number(out, "median_ns", row->median_ns);
    put_number(out, "p99_ns", row->p99_ns);
    put_number(out, "per_second", row->per_second);
    put_number(out, "bytes", row->bytes);
    put_ratio(out, "ratio", row->ratio);
    put_ratio(out, "ratio_bubblewrap", row->ratio_bubblewrap);
    (void)cl_buf_add_str(out, ", \"note\": ");
    cli_json_string(out, row->note);
    (void)cl_buf_add_str(out, ", \"absent\": ");
    cli_json_string_or_null(out, row->absent);
    (void)cl_buf_u8(out, '}');
}

/* ---- text -------------------------------------------------------------- */

static void
put_time(struct cl_buf *out, uint64_t ns)
{
    const double us = (double)ns / 1e3;
    if (ns == CLI_BENCH_NONE) {
        (void)cl_buf_printf(out, "%12s", "");
    } else if (us < 1000) {
        (void)cl_buf_printf(out, "%9.1f us", us);
    } else {
        (void)cl_buf_printf(out, "%9.*f ms", us < 100000 ? 2 : 0, us / 1e3);
    }
}

static void
put_times_better(struct cl_buf *out, double ratio)
{
    if (ratio > 0) {
        (void)cl_buf_printf(out, "%11.*f", ratio < 2 ? 3 : ratio < 100 ? 1 : 0, ratio);
    } else {
        (void)cl_buf_printf(out, "%11s", "");
    }
}

/* Which columns the rows of one table have. */
struct columns {
    int has_times;
    int has_rate;
    int has_bytes;
    int has_ratio;
};

static struct columns
columns_of(const struct cli_bench_row *rows, size_t n)
{
    struct columns c = {.has_times = 0};
    for (size_t i = 0; i < n; i++) {
        c.has_times |= rows[i].median_ns != CLI_BENCH_NONE;
        c.has_rate |= rows[i].per_second != CLI_BENCH_NONE;
        c.has_bytes |= rows[i].bytes != CLI_BENCH_NONE;
        c.has_ratio |= rows[i].ratio > 0 || rows[i].ratio_bubblewrap > 0;
    }
    return c;
}

static void
put_head(const struct columns *c, const char *note, struct cl_buf *out)
{
    (void)cl_buf_printf(out, "  %-*s", SUBJECT_WIDTH, note != NULL ? note : "");
    if (c->has_times) {
        (void)cl_buf_printf(out, "%12s%12s", "median", "99th");
    }
    if (c->has_rate) {
        (void)cl_buf_printf(out, "%12s", "rate");
    }
    if (c->has_bytes) {
        (void)cl_buf_printf(out, "%12s", "size");
    }
    if (c->has_ratio) {
        (void)cl_buf_printf(out, "%11s%11s", "x python3", "x bwrap");
    }
    (void)cl_buf_printf(out, "%9s\n", "n");
}

static void
put_figures(const struct cli_bench_row *row, const struct columns *c, struct cl_buf *out)
{
    if (c->has_times) {
        put_time(out, row->median_ns);
        put_time(out, row->p99_ns);
    }
    if (c->has_rate && row->per_second != CLI_BENCH_NONE) {
        (void)cl_buf_printf(out, "%10" PRIu64 "/s", row->per_second);
    } else if (c->has_rate) {
        (void)cl_buf_printf(out, "%12s", "");
    }
    if (c->has_bytes) {
        (void)cl_buf_printf(out, "%8.0f KiB", (double)row->bytes / 1024);
    }
    if (c->has_ratio) {
        put_times_better(out, row->ratio);
        put_times_better(out, row->ratio_bubblewrap);
    }
    (void)cl_buf_printf(out, "%9" PRIu64, row->n);
}

static void
put_row(const struct cli_bench_row *row, const struct columns *c, int is_coloured,
        struct cl_buf *out)
{
    const int is_lit = is_coloured && row->role == CLI_BENCH_OURS;
    (void)cl_buf_printf(out, "  %s%-*s%s", is_lit ? "\033[32m" : "", SUBJECT_WIDTH,
                        row->subject, is_lit ? "\033[0m" : "");
    if (row->absent[0] != '\0') {
        (void)cl_buf_add_str(out, "  not measured: ");
        cli_visible_line(row->absent, out);
    } else {
        put_figures(row, c, out);
    }
    (void)cl_buf_u8(out, '\n');
}

void
cli_bench_rows_text(const struct cli_bench_row *rows, size_t n, const char *title,
                    int is_coloured, struct cl_buf *out)
{
    const struct columns columns = columns_of(rows, n);
    if (title != NULL) {
        (void)cl_buf_printf(out, "\n%s%s: %s%s\n", is_coloured ? "\033[1m" : "",
                            rows[0].workload, title, is_coloured ? "\033[0m" : "");
    }
    put_head(&columns, rows[0].note, out);
    for (size_t i = 0; i < n; i++) {
        put_row(&rows[i], &columns, is_coloured, out);
    }
}

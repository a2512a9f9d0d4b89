/* SPDX-License-Identifier: Apache-2.0 */
/* `cloche bench`: asks the workers round by round and tells what came of it
 * (bench.h has the theory of operation). */
#include "cli/bench/bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cloche/cloche.h>

#include "base/clock.h"
#include "base/own.h"
#include "cli/args.h"
#include "cli/bench/facts.h"
#include "cli/bench/options.h"
#include "cli/bench/program.h"
#include "cli/bench/row.h"
#include "cli/bench/workload.h"
#include "cli/output.h"
#include "cli/run/interrupt.h"

enum {
    /* A subject that takes longer than this on average sits some rounds out. */
    ROUND_NS = 150000000,
    ROUNDS_ALWAYS = 3,
    QUICK_ROUNDS_ALWAYS = 1,
    /* One that takes less is asked so often in a round. */
    QUICK_NS = 3000000,
    QUICK_TIMES = 5,
};

/* The command's own state. */
struct bench {
    struct cli_bench_options options;
    struct cl_buf json;
    size_t n_rows;
    int has_failed; /* something of our own could not be measured */
};

/* ---- rounds ------------------------------------------------------------ */

static void
show_progress(const struct cli_bench_workload *w, uint64_t round, uint64_t rounds)
{
    static int is_shown;
    char text[96];
    if (!isatty(STDERR_FILENO)) {
        return;
    }
    if (round == rounds) {
        (void)snprintf(text, sizeof text, is_shown ? "\r\033[K" : "");
    } else {
        (void)snprintf(text, sizeof text, "\r\033[K%s: %" PRIu64 " of %" PRIu64, w->name,
                       round + 1, rounds);
    }
    is_shown = round != rounds;
    struct cl_buf line = {.data = (unsigned char *)text, .len = strlen(text)};
    cli_tell(&line);
}

static uint64_t
rounds_of(const struct cli_bench_workload *w, const struct cli_bench_options *o)
{
    const uint64_t n = o->rounds * w->share_pct / 100;
    return n > w->min_rounds ? n : w->min_rounds;
}

/*
 * How often a subject is asked in a round.  One that is quick, as a service is that
 * is in use, is asked several times: once after the long pause that the others are
 * to it, and then warm; and its 99th needs the samples.
 */
static unsigned
times_of(const struct cli_bench_worker *worker, const struct cli_bench_workload *w)
{
    const size_t n = worker->sample[0].n;
    return w->op == CLI_BENCH_ONCE && n > 0 &&
                   cli_bench_sample_sum(&worker->sample[0]) / n < QUICK_NS
               ? QUICK_TIMES
               : 1;
}

static int
do_rounds(const struct bench *b, const struct cli_bench_workload *w,
          struct cli_bench_worker *workers, size_t n, struct cloche_error *err)
{
    const uint64_t rounds = rounds_of(w, &b->options);
    const uint64_t amount = b->options.is_quick ? w->quick_amount : w->amount;
    const uint64_t always = b->options.is_quick ? QUICK_ROUNDS_ALWAYS : ROUNDS_ALWAYS;
    int rc = 0;

    for (uint64_t round = 0; rc == 0 && round < rounds; round++) {
        show_progress(w, round, rounds);
        for (size_t i = 0; rc == 0 && i < n; i++) {
            if (w->op != CLI_BENCH_ONCE || round < always ||
                workers[i].spent_ns < (round + 1) * ROUND_NS) {
                const unsigned times = times_of(&workers[i], w);
                for (unsigned k = 0; rc == 0 && k < times; k++) {
                    rc = cli_bench_worker_ask(&workers[i], w->op, amount, err);
                }
            }
        }
    }
    show_progress(w, rounds, rounds);
    return rc;
}

/* ---- rows -------------------------------------------------------------- */

/* Sum of one value over the sum of another, each round's. */
static double
quotient(const struct cli_bench_sample *a, const struct cli_bench_sample *b)
{
    const uint64_t below = cli_bench_sample_sum(b);
    return below == 0 ? 0 : (double)cli_bench_sample_sum(a) / (double)below;
}

static void
fill_figures(struct cli_bench_worker *worker, const struct cli_bench_column *column,
             struct cli_bench_row *row)
{
    struct cli_bench_sample *sample = &worker->sample[column->value];
    switch (column->unit) {
    case CLI_BENCH_TIME:
        row->n = sample->n;
        row->median_ns = cli_bench_sample_at(sample, 50);
        row->p99_ns = cli_bench_sample_at(sample, 99);
        break;
    case CLI_BENCH_RATE:
        row->n = cli_bench_sample_sum(&worker->sample[0]);
        row->per_second =
            (uint64_t)(quotient(&worker->sample[0], &worker->sample[1]) * 1e9 + 0.5);
        break;
    case CLI_BENCH_BURST:
        row->n = cli_bench_sample_sum(&worker->sample[0]);
        row->per_second = (uint64_t)(quotient(&worker->sample[0], sample) * 1e9 + 0.5);
        row->median_ns = cli_bench_sample_at(sample, 50);
        row->p99_ns = cli_bench_sample_at(sample, 99);
        break;
    case CLI_BENCH_EACH:
        row->n = cli_bench_sample_sum(&worker->sample[0]);
        row->median_ns = (uint64_t)quotient(sample, &worker->sample[0]);
        break;
    case CLI_BENCH_BYTES:
        row->n = cli_bench_sample_at(&worker->sample[2], 50);
        row->bytes = cli_bench_sample_at(sample, 50);
        if (row->bytes == CLI_BENCH_NONE) {
            row->n = 0;
            (void)snprintf(row->absent, sizeof row->absent, "%s",
                           column->value == 0
                               ? "its smaps_rollup cannot be read"
                               : "other processes changed MemAvailable by more");
        }
        break;
    }
}

static struct cli_bench_row
make_row(const struct cli_bench_workload *w, struct cli_bench_worker *worker,
         const struct cli_bench_column *column, char *name, size_t size)
{
    struct cli_bench_row row = {
        .workload = w->name,
        .subject = name,
        .role = worker->subject->role,
        .cpus = worker->subject->cpus,
        .median_ns = CLI_BENCH_NONE,
        .p99_ns = CLI_BENCH_NONE,
        .per_second = CLI_BENCH_NONE,
        .bytes = CLI_BENCH_NONE,
        .note = column->note,
    };
    (void)snprintf(name, size, "%s%s", worker->subject->name, column->suffix);
    memcpy(row.absent, worker->absent, sizeof row.absent);
    if (row.absent[0] == '\0') {
        fill_figures(worker, column, &row);
    }
    return row;
}

/* The rows of one column: they have the same kind of figure. */
static void
tell_column(struct bench *b, const struct cli_bench_workload *w,
            const struct cli_bench_column *column, struct cli_bench_worker *workers,
            size_t n, struct cl_buf *text)
{
    struct cli_bench_row rows[CLI_BENCH_SUBJECTS];
    char names[CLI_BENCH_SUBJECTS][80];
    size_t n_rows = 0;

    for (size_t i = 0; i < n; i++) {
        if (column->unit != CLI_BENCH_EACH || workers[i].subject->role == CLI_BENCH_OURS) {
            rows[n_rows] =
                make_row(w, &workers[i], column, names[n_rows], sizeof names[n_rows]);
            n_rows++;
        }
    }
    cli_bench_rows_compare(rows, n_rows);
    if (!b->options.is_json) {
        cli_bench_rows_text(rows, n_rows, column == w->columns ? w->title : NULL,
                            cli_is_coloured(STDOUT_FILENO), text);
        return;
    }
    for (size_t i = 0; i < n_rows; i++) {
        (void)cl_buf_add_str(&b->json, b->n_rows++ > 0 ? ", " : "");
        cli_bench_row_json(&rows[i], &b->json);
    }
}

static int
tell(struct bench *b, const struct cli_bench_workload *w, struct cli_bench_worker *workers,
     size_t n)
{
    cl_autobuf struct cl_buf text = CL_BUF_INIT(CLI_TEXT_MAX);
    for (const struct cli_bench_column *c = w->columns; c->suffix != NULL; c++) {
        tell_column(b, w, c, workers, n, &text);
    }
    for (size_t i = 0; i < n; i++) {
        b->has_failed |=
            workers[i].has_failed && workers[i].subject->role == CLI_BENCH_OURS;
    }
    return cli_print(&text);
}

/* ---- the command ------------------------------------------------------- */

static int
do_workload(struct bench *b, const struct cli_bench_workload *w)
{
    struct cli_bench_worker workers[CLI_BENCH_SUBJECTS];
    struct cli_failure failure = CLI_FAILURE_INIT;
    size_t n = 0;

    while (n < CLI_BENCH_SUBJECTS && w->subjects[n].name != NULL) {
        n++;
    }
    int rc = cli_bench_workers_start(workers, w->subjects, n, &failure.error);
    if (rc == 0) {
        rc = do_rounds(b, w, workers, n, &failure.error);
    }
    const int status = rc == 0  ? tell(b, w, workers, n)
                       : rc > 0 ? CLI_EXIT_CANCELLED
                                : cli_failure_report(&failure, b->options.is_json);
    cli_bench_workers_end(workers, n);
    return status;
}

static int
do_all(struct bench *b)
{
    int status = CLI_EXIT_OK;
    for (size_t i = 0; status == CLI_EXIT_OK && cli_bench_workloads[i].name != NULL; i++) {
        if (!b->options.is_some || b->options.is_selected[i]) {
            status = do_workload(b, &cli_bench_workloads[i]);
        }
    }
    return status;
}

static int
run_bench(struct bench *b)
{
    cl_autobuf struct cl_buf facts = CL_BUF_INIT(CLI_TEXT_MAX);
    if (b->options.is_json) {
        (void)cl_buf_u8(&b->json, '{');
        cli_bench_facts_json(b->options.rounds, &b->json);
        (void)cl_buf_add_str(&b->json, ", \"rows\": [");
    } else {
        cli_bench_facts_text(b->options.rounds, &facts);
        const int status = cli_print(&facts);
        if (status != CLI_EXIT_OK) {
            return status;
        }
    }
    int status = do_all(b);
    if (status == CLI_EXIT_OK && b->options.is_json) {
        (void)cl_buf_add_str(&b->json, "]}\n");
        status = cli_print(&b->json);
    }
    return status == CLI_EXIT_OK && b->has_failed ? CLI_EXIT_FAILED : status;
}

int
cli_bench_main(struct cli_args *args)
{
    struct bench b = {.json = CL_BUF_INIT(CLI_TEXT_MAX)};
    struct cli_failure failure = CLI_FAILURE_INIT;

    int status = cli_bench_options_parse(args, &b.options);
    if (status >= 0) {
        return status;
    }
    cli_bench_programs_init();
    status = cli_interrupt_begin(&failure) != 0
                 ? cli_failure_report(&failure, b.options.is_json)
                 : run_bench(&b);
    cl_buf_fini(&b.json);
    return status;
}

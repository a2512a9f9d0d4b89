/* SPDX-License-Identifier: Apache-2.0 */
/* worker.h - the process of one subject: starting it, asking it, ending it. */
#ifndef CL_CLI_BENCH_WORKER_H
#define CL_CLI_BENCH_WORKER_H

#include <sys/types.h>

#include "cli/bench/bench.h"
#include "cli/bench/sample.h"

struct cli_bench_worker {
    const struct cli_bench_subject *subject;
    pid_t pid; /* 0 when it has none */
    int fd;
    int has_failed;                                     /* it is here, but does not work */
    char absent[sizeof((struct cloche_error *)0)->msg]; /* why it is not measured, or "" */
    struct cli_bench_sample sample[CLI_BENCH_VALUES];
    uint64_t spent_ns; /* in all its rounds */
};

enum cli_bench_op {
    CLI_BENCH_ONCE,
    CLI_BENCH_DURING, /* amount: nanoseconds */
    CLI_BENCH_TIMES,  /* amount: how often */
};

/*
 * cli_bench_workers_start - a worker for each subject.
 *
 * A subject that is not here, or does not work, gets its reason in `absent`
 * and no worker: that is no failure of the call.  Returns 0; 1 when a signal
 * came; -1 when the host gave no process.  Must be called while the calling
 * process has one thread.  End them in any case.
 */
CL_MUST_CHECK int cli_bench_workers_start(struct cli_bench_worker *workers,
                                          const struct cli_bench_subject *subjects,
                                          size_t n, struct cloche_error *err);

/*
 * cli_bench_worker_ask - one round, whose figures are added to the samples.
 *
 * A worker that fails is ended, and has its reason in `absent`.  Returns 0, 1
 * when a signal came, -1 when there is no memory.
 */
CL_MUST_CHECK int cli_bench_worker_ask(struct cli_bench_worker *w, enum cli_bench_op op,
                                       uint64_t amount, struct cloche_error *err);

/* End all of them, with everything that they started, and give the samples
 * back. */
void cli_bench_workers_end(struct cli_bench_worker *workers, size_t n);

#endif

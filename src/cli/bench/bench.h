/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench.h - what is measured, and by whom.
 *
 * Theory of operation.  `cloche bench` itself has one thread, starts no engine
 * and spawns no command: it only asks.  Each subject has a process of its own,
 * its worker, forked while nothing else is here, which does one round when
 * asked and answers with its figures.  So subjects alternate round by round,
 * none of them runs while another is measured, and what one needs (an engine
 * and its thread, a mount namespace, some processors only) is nobody else's.
 *
 *     cloche bench ── ask, answer ──┬── worker: library, standby cell
 *       (rounds, rows, output)      ├── worker: python3 -I -c
 *                                   ├── worker: bubblewrap + python3
 *                                   └── ...
 *
 * Times are nanoseconds, sizes bytes.
 */
#ifndef CL_CLI_BENCH_BENCH_H
#define CL_CLI_BENCH_BENCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A piece of Python, what it is given and what it must print. */
struct cli_bench_program {
    const char *code;
    const char *input; /* standard input; NULL for none */
    size_t input_len;
    const char *output; /* all of it; NULL: a number of nanoseconds, which is the figure */
    size_t output_len;
};

enum { CLI_BENCH_VALUES = 4 };

/* What one round gives; each kind says which of them it fills. */
struct cli_bench_figures {
    uint64_t value[CLI_BENCH_VALUES];
};

/* A value that could not be had, beside others that could. */
#define CLI_BENCH_NONE UINT64_MAX

enum cli_bench_role {
    CLI_BENCH_PEER,
    CLI_BENCH_OURS,       /* that it cannot be measured is a failure */
    CLI_BENCH_BARE,       /* what `ratio` is a ratio to */
    CLI_BENCH_BUBBLEWRAP, /* what `ratio_bubblewrap` is a ratio to */
};

struct cli_bench_subject {
    const char *name;
    enum cli_bench_role role;
    const struct cli_bench_kind *kind;
    const void *arg; /* the kind's own */
    const struct cli_bench_program *program;
    unsigned cpus; /* how many processors it may use; 0: all */
};

/* How a kind of subject is measured.  All of it runs in the worker. */
struct cli_bench_kind {
    /*
     * Get ready.  channel_fd polls POLLHUP when it is time to end.  Returns 0,
     * 1 when the subject is not here (err says what is missing), -1 on failure.
     */
    int (*open)(const struct cli_bench_subject *subject, int channel_fd, void **state,
                struct cloche_error *err);

    /* One round. */
    int (*once)(void *state, struct cli_bench_figures *out, struct cloche_error *err);

    /*
     * As often as it goes, for so long (amount is nanoseconds) or so often
     * (amount is a number): value[0] is how often, [1] how long it took, [2]
     * the processor time of the process itself, where that says anything.
     * NULL where nothing asks for it.
     */
    int (*during)(void *state, uint64_t amount, struct cli_bench_figures *out,
                  struct cloche_error *err);
    int (*times)(void *state, uint64_t amount, struct cli_bench_figures *out,
                 struct cloche_error *err);

    void (*close)(void *state);
};

#endif

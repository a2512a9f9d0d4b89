/* SPDX-License-Identifier: Apache-2.0 */
/* Asks cloche-floor (floor_main.c), of which there is one for each processor. */
#include "cli/bench/floor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/sysinfo.h>

#include "base/own.h"
#include "cli/bench/spawn.h"
#include "cli/helpers.h"
#include "cloche_paths.h" /* generated: CLOCHE_LIBEXEC_DIR */

enum { MAX_FLOORS = 256 };

struct floor {
    struct cli_bench_child child;
    int ask_fd;
};

struct state {
    struct floor floor[MAX_FLOORS];
    size_t n;
};

/* What cloche-floor answers. */
struct answer {
    uint64_t times;
    uint64_t took_ns;
};

static void
floor_close(void *state)
{
    struct state *s = state;
    for (size_t i = 0; i < s->n; i++) {
        cl_drop_fd(&s->floor[i].ask_fd);
        cl_drop_fd(&s->floor[i].child.out_fd);
    }
    cli_bench_end_all();
    free(s);
}

static int
floor_start(struct floor *f, const char *path, struct cloche_error *err)
{
    const char *const argv[] = {path, NULL};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    const int rc = cli_bench_spawn(argv, ends[0], -1, &f->child, err);
    (void)close(ends[0]);
    f->ask_fd = ends[1];
    return rc;
}

static int
floor_open(const struct cli_bench_subject *subject, int channel_fd, void **state,
           struct cloche_error *err)
{
    const char *given = secure_getenv("CLOCHE_HELPER_DIR");
    const char *beside = cli_helpers_dir();
    const unsigned cpus = subject->cpus > 0 ? subject->cpus : (unsigned)get_nprocs();
    char path[4096];
    struct state *s = calloc(1, sizeof *s);
    (void)channel_fd; /* what is asked for is short */

    if (s == NULL) {
        return cl_fail_nomem(err);
    }
    *state = s;
    (void)snprintf(path, sizeof path, "%s/cloche-floor",
                   given != NULL    ? given
                   : beside != NULL ? beside
                                    : CLOCHE_LIBEXEC_DIR);
    for (; s->n < cpus && s->n < MAX_FLOORS; s->n++) {
        s->floor[s->n] = (struct floor){.child.out_fd = -1, .ask_fd = -1};
        if (floor_start(&s->floor[s->n], path, err) != 0) {
            cl_drop_fd(&s->floor[s->n].ask_fd);
            return -1;
        }
    }
    return 0;
}

static int
floor_during(void *state, uint64_t amount, struct cli_bench_figures *out,
             struct cloche_error *err)
{
    struct state *s = state;
    struct answer answer;
    *out = (struct cli_bench_figures){.value = {0, 0, CLI_BENCH_NONE}};

    for (size_t i = 0; i < s->n; i++) {
        if (write(s->floor[i].ask_fd, &amount, sizeof amount) != (ssize_t)sizeof amount) {
            return cl_fail_sys(err, errno, "ask cloche-floor");
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        if (read(s->floor[i].child.out_fd, &answer, sizeof answer) !=
            (ssize_t)sizeof answer) {
            return cl_fail(err, CLOCHE_ESYS, "cloche-floor ended");
        }
        out->value[0] += answer.times;
        out->value[1] = answer.took_ns > out->value[1] ? answer.took_ns : out->value[1];
    }
    return 0;
}

/* One alone: the others would only be in its way. */
static int
floor_once(void *state, struct cli_bench_figures *out, struct cloche_error *err)
{
    struct state *s = state;
    struct state one = {.n = 1, .floor = {s->floor[0]}};
    if (floor_during(&one, 0, out, err) != 0) {
        return -1;
    }
    out->value[0] = out->value[1];
    return 0;
}

const struct cli_bench_kind cli_bench_floor = {
    .open = floor_open,
    .once = floor_once,
    .during = floor_during,
    .close = floor_close,
};

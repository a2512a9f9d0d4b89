/* SPDX-License-Identifier: Apache-2.0 */
/* Owns a python3 process that stays. */
#include "cli/bench/warm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "cli/bench/peers.h"
#include "cli/bench/spawn.h"

/* For each line that it gets it runs its argument, and prints how long that
 * took, or what it printed where that is not what was expected. */
static const char loop[] =
    "import io, sys, time\n"
    "code, expected = sys.argv[1:]\n"
    "out = sys.stdout\n"
    "for line in sys.stdin:\n"
    "    start = time.perf_counter_ns()\n"
    "    sys.stdout = kept = io.StringIO()\n"
    "    exec(compile(code, '<string>', 'exec'), {'__name__': '__main__'})\n"
    "    took = time.perf_counter_ns() - start\n"
    "    sys.stdout = out\n"
    "    print(took if kept.getvalue() == expected else 'no', flush=True)\n";

struct state {
    struct cli_bench_child child;
    int ask_fd;
};

static void
warm_close(void *state)
{
    struct state *s = state;
    cl_drop_fd(&s->ask_fd);
    cl_drop_fd(&s->child.out_fd);
    cli_bench_end_all();
    free(s);
}

static int
warm_once(void *state, struct cli_bench_figures *out, struct cloche_error *err)
{
    struct state *s = state;
    char text[32];
    if (write(s->ask_fd, "\n", 1) != 1) {
        return cl_fail_sys(err, errno, "ask it");
    }
    const ssize_t n = read(s->child.out_fd, text, sizeof text - 1);
    text[n > 0 ? n : 0] = '\0';
    out->value[0] = strtoull(text, NULL, 10);
    return out->value[0] > 0
               ? 0
               : cl_fail(err, CLOCHE_ESYS, "it ended, or printed what it should not");
}

static int
warm_open(const struct cli_bench_subject *subject, int channel_fd, void **state,
          struct cloche_error *err)
{
    const char *const argv[] = {
        cli_bench_python(),       "-I", "-c", loop, subject->program->code,
        subject->program->output, NULL};
    struct cli_bench_figures ignored;
    int ends[2];
    struct state *s = malloc(sizeof *s);
    (void)channel_fd; /* a round is short */

    if (s == NULL) {
        return cl_fail_nomem(err);
    }
    *s = (struct state){.child.out_fd = -1, .ask_fd = -1};
    *state = s;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    s->ask_fd = ends[1];
    const int rc = cli_bench_spawn(argv, ends[0], -1, &s->child, err);
    (void)close(ends[0]);
    return rc != 0 ? -1 : warm_once(s, &ignored, err);
}

const struct cli_bench_kind cli_bench_warm = {
    .open = warm_open, .once = warm_once, .close = warm_close};

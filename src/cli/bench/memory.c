/* SPDX-License-Identifier: Apache-2.0 */
/* Makes many idle processes and looks at them from outside. */
#include "cli/bench/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "cli/bench/library.h"
#include "cli/bench/peers.h"
#include "cli/bench/sample.h"
#include "cli/bench/spawn.h"

enum {
    FEW = 4,         /* what is compared with many, so that what they share falls out */
    BARE_MAX = 50,   /* python3 has megabytes */
    SETTLE_MS = 300, /* the kernel frees what ended some time later */
    NOT_CELLS = 2,   /* of cloche_engine_pids: the launcher, and one zygote */
};

/* ---- looking ----------------------------------------------------------- */

static uint64_t
available_bytes(void)
{
    cl_autofclose FILE *f = fopen("/proc/meminfo", "re");
    char line[128];
    uint64_t kib = 0;
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        if (sscanf(line, "MemAvailable: %" SCNu64, &kib) == 1) {
            break;
        }
    }
    return kib * 1024;
}

/* What only this process has; 0 when it cannot be seen. */
static uint64_t
private_bytes(int pid)
{
    char path[64];
    char line[128];
    uint64_t sum = 0;
    uint64_t kib;
    (void)snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    cl_autofclose FILE *f = fopen(path, "re");
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        if (sscanf(line, "Private_Clean: %" SCNu64, &kib) == 1 ||
            sscanf(line, "Private_Dirty: %" SCNu64, &kib) == 1 ||
            sscanf(line, "Private_Hugetlb: %" SCNu64, &kib) == 1) {
            sum += kib * 1024;
        }
    }
    return sum;
}

static int
private_median(const int *pids, size_t n, uint64_t *out, struct cloche_error *err)
{
    struct cli_bench_sample sizes = {.value = NULL};
    int rc = 0;
    *out = CLI_BENCH_NONE;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const uint64_t size = private_bytes(pids[i]);
        rc = size == 0 ? 0 : cli_bench_sample_add(&sizes, size, err);
    }
    if (rc == 0 && sizes.n > 0) {
        *out = cli_bench_sample_at(&sizes, 50);
    }
    cli_bench_sample_fini(&sizes);
    return rc;
}

/* What MemAvailable fell by for each.  As it has the kernel's own for a process
 * too, less than that process's private memory can only be somebody else's
 * doing. */
static uint64_t
fall(uint64_t before, uint64_t after, uint64_t n, uint64_t private)
{
    const uint64_t each = before > after && n > 0 ? (before - after) / n : 0;
    return each > 0 && (private == CLI_BENCH_NONE || each >= private) ? each
                                                                      : CLI_BENCH_NONE;
}

static void
settle(void)
{
    (void)poll(NULL, 0, SETTLE_MS);
}

/* ---- standby cells ----------------------------------------------------- */

/* So many cells wait: what is available then, and how large one is. */
static int
look_at_cells(uint64_t n, uint64_t *available, uint64_t *size, uint64_t *seen,
              struct cloche_error *err)
{
    const struct cli_bench_engine arg = {.flags = CLOCHE_ENGINE_WARM,
                                         .standby = (unsigned)n};
    struct cloche_engine *engine = NULL;
    if (cli_bench_engine_new(&arg, &engine, err) != 0) {
        return -1;
    }
    settle();
    *available = available_bytes();
    const size_t room = (size_t)n + NOT_CELLS;
    cl_autofree int *pids = calloc(room, sizeof *pids);
    int rc = pids == NULL ? cl_fail_nomem(err) : 0;
    if (rc == 0) {
        const size_t got = cloche_engine_pids(engine, pids, room);
        const size_t cells = (got < room ? got : room) - NOT_CELLS;
        *seen = cells;
        rc = private_median(pids + NOT_CELLS, cells, size, err);
    }
    cloche_engine_free(engine);
    settle();
    return rc;
}

static int
cells_times(void *state, uint64_t amount, struct cli_bench_figures *out,
            struct cloche_error *err)
{
    uint64_t with_few = 0;
    uint64_t with_many = 0;
    uint64_t few = 0;
    uint64_t size = 0;
    uint64_t many = 0;
    (void)state; /* none: each round has its own engines */

    if (look_at_cells(FEW, &with_few, &size, &few, err) != 0 ||
        look_at_cells(FEW + amount, &with_many, &size, &many, err) != 0) {
        return -1;
    }
    out->value[0] = size;
    out->value[1] = fall(with_few, with_many, many - few, size);
    out->value[2] = many;
    return 0;
}

/* ---- bare python3 ------------------------------------------------------ */

/* It says that it is up, then waits for input that does not come. */
static int
start_bare(struct cli_bench_child *child, int in_fd, struct cloche_error *err)
{
    const char *const argv[] = {cli_bench_python(), "-I", "-c",
                                "print(1, flush=True); input()", NULL};
    char ready[2];
    if (cli_bench_spawn(argv, in_fd, -1, child, err) != 0) {
        return -1;
    }
    return read(child->out_fd, ready, sizeof ready) == 2
               ? 0
               : cl_fail(err, CLOCHE_ESYS, "it did not come up");
}

static int
bare_times(void *state, uint64_t amount, struct cli_bench_figures *out,
           struct cloche_error *err)
{
    struct cli_bench_child child[BARE_MAX];
    int pids[BARE_MAX];
    int ends[2];
    int rc = 0;
    size_t n = 0;
    const size_t wanted = amount < 1 ? 1 : amount < BARE_MAX ? amount : BARE_MAX;
    (void)state; /* none */

    if (pipe2(ends, O_CLOEXEC) != 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    settle();
    const uint64_t before = available_bytes();
    for (; rc == 0 && n < wanted; n++) {
        child[n] = (struct cli_bench_child){.out_fd = -1};
        rc = start_bare(&child[n], ends[0], err);
        pids[n] = (int)child[n].pid;
    }
    settle();
    const uint64_t after = available_bytes();
    rc = rc == 0 ? private_median(pids, n, &out->value[0], err) : rc;
    out->value[1] = fall(before, after, n, out->value[0]);
    out->value[2] = n;
    for (size_t i = 0; i < n; i++) {
        cl_drop_fd(&child[i].out_fd);
    }
    cli_bench_end_all();
    (void)close(ends[0]);
    (void)close(ends[1]);
    return rc;
}

/* ---- both -------------------------------------------------------------- */

static int
memory_open(const struct cli_bench_subject *subject, int channel_fd, void **state,
            struct cloche_error *err)
{
    (void)subject;
    (void)channel_fd;
    (void)state;
    (void)err; /* all is made and ended in a round */
    return 0;
}

static void
memory_close(void *state)
{
    (void)state; /* none */
}

const struct cli_bench_kind cli_bench_memory_cells = {
    .open = memory_open, .times = cells_times, .close = memory_close};
const struct cli_bench_kind cli_bench_memory_bare = {
    .open = memory_open, .times = bare_times, .close = memory_close};

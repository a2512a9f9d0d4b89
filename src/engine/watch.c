/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Limits that only a clock can tell: wall, cpu, and, where there are several
 * processes and no cgroup, memory and their number.
 *
 * Who drives a run looks at the earliest moment at which one of them could be
 * passed: a run with one thread that may use 2 s of CPU is looked at after 2 s, and then
 * not before it can have used the rest.
 */
#include "engine/watch.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "engine/workdir.h"
#include "engine/zygote.h"
#include "kernel/cgroup.h"
#include "kernel/procfs.h"
#include "wire/job.h"

enum { SAMPLE_MS = 5, LOOK_MS = 10, DEATH_MS = 2000, STACK_BYTES = 9 << 20 };
/* A run is long from here on: what it prints is read meanwhile (the pipe holds what came
 * before), and it may run on any processor. */
enum { LONG_MS = 1 };
#define LEAST_NS (CL_NS_PER_MS)

static int
has_processes(const struct cloche_run *run)
{
    uint64_t n = run->result.effective->limit[CL_LIMIT_PROCESSES];
    return n > 0 || run->cell->zygote->sandbox.plan.cell_filter_bytes == 0;
}

/*
 * How often to look, in ms; 0: only when time is up.  A single process without
 * a cgroup is held by RLIMIT_DATA, but for page tables and what is shared:
 * these grow by some gigabytes a second at most, so a look now and then bounds
 * them.
 */
static uint64_t
look_every_ms(const struct cloche_run *run)
{
    if (has_processes(run) || run->cell->work_path != NULL) {
        return SAMPLE_MS;
    }
    int is_unheld = run->cell->leaf_fd < 0 &&
                    run->result.effective->limit[CL_LIMIT_MEMORY] != CL_LIMIT_NONE;
    return is_unheld ? LOOK_MS : 0;
}

static uint64_t
cpu_used(const struct cloche_run *run, const struct cl_procfs_tree *tree)
{
    uint64_t now = 0;
    struct cl_cgroup_usage usage;
    if (run->cell->leaf_fd >= 0 &&
        cl_cgroup_leaf_usage(run->cell->leaf_fd, &usage, NULL) == 0) {
        now = usage.cpu_ns;
    } else if (tree != NULL) {
        now = tree->cpu_ns;
    } else if (cl_procfs_cpu_ns(run->cell->pid, &now, NULL) < 0) {
        return 0;
    }
    return now > run->cell->ready_cpu_ns ? now - run->cell->ready_cpu_ns : 0;
}

/* For the next look, or before it, for when it is a long one. */
static void
arm(struct cloche_run *run)
{
    /* Again, where threads that were being made may not have been told. */
    uint64_t long_ns = run->cell->is_output_heard
                           ? cl_clock_now_ns() + SAMPLE_MS * CL_NS_PER_MS
                           : run->started_ns + LONG_MS * CL_NS_PER_MS;
    int is_long = run->cell->is_output_heard && run->cell->stays_on < 0;
    uint64_t at_ns = !is_long && long_ns < run->look_ns ? long_ns : run->look_ns;
    run->tick_ns = at_ns;
}

/* How many CPUs the run's threads can use at once. */
static uint64_t
parallel(const struct cloche_run *run)
{
    uint64_t threads = run->result.effective->limit[CL_LIMIT_THREADS];
    return threads == 0 && !has_processes(run) ? 1 : run->engine->n_cpus;
}

void
cl_watch_start(struct cloche_run *run)
{
    uint64_t wall = run->result.effective->limit[CL_LIMIT_WALL];
    run->started_ns = cl_clock_now_ns();
    run->deadline_ns = wall == CL_LIMIT_NONE ? UINT64_MAX : run->started_ns + wall;
}

void
cl_watch_arm(struct cloche_run *run)
{
    uint64_t cpu = run->result.effective->limit[CL_LIMIT_CPU];
    uint64_t next = run->deadline_ns;
    if (cpu != CL_LIMIT_NONE) {
        uint64_t at = run->started_ns + cpu / parallel(run);
        next = at < next ? at : next;
    }
    uint64_t look_ns = look_every_ms(run) * CL_NS_PER_MS;
    if (look_ns > 0 && run->started_ns + look_ns < next) {
        next = run->started_ns + look_ns;
    }
    run->look_ns = next;
    arm(run);
    (void)!cl_cell_open_status(run->cell, NULL); /* or when it is read */
}

/* Sum up its processes.  -1: they are gone, or there is no memory to count them in. */
static int
sum_tree(struct cloche_run *run, uint64_t enough, struct cl_procfs_tree *tree)
{
    if (run->ledger == NULL) { /* of some KiB, and few runs have processes */
        run->ledger = calloc(1, sizeof *run->ledger);
    }
    return run->ledger == NULL ? -1
                               : cl_procfs_sum_tree(run->cell->pid, run->cell->init_pid,
                                                    enough, run->ledger, tree, NULL);
}

/* 0 when the tree's memory is within its limit.  A cgroup holds it better. */
static int
check_tree_memory(struct cloche_run *run, const struct cl_procfs_tree *tree)
{
    struct cloche_result *r = &run->result;
    uint64_t base =
        (run->cell->ready_anon_bytes + run->cell->ready_table_bytes) * tree->processes;
    uint64_t used = tree->memory_bytes > base ? tree->memory_bytes - base : 0;
    if (run->cell->leaf_fd >= 0) {
        return 0;
    }
    if (r->memory_peak_bytes == UINT64_MAX || used > r->memory_peak_bytes) {
        r->memory_peak_bytes = used;
    }
    if (used > r->effective->limit[CL_LIMIT_MEMORY]) {
        cl_run_stop(run, CL_STOP_MEMORY);
        return -1;
    }
    return 0;
}

/*
 * With several processes: sum up the tree.  0 when it is within its limits.
 * Processes are counted here though there be a cgroup: that holds the sum of
 * processes and threads, and the limit of processes alone is lower.
 */
static int
check_tree(struct cloche_run *run, struct cl_procfs_tree *tree)
{
    struct cloche_result *r = &run->result;
    uint64_t most = r->effective->limit[CL_LIMIT_PROCESSES];
    uint64_t enough = most == CL_LIMIT_NONE ? most : most + 1; /* and the first */
    if (sum_tree(run, enough, tree) < 0) {
        return 0; /* the next look decides */
    }
    uint64_t beyond_first = tree->processes > 0 ? tree->processes - 1 : 0;
    if (r->processes_peak == UINT64_MAX || beyond_first > r->processes_peak) {
        r->processes_peak = beyond_first;
    }
    if (check_tree_memory(run, tree) < 0) {
        return -1;
    }
    if (beyond_first > most) {
        cl_run_stop(run, CL_STOP_PROCESSES);
        return -1;
    }
    return 0;
}

/* A single process: what RLIMIT_DATA does not count of its memory. */
static int
check_uncounted(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    struct cl_procfs_memory memory;
    if (run->cell->leaf_fd >= 0 || cl_cell_memory(run->cell, &memory, NULL) < 0) {
        return 0;
    }
    uint64_t limit = r->effective->limit[CL_LIMIT_MEMORY];
    uint64_t used = memory.shmem_bytes + memory.table_bytes;
    uint64_t base = run->cell->ready_anon_bytes;
    uint64_t anon = memory.anon_bytes > base ? memory.anon_bytes - base : 0;
    /* A stack that was moved (mremap) grows past RLIMIT_DATA: what is resident
     * is compared too, with the room that an ordinary stack may take. */
    if (used <= limit && (limit == CL_LIMIT_NONE || anon <= limit + STACK_BYTES)) {
        return 0;
    }
    used = anon > used ? anon : used;
    cl_run_stop(run, CL_STOP_MEMORY);
    if (r->memory_peak_bytes == UINT64_MAX || used > r->memory_peak_bytes) {
        r->memory_peak_bytes = used;
    }
    return -1;
}

/* A directory on the host has no quota of its own: measured instead. */
static int
check_work(struct cloche_run *run)
{
    uint64_t bytes = 0;
    uint64_t inodes = 0;
    cl_workdir_usage(run->cell->work_fd, &bytes, &inodes);
    if (bytes <= run->result.effective->limit[CL_LIMIT_DISK] &&
        inodes <= run->result.effective->limit[CL_LIMIT_INODES]) {
        return 0;
    }
    cl_run_stop(run, CL_STOP_DISK);
    return -1;
}

void
cl_watch_check(struct cloche_run *run)
{
    uint64_t now = cl_clock_now_ns();
    uint64_t cpu_limit = run->result.effective->limit[CL_LIMIT_CPU];
    struct cl_procfs_tree tree = {0};
    int counts_tree = has_processes(run);
    cl_cell_roam(run->cell);
    cl_cell_hear_output(run->cell);
    if (now < run->look_ns) {
        arm(run);
        return;
    }
    if (now >= run->deadline_ns) {
        cl_run_stop(run, CL_STOP_WALL);
        return;
    }
    if (counts_tree ? check_tree(run, &tree) < 0 : check_uncounted(run) < 0) {
        return;
    }
    if (run->cell->work_path != NULL && check_work(run) < 0) {
        return;
    }
    uint64_t used = cpu_used(run, counts_tree ? &tree : NULL);
    if (used >= cpu_limit) {
        cl_run_stop(run, CL_STOP_CPU);
        return;
    }
    uint64_t next = run->deadline_ns;
    if (cpu_limit != CL_LIMIT_NONE) {
        uint64_t left = (cpu_limit - used) / parallel(run);
        uint64_t at = now + (left < LEAST_NS ? LEAST_NS : left);
        next = at < next ? at : next;
    }
    uint64_t look_ns = look_every_ms(run) * CL_NS_PER_MS;
    if (look_ns > 0 && now + look_ns < next) {
        next = now + look_ns;
    }
    run->look_ns = next;
    arm(run);
}

static void
measure_disk(struct cloche_run *run)
{
    struct statfs fs;
    if (run->cell->work_path != NULL) {
        cl_workdir_usage(run->cell->work_fd, &run->result.disk_peak_bytes,
                         &run->result.inodes_peak);
    } else if (run->cell->work_fd >= 0 && fstatfs(run->cell->work_fd, &fs) == 0) {
        run->result.disk_peak_bytes =
            (uint64_t)(fs.f_blocks - fs.f_bfree) * (uint64_t)fs.f_bsize;
        run->result.inodes_peak = (uint64_t)(fs.f_files - fs.f_ffree);
    }
}

/* What the cgroup counted is exact: it replaces what was read of processes. */
static void
measure_leaf(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    struct cl_cgroup_usage usage;
    if (run->cell->leaf_fd < 0 ||
        cl_cgroup_leaf_usage(run->cell->leaf_fd, &usage, NULL) < 0) {
        return;
    }
    r->oom_kills = usage.oom_kills;
    if (usage.memory_peak_bytes != UINT64_MAX) {
        r->memory_peak_bytes = usage.memory_peak_bytes;
    }
    /* Where there may be threads, they are in this number too. */
    if (r->effective->limit[CL_LIMIT_THREADS] == 0 && usage.tasks_peak != UINT64_MAX &&
        usage.tasks_peak > 0) {
        r->processes_peak = usage.tasks_peak - 1;
    }
    if (usage.tasks_refused > 0) {
        r->hit |= 1u << (r->effective->limit[CL_LIMIT_PROCESSES] > 0 ? CL_LIMIT_PROCESSES
                                                                     : CL_LIMIT_THREADS);
    }
}

/* It takes a tenth of the time of a run of one line.  What was stopped, or went wrong, is
 * explained by it. */
static int
wants_memory_peak(const struct cloche_run *run)
{
    const struct cloche_result *r = &run->result;
    return (run->flags & CLOCHE_RUN_NO_MEMORY_PEAK) == 0 || run->stop != CL_STOP_NONE ||
           !r->has_report || r->report.end != CL_END_OK;
}

void
cl_watch_measure(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    struct cl_procfs_memory memory;
    struct cl_procfs_tree tree;
    if (r->wall_ns != UINT64_MAX) {
        return; /* once */
    }
    r->wall_ns = cl_clock_now_ns() - run->started_ns;
    int counts_tree = has_processes(run);
    if (counts_tree && sum_tree(run, UINT64_MAX, &tree) < 0) {
        counts_tree = 0;
    }
    r->cpu_ns = cpu_used(run, counts_tree ? &tree : NULL);
    if (!has_processes(run) && wants_memory_peak(run) &&
        cl_cell_memory(run->cell, &memory, NULL) == 0) {
        uint64_t base = run->cell->ready_resident_bytes;
        r->memory_peak_bytes = memory.peak_bytes > base ? memory.peak_bytes - base : 0;
    }
    measure_leaf(run);
    measure_disk(run);
}

void
cl_watch_await_death(struct cloche_run *run)
{
    int fd = run->cell->init_pidfd >= 0 ? run->cell->init_pidfd : run->cell->pidfd;
    struct pollfd p = {.fd = fd, .events = POLLIN};
    if (fd >= 0) {
        (void)poll(&p, 1, DEATH_MS); /* killed: it cannot take long */
    }
}

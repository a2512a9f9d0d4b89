/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the reading of /proc.  Must not know any attack.  A process that ends
 * while it is looked at counts for nothing. */
#include "cli/demo/watch.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/own.h"

/*
 * What is more than these is an effect.  examples/demo/policy.yaml allows 8
 * processes and 64 MiB; beside them the engine may make a zygote and standby
 * cells, each with its init, and end others, while we look.
 */
enum {
    PROCESSES_MORE = 8 + 48,
    KB_MORE = (64 + 48) << 10,
#ifdef CLOCHE_SANITIZED
    OWN_KB_MORE = 512 << 10, /* what is freed waits in its quarantine */
#else
    OWN_KB_MORE = 32 << 10,
#endif
    OWN_FDS_MORE = 32,
};

/* When it was started, or 0 when there is nobody of this number. */
static uint64_t
born(pid_t pid)
{
    enum { STATE_TO_START = 19 }; /* fields between the two, see proc(5) */
    char path[64];
    char line[1024] = "";
    (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    cl_autofclose FILE *f = fopen(path, "re");
    const size_t n = f != NULL ? fread(line, 1, sizeof line - 1, f) : 0;

    line[n] = '\0';
    const char *at = strrchr(line, ')'); /* the name before it may hold anything */
    for (int i = 0; at != NULL && i <= STATE_TO_START; i++) {
        at = strchr(at + 1, ' ');
    }
    return at != NULL ? strtoull(at, NULL, 10) : 0;
}

static void
see(struct cli_demo_watch *w, pid_t pid)
{
    for (size_t i = 0; i < w->n_seen; i++) {
        if (w->seen[i].pid == pid) {
            return;
        }
    }
    if (w->n_seen < CL_COUNT(w->seen)) {
        w->seen[w->n_seen++] = (struct cli_demo_process){pid, born(pid)};
    }
}

/* The children of one of its threads, added to pids. */
static size_t
children_of_thread(pid_t pid, const char *thread, pid_t *pids, size_t n)
{
    char path[300];
    (void)snprintf(path, sizeof path, "/proc/%d/task/%s/children", (int)pid, thread);
    cl_autofclose FILE *f = fopen(path, "re");
    int child;

    while (f != NULL && n < CLI_DEMO_PIDS_MAX && fscanf(f, "%d", &child) == 1) {
        pids[n++] = child;
    }
    return n;
}

static size_t
children_of(pid_t pid, pid_t *pids, size_t n)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *threads = opendir(path);
    for (struct dirent *e; threads != NULL && (e = readdir(threads)) != NULL;) {
        if (isdigit((unsigned char)e->d_name[0])) {
            n = children_of_thread(pid, e->d_name, pids, n);
        }
    }
    if (threads != NULL) {
        (void)closedir(threads);
    }
    return n;
}

/* A line "Key:  123 kB" of status, or 0. */
static uint64_t
status_kb(pid_t pid, const char *const *keys, size_t n_keys)
{
    char path[64];
    char line[256];
    uint64_t sum = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    cl_autofclose FILE *f = fopen(path, "re");

    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        for (size_t i = 0; i < n_keys; i++) {
            const size_t len = strlen(keys[i]);
            if (strncmp(line, keys[i], len) == 0 && line[len] == ':') {
                sum += strtoull(line + len + 1, NULL, 10);
            }
        }
    }
    return sum;
}

static uint64_t
own_kb(void)
{
    static const char *const keys[] = {"VmRSS"};
    return status_kb(getpid(), keys, CL_COUNT(keys));
}

static size_t
own_fds(void)
{
    size_t n = 0;
    DIR *fds = opendir("/proc/self/fd");
    while (fds != NULL && readdir(fds) != NULL) {
        n++;
    }
    if (fds != NULL) {
        (void)closedir(fds);
    }
    return n;
}

void
cli_demo_watch_look(struct cli_demo_watch *w)
{
    static const char *const keys[] = {"RssAnon", "RssShmem"};
    pid_t pids[CLI_DEMO_PIDS_MAX];
    size_t n = children_of(getpid(), pids, 0);
    size_t count = 0;
    uint64_t kb = 0;

    for (size_t i = 0; i < n; i++) {
        if (pids[i] != w->except) {
            see(w, pids[i]);
            /* Not the sum: forks share most of theirs, and each would count it. */
            const uint64_t its_kb = status_kb(pids[i], keys, CL_COUNT(keys));
            kb = its_kb > kb ? its_kb : kb;
            n = children_of(pids[i], pids, n);
            count++;
        }
    }
    w->n_most = count > w->n_most ? count : w->n_most;
    w->kb_most = kb > w->kb_most ? kb : w->kb_most;
}

void
cli_demo_watch_begin(struct cli_demo_watch *w, pid_t except)
{
    *w = (struct cli_demo_watch){.except = except};
    cli_demo_watch_look(w);
    w->n_before = w->n_most;
    w->kb_before = w->kb_most;
    w->own_kb_before = own_kb();
    w->own_fds_before = own_fds();
    w->n_old = w->n_seen; /* whoever was there before is not the attack's */
}

static int
is_alive(const struct cli_demo_process *process)
{
    return process->born != 0 && born(process->pid) == process->born;
}

/* Is it the first of a PID namespace?  An init is no cell of the engine's list,
 * and each cell has one. */
static int
is_init(pid_t pid)
{
    char path[64];
    char line[256];
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    cl_autofclose FILE *f = fopen(path, "re");

    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        const char *last = strrchr(line, '\t');
        if (strncmp(line, "NSpid:", 6) == 0) {
            return last != line + 6 && last != NULL && strcmp(last, "\t1\n") == 0;
        }
    }
    return 0;
}

/* How many of the new ones are there, and neither the engine's nor an init of
 * what is the engine's. */
static size_t
count_left(const struct cli_demo_watch *w, struct cloche_engine *engine)
{
    int ours[CLI_DEMO_PIDS_MAX];
    const size_t n_there = cloche_engine_pids(engine, ours, CL_COUNT(ours));
    const size_t n_ours = n_there < CL_COUNT(ours) ? n_there : CL_COUNT(ours);
    size_t left = 0;
    size_t inits = 0;

    for (size_t i = w->n_old; i < w->n_seen; i++) {
        int is_ours = 0;
        for (size_t j = 0; j < n_ours && !is_ours; j++) {
            is_ours = ours[j] == w->seen[i].pid;
        }
        if (!is_ours && is_alive(&w->seen[i])) {
            left += !is_init(w->seen[i].pid);
            inits += is_init(w->seen[i].pid);
        }
    }
    return left + (inits > n_ours ? inits - n_ours : 0);
}

void
cli_demo_watch_end(struct cli_demo_watch *w, struct cloche_engine *engine,
                   struct cli_demo_effects *effects)
{
    enum { TURNS = 300, TURN_MS = 10 };
    size_t left = count_left(w, engine);
    size_t fds = own_fds();

    /* The kernel ends processes, and the engine closes what a run had, a little later. */
    for (int turn = 0; turn < TURNS && (left > 0 || fds > w->own_fds_before + OWN_FDS_MORE);
         turn++) {
        const struct timespec pause = {.tv_nsec = TURN_MS * 1000000L};
        (void)nanosleep(&pause, NULL); /* a signal may end it early */
        left = count_left(w, engine);
        fds = own_fds();
    }
    if (left > 0) {
        cli_demo_effect(effects, "%zu processes were left behind", left);
    }
    if (w->n_most > w->n_before + PROCESSES_MORE) {
        cli_demo_effect(effects, "there were %zu processes more", w->n_most - w->n_before);
    }
    if (w->kb_most > w->kb_before + KB_MORE) {
        cli_demo_effect(effects, "one process took %zu MiB of memory",
                        (size_t)(w->kb_most - w->kb_before) >> 10);
    }
    if (own_kb() > w->own_kb_before + OWN_KB_MORE) {
        cli_demo_effect(effects, "cloche itself grew by %zu MiB",
                        (size_t)(own_kb() - w->own_kb_before) >> 10);
    }
    if (fds > w->own_fds_before + OWN_FDS_MORE) {
        cli_demo_effect(effects, "cloche itself has %zu descriptors open", fds);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kill -9 of any helper at any moment, while threads run code: every run has
 * an end and a verdict, no job is done twice, the engine goes on, nothing stays.
 *
 *   this process -> launcher -> zygotes -> cells and the inits of their namespaces
 *   depth:             1           2         3
 */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support.h"

enum { WORKERS = 4, KILL_MS = 4000, MAX_PIDS = 4096 };

static pid_t
parent_of(pid_t pid)
{
    char path[64];
    int parent = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "re");
    if (f == NULL || fscanf(f, "%*d (%*[^)]) %*c %d", &parent) != 1) {
        parent = 0;
    }
    if (f != NULL) {
        (void)fclose(f);
    }
    return parent;
}

/* How far below this process; 0: not. */
static int
depth_of(pid_t pid)
{
    int depth = 0;
    while (pid > 1 && depth < 5) {
        pid = parent_of(pid);
        depth++;
        if (pid == getpid()) {
            return depth;
        }
    }
    return 0;
}

/* Every process below this one, at these depths. */
static size_t
list_below(int from, int to, pid_t pids[MAX_PIDS])
{
    size_t n = 0;
    DIR *dir = opendir("/proc");
    CHECK(dir != NULL);
    for (struct dirent *e = readdir(dir); e != NULL && n < MAX_PIDS; e = readdir(dir)) {
        pid_t pid = (pid_t)atoi(e->d_name);
        int depth = pid > 0 ? depth_of(pid) : 0;
        if (depth >= from && depth <= to) {
            pids[n++] = pid;
        }
    }
    (void)closedir(dir);
    return n;
}

struct chaos {
    struct cloche_engine *engine;
    int from, to;      /* depths to kill at */
    unsigned pause_ms; /* at most, after a kill: helpers must have time to come up */
    atomic_int is_over;
    atomic_uint runs, ok, infra, crashed, refused, kills;
};

/* By descriptor, and only if it is still ours: a number is soon another's. */
static void
kill_one(struct chaos *c, unsigned *seed)
{
    static _Thread_local pid_t pids[MAX_PIDS];
    size_t n = list_below(c->from, c->to, pids);
    if (n == 0) {
        return;
    }
    pid_t pid = pids[(size_t)rand_r(seed) % n];
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd >= 0) {
        int depth = depth_of(pid);
        if (depth >= c->from && depth <= c->to) {
            (void)syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
            atomic_fetch_add(&c->kills, 1);
        }
        (void)close(pidfd);
    }
}

static void *
kill_at_random(void *arg)
{
    struct chaos *c = arg;
    unsigned seed = 1;
    while (!atomic_load(&c->is_over)) {
        unsigned ok = atomic_load(&c->ok);
        kill_one(c, &seed);
        for (int ms = 0; c->from < 3 && ms < 1000 && atomic_load(&c->ok) == ok; ms++) {
            sleep_ms(1); /* until one has worked again */
        }
        sleep_ms((unsigned)rand_r(&seed) % c->pause_ms);
    }
    return NULL;
}

static void
count_marks(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    unsigned *marks = ctx;
    const char *p = data;
    if (stream == CLOCHE_STDOUT) {
        for (size_t i = 0; i < len; i++) {
            *marks += p[i] == 'x';
        }
    }
}

static void
one_run(struct chaos *c, int turn)
{
    struct cloche_request q = request_for("print('x', end='', flush=True)\n"
                                          "import time; time.sleep(0.005)\n");
    struct cloche_run *run = NULL;
    struct cloche_error err = {0};
    unsigned marks = 0;
    q.on_output = count_marks;
    q.ctx = &marks;
    q.stdin_data = "some input";
    q.stdin_len = turn % 2 ? 10 : 0;
    atomic_fetch_add(&c->runs, 1);
    if (cloche_run_start(c->engine, &q, &run, NULL, &err) < 0) {
        CHECK_INT(err.code, CLOCHE_ESYS);
        CHECK(err.msg[0] != '\0');
        atomic_fetch_add(&c->refused, 1);
        return;
    }
    const struct cloche_result *r = wait_for(run);
    CHECK(marks <= 1); /* never twice */
    switch (cloche_result_outcome(r)) {
    case CLOCHE_OUTCOME_OK:
        CHECK_INT(marks, 1);
        atomic_fetch_add(&c->ok, 1);
        break;
    case CLOCHE_OUTCOME_CRASHED:
        CHECK_INT(cloche_result_signal(r), SIGKILL);
        atomic_fetch_add(&c->crashed, 1);
        break;
    case CLOCHE_OUTCOME_INFRA_ERROR:
        CHECK(cloche_result_reason(r)[0] != '\0');
        atomic_fetch_add(&c->infra, 1);
        break;
    default: check_failed("one_run", 0, cloche_outcome_name(cloche_result_outcome(r)));
    }
    cloche_run_free(run);
}

static void *
run_on_and_on(void *arg)
{
    struct chaos *c = arg;
    for (int turn = 0; !atomic_load(&c->is_over); turn++) {
        one_run(c, turn);
    }
    return NULL;
}

static void
survive(int from, int to, unsigned pause_ms)
{
    struct chaos c = {.engine = engine_new(), .from = from, .to = to, .pause_ms = pause_ms};
    pthread_t killer;
    pthread_t workers[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        CHECK(pthread_create(&workers[i], NULL, run_on_and_on, &c) == 0);
    }
    CHECK(pthread_create(&killer, NULL, kill_at_random, &c) == 0);
    sleep_ms(KILL_MS);
    atomic_store(&c.is_over, 1);
    CHECK(pthread_join(killer, NULL) == 0);
    for (int i = 0; i < WORKERS; i++) {
        CHECK(pthread_join(workers[i], NULL) == 0);
    }
    print_message("depth %d to %d: %u kills; %u runs: %u ok, %u infra_error, %u crashed, "
                  "%u refused\n",
                  from, to, c.kills, c.runs, c.ok, c.infra, c.crashed, c.refused);
    CHECK(c.kills > 5 && c.ok > 0);
    for (int i = 0; i < 10; i++) { /* as if nothing had been */
        expect_works(c.engine);
    }
    sleep_ms(300);
    uint64_t before = cpu_ns();
    sleep_ms(500);
    CHECK(cpu_ns() - before < 10 * MILLISECOND);
    cloche_engine_free(c.engine);
    CHECK_INT(count_descendants(), 0);
}

static void
cells_are_killed(void **state)
{
    (void)state;
    survive(3, 3, 12);
}

static void
zygotes_are_killed(void **state)
{
    (void)state;
    survive(2, 2, 100);
}

static void
launchers_are_killed(void **state)
{
    (void)state;
    survive(1, 1, 100);
}

static void
anything_is_killed(void **state)
{
    (void)state;
    survive(1, 3, 100);
}

static void
a_dead_launcher_is_no_zombie_and_is_replaced(void **state)
{
    struct cloche_engine *engine = engine_new();
    int pids[2] = {0, 0};
    (void)state;
    for (int turn = 0; turn < 3; turn++) {
        expect_works(engine);
        CHECK(cloche_engine_pids(engine, pids, 1) > 0);
        CHECK(kill(pids[0], SIGKILL) == 0);
        await_count(count_descendants, 0, "processes below a killed launcher");
        CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
        CHECK_INT(cloche_engine_pids(engine, NULL, 0), 0);
    }
    expect_works(engine);
    cloche_engine_free(engine);
}

static pid_t
zygote_of(struct cloche_engine *engine)
{
    int pids[2] = {0, 0};
    CHECK(cloche_engine_pids(engine, pids, 2) >= 2); /* the launcher, and then it */
    return pids[1];
}

static void *
kill_in_a_moment(void *arg)
{
    sleep_ms(100);
    CHECK(kill(*(const pid_t *)arg, SIGKILL) == 0);
    return NULL;
}

/* An interpreter that answers nothing any more ends before anybody asks it, or while
 * somebody waits.  Its engine is in need of a cell. */
static void
end_interpreter(int is_waited_for, int is_on_demand)
{
    struct cloche_engine_options options = {
        .size = sizeof options, .flags = is_on_demand ? CLOCHE_ENGINE_ON_DEMAND : 0};
    struct cloche_engine *engine = engine_of(&options);
    struct cloche_error err = {0};
    pthread_t killer;
    CHECK_OK(cloche_engine_warm(engine, "isolated", &err), err);
    pid_t zygote = zygote_of(engine);
    CHECK(kill(zygote, SIGSTOP) == 0);
    if (!is_on_demand) {
        expect_works(engine); /* on the cell that stood by; no other comes */
    }
    if (is_waited_for) {
        CHECK(pthread_create(&killer, NULL, kill_in_a_moment, &zygote) == 0);
    } else {
        CHECK(kill(zygote, SIGKILL) == 0);
    }
    if (!is_on_demand) {
        CHECK_OK(cloche_engine_warm(engine, "isolated", &err), err);
    }
    expect_works(engine);
    CHECK(zygote_of(engine) != zygote);
    if (is_waited_for) {
        CHECK(pthread_join(killer, NULL) == 0);
    }
    cloche_engine_free(engine);
    CHECK_INT(count_descendants(), 0);
}

static void
who_needs_a_cell_gets_one_of_the_next_interpreter(void **state)
{
    (void)state;
    for (int turn = 0; turn < 5; turn++) {
        end_interpreter(0, 0);
        end_interpreter(0, 1);
    }
    end_interpreter(1, 0);
    end_interpreter(1, 1);
}

/* A process that has an engine, a running run and standby cells. */
static void
live_until_killed(int ready)
{
    struct cloche_engine *engine = engine_new();
    struct cloche_request q = request_for("import time; time.sleep(60)");
    (void)start(engine, &q);
    expect_works(engine);
    CHECK(write(ready, "r", 1) == 1);
    for (;;) {
        (void)pause();
    }
}

static void
a_killed_caller_leaves_nothing(void **state)
{
    (void)state;
    /* What it leaves becomes ours, and would be seen. */
    CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0);
    for (int turn = 0; turn < 5; turn++) {
        int ready[2];
        char byte;
        CHECK(pipe(ready) == 0);
        pid_t pid = fork();
        CHECK(pid >= 0);
        if (pid == 0) {
            live_until_killed(ready[1]);
        }
        (void)close(ready[1]);
        CHECK(read(ready[0], &byte, 1) == 1);
        CHECK(count_descendants() >= 4); /* it, a launcher, a zygote, a cell */
        CHECK(kill(pid, SIGKILL) == 0);
        for (int left = 0; left < 500 && count_descendants() > 0; left++) {
            (void)waitpid(-1, NULL, WNOHANG);
            sleep_ms(10);
        }
        CHECK_INT(count_descendants(), 0);
        (void)close(ready[0]);
    }
    CHECK(prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0) == 0);
    watchdog(200); /* not before: a fork beside threads is no test of ours here */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_caller_leaves_nothing),
        cmocka_unit_test(a_dead_launcher_is_no_zombie_and_is_replaced),
        cmocka_unit_test(who_needs_a_cell_gets_one_of_the_next_interpreter),
        cmocka_unit_test(cells_are_killed),
        cmocka_unit_test(zygotes_are_killed),
        cmocka_unit_test(launchers_are_killed),
        cmocka_unit_test(anything_is_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

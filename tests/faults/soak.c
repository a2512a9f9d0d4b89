/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many thousands of runs in one process, of every kind that ends well or badly,
 * and then nothing may be left of them: descriptors, processes, threads, mounts,
 * cgroups, temporary files, memory of caller, launcher and zygotes.
 *
 *     faults_soak [RUNS [SECONDS]]
 *
 * RUNS runs (3000), or as many as fit into SECONDS; says how many they were.
 * Compared are two calm moments, after a tenth of the runs and at the end; and
 * the highest that a zygote had in between with what it had at first.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/zygote.h"
#include "moment.h"
#include "support.h"

enum {
    RUNS = 3000,
    N_THREADS = 3,
    N_STANDBY = 2,      /* fixed, so that two calm moments are alike */
    ONE_FAILS_IN = 8,   /* runs */
    MAX_ZYGOTES = 1024, /* that are remembered */
    KIB_CALLER = 512,   /* how much more may be resident at the end */
    KIB_HEAP = 8,       /* given out by malloc */
    KIB_LAUNCHER = 64,
    KIB_ZYGOTE = 256,
};

/* ---- what is run --------------------------------------------------------- */

struct kind {
    const char *code;
    enum cloche_outcome outcome;
    struct cloche_limit limit; /* key NULL: the profile's own */
    const char *profile;       /* NULL: isolated */
    int is_cancelled;
};

/* A row of what is run: RUN(what comes of it, more fields) code. */
#define RUN(ends, text, ...)                                                               \
    {                                                                                      \
        .code = (text), .outcome = CLOCHE_OUTCOME_##ends, ##__VA_ARGS__                    \
    }
#define LIMIT(name, amount) .limit = {(name), (amount)}

static const struct kind good[] = {
    RUN(OK, "print(6 * 7)"),
    RUN(OK, "{'a': [1, 2.5, None]}"),
    RUN(OK, "import sys; print(sys.stdin.read())"),
    RUN(OK, "for i in range(5): open(f'f{i}', 'w').write('x' * 1000)"),
    RUN(OK, "import threading\n[threading.Thread(target=print).start() for _ in range(3)]"),
    RUN(OK, "import json, re; json.dumps(re.findall('a+', 'aabaa' * 50))"),
};

/* Page tables are memory that no rlimit counts: it is the broker who looks. */
static const char page_tables[] =
    "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.mmap.restype = ctypes.c_void_p\n"
    "at = libc.mmap(None, ctypes.c_size_t(1 << 40), 1, 0x4022, -1, 0)\n"
    "libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(1 << 40), 15)\n"
    "for o in range(0, 1 << 37, 2 << 20): ctypes.string_at(at + o, 1)\n";
static const char daemons[] = "import os\nif os.fork() == 0:\n    os.setsid()\n"
                              "    os.fork()\n    import time; time.sleep(60)\n";

static const struct kind bad[] = {
    RUN(USER_ERROR, "1 / 0"),
    RUN(SYNTAX_ERROR, "def ("),
    RUN(DENIED, "import os; os.mkdir('/usr/new')"),
    RUN(DENIED, "import ctypes; ctypes.CDLL(None).ptrace(0, 0, 0, 0)"),
    RUN(WALL_LIMIT, "import time; time.sleep(9)", LIMIT("wall", "20ms")),
    RUN(CPU_LIMIT, "while True: pass", LIMIT("cpu", "20ms")),
    RUN(MEMORY_LIMIT, "b'x' * (1 << 30)"),
    RUN(MEMORY_LIMIT, page_tables, LIMIT("memory", "16MiB")),
    RUN(CRASHED, "import os; os.abort()"),
    RUN(CRASHED, "import os; os.kill(os.getpid(), 9)"),
    RUN(CRASHED, "import ctypes; ctypes.string_at(1)"),
    RUN(OUTPUT_LIMIT, "while True: print('x' * 1000)", LIMIT("output", "16KiB")),
    RUN(RECURSION_LIMIT, "def f(): f()\nf()"),
    RUN(RESULT_LIMIT, "'x' * 100000", LIMIT("result", "1KiB")),
    RUN(DISK_LIMIT, "for i in range(64): open(f'f{i}', 'wb').write(bytes(1 << 20))",
        LIMIT("disk", "1MiB")),
    RUN(PROCESS_LIMIT, "import os; os.fork()"),
    RUN(OK, daemons, .profile = "agent"),
    RUN(PROTOCOL, "import os; os.write(250, b'\\xff' * 64)"),
    RUN(OK, "import os; os.close(250); os._exit(0)"),
    RUN(CANCELLED, "import time; time.sleep(60)", .is_cancelled = 1),
};

static void
run_one(struct cloche_engine *engine, const struct kind *k)
{
    struct cloche_request q = request_for(k->code);
    q.stdin_data = "input";
    q.stdin_len = 5;
    q.limits = &k->limit;
    q.n_limits = k->limit.key != NULL;
    q.profile = k->profile != NULL ? k->profile : q.profile;
    struct cloche_run *run = start(engine, &q);
    if (k->is_cancelled) {
        cloche_run_cancel(run);
    }
    const struct cloche_result *r = wait_for(run);
    if (cloche_result_outcome(r) != k->outcome) {
        char *json = NULL;
        CHECK(cloche_result_json(r, &json, NULL) == 0);
        (void)fprintf(stderr, "not %s: %s\n", cloche_outcome_name(k->outcome), json);
        check_failed(k->code, 0, "another outcome");
    }
    cloche_run_free(run);
}

struct soak {
    struct cloche_engine *engine;
    atomic_ulong next;
    unsigned long until;
    uint64_t deadline_ns;
};

static void *
work(void *arg)
{
    struct soak *s = arg;
    while (now_ns() < s->deadline_ns) {
        unsigned long i = atomic_fetch_add(&s->next, 1);
        if (i >= s->until) {
            break;
        }
        unsigned long turn = i / ONE_FAILS_IN;
        run_one(s->engine, i % ONE_FAILS_IN == 0 ? &bad[turn % (sizeof bad / sizeof *bad)]
                                                 : &good[i % (sizeof good / sizeof *good)]);
    }
    return NULL;
}

/* ---- zygotes ------------------------------------------------------------- */

/* Every zygote that there ever was, and the most that any had. */
struct watch {
    struct cloche_engine *engine;
    atomic_int is_over;
    int seen[MAX_ZYGOTES];
    size_t n_seen;
    uint64_t most;
};

static void
look(struct watch *w)
{
    int zygotes[64];
    size_t n = moment_children(moment_launcher(w->engine), zygotes, 64);
    for (size_t i = 0; i < n; i++) {
        uint64_t kib = moment_own_kib(zygotes[i]);
        size_t k = 0;
        while (k < w->n_seen && w->seen[k] != zygotes[i]) {
            k++;
        }
        if (k == w->n_seen && k < MAX_ZYGOTES) {
            w->seen[w->n_seen++] = zygotes[i];
        }
        w->most = kib > w->most ? kib : w->most;
    }
}

static void *
keep_looking(void *arg)
{
    struct watch *w = arg;
    while (!atomic_load(&w->is_over)) {
        look(w);
        sleep_ms(20);
    }
    return NULL;
}

/* ---- the test ------------------------------------------------------------ */

static void
run_until(struct soak *s, unsigned long until)
{
    pthread_t threads[N_THREADS];
    s->until = until;
    for (int i = 0; i < N_THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, work, s) == 0);
    }
    for (int i = 0; i < N_THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    if (atomic_load(&s->next) > until) {
        atomic_store(&s->next, until); /* each thread asked once too often */
    }
}

int
main(int argc, char **argv)
{
    unsigned long n = argc > 1 ? strtoul(argv[1], NULL, 10) : RUNS;
    uint64_t seconds = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    CHECK(n >= 1000);
    (void)setvbuf(stdout, NULL, _IOLBF, 0); /* a failed CHECK does not flush */
    moment_count_exactly(argv);
    const char *helpers = moment_own_directories();
    struct moment before = moment_take(NULL);
    struct cloche_engine_options options = {
        .size = sizeof options, .helper_dir = helpers, .standby = N_STANDBY};
    struct soak s = {.engine = engine_of(&options), .deadline_ns = UINT64_MAX};
    uint64_t began = now_ns();

    run_until(&s, n / 10);
    moment_await_calm();
    struct moment early = moment_take(s.engine);
    struct watch w = {.engine = s.engine};
    pthread_t watcher;
    CHECK(pthread_create(&watcher, NULL, keep_looking, &w) == 0);
    s.deadline_ns = seconds > 0 ? began + seconds * SECOND : UINT64_MAX;
    run_until(&s, n);
    atomic_store(&w.is_over, 1);
    CHECK(pthread_join(watcher, NULL) == 0);
    moment_await_calm();
    struct moment late = moment_take(s.engine);
    cloche_engine_free(s.engine);
    struct moment after = moment_take(NULL);

    unsigned long done = atomic_load(&s.next);
    (void)printf("%lu runs in %.0f s, %zu interpreters; memory of their own after %lu and "
                 "%lu runs: caller %lu and %lu KiB, of which %lu and %lu are given out; "
                 "launcher %lu and %lu; an interpreter %lu, and at most %lu\n",
                 done, (double)(now_ns() - began) / SECOND, w.n_seen, n / 10, done,
                 early.caller, late.caller, early.heap, late.heap, early.launcher,
                 late.launcher, early.zygote, w.most);
    moment_check_same(&early, &late);
    moment_check_same(&before, &after);
    CHECK(late.heap <= early.heap + KIB_HEAP);
    CHECK(late.caller <= early.caller + KIB_CALLER);
    CHECK(late.launcher <= early.launcher + KIB_LAUNCHER);
    CHECK(w.most <= early.zygote + KIB_ZYGOTE);
    /* Each that is worn was replaced: two profiles, so one more than that at least. */
    CHECK(w.n_seen >= 2 + (done - n / 10) / CL_ZYGOTE_MAX_FORKS);
    return 0;
}

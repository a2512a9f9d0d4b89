/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hostile cells at full speed, several at a time, and ordinary runs in their siblings:
 * the engine stays what it is, each hostile run ends in one of the ways that are
 * documented and within what may be counted of it, each ordinary one exactly as it
 * should, and then nothing is left of any.
 *
 *     faults_hostile [--json] [--user] [SEEDS [FIRST [SECONDS]]]
 *
 * SEEDS seeds (200) from FIRST (1), or as many as fit into SECONDS; --json has each
 * result written to standard output, --user makes root an ordinary user first.  A seed
 * makes the same program and the same request each time; how far it gets is the machine's.
 * When something fails, it says which seeds were at work, and the exit status is 1.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/zygote.h"
#include "hostile_runs.h"
#include "moment.h"
#include "support.h"

enum {
    SEEDS = 200,
    SKIPPED = 77,  /* for ctest */
    N_HOSTILE = 3, /* threads, each with one run at a time */
    N_ORDINARY = 2,
    N_STANDBY = 2, /* fixed, so that two calm moments are alike */
    WARM_UP = 24,  /* seeds before the first of those */
    MOST_ZYGOTES = 64,
    KIB_HEAP = 64, /* more that malloc may have given out at the end */
    KIB_LAUNCHER = 64,
    KIB_ZYGOTE = 256,
    KIB_PEAK = 64 << 10, /* the most that the caller may ever take */
};

/* Seen by the parent too, which tells of it when the child is no more. */
struct in_flight {
    atomic_ulong seed[N_HOSTILE]; /* 0: none */
};

struct arena {
    struct cloche_engine *engine;
    struct in_flight *in_flight;
    FILE *results;
    atomic_ulong next;  /* seed */
    unsigned long last; /* the first seed that is none of this */
    uint64_t deadline_ns;
    atomic_uint threads;
    atomic_int is_over;
    atomic_ulong ordinary;
    atomic_ulong outcomes[HOSTILE_OUTCOMES];
};

/* ---- threads ------------------------------------------------------------- */

static void *
be_hostile(void *arg)
{
    struct arena *a = arg;
    atomic_ulong *mine = &a->in_flight->seed[atomic_fetch_add(&a->threads, 1) % N_HOSTILE];
    while (now_ns() < a->deadline_ns) {
        unsigned long seed = atomic_fetch_add(&a->next, 1);
        if (seed >= a->last) {
            break;
        }
        atomic_store(mine, seed);
        int outcome = hostile_run(a->engine, seed, a->results);
        if (outcome >= 0) {
            atomic_fetch_add(&a->outcomes[outcome], 1);
        }
    }
    atomic_store(mine, 0);
    return NULL;
}

static void *
be_ordinary(void *arg)
{
    struct arena *a = arg;
    while (!atomic_load(&a->is_over)) {
        ordinary_run(a->engine, atomic_fetch_add(&a->ordinary, 1));
    }
    return NULL;
}

/* Both sorts side by side, until the seeds before `last` are done. */
static void
run_until(struct arena *a, unsigned long last)
{
    pthread_t hostile[N_HOSTILE];
    pthread_t ordinary[N_ORDINARY];
    a->last = last;
    atomic_store(&a->is_over, 0);
    for (int i = 0; i < N_ORDINARY; i++) {
        CHECK(pthread_create(&ordinary[i], NULL, be_ordinary, a) == 0);
    }
    for (int i = 0; i < N_HOSTILE; i++) {
        CHECK(pthread_create(&hostile[i], NULL, be_hostile, a) == 0);
    }
    for (int i = 0; i < N_HOSTILE; i++) {
        CHECK(pthread_join(hostile[i], NULL) == 0);
    }
    atomic_store(&a->is_over, 1);
    for (int i = 0; i < N_ORDINARY; i++) {
        CHECK(pthread_join(ordinary[i], NULL) == 0);
    }
    if (atomic_load(&a->next) > last) {
        atomic_store(&a->next, last); /* each thread asked once too often */
    }
}

/* ---- the test ------------------------------------------------------------ */

static struct cloche_engine *
make_engine(const char *helpers)
{
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    struct cloche_engine_options options = {
        .size = sizeof options, .helper_dir = helpers, .standby = N_STANDBY};
    CHECK_OK(cloche_policy_parse(hostile_policy, strlen(hostile_policy), "hostile", &policy,
                                 NULL, &err),
             err);
    CHECK_OK(cloche_engine_new(&options, policy, &engine, &err), err);
    cloche_policy_unref(policy);
    return engine;
}

struct zygotes {
    int launcher;
    int pids[MOST_ZYGOTES];
    size_t n;
};

static struct zygotes
zygotes_of(struct cloche_engine *engine)
{
    struct zygotes z = {.launcher = moment_launcher(engine)};
    z.n = moment_children(z.launcher, z.pids, MOST_ZYGOTES);
    return z;
}

/* No cell brought down what is not its own: who was there is there. */
static void
check_alive(const struct zygotes *early, struct cloche_engine *engine)
{
    struct zygotes late = zygotes_of(engine);
    CHECK_INT(early->n, HOSTILE_PROFILES);
    CHECK_INT(late.launcher, early->launcher);
    CHECK_INT(late.n, early->n);
    for (size_t i = 0; i < early->n; i++) {
        size_t k = 0;
        while (k < late.n && late.pids[k] != early->pids[i]) {
            k++;
        }
        CHECK(k < late.n);
    }
}

#ifndef CLOCHE_SANITIZED
static unsigned long
peak_kib(void)
{
    char line[256];
    unsigned long kib = 0;
    FILE *f = fopen("/proc/self/status", "re");
    CHECK(f != NULL);
    while (fgets(line, sizeof line, f) != NULL && sscanf(line, "VmHWM: %lu", &kib) != 1) {
    }
    (void)fclose(f);
    return kib;
}

static void
check_memory(const struct moment *early, const struct moment *late)
{
    (void)fprintf(stderr,
                  "memory in KiB: caller at most %lu, given out %lu and %lu; "
                  "launcher %lu and %lu; an interpreter %lu and %lu\n",
                  peak_kib(), early->heap, late->heap, early->launcher, late->launcher,
                  early->zygote, late->zygote);
    CHECK(peak_kib() <= KIB_PEAK);
    CHECK(late->heap <= early->heap + KIB_HEAP);
    CHECK(late->launcher <= early->launcher + KIB_LAUNCHER);
    CHECK(late->zygote <= early->zygote + KIB_ZYGOTE);
}
#endif

static void
tell(const struct arena *a, unsigned long n, double seconds)
{
    (void)fprintf(stderr, "%lu hostile runs and %lu ordinary ones in %.0f s:", n,
                  atomic_load(&a->ordinary), seconds);
    for (int i = 0; i < HOSTILE_OUTCOMES; i++) {
        unsigned long count = atomic_load(&a->outcomes[i]);
        if (count > 0) {
            (void)fprintf(stderr, " %s %lu", cloche_outcome_name((enum cloche_outcome)i),
                          count);
        }
    }
    (void)fprintf(stderr, "\n");
}

/* Or the programs do not do what they are for. */
static void
check_variety(const struct arena *a, unsigned long n)
{
    static const enum cloche_outcome expected[] = {
        CLOCHE_OUTCOME_OK,           CLOCHE_OUTCOME_USER_ERROR,
        CLOCHE_OUTCOME_SYNTAX_ERROR, CLOCHE_OUTCOME_DENIED,
        CLOCHE_OUTCOME_CRASHED,      CLOCHE_OUTCOME_CPU_LIMIT,
        CLOCHE_OUTCOME_WALL_LIMIT,   CLOCHE_OUTCOME_MEMORY_LIMIT,
        CLOCHE_OUTCOME_OUTPUT_LIMIT, CLOCHE_OUTCOME_RESULT_LIMIT,
        CLOCHE_OUTCOME_CANCELLED,    CLOCHE_OUTCOME_PROTOCOL,
    };
    CHECK(n < SEEDS || atomic_load(&a->ordinary) >= ORDINARY_KINDS);
    for (size_t i = 0; n >= SEEDS && i < sizeof expected / sizeof *expected; i++) {
        if (atomic_load(&a->outcomes[expected[i]]) == 0) {
            check_failed("variety", 0, cloche_outcome_name(expected[i]));
        }
    }
}

static void *
do_nothing(void *arg)
{
    return arg;
}

/* With the first thread of ours a sanitizer starts one of its own, which stays. */
static void
have_had_a_thread(void)
{
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, do_nothing, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
}

struct order {
    int has_json, is_user;
    unsigned long n, first, seconds;
};

static void
fight(struct in_flight *in_flight, const struct order *order)
{
    const char *helpers = moment_own_directories();
    unsigned long n = order->n;
    if (order->is_user) {
        become_ordinary();
    }
    have_had_a_thread();
    struct moment before = moment_take(NULL);
    struct arena a = {.engine = make_engine(helpers), .in_flight = in_flight};
    uint64_t began = now_ns();
    a.results = order->has_json ? stdout : NULL;
    atomic_store(&a.next, order->first);
    a.deadline_ns = UINT64_MAX;
    for (unsigned turn = 0; turn < ORDINARY_KINDS; turn++) {
        ordinary_run(a.engine, turn);
    }
    run_until(&a, order->first + (n < WARM_UP ? 0 : WARM_UP));
    moment_await_calm();
    struct moment early = moment_take(a.engine);
    struct zygotes zygotes = zygotes_of(a.engine);
    a.deadline_ns = order->seconds > 0 ? began + order->seconds * SECOND : UINT64_MAX;
    run_until(&a, order->first + n);
    moment_await_calm();
    struct moment late = moment_take(a.engine);
    n = atomic_load(&a.next) - order->first;
    if (n + atomic_load(&a.ordinary) < CL_ZYGOTE_MAX_FORKS) {
        check_alive(&zygotes, a.engine);
    }
    cloche_engine_free(a.engine);
    struct moment after = moment_take(NULL);
    tell(&a, n, (double)(now_ns() - began) / SECOND);
    moment_check_same(&early, &late);
    moment_check_same(&before, &after);
    check_variety(&a, n);
#ifndef CLOCHE_SANITIZED /* whose own memory grows */
    check_memory(&early, &late);
#endif
}

static int
report_failure(const struct in_flight *in_flight, int status)
{
    (void)fprintf(stderr, "failed (status 0x%x); again: ./dev hostile 1 SEED, of\n",
                  (unsigned)status);
    for (int i = 0; i < N_HOSTILE; i++) {
        unsigned long seed = atomic_load(&in_flight->seed[i]);
        if (seed != 0) {
            (void)fprintf(stderr, "    seed %lu, which was at work\n", seed);
        }
    }
    return 1;
}

static struct order
read_order(char **argv)
{
    struct order o = {.n = SEEDS, .first = 1};
    unsigned long *const numbers[] = {&o.n, &o.first, &o.seconds};
    size_t i = 0;
    for (char **arg = argv + 1; *arg != NULL; arg++) {
        if (strcmp(*arg, "--json") == 0) {
            o.has_json = 1;
        } else if (strcmp(*arg, "--user") == 0) {
            o.is_user = 1;
        } else {
            CHECK(i < sizeof numbers / sizeof *numbers);
            *numbers[i++] = strtoul(*arg, NULL, 10);
        }
    }
    CHECK(o.n > 0 && o.first > 0);
    return o;
}

int
main(int argc, char **argv)
{
    (void)argc;
    int status = 0;
    struct order order = read_order(argv);
    if (order.is_user && geteuid() != 0) {
        (void)fprintf(stderr,
                      "skipped: not root; the other variant is the ordinary user's\n");
        return SKIPPED;
    }
    moment_count_exactly(argv);
    struct in_flight *in_flight = mmap(NULL, sizeof *in_flight, PROT_READ | PROT_WRITE,
                                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(in_flight != MAP_FAILED);
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        (void)setvbuf(stdout, NULL, _IOLBF, 0); /* a failed CHECK does not flush */
        fight(in_flight, &order);
        exit(0); /* not _exit: leaks are looked for here */
    }
    CHECK(waitpid(pid, &status, 0) == pid);
    return status == 0 ? 0 : report_failure(in_flight, status);
}

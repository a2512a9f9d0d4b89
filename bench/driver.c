/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library's side of the figures: bench/run starts it, gives it commands
 * on standard input, and alternates it with the peers.
 *
 *     run N         N runs of the program, one after the other, each asked for
 *                   after a pause, so that standby cells are ready
 *     burst N T     N runs from T threads at once, as fast as they go
 *
 * Each answer is a line: for `run`, the nanoseconds of each run; for `burst`,
 * the nanoseconds of all.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cloche/cloche.h>

enum { PAUSE_NS = 5000000, MAX_THREADS = 64 };

static struct cloche_engine *engine;
static const char *program;

static uint64_t
now_ns(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t); /* a valid clock */
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void
stop(const char *what, const char *why)
{
    (void)fprintf(stderr, "bench driver: %s: %s\n", what, why);
    exit(1);
}

/* One run, from the request to the result in hand. */
static uint64_t
run_once(void)
{
    struct cloche_error err = {0};
    struct cloche_run *run = NULL;
    const struct cloche_result *result = NULL;
    struct cloche_request request = {
        .size = sizeof request, .code = program, .code_len = strlen(program)};
    uint64_t start = now_ns();
    if (cloche_run_start(engine, &request, &run, NULL, &err) < 0 ||
        cloche_run_wait(run, -1, &result, &err) < 0) {
        stop("run", err.msg);
    }
    uint64_t took = now_ns() - start;
    if (cloche_result_outcome(result) != CLOCHE_OUTCOME_OK) {
        stop("outcome", cloche_result_reason(result));
    }
    cloche_run_free(run);
    return took;
}

static void
run_many(int n)
{
    for (int i = 0; i < n; i++) {
        struct timespec pause = {.tv_nsec = PAUSE_NS};
        (void)nanosleep(&pause, NULL);
        (void)printf("%s%llu", i ? " " : "", (unsigned long long)run_once());
    }
    (void)printf("\n");
}

static void *
burst_thread(void *arg)
{
    for (int i = 0; i < *(int *)arg; i++) {
        (void)run_once();
    }
    return NULL;
}

static void
burst(int n, int threads)
{
    pthread_t thread[MAX_THREADS];
    int each = n / threads;
    uint64_t start = now_ns();
    for (int i = 0; i < threads; i++) {
        if (pthread_create(&thread[i], NULL, burst_thread, &each) != 0) {
            stop("burst", "no thread");
        }
    }
    for (int i = 0; i < threads; i++) {
        (void)pthread_join(thread[i], NULL);
    }
    (void)printf("%llu\n", (unsigned long long)(now_ns() - start));
}

int
main(int argc, char **argv)
{
    struct cloche_error err = {0};
    struct cloche_policy *policy = NULL;
    struct cloche_engine_options options = {.size = sizeof options};
    char line[64];
    if (argc != 3) {
        (void)fprintf(stderr, "usage: driver PROGRAM STANDBY < commands\n");
        return 2;
    }
    program = argv[1];
    options.standby = (unsigned)atoi(argv[2]);
    if (cloche_policy_load(NULL, &policy, NULL, &err) < 0 ||
        cloche_engine_new(&options, policy, &engine, &err) < 0 ||
        cloche_engine_warm(engine, NULL, &err) < 0) {
        stop("start", err.msg);
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        int n = 0;
        int threads = 0;
        if (sscanf(line, "run %d", &n) == 1) {
            run_many(n);
        } else if (sscanf(line, "burst %d %d", &n, &threads) == 2 && threads > 0 &&
                   threads <= MAX_THREADS) {
            burst(n, threads);
        } else {
            stop("command", line);
        }
        (void)fflush(stdout);
    }
    cloche_engine_free(engine);
    cloche_policy_unref(policy);
    return 0;
}

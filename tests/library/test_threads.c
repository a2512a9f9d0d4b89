/* SPDX-License-Identifier: Apache-2.0 */
/* Many threads on one engine, and on several. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

enum { THREADS = 8, RUNS = 50 };

struct worker {
    struct cloche_engine *engine;
    int number;
};

/* Each run says who it is, and how it is waited for differs. */
static void *
work(void *arg)
{
    const struct worker *w = arg;
    for (int i = 0; i < RUNS; i++) {
        char code[64];
        char out[32];
        (void)snprintf(code, sizeof code, "print(%d * 1000 + %d)", w->number, i);
        (void)snprintf(out, sizeof out, "%d\n", w->number * 1000 + i);
        struct cloche_request q = request_for(code);
        struct cloche_run *run = start(w->engine, &q);
        const struct cloche_result *r = NULL;
        if (i % 7 == 6) {
            cloche_run_free(run); /* without waiting */
            continue;
        }
        while (i % 3 == 2 && cloche_run_wait(run, MILLISECOND, &r, NULL) == 1) {
        }
        r = wait_for(run);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
        CHECK(output_is(r, CLOCHE_STDOUT, out));
        cloche_run_free(run);
    }
    return NULL;
}

static void
work_on(struct cloche_engine **engines, int n_engines)
{
    pthread_t threads[THREADS];
    struct worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.engine = engines[i % n_engines], .number = i};
        CHECK(pthread_create(&threads[i], NULL, work, &workers[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
}

static void
eight_threads_share_an_engine(void **state)
{
    struct cloche_engine *engine = engine_new();
    (void)state;
    work_on(&engine, 1);
    cloche_engine_free(engine);
    CHECK_INT(count_descendants(), 0);
}

static void
eight_threads_have_three_engines(void **state)
{
    struct cloche_engine *engines[3] = {engine_new(), engine_new(), engine_new()};
    (void)state;
    work_on(engines, 3);
    for (int i = 0; i < 3; i++) {
        cloche_engine_free(engines[i]);
    }
    CHECK_INT(count_descendants(), 0);
}

static void *
come_and_go(void *arg)
{
    (void)arg;
    for (int i = 0; i < 4; i++) {
        struct cloche_engine *engine = engine_new();
        expect_works(engine);
        cloche_engine_free(engine);
    }
    return NULL;
}

static void
engines_are_made_and_freed_beside_one_another(void **state)
{
    pthread_t threads[4];
    (void)state;
    for (int i = 0; i < 4; i++) {
        CHECK(pthread_create(&threads[i], NULL, come_and_go, NULL) == 0);
    }
    for (int i = 0; i < 4; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK_INT(count_descendants(), 0);
}

/* Limits of its own give a run a plan of its own, where disk differs. */
static void *
use_many_shapes(void *arg)
{
    static const char *const disks[] = {"1MiB", "2MiB", "3MiB", "64MiB"};
    struct cloche_engine *engine = arg;
    for (int i = 0; i < 12; i++) {
        struct cloche_limit limits[] = {{"disk", disks[i % 4]}, {"wall", "9s"}};
        struct cloche_request q = request_for("print('shape')");
        q.profile = i % 3 == 0 ? "agent" : "isolated";
        q.limits = limits;
        q.n_limits = 2;
        struct cloche_run *run = start(engine, &q);
        CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "shape\n"));
        cloche_run_free(run);
    }
    return NULL;
}

static void
threads_want_different_limits_at_once(void **state)
{
    struct cloche_engine *engine = engine_new();
    pthread_t threads[4];
    (void)state;
    for (int i = 0; i < 4; i++) {
        CHECK(pthread_create(&threads[i], NULL, use_many_shapes, engine) == 0);
    }
    for (int i = 0; i < 4; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    cloche_engine_free(engine);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_threads_share_an_engine),
        cmocka_unit_test(eight_threads_have_three_engines),
        cmocka_unit_test(engines_are_made_and_freed_beside_one_another),
        cmocka_unit_test(threads_want_different_limits_at_once),
    };
    watchdog(280);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

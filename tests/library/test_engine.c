/* SPDX-License-Identifier: Apache-2.0 */
/* Engines come and go and leave nothing; an idle one costs nothing. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "support.h"

static void
engines_leave_the_process_as_it_was(void **state)
{
    unsigned descriptors = 0;
    unsigned threads = 0;
    uint64_t memory __attribute__((unused)) = 0;
    (void)state;
    for (int turn = 0; turn < 24; turn++) {
        struct cloche_engine *engine = engine_new();
        if (turn % 4 != 3) { /* some end without ever having had an interpreter */
            expect_works(engine);
        }
        cloche_engine_free(engine);
        CHECK_INT(count_descendants(), 0); /* freed: they have ended, not will end */
        if (turn == 3) {                   /* what is made once is made */
            descriptors = count_descriptors();
            threads = count_threads();
            memory = resident_bytes();
        }
    }
    CHECK_INT(count_descriptors(), descriptors);
    CHECK_INT(count_threads(), threads);
#ifndef CLOCHE_SANITIZED /* whose allocator keeps what was freed */
    CHECK(resident_bytes() < memory + (4u << 20));
#endif
    CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

static void
runs_leave_the_engine_as_it_was(void **state)
{
    struct cloche_engine_options options = {.size = sizeof options, .standby = 2};
    struct cloche_error err = {0};
    (void)state;
    struct cloche_engine *engine = engine_of(&options);
    CHECK_OK(cloche_engine_warm(engine, "isolated", &err), err);
    expect_works(engine);
    CHECK_OK(cloche_engine_warm(engine, "isolated", &err), err);
    unsigned processes =
        2 + 2 * 2; /* launcher, interpreter; two cells, each with an init */
    await_count(count_descendants, processes, "processes at rest");
    sleep_ms(200); /* the descriptors of the cell that ended */
    unsigned descriptors = count_descriptors();
    for (int turn = 0; turn < 100; turn++) {
        expect_works(engine);
    }
    CHECK_OK(cloche_engine_warm(engine, "isolated", &err), err);
    await_count(count_descendants, processes, "processes after 100 runs");
    await_count(count_descriptors, descriptors, "descriptors after 100 runs");
    cloche_engine_free(engine);
}

static void
an_idle_engine_and_a_sleeping_run_use_no_cpu(void **state)
{
    (void)state;
    struct cloche_engine *engine = engine_new();
    expect_works(engine);
    sleep_ms(200); /* its standby cell is made */
    uint64_t before = cpu_ns();
    sleep_ms(1000);
    CHECK(cpu_ns() - before < 200 * MILLISECOND); /* one that spins takes all of it */

    struct cloche_request q = request_for("import time; time.sleep(1.5)");
    struct cloche_run *run = start(engine, &q);
    sleep_ms(200);
    before = cpu_ns();
    sleep_ms(1000); /* nobody waits: the engine's thread would be the one to spin */
    CHECK(cpu_ns() - before < 200 * MILLISECOND); /* one that spins takes all of it */
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_OK);
    cloche_run_free(run);

    run = start(engine, &q);
    sleep_ms(200);
    before = cpu_ns();
    (void)wait_for(run);
    CHECK(cpu_ns() - before < 200 * MILLISECOND); /* one that spins takes all of it */
    cloche_run_free(run);
    cloche_engine_free(engine);
}

static void
engines_do_not_know_one_another(void **state)
{
    struct cloche_engine *engines[4];
    (void)state;
    for (int i = 0; i < 4; i++) {
        engines[i] = engine_new();
        expect_works(engines[i]);
    }
    for (int i = 0; i < 4; i += 2) {
        cloche_engine_free(engines[i]);
    }
    for (int i = 1; i < 4; i += 2) {
        expect_works(engines[i]);
        cloche_engine_free(engines[i]);
    }
    CHECK_INT(count_descendants(), 0);
}

static void
options_of_another_size_are_refused_or_understood(void **state)
{
    static const struct {
        size_t size;
        int rc;
    } rows[] = {
        {0, -1},
        {sizeof(size_t), -1},
        {offsetof(struct cloche_engine_options, flags), 0}, /* an older caller */
        {sizeof(struct cloche_engine_options), 0},
        {sizeof(struct cloche_engine_options) + 1, -1},
        {SIZE_MAX, -1},
    };
    struct cloche_policy *policy = NULL;
    (void)state;
    assert_int_equal(cloche_policy_load(NULL, &policy, NULL, NULL), 0);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_engine_options options = {.size = rows[i].size};
        struct cloche_engine *engine = NULL;
        struct cloche_error err = {0};
        CHECK_INT(cloche_engine_new(&options, policy, &engine, &err), rows[i].rc);
        if (rows[i].rc < 0) {
            CHECK_INT(err.code, CLOCHE_EINPUT);
            CHECK_HAS(err.msg, "size");
            CHECK(engine == NULL);
            CHECK_INT(cloche_engine_new(&options, policy, &engine, NULL), -1);
        }
        cloche_engine_free(engine);
    }
    cloche_policy_unref(policy);
}

static void
warming_is_repeatable_and_fails_as_a_run_does(void **state)
{
    struct cloche_engine_options options = {
        .size = sizeof options, .standby = 3, .flags = CLOCHE_ENGINE_WARM};
    struct cloche_error err = {0};
    (void)state;
    struct cloche_engine *engine = engine_of(&options);
    for (int turn = 0; turn < 3; turn++) {
        CHECK_OK(cloche_engine_warm(engine, NULL, &err), err);
        CHECK(cloche_engine_pids(engine, NULL, 0) >= 5); /* launcher, zygote, three cells */
    }
    int pids[2] = {0, 0};
    CHECK(cloche_engine_pids(engine, pids, 2) >= 5);
    CHECK(pids[0] > 0 && pids[1] > 0 && pids[0] != pids[1]);
    CHECK_INT(cloche_engine_warm(engine, "no-such", &err), -1);
    CHECK_INT(err.code, CLOCHE_EINPUT);
    CHECK_INT(cloche_engine_warm(engine, "no-such", NULL), -1);
    cloche_engine_free(engine);
    cloche_engine_free(NULL);
}

static void
an_engine_on_demand_keeps_no_cell(void **state)
{
    struct cloche_engine_options options = {
        .size = sizeof options, .standby = 3, .flags = CLOCHE_ENGINE_ON_DEMAND};
    struct cloche_error err = {0};
    (void)state;
    struct cloche_engine *engine = engine_of(&options);
    CHECK_OK(cloche_engine_warm(engine, NULL, &err), err);
    CHECK_INT(cloche_engine_pids(engine, NULL, 0), 2); /* launcher, zygote */
    for (int turn = 0; turn < 3; turn++) {
        expect_works(engine);
        for (int i = 0; i < 500 && cloche_engine_pids(engine, NULL, 0) > 2; i++) {
            sleep_ms(10); /* the run's own cell is reaped */
        }
        CHECK_INT(cloche_engine_pids(engine, NULL, 0), 2);
    }
    cloche_engine_free(engine);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(engines_leave_the_process_as_it_was),
        cmocka_unit_test(runs_leave_the_engine_as_it_was),
        cmocka_unit_test(an_idle_engine_and_a_sleeping_run_use_no_cpu),
        cmocka_unit_test(engines_do_not_know_one_another),
        cmocka_unit_test(options_of_another_size_are_refused_or_understood),
        cmocka_unit_test(warming_is_repeatable_and_fails_as_a_run_does),
        cmocka_unit_test(an_engine_on_demand_keeps_no_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

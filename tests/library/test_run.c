/* SPDX-License-Identifier: Apache-2.0 */
/* A run's life: start, wait, poll, cancel, free. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "group.h"

static void
a_wait_ends_with_the_run_or_its_time(void **state)
{
    struct cloche_request q = request_for("import time; time.sleep(0.4); print('done')");
    const struct cloche_result *r = NULL;
    struct cloche_run *run = start(engine, &q);
    (void)state;
    CHECK_INT(cloche_run_wait(run, 0, &r, NULL), 1);
    uint64_t before = now_ns();
    CHECK_INT(cloche_run_wait(run, 50 * MILLISECOND, &r, NULL), 1);
    CHECK(now_ns() - before >= 50 * MILLISECOND);
    CHECK(r == NULL);
    CHECK_INT(cloche_run_wait(run, INT64_MAX, &r, NULL), 0);
    CHECK(output_is(r, CLOCHE_STDOUT, "done\n"));
    const struct cloche_result *again = NULL;
    for (int i = 0; i < 3; i++) { /* it has ended for ever */
        CHECK_INT(cloche_run_wait(run, i - 1, &again, NULL), 0);
        CHECK(again == r);
    }
    cloche_run_free(run);
}

static void
its_descriptor_polls_readable_though_nobody_waits(void **state)
{
    struct cloche_request q =
        request_for("import time\nfor i in range(3): print(i); time.sleep(0.05)");
    (void)state;
    for (int turn = 0; turn < 5; turn++) {
        struct cloche_run *run = start(engine, &q);
        struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
        CHECK_INT(poll(&end, 1, 20), 0);
        CHECK_INT(poll(&end, 1, 10000), 1);
        CHECK_INT(poll(&end, 1, 0), 1); /* and stays so */
        const struct cloche_result *r = NULL;
        CHECK_INT(cloche_run_wait(run, 0, &r, NULL), 0);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
        CHECK(output_is(r, CLOCHE_STDOUT, "0\n1\n2\n"));
        cloche_run_free(run);
    }
}

static void *
ask_for_descriptor(void *arg)
{
    struct cloche_run *run = arg;
    return (void *)(intptr_t)cloche_run_fd(run);
}

/* It is made at the first question, which may come at any moment and from anywhere. */
static void
its_descriptor_is_one_whenever_it_is_asked_for(void **state)
{
    struct cloche_request q = request_for("print(1)");
    (void)state;
    for (int turn = 0; turn < 50; turn++) {
        struct cloche_run *run = start(engine, &q);
        pthread_t threads[3];
        if (turn % 2 == 0) {
            (void)wait_for(run); /* after the end; else while it comes */
        }
        for (size_t i = 0; i < 3; i++) {
            CHECK(pthread_create(&threads[i], NULL, ask_for_descriptor, run) == 0);
        }
        struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
        CHECK(end.fd >= 0);
        CHECK_INT(poll(&end, 1, 10000), 1);
        for (size_t i = 0; i < 3; i++) {
            void *same = NULL;
            CHECK(pthread_join(threads[i], &same) == 0);
            CHECK_INT((intptr_t)same, end.fd);
        }
        CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_OK);
        cloche_run_free(run);
    }
}

static void
no_descriptor_is_no_harm_to_the_run(void **state)
{
    struct cloche_request q = request_for("print(1)");
    struct rlimit was;
    (void)state;
    struct cloche_run *run = start(engine, &q);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_OK);
    CHECK(getrlimit(RLIMIT_NOFILE, &was) == 0);
    struct rlimit none = {.rlim_cur = 0, .rlim_max = was.rlim_max};
    CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
    errno = 0;
    CHECK_INT(cloche_run_fd(run), -1);
    CHECK_INT(errno, EMFILE);
    CHECK(setrlimit(RLIMIT_NOFILE, &was) == 0);
    struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
    CHECK_INT(poll(&end, 1, 0), 1);
    cloche_run_free(run);
}

static void
a_limit_holds_though_nobody_waits(void **state)
{
    struct cloche_limit wall = {"wall", "200ms"};
    struct cloche_request q = request_for("import time; time.sleep(60)");
    (void)state;
    q.limits = &wall;
    q.n_limits = 1;
    struct cloche_run *run = start(engine, &q);
    struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
    CHECK_INT(poll(&end, 1, 10000), 1);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_WALL_LIMIT);
    cloche_run_free(run);
}

static void *
wait_and_free(void *arg)
{
    struct cloche_run *run = arg;
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_OK);
    CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "elsewhere\n"));
    cloche_run_free(run);
    return NULL;
}

/* Its outcome and what it printed, by cloche_run. */
static void
expect_whole(const struct cloche_request *q, enum cloche_outcome outcome, const char *out)
{
    struct cloche_run *run = NULL;
    const struct cloche_result *r = NULL;
    struct cloche_error err = {0};
    CHECK_OK(cloche_run(engine, q, &run, &r, NULL, &err), err);
    CHECK_HAS(cloche_outcome_name(cloche_result_outcome(r)), cloche_outcome_name(outcome));
    CHECK(output_is(r, CLOCHE_STDOUT, out));
    const struct cloche_result *again = NULL;
    CHECK_INT(cloche_run_wait(run, 0, &again, &err), 0);
    CHECK(again == r);
    struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
    CHECK_INT(poll(&end, 1, 0), 1);
    cloche_run_free(run);
}

static void
a_whole_run_is_one_call(void **state)
{
    struct cloche_limit wall = {"wall", "200ms"};
    struct cloche_limit cpu = {"cpu", "100ms"};
    struct cloche_limit output = {"output", "3B"};
    const struct {
        const char *code;
        struct cloche_limit *limit;
        enum cloche_outcome outcome;
        const char *out;
    } rows[] = {
        {"print(1)", NULL, CLOCHE_OUTCOME_OK, "1\n"},
        {"import time; time.sleep(0.05); print(2)", NULL, CLOCHE_OUTCOME_OK, "2\n"},
        {"print('x', flush=True); 1/0", NULL, CLOCHE_OUTCOME_USER_ERROR, "x\n"},
        {"print('x', flush=True); import os; os._exit(3)", NULL, CLOCHE_OUTCOME_OK, "x\n"},
        {"import time; time.sleep(60)", &wall, CLOCHE_OUTCOME_WALL_LIMIT, ""},
        {"while True: pass", &cpu, CLOCHE_OUTCOME_CPU_LIMIT, ""},
        {"print('abcdef')", &output, CLOCHE_OUTCOME_OUTPUT_LIMIT, "abc"},
        {"print('abcdef', flush=True); import time; time.sleep(60)", &output,
         CLOCHE_OUTCOME_OUTPUT_LIMIT, "abc"},
        {"import os; os.kill(os.getpid(), 9)", NULL, CLOCHE_OUTCOME_CRASHED, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_for(rows[i].code);
        q.limits = rows[i].limit;
        q.n_limits = rows[i].limit != NULL;
        expect_whole(&q, rows[i].outcome, rows[i].out);
    }
}

static void
a_whole_run_prints_more_than_a_pipe_holds(void **state)
{
    struct cloche_request q = request_for("print('x' * 500000)");
    struct cloche_run *run = NULL;
    const struct cloche_result *r = NULL;
    struct cloche_error err = {0};
    size_t len = 0;
    (void)state;
    CHECK_OK(cloche_run(engine, &q, &run, &r, NULL, &err), err);
    CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
    (void)cloche_result_output(r, CLOCHE_STDOUT, &len);
    CHECK_INT(len, 500001);
    cloche_run_free(run);
}

static struct cloche_run *_Atomic whole;

static void *
cancel_whole(void *unused)
{
    (void)unused;
    while (atomic_load(&whole) == NULL) {
        sleep_ms(1);
    }
    cloche_run_cancel(atomic_load(&whole));
    return NULL;
}

/* It tells by its output that it runs, in the thread that called. */
static void
on_line(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    struct cloche_run **run = ctx;
    (void)stream;
    (void)data;
    (void)len;
    atomic_store(&whole, *run);
}

static void
a_whole_run_may_be_cancelled_meanwhile(void **state)
{
    struct cloche_request q = request_for("print(1)\nwhile True: pass");
    struct cloche_run *run = NULL;
    const struct cloche_result *r = NULL;
    struct cloche_error err = {0};
    pthread_t thread;
    (void)state;
    q.on_output = on_line;
    q.ctx = &run;
    CHECK(pthread_create(&thread, NULL, cancel_whole, NULL) == 0);
    CHECK_OK(cloche_run(engine, &q, &run, &r, NULL, &err), err);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_CANCELLED);
    CHECK(output_is(r, CLOCHE_STDOUT, "1\n"));
    cloche_run_free(run);
}

static void
a_whole_run_that_cannot_start_leaves_none(void **state)
{
    struct cloche_request q = request_for("print(1)");
    struct cloche_run *run = NULL;
    const struct cloche_result *r = NULL;
    struct cloche_error err = {0};
    (void)state;
    q.profile = "nobody";
    CHECK_INT(cloche_run(engine, &q, &run, &r, NULL, &err), -1);
    CHECK_HAS(err.msg, "nobody");
    CHECK(run == NULL && r == NULL);
}

static void
another_thread_may_wait_and_free(void **state)
{
    struct cloche_request q = request_for("print('elsewhere')");
    pthread_t thread;
    (void)state;
    struct cloche_run *run = start(engine, &q);
    CHECK(pthread_create(&thread, NULL, wait_and_free, run) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
}

static void *
cancel_soon(void *run)
{
    sleep_ms(100);
    cloche_run_cancel(run);
    cloche_run_cancel(run);
    return NULL;
}

static void
cancelling_ends_it_from_any_thread_and_more_than_once(void **state)
{
    struct cloche_request q = request_for("while True: pass");
    pthread_t thread;
    (void)state;
    struct cloche_run *run = start(engine, &q);
    cloche_run_cancel(run); /* at once */
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_CANCELLED);
    cloche_run_free(run);

    run = start(engine, &q);
    CHECK(pthread_create(&thread, NULL, cancel_soon, run) == 0);
    const struct cloche_result *r = wait_for(run); /* while it is waited for */
    CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_CANCELLED);
    CHECK_INT(cloche_result_cli_status(r), 130);
    CHECK_INT(cloche_result_exit_status(r), -1);
    CHECK(pthread_join(thread, NULL) == 0);
    cloche_run_cancel(run); /* after: nothing changes */
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_CANCELLED);
    cloche_run_free(run);

    run = start(engine, &q);
    struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
    CHECK(pthread_create(&thread, NULL, cancel_soon, run) == 0);
    CHECK_INT(poll(&end, 1, 10000), 1); /* while nobody waits */
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_CANCELLED);
    cloche_run_free(run);
}

static void
a_cancel_after_the_end_is_too_late(void **state)
{
    struct cloche_request q = request_for("print(1)");
    (void)state;
    struct cloche_run *run = start(engine, &q);
    (void)wait_for(run);
    cloche_run_cancel(run);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_OK);
    cloche_run_free(run);
}

static void
a_cancel_that_races_with_the_end_is_one_or_the_other(void **state)
{
    struct cloche_request q = request_for("print(1)");
    unsigned cancelled = 0;
    (void)state;
    for (unsigned i = 0; i < 60; i++) {
        struct cloche_run *run = start(engine, &q);
        if (i % 3 > 0) {
            sleep_ms(i % 5);
        }
        cloche_run_cancel(run);
        enum cloche_outcome outcome = cloche_result_outcome(wait_for(run));
        CHECK(outcome == CLOCHE_OUTCOME_OK || outcome == CLOCHE_OUTCOME_CANCELLED);
        cancelled += outcome == CLOCHE_OUTCOME_CANCELLED;
        cloche_run_free(run);
    }
    CHECK(cancelled > 0);
    expect_works(engine);
}

static void
freeing_ends_a_run_that_goes_on(void **state)
{
    struct cloche_request q = request_for("import time; time.sleep(60)");
    (void)state;
    for (unsigned i = 0; i < 10; i++) {
        struct cloche_run *run = start(engine, &q);
        sleep_ms(i * 3);
        uint64_t before = now_ns();
        cloche_run_free(run);
        CHECK(now_ns() - before < 3 * SECOND);
    }
    cloche_run_free(NULL);
    expect_works(engine);
}

static void
runs_end_in_any_order(void **state)
{
    struct cloche_request slow = request_for("import time; time.sleep(0.6); print('slow')");
    struct cloche_request fast = request_for("print('fast')");
    struct cloche_run *runs[6];
    (void)state;
    for (int i = 0; i < 6; i++) {
        runs[i] = start(engine, i % 2 ? &fast : &slow);
    }
    for (int i = 5; i >= 0; i--) {
        CHECK(output_is(wait_for(runs[i]), CLOCHE_STDOUT, i % 2 ? "fast\n" : "slow\n"));
    }
    for (int i = 0; i < 6; i++) {
        cloche_run_free(runs[i]);
    }
}

static void
every_ending_has_its_outcome(void **state)
{
    static const struct {
        const char *code;
        enum cloche_outcome outcome;
        int exit_status, signal, cli;
    } rows[] = {
        {"1", CLOCHE_OUTCOME_OK, 0, 0, 0},
        {"", CLOCHE_OUTCOME_OK, 0, 0, 0},
        {"raise SystemExit(7)", CLOCHE_OUTCOME_OK, 7, 0, 7},
        {"import os; os._exit(9)", CLOCHE_OUTCOME_OK, 9, 0, 9},
        {"1/0", CLOCHE_OUTCOME_USER_ERROR, -1, 0, 1},
        {"1 +", CLOCHE_OUTCOME_SYNTAX_ERROR, -1, 0, 1},
        {"import os; os.kill(os.getpid(), 11)", CLOCHE_OUTCOME_CRASHED, -1, 11, 139},
        {"while True: print('x' * 65536)", CLOCHE_OUTCOME_OUTPUT_LIMIT, -1, 0, 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_for(rows[i].code);
        struct cloche_run *run = start(engine, &q);
        const struct cloche_result *r = wait_for(run);
        CHECK_HAS(cloche_outcome_name(cloche_result_outcome(r)),
                  cloche_outcome_name(rows[i].outcome));
        if (rows[i].exit_status >= 0) {
            CHECK_INT(cloche_result_exit_status(r), rows[i].exit_status);
        }
        CHECK_INT(cloche_result_signal(r), rows[i].signal);
        CHECK_INT(cloche_result_cli_status(r), rows[i].cli);
        CHECK((cloche_result_reason(r)[0] == '\0') ==
              (rows[i].outcome == CLOCHE_OUTCOME_OK));
        CHECK(cloche_result_hint(r) != NULL && cloche_result_traceback(r) != NULL);
        char *json = NULL;
        struct cloche_error err = {0};
        CHECK_OK(cloche_result_json(r, &json, &err), err);
        CHECK_HAS(json, cloche_outcome_name(rows[i].outcome));
        CHECK(strchr(json, '\n') == NULL);
        free(json);
        cloche_run_free(run);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wait_ends_with_the_run_or_its_time),
        cmocka_unit_test(its_descriptor_polls_readable_though_nobody_waits),
        cmocka_unit_test(its_descriptor_is_one_whenever_it_is_asked_for),
        cmocka_unit_test(no_descriptor_is_no_harm_to_the_run),
        cmocka_unit_test(a_limit_holds_though_nobody_waits),
        cmocka_unit_test(a_whole_run_is_one_call),
        cmocka_unit_test(a_whole_run_prints_more_than_a_pipe_holds),
        cmocka_unit_test(a_whole_run_may_be_cancelled_meanwhile),
        cmocka_unit_test(a_whole_run_that_cannot_start_leaves_none),
        cmocka_unit_test(another_thread_may_wait_and_free),
        cmocka_unit_test(cancelling_ends_it_from_any_thread_and_more_than_once),
        cmocka_unit_test(a_cancel_after_the_end_is_too_late),
        cmocka_unit_test(a_cancel_that_races_with_the_end_is_one_or_the_other),
        cmocka_unit_test(freeing_ends_a_run_that_goes_on),
        cmocka_unit_test(runs_end_in_any_order),
        cmocka_unit_test(every_ending_has_its_outcome),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

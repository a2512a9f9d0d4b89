/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Helpers that are there and do nothing (SIGSTOP): a run that needs one is
 * refused after the time that a start may take, the helper is replaced, and an
 * engine can be freed at any time.
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support.h"

/* Which of an engine's processes, as cloche_engine_pids lists them. */
enum { LAUNCHER = 0, ZYGOTE = 1 };

static void
stop(struct cloche_engine *engine, int which)
{
    int pids[2] = {0, 0};
    CHECK(cloche_engine_pids(engine, pids, 2) >= 2);
    CHECK(kill(pids[which], SIGSTOP) == 0);
}

/* A run that no zygote and no standby cell is there for. */
static int
start_another_shape(struct cloche_engine *engine, struct cloche_error *err)
{
    struct cloche_request q = request_for("print('other')");
    struct cloche_run *run = NULL;
    q.profile = "agent";
    int rc = cloche_run_start(engine, &q, &run, NULL, err);
    if (rc == 0) {
        CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "other\n"));
    }
    cloche_run_free(run);
    return rc;
}

static void *
outlive_a_stopped_launcher(void *arg)
{
    struct cloche_engine *engine = engine_new();
    struct cloche_error err = {0};
    expect_works(engine);
    stop(engine, LAUNCHER);
    expect_works(engine); /* its zygote is there */
    CHECK_INT(start_another_shape(engine, &err), -1);
    CHECK_INT(err.code, CLOCHE_ESYS);
    sleep_ms(500);
    CHECK_INT(start_another_shape(engine, &err), 0);
    cloche_engine_free(engine);
    return arg;
}

static void *
outlive_a_stopped_zygote(void *arg)
{
    struct cloche_engine_options options = {.size = sizeof options, .standby = 1};
    struct cloche_engine *engine = engine_of(&options);
    struct cloche_error err = {0};
    int failures = 0;
    CHECK_OK(cloche_engine_warm(engine, "isolated", &err), err);
    stop(engine, ZYGOTE);
    expect_works(engine); /* its standby cell is there */
    for (int turn = 0; turn < 3; turn++) {
        struct cloche_request q = request_for("print('again')");
        struct cloche_run *run = NULL;
        if (cloche_run_start(engine, &q, &run, NULL, &err) < 0) {
            CHECK_INT(err.code, CLOCHE_ESYS);
            failures++;
            sleep_ms(500);
        } else {
            CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "again\n"));
        }
        cloche_run_free(run);
    }
    CHECK(failures <= 1);
    cloche_engine_free(engine);
    return arg;
}

static void
a_stopped_helper_is_replaced(void **state)
{
    pthread_t launcher;
    pthread_t zygote;
    (void)state;
    CHECK(pthread_create(&launcher, NULL, outlive_a_stopped_launcher, NULL) == 0);
    CHECK(pthread_create(&zygote, NULL, outlive_a_stopped_zygote, NULL) == 0);
    CHECK(pthread_join(launcher, NULL) == 0 && pthread_join(zygote, NULL) == 0);
    CHECK_INT(count_descendants(), 0);
}

static void
an_engine_with_stopped_helpers_can_be_freed(void **state)
{
    (void)state;
    for (int which = LAUNCHER; which <= ZYGOTE; which++) {
        struct cloche_engine *engine = engine_new();
        expect_works(engine);
        stop(engine, which);
        uint64_t before = now_ns();
        cloche_engine_free(engine);
        CHECK(now_ns() - before < 3 * SECOND);
        CHECK_INT(count_descendants(), 0);
    }
}

static void
a_stopped_cell_meets_its_limit(void **state)
{
    struct cloche_engine_options options = {.size = sizeof options,
                                            .flags = CLOCHE_ENGINE_ONE_SHOT};
    struct cloche_limit wall = {"wall", "700ms"};
    struct cloche_request q = request_for("import time; time.sleep(60)");
    struct cloche_engine *engine = engine_of(&options);
    int pids[3] = {0, 0, 0};
    (void)state;
    q.limits = &wall;
    q.n_limits = 1;
    struct cloche_run *run = start(engine, &q);
    CHECK_INT(cloche_engine_pids(engine, pids, 3), 3); /* the third is its cell */
    CHECK(kill(pids[2], SIGSTOP) == 0);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_WALL_LIMIT);
    cloche_run_free(run);
    cloche_engine_free(engine);
}

static void
stop_zygote(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    (void)stream;
    (void)data;
    (void)len;
    stop(ctx, ZYGOTE);
}

/* How much is in the only file that a run left. */
static off_t
size_of_file(const struct cloche_result *r)
{
    int fd = -1;
    struct stat st;
    struct cloche_error err = {0};
    CHECK_INT(cloche_result_file_count(r), 1);
    CHECK_OK(cloche_result_file_open(r, 0, &fd, &err), err);
    CHECK(fstat(fd, &st) == 0 && close(fd) == 0);
    return st.st_size;
}

/* A trusted profile's filter lets it fork, whatever its limit says, which for root is none:
 * what it leaves behind is the broker's to end, and not when the zygote finds the time. */
static void
nothing_of_a_trusted_run_lives_when_its_files_are_read(void **state)
{
    struct cloche_request q =
        request_for("import os, time\n"
                    "try: child = os.fork()\n"
                    "except OSError: child = 1\n" /* not root: the limit holds */
                    "while child == 0:\n"
                    "    open('/tmp/x', 'ab').write(b'x' * 10)\n"
                    "open('/tmp/x', 'ab').write(b'x')\n"
                    "print('here', flush=True)\n"
                    "time.sleep(0.1)\n");
    struct cloche_limit one = {"processes", "0"};
    struct cloche_run *run = NULL;
    const struct cloche_result *r = NULL;
    struct cloche_error err = {0};
    uint64_t told = 0;
    (void)state;
    struct cloche_engine *engine = engine_new();
    q.profile = "admin";
    q.limits = &one;
    q.n_limits = 1;
    q.on_output = stop_zygote;
    q.ctx = engine;
    CHECK_OK(cloche_run(engine, &q, &run, &r, NULL, &err), err);
    CHECK(output_is(r, CLOCHE_STDOUT, "here\n"));
    (void)cloche_result_file_name(r, 0, &told);
    off_t first = size_of_file(r);
    sleep_ms(50);
    CHECK_INT(size_of_file(r), first);
    CHECK_INT((off_t)told, first);
    cloche_run_free(run);
    cloche_engine_free(engine);
    CHECK_INT(count_descendants(), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_engine_with_stopped_helpers_can_be_freed),
        cmocka_unit_test(a_stopped_cell_meets_its_limit),
        cmocka_unit_test(nothing_of_a_trusted_run_lives_when_its_files_are_read),
        cmocka_unit_test(a_stopped_helper_is_replaced),
    };
    watchdog(200);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

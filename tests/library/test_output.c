/* SPDX-License-Identifier: Apache-2.0 */
/* What the code prints, live and kept. */
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "group.h"

struct heard {
    char text[2][4096];
    size_t len[2];
    size_t total;
    pthread_t thread;
    atomic_int calls;
};

static void
hear(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    struct heard *h = ctx;
    int i = stream == CLOCHE_STDERR;
    size_t room = sizeof h->text[i] - h->len[i];
    size_t n = len < room ? len : room;
    memcpy(h->text[i] + h->len[i], data, n);
    h->len[i] += n;
    h->total += len;
    h->thread = pthread_self();
    atomic_fetch_add(&h->calls, 1);
}

static int
heard_is(const struct heard *h, enum cloche_stream stream, const char *text)
{
    int i = stream == CLOCHE_STDERR;
    return h->len[i] == strlen(text) && memcmp(h->text[i], text, h->len[i]) == 0;
}

static const char chatter[] = "import sys, time\n"
                              "for i in range(5):\n"
                              "    print('out', i, flush=True)\n"
                              "    print('err', i, file=sys.stderr, flush=True)\n"
                              "    time.sleep(0.02)\n";
static const char all_out[] = "out 0\nout 1\nout 2\nout 3\nout 4\n";
static const char all_err[] = "err 0\nerr 1\nerr 2\nerr 3\nerr 4\n";

static void
the_waiting_thread_hears_every_byte_in_order(void **state)
{
    struct heard h = {0};
    struct cloche_request q = request_for(chatter);
    (void)state;
    q.on_output = hear;
    q.ctx = &h;
    struct cloche_run *run = start(engine, &q);
    const struct cloche_result *r = wait_for(run);
    CHECK(heard_is(&h, CLOCHE_STDOUT, all_out) && heard_is(&h, CLOCHE_STDERR, all_err));
    CHECK(output_is(r, CLOCHE_STDOUT, all_out) && output_is(r, CLOCHE_STDERR, all_err));
    CHECK(h.calls > 2); /* as it came, not at the end */
    CHECK(pthread_equal(h.thread, pthread_self()));
    cloche_run_free(run);
}

static void
the_engines_thread_hears_it_when_nobody_waits(void **state)
{
    struct heard h = {0};
    struct cloche_request q = request_for(chatter);
    (void)state;
    q.on_output = hear;
    q.ctx = &h;
    struct cloche_run *run = start(engine, &q);
    struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
    CHECK_INT(poll(&end, 1, 10000), 1);
    (void)wait_for(run);
    CHECK(heard_is(&h, CLOCHE_STDOUT, all_out) && heard_is(&h, CLOCHE_STDERR, all_err));
    CHECK(!pthread_equal(h.thread, pthread_self()));
    cloche_run_free(run);
}

static void
discarded_output_is_heard_and_not_kept(void **state)
{
    struct heard h = {0};
    struct cloche_request q = request_for("print('x' * 100000)");
    (void)state;
    q.on_output = hear;
    q.ctx = &h;
    q.flags = CLOCHE_RUN_DISCARD_OUTPUT;
    struct cloche_run *run = start(engine, &q);
    const struct cloche_result *r = wait_for(run);
    CHECK_INT(h.total, 100001);
    CHECK(output_is(r, CLOCHE_STDOUT, ""));
    CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
    cloche_run_free(run);

    q.on_output = NULL; /* neither */
    run = start(engine, &q);
    CHECK(output_is(wait_for(run), CLOCHE_STDOUT, ""));
    cloche_run_free(run);
}

static void
the_output_limit_holds_for_kept_and_discarded(void **state)
{
    struct cloche_limit limit = {"output", "1KiB"};
    (void)state;
    for (unsigned flags = 0; flags <= CLOCHE_RUN_DISCARD_OUTPUT;
         flags += CLOCHE_RUN_DISCARD_OUTPUT) {
        struct heard h = {0};
        struct cloche_request q = request_for("while True: print('y' * 500)");
        q.on_output = hear;
        q.ctx = &h;
        q.limits = &limit;
        q.n_limits = 1;
        q.flags = flags;
        struct cloche_run *run = start(engine, &q);
        const struct cloche_result *r = wait_for(run);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OUTPUT_LIMIT);
        CHECK_INT(h.total, 1024);
        cloche_run_free(run);
    }
}

static void
cancel_from_output(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    (void)stream;
    (void)data;
    (void)len;
    cloche_run_cancel(*(struct cloche_run **)ctx);
}

static void
a_callback_may_cancel_its_run(void **state)
{
    struct cloche_run *run = NULL;
    struct cloche_request q =
        request_for("import time\ntime.sleep(0.1)\nwhile True: print('on and on')");
    (void)state;
    q.on_output = cancel_from_output;
    q.ctx = &run;
    run = start(engine, &q);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_CANCELLED);
    cloche_run_free(run);
}

struct asked {
    int codes[3];
    struct cloche_run *other;
};

static void
ask_from_output(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    struct asked *a = ctx;
    struct cloche_request q = request_for("1");
    struct cloche_run *run = NULL;
    const struct cloche_result *r = NULL;
    struct cloche_error err = {0};
    (void)stream;
    (void)data;
    (void)len;
    CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), -1);
    a->codes[0] = err.code;
    CHECK_INT(cloche_engine_warm(engine, "isolated", &err), -1);
    a->codes[1] = err.code;
    CHECK_INT(cloche_run_wait(a->other, -1, &r, &err), -1);
    a->codes[2] = err.code;
}

static void
the_engines_thread_refuses_to_wait_for_itself(void **state)
{
    struct asked a = {.codes = {0}};
    struct cloche_request slow = request_for("import time; time.sleep(0.5)");
    struct cloche_request q = request_for("print(1)");
    (void)state;
    a.other = start(engine, &slow);
    q.on_output = ask_from_output;
    q.ctx = &a;
    struct cloche_run *run = start(engine, &q);
    struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
    CHECK_INT(poll(&end, 1, 10000), 1);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_OK);
    for (int i = 0; i < 3; i++) {
        CHECK_INT(a.codes[i], CLOCHE_EINPUT);
    }
    cloche_run_free(run);
    CHECK_INT(cloche_result_outcome(wait_for(a.other)), CLOCHE_OUTCOME_OK);
    cloche_run_free(a.other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_waiting_thread_hears_every_byte_in_order),
        cmocka_unit_test(the_engines_thread_hears_it_when_nobody_waits),
        cmocka_unit_test(discarded_output_is_heard_and_not_kept),
        cmocka_unit_test(the_output_limit_holds_for_kept_and_discarded),
        cmocka_unit_test(a_callback_may_cancel_its_run),
        cmocka_unit_test(the_engines_thread_refuses_to_wait_for_itself),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

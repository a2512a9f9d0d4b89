/* SPDX-License-Identifier: Apache-2.0 */
/* Who drives a run: the thread that waits for it, the engine's, or each in its turn. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "group.h"

enum way { BY_CALLER, BY_ENGINE, BY_TURNS, BY_ASKING, WAYS };

/* To its end, in one of the ways. */
static const struct cloche_result *
drive(struct cloche_run *run, enum way way)
{
    const struct cloche_result *r = NULL;
    struct pollfd end = {.fd = -1, .events = POLLIN};
    switch (way) {
    case BY_ENGINE:
        end.fd = cloche_run_fd(run);
        CHECK_INT(poll(&end, 1, 20000), 1);
        break;
    case BY_TURNS:
        while (cloche_run_wait(run, MILLISECOND, &r, NULL) == 1) {
            sleep_ms(1);
        }
        break;
    case BY_ASKING:
        while (cloche_run_wait(run, 0, &r, NULL) == 1) {
        }
        break;
    default: break;
    }
    return wait_for(run);
}

static struct cloche_limit
wall_of(const char *value)
{
    return (struct cloche_limit){.key = "wall", .value = value};
}

static void
expect_driven(const char *code, const char *wall, enum way way, enum cloche_outcome outcome,
              const char *out)
{
    const struct cloche_limit limit = wall_of(wall);
    struct cloche_request q = request_for(code);
    q.limits = &limit;
    q.n_limits = 1;
    struct cloche_run *run = start(engine, &q);
    const struct cloche_result *r = drive(run, way);
    CHECK_INT(cloche_result_outcome(r), outcome);
    CHECK(out == NULL || output_is(r, CLOCHE_STDOUT, out));
    cloche_run_free(run);
}

static void
it_changes_hands(void **state)
{
    static const char code[] = "import sys, time\n"
                               "for i in range(60):\n"
                               "    print(i % 10, end='', flush=True)\n"
                               "    time.sleep(0.0011)\n";
    char out[61] = "";
    (void)state;
    for (int i = 0; i < 60; i++) {
        out[i] = (char)('0' + i % 10);
    }
    for (int way = 0; way < WAYS; way++) {
        expect_driven(code, "10s", (enum way)way, CLOCHE_OUTCOME_OK, out);
        expect_driven("while True: pass", "80ms", (enum way)way, CLOCHE_OUTCOME_WALL_LIMIT,
                      "");
        expect_driven("import os, signal; os.kill(os.getpid(), 9)", "10s", (enum way)way,
                      CLOCHE_OUTCOME_CRASHED, "");
    }
}

/* Programs that become daemons close what they do not know. */
#define CLOSE_ALL "import os, time; os.closerange(3, 300)\n"

static void
its_code_closes_its_channel(void **state)
{
    (void)state;
    for (int way = 0; way < WAYS; way++) {
        expect_driven(CLOSE_ALL "print('x', flush=True); os._exit(0)", "10s", (enum way)way,
                      CLOCHE_OUTCOME_OK, "x\n");
        expect_driven(CLOSE_ALL "time.sleep(0.05); os.abort()", "10s", (enum way)way,
                      CLOCHE_OUTCOME_CRASHED, "");
        expect_driven(CLOSE_ALL "time.sleep(60)", "80ms", (enum way)way,
                      CLOCHE_OUTCOME_WALL_LIMIT, "");
    }
}

/* ---- cancelling ---------------------------------------------------------- */

struct cancel {
    sem_t has_begun;
    struct cloche_run *run;
};

static void
on_output(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    struct cancel *c = ctx;
    (void)stream;
    (void)data;
    (void)len;
    (void)sem_post(&c->has_begun);
}

static void *
cancel_once_begun(void *arg)
{
    struct cancel *c = arg;
    while (sem_wait(&c->has_begun) < 0 && errno == EINTR) {
    }
    sleep_ms(20); /* it is silent by now */
    cloche_run_cancel(c->run);
    return NULL;
}

static void
it_is_cancelled_by_another_thread(void **state)
{
    static const char *const codes[] = {
        "print(1, flush=True)\nimport time; time.sleep(60)",
        "print(1, flush=True)\n" CLOSE_ALL "time.sleep(60)",
    };
    (void)state;
    for (int i = 0; i < 2 * (WAYS + 1); i++) {
        struct cancel c = {.run = NULL};
        pthread_t thread;
        struct cloche_error err = {0};
        const struct cloche_result *r = NULL;
        struct cloche_request q = request_for(codes[i % 2]);
        q.on_output = on_output;
        q.ctx = &c;
        CHECK_INT(sem_init(&c.has_begun, 0, 0), 0);
        if (i / 2 < WAYS) {
            c.run = start(engine, &q);
        }
        CHECK_INT(pthread_create(&thread, NULL, cancel_once_begun, &c), 0);
        if (i / 2 < WAYS) {
            r = drive(c.run, (enum way)(i / 2));
        } else {
            CHECK_OK(cloche_run(engine, &q, &c.run, &r, NULL, &err), err);
        }
        CHECK_INT(pthread_join(thread, NULL), 0);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_CANCELLED);
        cloche_run_free(c.run);
        CHECK_INT(sem_destroy(&c.has_begun), 0);
    }
}

/* ---- standard input ------------------------------------------------------ */

static void
two_runs_are_lent_one_descriptor(void **state)
{
    static const char count[] = "import sys\nprint(len(sys.stdin.read()), end='')";
    struct cloche_run *runs[2];
    int ends[2];
    int sum = 0;
    (void)state;
    CHECK_INT(pipe2(ends, O_CLOEXEC), 0);
    for (int i = 0; i < 2; i++) {
        struct cloche_request q = request_for(count);
        q.stdin_fd = ends[0];
        q.flags = CLOCHE_RUN_STDIN_FD;
        runs[i] = start(engine, &q);
    }
    CHECK_INT(close(ends[0]), 0); /* it was lent for the request only */
    sleep_ms(20);                 /* the engine's thread hears them both */
    CHECK_INT(write(ends[1], "0123456789", 10), 10);
    sleep_ms(20);
    CHECK_INT(write(ends[1], "0123456789", 10), 10);
    CHECK_INT(close(ends[1]), 0);
    for (int i = 0; i < 2; i++) {
        size_t len = 0;
        const struct cloche_result *r = drive(runs[i], BY_ENGINE);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
        const char *out = cloche_result_output(r, CLOCHE_STDOUT, &len);
        char text[16] = "";
        CHECK(len < sizeof text);
        memcpy(text, out, len);
        sum += (int)strtol(text, NULL, 10);
        cloche_run_free(runs[i]);
    }
    CHECK_INT(sum, 20);
}

/* Another run keeps the engine's thread, so that what comes meanwhile comes at once. */
struct slow {
    int n_calls;
    int fd;
};

static void
be_slow(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    struct slow *s = ctx;
    (void)stream;
    (void)data;
    (void)len;
    s->n_calls++;
    if (s->n_calls == 1) {
        sleep_ms(150);
    } else if (s->n_calls == 2) {
        CHECK_INT(write(s->fd, "hello\n", 6), 6);
    }
}

static void
input_is_passed_on_though_another_event_told_of_it(void **state)
{
    /* Nothing has it looked at before its end. */
    static const char policy_text[] =
        "version: 1\nprofiles:\n  unwatched:\n    extends: isolated\n"
        "    level: trusted\n    limits: {memory: none, wall: 3s, cpu: 10s}\n";
    struct cloche_engine_options options = {.size = sizeof options, .standby = 2};
    struct cloche_policy *policy = NULL;
    struct cloche_engine *own = NULL;
    struct cloche_error err = {0};
    int ends[2];
    (void)state;
    CHECK_OK(
        cloche_policy_parse(policy_text, strlen(policy_text), "test", &policy, NULL, &err),
        err);
    CHECK_OK(cloche_engine_new(&options, policy, &own, &err), err);
    cloche_policy_unref(policy);
    CHECK_OK(cloche_engine_warm(own, "unwatched", &err), err);
    CHECK_INT(pipe2(ends, O_CLOEXEC), 0);
    struct slow slow = {.fd = ends[1]};
    struct cloche_request reads = request_for("import sys, time\ntime.sleep(0.06)\n"
                                              "print('b', flush=True)\n"
                                              "print(sys.stdin.readline(), end='')");
    reads.profile = "unwatched";
    reads.stdin_fd = ends[0];
    reads.flags = CLOCHE_RUN_STDIN_FD;
    struct cloche_request prints =
        request_for("import sys, time\nprint('a', flush=True)\ntime.sleep(0.03)\n"
                    "print('b', file=sys.stderr, flush=True)\ntime.sleep(1)");
    prints.profile = "unwatched";
    prints.on_output = be_slow;
    prints.ctx = &slow;
    struct cloche_run *reader = start(own, &reads);
    sleep_ms(10);
    struct cloche_run *printer = start(own, &prints);
    const struct cloche_result *r = drive(reader, BY_ENGINE);
    CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
    CHECK(output_is(r, CLOCHE_STDOUT, "b\nhello\n"));
    (void)drive(printer, BY_ENGINE);
    cloche_run_free(reader);
    cloche_run_free(printer);
    cloche_engine_free(own);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

/* Reads beside a run, without waiting, whatever comes. */
static void *
compete(void *arg)
{
    const int *fd = arg;
    char byte;
    for (uint64_t end = now_ns() + SECOND; now_ns() < end;) {
        (void)!recv(*fd, &byte, 1, MSG_DONTWAIT);
        struct pollfd p = {.fd = *fd, .events = POLLIN};
        if (poll(&p, 1, 0) == 1 && recv(*fd, &byte, 1, MSG_DONTWAIT) < 0 &&
            errno == ENOTSOCK) {
            int flags = fcntl(*fd, F_GETFL);
            CHECK((flags & O_NONBLOCK) == 0); /* it is the caller's, and as it was */
            (void)!read(*fd, &byte, 1);       /* until the other end is closed */
        }
    }
    return NULL;
}

static void *
drip(void *arg)
{
    const int *fd = arg;
    for (uint64_t end = now_ns() + SECOND + SECOND / 2; now_ns() < end;) {
        (void)!write(*fd, "x", 1); /* as long as there is room */
    }
    return NULL;
}

/* Has somebody a descriptor of this pipe, for reading, that does not wait? Asked of /proc:
 * other threads open and close descriptors meanwhile. */
static int
is_read_without_waiting(int pipe_fd)
{
    char path[64], wanted[64] = {0}, target[64], line[64];
    int found = 0;
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", pipe_fd);
    CHECK(readlink(path, wanted, sizeof wanted - 1) > 0);
    for (int fd = 3; fd < 1024; fd++) {
        memset(target, 0, sizeof target);
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        if (readlink(path, target, sizeof target - 1) < 0 || strcmp(target, wanted) != 0) {
            continue;
        }
        (void)snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
        FILE *info = fopen(path, "re");
        unsigned flags = O_WRONLY;
        while (info != NULL && fgets(line, sizeof line, info) != NULL) {
            (void)sscanf(line, "flags: %o", &flags);
        }
        found |= (flags & O_ACCMODE) == O_RDONLY && (flags & O_NONBLOCK) != 0;
        if (info != NULL) {
            (void)fclose(info);
        }
    }
    return found;
}

static void
somebody_else_reads_what_a_run_was_lent(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        const struct cloche_limit limit = wall_of("1s");
        pthread_t threads[2];
        int ends[2];
        CHECK_INT(kind ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)
                       : pipe2(ends, O_CLOEXEC),
                  0);
        struct cloche_request q = request_for("import sys\nsys.stdin.buffer.read()");
        CHECK_INT(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
        q.stdin_fd = ends[0];
        q.flags = CLOCHE_RUN_STDIN_FD;
        q.limits = &limit;
        q.n_limits = 1;
        CHECK_INT(pthread_create(&threads[0], NULL, drip, &ends[1]), 0);
        CHECK_INT(pthread_create(&threads[1], NULL, compete, &ends[0]), 0);
        struct cloche_run *run = start(engine, &q);
        CHECK(kind == 1 || is_read_without_waiting(ends[0]));
        const struct cloche_result *r = drive(run, BY_CALLER);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_WALL_LIMIT);
        cloche_run_free(run);
        CHECK_INT(pthread_join(threads[0], NULL), 0);
        (void)close(ends[1]);
        CHECK_INT(pthread_join(threads[1], NULL), 0);
        (void)close(ends[0]);
    }
}

static atomic_int hogs_may_end;

static void *
take_processor(void *arg)
{
    (void)arg;
    while (!atomic_load(&hogs_may_end)) {
    }
    return NULL;
}

/* More threads that compute than processors: who gives up its own gets it back late. */
static void
processors_are_crowded(void **state)
{
    enum { HOGS = 8, RUNS = 12 };
    static char large[1 << 20];
    pthread_t hogs[HOGS];
    (void)state;
    memset(large, ' ', sizeof large);
    atomic_store(&hogs_may_end, 0);
    for (int i = 0; i < HOGS; i++) {
        CHECK_INT(pthread_create(&hogs[i], NULL, take_processor, NULL), 0);
    }
    for (int i = 0; i < RUNS; i++) {
        struct cloche_error err = {0};
        const struct cloche_result *r = NULL;
        struct cloche_run *run = NULL;
        struct cloche_request q = request_for("print(1)");
        CHECK_OK(cloche_run(engine, &q, &run, &r, NULL, &err), err);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
        cloche_run_free(run);
        q.code = large; /* refused before it has a cell */
        q.code_len = sizeof large;
        CHECK_OK(cloche_run(engine, &q, &run, &r, NULL, &err), err);
        CHECK(cloche_result_outcome(r) != CLOCHE_OUTCOME_OK);
        cloche_run_free(run);
    }
    atomic_store(&hogs_may_end, 1);
    for (int i = 0; i < HOGS; i++) {
        CHECK_INT(pthread_join(hogs[i], NULL), 0);
    }
}

/* The engine's thread is kept until the test lets it go. */
struct held {
    sem_t has_come, may_go;
};

static void
hold(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    struct held *h = ctx;
    (void)stream;
    (void)data;
    (void)len;
    (void)sem_post(&h->has_come);
    while (sem_wait(&h->may_go) < 0 && errno == EINTR) {
    }
}

static void
who_asks_without_waiting_drives(void **state)
{
    struct cloche_engine_options options = {.size = sizeof options, .standby = 2};
    struct cloche_engine *own = engine_of(&options);
    struct cloche_error err = {0};
    const struct cloche_result *r = NULL;
    struct held held;
    (void)state;
    CHECK_INT(sem_init(&held.has_come, 0, 0), 0);
    CHECK_INT(sem_init(&held.may_go, 0, 0), 0);
    CHECK_OK(cloche_engine_warm(own, "isolated", &err), err);
    struct cloche_request q = request_for("print(1, flush=True)");
    q.on_output = hold;
    q.ctx = &held;
    struct cloche_run *holds = start(own, &q);
    while (sem_wait(&held.has_come) < 0 && errno == EINTR) {
    }
    q = request_for("import time; time.sleep(0.02); print(2, end='')");
    struct cloche_run *asked = start(own, &q);
    uint64_t end = now_ns() + 5 * SECOND; /* nobody else will: it could be for ever */
    while (cloche_run_wait(asked, 0, &r, &err) == 1 && now_ns() < end) {
    }
    CHECK(r != NULL && output_is(r, CLOCHE_STDOUT, "2"));
    CHECK_INT(sem_post(&held.may_go), 0);
    (void)wait_for(holds);
    cloche_run_free(asked);
    cloche_run_free(holds);
    cloche_engine_free(own);
    CHECK_INT(sem_destroy(&held.has_come), 0);
    CHECK_INT(sem_destroy(&held.may_go), 0);
}

/* ---- processors ---------------------------------------------------------- */

/* A standby cell stays where its caller was, for as long as a run is a short one. */
static void
a_long_run_may_use_every_processor(void **state)
{
    /* A thread made before anybody can have looked is told as well. */
    static const char code[] =
        "import os, threading, time\n"
        "seen = []\n"
        "def look():\n"
        "    end = time.monotonic() + 5\n"
        "    while len(os.sched_getaffinity(0)) < WANTED and time.monotonic() < end:\n"
        "        time.sleep(0.001)\n"
        "    seen.append(len(os.sched_getaffinity(0)))\n"
        "other = threading.Thread(target=look)\n"
        "other.start()\n"
        "look()\n"
        "other.join()\n"
        "print(*seen, end='')\n";
    char program[sizeof code + 64];
    char expected[32];
    cpu_set_t mine;
    (void)state;
    CHECK_INT(sched_getaffinity(0, sizeof mine, &mine), 0);
    int wanted = CPU_COUNT(&mine);
    (void)snprintf(program, sizeof program, "WANTED = %d\n%s", wanted, code);
    (void)snprintf(expected, sizeof expected, "%d %d", wanted, wanted);
    for (int i = 0; i < 4; i++) { /* from the second on it has stayed */
        struct cloche_request q = request_for(program);
        struct cloche_run *run = NULL;
        const struct cloche_result *r = NULL;
        struct cloche_error err = {0};
        CHECK_OK(cloche_engine_warm(engine, "isolated", &err), err);
        CHECK_OK(cloche_run(engine, &q, &run, &r, NULL, &err), err);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
        CHECK(output_is(r, CLOCHE_STDOUT, expected));
        cloche_run_free(run);
    }
    CHECK_INT(sched_getaffinity(0, sizeof mine, &mine), 0);
    CHECK_INT(CPU_COUNT(&mine), wanted); /* the caller's own are its own */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_changes_hands),
        cmocka_unit_test(its_code_closes_its_channel),
        cmocka_unit_test(it_is_cancelled_by_another_thread),
        cmocka_unit_test(two_runs_are_lent_one_descriptor),
        cmocka_unit_test(input_is_passed_on_though_another_event_told_of_it),
        cmocka_unit_test(somebody_else_reads_what_a_run_was_lent),
        cmocka_unit_test(who_asks_without_waiting_drives),
        cmocka_unit_test(processors_are_crowded),
        cmocka_unit_test(a_long_run_may_use_every_processor),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Standard input, and files in and out. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "group.h"

static const char summary[] =
    "import sys, hashlib\n"
    "d = sys.stdin.buffer.read()\n"
    "print(len(d), hashlib.sha256(d).hexdigest()[:8] if d else '-', end='')";

static void
standard_input_from_memory(void **state)
{
    enum { BIG = 10 << 20 };
    char *big = malloc(BIG);
    (void)state;
    CHECK(big != NULL);
    memset(big, 'a', BIG);
    const struct {
        const char *data;
        size_t len;
        const char *out;
    } rows[] = {
        {NULL, 0, "0 -"},    {"", 0, "0 -"},          {"abc", 3, "3 ba7816bf"},
        {"\0\xff", 2, NULL}, {big, BIG, "10485760 "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_for(summary);
        size_t len = 0;
        q.stdin_data = rows[i].data;
        q.stdin_len = rows[i].len;
        struct cloche_run *run = start(engine, &q);
        if (i % 2) { /* the engine's thread is as good a pump */
            struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
            CHECK_INT(poll(&end, 1, 10000), 1);
        }
        const struct cloche_result *r = wait_for(run);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
        const char *out = cloche_result_output(r, CLOCHE_STDOUT, &len);
        CHECK(rows[i].out == NULL || memcmp(out, rows[i].out, strlen(rows[i].out)) == 0);
        cloche_run_free(run);
    }
    /* Code that reads none of it, and code that closes it. */
    struct cloche_request q = request_for("import os; os.close(0); print('closed')");
    q.stdin_data = big;
    q.stdin_len = BIG;
    struct cloche_run *run = start(engine, &q);
    CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "closed\n"));
    cloche_run_free(run);
    free(big);
}

static void *
feed(void *arg)
{
    int fd = *(int *)arg;
    for (int i = 0; i < 5; i++) {
        CHECK(write(fd, "line\n", 5) == 5);
        sleep_ms(30);
    }
    (void)close(fd);
    return NULL;
}

static void
standard_input_from_a_pipe_or_socket_as_it_comes(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        int ends[2];
        pthread_t thread;
        CHECK((kind % 2 ? socketpair(AF_UNIX, SOCK_STREAM, 0, ends) : pipe(ends)) == 0);
        struct cloche_request q = request_for("import sys\nn = 0\n"
                                              "for line in sys.stdin: n += len(line)\n"
                                              "print(n, end='')");
        q.flags = CLOCHE_RUN_STDIN_FD;
        q.stdin_fd = ends[0];
        struct cloche_run *run = start(engine, &q);
        CHECK(pthread_create(&thread, NULL, feed, &ends[1]) == 0);
        if (kind > 1) {
            struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
            CHECK_INT(poll(&end, 1, 10000), 1);
        }
        CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "25"));
        CHECK(pthread_join(thread, NULL) == 0);
        cloche_run_free(run);
        CHECK(fcntl(ends[0], F_GETFD) >= 0); /* it stayed the caller's */
        (void)close(ends[0]);
    }
}

static void
standard_input_from_a_file_or_nothing(void **state)
{
    char path[] = "/tmp/cloche-test-XXXXXX";
    int file = mkstemp(path);
    (void)state;
    CHECK(file >= 0 && unlink(path) == 0);
    for (int i = 0; i < 20000; i++) {
        CHECK(write(file, "0123456789", 10) == 10);
    }
    CHECK(lseek(file, 0, SEEK_SET) == 0);
    struct cloche_request q =
        request_for("import sys; print(len(sys.stdin.read()), end='')");
    q.flags = CLOCHE_RUN_STDIN_FD;
    q.stdin_fd = file;
    struct cloche_run *run = start(engine, &q);
    CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "200000"));
    cloche_run_free(run);
    (void)close(file);

    q.stdin_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    run = start(engine, &q);
    CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "0"));
    cloche_run_free(run);

    struct cloche_error err = {0};
    (void)close(q.stdin_fd);
    q.stdin_fd = 1000; /* not open, and not about to be */
    run = NULL;
    CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), -1);
    CHECK_INT(err.code, CLOCHE_EINPUT);
    CHECK_INT(err.sys, EBADF);
    CHECK_HAS(err.msg, "stdin_fd");
    CHECK(run == NULL);
    q.stdin_fd = -1;
    CHECK_INT(cloche_run_start(engine, &q, &run, NULL, NULL), -1);
}

static void
an_input_that_never_comes_does_not_keep_the_run(void **state)
{
    int ends[2];
    (void)state;
    CHECK(pipe(ends) == 0);
    struct cloche_request q = request_for("print('no reader')");
    q.flags = CLOCHE_RUN_STDIN_FD;
    q.stdin_fd = ends[0];
    struct cloche_run *run = start(engine, &q);
    CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "no reader\n"));
    cloche_run_free(run);
    q.code = "import sys; sys.stdin.read()";
    q.code_len = strlen(q.code);
    run = start(engine, &q);
    sleep_ms(100);
    uint64_t before = cpu_ns();
    sleep_ms(300); /* nothing to read, nothing to do */
    CHECK(cpu_ns() - before < 20 * MILLISECOND);
    cloche_run_cancel(run);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_CANCELLED);
    cloche_run_free(run);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void
files_go_in_and_changed_ones_come_out(void **state)
{
    struct cloche_input_file files[] = {
        {"same.txt", "same", 4}, {"deep/in/it.txt", "old", 3}, {"empty", NULL, 0}};
    struct cloche_request q = request_for("assert open('same.txt').read() == 'same'\n"
                                          "assert open('empty').read() == ''\n"
                                          "open('deep/in/it.txt', 'a').write(' and new')\n"
                                          "open('made.bin', 'wb').write(bytes(100000))");
    (void)state;
    q.files = files;
    q.n_files = 3;
    struct cloche_run *run = start(engine, &q);
    const struct cloche_result *r = wait_for(run);
    CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
    CHECK_INT(cloche_result_file_count(r), 2);
    uint64_t size = 0;
    CHECK_HAS(cloche_result_file_name(r, 0, &size), "deep/in/it.txt");
    CHECK_INT(size, 11);
    CHECK_HAS(cloche_result_file_name(r, 1, NULL), "made.bin");
    CHECK(cloche_result_file_name(r, 2, &size) == NULL);
    char text[32] = "";
    int fd = -1;
    struct cloche_error err = {0};
    CHECK_OK(cloche_result_file_open(r, 0, &fd, &err), err);
    CHECK(read(fd, text, sizeof text) == 11 && memcmp(text, "old and new", 11) == 0);
    CHECK((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
    (void)close(fd);
    CHECK_INT(cloche_result_file_open(r, 2, &fd, &err), -1);
    CHECK_INT(err.code, CLOCHE_EINPUT);
    cloche_run_free(run);

    q.flags = CLOCHE_RUN_NO_FILES;
    run = start(engine, &q);
    CHECK_INT(cloche_result_file_count(wait_for(run)), 0);
    cloche_run_free(run);
}

static void
file_names_that_leave_the_directory_are_refused(void **state)
{
    static const char *const names[] = {"",    "/etc/passwd", "../x", "a/../../x", ".",
                                        "a/.", "a//b",        "a/",   ".."};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct cloche_input_file file = {names[i], "x", 1};
        struct cloche_request q = request_for("1");
        struct cloche_run *run = NULL;
        struct cloche_error err = {0};
        q.files = &file;
        q.n_files = 1;
        CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), -1);
        CHECK_INT(err.code, CLOCHE_EINPUT);
        CHECK_INT(cloche_run_start(engine, &q, &run, NULL, NULL), -1);
    }
    expect_works(engine);
}

/* Two that cannot both be: the cell says so before its code has begun. */
static void
files_that_cannot_be_placed_end_the_run(void **state)
{
    struct cloche_input_file files[] = {{"a", "x", 1}, {"a/b", "x", 1}};
    struct cloche_request q = request_for("print(1)");
    (void)state;
    q.files = files;
    q.n_files = 2;
    struct cloche_run *run = start(engine, &q);
    const struct cloche_result *r = wait_for(run);
    CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_INFRA_ERROR);
    CHECK_HAS(cloche_result_reason(r), "input file 'a/b'");
    CHECK(output_is(r, CLOCHE_STDOUT, ""));
    cloche_run_free(run);
    expect_works(engine);
}

/* The same words from code that has its files: it is not the host that failed. */
static void
code_cannot_say_that_its_files_were_not_placed(void **state)
{
    static const char *const ends[] = {"time.sleep(20)", "os._exit(127)"};
    struct cloche_input_file file = {"a", "x", 1};
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char code[300];
        (void)snprintf(
            code, sizeof code,
            "import os, struct, time\nbody = struct.pack('<BII', 5, 28, 4) + b'full'\n"
            "os.write(250, struct.pack('<IB', 1 + len(body), 0x5a) + body)\n%s\n",
            ends[i]);
        struct cloche_request q = request_for(code);
        q.files = &file;
        q.n_files = 1;
        struct cloche_run *run = start(engine, &q);
        const struct cloche_result *r = wait_for(run);
        CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_PROTOCOL);
        CHECK_HAS(cloche_result_reason(r), "CELL_FAILED after the job");
        cloche_run_free(run);
    }
    expect_works(engine);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standard_input_from_memory),
        cmocka_unit_test(standard_input_from_a_pipe_or_socket_as_it_comes),
        cmocka_unit_test(standard_input_from_a_file_or_nothing),
        cmocka_unit_test(an_input_that_never_comes_does_not_keep_the_run),
        cmocka_unit_test(files_go_in_and_changed_ones_come_out),
        cmocka_unit_test(files_that_cannot_be_placed_end_the_run),
        cmocka_unit_test(code_cannot_say_that_its_files_were_not_placed),
        cmocka_unit_test(file_names_that_leave_the_directory_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

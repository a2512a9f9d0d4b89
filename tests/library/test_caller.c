/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Callers as they are: with signals arranged, few descriptors, no standard
 * streams, many threads, children of their own, confined.  Each in a process
 * of its own, since it spoils that.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <linux/filter.h>
#include <linux/audit.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support.h"

static void
use_an_engine(void)
{
    struct cloche_engine *engine = engine_new();
    expect_works(engine);
    expect(engine, "import os; os.kill(os.getpid(), 9)", CLOCHE_OUTCOME_CRASHED, NULL);
    expect_works(engine);
    cloche_engine_free(engine);
}

/* ---- signals ----------------------------------------------------------- */

static void
ignore_sigchld(void)
{
    (void)signal(SIGCHLD, SIG_IGN);
    use_an_engine();
}

static void
reap_all(int sig)
{
    int saved = errno;
    (void)sig;
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    errno = saved;
}

static void
reap_whatever_ends(void)
{
    struct sigaction reap = {.sa_handler = reap_all};
    CHECK(sigaction(SIGCHLD, &reap, NULL) == 0);
    use_an_engine();
    use_an_engine();
}

static void
block_everything(void)
{
    sigset_t all;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, NULL);
    use_an_engine();
}

static void
look_at_handlers(void)
{
    struct sigaction before[65];
    struct sigaction after;
    sigset_t mask_before;
    sigset_t mask_after;
    for (int sig = 1; sig < 65; sig++) {
        (void)sigaction(sig, NULL, &before[sig]); /* two are the C library's own */
    }
    (void)pthread_sigmask(SIG_SETMASK, NULL, &mask_before);
    struct cloche_engine *engine = engine_new();
    expect_works(engine);
    for (int sig = 1; sig < 65; sig++) {
        if (sigaction(sig, NULL, &after) == 0) {
            CHECK(after.sa_handler == before[sig].sa_handler);
        }
    }
    (void)pthread_sigmask(SIG_SETMASK, NULL, &mask_after);
    for (int sig = 1; sig < 65; sig++) {
        CHECK_INT(sigismember(&mask_after, sig), sigismember(&mask_before, sig));
    }
    /* The launcher is there, alive, and nothing else is. */
    CHECK_INT(waitpid(-1, NULL, WNOHANG), 0);
    CHECK_INT(count_descendants() >= 2, 1);
    cloche_engine_free(engine);
    CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

static atomic_int alarms;

static void
count_alarm(int sig)
{
    (void)sig;
    atomic_fetch_add(&alarms, 1);
}

/* Calls are interrupted all the time, without SA_RESTART. */
static void
interrupt_everything(void)
{
    struct sigaction on_alarm = {.sa_handler = count_alarm};
    struct itimerval often = {{0, 500}, {0, 500}};
    CHECK(sigaction(SIGALRM, &on_alarm, NULL) == 0);
    CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
    for (int i = 0; i < 10; i++) {
        use_an_engine();
    }
    CHECK(alarms > 20);
}

static void
signals_are_the_callers(void **state)
{
    (void)state;
    in_child(ignore_sigchld);
    in_child(reap_whatever_ends);
    in_child(block_everything);
    in_child(look_at_handlers);
    in_child(interrupt_everything);
}

/* ---- descriptors ------------------------------------------------------- */

static void
set_open_files(rlim_t soft)
{
    struct rlimit limit;
    CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = soft;
    CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

/* Whatever the number, every call works or says clearly why not; with enough
 * of them again, so does the same engine. */
static void
try_with_few(struct cloche_engine *engine, rlim_t files)
{
    struct cloche_request q = request_for("print('few')");
    struct cloche_run *runs[6] = {NULL};
    struct cloche_error warm = {0};
    CHECK_OK(cloche_engine_warm(engine, "isolated", &warm), warm); /* a cell stands by */
    set_open_files(files);
    for (int i = 0; i < 6; i++) {
        struct cloche_error err = {0};
        if (cloche_run_start(engine, &q, &runs[i], NULL, &err) < 0) {
            CHECK_INT(err.code, CLOCHE_ESYS);
            CHECK(err.msg[0] != '\0');
        }
    }
    for (int i = 0; i < 6; i++) {
        if (runs[i] != NULL) {
            CHECK(output_is(wait_for(runs[i]), CLOCHE_STDOUT, "few\n"));
        }
        cloche_run_free(runs[i]);
    }
    set_open_files(1024);
    expect_works(engine);
}

static void
use_few_descriptors(void)
{
    struct cloche_policy *policy = NULL;
    struct cloche_error err = {0};
    CHECK_OK(cloche_policy_load(NULL, &policy, NULL, &err), err);
    for (rlim_t files = 4; files <= 44; files += 2) {
        struct cloche_engine *engine = NULL;
        set_open_files(files);
        int rc = cloche_engine_new(NULL, policy, &engine, &err);
        set_open_files(1024);
        if (rc < 0) {
            CHECK_INT(err.code, CLOCHE_ESYS);
            engine = engine_new();
        }
        try_with_few(engine, files);
        cloche_engine_free(engine);
        CHECK_INT(count_descendants(), 0);
    }
    cloche_policy_unref(policy);
}

static void
run_out_while_others_run(void)
{
    struct cloche_engine *engine = engine_new();
    struct cloche_request q = request_for("import time; time.sleep(1); print('long')");
    struct cloche_run *running = start(engine, &q);
    for (rlim_t more = 0; more < 16; more++) {
        try_with_few(engine, count_descriptors() + more);
    }
    CHECK(output_is(wait_for(running), CLOCHE_STDOUT, "long\n")); /* it noticed nothing */
    cloche_run_free(running);
    cloche_engine_free(engine);
}

static void
have_no_standard_streams(void)
{
    int kept = fcntl(2, F_DUPFD_CLOEXEC, 100); /* for CHECK */
    for (int fd = 0; fd < 3; fd++) {
        (void)close(fd);
    }
    use_an_engine();
    for (int fd = 0; fd < 3; fd++) {
        (void)close(fd);
    }
    (void)dup2(kept, 2);
}

static void
few_descriptors_are_an_error_and_no_end(void **state)
{
    (void)state;
    in_child(use_few_descriptors);
    in_child(run_out_while_others_run);
}

static void
standard_streams_are_not_needed(void **state)
{
    (void)state;
    in_child(have_no_standard_streams);
}

static void
write_nothing(void)
{
    char path[] = "/tmp/cloche-test-XXXXXX";
    int file = mkstemp(path);
    int kept[3];
    CHECK(file >= 0 && unlink(path) == 0);
    for (int fd = 1; fd < 3; fd++) {
        kept[fd] = dup(fd);
        CHECK(dup2(file, fd) == fd);
    }
    struct cloche_engine_options wrong = {.size = sizeof wrong, .helper_dir = "/nowhere"};
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;
    CHECK(cloche_policy_load(NULL, &policy, NULL, NULL) == 0);
    CHECK(cloche_engine_new(&wrong, policy, &engine, NULL) == -1);
    cloche_policy_unref(policy);
    engine = engine_new();
    expect(engine, "import sys; print(1); print(2, file=sys.stderr)", CLOCHE_OUTCOME_OK,
           "1\n");
    expect(engine, "1/0", CLOCHE_OUTCOME_USER_ERROR, "");
    cloche_engine_free(engine);
    off_t written = lseek(file, 0, SEEK_END);
    for (int fd = 1; fd < 3; fd++) {
        (void)dup2(kept[fd], fd);
    }
    CHECK_INT(written, 0);
}

static void
the_library_writes_nothing(void **state)
{
    (void)state;
    in_child(write_nothing);
}

/* ---- threads and children ---------------------------------------------- */

static void *
stay(void *arg)
{
    for (;;) {
        (void)pause();
    }
    return arg;
}

static void
have_a_hundred_threads(void)
{
    pthread_t thread;
    for (int i = 0; i < 100; i++) {
        CHECK(pthread_create(&thread, NULL, stay, NULL) == 0);
    }
    use_an_engine();
}

static void
a_caller_may_have_many_threads(void **state)
{
    (void)state;
    in_child(have_a_hundred_threads);
}

static void
fork_while_it_runs(void)
{
    struct cloche_engine *engine = engine_new();
    struct cloche_request q = request_for("import time; time.sleep(0.3); print('there')");
    int status = 0;
    for (int i = 0; i < 5; i++) {
        struct cloche_run *run = start(engine, &q);
        pid_t pid = fork();
        CHECK(pid >= 0);
        if (pid == 0) {
            _exit(i);
        }
        CHECK(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == i);
        CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "there\n"));
        cloche_run_free(run);
    }
    expect_works(engine);
    cloche_engine_free(engine);
}

/* A child that lives on has copies of every descriptor: the engine must see
 * ends all the same, use no CPU for ghosts, and be freed without it. */
static void
fork_a_child_that_stays(void)
{
    struct cloche_engine *engine = engine_new();
    struct cloche_request q = request_for("import time; time.sleep(0.3); print('there')");
    struct cloche_run *run = start(engine, &q);
    expect_works(engine);
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        for (;;) {
            (void)pause();
        }
    }
    CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "there\n"));
    cloche_run_free(run);
    for (int i = 0; i < 10; i++) {
        expect_works(engine);
    }
    sleep_ms(200);
    uint64_t before = cpu_ns();
    sleep_ms(500);
    CHECK(cpu_ns() - before < 20 * MILLISECOND);
    before = now_ns();
    cloche_engine_free(engine);
    CHECK(now_ns() - before < 3 * SECOND);
    CHECK_INT(count_descendants(), 1);
    CHECK(kill(pid, SIGKILL) == 0 && waitpid(pid, NULL, 0) == pid);
}

static void
a_callers_own_children_disturb_nothing(void **state)
{
    (void)state;
    in_child(fork_while_it_runs);
    in_child(fork_a_child_that_stays);
}

/* ---- confined callers -------------------------------------------------- */

/* No file of the host any more, no new program, no new process. */
static void
confine(void)
{
    struct landlock_ruleset_attr files = {.handled_access_fs = 0x1fff};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &files, sizeof files, 0);
    if (rules < 0) {
        CHECK(errno == ENOSYS || errno == EOPNOTSUPP); /* a kernel without */
    }
    CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    if (rules >= 0) {
        CHECK(syscall(SYS_landlock_restrict_self, rules, 0) == 0);
        (void)close(rules);
    }
    struct sock_filter refuse[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execve, 4, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execveat, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mount, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
    struct sock_fprog filter = {.len = sizeof refuse / sizeof refuse[0], .filter = refuse};
    CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0);
}

static void
confine_oneself(void)
{
    struct cloche_engine *engine = engine_new();
    confine(); /* this thread, as a server's worker would */
    expect_works(engine);
    expect(engine, "open('f', 'w').write('x')", CLOCHE_OUTCOME_OK, NULL);
    cloche_engine_free(engine);
    _exit(0); /* a leak checker would want files */
}

static void
a_caller_may_confine_itself_after_engine_new(void **state)
{
    (void)state;
    in_child(confine_oneself);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signals_are_the_callers),
        cmocka_unit_test(few_descriptors_are_an_error_and_no_end),
        cmocka_unit_test(standard_streams_are_not_needed),
        cmocka_unit_test(the_library_writes_nothing),
        cmocka_unit_test(a_caller_may_have_many_threads),
        cmocka_unit_test(a_callers_own_children_disturb_nothing),
        cmocka_unit_test(a_caller_may_confine_itself_after_engine_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

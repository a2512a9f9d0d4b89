/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <dirent.h>
#include <grp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

_Noreturn void
check_failed(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
    (void)fflush(stderr);
    _exit(99);
}

void
check_int(const char *file, int line, const char *what, long long actual,
          long long expected)
{
    char text[300];
    if (actual != expected) {
        (void)snprintf(text, sizeof text, "%s is %lld, expected %lld", what, actual,
                       expected);
        check_failed(file, line, text);
    }
}

void
check_has(const char *file, int line, const char *text, const char *part)
{
    char message[800];
    if (strstr(text, part) == NULL) {
        (void)snprintf(message, sizeof message, "\"%s\" does not have \"%s\"", text, part);
        check_failed(file, line, message);
    }
}

struct cloche_engine *
engine_of(const struct cloche_engine_options *options)
{
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    CHECK_OK(cloche_policy_load(NULL, &policy, NULL, &err), err);
    CHECK_OK(cloche_engine_new(options, policy, &engine, &err), err);
    cloche_policy_unref(policy);
    return engine;
}

struct cloche_request
request_for(const char *code)
{
    return (struct cloche_request){
        .size = sizeof(struct cloche_request),
        .profile = "isolated",
        .code = code,
        .code_len = strlen(code),
    };
}

struct cloche_run *
start(struct cloche_engine *engine, const struct cloche_request *request)
{
    struct cloche_run *run = NULL;
    struct cloche_error err = {0};
    CHECK_OK(cloche_run_start(engine, request, &run, NULL, &err), err);
    return run;
}

const struct cloche_result *
wait_for(struct cloche_run *run)
{
    const struct cloche_result *result = NULL;
    struct cloche_error err = {0};
    CHECK_OK(cloche_run_wait(run, -1, &result, &err), err);
    return result;
}

int
output_is(const struct cloche_result *result, enum cloche_stream stream, const char *text)
{
    size_t len = 0;
    const void *bytes = cloche_result_output(result, stream, &len);
    return len == strlen(text) && memcmp(bytes, text, len) == 0;
}

void
expect(struct cloche_engine *engine, const char *code, enum cloche_outcome outcome,
       const char *out)
{
    struct cloche_request q = request_for(code);
    struct cloche_run *run = start(engine, &q);
    const struct cloche_result *r = wait_for(run);
    if (cloche_result_outcome(r) != outcome) {
        check_failed(code, 0, cloche_result_reason(r));
    }
    CHECK(out == NULL || output_is(r, CLOCHE_STDOUT, out));
    cloche_run_free(run);
}

void
expect_works(struct cloche_engine *engine)
{
    expect(engine, "print(6 * 7)", CLOCHE_OUTCOME_OK, "42\n");
}

unsigned
count_entries(const char *path)
{
    unsigned n = 0;
    DIR *dir = opendir(path);
    CHECK(dir != NULL);
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        n += e->d_name[0] != '.';
    }
    (void)closedir(dir);
    return n;
}

unsigned
count_descriptors(void)
{
    return count_entries("/proc/self/fd") - 1; /* the directory's own */
}

unsigned
count_threads(void)
{
    return count_entries("/proc/self/task");
}

static unsigned
count_below(pid_t parent)
{
    unsigned n = 0;
    DIR *dir = opendir("/proc");
    CHECK(dir != NULL);
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        char path[64];
        int pid = atoi(e->d_name);
        int ppid = 0;
        char state = 0;
        if (pid <= 0) {
            continue;
        }
        (void)snprintf(path, sizeof path, "/proc/%d/stat", pid);
        FILE *stat = fopen(path, "re");
        if (stat == NULL) {
            continue; /* ended meanwhile */
        }
        if (fscanf(stat, "%*d (%*[^)]) %c %d", &state, &ppid) == 2 && ppid == parent) {
            n += 1 + count_below(pid);
        }
        (void)fclose(stat);
    }
    (void)closedir(dir);
    return n;
}

unsigned
count_descendants(void)
{
    return count_below(getpid());
}

uint64_t
resident_bytes(void)
{
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    CHECK(f != NULL && fscanf(f, "%*u %lu", &pages) == 1);
    (void)fclose(f);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

uint64_t
cpu_ns(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

uint64_t
now_ns(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

void
sleep_ms(unsigned ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    while (nanosleep(&t, &t) < 0) {
    }
}

void
await_count(unsigned (*count)(void), unsigned expected, const char *what)
{
    unsigned n = count();
    for (int turn = 0; turn < 500 && n != expected; turn++) {
        sleep_ms(10);
        n = count();
    }
    check_int(what, 0, "count", n, expected);
}

static void *
watch(void *arg)
{
    sleep_ms((unsigned)(uintptr_t)arg * 1000);
    check_failed("watchdog", 0, "it hangs");
}

void
watchdog(unsigned seconds)
{
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, watch, (void *)(uintptr_t)seconds) == 0);
    (void)pthread_detach(thread);
}

void
in_child(void (*function)(void))
{
    int status = 0;
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        watchdog(60);
        function();
        exit(0); /* not _exit: leaks are looked for here */
    }
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK_INT(status, 0);
}

void
become_ordinary(void)
{
    uid_t id = 100000 + (uid_t)getpid();
    CHECK(setgroups(0, NULL) == 0 && setresgid(id, id, id) == 0);
    CHECK(setresuid(id, id, id) == 0);
    CHECK(prctl(PR_SET_DUMPABLE, 1) == 0); /* or /proc/self would be root's */
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Nth system call fails: of the library, the launcher, the process that is
 * becoming a zygote, the zygote, the init of a PID namespace, and a cell on its
 * way to its job: for each N of a run, and a sample of those of an engine's start.
 *
 * A run may then be refused or end as infra_error, with words.  What it may not
 * is have less of a jail: where code runs, assurance and what the code itself
 * sees of its confinement are those of an undisturbed run, and each confining
 * call has succeeded (injector.h).  Afterwards nothing is left and runs work.
 *
 *     faults_calls        of an engine's start a sample; with --all every call, both errnos
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "injector.h"
#include "support.h"

/* What a cell sees of its own confinement. */
static const char PROBE[] = INJECTOR_MARK
    "import os, resource\n"
    "def text(path):\n"
    "    try:\n"
    "        with open(path) as f: return f.read()\n"
    "    except OSError as e: return str(e.errno)\n"
    "def attempt(what, *args):\n"
    "    try: return what(*args)\n"
    "    except OSError as e: return e.errno\n"
    "keep = ('Umask', 'Uid', 'Gid', 'Groups', 'NSpid', 'Cap', 'NoNewPrivs', 'Seccomp',\n"
    "        'Shd', 'SigBlk', 'SigIgn', 'SigCgt', 'THP_enabled', 'Threads')\n"
    "print([l for l in text('/proc/self/status').splitlines() if l.startswith(keep)])\n"
    "print([(n, resource.getrlimit(getattr(resource, n))) for n in dir(resource)\n"
    "       if n.startswith('RLIMIT_') and n != 'RLIMIT_DATA'])\n"
    "print([l.split()[3:] for l in text('/proc/self/mountinfo').splitlines()])\n"
    /* Not the middle one: each cell has another. */
    "print(text('/proc/self/uid_map').split()[::2], "
    "text('/proc/self/gid_map').split()[::2])\n"
    /* A link of the host's that could not be read is not there, and that is no less. */
    "links = {'bin', 'sbin', 'lib', 'lib64', 'lib32', 'libx32'}\n"
    "print(sorted(set(os.listdir('/')) - links), os.getcwd(), os.getpid(), os.getppid(),\n"
    "      os.uname()[1])\n"
    "print(attempt(os.listdir, '/proc/self/fd'), sorted(os.environ))\n"
    "print(os.getsid(0), os.getpgid(0), attempt(os.fork), attempt(os.mkdir, '/x'),\n"
    "      attempt(os.open, '/etc/passwd', os.O_RDWR), attempt(os.setuid, 0),\n"
    "      attempt(os.chroot, '/'), attempt(os.sethostname, 'x')\n"
    "      if hasattr(os, 'sethostname') else '')\n";

enum { TEXT = 8192, LIST = 512, SAMPLE = 24, MAX_CALLS = 20000 };

static struct cloche_policy *policy;
static int takes_all;
static char usual_output[TEXT];
static char usual_assurance[LIST];
static char last_error[LIST];
static unsigned n_faults, n_refused;

/* ---- one run ------------------------------------------------------------- */

static void
copy_assurance(const struct cloche_result *r, char out[LIST])
{
    char *json = NULL;
    struct cloche_error err = {0};
    CHECK_OK(cloche_result_json(r, &json, &err), err);
    const char *begin = strstr(json, "\"assurance\":");
    const char *end = begin == NULL ? NULL : strchr(begin, '}');
    CHECK(end != NULL && end - begin < LIST);
    (void)snprintf(out, LIST, "%.*s", (int)(end - begin), begin);
    free(json);
}

static void
check_confined(const struct cloche_result *r)
{
    char assurance[LIST];
    size_t len = 0;
    const char *output = cloche_result_output(r, CLOCHE_STDOUT, &len);
    copy_assurance(r, assurance);
    CHECK(len < TEXT);
    if (usual_output[0] == '\0') {
        (void)snprintf(usual_output, TEXT, "%.*s", (int)len, output);
        (void)snprintf(usual_assurance, LIST, "%s", assurance);
        CHECK_HAS(usual_output, "NoNewPrivs:\\t1");
        CHECK_HAS(usual_assurance, "\"landlock\"");
    }
    if (len != strlen(usual_output) || memcmp(output, usual_output, len) != 0) {
        fprintf(stderr, "after %s\nusually: %s\nnow: %.*s\n", injector_what(), usual_output,
                (int)len, output);
        check_failed(injector_what(), 0, "code ran in another jail");
    }
    if (strcmp(assurance, usual_assurance) != 0) {
        check_failed(injector_what(), 0, assurance);
    }
    if (injector_missing()[0] != '\0') {
        check_failed(injector_what(), 0, injector_missing());
    }
}

/* 0 if the code ran, and then it was confined; -1 with an error in words, in last_error. */
static int
probe(struct cloche_engine *engine)
{
    struct cloche_request q = request_for(PROBE);
    struct cloche_run *run = NULL;
    struct cloche_error err = {0};
    const struct cloche_result *r = NULL;
    int rc = cloche_run_start(engine, &q, &run, NULL, &err);
    rc = rc < 0 ? rc : cloche_run_wait(run, -1, &r, &err);
    if (rc < 0) {
        if (err.code == CLOCHE_OK || err.msg[0] == '\0') {
            check_failed(injector_what(), 0, "an error without words");
        }
        (void)snprintf(last_error, sizeof last_error, "%s", err.msg);
    } else if (cloche_result_outcome(r) == CLOCHE_OUTCOME_OK) {
        check_confined(r);
    } else {
        rc = -1;
        if (cloche_result_outcome(r) != CLOCHE_OUTCOME_INFRA_ERROR ||
            cloche_result_reason(r)[0] == '\0') {
            fprintf(stderr, "%s: %s\n", cloche_outcome_name(cloche_result_outcome(r)),
                    cloche_result_reason(r));
            check_failed(injector_what(), 0, "neither ok nor infra_error with a reason");
        }
        (void)snprintf(last_error, sizeof last_error, "%s", cloche_result_reason(r));
    }
    cloche_run_free(run);
    n_refused += rc < 0;
    return rc;
}

static void
expect_undisturbed(struct cloche_engine *engine)
{
    unsigned refused = n_refused;
    if (probe(engine) < 0) {
        fprintf(stderr, "%s\n", last_error);
        check_failed(injector_what(), 0, "the next run did not work");
    }
    n_refused = refused;
}

/* Until the engine has a standby cell again; errors are words, too, in last_error. */
static int
warm(struct cloche_engine *engine)
{
    struct cloche_error err = {0};
    int rc = cloche_engine_warm(engine, "isolated", &err);
    if (rc < 0 && err.msg[0] == '\0') {
        check_failed(injector_what(), 0, "an error without words");
    }
    (void)snprintf(last_error, sizeof last_error, "%s", err.msg);
    return rc;
}

/* ---- while an engine lives ----------------------------------------------- */

static void
fail_one_of_a_run(struct cloche_engine *engine, enum injector_role role, unsigned at,
                  int which, unsigned descriptors)
{
    injector_arm(role, at, which);
    (void)probe(engine); /* on the standby cell; another is made in its place */
    (void)warm(engine);
    (void)probe(engine);
    n_faults += injector_disarm() != 0;
    (void)probe(engine); /* what failed last, once its run had ended, is heard of by now */
    if (warm(engine) < 0) {
        fprintf(stderr, "%s\n", last_error);
        check_failed(injector_what(), 0, "no cells can be made any more");
    }
    expect_undisturbed(engine);
    /* Each time: a later fault might tidy up. */
    await_count(count_descriptors, descriptors, "descriptors of the broker");
}

/* Until nobody makes a call any more: what ended is reaped, and told, by then. */
static void
await_quiet(void)
{
    unsigned before = 0;
    unsigned now = 0;
    do {
        before = now;
        sleep_ms(100);
        now = 0;
        for (int role = 0; role < INJECTOR_ROLES; role++) {
            now += injector_count((enum injector_role)role);
        }
    } while (now != before);
}

/* How many calls of each role go into one run and one new standby cell. */
static void
count_of_a_run(struct cloche_engine *engine, unsigned count[INJECTOR_ROLES])
{
    CHECK_INT(warm(engine), 0);
    await_quiet();
    injector_arm(INJECTOR_BROKER, 0, 0);
    expect_undisturbed(engine);
    CHECK_INT(warm(engine), 0);
    await_quiet();
    for (int role = 0; role < INJECTOR_ROLES; role++) {
        count[role] = injector_count((enum injector_role)role);
    }
}

static int
calls_of_a_run(void *ctx)
{
    static const enum injector_role roles[] = {INJECTOR_CELL, INJECTOR_ZYGOTE,
                                               INJECTOR_INIT, INJECTOR_BROKER};
    unsigned count[INJECTOR_ROLES];
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    (void)ctx;
    watchdog(250);
    /* One standby cell, and no more by demand: or there would be more descriptors. */
    struct cloche_engine_options options = {.size = sizeof options, .standby = 1};
    CHECK_OK(cloche_engine_new(&options, policy, &engine, &err), err);
    injector_learn();
    expect_undisturbed(engine);
    unsigned descriptors = 0;
    count_of_a_run(engine, count);
    count_of_a_run(engine, count);
    CHECK(count[INJECTOR_CELL] > 60 && count[INJECTOR_CELL] < MAX_CALLS);
    descriptors = count_descriptors();
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        enum injector_role role = roles[i];
        unsigned faults = n_faults;
        unsigned refused = n_refused;
        for (int which = 0; which < 2; which++) {
            for (unsigned at = 1; at <= count[role]; at++) {
                fail_one_of_a_run(engine, role, at, which, descriptors);
            }
        }
        printf("a run, %s: %u calls, %u failed, %u runs were refused\n",
               injector_role_name(role), count[role], n_faults - faults,
               n_refused - refused);
        CHECK(n_faults - faults > 1);
    }
    cloche_engine_free(engine);
    CHECK_INT(count_descendants(), 0);
    return 0;
}

/* ---- from nothing -------------------------------------------------------- */

static unsigned
count_mounts(void)
{
    unsigned lines = 0;
    FILE *f = fopen("/proc/self/mountinfo", "re");
    CHECK(f != NULL);
    for (int c = getc(f); c != EOF; c = getc(f)) {
        lines += c == '\n';
    }
    (void)fclose(f);
    return lines;
}

/* An engine, one run, its end. */
static void
live_once(int is_disturbed)
{
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    if (cloche_engine_new(NULL, policy, &engine, &err) < 0) {
        CHECK(is_disturbed);
        if (err.code == CLOCHE_OK || err.msg[0] == '\0') {
            check_failed(injector_what(), 0, "an error without words");
        }
        n_refused++;
    } else {
        (void)probe(engine);
        (void)warm(engine);
        n_faults += injector_disarm() != 0;
        (void)probe(engine); /* what failed last is heard of by now */
        expect_undisturbed(engine);
    }
    (void)injector_disarm();
    cloche_engine_free(engine);
}

static int
calls_of_an_engine(void *ctx)
{
    static const enum injector_role roles[] = {INJECTOR_LAUNCHER, INJECTOR_SETUP,
                                               INJECTOR_ZYGOTE, INJECTOR_BROKER};
    unsigned count[INJECTOR_ROLES];
    (void)ctx;
    watchdog(takes_all ? 1500 : 250);
    injector_learn();
    live_once(0);
    injector_arm(INJECTOR_BROKER, 0, 0);
    live_once(0);
    for (int role = 0; role < INJECTOR_ROLES; role++) {
        count[role] = injector_count((enum injector_role)role);
    }
    unsigned descriptors = count_descriptors();
    unsigned mounts = count_mounts();
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        enum injector_role role = roles[i];
        unsigned faults = n_faults;
        unsigned refused = n_refused;
        unsigned most = takes_all ? 400 : SAMPLE; /* reading the library is much the same */
        unsigned step = count[role] / most + 1;
        for (int which = 0; which < 1 + takes_all; which++) {
            for (unsigned at = 1; at <= count[role]; at += step) {
                injector_arm(role, at, which);
                live_once(1);
                if (count_descriptors() != descriptors || count_mounts() != mounts) {
                    check_failed(injector_what(), 0, "something was left open or mounted");
                }
                await_count(count_descendants, 0, injector_what());
            }
        }
        printf("an engine, %s: %u calls, %u failed, %u runs were refused\n",
               injector_role_name(role), count[role], n_faults - faults,
               n_refused - refused);
    }
    return 0;
}

int
main(int argc, char **argv)
{
    struct cloche_error err = {0};
    takes_all = argc > 1 && strcmp(argv[1], "--all") == 0;
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    CHECK_OK(cloche_policy_load(NULL, &policy, NULL, &err), err);
    CHECK_INT(injector_run(calls_of_a_run, NULL), 0);
    CHECK_INT(injector_run(calls_of_an_engine, NULL), 0);
    cloche_policy_unref(policy);
    return 0;
}

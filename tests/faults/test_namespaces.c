/* SPDX-License-Identifier: Apache-2.0 */
/*
 * No user namespaces, for a while: user.max_user_namespaces is reached.  A policy that
 * demands them refuses then, one that does not has less, and says so; and once there is
 * room again the same engine has them, without being told.
 */
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support.h"

static void
write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    (void)close(fd);
}

/* The limit is each user namespace's own: of one of this process's. */
static int
enter_namespace(void **state)
{
    char users[32];
    char groups[32];
    (void)state;
    (void)snprintf(users, sizeof users, "1000 %u 1", geteuid());
    (void)snprintf(groups, sizeof groups, "1000 %u 1", getegid());
    CHECK(unshare(CLONE_NEWUSER) == 0);
    write_text("/proc/self/setgroups", "deny");
    write_text("/proc/self/uid_map", users);
    write_text("/proc/self/gid_map", groups);
    watchdog(200); /* not before: only a process with one thread may enter one */
    return 0;
}

static void
allow(const char *count)
{
    write_text("/proc/sys/user/max_user_namespaces", count);
}

static struct cloche_engine *
engine_under(const char *text)
{
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    CHECK_OK(cloche_policy_parse(text, strlen(text), "test", &policy, NULL, &err), err);
    CHECK_OK(cloche_engine_new(NULL, policy, &engine, &err), err);
    cloche_policy_unref(policy);
    return engine;
}

static void
a_policy_that_demands_them_waits_for_them(void **state)
{
    struct cloche_engine *engine = engine_under("version: 1\n");
    struct cloche_request q = request_for("print(1)");
    (void)state;
    allow("0");
    for (int turn = 0; turn < 3; turn++) {
        struct cloche_run *run = NULL;
        struct cloche_error err = {0};
        CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), -1);
        CHECK_HAS(err.msg, "min_assurance");
    }
    allow("100");
    expect_works(engine); /* at once */
    cloche_engine_free(engine);
    CHECK_INT(count_descendants(), 0);
}

/* Of a run with numbers of its own: a bare profile keeps the interpreter that it has. */
static void
expect_assurance(struct cloche_engine *engine, const char *memory, const char *assurance)
{
    struct cloche_limit limit = {.key = "memory", .value = memory};
    struct cloche_request q = request_for("print(1)");
    struct cloche_error err = {0};
    char *json = NULL;
    q.limits = &limit;
    q.n_limits = 1;
    struct cloche_run *run = start(engine, &q);
    const struct cloche_result *r = wait_for(run);
    CHECK_INT(cloche_result_outcome(r), CLOCHE_OUTCOME_OK);
    CHECK_OK(cloche_result_json(r, &json, &err), err);
    CHECK_HAS(json, assurance);
    free(json);
    cloche_run_free(run);
}

static void
a_policy_that_does_not_has_them_when_it_can(void **state)
{
    struct cloche_engine *engine = engine_under("version: 1\nmin_assurance: process\n");
    (void)state;
    allow("0");
    for (int turn = 0; turn < 3; turn++) {
        expect_assurance(engine, "100MiB", "\"level\":\"process\"");
    }
    allow("100");
    sleep_ms(1100); /* so long is the host taken at its word */
    expect_assurance(engine, "101MiB", "\"level\":\"namespace\"");
    cloche_engine_free(engine);
    CHECK_INT(count_descendants(), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_policy_that_demands_them_waits_for_them),
        cmocka_unit_test(a_policy_that_does_not_has_them_when_it_can),
    };
    return cmocka_run_group_tests(tests, enter_namespace, NULL);
}

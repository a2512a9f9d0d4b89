/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "base/own.h"
#include "kernel/privilege.h"
#include "kernel/rlimit.h"
#include "kernel/support.h"

/* The value of a line of /proc/self/status, in hexadecimal; -1: none. */
static long long
status_of(const char *name)
{
    char text[8192];
    cl_autoclose int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    ssize_t n = read(fd, text, sizeof text - 1);
    if (n <= 0) {
        return -1;
    }
    text[n] = '\0';
    const char *line = strstr(text, name);
    return line == NULL ? -1 : (long long)strtoull(line + strlen(name), NULL, 16);
}

static int
try_drop(void *unused)
{
    static const char *const sets[] = {
        "CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:"};
    int line = enter_namespaces(CLONE_NEWNS);
    (void)unused;
    if (line != 0) {
        return line;
    }
    HOLDS(status_of("CapEff:") > 0 && status_of("CapBnd:") > 0);
    HOLDS(cl_privilege_drop_caps(0, NULL) == 0);
    for (size_t i = 0; i < CL_COUNT(sets); i++) {
        HOLDS(status_of(sets[i]) == 0);
    }
    /* Locked, so that uid 0 of the namespace gets nothing back by exec. */
    HOLDS((prctl(PR_GET_SECUREBITS) & 3) == 3);
    HOLDS(unshare(CLONE_NEWNS) < 0 && errno == EPERM);
    return 0;
}

static void
all_capability_sets_are_empty_afterwards(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_drop, NULL));
}

static int
try_flags(void *unused)
{
    (void)unused;
    HOLDS(cl_privilege_no_new_privs(NULL) == 0);
    HOLDS(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
    HOLDS(cl_privilege_set_dumpable(0, NULL) == 0);
    HOLDS(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0);
    return 0;
}

static void
no_new_privs_and_dumpable_are_set(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_flags, NULL));
}

static int
try_rlimits(void *unused)
{
    struct rlimit now;
    (void)unused;
    HOLDS(cl_rlimit_set(0, RLIMIT_NOFILE, 20, NULL) == 0);
    HOLDS(getrlimit(RLIMIT_NOFILE, &now) == 0 && now.rlim_cur == 20 && now.rlim_max == 20);
    /* Never above what is there; UINT64_MAX leaves it. */
    HOLDS(cl_rlimit_set(0, RLIMIT_NOFILE, 40, NULL) == 0);
    HOLDS(cl_rlimit_set(0, RLIMIT_NOFILE, UINT64_MAX, NULL) == 0);
    HOLDS(getrlimit(RLIMIT_NOFILE, &now) == 0 && now.rlim_max == 20);
    HOLDS(cl_rlimit_set(0, 9999, 1, NULL) < 0);
    return 0;
}

static void
a_resource_limit_is_only_ever_lowered(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_rlimits, NULL));
}

static int
try_orphan(void *unused)
{
    (void)unused;
    /* 1 is not our parent: what would say so has died already. */
    HOLDS(cl_privilege_die_with_parent(1, NULL) < 0);
    HOLDS(cl_privilege_die_with_parent(getppid(), NULL) == 0);
    return 0;
}

static void
a_parent_that_is_gone_already_is_noticed(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_orphan, NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_capability_sets_are_empty_afterwards),
        cmocka_unit_test(no_new_privs_and_dumpable_are_set),
        cmocka_unit_test(a_resource_limit_is_only_ever_lowered),
        cmocka_unit_test(a_parent_that_is_gone_already_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

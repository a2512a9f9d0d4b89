/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/own.h"
#include "kernel/landlock.h"
#include "kernel/privilege.h"
#include "kernel/support.h"

static char allowed[] = "/tmp/cloche-landlock-XXXXXX";

struct row {
    int abi;
    unsigned access;
};

static int
confine(const struct row *row, unsigned flags)
{
    cl_autoclose int ruleset = -1;
    HOLDS(cl_privilege_no_new_privs(NULL) == 0);
    HOLDS(cl_landlock_create(row->abi, flags, &ruleset, NULL) == 0);
    HOLDS(cl_landlock_allow(ruleset, row->abi, allowed, row->access, NULL) == 0);
    HOLDS(cl_landlock_allow(ruleset, row->abi, "/no/such/path", row->access, NULL) == 0);
    HOLDS(cl_landlock_restrict(ruleset, NULL) == 0);
    return 0;
}

static int
try_files(void *arg)
{
    const struct row *row = arg;
    int can_write = (row->access & CL_LANDLOCK_WRITE) != 0;
    cl_autoclose int dir = open(allowed, O_PATH | O_DIRECTORY | O_CLOEXEC);
    HOLDS(dir >= 0 && confine(row, 0) == 0);
    cl_autoclose int inside = openat(dir, "present", O_RDONLY | O_CLOEXEC);
    HOLDS((inside >= 0) == ((row->access & CL_LANDLOCK_READ) != 0));
    HOLDS(open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 && errno == EACCES);
    HOLDS(open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC) < 0 && errno == EACCES);
    HOLDS(open("/dev/null", O_WRONLY | O_CLOEXEC) < 0 && errno == EACCES);
    HOLDS(mkdir("/tmp/cloche-landlock-never", 0700) < 0 && errno == EACCES);
    cl_autoclose int made = openat(dir, "made", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    HOLDS((made >= 0) == can_write);
    HOLDS((unlinkat(dir, "made", 0) == 0) == can_write);
    HOLDS((mkdirat(dir, "sub", 0700) == 0) == can_write);
    HOLDS((unlinkat(dir, "sub", AT_REMOVEDIR) == 0) == can_write);
    return 0;
}

static void
what_no_rule_allows_is_refused_at_every_abi(void **state)
{
    (void)state;
    const unsigned accesses[] = {CL_LANDLOCK_READ, CL_LANDLOCK_WRITE,
                                 CL_LANDLOCK_READ | CL_LANDLOCK_WRITE};
    for (int abi = 1; abi <= cl_landlock_abi(); abi++) {
        for (size_t i = 0; i < CL_COUNT(accesses); i++) {
            struct row row = {abi, accesses[i]};
            int line = in_child(try_files, &row);
            if (line != 0) {
                fail_msg("ABI %d, access 0x%x: line %d", abi, accesses[i], line);
            }
        }
    }
}

static int
try_connect(void *arg)
{
    const struct row *row = arg;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(9)};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    HOLDS(confine(row, CL_LANDLOCK_NET) == 0);
    cl_autoclose int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    HOLDS(s >= 0);
    HOLDS(connect(s, (struct sockaddr *)&here, sizeof here) < 0 && errno == EACCES);
    here.sin_port = 0;
    HOLDS(bind(s, (struct sockaddr *)&here, sizeof here) < 0 && errno == EACCES);
    return 0;
}

static void
tcp_is_refused_from_abi_4_on(void **state)
{
    (void)state;
    for (int abi = 4; abi <= cl_landlock_abi(); abi++) {
        struct row row = {abi, CL_LANDLOCK_READ};
        assert_int_equal(in_child(try_connect, &row), 0);
    }
}

static int
try_signal(void *arg)
{
    HOLDS(confine(arg, CL_LANDLOCK_SCOPE) == 0);
    HOLDS(kill(getppid(), 0) < 0 && errno == EPERM);
    HOLDS(kill(getpid(), 0) == 0);
    return 0;
}

static void
signals_stay_inside_from_abi_6_on(void **state)
{
    (void)state;
    for (int abi = 6; abi <= cl_landlock_abi(); abi++) {
        struct row row = {abi, CL_LANDLOCK_READ};
        assert_int_equal(in_child(try_signal, &row), 0);
    }
}

static int
set_up(void **state)
{
    char path[64];
    (void)state;
    if (mkdtemp(allowed) == NULL) {
        return -1;
    }
    (void)snprintf(path, sizeof path, "%s/present", allowed);
    return close(open(path, O_WRONLY | O_CREAT, 0600));
}

static int
tear_down(void **state)
{
    char path[64];
    (void)state;
    (void)snprintf(path, sizeof path, "%s/present", allowed);
    return unlink(path) | rmdir(allowed);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_rule_allows_is_refused_at_every_abi),
        cmocka_unit_test(tcp_is_refused_from_abi_4_on),
        cmocka_unit_test(signals_stay_inside_from_abi_6_on),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

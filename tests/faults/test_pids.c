/* SPDX-License-Identifier: Apache-2.0 */
/*
 * No pids: kernel.pid_max is reached, which each PID namespace has for itself since
 * Linux 6.14, or pids.max of the cgroup that the caller is in.  What cannot be done
 * then is an error that names it, nobody is left behind, and when there are pids again
 * the same engine works.  (A user's processes: test_shortage.c; the kernels on which
 * pid_max is the machine's, and cgroups that are delegated: tests/vm.)
 */
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shortage.h"
#include "support.h"

enum {
    STEPS = 9,
    RESERVED = 300, /* pids that are given out once only: the kernel's RESERVED_PIDS */
    PIDS = 64,      /* and those above them, which are there at a time */
};

static long
read_number(const char *path)
{
    long n = -1;
    FILE *f = fopen(path, "re");
    CHECK(f != NULL && fscanf(f, "%ld", &n) == 1);
    (void)fclose(f);
    return n;
}

static int
write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));
    if (fd >= 0) {
        (void)close(fd);
    }
    return n == (ssize_t)strlen(text) ? 0 : -1;
}

static int
write_number(const char *path, long n)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%ld", n);
    return write_text(path, text);
}

static int
is_root(void)
{
    if (geteuid() == 0) {
        return 1;
    }
    (void)printf("only root can have pids of its own for this\n");
    return 0;
}

/* ---- a PID namespace ----------------------------------------------------- */

static const char pid_max[] = "/proc/sys/kernel/pid_max";

/* In a PID namespace of its own, with an init that reaps; CHECK that it returned. */
static void
in_pid_namespace(void (*function)(void))
{
    int status = 0;
    CHECK(unshare(CLONE_NEWPID | CLONE_NEWNS) == 0);
    CHECK(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
    pid_t init = fork();
    CHECK(init >= 0);
    if (init > 0) {
        CHECK(waitpid(init, &status, 0) == init);
        CHECK_INT(status, 0);
        return;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    CHECK(mount("proc", "/proc", "proc", 0, NULL) == 0);
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        watchdog(60);
        function();
        exit(0);
    }
    while (wait(&status) != pid) { /* and whoever was left */
    }
    _exit(status == 0 ? 0 : 1);
}

static unsigned
count_processes(void)
{
    unsigned n = 0;
    DIR *dir = opendir("/proc");
    CHECK(dir != NULL);
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        n += e->d_name[0] >= '1' && e->d_name[0] <= '9';
    }
    (void)closedir(dir);
    return n;
}

/* What was given out below RESERVED does not come again: past it, the number of pids
 * that are left is known. */
static void
use_up_the_first(void)
{
    for (pid_t pid = 0; pid < RESERVED;) {
        pid = fork();
        CHECK(pid >= 0);
        if (pid == 0) {
            _exit(0);
        }
        CHECK(waitpid(pid, NULL, 0) == pid);
    }
}

static void
reach_pid_max(void)
{
    CHECK(write_number(pid_max, RESERVED + PIDS) == 0);
    use_up_the_first();
    for (unsigned step = 0; step < STEPS; step++) {
        shortage_of_processes(&shortage_by_hogs, step);
    }
    await_count(count_processes, 2, "processes: the init and this");
    shortage_check_both_ways("kernel.pid_max");
}

static long the_machines; /* pid_max, before anything was changed */

/* Lower it by one, where nobody is who could miss that, and see whose it is. */
static void
ask_whose_it_is(void)
{
    CHECK(write_number(pid_max, the_machines - 1) == 0);
}

static void
want_of_pids_of_a_namespace(void)
{
    in_pid_namespace(reach_pid_max);
}

static void
ask_in_a_namespace(void)
{
    in_pid_namespace(ask_whose_it_is);
}

static void
a_pid_max_that_is_reached_is_named(void **state)
{
    (void)state;
    if (!is_root()) {
        skip();
    }
    the_machines = read_number(pid_max);
    in_child(ask_in_a_namespace);
    if (read_number(pid_max) != the_machines) {
        CHECK(write_number(pid_max, the_machines) == 0);
        (void)printf("kernel.pid_max is the whole machine's here, before Linux 6.14\n");
        skip();
    }
    in_child(want_of_pids_of_a_namespace);
}

/* ---- a cgroup ------------------------------------------------------------ */

static char cgroup[64];

static const char *
in_cgroup(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", cgroup, name);
    return path;
}

/* One of our own with the controller, of either version. */
static int
make_cgroup(void)
{
    static const char *const places[] = {"/sys/fs/cgroup/pids", "/sys/fs/cgroup"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        (void)snprintf(cgroup, sizeof cgroup, "%s/test-pids-%d", places[i], getpid());
        if (mkdir(cgroup, 0755) == 0 && access(in_cgroup("pids.max"), W_OK) == 0) {
            return 0;
        }
        (void)rmdir(cgroup);
    }
    (void)printf("no cgroup with the pids controller can be made in /sys/fs/cgroup\n");
    return -1;
}

static void
lower_pids_max(unsigned but_for)
{
    CHECK(write_number(in_cgroup("pids.max"),
                       read_number(in_cgroup("pids.current")) + but_for) == 0);
}

static void
lift_pids_max(void)
{
    CHECK(write_text(in_cgroup("pids.max"), "max") == 0);
}

static void
reach_pids_max(void)
{
    static const struct shortage_way by_limit = {lower_pids_max, lift_pids_max};
    CHECK(write_number(in_cgroup("cgroup.procs"), getpid()) == 0);
    for (unsigned step = 0; step < STEPS; step++) {
        shortage_of_processes(&by_limit, step);
    }
    shortage_check_both_ways("pids.max");
}

static unsigned
count_in_cgroup(void)
{
    return (unsigned)read_number(in_cgroup("pids.current"));
}

static void
a_pids_max_that_is_reached_is_named(void **state)
{
    (void)state;
    if (!is_root() || make_cgroup() < 0) {
        skip();
    }
    in_child(reach_pids_max);
    await_count(count_in_cgroup, 0, "processes in the cgroup"); /* or the init reaps them */
    CHECK(rmdir(cgroup) == 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pid_max_that_is_reached_is_named),
        cmocka_unit_test(a_pids_max_that_is_reached_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

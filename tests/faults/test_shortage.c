/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Something is short, for the caller or for one of its helpers: descriptors,
 * memory, processes, room on disk.  What cannot be done then is an error that
 * names what was short; nothing is left behind; and when the shortage is over,
 * the same engine works.  (One allocation that fails: test_memory.c.)
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shortage.h"
#include "support.h"

enum { STEPS = 11, RUNS = 4, MOST_PROCESSES = 48, STEPS_PROCESSES = 9, MOST_FILES = 100 };

/* ---- limits of one process ----------------------------------------------- */

static unsigned long
status_kib(int pid, const char *name)
{
    char line[256];
    unsigned long kib = 0;
    size_t len = strlen(name);
    (void)snprintf(line, sizeof line, "/proc/%d/status", pid);
    FILE *f = fopen(line, "re");
    CHECK(f != NULL);
    while (fgets(line, sizeof line, f) != NULL) {
        if (strncmp(line, name, len) == 0 && line[len] == ':') {
            kib = strtoul(line + len + 1, NULL, 10);
        }
    }
    (void)fclose(f);
    return kib;
}

static int
first_child(int pid)
{
    char path[64];
    int child = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *f = fopen(path, "re");
    CHECK(f != NULL && fscanf(f, "%d", &child) == 1);
    (void)fclose(f);
    return child;
}

struct shortage {
    const char *name;
    int resource;
    enum { CALLER, LAUNCHER, ZYGOTE } who;
    const char *causes[4]; /* none: it needs nothing that it has not */
};

/* What it uses now and a little more: descriptors, or memory by powers of two. */
static rlim_t
little(int pid, int resource, unsigned step)
{
    char path[64];
    const char *name = resource == RLIMIT_AS ? "VmSize" : "VmData";
    if (resource == RLIMIT_NOFILE) {
        (void)snprintf(path, sizeof path, "/proc/%d/fd", pid);
        return count_entries(path) + step;
    }
    return (status_kib(pid, name) + (step == 0 ? 0 : 8ul << step)) * 1024;
}

static void
be_short(const struct shortage *s, unsigned step)
{
    struct cloche_engine *engine = engine_new();
    enum __rlimit_resource resource = (enum __rlimit_resource)s->resource;
    struct rlimit old;
    struct rlimit limit;
    int pids[8];
    expect_works(engine);
    CHECK(cloche_engine_pids(engine, pids, 8) > 0);
    int pid = s->who == CALLER     ? getpid()
              : s->who == LAUNCHER ? pids[0]
                                   : first_child(pids[0]);
    if (prlimit(pid, resource, NULL, &old) < 0) {
        CHECK(errno == EPERM && geteuid() != 0); /* an interpreter is nobody's but root's */
        shortage_failed = shortage_worked = 1;
        cloche_engine_free(engine);
        return;
    }
    limit = old;
    limit.rlim_cur = little(pid, s->resource, step);
    CHECK(prlimit(pid, resource, &limit, NULL) == 0);
    shortage_try_some(engine, s->causes, s->name);
    if (prlimit(pid, resource, &old, NULL) < 0) {
        CHECK(errno == ESRCH && s->who != CALLER); /* it was replaced */
    }
    expect_works(engine);
    expect_works(engine);
    cloche_engine_free(engine);
    CHECK_INT(count_descendants(), 0);
}

static const struct shortage *the_shortage;

static void
be_short_by_steps(void)
{
    shortage_failed = shortage_worked = 0;
    for (unsigned step = 0; step < STEPS; step++) {
        be_short(the_shortage, step);
    }
    if (the_shortage->causes[0] == NULL) {
        shortage_failed++; /* each other is refused there */
    }
    shortage_check_both_ways(the_shortage->name);
}

#define FILES "Too many open files", "descriptors for them?"
#define MEMORY "Cannot allocate memory", "memory and descriptors for them?"

static void
what_one_process_lacks_is_named(void **state)
{
    static const struct shortage rows[] = {
        {"descriptors of the caller", RLIMIT_NOFILE, CALLER, {FILES}},
        {"descriptors of the launcher", RLIMIT_NOFILE, LAUNCHER, {FILES}},
        {"descriptors of an interpreter", RLIMIT_NOFILE, ZYGOTE, {FILES}},
        {"addresses of the caller", RLIMIT_AS, CALLER, {MEMORY}},
        {"addresses of the launcher", RLIMIT_AS, LAUNCHER, {MEMORY}},
        {"addresses of an interpreter", RLIMIT_AS, ZYGOTE, {NULL}},
        {"memory of the caller", RLIMIT_DATA, CALLER, {MEMORY}},
        {"memory of the launcher", RLIMIT_DATA, LAUNCHER, {MEMORY}},
        {"memory of an interpreter", RLIMIT_DATA, ZYGOTE, {NULL}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        the_shortage = &rows[i];
        in_child(be_short_by_steps);
    }
}

/* ---- an ordinary user of one's own --------------------------------------- */

static int
use_helpers_at(const char *place)
{
    const char *helpers = getenv("CLOCHE_HELPER_DIR");
    CHECK(helpers != NULL && unshare(CLONE_NEWNS) == 0);
    CHECK(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
    CHECK(mount(helpers, place, NULL, MS_BIND, NULL) == 0);
    return setenv("CLOCHE_HELPER_DIR", place, 1);
}

/* ---- processes ----------------------------------------------------------- */

static void
run_out_of_processes(void)
{
    struct rlimit limit = {MOST_PROCESSES, MOST_PROCESSES};
    CHECK(use_helpers_at("/mnt") == 0);
    become_ordinary();
    CHECK(setrlimit(RLIMIT_NPROC, &limit) == 0);
    for (unsigned step = 0; step < STEPS_PROCESSES; step++) {
        shortage_of_processes(&shortage_by_hogs, step);
    }
    shortage_check_both_ways("processes of the user");
}

static void
a_want_of_processes_is_named(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        (void)printf("only root can become a user of its own for this\n");
        skip();
    }
    in_child(run_out_of_processes);
}

/* ---- room on disk -------------------------------------------------------- */

static const char *const places[] = {"/tmp", "/var/tmp", "/dev/shm"};

static void
for_each_filler(void (*act)(const char *path))
{
    char path[64];
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        for (int n = 0; n < MOST_FILES; n++) {
            (void)snprintf(path, sizeof path, "%s/filler-%d", places[i], n);
            act(path);
        }
    }
}

static void
make_filler(const char *path)
{
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    CHECK(fd >= 0 || errno == ENOSPC);
    char page[4096] = {1};
    while (fd >= 0 && write(fd, page, sizeof page) > 0) {
    }
    if (fd >= 0) {
        (void)close(fd);
    }
}

static void
fill_disks(void)
{
    CHECK(use_helpers_at("/mnt") == 0);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        CHECK(mount("tmpfs", places[i], "tmpfs", 0, "size=512k,nr_inodes=64,mode=1777") ==
              0);
    }
    become_ordinary();
    for_each_filler(make_filler);
}

static void
need_no_room(void)
{
    fill_disks();
    struct cloche_engine *engine = engine_new();
    for (int i = 0; i < RUNS; i++) { /* what it writes is in a file system of its own */
        expect(engine, "print(open('/tmp/x', 'w').write('x' * 100000))", CLOCHE_OUTCOME_OK,
               "100000\n");
    }
    cloche_engine_free(engine);
    CHECK_INT(count_descendants(), 0);
}

static void
a_full_disk_is_not_needed(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        (void)printf("only root can fill a file system of its own\n");
        skip();
    }
    in_child(need_no_room);
}

#ifdef CLOCHE_ABLATION
static void
remove_filler(const char *path)
{
    CHECK(unlink(path) == 0 || errno == ENOENT);
}

/* Where a host forbids user namespaces, work directories are the broker's. */
static void
have_no_room(void)
{
    static const char *const no_room[] = {"No space left on device", NULL};
    static const char text[] = "version: 1\nmin_assurance: process\n";
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    char path[64];
    int fd = memfd_create("policy.yaml", MFD_CLOEXEC);
    CHECK(fd >= 0 && write(fd, text, sizeof text - 1) == sizeof text - 1);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    CHECK(setenv("CLOCHE_ABLATE", "user-ns", 1) == 0);
    fill_disks();
    CHECK_OK(cloche_policy_load(path, &policy, NULL, &err), err);
    CHECK_OK(cloche_engine_new(NULL, policy, &engine, &err), err);
    shortage_try_some(engine, no_room, "a full disk");
    for_each_filler(remove_filler);
    shortage_try_some(engine, no_room, "a disk with room");
    for_each_filler(make_filler);
    shortage_try_some(engine, no_room, "a disk that was filled");
    for_each_filler(remove_filler);
    expect_works(engine);
    cloche_engine_free(engine);
    cloche_policy_unref(policy);
    CHECK_INT(count_descendants(), 0);
    CHECK_INT(count_entries("/tmp"), 0);
    shortage_check_both_ways("room for work directories");
}

static void
a_want_of_room_is_named(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        (void)printf("only root can fill a file system of its own\n");
        skip();
    }
    in_child(have_no_room);
}
#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_one_process_lacks_is_named),
        cmocka_unit_test(a_want_of_processes_is_named),
        cmocka_unit_test(a_full_disk_is_not_needed),
#ifdef CLOCHE_ABLATION
        cmocka_unit_test(a_want_of_room_is_named),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

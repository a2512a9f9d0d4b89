/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <cmocka.h>

#include "base/own.h"
#include "kernel/process.h"
#include "kernel/procfs.h"
#include "kernel/support.h"

static int
try_clone(void *unused)
{
    void *tid = cl_process_tid_address(NULL);
    cl_autoclose int pidfd = -1;
    int status = 0;
    (void)unused;
    HOLDS(tid != NULL);
    pid_t pid = cl_process_clone(0, -1, tid, &pidfd, NULL);
    if (pid == 0) {
        /* The C library's cached id is the child's own: else raise() would
         * send its signal to the parent's thread. */
        int is_own = *(pid_t *)tid == (pid_t)syscall(SYS_gettid);
        (void)raise(is_own ? SIGUSR1 : SIGUSR2);
        _exit(0);
    }
    HOLDS(pid > 0 && pidfd >= 0);
    HOLDS(waitpid(pid, &status, 0) == pid);
    HOLDS(WIFSIGNALED(status) && WTERMSIG(status) == SIGUSR1);
    HOLDS(!cl_process_is_alive(pidfd));
    cl_process_kill(pidfd); /* gone already: no failure */
    return 0;
}

static void
a_clone_knows_its_own_thread_id(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_clone, NULL));
}

/* A tree below an init: the cell and a child that left its session. */
static _Noreturn void
cell_main(int report)
{
    pid_t pid = getpid();
    if (fork() == 0) {
        (void)setsid();
        ssize_t n = write(report, &pid, sizeof pid);
        while (n == sizeof pid) {
            (void)pause();
        }
    }
    /* Not the first of its namespace: an unhandled signal ends it. */
    (void)raise(SIGTERM);
    _exit(0);
}

/* In a PID namespace of its own user namespace, as a zygote is. */
static int
try_init_inside(void *unused)
{
    cl_autoclose int init = -1;
    cl_autoclose int cell = -1;
    cl_autoclose int own = (int)syscall(SYS_pidfd_open, getpid(), 0);
    pid_t init_pid = 0;
    pid_t inner = 0;
    int ends[2];
    int status = 0;
    char byte;
    (void)unused;
    unsigned char *stack = mmap(NULL, CL_INIT_STACK, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    HOLDS(stack != MAP_FAILED && pipe(ends) == 0);
    void *tid = cl_process_tid_address(NULL);
    HOLDS(cl_process_init_new(stack + CL_INIT_STACK, &init, &init_pid, NULL) == 0);
    HOLDS(cl_process_enter_pidns(init, NULL) == 0);
    pid_t pid = cl_process_clone(0, -1, tid, &cell, NULL);
    if (pid == 0) {
        (void)close(ends[0]);
        cell_main(ends[1]);
    }
    (void)close(ends[1]);
    HOLDS(pid > 0 && cl_process_enter_pidns(own, NULL) == 0);
    HOLDS(read(ends[0], &inner, sizeof inner) == sizeof inner && inner == 2);
    HOLDS(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
          WTERMSIG(status) == SIGTERM);
    HOLDS(cl_process_is_alive(init));
    /* The init's end is the end of the orphan, too: nobody holds the pipe. */
    cl_process_kill(init);
    HOLDS(read(ends[0], &byte, 1) == 0);
    HOLDS(waitpid(init_pid, NULL, 0) == init_pid);
    return 0;
}

static int
try_init(void *unused)
{
    int line = enter_namespaces(CLONE_NEWPID);
    return line != 0 ? line : in_child(try_init_inside, unused);
}

static void
the_end_of_an_init_is_the_end_of_its_whole_tree(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_init, NULL));
}

static int
sum_tree(uint64_t enough, struct cl_procfs_tree *tree)
{
    return cl_procfs_sum_tree(getpid(), 0, enough, NULL, tree, NULL);
}

static int
try_procfs(void *unused)
{
    cl_autoclose int status = -1;
    struct cl_procfs_memory before = {0};
    struct cl_procfs_memory after = {0};
    struct cl_procfs_tree tree = {0};
    pid_t parent = 0;
    int fds[4];
    uint64_t cpu_ns = 0;
    const size_t size = 32u << 20;
    (void)unused;
    HOLDS(cl_procfs_open_status(getpid(), &status, NULL) == 0);
    HOLDS(cl_procfs_read_parent(status, &parent, NULL) == 0 && parent == getppid());
    HOLDS(cl_procfs_read_memory(status, &before, NULL) == 0);
    unsigned char *bytes =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    HOLDS(bytes != MAP_FAILED);
    memset(bytes, 1, size);
    HOLDS(cl_procfs_read_memory(status, &after, NULL) == 0);
    HOLDS(after.anon_bytes >= before.anon_bytes + size * 9 / 10);
    HOLDS(after.data_bytes >= before.data_bytes + size);
    HOLDS(after.peak_bytes >= after.resident_bytes);
    HOLDS(cl_procfs_cpu_ns(getpid(), &cpu_ns, NULL) == 0 && cpu_ns > 0);
    int n = cl_procfs_descriptors(getpid(), fds, CL_COUNT(fds), NULL);
    HOLDS(n > 3 && fds[0] == 0 && fds[1] == 1 && fds[2] == 2);

    pid_t child = fork();
    if (child == 0) {
        for (;;) {
            (void)pause();
        }
    }
    HOLDS(sum_tree(UINT64_MAX, &tree) == 0 && tree.processes == 2);
    HOLDS(sum_tree(0, &tree) == 0 && tree.processes == 1); /* one is more than enough */
    (void)kill(child, SIGKILL);
    (void)waitpid(child, NULL, 0);
    HOLDS(sum_tree(UINT64_MAX, &tree) == 0 && tree.processes == 1);
    return 0;
}

static void
procfs_tells_memory_descriptors_and_the_tree(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_procfs, NULL));
}

static int
try_reuse(void *unused)
{
    cl_autoclose int status = -1;
    struct cl_procfs_memory memory;
    (void)unused;
    pid_t child = fork();
    if (child == 0) {
        (void)pause();
        _exit(0);
    }
    HOLDS(cl_procfs_open_status(child, &status, NULL) == 0);
    (void)kill(child, SIGKILL);
    (void)waitpid(child, NULL, 0);
    HOLDS(cl_procfs_read_memory(status, &memory, NULL) < 0);
    return 0;
}

static void
the_status_of_a_dead_process_is_never_that_of_another(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_reuse, NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clone_knows_its_own_thread_id),
        cmocka_unit_test(the_end_of_an_init_is_the_end_of_its_whole_tree),
        cmocka_unit_test(procfs_tells_memory_descriptors_and_the_tree),
        cmocka_unit_test(the_status_of_a_dead_process_is_never_that_of_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

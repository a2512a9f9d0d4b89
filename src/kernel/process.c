/* SPDX-License-Identifier: Apache-2.0 */
/* Makes processes; keeps none.  init_main runs in the zygote's memory beside
 * the zygote: it may touch its own stack and nothing else, not even errno. */
#include "kernel/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/own.h"
#include "kernel/abi.h"
#include "kernel/procfs.h"

#ifndef PR_GET_TID_ADDRESS
#define PR_GET_TID_ADDRESS 40
#endif

#define NO_SANITIZER __attribute__((no_sanitize("address", "undefined", "thread")))

NO_SANITIZER static inline long
raw_syscall(long nr, long a, long b, long c, long d)
{
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = nr;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
    return x0;
#else
#error "cloche runs on x86-64 and arm64"
#endif
}

/* The kernel's own struct sigaction, which glibc does not show. */
struct kernel_sigaction {
    unsigned long handler, flags, restorer, mask;
};

NO_SANITIZER static int
init_main(void *unused)
{
    /* never returns; int for clone()'s sake */
    (void)unused;
    /* SIGCHLD ignored: orphans of the tree are reaped by the kernel. */
    struct kernel_sigaction ignore = {.handler = 1 /* SIG_IGN */};
    (void)raw_syscall(SYS_rt_sigaction, SIGCHLD, (long)&ignore, 0, sizeof ignore.mask);
    /* Nothing here may keep a channel, a pipe or a mount open. */
    (void)raw_syscall(SYS_close_range, 0, (long)~0u, 0, 0);
    for (;;) {
        /* ppoll without descriptors: sleeps; arm64 has no pause. */
        (void)raw_syscall(SYS_ppoll, 0, 0, 0, 0);
    }
    return 0;
}

int
cl_process_init_new(void *stack_top, int *pidfd, pid_t *pid, struct cloche_error *err)
{
    int fd = -1;
    /* Not vfork-like: the caller goes on at once.  A fresh descriptor table
     * (no CLONE_FILES), for it closes all of it. */
    int made = clone(init_main, stack_top, CLONE_VM | CLONE_NEWPID | CLONE_PIDFD | SIGCHLD,
                     NULL, &fd, NULL, NULL);
    if (made < 0) {
        return cl_fail_sys(err, errno, "start the init of a PID namespace");
    }
    *pidfd = fd;
    *pid = made;
    return 0;
}

int
cl_process_enter_pidns(int pidfd, struct cloche_error *err)
{
    if (setns(pidfd, CLONE_NEWPID) < 0) {
        return cl_fail_sys(err, errno, "enter a PID namespace");
    }
    return 0;
}

void *
cl_process_tid_address(struct cloche_error *err)
{
    pid_t tid = (pid_t)syscall(SYS_gettid);
    pid_t *address = NULL;
    if (prctl(PR_GET_TID_ADDRESS, &address, 0, 0, 0) == 0 && address != NULL &&
        *address == tid) {
        return address;
    }
    (void)cl_fail(err, CLOCHE_EHOST,
                  "cannot find the C library's cached thread id "
                  "(a kernel without CONFIG_CHECKPOINT_RESTORE, or an unknown C library)");
    return NULL;
}

pid_t
cl_process_clone(uint64_t flags, int cgroup_fd, void *tid_address, int *pidfd,
                 struct cloche_error *err)
{
    int fd = -1;
    struct cl_clone_args args = {
        .flags = flags | CLONE_PIDFD | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID,
        .pidfd = (uintptr_t)&fd,
        .child_tid = (uintptr_t)tid_address,
        .exit_signal = SIGCHLD,
    };
    if (cgroup_fd >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)cgroup_fd;
    }
    long pid = syscall(SYS_clone3, &args, sizeof args);
    if (pid < 0) {
        return cl_fail_sys(err, errno, "clone3");
    }
    if (pid > 0) {
        *pidfd = fd;
    }
    return (pid_t)pid;
}

int
cl_process_kill(int pidfd)
{
    /* ESRCH: gone already, which is what was wanted. */
    return pidfd < 0 || syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0) == 0 ||
                   errno == ESRCH
               ? 0
               : -1;
}

int
cl_process_is_alive(int pidfd)
{
    return pidfd >= 0 && syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0) == 0;
}

/* From the text of /proc, on kernels that cannot be asked directly. */
static int
read_pid(int pidfd, pid_t *pid, struct cloche_error *err)
{
    char path[48];
    char text[512];
    (void)snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd); /* fits */
    cl_autoclose int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (n <= 0) {
        return cl_fail_sys(err, errno, "read '%s'", path);
    }
    text[n] = '\0';
    const char *line = strstr(text, "\nPid:");
    long value = line == NULL ? -1 : strtol(line + 5, NULL, 10);
    if (value <= 0) {
        return cl_fail(err, CLOCHE_ESYS, "a process is gone, or not in this PID namespace");
    }
    *pid = (pid_t)value;
    return 0;
}

int
cl_process_pid(int pidfd, pid_t *pid, pid_t *parent, struct cloche_error *err)
{
    struct cl_pidfd_info info = {0};
    if (ioctl(pidfd, CL_PIDFD_GET_INFO, &info) == 0 && info.tgid != 0) {
        *pid = (pid_t)info.tgid;
        if (parent != NULL) {
            *parent = (pid_t)info.ppid;
        }
        return 0;
    }
    cl_autoclose int status = -1;
    if (read_pid(pidfd, pid, err) < 0) {
        return -1;
    }
    return parent == NULL ? 0
           : cl_procfs_open_status(*pid, &status, err) < 0
               ? -1
               : cl_procfs_read_parent(status, parent, err);
}

int
cl_process_stay(pid_t pid, int cpu, cpu_set_t *was)
{
    cpu_set_t one;
    /* A host with more processors than the set has room for is left alone. */
    if (cpu < 0 || cpu >= CPU_SETSIZE || sched_getaffinity(pid, sizeof *was, was) < 0 ||
        !CPU_ISSET(cpu, was) || CPU_COUNT(was) == 1) {
        return 0;
    }
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    return sched_setaffinity(pid, sizeof one, &one) == 0;
}

/* How many threads had to be told. */
static int
let_threads_roam(pid_t pid, const cpu_set_t *was)
{
    char path[48];
    int told = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/task", pid); /* fits */
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return 0; /* gone */
    }
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        pid_t tid = (pid_t)strtol(e->d_name, NULL, 10);
        cpu_set_t now;
        if (tid > 0 && sched_getaffinity(tid, sizeof now, &now) == 0 &&
            !CPU_EQUAL(&now, was) && sched_setaffinity(tid, sizeof *was, was) == 0) {
            told++;
        }
    }
    (void)closedir(dir);
    return told;
}

void
cl_process_let_go(pid_t pid, const cpu_set_t *was)
{
    (void)sched_setaffinity(pid, sizeof *was, was); /* speed only */
}

int
cl_process_roam(pid_t pid, const cpu_set_t *was)
{
    enum { PASSES = 8 }; /* a thread that was not told yet may have made another */
    int passes = 0;
    while (passes < PASSES && let_threads_roam(pid, was) > 0) {
        passes++;
    }
    return passes > 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each filter answers to each call, written by hand from the design and
 * not from the table: rows of kind, options, call, arguments and answer, each
 * asked of the built program.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/own.h"
#include "filters.h"
#include "kernel/seccomp_numbers.h"
#include "kernel/seccomp_table.h"

#define YES SECCOMP_RET_ALLOW
#define TOLD SECCOMP_RET_USER_NOTIF
#define KILLED SECCOMP_RET_KILL_PROCESS
#define REFUSED SECCOMP_RET_TRACE
#define NO(e) (SECCOMP_RET_ERRNO | (e))

/* What a hostile caller leaves in the half that the kernel does not read. */
#define JUNK UINT64_C(0xdeadbeef00000000)
#define NEG(x) ((uint64_t)(int64_t)(x))

struct row {
    int line;
    int kind;
    unsigned options;
    uint32_t expected;
    int nr; /* below 0: not on this architecture */
    const char *call;
    uint64_t args[6];
};

#define R(kind, options, expected, call, ...)                                              \
    {                                                                                      \
        __LINE__, kind, options, expected, SCMP_SYS(call), #call,                          \
        {                                                                                  \
            __VA_ARGS__                                                                    \
        }                                                                                  \
    }

static uint32_t
ask(int kind, unsigned options, int nr, const uint64_t args[6])
{
    struct seccomp_data data = {.nr = nr, .arch = CL_SECCOMP_ARCH};
    for (int i = 0; i < 6; i++) {
        data.args[i] = args[i];
    }
    return simulator_run(filters_get((enum cl_seccomp_kind)kind, options), &data);
}

static void
check_rows(const struct row *rows, size_t n)
{
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[i];
        if (r->nr < 0) {
            continue;
        }
        uint32_t got = ask(r->kind, r->options, r->nr, r->args);
        if (got != r->expected) {
            print_error("line %d: kind %d, options %#x, %s(%#llx, %#llx, %#llx, %#llx): "
                        "expected %s, got %s\n",
                        r->line, r->kind, r->options, r->call,
                        (unsigned long long)r->args[0], (unsigned long long)r->args[1],
                        (unsigned long long)r->args[2], (unsigned long long)r->args[3],
                        simulator_name(r->expected), simulator_name(got));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* Calls that get the same answer whatever their arguments are. */
static void
check_calls(int line, int kind, unsigned options, uint32_t expected, const int *nrs,
            size_t n)
{
    static const uint64_t arguments[][6] = {
        {0},
        {1, 2, 3, 4, 5, 6},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
        {JUNK, JUNK, JUNK, JUNK, JUNK, JUNK},
    };
    for (size_t i = 0; i < n; i++) {
        for (size_t a = 0; nrs[i] >= 0 && a < CL_COUNT(arguments); a++) {
            uint32_t got = ask(kind, options, nrs[i], arguments[a]);
            if (got != expected) {
                const char *name;
                (void)cl_seccomp_find(nrs[i], &name);
                fail_msg("line %d: kind %d, options %#x, %s (%d): expected %s, got %s",
                         line, kind, options, name != NULL ? name : "?", nrs[i],
                         simulator_name(expected), simulator_name(got));
            }
        }
    }
}

#define N(call) SCMP_SYS(call)
#define CHECK_CALLS(kind, options, expected, ...)                                          \
    do {                                                                                   \
        static const int nrs_[] = {__VA_ARGS__};                                           \
        check_calls(__LINE__, kind, options, expected, nrs_, CL_COUNT(nrs_));              \
    } while (0)

static void
what_everybody_may_is_allowed_with_any_arguments(void **state)
{
    (void)state;
    static const struct {
        int kind;
        unsigned options;
    } filters[] = {
        {CELL, 0},
        {CELL, NO_NS | SHARED | LISTENER},
        {CELL, ALL_OPTIONS},
        {TRUSTED, 0},
        {TRUSTED, INET | LISTENER},
        {ZYGOTE, 0},
        {ZYGOTE, NO_NS | SHARED},
    };
    for (size_t i = 0; i < CL_COUNT(filters); i++) {
        CHECK_CALLS(
            filters[i].kind, filters[i].options, YES, N(read), N(write), N(close), N(fstat),
            N(lseek), N(munmap), N(mprotect), N(brk), N(rt_sigaction), N(rt_sigprocmask),
            N(rt_sigreturn), N(pread64), N(pwrite64), N(readv), N(writev), N(sched_yield),
            N(mremap), N(dup), N(dup3), N(nanosleep), N(getpid), N(gettid), N(getuid),
            N(exit), N(exit_group), N(wait4), N(uname), N(getcwd), N(chdir), N(umask),
            N(futex), N(epoll_create1), N(epoll_ctl), N(epoll_pwait), N(ppoll), N(pselect6),
            N(pipe2), N(eventfd2), N(getdents64), N(statx), N(newfstatat), N(faccessat2),
            N(readlinkat), N(clock_gettime), N(clock_nanosleep), N(timer_create),
            N(setitimer), N(getrandom), N(rseq), N(set_robust_list), N(set_tid_address),
            N(sigaltstack), N(close_range), N(copy_file_range), N(sendfile), N(splice),
            N(fallocate), N(ftruncate), N(fsync), N(recvmsg), N(recvfrom), N(getsockopt),
            N(shutdown), N(getrlimit), N(getrusage), N(times), N(sysinfo),
            N(timerfd_create), N(signalfd4), N(restart_syscall), N(getcpu), N(stat),
            N(poll), N(select), N(access), N(pipe), N(dup2), N(readlink), N(time),
            N(epoll_wait), N(futex_waitv), N(futex_wake), N(mseal), N(getxattrat));
    }
}

static void
what_a_zygote_needs_to_make_cells_it_may(void **state)
{
    (void)state;
    CHECK_CALLS(ZYGOTE, 0, YES, N(setns), N(clone), N(clone3), N(unshare), N(fsopen),
                N(fsconfig), N(fsmount), N(open_tree), N(move_mount), N(mount_setattr),
                N(mount), N(umount2), N(pivot_root), N(sethostname), N(setresuid),
                N(setresgid), N(setgroups), N(capset), N(landlock_create_ruleset),
                N(landlock_add_rule), N(landlock_restrict_self), N(prlimit64), N(setrlimit),
                N(seccomp), N(recvmsg), N(waitid), N(pidfd_send_signal), N(memfd_create),
                N(execve), N(execveat), N(kill), N(tgkill), N(fchown), N(chown), N(mkdirat),
                N(unlinkat), N(symlinkat), N(fchmod), N(setxattr), N(bind), N(connect),
                N(accept4), N(vfork), N(fork), N(setsid), N(setpgid), N(flock),
                N(inotify_add_watch), N(mlock));
    CHECK_CALLS(ZYGOTE, NO_NS | SHARED, YES, N(pidfd_send_signal), N(clone3), N(seccomp),
                N(landlock_restrict_self), N(prlimit64));
}

static void
what_nobody_needs_a_zygote_is_refused_without_a_word(void **state)
{
    (void)state;
    CHECK_CALLS(ZYGOTE, 0, REFUSED, N(ptrace), N(process_vm_readv), N(process_vm_writev),
                N(pidfd_getfd), N(kcmp), N(bpf), N(userfaultfd), N(perf_event_open),
                N(open_by_handle_at), N(name_to_handle_at), N(kexec_load),
                N(kexec_file_load), N(init_module), N(finit_module), N(delete_module),
                N(io_uring_setup), N(io_uring_enter), N(io_uring_register), N(reboot),
                N(swapon), N(swapoff), N(add_key), N(request_key), N(iopl), N(ioperm),
                N(quotactl), N(syslog), N(acct), N(settimeofday), N(clock_settime),
                N(fanotify_init), N(shmget), N(semget), N(msgget), N(chroot), N(move_pages),
                N(open_tree_attr), N(modify_ldt), N(vmsplice));
}

static void
attacks_end_a_cell(void **state)
{
    (void)state;
    static const struct {
        unsigned options;
        uint32_t expected;
    } filters[] = {
        {0, KILLED},         {ALL_OPTIONS & ~LISTENER, KILLED}, {LISTENER, TOLD},
        {ALL_OPTIONS, TOLD}, {NO_NS | SHARED | LISTENER, TOLD},
    };
    for (size_t i = 0; i < CL_COUNT(filters); i++) {
        CHECK_CALLS(CELL, filters[i].options, filters[i].expected, N(ptrace),
                    N(process_vm_readv), N(process_vm_writev), N(pidfd_getfd),
                    N(userfaultfd), N(open_by_handle_at), N(init_module), N(finit_module),
                    N(delete_module), N(kexec_load), N(kexec_file_load), N(iopl), N(ioperm),
                    N(bpf), N(reboot), N(swapon), N(swapoff), N(mount), N(umount2),
                    N(pivot_root), N(fsopen), N(fsconfig), N(fsmount), N(fspick),
                    N(open_tree), N(move_mount), N(mount_setattr), N(setns),
                    N(open_tree_attr));
        CHECK_CALLS(TRUSTED, filters[i].options, filters[i].expected, N(ptrace),
                    N(process_vm_readv), N(process_vm_writev), N(pidfd_getfd),
                    N(userfaultfd), N(open_by_handle_at), N(init_module), N(finit_module),
                    N(delete_module), N(kexec_load), N(kexec_file_load), N(iopl),
                    N(ioperm));
    }
}

static void
refusals_that_are_explained_are_errnos_without_a_listener(void **state)
{
    (void)state;
    static const struct {
        unsigned options;
        uint32_t expected;
    } filters[] = {{0, NO(EPERM)}, {LISTENER, TOLD}, {FILES | THREADS | LISTENER, TOLD}};
    for (size_t i = 0; i < CL_COUNT(filters); i++) {
        CHECK_CALLS(CELL, filters[i].options, filters[i].expected, N(fork), N(vfork),
                    N(execve), N(execveat), N(memfd_create), N(shmget), N(semget),
                    N(msgget), N(perf_event_open), N(chroot), N(kcmp), N(add_key),
                    N(request_key), N(keyctl), N(landlock_create_ruleset),
                    N(landlock_add_rule), N(landlock_restrict_self));
        CHECK_CALLS(TRUSTED, filters[i].options, filters[i].expected, N(memfd_create),
                    N(shmget), N(perf_event_open), N(chroot), N(mount), N(umount2),
                    N(setns), N(pivot_root), N(bpf), N(reboot), N(keyctl));
    }
}

static void
known_and_harmless_calls_fail_quietly(void **state)
{
    (void)state;
    static const unsigned options[] = {0, LISTENER, ALL_OPTIONS};
    for (size_t i = 0; i < CL_COUNT(options); i++) {
        CHECK_CALLS(CELL, options[i], NO(EPERM), N(setuid), N(setgid), N(setreuid),
                    N(setresuid), N(setresgid), N(setgroups), N(setfsuid), N(capset),
                    N(setrlimit), N(chown), N(fchown), N(lchown), N(fchownat), N(setxattr),
                    N(fsetxattr), N(removexattr), N(mlock), N(mlock2), N(mlockall),
                    N(settimeofday), N(clock_settime), N(adjtimex), N(clock_adjtime),
                    N(sethostname), N(setdomainname), N(syslog), N(acct), N(vhangup),
                    N(quotactl), N(fanotify_init), N(fanotify_mark), N(name_to_handle_at),
                    N(set_mempolicy), N(mbind), N(move_pages), N(migrate_pages), N(sync),
                    N(sched_setaffinity), N(sched_setscheduler), N(sched_setparam),
                    N(sched_setattr), N(ioprio_set));
        CHECK_CALLS(CELL, options[i], NO(ENOSYS), N(clone3), N(io_uring_setup),
                    N(io_uring_enter), N(io_uring_register), N(io_setup), N(pkey_alloc),
                    N(pkey_mprotect), N(modify_ldt), N(memfd_secret), N(vmsplice),
                    N(cachestat), N(mq_open), N(process_madvise), N(process_mrelease),
                    N(inotify_init), N(inotify_init1), N(inotify_add_watch));
        CHECK_CALLS(TRUSTED, options[i], NO(ENOSYS), N(clone3), N(io_uring_setup),
                    N(openat2), N(landlock_create_ruleset));
    }
}

static void
files_change_only_where_there_are_files(void **state)
{
    (void)state;
    CHECK_CALLS(CELL, LISTENER, NO(EROFS), N(unlink), N(unlinkat), N(rename), N(renameat2),
                N(mkdir), N(mkdirat), N(rmdir), N(symlink), N(symlinkat), N(link),
                N(linkat), N(truncate), N(utimensat), N(chmod), N(fchmod), N(fchmodat),
                N(fchmodat2));
    CHECK_CALLS(CELL, FILES, YES, N(unlink), N(unlinkat), N(rename), N(renameat2), N(mkdir),
                N(mkdirat), N(rmdir), N(symlink), N(symlinkat), N(link), N(linkat),
                N(truncate), N(utimensat), N(chmod), N(fchmod), N(fchmodat), N(fchmodat2));
    CHECK_CALLS(TRUSTED, 0, YES, N(unlink), N(renameat2), N(mkdirat), N(chown), N(fchownat),
                N(setxattr), N(execve), N(fork), N(vfork), N(setresuid), N(setrlimit),
                N(mlock), N(inotify_init1), N(kill), N(pidfd_open), N(sync),
                N(sched_setaffinity), N(flock));
}

#define THREAD                                                                             \
    (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |    \
     CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)
#define FORK (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD)
#define VFORK (CLONE_VM | CLONE_VFORK | SIGCHLD)

static const struct row clone_rows[] = {
    /* glibc, musl (which still sets CLONE_DETACHED) and Go */
    R(CELL, THREADS, YES, clone, THREAD),
    R(CELL, THREADS, YES, clone, THREAD | CLONE_DETACHED),
    R(CELL, THREADS, YES, clone, THREAD & ~(CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)),
    R(CELL, THREADS, YES, clone, 0x50f00),
    R(TRUSTED, 0, YES, clone, THREAD),
    R(CELL, 0, NO(EAGAIN), clone, THREAD),
    R(CELL, PROCESSES, NO(EAGAIN), clone, THREAD),
    R(CELL, LISTENER, TOLD, clone, THREAD),
    /* not quite a thread */
    R(CELL, THREADS, NO(EPERM), clone, THREAD & ~CLONE_SIGHAND),
    R(CELL, THREADS, NO(EPERM), clone, THREAD & ~CLONE_VM),
    R(CELL, THREADS, NO(EPERM), clone, THREAD & ~CLONE_FILES),
    R(CELL, THREADS, NO(EPERM), clone, THREAD & ~CLONE_FS),
    R(CELL, THREADS, NO(EPERM), clone, THREAD & ~CLONE_THREAD),
    R(CELL, THREADS, NO(EPERM), clone, THREAD | CLONE_PARENT),
    R(CELL, THREADS, NO(EPERM), clone, THREAD | CLONE_PTRACE),
    R(CELL, THREADS, NO(EPERM), clone, THREAD | CLONE_UNTRACED),
    R(CELL, THREADS, NO(EPERM), clone, THREAD | CLONE_VFORK),
    R(CELL, THREADS, NO(EPERM), clone, THREAD | SIGCHLD),
    R(CELL, THREADS, KILLED, clone, THREAD | CLONE_NEWUSER),
    R(CELL, THREADS, KILLED, clone, THREAD | CLONE_NEWNET),
    R(CELL, THREADS, NO(EPERM), clone, JUNK | THREAD),
    R(CELL, THREADS, NO(EPERM), clone, UINT64_C(1) << 32 | THREAD),
    R(CELL, THREADS, NO(EPERM), clone, UINT64_C(1) << 33 | THREAD),
    R(CELL, THREADS, NO(EPERM), clone, 0),
    /* processes */
    R(CELL, PROCESSES, YES, clone, FORK),
    R(CELL, PROCESSES, YES, clone, VFORK),
    R(CELL, PROCESSES, YES, clone, SIGCHLD),
    R(CELL, PROCESSES, YES, clone, FORK | CLONE_PIDFD),
    R(CELL, PROCESSES, YES, clone, FORK | CLONE_PARENT_SETTID | CLONE_SETTLS),
    R(TRUSTED, 0, YES, clone, FORK),
    R(TRUSTED, 0, YES, clone, VFORK),
    R(CELL, 0, NO(EPERM), clone, FORK),
    R(CELL, THREADS, NO(EPERM), clone, FORK),
    R(CELL, THREADS, NO(EPERM), clone, VFORK),
    R(CELL, THREADS | LISTENER, TOLD, clone, FORK),
    R(CELL, PROCESSES, NO(EPERM), clone, FORK | CLONE_PARENT),
    R(CELL, PROCESSES, NO(EPERM), clone, FORK | CLONE_PTRACE),
    R(CELL, PROCESSES, NO(EPERM), clone, FORK | CLONE_UNTRACED),
    R(CELL, PROCESSES, NO(EPERM), clone, SIGKILL),
    R(CELL, PROCESSES, NO(EPERM), clone, JUNK | FORK),
    R(CELL, PROCESSES, KILLED, clone, FORK | CLONE_NEWUSER),
    R(CELL, PROCESSES, KILLED, clone, FORK | CLONE_NEWNS),
    R(CELL, PROCESSES, KILLED, clone, FORK | CLONE_NEWPID),
    R(CELL, PROCESSES, KILLED, clone, FORK | CLONE_NEWNET),
    R(CELL, PROCESSES, KILLED, clone, FORK | CLONE_NEWIPC),
    R(CELL, PROCESSES, KILLED, clone, FORK | CLONE_NEWUTS),
    R(CELL, PROCESSES, KILLED, clone, FORK | CLONE_NEWCGROUP),
    R(CELL, PROCESSES, KILLED, clone, JUNK | FORK | CLONE_NEWUSER),
    R(CELL, PROCESSES | LISTENER, TOLD, clone, FORK | CLONE_NEWUSER),
    R(CELL, 0, KILLED, clone, CLONE_NEWUSER),
    R(TRUSTED, 0, NO(EPERM), clone, FORK | CLONE_NEWUSER),
    R(TRUSTED, LISTENER, TOLD, clone, FORK | CLONE_NEWNS),
    R(TRUSTED, 0, NO(EPERM), clone, FORK | CLONE_PARENT),
    R(ZYGOTE, 0, YES, clone, FORK | CLONE_NEWUSER | CLONE_NEWPID),
    R(ZYGOTE, 0, YES, clone, CLONE_VM | CLONE_NEWPID | CLONE_PIDFD | SIGCHLD),
    R(CELL, 0, KILLED, unshare, CLONE_NEWUSER),
    R(CELL, 0, KILLED, unshare, CLONE_NEWNS | CLONE_FS),
    R(CELL, ALL_OPTIONS, TOLD, unshare, CLONE_NEWNET),
    R(CELL, 0, KILLED, unshare, 0x80 /* CLONE_NEWTIME */),
    R(CELL, 0, KILLED, unshare, JUNK),
    R(CELL, 0, YES, unshare, CLONE_FS),
    R(CELL, 0, YES, unshare, CLONE_FILES | CLONE_FS | CLONE_SYSVSEM),
    R(TRUSTED, LISTENER, TOLD, unshare, CLONE_NEWUSER),
    R(TRUSTED, 0, YES, unshare, 0),
    R(ZYGOTE, 0, YES, unshare, CLONE_NEWUSER),
};

static const struct row process_rows[] = {
    /* with processes */
    R(CELL, PROCESSES, YES, execve, 1),
    R(CELL, PROCESSES, YES, execveat, 1),
    R(CELL, PROCESSES, YES, fork, 0),
    R(CELL, PROCESSES, YES, vfork, 0),
    R(CELL, PROCESSES | LISTENER, NO(ENOSYS), clone3, 1, 88),
    R(ZYGOTE, 0, YES, clone3, 1, 88),
    /* another's pid */
    R(CELL, 0, YES, kill, 17, SIGTERM),
    R(CELL, 0, YES, kill, NEG(-1), SIGKILL),
    R(CELL, 0, YES, tgkill, 17, 17, SIGABRT),
    R(CELL, 0, YES, pidfd_open, 17),
    R(CELL, 0, YES, pidfd_send_signal, 3, 9),
    R(CELL, 0, YES, rt_sigqueueinfo, 17, 9),
    R(CELL, NO_NS, YES, kill, 0, SIGTERM),
    R(CELL, NO_NS, YES, kill, JUNK, SIGTERM),
    R(CELL, NO_NS, NO(EPERM), kill, 17, SIGTERM),
    R(CELL, NO_NS, NO(EPERM), kill, JUNK | 17, SIGTERM),
    R(CELL, NO_NS, NO(EPERM), kill, NEG(-1), SIGKILL),
    R(CELL, NO_NS, NO(EPERM), kill, 0xffffffff, SIGKILL),
    R(CELL, NO_NS, NO(EPERM), tkill, 17, 9),
    R(CELL, NO_NS, NO(EPERM), tgkill, 17, 17, SIGABRT),
    R(CELL, NO_NS, NO(EPERM), rt_sigqueueinfo, 17, 9),
    R(CELL, NO_NS, NO(EPERM), rt_tgsigqueueinfo, 17, 17, 9),
    R(CELL, NO_NS, NO(EPERM), pidfd_open, 17),
    R(CELL, NO_NS, NO(EPERM), pidfd_send_signal, 3, 9),
    R(CELL, NO_NS | LISTENER, TOLD, kill, 17, SIGTERM),
    R(TRUSTED, NO_NS | LISTENER, TOLD, kill, 17, SIGTERM),
    R(TRUSTED, NO_NS, YES, kill, 0, SIGTERM),
    R(ZYGOTE, 0, YES, kill, 17, SIGTERM),
    R(ZYGOTE, NO_NS, REFUSED, kill, 17, SIGTERM),
    R(ZYGOTE, NO_NS, REFUSED, pidfd_open, 17),
    R(ZYGOTE, NO_NS, YES, kill, 0, SIGTERM),
    R(CELL, NO_NS, YES, getpgid, 0),
    R(CELL, NO_NS, NO(ESRCH), getpgid, 1),
    R(CELL, NO_NS, NO(ESRCH), getsid, 1),
    R(CELL, NO_NS, NO(ESRCH), setpgid, 1),
    R(CELL, NO_NS, YES, setpgid, 0, 0),
    R(CELL, NO_NS, NO(ESRCH), sched_getscheduler, 1),
    R(CELL, NO_NS, NO(ESRCH), sched_getparam, 1),
    R(CELL, NO_NS, NO(ESRCH), sched_rr_get_interval, 1),
    R(CELL, NO_NS, NO(ESRCH), sched_getattr, 1),
    R(CELL, NO_NS, NO(ENOSYS), sched_getaffinity, 1),
    R(CELL, NO_NS, YES, sched_getaffinity, 0),
    R(CELL, 0, YES, sched_getaffinity, 1),
    R(CELL, 0, YES, getsid, 1),
    /* scheduling */
    R(CELL, 0, NO(EPERM), sched_setaffinity, 0),
    R(TRUSTED, 0, YES, sched_setaffinity, 17),
    R(TRUSTED, NO_NS, YES, sched_setaffinity, 0),
    R(TRUSTED, NO_NS, NO(EPERM), sched_setaffinity, 17),
    R(CELL, 0, YES, setpriority, PRIO_PROCESS, 0, 5),
    R(CELL, 0, YES, getpriority, PRIO_PROCESS, 0),
    R(CELL, 0, NO(EPERM), setpriority, PRIO_USER, 0, 19),
    R(CELL, 0, NO(EPERM), setpriority, PRIO_PGRP, 0, 19),
    R(CELL, 0, NO(EPERM), setpriority, PRIO_PROCESS, 1, 19),
    R(CELL, 0, NO(EPERM), setpriority, JUNK | PRIO_USER, 0, 19),
    R(TRUSTED, 0, YES, setpriority, PRIO_USER, 0, 19),
    R(TRUSTED, NO_NS, NO(EPERM), setpriority, PRIO_USER, 0, 19),
    /* limits */
    R(CELL, 0, YES, prlimit64, 0, RLIMIT_NOFILE, 0, 1),
    R(CELL, 0, YES, prlimit64, 17, RLIMIT_NOFILE, 0, 1),
    R(CELL, 0, NO(EPERM), prlimit64, 0, RLIMIT_NOFILE, 1, 0),
    R(CELL, ALL_OPTIONS, NO(EPERM), prlimit64, 0, RLIMIT_CPU, JUNK, 0),
    R(CELL, 0, NO(EPERM), prlimit64, 0, RLIMIT_NPROC, 0x7ffdeadbeef0, 0),
    R(CELL, NO_NS, NO(EPERM), prlimit64, 17, RLIMIT_NOFILE, 0, 1),
    R(CELL, NO_NS, YES, prlimit64, JUNK, RLIMIT_NOFILE, 0, 1),
    R(TRUSTED, 0, YES, prlimit64, 0, RLIMIT_NOFILE, 1, 0),
    R(TRUSTED, NO_NS, YES, prlimit64, 0, RLIMIT_NOFILE, 1, 0),
    R(TRUSTED, NO_NS, NO(EPERM), prlimit64, 17, RLIMIT_NOFILE, 1, 0),
    R(ZYGOTE, NO_NS, YES, prlimit64, 17, RLIMIT_NOFILE, 1, 0),
    R(CELL, 0, YES, membarrier, 0),
    R(CELL, 0, YES, membarrier, 8),
    R(CELL, 0, YES, membarrier, 16),
    R(CELL, 0, NO(EINVAL), membarrier, 1),
    R(CELL, 0, NO(EINVAL), membarrier, 2),
    R(CELL, 0, NO(EINVAL), membarrier, JUNK | 2),
};

static const struct row memory_rows[] = {
    R(CELL, 0, YES, mmap, 0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS),
    R(CELL, 0, YES, mmap, 0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK),
    R(CELL, 0, YES, mmap, 0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE),
    R(CELL, 0, YES, mmap, 0, 4096, 3, MAP_SHARED, 3),
    R(CELL, 0, YES, mmap, 0, 4096, 3, MAP_PRIVATE, 3),
    R(CELL, 0, NO(EPERM), mmap, 0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS),
    R(CELL, 0, NO(EPERM), mmap, 0, 4096, 3, MAP_SHARED_VALIDATE | MAP_ANONYMOUS),
    R(CELL, 0, NO(EPERM), mmap, 0, 4096, 3, JUNK | MAP_SHARED | MAP_ANONYMOUS),
    R(CELL, 0, NO(EPERM), mmap, 0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE),
    R(CELL, LISTENER, TOLD, mmap, 0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS),
    R(CELL, PROCESSES, YES, mmap, 0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS),
    R(TRUSTED, 0, YES, mmap, 0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS),
    R(CELL, 0, NO(EPERM), mmap, 0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN),
    R(CELL, PROCESSES, NO(EPERM), mmap, 0, 9, 3, MAP_PRIVATE | MAP_ANON | MAP_GROWSDOWN),
    R(CELL, 0, NO(ENOMEM), mmap, 0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB),
    R(TRUSTED, 0, NO(ENOMEM), mmap, 0, 9, 3, MAP_SHARED | MAP_ANONYMOUS | MAP_HUGETLB),
    R(CELL, 0, YES, madvise, 1, 4096, MADV_DONTNEED),
    R(CELL, 0, YES, madvise, 1, 4096, MADV_HUGEPAGE),
    R(CELL, 0, YES, madvise, 1, 4096, MADV_FREE),
    R(CELL, 0, NO(EINVAL), madvise, 1, 4096, MADV_MERGEABLE),
    R(CELL, 0, NO(EINVAL), madvise, 1, 4096, JUNK | MADV_MERGEABLE),
    R(TRUSTED, 0, NO(EINVAL), madvise, 1, 4096, MADV_MERGEABLE),
    R(CELL, 0, NO(EPERM), madvise, 1, 4096, MADV_HWPOISON),
    R(CELL, 0, NO(ENOSYS), mincore, 1, 2, 3),
    R(TRUSTED, 0, YES, mincore, 1, 2, 3),
    R(CELL, 0, YES, personality, 0xffffffff),
    R(CELL, 0, YES, personality, UINT64_MAX),
    R(CELL, 0, YES, personality, JUNK | 0xffffffff),
    R(CELL, 0, YES, personality, 0),
    R(CELL, 0, NO(EPERM), personality, 0x0040000),
    R(CELL, 0, NO(EPERM), personality, JUNK | 0x0040000),
    R(CELL, 0, NO(EPERM), personality, 8),
    R(CELL, 0, YES, arch_prctl, 0x1002),
    R(CELL, 0, YES, arch_prctl, 0x1003),
    R(CELL, 0, YES, arch_prctl, 0x3001),
    R(CELL, 0, YES, arch_prctl, 0x5001),
    R(CELL, 0, NO(EINVAL), arch_prctl, 0x1012),
    R(CELL, 0, NO(EINVAL), arch_prctl, 0x2003),
    R(CELL, 0, NO(EINVAL), arch_prctl, 0x5004),
    R(CELL, 0, NO(EINVAL), arch_prctl, JUNK | 0x1012),
};

static const struct row fcntl_rows[] = {
    R(CELL, 0, YES, fcntl, 3, F_DUPFD),
    R(CELL, 0, YES, fcntl, 3, F_GETFD),
    R(CELL, 0, YES, fcntl, 3, F_SETFD, FD_CLOEXEC),
    R(CELL, 0, YES, fcntl, 3, F_GETFL),
    R(CELL, 0, YES, fcntl, 3, F_SETFL, O_NONBLOCK),
    R(CELL, 0, YES, fcntl, 3, F_DUPFD_CLOEXEC, 64),
    R(CELL, 0, YES, fcntl, 3, JUNK | F_DUPFD_CLOEXEC, 64),
    R(CELL, 0, YES, fcntl, 3, F_GETPIPE_SZ),
    R(CELL, 0, YES, fcntl, 3, F_GET_SEALS),
    R(CELL, 0, YES, fcntl, 3, F_SETLK),
    R(CELL, 0, YES, fcntl, 3, F_SETLKW),
    R(CELL, 0, YES, fcntl, 3, F_GETLK),
    R(CELL, 0, YES, fcntl, 3, F_OFD_SETLK),
    R(CELL, SHARED, NO(ENOLCK), fcntl, 3, F_SETLK),
    R(CELL, SHARED, NO(ENOLCK), fcntl, 3, F_SETLKW),
    R(CELL, SHARED, NO(ENOLCK), fcntl, 3, F_GETLK),
    R(CELL, SHARED, NO(ENOLCK), fcntl, 3, F_OFD_GETLK),
    R(CELL, SHARED, NO(ENOLCK), fcntl, 3, F_OFD_SETLK),
    R(CELL, SHARED, NO(ENOLCK), fcntl, 3, JUNK | F_OFD_SETLKW),
    R(CELL, 0, NO(EPERM), fcntl, 3, F_SETPIPE_SZ, 1 << 20),
    R(CELL, 0, NO(EPERM), fcntl, 3, JUNK | F_SETPIPE_SZ, 1 << 20),
    R(TRUSTED, 0, NO(EPERM), fcntl, 3, F_SETPIPE_SZ, 1 << 20),
    R(CELL, 0, NO(EPERM), fcntl, 3, F_SETLEASE),
    R(CELL, 0, NO(EPERM), fcntl, 3, F_NOTIFY),
    R(CELL, 0, NO(EPERM), fcntl, 3, F_SETSIG),
    R(CELL, 0, NO(EPERM), fcntl, 3, F_SETOWN, 1),
    R(CELL, 0, NO(EPERM), fcntl, 3, F_SETOWN_EX, 1),
    R(TRUSTED, 0, YES, fcntl, 3, F_SETLEASE),
    R(TRUSTED, SHARED, NO(EPERM), fcntl, 3, F_SETLEASE),
    R(TRUSTED, 0, YES, fcntl, 3, F_SETOWN, 1),
    R(TRUSTED, NO_NS, NO(EPERM), fcntl, 3, F_SETOWN, 1),
    R(CELL, 0, NO(EINVAL), fcntl, 3, 4711),
    R(CELL, 0, NO(EINVAL), fcntl, 3, UINT64_MAX),
    R(CELL, 0, YES, flock, 3, 2),
    R(CELL, SHARED, NO(ENOLCK), flock, 3, 2),
    /* one process: success, and no lock that a sibling could see */
    R(CELL, CL_SECCOMP_ALONE, NO(0), flock, 3, 2),
    R(CELL, CL_SECCOMP_ALONE, YES, fcntl, 3, F_GETLK),
    R(CELL, CL_SECCOMP_ALONE, NO(0), fcntl, 3, F_SETLK),
    R(CELL, CL_SECCOMP_ALONE, NO(0), fcntl, 3, F_OFD_SETLK),
    R(TRUSTED, CL_SECCOMP_ALONE, YES, flock, 3, 2),
    R(TRUSTED, 0, YES, flock, 3, 2),
};

static const struct row ioctl_rows[] = {
    R(CELL, 0, YES, ioctl, 1, TCGETS),
    R(CELL, 0, YES, ioctl, 1, 0x802c542a),
    R(CELL, 0, YES, ioctl, 1, NEG((int32_t)0x802c542a)),
    R(CELL, 0, YES, ioctl, 1, TIOCGWINSZ),
    R(CELL, 0, YES, ioctl, 1, FIONREAD),
    R(CELL, 0, YES, ioctl, 1, FIONBIO),
    R(CELL, 0, YES, ioctl, 1, FIOCLEX),
    R(CELL, 0, YES, ioctl, 1, FIONCLEX),
    R(CELL, 0, KILLED, ioctl, 0, TIOCSTI),
    R(CELL, 0, KILLED, ioctl, 0, JUNK | TIOCSTI),
    R(CELL, 0, KILLED, ioctl, 0, UINT64_C(1) << 32 | TIOCSTI),
    R(CELL, LISTENER, TOLD, ioctl, 0, JUNK | TIOCSTI),
    R(CELL, 0, KILLED, ioctl, 0, TIOCLINUX),
    R(TRUSTED, 0, KILLED, ioctl, 0, TIOCSTI),
    R(TRUSTED, LISTENER, TOLD, ioctl, 0, UINT64_C(1) << 63 | TIOCLINUX),
    R(ZYGOTE, 0, REFUSED, ioctl, 0, TIOCSTI),
    R(CELL, 0, NO(ENOTTY), ioctl, 0, TIOCSCTTY),
    R(CELL, 0, NO(ENOTTY), ioctl, 0, TIOCSETD),
    R(CELL, 0, NO(ENOTTY), ioctl, 0, TCSETS),
    R(CELL, 0, NO(ENOTTY), ioctl, 0, 0),
    R(CELL, 0, NO(ENOTTY), ioctl, 0, UINT64_MAX),
    R(CELL, 0, NO(ENOTTY), ioctl, 0, 0x8901 /* FIOSETOWN */),
    R(CELL, 0, NO(ENOTTY), ioctl, 0, 0x8933 /* SIOCGIFINDEX */),
    R(CELL, ALL_OPTIONS, NO(ENOTTY), ioctl, 0, 0xc0502100 /* SECCOMP_IOCTL_NOTIF_RECV */),
    R(TRUSTED, 0, YES, ioctl, 0, TCSETS),
    R(TRUSTED, 0, YES, ioctl, 0, TIOCSCTTY),
    R(TRUSTED, 0, YES, ioctl, 0, TIOCGPTN),
    R(TRUSTED, 0, YES, ioctl, 0, TIOCSPTLCK),
    R(TRUSTED, 0, KILLED, ioctl, 0, JUNK | TIOCSTI),
    R(TRUSTED, 0, NO(EPERM), ioctl, 0, TIOCSETD),
    R(TRUSTED, 0, NO(EPERM), ioctl, 0, JUNK | TIOCCONS),
    R(TRUSTED, 0, YES, ioctl, 0, 0x40049409 /* FICLONE */),
    R(TRUSTED, 0, YES, ioctl, 0, 0x80086601 /* FS_IOC_GETFLAGS */),
    R(TRUSTED, 0, NO(ENOTTY), ioctl, 0, 0x8933),
    R(TRUSTED, INET, YES, ioctl, 0, 0x8933),
    R(TRUSTED, INET, NO(ENOTTY), ioctl, 0, 0xc0045877 /* FIFREEZE */),
    R(ZYGOTE, 0, YES, ioctl, 0, 0xb701 /* NS_GET_USERNS */),
    R(ZYGOTE, 0, YES, ioctl, 0, TCGETS),
};

static const struct row prctl_rows[] = {
    R(CELL, 0, YES, prctl, PR_SET_NAME, 1),
    R(CELL, 0, YES, prctl, PR_GET_NAME, 1),
    R(CELL, 0, YES, prctl, PR_GET_DUMPABLE),
    R(CELL, 0, YES, prctl, PR_SET_NO_NEW_PRIVS, 1),
    R(CELL, 0, YES, prctl, PR_SET_VMA, 0),
    R(CELL, 0, YES, prctl, JUNK | PR_SET_VMA, 0),
    R(CELL, 0, YES, prctl, PR_CAPBSET_READ, 1),
    R(CELL, 0, YES, prctl, PR_GET_SECCOMP),
    R(CELL, 0, YES, prctl, PR_SET_DUMPABLE, 0),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_DUMPABLE, 1),
    R(CELL, 0, NO(EPERM), prctl, JUNK | PR_SET_DUMPABLE, 1),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_DUMPABLE, JUNK),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_PDEATHSIG, 0),
    R(CELL, PROCESSES, YES, prctl, PR_SET_PDEATHSIG, 9),
    R(CELL, PROCESSES | NO_NS, NO(EPERM), prctl, PR_SET_PDEATHSIG, 0),
    R(CELL, PROCESSES, YES, prctl, PR_SET_CHILD_SUBREAPER, 1),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_CHILD_SUBREAPER, 1),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_MM, 1),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_PTRACER, UINT64_MAX),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_SPECULATION_CTRL, 0, 4),
    R(CELL, 0, NO(EPERM), prctl, PR_CAPBSET_DROP, 1),
    R(CELL, 0, NO(EPERM), prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE),
    R(CELL, 0, YES, prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_SECUREBITS, 0),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_KEEPCAPS, 1),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_TSC, 2),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_MEMORY_MERGE, 1),
    R(CELL, 0, NO(EPERM), prctl, PR_SCHED_CORE, 2, 1),
    R(CELL, 0, NO(EPERM), prctl, PR_SET_SECCOMP, 2),
    R(CELL, LISTENER, TOLD, prctl, PR_SET_SECCOMP, 2),
    R(CELL, LISTENER, TOLD, prctl, JUNK | PR_SET_SECCOMP, 2),
    R(TRUSTED, LISTENER, NO(EINVAL), prctl, PR_SET_SECCOMP, 2),
    R(CELL, 0, NO(EINVAL), prctl, 4711),
    R(CELL, 0, NO(EINVAL), prctl, 59 /* PR_SET_SYSCALL_USER_DISPATCH */, 1),
    R(CELL, 0, NO(EINVAL), prctl, 0),
    R(TRUSTED, 0, YES, prctl, PR_CAPBSET_DROP, 1),
    R(ZYGOTE, 0, YES, prctl, PR_SET_DUMPABLE, 1),
    R(ZYGOTE, 0, YES, prctl, PR_SET_PDEATHSIG, 9),
    R(ZYGOTE, NO_NS, YES, prctl, PR_SET_PDEATHSIG, 9),
    R(ZYGOTE, 0, YES, prctl, PR_CAPBSET_DROP, 1),
    R(ZYGOTE, 0, YES, prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL),
    R(ZYGOTE, 0, YES, prctl, PR_SET_SECUREBITS, 1),
    R(ZYGOTE, 0, YES, prctl, PR_GET_TID_ADDRESS, 1),
    R(ZYGOTE, 0, REFUSED, prctl, PR_SET_MM, 1),
    R(ZYGOTE, 0, REFUSED, prctl, PR_SET_SECCOMP, 2),
    R(ZYGOTE, 0, YES, keyctl, 1, 0),
    R(ZYGOTE, 0, REFUSED, keyctl, 11 /* KEYCTL_READ */),
    R(CELL, 0, NO(EPERM), keyctl, 1, 0),
    R(CELL, 0, KILLED, seccomp, 1, SECCOMP_FILTER_FLAG_NEW_LISTENER, 1),
    R(CELL, LISTENER, TOLD, seccomp, 1, SECCOMP_FILTER_FLAG_NEW_LISTENER, 1),
    R(CELL, 0, KILLED, seccomp, 1, JUNK | 9, 1),
    R(CELL, 0, NO(EPERM), seccomp, 1, 0, 1),
    R(CELL, 0, NO(EPERM), seccomp, 2, 0, 1),
    R(TRUSTED, 0, KILLED, seccomp, 1, SECCOMP_FILTER_FLAG_NEW_LISTENER, 1),
    R(TRUSTED, LISTENER, NO(EINVAL), seccomp, 1, 0, 1),
    R(ZYGOTE, 0, YES, seccomp, 1, SECCOMP_FILTER_FLAG_NEW_LISTENER, 1),
};

#define CLOEXEC SOCK_CLOEXEC
#define NSCD (SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK)

static const struct row socket_rows[] = {
    R(CELL, 0, NO(EACCES), socket, AF_INET, SOCK_STREAM | CLOEXEC, 0),
    R(CELL, LISTENER, TOLD, socket, AF_INET, SOCK_STREAM | CLOEXEC, 0),
    R(CELL, LISTENER, TOLD, socket, AF_INET6, SOCK_DGRAM, 0),
    R(CELL, INET | LISTENER, TOLD, socket, AF_INET, SOCK_STREAM, 0),
    R(CELL, ALL_OPTIONS, TOLD, socket, AF_INET, SOCK_STREAM, 0),
    R(CELL, LISTENER, TOLD, socket, JUNK | AF_INET, JUNK | SOCK_STREAM, 0),
    R(CELL, 0, NO(EAFNOSUPPORT), socket, AF_ALG, SOCK_SEQPACKET, 0),
    R(CELL, LISTENER, TOLD, socket, AF_ALG, SOCK_SEQPACKET, 0),
    R(CELL, LISTENER, TOLD, socket, AF_VSOCK, SOCK_STREAM, 0),
    R(CELL, LISTENER, TOLD, socket, AF_PACKET, SOCK_RAW, 3),
    R(CELL, ALL_OPTIONS, TOLD, socket, AF_ALG, SOCK_SEQPACKET, 0),
    R(CELL, LISTENER, TOLD, socket, AF_NETLINK, SOCK_RAW, 12),
    R(CELL, LISTENER, NO(EACCES), socket, AF_NETLINK, SOCK_RAW | CLOEXEC, 0),
    R(CELL, LISTENER, NO(EACCES), socket, AF_UNIX, NSCD, 0),
    R(CELL, LISTENER, TOLD, socket, AF_UNIX, SOCK_STREAM | CLOEXEC, 0),
    R(CELL, LISTENER, TOLD, socket, AF_UNIX, SOCK_DGRAM | CLOEXEC, 0),
    R(CELL, UNIX, YES, socket, AF_UNIX, SOCK_STREAM | CLOEXEC, 0),
    R(CELL, UNIX, YES, socket, AF_UNIX, SOCK_DGRAM, 0),
    R(CELL, UNIX, YES, socket, JUNK | AF_UNIX, SOCK_STREAM, 0),
    R(CELL, UNIX | LISTENER, TOLD, socket, AF_INET, SOCK_STREAM, 0),
    R(TRUSTED, 0, NO(EACCES), socket, AF_INET, SOCK_STREAM, 0),
    R(TRUSTED, LISTENER, TOLD, socket, AF_INET, SOCK_STREAM, 0),
    R(TRUSTED, INET, YES, socket, AF_INET, SOCK_STREAM, 0),
    R(TRUSTED, INET, YES, socket, AF_INET, SOCK_STREAM | CLOEXEC, IPPROTO_TCP),
    R(TRUSTED, INET, YES, socket, AF_INET6, NSCD, IPPROTO_TCP),
    R(TRUSTED, INET, YES, socket, AF_INET, SOCK_DGRAM, IPPROTO_UDP),
    R(TRUSTED, INET, YES, socket, AF_INET, SOCK_DGRAM, IPPROTO_ICMP),
    R(TRUSTED, INET, YES, socket, JUNK | AF_INET6, JUNK | SOCK_DGRAM, JUNK),
    R(TRUSTED, INET, NO(EACCES), socket, AF_INET, SOCK_STREAM, IPPROTO_MPTCP),
    R(TRUSTED, INET, NO(EACCES), socket, AF_INET, SOCK_STREAM, IPPROTO_SCTP),
    R(TRUSTED, INET, NO(EACCES), socket, AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP),
    R(TRUSTED, INET, NO(EACCES), socket, AF_INET, SOCK_RAW, IPPROTO_ICMP),
    R(TRUSTED, INET, NO(EACCES), socket, AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE),
    R(TRUSTED, INET | LISTENER, TOLD, socket, AF_INET, SOCK_RAW, 255),
    R(TRUSTED, INET, YES, socket, AF_NETLINK, SOCK_RAW, 0),
    R(TRUSTED, INET, NO(EAFNOSUPPORT), socket, AF_NETLINK, SOCK_RAW, 12),
    R(TRUSTED, INET | LISTENER, TOLD, socket, AF_UNIX, SOCK_STREAM | CLOEXEC, 0),
    R(TRUSTED, ALL_OPTIONS, TOLD, socket, AF_UNIX, SOCK_STREAM | CLOEXEC, 0),
    R(TRUSTED, INET | LISTENER, NO(EACCES), socket, AF_UNIX, NSCD, 0),
    R(TRUSTED, INET | LISTENER, TOLD, socket, AF_PACKET, SOCK_RAW, 0),
    R(ZYGOTE, 0, YES, socket, AF_UNIX, SOCK_SEQPACKET, 0),
    R(ZYGOTE, 0, REFUSED, socket, AF_INET, SOCK_STREAM, 0),
    R(ZYGOTE, INET, YES, socket, AF_INET, SOCK_STREAM, 0),
    R(ZYGOTE, INET, REFUSED, socket, AF_INET, SOCK_RAW, 0),
    R(ZYGOTE, INET, REFUSED, socket, AF_ALG, SOCK_SEQPACKET, 0),
    /* pairs */
    R(CELL, 0, YES, socketpair, AF_UNIX, SOCK_STREAM | CLOEXEC, 0),
    R(CELL, 0, YES, socketpair, AF_UNIX, SOCK_SEQPACKET, 0),
    R(CELL, 0, NO(EACCES), socketpair, AF_UNIX, SOCK_DGRAM, 0),
    R(CELL, 0, NO(EACCES), socketpair, AF_UNIX, JUNK | SOCK_DGRAM, 0),
    R(CELL, 0, NO(EACCES), socketpair, AF_UNIX, SOCK_RAW, 0),
    R(CELL, 0, NO(EACCES), socketpair, JUNK | AF_UNIX, SOCK_DGRAM | CLOEXEC, 0),
    R(TRUSTED, INET, YES, socketpair, AF_UNIX, NSCD, 0),
    R(TRUSTED, INET, NO(EACCES), socketpair, AF_UNIX, SOCK_DGRAM, 0),
    R(TRUSTED, LISTENER, TOLD, socketpair, AF_UNIX, SOCK_DGRAM, 0),
    R(CELL, UNIX, YES, socketpair, AF_UNIX, SOCK_DGRAM, 0),
    R(CELL, UNIX, NO(EAFNOSUPPORT), socketpair, AF_TIPC, SOCK_STREAM, 0),
    /* names */
    R(CELL, 0, NO(EACCES), connect, 3, 1, 110),
    R(CELL, 0, NO(EACCES), bind, 3, 1, 110),
    R(CELL, 0, NO(EACCES), listen, 3, 1),
    R(CELL, 0, NO(EACCES), accept4, 3, 0, 0, 0),
    R(CELL, LISTENER, TOLD, accept, 3),
    R(CELL, UNIX, YES, connect, 3, 1, 110),
    R(CELL, UNIX, YES, bind, 3, 1, 110),
    R(CELL, UNIX, YES, accept4, 3),
    R(TRUSTED, 0, NO(EACCES), connect, 3, 1, 16),
    R(TRUSTED, INET, YES, connect, 3, 1, 16),
    R(TRUSTED, INET, YES, bind, 3, 1, 16),
    R(TRUSTED, UNIX, NO(EACCES), connect, 3, 1, 16),
    /* sending */
    R(CELL, 0, YES, sendto, 3, 1, 5, 0, 0, 0),
    R(CELL, 0, YES, sendto, 3, 1, 5, MSG_NOSIGNAL, 0, 0),
    R(CELL, 0, NO(EACCES), sendto, 3, 1, 5, 0, 1, 16),
    R(CELL, 0, NO(EACCES), sendto, 3, 1, 5, 0, JUNK, 16),
    R(CELL, 0, NO(EACCES), sendto, 3, 1, 5, 0, 0x7ffc00000000, 16),
    R(CELL, UNIX, YES, sendto, 3, 1, 5, 0, 1, 16),
    R(CELL, 0, NO(EACCES), sendto, 3, 1, 5, MSG_FASTOPEN, 0, 0),
    R(CELL, UNIX, NO(EACCES), sendto, 3, 1, 5, MSG_FASTOPEN, 1, 16),
    R(TRUSTED, INET, YES, sendto, 3, 1, 5, 0, 1, 16),
    R(TRUSTED, INET, NO(EACCES), sendto, 3, 1, 5, MSG_FASTOPEN, 1, 16),
    R(TRUSTED, INET, NO(EACCES), sendto, 3, 1, 5, JUNK | MSG_FASTOPEN | 4, 1, 16),
    R(TRUSTED, INET, NO(EACCES), sendmsg, 3, 1, MSG_FASTOPEN),
    R(TRUSTED, INET, NO(EACCES), sendmmsg, 3, 1, 1, JUNK | MSG_FASTOPEN),
    R(TRUSTED, INET, YES, sendmmsg, 3, 1, 1, MSG_NOSIGNAL),
    R(CELL, 0, YES, sendmsg, 3, 1, MSG_NOSIGNAL),
    R(CELL, LISTENER, TOLD, sendmsg, 3, 1, MSG_FASTOPEN),
    R(ZYGOTE, 0, YES, sendmsg, 3, 1, MSG_NOSIGNAL),
    /* options */
    R(CELL, 0, YES, setsockopt, 3, SOL_SOCKET, SO_KEEPALIVE),
    R(CELL, 0, NO(ENOPROTOOPT), setsockopt, 3, SOL_SOCKET, SO_SNDBUF),
    R(CELL, ALL_OPTIONS, NO(ENOPROTOOPT), setsockopt, 3, SOL_SOCKET, JUNK | SO_RCVBUF),
    R(TRUSTED, 0, YES, setsockopt, 3, SOL_SOCKET, SO_SNDBUF),
    R(CELL, 0, YES, setsockopt, 3, SOL_SOCKET, SO_RCVTIMEO),
    R(CELL, 0, NO(ENOPROTOOPT), setsockopt, 3, SOL_SOCKET, SO_ATTACH_FILTER),
    R(CELL, 0, NO(ENOPROTOOPT), setsockopt, 3, SOL_SOCKET, JUNK | SO_ATTACH_FILTER),
    R(CELL, 0, NO(ENOPROTOOPT), setsockopt, 3, SOL_SOCKET, SO_ATTACH_BPF),
    R(CELL, 0, NO(ENOPROTOOPT), setsockopt, 3, IPPROTO_TCP, TCP_NODELAY),
    R(TRUSTED, INET, YES, setsockopt, 3, IPPROTO_TCP, TCP_NODELAY),
    R(TRUSTED, 0, NO(ENOPROTOOPT), setsockopt, 3, IPPROTO_TCP, TCP_NODELAY),
    R(TRUSTED, INET, NO(ENOPROTOOPT), setsockopt, 3, IPPROTO_TCP, TCP_ULP),
    R(TRUSTED, INET, NO(ENOPROTOOPT), setsockopt, 3, IPPROTO_TCP, TCP_REPAIR),
    R(TRUSTED, INET, NO(ENOPROTOOPT), setsockopt, 3, SOL_SOCKET, SO_ATTACH_REUSEPORT_EBPF),
    R(TRUSTED, INET, YES, setsockopt, 3, IPPROTO_IP, IP_TOS),
    R(TRUSTED, INET, NO(ENOPROTOOPT), setsockopt, 3, IPPROTO_IP,
      64 /* IPT_SO_SET_REPLACE */),
    R(TRUSTED, INET, YES, setsockopt, 3, IPPROTO_IPV6, IPV6_V6ONLY),
    R(TRUSTED, INET, YES, setsockopt, 3, IPPROTO_IPV6, IPV6_TCLASS),
    R(TRUSTED, INET, NO(ENOPROTOOPT), setsockopt, 3, IPPROTO_IPV6, 64),
    R(TRUSTED, INET, NO(ENOPROTOOPT), setsockopt, 3, IPPROTO_UDP, 100 /* UDP_ENCAP */),
};

static const struct row file_rows[] = {
    R(CELL, FILES, YES, mknod, 1, S_IFREG | 0600),
    R(CELL, FILES, YES, mknod, 1, 0600),
    R(CELL, FILES, YES, mknodat, 1, 1, S_IFIFO | 0600),
    R(CELL, FILES, YES, mknodat, 1, 1, JUNK | S_IFIFO | 0600),
    R(CELL, FILES | SHARED, NO(EPERM), mknodat, 1, 1, S_IFIFO | 0600),
    R(CELL, FILES | SHARED, YES, mknodat, 1, 1, S_IFREG | 0600),
    R(CELL, FILES, NO(EPERM), mknodat, 1, 1, S_IFSOCK | 0600),
    R(CELL, FILES, NO(EPERM), mknodat, 1, 1, S_IFCHR | 0600, 0x101),
    R(CELL, FILES | LISTENER, TOLD, mknodat, 1, 1, S_IFCHR | 0600, 0x101),
    R(CELL, FILES | LISTENER, TOLD, mknodat, 1, 1, JUNK | S_IFBLK | 0600, 0x101),
    R(CELL, 0, NO(EROFS), mknodat, 1, 1, S_IFREG | 0600),
    R(CELL, LISTENER, TOLD, mknodat, 1, 1, S_IFBLK | 0600),
    R(TRUSTED, 0, YES, mknodat, 1, 1, S_IFIFO | 0600),
    R(TRUSTED, LISTENER, TOLD, mknodat, 1, 1, S_IFCHR | 0600),
    R(TRUSTED, 0, NO(EPERM), mknodat, 1, 1, S_IFREG | 04755),
    /* a file that runs as its owner, left on the host */
    R(TRUSTED, 0, YES, chmod, 1, 0755),
    R(TRUSTED, 0, NO(EPERM), chmod, 1, 04755),
    R(TRUSTED, 0, NO(EPERM), chmod, 1, 02755),
    R(TRUSTED, 0, YES, chmod, 1, 01777),
    R(TRUSTED, 0, NO(EPERM), fchmod, 1, JUNK | 06755),
    R(TRUSTED, LISTENER, TOLD, fchmodat, 1, 1, 04755),
    R(TRUSTED, 0, NO(EPERM), fchmodat2, 1, 1, 04755),
    R(TRUSTED, 0, YES, fchmodat, 1, 1, 0755),
    R(TRUSTED, 0, YES, openat, 1, 1, O_RDONLY, 04755),
    R(TRUSTED, 0, YES, openat, 1, 1, O_CREAT, 0755),
    R(TRUSTED, 0, NO(EPERM), openat, 1, 1, O_CREAT | O_WRONLY, 04755),
    R(TRUSTED, 0, NO(EPERM), openat, 1, 1, JUNK | O_CREAT, JUNK | 02755),
    R(TRUSTED, 0, NO(EPERM), openat, 1, 1, O_TMPFILE | O_RDWR, 04755),
    R(TRUSTED, 0, YES, openat, 1, 1, O_TMPFILE | O_RDWR, 0755),
    R(TRUSTED, 0, YES, openat, 1, 1, O_DIRECTORY, 04755),
    R(TRUSTED, 0, NO(EPERM), open, 1, O_CREAT, 04755),
    R(TRUSTED, 0, YES, open, 1, O_RDONLY, 04755),
    R(TRUSTED, 0, NO(EPERM), creat, 1, 04755),
    R(CELL, FILES, YES, chmod, 1, 04755),
    R(CELL, FILES, YES, openat, 1, 1, O_CREAT, 04755),
    R(CELL, 0, YES, open, UINT64_MAX, UINT64_MAX, UINT64_MAX),
    R(CELL, 0, YES, openat, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX),
    R(ZYGOTE, 0, YES, openat, 1, 1, O_CREAT, 04755),
    R(CELL, 0, YES, openat2, 1, 1, 1, 24),
    R(TRUSTED, 0, NO(ENOSYS), openat2, 1, 1, 1, 24),
};

#define ROWS_TEST(name, rows)                                                              \
    static void name(void **state)                                                         \
    {                                                                                      \
        (void)state;                                                                       \
        check_rows(rows, CL_COUNT(rows));                                                  \
    }

ROWS_TEST(clone_makes_threads_and_processes_where_granted_and_nothing_else, clone_rows)
ROWS_TEST(calls_that_take_a_pid_reach_only_ones_own, process_rows)
ROWS_TEST(memory_that_nothing_counts_is_refused, memory_rows)
ROWS_TEST(fcntl_is_decided_by_command, fcntl_rows)
ROWS_TEST(ioctl_is_decided_by_the_low_half_of_the_request, ioctl_rows)
ROWS_TEST(prctl_is_decided_by_option, prctl_rows)
ROWS_TEST(sockets_are_decided_by_family_type_and_protocol, socket_rows)
ROWS_TEST(files_that_run_as_others_and_devices_are_refused, file_rows)

static void
calls_that_no_row_knows_get_enosys(void **state)
{
    (void)state;
    static const uint64_t zeros[6];
    static const struct {
        int kind;
        unsigned options;
    } filters[] = {
        {CELL, 0},   {CELL, ALL_OPTIONS},    {TRUSTED, 0}, {TRUSTED, ALL_OPTIONS},
        {ZYGOTE, 0}, {ZYGOTE, INET | NO_NS},
    };
    unsigned unknown = 0;
    for (size_t i = 0; i < CL_COUNT(filters); i++) {
        for (int nr = 0; nr <= 600; nr++) {
            const char *name;
            if (cl_seccomp_find(nr, &name) != NULL) {
                continue;
            }
            unknown++;
            uint32_t got = ask(filters[i].kind, filters[i].options, nr, zeros);
            if (got != NO(ENOSYS)) {
                fail_msg("kind %d, options %#x, number %d: %s", filters[i].kind,
                         filters[i].options, nr, simulator_name(got));
            }
        }
        static const int far[] = {601, 4096, 0x3fffffff, -1};
        for (size_t f = 0; f < CL_COUNT(far); f++) {
            assert_int_equal(ask(filters[i].kind, filters[i].options, far[f], zeros),
                             NO(ENOSYS));
        }
    }
    assert_true(unknown > 6 * 200);
}

static void
another_architecture_is_killed(void **state)
{
    (void)state;
    static const uint32_t archs[] = {
        AUDIT_ARCH_I386,    AUDIT_ARCH_ARM, AUDIT_ARCH_PPC64LE, AUDIT_ARCH_RISCV64, 0,
#ifdef __x86_64__
        AUDIT_ARCH_AARCH64,
#else
        AUDIT_ARCH_X86_64,
#endif
    };
    for (size_t i = 0; i < CL_COUNT(archs); i++) {
        for (int kind = 0; kind < 3; kind++) {
            for (int nr = -1; nr < 500; nr++) {
                struct seccomp_data data = {.nr = nr, .arch = archs[i]};
                assert_int_equal(
                    simulator_run(filters_get((enum cl_seccomp_kind)kind, 0), &data),
                    KILLED);
            }
        }
    }
}

#ifdef __x86_64__
static void
the_x32_way_to_a_call_is_killed(void **state)
{
    (void)state;
    static const int numbers[] = {0, 1, 57, 59, 101, 512, 520, 545, 0x3ffffffe};
    for (size_t i = 0; i < CL_COUNT(numbers); i++) {
        for (int kind = 0; kind < 3; kind++) {
            static const uint64_t zeros[6];
            assert_int_equal(ask(kind, 0, 0x40000000 | numbers[i], zeros), KILLED);
            assert_int_equal(ask(kind, 0, (int)(0x80000000u | (unsigned)numbers[i]), zeros),
                             KILLED);
        }
    }
}
#endif

static void
numbers_have_the_names_that_libseccomp_gives_them(void **state)
{
    (void)state;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        for (size_t i = 0; i < cl_seccomp_groups[g].n_calls; i++) {
            const struct cl_seccomp_call *call = &cl_seccomp_groups[g].calls[i];
            int theirs = seccomp_syscall_resolve_name(call->name);
            /* Newer calls have no name there; they have one number everywhere. */
            if (theirs != __NR_SCMP_ERROR && theirs >= 0) {
                assert_int_equal(call->nr, theirs);
            } else if (call->nr >= 0 && call->nr < 447) {
                fail_msg("%s is %d here and unknown to libseccomp", call->name, call->nr);
            }
        }
    }
}

static void
a_zygote_cannot_be_given_a_listener(void **state)
{
    (void)state;
    struct cl_buf out = CL_BUF_INIT(65536);
    struct cloche_error err = {0};
    assert_int_equal(cl_seccomp_build(CL_SECCOMP_ZYGOTE, LISTENER, &out, &err), -1);
    assert_int_equal(err.code, CLOCHE_EINTERNAL);
    assert_non_null(strstr(err.msg, "listener"));
    assert_int_equal(out.len, 0);
}

static void
a_buffer_that_is_too_small_is_an_error_and_stays_empty(void **state)
{
    (void)state;
    struct cl_buf out = CL_BUF_INIT(64);
    struct cloche_error err = {0};
    assert_int_equal(cl_seccomp_build(CL_SECCOMP_CELL, 0, &out, &err), -1);
    assert_int_equal(err.code, CLOCHE_ESYS);
    assert_int_equal(out.len, 0);
    cl_buf_fini(&out);
}

static void
two_builds_give_the_same_bytes(void **state)
{
    (void)state;
    struct cl_buf a = CL_BUF_INIT(65536);
    struct cl_buf b = CL_BUF_INIT(65536);
    assert_int_equal(cl_seccomp_build(CL_SECCOMP_CELL, ALL_OPTIONS, &a, NULL), 0);
    assert_int_equal(cl_seccomp_build(CL_SECCOMP_CELL, ALL_OPTIONS, &b, NULL), 0);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    cl_buf_fini(&a);
    cl_buf_fini(&b);
}

#ifndef CLOCHE_SANITIZED
static void
the_sanitizer_group_is_empty_in_this_build(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        for (unsigned o = 0; o <= ALL_OPTIONS; o++) {
            if ((o & SANITIZER) != 0 || (kind == ZYGOTE && (o & LISTENER) != 0)) {
                continue;
            }
            const struct simulator *with =
                filters_get((enum cl_seccomp_kind)kind, o | SANITIZER);
            const struct simulator *without = filters_get((enum cl_seccomp_kind)kind, o);
            assert_int_equal(with->n, without->n);
            assert_memory_equal(with->code, without->code, with->n * sizeof *with->code);
        }
    }
}
#endif

static int
free_filters(void **state)
{
    (void)state;
    filters_free();
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_everybody_may_is_allowed_with_any_arguments),
        cmocka_unit_test(what_a_zygote_needs_to_make_cells_it_may),
        cmocka_unit_test(what_nobody_needs_a_zygote_is_refused_without_a_word),
        cmocka_unit_test(attacks_end_a_cell),
        cmocka_unit_test(refusals_that_are_explained_are_errnos_without_a_listener),
        cmocka_unit_test(known_and_harmless_calls_fail_quietly),
        cmocka_unit_test(files_change_only_where_there_are_files),
        cmocka_unit_test(clone_makes_threads_and_processes_where_granted_and_nothing_else),
        cmocka_unit_test(calls_that_take_a_pid_reach_only_ones_own),
        cmocka_unit_test(memory_that_nothing_counts_is_refused),
        cmocka_unit_test(fcntl_is_decided_by_command),
        cmocka_unit_test(ioctl_is_decided_by_the_low_half_of_the_request),
        cmocka_unit_test(prctl_is_decided_by_option),
        cmocka_unit_test(sockets_are_decided_by_family_type_and_protocol),
        cmocka_unit_test(files_that_run_as_others_and_devices_are_refused),
        cmocka_unit_test(calls_that_no_row_knows_get_enosys),
        cmocka_unit_test(another_architecture_is_killed),
#ifdef __x86_64__
        cmocka_unit_test(the_x32_way_to_a_call_is_killed),
#endif
        cmocka_unit_test(numbers_have_the_names_that_libseccomp_gives_them),
        cmocka_unit_test(a_zygote_cannot_be_given_a_listener),
        cmocka_unit_test(a_buffer_that_is_too_small_is_an_error_and_stays_empty),
        cmocka_unit_test(two_builds_give_the_same_bytes),
#ifndef CLOCHE_SANITIZED
        cmocka_unit_test(the_sanitizer_group_is_empty_in_this_build),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, free_filters);
}

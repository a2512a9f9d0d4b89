/* SPDX-License-Identifier: Apache-2.0 */
#include "injector_calls.h"

#include <errno.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Memory and descriptors run out, or somebody forbids it.  What is not here
 * fails with ENOMEM and EPERM. */
static const struct {
    long nr;
    struct injector_errnos errnos;
} rows[] = {
    /* The kernel has no failure for these, or none that a valid argument meets. */
    {SYS_exit, {0, 0}},
    {SYS_exit_group, {0, 0}},
    {SYS_rt_sigreturn, {0, 0}},
    {SYS_restart_syscall, {0, 0}},
    {SYS_futex, {0, 0}},
    {SYS_close, {0, 0}}, /* on Linux the descriptor is gone, whatever it says */
    {SYS_umask, {0, 0}},
    {SYS_getpid, {0, 0}},
    {SYS_getppid, {0, 0}},
    {SYS_gettid, {0, 0}},
    {SYS_getuid, {0, 0}},
    {SYS_geteuid, {0, 0}},
    {SYS_getgid, {0, 0}},
    {SYS_getegid, {0, 0}},
    {SYS_rt_sigprocmask, {0, 0}},
    {SYS_rt_sigaction, {0, 0}},
    {SYS_set_tid_address, {0, 0}},
    {SYS_set_robust_list, {0, 0}},
    {SYS_rseq, {0, 0}},
    {SYS_sched_yield, {0, 0}},
    {SYS_clock_gettime, {0, 0}},
    {SYS_clock_nanosleep, {0, 0}}, /* the test's own */
    {SYS_nanosleep, {0, 0}},
#ifdef SYS_arch_prctl
    {SYS_arch_prctl, {0, 0}},
#endif

    {SYS_openat, {EMFILE, EACCES}},
    {SYS_openat2, {EMFILE, EACCES}},
    {SYS_mmap, {ENOMEM, ENOMEM}},
    {SYS_mprotect, {ENOMEM, ENOMEM}},
    {SYS_mremap, {ENOMEM, ENOMEM}},
    {SYS_brk, {ENOMEM, ENOMEM}},
    {SYS_clone, {EAGAIN, EPERM}},
    {SYS_clone3, {EAGAIN, EPERM}},
    {SYS_unshare, {ENOSPC, EPERM}},
    {SYS_setns, {EPERM, EINVAL}},
    {SYS_execve, {ENOMEM, EACCES}},
    {SYS_execveat, {ENOMEM, EACCES}},
    {SYS_socketpair, {EMFILE, ENOMEM}},
    {SYS_pipe2, {EMFILE, ENFILE}},
    {SYS_eventfd2, {EMFILE, ENOMEM}},
    {SYS_timerfd_create, {EMFILE, ENOMEM}},
    {SYS_timerfd_settime, {EINVAL, EPERM}},
    {SYS_signalfd4, {EMFILE, ENOMEM}},
    {SYS_epoll_create1, {EMFILE, ENOMEM}},
    {SYS_epoll_ctl, {ENOMEM, ENOSPC}},
    {SYS_epoll_pwait, {EINTR, EINTR}},
    {SYS_ppoll, {EINTR, ENOMEM}},
#ifdef SYS_epoll_wait
    {SYS_epoll_wait, {EINTR, EINTR}},
    {SYS_poll, {EINTR, ENOMEM}},
    {SYS_access, {EACCES, ENOENT}},
    {SYS_readlink, {EACCES, ENOMEM}},
    {SYS_dup2, {EMFILE, EBUSY}},
    {SYS_open, {EMFILE, EACCES}},
    {SYS_fork, {EAGAIN, ENOMEM}},
    {SYS_vfork, {EAGAIN, ENOMEM}},
#endif
    {SYS_dup3, {EMFILE, EBUSY}},
    {SYS_pidfd_open, {EMFILE, ENOMEM}},
    {SYS_pidfd_send_signal, {EPERM, EINVAL}}, /* ESRCH is told of who is gone */
    {SYS_sendmsg, {ENOBUFS, EPIPE}},
    {SYS_recvmsg, {ENOMEM, ECONNRESET}},
    {SYS_recvfrom, {ENOMEM, ENOBUFS}}, /* who lives resets nothing */
    {SYS_read, {EIO, ENOMEM}},
    {SYS_pread64, {EIO, ENOMEM}},
    {SYS_write, {EIO, ENOSPC}},
    {SYS_fcntl, {EMFILE, EINVAL}},
    {SYS_wait4, {EINTR, ECHILD}},
    {SYS_waitid, {EINTR, EINTR}},
    {SYS_prctl, {EPERM, EINVAL}},
    {SYS_seccomp, {ENOMEM, EINVAL}},
    {SYS_landlock_create_ruleset, {ENOMEM, EOPNOTSUPP}},
    {SYS_landlock_add_rule, {ENOMEM, EINVAL}},
    {SYS_landlock_restrict_self, {EPERM, E2BIG}},
    {SYS_setresuid, {EAGAIN, EPERM}},
    {SYS_setresgid, {EINVAL, EPERM}},
    {SYS_mount, {ENOMEM, EPERM}},
    {SYS_pivot_root, {EINVAL, EPERM}},
    {SYS_umount2, {EBUSY, EPERM}},
    {SYS_mount_setattr, {EINVAL, EPERM}},
    {SYS_move_mount, {ENOSPC, EPERM}},
    /* EPERM: an outer container masks procfs, and cells go without (tests/containers). */
    {SYS_fsopen, {ENOMEM, ENODEV}},
    {SYS_fsconfig, {ENOMEM, ENODEV}},
    {SYS_fsmount, {ENOMEM, ENODEV}},
    {SYS_keyctl, {EDQUOT, EACCES}},
    {SYS_close_range, {ENOMEM, ENOSYS}},
    {SYS_prlimit64, {EPERM, EINVAL}},
};

struct injector_errnos
injector_errnos_of(uint64_t nr)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        if ((uint64_t)rows[i].nr == nr) {
            return rows[i].errnos;
        }
    }
    return (struct injector_errnos){ENOMEM, EPERM};
}

/*
 * Not here: keyctl, without which a cell keeps the zygote's session keyring,
 * which is empty, has no second user and is out of reach behind the filter; and
 * clone3 and setns, whose namespaces the probe sees for itself.
 */
enum { ANY = -1, NOT_NULL_2 = -2 };
static const struct {
    long nr;
    int arg0; /* ANY; NOT_NULL_2: only with a third argument */
    const char *name;
} keys[] = {
    {SYS_setresuid, ANY, "setresuid"},
    {SYS_setresgid, ANY, "setresgid"},
    {SYS_setgroups, ANY, "setgroups"},
    {SYS_unshare, ANY, "unshare"},
    {SYS_capset, ANY, "capset"},
    {SYS_setsid, ANY, "setsid"},
    {SYS_sethostname, ANY, "sethostname"},
    {SYS_close_range, ANY, "close_range"},
    {SYS_prlimit64, NOT_NULL_2, "prlimit64"},
    {SYS_seccomp, ANY, "seccomp"},
    {SYS_landlock_add_rule, ANY, "landlock_add_rule"},
    {SYS_landlock_restrict_self, ANY, "landlock_restrict_self"},
    {SYS_mount, ANY, "mount"},
    {SYS_fsmount, ANY, "fsmount"},
    {SYS_fsconfig, ANY, "fsconfig"},
    {SYS_move_mount, ANY, "move_mount"},
    {SYS_mount_setattr, ANY, "mount_setattr"},
    {SYS_pivot_root, ANY, "pivot_root"},
    {SYS_umount2, ANY, "umount2"},
    {SYS_chdir, ANY, "chdir"},
    {SYS_prctl, PR_SET_DUMPABLE, "PR_SET_DUMPABLE"},
    {SYS_prctl, PR_SET_NO_NEW_PRIVS, "PR_SET_NO_NEW_PRIVS"},
    {SYS_prctl, PR_SET_SECUREBITS, "PR_SET_SECUREBITS"},
    {SYS_prctl, PR_CAPBSET_DROP, "PR_CAPBSET_DROP"},
    {SYS_prctl, PR_CAP_AMBIENT, "PR_CAP_AMBIENT"},
    {SYS_prctl, PR_SET_PDEATHSIG, "PR_SET_PDEATHSIG"},
    {SYS_prctl, PR_SET_THP_DISABLE, "PR_SET_THP_DISABLE"},
};
_Static_assert(COUNT(keys) <= INJECTOR_KEYS, "room for each");

int
injector_key_of(uint64_t nr, const uint64_t args[6])
{
    for (size_t i = 0; i < COUNT(keys); i++) {
        if ((uint64_t)keys[i].nr == nr &&
            (keys[i].arg0 == ANY || (keys[i].arg0 == NOT_NULL_2 && args[2] != 0) ||
             (keys[i].arg0 >= 0 && args[0] == (uint64_t)keys[i].arg0))) {
            return (int)i;
        }
    }
    return -1;
}

const char *
injector_key_name(int key)
{
    return keys[key].name;
}

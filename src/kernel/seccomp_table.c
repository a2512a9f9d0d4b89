/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of system calls: what each may do, for whom, and why.  Data only.
 *
 * Owns the decisions and nothing else: it must not know how a filter is built
 * (seccomp_build.c), how a decision is looked up (seccomp_decide.c), nor what
 * a broker does with one.
 *
 * How to read it.  A group of calls shares one list of rules; the first rule
 * that fits decides; what no rule fits, and every call that is not here, gets
 * ENOSYS, which C libraries take for an older kernel and fall back from.  C is
 * a cell (restricted and isolated), T a trusted cell, Z the zygote, of which
 * only what no cell may do is said here (cl_seccomp_decide gives it the rest).
 *
 * How a refusal is chosen.  QUIET: honest programs ask, as a probe or out of
 * habit, and cope: nothing is said.  TELL: somebody should hear why it did not
 * work.  ATTACK: no honest Python program gets there; the run is ended.  ATTACK
 * is kept rare: a call that is refused has done no harm, and a wrong guess ends
 * somebody's honest run.
 *
 * EPERM is for what will never work, so that nobody tries again: a shell that
 * gets EAGAIN from fork retries with growing pauses, and Python calls EAGAIN
 * BlockingIOError.  EACCES is what socket(2) and connect(2) document.
 */
#include "kernel/seccomp_table.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <linux/seccomp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/own.h"
#include "kernel/seccomp_numbers.h"

#define C (1u << CL_SECCOMP_CELL)
#define T (1u << CL_SECCOMP_TRUSTED)
#define Z (1u << CL_SECCOMP_ZYGOTE)

#define PROCESSES CL_SECCOMP_PROCESSES
#define THREADS CL_SECCOMP_THREADS
#define UNIX CL_SECCOMP_UNIX
#define NO_NS CL_SECCOMP_NO_NAMESPACES
#define SHARED CL_SECCOMP_SHARED_MOUNTS
#define FILES CL_SECCOMP_FILES
#define ALONE CL_SECCOMP_ALONE
#define INET CL_SECCOMP_INET
#define SANITIZER CL_SECCOMP_SANITIZER

/* Conditions on argument n: seccomp_table.h says which is for what. */
/* clang-format off */
#define INT(n, v)          {(n), 0xffffffffu, (uint32_t)(v)}
#define BITS(n, m, v)      {(n), (uint32_t)(m), (uint32_t)(v)}
#define HAS(n, bit)        {(n), (uint32_t)(bit), (uint32_t)(bit)}
#define LONG(n, v)         {(n), UINT64_MAX, (v)}
#define LONG_BITS(n, m, v) {(n), (m), (v)}
#define IF(...)            .cond = {__VA_ARGS__}
#define WHEN(text)         .when = (text)
/* One value of an int argument, named after itself. */
#define IS(n, v)           IF(INT(n, v)), .when = #v

#define ALLOW              .action = CL_SECCOMP_ALLOW
#define QUIET(e)           .action = CL_SECCOMP_ERRNO, .error = (e)
#define PRETEND            .action = CL_SECCOMP_ERRNO, .error = 0
#define TELL(e, key)       .action = CL_SECCOMP_EXPLAIN, .error = (e), .rule = (key)
#define ATTACK             .action = CL_SECCOMP_END, .error = EPERM

#define LAST               {.who = 0}
#define CALL(x)            {SCMP_SYS(x), #x}
#define CALLS(name, ...)   static const struct cl_seccomp_call name[] = {__VA_ARGS__}
/* clang-format on */

/* ---- Everybody's --------------------------------------------------------- */

static const struct cl_seccomp_rule everybody[] = {{C | T, ALLOW}, LAST};

/* What is open already may be read, written, waited for, copied and closed.
 * splice and tee move pages between pipes and files that are open; vmsplice,
 * which gives away pages of memory that can be changed afterwards, is not
 * here. */
CALLS(calls_open_files, CALL(read), CALL(write), CALL(readv), CALL(writev), CALL(pread64),
      CALL(pwrite64), CALL(preadv), CALL(pwritev), CALL(preadv2), CALL(pwritev2),
      CALL(lseek), CALL(close), CALL(close_range), CALL(dup), CALL(dup2), CALL(dup3),
      CALL(pipe), CALL(pipe2), CALL(eventfd), CALL(eventfd2), CALL(poll), CALL(ppoll),
      CALL(select), CALL(pselect6), CALL(epoll_create), CALL(epoll_create1),
      CALL(epoll_ctl), CALL(epoll_wait), CALL(epoll_pwait), CALL(epoll_pwait2), CALL(fsync),
      CALL(fdatasync), CALL(sync_file_range), CALL(ftruncate), CALL(fallocate),
      CALL(fadvise64), CALL(readahead), CALL(sendfile), CALL(copy_file_range), CALL(splice),
      CALL(tee), CALL(signalfd), CALL(signalfd4), CALL(timerfd_create),
      CALL(timerfd_settime), CALL(timerfd_gettime));

/* Which files may be opened and looked at is Landlock's and the mounts' to
 * say: a path is memory, which a filter cannot read. */
CALLS(calls_looking, CALL(access), CALL(faccessat), CALL(faccessat2), CALL(stat),
      CALL(lstat), CALL(fstat), CALL(newfstatat), CALL(statx), CALL(statfs), CALL(fstatfs),
      CALL(readlink), CALL(readlinkat), CALL(getdents), CALL(getdents64), CALL(getcwd),
      CALL(chdir), CALL(fchdir), CALL(umask), CALL(getxattr), CALL(lgetxattr),
      CALL(fgetxattr), CALL(getxattrat), CALL(listxattr), CALL(llistxattr),
      CALL(flistxattr), CALL(listxattrat));

/* Memory of one's own.  mseal only ever takes rights away. */
CALLS(calls_memory, CALL(brk), CALL(munmap), CALL(mremap), CALL(mprotect), CALL(msync),
      CALL(munlock), CALL(munlockall), CALL(mseal), CALL(map_shadow_stack),
      CALL(get_mempolicy));

/* Threads of one's own, once they exist; futexes; the scheduler asked. */
CALLS(calls_threads, CALL(futex), CALL(futex_waitv), CALL(futex_wake), CALL(futex_wait),
      CALL(futex_requeue), CALL(set_robust_list), CALL(set_tid_address), CALL(rseq),
      CALL(sched_yield), CALL(getcpu), CALL(restart_syscall), CALL(exit), CALL(exit_group),
      CALL(sched_get_priority_max), CALL(sched_get_priority_min));

/* Signals received, one's own handlers, children waited for. */
CALLS(calls_signals, CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn),
      CALL(rt_sigpending), CALL(rt_sigtimedwait), CALL(rt_sigsuspend), CALL(sigaltstack),
      CALL(pause), CALL(wait4), CALL(waitid));

/* Time read and waited for. */
CALLS(calls_time, CALL(time), CALL(gettimeofday), CALL(clock_gettime), CALL(clock_getres),
      CALL(nanosleep), CALL(clock_nanosleep), CALL(alarm), CALL(getitimer), CALL(setitimer),
      CALL(timer_create), CALL(timer_settime), CALL(timer_gettime), CALL(timer_getoverrun),
      CALL(timer_delete), CALL(times));

/* Who am I, on what.  getppid, getsid(0) and the rest tell of one's own PID
 * namespace. */
CALLS(calls_self, CALL(getpid), CALL(getppid), CALL(gettid), CALL(getpgrp), CALL(setsid),
      CALL(getuid), CALL(geteuid), CALL(getgid), CALL(getegid), CALL(getresuid),
      CALL(getresgid), CALL(getgroups), CALL(capget), CALL(uname), CALL(sysinfo),
      CALL(getrusage), CALL(getrlimit), CALL(getrandom));

/* Sockets that exist: what is sent without an address, what is received. */
CALLS(calls_sockets, CALL(recvfrom), CALL(recvmsg), CALL(recvmmsg), CALL(shutdown),
      CALL(getsockname), CALL(getpeername), CALL(getsockopt));

/* ---- Files --------------------------------------------------------------- */

/*
 * A file that a trusted cell leaves on the host with a set-user-ID bit runs as
 * its owner for whoever starts it, outside.  (A cell's own /work is nosuid and
 * leaves only contents.)  The mode counts only when something is created.
 */
/* clang-format off */
#define NO_SETID_MODE(n)                                                                   \
    {T, IF(HAS(n, S_ISUID)), TELL(EPERM, ""), WHEN("S_ISUID")},                            \
    {T, IF(HAS(n, S_ISGID)), TELL(EPERM, ""), WHEN("S_ISGID")}
#define CREATES(n)           HAS(n, O_CREAT)
#define CREATES_TEMPORARY(n) BITS(n, O_TMPFILE, O_TMPFILE)
#define NO_SETID_OPEN(flags, mode)                                                         \
    {T, IF(CREATES(flags), HAS(mode, S_ISUID)), TELL(EPERM, ""),                           \
     WHEN("O_CREAT and S_ISUID")},                                                         \
    {T, IF(CREATES(flags), HAS(mode, S_ISGID)), TELL(EPERM, ""),                           \
     WHEN("O_CREAT and S_ISGID")},                                                         \
    {T, IF(CREATES_TEMPORARY(flags), HAS(mode, S_ISUID)), TELL(EPERM, ""),                 \
     WHEN("O_TMPFILE and S_ISUID")},                                                       \
    {T, IF(CREATES_TEMPORARY(flags), HAS(mode, S_ISGID)), TELL(EPERM, ""),                 \
     WHEN("O_TMPFILE and S_ISGID")}
/* clang-format on */

static const struct cl_seccomp_rule rules_open[] = {
    NO_SETID_OPEN(1, 2),
    {C | T, ALLOW},
    LAST,
};
CALLS(calls_open, CALL(open));

static const struct cl_seccomp_rule rules_openat[] = {
    NO_SETID_OPEN(2, 3),
    {C | T, ALLOW},
    LAST,
};
CALLS(calls_openat, CALL(openat));

/* openat2 has its mode in memory: a trusted cell does without it. */
static const struct cl_seccomp_rule rules_openat2[] = {
    {C, ALLOW},
    {T, QUIET(ENOSYS)},
    LAST,
};
CALLS(calls_openat2, CALL(openat2));

/* Names and times: where nothing is writable, as on a read-only file system. */
static const struct cl_seccomp_rule rules_changing[] = {
    {C, .with = FILES, ALLOW},
    {C, QUIET(EROFS)},
    {T, ALLOW},
    LAST,
};
CALLS(calls_changing, CALL(unlink), CALL(unlinkat), CALL(rename), CALL(renameat),
      CALL(renameat2), CALL(mkdir), CALL(mkdirat), CALL(rmdir), CALL(symlink),
      CALL(symlinkat), CALL(link), CALL(linkat), CALL(truncate));

/* Landlock does not know of times and modes: where the host's own files are in
 * view (no mount namespace), they are nobody's to change. */
static const struct cl_seccomp_rule rules_times[] = {
    {C, .with = NO_NS, QUIET(EPERM)},
    {C, .with = FILES, ALLOW},
    {C, QUIET(EROFS)},
    {T, ALLOW},
    LAST,
};
CALLS(calls_times, CALL(utime), CALL(utimes), CALL(utimensat), CALL(futimesat));

/* Modes, by the place of the mode among the arguments. */
/* clang-format off */
#define MODE_RULES(n)                                                                      \
    {                                                                                      \
        {C, .with = NO_NS, QUIET(EPERM)},                                                  \
        {C, .with = FILES, ALLOW},                                                         \
        {C, QUIET(EROFS)},                                                                 \
        NO_SETID_MODE(n),                                                                  \
        {T, ALLOW},                                                                        \
        LAST,                                                                              \
    }
/* clang-format on */
static const struct cl_seccomp_rule rules_mode_1[] = MODE_RULES(1);
CALLS(calls_mode_1, CALL(chmod), CALL(fchmod));
static const struct cl_seccomp_rule rules_mode_2[] = MODE_RULES(2);
CALLS(calls_mode_2, CALL(fchmodat), CALL(fchmodat2));

static const struct cl_seccomp_rule rules_creat[] = {
    NO_SETID_MODE(1),
    {C | T, ALLOW},
    LAST,
};
CALLS(calls_creat, CALL(creat));

/* Devices never.  A FIFO in a directory that siblings see is a channel between
 * them; a socket is made by bind. */
/* clang-format off */
#define NODE_RULES(n)                                                                      \
    {                                                                                      \
        {C | T, IF(BITS(n, S_IFMT, S_IFCHR)), TELL(EPERM, ""), WHEN("S_IFCHR")},           \
        {C | T, IF(BITS(n, S_IFMT, S_IFBLK)), TELL(EPERM, ""), WHEN("S_IFBLK")},           \
        NO_SETID_MODE(n),                                                                  \
        {T, ALLOW},                                                                        \
        {C, .without = FILES, QUIET(EROFS)},                                               \
        {C, IF(BITS(n, S_IFMT, S_IFREG)), ALLOW, WHEN("S_IFREG")},                         \
        {C, IF(BITS(n, S_IFMT, 0)), ALLOW, WHEN("no type")},                               \
        {C, .without = SHARED, IF(BITS(n, S_IFMT, S_IFIFO)), ALLOW, WHEN("S_IFIFO")},      \
        {C, QUIET(EPERM)},                                                                 \
        LAST,                                                                              \
    }
/* clang-format on */
static const struct cl_seccomp_rule rules_node_1[] = NODE_RULES(1);
CALLS(calls_node_1, CALL(mknod));
static const struct cl_seccomp_rule rules_node_2[] = NODE_RULES(2);
CALLS(calls_node_2, CALL(mknodat));

/* Owners and attributes: a cell has one identity and its files none but it.
 * Quiet, because copying and unpacking programs try them and go on. */
static const struct cl_seccomp_rule rules_trusted_only[] = {
    {C, QUIET(EPERM)},
    {T, ALLOW},
    LAST,
};
CALLS(calls_owners, CALL(chown), CALL(fchown), CALL(lchown), CALL(fchownat), CALL(setxattr),
      CALL(lsetxattr), CALL(fsetxattr), CALL(setxattrat), CALL(removexattr),
      CALL(lremovexattr), CALL(fremovexattr), CALL(removexattrat));

/* Flushing other people's files along with one's own. */
CALLS(calls_sync, CALL(sync), CALL(syncfs));

/* Memory that the kernel may not take back; where memory is. */
CALLS(calls_placement, CALL(mlock), CALL(mlock2), CALL(mlockall), CALL(mbind),
      CALL(set_mempolicy), CALL(set_mempolicy_home_node));

/* Identities and capabilities: nobody here has one to change, but tools that
 * drop their privileges insist that it works. */
CALLS(calls_identity, CALL(setuid), CALL(setgid), CALL(setreuid), CALL(setregid),
      CALL(setresuid), CALL(setresgid), CALL(setfsuid), CALL(setfsgid), CALL(setgroups),
      CALL(capset));

/* Limits are set from outside: a cell has no call to change them; the ulimit of
 * a trusted script can only lower.  The clock, read by the call that sets it. */
CALLS(calls_limits_and_clock, CALL(setrlimit), CALL(adjtimex), CALL(clock_adjtime));

/*
 * Locks on files that siblings have too (the interpreter's own) pass bits
 * between them.  A cell of one process has nobody to lock out: its locks are
 * answered with success and not taken, and so not seen.
 */
static const struct cl_seccomp_rule rules_flock[] = {
    {C, .with = ALONE, PRETEND},
    {C | T, .without = SHARED, ALLOW},
    {C | T, QUIET(ENOLCK)},
    LAST,
};
CALLS(calls_flock, CALL(flock));

/*
 * fcntl by command.  F_SETPIPE_SZ: pages in pipes are counted for each user, and
 * the broker may be the same one; EPERM is what the kernel says at that limit.
 * Leases, directory notices and chosen owners and signals reach into others.
 */
static const struct cl_seccomp_rule rules_fcntl[] = {
    {C | T, IS(1, F_DUPFD), ALLOW},
    {C | T, IS(1, F_GETFD), ALLOW},
    {C | T, IS(1, F_SETFD), ALLOW},
    {C | T, IS(1, F_GETFL), ALLOW},
    {C | T, IS(1, F_SETFL), ALLOW},
    {C | T, IS(1, F_GETOWN), ALLOW},
    {C | T, IS(1, F_GETSIG), ALLOW},
    {C | T, IS(1, F_GETOWN_EX), ALLOW},
    {C | T, IS(1, F_GETLEASE), ALLOW},
    {C | T, IS(1, F_DUPFD_QUERY), ALLOW},
    {C | T, IS(1, F_CREATED_QUERY), ALLOW},
    {C | T, IS(1, F_DUPFD_CLOEXEC), ALLOW},
    {C | T, IS(1, F_GETPIPE_SZ), ALLOW},
    {C | T, IS(1, F_ADD_SEALS), ALLOW},
    {C | T, IS(1, F_GET_SEALS), ALLOW},
    {C, .with = ALONE, IS(1, F_SETLK), PRETEND},
    {C, .with = ALONE, IS(1, F_SETLKW), PRETEND},
    {C, .with = ALONE, IS(1, F_OFD_SETLK), PRETEND},
    {C, .with = ALONE, IS(1, F_OFD_SETLKW), PRETEND},
    {C | T, .without = SHARED, IS(1, F_GETLK), ALLOW},
    {C | T, .without = SHARED, IS(1, F_SETLK), ALLOW},
    {C | T, .without = SHARED, IS(1, F_SETLKW), ALLOW},
    {C | T, .without = SHARED, IS(1, F_OFD_GETLK), ALLOW},
    {C | T, .without = SHARED, IS(1, F_OFD_SETLK), ALLOW},
    {C | T, .without = SHARED, IS(1, F_OFD_SETLKW), ALLOW},
    {C | T, .with = SHARED, IS(1, F_GETLK), QUIET(ENOLCK)},
    {C | T, .with = SHARED, IS(1, F_SETLK), QUIET(ENOLCK)},
    {C | T, .with = SHARED, IS(1, F_SETLKW), QUIET(ENOLCK)},
    {C | T, .with = SHARED, IS(1, F_OFD_GETLK), QUIET(ENOLCK)},
    {C | T, .with = SHARED, IS(1, F_OFD_SETLK), QUIET(ENOLCK)},
    {C | T, .with = SHARED, IS(1, F_OFD_SETLKW), QUIET(ENOLCK)},
    {T, .without = NO_NS, IS(1, F_SETOWN), ALLOW},
    {T, .without = NO_NS, IS(1, F_SETOWN_EX), ALLOW},
    {T, .with = NO_NS, IS(1, F_SETOWN), QUIET(EPERM)},
    {T, .with = NO_NS, IS(1, F_SETOWN_EX), QUIET(EPERM)},
    {T, IS(1, F_SETSIG), ALLOW},
    {T, .without = SHARED, IS(1, F_SETLEASE), ALLOW},
    {T, .without = SHARED, IS(1, F_NOTIFY), ALLOW},
    {T, .with = SHARED, IS(1, F_SETLEASE), QUIET(EPERM)},
    {T, .with = SHARED, IS(1, F_NOTIFY), QUIET(EPERM)},
    {C, IS(1, F_SETOWN), QUIET(EPERM)},
    {C, IS(1, F_SETOWN_EX), QUIET(EPERM)},
    {C, IS(1, F_SETSIG), QUIET(EPERM)},
    {C, IS(1, F_SETLEASE), QUIET(EPERM)},
    {C, IS(1, F_NOTIFY), QUIET(EPERM)},
    {C | T, IS(1, F_SETPIPE_SZ), QUIET(EPERM)},
    {C | T, QUIET(EINVAL)},
    LAST,
};
CALLS(calls_fcntl, CALL(fcntl));

/*
 * ioctl by request, of which the kernel reads 32 bits.  TIOCSTI types into the
 * terminal of whoever started us, TIOCLINUX pastes into it.  Everything else
 * gets what a file says that is no such device.
 */
static const struct cl_seccomp_rule rules_ioctl[] = {
    {C | T, IS(1, TIOCSTI), ATTACK},
    {C | T, IS(1, TIOCLINUX), ATTACK},
    {C | T, IS(1, TCGETS), ALLOW},
    {C | T, IF(INT(1, CL_TCGETS2)), ALLOW, WHEN("TCGETS2")},
    {C | T, IS(1, TIOCGWINSZ), ALLOW},
    {C | T, IS(1, TIOCGPGRP), ALLOW},
    {C | T, IS(1, TIOCOUTQ), ALLOW},
    {C | T, IS(1, FIONREAD), ALLOW},
    {C | T, IS(1, FIONBIO), ALLOW},
    {C | T, IS(1, FIONCLEX), ALLOW},
    {C | T, IS(1, FIOCLEX), ALLOW},
    {C | T, IS(1, FIOQSIZE), ALLOW},
    /* line disciplines and the console are driver code with a history */
    {T, IS(1, TIOCSETD), QUIET(EPERM)},
    {T, IS(1, TIOCCONS), QUIET(EPERM)},
    {T, IF(BITS(1, 0xff00, 'T' << 8)), ALLOW, WHEN("a terminal's")},
    {T, IF(BITS(1, 0xff00, 'f' << 8)), ALLOW, WHEN("a file's flags")},
    {T, IF(INT(1, CL_FICLONE)), ALLOW, WHEN("FICLONE")},
    {T, IF(INT(1, CL_FICLONERANGE)), ALLOW, WHEN("FICLONERANGE")},
    {T, IF(INT(1, CL_FIDEDUPERANGE)), ALLOW, WHEN("FIDEDUPERANGE")},
    {T, .with = INET, IF(BITS(1, 0xffffff00, 0x8900)), ALLOW, WHEN("an interface's")},
    /* which namespace is this: asked while a cell is set up */
    {Z, IF(BITS(1, 0xff00, 0xb700)), ALLOW, WHEN("a namespace's")},
    {C | T, QUIET(ENOTTY)},
    LAST,
};
CALLS(calls_ioctl, CALL(ioctl));

/* inotify instances are counted for each user of the host, who needs them; a
 * cell's would be gone after a few.  Watchers fall back to looking. */
static const struct cl_seccomp_rule rules_inotify[] = {
    {C, QUIET(ENOSYS)},
    {T, .without = SHARED, ALLOW},
    {T, QUIET(ENOSYS)},
    LAST,
};
CALLS(calls_inotify, CALL(inotify_init), CALL(inotify_init1), CALL(inotify_add_watch),
      CALL(inotify_rm_watch));

/* ---- Memory -------------------------------------------------------------- */

/*
 * What RLIMIT_DATA does not count is refused, because where no cgroup is
 * delegated nothing else counts it: shared anonymous memory (allowed with
 * processes, where the broker samples), stacks that grow down (the kernel
 * books them as stack whatever their size; thread stacks are not such), and
 * huge pages out of the host's pool.
 */
static const struct cl_seccomp_rule rules_mmap[] = {
    {C | T, IF(HAS(3, MAP_HUGETLB)), QUIET(ENOMEM), WHEN("MAP_HUGETLB")},
    {C | T, IF(HAS(3, MAP_GROWSDOWN)), TELL(EPERM, ""), WHEN("MAP_GROWSDOWN")},
    {C, .without = PROCESSES,
     IF(BITS(3, MAP_SHARED | MAP_ANONYMOUS, MAP_SHARED | MAP_ANONYMOUS)),
     TELL(EPERM, "limits.processes"), WHEN("MAP_SHARED and MAP_ANONYMOUS")},
    {C | T, ALLOW},
    LAST,
};
CALLS(calls_mmap, CALL(mmap));

/* Merged pages tell by their timing what a neighbour's hold. */
static const struct cl_seccomp_rule rules_madvise[] = {
    {C | T, IS(2, MADV_MERGEABLE), QUIET(EINVAL)},
    {C | T, IS(2, MADV_HWPOISON), QUIET(EPERM)},
    {C | T, IS(2, MADV_SOFT_OFFLINE), QUIET(EPERM)},
    {C | T, ALLOW},
    LAST,
};
CALLS(calls_madvise, CALL(madvise));

/* Memory without a name or an owner: no limit but a cgroup's counts it, it
 * outlives the mapping, and a program in it starts past Landlock. */
static const struct cl_seccomp_rule rules_uncounted[] = {
    {C | T, TELL(EPERM, "")},
    {Z, ALLOW},
    LAST,
};
CALLS(calls_uncounted, CALL(memfd_create));

/* System V IPC; what follows the *get calls has nothing to work on. */
static const struct cl_seccomp_rule rules_explained[] = {{C | T, TELL(EPERM, "")}, LAST};
CALLS(calls_sysv, CALL(shmget), CALL(semget), CALL(msgget));

/* ---- Processes and threads ------------------------------------------------ */

/* What every thread has (glibc's and musl's), and what one may have besides. */
#define THREAD_FLAGS                                                                       \
    (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM)
#define THREAD_EXTRAS                                                                      \
    (CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID |      \
     CLONE_DETACHED)
/* fork, vfork and posix_spawn.  Not CLONE_PARENT: the child would be our
 * parent's, which waits for what it knows.  Not CLONE_UNTRACED, CLONE_PTRACE. */
#define PROCESS_EXTRAS                                                                     \
    (CLONE_VM | CLONE_VFORK | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM | CLONE_IO |          \
     CLONE_PIDFD | THREAD_EXTRAS)

/* All 64 bits: an honest caller leaves none set that is not in a name. */
#define A_THREAD LONG_BITS(0, ~(uint64_t)(THREAD_EXTRAS), THREAD_FLAGS)
#define A_PROCESS LONG_BITS(0, ~(uint64_t)(unsigned)(PROCESS_EXTRAS), SIGCHLD)

/* clang-format off */
#define NO_NEW_NAMESPACE                                                                   \
    {C, IF(HAS(0, CLONE_NEWUSER)), ATTACK, WHEN("CLONE_NEWUSER")},                         \
    {C, IF(HAS(0, CLONE_NEWNS)), ATTACK, WHEN("CLONE_NEWNS")},                             \
    {C, IF(HAS(0, CLONE_NEWPID)), ATTACK, WHEN("CLONE_NEWPID")},                           \
    {C, IF(HAS(0, CLONE_NEWNET)), ATTACK, WHEN("CLONE_NEWNET")},                           \
    {C, IF(HAS(0, CLONE_NEWIPC)), ATTACK, WHEN("CLONE_NEWIPC")},                           \
    {C, IF(HAS(0, CLONE_NEWUTS)), ATTACK, WHEN("CLONE_NEWUTS")},                           \
    {C, IF(HAS(0, CLONE_NEWCGROUP)), ATTACK, WHEN("CLONE_NEWCGROUP")}
/* clang-format on */

/*
 * How many there may be is RLIMIT_NPROC's and pids.max's.  EAGAIN is what
 * pthread_create documents for a limit.  A zygote makes init processes and
 * namespaces.
 */
static const struct cl_seccomp_rule rules_clone[] = {
    {Z, ALLOW},
    {T, IF(A_THREAD), ALLOW, WHEN("a thread's flags")},
    {T, IF(A_PROCESS), ALLOW, WHEN("a process's flags")},
    {C, .with = THREADS, IF(A_THREAD), ALLOW, WHEN("a thread's flags")},
    {C, .with = PROCESSES, IF(A_PROCESS), ALLOW, WHEN("a process's flags")},
    {C, .without = THREADS, IF(A_THREAD), TELL(EAGAIN, "limits.threads"),
     WHEN("a thread's flags")},
    {C, .without = PROCESSES, IF(A_PROCESS), TELL(EPERM, "limits.processes"),
     WHEN("a process's flags")},
    NO_NEW_NAMESPACE,
    {C | T, TELL(EPERM, "")},
    LAST,
};
CALLS(calls_clone, CALL(clone));

/* clone3 has its flags in memory: C libraries fall back to clone.  Only the
 * zygote, before its cells' filters, makes cells with it. */
static const struct cl_seccomp_rule rules_clone3[] = {
    {C | T, QUIET(ENOSYS)},
    {Z, ALLOW},
    LAST,
};
CALLS(calls_clone3, CALL(clone3));

static const struct cl_seccomp_rule rules_processes[] = {
    {C, .with = PROCESSES, ALLOW},
    {C, TELL(EPERM, "limits.processes")},
    {T, ALLOW},
    LAST,
};
CALLS(calls_processes, CALL(fork), CALL(vfork), CALL(execve), CALL(execveat));

/* unshare without a new namespace only parts what threads share. */
static const struct cl_seccomp_rule rules_unshare[] = {
    {Z, ALLOW},
    {C | T, IF(LONG_BITS(0, ~(uint64_t)(CLONE_FS | CLONE_FILES | CLONE_SYSVSEM), 0)), ALLOW,
     WHEN("CLONE_FS, CLONE_FILES, CLONE_SYSVSEM only")},
    {C, ATTACK},
    {T, TELL(EPERM, "")},
    LAST,
};
CALLS(calls_unshare, CALL(unshare));

/*
 * Calls that take another's pid.  In a PID namespace of one's own the others
 * are one's own; without one they are the neighbours, of the same uid.  There,
 * 0 means oneself or, to kill, one's own process group, which is the cell.
 */
/* clang-format off */
#define OWN_PID_ONLY(...)                                                                  \
    {                                                                                      \
        {C | T, .without = NO_NS, ALLOW},                                                  \
        {C | T, IF(INT(0, 0)), ALLOW, WHEN("pid 0")},                                      \
        {C | T, __VA_ARGS__},                                                              \
        LAST,                                                                              \
    }
/* clang-format on */
static const struct cl_seccomp_rule rules_kill[] = OWN_PID_ONLY(TELL(EPERM, ""));
CALLS(calls_kill, CALL(kill), CALL(tkill), CALL(tgkill), CALL(rt_sigqueueinfo),
      CALL(rt_tgsigqueueinfo));

static const struct cl_seccomp_rule rules_ask_pid[] = OWN_PID_ONLY(QUIET(ESRCH));
CALLS(calls_ask_pid, CALL(getpgid), CALL(getsid), CALL(setpgid), CALL(sched_getparam),
      CALL(sched_getscheduler), CALL(sched_getattr), CALL(sched_rr_get_interval));

/* glibc asks for a thread's affinity by its id (pthread_getattr_np), and takes
 * ENOSYS, but not ESRCH, for "not known". */
static const struct cl_seccomp_rule rules_ask_affinity[] = OWN_PID_ONLY(QUIET(ENOSYS));
CALLS(calls_ask_affinity, CALL(sched_getaffinity));

static const struct cl_seccomp_rule rules_pidfd_open[] = {
    {C | T, .without = NO_NS, ALLOW},
    {C | T, TELL(EPERM, "")},
    LAST,
};
CALLS(calls_pidfd_open, CALL(pidfd_open));

/* A zygote ends its own cells by the descriptors that clone3 gave it. */
static const struct cl_seccomp_rule rules_pidfd_signal[] = {
    {Z, ALLOW},
    {C | T, .without = NO_NS, ALLOW},
    {C | T, TELL(EPERM, "")},
    LAST,
};
CALLS(calls_pidfd_signal, CALL(pidfd_send_signal));

/* Which processor, in which class: the host's scheduler is not a cell's. */
static const struct cl_seccomp_rule rules_scheduling[] = {
    {C, QUIET(EPERM)},
    {T, .without = NO_NS, ALLOW},
    {T, IF(INT(0, 0)), ALLOW, WHEN("pid 0")},
    {T, QUIET(EPERM)},
    LAST,
};
CALLS(calls_scheduling, CALL(sched_setaffinity), CALL(sched_setparam),
      CALL(sched_setscheduler), CALL(sched_setattr));

/* os.nice: one's own, which only gets lower.  PRIO_USER would be everybody
 * with this uid. */
static const struct cl_seccomp_rule rules_priority[] = {
    {T, .without = NO_NS, ALLOW},
    {C | T, IF(INT(0, PRIO_PROCESS), INT(1, 0)), ALLOW, WHEN("one's own")},
    {C | T, QUIET(EPERM)},
    LAST,
};
CALLS(calls_priority, CALL(getpriority), CALL(setpriority));

/* The kernel's ids for these are 1, 2, 3: process, group, user. */
static const struct cl_seccomp_rule rules_io_priority[] = {
    {T, .without = NO_NS, ALLOW},
    {C | T, QUIET(EPERM)},
    LAST,
};
CALLS(calls_io_priority, CALL(ioprio_get), CALL(ioprio_set));

/* Limits may be read.  glibc's getrlimit is this call with pid 0. */
static const struct cl_seccomp_rule rules_prlimit[] = {
    {C | T, .with = NO_NS, IF(INT(0, 0), LONG(2, 0)), ALLOW, WHEN("pid 0, no new limit")},
    {T, .with = NO_NS, IF(INT(0, 0)), ALLOW, WHEN("pid 0")},
    {C | T, .with = NO_NS, QUIET(EPERM)},
    {T, ALLOW},
    {C, IF(LONG(2, 0)), ALLOW, WHEN("no new limit")},
    {C, QUIET(EPERM)},
    {Z, ALLOW},
    LAST,
};
CALLS(calls_prlimit, CALL(prlimit64));

/* Query, and the private commands with their registrations; the global ones
 * interrupt every processor. */
static const struct cl_seccomp_rule rules_membarrier[] = {
    {C | T, IF(BITS(0, ~0x3f8u, 0)), ALLOW, WHEN("query and private commands")},
    {C | T, QUIET(EINVAL)},
    LAST,
};
CALLS(calls_membarrier, CALL(membarrier));

/* ---- Oneself, by option --------------------------------------------------- */

/*
 * prctl.  Reading is harmless.  Quiet refusals name what honest programs try:
 * process titles (PR_SET_MM), debuggers (PR_SET_PTRACER, PR_SET_DUMPABLE).
 * PR_SET_DUMPABLE 0 only takes away.  PR_SET_PDEATHSIG 0 would let a cell
 * outlive its zygote where no PID namespace ends it.  PR_SET_SPECULATION_CTRL
 * can switch mitigations off; PR_SET_MEMORY_MERGE is MADV_MERGEABLE for
 * everything; PR_SCHED_CORE and the perf options reach beyond the process.
 */
static const struct cl_seccomp_rule rules_prctl[] = {
    {C | T, IS(0, PR_SET_NAME), ALLOW},
    {C | T, IS(0, PR_GET_NAME), ALLOW},
    {C | T, IS(0, PR_GET_PDEATHSIG), ALLOW},
    {C | T, IS(0, PR_GET_DUMPABLE), ALLOW},
    {C | T, IS(0, PR_GET_KEEPCAPS), ALLOW},
    {C | T, IS(0, PR_GET_SECCOMP), ALLOW},
    {C | T, IS(0, PR_CAPBSET_READ), ALLOW},
    {C | T, IS(0, PR_GET_TSC), ALLOW},
    {C | T, IS(0, PR_GET_SECUREBITS), ALLOW},
    {C | T, IS(0, PR_GET_TIMERSLACK), ALLOW},
    {C | T, IS(0, PR_SET_TIMERSLACK), ALLOW},
    {C | T, IS(0, PR_MCE_KILL_GET), ALLOW},
    {C | T, IS(0, PR_GET_CHILD_SUBREAPER), ALLOW},
    {C | T, IS(0, PR_GET_NO_NEW_PRIVS), ALLOW},
    {C | T, IS(0, PR_SET_NO_NEW_PRIVS), ALLOW},
    {C | T, IS(0, PR_GET_TID_ADDRESS), ALLOW},
    {C | T, IS(0, PR_GET_THP_DISABLE), ALLOW},
    {C | T, IS(0, PR_SET_THP_DISABLE), ALLOW},
    {C | T, IS(0, PR_SVE_GET_VL), ALLOW},
    {C | T, IS(0, PR_SVE_SET_VL), ALLOW},
    {C | T, IS(0, PR_GET_SPECULATION_CTRL), ALLOW},
    {C | T, IS(0, PR_PAC_RESET_KEYS), ALLOW},
    {C | T, IS(0, PR_GET_TAGGED_ADDR_CTRL), ALLOW},
    {C | T, IS(0, PR_SET_TAGGED_ADDR_CTRL), ALLOW},
    {C | T, IS(0, PR_GET_IO_FLUSHER), ALLOW},
    {C | T, IS(0, PR_GET_MDWE), ALLOW},
    {C | T, IS(0, PR_SET_MDWE), ALLOW},
    {C | T, IS(0, PR_GET_MEMORY_MERGE), ALLOW},
    {C | T, IS(0, PR_GET_AUXV), ALLOW},
    {C | T, IS(0, PR_SET_VMA), ALLOW},
    {C | T, IF(INT(0, PR_SET_DUMPABLE), LONG(1, 0)), ALLOW, WHEN("PR_SET_DUMPABLE 0")},
    {C | T, IF(INT(0, PR_CAP_AMBIENT), LONG(1, PR_CAP_AMBIENT_IS_SET)), ALLOW,
     WHEN("PR_CAP_AMBIENT_IS_SET")},
    {C, .with = PROCESSES, .without = NO_NS, IS(0, PR_SET_PDEATHSIG), ALLOW},
    {C, .with = PROCESSES, .without = NO_NS, IS(0, PR_SET_CHILD_SUBREAPER), ALLOW},
    {C, .without = PROCESSES, IS(0, PR_SET_PDEATHSIG), QUIET(EPERM)},
    {C, .without = PROCESSES, IS(0, PR_SET_CHILD_SUBREAPER), QUIET(EPERM)},
    {T, .without = NO_NS, IS(0, PR_SET_PDEATHSIG), ALLOW},
    {T, .without = NO_NS, IS(0, PR_SET_CHILD_SUBREAPER), ALLOW},
    {C | T, .with = NO_NS, IS(0, PR_SET_PDEATHSIG), QUIET(EPERM)},
    {C | T, .with = NO_NS, IS(0, PR_SET_CHILD_SUBREAPER), QUIET(EPERM)},
    {T, IS(0, PR_SET_KEEPCAPS), ALLOW},
    {T, IS(0, PR_CAPBSET_DROP), ALLOW},
    {T, IS(0, PR_CAP_AMBIENT), ALLOW},
    {C, IS(0, PR_SET_KEEPCAPS), QUIET(EPERM)},
    {C, IS(0, PR_CAPBSET_DROP), QUIET(EPERM)},
    {C, IS(0, PR_CAP_AMBIENT), QUIET(EPERM)},
    {C, IS(0, PR_SET_SECCOMP), TELL(EPERM, "")},
    {T, IS(0, PR_SET_SECCOMP), QUIET(EINVAL)},
    {Z, IS(0, PR_SET_PDEATHSIG), ALLOW},
    {Z, IS(0, PR_SET_DUMPABLE), ALLOW},
    {Z, IS(0, PR_SET_KEEPCAPS), ALLOW},
    {Z, IS(0, PR_SET_SECUREBITS), ALLOW},
    {Z, IS(0, PR_CAPBSET_DROP), ALLOW},
    {Z, IS(0, PR_CAP_AMBIENT), ALLOW},
    {Z, IS(0, PR_SET_CHILD_SUBREAPER), ALLOW},
    {Z, IS(0, PR_SET_TSC), ALLOW},
    {Z, IS(0, PR_SET_SPECULATION_CTRL), ALLOW},
    {C | T, IS(0, PR_SET_DUMPABLE), QUIET(EPERM)},
    {C | T, IS(0, PR_SET_SECUREBITS), QUIET(EPERM)},
    {C | T, IS(0, PR_SET_MM), QUIET(EPERM)},
    {C | T, IS(0, PR_SET_PTRACER), QUIET(EPERM)},
    {C | T, IS(0, PR_SET_TSC), QUIET(EPERM)},
    {C | T, IS(0, PR_SET_SPECULATION_CTRL), QUIET(EPERM)},
    {C | T, IS(0, PR_SET_MEMORY_MERGE), QUIET(EPERM)},
    {C | T, IS(0, PR_SET_IO_FLUSHER), QUIET(EPERM)},
    {C | T, IS(0, PR_TASK_PERF_EVENTS_DISABLE), QUIET(EPERM)},
    {C | T, IS(0, PR_TASK_PERF_EVENTS_ENABLE), QUIET(EPERM)},
    {C | T, IS(0, PR_SCHED_CORE), QUIET(EPERM)},
    {C | T, QUIET(EINVAL)},
    LAST,
};
CALLS(calls_prctl, CALL(prctl));

/* glibc's thread pointer and shadow stacks, and matrix registers. */
static const struct cl_seccomp_rule rules_arch_prctl[] = {
    {C | T, IF(INT(0, CL_ARCH_SET_FS)), ALLOW, WHEN("ARCH_SET_FS")},
    {C | T, IF(INT(0, CL_ARCH_GET_FS)), ALLOW, WHEN("ARCH_GET_FS")},
    {C | T, IF(INT(0, CL_ARCH_SET_GS)), ALLOW, WHEN("ARCH_SET_GS")},
    {C | T, IF(INT(0, CL_ARCH_GET_GS)), ALLOW, WHEN("ARCH_GET_GS")},
    {C | T, IF(INT(0, CL_ARCH_GET_CPUID)), ALLOW, WHEN("ARCH_GET_CPUID")},
    {C | T, IF(INT(0, CL_ARCH_GET_XCOMP_SUPP)), ALLOW, WHEN("ARCH_GET_XCOMP_SUPP")},
    {C | T, IF(INT(0, CL_ARCH_GET_XCOMP_PERM)), ALLOW, WHEN("ARCH_GET_XCOMP_PERM")},
    {C | T, IF(INT(0, CL_ARCH_REQ_XCOMP_PERM)), ALLOW, WHEN("ARCH_REQ_XCOMP_PERM")},
    {C | T, IF(INT(0, CL_ARCH_CET_STATUS)), ALLOW, WHEN("ARCH_CET_STATUS")},
    {C | T, IF(INT(0, CL_ARCH_SHSTK_ENABLE)), ALLOW, WHEN("ARCH_SHSTK_ENABLE")},
    {C | T, IF(INT(0, CL_ARCH_SHSTK_DISABLE)), ALLOW, WHEN("ARCH_SHSTK_DISABLE")},
    {C | T, IF(INT(0, CL_ARCH_SHSTK_LOCK)), ALLOW, WHEN("ARCH_SHSTK_LOCK")},
    {C | T, IF(INT(0, CL_ARCH_SHSTK_STATUS)), ALLOW, WHEN("ARCH_SHSTK_STATUS")},
    {C | T, QUIET(EINVAL)},
    LAST,
};
CALLS(calls_arch_prctl, CALL(arch_prctl));

/* Asking, and the persona everybody has; others move the address layout. */
static const struct cl_seccomp_rule rules_personality[] = {
    {C | T, IF(INT(0, 0xffffffffu)), ALLOW, WHEN("a query")},
    {C | T, IS(0, PER_LINUX), ALLOW},
#ifdef CLOCHE_SANITIZED
    {C | T, .with = SANITIZER, IS(0, ADDR_NO_RANDOMIZE), ALLOW},
#endif
    {C | T, QUIET(EPERM)},
    LAST,
};
CALLS(calls_personality, CALL(personality));

/* ---- Network -------------------------------------------------------------- */

#define FAMILY(v) INT(0, v)
#define TYPE(v) BITS(1, ~(SOCK_CLOEXEC | SOCK_NONBLOCK), v)
#define PROTOCOL(v) INT(2, v)
/* clang-format off */
#define INET_SOCKET(family, type, protocol)                                                \
    {                                                                                      \
        T, .with = INET, IF(FAMILY(family), TYPE(type), PROTOCOL(protocol)), ALLOW,        \
           WHEN(#family " " #type " " #protocol)                                           \
    }

/*
 * Sockets by family, type and protocol.
 *
 * glibc looks for its name service cache (a stream socket, non-blocking from
 * its birth, as hardly anything else makes one) and lists addresses over
 * NETLINK_ROUTE before it resolves any name: quiet.  With the Internet, TCP, UDP
 * and ping: other protocols have rules of their own that Landlock does not
 * know.  AF_UNIX by name reaches docker.sock, a session bus, an agent.  Other
 * families are as if the kernel had been built without them.
 */
static const struct cl_seccomp_rule rules_socket[] = {
    {Z, IF(FAMILY(AF_UNIX)), ALLOW, WHEN("AF_UNIX")},
    {C, .with = UNIX, IF(FAMILY(AF_UNIX)), ALLOW, WHEN("AF_UNIX")},
    INET_SOCKET(AF_INET, SOCK_STREAM, 0),
    INET_SOCKET(AF_INET, SOCK_STREAM, IPPROTO_TCP),
    INET_SOCKET(AF_INET, SOCK_DGRAM, 0),
    INET_SOCKET(AF_INET, SOCK_DGRAM, IPPROTO_UDP),
    INET_SOCKET(AF_INET, SOCK_DGRAM, IPPROTO_ICMP),
    INET_SOCKET(AF_INET6, SOCK_STREAM, 0),
    INET_SOCKET(AF_INET6, SOCK_STREAM, IPPROTO_TCP),
    INET_SOCKET(AF_INET6, SOCK_DGRAM, 0),
    INET_SOCKET(AF_INET6, SOCK_DGRAM, IPPROTO_UDP),
    INET_SOCKET(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6),
    {T, .with = INET, IF(FAMILY(AF_NETLINK), PROTOCOL(0)), ALLOW,
     WHEN("AF_NETLINK, NETLINK_ROUTE")},
    {C | T, IF(FAMILY(AF_NETLINK), PROTOCOL(0)), QUIET(EACCES),
     WHEN("AF_NETLINK, NETLINK_ROUTE")},
    {C | T, IF(FAMILY(AF_UNIX), INT(1, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK)),
     QUIET(EACCES), WHEN("AF_UNIX as glibc's name service asks")},
    {C | T, IF(FAMILY(AF_UNIX)), TELL(EACCES, ""), WHEN("AF_UNIX")},
    {T, .with = INET, IF(FAMILY(AF_INET)), TELL(EACCES, ""), WHEN("AF_INET otherwise")},
    {T, .with = INET, IF(FAMILY(AF_INET6)), TELL(EACCES, ""), WHEN("AF_INET6 otherwise")},
    {C | T, IF(FAMILY(AF_INET)), TELL(EACCES, "network.mode"), WHEN("AF_INET")},
    {C | T, IF(FAMILY(AF_INET6)), TELL(EACCES, "network.mode"), WHEN("AF_INET6")},
    {C | T, TELL(EAFNOSUPPORT, "")},
    LAST,
};
CALLS(calls_socket, CALL(socket));

/*
 * A pair that knows only each other.  Not datagrams: such a socket may be sent
 * from to any name, by an address that sendmsg has in memory; stream and
 * sequenced ones refuse or ignore it.  (The kernel makes SOCK_RAW a datagram.)
 */
static const struct cl_seccomp_rule rules_socketpair[] = {
    {Z, IF(FAMILY(AF_UNIX)), ALLOW, WHEN("AF_UNIX")},
    {C, .with = UNIX, IF(FAMILY(AF_UNIX)), ALLOW, WHEN("AF_UNIX")},
    {C | T, IF(FAMILY(AF_UNIX), TYPE(SOCK_STREAM)), ALLOW, WHEN("AF_UNIX SOCK_STREAM")},
    {C | T, IF(FAMILY(AF_UNIX), TYPE(SOCK_SEQPACKET)), ALLOW,
     WHEN("AF_UNIX SOCK_SEQPACKET")},
    {C | T, IF(FAMILY(AF_UNIX)), TELL(EACCES, ""), WHEN("AF_UNIX otherwise")},
    {C | T, TELL(EAFNOSUPPORT, "")},
    LAST,
};
CALLS(calls_socketpair, CALL(socketpair));

static const struct cl_seccomp_rule rules_addresses[] = {
    {C, .with = UNIX, ALLOW},
    {T, .with = INET, ALLOW},
    {C | T, TELL(EACCES, "network.mode")},
    LAST,
};
CALLS(calls_naming, CALL(connect), CALL(bind), CALL(listen), CALL(accept), CALL(accept4));

/* MSG_FASTOPEN connects where no rule on connect sees it. */
/* clang-format off */
#define NO_FASTOPEN(n)                                                                     \
    {C | T, IF(HAS(n, MSG_FASTOPEN)), TELL(EACCES, "network.mode"), WHEN("MSG_FASTOPEN")}
/* clang-format on */

static const struct cl_seccomp_rule rules_sendto[] = {
    NO_FASTOPEN(3),
    {C, .with = UNIX, ALLOW},
    {T, .with = INET, ALLOW},
    {C | T, IF(LONG(4, 0)), ALLOW, WHEN("no address")},
    {C | T, TELL(EACCES, "network.mode")},
    LAST,
};
CALLS(calls_sendto, CALL(sendto));

static const struct cl_seccomp_rule rules_sendmsg[] = {
    NO_FASTOPEN(2),
    {C | T, ALLOW},
    LAST,
};
CALLS(calls_sendmsg, CALL(sendmsg));

static const struct cl_seccomp_rule rules_sendmmsg[] = {
    NO_FASTOPEN(3),
    {C | T, ALLOW},
    LAST,
};
CALLS(calls_sendmmsg, CALL(sendmmsg));

/* clang-format off */
#define OPTION(l, o) \
    {C | T, IF(INT(1, l), INT(2, o)), ALLOW, WHEN(#o)}
#define INET_OPTION(l, o) \
    {T, .with = INET, IF(INT(1, l), INT(2, o)), ALLOW, WHEN(#o)}
/* clang-format on */

/*
 * Options by level and number.  Programs attached to a socket, protocols that
 * take it over (TCP_ULP, UDP_ENCAP) and firewall tables (64 and up of the IP
 * levels) are how kernels were attacked.
 */
static const struct cl_seccomp_rule rules_setsockopt[] = {
    OPTION(SOL_SOCKET, SO_REUSEADDR),
    OPTION(SOL_SOCKET, SO_REUSEPORT),
    OPTION(SOL_SOCKET, SO_BROADCAST),
    /* What waits in a socket is memory that only a cgroup counts: in a cell it
     * stays at the host's default, whatever the host's maximum. */
    {T, IF(INT(1, SOL_SOCKET), INT(2, SO_SNDBUF)), ALLOW, WHEN("SO_SNDBUF")},
    {T, IF(INT(1, SOL_SOCKET), INT(2, SO_RCVBUF)), ALLOW, WHEN("SO_RCVBUF")},
    OPTION(SOL_SOCKET, SO_KEEPALIVE),
    OPTION(SOL_SOCKET, SO_OOBINLINE),
    OPTION(SOL_SOCKET, SO_LINGER),
    OPTION(SOL_SOCKET, SO_PASSCRED),
    OPTION(SOL_SOCKET, SO_RCVLOWAT),
    OPTION(SOL_SOCKET, SO_RCVTIMEO),
    OPTION(SOL_SOCKET, SO_SNDTIMEO),
    OPTION(SOL_SOCKET, SO_TIMESTAMP),
    OPTION(SOL_SOCKET, SO_TIMESTAMPNS),
    INET_OPTION(SOL_SOCKET, SO_DONTROUTE),
    INET_OPTION(SOL_SOCKET, SO_PRIORITY),
    INET_OPTION(SOL_SOCKET, SO_MAX_PACING_RATE),
    INET_OPTION(SOL_SOCKET, SO_ZEROCOPY),
    INET_OPTION(IPPROTO_TCP, TCP_NODELAY),
    INET_OPTION(IPPROTO_TCP, TCP_MAXSEG),
    INET_OPTION(IPPROTO_TCP, TCP_CORK),
    INET_OPTION(IPPROTO_TCP, TCP_KEEPIDLE),
    INET_OPTION(IPPROTO_TCP, TCP_KEEPINTVL),
    INET_OPTION(IPPROTO_TCP, TCP_KEEPCNT),
    INET_OPTION(IPPROTO_TCP, TCP_SYNCNT),
    INET_OPTION(IPPROTO_TCP, TCP_LINGER2),
    INET_OPTION(IPPROTO_TCP, TCP_DEFER_ACCEPT),
    INET_OPTION(IPPROTO_TCP, TCP_WINDOW_CLAMP),
    INET_OPTION(IPPROTO_TCP, TCP_QUICKACK),
    INET_OPTION(IPPROTO_TCP, TCP_CONGESTION),
    INET_OPTION(IPPROTO_TCP, TCP_USER_TIMEOUT),
    INET_OPTION(IPPROTO_TCP, TCP_NOTSENT_LOWAT),
    INET_OPTION(IPPROTO_UDP, UDP_CORK),
    INET_OPTION(IPPROTO_UDP, UDP_SEGMENT),
    INET_OPTION(IPPROTO_UDP, UDP_GRO),
    {T, .with = INET, IF(INT(1, IPPROTO_IP), BITS(2, ~63u, 0)), ALLOW,
     WHEN("IPPROTO_IP below 64")},
    {T, .with = INET, IF(INT(1, IPPROTO_IPV6), BITS(2, ~63u, 0)), ALLOW,
     WHEN("IPPROTO_IPV6 below 64")},
    INET_OPTION(IPPROTO_IPV6, IPV6_RECVTCLASS),
    INET_OPTION(IPPROTO_IPV6, IPV6_TCLASS),
    INET_OPTION(IPPROTO_ICMPV6, ICMP6_FILTER),
    {T, .with = INET, IF(INT(1, SOL_NETLINK), BITS(2, ~15u, 0)), ALLOW,
     WHEN("SOL_NETLINK below 16")},
    {C | T, QUIET(ENOPROTOOPT)},
    LAST,
};
CALLS(calls_setsockopt, CALL(setsockopt));

/* ---- Refused -------------------------------------------------------------- */

/* Answered as by a kernel without them.  Libraries probe for these and have
 * another way; each is large, and most have been a way into the kernel.  Here
 * only to be seen in the list: the default row says the same. */
static const struct cl_seccomp_rule rules_not_there[] = {{C | T, QUIET(ENOSYS)}, LAST};
CALLS(calls_not_there, CALL(io_uring_setup), CALL(io_uring_enter), CALL(io_uring_register),
      CALL(io_setup), CALL(io_submit), CALL(io_getevents), CALL(io_destroy),
      CALL(pkey_alloc), CALL(pkey_free), CALL(pkey_mprotect), CALL(modify_ldt),
      CALL(memfd_secret), CALL(vmsplice), CALL(cachestat), CALL(remap_file_pages),
      CALL(mq_open), CALL(process_madvise), CALL(process_mrelease));

/* Whether a page is in the page cache tells what neighbours read. */
static const struct cl_seccomp_rule rules_mincore[] = {
#ifdef CLOCHE_SANITIZED
    {C, .with = SANITIZER, ALLOW},
#endif
    {C, QUIET(ENOSYS)},
    {T, ALLOW},
    LAST,
};
CALLS(calls_mincore, CALL(mincore));

/* Needs a right that nobody here has.  Some honest programs try. */
static const struct cl_seccomp_rule rules_not_permitted[] = {{C | T, QUIET(EPERM)}, LAST};
CALLS(calls_not_permitted, CALL(settimeofday), CALL(clock_settime), CALL(syslog),
      CALL(vhangup), CALL(quotactl), CALL(quotactl_fd), CALL(acct), CALL(fanotify_init),
      CALL(fanotify_mark), CALL(move_pages), CALL(migrate_pages), CALL(name_to_handle_at));

/* The same, and a zygote uses them while it prepares a cell. */
static const struct cl_seccomp_rule rules_host_name[] = {
    {C | T, QUIET(EPERM)},
    {Z, ALLOW},
    LAST,
};
CALLS(calls_host_name, CALL(sethostname), CALL(setdomainname));

/* Honest programs of some kinds have them (profilers, Kerberos, chroot
 * jails): refused, and the result says so.  Keyrings are shared by uid. */
CALLS(calls_explained, CALL(perf_event_open), CALL(chroot), CALL(kcmp), CALL(add_key),
      CALL(request_key));

/* A zygote joins a session keyring of its cell's own, and nothing else. */
static const struct cl_seccomp_rule rules_keyctl[] = {
    {Z, IF(INT(0, KEYCTL_JOIN_SESSION_KEYRING)), ALLOW,
     WHEN("KEYCTL_JOIN_SESSION_KEYRING")},
    {C | T, TELL(EPERM, "")},
    LAST,
};
CALLS(calls_keyctl, CALL(keyctl));

/*
 * Filters and rulesets.  A cell that could make a listener could answer its own
 * calls; one that could add to a ruleset that siblings restrict themselves with
 * could widen it.  Programs of an administrator (file, man) take "not built in"
 * and go on.
 */
static const struct cl_seccomp_rule rules_seccomp[] = {
    {Z, ALLOW},
    {C | T, IF(HAS(1, SECCOMP_FILTER_FLAG_NEW_LISTENER)), ATTACK,
     WHEN("SECCOMP_FILTER_FLAG_NEW_LISTENER")},
    {C, TELL(EPERM, "")},
    {T, QUIET(EINVAL)},
    LAST,
};
CALLS(calls_seccomp, CALL(seccomp));

static const struct cl_seccomp_rule rules_landlock[] = {
    {Z, ALLOW},
    {C, TELL(EPERM, "")},
    {T, QUIET(ENOSYS)},
    LAST,
};
CALLS(calls_landlock, CALL(landlock_create_ruleset), CALL(landlock_add_rule),
      CALL(landlock_restrict_self));

/* The host's own affairs, and mounts and namespaces, with which a zygote
 * builds its cells.  An administrator's script may simply try and be told. */
static const struct cl_seccomp_rule rules_namespaces[] = {
    {Z, ALLOW},
    {C, ATTACK},
    {T, TELL(EPERM, "")},
    LAST,
};
CALLS(calls_namespaces, CALL(mount), CALL(umount2), CALL(pivot_root), CALL(fsopen),
      CALL(fsconfig), CALL(fsmount), CALL(fspick), CALL(open_tree), CALL(move_mount),
      CALL(setns), CALL(mount_setattr));

static const struct cl_seccomp_rule rules_host[] = {
    {C, ATTACK},
    {T, TELL(EPERM, "")},
    LAST,
};
CALLS(calls_host, CALL(open_tree_attr), CALL(reboot), CALL(swapon), CALL(swapoff),
      CALL(bpf));

/* Other processes' memory and descriptors, the kernel's code, files by handle
 * past every directory, page faults held open, ports: attacks on anybody's
 * behalf. */
static const struct cl_seccomp_rule rules_attack[] = {{C | T, ATTACK}, LAST};
CALLS(calls_attack, CALL(ptrace), CALL(process_vm_readv), CALL(process_vm_writev),
      CALL(pidfd_getfd), CALL(userfaultfd), CALL(open_by_handle_at), CALL(init_module),
      CALL(finit_module), CALL(delete_module), CALL(kexec_load), CALL(kexec_file_load),
      CALL(iopl), CALL(ioperm));

#define GROUP(rules_, calls_)                                                              \
    {                                                                                      \
        (rules_), (calls_), CL_COUNT(calls_)                                               \
    }

const struct cl_seccomp_group cl_seccomp_groups[] = {
    GROUP(everybody, calls_open_files),
    GROUP(everybody, calls_looking),
    GROUP(everybody, calls_memory),
    GROUP(everybody, calls_threads),
    GROUP(everybody, calls_signals),
    GROUP(everybody, calls_time),
    GROUP(everybody, calls_self),
    GROUP(everybody, calls_sockets),
    GROUP(rules_open, calls_open),
    GROUP(rules_openat, calls_openat),
    GROUP(rules_openat2, calls_openat2),
    GROUP(rules_changing, calls_changing),
    GROUP(rules_times, calls_times),
    GROUP(rules_mode_1, calls_mode_1),
    GROUP(rules_mode_2, calls_mode_2),
    GROUP(rules_creat, calls_creat),
    GROUP(rules_node_1, calls_node_1),
    GROUP(rules_node_2, calls_node_2),
    GROUP(rules_trusted_only, calls_owners),
    GROUP(rules_trusted_only, calls_sync),
    GROUP(rules_trusted_only, calls_placement),
    GROUP(rules_trusted_only, calls_identity),
    GROUP(rules_trusted_only, calls_limits_and_clock),
    GROUP(rules_flock, calls_flock),
    GROUP(rules_fcntl, calls_fcntl),
    GROUP(rules_ioctl, calls_ioctl),
    GROUP(rules_inotify, calls_inotify),
    GROUP(rules_mmap, calls_mmap),
    GROUP(rules_madvise, calls_madvise),
    GROUP(rules_uncounted, calls_uncounted),
    GROUP(rules_explained, calls_sysv),
    GROUP(rules_clone, calls_clone),
    GROUP(rules_clone3, calls_clone3),
    GROUP(rules_processes, calls_processes),
    GROUP(rules_unshare, calls_unshare),
    GROUP(rules_kill, calls_kill),
    GROUP(rules_ask_pid, calls_ask_pid),
    GROUP(rules_ask_affinity, calls_ask_affinity),
    GROUP(rules_pidfd_open, calls_pidfd_open),
    GROUP(rules_pidfd_signal, calls_pidfd_signal),
    GROUP(rules_scheduling, calls_scheduling),
    GROUP(rules_priority, calls_priority),
    GROUP(rules_io_priority, calls_io_priority),
    GROUP(rules_prlimit, calls_prlimit),
    GROUP(rules_membarrier, calls_membarrier),
    GROUP(rules_prctl, calls_prctl),
    GROUP(rules_arch_prctl, calls_arch_prctl),
    GROUP(rules_personality, calls_personality),
    GROUP(rules_socket, calls_socket),
    GROUP(rules_socketpair, calls_socketpair),
    GROUP(rules_addresses, calls_naming),
    GROUP(rules_sendto, calls_sendto),
    GROUP(rules_sendmsg, calls_sendmsg),
    GROUP(rules_sendmmsg, calls_sendmmsg),
    GROUP(rules_setsockopt, calls_setsockopt),
    GROUP(rules_not_there, calls_not_there),
    GROUP(rules_mincore, calls_mincore),
    GROUP(rules_not_permitted, calls_not_permitted),
    GROUP(rules_host_name, calls_host_name),
    GROUP(rules_explained, calls_explained),
    GROUP(rules_keyctl, calls_keyctl),
    GROUP(rules_seccomp, calls_seccomp),
    GROUP(rules_landlock, calls_landlock),
    GROUP(rules_namespaces, calls_namespaces),
    GROUP(rules_host, calls_host),
    GROUP(rules_attack, calls_attack),
};
const size_t cl_seccomp_n_groups = CL_COUNT(cl_seccomp_groups);

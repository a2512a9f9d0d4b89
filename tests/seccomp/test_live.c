/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The filters on the running kernel: installed in a child, asked by real calls
 * that do no harm whether they are let through or not.  Where a listener is
 * asked for, the parent is the broker: it judges each notification and answers
 * with the judgement's errno.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/own.h"
#include "filters.h"
#include "kernel/seccomp_numbers.h"
#include "kernel/seccomp_table.h"

#ifdef CLOCHE_SANITIZED
#define EXTRA SANITIZER
#else
#define EXTRA 0
#endif

/* Results beside -errno: */
enum { WORKS = 1, DIES = 2 };

struct row {
    int line;
    int kind;
    unsigned options;
    long expected;    /* WORKS, DIES by SIGSYS, or -errno */
    const char *told; /* with a listener: the name it must hear; NULL: nothing */
    int nr;
    const char *call;
    uint64_t args[6];
};

#define R(kind, options, expected, told, call, ...)                                        \
    {                                                                                      \
        __LINE__, kind, options, expected, told, SCMP_SYS(call), #call,                    \
        {                                                                                  \
            __VA_ARGS__                                                                    \
        }                                                                                  \
    }
#define NEG(x) ((uint64_t)(int64_t)(x))
#define BAD NEG(-1) /* a descriptor that is none: EBADF says that the kernel was asked */
#define NOBODY 0x7ffffff0 /* a pid that no process has */
#define JUNK UINT64_C(0xdeadbeef00000000)

static long
call_it(const struct row *r)
{
    long rc = syscall(r->nr, r->args[0], r->args[1], r->args[2], r->args[3], r->args[4],
                      r->args[5]);
    return rc >= 0 ? WORKS : -(long)errno;
}

static int
install(int kind, unsigned options, int *listener)
{
    const struct simulator *f = filters_get((enum cl_seccomp_kind)kind, options);
    struct cloche_error err;
    if (cl_seccomp_install(f->code, f->n * sizeof *f->code, listener, &err) != 0) {
        (void)fprintf(stderr, "%s\n", err.msg);
        return -1;
    }
    return 0;
}

static void
become_filtered(int kind, unsigned options)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || install(kind, options, NULL) != 0) {
        _exit(99);
    }
}

/* The result of one call in a child of its own under the row's filter. */
static long
in_child(const struct row *r)
{
    (void)filters_get((enum cl_seccomp_kind)r->kind, r->options);
    int pipe_fds[2];
    assert_int_equal(pipe2(pipe_fds, O_CLOEXEC), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        become_filtered(r->kind, r->options);
        long result = call_it(r);
        _exit(write(pipe_fds[1], &result, sizeof result) == sizeof result ? 0 : 98);
    }
    (void)close(pipe_fds[1]);
    long result = 0;
    ssize_t n = read(pipe_fds[0], &result, sizeof result);
    (void)close(pipe_fds[0]);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) {
        return DIES;
    }
    if (n != sizeof result || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail_msg("line %d: %s: the child ended with status %#x", r->line, r->call, status);
    }
    return result;
}

static const struct row rows[] = {
    R(CELL, EXTRA, WORKS, NULL, getpid, 0),
    R(CELL, EXTRA, -EBADF, NULL, read, BAD, 0, 0),
    R(CELL, EXTRA, -EBADF, NULL, fstat, BAD, 0),
    R(CELL, EXTRA, -EBADF, NULL, ioctl, BAD, TCGETS, 0),
    R(CELL, EXTRA, -EBADF, NULL, ioctl, BAD, JUNK | TCGETS, 0),
    R(CELL, EXTRA, -ENOTTY, NULL, ioctl, BAD, TIOCSCTTY, 0),
    R(CELL, EXTRA, -ENOTTY, NULL, ioctl, BAD, JUNK | TIOCSCTTY, 0),
    R(CELL, EXTRA, DIES, NULL, ioctl, BAD, TIOCSTI, 0),
    R(CELL, EXTRA, DIES, NULL, ioctl, BAD, UINT64_C(1) << 32 | TIOCSTI, 0),
    R(TRUSTED, EXTRA, DIES, NULL, ioctl, BAD, JUNK | TIOCLINUX, 0),
    R(TRUSTED, EXTRA, -EBADF, NULL, ioctl, BAD, TCSETS, 0),
    R(CELL, EXTRA, -EBADF, NULL, fcntl, BAD, F_SETLK, 0),
    R(CELL, EXTRA | SHARED, -ENOLCK, NULL, fcntl, BAD, F_SETLK, 0),
    R(CELL, EXTRA | SHARED, -ENOLCK, NULL, flock, BAD, 2),
    R(CELL, EXTRA, -EPERM, NULL, fcntl, BAD, F_SETPIPE_SZ, 65536),
    R(CELL, EXTRA, -EPERM, NULL, fcntl, BAD, JUNK | F_SETPIPE_SZ, 65536),
    R(CELL, EXTRA, -EPERM, NULL, fcntl, BAD, F_NOTIFY, 0),
    R(CELL, EXTRA, -EINVAL, NULL, fcntl, BAD, 4711, 0),
    R(CELL, EXTRA, -EROFS, NULL, unlinkat, BAD, 0, 0),
    R(CELL, EXTRA | FILES, -EFAULT, NULL, unlinkat, BAD, 0, 0),
    R(CELL, EXTRA, -EROFS, NULL, fchmod, BAD, 0),
    R(CELL, EXTRA | FILES, -EBADF, NULL, fchmod, BAD, 0),
    R(CELL, EXTRA, -EPERM, NULL, fchown, BAD, 0, 0),
    R(TRUSTED, EXTRA, -EBADF, NULL, fchown, BAD, 0, 0),
    R(TRUSTED, EXTRA, -EPERM, NULL, fchmod, BAD, 04755),
    R(TRUSTED, EXTRA, -EBADF, NULL, fchmod, BAD, 0755),
    R(TRUSTED, EXTRA, -EPERM, NULL, openat, BAD, 0, O_CREAT, 04755),
    R(TRUSTED, EXTRA, -EFAULT, NULL, openat, BAD, 0, O_RDONLY, 04755),
    R(CELL, EXTRA, -EFAULT, NULL, openat, BAD, 0, O_CREAT, 04755),
    R(CELL, EXTRA, -EPERM, NULL, setuid, 0),
    R(CELL, EXTRA, -EPERM, NULL, setrlimit, RLIMIT_CORE, 0),
    R(CELL, EXTRA, -EPERM, NULL, prlimit64, 0, RLIMIT_CORE, 8, 0),
    R(CELL, EXTRA, WORKS, NULL, prlimit64, 0, RLIMIT_CORE, 0, 0),
    R(CELL, EXTRA, -EPERM, NULL, mlockall, 0),
    R(CELL, EXTRA, -EPERM, NULL, clock_settime, 0, 0),
    R(CELL, EXTRA, -EPERM, NULL, sethostname, 0, 0),
    R(CELL, EXTRA, -ENOSYS, NULL, io_uring_setup, 0, 0),
    R(CELL, EXTRA, -ENOSYS, NULL, clone3, 0, 0),
    R(CELL, EXTRA, -ENOSYS, NULL, inotify_init1, 0),
    R(CELL, EXTRA, -ENOSYS, NULL, mq_open, 0),
    R(CELL, EXTRA, -EPERM, NULL, memfd_create, 0, 0),
    R(CELL, EXTRA, -EPERM, NULL, execve, 0, 0, 0),
    R(CELL, EXTRA | PROCESSES, -EFAULT, NULL, execve, 1, 0, 0),
    R(CELL, EXTRA, -EPERM, NULL, clone, SIGCHLD, 0, 0, 0, 0),
    R(CELL, EXTRA, DIES, NULL, clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0),
    R(CELL, EXTRA, DIES, NULL, unshare, CLONE_NEWUSER),
    R(TRUSTED, EXTRA, -EPERM, NULL, unshare, CLONE_NEWUSER),
    R(CELL, EXTRA, WORKS, NULL, unshare, CLONE_FS),
    R(CELL, EXTRA, DIES, NULL, ptrace, 0, 0, 0, 0),
    R(CELL, EXTRA, DIES, NULL, process_vm_writev, 0, 0, 0, 0, 0, 0),
    R(CELL, EXTRA, DIES, NULL, mount, 0, 0, 0, 0, 0),
    R(CELL, EXTRA, DIES, NULL, bpf, NEG(-1), 0, 0),
    R(CELL, EXTRA, DIES, NULL, open_by_handle_at, BAD, 0, 0),
    R(CELL, EXTRA, DIES, NULL, seccomp, 1, SECCOMP_FILTER_FLAG_NEW_LISTENER, 0),
    R(CELL, EXTRA, -EPERM, NULL, seccomp, 1, 0, 0),
    R(CELL, EXTRA, -EPERM, NULL, landlock_create_ruleset, 0, 0, 1),
    R(CELL, EXTRA, -EPERM, NULL, prctl, PR_SET_DUMPABLE, 1),
    R(CELL, EXTRA, WORKS, NULL, prctl, PR_SET_DUMPABLE, 0),
    R(CELL, EXTRA, -EPERM, NULL, prctl, PR_SET_SECCOMP, 2, 0),
    R(CELL, EXTRA, -EINVAL, NULL, prctl, 4711, 0),
    R(CELL, EXTRA, -EACCES, NULL, socket, AF_INET, SOCK_STREAM, 0),
    R(CELL, EXTRA, -EACCES, NULL, socket, AF_UNIX, SOCK_STREAM, 0),
    R(CELL, EXTRA, -EAFNOSUPPORT, NULL, socket, AF_ALG, SOCK_SEQPACKET, 0),
    R(CELL, EXTRA | UNIX, WORKS, NULL, socket, AF_UNIX, SOCK_DGRAM, 0),
    R(TRUSTED, EXTRA | INET, WORKS, NULL, socket, AF_INET, SOCK_STREAM, 0),
    R(TRUSTED, EXTRA | INET, -EACCES, NULL, socket, AF_INET, SOCK_STREAM, IPPROTO_MPTCP),
    R(CELL, EXTRA, -EFAULT, NULL, socketpair, AF_UNIX, SOCK_STREAM, 0, 0),
    R(CELL, EXTRA, -EACCES, NULL, socketpair, AF_UNIX, SOCK_DGRAM, 0, 0),
    R(CELL, EXTRA, -EACCES, NULL, sendto, BAD, 0, 0, MSG_FASTOPEN, 0, 0),
    R(CELL, EXTRA, -EACCES, NULL, sendto, BAD, 0, 0, 0, 8, 16),
    R(CELL, EXTRA, -EBADF, NULL, sendto, BAD, 0, 0, 0, 0, 0),
    R(CELL, EXTRA, -ENOPROTOOPT, NULL, setsockopt, BAD, SOL_SOCKET, SO_ATTACH_FILTER),
    R(CELL, EXTRA, -EBADF, NULL, setsockopt, BAD, SOL_SOCKET, SO_KEEPALIVE),
    R(CELL, EXTRA | NO_NS, -EPERM, NULL, kill, 1, 0),
    R(CELL, EXTRA | NO_NS, WORKS, NULL, kill, 0, 0),
    R(CELL, EXTRA | NO_NS, -ESRCH, NULL, getpgid, 1),
    R(CELL, EXTRA | NO_NS, WORKS, NULL, getpgid, 0),
    R(CELL, EXTRA | NO_NS, -EPERM, NULL, pidfd_open, 1, 0),
    R(CELL, EXTRA, -ESRCH, NULL, kill, NOBODY, 0),
    R(CELL, EXTRA, -EPERM, NULL, mmap, 0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS, BAD, 0),
    R(CELL, EXTRA | PROCESSES, WORKS, NULL, mmap, 0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS,
      BAD, 0),
    R(CELL, EXTRA, -EPERM, NULL, mmap, 0, 4096, 3,
      MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, BAD, 0),
    R(CELL, EXTRA, WORKS, NULL, mmap, 0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS, BAD, 0),
    R(ZYGOTE, EXTRA, -ENOSYS, NULL, ptrace, 0, 0, 0, 0),
    R(ZYGOTE, EXTRA, -ENOSYS, NULL, bpf, NEG(-1), 0, 0),
    R(ZYGOTE, EXTRA, -ENOSYS, NULL, io_uring_setup, 0, 0),
    R(ZYGOTE, EXTRA, -ENOSYS, NULL, socket, AF_INET, SOCK_STREAM, 0),
    R(ZYGOTE, EXTRA, -EFAULT, NULL, landlock_create_ruleset, 1, 8, 0),
    R(ZYGOTE, EXTRA, WORKS, NULL, memfd_create, 0, 0),
};

static void
the_kernel_answers_as_the_rows_say(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct row r = rows[i];
        if (r.nr < 0) {
            continue;
        }
        static const char path[] = "cloche";
        if (r.nr == SCMP_SYS(memfd_create)) {
            r.args[0] = (uintptr_t)path;
        }
        long got = in_child(&r);
        /* What reaches the kernel may fail there for a reason of its own (an
         * older kernel, a container that forbids it); not with the filter's. */
        if (got != r.expected) {
            print_error(
                "line %d: kind %d, options %#x, %s(%#llx, %#llx): expected %ld, got "
                "%ld (%s)\n",
                r.line, r.kind, r.options, r.call, (unsigned long long)r.args[0],
                (unsigned long long)r.args[1], r.expected, got,
                got < 0 ? strerror((int)-got) : "");
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* ---- With a listener ------------------------------------------------------ */

static void
send_descriptor(int socket, int fd)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    char byte = 0;
    struct iovec iov = {&byte, 1};
    struct msghdr msg = {.msg_iov = &iov,
                         .msg_iovlen = 1,
                         .msg_control = &control,
                         .msg_controllen = sizeof control};
    struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(c), &fd, sizeof fd);
    if (sendmsg(socket, &msg, MSG_NOSIGNAL) != 1) {
        _exit(97);
    }
}

static int
receive_descriptor(int socket)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    char byte;
    struct iovec iov = {&byte, 1};
    struct msghdr msg = {.msg_iov = &iov,
                         .msg_iovlen = 1,
                         .msg_control = &control,
                         .msg_controllen = sizeof control};
    if (recvmsg(socket, &msg, MSG_CMSG_CLOEXEC) != 1 || CMSG_FIRSTHDR(&msg) == NULL) {
        return -1;
    }
    int fd;
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof fd);
    return fd;
}

/* As a cell does it: filter on, listener sent through the socket and closed,
 * then the calls, whose results go the same way. */
static _Noreturn void
cell_main(int socket, const unsigned *zygote, int kind, unsigned options,
          const struct row *calls, size_t n)
{
    int listener = -1;
    if (zygote != NULL) {
        become_filtered(ZYGOTE, *zygote);
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        install(kind, options, &listener) != 0) {
        _exit(99);
    }
    send_descriptor(socket, listener);
    (void)close(listener);
    for (size_t i = 0; i < n; i++) {
        long result = calls[i].nr >= 0 ? call_it(&calls[i]) : calls[i].expected;
        if (send(socket, &result, sizeof result, MSG_NOSIGNAL) != sizeof result) {
            _exit(96);
        }
    }
    _exit(0);
}

/* Answer until a result comes; the last name that was judged is in name. */
static long
serve(int socket, int listener, int kind, unsigned options, char name[96],
      struct cl_seccomp_verdict *verdict, unsigned *asked)
{
    for (;;) {
        struct pollfd p[2] = {{socket, POLLIN, 0}, {listener, POLLIN, 0}};
        assert_true(poll(p, 2, 10000) > 0);
        /* A result goes first: the child is at its next call already. */
        if ((p[0].revents & POLLIN) == 0) {
            union {
                struct seccomp_notif notif;
                char room[512];
            } in = {0};
            union {
                struct seccomp_notif_resp resp;
                char room[512];
            } out = {0};
            assert_int_equal(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &in), 0);
            *verdict =
                cl_seccomp_judge((enum cl_seccomp_kind)kind, options, &in.notif.data, name);
            out.resp.id = in.notif.id;
            out.resp.error = -verdict->error;
            assert_int_equal(ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &out), 0);
            ++*asked;
            continue;
        }
        long result;
        assert_int_equal(recv(socket, &result, sizeof result, 0), sizeof result);
        return result;
    }
}

/* verdict's action that a told row must have */
static enum cl_seccomp_action
action_for(const struct row *r)
{
    return r->kind == CELL ? CL_SECCOMP_EXPLAIN : CL_SECCOMP_END;
}

static void
check_with_listener(const unsigned *zygote, int kind, unsigned options,
                    const struct row *calls, size_t n)
{
    (void)filters_get((enum cl_seccomp_kind)kind, options);
    if (zygote != NULL) {
        (void)filters_get(CL_SECCOMP_ZYGOTE, *zygote);
    }
    int sockets[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(sockets[0]);
        cell_main(sockets[1], zygote, kind, options, calls, n);
    }
    (void)close(sockets[1]);
    int listener = receive_descriptor(sockets[0]);
    assert_true(listener >= 0);
    for (size_t i = 0; i < n; i++) {
        char name[96] = "";
        struct cl_seccomp_verdict v = {0};
        unsigned asked = 0;
        long got = serve(sockets[0], listener, kind, options, name, &v, &asked);
        if (calls[i].nr < 0) {
            continue;
        }
        const char *told = calls[i].told != NULL ? calls[i].told : "";
        if (got != calls[i].expected || strcmp(name, told) != 0 ||
            (asked > 0 && v.action != action_for(&calls[i]))) {
            fail_msg("line %d: %s: expected %ld and to hear '%s', got %ld and heard '%s', "
                     "action %d",
                     calls[i].line, calls[i].call, calls[i].expected, told, got, name,
                     (int)v.action);
        }
    }
    (void)close(listener);
    (void)close(sockets[0]);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* kind here: CELL for what is explained, ZYGOTE (any other) for what ends. */
#define EXPLAINED CELL
#define ENDED ZYGOTE

static const struct row told_rows[] = {
    R(EXPLAINED, 0, WORKS, NULL, getpid, 0),
    R(EXPLAINED, 0, -EACCES, "socket(AF_INET, SOCK_STREAM)", socket, AF_INET,
      SOCK_STREAM | SOCK_CLOEXEC, 0),
    R(EXPLAINED, 0, -EACCES, "socket(AF_UNIX, SOCK_STREAM)", socket, AF_UNIX, SOCK_STREAM,
      0),
    R(EXPLAINED, 0, -EACCES, NULL, socket, AF_UNIX,
      SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
    R(EXPLAINED, 0, -EAFNOSUPPORT, "socket(AF_ALG, SOCK_SEQPACKET)", socket, JUNK | AF_ALG,
      SOCK_SEQPACKET, 0),
    R(EXPLAINED, 0, -EPERM, "clone(SIGCHLD)", clone,
      CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, 0, 0, 0, 0),
    R(EXPLAINED, 0, -EPERM, "clone(CLONE_VFORK, SIGCHLD)", clone,
      CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0),
    R(EXPLAINED, 0, -EAGAIN, "clone(CLONE_THREAD)", clone, 0x3d0f00, 0, 0, 0, 0),
    R(EXPLAINED, 0, -EPERM, "vfork", vfork, 0),
    R(EXPLAINED, 0, -EPERM, "execve", execve, 0, 0, 0),
    R(EXPLAINED, 0, -EPERM, "memfd_create", memfd_create, 0, 0),
    R(EXPLAINED, 0, -EPERM, "mmap(MAP_SHARED|MAP_ANONYMOUS)", mmap, 0, 4096, 3,
      MAP_SHARED | MAP_ANONYMOUS, BAD, 0),
    R(EXPLAINED, 0, -EPERM, "seccomp(SECCOMP_SET_MODE_FILTER)", seccomp, 1, 0, 0),
    R(EXPLAINED, 0, -EACCES, "sendto(MSG_FASTOPEN)", sendto, BAD, 0, 0,
      MSG_FASTOPEN | MSG_NOSIGNAL, 0, 0),
    R(EXPLAINED, 0, -EACCES, "connect", connect, BAD, 0, 0),
    R(ENDED, 0, -EPERM, "ptrace(PTRACE_TRACEME)", ptrace, 0, 0, 0, 0),
    R(ENDED, 0, -EPERM, "unshare(CLONE_NEWUSER)", unshare, CLONE_NEWUSER),
    R(ENDED, 0, -EPERM, "clone(CLONE_NEWUSER, SIGCHLD)", clone, CLONE_NEWUSER | SIGCHLD, 0,
      0, 0, 0),
    R(ENDED, 0, -EPERM, "ioctl(TIOCSTI)", ioctl, BAD, JUNK | TIOCSTI, 0),
    R(ENDED, 0, -EPERM, "process_vm_readv", process_vm_readv, 1, 0, 0, 0, 0, 0),
    R(ENDED, 0, -EPERM, "bpf", bpf, NEG(-1), 0, 0),
    R(ENDED, 0, -EPERM, "mount", mount, 0, 0, 0, 0, 0),
    R(ENDED, 0, -EPERM, "fsopen", fsopen, 0, 0),
    R(ENDED, 0, -EPERM, "userfaultfd", userfaultfd, 0),
    R(ENDED, 0, -EPERM, "seccomp(SECCOMP_SET_MODE_FILTER)", seccomp, 1,
      SECCOMP_FILTER_FLAG_NEW_LISTENER, 0),
    R(EXPLAINED, 0, -ENOSYS, NULL, io_uring_setup, 0, 0),
    R(EXPLAINED, 0, -EPERM, NULL, setuid, 0),
};

static void
a_listener_hears_what_is_explained_and_what_ends(void **state)
{
    (void)state;
    check_with_listener(NULL, CELL, LISTENER | EXTRA, told_rows, CL_COUNT(told_rows));
}

/* The zygote refuses most of these itself, with a trace that nobody takes,
 * which a notification goes before: the broker still hears of every one. */
static void
a_cells_listener_hears_them_above_its_zygotes_filter_too(void **state)
{
    (void)state;
    static const unsigned zygote = EXTRA;
    check_with_listener(&zygote, CELL, LISTENER | EXTRA, told_rows, CL_COUNT(told_rows));
}

static const struct row told_of_signals[] = {
    R(EXPLAINED, 0, -EPERM, "kill(SIGTERM)", kill, NOBODY, SIGTERM),
    R(EXPLAINED, 0, -EPERM, "tgkill(SIGABRT)", tgkill, NOBODY, NOBODY, SIGABRT),
    R(EXPLAINED, 0, WORKS, NULL, kill, 0, 0),
};

static void
without_namespaces_signals_to_others_are_told(void **state)
{
    (void)state;
    static const unsigned zygote = EXTRA | NO_NS | SHARED;
    check_with_listener(&zygote, CELL, LISTENER | NO_NS | SHARED | EXTRA, told_of_signals,
                        CL_COUNT(told_of_signals));
}

/* ---- Threads, processes, other ways in ------------------------------------ */

static int
status_of_child(void (*body)(void))
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        body();
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void *
return_at_once(void *arg)
{
    return arg;
}

static void
make_thread(void)
{
    become_filtered(CELL, THREADS | EXTRA);
    static int token;
    pthread_t thread;
    void *back = NULL;
    if (pthread_create(&thread, NULL, return_at_once, &token) != 0 ||
        pthread_join(thread, &back) != 0 || back != &token) {
        _exit(1);
    }
}

static void
be_refused_a_thread(void)
{
    become_filtered(CELL, EXTRA);
    pthread_t thread;
    if (pthread_create(&thread, NULL, return_at_once, NULL) != EAGAIN) {
        _exit(1);
    }
}

static void
fork_and_wait(void)
{
    become_filtered(CELL, PROCESSES | EXTRA);
    pid_t pid = fork();
    if (pid == 0) {
        _exit(7);
    }
    int status;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || WEXITSTATUS(status) != 7) {
        _exit(1);
    }
}

static void
run_a_program(void)
{
    become_filtered(CELL, PROCESSES | EXTRA);
    char *const argv[] = {(char *)(uintptr_t) "true", NULL};
    char *const env[] = {NULL};
    (void)execve("/bin/true", argv, env);
    _exit(1);
}

static void
be_refused_a_process(void)
{
    become_filtered(CELL, THREADS | EXTRA);
    if (fork() != -1 || errno != EPERM) {
        _exit(1);
    }
}

static void
threads_and_processes_work_where_granted(void **state)
{
    (void)state;
    static const unsigned options[] = {THREADS | EXTRA, EXTRA, PROCESSES | EXTRA};
    for (size_t i = 0; i < CL_COUNT(options); i++) {
        (void)filters_get(CL_SECCOMP_CELL, options[i]);
    }
    assert_int_equal(status_of_child(make_thread), 0);
    assert_int_equal(status_of_child(be_refused_a_thread), 0);
    assert_int_equal(status_of_child(fork_and_wait), 0);
    assert_int_equal(status_of_child(run_a_program), 0);
    assert_int_equal(status_of_child(be_refused_a_process), 0);
}

#ifdef __x86_64__
static void
call_as_i386(void)
{
    become_filtered(CELL, EXTRA);
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
    _exit(1);
}

static void
call_as_x32(void)
{
    become_filtered(CELL, EXTRA);
    (void)syscall(0x40000000 | SYS_getpid);
    _exit(1);
}

static void
other_ways_into_the_kernel_end_the_process(void **state)
{
    (void)state;
    (void)filters_get(CL_SECCOMP_CELL, EXTRA);
    int i386 = status_of_child(call_as_i386);
    /* SIGSEGV: a kernel without that way */
    assert_true(WIFSIGNALED(i386) &&
                (WTERMSIG(i386) == SIGSYS || WTERMSIG(i386) == SIGSEGV));
    int x32 = status_of_child(call_as_x32);
    assert_true(WIFSIGNALED(x32) && WTERMSIG(x32) == SIGSYS);
}
#endif

static void
install_a_second_listener(void)
{
    int first = -1;
    int second = -1;
    const struct simulator *f = filters_get(CL_SECCOMP_TRUSTED, LISTENER | EXTRA);
    struct sock_filter allow = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
    struct cloche_error err = {0};
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (cl_seccomp_install(&allow, sizeof allow, &first, &err) != 0 ||
        (fcntl(first, F_GETFD) & FD_CLOEXEC) == 0) {
        _exit(1);
    }
    if (cl_seccomp_install(f->code, f->n * sizeof *f->code, &second, &err) != -1 ||
        err.code != CLOCHE_EHOST || err.sys != EBUSY || second != -1) {
        _exit(2);
    }
}

static void
a_filter_that_cannot_be_installed_is_an_error(void **state)
{
    (void)state;
    struct cloche_error err = {0};
    const struct simulator *f = filters_get(CL_SECCOMP_TRUSTED, LISTENER | EXTRA);
    assert_int_equal(cl_seccomp_install(f->code, 0, NULL, &err), -1);
    assert_int_equal(err.code, CLOCHE_EINTERNAL);
    assert_int_equal(cl_seccomp_install(f->code, 12, NULL, &err), -1);
    assert_int_equal(cl_seccomp_install(f->code, 8 * (BPF_MAXINSNS + 1), NULL, &err), -1);
    assert_int_equal(err.code, CLOCHE_EINTERNAL);
    assert_int_equal(status_of_child(install_a_second_listener), 0);
}

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
        cmocka_unit_test(the_kernel_answers_as_the_rows_say),
        cmocka_unit_test(a_listener_hears_what_is_explained_and_what_ends),
        cmocka_unit_test(a_cells_listener_hears_them_above_its_zygotes_filter_too),
        cmocka_unit_test(without_namespaces_signals_to_others_are_told),
        cmocka_unit_test(threads_and_processes_work_where_granted),
#ifdef __x86_64__
        cmocka_unit_test(other_ways_into_the_kernel_end_the_process),
#endif
        cmocka_unit_test(a_filter_that_cannot_be_installed_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, free_filters);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cloche-launcher: starts zygotes when the broker asks.
 *
 * One thread.  Its parent is the engine's lifelong thread, so PR_SET_PDEATHSIG
 * means "the engine is gone"; the channel's end means the same.  It exists so
 * that a caller may have threads and may confine itself: clone with namespaces
 * wants neither.
 *
 *     cloche-launcher PARENT_PID      channel on descriptor 3
 *
 * For each START it makes a child in the plan's namespaces, writes the
 * child's id maps, and lets it go on; the child builds its root and becomes
 * cloche-zygote.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/own.h"
#include "cell/exec.h"
#include "cell/probe.h"
#include "cell/root.h"
#include "kernel/abi.h"
#include "kernel/privilege.h"
#include "kernel/process.h"
#include "kernel/rlimit.h"
#include "kernel/userns.h"
#include "wire/channel.h"
#include "wire/frame.h"
#include "wire/message.h"
#include "wire/plan.h"

enum {
    CHANNEL_FD = 3,
    STATUS_FD = 4,
    REPORT_FD = 5,
    LEAST_FILES = 1024,
    THREAD_STACK_BYTES = 2 << 20,
    MAX_FILES = 65536,
    MAX_ZYGOTES = 256
};

struct zygote {
    uint32_t id;
    pid_t pid; /* 0: free */
};

struct launcher {
    struct zygote zygotes[MAX_ZYGOTES];
    struct cl_exec exec;
    int signals; /* signalfd for SIGCHLD */
    unsigned char packet[CL_PACKET_MAX];
};

/* ---- the child, until exec --------------------------------------------- */

/* The two ends of a child's start: it waits on `go`, reports on `report`. */
struct start_pipes {
    int go, report;
};

static int
arrange_child_descriptors(struct launcher *l, int channel, const struct start_pipes *pipes,
                          struct cloche_error *err)
{
    /* The caller's standard error is not for package code to write to. */
    cl_autoclose int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0) {
        return cl_fail_sys(err, errno, "open /dev/null");
    }
    /* Its own status, while the host's /proc is there: it reads through it how
     * much memory it starts from, whatever its root has at /proc later. */
    int status = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (status < 0) {
        return cl_fail_sys(err, errno, "open /proc/self/status");
    }
    if (cl_exec_prepare(&l->exec, 64, err) < 0) {
        return -1;
    }
    /* Up and out of the way, then down to their places. */
    int high_channel = fcntl(channel, F_DUPFD_CLOEXEC, 64);
    int high_report = fcntl(pipes->report, F_DUPFD_CLOEXEC, 64);
    int high_status = fcntl(status, F_DUPFD_CLOEXEC, 64);
    if (high_channel < 0 || high_report < 0 || high_status < 0 ||
        dup2(high_channel, CHANNEL_FD) < 0 || dup2(high_status, STATUS_FD) < 0 ||
        dup3(high_report, REPORT_FD, O_CLOEXEC) < 0) {
        /* What is said to be invalid is the number, beyond RLIMIT_NOFILE. */
        return cl_fail_sys(err, errno == EINVAL ? EMFILE : errno, "arrange descriptors");
    }
    return 0;
}

static int
become_zygote_user(const struct cl_plan *plan, struct cloche_error *err)
{
    if ((plan->zygote_namespaces & CLONE_NEWUSER) == 0) {
        /* No namespace to be root of: root becomes an unprivileged user for
         * good, and another caller stays who it is. */
        if (geteuid() != 0) {
            return 0;
        }
        int rc = cl_privilege_drop_groups(err) < 0 ||
                         cl_privilege_set_ids(plan->host_uid, plan->host_gid, err) < 0
                     ? -1
                     : 0;
        return rc < 0 ? cl_fail_in(err, "root that cannot become another user (run as one)")
                      : 0;
    }
    if (plan->id_count > 1 && cl_privilege_drop_groups(err) < 0) {
        return -1;
    }
    /* Id 0 of its own namespace: an unprivileged id of the host. */
    return cl_privilege_set_ids(0, 0, err);
}

static int
set_zygote_limits(struct cloche_error *err)
{
    /*
     * The stack limit at exec is the default size of thread stacks, which
     * RLIMIT_DATA counts; the zygote raises the soft limit again afterwards,
     * for its main thread.
     */
    struct rlimit stack;
    if (getrlimit(RLIMIT_STACK, &stack) < 0) {
        return cl_fail_sys(err, errno, "read the stack limit");
    }
    stack.rlim_cur = stack.rlim_max != RLIM_INFINITY && stack.rlim_max < THREAD_STACK_BYTES
                         ? stack.rlim_max
                         : THREAD_STACK_BYTES;
    if (setrlimit(RLIMIT_STACK, &stack) < 0) {
        return cl_fail_sys(err, errno, "set the stack limit");
    }
    /* Descriptors are counted for the whole user where there is one id, so the
     * zygote's own limit should not be what a cell's open_files ends at. */
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) < 0) {
        return cl_fail_sys(err, errno, "read the limit of open files");
    }
    if (files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max < MAX_FILES ? files.rlim_max : MAX_FILES;
        if (setrlimit(RLIMIT_NOFILE, &files) < 0) {
            return cl_fail_sys(err, errno, "set the limit of open files");
        }
    }
    return cl_rlimit_set(0, RLIMIT_CORE, 0, err);
}

/* Runs in the child; returns only to report a failure. */
static int
become_zygote(struct launcher *l, const struct cl_plan *plan,
              const struct start_pipes *pipes, struct cloche_error *err)
{
    char byte = 0;
    if (read(pipes->go, &byte, 1) != 1) {
        return cl_fail(err, CLOCHE_ESYS, "the launcher is gone");
    }
    if (become_zygote_user(plan, err) < 0) {
        return -1;
    }
    /* After set_ids, which clears it; the launcher is alive: it sent the byte. */
    if (cl_privilege_die_with_parent(0, err) < 0) {
        return -1;
    }
    if (setsid() < 0) {
        return cl_fail_sys(err, errno, "leave the session");
    }
    if ((plan->zygote_namespaces & CLONE_NEWUTS) && sethostname("cloche", 6) < 0) {
        return cl_fail_sys(err, errno, "set the host name");
    }
    if (cl_root_build(plan, err) < 0 || set_zygote_limits(err) < 0 ||
        cl_privilege_no_new_privs(err) < 0) {
        return -1;
    }
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL); /* the launcher blocks SIGCHLD */
    (void)signal(SIGPIPE, SIG_DFL); /* and ignores this; both would outlive exec */

    /* Only the standard streams, the channel, and what closes at exec. */
    for (int fd = REPORT_FD + 1; fd < 64; fd++) {
        (void)close(fd); /* most are not open */
    }
    return cl_exec_zygote(&l->exec, plan, err);
}

static _Noreturn void
child_main(struct launcher *l, const struct cl_plan *plan, int channel,
           const struct start_pipes *pipes)
{
    struct cloche_error err = {0};
    struct start_pipes here = {.go = fcntl(pipes->go, F_DUPFD_CLOEXEC, 64),
                               .report = pipes->report};
    int rc = arrange_child_descriptors(l, channel, pipes, &err);
    if (rc == 0) {
        here.report = REPORT_FD;
        rc = become_zygote(l, plan, &here, &err);
    }
    if (rc < 0) {
        /* The launcher reads this or sees the end; either way it knows. */
        ssize_t n = write(here.report, &err, sizeof err);
        (void)n;
    }
    _exit(127);
}

/* ---- the launcher ------------------------------------------------------ */

static int
write_child_maps(const struct cl_plan *plan, pid_t child, struct cloche_error *err)
{
    if ((plan->zygote_namespaces & CLONE_NEWUSER) == 0) {
        return 0;
    }
    char proc[32];
    (void)snprintf(proc, sizeof proc, "/proc/%d", child); /* fits */
    struct cl_userns_map uids = {0, plan->host_uid, plan->id_count};
    struct cl_userns_map gids = {0, plan->host_gid, plan->id_count};
    return cl_userns_write_maps(proc, &uids, &gids, plan->id_count == 1, err);
}

/* Let the child go on, and wait for its exec (end of the pipe) or its error. */
static int
await_exec(int go, int report, struct cloche_error *err)
{
    struct cloche_error said;
    if (write(go, "g", 1) != 1) {
        return cl_fail_sys(err, errno, "start the zygote");
    }
    ssize_t n;
    do {
        n = read(report, &said, sizeof said);
    } while (n < 0 && errno == EINTR);
    if (n == 0) {
        return 0;
    }
    if (n != (ssize_t)sizeof said) {
        return cl_fail(err, CLOCHE_ESYS, "the zygote ended before it started");
    }
    said.msg[sizeof said.msg - 1] = '\0';
    if (err != NULL) {
        *err = said;
    }
    return -1;
}

static int
start_zygote(struct launcher *l, const struct cl_plan *plan, int channel, pid_t *pid,
             int *pidfd, struct cloche_error *err)
{
    int go[2];
    int report[2];
    if (pipe2(go, O_CLOEXEC) < 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    cl_autoclose int go_read = go[0];
    cl_autoclose int go_write = go[1];
    if (pipe2(report, O_CLOEXEC) < 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    cl_autoclose int report_read = report[0];
    cl_autoclose int report_write = report[1];
    void *tid_address = cl_process_tid_address(err);
    if (tid_address == NULL) {
        return -1;
    }
    pid_t child = cl_process_clone(plan->zygote_namespaces, -1, tid_address, pidfd, err);
    if (child < 0) {
        if (err != NULL &&
            (err->sys == EPERM || err->sys == ENOSPC || err->sys == EACCES)) {
            err->code =
                CLOCHE_EHOST; /* namespaces forbidden, or their number is limited to 0 */
            return cl_fail_in(err, "make namespaces");
        }
        return -1;
    }
    if (child == 0) {
        struct start_pipes pipes = {.go = go_read, .report = report_write};
        (void)close(go_write); /* or the child would wait for itself */
        child_main(l, plan, channel, &pipes);
    }
    cl_drop_fd(&report_write);
    int rc = write_child_maps(plan, child, err);
    if (rc == 0) {
        rc = await_exec(go_write, report_read, err);
    }
    if (rc < 0) {
        cl_process_kill(*pidfd);
        (void)waitpid(child, NULL, 0);
        cl_drop_fd(pidfd);
        return -1;
    }
    *pid = child;
    return 0;
}

static struct zygote *
free_slot(struct launcher *l)
{
    for (size_t i = 0; i < MAX_ZYGOTES; i++) {
        if (l->zygotes[i].pid == 0) {
            return &l->zygotes[i];
        }
    }
    return NULL;
}

static int
answer(uint8_t type, uint32_t id, const struct cloche_error *why, int fd)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(1024);
    size_t start = cl_frame_begin(&b, type);
    (void)cl_buf_u32(&b, id); /* sticky */
    if (why != NULL) {
        cl_put_error(&b, why);
    }
    cl_frame_end(&b, start);
    return cl_channel_send_buf(CHANNEL_FD, &b, &fd, fd >= 0, NULL);
}

/* 0 to go on, -1 when the broker is gone or talks nonsense. */
static int
handle_start(struct launcher *l, struct cl_reader *r, int channel)
{
    struct cl_plan plan;
    struct cloche_error err = {0};
    uint32_t id = cl_read_u32(r);
    if (cl_plan_decode(r, &plan, &err) < 0) {
        return -1;
    }
    struct zygote *slot = free_slot(l);
    pid_t pid = 0;
    cl_autoclose int pidfd = -1;
    int rc = slot == NULL
                 ? cl_fail(&err, CLOCHE_ELIMIT, "%d zygotes run already", MAX_ZYGOTES)
             : cl_exec_find(&l->exec, &err) < 0
                 ? -1
                 : start_zygote(l, &plan, channel, &pid, &pidfd, &err);
    cl_plan_fini(&plan);
    if (rc < 0) {
        return answer(CL_MSG_NOT_STARTED, id, &err, -1);
    }
    *slot = (struct zygote){.id = id, .pid = pid};
    return answer(CL_MSG_STARTED, id, NULL, pidfd);
}

static int
handle_packet(struct launcher *l)
{
    int fds[CL_MAX_FDS];
    size_t n_fds = 0;
    struct cloche_error err = {0};
    ptrdiff_t n =
        cl_channel_recv(CHANNEL_FD, l->packet, sizeof l->packet, fds, &n_fds, &err);
    if (n < 0 && err.sys == EMFILE) { /* START: the next one's may find room */
        struct cl_reader id = CL_READER(l->packet + CL_FRAME_HEADER, 4);
        return answer(CL_MSG_NOT_STARTED, cl_read_u32(&id), &err, -1);
    }
    if (n < (ptrdiff_t)CL_FRAME_HEADER) {
        return -1;
    }
    struct cl_reader r = CL_READER(l->packet, n);
    uint32_t len = cl_read_u32(&r);
    uint8_t type = cl_read_u8(&r);
    int is_start = cl_message_check(type, len, (unsigned)n_fds, CL_FROM_BROKER,
                                    CL_STATE_READY, &err) == 0 &&
                   type == CL_MSG_START && n_fds == 1 && len + 4 == (size_t)n;
    int rc = is_start ? handle_start(l, &r, fds[0]) : -1;
    for (size_t i = 0; i < n_fds; i++) {
        (void)close(fds[i]); /* the child has its copy */
    }
    return rc;
}

static int
reap(struct launcher *l)
{
    struct signalfd_siginfo info;
    ssize_t n = read(l->signals, &info, sizeof info); /* only to empty it */
    (void)n;
    int status = 0;
    for (pid_t pid = waitpid(-1, &status, WNOHANG); pid > 0;
         pid = waitpid(-1, &status, WNOHANG)) {
        for (size_t i = 0; i < MAX_ZYGOTES; i++) {
            if (l->zygotes[i].pid != pid) {
                continue;
            }
            l->zygotes[i].pid = 0;
            cl_autobuf struct cl_buf b = CL_BUF_INIT(64);
            size_t start = cl_frame_begin(&b, CL_MSG_ZYGOTE_EXITED);
            (void)cl_buf_u32(&b, l->zygotes[i].id); /* sticky */
            (void)cl_buf_u32(&b, (uint32_t)status);
            cl_frame_end(&b, start);
            if (cl_channel_send_buf(CHANNEL_FD, &b, NULL, 0, NULL) < 0) {
                return -1;
            }
        }
    }
    return 0;
}

static int
set_up(struct launcher *l, pid_t parent)
{
    if (cl_privilege_die_with_parent(parent, NULL) < 0) {
        return -1;
    }
    if (syscall(SYS_close_range, CHANNEL_FD + 1, ~0u, 0) < 0 ||
        fcntl(CHANNEL_FD, F_SETFD, FD_CLOEXEC) < 0) {
        return -1;
    }
    /* A caller's soft limit may be lower than the numbers that are used here
     * and in cells; each cell gets its own afterwards. */
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < LEAST_FILES) {
        files.rlim_cur = files.rlim_max < LEAST_FILES ? files.rlim_max : LEAST_FILES;
        (void)setrlimit(RLIMIT_NOFILE, &files); /* too few are told where one is missing */
    }
    sigset_t child;
    (void)sigemptyset(&child);
    (void)sigaddset(&child, SIGCHLD);
    (void)sigprocmask(SIG_SETMASK, &child, NULL); /* valid arguments cannot fail */
    for (int sig = 1; sig < SIGRTMIN; sig++) {
        (void)signal(sig, SIG_DFL); /* KILL and STOP refuse, as they should */
    }
    (void)signal(SIGPIPE, SIG_IGN); /* a child that died is seen by its pipe's end */
    (void)setsid(); /* Ctrl-C is the caller's to handle, and the caller ends us */
    l->signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    l->exec = CL_EXEC_INIT;
    (void)cl_exec_find(&l->exec, NULL); /* else who wants a zygote is told */
    return l->signals < 0 ? -1 : 0;
}

static int
serve(struct launcher *l)
{
    for (;;) {
        struct pollfd fds[] = {{.fd = CHANNEL_FD, .events = POLLIN},
                               {.fd = l->signals, .events = POLLIN}};
        if (poll(fds, CL_COUNT(fds), -1) < 0) {
            if (errno == EINTR) {
                continue;
            }
            return -1;
        }
        if ((fds[1].revents & POLLIN) && reap(l) < 0) {
            return -1;
        }
        if (fds[0].revents && handle_packet(l) < 0) {
            return 0; /* the broker is gone: so are we, and with us the zygotes */
        }
    }
}

int
main(int argc, char **argv)
{
    static struct launcher l;
    if (argc == 2 && strcmp(argv[1], "--probe") == 0) {
        return cl_probe_main();
    }
    if (argc != 2 || set_up(&l, (pid_t)atoi(argv[1])) < 0) {
        static const char usage[] =
            "cloche-launcher is started by libcloche, not by hand\n";
        ssize_t n = write(2, usage, sizeof usage - 1);
        (void)n;
        return 125;
    }
    cl_autobuf struct cl_buf b = CL_BUF_INIT(16);
    cl_frame_end(&b, cl_frame_begin(&b, CL_MSG_LAUNCHER_READY));
    if (cl_channel_send_buf(CHANNEL_FD, &b, NULL, 0, NULL) < 0) {
        return 125;
    }
    return serve(&l) < 0 ? 125 : 0;
}

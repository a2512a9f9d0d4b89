/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The zygote: a warm CPython that forks cells and never runs user code.
 *
 * One thread.  It is the first process of its own PID namespace, so that its
 * end ends every cell; and the channel's end (the broker) ends it.
 *
 *     launcher execs us in our namespaces and root; channel on descriptor 3
 *     PLAN      -> filter on, CPython up, preload, freeze -> ZYGOTE_READY
 *     FORK      -> an init in a new PID namespace, a cell in it -> FORKED
 *     SIGCHLD   -> CELL_EXITED
 *
 * Preloaded packages are code of strangers: the filter is on before the first
 * import, and no job, principal or secret ever comes here.
 */
#include "cell/zygote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "cell/cell.h"
#include "cell/interpreter.h"
#include "kernel/abi.h"
#include "kernel/privilege.h"
#include "kernel/process.h"
#include "kernel/procfs.h"
#include "kernel/seccomp.h"
#include "wire/channel.h"
#include "wire/frame.h"
#include "wire/message.h"
#include "wire/plan.h"

enum { CHANNEL_FD = 3, STATUS_FD = 4, MAIN_STACK_BYTES = 8 << 20, MAX_CELLS = 65536 };

/* A cell and the init of its PID namespace.  A slot is free when both are 0. */
struct child {
    uint64_t id;
    pid_t cell; /* 0 once reaped */
    pid_t init;
};

struct zygote {
    struct cl_plan plan;
    void *tid_address;
    int own_pidns; /* our own pidfd: setns with it makes children ours again */
    int signals;
    uint64_t baseline_data_bytes;
    uint32_t serial;
    int is_lost; /* between PID namespaces: it must end */

    struct child *children; /* by slot */
    char *init_stacks; /* CL_INIT_STACK bytes for each slot, never touched until used */
    size_t n_slots;    /* slots in use at some time: none is live past it */
    unsigned char packet[CL_PACKET_MAX];
};

static int
send_error(uint8_t type, const uint64_t *cell_id, const struct cloche_error *err)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(1024);
    size_t start = cl_frame_begin(&b, type);
    if (cell_id != NULL) {
        (void)cl_buf_u64(&b, *cell_id); /* sticky */
    }
    cl_put_error(&b, err);
    cl_frame_end(&b, start);
    return cl_channel_send_buf(CHANNEL_FD, &b, NULL, 0, NULL);
}

static struct child *
free_slot(struct zygote *z)
{
    for (size_t i = 0; i < z->n_slots; i++) {
        if (z->children[i].cell == 0 && z->children[i].init == 0) {
            return &z->children[i];
        }
    }
    return z->n_slots < MAX_CELLS ? &z->children[z->n_slots++] : NULL;
}

/* The init, and our children's PID namespace set to its. */
static int
make_init(struct zygote *z, struct child *slot, int *init_fd, struct cloche_error *err)
{
    char *stack = z->init_stacks + (size_t)(slot - z->children) * CL_INIT_STACK;
    if (cl_process_init_new(stack + CL_INIT_STACK, init_fd, &slot->init, err) < 0) {
        return -1;
    }
    return cl_process_enter_pidns(*init_fd, err);
}

static int
fork_cell(struct zygote *z, struct child *slot, struct cl_lockdown *l, int cgroup_fd,
          int *cell_fd, int *init_fd, struct cloche_error *err)
{
    int has_own_pids = (z->plan.cell_namespaces & CLONE_NEWPID) != 0;
    if (has_own_pids && make_init(z, slot, init_fd, err) < 0) {
        return -1;
    }
    /* NEWCGROUP would take our own leaf as its root, and not the cell's: the
     * cell makes it itself. */
    uint64_t flags = z->plan.cell_namespaces &
                     ~(uint64_t)(CLONE_NEWPID | CLONE_NEWUSER | CLONE_NEWCGROUP);
    cl_interpreter_before_fork();
    pid_t pid = cl_process_clone(flags, cgroup_fd, z->tid_address, cell_fd, err);
    if (pid == 0) {
        sigset_t none;
        (void)sigemptyset(&none);
        (void)sigprocmask(SIG_SETMASK, &none, NULL); /* valid arguments cannot fail */
        cl_cell_main(l);
    }
    cl_interpreter_after_fork_in_parent();
    int back = has_own_pids ? cl_process_enter_pidns(z->own_pidns, NULL) : 0;
    z->is_lost = back < 0;
    if (pid < 0) {
        cl_process_kill(*init_fd);
        return -1;
    }
    slot->cell = pid;
    return back < 0 ? cl_fail(err, CLOCHE_ESYS, "cannot return to the own PID namespace")
                    : 0;
}

static int
handle_fork(struct zygote *z, struct cl_reader *r, const int *fds, size_t n_fds)
{
    struct cloche_error err = {0};
    uint64_t id = cl_read_u64(r);
    struct cl_lockdown l = {.plan = &z->plan,
                            .baseline_data_bytes = z->baseline_data_bytes};
    cl_cell_limits_decode(r, &l.limits);
    int has_cgroup = cl_read_u8(r) == 1;
    int has_work = cl_read_u8(r) == 1;
    l.is_awaited = cl_read_u8(r) == 1;
    if (cl_reader_done(r) < 0 || n_fds != 3u + (unsigned)has_cgroup + (unsigned)has_work) {
        return -1;
    }
    int cgroup_fd = has_cgroup ? fds[3] : -1;
    l.given_work_fd = has_work ? fds[n_fds - 1] : -1;
    l.parent = getpid();
    l.channel_fd = fds[0];
    l.stdout_fd = fds[1];
    l.stderr_fd = fds[2];
    l.serial = z->serial++;
    struct child *slot = free_slot(z);
    cl_autoclose int cell_fd = -1;
    cl_autoclose int init_fd = -1;
    if (slot == NULL) {
        (void)cl_fail(&err, CLOCHE_ELIMIT, "%d cells live already", MAX_CELLS);
        return send_error(CL_MSG_NOT_FORKED, &id, &err);
    }
    slot->id = id;
    if (fork_cell(z, slot, &l, cgroup_fd, &cell_fd, &init_fd, &err) < 0) {
        int rc = send_error(CL_MSG_NOT_FORKED, &id, &err);
        return z->is_lost ? -1 : rc; /* the kernel ends all cells; the broker has another */
    }
    cl_autobuf struct cl_buf b = CL_BUF_INIT(64);
    size_t start = cl_frame_begin(&b, CL_MSG_FORKED);
    (void)cl_buf_u64(&b, id); /* sticky */
    cl_frame_end(&b, start);
    /* Its init is the broker's to kill where there may be others with it. */
    int out[2] = {cell_fd, init_fd};
    size_t n_out = init_fd >= 0 && !(z->plan.flags & CL_PLAN_ONE_PROCESS) ? 2 : 1;
    return cl_channel_send_buf(CHANNEL_FD, &b, out, n_out, NULL);
}

/* FORK, but its descriptors found no room here: the next one's may. */
static int
refuse_fork(const struct zygote *z, const struct cloche_error *why)
{
    struct cl_reader r = CL_READER(z->packet + CL_FRAME_HEADER, 8);
    uint64_t id = cl_read_u64(&r);
    return send_error(CL_MSG_NOT_FORKED, &id, why);
}

static int
handle_packet(struct zygote *z)
{
    int fds[CL_MAX_FDS];
    size_t n_fds = 0;
    struct cloche_error err = {0};
    ptrdiff_t n =
        cl_channel_recv(CHANNEL_FD, z->packet, sizeof z->packet, fds, &n_fds, &err);
    if (n < 0 && err.sys == EMFILE) {
        return refuse_fork(z, &err);
    }
    if (n < (ptrdiff_t)CL_FRAME_HEADER) {
        return -1;
    }
    struct cl_reader r = CL_READER(z->packet, n);
    uint32_t len = cl_read_u32(&r);
    uint8_t type = cl_read_u8(&r);
    int rc = -1;
    if (cl_message_check(type, len, (unsigned)n_fds, CL_FROM_BROKER, CL_STATE_READY,
                         &err) == 0 &&
        type == CL_MSG_FORK && len + 4 == (size_t)n) {
        rc = handle_fork(z, &r, fds, n_fds);
    }
    for (size_t i = 0; i < n_fds; i++) {
        (void)close(fds[i]); /* the cell has its copies */
    }
    return rc;
}

static uint64_t
timeval_ns(struct timeval t)
{
    return (uint64_t)t.tv_sec * CL_NS_PER_S + (uint64_t)t.tv_usec * 1000;
}

static int
report_exit(struct zygote *z, pid_t pid, int status, const struct rusage *used)
{
    for (size_t i = 0; i < z->n_slots; i++) {
        struct child *c = &z->children[i];
        if (c->init == pid) {
            c->init = 0;
            return 0;
        }
        if (c->cell != pid) {
            continue;
        }
        c->cell = 0;
        if (c->init > 0 && (z->plan.flags & CL_PLAN_ONE_PROCESS)) {
            (void)kill(c->init, SIGKILL); /* a child of ours, not reaped: it is there */
        }
        cl_autobuf struct cl_buf b = CL_BUF_INIT(128);
        size_t start = cl_frame_begin(&b, CL_MSG_CELL_EXITED);
        (void)cl_buf_u64(&b, c->id); /* sticky */
        (void)cl_buf_u32(&b, (uint32_t)status);
        (void)cl_buf_u64(&b, timeval_ns(used->ru_utime));
        (void)cl_buf_u64(&b, timeval_ns(used->ru_stime));
        (void)cl_buf_u64(&b, (uint64_t)used->ru_maxrss * 1024);
        cl_frame_end(&b, start);
        return cl_channel_send_buf(CHANNEL_FD, &b, NULL, 0, NULL);
    }
    return 0;
}

static int
reap(struct zygote *z)
{
    struct signalfd_siginfo info;
    ssize_t n = read(z->signals, &info, sizeof info); /* only to empty it */
    (void)n;
    int status = 0;
    struct rusage used;
    for (pid_t pid = wait4(-1, &status, WNOHANG, &used); pid > 0;
         pid = wait4(-1, &status, WNOHANG, &used)) {
        if (report_exit(z, pid, status, &used) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
receive_plan(struct zygote *z, struct cloche_error *err)
{
    int fds[CL_MAX_FDS];
    size_t n_fds = 0;
    ptrdiff_t n =
        cl_channel_recv(CHANNEL_FD, z->packet, sizeof z->packet, fds, &n_fds, err);
    if (n < (ptrdiff_t)CL_FRAME_HEADER) {
        return -1;
    }
    struct cl_reader r = CL_READER(z->packet, n);
    uint32_t len = cl_read_u32(&r);
    uint8_t type = cl_read_u8(&r);
    if (cl_message_check(type, len, (unsigned)n_fds, CL_FROM_BROKER, CL_STATE_STARTING,
                         err) < 0) {
        return -1;
    }
    return cl_plan_decode(&r, &z->plan, err);
}

/* What needs no interpreter, up to and with the filter. */
static int
prepare_process(struct zygote *z, struct cloche_error *err)
{
    struct rlimit stack;
    if (getrlimit(RLIMIT_STACK, &stack) < 0) {
        return cl_fail_sys(err, errno, "read the stack limit");
    }
    stack.rlim_cur = stack.rlim_max == RLIM_INFINITY || stack.rlim_max > MAIN_STACK_BYTES
                         ? MAIN_STACK_BYTES
                         : stack.rlim_max;
    if (setrlimit(RLIMIT_STACK, &stack) < 0) {
        return cl_fail_sys(err, errno, "set the stack limit");
    }
    z->tid_address = cl_process_tid_address(err);
    if (z->tid_address == NULL) {
        return -1;
    }
    /* Cells share its layout, their inits its memory: not to be read. */
    if ((z->plan.flags & CL_PLAN_TIDY) && cl_privilege_set_dumpable(0, err) < 0) {
        return -1;
    }
    z->own_pidns = (int)syscall(SYS_pidfd_open, getpid(), 0);
    if (z->own_pidns < 0 || fcntl(z->own_pidns, F_SETFD, FD_CLOEXEC) < 0) {
        return cl_fail_sys(err, errno, "open a pidfd");
    }
    sigset_t child;
    (void)sigemptyset(&child);
    (void)sigaddset(&child, SIGCHLD);
    (void)sigprocmask(SIG_SETMASK, &child, NULL); /* valid arguments cannot fail */
    z->signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    size_t stacks = (size_t)MAX_CELLS * CL_INIT_STACK;
    z->init_stacks = mmap(NULL, stacks, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    z->children = calloc(MAX_CELLS, sizeof *z->children);
    if (z->signals < 0 || z->init_stacks == MAP_FAILED || z->children == NULL) {
        return cl_fail_sys(err, errno, "prepare the zygote");
    }
    /* Cells have no use for the stacks of their siblings' inits. */
    (void)madvise(z->init_stacks, stacks,
                  MADV_DONTFORK); /* best effort: saves page tables */
    if (cl_lockdown_zygote(&z->plan, err) < 0) {
        return -1;
    }
    if (z->plan.zygote_filter_bytes > 0) {
        return cl_seccomp_install(z->plan.zygote_filter, z->plan.zygote_filter_bytes, NULL,
                                  err);
    }
    return 0;
}

static int
start(struct zygote *z, struct cloche_error *err)
{
    if (receive_plan(z, err) < 0 || prepare_process(z, err) < 0 ||
        cl_interpreter_start(&z->plan, err) < 0) {
        return -1;
    }
    struct cl_procfs_memory memory = {0};
    int rc = cl_procfs_read_memory(STATUS_FD, &memory, err);
    (void)close(STATUS_FD); /* ours, from the launcher; read for the last time */
    if (rc < 0) {
        return -1;
    }
    z->baseline_data_bytes = memory.data_bytes - (size_t)MAX_CELLS * CL_INIT_STACK;
    cl_autobuf struct cl_buf b = CL_BUF_INIT(64);
    size_t begin = cl_frame_begin(&b, CL_MSG_ZYGOTE_READY);
    (void)cl_buf_u32(&b, (uint32_t)cl_interpreter_version()); /* sticky */
    (void)cl_buf_u64(&b, z->baseline_data_bytes);
    (void)cl_buf_u64(&b, memory.resident_bytes);
    cl_frame_end(&b, begin);
    return cl_channel_send_buf(CHANNEL_FD, &b, NULL, 0, err);
}

static int
serve(struct zygote *z)
{
    for (;;) {
        struct pollfd fds[] = {{.fd = CHANNEL_FD, .events = POLLIN},
                               {.fd = z->signals, .events = POLLIN}};
        if (poll(fds, CL_COUNT(fds), -1) < 0 && errno != EINTR) {
            return 1;
        }
        if ((fds[1].revents & POLLIN) && reap(z) < 0) {
            return 0;
        }
        if (fds[0].revents && handle_packet(z) < 0) {
            return 0; /* the broker is gone; the kernel ends the cells with us */
        }
    }
}

int
cl_zygote_main(void)
{
    static struct zygote z;
    struct cloche_error err = {0};
    /* Not where the caller is, nor where the dynamic loader was to look. */
    if (chdir("/") < 0 || fcntl(CHANNEL_FD, F_SETFD, FD_CLOEXEC) < 0) {
        static const char usage[] =
            "cloche-zygote is started by cloche-launcher, not by hand\n";
        ssize_t n = write(2, usage, sizeof usage - 1);
        (void)n;
        return 125;
    }
    (void)prctl(PR_SET_NAME, "cloche-zygote", 0, 0, 0); /* what ps shows */
    if (start(&z, &err) < 0) {
        (void)send_error(CL_MSG_ZYGOTE_FAILED, NULL, &err); /* or the broker sees the end */
        return 125;
    }
    return serve(&z);
}

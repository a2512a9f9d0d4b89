/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a cell comes up: which process it is, what it says before it has a run, and what
 * the broker sees of it from outside.  Under the engine's lock.
 */
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/vfs.h>

#include "base/own.h"
#include "engine/cell.h"
#include "engine/zygote.h"
#include "kernel/process.h"
#include "kernel/procfs.h"
#include "wire/channel.h"
#include "wire/frame.h"

/* The cell's channel as it has it; it must agree with cell/lockdown.h, and a
 * cell in which it does not is refused. */
enum { CELL_CHANNEL_FD = 250 };

static int read_frame(struct cl_cell *c, struct cloche_error *err);

/* It ended before it could be looked at: what it said of that, or else err, is why. */
static void
ended_early(struct cl_cell *c, const struct cloche_error *err)
{
    struct cloche_error said = {0};
    if (!cl_process_is_alive(c->pidfd)) {
        (void)read_frame(c, &said); /* at once; and the cell is not used either way */
    }
    cl_cell_failed(c, said.code != CLOCHE_OK ? &said : err);
}

void
cl_cell_forked(struct cl_cell *c, int pidfd, int init_pidfd)
{
    struct cloche_error err = {0};
    pid_t parent = 0;
    c->pidfd = pidfd;
    c->init_pidfd = init_pidfd;
    /* The zygote names the process; the kernel says whose child it is. */
    if (cl_process_pid(pidfd, &c->pid, &parent, &err) < 0) {
        ended_early(c, &err);
        return;
    }
    if (init_pidfd >= 0 && cl_process_pid(init_pidfd, &c->init_pid, NULL, &err) < 0) {
        cl_cell_failed(c, &err);
        return;
    }
    if (c->state == CL_STATE_ENDED) {
        cl_cell_kill(c); /* given up meanwhile */
        return;
    }
    if (c->zygote->pid != 0 && parent != c->zygote->pid) {
        (void)cl_fail(&err, CLOCHE_EINTERNAL, "process %d is no child of its zygote",
                      c->pid);
        cl_cell_failed(c, &err);
    }
}

/* The standard streams and the channel, and nothing else, are open in it. */
static int
prove_descriptors(struct cl_cell *c, struct cloche_error *err)
{
    static const int expected[] = {0, 1, 2, CELL_CHANNEL_FD};
    int open_fds[8];
    if (cl_procfs_count_descriptors(c->pid) == CL_COUNT(expected)) {
        return 0; /* it has spoken through one, and was given the others */
    }
    int n = cl_procfs_descriptors(c->pid, open_fds, CL_COUNT(open_fds), err);
    if (n < 0) {
        return -1;
    }
    if (n < (int)CL_COUNT(expected)) {
        return cl_fail(err, CLOCHE_ESYS,
                       "the cell ended"); /* it is closing them just now */
    }
    if (n != CL_COUNT(expected) || memcmp(open_fds, expected, sizeof expected) != 0) {
        return cl_fail(err, CLOCHE_EINTERNAL, "the cell has %d descriptors open, not 4", n);
    }
    return 0;
}

/* It has printed nothing: what comes is of its run. */
static int
prove_silence(const struct cl_cell *c, struct cloche_error *err)
{
    struct pollfd p[] = {{.fd = c->stdout_fd, .events = POLLIN},
                         {.fd = c->stderr_fd, .events = POLLIN}};
    return poll(p, CL_COUNT(p), 0) == 0
               ? 0
               : cl_fail(err, CLOCHE_ESYS, "the cell did not come up quietly");
}

static int
handle_locked(struct cl_cell *c, struct cl_reader *r, int *fds, size_t n_fds,
              struct cloche_error *err)
{
    int has_listener = cl_read_u8(r) == 1;
    int has_work = cl_read_u8(r) == 1;
    if (cl_reader_done(r) < 0 || n_fds != (size_t)has_listener + (size_t)has_work) {
        return cl_fail(err, CLOCHE_EINTERNAL, "a malformed LOCKED");
    }
    size_t at = 0;
    c->listener_fd = has_listener ? cl_take_fd(&fds[at++]) : -1;
    if (has_work) {
        cl_drop_fd(&c->work_fd);
        c->work_fd = cl_take_fd(&fds[at++]);
    }
    c->state = CL_STATE_LOCKED;
    if (has_listener) {
        cl_ears_listen(c, CL_EAR_LISTENER, c->listener_fd, POLLIN);
    }
    return 0;
}

/* Its caller's thread sleeps while it runs, so that processor is free for it, and need not
 * be woken. */
static void
stay_with_caller(struct cl_cell *c)
{
    int cpu = c->zygote->engine->caller_cpu;
    if ((c->zygote->sandbox.plan.flags & CL_PLAN_ONE_PROCESS) &&
        cl_process_stay(c->pid, cpu, &c->cpus)) {
        c->stays_on = cpu;
    }
}

static int
handle_ready(struct cl_cell *c, struct cloche_error *err)
{
    struct cl_procfs_memory *memory = &c->zygote->ready_memory[c->is_awaited];
    if (prove_descriptors(c, err) < 0 || prove_silence(c, err) < 0 ||
        (memory->resident_bytes == 0 && cl_cell_memory(c, memory, err) < 0) ||
        cl_procfs_cpu_ns(c->pid, &c->ready_cpu_ns, err) < 0) {
        return -1;
    }
    if (!c->is_reserved) {
        /* It will be read at the end of its run; one that is waited for has no time. */
        (void)!cl_cell_open_status(c, NULL); /* or then */
        stay_with_caller(c);
    }
    struct statfs fs;
    if (c->work_path == NULL && c->work_fd >= 0 && fstatfs(c->work_fd, &fs) == 0) {
        c->ready_inodes = (uint64_t)(fs.f_files - fs.f_ffree);
    }
    c->ready_resident_bytes = memory->resident_bytes;
    c->ready_anon_bytes = memory->anon_bytes + memory->shmem_bytes;
    c->ready_table_bytes = memory->table_bytes;
    c->state = CL_STATE_READY;
    /* It has nothing more to say before it has a run, whose driver hears it then; its end
     * is told by its zygote. */
    cl_ears_take_back(c);
    c->zygote->n_failures = 0;
    return 0;
}

static int
handle_frame(struct cl_cell *c, uint8_t type, struct cl_reader *r, int *fds, size_t n_fds,
             struct cloche_error *err)
{
    struct cloche_error said = {0};
    switch (type) {
    case CL_MSG_LOCKED: return handle_locked(c, r, fds, n_fds, err);
    case CL_MSG_CELL_READY: return handle_ready(c, err);
    case CL_MSG_CELL_FAILED:
        cl_read_error(r, &said);
        if (err != NULL) {
            *err = said;
        }
        return -1;
    default: return cl_fail(err, CLOCHE_EINTERNAL, "an unexpected frame from a new cell");
    }
}

/* One frame of a cell that has no run; they are small, and each was one send. */
static int
read_frame(struct cl_cell *c, struct cloche_error *err)
{
    unsigned char packet[CL_FRAME_HEADER + 1024];
    int fds[CL_MAX_FDS];
    size_t n_fds = 0;
    ptrdiff_t n = cl_channel_recv(c->channel_fd, packet, CL_FRAME_HEADER, fds, &n_fds, err);
    int rc = n == CL_FRAME_HEADER ? 0
             : n < 0              ? -1
                                  : cl_fail(err, CLOCHE_ESYS, "the cell ended");
    struct cl_reader head = CL_READER(packet, CL_FRAME_HEADER);
    uint32_t len = 0;
    uint8_t type = 0;
    if (rc == 0) {
        len = cl_read_u32(&head);
        type = cl_read_u8(&head);
        rc = cl_message_check(type, len, (unsigned)n_fds, CL_FROM_CELL, c->state, err);
    }
    if (rc == 0 && len - 1 > sizeof packet - CL_FRAME_HEADER) {
        rc = cl_fail(err, CLOCHE_EINTERNAL, "a frame that is too long for a new cell");
    }
    if (rc == 0 && len > 1) {
        int more[CL_MAX_FDS];
        size_t n_more = 0;
        n = cl_channel_recv(c->channel_fd, packet + CL_FRAME_HEADER, len - 1, more, &n_more,
                            err);
        for (size_t i = 0; i < n_more; i++) {
            cl_drop_fd(&more[i]);
        }
        rc = n == (ptrdiff_t)len - 1 ? 0
             : n < 0                 ? -1
                                     : cl_fail(err, CLOCHE_ESYS, "the cell ended");
    }
    if (rc == 0) {
        struct cl_reader r = CL_READER(packet + CL_FRAME_HEADER, len - 1);
        rc = handle_frame(c, type, &r, fds, n_fds, err);
    }
    for (size_t i = 0; i < n_fds; i++) {
        cl_drop_fd(&fds[i]);
    }
    return rc;
}

static int
has_said_something(const struct cl_cell *c)
{
    struct pollfd p = {.fd = c->channel_fd, .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

void
cl_cell_event(struct cl_cell *c, enum cl_ear_id id)
{
    struct cloche_error err = {0};
    if (c->state == CL_STATE_READY || c->state == CL_STATE_ENDED) {
        return; /* the next run's driver hears it, or nobody */
    }
    /* FORKED may be on its way: not before it is known which process it is.
     * What it says comes first.  A refused call, or an end, before there is a job: it is
     * of no use. */
    int rc = 0;
    if (c->pid != 0 && has_said_something(c)) {
        rc = read_frame(c, &err);
    } else if (c->pid != 0 && id == CL_EAR_LISTENER) {
        rc = cl_fail(&err, CLOCHE_ESYS, "the cell did not come up quietly");
    }
    if (rc == 0 && c->state == CL_STATE_READY) {
        (void)pthread_cond_broadcast(&c->zygote->engine->changed);
        return;
    }
    if (rc < 0 || cl_ears_hand_over(c, UINT64_MAX, &err) < 0) { /* to go on hearing it */
        cl_cell_failed(c, &err);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns cell handles, from the request to the zygote until the zygote has
 * reaped the process.  Everything under the engine's lock, but for what the
 * header says belongs to the driver.
 */
#include "engine/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/own.h"
#include "engine/launcher.h"
#include "engine/leaf.h"
#include "engine/workdir.h"
#include "engine/zygote.h"
#include "kernel/cgroup.h"
#include "kernel/process.h"
#include "kernel/procfs.h"
#include "wire/channel.h"
#include "wire/frame.h"

/* The cell's channel as it has it; it must agree with cell/lockdown.h, and a
 * cell in which it does not is refused. */
enum { CELL_CHANNEL_FD = 250 };

struct cl_cell *
cl_cell_find(struct cl_zygote *zygote, uint64_t id)
{
    for (struct cl_cell *c = zygote->cells; c != NULL; c = c->next) {
        if (c->id == id) {
            return c;
        }
    }
    return NULL;
}

static void
close_descriptors(struct cl_cell *c)
{
    cl_engine_ignore(c->zygote->engine, c->epoll_fd);
    cl_channel_end(&c->channel_fd);
    int *const all[] = {&c->epoll_fd, &c->stdout_fd, &c->stderr_fd,  &c->listener_fd,
                        &c->work_fd,  &c->pidfd,     &c->init_pidfd, &c->status_fd,
                        &c->timer_fd, &c->poke_fd,   &c->leaf_fd};
    for (size_t i = 0; i < CL_COUNT(all); i++) {
        cl_drop_fd(all[i]);
    }
}

void
cl_cell_free(struct cl_cell *c)
{
    for (struct cl_cell **at = &c->zygote->cells; *at != NULL; at = &(*at)->next) {
        if (*at == c) {
            *at = c->next;
            break;
        }
    }
    cl_leaf_drop(c);
    close_descriptors(c);
    cl_workdir_remove(c->work_path);
    free(c);
}

int
cl_cell_listen(struct cl_cell *c, int fd, uint32_t events, enum cl_cell_event_id id,
               struct cloche_error *err)
{
    struct epoll_event e = {.events = events, .data.u32 = id};
    if (epoll_ctl(c->epoll_fd, EPOLL_CTL_ADD, fd, &e) < 0) {
        return cl_fail_sys(err, errno, "listen to a cell");
    }
    return 0;
}

void
cl_cell_ignore(struct cl_cell *c, int fd)
{
    if (fd >= 0) {
        (void)epoll_ctl(c->epoll_fd, EPOLL_CTL_DEL, fd, NULL); /* not there: as wanted */
    }
}

int
cl_cell_hear_output(struct cl_cell *c, struct cloche_error *err)
{
    if (c->is_output_heard) {
        return 0;
    }
    c->is_output_heard = 1;
    return cl_cell_listen(c, c->stdout_fd, EPOLLIN, CL_CELL_STDOUT, err) < 0 ||
                   cl_cell_listen(c, c->stderr_fd, EPOLLIN, CL_CELL_STDERR, err) < 0
               ? -1
               : 0;
}

void
cl_cell_set_heard(struct cl_cell *c, int is_heard)
{
    struct epoll_event e = {.events = is_heard ? EPOLLIN : 0, .data.ptr = &c->source};
    /* It is there as long as the cell has an epoll descriptor: cannot fail. */
    (void)epoll_ctl(c->zygote->engine->epoll_fd, EPOLL_CTL_MOD, c->epoll_fd, &e);
}

/* Our ends in the cell's fields, the cell's in ends[3]. */
static int
make_descriptors(struct cl_cell *c, int ends[3], struct cloche_error *err)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) {
        return cl_fail_sys(err, errno, "make a cell's channel");
    }
    c->channel_fd = pair[0];
    ends[0] = pair[1];
    if (cl_channel_bound(c->channel_fd, CL_RECEIVE_MS, CL_SEND_MS, err) < 0) {
        return -1;
    }
    int *const ours[] = {&c->stdout_fd, &c->stderr_fd};
    for (int i = 0; i < 2; i++) {
        if (pipe2(pair, O_CLOEXEC) < 0) {
            return cl_fail_sys(err, errno, "make a cell's pipes");
        }
        *ours[i] = pair[0];
        ends[1 + i] = pair[1];
        if (fcntl(pair[0], F_SETFL, O_NONBLOCK) <
            0) { /* our end only: not the cell's file */
            return cl_fail_sys(err, errno, "make a cell's pipes");
        }
    }
    c->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    c->poke_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    c->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    if (c->epoll_fd < 0 || c->poke_fd < 0 || c->timer_fd < 0) {
        return cl_fail_sys(err, errno, "make a cell's descriptors");
    }
    return cl_cell_listen(c, c->channel_fd, EPOLLIN, CL_CELL_CHANNEL, err) < 0 ||
                   cl_cell_listen(c, c->poke_fd, EPOLLIN, CL_CELL_POKE, err) < 0 ||
                   cl_cell_listen(c, c->timer_fd, EPOLLIN, CL_CELL_TIMER, err) < 0 ||
                   cl_engine_listen(c->zygote->engine, c->epoll_fd, &c->source, err) < 0
               ? -1
               : 0;
}

static int
request_fork(struct cl_cell *c, const int ends[3], struct cloche_error *err)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(256);
    size_t start = cl_frame_begin(&b, CL_MSG_FORK);
    (void)cl_buf_u64(&b, c->id); /* sticky */
    cl_cell_limits_encode(&c->limits, &b);
    (void)cl_buf_u8(&b, c->leaf_fd >= 0);
    (void)cl_buf_u8(&b, c->work_fd >= 0);
    (void)cl_buf_u8(&b, c->is_awaited);
    cl_frame_end(&b, start);
    int fds[5] = {ends[0], ends[1], ends[2]};
    size_t n = 3;
    if (c->leaf_fd >= 0) {
        fds[n++] = c->leaf_fd;
    }
    if (c->work_fd >= 0) {
        fds[n++] = c->work_fd;
    }
    struct cloche_error why = {0};
    if (cl_channel_send_buf(c->zygote->channel_fd, &b, fds, n, &why) == 0) {
        return 0;
    }
    if (why.sys == EAGAIN) {
        cl_process_kill(c->zygote->pidfd); /* it takes nothing: its end will be told */
    }
    return cl_fail_as(err, &why);
}

int
cl_cell_new(struct cl_zygote *zygote, const struct cl_cell_limits *limits, int is_awaited,
            struct cl_cell **out, struct cloche_error *err)
{
    struct cl_cell *c = calloc(1, sizeof *c);
    if (c == NULL) {
        return cl_fail_nomem(err);
    }
    *c = (struct cl_cell){
        .zygote = zygote,
        .id = ++zygote->engine->next_cell_id,
        .state = CL_STATE_STARTING,
        .limits = *limits,
        .is_awaited = is_awaited,
        .channel_fd = -1,
        .stdout_fd = -1,
        .stderr_fd = -1,
        .listener_fd = -1,
        .work_fd = -1,
        .pidfd = -1,
        .init_pidfd = -1,
        .status_fd = -1,
        .leaf_fd = -1,
        .epoll_fd = -1,
        .timer_fd = -1,
        .poke_fd = -1,
    };
    c->next = zygote->cells;
    zygote->cells = c;
    int ends[3] = {-1, -1, -1};
    int rc = make_descriptors(c, ends, err);
    if (rc == 0) {
        rc = cl_leaf_new(c, err);
    }
    if (rc == 0 && zygote->sandbox.needs_work_directory) {
        rc = cl_workdir_new(c, err);
    }
    if (rc == 0) {
        rc = request_fork(c, ends, err);
    }
    for (int i = 0; i < 3; i++) {
        cl_own_close(&ends[i]);
    }
    if (rc < 0) {
        cl_cell_free(c);
        return cl_fail_in(err, "cell");
    }
    zygote->n_forked++;
    *out = c;
    return 0;
}

void
cl_cell_poke(struct cl_cell *c)
{
    uint64_t one = 1;
    (void)!write(c->poke_fd, &one, sizeof one); /* an eventfd: full is as good */
}

void
cl_cell_kill(struct cl_cell *c)
{
    cl_process_kill(c->init_pidfd);
    cl_process_kill(c->pidfd);
    cl_cgroup_leaf_kill(c->leaf_fd);
}

void
cl_cell_failed(struct cl_cell *c, const struct cloche_error *why)
{
    cl_cell_kill(c);
    if (c->run != NULL) {
        if (!c->has_exited) {  /* what is known already stays: its driver reads it */
            c->has_exited = 1; /* nobody is left to tell how */
            c->exit_status = -1;
            cl_cell_poke(c);
        }
        return;
    }
    if (c->state == CL_STATE_ENDED) {
        return; /* of a run that is over */
    }
    if (c->state != CL_STATE_READY && !c->is_reserved) {
        cl_zygote_note_failure(c->zygote, why);
    }
    c->error = *why;
    c->state = CL_STATE_ENDED;
    cl_cell_set_heard(c, 0);
    (void)pthread_cond_broadcast(&c->zygote->engine->changed);
}

void
cl_cell_not_forked(struct cl_cell *c, const struct cloche_error *why)
{
    cl_cell_failed(c, why);
    c->has_exited = 1; /* nothing to reap */
    if (c->run == NULL && !c->is_reserved) {
        cl_cell_free(c);
    }
}

void
cl_cell_exited(struct cl_cell *c)
{
    c->has_exited = 1;
    if (c->run != NULL) {
        cl_cell_poke(c);
        return;
    }
    struct cloche_error err = {0};
    (void)cl_fail(&err, CLOCHE_ESYS, "the cell ended while it was prepared (status 0x%x)",
                  c->exit_status);
    cl_cell_failed(c, &err);
    if (!c->is_reserved) { /* else its caller does */
        cl_cell_free(c);
    }
}

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

int
cl_cell_open_status(struct cl_cell *c, struct cloche_error *err)
{
    if (c->status_fd >= 0) {
        return 0;
    }
    if (cl_procfs_open_status(c->pid, &c->status_fd, err) < 0) {
        return -1;
    }
    /* Alive now, so its number was its own when the file was opened. */
    if (!cl_process_is_alive(c->pidfd)) {
        cl_drop_fd(&c->status_fd);
        return cl_fail(err, CLOCHE_ESYS, "the cell ended");
    }
    return 0;
}

int
cl_cell_memory(struct cl_cell *c, struct cl_procfs_memory *out, struct cloche_error *err)
{
    return cl_cell_open_status(c, err) < 0 ? -1
                                           : cl_procfs_read_memory(c->status_fd, out, err);
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
    return has_listener ? cl_cell_listen(c, c->listener_fd, EPOLLIN, CL_CELL_LISTENER, err)
                        : 0;
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
    cl_cell_set_heard(c, 0);
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

void
cl_cell_event(struct cl_cell *c)
{
    struct cloche_error err = {0};
    struct epoll_event events[8];
    int n = epoll_wait(c->epoll_fd, events, CL_COUNT(events), 0);
    int has_said = 0;
    for (int i = 0; i < n; i++) {
        has_said |= events[i].data.u32 == CL_CELL_CHANNEL;
    }
    if (c->pid == 0 || n <= 0 || c->state == CL_STATE_ENDED) {
        return; /* FORKED is on its way: not before it is known which process it is */
    }
    /* What it says comes first.  A refused call, or an end, before there is a job: it is
     * of no use. */
    if ((has_said ? read_frame(c, &err)
                  : cl_fail(&err, CLOCHE_ESYS, "the cell did not come up quietly")) < 0) {
        cl_cell_failed(c, &err);
    } else if (c->state == CL_STATE_READY) {
        (void)pthread_cond_broadcast(&c->zygote->engine->changed);
    }
}

void
cl_cell_release(struct cl_cell *c)
{
    cl_cell_kill(c);
    c->run = NULL;
    c->is_reserved = 0;
    c->state = CL_STATE_ENDED;
    if (c->has_exited) {
        cl_cell_free(c);
    } /* else the engine's thread does, when it hears of the end: nobody need wait */
}

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
#include <sys/socket.h>
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
    cl_ears_take_back(c);
    cl_channel_end(&c->channel_fd);
    int *const all[] = {&c->stdout_fd, &c->stderr_fd,  &c->listener_fd, &c->work_fd,
                        &c->pidfd,     &c->init_pidfd, &c->status_fd,   &c->leaf_fd};
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

void
cl_cell_hear_output(struct cl_cell *c)
{
    if (!c->is_output_heard) {
        c->is_output_heard = 1;
        cl_ears_listen(c, CL_EAR_STDOUT, c->stdout_fd, POLLIN);
        cl_ears_listen(c, CL_EAR_STDERR, c->stderr_fd, POLLIN);
    }
}

void
cl_cell_set_mute(struct cl_cell *c)
{
    struct cloche_engine *engine = c->zygote->engine;
    if (c->is_mute) {
        return;
    }
    cl_ears_ignore(c, CL_EAR_CHANNEL);
    cl_ears_listen(c, CL_EAR_END, c->pidfd, POLLIN);
    (void)pthread_mutex_lock(&engine->lock);
    c->is_mute = 1;
    (void)pthread_mutex_unlock(&engine->lock);
}

void
cl_cell_roam(struct cl_cell *c)
{
    if (c->stays_on >= 0 && (!cl_process_is_alive(c->pidfd) || /* else its own number */
                             !cl_process_roam(c->pid, &c->cpus))) {
        c->stays_on = -1;
    }
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
    cl_ears_listen(c, CL_EAR_CHANNEL, c->channel_fd, POLLIN);
    return cl_ears_hand_over(c, UINT64_MAX, err);
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
    } else if (why.sys == EPIPE || why.sys == ECONNRESET) {
        (void)cl_fail(&why, CLOCHE_ESYS, "the interpreter ended");
        cl_zygote_failed(c->zygote, &why); /* it will not be asked again */
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
        .stays_on = -1,
        .channel_fd = -1,
        .stdout_fd = -1,
        .stderr_fd = -1,
        .listener_fd = -1,
        .work_fd = -1,
        .pidfd = -1,
        .init_pidfd = -1,
        .status_fd = -1,
        .leaf_fd = -1,
    };
    cl_ears_init(&c->ears);
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
    struct cloche_engine *engine = c->zygote->engine;
    if (c->is_mute) {
        cl_cell_kill(c); /* what its driver hears then is its end */
    } else if (c->channel_fd >= 0) {
        (void)shutdown(c->channel_fd, SHUT_RD); /* of a peer that is gone: as wanted */
    }
    if (c->ears.is_heard) {
        cl_ears_look_at_once(c);
    }
    (void)pthread_cond_broadcast(&engine->changed); /* who waits for its status */
}

int
cl_cell_kill(struct cl_cell *c)
{
    cl_process_kill(c->init_pidfd);
    int rc = cl_process_kill(c->pidfd);
    cl_cgroup_leaf_kill(c->leaf_fd);
    return rc;
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
    cl_ears_take_back(c);
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
    if (c->state == CL_STATE_ENDED && !c->is_reserved) {
        cl_cell_free(c); /* its run is over, or it was given up */
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

/* The kernel wakes what it kills: where it may run there alone, on its caller's processor,
 * in the caller's place, and to end it takes longer than a short run does. */
static void
let_end_anywhere(struct cl_cell *c)
{
    if (c->stays_on >= 0 && cl_process_is_alive(c->pidfd)) { /* else its own number */
        cl_process_let_go(c->pid, &c->cpus);
    }
}

void
cl_cell_release(struct cl_cell *c)
{
    cl_drop_fd(&c->work_fd); /* before it ends, so that its file system ends with it */
    cl_ears_take_back(c);
    let_end_anywhere(c);
    if (cl_cell_kill(c) < 0) {
        cl_channel_end(&c->channel_fd); /* ends it too, once its code has ended */
    }
    c->run = NULL;
    c->is_reserved = 0;
    c->state = CL_STATE_ENDED;
    if (c->has_exited) {
        cl_cell_free(c);
    } /* else the engine's thread does, when it hears of the end: nobody need wait */
}

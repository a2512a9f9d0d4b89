/* SPDX-License-Identifier: Apache-2.0 */
/* Owns zygote handles.  Everything here runs under the engine's lock. */
#include "engine/zygote.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "engine/cell.h"
#include "engine/launcher.h"
#include "kernel/process.h"
#include "wire/channel.h"
#include "wire/frame.h"
#include "wire/message.h"

enum { DEATH_MS = 2000 };

struct cl_zygote *
cl_zygote_find(struct cloche_engine *engine, uint32_t id)
{
    for (struct cl_zygote *z = engine->zygotes; z != NULL; z = z->next) {
        if (z->id == id) {
            return z;
        }
    }
    return NULL;
}

/* One that serves this plan and will go on doing so. */
static struct cl_zygote *
find_by_key(struct cloche_engine *engine, const struct cl_buf *key)
{
    for (struct cl_zygote *z = engine->zygotes; z != NULL; z = z->next) {
        if ((z->state == CL_ZYGOTE_STARTING || z->state == CL_ZYGOTE_READY) &&
            z->key_bytes == key->len && memcmp(z->key, key->data, key->len) == 0) {
            if (!cl_zygote_is_worn(z)) {
                return z;
            }
            cl_zygote_retire(z);
        }
    }
    return NULL;
}

void
cl_zygote_hold(struct cl_zygote *z)
{
    z->n_holders++;
}

void
cl_zygote_let_go(struct cl_zygote *z)
{
    z->n_holders--;
    if (z->state == CL_ZYGOTE_FAILED || z->state == CL_ZYGOTE_RETIRED) {
        cl_engine_wake(z->engine); /* to sweep it */
    }
}

static int
send_plan(struct cl_zygote *z, struct cloche_error *err)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(CL_PACKET_MAX);
    size_t start = cl_frame_begin(&b, CL_MSG_PLAN);
    cl_plan_encode(&z->sandbox.plan, &b);
    cl_frame_end(&b, start);
    return cl_channel_send_buf(z->channel_fd, &b, NULL, 0, err);
}

static int
start(struct cl_zygote *z, struct cloche_error *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        return cl_fail_sys(err, errno, "make a zygote's channel");
    }
    z->channel_fd = ends[0];
    cl_autoclose int theirs = ends[1];
    if (cl_channel_bound(z->channel_fd, CL_RECEIVE_MS, CL_SEND_MS, err) < 0 ||
        cl_engine_listen(z->engine, z->channel_fd, &z->source, err) < 0 ||
        cl_launcher_start(z->engine, z->id, &z->sandbox.plan, theirs, err) < 0) {
        return -1;
    }
    return send_plan(z, err); /* it waits in the socket until the zygote reads */
}

static void
forget_in_shapes(const struct cl_zygote *z)
{
    for (struct cl_shape *s = z->engine->shapes; s != NULL; s = s->next) {
        if (s->zygote == z) {
            s->zygote = NULL;
        }
    }
}

static void
zygote_free(struct cl_zygote *z)
{
    forget_in_shapes(z);
    while (z->cells != NULL) {
        cl_cell_free(z->cells);
    }
    cl_engine_ignore(z->engine, z->channel_fd);
    cl_channel_end(&z->channel_fd);
    cl_process_kill(z->pidfd);
    cl_drop_fd(&z->pidfd);
    cl_sandbox_fini(&z->sandbox);
    free(z->key);
    free(z);
}

int
cl_zygote_for(struct cloche_engine *engine, struct cl_sandbox *sandbox,
              struct cl_zygote **out, struct cloche_error *err)
{
    cl_autobuf struct cl_buf key = CL_BUF_INIT(CL_PACKET_MAX);
    cl_plan_encode(&sandbox->plan, &key);
    if (key.has_failed) {
        return cl_fail(err, CLOCHE_EINPUT, "the profile has too many paths for one plan");
    }
    struct cl_zygote *z = find_by_key(engine, &key);
    if (z != NULL) {
        *out = z;
        return 0;
    }
    z = calloc(1, sizeof *z);
    if (z == NULL) {
        return cl_fail_nomem(err);
    }
    *z = (struct cl_zygote){
        .engine = engine,
        .id = ++engine->next_zygote_id,
        .sandbox = *sandbox,
        .channel_fd = -1,
        .pidfd = -1,
        .key_bytes = key.len,
        .born_ns = cl_clock_now_ns(),
        .want_standby = engine->standby > 0 ? engine->standby : 1,
    };
    z->key = cl_take_ptr(&key.data);
    if (!cl_engine_keeps_cells(engine)) {
        z->want_standby = 0;
    }
    *sandbox = (struct cl_sandbox){.plan = CL_PLAN_INIT};
    if (start(z, err) < 0) {
        zygote_free(z);
        return -1;
    }
    z->next = engine->zygotes;
    engine->zygotes = z;
    *out = z;
    return 0;
}

int
cl_zygote_await(struct cl_zygote *z, struct cloche_error *err)
{
    uint64_t until = cl_clock_now_ns() + CL_START_TIMEOUT_NS;
    int rc = 0;
    cl_zygote_hold(z);
    while (z->state == CL_ZYGOTE_STARTING) {
        if (cl_engine_await_change(z->engine, until) < 0 &&
            z->state == CL_ZYGOTE_STARTING) {
            struct cloche_error why = {0};
            (void)cl_fail(&why, CLOCHE_ESYS, "the interpreter was not ready after %d s",
                          (int)(CL_START_TIMEOUT_NS / CL_NS_PER_S));
            cl_process_kill(z->pidfd >= 0 ? z->pidfd : z->engine->launcher_pidfd);
            cl_zygote_failed(z, &why);
        }
    }
    if (z->state == CL_ZYGOTE_FAILED) {
        rc = cl_fail_as(err, &z->error);
    }
    cl_zygote_let_go(z);
    return rc;
}

void
cl_zygote_started(struct cl_zygote *z, int pidfd)
{
    cl_drop_fd(&z->pidfd);
    z->pidfd = pidfd;
    if (z->channel_fd < 0) {
        cl_process_kill(pidfd); /* see await_status */
    }
    if (cl_process_pid(pidfd, &z->pid, NULL, NULL) < 0) {
        z->pid = 0; /* it is gone already; its end will be told */
    }
}

void
cl_zygote_failed(struct cl_zygote *z, const struct cloche_error *why)
{
    if (z->state != CL_ZYGOTE_FAILED) {
        z->error = *why;
    }
    z->state = CL_ZYGOTE_FAILED;
    cl_engine_ignore(z->engine, z->channel_fd);
    cl_channel_end(&z->channel_fd);
    for (struct cl_cell *c = z->cells; c != NULL; c = c->next) {
        struct cloche_error err = {.code = CLOCHE_ESYS, .msg = "its interpreter ended"};
        cl_cell_failed(c, &err);
    }
    forget_in_shapes(z);
    (void)pthread_cond_broadcast(&z->engine->changed);
}

void
cl_zygote_all_failed(struct cloche_engine *engine, const struct cloche_error *why)
{
    for (struct cl_zygote *z = engine->zygotes; z != NULL; z = z->next) {
        cl_zygote_failed(z, why);
    }
}

static void
handle_ready(struct cl_zygote *z, struct cl_reader *r)
{
    z->python_version = cl_read_u32(r);
    z->baseline_data_bytes = cl_read_u64(r);
    z->baseline_resident_bytes = cl_read_u64(r);
    z->state = CL_ZYGOTE_READY;
    cl_zygote_refill(z);
}

static void
handle_exited(struct cl_zygote *z, struct cl_reader *r)
{
    struct cl_cell *cell = cl_cell_find(z, cl_read_u64(r));
    if (cell == NULL) {
        return;
    }
    cell->exit_status = (int)cl_read_u32(r);
    cell->exit_user_ns = cl_read_u64(r);
    cell->exit_system_ns = cl_read_u64(r);
    cell->exit_peak_bytes = cl_read_u64(r);
    cl_cell_exited(cell);
}

static void
handle_packet(struct cl_zygote *z, uint8_t type, struct cl_reader *r, int *fds,
              size_t n_fds)
{
    struct cloche_error err = {0};
    struct cl_cell *cell = NULL;
    switch (type) {
    case CL_MSG_ZYGOTE_READY: handle_ready(z, r); break;
    case CL_MSG_ZYGOTE_FAILED:
        cl_read_error(r, &err);
        cl_zygote_failed(z, &err);
        break;
    case CL_MSG_FORKED:
        cell = cl_cell_find(z, cl_read_u64(r));
        if (cell != NULL && n_fds >= 1) {
            cl_cell_forked(cell, cl_take_fd(&fds[0]), n_fds > 1 ? cl_take_fd(&fds[1]) : -1);
        }
        break;
    case CL_MSG_NOT_FORKED:
        cell = cl_cell_find(z, cl_read_u64(r));
        cl_read_error(r, &err);
        if (cell != NULL) {
            cl_cell_not_forked(cell, &err);
        }
        break;
    case CL_MSG_CELL_EXITED: handle_exited(z, r); break;
    default: break; /* the table has no other from a zygote */
    }
}

/* FORKED, but its descriptors found no room here: that cell cannot be used. */
static void
lost_descriptors(struct cl_zygote *z, const unsigned char *packet,
                 const struct cloche_error *why)
{
    struct cl_reader r = CL_READER(packet + CL_FRAME_HEADER, 8);
    struct cl_cell *cell = cl_cell_find(z, cl_read_u64(&r));
    if (cell != NULL) {
        cl_ears_take_back(cell);
        cl_channel_end(&cell->channel_fd); /* it ends without: who it is, nobody knows */
        cl_cell_failed(cell, why);
    }
}

/*
 * Its channel has ended before it said anything: how it ended is the launcher's
 * to tell, and says more than that it did.  If it has not ended, it does now.
 */
static void
await_status(struct cl_zygote *z)
{
    cl_engine_ignore(z->engine, z->channel_fd);
    cl_channel_end(&z->channel_fd);
    cl_process_kill(z->pidfd);
}

void
cl_zygote_event(struct cl_zygote *z)
{
    unsigned char packet[2048];
    int fds[CL_MAX_FDS];
    size_t n_fds = 0;
    struct cloche_error err = {0};
    if (z->channel_fd < 0) {
        return;
    }
    ptrdiff_t n = cl_channel_recv(z->channel_fd, packet, sizeof packet, fds, &n_fds, &err);
    if (n < 0 && err.sys == EAGAIN) {
        return; /* the event was for another that had this one's place in memory */
    }
    if (n < 0 && err.sys == EMFILE) {
        lost_descriptors(z, packet, &err);
        return;
    }
    struct cl_reader r = CL_READER(packet, n > 0 ? n : 0);
    uint32_t len = cl_read_u32(&r);
    uint8_t type = cl_read_u8(&r);
    enum cl_state state =
        z->state == CL_ZYGOTE_STARTING ? CL_STATE_STARTING : CL_STATE_READY;
    if (n == 0 && state == CL_STATE_STARTING) {
        await_status(z);
    } else if (n == 0) {
        (void)cl_fail(&err, CLOCHE_ESYS, "the interpreter ended");
        cl_zygote_failed(z, &err);
    } else if (n < 0 || len + 4 != (size_t)n ||
               cl_message_check(type, len, (unsigned)n_fds, CL_FROM_ZYGOTE, state, &err) <
                   0) {
        cl_process_kill(z->pidfd);
        cl_zygote_failed(z, &err);
    } else {
        handle_packet(z, type, &r, fds, n_fds);
    }
    for (size_t i = 0; i < n_fds; i++) {
        cl_drop_fd(&fds[i]);
    }
    if (state == CL_STATE_STARTING) {
        (void)pthread_cond_broadcast(&z->engine->changed);
    } /* else it was about cells: what is waited for of those is told by them */
}

/* Free cells: ready, or on their way there. */
static unsigned
count_free(const struct cl_zygote *z)
{
    unsigned n = 0;
    for (const struct cl_cell *c = z->cells; c != NULL; c = c->next) {
        n += c->run == NULL && !c->is_reserved && c->state != CL_STATE_ENDED;
    }
    return n;
}

/* All that shall stand by do: nobody is in a hurry any more. */
static int
is_full(const struct cl_zygote *z)
{
    unsigned n_ready = 0;
    for (const struct cl_cell *c = z->cells; c != NULL; c = c->next) {
        n_ready += c->run == NULL && !c->is_reserved && c->state == CL_STATE_READY;
    }
    return n_ready >= z->want_standby;
}

void
cl_zygote_refill(struct cl_zygote *z)
{
    if (z->state != CL_ZYGOTE_READY || z->engine->is_stopping ||
        z->n_failures >= CL_ZYGOTE_MAX_FAILURES) {
        return;
    }
    if (z->is_hurried && is_full(z)) {
        z->is_hurried = 0;
    }
    for (unsigned have = count_free(z); have < z->want_standby; have++) {
        struct cl_cell *cell = NULL;
        struct cloche_error err = {0};
        if (cl_cell_new(z, &z->sandbox.limits, z->is_hurried, &cell, &err) < 0) {
            cl_zygote_note_failure(z, &err); /* the next run that needs a cell will tell */
            return;
        }
    }
}

void
cl_zygote_note_failure(struct cl_zygote *z, const struct cloche_error *why)
{
    z->n_failures++;
    z->standby_error = *why;
    (void)pthread_cond_broadcast(&z->engine->changed); /* cloche_engine_warm gives up */
}

int
cl_zygote_is_worn(const struct cl_zygote *z)
{
    return z->n_forked >= CL_ZYGOTE_MAX_FORKS ||
           cl_clock_now_ns() - z->born_ns > CL_ZYGOTE_MAX_AGE_NS;
}

void
cl_zygote_retire(struct cl_zygote *z)
{
    z->state = CL_ZYGOTE_RETIRED;
    z->want_standby = 0;
    for (struct cl_cell *c = z->cells; c != NULL; c = c->next) {
        if (c->run == NULL && !c->is_reserved) {
            cl_cell_kill(c);
        }
    }
    forget_in_shapes(z);
}

static int
has_owned_cells(const struct cl_zygote *z)
{
    for (const struct cl_cell *c = z->cells; c != NULL; c = c->next) {
        if (c->run != NULL || c->is_reserved) {
            return 1;
        }
    }
    return 0;
}

void
cl_zygote_sweep(struct cloche_engine *engine)
{
    struct cl_zygote **at = &engine->zygotes;
    while (*at != NULL) {
        struct cl_zygote *z = *at;
        int is_done = z->state == CL_ZYGOTE_FAILED || z->state == CL_ZYGOTE_RETIRED;
        if (is_done && z->n_holders == 0 && !has_owned_cells(z)) {
            *at = z->next;
            zygote_free(z);
        } else {
            at = &z->next;
        }
    }
}

void
cl_zygote_free_all(struct cloche_engine *engine)
{
    while (engine->zygotes != NULL) {
        struct cl_zygote *z = engine->zygotes;
        struct pollfd death = {.fd = z->pidfd, .events = POLLIN};
        engine->zygotes = z->next;
        /* The launcher is gone and they were killed with it.  The first process
         * of a PID namespace is the last to end: its cells have ended then. */
        cl_process_kill(z->pidfd);
        if (z->pidfd >= 0) {
            (void)poll(&death, 1, DEATH_MS);
        }
        zygote_free(z);
    }
}

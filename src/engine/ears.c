/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the registration of cells' descriptors with the engine's epoll, and its timer. */
#include "engine/ears.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>

#include "base/clock.h"
#include "base/own.h"
#include "engine/cell.h"
#include "engine/zygote.h"

_Static_assert(POLLIN == EPOLLIN && POLLOUT == EPOLLOUT && POLLHUP == EPOLLHUP &&
                   POLLERR == EPOLLERR,
               "one set of events for poll and epoll");

void
cl_ears_init(struct cl_ears *ears)
{
    for (int i = 0; i < CL_EARS; i++) {
        ears->ear[i] = (struct cl_ear){.fd = -1, .added_fd = -1};
    }
    ears->is_heard = 0;
    ears->tick_ns = UINT64_MAX;
}

void
cl_ears_listen(struct cl_cell *c, enum cl_ear_id id, int fd, short events)
{
    c->ears.ear[id].fd = fd;
    c->ears.ear[id].events = events;
}

static void
take_out(struct cloche_engine *engine, struct cl_ear *ear)
{
    if (ear->added_fd >= 0) {
        cl_engine_ignore(engine, ear->added_fd);
    }
    ear->added_fd = -1;
    ear->is_armed = 0;
}

void
cl_ears_ignore(struct cl_cell *c, enum cl_ear_id id)
{
    struct cl_ear *ear = &c->ears.ear[id];
    struct cloche_engine *engine = c->zygote->engine;
    if (ear->fd < 0) {
        return;
    }
    ear->fd = -1;
    (void)pthread_mutex_lock(&engine->lock);
    take_out(engine, ear); /* the descriptor may be the caller's, and live on */
    (void)pthread_mutex_unlock(&engine->lock);
}

int
cl_ears_wait(struct cl_cell *c, uint64_t until_ns, short revents[CL_EARS],
             struct cloche_error *err)
{
    struct pollfd fds[CL_EARS];
    int ids[CL_EARS];
    nfds_t count = 0; /* the kernel compares it with RLIMIT_NOFILE */
    struct timespec left = {0};
    for (int i = 0; i < CL_EARS; i++) {
        const struct cl_ear *ear = &c->ears.ear[i];
        revents[i] = 0;
        if (ear->fd >= 0) {
            fds[count] = (struct pollfd){.fd = ear->fd, .events = ear->events};
            ids[count++] = i;
        }
    }
    if (until_ns != 0 && until_ns != UINT64_MAX) {
        uint64_t now = cl_clock_now_ns();
        uint64_t left_ns = until_ns > now ? until_ns - now : 0;
        left.tv_sec = (time_t)(left_ns / CL_NS_PER_S);
        left.tv_nsec = (long)(left_ns % CL_NS_PER_S);
    }
    int n = ppoll(fds, count, until_ns == UINT64_MAX ? NULL : &left, NULL);
    if (n < 0 && errno != EINTR) { /* a signal of the caller's: as if nothing had come */
        return cl_fail_sys(err, errno, "wait for a cell");
    }
    for (nfds_t i = 0; n > 0 && i < count; i++) {
        revents[ids[i]] = fds[i].revents;
    }
    return 0;
}

void
cl_ears_set_timer(struct cloche_engine *engine, uint64_t at_ns)
{
    if (at_ns >= engine->timer_ns) {
        return;
    }
    struct itimerspec t = {.it_value = {.tv_sec = (time_t)(at_ns / CL_NS_PER_S),
                                        .tv_nsec = (long)(at_ns % CL_NS_PER_S)}};
    engine->timer_ns = at_ns;
    (void)timerfd_settime(engine->timer_fd, TFD_TIMER_ABSTIME, &t,
                          NULL); /* valid: cannot fail */
}

void
cl_ears_look_at_once(struct cl_cell *c)
{
    c->ears.tick_ns = CL_EARS_AT_ONCE;
    cl_ears_set_timer(c->zygote->engine, CL_EARS_AT_ONCE);
}

static int
arm(struct cloche_engine *engine, struct cl_ear *ear, struct cloche_error *err)
{
    struct epoll_event e = {.events = (uint32_t)ear->events | EPOLLONESHOT,
                            .data.ptr = &ear->source};
    if (ear->added_fd != ear->fd) {
        take_out(engine, ear);
    }
    int op = ear->added_fd < 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    if (epoll_ctl(engine->epoll_fd, op, ear->fd, &e) < 0) {
        return cl_fail_sys(err, errno, "listen to a cell");
    }
    ear->added_fd = ear->fd;
    ear->is_armed = 1;
    return 0;
}

int
cl_ears_hand_over(struct cl_cell *c, uint64_t tick_ns, struct cloche_error *err)
{
    struct cloche_engine *engine = c->zygote->engine;
    c->ears.is_heard = 1;
    c->ears.tick_ns = c->has_exited ? CL_EARS_AT_ONCE : tick_ns;
    cl_ears_set_timer(engine, c->ears.tick_ns);
    for (int i = 0; i < CL_EARS; i++) {
        struct cl_ear *ear = &c->ears.ear[i];
        int is_told_of = ear->is_armed && ear->added_fd == ear->fd;
        if (ear->fd >= 0 && !is_told_of && arm(engine, ear, err) < 0) {
            return -1;
        }
    }
    return 0;
}

void
cl_ears_take_back(struct cl_cell *c)
{
    c->ears.is_heard = 0;
    c->ears.tick_ns = UINT64_MAX;
    for (int i = 0; i < CL_EARS; i++) {
        take_out(c->zygote->engine, &c->ears.ear[i]);
    }
}

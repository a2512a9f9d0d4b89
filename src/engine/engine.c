/* SPDX-License-Identifier: Apache-2.0 */
/* The engine object and its thread.  See engine.h for who may touch what. */
#include "engine/engine.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "cloche_paths.h" /* generated: CLOCHE_VERSION, CLOCHE_LIBEXEC_DIR */
#include "engine/cell.h"
#include "engine/launcher.h"
#include "engine/leaf.h"
#include "engine/run.h"
#include "engine/start.h"
#include "engine/workdir.h"
#include "engine/zygote.h"

enum { WARM_TRIES = 2 };

const char *
cloche_version(void)
{
    return CLOCHE_VERSION;
}

void
cl_engine_wake(struct cloche_engine *engine)
{
    uint64_t one = 1;
    (void)!write(engine->wake_fd, &one, sizeof one); /* an eventfd: full is as good */
}

int
cl_engine_is_own_thread(const struct cloche_engine *engine)
{
    return pthread_equal(engine->thread, pthread_self());
}

int
cl_engine_await_change(struct cloche_engine *engine, uint64_t until_ns)
{
    struct timespec until = {.tv_sec = (time_t)(until_ns / CL_NS_PER_S),
                             .tv_nsec = (long)(until_ns % CL_NS_PER_S)};
    int rc = pthread_cond_timedwait(&engine->changed, &engine->lock, &until);
    return rc == ETIMEDOUT ? -1 : 0;
}

void
cl_engine_ignore(struct cloche_engine *engine, int fd)
{
    if (fd >= 0) {
        (void)epoll_ctl(engine->epoll_fd, EPOLL_CTL_DEL, fd,
                        NULL); /* not there: as wanted */
    }
}

int
cl_engine_listen(struct cloche_engine *engine, int fd, struct cl_source *source,
                 struct cloche_error *err)
{
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = source};
    if (epoll_ctl(engine->epoll_fd, EPOLL_CTL_ADD, fd, &e) < 0) {
        return cl_fail_sys(err, errno, "listen");
    }
    return 0;
}

/* ---- the thread -------------------------------------------------------- */

/*
 * Whose event is this?  What it points to may have been freed by an event
 * before it, so the pointer is compared with the live ones and not followed.
 */
struct found {
    struct cl_zygote *zygote;
    struct cl_cell *cell;
    enum cl_ear_id ear; /* of the cell */
};

static struct found
find_source(struct cloche_engine *engine, const void *source)
{
    for (struct cl_zygote *z = engine->zygotes; z != NULL; z = z->next) {
        if (source == &z->source) {
            return (struct found){.zygote = z};
        }
        for (struct cl_cell *c = z->cells; c != NULL; c = c->next) {
            for (int i = 0; i < CL_EARS; i++) {
                if (source == &c->ears.ear[i].source) {
                    return (struct found){.cell = c, .ear = (enum cl_ear_id)i};
                }
            }
        }
    }
    return (struct found){0};
}

/*
 * A cell with a run that nobody waits for.  The run's lock comes before the
 * engine's, so ours is given back first; the run cannot be freed meanwhile,
 * for that takes the run's lock after the cell was let go of, under ours.
 */
static void
drive_cell(struct cloche_engine *engine, struct cl_cell *c)
{
    struct cloche_run *run = c->run;
    if (pthread_mutex_trylock(&run->lock) != 0) {
        if (c->ears.is_heard) { /* somebody is just taking it, or leaving it to us */
            c->ears.tick_ns = cl_clock_now_ns() + CL_NS_PER_MS;
        }
        return; /* else whoever waits for it drives it */
    }
    (void)pthread_mutex_unlock(&engine->lock);
    if (!cl_run_drive(run, 0)) {
        cl_run_hand_over(run);
    }
    (void)pthread_mutex_lock(&engine->lock);
    (void)pthread_mutex_unlock(&run->lock);
}

/* A cell whose run is to be looked at by now; the next moment for any, in *next_ns. */
static struct cl_cell *
find_due(struct cloche_engine *engine, uint64_t now_ns, uint64_t *next_ns)
{
    *next_ns = UINT64_MAX;
    for (struct cl_zygote *z = engine->zygotes; z != NULL; z = z->next) {
        for (struct cl_cell *c = z->cells; c != NULL; c = c->next) {
            if (c->run == NULL || !c->ears.is_heard) {
                continue;
            }
            if (c->ears.tick_ns <= now_ns) {
                return c;
            }
            *next_ns = c->ears.tick_ns < *next_ns ? c->ears.tick_ns : *next_ns;
        }
    }
    return NULL;
}

static void
drive_due(struct cloche_engine *engine)
{
    uint64_t next_ns = UINT64_MAX;
    uint64_t now_ns = cl_clock_now_ns();
    /* The lock is given back meanwhile: from the start each time. */
    for (struct cl_cell *c = find_due(engine, now_ns, &next_ns); c != NULL;
         c = find_due(engine, now_ns, &next_ns)) {
        drive_cell(engine, c);
    }
    if (engine->timer_ns <= now_ns) {
        engine->timer_ns = UINT64_MAX; /* it has gone off */
    }
    cl_ears_set_timer(engine, next_ns);
}

static void
handle_source(struct cloche_engine *engine, const void *source)
{
    uint64_t count;
    if (source == &engine->wake_source) {
        (void)!read(engine->wake_fd, &count, sizeof count); /* only to empty it */
        return;
    }
    if (source == &engine->timer_source) {
        (void)!read(engine->timer_fd, &count, sizeof count); /* the same */
        return;
    }
    if (source == &engine->launcher_source) {
        if (engine->launcher_fd >= 0) {
            cl_launcher_event(engine);
        }
        return;
    }
    struct found found = find_source(engine, source);
    if (found.zygote != NULL) {
        cl_zygote_event(found.zygote);
        return;
    }
    if (found.cell != NULL) {
        cl_ears_told(&found.cell->ears, found.ear);
    }
    if (found.cell != NULL && found.cell->run != NULL) {
        drive_cell(engine, found.cell);
    } else if (found.cell != NULL) {
        cl_cell_event(found.cell, found.ear);
    }
}

static void
serve(struct cloche_engine *engine)
{
    struct epoll_event events[32];
    (void)pthread_mutex_lock(&engine->lock);
    while (!engine->is_stopping) {
        (void)pthread_mutex_unlock(&engine->lock);
        int n = epoll_wait(engine->epoll_fd, events, CL_COUNT(events), -1);
        (void)pthread_mutex_lock(&engine->lock);
        for (int i = 0; i < n; i++) {
            handle_source(engine, events[i].data.ptr);
        }
        drive_due(engine);
        if (engine->is_launcher_wanted && engine->launcher_fd < 0) {
            cl_launcher_restart(engine);
        }
        for (struct cl_zygote *z = engine->zygotes; z != NULL; z = z->next) {
            cl_zygote_refill(z);
        }
        cl_zygote_sweep(engine);
        cl_leaf_sweep(engine);
    }
    (void)pthread_mutex_unlock(&engine->lock);
}

static void *
thread_main(void *arg)
{
    struct cloche_engine *engine = arg;
    (void)pthread_setname_np(pthread_self(), "cloche-engine"); /* fits in 16 */
    serve(engine);
    (void)pthread_mutex_lock(&engine->lock);
    cl_launcher_stop(engine); /* here: the launcher is this thread's child */
    (void)pthread_mutex_unlock(&engine->lock);
    return NULL;
}

/* Signals are the caller's: ours takes none. */
static int
start_thread(struct cloche_engine *engine, struct cloche_error *err)
{
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before); /* valid arguments cannot fail */
    int rc = pthread_create(&engine->thread, NULL, thread_main, engine);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (rc != 0) {
        return cl_fail_sys(err, rc, "start the engine's thread");
    }
    engine->has_thread = 1;
    (void)pthread_mutex_lock(&engine->lock);
    rc = cl_launcher_await(engine, err);
    (void)pthread_mutex_unlock(&engine->lock);
    return rc;
}

/* ---- public ------------------------------------------------------------ */

static int
take_options(struct cloche_engine *engine, const struct cloche_engine_options *options,
             struct cloche_error *err)
{
    struct cloche_engine_options o = {0};
    if (options != NULL) {
        if (options->size < offsetof(struct cloche_engine_options, flags) ||
            options->size > sizeof o) {
            return cl_fail(err, CLOCHE_EINPUT,
                           "cloche_engine_options.size is %zu, expected %zu", options->size,
                           sizeof o);
        }
        memcpy(&o, options, options->size);
    }
    const char *helpers = o.helper_dir;
    helpers = helpers != NULL ? helpers : secure_getenv("CLOCHE_HELPER_DIR");
    helpers = helpers != NULL ? helpers : CLOCHE_LIBEXEC_DIR;
    const char *cgroup =
        o.cgroup_dir != NULL ? o.cgroup_dir : secure_getenv("CLOCHE_CGROUP");
    engine->helper_dir = strdup(helpers);
    engine->cgroup_dir = cgroup == NULL ? NULL : strdup(cgroup);
    engine->flags = o.flags;
    engine->standby = o.standby;
    return engine->helper_dir == NULL || (cgroup != NULL && engine->cgroup_dir == NULL)
               ? cl_fail_nomem(err)
               : 0;
}

static void
make_locks(struct cloche_engine *engine)
{
    pthread_condattr_t monotonic; /* the wall clock may jump */
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&engine->lock, NULL); /* none of these can fail */
    (void)pthread_cond_init(&engine->changed, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
}

static int
make_descriptors(struct cloche_engine *engine, struct cloche_error *err)
{
    engine->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (engine->epoll_fd < 0) {
        return cl_fail_sys(err, errno, "make the engine's descriptors");
    }
    engine->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (engine->wake_fd < 0) {
        return cl_fail_sys(err, errno, "make the engine's descriptors");
    }
    engine->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    if (engine->timer_fd < 0) {
        return cl_fail_sys(err, errno, "make the engine's descriptors");
    }
    engine->timer_ns = UINT64_MAX;
    return cl_engine_listen(engine, engine->wake_fd, &engine->wake_source, err) < 0 ||
                   cl_engine_listen(engine, engine->timer_fd, &engine->timer_source, err) <
                       0
               ? -1
               : 0;
}

int
cloche_engine_new(const struct cloche_engine_options *options, struct cloche_policy *policy,
                  struct cloche_engine **out, struct cloche_error *err)
{
    struct cloche_engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL) {
        return cl_fail_nomem(err);
    }
    engine->policy = cloche_policy_ref(policy);
    engine->launcher_fd = -1;
    engine->launcher_pidfd = -1;
    engine->cgroup_fd = -1;
    engine->epoll_fd = -1;
    engine->wake_fd = -1;
    engine->timer_fd = -1;
    engine->work_lock_fd = -1;
    engine->caller_cpu = -1;
    make_locks(engine);
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    engine->n_cpus = cpus < 1 ? 1 : (uint64_t)cpus;
    int rc =
        cl_host_facts_get(&engine->host, err) < 0 ? -1 : take_options(engine, options, err);
    engine->host.has_cgroup = engine->cgroup_dir != NULL;
    if (rc == 0) {
        rc = make_descriptors(engine, err);
    }
    if (rc == 0) {
        rc = cl_leaf_open(engine, err);
    }
    if (rc == 0) {
        rc = start_thread(engine, err);
    }
    if (rc < 0) {
        cloche_engine_free(engine);
        return -1;
    }
    *out = engine;
    return 0;
}

void
cloche_engine_free(struct cloche_engine *engine)
{
    if (engine == NULL) {
        return;
    }
    if (engine->has_thread) {
        (void)pthread_mutex_lock(&engine->lock);
        engine->is_stopping = 1;
        (void)pthread_mutex_unlock(&engine->lock);
        cl_engine_wake(engine);
        (void)pthread_join(engine->thread, NULL);
    }
    cl_zygote_free_all(engine);
    cl_leaf_close(engine);
    cl_workdir_close(engine);
    while (engine->shapes != NULL) {
        struct cl_shape *s = engine->shapes;
        engine->shapes = s->next;
        cl_effective_free(s->effective);
        free(s->profile);
        free(s);
    }
    cl_own_close(&engine->epoll_fd);
    cl_own_close(&engine->wake_fd);
    cl_own_close(&engine->timer_fd);
    cloche_policy_unref(engine->policy);
    free(engine->helper_dir);
    free(engine->cgroup_dir);
    (void)pthread_mutex_destroy(&engine->lock);
    (void)pthread_cond_destroy(&engine->changed);
    free(engine);
}

static unsigned
count_ready(const struct cl_zygote *z)
{
    unsigned n = 0;
    for (const struct cl_cell *c = z->cells; c != NULL; c = c->next) {
        n += c->run == NULL &&
             c->state == CL_STATE_READY; /* RUNNING is the driver's to say */
    }
    return n;
}

/* Under the lock.  Until its standby cells are ready, or it can have none any more. */
static int
await_standby(struct cl_zygote *z, struct cloche_error *err)
{
    uint64_t until = cl_clock_now_ns() + CL_START_TIMEOUT_NS;
    if (z->want_standby == 0 && (z->engine->flags & CLOCHE_ENGINE_ON_DEMAND) == 0) {
        z->want_standby = 1;
    }
    z->n_failures = 0;
    cl_zygote_refill(z);
    while (z->state == CL_ZYGOTE_READY && count_ready(z) < z->want_standby) {
        if (z->n_failures > 0) { /* cells fail as they are made: no use in waiting */
            return cl_fail_as(err, &z->standby_error);
        }
        if (cl_engine_await_change(z->engine, until) < 0) {
            return cl_fail(err, CLOCHE_ESYS, "the standby cells were not ready in time");
        }
    }
    return 0;
}

int
cloche_engine_warm(struct cloche_engine *engine, const char *profile,
                   struct cloche_error *err)
{
    struct cloche_error why = {0};
    for (int n_tries = 0; n_tries < WARM_TRIES; n_tries++) {
        struct cl_effective *effective = NULL;
        struct cl_zygote *z = NULL;
        if (cl_run_find_shape(engine, profile, NULL, 0, &effective, &z, NULL, err) < 0) {
            return -1;
        }
        cl_effective_free(effective);
        (void)pthread_mutex_lock(&engine->lock);
        int rc = z->state == CL_ZYGOTE_READY ? await_standby(z, &why) : 0;
        int is_gone = z->state != CL_ZYGOTE_READY;
        if (is_gone) {
            (void)(z->state == CL_ZYGOTE_FAILED
                       ? cl_fail_as(&why, &z->error)
                       : cl_fail(&why, CLOCHE_ESYS, "the interpreter was replaced"));
        }
        cl_zygote_let_go(z);
        (void)pthread_mutex_unlock(&engine->lock);
        if (!is_gone) {
            return rc == 0 ? 0 : cl_fail_as(err, &why);
        }
        /* Its interpreter ended meanwhile: another, as a run would have. */
    }
    return cl_fail_as(err, &why);
}

size_t
cloche_engine_pids(struct cloche_engine *engine, int *pids, size_t max)
{
    size_t n = 0;
    (void)pthread_mutex_lock(&engine->lock);
    if (engine->launcher_pid > 0 && n++ < max) {
        pids[n - 1] = engine->launcher_pid;
    }
    for (struct cl_zygote *z = engine->zygotes; z != NULL; z = z->next) {
        if (z->pid > 0 && n++ < max) {
            pids[n - 1] = z->pid;
        }
        for (struct cl_cell *c = z->cells; c != NULL; c = c->next) {
            if (c->pid > 0 && n++ < max) {
                pids[n - 1] = c->pid;
            }
        }
    }
    (void)pthread_mutex_unlock(&engine->lock);
    return n;
}

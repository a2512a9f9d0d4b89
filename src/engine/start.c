/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding a run its place: effective policy, zygote, cell.  A profile without
 * a request's own limits costs one lookup; a cell is taken from the standby
 * pool if the numbers that only its birth can set (disk, inodes) agree, and
 * the others are lowered from outside before the job is sent.
 */
#include "engine/start.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "engine/launcher.h"
#include "engine/leaf.h"
#include "engine/watch.h"
#include "engine/workdir.h"
#include "engine/zygote.h"
#include "kernel/process.h"
#include "kernel/rlimit.h"
#include "wire/channel.h"

enum { MAX_STANDBY_BY_DEMAND = 8 };

/* So long is a host that has no room taken at its word: one more attempt costs little
 * beside an interpreter's start. */
static const uint64_t REFUSAL_NS = CL_NS_PER_S;

/* Where cells cannot mount a work directory: in a directory of ours. */
static int
place_work(struct cloche_engine *engine, struct cl_sandbox *sandbox,
           struct cloche_error *err)
{
    if (!sandbox->needs_work_directory) {
        return 0;
    }
    if (cl_workdir_open(engine, err) < 0) {
        return -1;
    }
    free(sandbox->plan.work);
    sandbox->plan.work = strdup(engine->work_dir);
    return sandbox->plan.work == NULL ? cl_fail_nomem(err) : 0;
}

/* Did the host refuse what can be done without?  Then the facts say so now. */
static int
learn(struct cl_host_facts *host, const struct cloche_error *why)
{
    if (why->sys != EPERM && why->sys != EACCES && why->sys != ENOSPC &&
        why->sys != ENOSYS && why->sys != EINVAL && why->sys != EUSERS) {
        return 0;
    }
    if (host->has_proc && strstr(why->msg, "a proc") != NULL) {
        host->has_proc = 0; /* an outer container masks it: go without */
        return 1;
    }
    if (host->has_user_namespaces &&
        (strstr(why->msg, "namespaces") != NULL || strstr(why->msg, "_map") != NULL)) {
        host->has_user_namespaces = 0; /* the policy decides whether that will do */
        return 1;
    }
    return 0;
}

/* A refusal that another moment may not bring again. */
static int
is_want_of_room(const struct cloche_error *why)
{
    return why->sys == ENOSPC || why->sys == EUSERS;
}

/* A zygote for an effective policy, trying again with what the host turned out
 * not to have; which is kept if that zygote comes up, and not if the policy forbids it:
 * the next one asks again.  Under the lock. */
static int
start_zygote(struct cloche_engine *engine, const struct cl_effective *effective,
             struct cl_zygote **out, struct cloche_error *err)
{
    int one_shot = (engine->flags & CLOCHE_ENGINE_ONE_SHOT) != 0;
    struct cl_host_facts host = engine->host;
    uint64_t refused_ns = engine->refused_ns;
    if (refused_ns != 0 && cl_clock_now_ns() - refused_ns > REFUSAL_NS) {
        host.has_user_namespaces = 1;
        host.has_proc = 1;
        refused_ns = 0;
    }
    if (cl_launcher_await(engine, err) < 0) {
        return -1;
    }
    for (;;) {
        struct cl_sandbox sandbox;
        struct cl_zygote *z = NULL;
        if (cl_sandbox_plan(effective, &host, one_shot, &sandbox, err) < 0) {
            return -1;
        }
        int rc = place_work(engine, &sandbox, err);
        if (rc == 0) {
            rc = cl_zygote_for(engine, &sandbox, &z, err);
        }
        cl_sandbox_fini(&sandbox);
        if (rc < 0) {
            return -1;
        }
        struct cloche_error why = {0};
        if (cl_zygote_await(z, &why) == 0) {
            engine->host = host;
            engine->refused_ns = refused_ns;
            *out = z;
            return 0;
        }
        if (!learn(&host, &why)) { /* each of them once: it comes to an end */
            return cl_fail_as(err, &why);
        }
        refused_ns = is_want_of_room(&why) ? cl_clock_now_ns() : refused_ns;
    }
}

static struct cl_shape *
find_cached(struct cloche_engine *engine, const char *profile)
{
    const char *name = profile != NULL ? profile : cloche_policy_default(engine->policy);
    for (struct cl_shape *s = engine->shapes; s != NULL; s = s->next) {
        if (strcmp(s->profile, name) == 0) {
            return s;
        }
    }
    return NULL;
}

/* Remember a profile's effective policy, which is taken over. */
static struct cl_shape *
remember(struct cloche_engine *engine, struct cl_effective *effective)
{
    struct cl_shape *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return NULL;
    }
    s->profile = strdup(effective->profile);
    if (s->profile == NULL) {
        free(s);
        return NULL;
    }
    s->effective = effective;
    s->next = engine->shapes;
    engine->shapes = s;
    return s;
}

/* The shape of a bare profile, with a zygote that serves it.  Under the lock. */
static int
bare_shape(struct cloche_engine *engine, const char *profile, struct cl_shape **out,
           struct cloche_where *where, struct cloche_error *err)
{
    struct cl_shape *s = find_cached(engine, profile);
    if (s == NULL) {
        struct cl_effective *e = NULL;
        if (cl_policy_effective(engine->policy, profile, NULL, 0, &e, where, err) < 0) {
            return -1;
        }
        s = remember(engine, e);
        if (s == NULL) {
            cl_effective_free(e);
            return cl_fail_nomem(err);
        }
    }
    if (s->zygote != NULL && cl_zygote_is_worn(s->zygote)) {
        cl_zygote_retire(s->zygote);
    }
    if (s->zygote == NULL) {
        struct cl_zygote *z = NULL;
        if (start_zygote(engine, s->effective, &z, err) < 0) {
            return -1;
        }
        s->zygote = z;
    }
    *out = s;
    return 0;
}

int
cl_run_find_shape(struct cloche_engine *engine, const char *profile,
                  const struct cloche_limit *limits, size_t n_limits,
                  struct cl_effective **effective, struct cl_zygote **zygote,
                  struct cloche_where *where, struct cloche_error *err)
{
    int rc = 0;
    struct cl_effective *own = NULL;
    if (cl_engine_is_own_thread(engine)) {
        return cl_fail(err, CLOCHE_EINPUT,
                       "called from on_output, in the engine's own thread");
    }
    if (n_limits > 0 && cl_policy_effective(engine->policy, profile, limits, n_limits, &own,
                                            where, err) < 0) {
        return -1;
    }
    (void)pthread_mutex_lock(&engine->lock);
    if (own != NULL) {
        rc = start_zygote(engine, own, zygote, err);
    } else {
        struct cl_shape *s = NULL;
        rc = bare_shape(engine, profile, &s, where, err);
        if (rc == 0 && s != NULL) {
            *zygote = s->zygote;
            own = cl_effective_ref(s->effective);
        }
    }
    if (rc == 0) {
        cl_zygote_hold(*zygote);
    }
    (void)pthread_mutex_unlock(&engine->lock);
    if (rc < 0) {
        cl_effective_free(own);
        return -1;
    }
    *effective = own;
    return 0;
}

/* ---- a cell ------------------------------------------------------------ */

/* Can a cell that was born with these numbers be held to those?  What its
 * birth set for good must be equal; the rest can only be lowered. */
static int
can_serve(const struct cl_cell_limits *has, const struct cl_cell_limits *want)
{
    return want->disk_bytes == has->disk_bytes && want->inodes == has->inodes &&
           want->memory_bytes <= has->memory_bytes && want->cpu_ns <= has->cpu_ns &&
           want->processes <= has->processes && want->threads <= has->threads &&
           want->open_files <= has->open_files &&
           want->file_size_bytes <= has->file_size_bytes;
}

/* One that stands by; if there is a choice, one that stays on this processor. */
static struct cl_cell *
take_standby(struct cl_zygote *z, const struct cl_cell_limits *want, int cpu)
{
    struct cl_cell *found = NULL;
    for (struct cl_cell *c = z->cells; c != NULL; c = c->next) {
        if (c->run == NULL && !c->is_reserved && c->state == CL_STATE_READY &&
            can_serve(&c->limits, want)) {
            found = c;
            if (c->stays_on == cpu) {
                break;
            }
        }
    }
    return found;
}

/* One made for this run, waited for.  Under the lock. */
static struct cl_cell *
await_own_cell(struct cl_zygote *z, const struct cl_cell_limits *limits,
               struct cloche_error *err)
{
    struct cl_cell *c = NULL;
    uint64_t until = cl_clock_now_ns() + CL_START_TIMEOUT_NS;
    if (cl_engine_is_own_thread(z->engine)) {
        (void)cl_fail(err, CLOCHE_ESYS, "no cell stands by"); /* it would wait for itself */
        return NULL;
    }
    if (cl_cell_new(z, limits, 1, &c, err) < 0) {
        return NULL;
    }
    c->is_reserved = 1; /* keeps it, and its zygote, from being freed */
    while (c->state != CL_STATE_READY && c->state != CL_STATE_ENDED) {
        if (cl_engine_await_change(z->engine, until) < 0) {
            struct cloche_error why = {0};
            (void)cl_fail(&why, CLOCHE_ESYS, "it was not ready after %d s",
                          (int)(CL_START_TIMEOUT_NS / CL_NS_PER_S));
            if (c->pid == 0) {
                cl_process_kill(z->pidfd); /* it does not even fork */
            }
            cl_cell_failed(c, &why);
        }
    }
    c->is_reserved = 0;
    if (c->state == CL_STATE_READY) {
        return c;
    }
    (void)cl_fail_as(err, &c->error);
    if (c->has_exited) {
        cl_cell_free(c);
    }
    return NULL;
}

/* A cell for a run, taken.  Under the lock. */
static struct cl_cell *
take_cell(struct cloche_run *run, struct cl_zygote *z, const struct cl_cell_limits *limits,
          struct cloche_error *err)
{
    struct cloche_engine *engine = z->engine;
    int cpu = run->is_whole ? sched_getcpu() : -1;
    struct cl_cell *c = take_standby(z, limits, cpu);
    if (cpu >= 0) {
        int is_crowded = cl_clock_now_ns() < engine->crowded_until_ns;
        engine->caller_cpu = is_crowded ? -1 : cpu;
    }
    if (c == NULL) {
        z->is_hurried = cl_engine_keeps_cells(engine);
        if (engine->standby == 0 && cl_engine_keeps_cells(engine) &&
            z->want_standby < MAX_STANDBY_BY_DEMAND) {
            z->want_standby++; /* there is demand for one more */
        }
        c = await_own_cell(z, limits, err);
    }
    if (c == NULL) {
        (void)cl_fail_in(err, "prepare a cell");
        return NULL;
    }
    c->run = run;
    run->cell = c;
    if (atomic_load(&run->is_cancelled)) {
        cl_cell_poke(c); /* cancelled while it had no cell */
    }
    return c;
}

/* Numbers that are lower than the cell was born with, from outside. */
static int
tighten(struct cl_cell *c, const struct cl_cell_limits *want, struct cloche_error *err)
{
    const struct cl_cell_limits *has = &c->limits;
    uint64_t base = c->zygote->baseline_data_bytes;
    uint64_t want_tasks =
        want->threads == UINT64_MAX ? UINT64_MAX : 1 + want->processes + want->threads;
    /* A cell that is of our own user was born without (cell/lockdown.c says why). */
    uint64_t files = c->zygote->sandbox.plan.id_count == 1 ? UINT64_MAX : has->open_files;
    const struct {
        int resource;
        uint64_t has, want, value;
    } rows[] = {
        {RLIMIT_DATA, has->memory_bytes, want->memory_bytes, base + want->memory_bytes},
        {RLIMIT_CPU, has->cpu_ns, want->cpu_ns, want->cpu_ns / CL_NS_PER_S + 2},
        {RLIMIT_NPROC, 1 + has->processes + has->threads, want_tasks, want_tasks},
        {RLIMIT_FSIZE, has->file_size_bytes, want->file_size_bytes, want->file_size_bytes},
        {RLIMIT_NOFILE, files, want->open_files, want->open_files},
    };
    int is_set = 0;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (rows[i].has == rows[i].want || rows[i].want == UINT64_MAX) {
            continue;
        }
        is_set = 1;
        if (cl_rlimit_set(c->pid, rows[i].resource, rows[i].value, err) < 0) {
            return -1;
        }
    }
    if (c->leaf_fd >= 0 && memcmp(has, want, sizeof *has) != 0 &&
        cl_leaf_limit(c, want, err) < 0) {
        return -1;
    }
    /* Alive now, so it was its own number that was given. */
    return !is_set || cl_process_is_alive(c->pidfd)
               ? 0
               : cl_fail(err, CLOCHE_ESYS, "the cell has ended");
}

/* Standard input: a pipe whose other end goes with the job. */
static int
make_input(struct cloche_run *run, int *cell_end, struct cloche_error *err)
{
    int ends[2];
    *cell_end = -1;
    if (run->stdin_source_fd < 0 && run->stdin_data.len == 0) {
        return 0; /* /dev/null */
    }
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    run->stdin_pipe_fd = ends[1];
    *cell_end = ends[0];
    if (fcntl(ends[1], F_SETFL, O_NONBLOCK) < 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    cl_ears_listen(run->cell, CL_EAR_STDIN, ends[1], POLLOUT);
    return 0;
}

static int
send_job(struct cloche_run *run, struct cloche_error *err)
{
    cl_autoclose int stdin_end = -1;
    if (make_input(run, &stdin_end, err) < 0) {
        return -1;
    }
    if (run->on_output != NULL) {
        cl_cell_hear_output(run->cell);
    }
    run->cell->state = CL_STATE_RUNNING;
    cl_watch_start(run);
    int rc = cl_channel_send_buf(run->cell->channel_fd, &run->job, &stdin_end,
                                 stdin_end >= 0, err);
    cl_watch_arm(run); /* while the cell is at work */
    return rc;
}

/* What a cell of this zygote is to be held to.  Returns whether any number may
 * have to be lowered. */
static int
wanted_limits(const struct cloche_run *run, const struct cl_zygote *zygote,
              struct cl_cell_limits *limits)
{
    cl_sandbox_limits(run->result.effective, limits);
    if (zygote->sandbox.limits.threads == UINT64_MAX) {
        limits->threads = UINT64_MAX; /* RLIMIT_NPROC would count others too */
    }
    if (zygote->sandbox.layers >> CL_LAYER_RLIMITS & 1) {
        return 1;
    }
    *limits = zygote->sandbox.limits; /* the layer is off: nothing to lower */
    return 0;
}

static int
give_job(struct cloche_run *run, const struct cl_cell_limits *limits, int tightens,
         struct cloche_error *err)
{
    run->n_tries++;
    run->is_unread = 0;
    if (tightens && tighten(run->cell, limits, err) < 0) {
        return -1;
    }
    return send_job(run, err);
}

int
cl_run_place(struct cloche_run *run, struct cl_zygote *zygote, struct cloche_error *err)
{
    struct cloche_engine *engine = run->engine;
    struct cl_cell_limits limits;
    int tightens = wanted_limits(run, zygote, &limits);
    for (;;) {
        (void)pthread_mutex_lock(&engine->lock);
        struct cl_cell *c = take_cell(run, zygote, &limits, err);
        (void)pthread_mutex_unlock(&engine->lock);
        if (c == NULL) {
            return -1;
        }
        if (give_job(run, &limits, tightens, err) == 0) {
            run->result.start_ns = run->started_ns - run->asked_ns;
            return 0;
        }
        /* It died a moment ago: nobody has read the job.  Once more. */
        cl_run_end_input(run);
        (void)pthread_mutex_lock(&engine->lock);
        cl_cell_release(c);
        run->cell = NULL;
        (void)pthread_mutex_unlock(&engine->lock);
        if (run->n_tries > 1) {
            return cl_fail_in(err, "send the job");
        }
    }
}

int
cl_run_try_again(struct cloche_run *run)
{
    struct cloche_engine *engine = run->engine;
    struct cl_cell *old = run->cell;
    struct cl_zygote *zygote =
        old->zygote; /* the old cell holds it, then the new one does */
    struct cl_cell_limits limits;
    struct cloche_error err = {0};
    int tightens = wanted_limits(run, zygote, &limits);
    if (run->stdin_source_fd >= 0 && run->stdin_sent > 0) {
        return -1; /* that part of the caller's input is gone */
    }
    cl_run_end_input(run);
    (void)pthread_mutex_lock(&engine->lock);
    struct cl_cell *c =
        zygote->state == CL_ZYGOTE_READY ? take_cell(run, zygote, &limits, &err) : NULL;
    if (c != NULL) {
        cl_cell_release(old);
    }
    (void)pthread_mutex_unlock(&engine->lock);
    if (c == NULL) {
        return -1; /* it keeps the old one, which says how it ended */
    }
    run->stdin_sent = 0;
    if (give_job(run, &limits, tightens, &err) < 0) {
        (void)cl_fail_in(&err, "send the job");
        cl_run_fail(run, &err);
        return -1;
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The public calls of a run: request in, waiting, result out. */
#include "engine/run.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "engine/request.h"
#include "engine/signed.h"
#include "engine/start.h"
#include "engine/zygote.h"

/* A processor that a caller gives up for its cell, and does not get back in this time, is
 * wanted by others; it is tried again when so long has passed. */
enum { CROWDED_NS = 1500000, CROWDED_FOR_NS = 1000000000 };

static void
raise_done(int fd)
{
    const uint64_t one = 1;
    (void)!write(fd, &one, sizeof one); /* an eventfd of ours: has room */
}

void
cl_run_set_done(struct cloche_run *run)
{
    atomic_store(&run->is_done, 1);
    int fd = atomic_load(&run->done_fd);
    if (fd >= 0) {
        raise_done(fd);
    }
}

void
cl_run_end_unstarted(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    cl_capture_init(&r->capture, r->effective->limit[CL_LIMIT_OUTPUT],
                    (run->flags & CLOCHE_RUN_DISCARD_OUTPUT) != 0);
    r->wall_ns = 0;
    cl_run_set_done(run);
}

static struct cloche_run *
run_new(struct cloche_engine *engine, const struct cloche_request *q,
        struct cloche_error *err)
{
    struct cloche_run *run = calloc(1, sizeof *run);
    if (run == NULL || cl_result_init(&run->result, err) < 0) {
        free(run);
        (void)cl_fail_nomem(err);
        return NULL;
    }
    run->engine = engine;
    (void)pthread_mutex_init(&run->lock, NULL); /* default attributes: cannot fail */
    run->asked_ns = cl_clock_now_ns();
    run->flags = q->flags;
    run->on_output = q->on_output;
    run->ctx = q->ctx;
    run->stdin_pipe_fd = -1;
    run->stdin_source_fd = -1;
    run->job = CL_BUF_INIT((size_t)1 << 30);
    run->stdin_data = CL_BUF_INIT((size_t)1 << 30);
    run->notify_refill_ns = run->asked_ns;
    run->notify_tokens = 256;
    run->done_fd = -1;
    return run;
}

/* Let it go.  1 if it can take no more runs. */
static int
let_go(struct cl_zygote *zygote)
{
    struct cloche_engine *engine = zygote->engine;
    (void)pthread_mutex_lock(&engine->lock);
    int is_gone = zygote->state != CL_ZYGOTE_READY;
    cl_zygote_let_go(zygote);
    (void)pthread_mutex_unlock(&engine->lock);
    return is_gone;
}

static int
start(struct cloche_run *run, const struct cloche_request *q, int is_own,
      struct cloche_where *where, struct cloche_error *err)
{
    struct cl_effective *again = NULL;
    struct cl_zygote *zygote = NULL;
    if (!is_own && (cl_signed_check(run, q, where, err) < 0 || run->is_done)) {
        return run->is_done ? 0 : -1; /* before anything is started for it */
    }
    if (cl_run_find_shape(run->engine, q->profile, q->limits, q->n_limits,
                          &run->result.effective, &zygote, where, err) < 0) {
        return -1;
    }
    if (cl_request_prepare(run, q, zygote, err) < 0 || run->is_done) {
        (void)let_go(zygote);
        return run->is_done ? 0 : -1;
    }
    int rc = cl_run_place(run, zygote, err);
    if (let_go(zygote) && rc < 0) {
        /* Its interpreter died under it, and no code has begun: on another, once. */
        if (cl_run_find_shape(run->engine, q->profile, q->limits, q->n_limits, &again,
                              &zygote, where, err) < 0) {
            return -1;
        }
        cl_effective_free(again); /* the same one */
        run->n_tries = 0;
        rc = cl_run_place(run, zygote, err);
        (void)let_go(zygote);
    }
    /* It may have ended by now, and then the engine's thread need not be troubled; but
     * output is not handed out before the caller knows which run it is of. */
    if (rc == 0 && !run->is_whole && (run->on_output != NULL || !cl_run_drive(run, 0))) {
        cl_run_hand_over(run);
    }
    return rc;
}

/* A run of this request, which is copied into *q; not started. */
static struct cloche_run *
run_for(struct cloche_engine *engine, const struct cloche_request *request,
        struct cloche_request *q, struct cloche_where *where, struct cloche_error *err)
{
    if (where != NULL) {
        *where = (struct cloche_where){0};
    }
    if (request->size < offsetof(struct cloche_request, ctx) || request->size > sizeof *q) {
        (void)cl_fail(err, CLOCHE_EINPUT, "cloche_request.size is %zu, expected %zu",
                      request->size, sizeof *q);
        return NULL;
    }
    memcpy(q, request, request->size);
    if (q->code == NULL) {
        (void)cl_fail(err, CLOCHE_EINPUT, "cloche_request.code is NULL");
        return NULL;
    }
    return run_new(engine, q, err);
}

static int
start_new(struct cloche_engine *engine, const struct cloche_request *request, int is_own,
          struct cloche_scan *scan, struct cloche_run **out, struct cloche_where *where,
          struct cloche_error *err)
{
    struct cloche_request q = {0};
    struct cloche_run *run = run_for(engine, request, &q, where, err);
    if (run == NULL) {
        return -1;
    }
    run->scan = scan;
    /* Held so that the engine's thread does not drive a run that is half made. */
    (void)pthread_mutex_lock(&run->lock);
    int rc = start(run, &q, is_own, where, err);
    (void)pthread_mutex_unlock(&run->lock);
    if (rc < 0) {
        cloche_run_free(run);
        return -1;
    }
    *out = run;
    return 0;
}

int
cloche_run_start(struct cloche_engine *engine, const struct cloche_request *request,
                 struct cloche_run **out, struct cloche_where *where,
                 struct cloche_error *err)
{
    return start_new(engine, request, 0, NULL, out, where, err);
}

int
cl_run_start_own(struct cloche_engine *engine, const struct cloche_request *request,
                 struct cloche_run **out, struct cloche_error *err)
{
    return start_new(engine, request, 1, NULL, out, NULL, err);
}

int
cl_run_start_scan(struct cloche_engine *engine, const struct cloche_request *request,
                  struct cloche_scan *scan, struct cloche_run **out,
                  struct cloche_where *where, struct cloche_error *err)
{
    return start_new(engine, request, 1, scan, out, where, err);
}

int
cloche_run_fd(struct cloche_run *run)
{
    /* Made when it is asked for: who waits in cloche_run_wait needs none.  No lock: it may
     * be called while another thread drives, and from on_output. */
    int fd = atomic_load(&run->done_fd);
    if (fd >= 0) {
        return fd;
    }
    int made = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (made < 0) {
        return -1;
    }
    if (!atomic_compare_exchange_strong(&run->done_fd, &fd, made)) {
        (void)close(made); /* another thread was faster; ours, empty */
        return fd;
    }
    if (atomic_load(&run->is_done)) {
        raise_done(made); /* whoever ended it may have seen none: twice is as good */
    }
    return made;
}

/*
 * Its cell waits for this processor: give it that, and go on when it has done its work.
 * A thread that sleeps instead is woken while the cell still runs here, on another
 * processor, which has to be woken for that and has nothing of either in its caches.
 */
static void
yield_to_cell(struct cloche_run *run)
{
    enum { MOST = 4 }; /* the cell may wait for something */
    _Atomic uint64_t *crowded_until = &run->engine->crowded_until_ns;
    int cpu = sched_getcpu();
    uint64_t now = cl_clock_now_ns();
    if (run->is_done) {
        return; /* refused: it has no cell */
    }
    if (now < *crowded_until) {
        cl_cell_roam(run->cell); /* it waited here since before that was known */
        return;
    }
    for (int i = 0; i < MOST && !run->is_done && run->cell->stays_on == cpu; i++) {
        uint64_t before = now;
        (void)sched_yield();
        now = cl_clock_now_ns();
        if (now - before > CROWDED_NS) { /* others had it: the cell may leave before that */
            *crowded_until = now + CROWDED_FOR_NS;
        }
        (void)cl_run_drive(run, 0);
    }
}

/* Drive until it has ended (0) or the time is over (1).  Under run->lock. */
static int
drive_until(struct cloche_run *run, uint64_t until_ns)
{
    /* First drive it, however short the time: who asks again and again keeps others off. */
    while (!cl_run_drive(run, until_ns)) {
        if (until_ns != UINT64_MAX && cl_clock_now_ns() >= until_ns) {
            return 1;
        }
    }
    return 0;
}

/* Wait until it has ended (0) or the time is over (1). */
static int
wait_until(struct cloche_run *run, uint64_t until)
{
    (void)pthread_mutex_lock(&run->lock);
    if (!run->is_done) {
        (void)pthread_mutex_lock(&run->engine->lock);
        cl_ears_take_back(run->cell);
        (void)pthread_mutex_unlock(&run->engine->lock);
    }
    int rc = drive_until(run, until);
    if (rc == 1) {
        cl_run_hand_over(run);
    }
    (void)pthread_mutex_unlock(&run->lock);
    return rc;
}

int
cloche_run_wait(struct cloche_run *run, int64_t timeout_ns,
                const struct cloche_result **out, struct cloche_error *err)
{
    if (cl_engine_is_own_thread(run->engine)) {
        return cl_fail(err, CLOCHE_EINPUT,
                       "called from on_output, in the engine's own thread");
    }
    uint64_t until = timeout_ns < 0 ? UINT64_MAX : cl_clock_now_ns() + (uint64_t)timeout_ns;
    int rc = wait_until(run, until);
    if (rc == 0) {
        *out = &run->result;
    }
    return rc;
}

int
cloche_run(struct cloche_engine *engine, const struct cloche_request *request,
           struct cloche_run **out, const struct cloche_result **result,
           struct cloche_where *where, struct cloche_error *err)
{
    struct cloche_request q = {0};
    struct cloche_run *run = run_for(engine, request, &q, where, err);
    if (run == NULL) {
        return -1;
    }
    run->is_whole = 1;
    *out = NULL;
    (void)pthread_mutex_lock(&run->lock);
    int rc = start(run, &q, 0, where, err);
    if (rc == 0) {
        *out = run; /* on_output may tell another thread, which may cancel it */
        yield_to_cell(run);
        (void)drive_until(run, UINT64_MAX);
    }
    (void)pthread_mutex_unlock(&run->lock);
    if (rc < 0) {
        cloche_run_free(run);
        return -1;
    }
    *result = &run->result;
    return 0;
}

void
cloche_run_cancel(struct cloche_run *run)
{
    /* The cell may be let go of at any moment by whoever drives: it is looked up under
     * the engine's lock. */
    atomic_store(&run->is_cancelled, 1);
    (void)pthread_mutex_lock(&run->engine->lock);
    if (run->cell != NULL) {
        cl_cell_poke(run->cell);
    }
    (void)pthread_mutex_unlock(&run->engine->lock);
}

void
cloche_run_free(struct cloche_run *run)
{
    if (run == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&run->lock); /* the engine's thread may be driving it */
    int is_running = run->cell != NULL;
    (void)pthread_mutex_unlock(&run->lock);
    if (is_running) {
        cloche_run_cancel(run);
        (void)wait_until(run, UINT64_MAX); /* ends soon: it is cancelled */
    }
    /* The engine's thread may be just leaving it. */
    (void)pthread_mutex_lock(&run->lock);
    (void)pthread_mutex_unlock(&run->lock);
    (void)pthread_mutex_destroy(&run->lock);
    int done_fd = atomic_load(&run->done_fd);
    cl_own_close(&done_fd);
    cl_own_close(&run->stdin_pipe_fd);
    cl_own_close(&run->stdin_source_fd);
    cl_buf_fini(&run->job);
    cl_buf_fini(&run->stdin_data);
    free(run->body);
    for (size_t i = 0; i < run->n_inputs; i++) {
        free(run->inputs[i].path);
    }
    free(run->inputs);
    free(run->ledger);
    cl_result_fini(&run->result);
    free(run);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The public calls of a run: request in, waiting, result out. */
#include "engine/run.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "base/units.h"
#include "engine/files.h"
#include "engine/signed.h"
#include "engine/start.h"
#include "engine/zygote.h"
#include "wire/frame.h"
#include "wire/job.h"

enum {
    MAX_WAIT_MS = 3600000,
    NAME_PART_MAX = 255,
    MAX_ARGS = 4096,
    MAX_INPUT_FILES = 4096
};

/* A name that stays beneath /work: relative, no empty, "." or ".." part. */
static int
check_file_name(const char *name, struct cloche_error *err)
{
    const char *part = name;
    if (name[0] == '\0' || strlen(name) > 4000) {
        return cl_fail(err, CLOCHE_EINPUT, "an input file's name is empty or too long");
    }
    for (;;) {
        size_t len = strcspn(part, "/");
        if (len == 0 || len > NAME_PART_MAX || (len == 1 && part[0] == '.') ||
            (len == 2 && part[0] == '.' && part[1] == '.')) {
            return cl_fail(
                err, CLOCHE_EINPUT,
                "input file '%.100s': expected a relative path without '.' and '..'", name);
        }
        if (part[len] == '\0') {
            return 0;
        }
        part += len + 1;
    }
}

/* Do the input files fit?  Told here, before anything is started, and not by
 * a cell that fails at its first write. */
static int
check_room(const struct cl_effective *e, const struct cloche_request *q,
           struct cloche_error *err)
{
    enum { PAGE = 4096, OWN_INODES = 3 /* of the file system, /work and /tmp */ };
    char size[CL_UNITS_MAX];
    char limit[CL_LIMIT_TEXT];
    uint64_t disk = 0;
    for (size_t i = 0; i < q->n_files; i++) {
        uint64_t len = q->files[i].len;
        if (len > e->limit[CL_LIMIT_FILE_SIZE]) {
            return cl_fail(
                err, CLOCHE_ELIMIT, "input file '%.100s' has %s; limits.file_size is %s",
                q->files[i].name, cl_units_show_size(len, size),
                cl_limit_format(CL_LIMIT_FILE_SIZE, e->limit[CL_LIMIT_FILE_SIZE], limit));
        }
        disk += (len + PAGE - 1) / PAGE * PAGE;
        if (disk > e->limit[CL_LIMIT_DISK]) {
            return cl_fail(err, CLOCHE_ELIMIT,
                           "the input files up to '%.100s' need %s; limits.disk is %s",
                           q->files[i].name, cl_units_show_size(disk, size),
                           cl_limit_format(CL_LIMIT_DISK, e->limit[CL_LIMIT_DISK], limit));
        }
    }
    if (q->n_files + OWN_INODES > e->limit[CL_LIMIT_INODES]) {
        return cl_fail(err, CLOCHE_ELIMIT,
                       "%zu input files, and %d inodes besides; limits.inodes is %s",
                       q->n_files, OWN_INODES,
                       cl_limit_format(CL_LIMIT_INODES, e->limit[CL_LIMIT_INODES], limit));
    }
    return 0;
}

static int
add_input_files(struct cloche_run *run, const struct cloche_request *q,
                struct cloche_error *err)
{
    if (q->n_files == 0) {
        return 0;
    }
    if (run->result.effective->files.work == CL_WORK_NONE) {
        return cl_fail(err, CLOCHE_EDENIED,
                       "profile '%s' grants no files, so none can be placed in /work; set "
                       "profiles.%s.files.work: private",
                       run->result.effective->profile, run->result.effective->profile);
    }
    if (q->n_files > MAX_INPUT_FILES) {
        return cl_fail(err, CLOCHE_ELIMIT, "%zu input files, at most %d", q->n_files,
                       MAX_INPUT_FILES);
    }
    if (check_room(run->result.effective, q, err) < 0) {
        return -1;
    }
    run->inputs = calloc(q->n_files, sizeof *run->inputs);
    if (run->inputs == NULL) {
        return cl_fail_nomem(err);
    }
    for (size_t i = 0; i < q->n_files; i++) {
        const struct cloche_input_file *f = &q->files[i];
        if (check_file_name(f->name, err) < 0) {
            return -1;
        }
        run->inputs[i].path = strdup(f->name);
        run->n_inputs = i + 1;
        cl_files_hash(f->data, f->len, run->inputs[i].sha256);
        size_t sent = 0;
        do {
            size_t n = f->len - sent > CL_CHUNK_MAX ? CL_CHUNK_MAX : f->len - sent;
            size_t start = cl_frame_begin(&run->job, CL_MSG_INPUT_FILE);
            (void)cl_put_str(&run->job, f->name); /* sticky */
            (void)cl_put_bytes(&run->job, (const char *)f->data + sent, n);
            cl_frame_end(&run->job, start);
            sent += n;
        } while (sent < f->len);
        if (run->inputs[i].path == NULL) {
            return cl_fail_nomem(err);
        }
    }
    return 0;
}

static int
add_job(struct cloche_run *run, const struct cloche_request *q, struct cloche_error *err)
{
    const struct cl_effective *e = run->result.effective;
    uint32_t count = 0;
    uint32_t flags = run->flags & CLOCHE_RUN_RESULT_VARIABLE ? CL_JOB_RESULT_VARIABLE
                     : run->flags & CLOCHE_RUN_NO_VALUE      ? 0
                                                             : CL_JOB_VALUE;
    flags |= run->flags & CLOCHE_RUN_NO_VARIABLES ? CL_JOB_NO_VARIABLES : 0;
    flags |= run->scan != NULL ? CL_JOB_SCAN : 0;
    const char *filename = q->filename != NULL ? q->filename : "<string>";
    while (q->argv != NULL && q->argv[count] != NULL) {
        if (++count > MAX_ARGS) {
            return cl_fail(err, CLOCHE_ELIMIT, "more than %d arguments", MAX_ARGS);
        }
    }
    if (strlen(filename) > 4000) {
        return cl_fail(err, CLOCHE_EINPUT, "the file name is longer than 4000 bytes");
    }
    uint64_t recursion = e->limit[CL_LIMIT_RECURSION];
    size_t start = cl_frame_begin(&run->job, CL_MSG_JOB);
    (void)cl_buf_u32(&run->job, flags); /* sticky, as all of these */
    (void)cl_buf_u32(&run->job, recursion > 1000000000 ? 0 : (uint32_t)recursion);
    (void)cl_buf_u64(&run->job, e->limit[CL_LIMIT_RESULT]);
    (void)cl_buf_u64(&run->job, e->limit[CL_LIMIT_HEAP]);
    (void)cl_buf_u64(&run->job, e->limit[CL_LIMIT_LOOP_ITERATIONS]);
    (void)cl_buf_u64(&run->job, e->limit[CL_LIMIT_MEMORY]);
    (void)cl_put_str(&run->job, filename);
    (void)cl_buf_u32(&run->job, count);
    for (uint32_t i = 0; i < count; i++) {
        (void)cl_put_str(&run->job, q->argv[i]);
    }
    (void)cl_put_bytes(&run->job, q->code, q->code_len);
    cl_frame_end(&run->job, start);
    return run->job.has_failed ? cl_fail(err, CLOCHE_ELIMIT,
                                         "code, arguments and files together are too large")
                               : 0;
}

static int
take_input(struct cloche_run *run, const struct cloche_request *q, struct cloche_error *err)
{
    if (run->flags & CLOCHE_RUN_STDIN_FD) {
        if (fcntl(q->stdin_fd, F_GETFD) < 0) {
            return cl_fail_sys_as(err, CLOCHE_EINPUT, errno, "stdin_fd");
        }
        run->stdin_source_fd = q->stdin_fd;
        return 0;
    }
    if (q->stdin_len > 0 && cl_buf_add(&run->stdin_data, q->stdin_data, q->stdin_len) < 0) {
        return cl_fail(err, CLOCHE_ELIMIT, "standard input of %zu bytes is too large",
                       q->stdin_len);
    }
    return 0;
}

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

/* Too much source is a verdict, not an error: it is the code that is at fault. */
static int
is_source_too_large(struct cloche_run *run, const struct cloche_request *q)
{
    struct cloche_result *r = &run->result;
    char limit[CL_LIMIT_TEXT];
    uint64_t most = r->effective->limit[CL_LIMIT_SOURCE];
    r->source_bytes = q->code_len;
    if (q->code_len <= most) {
        return 0;
    }
    r->outcome = CLOCHE_OUTCOME_SOURCE_LIMIT;
    r->hit |= 1u << CL_LIMIT_SOURCE;
    (void)snprintf(r->reason, sizeof r->reason,
                   "the source has %zu bytes; limits.source is %s", q->code_len,
                   cl_limit_format(CL_LIMIT_SOURCE, most, limit));
    (void)snprintf(r->hint, sizeof r->hint, "raise profiles.%s.limits.source (now %s)",
                   r->effective->profile, limit);
    cl_run_end_unstarted(run);
    return 1;
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

/* All that the cell will be sent, and what the result says from the start. */
static int
prepare(struct cloche_run *run, const struct cloche_request *q,
        const struct cl_zygote *zygote, struct cloche_error *err)
{
    struct cloche_result *r = &run->result;
    r->assurance = zygote->sandbox.assurance;
    r->layers = zygote->sandbox.layers;
    memcpy(r->notes, zygote->sandbox.notes, sizeof r->notes);
    cl_capture_init(&r->capture, r->effective->limit[CL_LIMIT_OUTPUT],
                    (run->flags & CLOCHE_RUN_DISCARD_OUTPUT) != 0);
    if (is_source_too_large(run, q)) {
        return 0;
    }
    return add_input_files(run, q, err) < 0 || add_job(run, q, err) < 0 ||
                   take_input(run, q, err) < 0
               ? -1
               : 0;
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
    if (prepare(run, q, zygote, err) < 0 || run->is_done) {
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
        cl_cell_set_heard(run->cell, 1);
    }
    return rc;
}

/* A run of this request, which is copied into *q; not started. */
static struct cloche_run *
accept(struct cloche_engine *engine, const struct cloche_request *request,
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
    struct cloche_run *run = accept(engine, request, &q, where, err);
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

/* Milliseconds until then, and not before; -1: never. */
static int
milliseconds_until(uint64_t then_ns, uint64_t now_ns)
{
    if (then_ns == UINT64_MAX) {
        return -1;
    }
    uint64_t left_ns = then_ns > now_ns ? then_ns - now_ns : 0;
    uint64_t left_ms = (left_ns + CL_NS_PER_MS - 1) / CL_NS_PER_MS;
    return left_ms > MAX_WAIT_MS ? MAX_WAIT_MS : (int)left_ms;
}

/* Drive until it has ended (0) or the time is over (1).  Under run->lock. */
static int
drive_until(struct cloche_run *run, uint64_t until_ns)
{
    while (!run->is_done) {
        uint64_t now = cl_clock_now_ns();
        if (now >= until_ns) {
            return 1;
        }
        uint64_t next = run->is_whole && run->tick_ns < until_ns ? run->tick_ns : until_ns;
        (void)cl_run_drive(run, milliseconds_until(next, now));
    }
    return 0;
}

/* Wait until it has ended (0) or the time is over (1). */
static int
wait_until(struct cloche_run *run, uint64_t until)
{
    (void)pthread_mutex_lock(&run->lock);
    run->is_waited = 1;
    if (!run->is_done) {
        cl_cell_set_heard(run->cell, 0); /* it is ours now */
    }
    int rc = drive_until(run, until);
    run->is_waited = 0;
    if (rc == 1) {
        cl_cell_set_heard(run->cell, 1);
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
    struct cloche_run *run = accept(engine, request, &q, where, err);
    if (run == NULL) {
        return -1;
    }
    run->is_whole = 1;
    run->is_waited = 1;
    *out = run; /* before its code begins: another thread may want to cancel it */
    (void)pthread_mutex_lock(&run->lock);
    int rc = start(run, &q, 0, where, err);
    if (rc == 0) {
        (void)drive_until(run, UINT64_MAX);
    }
    run->is_waited = 0;
    (void)pthread_mutex_unlock(&run->lock);
    if (rc < 0) {
        *out = NULL;
        cloche_run_free(run);
        return -1;
    }
    *result = &run->result;
    return 0;
}

void
cloche_run_cancel(struct cloche_run *run)
{
    /* The cell may be let go of at any moment by whoever drives: its poke
     * descriptor is looked up under the engine's lock. */
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
    cl_buf_fini(&run->job);
    cl_buf_fini(&run->stdin_data);
    free(run->body);
    for (size_t i = 0; i < run->n_inputs; i++) {
        free(run->inputs[i].path);
    }
    free(run->inputs);
    cl_result_fini(&run->result);
    free(run);
}

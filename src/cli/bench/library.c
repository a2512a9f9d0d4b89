/* SPDX-License-Identifier: Apache-2.0 */
/* Owns an engine, in the worker.  Public API only: what is measured here is
 * what any program gets. */
#include "cli/bench/library.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sys/resource.h>
#include <sys/sysinfo.h>

#include "base/clock.h"
#include "base/own.h"
#include "cli/helpers.h"

enum {
    /* After a run its cell is reaped and the next is made ready, which must
     * neither be in the next figure nor in that of the subject that follows. */
    REST_NS = 5000000,
    MAX_THREADS = 256,
};

struct state {
    const struct cli_bench_subject *subject;
    struct cloche_engine *engine;
    int channel_fd;
};

static uint64_t
own_cpu_ns(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* a valid clock */
    return (uint64_t)t.tv_sec * CL_NS_PER_S + (uint64_t)t.tv_nsec;
}

/* Many runs at once want more descriptors than the usual soft limit. */
static void
raise_open_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files); /* else the runs say what they lack */
    }
}

static int
load_policy(const struct cli_bench_engine *arg, struct cloche_policy **out,
            struct cloche_error *err)
{
    cl_autobuf struct cl_buf text = CL_BUF_INIT(64 << 10);
    if (arg->policy == NULL) {
        return cloche_policy_load(NULL, out, NULL, err);
    }
    const int rc = arg->policy(&text, err);
    return rc != 0 ? rc
                   : cloche_policy_parse((const char *)text.data, text.len, "bench", out,
                                         NULL, err);
}

int
cli_bench_engine_new(const struct cli_bench_engine *arg, struct cloche_engine **out,
                     struct cloche_error *err)
{
    const struct cloche_engine_options options = {.size = sizeof options,
                                                  .helper_dir = cli_helpers_dir(),
                                                  .standby = arg->standby,
                                                  .flags = arg->flags};
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;

    raise_open_files();
    int rc = load_policy(arg, &policy, err);
    if (rc != 0) {
        return rc;
    }
    rc = cloche_engine_new(&options, policy, &engine, err);
    cloche_policy_unref(policy);
    if (rc == 0 && cloche_engine_warm(engine, NULL, err) != 0) {
        cloche_engine_free(engine);
        rc = -1;
    }
    if (rc == 0) {
        *out = engine;
    }
    return rc;
}

/* What the code printed is right, or its own figure. */
static int
check(const struct cli_bench_program *p, const struct cloche_result *result,
      uint64_t *took_ns, struct cloche_error *err)
{
    size_t len = 0;
    const char *out = cloche_result_output(result, CLOCHE_STDOUT, &len);
    if (cloche_result_outcome(result) != CLOCHE_OUTCOME_OK) {
        return cl_fail(err, CLOCHE_ESYS, "%s: %s",
                       cloche_outcome_name(cloche_result_outcome(result)),
                       cloche_result_reason(result));
    }
    if (p->output != NULL) {
        return len == p->output_len && memcmp(out, p->output, len) == 0
                   ? 0
                   : cl_fail(err, CLOCHE_ESYS,
                             "it printed %zu bytes that are not the %zu it should", len,
                             p->output_len);
    }
    char text[32] = "";
    if (len > 0) {
        memcpy(text, out, len < sizeof text - 1 ? len : sizeof text - 1);
    }
    *took_ns = strtoull(text, NULL, 10);
    return *took_ns > 0 ? 0 : cl_fail(err, CLOCHE_ESYS, "it printed no time");
}

/* One run, from the request to the result in hand. */
static int
run(struct cloche_engine *engine, const struct cli_bench_program *p, uint64_t *took_ns,
    struct cloche_error *err)
{
    struct cloche_run *run = NULL;
    const struct cloche_result *result = NULL;
    const struct cloche_request request = {
        .size = sizeof request,
        .code = p->code,
        .code_len = strlen(p->code),
        .stdin_data = p->input,
        .stdin_len = p->input_len,
        .stdin_fd = -1,
        .flags = CLOCHE_RUN_NO_VARIABLES | CLOCHE_RUN_NO_MEMORY_PEAK, /* no peer tells */
    };
    const uint64_t start = cl_clock_now_ns();
    int rc = cloche_run(engine, &request, &run, &result, NULL, err);
    *took_ns = cl_clock_now_ns() - start;
    if (rc == 0) {
        rc = check(p, result, took_ns, err);
    }
    cloche_run_free(run);
    return rc;
}

static void
be_busy(uint64_t ns)
{
    for (const uint64_t end = cl_clock_now_ns() + ns; cl_clock_now_ns() < end;) {
    }
}

static int
library_once(void *state, struct cli_bench_figures *out, struct cloche_error *err)
{
    struct state *s = state;
    const struct cli_bench_engine *arg = s->subject->arg;
    const struct timespec rest = {.tv_nsec = REST_NS};

    be_busy(arg->busy_ns);
    const uint64_t cpu = own_cpu_ns();

    int rc = run(s->engine, s->subject->program, &out->value[0], err);
    (void)nanosleep(&rest, NULL); /* shorter is no harm */
    out->value[1] = own_cpu_ns() - cpu;
    /* Where it was not long enough. */
    return rc != 0 ? rc : cloche_engine_warm(s->engine, NULL, err);
}

/* ---- many at once ------------------------------------------------------ */

struct crowd {
    struct state *state;
    uint64_t until_ns;
    uint64_t times;
    atomic_uint_fast64_t started;
    atomic_int has_failed;
    pthread_mutex_t lock; /* err */
    struct cloche_error err;
};

/* Is it time to end?  One run takes longer than asking. */
static int
is_ended(const struct state *s)
{
    struct pollfd channel = {.fd = s->channel_fd};
    return poll(&channel, 1, 0) > 0;
}

static void *
crowd_thread(void *arg)
{
    struct crowd *c = arg;
    struct cloche_error err = {.code = CLOCHE_OK};
    uint64_t ignored = 0;

    while (!atomic_load(&c->has_failed) && cl_clock_now_ns() < c->until_ns &&
           !is_ended(c->state)) {
        if (atomic_fetch_add(&c->started, 1) >= c->times) {
            (void)atomic_fetch_sub(&c->started, 1);
            break;
        }
        if (run(c->state->engine, c->state->subject->program, &ignored, &err) != 0) {
            (void)pthread_mutex_lock(&c->lock);
            c->err = err;
            (void)pthread_mutex_unlock(&c->lock);
            atomic_store(&c->has_failed, 1);
        }
    }
    return NULL;
}

static int
join_in(struct crowd *c, struct cloche_error *err)
{
    const unsigned limit = c->state->subject->cpus;
    const unsigned wanted = 2 * (limit > 0 ? limit : (unsigned)get_nprocs());
    const unsigned n = wanted < MAX_THREADS ? wanted : MAX_THREADS;
    pthread_t thread[MAX_THREADS];
    unsigned made = 0;

    while (made < n && pthread_create(&thread[made], NULL, crowd_thread, c) == 0) {
        made++;
    }
    for (unsigned i = 0; i < made; i++) {
        (void)pthread_join(thread[i], NULL); /* cannot fail: it is ours */
    }
    if (made < n) {
        return cl_fail(err, CLOCHE_ESYS, "%u threads were given, %u are wanted", made, n);
    }
    return atomic_load(&c->has_failed) ? cl_fail_as(err, &c->err) : 0;
}

static int
crowd(struct state *s, uint64_t until_ns, uint64_t times, struct cli_bench_figures *out,
      struct cloche_error *err)
{
    struct crowd c = {.state = s,
                      .until_ns = until_ns,
                      .times = times,
                      .lock = PTHREAD_MUTEX_INITIALIZER};
    const struct timespec rest = {.tv_nsec = REST_NS};
    const uint64_t start = cl_clock_now_ns();
    const uint64_t cpu = own_cpu_ns();
    const int rc = join_in(&c, err);
    out->value[0] = atomic_load(&c.started);
    out->value[1] = cl_clock_now_ns() - start;
    (void)nanosleep(&rest, NULL); /* the engine's thread tidies up */
    out->value[2] = own_cpu_ns() - cpu;
    return rc;
}

static int
library_during(void *state, uint64_t amount, struct cli_bench_figures *out,
               struct cloche_error *err)
{
    return crowd(state, cl_clock_now_ns() + amount, UINT64_MAX, out, err);
}

static int
library_times(void *state, uint64_t amount, struct cli_bench_figures *out,
              struct cloche_error *err)
{
    return crowd(state, UINT64_MAX, amount, out, err);
}

static void
library_close(void *state)
{
    struct state *s = state;
    cloche_engine_free(s->engine);
    free(s);
}

static int
library_open(const struct cli_bench_subject *subject, int channel_fd, void **state,
             struct cloche_error *err)
{
    const struct cli_bench_engine *arg = subject->arg;
    struct cli_bench_figures ignored;
    struct state *s = calloc(1, sizeof *s);

    if (s == NULL) {
        return cl_fail_nomem(err);
    }
    *s = (struct state){.subject = subject, .channel_fd = channel_fd};
    *state = s;
    const int rc = cli_bench_engine_new(arg, &s->engine, err);
    return rc != 0 ? rc : library_once(s, &ignored, err);
}

const struct cli_bench_kind cli_bench_library = {
    .open = library_open,
    .once = library_once,
    .during = library_during,
    .times = library_times,
    .close = library_close,
};

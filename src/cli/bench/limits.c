/* SPDX-License-Identifier: Apache-2.0 */
/* Lets runs pass a limit, and watches their cells from outside. */
#include "cli/bench/limits.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/syscall.h>

#include "base/clock.h"
#include "base/own.h"
#include "cli/bench/library.h"

enum {
    LAUNCHER_AND_ZYGOTE = 2, /* come first among the engine's pids */
    GONE_MS = 10000,         /* far more than it takes */
};

struct state {
    const struct cli_bench_subject *subject;
    struct cloche_engine *engine;
};

/* What is measured of one run. */
struct timing {
    uint64_t started_ns;
    uint64_t start_ns; /* from the request to the job, by the result */
    uint64_t wall_ns;  /* from the job to the verdict, by the result */
    uint64_t used_ns;  /* of what is limited, by the result; or when it was passed */
};

static void
limit_close(void *state)
{
    struct state *s = state;
    cloche_engine_free(s->engine);
    free(s);
}

/* The number that follows each of two keys in turn. */
static int
find_number(const char *json, const char *object, const char *key, uint64_t *out,
            struct cloche_error *err)
{
    const char *at = strstr(json, object);
    at = at == NULL ? NULL : strstr(at, key);
    return at != NULL && sscanf(at + strlen(key), ":%" SCNu64, out) == 1
               ? 0
               : cl_fail(err, CLOCHE_EINTERNAL, "the result has no %s in %s", key, object);
}

/* What the code printed. */
static int
read_clock(const struct cloche_result *result, uint64_t *out, struct cloche_error *err)
{
    size_t len = 0;
    const char *said = cloche_result_output(result, CLOCHE_STDOUT, &len);
    char text[32] = "";
    if (len > 0 && len < sizeof text) {
        memcpy(text, said, len);
    }
    *out = strtoull(text, NULL, 10);
    return *out > 0 ? 0 : cl_fail(err, CLOCHE_ESYS, "it printed no time");
}

static int
read_result(const struct cli_bench_limit_case *c, const struct cloche_result *result,
            struct timing *t, struct cloche_error *err)
{
    cl_autofree char *json = NULL;
    if (cloche_result_outcome(result) != c->outcome) {
        return cl_fail(err, CLOCHE_ESYS, "it ended as %s, expected %s: %s",
                       cloche_outcome_name(cloche_result_outcome(result)),
                       cloche_outcome_name(c->outcome), cloche_result_reason(result));
    }
    if (cloche_result_json(result, &json, err) != 0 ||
        find_number(json, "\"usage\":{", "\"start_ns\"", &t->start_ns, err) != 0 ||
        find_number(json, "\"usage\":{", "\"wall_ns\"", &t->wall_ns, err) != 0) {
        return -1;
    }
    return c->used == NULL ? read_clock(result, &t->used_ns, err)
                           : find_number(json, c->used, "\"used_ns\"", &t->used_ns, err);
}

static int
run_to_its_end(struct state *s, struct timing *t, struct cloche_error *err)
{
    const struct cli_bench_limit_case *c = s->subject->arg;
    struct cloche_run *run = NULL;
    const struct cloche_result *result = NULL;
    const struct cloche_request request = {
        .size = sizeof request,
        .code = s->subject->program->code,
        .code_len = strlen(s->subject->program->code),
        .stdin_fd = -1,
        .limits = &c->limit,
        .n_limits = 1,
    };
    t->started_ns = cl_clock_now_ns();
    if (cloche_run_start(s->engine, &request, &run, NULL, err) != 0) {
        return -1;
    }
    int rc = cloche_run_wait(run, -1, &result, err);
    if (rc == 0) {
        rc = read_result(c, result, t, err);
    }
    cloche_run_free(run);
    return rc;
}

/* The standby cell that waits: the next run is given it. */
static int
open_cell(struct state *s, struct cloche_error *err)
{
    int pids[LAUNCHER_AND_ZYGOTE + 1];
    if (cloche_engine_warm(s->engine, NULL, err) != 0) {
        return -1;
    }
    /* The cell of the run before is there until it was reaped. */
    for (int i = 0; cloche_engine_pids(s->engine, pids, CL_COUNT(pids)) != CL_COUNT(pids);
         i++) {
        if (i == GONE_MS) {
            return cl_fail(err, CLOCHE_ESYS, "not exactly one cell stands by");
        }
        (void)poll(NULL, 0, 1);
    }
    const int fd = (int)syscall(SYS_pidfd_open, pids[LAUNCHER_AND_ZYGOTE], 0);
    return fd >= 0 ? fd : cl_fail_sys(err, errno, "watch the cell");
}

static int
limit_once(void *state, struct cli_bench_figures *out, struct cloche_error *err)
{
    struct state *s = state;
    const struct cli_bench_limit_case *c = s->subject->arg;
    struct timing t = {.started_ns = 0};
    cl_autoclose int cell_fd = open_cell(s, err);

    if (cell_fd < 0 || run_to_its_end(s, &t, err) != 0) {
        return -1;
    }
    struct pollfd death = {.fd = cell_fd, .events = POLLIN};
    if (poll(&death, 1, GONE_MS) != 1) {
        return cl_fail(err, CLOCHE_ESYS, "its cell lived on after the run");
    }
    const uint64_t gone = cl_clock_now_ns();
    const uint64_t ended = t.started_ns + t.start_ns + t.wall_ns;
    const uint64_t noticed = c->used == NULL ? ended : t.used_ns;
    const uint64_t passed = c->used == NULL ? t.used_ns : c->limit_ns;
    out->value[0] = noticed > passed ? noticed - passed : 0;
    out->value[1] = gone > ended ? gone - ended : 0;
    return 0;
}

static int
limit_open(const struct cli_bench_subject *subject, int channel_fd, void **state,
           struct cloche_error *err)
{
    static const struct cli_bench_engine one = {.flags = CLOCHE_ENGINE_WARM, .standby = 1};
    struct cli_bench_figures ignored;
    struct state *s = calloc(1, sizeof *s);
    (void)channel_fd; /* the limit ends the run soon enough */

    if (s == NULL) {
        return cl_fail_nomem(err);
    }
    s->subject = subject;
    *state = s;
    return cli_bench_engine_new(&one, &s->engine, err) != 0 ? -1
                                                            : limit_once(s, &ignored, err);
}

const struct cli_bench_kind cli_bench_limit = {
    .open = limit_open, .once = limit_once, .close = limit_close};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verdict.  What the broker measured and did decides; what the cell says
 * fills in what only the interpreter can know, where nothing contradicts it.
 */
#include "engine/verdict.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/own.h"
#include "base/units.h"
#include "engine/denial.h"
#include "engine/files.h"
#include "engine/start.h"
#include "engine/utf8.h"
#include "engine/watch.h"
#include "engine/zygote.h"
#include "wire/job.h"

/* A limit that was the end of a run, or was met on the way. */
static void
hit(struct cloche_run *run, enum cl_limit limit)
{
    run->result.hit |= 1u << limit;
}

static const char *
limit_text(const struct cloche_run *run, enum cl_limit limit, char out[CL_LIMIT_TEXT])
{
    return cl_limit_format(limit, run->result.effective->limit[limit], out);
}

/* The reason and the line that would allow more, for a limit. */
static void
blame_limit(struct cloche_run *run, enum cloche_outcome outcome, enum cl_limit limit,
            const char *what)
{
    struct cloche_result *r = &run->result;
    char text[CL_LIMIT_TEXT];
    const char *key = cl_limit_rows[limit].key;
    hit(run, limit);
    r->outcome = outcome;
    (void)snprintf(r->reason, sizeof r->reason, "%s; limits.%s is %s", what, key,
                   limit_text(run, limit, text)); /* may be cut */
    (void)snprintf(r->hint, sizeof r->hint, "raise profiles.%s.limits.%s (now %s)",
                   r->effective->profile, key, text);
}

static void
blame_time(struct cloche_run *run, enum cloche_outcome outcome, enum cl_limit limit,
           uint64_t used, const char *verb)
{
    char what[80];
    char used_text[CL_UNITS_MAX];
    (void)snprintf(what, sizeof what, "%s %s", verb, cl_units_show_time(used, used_text));
    blame_limit(run, outcome, limit, what);
}

static void
blame_size(struct cloche_run *run, enum cloche_outcome outcome, enum cl_limit limit,
           uint64_t used, const char *verb)
{
    char what[120];
    char text[CL_UNITS_MAX];
    if (used == UINT64_MAX) {
        (void)snprintf(what, sizeof what, "%s", verb);
    } else {
        (void)snprintf(what, sizeof what, "%s; the peak was %s", verb,
                       cl_units_show_size(used, text));
    }
    blame_limit(run, outcome, limit, what);
}

/* Which of the two limits of a full tmpfs it was. */
static void
blame_disk(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    int counted = (run->cell->work_path != NULL ||
                   r->work_path != NULL) && /* measured by us, not seen by the cell */
                  r->inodes_peak > r->effective->limit[CL_LIMIT_INODES];
    if (counted || (r->report.hits & 1u << CL_HIT_INODES)) {
        blame_limit(run, CLOCHE_OUTCOME_DISK_LIMIT, CL_LIMIT_INODES,
                    "no more files may be made in /work and /tmp");
    } else if (r->has_oversized_files) {
        blame_limit(run, CLOCHE_OUTCOME_DISK_LIMIT, CL_LIMIT_DISK,
                    "the files in /work are too large to come out");
    } else {
        blame_size(run, CLOCHE_OUTCOME_DISK_LIMIT, CL_LIMIT_DISK, r->disk_peak_bytes,
                   "no room is left in /work and /tmp");
    }
}

static void
blame_denial(struct cloche_run *run, const struct cl_denial *denial)
{
    struct cloche_result *r = &run->result;
    r->outcome = CLOCHE_OUTCOME_DENIED;
    if (denial == NULL) {
        (void)snprintf(r->reason, sizeof r->reason, "a refused act ended the run");
        return;
    }
    char line[24] = "";
    if (denial->line > 0) {
        (void)snprintf(line, sizeof line, " at line %" PRIu32, denial->line);
    }
    (void)snprintf(r->reason, sizeof r->reason, "%s was refused%s by %s", denial->what,
                   line, denial->layer);
    (void)snprintf(r->hint, sizeof r->hint, "%s", denial->hint);
}

/* The broker ended it. */
static void
decide_stopped(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    uint64_t written = r->capture.total[0] + r->capture.total[1];
    switch (run->stop) {
    case CL_STOP_NONE: break;
    case CL_STOP_WALL:
        blame_time(run, CLOCHE_OUTCOME_WALL_LIMIT, CL_LIMIT_WALL, r->wall_ns, "ran for");
        break;
    case CL_STOP_CPU:
        blame_time(run, CLOCHE_OUTCOME_CPU_LIMIT, CL_LIMIT_CPU, r->cpu_ns,
                   "used CPU time of");
        break;
    case CL_STOP_MEMORY:
        blame_size(run, CLOCHE_OUTCOME_MEMORY_LIMIT, CL_LIMIT_MEMORY, r->memory_peak_bytes,
                   "its processes together used too much memory");
        break;
    case CL_STOP_OUTPUT:
        blame_size(run, CLOCHE_OUTCOME_OUTPUT_LIMIT, CL_LIMIT_OUTPUT, written,
                   "wrote too much");
        break;
    case CL_STOP_PROCESSES:
        blame_limit(run, CLOCHE_OUTCOME_PROCESS_LIMIT, CL_LIMIT_PROCESSES,
                    "started too many processes");
        break;
    case CL_STOP_DISK: blame_disk(run); break;
    case CL_STOP_DENIED:
        blame_denial(run, r->n_denials > 0 ? &r->denials[r->last_denied] : NULL);
        break;
    case CL_STOP_RESULT:
        blame_size(run, CLOCHE_OUTCOME_RESULT_LIMIT, CL_LIMIT_RESULT, r->result_bytes,
                   "its results and displays are too large");
        break;
    case CL_STOP_CANCELLED:
        r->outcome = CLOCHE_OUTCOME_CANCELLED;
        (void)snprintf(r->reason, sizeof r->reason, "the caller cancelled the run");
        break;
    case CL_STOP_PROTOCOL:
        r->outcome = CLOCHE_OUTCOME_PROTOCOL;
        (void)snprintf(r->reason, sizeof r->reason, "the cell broke the protocol: %s",
                       run->stop_error.msg);
        break;
    case CL_STOP_HOST:
        r->outcome = CLOCHE_OUTCOME_INFRA_ERROR;
        (void)snprintf(r->reason, sizeof r->reason, "%s", run->stop_error.msg);
        break;
    }
}

/* The last refused act with this errno, which may have ended the run. */
static const struct cl_denial *
denial_behind(const struct cloche_result *r, int error)
{
    for (uint32_t i = r->n_denials; i > 0; i--) {
        if (r->denials[i - 1].error == error) {
            return &r->denials[i - 1];
        }
    }
    return NULL;
}

/* An OSError that nobody caught: was there a limit or a rule behind it? */
static int
decide_oserror(struct cloche_run *run, int error)
{
    struct cloche_result *r = &run->result;
    const struct cl_denial *denial = denial_behind(r, error);
    int is_process = denial != NULL && strcmp(denial->rule, "limits.processes") == 0;
    switch (error) {
    case EMFILE:
        blame_limit(run, CLOCHE_OUTCOME_FILE_LIMIT, CL_LIMIT_OPEN_FILES,
                    "too many open files");
        return 1;
    case EFBIG:
        blame_limit(run, CLOCHE_OUTCOME_FILE_LIMIT, CL_LIMIT_FILE_SIZE,
                    "a file grew too large");
        return 1;
    case ENOSPC:
    case EDQUOT: blame_disk(run); return 1;
    case ENOMEM:
        blame_size(run, CLOCHE_OUTCOME_MEMORY_LIMIT, CL_LIMIT_MEMORY, r->memory_peak_bytes,
                   "no more memory was given");
        return 1;
    default: break;
    }
    if (is_process || (error == EAGAIN && (r->report.hits & 1u << CL_HIT_PROCESSES))) {
        blame_limit(run, CLOCHE_OUTCOME_PROCESS_LIMIT, CL_LIMIT_PROCESSES,
                    "no more processes were given");
        return 1;
    }
    if (denial != NULL) {
        blame_denial(run, denial);
        return 1;
    }
    return 0;
}

static void
decide_exception(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    const struct cl_report *p = &r->report;
    if (p->hints & CL_HINT_MEMORY) {
        blame_size(run, CLOCHE_OUTCOME_MEMORY_LIMIT, CL_LIMIT_MEMORY, r->memory_peak_bytes,
                   "no more memory was given (MemoryError)");
    } else if (p->hints & CL_HINT_RECURSION) {
        blame_limit(run, CLOCHE_OUTCOME_RECURSION_LIMIT, CL_LIMIT_RECURSION,
                    "calls were nested too deeply (RecursionError)");
    } else if (p->hints & CL_HINT_THREADS) {
        blame_limit(run, CLOCHE_OUTCOME_PROCESS_LIMIT, CL_LIMIT_THREADS,
                    "no more threads were given");
    } else if (p->oserror == 0 || !decide_oserror(run, p->oserror)) {
        r->outcome = CLOCHE_OUTCOME_USER_ERROR;
        (void)snprintf(r->reason, sizeof r->reason, "%.120s: %.250s",
                       p->error_type ? p->error_type : "",
                       p->error_message ? p->error_message : "");
    }
}

/* Limits that the code met and survived. */
static void
note_hits(struct cloche_run *run)
{
    static const enum cl_limit limits[] = {
        [CL_HIT_OPEN_FILES] = CL_LIMIT_OPEN_FILES,
        [CL_HIT_FILE_SIZE] = CL_LIMIT_FILE_SIZE,
        [CL_HIT_DISK] = CL_LIMIT_DISK,
        [CL_HIT_PROCESSES] = CL_LIMIT_THREADS,
        [CL_HIT_MEMORY] = CL_LIMIT_MEMORY,
        [CL_HIT_INODES] = CL_LIMIT_INODES,
    };
    for (unsigned i = 0; i < CL_COUNT(limits); i++) {
        if (run->result.report.hits & 1u << i) {
            hit(run, limits[i]);
        }
    }
}

/* A limit that only the interpreter sees, as it told. */
static void
decide_inner_limit(struct cloche_run *run)
{
    const struct cl_report *p = &run->result.report;
    char what[160];
    char used[CL_UNITS_MAX];
    char line[24] = "";
    if (p->limit_line > 0) {
        (void)snprintf(line, sizeof line, " at line %" PRIu32, p->limit_line);
    }
    (void)cl_units_show_size(p->limit_used, used);
    switch ((enum cl_job_limit)p->limit) {
    case CL_JOB_LIMIT_HEAP:
        (void)snprintf(what, sizeof what, "its objects would have needed %s%s", used, line);
        blame_limit(run, CLOCHE_OUTCOME_HEAP_LIMIT, CL_LIMIT_HEAP, what);
        break;
    case CL_JOB_LIMIT_MEMORY:
        (void)snprintf(what, sizeof what,
                       p->limit_used > run->result.effective->limit[CL_LIMIT_MEMORY]
                           ? "one operation would have needed %s%s"
                           : "no room was left for %s more%s",
                       used, line);
        blame_limit(run, CLOCHE_OUTCOME_MEMORY_LIMIT, CL_LIMIT_MEMORY, what);
        break;
    case CL_JOB_LIMIT_RECURSION:
        (void)snprintf(what, sizeof what, "calls were nested too deeply%s", line);
        blame_limit(run, CLOCHE_OUTCOME_RECURSION_LIMIT, CL_LIMIT_RECURSION, what);
        break;
    case CL_JOB_LIMIT_LOOPS:
    case CL_JOB_LIMIT_COUNT:
        (void)snprintf(what, sizeof what, "its loops went round %" PRIu64 " times%s",
                       p->limit_used, line);
        blame_limit(run, CLOCHE_OUTCOME_LOOP_LIMIT, CL_LIMIT_LOOP_ITERATIONS, what);
        break;
    }
}

static void
decide_reported(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    note_hits(run);
    switch ((enum cl_job_end)r->report.end) {
    case CL_END_OK:
    case CL_END_EXIT:
        if (r->report.hints & CL_HINT_VALUE_TOO_LARGE) {
            blame_limit(run, CLOCHE_OUTCOME_RESULT_LIMIT, CL_LIMIT_RESULT,
                        "the value is too large to return");
            break;
        }
        r->outcome = CLOCHE_OUTCOME_OK;
        r->exit_status = r->report.end == CL_END_EXIT ? r->report.exit_status : 0;
        break;
    case CL_END_SYNTAX_ERROR:
        r->outcome = CLOCHE_OUTCOME_SYNTAX_ERROR;
        (void)snprintf(r->reason, sizeof r->reason, "%.120s: %.200s, line %" PRIu32,
                       r->report.error_type ? r->report.error_type : "",
                       r->report.error_message ? r->report.error_message : "",
                       r->report.error_line);
        break;
    case CL_END_DENIED: blame_denial(run, r->n_denials > 0 ? &r->denials[0] : NULL); break;
    case CL_END_LIMIT: decide_inner_limit(run); break;
    case CL_END_EXCEPTION:
    case CL_END_COUNT: decide_exception(run); break;
    }
}

/* It ended without a report: os._exit, a crash, or a kill by the kernel. */
static void
decide_exited(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    int status = run->cell->exit_status;
    uint64_t cpu_limit = r->effective->limit[CL_LIMIT_CPU];
    int sig = status != -1 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    r->cpu_user_ns = run->cell->exit_user_ns;
    r->cpu_system_ns = run->cell->exit_system_ns;
    r->cpu_ns = r->cpu_user_ns + r->cpu_system_ns;
    if (status == -1) {
        r->outcome = CLOCHE_OUTCOME_INFRA_ERROR;
        (void)snprintf(r->reason, sizeof r->reason,
                       "the interpreter that forked the cell ended");
    } else if (WIFEXITED(status)) {
        r->outcome = CLOCHE_OUTCOME_OK;
        r->exit_status = WEXITSTATUS(status);
    } else if (sig == SIGKILL && r->oom_kills > 0) {
        blame_size(run, CLOCHE_OUTCOME_MEMORY_LIMIT, CL_LIMIT_MEMORY, r->memory_peak_bytes,
                   "its processes together used too much memory");
    } else if (sig == SIGXCPU || (sig == SIGKILL && r->cpu_ns >= cpu_limit)) {
        blame_time(run, CLOCHE_OUTCOME_CPU_LIMIT, CL_LIMIT_CPU, r->cpu_ns,
                   "used CPU time of");
    } else if (sig == SIGSYS) {
        blame_denial(run, cl_denial_filter_kill(run));
    } else {
        r->outcome = CLOCHE_OUTCOME_CRASHED;
        r->signal = sig;
        (void)snprintf(r->reason, sizeof r->reason, "ended by signal %d (%s)", sig,
                       sigabbrev_np(sig) ? sigabbrev_np(sig) : "unknown");
    }
}

int
cl_verdict_has_exited(struct cloche_run *run)
{
    (void)pthread_mutex_lock(&run->engine->lock);
    int has = run->cell->has_exited;
    (void)pthread_mutex_unlock(&run->engine->lock);
    return has;
}

/* How CPU time divides: the sum is ours; the cell says in which proportion. */
static void
split_cpu(struct cloche_result *r)
{
    uint64_t told = r->report.user_ns + r->report.system_ns;
    if (!r->has_report || told == 0 || told < r->report.user_ns) {
        r->cpu_user_ns = r->cpu_ns;
        r->cpu_system_ns = 0;
        return;
    }
    r->cpu_user_ns = (uint64_t)((unsigned __int128)r->cpu_ns * r->report.user_ns / told);
    r->cpu_system_ns = r->cpu_ns - r->cpu_user_ns;
}

static void
let_go(struct cloche_run *run)
{
    struct cloche_engine *engine = run->engine;
    (void)pthread_mutex_lock(&engine->lock);
    int is_free = run->cell->has_exited; /* else its thread will hear of the end */
    cl_cell_release(run->cell);
    run->cell = NULL; /* under the lock: another thread may be cancelling */
    (void)pthread_mutex_unlock(&engine->lock);
    if (is_free) {
        cl_engine_wake(engine); /* to make another in its place */
    }
}

int
cl_verdict_conclude(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    if (run->stop == CL_STOP_NONE && !r->has_report && run->is_unread &&
        run->n_tries == 1 && cl_run_try_again(run) == 0) {
        return 0;
    }
    cl_watch_measure(run);
    if (run->stop != CL_STOP_NONE) {
        cl_watch_await_death(run);
        cl_run_drain(run);
    }
    cl_files_collect(run);
    if (r->has_oversized_files) {
        hit(run, CL_LIMIT_DISK);
        run->stop = run->stop == CL_STOP_NONE ? CL_STOP_DISK : run->stop;
    }
    split_cpu(r);
    if (run->stop != CL_STOP_NONE) {
        decide_stopped(run);
    } else if (r->has_report) {
        decide_reported(run);
    } else {
        decide_exited(run);
    }
    if (r->has_report) {
        cl_capture_set_order(&r->capture, r->report.order, r->report.n_order);
    }
    cl_utf8_make_one_line(r->reason); /* it may quote the code */
    cl_result_show_denials(r);
    cl_run_end_input(run);
    let_go(run);
    cl_run_set_done(run);
    return 1;
}

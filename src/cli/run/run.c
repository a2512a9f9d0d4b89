/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `cloche run`: one run, from words to exit status.
 *
 * The main thread is here and writes all output; the library's thread drives
 * the run and leaves output in run/live.h.  Signals reach the main thread
 * only (run/interrupt.h).
 *
 *     words -> policy, inputs, --out -> engine -> run -> poll {end, output,
 *     interrupt} -> result -> verdict or JSON, files -> exit status
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cloche/cloche.h>

#include "base/own.h"
#include "cli/args.h"
#include "cli/helpers.h"
#include "cli/output.h"
#include "cli/policy_file.h"
#include "cli/run/inputs.h"
#include "cli/run/interrupt.h"
#include "cli/run/live.h"
#include "cli/run/options.h"
#include "cli/run/save.h"
#include "cli/run/shadow.h"
#include "cli/run/sink.h"
#include "cli/run/verdict.h"

/* Everything that one command owns.  job_fini undoes it in reverse. */
struct job {
    struct cli_run_options options;
    struct cli_run_inputs inputs;
    struct cloche_policy *policy;
    int out_fd; /* of --out; -1 without */
    struct cli_live live;
    struct cloche_engine *engine;
    struct cloche_run *run;
    struct cli_shadow shadow; /* with --shadow */
    struct cli_sink sink;
    struct cl_buf taken; /* output between the queue and the sink */
};

static void
job_fini(struct job *job)
{
    /* The library's thread may be waiting in cli_live_put. */
    cli_live_close(&job->live);
    cloche_run_free(job->run);
    cli_shadow_fini(&job->shadow);
    cloche_engine_free(job->engine);
    cli_live_fini(&job->live);
    cl_buf_fini(&job->taken);
    cl_drop_fd(&job->out_fd);
    cloche_policy_unref(job->policy);
    cli_run_inputs_fini(&job->inputs);
    cli_run_options_fini(&job->options);
}

static void
tell_plan(const struct job *job)
{
    cl_autofree char *path = NULL;
    struct cli_failure ignored;
    const char *profile = job->options.profile;

    /* It was found a moment ago. */
    if (cli_policy_file_find(job->options.policy, &path, &ignored) == 0) {
        cli_say("policy: %s; profile: %s", cli_policy_file_name(path),
                profile != NULL ? profile : cloche_policy_default(job->policy));
    }
}

/* Everything that can be wrong before a process is started. */
static int
prepare(struct job *job, struct cli_failure *f)
{
    const struct cli_run_options *o = &job->options;
    if (cli_run_inputs_open(o, &job->inputs, f) != 0 ||
        cli_policy_file_load(o->policy, &job->policy, f) != 0) {
        return -1;
    }
    return o->out_dir == NULL ? 0 : cli_save_open(o->out_dir, &job->out_fd, f);
}

static unsigned
flags_of(const struct job *job)
{
    const int is_json = job->options.is_json;
    if (job->options.shadow != NULL) { /* all of both is compared */
        return job->inputs.stdin_fd >= 0 ? CLOCHE_RUN_STDIN_FD : 0;
    }
    return (job->inputs.stdin_fd >= 0 ? CLOCHE_RUN_STDIN_FD : 0) |
           (is_json ? 0
                    : CLOCHE_RUN_DISCARD_OUTPUT | CLOCHE_RUN_NO_VARIABLES |
                          CLOCHE_RUN_NO_MEMORY_PEAK) |
           (is_json || job->out_fd >= 0 ? 0 : CLOCHE_RUN_NO_FILES) |
           (job->inputs.is_signature_found ? CLOCHE_RUN_SIGNATURE_FOUND : 0);
}

/* An empty file is a signature too, and a wrong one. */
static const char *
signature_of(const struct cli_run_inputs *inputs)
{
    if (!inputs->has_signature) {
        return NULL;
    }
    return inputs->signature.data != NULL ? (const char *)inputs->signature.data : "";
}

static struct cloche_request
request_of(struct job *job)
{
    const struct cli_run_options *o = &job->options;
    const int is_stdin = o->file != NULL && strcmp(o->file, "-") == 0;
    return (struct cloche_request){
        .size = sizeof(struct cloche_request),
        .profile = o->profile,
        .code = job->inputs.code.len > 0 ? (const char *)job->inputs.code.data : "",
        .code_len = job->inputs.code.len,
        .filename = is_stdin ? "<stdin>" : o->file,
        .argv = o->args,
        .stdin_data = job->inputs.stdin_data.data,
        .stdin_len = job->inputs.stdin_data.len,
        .stdin_fd = job->inputs.stdin_fd,
        .files = job->inputs.files,
        .n_files = job->inputs.n_files,
        .limits = o->limits,
        .n_limits = o->n_limits,
        .flags = flags_of(job),
        .on_output = o->is_json ? NULL : cli_live_put,
        .ctx = &job->live,
        .signature = signature_of(&job->inputs),
        .signature_len = job->inputs.signature.len,
    };
}

static int
start(struct job *job, struct cli_failure *f)
{
    const struct cloche_engine_options engine = {
        .size = sizeof engine,
        .helper_dir = cli_helpers_dir(),
        .flags = CLOCHE_ENGINE_ONE_SHOT,
    };
    const struct cloche_request request = request_of(job);

    if (cli_interrupt_begin(f) != 0) {
        return -1;
    }
    cli_interrupt_hold(); /* from the library's thread, which is made here */
    const int failed = cloche_engine_new(&engine, job->policy, &job->engine, &f->error);
    cli_interrupt_release();
    return failed
               ? -1
               : cloche_run_start(job->engine, &request, &job->run, &f->where, &f->error);
}

/* Write what has come.  The run is cancelled when it cannot be written. */
static void
drain(struct job *job)
{
    enum cloche_stream stream;
    const unsigned char *data;
    size_t len;
    size_t at = 0;

    cl_buf_clear(&job->taken);
    cli_live_take(&job->live, &job->taken);
    while (cli_live_next(&job->taken, &at, &stream, &data, &len)) {
        cli_sink_write(&job->sink, stream, data, len);
    }
    if (job->taken.has_failed) {
        job->sink.out.sys = ENOMEM;
    }
    if (job->sink.out.sys != 0 || job->sink.err.sys != 0) {
        cli_live_close(&job->live);
        cli_sink_cancel(&job->sink);
    }
}

/* Until the run has ended and its output is written. */
static int
attend(struct job *job, const struct cloche_result **result, struct cli_failure *f)
{
    cli_sink_init(&job->sink, job->options.is_raw, job->run);
    int ended_fd = cloche_run_fd(job->run);
    if (ended_fd < 0) {
        return cl_fail_sys(&f->error, errno, "wait for the run");
    }
    for (;;) {
        const int wait_for_signal = !job->sink.is_cancelled; /* it stays readable */
        struct pollfd p[3] = {{.fd = ended_fd, .events = POLLIN},
                              {.fd = job->live.wake_fd, .events = POLLIN},
                              {.fd = cli_interrupt_fd(), .events = POLLIN}};
        if (poll(p, wait_for_signal ? 3 : 2, -1) < 0) {
            if (errno == EINTR) {
                continue;
            }
            return cl_fail_sys(&f->error, errno, "poll");
        }
        if (wait_for_signal && p[2].revents != 0) {
            cli_sink_cancel(&job->sink);
        }
        if (p[1].revents != 0) {
            drain(job);
        }
        if (p[0].revents != 0) {
            break;
        }
    }
    if (cloche_run_wait(job->run, -1, result, &f->error) != 0) {
        return -1;
    }
    drain(job); /* what came between the last look and the end */
    cli_sink_end(&job->sink);
    return 0;
}

static int
tell_json(const struct cloche_result *result, struct cli_failure *f)
{
    cl_autofree char *text = NULL;
    if (cloche_result_json(result, &text, &f->error) != 0) {
        return cli_failure_report(f, 1);
    }
    const int status = cli_print_string(text);
    return status != CLI_EXIT_OK ? status : cli_print_string("\n");
}

/* The second run, and what differs: on standard error, or in one object. */
static int
tell_shadow(struct job *job, const struct cloche_result *result, struct cli_failure *f)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT((size_t)1 << 30);
    const struct cloche_request request = request_of(job);
    const int is_json = job->options.is_json;

    job->shadow.profile = job->options.shadow;
    if (cli_shadow_run(&job->shadow, job->engine, &request, f) != 0) {
        return cli_failure_report(f, is_json);
    }
    if (!is_json) {
        cli_shadow_text(&job->shadow, result, &out);
        cli_sink_fresh_line(&job->sink);
        cli_tell(&out);
        return CLI_EXIT_OK;
    }
    return cli_shadow_json(&job->shadow, result, &out, f) != 0 ? cli_failure_report(f, 1)
                                                               : cli_print(&out);
}

/* What became of the output.  A reader that was given up after an interrupt
 * (ETIMEDOUT) is no failure: the verdict is `cancelled`. */
static int
output_status(const struct cli_sink *sink)
{
    if (sink->out.sys != 0 && sink->out.sys != ETIMEDOUT) {
        return cli_output_failed(sink->out.sys);
    }
    if (sink->err.sys != 0 && sink->err.sys != ETIMEDOUT) {
        return sink->err.sys == EPIPE ? CLI_EXIT_PIPE : CLI_EXIT_FAILED;
    }
    return CLI_EXIT_OK;
}

/* Tell how it ended; the exit status. */
static int
conclude(struct job *job, const struct cloche_result *result, struct cli_failure *f)
{
    const struct cli_run_options *o = &job->options;
    size_t unsaved = 0;
    int status = CLI_EXIT_OK;

    if (o->is_json) {
        status = o->shadow == NULL ? tell_json(result, f) : tell_shadow(job, result, f);
    } else {
        status = output_status(&job->sink);
    }
    if (!o->is_json && status == CLI_EXIT_OK) {
        cli_verdict_tell(result, o->is_verbose, &job->sink);
        status = o->shadow == NULL ? CLI_EXIT_OK : tell_shadow(job, result, f);
    }
    if (job->out_fd >= 0) {
        unsaved = cli_save_all(result, job->out_fd, o->out_dir, o->is_verbose);
    }
    if (status != CLI_EXIT_OK) {
        return status;
    }
    return unsaved > 0 ? CLI_EXIT_FAILED : cloche_result_cli_status(result);
}

static int
run_job(struct job *job, struct cli_args *args)
{
    const struct cloche_result *result = NULL;
    struct cli_failure failure = CLI_FAILURE_INIT;

    const int status = cli_run_options_parse(args, &job->options);
    if (status >= 0) {
        return status;
    }
    if (prepare(job, &failure) != 0) {
        return cli_failure_report(&failure, args->is_json);
    }
    if (job->options.is_verbose) {
        tell_plan(job);
    }
    if (start(job, &failure) != 0 || attend(job, &result, &failure) != 0) {
        return cli_failure_report(&failure, args->is_json);
    }
    return conclude(job, result, &failure);
}

int
cli_run_main(struct cli_args *args)
{
    struct job job = {
        .inputs.stdin_fd = -1, .out_fd = -1, .taken = CL_BUF_INIT(CLI_LIVE_MAX)};
    struct cli_failure failure = CLI_FAILURE_INIT;

    if (cli_live_init(&job.live, &failure) != 0) {
        return cli_failure_report(&failure, cli_args_want_json(args->argv, args->argc));
    }
    const int status = run_job(&job, args);
    job_fini(&job);
    return status;
}

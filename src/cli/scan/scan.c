/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `cloche scan`: texts in, findings out.  One engine, a cell for each text; what a
 * finding is and how grave is the library's to say.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cloche/cloche.h>

#include "base/own.h"
#include "cli/args.h"
#include "cli/helpers.h"
#include "cli/output.h"
#include "cli/policy_file.h"
#include "cli/run/inputs.h"
#include "cli/scan/text.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_SARIF };

struct options {
    const char *profile;
    const char *policy;
    enum format format;
    int is_format_given;
    enum cloche_severity fail_on;
    int is_rules;
    const char **files; /* room for all words */
    size_t n_files;
};

/* Everything that one command owns. */
struct job {
    struct options options;
    struct cloche_policy *policy;
    struct cloche_engine *engine;
    struct cloche_scan **scans;
    size_t n_scans;
    size_t count[CLOCHE_SEVERITY_ERROR + 1];
};

static void
job_fini(struct job *job)
{
    for (size_t i = 0; i < job->n_scans; i++) {
        cloche_scan_free(job->scans[i]);
    }
    free(job->scans);
    cloche_engine_free(job->engine);
    cloche_policy_unref(job->policy);
    free(job->options.files);
}

/* ---- words -------------------------------------------------------------- */

static int
take_format(struct options *o, const char *word, struct cli_failure *f)
{
    static const char *const names[] = {"text", "json", "sarif"};
    for (size_t i = 0; i < CL_COUNT(names); i++) {
        if (strcmp(word, names[i]) == 0) {
            o->format = (enum format)i;
            o->is_format_given = 1;
            return 0;
        }
    }
    return cli_fail(f, "--format", "text, json or sarif",
                    "--format '%s' is not text, json or sarif", word);
}

static int
take_severity(struct options *o, const char *word, struct cli_failure *f)
{
    for (int i = CLOCHE_SEVERITY_NOTE; i <= CLOCHE_SEVERITY_ERROR; i++) {
        if (strcmp(word, cloche_severity_name((enum cloche_severity)i)) == 0) {
            o->fail_on = (enum cloche_severity)i;
            return 0;
        }
    }
    return cli_fail(f, "--fail-on", "note, warning or error",
                    "--fail-on '%s' is not note, warning or error", word);
}

static int
take(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    struct options *o = ctx;
    switch (opt) {
    case CLI_OPT_OPERAND:
    case CLI_OPT_ARGUMENT: o->files[o->n_files++] = value; return 0;
    case CLI_OPT_PROFILE: o->profile = value; return 0;
    case CLI_OPT_POLICY: o->policy = value; return 0;
    case CLI_OPT_FORMAT: return take_format(o, value, f);
    case CLI_OPT_FAIL_ON: return take_severity(o, value, f);
    case CLI_OPT_RULES: o->is_rules = 1; return 0;
    default: return cli_args_unexpected(value, f);
    }
}

/* What can be told only when all words are known. */
static int
check(struct options *o, const struct cli_args *args, struct cli_failure *f)
{
    size_t n_stdin = 0;
    if (args->is_json && o->is_format_given && o->format != FORMAT_JSON) {
        return cli_fail(f, "--json", "--json or --format",
                        "--json and another --format are given");
    }
    o->format = args->is_json ? FORMAT_JSON : o->format;
    if (o->is_rules) {
        return o->n_files == 0 && o->format != FORMAT_SARIF
                   ? 0
                   : cli_fail(f, "--rules", "--rules alone, or with --json",
                              "--rules looks at no file, and is text or JSON");
    }
    if (o->n_files == 0 && isatty(STDIN_FILENO)) {
        return cli_fail(f, "FILE", "FILE or '-'",
                        "nothing to scan: name a FILE, or '-' for standard input");
    }
    if (o->n_files == 0) {
        o->files[o->n_files++] = "-";
    }
    for (size_t i = 0; i < o->n_files; i++) {
        n_stdin += strcmp(o->files[i], "-") == 0;
    }
    return n_stdin <= 1 ? 0
                        : cli_fail(f, "-", "'-' once",
                                   "standard input is named more than once, and can be "
                                   "read once only");
}

/* ---- work --------------------------------------------------------------- */

static int
read_text(const char *path, struct cl_buf *code, struct cli_failure *f)
{
    struct stat st;
    if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        return cli_fail(f, path, "files",
                        "'%s' is a directory; name its files, such as %s%s*.py", path, path,
                        path[strlen(path) - 1] == '/' ? "" : "/");
    }
    return cli_run_inputs_read(path, code, f);
}

static const char *
shown_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "<stdin>" : path;
}

static void
count(struct job *job, const struct cloche_scan *scan)
{
    const struct cloche_finding *f;
    for (size_t i = 0; (f = cloche_scan_finding(scan, i)) != NULL; i++) {
        job->count[f->rule->severity]++;
    }
}

/* One text.  An exit status; -1 when f says why not. */
static int
scan_one(struct job *job, const char *path, struct cli_failure *f)
{
    cl_autobuf struct cl_buf code = CL_BUF_INIT(CLI_CODE_MAX);
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    if (read_text(path, &code, f) != 0) {
        return -1;
    }
    const char *text = code.len > 0 ? (const char *)code.data : "";
    const struct cloche_scan_request request = {
        .size = sizeof request,
        .profile = job->options.profile,
        .code = text,
        .code_len = code.len,
        .filename = shown_name(path),
    };
    struct cloche_scan *scan = NULL;
    if (cloche_scan(job->engine, &request, &scan, &f->where, &f->error) != 0) {
        return -1;
    }
    job->scans[job->n_scans++] = scan;
    count(job, scan);
    if (job->options.format != FORMAT_TEXT) {
        return CLI_EXIT_OK;
    }
    cli_scan_text(scan, request.filename, text, code.len, cli_is_coloured(STDOUT_FILENO),
                  &out);
    return cli_print(&out);
}

static void
write_summary(const struct job *job, struct cl_buf *out)
{
    const char *between = "";
    for (int i = CLOCHE_SEVERITY_ERROR; i >= CLOCHE_SEVERITY_NOTE; i--) {
        size_t n = job->count[i];
        if (n > 0) {
            (void)cl_buf_printf(out, "%s%zu %s%s", between, n,
                                cloche_severity_name((enum cloche_severity)i),
                                n == 1 ? "" : "s");
            between = ", ";
        }
    }
    (void)cl_buf_printf(out, "%s in %zu file%s\n",
                        between[0] == '\0' ? "nothing found" : "", job->n_scans,
                        job->n_scans == 1 ? "" : "s");
}

static int
conclude(struct job *job, struct cli_failure *f)
{
    const struct cloche_scan *const *scans = (const struct cloche_scan *const *)job->scans;
    cl_autofree char *text = NULL;
    int status = CLI_EXIT_OK;
    if (job->options.format == FORMAT_TEXT) {
        cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
        write_summary(job, &out);
        status = cli_print(&out);
    } else {
        int failed = job->options.format == FORMAT_JSON
                         ? cloche_scan_json(scans, job->n_scans, &text, &f->error)
                         : cloche_scan_sarif(scans, job->n_scans, &text, &f->error);
        if (failed) {
            return cli_failure_report(f, 1);
        }
        status = cli_print_string(text);
        status = status == CLI_EXIT_OK ? cli_print_string("\n") : status;
    }
    for (int i = (int)job->options.fail_on;
         status == CLI_EXIT_OK && i <= CLOCHE_SEVERITY_ERROR; i++) {
        status = job->count[i] > 0 ? CLI_EXIT_NO : status;
    }
    return status;
}

static int
list_rules(const struct job *job, struct cli_failure *f)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    cl_autofree char *text = NULL;
    if (job->options.format == FORMAT_TEXT) {
        cli_scan_rules_text(&out);
        return cli_print(&out);
    }
    if (cloche_rules_json(&text, &f->error) != 0) {
        return cli_failure_report(f, 1);
    }
    int status = cli_print_string(text);
    return status == CLI_EXIT_OK ? cli_print_string("\n") : status;
}

static int
start(struct job *job, struct cli_failure *f)
{
    const struct cloche_engine_options engine = {
        .size = sizeof engine,
        .helper_dir = cli_helpers_dir(),
        .flags = CLOCHE_ENGINE_ONE_SHOT,
    };
    job->scans = calloc(job->options.n_files, sizeof(struct cloche_scan *));
    if (job->scans == NULL) {
        return cl_fail_nomem(&f->error);
    }
    return cli_policy_file_load(job->options.policy, &job->policy, f) == 0 &&
                   cloche_engine_new(&engine, job->policy, &job->engine, &f->error) == 0
               ? 0
               : -1;
}

static int
run_job(struct job *job, struct cli_args *args)
{
    struct cli_failure failure = CLI_FAILURE_INIT;
    int status = cli_args_parse(args, take, &job->options);
    if (status >= 0) {
        return status;
    }
    if (check(&job->options, args, &failure) != 0) {
        (void)snprintf(failure.see, sizeof failure.see, "cloche scan --help");
        return cli_failure_report(&failure, args->is_json);
    }
    const int as_json = job->options.format != FORMAT_TEXT;
    if (job->options.is_rules) {
        return list_rules(job, &failure);
    }
    if (start(job, &failure) != 0) {
        return cli_failure_report(&failure, as_json);
    }
    for (size_t i = 0; i < job->options.n_files; i++) {
        status = scan_one(job, job->options.files[i], &failure);
        if (status != CLI_EXIT_OK) {
            return status < 0 ? cli_failure_report(&failure, as_json) : status;
        }
    }
    return conclude(job, &failure);
}

int
cli_scan_main(struct cli_args *args)
{
    struct cli_failure failure = CLI_FAILURE_INIT;
    struct job job = {.options.fail_on = CLOCHE_SEVERITY_ERROR};
    job.options.files = calloc((size_t)args->argc + 1, sizeof *job.options.files);
    if (job.options.files == NULL) {
        (void)cl_fail_nomem(&failure.error);
        return cli_failure_report(&failure, cli_args_want_json(args->argv, args->argc));
    }
    const int status = run_job(&job, args);
    job_fini(&job);
    return status;
}

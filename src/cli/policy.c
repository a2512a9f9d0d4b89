/* SPDX-License-Identifier: Apache-2.0 */
/* `cloche policy check|explain|diff|schema`.  Owns nothing between calls;
 * what a policy means is the library's to say. */
#include <stdio.h>
#include <string.h>

#include <cloche/cloche.h>

#include "base/own.h"
#include "cli/args.h"
#include "cli/json.h"
#include "cli/output.h"
#include "cli/policy_file.h"

static void
unref_policy(struct cloche_policy **policy)
{
    cloche_policy_unref(*policy);
}

#define AUTO_POLICY __attribute__((cleanup(unref_policy)))

/* The options and operands of all of them: at most two operands, but for
 * `check`, which has as many as there are words. */
struct policy_args {
    const char *policy;
    const char **operand;
    size_t n_operands;
    size_t max_operands;
};

static int
take(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    struct policy_args *p = ctx;
    if (opt == CLI_OPT_POLICY) {
        p->policy = value;
        return 0;
    }
    if (p->n_operands == p->max_operands) {
        return cli_args_unexpected(value, f);
    }
    p->operand[p->n_operands++] = value;
    return 0;
}

/* Print text, which the library made, and a newline if it has none. */
static int
print_text(const char *text)
{
    const size_t len = strlen(text);
    const int status = cli_print_string(text);
    if (status != CLI_EXIT_OK || len == 0 || text[len - 1] == '\n') {
        return status;
    }
    return cli_print_string("\n");
}

/* How many profiles a file brings: those that are not built in, and those
 * that it makes different from the built-in ones. */
static size_t
count_own(const struct cloche_policy *policy, const struct cloche_policy *built_in)
{
    size_t n = 0;
    const char *name;
    for (size_t i = 0; (name = cloche_policy_profile(policy, i)) != NULL; i++) {
        cl_autofree char *diff = NULL;
        const int failed = cloche_policy_diff(built_in, name, policy, name,
                                              CLOCHE_EXPLAIN_TEXT, &diff, NULL);
        n += failed != 0 || diff[0] != '\0' ? 1 : 0; /* failed: it is not built in */
    }
    return n;
}

/* One file's row.  Returns 1 when it is valid, 0 when not, -1 when the
 * failure is not the file's. */
static int
check_one(const char *path, const struct cloche_policy *built_in, int as_json,
          struct cl_buf *out, struct cli_failure *f)
{
    AUTO_POLICY struct cloche_policy *policy = NULL;
    *f = CLI_FAILURE_INIT;
    const int failed = cloche_policy_load(path, &policy, &f->where, &f->error);
    const size_t n = failed ? 0 : path == NULL ? 0 : count_own(policy, built_in);

    if (failed && f->error.code != CLOCHE_EINPUT) {
        return -1;
    }
    if (as_json) {
        (void)cl_buf_add_str(out, "{\"file\": ");
        cli_json_string(out, path);
        (void)cl_buf_printf(out, ", \"ok\": %s, \"profiles\": %zu, \"error\": ",
                            failed ? "false" : "true", n);
        if (failed) {
            cli_failure_json(f, out);
        } else {
            (void)cl_buf_add_str(out, "null");
        }
        (void)cl_buf_u8(out, '}');
    } else if (failed) {
        cli_failure_text(f, out);
        (void)cl_buf_u8(out, '\n');
    } else {
        (void)cl_buf_printf(out, "%s: ok", cli_policy_file_name(path));
        if (path != NULL) {
            (void)cl_buf_printf(out, " (%zu profile%s)", n, n == 1 ? "" : "s");
        }
        (void)cl_buf_u8(out, '\n');
    }
    return !failed;
}

static int
check_all(const char *const *paths, size_t n, int as_json)
{
    AUTO_POLICY struct cloche_policy *built_in = NULL;
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    struct cli_failure failure = CLI_FAILURE_INIT;
    int all_valid = 1;

    if (cloche_policy_load(NULL, &built_in, &failure.where, &failure.error) != 0) {
        return cli_failure_report(&failure, as_json);
    }
    (void)cl_buf_add_str(&out, as_json ? "{\"files\": [" : "");
    for (size_t i = 0; i < n; i++) {
        (void)cl_buf_add_str(&out, as_json && i > 0 ? ", " : "");
        const int is_valid = check_one(paths[i], built_in, as_json, &out, &failure);
        if (is_valid < 0) {
            return cli_failure_report(&failure, as_json);
        }
        all_valid = all_valid && is_valid;
    }
    (void)cl_buf_add_str(&out, as_json ? "]}\n" : "");
    const int status = cli_print(&out);
    return status != CLI_EXIT_OK ? status : all_valid ? CLI_EXIT_OK : CLI_EXIT_NO;
}

int
cli_policy_check_main(struct cli_args *args)
{
    const size_t max = (size_t)args->argc + 1; /* one for the file that is found */
    cl_autofree const char **paths = calloc(max, sizeof *paths);
    cl_autofree char *found = NULL;
    struct cli_failure failure = CLI_FAILURE_INIT;

    if (paths == NULL) {
        (void)cl_fail_nomem(&failure.error);
        return cli_failure_report(&failure, 0);
    }
    struct policy_args p = {.operand = paths, .max_operands = max};
    const int status = cli_args_parse(args, take, &p);
    if (status >= 0) {
        return status;
    }
    if (p.n_operands == 0) {
        if (cli_policy_file_find(NULL, &found, &failure) != 0) {
            return cli_failure_report(&failure, args->is_json);
        }
        paths[p.n_operands++] = found;
    }
    return check_all(paths, p.n_operands, args->is_json);
}

int
cli_policy_explain_main(struct cli_args *args)
{
    AUTO_POLICY struct cloche_policy *policy = NULL;
    struct cli_failure failure = CLI_FAILURE_INIT;
    cl_autofree char *text = NULL;
    const char *profile = NULL;
    struct policy_args p = {.operand = &profile, .max_operands = 1};

    const int status = cli_args_parse(args, take, &p);
    if (status >= 0) {
        return status;
    }
    if (cli_policy_file_load(p.policy, &policy, &failure) != 0 ||
        cloche_policy_explain(policy,
                              profile != NULL ? profile : cloche_policy_default(policy),
                              args->is_json ? CLOCHE_EXPLAIN_JSON : CLOCHE_EXPLAIN_TEXT,
                              &text, &failure.error) != 0) {
        return cli_failure_report(&failure, args->is_json);
    }
    return print_text(text);
}

/* One side of a diff: "[FILE:]PROFILE".  *profile is lent from spec. */
static int
load_side(const char *spec, const char *policy_path, struct cloche_policy **policy,
          const char **profile, struct cli_failure *f)
{
    const char *colon = strrchr(spec, ':');
    if (colon == NULL) {
        *profile = spec;
        return cli_policy_file_load(policy_path, policy, f);
    }
    cl_autofree char *path = strndup(spec, (size_t)(colon - spec));
    if (path == NULL) {
        return cl_fail_nomem(&f->error);
    }
    *profile = colon + 1;
    if (path[0] == '\0' || colon[1] == '\0') {
        return cli_fail(f, spec, "[FILE:]PROFILE", "'%s' has no %s", spec,
                        path[0] == '\0' ? "file before the colon" : "profile after it");
    }
    return cloche_policy_load(path, policy, &f->where, &f->error);
}

/* The library's text or array, as what `diff` prints. */
static int
print_diff(const char *text, int as_json)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    const int is_same = strcmp(text, as_json ? "[]" : "") == 0;

    if (!as_json) {
        const int status = print_text(text);
        return status != CLI_EXIT_OK ? status : is_same ? CLI_EXIT_OK : CLI_EXIT_NO;
    }
    (void)cl_buf_printf(&out,
                        "{\"same\": %s, \"differences\": ", is_same ? "true" : "false");
    (void)cl_buf_add_str(&out, text);
    (void)cl_buf_add_str(&out, "}\n");
    const int status = cli_print(&out);
    return status != CLI_EXIT_OK ? status : is_same ? CLI_EXIT_OK : CLI_EXIT_NO;
}

int
cli_policy_diff_main(struct cli_args *args)
{
    AUTO_POLICY struct cloche_policy *a = NULL;
    AUTO_POLICY struct cloche_policy *b = NULL;
    struct cli_failure failure = CLI_FAILURE_INIT;
    cl_autofree char *text = NULL;
    const char *side[2] = {NULL, NULL};
    struct policy_args p = {.operand = side, .max_operands = CL_COUNT(side)};

    const int status = cli_args_parse(args, take, &p);
    if (status >= 0) {
        return status;
    }
    if (p.n_operands < CL_COUNT(side)) {
        (void)cli_fail(&failure, "PROFILE", "two profiles",
                       "two profiles are needed, such as 'isolated judge'");
        return cli_failure_report(&failure, args->is_json);
    }
    if (load_side(side[0], p.policy, &a, &side[0], &failure) != 0 ||
        load_side(side[1], p.policy, &b, &side[1], &failure) != 0 ||
        cloche_policy_diff(a, side[0], b, side[1],
                           args->is_json ? CLOCHE_EXPLAIN_JSON : CLOCHE_EXPLAIN_TEXT, &text,
                           &failure.error) != 0) {
        return cli_failure_report(&failure, args->is_json);
    }
    return print_diff(text, args->is_json);
}

int
cli_policy_schema_main(struct cli_args *args)
{
    const int status = cli_args_parse(args, cli_args_none, NULL);
    return status >= 0 ? status : print_text(cloche_policy_schema());
}

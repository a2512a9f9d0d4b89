/* SPDX-License-Identifier: Apache-2.0 */
/* `cloche doctor`: shows what cloche_host_probe found; probes nothing itself. */
#include <string.h>
#include <unistd.h>

#include <cloche/cloche.h>

#include "base/own.h"
#include "cli/args.h"
#include "cli/helpers.h"
#include "cli/json.h"
#include "cli/output.h"
#include "cli/policy_file.h"
#include "cli/visible.h"

static void
free_host(struct cloche_host **host)
{
    cloche_host_free(*host);
}

static void
unref_policy(struct cloche_policy **policy)
{
    cloche_policy_unref(*policy);
}

static int
take(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    const char **policy = ctx;
    if (opt != CLI_OPT_POLICY) {
        return cli_args_unexpected(value, f);
    }
    *policy = value;
    return 0;
}

/* How a row's state is shown. */
struct state {
    const char *word;   /* for people */
    const char *colour; /* a terminal's */
    const char *json;
};

static const struct state *
state_of(const struct cloche_facility *row)
{
    static const struct state available = {"available", "32", "true"};
    static const struct state missing = {"missing", "31", "false"};
    static const struct state unknown = {"not tried", "33", "null"};
    return row->available > 0 ? &available : row->available == 0 ? &missing : &unknown;
}

static void
write_json(const struct cloche_host *host, const struct cloche_policy *policy,
           struct cl_buf *out)
{
    (void)cl_buf_printf(out, "{\"can_run\": %s, \"profile\": ",
                        cloche_host_can_run(host) ? "true" : "false");
    cli_json_string(out, cloche_policy_default(policy));
    (void)cl_buf_add_str(out, ", \"rows\": [");
    for (size_t i = 0; i < cloche_host_count(host); i++) {
        const struct cloche_facility *row = cloche_host_facility(host, i);
        (void)cl_buf_add_str(out, i > 0 ? ", {\"facility\": " : "{\"facility\": ");
        cli_json_string(out, row->name);
        (void)cl_buf_printf(out, ", \"available\": %s, \"detail\": ", state_of(row)->json);
        cli_json_string_or_null(out, row->detail);
        (void)cl_buf_add_str(out, ", \"needed_by\": ");
        cli_json_string_or_null(out, row->needed_by);
        (void)cl_buf_add_str(out, ", \"remedy\": ");
        cli_json_string_or_null(out, row->remedy);
        (void)cl_buf_u8(out, '}');
    }
    (void)cl_buf_add_str(out, "]}\n");
}

/* What is missing gets two lines more: who needs it, and what to do. */
static void
write_row(const struct cloche_facility *row, int width, int is_coloured, struct cl_buf *out)
{
    const struct state *state = state_of(row);

    if (is_coloured) {
        (void)cl_buf_printf(out, "\033[%sm%-9s\033[0m", state->colour, state->word);
    } else {
        (void)cl_buf_printf(out, "%-9s", state->word);
    }
    (void)cl_buf_printf(out, "  %-*s", row->detail[0] != '\0' ? width : 0, row->name);
    if (row->detail[0] != '\0') {
        (void)cl_buf_add_str(out, "  ");
        cli_visible_line(row->detail, out); /* it may quote the host's files */
    }
    (void)cl_buf_u8(out, '\n');
    if (row->available <= 0) {
        (void)cl_buf_printf(out, "%11sneeded by: %s\n", "", row->needed_by);
        if (row->remedy[0] != '\0') {
            (void)cl_buf_printf(out, "%11sto do: ", "");
            cli_visible_line(row->remedy, out);
            (void)cl_buf_u8(out, '\n');
        }
    }
}

static void
write_table(const struct cloche_host *host, const struct cloche_policy *policy,
            struct cl_buf *out)
{
    const int is_coloured = cli_is_coloured(STDOUT_FILENO);
    const size_t n = cloche_host_count(host);
    size_t width = 0;

    for (size_t i = 0; i < n; i++) {
        const size_t len = strlen(cloche_host_facility(host, i)->name);
        width = len > width ? len : width;
    }
    for (size_t i = 0; i < n; i++) {
        write_row(cloche_host_facility(host, i), (int)width, is_coloured, out);
    }
    (void)cl_buf_printf(out, "\nThe default profile, '%s', %s here.\n",
                        cloche_policy_default(policy),
                        cloche_host_can_run(host) ? "can run" : "cannot run");
}

int
cli_doctor_main(struct cli_args *args)
{
    __attribute__((cleanup(unref_policy))) struct cloche_policy *policy = NULL;
    __attribute__((cleanup(free_host))) struct cloche_host *host = NULL;
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    struct cli_failure failure = CLI_FAILURE_INIT;
    const char *policy_path = NULL;
    const struct cloche_engine_options engine = {.size = sizeof engine,
                                                 .helper_dir = cli_helpers_dir()};

    const int status = cli_args_parse(args, take, &policy_path);
    if (status >= 0) {
        return status;
    }
    if (cli_policy_file_load(policy_path, &policy, &failure) != 0 ||
        cloche_host_probe(&engine, policy, &host, &failure.error) != 0) {
        return cli_failure_report(&failure, args->is_json);
    }
    if (args->is_json) {
        write_json(host, policy, &out);
    } else {
        write_table(host, policy, &out);
    }
    const int printed = cli_print(&out);
    return printed != CLI_EXIT_OK      ? printed
           : cloche_host_can_run(host) ? CLI_EXIT_OK
                                       : CLI_EXIT_NO;
}

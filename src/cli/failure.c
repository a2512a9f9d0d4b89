/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the table of exit statuses of failed commands (cloche-run(1) has the
 * same).  A run that ended has its status from cloche_result_cli_status. */
#include "cli/failure.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/own.h"
#include "cli/json.h"
#include "cli/output.h"
#include "cli/visible.h"

static const struct {
    enum cloche_code code;
    int status;
} statuses[] = {
    {CLOCHE_EINPUT, CLI_EXIT_USAGE},   /* correct what you passed */
    {CLOCHE_ELIMIT, CLI_EXIT_USAGE},   /* you asked for more than the profile has */
    {CLOCHE_EDENIED, CLI_EXIT_FAILED}, /* the profile needs what this build lacks */
    {CLOCHE_EHOST, CLI_EXIT_FAILED},     {CLOCHE_ESYS, CLI_EXIT_FAILED},
    {CLOCHE_EINTERNAL, CLI_EXIT_FAILED},
};

int
cli_failure_status(enum cloche_code code)
{
    for (size_t i = 0; i < CL_COUNT(statuses); i++) {
        if (statuses[i].code == code) {
            return statuses[i].status;
        }
    }
    return CLI_EXIT_FAILED;
}

int
cli_fail(struct cli_failure *f, const char *key, const char *expected, const char *fmt, ...)
{
    va_list ap;
    *f = CLI_FAILURE_INIT;
    f->error.code = CLOCHE_EINPUT;
    va_start(ap, fmt);
    (void)vsnprintf(f->error.msg, sizeof f->error.msg, fmt, ap); /* may be cut */
    va_end(ap);
    (void)snprintf(f->where.key, sizeof f->where.key, "%s", key != NULL ? key : "");
    (void)snprintf(f->where.expected, sizeof f->where.expected, "%s",
                   expected != NULL ? expected : "");
    return -1;
}

int
cli_fail_file(struct cli_failure *f, int sys, const char *doing, const char *path)
{
    *f = CLI_FAILURE_INIT;
    (void)snprintf(f->where.file, sizeof f->where.file, "%s", path);
    return cl_fail_sys_as(&f->error, CLOCHE_EINPUT, sys, "cannot %s '%s'", doing, path);
}

void
cli_failure_json(const struct cli_failure *f, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, "{\"code\": ");
    cli_json_string(out, cloche_code_name(f->error.code));
    (void)cl_buf_add_str(out, ", \"message\": ");
    cli_json_string(out, f->error.msg);
    (void)cl_buf_add_str(out, ", \"file\": ");
    cli_json_string_or_null(out, f->where.file);
    (void)cl_buf_add_str(out, ", \"line\": ");
    cli_json_place(out, f->where.line);
    (void)cl_buf_add_str(out, ", \"column\": ");
    cli_json_place(out, f->where.column);
    (void)cl_buf_add_str(out, ", \"key\": ");
    cli_json_string_or_null(out, f->where.key);
    (void)cl_buf_add_str(out, ", \"expected\": ");
    cli_json_string_or_null(out, f->where.expected);
    (void)cl_buf_u8(out, '}');
}

/* The message has the place and what was expected; where is for programs. */
void
cli_failure_text(const struct cli_failure *f, struct cl_buf *out)
{
    cli_visible_line(f->error.msg, out);
}

int
cli_failure_report(const struct cli_failure *f, int as_json)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    const int status = cli_failure_status(f->error.code);

    if (as_json) {
        (void)cl_buf_add_str(&out, "{\"error\": ");
        cli_failure_json(f, &out);
        (void)cl_buf_add_str(&out, "}\n");
        const int printed = cli_print(&out);
        return printed == CLI_EXIT_OK ? status : printed;
    }
    (void)cl_buf_add_str(&out, "cloche: ");
    cli_failure_text(f, &out);
    (void)cl_buf_u8(&out, '\n');
    if (f->see[0] != '\0') {
        (void)cl_buf_printf(&out, "Try '%s'.\n", f->see);
    }
    cli_tell(&out);
    return status;
}

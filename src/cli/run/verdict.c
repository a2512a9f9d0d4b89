/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the words of a verdict.  The code had a hand in most of what is quoted
 * here, so all but the traceback is made one visible line. */
#include "cli/run/verdict.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cli/output.h"

/* A hostile program can be refused without end; who wants all asks for --json. */
enum { DENIALS_SHOWN = 20 };

static void
tell_traceback(const struct cloche_result *result, struct cli_sink *sink)
{
    const char *text = cloche_result_traceback(result);
    if (text[0] == '\0') {
        return;
    }
    cli_sink_fresh_line(sink);
    cli_sink_write(sink, CLOCHE_STDERR, text, strlen(text));
    cli_sink_end(sink);
}

/* What to write in the policy; for what was refused, also that nothing helps. */
static void
write_hint(const char *hint, int was_refused, struct cl_buf *out)
{
    if (hint[0] != '\0') {
        (void)cl_buf_add_str(out, "; hint: ");
        cli_visible_line(hint, out);
    } else if (was_refused) {
        (void)cl_buf_add_str(out, "; no policy allows it");
    }
}

static void
write_denial(const struct cloche_denial *d, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, "cloche: refused: ");
    cli_visible_line(d->what, out);
    (void)cl_buf_add_str(out, " (");
    cli_visible_line(d->layer, out);
    if (d->rule[0] != '\0') {
        (void)cl_buf_add_str(out, ", ");
        cli_visible_line(d->rule, out);
    }
    if (d->line > 0) {
        (void)cl_buf_printf(out, ", line %u", d->line);
    }
    if (d->count > 1) {
        (void)cl_buf_printf(out, ", %" PRIu64 " times", d->count);
    }
    (void)cl_buf_u8(out, ')');
    write_hint(d->hint, 1, out);
    (void)cl_buf_u8(out, '\n');
}

static void
write_denials(const struct cloche_result *result, struct cl_buf *out)
{
    const struct cloche_denial *d;
    size_t n = 0;
    for (; (d = cloche_result_denial(result, n)) != NULL; n++) {
        if (n < DENIALS_SHOWN) {
            write_denial(d, out);
        }
    }
    if (n > DENIALS_SHOWN) {
        (void)cl_buf_printf(out, "cloche: refused: %zu more; --json has all\n",
                            n - DENIALS_SHOWN);
    }
}

static void
write_verdict(const struct cloche_result *result, int is_coloured, struct cl_buf *out)
{
    const char *reason = cloche_result_reason(result);
    const enum cloche_outcome outcome = cloche_result_outcome(result);

    (void)cl_buf_printf(out, "cloche: %s%s%s", is_coloured ? "\033[1;31m" : "",
                        cloche_outcome_name(outcome), is_coloured ? "\033[0m" : "");
    if (reason[0] != '\0') {
        (void)cl_buf_add_str(out, ": ");
        cli_visible_line(reason, out);
    }
    write_hint(cloche_result_hint(result), outcome == CLOCHE_OUTCOME_DENIED, out);
    (void)cl_buf_u8(out, '\n');
}

static void
write_signature(const struct cloche_result *result, int is_verbose, struct cl_buf *out)
{
    const char *problem = cloche_result_signature_problem(result);
    const char *key = cloche_result_signature_key(result);
    const char *comment = cloche_result_signature_comment(result);
    struct cli_visible visible = {.n_pending = 0};
    if (problem[0] != '\0') {
        (void)cl_buf_add_str(out, "cloche: its signature does not count: ");
        cli_visible_line(problem, out);
        (void)cl_buf_u8(out, '\n');
    }
    if (is_verbose && key[0] != '\0') {
        (void)cl_buf_printf(out, "cloche: signed by key %s: ", key);
        /* Feed, and not line: a tab is part of minisign's usual comment. */
        cli_visible_feed(&visible, comment, strlen(comment), out);
        cli_visible_end(&visible, out);
        (void)cl_buf_u8(out, '\n');
    }
}

void
cli_verdict_tell(const struct cloche_result *result, int is_verbose, struct cli_sink *sink)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    const enum cloche_outcome outcome = cloche_result_outcome(result);

    tell_traceback(result, sink);
    write_signature(result, is_verbose, &out);
    if (is_verbose || outcome == CLOCHE_OUTCOME_DENIED) {
        write_denials(result, &out);
    }
    if (outcome != CLOCHE_OUTCOME_OK) {
        write_verdict(result, cli_is_coloured(STDERR_FILENO), &out);
    }
    if (out.len > 0) {
        cli_sink_fresh_line(sink);
        cli_tell(&out);
    }
}

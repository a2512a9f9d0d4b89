/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the comparison of two results.  The code had a hand in what is quoted here. */
#include "cli/run/shadow.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "cli/json.h"
#include "cli/visible.h"

/* Lines of output that are quoted of each side, and how long each may be. */
enum { LINES_SHOWN = 10, LINE_SHOWN = 200 };

int
cli_shadow_run(struct cli_shadow *shadow, struct cloche_engine *engine,
               const struct cloche_request *request, struct cli_failure *f)
{
    struct cloche_request again = *request;
    again.profile = shadow->profile;
    again.flags = (again.flags & ~CLOCHE_RUN_DISCARD_OUTPUT) | CLOCHE_RUN_NO_FILES;
    again.on_output = NULL;
    return cloche_run_start(engine, &again, &shadow->run, &f->where, &f->error) == 0 &&
                   cloche_run_wait(shadow->run, -1, &shadow->result, &f->error) == 0
               ? 0
               : -1;
}

void
cli_shadow_fini(struct cli_shadow *shadow)
{
    cloche_run_free(shadow->run);
    shadow->run = NULL;
}

/* ---- what is compared --------------------------------------------------- */

static void
show_outcome(const struct cloche_result *r, struct cl_buf *out)
{
    const char *reason = cloche_result_reason(r);
    const char *hint = cloche_result_hint(r);
    (void)cl_buf_printf(out, "%s", cloche_outcome_name(cloche_result_outcome(r)));
    if (reason[0] != '\0') {
        (void)cl_buf_printf(out, ": %s", reason);
    }
    if (hint[0] != '\0') {
        (void)cl_buf_printf(out, "; hint: %s", hint);
    }
}

static void
show_status(const struct cloche_result *r, struct cl_buf *out)
{
    (void)cl_buf_printf(out, "%d", cloche_result_cli_status(r));
}

static void
show_value(const struct cloche_result *r, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, cloche_result_value_repr(r));
}

static void
show_stdout(const struct cloche_result *r, struct cl_buf *out)
{
    size_t len = 0;
    const void *data = cloche_result_output(r, CLOCHE_STDOUT, &len);
    (void)cl_buf_add(out, data, len);
}

static void
show_stderr(const struct cloche_result *r, struct cl_buf *out)
{
    size_t len = 0;
    const void *data = cloche_result_output(r, CLOCHE_STDERR, &len);
    (void)cl_buf_add(out, data, len);
}

static void
show_denials(const struct cloche_result *r, struct cl_buf *out)
{
    const struct cloche_denial *d;
    for (size_t i = 0; (d = cloche_result_denial(r, i)) != NULL; i++) {
        (void)cl_buf_printf(out, "%s (%s%s%s", d->what, d->layer,
                            d->rule[0] == '\0' ? "" : ", ", d->rule);
        if (d->line > 0) {
            (void)cl_buf_printf(out, ", line %u", d->line);
        }
        (void)cl_buf_printf(out, ")%s%s\n", d->hint[0] == '\0' ? "" : "; hint: ", d->hint);
    }
}

static const struct {
    const char *name;
    int is_text; /* compared line by line */
    void (*show)(const struct cloche_result *r, struct cl_buf *out);
} parts[] = {
    {"outcome", 0, show_outcome}, {"exit status", 0, show_status},
    {"value", 0, show_value},     {"stdout", 1, show_stdout},
    {"stderr", 1, show_stderr},   {"denials", 1, show_denials},
};

static int
is_same(const struct cl_buf *a, const struct cl_buf *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static const char *
text_of(const struct cl_buf *b)
{
    return b->len == 0 ? "" : (const char *)b->data;
}

/* ---- for people --------------------------------------------------------- */

static void
write_line(char sign, const char *line, size_t len, struct cl_buf *out)
{
    char cut[LINE_SHOWN + 1];
    size_t n = len < LINE_SHOWN ? len : LINE_SHOWN;
    memcpy(cut, line, n);
    cut[n] = '\0';
    for (size_t i = 0; i < n; i++) {
        cut[i] = cut[i] == '\0' ? ' ' : cut[i];
    }
    (void)cl_buf_printf(out, "  %c ", sign);
    cli_visible_line(cut, out);
    (void)cl_buf_add_str(out, n < len ? "...\n" : "\n");
}

/* The lines from `from` to `to`, the first of them. */
static void
write_lines(char sign, const char *text, size_t from, size_t to, struct cl_buf *out)
{
    size_t shown = 0;
    size_t left = 0;
    while (from < to) {
        const char *newline = memchr(text + from, '\n', to - from);
        size_t end = newline == NULL ? to : (size_t)(newline - text);
        if (shown < LINES_SHOWN) {
            write_line(sign, text + from, end - from, out);
            shown++;
        } else {
            left++;
        }
        from = end + 1;
    }
    if (left > 0) {
        (void)cl_buf_printf(out, "  %c ... and %zu lines more\n", sign, left);
    }
}

/* What two texts have in common at their front and back is left out, by whole lines. */
static void
write_diff(const struct cl_buf *a, const struct cl_buf *b, struct cl_buf *out)
{
    const char *x = text_of(a);
    const char *y = text_of(b);
    size_t least = a->len < b->len ? a->len : b->len;
    size_t front = 0;
    size_t back = 0;
    size_t line = 1;
    size_t begin = 0;
    while (front < least && x[front] == y[front]) {
        front++;
        if (x[front - 1] == '\n') {
            begin = front;
            line++;
        }
    }
    while (back < least - begin && x[a->len - 1 - back] == y[b->len - 1 - back]) {
        back++;
    }
    while (back > 0 && x[a->len - back] != '\n') {
        back--; /* to the end of a line */
    }
    (void)cl_buf_printf(out, " from line %zu:\n", line);
    write_lines('-', x, begin, a->len - (back > 0 ? back - 1 : 0), out);
    write_lines('+', y, begin, b->len - (back > 0 ? back - 1 : 0), out);
}

void
cli_shadow_text(const struct cli_shadow *shadow, const struct cloche_result *first,
                struct cl_buf *out)
{
    int n = 0;
    for (size_t i = 0; i < CL_COUNT(parts); i++) {
        cl_autobuf struct cl_buf a = CL_BUF_INIT((size_t)1 << 30);
        cl_autobuf struct cl_buf b = CL_BUF_INIT((size_t)1 << 30);
        parts[i].show(first, &a);
        parts[i].show(shadow->result, &b);
        if (is_same(&a, &b)) {
            continue;
        }
        n++;
        (void)cl_buf_add_str(out, "cloche: shadow: under ");
        cli_visible_line(shadow->profile, out);
        (void)cl_buf_printf(out, " the %s would differ%s", parts[i].name,
                            parts[i].is_text ? "" : ":\n");
        if (parts[i].is_text) {
            write_diff(&a, &b, out);
        } else {
            write_line('-', text_of(&a), a.len, out);
            write_line('+', text_of(&b), b.len, out);
        }
    }
    if (n == 0) {
        (void)cl_buf_add_str(out, "cloche: shadow: under ");
        cli_visible_line(shadow->profile, out);
        (void)cl_buf_add_str(out, " nothing would differ\n");
    }
}

/* ---- for programs ------------------------------------------------------- */

static void
write_differences(const struct cli_shadow *shadow, const struct cloche_result *first,
                  struct cl_buf *out)
{
    const char *between = "";
    for (size_t i = 0; i < CL_COUNT(parts); i++) {
        cl_autobuf struct cl_buf a = CL_BUF_INIT((size_t)1 << 30);
        cl_autobuf struct cl_buf b = CL_BUF_INIT((size_t)1 << 30);
        parts[i].show(first, &a);
        parts[i].show(shadow->result, &b);
        if (!is_same(&a, &b)) {
            (void)cl_buf_printf(out, "%s\"%s\"", between, parts[i].name);
            between = ", ";
        }
    }
}

int
cli_shadow_json(const struct cli_shadow *shadow, const struct cloche_result *first,
                struct cl_buf *out, struct cli_failure *f)
{
    cl_autofree char *one = NULL;
    cl_autofree char *other = NULL;
    if (cloche_result_json(first, &one, &f->error) != 0 ||
        cloche_result_json(shadow->result, &other, &f->error) != 0) {
        return -1;
    }
    (void)cl_buf_add_str(out, "{\"result\": "); /* sticky, as all of these */
    (void)cl_buf_add_str(out, one);
    (void)cl_buf_add_str(out, ", \"shadow\": ");
    (void)cl_buf_add_str(out, other);
    (void)cl_buf_add_str(out, ", \"profile\": ");
    cli_json_string(out, shadow->profile);
    (void)cl_buf_add_str(out, ", \"differences\": [");
    write_differences(shadow, first, out);
    (void)cl_buf_add_str(out, "]}\n");
    return out->has_failed ? cl_fail_nomem(&f->error) : 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns how findings look.  The code had a hand in all that is quoted here: whatever a
 * terminal would take for more than text is spelt out. */
#include "cli/scan/text.h"

#include <string.h>

#include "base/own.h"
#include "cli/visible.h"

/* Columns of a line that are shown; before and around what is marked. */
enum { WIDTH = 110, BEFORE = 30, TAB = 8 };

static const struct {
    enum cloche_severity severity;
    const char *colour; /* a terminal's */
} colours[] = {
    {CLOCHE_SEVERITY_NOTE, "\033[1;36m"},
    {CLOCHE_SEVERITY_WARNING, "\033[1;33m"},
    {CLOCHE_SEVERITY_ERROR, "\033[1;31m"},
};

static const char *
colour_of(enum cloche_severity severity)
{
    for (size_t i = 0; i < CL_COUNT(colours); i++) {
        if (colours[i].severity == severity) {
            return colours[i].colour;
        }
    }
    return "";
}

/* ---- lines -------------------------------------------------------------- */

/* Line `number` of the text, as CPython counts them. */
static const char *
find_line(const char *code, size_t len, unsigned number, size_t *out_len)
{
    const char *at = code;
    const char *end = code + len;
    if (len >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0) {
        at += 3; /* a BOM is no column */
    }
    for (unsigned i = 1; i < number && at < end; at++) {
        i += *at == '\n' || (*at == '\r' && (at + 1 == end || at[1] != '\n'));
    }
    const char *stop = at;
    while (stop < end && *stop != '\n' && *stop != '\r') {
        stop++;
    }
    *out_len = (size_t)(stop - at);
    return at;
}

static size_t
character_len(const unsigned char *at, size_t left)
{
    size_t n = 1;
    while (n < left && n < 4 && (at[n] & 0xc0) == 0x80) {
        n++;
    }
    return n;
}

/* How many columns a terminal gives to a character that is shown as it is. */
static size_t
width_of(const unsigned char *at, size_t n)
{
    static const struct {
        unsigned first, last;
        size_t width;
    } ranges[] = {{0x300, 0x36f, 0},   {0x1100, 0x115f, 2},   {0x200c, 0x200d, 0},
                  {0x2e80, 0xa4cf, 2}, {0xac00, 0xd7a3, 2},   {0xf900, 0xfaff, 2},
                  {0xfe00, 0xfe0f, 0}, {0xfe30, 0xfe6f, 2},   {0xff00, 0xff60, 2},
                  {0xffe0, 0xffe6, 2}, {0x1f300, 0x1faff, 2}, {0x20000, 0x3fffd, 2}};
    unsigned c = n == 1   ? at[0]
                 : n == 2 ? at[0] & 0x1fu
                 : n == 3 ? at[0] & 0xfu
                          : at[0] & 7u;
    for (size_t i = 1; i < n; i++) {
        c = c << 6 | (at[i] & 0x3fu);
    }
    for (size_t i = 0; i < CL_COUNT(ranges); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last) {
            return ranges[i].width;
        }
    }
    return 1;
}

/* Is there a secret in this line? */
static int
has_secret(const struct cloche_scan *scan, unsigned line)
{
    const struct cloche_finding *f;
    for (size_t i = 0; (f = cloche_scan_finding(scan, i)) != NULL; i++) {
        if (f->line <= line && f->end_line >= line &&
            strncmp(f->rule->id, "CL17", 4) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Is this place within a secret?  Its first characters are shown, to find it by. */
static int
is_secret(const struct cloche_scan *scan, unsigned line, unsigned column)
{
    enum { SHOWN = 4 };
    const struct cloche_finding *f;
    for (size_t i = 0; (f = cloche_scan_finding(scan, i)) != NULL; i++) {
        if (f->line <= line && f->end_line >= line &&
            strncmp(f->rule->id, "CL17", 4) == 0 &&
            (f->line < line || column >= f->column + SHOWN) &&
            (f->end_line > line || column + 1 < f->end_column)) {
            return 1;
        }
    }
    return 0;
}

/* One line, its carets under what is marked. */
struct quote {
    const struct cloche_scan *scan;
    const struct cloche_finding *finding;
    struct cl_buf text, marks;
    size_t width;   /* columns so far */
    int has_secret; /* somewhere in the line */
};

static void
put_character(struct quote *q, const unsigned char *at, size_t n, unsigned column)
{
    const struct cloche_finding *f = q->finding;
    struct cli_visible visible = {.n_pending = 0};
    size_t before = q->text.len;
    size_t width = 0;
    if (q->has_secret && is_secret(q->scan, f->line, column)) {
        (void)cl_buf_u8(&q->text, '*');
        width = 1;
    } else if (*at == '\t') {
        width = TAB - q->width % TAB;
        (void)cl_buf_printf(&q->text, "%*s", (int)width, "");
    } else {
        cli_visible_feed(&visible, at, n, &q->text);
        cli_visible_end(&visible, &q->text);
        size_t added = q->text.len - before;
        width = added == n && memcmp(q->text.data + before, at, n) == 0 ? width_of(at, n)
                                                                        : added;
    }
    int is_marked = column >= f->column && (f->end_line > f->line ||
                                            column < f->end_column || column == f->column);
    for (size_t i = 0; i < width; i++) {
        (void)cl_buf_u8(&q->marks, !is_marked                      ? ' '
                                   : column == f->column && i == 0 ? '^'
                                                                   : '~');
    }
    q->width += width;
}

static void
write_quote(const struct cloche_scan *scan, const struct cloche_finding *f,
            const char *line, size_t len, int is_coloured, struct cl_buf *out)
{
    struct quote q = {.scan = scan,
                      .finding = f,
                      .has_secret = has_secret(scan, f->line),
                      .text = CL_BUF_INIT((size_t)1 << 16),
                      .marks = CL_BUF_INIT((size_t)1 << 16)};
    unsigned column = 1;
    unsigned first = f->column > WIDTH - BEFORE ? f->column - BEFORE : 1;
    size_t at = 0;
    while (at < len && q.width < WIDTH) {
        size_t n = character_len((const unsigned char *)line + at, len - at);
        if (column >= first) {
            put_character(&q, (const unsigned char *)line + at, n, column);
        }
        at += n;
        column++;
    }
    if (f->column >= column) {
        (void)cl_buf_printf(&q.marks, "^"); /* at the end of the line */
    }
    while (q.marks.len > 0 && q.marks.data[q.marks.len - 1] == ' ') {
        q.marks.len--;
    }
    (void)cl_buf_printf(out, "%6u | %s%.*s%s\n", f->line, first > 1 ? "..." : "",
                        (int)q.text.len, q.text.len > 0 ? (const char *)q.text.data : "",
                        at < len ? "..." : "");
    (void)cl_buf_printf(out, "       | %s%s%.*s%s\n", first > 1 ? "   " : "",
                        is_coloured ? "\033[1;32m" : "", (int)q.marks.len,
                        q.marks.len > 0 ? (const char *)q.marks.data : "",
                        is_coloured ? "\033[0m" : "");
    cl_buf_fini(&q.text);
    cl_buf_fini(&q.marks);
}

/* ---- findings ----------------------------------------------------------- */

static void
write_head(const struct cloche_finding *f, const char *filename, int is_coloured,
           struct cl_buf *out)
{
    const char *plain = is_coloured ? "\033[0m" : "";
    (void)cl_buf_add_str(out, is_coloured ? "\033[1m" : "");
    cli_visible_line(filename, out);
    if (f->line > 0) {
        (void)cl_buf_printf(out, ":%u", f->line);
    }
    if (f->column > 0) {
        (void)cl_buf_printf(out, ":%u", f->column);
    }
    (void)cl_buf_printf(out, ":%s %s%s:%s ", plain,
                        is_coloured ? colour_of(f->rule->severity) : "",
                        cloche_severity_name(f->rule->severity), plain);
    cli_visible_line(f->message, out);
    (void)cl_buf_printf(out, " [%s %s]\n", f->rule->id, f->rule->name);
}

void
cli_scan_text(const struct cloche_scan *scan, const char *filename, const char *code,
              size_t len, int is_coloured, struct cl_buf *out)
{
    const struct cloche_finding *f;
    for (size_t i = 0; (f = cloche_scan_finding(scan, i)) != NULL; i++) {
        write_head(f, filename, is_coloured, out);
        if (f->line > 0 && f->column > 0) {
            size_t line_len = 0;
            const char *line = find_line(code, len, f->line, &line_len);
            write_quote(scan, f, line, line_len, is_coloured, out);
        }
        if (f->hint[0] != '\0') {
            (void)cl_buf_add_str(out, "       = to allow it: ");
            cli_visible_line(f->hint, out);
            (void)cl_buf_u8(out, '\n');
        }
    }
}

void
cli_scan_rules_text(struct cl_buf *out)
{
    const struct cloche_rule *r;
    for (size_t i = 0; (r = cloche_rule(i)) != NULL; i++) {
        (void)cl_buf_printf(out, "%s  %-8s %-22s %s%s%s%s\n", r->id,
                            cloche_severity_name(r->severity), r->name, r->says,
                            r->key[0] == '\0' ? "" : "  (", r->key,
                            r->key[0] == '\0' ? "" : ")");
    }
}

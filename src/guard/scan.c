/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the scan of one program: its text as CPython reads it, the tree, the order of
 * the passes, and the telling.  Under the GIL; one at a time.
 */
#include "guard/scan.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "guard/dynamic.h"
#include "guard/guard.h"
#include "guard/scan_state.h"

/* ---- telling ------------------------------------------------------------ */

static long
characters(const char *text, size_t len)
{
    long n = 0;
    for (size_t i = 0; i < len; i++) {
        n += ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return n;
}

/* CPython's column (bytes from 0) as ours (characters from 1). */
static long
column_of(struct cl_scan *s, long line, long bytes)
{
    if (line < 1 || (size_t)line > s->n_lines || bytes < 0) {
        return 0;
    }
    size_t at = s->line_at[line - 1];
    size_t to = at + ((size_t)bytes > s->len - at ? s->len - at : (size_t)bytes);
    /* Programs of one long line: go on from where the last one was. */
    int goes_on = s->last.line == line && s->last.at <= to;
    size_t from = goes_on ? s->last.at : at;
    long column = goes_on ? s->last.column : 1;
    column += characters(s->text + from, to - from);
    s->last.line = line;
    s->last.at = to;
    s->last.column = column;
    return column;
}

static void
tell(struct cl_scan *s, const struct cl_scan_finding *f)
{
    if (s->n_told < CL_SCAN_MAX_FINDINGS) {
        s->tell(f);
    } else if (s->n_told == CL_SCAN_MAX_FINDINGS) {
        const struct cl_scan_finding more = {
            .rule = CL_RULE_TOO_MANY, .what = "", .message = ""};
        s->tell(&more);
    }
    s->n_told++;
}

void
cl_scan_find(struct cl_scan *s, PyObject *node, enum cl_rule rule, const char *what,
             const char *message)
{
    if (s->n_told > CL_SCAN_MAX_FINDINGS) {
        return;
    }
    long line = cl_scan_number(node, "lineno");
    long end_line = cl_scan_number(node, "end_lineno");
    const struct cl_scan_finding f = {
        .rule = rule,
        .line = line,
        .column = column_of(s, line, cl_scan_number(node, "col_offset")),
        .end_line = end_line,
        .end_column = column_of(s, end_line, cl_scan_number(node, "end_col_offset")),
        .what = what == NULL ? "" : what,
        .message = message == NULL ? "" : message,
    };
    tell(s, &f);
}

void
cl_scan_find_at(struct cl_scan *s, size_t at, size_t len, enum cl_rule rule,
                const char *what)
{
    if (s->n_told > CL_SCAN_MAX_FINDINGS) {
        return;
    }
    size_t low = 0;
    size_t high = s->n_lines; /* the last line that begins at or before `at` */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(s->line_at[middle] <= at ? &low : &high) = middle;
    }
    long column = column_of(s, (long)low + 1, (long)(at - s->line_at[low]));
    const struct cl_scan_finding f = {
        .rule = rule,
        .line = (long)low + 1,
        .column = column,
        .end_line = (long)low + 1,
        .end_column = column + characters(s->text + at, len),
        .what = what,
        .message = "",
    };
    tell(s, &f);
}

/* ---- the text ----------------------------------------------------------- */

/* The encoding that a comment in one of the first two lines names, as CPython looks
 * for it; NULL for none. */
static int
find_cookie(const char *source, size_t len, char out[64])
{
    const char *end = source + len;
    const char *at = source;
    for (int line = 0; line < 2 && at < end; line++) {
        const char *stop = at;
        while (stop < end && *stop != '\n' && *stop != '\r') {
            stop++;
        }
        const char *p = at;
        while (p < stop && strchr(" \t\f", *p) != NULL) {
            p++;
        }
        if (p < stop && *p != '#') {
            return 0; /* code: a comment below it counts no more */
        }
        for (; p + 7 < stop; p++) {
            if (strncmp(p, "coding", 6) == 0 && (p[6] == ':' || p[6] == '=')) {
                const char *from = p + 7;
                while (from < stop && (*from == ' ' || *from == '\t')) {
                    from++;
                }
                size_t n = 0;
                while (from + n < stop && n + 1 < 64 &&
                       (isalnum((unsigned char)from[n]) || strchr("-_.", from[n]))) {
                    out[n] = (char)tolower((unsigned char)from[n]);
                    n++;
                }
                out[n] = '\0';
                return n > 0;
            }
        }
        at = stop + (end - stop >= 2 && stop[0] == '\r' && stop[1] == '\n' ? 2 : 1);
    }
    return 0;
}

static int
is_usual_encoding(const char *name)
{
    static const char *const usual[] = {"utf-8",     "utf8",  "utf_8",
                                        "utf-8-sig", "ascii", "us-ascii"};
    for (size_t i = 0; i < CL_COUNT(usual); i++) {
        if (strcmp(name, usual[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The source as a str, as CPython would read it; NULL with an exception. */
static PyObject *
decode(struct cl_scan *s, const char *source, size_t len)
{
    char cookie[64];
    int has_bom = len >= 3 && memcmp(source, "\xef\xbb\xbf", 3) == 0;
    const char *encoding = "utf-8";
    if (memchr(source, 0, len) != NULL) {
        PyErr_SetString(PyExc_SyntaxError, "source code cannot contain null bytes");
        return NULL;
    }
    if (!has_bom && !cl_guard_is_on() && find_cookie(source, len, cookie) &&
        !is_usual_encoding(cookie)) {
        const struct cl_scan_finding f = {
            .rule = CL_RULE_ENCODING, .line = 1, .what = cookie, .message = ""};
        tell(s, &f);
        encoding = cookie;
    }
    PyObject *text = PyUnicode_Decode(source + (has_bom ? 3 : 0),
                                      (Py_ssize_t)len - (has_bom ? 3 : 0), encoding, NULL);
    if (text == NULL && !PyErr_ExceptionMatches(PyExc_MemoryError)) {
        PyErr_Format(PyExc_SyntaxError, "the text is not in its encoding, %s", encoding);
    }
    return text;
}

/* The text with \n alone between lines, in memory that the caller frees. */
static char *
with_newlines(const char *text, size_t len, size_t *out_len)
{
    char *made = malloc(len + 1);
    size_t n = 0;
    for (size_t i = 0; made != NULL && i < len; i++) {
        if (text[i] == '\r' && i + 1 < len && text[i + 1] == '\n') {
            continue;
        }
        made[n++] = text[i] == '\r' ? '\n' : text[i];
    }
    if (made != NULL) {
        made[n] = '\0';
    }
    *out_len = n;
    return made;
}

static size_t *
index_lines(const char *text, size_t len, size_t *count)
{
    size_t n = 1;
    for (size_t i = 0; i < len; i++) {
        n += text[i] == '\n';
    }
    size_t *at = calloc(n, sizeof *at);
    *count = n;
    for (size_t i = 0, k = 1; at != NULL && i < len && k < n; i++) {
        if (text[i] == '\n') {
            at[k++] = i + 1;
        }
    }
    return at;
}

/* Characters that show a text in another order than it has, or do not show. */
static void
find_hidden(struct cl_scan *s)
{
    static const struct {
        unsigned first, last;
    } ranges[] = {{0x202a, 0x202e}, {0x2066, 0x2069}, {0x200b, 0x200b}, {0x200e, 0x200f},
                  {0x061c, 0x061c}, {0x2060, 0x2064}, {0xfeff, 0xfeff}, {0xe0000, 0xe007f}};
    for (size_t i = 0; i + 2 < s->len; i++) {
        const unsigned char *u = (const unsigned char *)s->text + i;
        unsigned c = 0;
        size_t n = 3;
        if ((u[0] & 0xf0) == 0xe0) {
            c = (u[0] & 0xfu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu);
        } else if ((u[0] & 0xf8) == 0xf0 && i + 3 < s->len) {
            n = 4;
            c = (u[0] & 0x7u) << 18 | (u[1] & 0x3fu) << 12 | (u[2] & 0x3fu) << 6 |
                (u[3] & 0x3fu);
        }
        for (size_t k = 0; c != 0 && k < CL_COUNT(ranges); k++) {
            if (c >= ranges[k].first && c <= ranges[k].last) {
                char name[16];
                (void)snprintf(name, sizeof name, "U+%04X", c); /* fits */
                cl_scan_find_at(s, i, n, CL_RULE_HIDDEN_TEXT, name);
            }
        }
    }
}

/* ---- the passes --------------------------------------------------------- */

static int
scan_tree(struct cl_scan *s, PyObject *filename)
{
    PyCompilerFlags flags = {.cf_flags = PyCF_ONLY_AST | PyCF_IGNORE_COOKIE,
                             .cf_feature_version = PY_MINOR_VERSION};
    cl_dynamic_enter();
    PyObject *tree = Py_CompileStringObject(s->text, filename, Py_file_input, &flags, -1);
    cl_dynamic_leave();
    int rc = tree == NULL ? -1 : 0;
    if (rc == 0 && cl_guard_is_on()) {
        rc = cl_scan_profile(s, tree, filename);
    }
    if (rc == 0) {
        rc = cl_scan_walk_module(s, tree);
    }
    Py_XDECREF(tree);
    return rc;
}

int
cl_scan(const char *source, size_t len, PyObject *filename,
        const struct cl_plan_strings *audited, cl_scan_tell *teller)
{
    struct cl_scan s = {.tell = teller, .audited = audited, .rounds = 1};
    Py_ssize_t utf8_len = 0;
    PyObject *text = decode(&s, source, len);
    const char *utf8 = text == NULL ? NULL : PyUnicode_AsUTF8AndSize(text, &utf8_len);
    cl_autofree char *lines =
        utf8 == NULL ? NULL : with_newlines(utf8, (size_t)utf8_len, &s.len);
    s.text = lines;
    cl_autofree size_t *line_at =
        lines == NULL ? NULL : index_lines(lines, s.len, &s.n_lines);
    s.line_at = line_at;
    int rc = -1;
    if (line_at != NULL) {
        find_hidden(&s);
        cl_scan_keys(&s);
        rc = scan_tree(&s, filename);
    } else if (!PyErr_Occurred()) {
        (void)PyErr_NoMemory();
    }
    Py_XDECREF(s.kinds);
    Py_XDECREF(s.stars);
    Py_XDECREF(text);
    return rc;
}

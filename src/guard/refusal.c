/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns how a refusal is told: where in the text it is, to the host or to a scan, and as
 * an exception.  Under the GIL.
 */
#include "guard/syntax_parts.h"

#include <string.h>

#include "base/own.h"
#include "guard/state.h"

enum { MAX_TOLD = 64 };

static PyObject *not_allowed;
static cl_syntax_teller *teller;

int
cl_refusal_install(void)
{
    not_allowed = PyErr_NewExceptionWithDoc("cloche.NotAllowed",
                                            "What restricted code may not contain.",
                                            PyExc_SyntaxError, NULL);
    return not_allowed == NULL ? -1 : 0;
}

int
cl_syntax_is_refusal(PyObject *error)
{
    return not_allowed != NULL && PyErr_GivenExceptionMatches(error, not_allowed);
}

void
cl_syntax_tell(cl_syntax_teller *to)
{
    teller = to;
}

/* The text of a line, and how many characters its first bytes are. */
static const char *
line_text(const struct cl_check *c, long line, size_t *len)
{
    const char *at = c->source;
    const char *end = c->source + c->len;
    for (long i = 1; i < line && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline == NULL ? end : newline + 1;
    }
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    *len = (size_t)((newline == NULL ? end : newline) - at);
    return at;
}

static long
characters(const char *text, size_t len, long bytes)
{
    long n = 0;
    for (size_t i = 0; i < len && (long)i < bytes; i++) {
        n += ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return n;
}

struct cl_position
cl_syntax_position(const struct cl_place *at)
{
    if (at->node == NULL) {
        return (struct cl_position){.line = 1};
    }
    struct cl_position p = {
        .line = cl_grammar_number(at->node, cl_syntax_str.lineno, 1),
        .column = cl_grammar_number(at->node, cl_syntax_str.col, 0),
    };
    if (!at->is_inside) {
        p.end_line = cl_grammar_number(at->node, cl_syntax_str.end_lineno, 0);
        p.end_column = cl_grammar_number(at->node, cl_syntax_str.end_col, 0);
    }
    return p;
}

static PyObject *
make_refusal(const struct cl_check *c, const struct cl_position *at, const char *message,
             long column, const char *text, size_t len)
{
    PyObject *line = PyUnicode_DecodeUTF8(text, (Py_ssize_t)len, "replace");
    long end = at->end_line == at->line ? characters(text, len, at->end_column) + 1 : 0;
    PyObject *args =
        line == NULL ? NULL
                     : Py_BuildValue("(s(OllOll))", message, c->filename, at->line, column,
                                     line, end > 0 ? at->line : 0, end > 0 ? end : 0);
    PyObject *made = args == NULL ? NULL : PyObject_Call(not_allowed, args, NULL);
    Py_XDECREF(args);
    Py_XDECREF(line);
    return made;
}

/* One refusal.  0, for the walk goes on; -1 with an exception if memory is short. */
int
cl_syntax_refuse(struct cl_check *c, const struct cl_place *at, enum cl_violation rule,
                 const char *what, const char *message)
{
    size_t len = 0;
    const struct cl_position p = cl_syntax_position(at);
    const char *text = line_text(c, p.line, &len);
    long column = characters(text, len, p.column) + 1;
    if (teller != NULL) {
        size_t end_len = 0;
        const char *end_text = line_text(c, p.end_line, &end_len);
        const struct cl_syntax_place place = {
            p.line, column, p.end_line,
            p.end_line > 0 ? characters(end_text, end_len, p.end_column) + 1 : 0};
        teller(rule, what, message, &place);
    } else if (c->n_told < MAX_TOLD) {
        c->n_told++;
        cl_guard_host()->violation(rule, what, (int)p.line, (int)column);
    }
    if (c->first == NULL) {
        c->first = make_refusal(c, &p, message, column, text, len);
    }
    return c->first == NULL ? -1 : 0;
}

int
cl_syntax_check_name(struct cl_check *c, PyObject *name, enum cl_name_slot slot,
                     const struct cl_place *at)
{
    enum cl_name_verdict verdict =
        cl_name_check(name, slot, (int)cl_guard_plan()->introspection);
    if (verdict == CL_NAME_OK) {
        return 0;
    }
    const char *text = PyUnicode_AsUTF8(name);
    const char *advice = cl_name_advice(name);
    char what[160];
    char message[400];
    if (text == NULL) {
        PyErr_Clear();
        text = "?";
    }
    (void)snprintf(what, sizeof what, "%s %.120s",
                   slot == CL_NAME_ATTRIBUTE || slot == CL_NAME_SUPER ? "attribute"
                                                                      : "name",
                   text); /* may be cut */
    (void)snprintf(message, sizeof message,
                   "'%.120s' is not available here: it leads into the interpreter%s%s",
                   text, advice == NULL ? "" : "; ", advice == NULL ? "" : advice);
    return cl_syntax_refuse(c, at,
                            verdict == CL_NAME_INTROSPECTIVE ? CL_VIOLATION_INTROSPECTION
                                                             : CL_VIOLATION_NAME,
                            what, message);
}

void
cl_syntax_raise(const struct cl_check *c)
{
    PyErr_SetObject(not_allowed, c->first);
}

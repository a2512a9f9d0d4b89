/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the two ways to the last expression of a program.  Under the GIL.
 *
 * The sure one goes through the tree of `_ast` objects and back, which takes
 * three times as long as to compile, and a cell's memory.  So the text is tried
 * first: where what stands before the last line at the margin is a program by
 * itself, and that line and the rest an expression by itself, these are the two.
 * It cannot be otherwise: a program that is whole has no string, bracket or line
 * open, so the rest begins a statement; and no expression goes on with what is
 * before it, as `else` would.  All else is left to the tree, and to complain of.
 */
#include "cell/compile.h"

#include <string.h>

#include "base/buf.h"
#include "base/own.h"
#include "guard/key.h"

/* What `from __future__ import` in the statements means for the expression. */
static int
future_flags(PyObject *code)
{
    return ((PyCodeObject *)code)->co_flags & PyCF_MASK;
}

static PyObject *
compile_text(const char *source, PyObject *filename, int start, int flags)
{
    PyCompilerFlags f = {.cf_flags = flags, .cf_feature_version = PY_MINOR_VERSION};
    return Py_CompileStringObject(source, filename, start, &f, -1);
}

/* ---- by the text -------------------------------------------------------- */

/* May the last statement begin here, at the margin? */
static int
begins_statement(char c)
{
    return c != '\0' && strchr(" \t\f\r\n\\#)]}", c) == NULL;
}

/* The last line at the margin; NULL where there is none. */
static const char *
find_tail(const char *source, size_t len)
{
    const char *at = source + len;
    while (at > source) {
        const char *newline =
            memrchr(source, '\n', (size_t)(at - source) - (at[-1] == '\n'));
        const char *line = newline == NULL ? source : newline + 1;
        if (begins_statement(*line)) {
            return line;
        }
        at = line;
    }
    return NULL;
}

/* A statement by its first word: no need to try. */
static int
is_statement(const char *tail)
{
    static const char *const words[] = {"async", "class",  "def", "for",   "from",
                                        "if",    "import", "try", "while", "with"};
    size_t len = strspn(tail, "abcdefghijklmnopqrstuvwxyz");
    for (size_t i = 0; i < CL_COUNT(words); i++) {
        if (strlen(words[i]) == len && strncmp(tail, words[i], len) == 0) {
            return 1;
        }
    }
    return *tail == '@';
}

/* May lines be counted by their newlines, and does no comment at the top say what
 * the bytes mean? */
static int
is_plain(const char *source, size_t len)
{
    const char *first = memchr(source, '\n', len);
    const char *second = first == NULL ? NULL : strchr(first + 1, '\n');
    size_t top = second == NULL ? len : (size_t)(second - source);
    return memchr(source, '\r', len) == NULL && memmem(source, top, "coding", 6) == NULL;
}

/* The same expression on the same lines, with nothing before it. */
static PyObject *
compile_tail(const char *source, const char *tail, PyObject *filename, int flags)
{
    cl_autobuf struct cl_buf alone = CL_BUF_INIT(SIZE_MAX);
    for (const char *p = source; p < tail; p++) {
        p = memchr(p, '\n', (size_t)(tail - p)); /* the tail begins after one */
        (void)cl_buf_u8(&alone, '\n');           /* sticky */
    }
    if (cl_buf_add(&alone, tail, strlen(tail) + 1) < 0) {
        return PyErr_NoMemory();
    }
    return compile_text((const char *)alone.data, filename, Py_eval_input, flags);
}

/* What is before it; where that is nothing, always the same, which nobody sees. */
static PyObject *
compile_head(const char *source, const char *tail, PyObject *filename)
{
    static PyObject *nothing;
    if (tail == source) {
        nothing = nothing == NULL ? compile_text("", filename, Py_file_input, 0) : nothing;
        return Py_XNewRef(nothing);
    }
    cl_autofree char *head = strndup(source, (size_t)(tail - source));
    return head == NULL ? PyErr_NoMemory() : compile_text(head, filename, Py_file_input, 0);
}

static int
compile_parts(const char *source, const char *tail, PyObject *filename, PyObject **code,
              PyObject **last)
{
    *last = compile_tail(source, tail, filename, 0);
    *code = *last == NULL ? NULL : compile_head(source, tail, filename);
    if (*code != NULL && future_flags(*code) != 0) {
        Py_SETREF(*last, compile_tail(source, tail, filename, future_flags(*code)));
    }
    if (*code == NULL || *last == NULL) {
        Py_CLEAR(*code);
        Py_CLEAR(*last);
        PyErr_Clear(); /* whatever it is, the tree says it better */
        return -1;
    }
    return 0;
}

/* The list of filters of warnings, borrowed; NULL: none, maybe with an exception. */
static PyObject *
find_filters(void)
{
    static struct cl_key python_name = CL_KEY("warnings");
    static struct cl_key c_name = CL_KEY("_warnings");
    static struct cl_key list_name = CL_KEY("filters");
    PyObject *modules = PyImport_GetModuleDict(); /* borrowed, as all that follow */
    PyObject *module = cl_key_get_item(modules, &python_name);
    module = module == NULL ? cl_key_get_item(modules, &c_name) : module;
    PyObject *names = module == NULL ? NULL : PyModule_GetDict(module);
    PyObject *filters = names == NULL ? NULL : cl_key_get_item(names, &list_name);
    return filters != NULL && PyList_CheckExact(filters) ? filters : NULL;
}

/* 0, or -1 without an exception: to be had by the tree, or not at all. */
static int
try_text(const char *source, size_t len, PyObject *filename, PyObject **code,
         PyObject **last)
{
    static PyObject *strict; /* a warning is an error */
    const char *tail = is_plain(source, len) ? find_tail(source, len) : NULL;
    if (tail == NULL || is_statement(tail)) {
        return -1;
    }
    if (strict == NULL) {
        strict = Py_BuildValue("(sOOOi)", "error", Py_None, PyExc_Warning, Py_None, 0);
    }
    /* What is given up and begun again would warn twice. */
    PyObject *filters = find_filters();
    if (strict == NULL || filters == NULL || PyList_Insert(filters, 0, strict) < 0) {
        PyErr_Clear();
        return -1;
    }
    int rc = compile_parts(source, tail, filename, code, last);
    if (PyList_SetSlice(filters, 0, 1, NULL) < 0) {
        PyErr_Clear(); /* a list that shrinks needs no memory */
    }
    return rc;
}

/* ---- by the tree -------------------------------------------------------- */

/* Take the last statement off, if it is an expression: as a tree of its own. */
static PyObject *
split(PyObject *tree, PyObject *ast)
{
    PyObject *wrapped = NULL;
    PyObject *expr_type = PyObject_GetAttrString(ast, "Expr");
    PyObject *body = expr_type == NULL ? NULL : PyObject_GetAttrString(tree, "body");
    Py_ssize_t count = body == NULL ? 0 : PyList_GET_SIZE(body);
    if (count > 0 && (PyObject *)Py_TYPE(PyList_GET_ITEM(body, count - 1)) == expr_type) {
        PyObject *value = PyObject_GetAttrString(PyList_GET_ITEM(body, count - 1), "value");
        wrapped = value == NULL ? NULL : PyObject_CallMethod(ast, "Expression", "O", value);
        if (wrapped != NULL && PyList_SetSlice(body, count - 1, count, NULL) < 0) {
            Py_CLEAR(wrapped);
        }
        Py_XDECREF(value);
    }
    Py_XDECREF(body);
    Py_XDECREF(expr_type);
    return wrapped;
}

static int
compile_tree(PyObject *tree, PyObject *filename, PyObject **code, PyObject **last)
{
    PyObject *function =
        PyDict_GetItemString(PyEval_GetBuiltins(), "compile"); /* borrowed */
    PyObject *ast = PyImport_ImportModule("_ast");
    PyObject *wrapped = ast == NULL ? NULL : split(tree, ast);
    if (function != NULL && !PyErr_Occurred()) {
        *code = PyObject_CallFunction(function, "OOs", tree, filename, "exec");
        if (*code != NULL && wrapped != NULL) {
            *last = PyObject_CallFunction(function, "OOsi", wrapped, filename, "eval",
                                          future_flags(*code));
        }
    }
    Py_XDECREF(wrapped);
    Py_XDECREF(ast);
    return PyErr_Occurred() || *code == NULL ? -1 : 0;
}

static int
compile_by_tree(const char *source, PyObject *filename, PyObject **code, PyObject **last)
{
    PyObject *tree = compile_text(source, filename, Py_file_input, PyCF_ONLY_AST);
    int rc = tree == NULL ? -1 : compile_tree(tree, filename, code, last);
    Py_XDECREF(tree);
    return rc;
}

int
cl_compile(const char *source, size_t len, PyObject *filename, PyObject **code,
           PyObject **last)
{
    *code = NULL;
    if (memchr(source, 0, len) != NULL) {
        PyErr_SetString(PyExc_SyntaxError, "source code cannot contain null bytes");
        return -1;
    }
    if (last == NULL) {
        *code = compile_text(source, filename, Py_file_input, 0);
        return *code == NULL ? -1 : 0;
    }
    *last = NULL;
    if (try_text(source, len, filename, code, last) == 0) {
        return 0;
    }
    if (compile_by_tree(source, filename, code, last) < 0) {
        Py_CLEAR(*code);
        Py_CLEAR(*last);
        return -1;
    }
    return 0;
}

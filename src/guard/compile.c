/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Source -> CPython's tree -> check -> the same tree, loops counted -> code.  The text
 * is parsed once, by CPython, as UTF-8 whatever it says of itself; what is compiled is
 * the tree that was checked.  Under the GIL.
 */
#include "guard/compile.h"

#include <string.h>

#include "base/own.h"
#include "guard/dynamic.h"
#include "guard/key.h"
#include "guard/loops.h"
#include "guard/state.h"
#include "guard/syntax.h"

static PyObject *builtin_compile; /* the real one */
static PyObject *expr_type, *expression_type;
static PyObject *nothing; /* code: what is left of a program of one expression */

int
cl_compile_install(void)
{
    PyObject *ast = PyImport_ImportModule("_ast");
    builtin_compile = Py_XNewRef(PyDict_GetItemString(PyEval_GetBuiltins(), "compile"));
    expr_type = ast == NULL ? NULL : PyObject_GetAttrString(ast, "Expr");
    expression_type = ast == NULL ? NULL : PyObject_GetAttrString(ast, "Expression");
    Py_XDECREF(ast);
    nothing = Py_CompileString("", "<string>", Py_file_input);
    return builtin_compile == NULL || expr_type == NULL || expression_type == NULL ||
                   nothing == NULL
               ? -1
               : 0;
}

static PyObject *
parse(const char *source, size_t len, PyObject *filename, int start)
{
    static const char bom[] = "\xef\xbb\xbf";
    if (memchr(source, 0, len) != NULL) {
        PyErr_SetString(PyExc_SyntaxError, "source code cannot contain null bytes");
        return NULL;
    }
    PyObject *text = PyUnicode_DecodeUTF8(source, (Py_ssize_t)len, NULL);
    if (text == NULL) {
        if (PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) {
            PyErr_SetString(PyExc_SyntaxError, "the program must be UTF-8 text");
        }
        return NULL;
    }
    Py_DECREF(text);
    PyCompilerFlags flags = {.cf_flags = PyCF_ONLY_AST | PyCF_IGNORE_COOKIE,
                             .cf_feature_version = PY_MINOR_VERSION};
    int has_bom = len >= 3 && memcmp(source, bom, 3) == 0;
    cl_dynamic_enter();
    PyObject *tree =
        Py_CompileStringObject(source + (has_bom ? 3 : 0), filename, start, &flags, -1);
    cl_dynamic_leave();
    return tree;
}

static struct cl_key exec_mode = CL_KEY("exec");
static struct cl_key eval_mode = CL_KEY("eval");

static PyObject *
to_code(PyObject *tree, PyObject *filename, struct cl_key *mode, int flags)
{
    PyObject *flags_number = PyLong_FromLong(flags);
    PyObject *args[] = {tree, filename, cl_key_name(mode), flags_number, Py_True};
    PyObject *code = NULL;
    if (flags_number != NULL && args[2] != NULL) {
        cl_dynamic_enter();
        code = PyObject_Vectorcall(builtin_compile, args, CL_COUNT(args), NULL);
        cl_dynamic_leave();
    }
    Py_XDECREF(flags_number);
    return code;
}

/* Take the last statement off, if it is an expression: as a tree of its own, or NULL,
 * which is an error if an exception is set.  *is_all: it was all there is. */
static PyObject *
split(PyObject *tree, int *is_all)
{
    static struct cl_key body_name = CL_KEY("body");
    static struct cl_key value_name = CL_KEY("value");
    PyObject *made = NULL;
    PyObject *body = cl_key_get_attr(tree, &body_name);
    Py_ssize_t count = body == NULL || !PyList_Check(body) ? 0 : PyList_GET_SIZE(body);
    PyObject *end = count == 0 ? NULL : PyList_GET_ITEM(body, count - 1); /* borrowed */
    if (end != NULL && (PyObject *)Py_TYPE(end) == expr_type) {
        PyObject *value = cl_key_get_attr(end, &value_name);
        made = value == NULL ? NULL : PyObject_CallOneArg(expression_type, value);
        Py_XDECREF(value);
        if (made != NULL && PyList_SetSlice(body, count - 1, count, NULL) < 0) {
            Py_CLEAR(made);
        }
        *is_all = made != NULL && count == 1;
    }
    Py_XDECREF(body);
    return made;
}

/* A checked tree, its loops counted; or NULL. */
static PyObject *
prepare(const char *source, size_t len, PyObject *filename, int start)
{
    PyObject *tree = parse(source, len, filename, start);
    if (tree != NULL && ((cl_guard_has(CL_GUARD_SYNTAX) &&
                          cl_syntax_check(tree, filename, source, len) < 0) ||
                         (cl_guard_plan()->has_loops && cl_loops_count(tree) < 0))) {
        Py_CLEAR(tree);
    }
    return tree;
}

int
cl_guard_compile(const char *source, size_t len, PyObject *filename, PyObject **code,
                 PyObject **last)
{
    *code = NULL;
    if (last != NULL) {
        *last = NULL;
    }
    PyObject *tree = prepare(source, len, filename, Py_file_input);
    int is_all = 0;
    PyObject *expression = tree == NULL || last == NULL ? NULL : split(tree, &is_all);
    if (tree != NULL && !PyErr_Occurred()) {
        *code = is_all ? Py_NewRef(nothing) : to_code(tree, filename, &exec_mode, 0);
    }
    if (*code != NULL && expression != NULL) {
        int future = ((PyCodeObject *)*code)->co_flags & PyCF_MASK;
        *last = to_code(expression, filename, &eval_mode, future);
    }
    Py_XDECREF(expression);
    Py_XDECREF(tree);
    if (*code == NULL || PyErr_Occurred()) {
        Py_CLEAR(*code);
        return -1;
    }
    return 0;
}

PyObject *
cl_compile_checked(PyObject *text, PyObject *filename, int start)
{
    Py_ssize_t len = 0;
    const char *source = PyUnicode_AsUTF8AndSize(text, &len);
    PyObject *tree = source == NULL ? NULL : prepare(source, (size_t)len, filename, start);
    PyObject *code =
        tree == NULL
            ? NULL
            : to_code(tree, filename, start == Py_eval_input ? &eval_mode : &exec_mode, 0);
    Py_XDECREF(tree);
    return code;
}

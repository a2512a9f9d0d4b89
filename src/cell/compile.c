/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the two ways to the last expression of a program.  Under the GIL.
 *
 * Where CPython is inside this program, the parser's own tree is at hand: the
 * last statement is taken off it, and nothing of the tree becomes an object.
 * From a shared library those functions are not to be had, and the tree goes
 * through `_ast` and back, which for a line of code takes longer than all the
 * rest of it.  Both give the same code; tests/e2e run both.
 */
#ifdef CLOCHE_PYTHON_STATIC
#define Py_BUILD_CORE 1
#endif
#include "cell/compile.h"

#ifdef CLOCHE_PYTHON_STATIC
#include <internal/pycore_ast.h>
#include <internal/pycore_compile.h>
#include <internal/pycore_parser.h>
#include <internal/pycore_pyarena.h>
#endif

#include <string.h>

/* What `from __future__ import` in the statements means for the expression. */
static int
future_flags(PyObject *code)
{
    return ((PyCodeObject *)code)->co_flags & PyCF_MASK;
}

#ifdef CLOCHE_PYTHON_STATIC

/* Take the last statement off, if it is an expression: as a tree of its own. */
static mod_ty
split(mod_ty tree, PyArena *arena)
{
    asdl_stmt_seq *body = tree->v.Module.body;
    Py_ssize_t count = asdl_seq_LEN(body);
    if (count == 0) {
        return NULL;
    }
    stmt_ty end = (stmt_ty)asdl_seq_GET(body, count - 1);
    if (end->kind != Expr_kind) {
        return NULL;
    }
    mod_ty expression = _PyAST_Expression(end->v.Expr.value, arena);
    if (expression != NULL) {
        body->size--;
    }
    return expression;
}

static int
compile_tree(const char *source, PyObject *filename, PyObject **code, PyObject **last,
             PyArena *arena)
{
    PyCompilerFlags flags = {.cf_flags = 0, .cf_feature_version = PY_MINOR_VERSION};
    mod_ty tree = _PyParser_ASTFromString(source, filename, Py_file_input, &flags, arena);
    if (tree == NULL) {
        return -1;
    }
    mod_ty expression = split(tree, arena);
    if (PyErr_Occurred()) {
        return -1;
    }
    *code = (PyObject *)_PyAST_Compile(tree, filename, &flags, -1, arena);
    if (*code == NULL) {
        return -1;
    }
    if (expression != NULL) {
        flags.cf_flags |= future_flags(*code);
        *last = (PyObject *)_PyAST_Compile(expression, filename, &flags, -1, arena);
    }
    return expression != NULL && *last == NULL ? -1 : 0;
}

static int
compile_with_last(const char *source, PyObject *filename, PyObject **code, PyObject **last)
{
    PyArena *arena = _PyArena_New();
    if (arena == NULL) {
        return -1;
    }
    int rc = compile_tree(source, filename, code, last, arena);
    _PyArena_Free(arena);
    return rc;
}

#else

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
compile_with_last(const char *source, PyObject *filename, PyObject **code, PyObject **last)
{
    PyCompilerFlags flags = {.cf_flags = PyCF_ONLY_AST,
                             .cf_feature_version = PY_MINOR_VERSION};
    PyObject *tree = Py_CompileStringObject(source, filename, Py_file_input, &flags, -1);
    int rc = tree == NULL ? -1 : compile_tree(tree, filename, code, last);
    Py_XDECREF(tree);
    return rc;
}

#endif

int
cl_compile(const char *source, size_t len, PyObject *filename, PyObject **code,
           PyObject **last)
{
    PyCompilerFlags flags = {.cf_flags = 0, .cf_feature_version = PY_MINOR_VERSION};
    *code = NULL;
    if (memchr(source, 0, len) != NULL) {
        PyErr_SetString(PyExc_SyntaxError, "source code cannot contain null bytes");
        return -1;
    }
    if (last == NULL) {
        *code = Py_CompileStringObject(source, filename, Py_file_input, &flags, -1);
        return *code == NULL ? -1 : 0;
    }
    *last = NULL;
    if (compile_with_last(source, filename, code, last) < 0) {
        Py_CLEAR(*code);
        Py_CLEAR(*last);
        return -1;
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the counter of rounds.  Under the GIL.
 *
 *     for x in ITER          ->  for x in ROUNDS(ITER)
 *     [.. for x in ITER ..]  ->  [.. for x in ROUNDS(ITER) ..]
 *     while TEST             ->  while TEST and ROUND()
 *
 * ROUNDS and ROUND are built-ins under names with a space in front, which no program
 * can spell; the iterator that ROUNDS returns counts in C.
 */
#include "guard/loops.h"

#include "base/own.h"
#include "guard/state.h"

#define ROUNDS_NAME " rounds"
#define ROUND_NAME " round"

static uint64_t used;
static uint64_t most = UINT64_MAX;

static void
count(void)
{
    if (++used > most) {
        uint64_t rounds = used;
        most = UINT64_MAX;
        cl_guard_limit(CL_JOB_LIMIT_LOOPS, rounds);
    }
}

/* ---- the iterator ------------------------------------------------------- */

struct rounds {
    PyObject_HEAD PyObject *inner; /* an iterator */
};

static void
rounds_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(((struct rounds *)self)->inner);
    PyObject_GC_Del(self);
}

static int
rounds_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((struct rounds *)self)->inner);
    return 0;
}

static PyObject *
rounds_next(PyObject *self)
{
    PyObject *inner = ((struct rounds *)self)->inner;
    PyObject *item = Py_TYPE(inner)->tp_iternext(inner);
    if (item != NULL) {
        count();
    }
    return item;
}

static PyTypeObject rounds_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.rounds",
    .tp_basicsize = sizeof(struct rounds),
    .tp_dealloc = rounds_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_traverse = rounds_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = rounds_next,
};

static PyObject *
make_rounds(PyObject *module, PyObject *iterable)
{
    (void)module;
    PyObject *inner = PyObject_GetIter(iterable);
    struct rounds *made =
        inner == NULL ? NULL : PyObject_GC_New(struct rounds, &rounds_type);
    if (made == NULL) {
        Py_XDECREF(inner);
        return NULL;
    }
    made->inner = inner;
    PyObject_GC_Track(made);
    return (PyObject *)made;
}

static PyObject *
round_once(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    count();
    Py_RETURN_TRUE;
}

static PyMethodDef methods[] = {
    {ROUNDS_NAME, make_rounds, METH_O, NULL},
    {ROUND_NAME, round_once, METH_NOARGS, NULL},
};

/* ---- the tree ----------------------------------------------------------- */

static PyObject *ast_name, *ast_call, *ast_boolop, *ast_and, *ast_load, *ast_node;
static PyObject *for_type, *while_type, *comprehension_type;
static PyObject *str_iter, *str_test, *str_fields;

static int
find_types(void)
{
    const struct {
        PyObject **to;
        const char *name;
    } rows[] = {
        {&ast_name, "Name"},
        {&ast_call, "Call"},
        {&ast_boolop, "BoolOp"},
        {&for_type, "For"},
        {&ast_node, "AST"},
        {&while_type, "While"},
        {&comprehension_type, "comprehension"},
    };
    PyObject *ast = PyImport_ImportModule("_ast");
    for (size_t i = 0; ast != NULL && i < CL_COUNT(rows); i++) {
        *rows[i].to = PyObject_GetAttrString(ast, rows[i].name);
    }
    ast_and = ast == NULL ? NULL : PyObject_CallMethod(ast, "And", NULL);
    ast_load = ast == NULL ? NULL : PyObject_CallMethod(ast, "Load", NULL);
    Py_XDECREF(ast);
    str_iter = PyUnicode_InternFromString("iter");
    str_test = PyUnicode_InternFromString("test");
    str_fields = PyUnicode_InternFromString("_fields");
    return PyErr_Occurred() ? -1 : 0;
}

int
cl_loops_install(PyObject *builtins)
{
    if (PyType_Ready(&rounds_type) < 0 || find_types() < 0) {
        return -1;
    }
    for (size_t i = 0; i < CL_COUNT(methods); i++) {
        PyObject *function = PyCFunction_New(&methods[i], NULL);
        int rc = function == NULL
                     ? -1
                     : PyDict_SetItemString(builtins, methods[i].ml_name, function);
        Py_XDECREF(function);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

/* Where the new node stands in the text: where the old one does. */
static int
copy_place(PyObject *from, PyObject *to)
{
    static const char *const names[] = {"lineno", "col_offset", "end_lineno",
                                        "end_col_offset"};
    for (size_t i = 0; i < CL_COUNT(names); i++) {
        PyObject *value = PyObject_GetAttrString(from, names[i]);
        int rc = value == NULL ? -1 : PyObject_SetAttrString(to, names[i], value);
        Py_XDECREF(value);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

/* NAME(argument), or NAME() if argument is NULL; placed as near is. */
static PyObject *
make_call(const char *name, PyObject *argument, PyObject *near)
{
    PyObject *func = PyObject_CallFunction(ast_name, "sO", name, ast_load);
    PyObject *args = argument == NULL ? PyList_New(0) : Py_BuildValue("[O]", argument);
    PyObject *keywords = PyList_New(0);
    PyObject *call =
        func == NULL || args == NULL || keywords == NULL
            ? NULL
            : PyObject_CallFunctionObjArgs(ast_call, func, args, keywords, NULL);
    if (call != NULL && (copy_place(near, func) < 0 || copy_place(near, call) < 0)) {
        Py_CLEAR(call);
    }
    Py_XDECREF(keywords);
    Py_XDECREF(args);
    Py_XDECREF(func);
    return call;
}

static int
wrap_iter(PyObject *node)
{
    PyObject *iter = PyObject_GetAttr(node, str_iter);
    PyObject *call = iter == NULL ? NULL : make_call(ROUNDS_NAME, iter, iter);
    int rc = call == NULL ? -1 : PyObject_SetAttr(node, str_iter, call);
    Py_XDECREF(call);
    Py_XDECREF(iter);
    return rc;
}

static int
wrap_test(PyObject *node)
{
    PyObject *test = PyObject_GetAttr(node, str_test);
    PyObject *call = test == NULL ? NULL : make_call(ROUND_NAME, NULL, test);
    PyObject *values = call == NULL ? NULL : Py_BuildValue("[OO]", test, call);
    PyObject *both = values == NULL
                         ? NULL
                         : PyObject_CallFunctionObjArgs(ast_boolop, ast_and, values, NULL);
    int rc = both == NULL || copy_place(test, both) < 0
                 ? -1
                 : PyObject_SetAttr(node, str_test, both);
    Py_XDECREF(both);
    Py_XDECREF(values);
    Py_XDECREF(call);
    Py_XDECREF(test);
    return rc;
}

static int
count_in(PyObject *value)
{
    int rc = 0;
    if (PyList_CheckExact(value)) {
        for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(value); i++) {
            rc = count_in(PyList_GET_ITEM(value, i));
        }
        return rc;
    }
    if (!PyObject_TypeCheck(value, (PyTypeObject *)ast_node)) {
        return 0;
    }
    PyObject *fields = PyObject_GetAttr((PyObject *)Py_TYPE(value), str_fields);
    rc = fields == NULL || !PyTuple_Check(fields) ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyTuple_GET_SIZE(fields); i++) {
        PyObject *child = PyObject_GetAttr(value, PyTuple_GET_ITEM(fields, i));
        rc = child == NULL && !PyErr_ExceptionMatches(PyExc_AttributeError) ? -1 : 0;
        PyErr_Clear();
        rc = rc == 0 && child != NULL ? count_in(child) : rc;
        Py_XDECREF(child);
    }
    Py_XDECREF(fields);
    PyObject *type = (PyObject *)Py_TYPE(value);
    if (rc == 0 && (type == for_type || type == comprehension_type)) {
        rc = wrap_iter(value);
    } else if (rc == 0 && type == while_type) {
        rc = wrap_test(value);
    }
    return rc;
}

int
cl_loops_count(PyObject *tree)
{
    return count_in(tree);
}

void
cl_loops_begin(uint64_t limit)
{
    used = 0;
    most = limit;
}

void
cl_loops_end(void)
{
    most = UINT64_MAX;
}

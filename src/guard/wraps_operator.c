/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns operator.attrgetter and methodcaller: types of our own, since the type of a real
 * one could be called to make another.  Each part of a dotted name is held to the rule
 * of names when the getter is made; it cannot change after.  Under the GIL.
 */
#include "guard/wraps_parts.h"

/* names: for attrgetter a tuple of tuples of names; for methodcaller the name. */
struct getter {
    PyObject_HEAD PyObject *names;
    PyObject *args, *kwargs; /* methodcaller's; kwargs may be NULL */
};

static PyTypeObject attrgetter_type, methodcaller_type;

static void
getter_dealloc(PyObject *self)
{
    struct getter *g = (struct getter *)self;
    PyObject_GC_UnTrack(self);
    Py_CLEAR(g->names);
    Py_CLEAR(g->args);
    Py_CLEAR(g->kwargs);
    PyObject_GC_Del(self);
}

static int
getter_traverse(PyObject *self, visitproc visit, void *arg)
{
    struct getter *g = (struct getter *)self;
    Py_VISIT(g->names);
    Py_VISIT(g->args);
    Py_VISIT(g->kwargs);
    return 0;
}

static int
getter_clear(PyObject *self)
{
    struct getter *g = (struct getter *)self;
    Py_CLEAR(g->args);
    Py_CLEAR(g->kwargs);
    return 0;
}

/* ---- attrgetter ---------------------------------------------------------- */

/* "a.b" -> ("a", "b") */
static PyObject *
split_name(PyObject *name)
{
    if (!PyUnicode_CheckExact(name)) {
        PyErr_SetString(PyExc_TypeError, "attribute name must be a string");
        return NULL;
    }
    PyObject *dot = PyUnicode_FromString(".");
    PyObject *list = dot == NULL ? NULL : PyUnicode_Split(name, dot, -1);
    PyObject *parts = list == NULL ? NULL : PyList_AsTuple(list);
    Py_XDECREF(list);
    Py_XDECREF(dot);
    for (Py_ssize_t i = 0; parts != NULL && i < PyTuple_GET_SIZE(parts); i++) {
        if (cl_wraps_check_name(PyTuple_GET_ITEM(parts, i)) < 0) {
            Py_CLEAR(parts);
        }
    }
    return parts;
}

static PyObject *
attrgetter_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    Py_ssize_t count = PyTuple_GET_SIZE(args);
    if (count == 0 || (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0)) {
        PyErr_SetString(PyExc_TypeError, "attrgetter expected at least 1 argument, all of "
                                         "them by position");
        return NULL;
    }
    PyObject *names = PyTuple_New(count);
    for (Py_ssize_t i = 0; names != NULL && i < count; i++) {
        PyObject *parts = split_name(PyTuple_GET_ITEM(args, i));
        if (parts == NULL) {
            Py_CLEAR(names);
        } else {
            PyTuple_SET_ITEM(names, i, parts);
        }
    }
    struct getter *g = names == NULL ? NULL : (struct getter *)type->tp_alloc(type, 0);
    if (g == NULL) {
        Py_XDECREF(names);
        return NULL;
    }
    g->names = names;
    return (PyObject *)g;
}

static PyObject *
get_path(PyObject *object, PyObject *parts)
{
    PyObject *value = Py_NewRef(object);
    for (Py_ssize_t i = 0; value != NULL && i < PyTuple_GET_SIZE(parts); i++) {
        PyObject *next = PyObject_GetAttr(value, PyTuple_GET_ITEM(parts, i));
        Py_SETREF(value, next);
    }
    return value;
}

static PyObject *
attrgetter_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *names = ((struct getter *)self)->names;
    if (PyTuple_GET_SIZE(args) != 1 || (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0)) {
        PyErr_SetString(PyExc_TypeError, "attrgetter expected 1 argument");
        return NULL;
    }
    PyObject *object = PyTuple_GET_ITEM(args, 0);
    Py_ssize_t count = PyTuple_GET_SIZE(names);
    if (count == 1) {
        return get_path(object, PyTuple_GET_ITEM(names, 0));
    }
    PyObject *values = PyTuple_New(count);
    for (Py_ssize_t i = 0; values != NULL && i < count; i++) {
        PyObject *value = get_path(object, PyTuple_GET_ITEM(names, i));
        if (value == NULL) {
            Py_CLEAR(values);
        } else {
            PyTuple_SET_ITEM(values, i, value);
        }
    }
    return values;
}

static PyTypeObject attrgetter_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "operator.attrgetter",
    .tp_basicsize = sizeof(struct getter),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "attrgetter(attr, /, *attrs): a callable that gets them from its operand.",
    .tp_new = attrgetter_new,
    .tp_dealloc = getter_dealloc,
    .tp_traverse = getter_traverse,
    .tp_clear = getter_clear,
    .tp_call = attrgetter_call,
};

/* ---- methodcaller -------------------------------------------------------- */

static PyObject *
methodcaller_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    if (PyTuple_GET_SIZE(args) == 0) {
        PyErr_SetString(PyExc_TypeError,
                        "methodcaller needs at least one argument, the method name");
        return NULL;
    }
    if (cl_wraps_check_name(PyTuple_GET_ITEM(args, 0)) < 0) {
        return NULL;
    }
    struct getter *g = (struct getter *)type->tp_alloc(type, 0);
    if (g == NULL) {
        return NULL;
    }
    g->names = Py_NewRef(PyTuple_GET_ITEM(args, 0));
    g->args = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    g->kwargs = kwargs == NULL ? NULL : PyDict_Copy(kwargs);
    if (g->args == NULL || (kwargs != NULL && g->kwargs == NULL)) {
        Py_DECREF(g);
        return NULL;
    }
    return (PyObject *)g;
}

static PyObject *
methodcaller_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    struct getter *g = (struct getter *)self;
    if (PyTuple_GET_SIZE(args) != 1 || (kwargs != NULL && PyDict_GET_SIZE(kwargs) > 0)) {
        PyErr_SetString(PyExc_TypeError, "methodcaller expected 1 argument");
        return NULL;
    }
    PyObject *method = PyObject_GetAttr(PyTuple_GET_ITEM(args, 0), g->names);
    PyObject *result = method == NULL ? NULL : PyObject_Call(method, g->args, g->kwargs);
    Py_XDECREF(method);
    return result;
}

static PyTypeObject methodcaller_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "operator.methodcaller",
    .tp_basicsize = sizeof(struct getter),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "methodcaller(name, /, *args, **kwargs): a callable that calls it.",
    .tp_new = methodcaller_new,
    .tp_dealloc = getter_dealloc,
    .tp_traverse = getter_traverse,
    .tp_clear = getter_clear,
    .tp_call = methodcaller_call,
};

int
cl_wraps_install_operator(void)
{
    return PyType_Ready(&attrgetter_type) < 0 || PyType_Ready(&methodcaller_type) < 0 ? -1
                                                                                      : 0;
}

PyObject *
cl_wrap_attrgetter(PyObject *real)
{
    (void)real;
    return Py_NewRef((PyObject *)&attrgetter_type);
}

PyObject *
cl_wrap_methodcaller(PyObject *real)
{
    (void)real;
    return Py_NewRef((PyObject *)&methodcaller_type);
}

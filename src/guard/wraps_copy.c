/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns how copy.copy and deepcopy take an object apart.
 *
 * copy asks its table of reducers first, and the object's own __reduce_ex__ only where
 * that has none.  Ours has one for every class: it finds the hook in the class, never
 * in the instance, leaves out those that look a name up again that code can choose (a
 * bound method is put together by getattr(object, name)), and gives away of an object's
 * dictionary a copy, without the names that the rule refuses.  How the parts become an
 * object again is in wraps_rebuild.c.  Under the GIL.
 */
#include "guard/names.h"
#include "guard/wraps_parts.h"

static PyObject *real_table; /* copyreg.dispatch_table */
static PyObject *reducer;    /* safe_reduce, as a function */
static PyObject *real_getattr;
static PyTypeObject *method_wrapper; /* has no public name from 3.13 on; held for ever */

/* What says of itself "getattr(class, name)": it is its own copy.  Not what it says is
 * compared but what it is, for a class of the code's own cannot have a hook. */
static int
is_looked_up(PyTypeObject *type)
{
    return type == &PyMethodDescr_Type || type == &PyClassMethodDescr_Type ||
           type == &PyWrapperDescr_Type || type == method_wrapper ||
           type == &PyGetSetDescr_Type || type == &PyMemberDescr_Type;
}

/* Of classes that nobody can copy: their hooks name what they would look up. */
static int
is_refused(PyTypeObject *type)
{
    return type == &PyMethod_Type || type == &PyCFunction_Type ||
           PyType_IsSubtype(type, &PyModule_Type);
}

PyObject *
cl_wraps_filter_names(PyObject *names)
{
    PyObject *kept = PyDict_New();
    PyObject *key = NULL;
    PyObject *value = NULL;
    Py_ssize_t at = 0;
    while (kept != NULL && PyDict_Next(names, &at, &key, &value)) {
        if (PyUnicode_CheckExact(key) &&
            cl_name_check(key, CL_NAME_ATTRIBUTE, 0) == CL_NAME_OK &&
            PyDict_SetItem(kept, key, value) < 0) {
            Py_CLEAR(kept);
        }
    }
    return kept;
}

PyObject *
cl_wraps_filter_state(PyObject *state)
{
    if (PyDict_CheckExact(state)) {
        return cl_wraps_filter_names(state);
    }
    if (!PyTuple_CheckExact(state)) {
        return Py_NewRef(state);
    }
    Py_ssize_t count = PyTuple_GET_SIZE(state);
    PyObject *made = PyTuple_New(count);
    for (Py_ssize_t i = 0; made != NULL && i < count; i++) {
        PyObject *part = PyTuple_GET_ITEM(state, i);
        PyObject *safe =
            PyDict_CheckExact(part) ? cl_wraps_filter_names(part) : Py_NewRef(part);
        if (safe == NULL) {
            Py_CLEAR(made);
        } else {
            PyTuple_SET_ITEM(made, i, safe);
        }
    }
    return made;
}

static PyObject *
filter_parts(PyObject *parts)
{
    Py_ssize_t count = PyTuple_CheckExact(parts) ? PyTuple_GET_SIZE(parts) : 0;
    if (count < 3 || PyTuple_GET_ITEM(parts, 2) == Py_None) {
        return Py_NewRef(parts);
    }
    PyObject *made = PyTuple_New(count);
    for (Py_ssize_t i = 0; made != NULL && i < count; i++) {
        PyObject *part = PyTuple_GET_ITEM(parts, i);
        PyObject *safe = i == 2 ? cl_wraps_filter_state(part) : Py_NewRef(part);
        if (safe == NULL) {
            Py_CLEAR(made);
        } else {
            PyTuple_SET_ITEM(made, i, safe);
        }
    }
    return made;
}

/* A hook of the class, called; NULL without an exception where there is none. */
static PyObject *
call_hook(PyObject *object, const char *name, PyObject *argument)
{
    PyObject *text = PyUnicode_InternFromString(name);
    PyObject *hook = text == NULL ? NULL : _PyType_Lookup(Py_TYPE(object), text);
    descrgetfunc get = hook == NULL ? NULL : Py_TYPE(hook)->tp_descr_get;
    Py_XDECREF(text);
    PyObject *bound = get == NULL ? NULL : get(hook, object, (PyObject *)Py_TYPE(object));
    PyObject *parts =
        bound == NULL ? NULL : PyObject_CallFunctionObjArgs(bound, argument, NULL);
    Py_XDECREF(bound);
    return parts;
}

/* What copy calls in place of the object's own __reduce_ex__. */
static PyObject *
safe_reduce(PyObject *self, PyObject *object)
{
    (void)self;
    PyTypeObject *type = Py_TYPE(object);
    if (is_refused(type)) {
        PyErr_Format(PyExc_TypeError, "cannot copy '%.100s' object", type->tp_name);
        return NULL;
    }
    if (is_looked_up(type)) {
        return PyUnicode_FromString(type->tp_name); /* a text: copy keeps the object */
    }
    PyObject *known = PyDict_GetItemWithError(real_table, (PyObject *)type); /* borrowed */
    if (known != NULL) {
        return PyObject_CallOneArg(known, object);
    }
    PyObject *protocol = PyErr_Occurred() ? NULL : PyLong_FromLong(4);
    PyObject *parts =
        protocol == NULL ? NULL : call_hook(object, "__reduce_ex__", protocol);
    Py_XDECREF(protocol);
    if (parts == NULL && !PyErr_Occurred()) {
        PyErr_Format(PyExc_TypeError, "cannot copy '%.100s' object", type->tp_name);
    }
    if (parts != NULL && PyTuple_Check(parts) && PyTuple_GET_SIZE(parts) > 0 &&
        PyTuple_GET_ITEM(parts, 0) == real_getattr) {
        Py_DECREF(parts); /* as is_looked_up(), of a class that is not known here */
        return PyUnicode_FromString(type->tp_name);
    }
    PyObject *safe = parts == NULL ? NULL : filter_parts(parts);
    Py_XDECREF(parts);
    return safe;
}

static PyMethodDef reduce_method = {"reduce", safe_reduce, METH_O, NULL};

/* ---- the table ----------------------------------------------------------- */

static PyObject *
table_get(PyObject *self, PyObject *class)
{
    (void)self;
    (void)class;
    return Py_NewRef(reducer);
}

static PyMethodDef table_methods[] = {
    {"get", table_get, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject table_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.reducers",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_methods = table_methods,
};

/* object.__reduce_ex__ compares an object's __reduce__ with object's own, which it looks
 * up once, in object's dictionary: before a gate stands there. */
static int
remember_reduce(void)
{
    PyObject *object = PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type);
    PyObject *parts =
        object == NULL ? NULL : PyObject_CallMethod(object, "__reduce_ex__", "i", 4);
    Py_XDECREF(parts);
    Py_XDECREF(object);
    return parts == NULL ? -1 : 0;
}

int
cl_wraps_install_copy(void)
{
    PyObject *wrapper = PyObject_GetAttrString(Py_None, "__str__");
    method_wrapper = wrapper == NULL ? NULL : (PyTypeObject *)Py_NewRef(Py_TYPE(wrapper));
    Py_XDECREF(wrapper);
    reducer = PyCFunction_New(&reduce_method, NULL);
    real_getattr = Py_XNewRef(PyDict_GetItemString(PyEval_GetBuiltins(), "getattr"));
    return method_wrapper == NULL || reducer == NULL || real_getattr == NULL ||
                   remember_reduce() < 0
               ? -1
               : PyType_Ready(&table_type);
}

int
cl_patch_copy(PyObject *module)
{
    PyObject *dict = PyModule_GetDict(module);
    PyObject *table = PyDict_GetItemString(dict, "dispatch_table"); /* borrowed */
    if (table == NULL || !PyDict_Check(table)) {
        PyErr_SetString(PyExc_ImportError, "copy has no dispatch_table in this Python");
        return -1;
    }
    real_table = Py_NewRef(table);
    PyObject *ours = (PyObject *)PyObject_New(PyObject, &table_type);
    int rc = ours == NULL ? -1 : PyDict_SetItemString(dict, "dispatch_table", ours);
    Py_XDECREF(ours);
    return rc < 0 ? -1 : cl_patch_rebuild(module);
}

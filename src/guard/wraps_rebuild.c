/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns how copy puts an object together again.
 *
 * The memo of deepcopy belongs to whoever calls: by it code says what becomes of each
 * part of what an object reduces to.  So classes are never looked up there, a state goes
 * only into an object of the type that was taken apart, under names that the rule allows,
 * and a method stays with an instance of the class that it came from.  Under the GIL.
 */
#include "guard/state.h"
#include "guard/wraps_parts.h"

static PyObject *deepcopy_function; /* copy's own */

/* What the memo says of a part, or a copy of it; a class is itself. */
static PyObject *
copy_part(PyObject *part, PyObject *memo)
{
    return memo == Py_None || PyType_Check(part)
               ? Py_NewRef(part)
               : PyObject_CallFunctionObjArgs(deepcopy_function, part, memo, NULL);
}

static PyObject *
copy_parts(PyObject *parts, PyObject *memo)
{
    PyObject *list = PySequence_List(parts);
    for (Py_ssize_t i = 0; list != NULL && i < PyList_GET_SIZE(list); i++) {
        PyObject *copied = copy_part(PyList_GET_ITEM(list, i), memo);
        if (copied == NULL) {
            Py_CLEAR(list);
        } else {
            (void)PyList_SetItem(list, i, copied); /* within its bounds */
        }
    }
    PyObject *tuple = list == NULL ? NULL : PyList_AsTuple(list);
    Py_XDECREF(list);
    return tuple;
}

/* ---- the state ------------------------------------------------------------- */

/* Into the object's own dictionary, where it has one, else as attributes. */
static int
set_names(PyObject *object, PyObject *names, int is_slots)
{
    PyObject *kept = PyDict_CheckExact(names) ? cl_wraps_filter_names(names) : NULL;
    if (kept == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_TypeError, "the attributes of a copy must be in a dict");
        }
        return -1;
    }
    PyObject *dict = is_slots ? NULL : PyObject_GenericGetDict(object, NULL);
    PyObject *key = NULL;
    PyObject *value = NULL;
    Py_ssize_t at = 0;
    int rc = dict != NULL ? PyDict_Update(dict, kept) : is_slots ? 0 : -1;
    while (is_slots && rc == 0 && PyDict_Next(kept, &at, &key, &value)) {
        rc = PyObject_SetAttr(object, key, value);
    }
    Py_XDECREF(dict);
    Py_DECREF(kept);
    return rc;
}

static int
set_state(PyObject *object, PyObject *state)
{
    PyObject *method = PyObject_GetAttrString(object, "__setstate__");
    if (method == NULL && !PyErr_ExceptionMatches(PyExc_AttributeError)) {
        return -1;
    }
    PyErr_Clear();
    if (method != NULL) {
        PyObject *safe = cl_wraps_filter_state(state);
        PyObject *done = safe == NULL ? NULL : PyObject_CallOneArg(method, safe);
        Py_XDECREF(safe);
        Py_DECREF(method);
        Py_XDECREF(done);
        return done == NULL ? -1 : 0;
    }
    PyObject *slots = Py_None;
    if (PyTuple_Check(state) && PyTuple_GET_SIZE(state) == 2) {
        slots = PyTuple_GET_ITEM(state, 1);
        state = PyTuple_GET_ITEM(state, 0);
    }
    return (state != Py_None && set_names(object, state, 0) < 0) ||
                   (slots != Py_None && set_names(object, slots, 1) < 0)
               ? -1
               : 0;
}

static int
restore(PyObject *object, PyObject *from, PyObject *state, PyObject *memo)
{
    if (Py_TYPE(object) != Py_TYPE(from)) {
        PyErr_Format(PyExc_TypeError, "a copy of '%.100s' cannot be made of '%.100s' here",
                     Py_TYPE(from)->tp_name, Py_TYPE(object)->tp_name);
        return -1;
    }
    PyObject *copied = copy_part(state, memo);
    int rc = copied == NULL ? -1 : set_state(object, copied);
    Py_XDECREF(copied);
    return rc;
}

/* ---- items ------------------------------------------------------------------ */

static int
append(PyObject *object, PyObject *item, PyObject *memo)
{
    PyObject *copied = copy_part(item, memo);
    PyObject *done =
        copied == NULL ? NULL : PyObject_CallMethod(object, "append", "O", copied);
    Py_XDECREF(copied);
    Py_XDECREF(done);
    return done == NULL ? -1 : 0;
}

static int
put(PyObject *object, PyObject *pair, PyObject *memo)
{
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
        PyErr_SetString(PyExc_TypeError, "the items of a mapping must be pairs");
        return -1;
    }
    PyObject *copied = copy_parts(pair, memo);
    int rc = copied == NULL ? -1
                            : PyObject_SetItem(object, PyTuple_GET_ITEM(copied, 0),
                                               PyTuple_GET_ITEM(copied, 1));
    Py_XDECREF(copied);
    return rc;
}

static int
for_each(PyObject *object, PyObject *items, PyObject *memo,
         int (*add)(PyObject *, PyObject *, PyObject *))
{
    PyObject *iterator = PyObject_GetIter(items);
    PyObject *item = NULL;
    int rc = iterator == NULL ? -1 : 0;
    while (rc == 0 && (item = PyIter_Next(iterator)) != NULL) {
        rc = add(object, item, memo);
        Py_DECREF(item);
    }
    Py_XDECREF(iterator);
    return PyErr_Occurred() ? -1 : rc;
}

/* ---- the two that stand in copy ---------------------------------------------- */

static int
remember(PyObject *memo, PyObject *object, PyObject *made)
{
    PyObject *key = memo == Py_None ? NULL : PyLong_FromVoidPtr(object);
    int rc = memo == Py_None ? 0 : key == NULL ? -1 : PyObject_SetItem(memo, key, made);
    Py_XDECREF(key);
    return rc;
}

/* (x, memo, func, args, state, listiter, dictiter); memo: None for copy.copy() */
static PyObject *
rebuild(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *from = NULL, *memo = NULL, *function = NULL, *parts = NULL;
    PyObject *state = Py_None, *items = Py_None, *pairs = Py_None;
    if (!PyArg_ParseTuple(args, "OOOO|OOO:copy", &from, &memo, &function, &parts, &state,
                          &items, &pairs)) {
        return NULL;
    }
    PyObject *copied = copy_parts(parts, memo);
    PyObject *made = copied == NULL ? NULL : PyObject_CallObject(function, copied);
    Py_XDECREF(copied);
    if (made != NULL && (remember(memo, from, made) < 0 ||
                         (state != Py_None && restore(made, from, state, memo) < 0) ||
                         (items != Py_None && for_each(made, items, memo, append) < 0) ||
                         (pairs != Py_None && for_each(made, pairs, memo, put) < 0))) {
        Py_CLEAR(made);
    }
    return made;
}

/* A method of a copy of its object.  One that a library wrote is its own copy, as one
 * written in C is: its object may be the library's, and the memo would have it. */
static PyObject *
copy_method(PyObject *unused, PyObject *args)
{
    (void)unused;
    PyObject *method = NULL;
    PyObject *memo = NULL;
    if (!PyArg_ParseTuple(args, "O!O:deepcopy", &PyMethod_Type, &method, &memo)) {
        return NULL;
    }
    PyObject *function = PyMethod_GET_FUNCTION(method);
    if (!PyFunction_Check(function) ||
        ((PyFunctionObject *)function)->func_builtins == cl_guard_real_builtins()) {
        return Py_NewRef(method);
    }
    PyObject *old = PyMethod_GET_SELF(method);
    PyObject *self = copy_part(old, memo);
    PyObject *made = NULL;
    if (self != NULL && Py_TYPE(self) == Py_TYPE(old)) {
        made = PyMethod_New(PyMethod_GET_FUNCTION(method), self);
    } else if (self != NULL) {
        PyErr_Format(PyExc_TypeError, "a method of '%.100s' cannot be one of '%.100s'",
                     Py_TYPE(old)->tp_name, Py_TYPE(self)->tp_name);
    }
    Py_XDECREF(self);
    return made;
}

static PyMethodDef rebuild_method = {"_reconstruct", rebuild, METH_VARARGS, NULL};
static PyMethodDef copy_method_method = {"_deepcopy_method", copy_method, METH_VARARGS,
                                         NULL};

int
cl_patch_rebuild(PyObject *module)
{
    PyObject *dict = PyModule_GetDict(module);
    PyObject *copiers = PyDict_GetItemString(dict, "_deepcopy_dispatch"); /* borrowed */
    PyObject *function = PyDict_GetItemString(dict, "_reconstruct");
    deepcopy_function = Py_XNewRef(PyDict_GetItemString(dict, "deepcopy"));
    if (deepcopy_function == NULL || function == NULL || copiers == NULL ||
        !PyDict_Check(copiers) ||
        PyDict_GetItem(copiers, (PyObject *)&PyMethod_Type) == NULL) {
        PyErr_SetString(PyExc_ImportError, "copy is not what it was in this Python");
        return -1;
    }
    PyObject *ours = PyCFunction_New(&rebuild_method, NULL);
    PyObject *copier = PyCFunction_New(&copy_method_method, NULL);
    int rc = ours == NULL || copier == NULL ||
                     PyDict_SetItemString(dict, "_reconstruct", ours) < 0 ||
                     PyDict_SetItem(copiers, (PyObject *)&PyMethod_Type, copier) < 0
                 ? -1
                 : 0;
    Py_XDECREF(copier);
    Py_XDECREF(ours);
    return rc;
}

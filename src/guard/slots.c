/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the change of built-in types' functions.  Keeps nothing. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "guard/slots.h"

static cl_slot *
slot_of(PyTypeObject *type, enum cl_slot_table table, size_t offset)
{
    char *methods = table == CL_SLOT_NUMBER    ? (char *)type->tp_as_number
                    : table == CL_SLOT_MAPPING ? (char *)type->tp_as_mapping
                    : table == CL_SLOT_TYPE    ? (char *)type
                                               : (char *)type->tp_as_sequence;
    return methods == NULL ? NULL : (cl_slot *)(void *)(methods + offset);
}

static PyObject *
dict_of(PyTypeObject *type)
{
#if PY_VERSION_HEX >= 0x030c0000
    return PyType_GetDict(type);
#else
    return Py_NewRef(type->tp_dict);
#endif
}

/* int.__mul__ and int.__rmul__ call what the slot had when int was made; and a
 * subclass, when it is made, takes its slot from there. */
static void
change_wrappers(PyTypeObject *type, cl_slot from, cl_slot to)
{
    PyObject *dict = dict_of(type);
    PyObject *name, *value; /* borrowed */
    Py_ssize_t at = 0;
    while (PyDict_Next(dict, &at, &name, &value)) {
        if (Py_IS_TYPE(value, &PyWrapperDescr_Type)) {
            PyWrapperDescrObject *wrapper = (PyWrapperDescrObject *)value;
            if (wrapper->d_wrapped == (void *)from) {
                wrapper->d_wrapped = (void *)to;
            }
        }
    }
    Py_DECREF(dict);
}

static int
change(PyTypeObject *type, enum cl_slot_table table, size_t offset, cl_slot from,
       cl_slot to)
{
    cl_slot *slot = slot_of(type, table, offset);
    if (slot != NULL && *slot == from) {
        *slot = to;
    }
    change_wrappers(type, from, to);
    PyType_Modified(type);
    PyObject *children = PyObject_CallMethod((PyObject *)type, "__subclasses__", NULL);
    int rc = children == NULL ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(children); i++) {
        rc = change((PyTypeObject *)PyList_GET_ITEM(children, i), table, offset, from, to);
    }
    Py_XDECREF(children);
    return rc;
}

int
cl_slots_put(PyTypeObject *type, enum cl_slot_table table, size_t offset, cl_slot ours,
             cl_slot *real)
{
    cl_slot *slot = slot_of(type, table, offset);
    if (slot == NULL || *slot == NULL || *slot == ours) {
        return 0;
    }
    *real = *slot;
    return change(type, table, offset, *real, ours);
}

int
cl_slots_put_init(PyTypeObject *type, initproc ours, initproc *real)
{
    if (type->tp_init != ours) {
        *real = type->tp_init;
        type->tp_init = ours;
        change_wrappers(type, (cl_slot)*real, (cl_slot)ours);
        PyType_Modified(type);
    }
    return 0;
}

int
cl_slots_put_method(PyObject *owner, const char *name, int flags, PyCFunction ours,
                    PyCFunction *real)
{
    PyObject *function = PyObject_GetAttrString(owner, name);
    PyMethodDef *def = NULL;
    if (function == NULL) {
        return -1;
    }
    if (Py_IS_TYPE(function, &PyMethodDescr_Type)) {
        def = ((PyMethodDescrObject *)function)->d_method;
    } else if (PyCFunction_CheckExact(function)) {
        def = ((PyCFunctionObject *)function)->m_ml;
    }
    Py_DECREF(function); /* its owner keeps it, and the definition */
    const int conventions =
        METH_VARARGS | METH_FASTCALL | METH_KEYWORDS | METH_NOARGS | METH_O | METH_METHOD;
    if (def == NULL || (def->ml_flags & conventions) != flags) {
        PyErr_Format(PyExc_SystemError, "%s of %R is not called as the guard knows it",
                     name, owner);
        return -1;
    }
    if (def->ml_meth != ours) {
        *real = def->ml_meth;
        def->ml_meth = ours;
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What several wraps need: functions around functions, and names of fields. */
#include "guard/names.h"
#include "guard/state.h"
#include "guard/wraps_parts.h"

PyObject *
cl_wraps_around(PyMethodDef *method, PyObject *real)
{
    return PyCFunction_New(method, real);
}

PyObject *
cl_wraps_dict_of(PyTypeObject *type)
{
#if PY_VERSION_HEX >= 0x030c0000
    PyObject *dict = PyType_GetDict(type);
    Py_XDECREF(dict); /* the type holds it */
    return dict;
#else
    return type->tp_dict;
#endif
}

/* Into the dictionary itself: the class may be closed to changes already. */
int
cl_wraps_patch_method(PyObject *module, const char *class_name, PyMethodDef *method)
{
    PyObject *class = PyObject_GetAttrString(module, class_name);
    PyObject *dict = class == NULL ? NULL : cl_wraps_dict_of((PyTypeObject *)class);
    PyObject *real = dict == NULL ? NULL : PyDict_GetItemString(dict, method->ml_name);
    PyObject *around = real == NULL ? NULL : PyCFunction_New(method, real);
    PyObject *made = around == NULL ? NULL : PyInstanceMethod_New(around);
    int rc = made == NULL ? -1 : PyDict_SetItemString(dict, method->ml_name, made);
    if (rc == 0) {
        PyType_Modified((PyTypeObject *)class);
    } else if (!PyErr_Occurred()) {
        PyErr_Format(PyExc_ImportError, "%s has no %s in this Python", class_name,
                     method->ml_name);
    }
    Py_XDECREF(made);
    Py_XDECREF(around);
    Py_XDECREF(class);
    return rc;
}

int
cl_wraps_check_field(PyObject *name, const char *what, int methods)
{
    if (!PyUnicode_CheckExact(name)) {
        PyErr_Format(PyExc_TypeError, "the name of %s must be a plain string, not %.80s",
                     what, Py_TYPE(name)->tp_name);
        return -1;
    }
    if (!PyUnicode_IsIdentifier(name)) {
        PyErr_Format(PyExc_ValueError, "the name of %s must be an identifier: %R", what,
                     name);
        return -1;
    }
    if (cl_name_check(name, CL_NAME_ATTRIBUTE, 0) == CL_NAME_OK ||
        (methods && cl_name_check(name, CL_NAME_SUPER, 0) == CL_NAME_OK)) {
        return 0;
    }
    cl_guard_violation(CL_VIOLATION_NAME, what);
    PyErr_Format(PyExc_ValueError, "%R cannot be the name of %s here", name, what);
    return -1;
}

int
cl_wraps_refuse_keyword(PyObject *kwargs, const char *function, const char *keyword)
{
    PyObject *value = kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, keyword);
    if (value == NULL || value == Py_None) {
        return 0;
    }
    PyErr_Format(PyExc_TypeError, "%s() takes no '%s' at level restricted", function,
                 keyword);
    return -1;
}

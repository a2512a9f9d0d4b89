/* SPDX-License-Identifier: Apache-2.0 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/pyerr.h"

int
cl_pyerr_take(struct cloche_error *err, const char *context)
{
    PyObject *type = NULL;
    PyObject *value = NULL;
    PyObject *tb = NULL;
    PyErr_Fetch(&type, &value, &tb);
    PyObject *text = value == NULL ? NULL : PyObject_Str(value);
    const char *message = text == NULL ? NULL : PyUnicode_AsUTF8(text);
    const char *name = type != NULL && PyType_Check(type) ? ((PyTypeObject *)type)->tp_name
                                                          : "unknown error";
    (void)cl_fail(err, CLOCHE_EINTERNAL, "%s: %s: %s", context, name,
                  message == NULL ? "" : message);
    PyErr_Clear(); /* of making the text */
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    return -1;
}

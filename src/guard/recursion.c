/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the watch over RecursionError.  Under the GIL.
 *
 * CPython allows itself some calls beyond the limit, tstate->recursion_headroom, while
 * it makes the exception: at once (3.12 and later), or when the first handler gets it
 * (3.11).  Code that raises RecursionError("...") calls it without.  The text has to
 * agree too, for in 3.11 a class of the code's own may be called with the headroom.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "guard/recursion.h"

#include <string.h>

#include "guard/state.h"

static int is_on;
static int limit;

/* "maximum recursion depth exceeded", then perhaps in doing what. */
static int
is_of_cpython(PyObject *const *args, Py_ssize_t count)
{
    static const char text[] = "maximum recursion depth exceeded";
    if (PyThreadState_Get()->recursion_headroom <= 0 || count != 1 ||
        !PyUnicode_CheckExact(args[0]) || !PyUnicode_IS_ASCII(args[0])) {
        return 0;
    }
    return strncmp((const char *)PyUnicode_DATA(args[0]), text, sizeof text - 1) == 0;
}

/* What CPython calls to make one; not inherited by classes of the code's own. */
static PyObject *
watched_call(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t count = PyVectorcall_NARGS(nargsf);
    if (is_on && kwnames == NULL && is_of_cpython(args, count)) {
        cl_guard_limit(CL_JOB_LIMIT_RECURSION, (uint64_t)limit);
    }
    PyObject *packed = PyTuple_New(count);
    PyObject *named = kwnames == NULL ? NULL : PyDict_New();
    PyObject *made = NULL;
    for (Py_ssize_t i = 0; packed != NULL && i < count; i++) {
        PyTuple_SET_ITEM(packed, i, Py_NewRef(args[i]));
    }
    int rc = packed == NULL || (kwnames != NULL && named == NULL) ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && named != NULL && i < PyTuple_GET_SIZE(kwnames); i++) {
        rc = PyDict_SetItem(named, PyTuple_GET_ITEM(kwnames, i), args[count + i]);
    }
    if (rc == 0) {
        made = PyType_Type.tp_call(type, packed, named);
    }
    Py_XDECREF(named);
    Py_XDECREF(packed);
    return made;
}

void
cl_recursion_install(void)
{
    ((PyTypeObject *)PyExc_RecursionError)->tp_vectorcall = watched_call;
}

void
cl_recursion_begin(void)
{
    limit = Py_GetRecursionLimit();
    is_on = 1;
}

void
cl_recursion_end(void)
{
    is_on = 0;
}

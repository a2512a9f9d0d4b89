/* SPDX-License-Identifier: Apache-2.0 */
#include "guard/modules.h"
#include "guard/wraps.h"
#include "guard/names.h"
#include "guard/state.h"
int
cl_modules_install(struct cloche_error *err)
{
    (void)err;
    return 0;
}
PyObject *
cl_modules_import(PyObject *name, PyObject *fromlist, int level)
{
    (void)fromlist;
    (void)level;
    PyErr_Format(PyExc_ImportError, "no %R", name);
    return NULL;
}
int
cl_modules_knows(const char *name)
{
    (void)name;
    return 0;
}
int
cl_wraps_check_name(PyObject *name)
{
    if (!PyUnicode_CheckExact(name)) {
        PyErr_SetString(PyExc_TypeError, "attribute name must be a plain string");
        return -1;
    }
    enum cl_name_verdict v =
        cl_name_check(name, CL_NAME_ATTRIBUTE, (int)cl_guard_plan()->introspection);
    if (v == CL_NAME_OK)
        return 0;
    cl_guard_violation(v == CL_NAME_INTROSPECTIVE ? CL_VIOLATION_INTROSPECTION
                                                  : CL_VIOLATION_NAME,
                       "attribute by name");
    PyErr_Format(PyExc_AttributeError, "'%U' is not available here", name);
    return -1;
}

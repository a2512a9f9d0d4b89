/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the set of library classes from which restricted code may derive.
 *
 * Any class can be had as the class of an object, also one that its module keeps to
 * itself; and what the module says to such an object's methods (a namespace, a function
 * of its own) it means for itself.  So a base is a class of the code's own, a built-in,
 * or one that some module of the table has under a name of its row.  Under the GIL.
 */
#include "guard/bases.h"

#include <string.h>

#include "guard/dynamic.h"
#include "guard/modules_table.h"
#include "guard/state.h"
#include "guard/types.h"

enum { NAME_MAX_BYTES = 96 };

static PyObject *offered; /* a set of classes */

int
cl_bases_note(PyObject *value)
{
    if (!PyType_Check(value)) {
        return 0;
    }
    if (offered == NULL) {
        offered = PySet_New(NULL);
    }
    return offered == NULL ? -1 : PySet_Add(offered, value);
}

/* Does the module, which is loaded, have it under a name of the row? */
static int
row_has(const struct cl_module_row *row, PyObject *dict, PyObject *class)
{
    size_t len = 0;
    const char *at = cl_module_row_next(row->names, &len);
    for (; at != NULL; at = cl_module_row_next(at + len, &len)) {
        char name[NAME_MAX_BYTES];
        (void)snprintf(name, sizeof name, "%.*s", (int)len, at); /* names are short */
        if (PyDict_GetItemString(dict, name) == class) {
            return 1;
        }
    }
    return 0;
}

static int
table_has(PyObject *class)
{
    PyObject *modules = PyImport_GetModuleDict(); /* borrowed, as what is in it */
    for (size_t i = 0; i < cl_module_row_count; i++) {
        PyObject *module = PyDict_GetItemString(modules, cl_module_rows[i].module);
        if (module != NULL && PyModule_Check(module) &&
            row_has(&cl_module_rows[i], PyModule_GetDict(module), class)) {
            return 1;
        }
    }
    return 0;
}

/* Built-in classes, and the ABCs behind aliases of typing. */
static int
is_of_open_module(PyTypeObject *type)
{
    PyObject *builtin = PyDict_GetItemString(cl_guard_real_builtins(), type->tp_name);
    if (builtin == (PyObject *)type || (type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0) {
        return builtin == (PyObject *)type;
    }
    PyObject *module = PyDict_GetItemString(cl_types_dict(type), "__module__");
    return module != NULL && PyUnicode_Check(module) &&
           PyUnicode_CompareWithASCIIString(module, "collections.abc") == 0;
}

/* A class of a library cannot be changed; one that code makes can. */
static int
is_of_library(PyTypeObject *type)
{
    return (type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0 ||
           (type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE) != 0;
}

static int
is_allowed(PyTypeObject *type)
{
    PyObject *class = (PyObject *)type;
    if (!is_of_library(type) || (offered != NULL && PySet_Contains(offered, class) == 1)) {
        return 1;
    }
    int is = is_of_open_module(type) || table_has(class);
    if (is && cl_bases_note(class) < 0) {
        PyErr_Clear(); /* it is looked for again */
    }
    return is;
}

int
cl_bases_check(PyObject *bases)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        PyObject *base = PyTuple_GET_ITEM(bases, i);
        if (!PyType_Check(base) || is_allowed((PyTypeObject *)base) ||
            cl_dynamic_is_import()) { /* a library's own class */
            continue;                 /* CPython says what is wrong with what is no class */
        }
        char what[120];
        (void)snprintf(what, sizeof what, "private class %.100s",
                       ((PyTypeObject *)base)->tp_name); /* may be cut */
        cl_guard_violation(CL_VIOLATION_NAME, what);
        PyErr_Format(
            PyExc_TypeError,
            "a class cannot be made of '%.100s' here: its module keeps it to itself",
            ((PyTypeObject *)base)->tp_name);
        return -1;
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns os.register_at_fork while packages are preloaded, and the list of what
 * each cell calls for entropy of its own.  Under the GIL.
 *
 * The zygote has one thread and forks between two packets, with no lock of
 * Python's held; and a cell whose policy grants no processes forks nothing.  So
 * the hooks by which the standard library takes its locks before a fork and
 * mends them after have nothing to do, and cost each cell more than the fork
 * itself: they write to some two hundred pages.  Hooks of anybody else stay.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/atfork.h"

#include "base/own.h"
#include "cell/support.h"

/* Modules of the standard library whose hooks only take, mend and release
 * locks; and `random`, whose generator is reseeded with the others. */
static const char *const mended[] = {"random", "threading", "logging",
                                     "concurrent.futures.thread"};

static PyObject *original; /* os.register_at_fork, while ours stands there */
static PyObject *renewers; /* list of callables, or NULL */

static int
is_mended(PyObject *module_name)
{
    for (size_t i = 0; i < CL_COUNT(mended); i++) {
        if (module_name != NULL && PyUnicode_Check(module_name) &&
            PyUnicode_CompareWithASCIIString(module_name, mended[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

static PyObject *
register_at_fork(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    PyObject *globals = PyEval_GetGlobals(); /* the caller's; borrowed */
    PyObject *name =
        globals == NULL ? NULL : PyDict_GetItemString(globals, "__name__"); /* borrowed */
    return is_mended(name) ? Py_NewRef(Py_None) : PyObject_Call(original, args, kwargs);
}

static PyMethodDef replacement = {"register_at_fork",
                                  (PyCFunction)(void (*)(void))register_at_fork,
                                  METH_VARARGS | METH_KEYWORDS, NULL};

/* os has it by `from posix import *`, long before the first preload. */
static int
put(PyObject *function)
{
    PyObject *os = PyImport_ImportModule("os");
    int rc = os == NULL || function == NULL
                 ? -1
                 : PyObject_SetAttrString(os, replacement.ml_name, function);
    Py_XDECREF(os);
    return rc;
}

int
cl_atfork_intercept(void)
{
    PyObject *os = PyImport_ImportModule("os");
    original = os == NULL ? NULL : PyObject_GetAttrString(os, replacement.ml_name);
    Py_XDECREF(os);
    PyObject *ours = original == NULL ? NULL : PyCFunction_New(&replacement, NULL);
    int rc = put(ours);
    Py_XDECREF(ours);
    return rc;
}

int
cl_atfork_release(void)
{
    int rc = original == NULL ? 0 : put(original);
    Py_CLEAR(original);
    return rc;
}

int
cl_atfork_prepare(void)
{
    renewers = cl_support_call("renewers", NULL);
    return renewers != NULL && PyList_CheckExact(renewers) ? 0 : -1;
}

int
cl_atfork_renew_entropy(void)
{
    for (Py_ssize_t i = 0; renewers != NULL && i < PyList_GET_SIZE(renewers); i++) {
        PyObject *done = PyObject_CallNoArgs(PyList_GET_ITEM(renewers, i));
        if (done == NULL) {
            return -1;
        }
        Py_DECREF(done);
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `python3 FILE` does when the program has ended.  Owns nothing.  Under the GIL.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/ending.h"

#include "cell/streams.h"
#include "cell/threads.h"

/* What sys.exit's argument means: a status, or a text for stderr and 1. */
int
cl_ending_exit_status(PyObject *exit)
{
    PyObject *code = PyObject_GetAttrString(exit, "code");
    int status = 1;
    if (code == NULL || code == Py_None) {
        status = 0;
    } else if (PyLong_Check(code)) {
        status = (int)(PyLong_AsUnsignedLongMask(code) & 0xff);
    } else {
        cl_streams_flush();
        PyObject *err = PySys_GetObject("stderr"); /* borrowed */
        if (err != NULL && err != Py_None &&
            PyFile_WriteObject(code, err, Py_PRINT_RAW) == 0) {
            (void)PyFile_WriteString("\n", err); /* as python3: best effort */
        }
    }
    PyErr_Clear();
    Py_XDECREF(code);
    return status;
}

/* module.function, if the module was imported; NULL: it was not, or an exception. */
PyObject *
cl_ending_find(const char *module, const char *function)
{
    PyObject *m = PyDict_GetItemString(PyImport_GetModuleDict(), module); /* borrowed */
    return m == NULL ? NULL : PyObject_GetAttrString(m, function);
}

/* Call it; errors are printed. */
void
cl_ending_call(const char *module, const char *function)
{
    PyObject *found = cl_ending_find(module, function);
    PyObject *done = found == NULL ? NULL : PyObject_CallNoArgs(found);
    if (PyErr_Occurred()) {
        PyErr_WriteUnraisable(found);
    }
    Py_XDECREF(done);
    Py_XDECREF(found);
}

void
cl_ending_threads(void)
{
    if (cl_threads_have_end()) {
        cl_ending_call("threading", "_shutdown");
    }
}

/* What a __del__ may need while it runs. */
static int
is_tool(PyObject *object)
{
    return PyModule_Check(object) || PyType_Check(object) || PyFunction_Check(object) ||
           PyCFunction_Check(object);
}

/* The end of __main__: objects' __del__ run now, in the order in which they
 * were named.  CPython gets there by a collection, in which they still see all
 * of their module; so modules, classes and functions go after the others. */
void
cl_ending_clear(void *ctx)
{
    PyObject *globals = ctx;
    for (int pass = 0; pass < 2; pass++) {
        PyObject *keys = PyDict_Keys(globals);
        for (Py_ssize_t i = 0; keys != NULL && i < PyList_GET_SIZE(keys); i++) {
            PyObject *key = PyList_GET_ITEM(keys, i);
            PyObject *value = PyDict_GetItem(globals, key); /* borrowed */
            int is_builtins = PyUnicode_Check(key) &&
                              PyUnicode_CompareWithASCIIString(key, "__builtins__") == 0;
            if (value != NULL && !is_builtins && is_tool(value) == pass) {
                (void)PyObject_SetItem(globals, key,
                                       Py_None); /* a dict: only memory can fail */
                PyErr_Clear();
            }
        }
        Py_XDECREF(keys);
    }
}

/* sys.excepthook, where the code put one of its own. */
void
cl_ending_excepthook(PyObject *error)
{
    PyObject *hook = PySys_GetObject("excepthook"); /* all borrowed */
    if (hook == NULL || hook == Py_None || hook == PySys_GetObject("__excepthook__")) {
        return;
    }
    PyObject *tb = PyException_GetTraceback(error);
    PyObject *done = PyObject_CallFunctionObjArgs(hook, (PyObject *)Py_TYPE(error), error,
                                                  tb == NULL ? Py_None : tb, NULL);
    if (done == NULL) {
        PyErr_WriteUnraisable(hook);
    }
    Py_XDECREF(done);
    Py_XDECREF(tb);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the functions that stand where _thread's starters were.  Under the GIL.
 *
 * A thread that the kernel refuses is a RuntimeError like any other: unlike an
 * OSError it is not seen as it is made, so the call itself is watched.  And so
 * it is known at the end whether there was ever one to wait for.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/threads.h"

#include "base/own.h"
#include "cell/denials.h"
#include "guard/key.h"

/* What starts a thread, and tells of a refusal by a RuntimeError alone. */
static const char *const starters[] = {"start_new_thread", "start_new",
                                       "start_joinable_thread"};
static PyObject *original_starters[CL_COUNT(starters)];

/* threading as it was preloaded; all NULL if it was not. */
static struct {
    PyObject *module, *shutdown, *atexits;
    Py_ssize_t n_atexits;
} preloaded;

static int has_started; /* a thread, or the attempt */

static PyObject *
start_watched(size_t which, PyObject *args, PyObject *kwargs)
{
    has_started = 1;
    PyObject *made = PyObject_Call(original_starters[which], args, kwargs);
    if (made == NULL && PyErr_ExceptionMatches(PyExc_RuntimeError)) {
        PyObject *type, *value, *tb;
        PyErr_Fetch(&type, &value, &tb);
        PyObject *text = value == NULL ? NULL : PyObject_Str(value);
        if (text != NULL &&
            PyUnicode_CompareWithASCIIString(text, "can't start new thread") == 0) {
            cl_denials_add_hit(CL_HIT_PROCESSES);
        }
        Py_XDECREF(text);
        PyErr_Clear(); /* of str(), if any */
        PyErr_Restore(type, value, tb);
    }
    return made;
}

static PyObject *
start_new_thread(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    return start_watched(0, args, kwargs);
}

static PyObject *
start_new(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    return start_watched(1, args, kwargs);
}

static PyObject *
start_joinable_thread(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    return start_watched(2, args, kwargs);
}

static PyMethodDef watched_starters[CL_COUNT(starters)] = {
    {"start_new_thread", (PyCFunction)(void (*)(void))start_new_thread,
     METH_VARARGS | METH_KEYWORDS, NULL},
    {"start_new", (PyCFunction)(void (*)(void))start_new, METH_VARARGS | METH_KEYWORDS,
     NULL},
    {"start_joinable_thread", (PyCFunction)(void (*)(void))start_joinable_thread,
     METH_VARARGS | METH_KEYWORDS, NULL},
};

/* Put the watched function where the original is: in _thread, and under its
 * other name in threading, if that was preloaded. */
static int
replace_starter(PyObject *module, PyObject *threading, size_t which)
{
    char other[32];
    PyObject *original = PyObject_GetAttrString(module, starters[which]);
    if (original == NULL) {
        PyErr_Clear(); /* another version's */
        return 0;
    }
    original_starters[which] = original; /* kept */
    watched_starters[which].ml_doc =
        PyCFunction_Check(original) ? ((PyCFunctionObject *)original)->m_ml->ml_doc : NULL;
    PyObject *name = PyUnicode_FromString("_thread");
    PyObject *watched = PyCFunction_NewEx(&watched_starters[which], NULL, name);
    int rc =
        watched == NULL ? -1 : PyObject_SetAttrString(module, starters[which], watched);
    (void)snprintf(other, sizeof other, "_%s", starters[which]); /* fits */
    if (rc == 0 && threading != NULL && PyObject_HasAttrString(threading, other)) {
        rc = PyObject_SetAttrString(threading, other, watched);
    }
    Py_XDECREF(watched);
    Py_XDECREF(name);
    return rc;
}

static void
note_preloaded(PyObject *threading)
{
    preloaded.module = Py_NewRef(threading);
    preloaded.shutdown = PyObject_GetAttrString(threading, "_shutdown");
    preloaded.atexits = PyObject_GetAttrString(threading, "_threading_atexits");
    preloaded.n_atexits = PyObject_Length(preloaded.atexits);
    PyErr_Clear(); /* another version's: then there is always a shutdown */
}

int
cl_threads_watch(void)
{
    PyObject *module = PyImport_ImportModule("_thread");
    PyObject *threading =
        PyDict_GetItemString(PyImport_GetModuleDict(), "threading"); /* lent */
    int rc = module == NULL ? -1 : 0;
    for (size_t i = 0; rc == 0 && i < CL_COUNT(starters); i++) {
        rc = replace_starter(module, threading, i);
    }
    Py_XDECREF(module);
    if (threading != NULL) {
        note_preloaded(threading);
    }
    return rc;
}

int
cl_threads_have_end(void)
{
    static struct cl_key name = CL_KEY("threading");
    static struct cl_key shutdown_name = CL_KEY("_shutdown");
    PyObject *threading = cl_key_get_item(PyImport_GetModuleDict(), &name); /* borrowed */
    if (threading == NULL) {
        return 0;
    }
    if (has_started || threading != preloaded.module || preloaded.shutdown == NULL ||
        preloaded.atexits == NULL || !PyList_CheckExact(preloaded.atexits) ||
        PyList_GET_SIZE(preloaded.atexits) != preloaded.n_atexits) {
        return 1;
    }
    PyObject *shutdown = cl_key_get_item(PyModule_GetDict(threading), &shutdown_name);
    return shutdown != preloaded.shutdown;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * key.h - a name that C code looks up in each run.
 *
 * CPython's own functions that take a C string make a new str of it each time, which is
 * work, and misses the cache of attributes, where it is found by the str's address.  Here
 * it is made once, in the zygote or in a cell's rehearsal.  All of this under the GIL.
 */
#ifndef CL_GUARD_KEY_H
#define CL_GUARD_KEY_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

struct cl_key {
    const char *text;
    PyObject *name; /* NULL before its first use; then for ever */
};

#define CL_KEY(of_text)                                                                    \
    {                                                                                      \
        of_text, NULL                                                                      \
    }

/* Borrowed; NULL with MemoryError. */
static inline PyObject *
cl_key_name(struct cl_key *key)
{
    if (key->name == NULL) {
        key->name = PyUnicode_InternFromString(key->text);
    }
    return key->name;
}

/* As PyObject_GetAttrString. */
static inline PyObject *
cl_key_get_attr(PyObject *object, struct cl_key *key)
{
    PyObject *name = cl_key_name(key);
    return name == NULL ? NULL : PyObject_GetAttr(object, name);
}

/* As PyObject_CallMethod, without arguments. */
static inline PyObject *
cl_key_call(PyObject *object, struct cl_key *key)
{
    PyObject *name = cl_key_name(key);
    return name == NULL ? NULL : PyObject_CallMethodNoArgs(object, name);
}

/* As PyDict_GetItemString: borrowed; NULL, and no exception, if it is not there. */
static inline PyObject *
cl_key_get_item(PyObject *dict, struct cl_key *key)
{
    PyObject *name = cl_key_name(key);
    if (name == NULL) {
        PyErr_Clear();
        return NULL;
    }
    return PyDict_GetItem(dict, name);
}

/* As PyDict_SetItemString. */
static inline int
cl_key_set_item(PyObject *dict, struct cl_key *key, PyObject *value)
{
    PyObject *name = cl_key_name(key);
    return name == NULL ? -1 : PyDict_SetItem(dict, name, value);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* metaclass.h - what restricted code holds in place of metaclasses, and the builder of
 * its classes. */
#ifndef CL_GUARD_METACLASS_H
#define CL_GUARD_METACLASS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* 0, or -1 with an exception set. */
int cl_metaclass_install(void);

/*
 * What stands for a metaclass, `type` and abc.ABCMeta alike: it can be compared, asked
 * isinstance() with and named as `metaclass=`, and that is all but type(x).  Always the
 * same object for the same class.  A new reference, or NULL with an exception set.
 */
PyObject *cl_metaclass_get(PyTypeObject *real);

/* The `__build_class__` of restricted code; a new reference or NULL. */
PyObject *cl_metaclass_builder(void);

#endif

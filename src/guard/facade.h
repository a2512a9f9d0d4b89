/* SPDX-License-Identifier: Apache-2.0 */
/* facade.h - the object that restricted code holds in place of a module. */
#ifndef CL_GUARD_FACADE_H
#define CL_GUARD_FACADE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* 0, or -1 with an exception set. */
int cl_facade_install(void);

/* name: lent for ever.  real: the module, borrowed, which the facade never shows; NULL
 * where it stands for a package of which nothing but submodules is offered.  A new
 * reference, or NULL with an exception set. */
PyObject *cl_facade_new(const char *name, PyObject *real);

/* While it is made.  0, or -1 with an exception set. */
int cl_facade_put(PyObject *facade, const char *name, PyObject *value);

/* Is it there?  Sets no exception. */
int cl_facade_has(PyObject *facade, PyObject *name);

/* Set what restricted code gets for a name that is not there: an exception of this
 * class, told to the host where the real module has the name. */
void cl_facade_refuse(PyObject *facade, PyObject *name, PyObject *exception);

/* Its names, a new list; NULL without an exception where it is no facade. */
PyObject *cl_facade_names(PyObject *object);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* methods.h - methods that library classes wrote in Python, as strict as those in C. */
#ifndef CL_GUARD_METHODS_H
#define CL_GUARD_METHODS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* 0, or -1 with an exception set. */
int cl_methods_install(void);

/* Guard the functions of libraries in a class, those that are not yet; of a class that is
 * restricted code's, those under special names.  0, or -1 with an exception set. */
int cl_methods_guard(PyTypeObject *type, int is_users);

#endif

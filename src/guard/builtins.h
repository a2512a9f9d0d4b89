/* SPDX-License-Identifier: Apache-2.0 */
/* builtins.h - the built-ins of restricted code: an explicit mapping. */
#ifndef CL_GUARD_BUILTINS_H
#define CL_GUARD_BUILTINS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/error.h"

/* Make the mapping, by the plan.  Fails with EINPUT where the plan allows a built-in
 * that cannot be offered, EINTERNAL else. */
CL_MUST_CHECK int cl_builtins_install(struct cloche_error *err);

/* Is this a built-in of Python's that the mapping does not have? */
int cl_builtins_lacks(PyObject *name);

#endif

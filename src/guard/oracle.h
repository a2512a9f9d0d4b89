/* SPDX-License-Identifier: Apache-2.0 */
/*
 * oracle.h - tests only: does restricted code hold what it must not?
 *
 * Only in a build with CLOCHE_ABLATION; a release has nothing of it.
 */
#ifndef CL_GUARD_ORACLE_H
#define CL_GUARD_ORACLE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/*
 * Put three functions into the built-ins of restricted code:
 *
 * leak(object)        None; or, where the object is forbidden, a violation "leak KIND"
 *                     told to the host, and SystemExit(99)
 * leak_kind(object)   what makes it forbidden, or None
 * leak_names(object)  the names in the object's dictionary and those of its class and
 *                     what that derives from, as far as the rule of names allows them
 *
 * 0, or -1 with an exception set.
 */
int cl_oracle_put(PyObject *mapping);

#endif

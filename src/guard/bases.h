/* SPDX-License-Identifier: Apache-2.0 */
/* bases.h - the classes of libraries from which restricted code may derive its own. */
#ifndef CL_GUARD_BASES_H
#define CL_GUARD_BASES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* What restricted code is given: where it is a class, it may be derived from.  0, or -1
 * with an exception set. */
int cl_bases_note(PyObject *value);

/* May a class be made of these?  bases: a tuple.  0, or -1 with TypeError set after
 * telling the host. */
int cl_bases_check(PyObject *bases);

#endif

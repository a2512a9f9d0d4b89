/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wraps.h - functions of modules that take names or text to run, made safe.
 *
 * Each takes the real function (borrowed) and gives what restricted code gets in its
 * place: a new reference, or NULL with an exception set.
 */
#ifndef CL_GUARD_WRAPS_H
#define CL_GUARD_WRAPS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef PyObject *(*cl_wrap_maker)(PyObject *real);

/* The maker for "operator.attrgetter", or NULL: the function is given as it is. */
cl_wrap_maker cl_wraps_find(const char *module, const char *name);

/* Names that code makes at run time: 0, or -1 with AttributeError or TypeError set
 * after telling the host.  Only an exact str that the rule of names allows. */
int cl_wraps_check_name(PyObject *name);

#endif

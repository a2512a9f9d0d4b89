/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wraps.h - what of the standard library takes names, text to run or files, made safe.
 *
 * Two ways.  A maker takes the real function (borrowed) and gives what restricted code
 * gets in its place: a new reference, or NULL with an exception set.  A patch changes
 * the real module or class in this interpreter, once: for what is reached without its
 * name, as the class of an object is.
 */
#ifndef CL_GUARD_WRAPS_H
#define CL_GUARD_WRAPS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef PyObject *(*cl_wrap_maker)(PyObject *real);

/* The types of wraps, and the patches of what is imported already.  0, or -1 with an
 * exception set. */
int cl_wraps_install(void);

/* The maker for "operator.attrgetter", or NULL: the function is given as it is. */
cl_wrap_maker cl_wraps_find(const char *module, const char *name);

/* After an import of the module for a facade: import what its functions would import
 * later, and patch what is new.  0, or -1 with an exception set. */
int cl_wraps_prepare(const char *module);

/* Names that code makes at run time: 0, or -1 with AttributeError or TypeError set
 * after telling the host.  Only an exact str that the rule of names allows. */
int cl_wraps_check_name(PyObject *name);

#endif

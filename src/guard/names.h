/* SPDX-License-Identifier: Apache-2.0 */
/*
 * names.h - the one rule about names.
 *
 * It decides in every slot where a name can stand: in the tree, in names made at
 * run time (getattr), in format fields.  Pure: no state but the introspection that
 * the caller passes.
 */
#ifndef CL_GUARD_NAMES_H
#define CL_GUARD_NAMES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Where the name stands. */
enum cl_name_slot {
    CL_NAME_BOUND,     /* bound or read as a variable, parameter, capture, alias */
    CL_NAME_ATTRIBUTE, /* read, set or deleted as an attribute */
    CL_NAME_METHOD,    /* bound in the body of a class */
    CL_NAME_SUPER,     /* called as an attribute of super() or of a name */
};

enum cl_name_verdict {
    CL_NAME_OK,
    CL_NAME_REFUSED,
    CL_NAME_INTROSPECTIVE, /* refused; python.introspection: read would allow it */
};

/* name: an exact str.  can_introspect: python.introspection is read. */
enum cl_name_verdict cl_name_check(PyObject *name, enum cl_name_slot slot,
                                   int can_introspect);

/* Why, and what to write instead: a sentence for a beginner, or NULL. */
const char *cl_name_advice(PyObject *name);

#endif

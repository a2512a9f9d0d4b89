/* SPDX-License-Identifier: Apache-2.0 */
/* Python objects into the tagged form of wire/value.h. */
#ifndef CL_CELL_VALUE_H
#define CL_CELL_VALUE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/buf.h"

enum cl_value_result {
    CL_VALUE_OK,
    CL_VALUE_NO_FORM,   /* it, or something in it, has no form that crosses */
    CL_VALUE_TOO_LARGE, /* it does not fit in the buffer's maximum */
};

/*
 * cl_value_encode - append an object to b.
 *
 * Reads the objects' own storage and calls no Python code: subclasses of the
 * basic types cross as these, whatever methods they have.  On any result but
 * OK the buffer is as before.
 */
enum cl_value_result cl_value_encode(PyObject *object, struct cl_buf *b);

#endif

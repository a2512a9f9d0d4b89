/* SPDX-License-Identifier: Apache-2.0 */
/* From source to code, with the last expression apart where its value is wanted. */
#ifndef CL_CELL_COMPILE_H
#define CL_CELL_COMPILE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/*
 * cl_compile - compile a program as a file of that name would be.
 *
 * source    len bytes and a NUL
 * code      set to a new code object of all statements
 * last      NULL where no value is wanted; else set to a new code object of
 *           the last statement, which code is then without, or to NULL if that
 *           is no expression
 *
 * -1 with an exception set, and nothing set.  Under the GIL.
 */
int cl_compile(const char *source, size_t len, PyObject *filename, PyObject **code,
               PyObject **last);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* compile.h - text to code, through the check. */
#ifndef CL_GUARD_COMPILE_H
#define CL_GUARD_COMPILE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* In the zygote.  0, or -1 with an exception set. */
int cl_compile_install(void);

/*
 * cl_compile_checked - what eval, exec and compile of restricted code run.
 *
 * text   an exact str
 * start  Py_file_input or Py_eval_input
 *
 * A new reference to code; NULL with an exception set as cl_guard_compile has it.
 */
PyObject *cl_compile_checked(PyObject *text, PyObject *filename, int start);

#endif

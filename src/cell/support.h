/* SPDX-License-Identifier: Apache-2.0 */
/* The Python part of a cell (support.py), and calls into it. */
#ifndef CL_CELL_SUPPORT_H
#define CL_CELL_SUPPORT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Install `cloche` and `display`.  is_warm: run support.py now, in the
 * zygote; else when it is first needed, in the cell.  -1 with an exception. */
int cl_support_install(int is_warm);

/* Has the object's type a method that makes rich forms? */
int cl_support_has_forms(PyObject *object);

/* An object's mime bundle, None where it has no rich form; a new reference. */
PyObject *cl_support_bundle(PyObject *object);

/* Send the open matplotlib figures as displays, and close them.  -1 with an exception. */
int cl_support_send_figures(void);

/* The source of the code, for linecache, whenever that is imported: the
 * loader is kept. */
void cl_support_set_source(PyObject *loader);

/* A function of support.py, called; a new reference, NULL with an exception. */
PyObject *cl_support_call(const char *function, PyObject *args);

#endif

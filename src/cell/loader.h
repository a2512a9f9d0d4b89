/* SPDX-License-Identifier: Apache-2.0 */
/*
 * __main__.__loader__ of a run: gives linecache, inspect and traceback the
 * source, which is in no file.
 */
#ifndef CL_CELL_LOADER_H
#define CL_CELL_LOADER_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The loader, for a file name (str) and its source (bytes): there is one, since a
 * process runs one program at a time.  A new reference; NULL with an exception. */
PyObject *cl_loader_get(PyObject *filename, PyObject *source);

/* Before user code: put the lines into linecache, if that was imported.  -1 with an
 * exception. */
int cl_loader_cache_lines(PyObject *loader);

/* Take them out again. */
void cl_loader_forget_lines(PyObject *loader);

#endif

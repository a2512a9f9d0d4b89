/* SPDX-License-Identifier: Apache-2.0 */
/*
 * __main__.__loader__ of a run: gives linecache, inspect and traceback the
 * source, which is in no file.
 */
#ifndef CL_CELL_LOADER_H
#define CL_CELL_LOADER_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The loader, for a file name (str) and its source, which is lent for as long as the
 * process lives: there is one, since a process runs one program at a time.  A new
 * reference; NULL with an exception. */
PyObject *cl_loader_get(PyObject *filename, const char *source, size_t len);

/* From now on linecache, if it was imported, has the lines of whatever source the loader
 * is for.  Before user code.  -1 with an exception. */
int cl_loader_serve_linecache(void);

/* Have linecache know that it can get the lines of this program, before it asks for them;
 * no longer.  -1 with an exception. */
int cl_loader_promise_lines(PyObject *filename);
void cl_loader_forget_promise(PyObject *filename);

#endif

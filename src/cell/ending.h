/* SPDX-License-Identifier: Apache-2.0 */
/* What `python3 FILE` does when the program has ended.  Errors are printed, as there. */
#ifndef CL_CELL_ENDING_H
#define CL_CELL_ENDING_H

#include <Python.h>

/* What sys.exit's argument means: a status, or a text for stderr and 1. */
int cl_ending_exit_status(PyObject *exit);

/* module.function, if the module was imported; new; NULL: it was not, or an exception. */
PyObject *cl_ending_find(const char *module, const char *function);

/* Call it, if there is one. */
void cl_ending_call(const char *module, const char *function);

/* Wait for threads that the code started. */
void cl_ending_threads(void);

/* sys.excepthook, where the code put one of its own. */
void cl_ending_excepthook(PyObject *error);

/* The end of __main__, whose globals (a dict) these are: objects' __del__ run. */
void cl_ending_clear(void *globals);

#endif

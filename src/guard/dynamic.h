/* SPDX-License-Identifier: Apache-2.0 */
/* dynamic.h - eval, exec and compile, through the same check as the program. */
#ifndef CL_GUARD_DYNAMIC_H
#define CL_GUARD_DYNAMIC_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Put them into a mapping of built-ins.  0, or -1 with an exception set. */
int cl_dynamic_put(PyObject *mapping);

/* Around what the guard itself does on behalf of restricted code (it compiles, it
 * opens): the audit hook and the gates let that pass.  They nest. */
void cl_dynamic_enter(void);
void cl_dynamic_leave(void);

/* Is it within that?  Not where restricted code runs meanwhile, for a hook or at the end
 * of an object, or library code that it calls. */
int cl_dynamic_is_ours(void);

/* Is there a frame of restricted code, however far up? */
int cl_dynamic_is_for_user(void);

/* Is a module being imported, by whoever, and none of it is restricted code? */
int cl_dynamic_is_import(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * modules.h - facades in place of modules.
 *
 * Restricted code never holds a module: `import json` gives it a fresh, immutable
 * object that has the functions and classes of the table, some of them wrapped, and
 * no way to another module or to a loader.  The real module is imported when the
 * first facade of it is asked for, by library frames with the real built-ins.
 */
#ifndef CL_GUARD_MODULES_H
#define CL_GUARD_MODULES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/error.h"

/* Check the plan's modules against the table.  Fails with EINPUT and the name of the
 * first that is not on offer, with a suggestion; EINTERNAL else. */
CL_MUST_CHECK int cl_modules_install(struct cloche_error *err);

/*
 * The `__import__` of restricted code.  name: any object (only an exact str is
 * taken); fromlist as Python has it.  A new reference to a facade; or NULL with
 * ImportError set, which names the profile and the key, after telling the host.
 */
PyObject *cl_modules_import(PyObject *name, PyObject *fromlist, int level);

/* Does the guard have a table for this module ("json", "collections.abc")? */
int cl_modules_knows(const char *name);

#endif

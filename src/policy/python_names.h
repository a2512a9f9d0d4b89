/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The names of CPython 3.11 to 3.14 that a policy may write: a denial of a
 * name that does not exist would deny nothing, so mistyped ones are errors.
 * A newer Python's names are added here.
 */
#ifndef CL_POLICY_PYTHON_NAMES_H
#define CL_POLICY_PYTHON_NAMES_H

/* NULL-terminated. */
extern const char *const cl_python_builtins[];
extern const char *const cl_python_nodes[];

/* Modules that level restricted offers, all or in part; __future__ is always there. */
extern const char *const cl_python_modules[];

int cl_python_has(const char *const *names, const char *name);

#endif

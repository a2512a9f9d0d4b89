/* SPDX-License-Identifier: Apache-2.0 */
/*
 * types.h - built-in types without the doors that Python code climbs out by.
 *
 * Each type that restricted code can reach has an allow-list (types_table.c).  What is
 * not on it is replaced, in the type itself, by a gate: a descriptor that gives the
 * real thing to the library modules of its row, and AttributeError to everybody else,
 * by whatever route it is asked.  Constructors of code, functions and modules, and
 * type with three arguments, ask the same question.
 */
#ifndef CL_GUARD_TYPES_H
#define CL_GUARD_TYPES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* In the zygote, last of all.  0, or -1 with an exception set. */
int cl_types_install(void);

/* A type's own dictionary, to change; PyType_Modified after that.  Borrowed. */
PyObject *cl_types_dict(PyTypeObject *type);

/* What stands behind a gate; entry itself, where it is none.  Borrowed. */
PyObject *cl_types_behind(PyObject *entry);

/* Is it code of one of these modules that runs, or none at all?  Words with a space
 * between. */
int cl_types_asks_for(const char *modules);

/* Gate what a class statement of restricted code put into its class besides what is
 * written there.  0, or -1 with an exception set. */
int cl_types_harden_class(PyTypeObject *type);

/* Classes that library modules made since the last call can no longer be changed. */
int cl_types_seal(void);

/* Open them again, for an import: a module may change a class of another, as ast those
 * of _ast.  cl_types_seal comes after. */
void cl_types_open(void);

/* str.format and str.format_map that read no attribute the rule of names refuses
 * (format.c).  0, or -1 with an exception set. */
int cl_format_install(void);

/* Around a class statement of restricted code: type() may make classes meanwhile.
 * They nest, as class statements do. */
void cl_types_enter_class(void);
void cl_types_leave_class(void);

#endif

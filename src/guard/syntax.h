/* SPDX-License-Identifier: Apache-2.0 */
/* syntax.h - the check of a program's tree: one walk over every field of every node,
 * default deny. */
#ifndef CL_GUARD_SYNTAX_H
#define CL_GUARD_SYNTAX_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/error.h"
#include "wire/job.h"

/* Compare the table with this CPython's grammar.  Fails with EHOST and the first
 * difference; EINPUT where python.syntax.deny names what is no node. */
CL_MUST_CHECK int cl_syntax_install(struct cloche_error *err);

/*
 * cl_syntax_check - is this a program that restricted code may be?
 *
 * tree    what CPython's parser made, an ast.Module or ast.Expression
 * source  the text, for columns and the error's line; len bytes
 *
 * Each refusal is told to the host (the first 64).  0; or -1 with the first refusal
 * set as an exception, NotAllowed, or another if memory was short.
 */
int cl_syntax_check(PyObject *tree, PyObject *filename, const char *source, size_t len);

int cl_syntax_is_refusal(PyObject *error);

/* Where a refusal is; columns in characters from 1, the end after the last; 0: unknown. */
struct cl_syntax_place {
    long line, column, end_line, end_column;
};

/* Who is told of refusals instead of the host, each with its sentence; NULL: the host.
 * For a scan, which refuses nothing. */
typedef void cl_syntax_teller(enum cl_violation rule, const char *what, const char *message,
                              const struct cl_syntax_place *at);
void cl_syntax_tell(cl_syntax_teller *teller);

#endif

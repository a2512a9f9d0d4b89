/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan.h - what a program would do, as far as its text says.
 *
 * The text is parsed by this CPython and walked; nothing of it is run or compiled.  At
 * level restricted what the profile refuses is told besides.  It can be misled by a
 * program that wants to mislead it: it is there to show and to warn, and the kernel
 * confines.
 */
#ifndef CL_GUARD_SCAN_H
#define CL_GUARD_SCAN_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "wire/plan.h"
#include "wire/rules.h"

/* Lines from 1, columns in characters from 1; end_column is the first after it. */
struct cl_scan_finding {
    enum cl_rule rule;
    long line, column, end_line, end_column; /* 0: unknown */
    const char *what;                        /* the subject; "" where there is none */
    const char *message;                     /* "": the rule's own words */
};

typedef void cl_scan_tell(const struct cl_scan_finding *finding);

/*
 * cl_scan - find what there is to be found, in the order of the walk.
 *
 * source   NUL-terminated, len bytes
 * audited  modules whose import the policy records
 * tell     called for each finding, at most CL_SCAN_MAX_FINDINGS and one times; its
 *          strings are lent for the call
 *
 * 0; or -1 with an exception set: a SyntaxError of CPython's, a RecursionError or a
 * MemoryError, after what was found until then.
 */
int cl_scan(const char *source, size_t len, PyObject *filename,
            const struct cl_plan_strings *audited, cl_scan_tell *tell);

#endif

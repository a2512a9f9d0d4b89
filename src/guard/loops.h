/* SPDX-License-Identifier: Apache-2.0 */
/*
 * loops.h - limits.loop_iterations: one counter for every round of every loop,
 * comprehension and generator expression of a run.
 */
#ifndef CL_GUARD_LOOPS_H
#define CL_GUARD_LOOPS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

/* Add the counters, under names that no program can spell.  0, or -1 with an exception
 * set. */
int cl_loops_install(PyObject *builtins);

/* Change a checked tree so that its loops are counted.  0, or -1 with an exception. */
int cl_loops_count(PyObject *tree);

/* limit: UINT64_MAX for none. */
void cl_loops_begin(uint64_t limit);
void cl_loops_end(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heap_large.h - blocks of the raw domain, each with its size in front of it, so that
 * one from before the start of the count can be told from one after.  Any thread,
 * without the GIL.
 */
#ifndef CL_GUARD_HEAP_LARGE_H
#define CL_GUARD_HEAP_LARGE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Serve the raw domain from here on, above the allocator that does now. */
void cl_heap_large_begin(void);

#endif

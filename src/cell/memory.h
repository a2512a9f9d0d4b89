/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that CPython was refused, also where the code catches MemoryError; and some that
 * is kept for what has to be said all the same. */
#ifndef CL_CELL_MEMORY_H
#define CL_CELL_MEMORY_H

#include "base/error.h"

/* Note refusals as CL_HIT_MEMORY from now on.  Once, in the zygote, after
 * CPython is up. */
void cl_memory_watch(void);

/* Keep address space for the report of a run that has no more memory.  Once,
 * in the zygote, before its baseline is measured.  Fails with ESYS. */
CL_MUST_CHECK int cl_memory_reserve(struct cloche_error *err);

/* The run makes its report: what was kept is given back now if memory was refused so far,
 * or has_error says so, of an allocator that is not watched; otherwise when it first is. */
void cl_memory_begin_report(int has_error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heap.h - limits.heap: what restricted code's own objects may take.
 *
 * Counted at CPython's allocators, small objects, large blocks, arenas and chunks of
 * the frame stack alike, from a baseline at cl_heap_begin.  Met, it ends the run.
 */
#ifndef CL_GUARD_HEAP_H
#define CL_GUARD_HEAP_H

#include <stddef.h>
#include <stdint.h>

/* In the zygote, where the profile has such a limit.  Touches no memory. */
void cl_heap_install(void);

/* Count from here; UINT64_MAX: no limit for this run.  Once in a process. */
void cl_heap_begin(uint64_t limit_bytes);

/* Do not hold it to the limit any more. */
void cl_heap_end(void);

/* The limit is so much higher from here. */
void cl_heap_loosen(uint64_t bytes);

/*
 * What is made between these is not the run's: a library module that it is the first to
 * import.  Give to cl_heap_resume what cl_heap_pause gave.  May be nested.
 */
struct cl_heap_pause {
    uint64_t limit_bytes, used_bytes;
};
struct cl_heap_pause cl_heap_pause(void);
void cl_heap_resume(struct cl_heap_pause pause);

/* What is left, UINT64_MAX without a limit: for cost.c. */
uint64_t cl_heap_left(void);

/* What is taken.  0 before cl_heap_begin. */
uint64_t cl_heap_used(void);

/* Memory that one of CPython's allocators takes and gives back; any thread, without
 * the GIL.  What does not fit ends the run: cl_heap_charge returns, or it does not. */
void cl_heap_charge(size_t bytes);
void cl_heap_discharge(size_t bytes);

#endif

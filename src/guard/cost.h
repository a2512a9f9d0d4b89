/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cost.h - operations that one call into C can make enormous are measured first.
 *
 * Power, shift, multiplication, repetition, padding, %-width, join, bytes(n),
 * factorial and their kin are hooked where every route to them passes: in the slots
 * and methods of the built-in types.  What would need more memory than the run has
 * left ends the run, with the number.  What is missed here, the kernel's limits stop.
 */
#ifndef CL_GUARD_COST_H
#define CL_GUARD_COST_H

#include <stdint.h>

/* In the zygote.  0, or -1 with an exception set. */
int cl_cost_install(void);

/* From here on an operation of restricted code may take no more than memory_bytes,
 * nor what is left of the heap. */
void cl_cost_begin(uint64_t memory_bytes);
void cl_cost_end(void);

#endif

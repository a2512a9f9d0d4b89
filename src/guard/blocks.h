/* SPDX-License-Identifier: Apache-2.0 */
/*
 * blocks.h - memory that there is not.
 *
 * A result that one C call makes enormous lies, whatever made it, in one block of
 * CPython's raw domain.  A block that is larger than the whole of limits.memory, or that
 * the kernel refuses, ends the run before it is written to: there is no MemoryError to
 * catch.
 */
#ifndef CL_GUARD_BLOCKS_H
#define CL_GUARD_BLOCKS_H

#include <stdint.h>

/* Once in a process, under the GIL. */
void cl_blocks_begin(uint64_t memory_bytes);
void cl_blocks_end(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where CPython's memory lies, so that forking it is cheap: few mappings, huge
 * pages under what only the zygote fills, and small ones under what a cell
 * begins with.  All of it is a matter of speed: what the kernel refuses is
 * left as it was.  In the zygote, one thread.
 */
#ifndef CL_CELL_PAGES_H
#define CL_CELL_PAGES_H

#include <stddef.h>

/* pymalloc's arenas, as PyObjectArenaAllocator has them; NULL: no memory. */
void *cl_pages_arena(void *ctx, size_t size);
void cl_pages_free_arena(void *ctx, void *arena, size_t size);

/* Take the arenas from here.  Before CPython is initialised. */
void cl_pages_begin(void);

/* Everything that cells will share is there: fill up what is begun, so that a
 * cell's objects come to lie together on pages of its own, and put program,
 * data and heap on huge pages.  Under the GIL, after the last preload. */
void cl_pages_settle(void);

#endif

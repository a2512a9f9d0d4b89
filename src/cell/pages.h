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

/* What is imported from here on cells hardly write to.  Under the GIL, before the
 * preload, but after what each cell writes to. */
void cl_pages_begin_shared(void);

/* What comes from here on each cell writes to: it is to lie where a cell's objects will.
 * Under the GIL, after the last preload, when nothing is left to be collected. */
void cl_pages_begin_own(void);

/* Everything is there: fill up what is begun, so that a cell's objects come to lie
 * together on pages of its own, and put program and heap on huge pages.  Under the
 * GIL, last. */
void cl_pages_settle(void);

#endif

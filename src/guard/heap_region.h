/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heap_region.h - the addresses that heap.c serves from: pages for small blocks, and
 * a stack of chunks.  What lies in them was made after cl_heap_begin.  Under the GIL.
 */
#ifndef CL_GUARD_HEAP_REGION_H
#define CL_GUARD_HEAP_REGION_H

#include <stddef.h>
#include <stdint.h>

enum { CL_HEAP_PAGE = 16 << 10 };

/* Where pages are.  end == start without a region: nothing is in it then. */
struct cl_heap_range {
    uintptr_t start, end;
};

/* Reserve the addresses; not one byte of memory is touched.  0, or -1: there are none
 * to be had, and all that follows answers NULL and 0. */
int cl_heap_region_reserve(struct cl_heap_range *pages);

/* Touch what a short run will take; before it does.  Without a region: nothing. */
void cl_heap_region_rehearse(void);

/* CL_HEAP_PAGE bytes at a multiple of it, NULL where there is no memory.  Its content
 * is arbitrary. */
void *cl_heap_region_take_page(void);
void cl_heap_region_give_page(void *page);

/* Chunks: the last that was taken is as a rule the first to be given back.  NULL where
 * there is no memory; 0 where p is no chunk from here. */
void *cl_heap_region_take_chunk(size_t size);
int cl_heap_region_give_chunk(void *p, size_t size);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns one reservation of addresses.
 *
 *     [ pages, from below | chunks, a stack from below ]
 *
 * Each half is made writable in steps, for RLIMIT_DATA counts what is.  The first steps
 * are made in the zygote, so that a run pays no system call for them; and the first pages
 * are touched by a cell that has time.
 */
#include "guard/heap_region.h"

#include <sys/mman.h>

enum { HUGE = 2 << 20 };
static const size_t PAGES_BYTES = (size_t)3 << 30; /* of addresses, not of memory */
static const size_t CHUNKS_BYTES = (size_t)1 << 30;

struct half {
    char *start, *next, *opened, *end;
};

struct free_page {
    struct free_page *next;
};

static struct half pages, chunks;
static struct free_page *free_pages;

/* Make room for size bytes after next writable. */
static int
open_more(struct half *h, size_t size)
{
    size_t least = size - (size_t)(h->opened - h->next);
    size_t most = (size_t)(h->end - h->opened);
    size_t more = (least + HUGE - 1) & ~(size_t)(HUGE - 1);
    if (more > most) {
        return -1;
    }
    if (mprotect(h->opened, more, PROT_READ | PROT_WRITE) < 0) {
        more = (least + CL_HEAP_PAGE - 1) & ~(size_t)(CL_HEAP_PAGE - 1);
        if (mprotect(h->opened, more, PROT_READ | PROT_WRITE) < 0) {
            return -1; /* RLIMIT_DATA, that is limits.memory */
        }
    }
    h->opened += more;
    return 0;
}

static void *
take(struct half *h, size_t size)
{
    if ((size_t)(h->opened - h->next) < size && open_more(h, size) < 0) {
        return NULL;
    }
    char *p = h->next;
    h->next += size;
    return p;
}

static struct half
half_of(char *start, size_t size)
{
    return (struct half){start, start, start, start + size};
}

int
cl_heap_region_reserve(struct cl_heap_range *range)
{
    size_t size = PAGES_BYTES + CHUNKS_BYTES + HUGE;
    char *p =
        mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    *range = (struct cl_heap_range){0};
    if (p == MAP_FAILED) {
        return -1;
    }
    p = (char *)(((uintptr_t)p + HUGE - 1) & ~(uintptr_t)(HUGE - 1));
    pages = half_of(p, PAGES_BYTES);
    chunks = half_of(p + PAGES_BYTES, CHUNKS_BYTES);
    /* A run that needs little gets small pages, one that needs more one fault for
     * 512.  EINVAL: a kernel without. */
    (void)madvise(pages.start, HUGE, MADV_NOHUGEPAGE);
    (void)madvise(pages.start + HUGE, PAGES_BYTES - HUGE, MADV_HUGEPAGE);
    if (open_more(&pages, CL_HEAP_PAGE) < 0 || open_more(&chunks, CL_HEAP_PAGE) < 0) {
        (void)munmap(p, PAGES_BYTES + CHUNKS_BYTES); /* ours: cannot fail */
        pages = chunks = (struct half){0};
        return -1;
    }
    *range = (struct cl_heap_range){(uintptr_t)pages.start, (uintptr_t)pages.end};
    return 0;
}

void
cl_heap_region_rehearse(void)
{
    enum { SIZES = 8 }; /* of blocks, that a short run needs: each has a page of its own */
    for (size_t i = 0; i < SIZES && pages.next + i * CL_HEAP_PAGE < pages.opened; i++) {
        *(volatile char *)(pages.next + i * CL_HEAP_PAGE) = 0; /* as it was */
    }
}

void *
cl_heap_region_take_page(void)
{
    struct free_page *page = free_pages;
    if (page != NULL) {
        free_pages = page->next;
        return page;
    }
    return take(&pages, CL_HEAP_PAGE);
}

void
cl_heap_region_give_page(void *page)
{
    struct free_page *freed = page;
    freed->next = free_pages;
    free_pages = freed;
}

void *
cl_heap_region_take_chunk(size_t size)
{
    /* Whole pages, so that each begins where CPython's own chunks would. */
    return take(&chunks, (size + 4095) & ~(size_t)4095);
}

int
cl_heap_region_give_chunk(void *p, size_t size)
{
    char *chunk = p;
    size = (size + 4095) & ~(size_t)4095;
    if (chunk < chunks.start || chunk >= chunks.end) {
        return 0;
    }
    if (chunk + size == chunks.next) {
        chunks.next = chunk;
    } else {
        (void)madvise(chunk, size, MADV_DONTNEED); /* its memory; the addresses are lost */
    }
    return 1;
}

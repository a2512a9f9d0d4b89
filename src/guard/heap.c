/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the count of a run's own memory, and its small blocks.
 *
 *     OBJ, MEM  <= 512 bytes   pages of a region of our own, a size for each page
 *               >  512 bytes   the raw domain
 *     RAW                      heap_large.c, above the allocator that was there
 *     arenas                   chunks of the region: CPython's frame stack lies there
 *
 * pymalloc takes memory from the system 1 MiB at a time, which says nothing about a
 * budget of 1 MiB.  Here each block is counted as what it takes, and where it lies says
 * whether it was made after the count began: what was made before belongs to the
 * allocator that made it, and gives no credit.
 *
 * Over the limit, the count is off before anything else is done: the report of it is
 * made with this allocator.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "guard/heap.h"

#include <stdatomic.h>
#include <string.h>

#include "guard/heap_large.h"
#include "guard/heap_region.h"
#include "guard/state.h"

enum { STEP = 16, LARGEST = 512, CLASSES = LARGEST / STEP };

/* At the start of each page.  Blocks come from what was freed, else from what was
 * never used. */
struct page {
    void *freed; /* each begins with the next */
    uint32_t fresh;
    uint16_t used, bytes;     /* blocks in use; of each */
    struct page *next, *prev; /* in its class's list */
    uint8_t is_listed;        /* every page with room is */
};

enum { FIRST_BLOCK = (sizeof(struct page) + STEP - 1) / STEP * STEP };

static struct {
    struct cl_heap_range range;
    struct page *open[CLASSES]; /* heads of lists; never NULL after the install */
    uint64_t small_bytes;       /* under the GIL */
    _Atomic uint64_t large_bytes;
    _Atomic uint64_t limit_bytes; /* UINT64_MAX: none */
    PyMemAllocatorEx object;      /* who has the blocks from before; MEM's is the same */
    PyObjectArenaAllocator arenas;
} heap = {.limit_bytes = UINT64_MAX};

static struct page nothing = {.fresh = CL_HEAP_PAGE, .bytes = STEP};

/* ---- The count -------------------------------------------------------------- */

uint64_t
cl_heap_used(void)
{
    return heap.small_bytes + atomic_load_explicit(&heap.large_bytes, memory_order_relaxed);
}

uint64_t
cl_heap_left(void)
{
    uint64_t limit = atomic_load_explicit(&heap.limit_bytes, memory_order_relaxed);
    uint64_t used = cl_heap_used();
    return limit == UINT64_MAX ? UINT64_MAX : used < limit ? limit - used : 0;
}

static inline int
is_over(void)
{
    return __builtin_expect(
        cl_heap_used() > atomic_load_explicit(&heap.limit_bytes, memory_order_relaxed), 0);
}

static _Noreturn void
end_run(void)
{
    uint64_t needed = cl_heap_used();
    heap.limit_bytes = UINT64_MAX;
    /* A module's own code may have let go of the GIL, as zlib does. */
    if (!PyGILState_Check()) {
        (void)PyGILState_Ensure(); /* for ever: this does not return */
    }
    (void)PyGC_Disable(); /* what allocates may be in the middle of something */
    cl_guard_limit(CL_JOB_LIMIT_HEAP, needed);
}

void
cl_heap_charge(size_t bytes)
{
    atomic_fetch_add_explicit(&heap.large_bytes, bytes, memory_order_relaxed);
    if (is_over()) {
        end_run();
    }
}

void
cl_heap_discharge(size_t bytes)
{
    atomic_fetch_sub_explicit(&heap.large_bytes, bytes, memory_order_relaxed);
}

/* ---- Small blocks ----------------------------------------------------------- */

static inline int
is_ours(const void *p)
{
    return (uintptr_t)p - heap.range.start < heap.range.end - heap.range.start;
}

static inline struct page *
page_of(void *p)
{
    return (struct page *)((uintptr_t)p & ~(uintptr_t)(CL_HEAP_PAGE - 1));
}

static struct page **
list_of(const struct page *page)
{
    return &heap.open[page->bytes / STEP - 1];
}

static void
enlist(struct page *page)
{
    struct page **list = list_of(page);
    page->prev = NULL;
    page->next = *list;
    (*list)->prev = page; /* of `nothing` too, which nobody reads */
    *list = page;
    page->is_listed = 1;
}

static void
unlist(struct page *page)
{
    if (page->prev != NULL) {
        page->prev->next = page->next;
    } else {
        *list_of(page) = page->next;
    }
    page->next->prev = page->prev;
    page->is_listed = 0;
}

static inline int
has_room(const struct page *page)
{
    return page->freed != NULL || page->fresh + page->bytes <= CL_HEAP_PAGE;
}

/* The first page of the class has no block left; nor have others, perhaps, that were
 * first when they gave their last. */
static __attribute__((noinline)) void *
take_from_next(size_t bytes)
{
    struct page *page = heap.open[bytes / STEP - 1];
    while (page != &nothing && !has_room(page)) {
        unlist(page);
        page = heap.open[bytes / STEP - 1];
    }
    if (page == &nothing) {
        page = cl_heap_region_take_page();
        if (page == NULL) {
            return NULL;
        }
        *page = (struct page){.fresh = FIRST_BLOCK, .bytes = (uint16_t)bytes};
        enlist(page);
    }
    page->used++;
    if (page->freed != NULL) {
        void *block = page->freed;
        page->freed = *(void **)block;
        return block;
    }
    page->fresh += (uint32_t)bytes;
    return (char *)page + page->fresh - bytes;
}

static inline void *
take_small(size_t size)
{
    size_t bytes = (size + STEP - 1) & ~(size_t)(STEP - 1);
    heap.small_bytes += bytes;
    if (is_over()) {
        end_run();
    }
    struct page *page = heap.open[bytes / STEP - 1];
    void *block = page->freed;
    if (__builtin_expect(block != NULL, 1)) {
        page->freed = *(void **)block;
        page->used++;
        return block;
    }
    if (page->fresh + bytes <= CL_HEAP_PAGE) {
        block = (char *)page + page->fresh;
        page->fresh += (uint32_t)bytes;
        page->used++;
        return block;
    }
    block = take_from_next(bytes);
    if (block == NULL) {
        heap.small_bytes -= bytes;
    }
    return block;
}

static __attribute__((noinline)) void
tidy(struct page *page)
{
    if (!page->is_listed) {
        enlist(page);
    } else if (page->used == 0 && page->next != &nothing) {
        unlist(page); /* another has room */
        cl_heap_region_give_page(page);
    }
}

static inline void
give_small(void *p)
{
    struct page *page = page_of(p);
    heap.small_bytes -= page->bytes;
    *(void **)p = page->freed;
    page->freed = p;
    page->used--;
    if (__builtin_expect(!page->is_listed || page->used == 0, 0)) {
        tidy(page);
    }
}

/* ---- CPython's domains OBJ and MEM ------------------------------------------ */

static __attribute__((noinline)) void *
malloc_other(size_t size)
{
    void *p = size == 0 ? take_small(1) : NULL;
    return p == NULL ? PyMem_RawMalloc(size) : p;
}

static void *
counted_malloc(void *ctx, size_t size)
{
    (void)ctx;
    if (__builtin_expect(size - 1 < LARGEST, 1)) {
        void *p = take_small(size);
        if (__builtin_expect(p != NULL, 1)) {
            return p;
        }
    }
    return malloc_other(size);
}

static void *
counted_calloc(void *ctx, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) {
        return NULL;
    }
    if (total > LARGEST) {
        return PyMem_RawCalloc(1, total);
    }
    void *p = counted_malloc(ctx, total);
    return p == NULL ? NULL : memset(p, 0, total);
}

static void
counted_free(void *ctx, void *p)
{
    (void)ctx;
    if (__builtin_expect(is_ours(p), 1)) {
        give_small(p);
    } else {
        heap.object.free(heap.object.ctx, p); /* from before, or large, or NULL */
    }
}

static void *
counted_realloc(void *ctx, void *p, size_t size)
{
    if (p == NULL) {
        return counted_malloc(ctx, size);
    }
    if (!is_ours(p)) {
        return heap.object.realloc(heap.object.ctx, p, size);
    }
    size_t had = page_of(p)->bytes;
    if (size <= had && size > had - had / 4) {
        return p;
    }
    void *q = counted_malloc(ctx, size);
    if (q != NULL) {
        memcpy(q, p, size < had ? size : had);
        give_small(p);
    }
    return q;
}

/* ---- Arenas ----------------------------------------------------------------- */

static void *
counted_arena(void *ctx, size_t size)
{
    (void)ctx;
    cl_heap_charge(size);
    void *p = cl_heap_region_take_chunk(size);
    if (p == NULL) {
        /* Of the other allocator's, we could not tell when it is freed: no credit. */
        p = heap.arenas.alloc(heap.arenas.ctx, size);
    }
    return p;
}

static void
free_arena(void *ctx, void *p, size_t size)
{
    (void)ctx;
    if (cl_heap_region_give_chunk(p, size)) {
        cl_heap_discharge(size);
    } else {
        heap.arenas.free(heap.arenas.ctx, p, size);
    }
}

/* ---- Of the guard ----------------------------------------------------------- */

void
cl_heap_install(void)
{
    for (size_t i = 0; i < CLASSES; i++) {
        heap.open[i] = &nothing;
    }
    /* Without addresses every block is a large one: slow, and counted. */
    (void)cl_heap_region_reserve(&heap.range);
}

void
cl_heap_begin(uint64_t limit_bytes)
{
    PyMemAllocatorEx counted = {NULL, counted_malloc, counted_calloc, counted_realloc,
                                counted_free};
    PyObjectArenaAllocator arenas = {NULL, counted_arena, free_arena};
    if (limit_bytes == UINT64_MAX) {
        return;
    }
    PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &heap.object);
    PyObject_GetArenaAllocator(&heap.arenas);
    cl_heap_large_begin();
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &counted);
    PyMem_SetAllocator(PYMEM_DOMAIN_MEM, &counted);
    PyObject_SetArenaAllocator(&arenas);
    heap.limit_bytes = limit_bytes;
}

struct cl_heap_pause
cl_heap_pause(void)
{
    struct cl_heap_pause pause = {heap.limit_bytes, cl_heap_used()};
    heap.limit_bytes = UINT64_MAX;
    return pause;
}

/* What is there now and was not then goes on top of the limit. */
void
cl_heap_resume(struct cl_heap_pause pause)
{
    uint64_t used = cl_heap_used();
    if (pause.limit_bytes != UINT64_MAX && used > pause.used_bytes) {
        pause.limit_bytes += used - pause.used_bytes;
    }
    heap.limit_bytes = pause.limit_bytes;
}

void
cl_heap_loosen(uint64_t bytes)
{
    uint64_t limit = heap.limit_bytes;
    heap.limit_bytes = limit > UINT64_MAX - bytes ? UINT64_MAX : limit + bytes;
}

void
cl_heap_end(void)
{
    heap.limit_bytes = UINT64_MAX;
}

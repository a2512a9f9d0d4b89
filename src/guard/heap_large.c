/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the headers of large blocks.
 *
 *     allocator's block:  [ size in bytes | mark ][ what the caller gets ... ]
 *
 * What was allocated before cl_heap_large_begin has no header.  In front of such a
 * block the C library keeps the block's size, which never has the mark's high bits:
 * that tells the two apart.  CPython asks for no more than PY_SSIZE_T_MAX bytes, so the
 * sums here do not overflow.
 */
#include "guard/heap_large.h"

#include <malloc.h>
#include <stdint.h>
#include <string.h>

#include "guard/heap.h"

struct header {
    uint64_t size_bytes;
    uint64_t mark;
};

static const uint64_t MARK = UINT64_C(0xc10c8e0fb10c5000);
static PyMemAllocatorEx below;

/* The header of p, or NULL if it is from before.  What lies in front of a block that
 * has none is the C library's, of which a sanitizer must not complain. */
__attribute__((no_sanitize_address)) static struct header *
header_of(void *p)
{
    struct header *h = (struct header *)p - 1;
    return h->mark == MARK ? h : NULL;
}

static void *
finish(struct header *h, size_t size)
{
    if (h == NULL) {
        cl_heap_discharge(size + sizeof *h);
        return NULL;
    }
    *h = (struct header){size, MARK};
    return h + 1;
}

static void *
headed_malloc(void *ctx, size_t size)
{
    (void)ctx;
    cl_heap_charge(size + sizeof(struct header));
    return finish(below.malloc(below.ctx, size + sizeof(struct header)), size);
}

static void *
headed_calloc(void *ctx, size_t count, size_t size)
{
    (void)ctx;
    size_t total;
    if (__builtin_mul_overflow(count, size, &total) || total > PY_SSIZE_T_MAX) {
        return NULL;
    }
    cl_heap_charge(total + sizeof(struct header));
    return finish(below.calloc(below.ctx, 1, total + sizeof(struct header)), total);
}

/* A block from before: moved, and what it was gives no credit. */
static void *
adopt(void *p, size_t size)
{
    void *q = headed_malloc(NULL, size);
    if (q != NULL) {
        size_t old = malloc_usable_size(p);
        memcpy(q, p, old < size ? old : size);
        below.free(below.ctx, p);
    }
    return q;
}

static void *
headed_realloc(void *ctx, void *p, size_t size)
{
    if (p == NULL) {
        return headed_malloc(ctx, size);
    }
    struct header *h = header_of(p);
    if (h == NULL) {
        return adopt(p, size);
    }
    size_t old = h->size_bytes;
    if (size > old) {
        cl_heap_charge(size - old);
    }
    struct header *moved = below.realloc(below.ctx, h, size + sizeof *h);
    if (moved == NULL) {
        if (size > old) {
            cl_heap_discharge(size - old);
        }
        return NULL;
    }
    if (size < old) {
        cl_heap_discharge(old - size);
    }
    moved->size_bytes = size;
    return moved + 1;
}

static void
headed_free(void *ctx, void *p)
{
    (void)ctx;
    struct header *h = p == NULL ? NULL : header_of(p);
    if (h == NULL) {
        below.free(below.ctx, p);
        return;
    }
    cl_heap_discharge(h->size_bytes + sizeof *h);
    below.free(below.ctx, h);
}

void
cl_heap_large_begin(void)
{
    PyMemAllocatorEx large = {NULL, headed_malloc, headed_calloc, headed_realloc,
                              headed_free};
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &below);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &large);
}

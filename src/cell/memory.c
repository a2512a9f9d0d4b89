/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the wrapper around the two places where all of CPython's memory comes
 * from: the raw allocator, which also serves what is too large for pymalloc,
 * and pymalloc's arenas.  Any thread, without the GIL.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/memory.h"

#include "cell/denials.h"

static PyMemAllocatorEx raw;
static PyObjectArenaAllocator arenas;

static void *
noted(void *p)
{
    if (p == NULL) {
        cl_denials_add_hit(CL_HIT_MEMORY);
    }
    return p;
}

static void *
watched_malloc(void *ctx, size_t size)
{
    (void)ctx;
    return noted(raw.malloc(raw.ctx, size));
}

static void *
watched_calloc(void *ctx, size_t count, size_t size)
{
    (void)ctx;
    return noted(raw.calloc(raw.ctx, count, size));
}

static void *
watched_realloc(void *ctx, void *p, size_t size)
{
    (void)ctx;
    return noted(raw.realloc(raw.ctx, p, size));
}

static void
watched_free(void *ctx, void *p)
{
    (void)ctx;
    raw.free(raw.ctx, p);
}

static void *
watched_arena(void *ctx, size_t size)
{
    (void)ctx;
    return noted(arenas.alloc(arenas.ctx, size));
}

static void
free_arena(void *ctx, void *p, size_t size)
{
    (void)ctx;
    arenas.free(arenas.ctx, p, size);
}

void
cl_memory_watch(void)
{
    PyMemAllocatorEx watched_raw = {NULL, watched_malloc, watched_calloc, watched_realloc,
                                    watched_free};
    PyObjectArenaAllocator watched_arenas = {NULL, watched_arena, free_arena};
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &raw);
    PyObject_GetArenaAllocator(&arenas);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &watched_raw);
    PyObject_SetArenaAllocator(&watched_arenas);
}

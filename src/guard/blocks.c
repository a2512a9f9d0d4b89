/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the watch over blocks that do not fit.  Any thread, without the GIL. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "guard/blocks.h"

#include <stdatomic.h>

#include "guard/state.h"

static PyMemAllocatorEx below;
static PyObjectArenaAllocator arenas_below;
static _Atomic uint64_t most_bytes = UINT64_MAX;
static _Atomic int is_on;

static _Noreturn void
end_run(size_t size)
{
    is_on = 0;
    if (!PyGILState_Check()) {
        (void)PyGILState_Ensure(); /* for ever: this does not return */
    }
    (void)PyGC_Disable(); /* what allocates may be in the middle of something */
    cl_guard_limit(CL_JOB_LIMIT_MEMORY, size);
}

static inline void
look_at(size_t size)
{
    if (__builtin_expect(size > most_bytes, 0)) {
        end_run(size);
    }
}

static inline void *
given(void *p, size_t size)
{
    if (__builtin_expect(p == NULL, 0) && is_on) {
        end_run(size);
    }
    return p;
}

static void *
held_malloc(void *ctx, size_t size)
{
    (void)ctx;
    look_at(size);
    return given(below.malloc(below.ctx, size), size);
}

static void *
held_calloc(void *ctx, size_t count, size_t size)
{
    (void)ctx;
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) {
        total = SIZE_MAX;
    }
    look_at(total);
    return given(below.calloc(below.ctx, count, size), total);
}

static void *
held_realloc(void *ctx, void *p, size_t size)
{
    (void)ctx;
    look_at(size);
    return given(below.realloc(below.ctx, p, size), size);
}

static void
held_free(void *ctx, void *p)
{
    (void)ctx;
    below.free(below.ctx, p);
}

static void *
held_arena(void *ctx, size_t size)
{
    (void)ctx;
    return given(arenas_below.alloc(arenas_below.ctx, size), size);
}

static void
free_arena(void *ctx, void *p, size_t size)
{
    (void)ctx;
    arenas_below.free(arenas_below.ctx, p, size);
}

void
cl_blocks_begin(uint64_t memory_bytes)
{
    PyMemAllocatorEx held = {NULL, held_malloc, held_calloc, held_realloc, held_free};
    PyObjectArenaAllocator held_arenas = {NULL, held_arena, free_arena};
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &below);
    PyObject_GetArenaAllocator(&arenas_below);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &held);
    PyObject_SetArenaAllocator(&held_arenas);
    most_bytes = memory_bytes;
    is_on = 1;
}

void
cl_blocks_end(void)
{
    most_bytes = UINT64_MAX;
    is_on = 0;
}

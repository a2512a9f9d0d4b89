/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the wrapper around the two places where all of CPython's memory comes
 * from: the raw allocator, which also serves what is too large for pymalloc,
 * and pymalloc's arenas; and the reserve.  Any thread, without the GIL.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/memory.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "base/buf.h"
#include "cell/denials.h"

/* A run that was refused memory has still to say so: this much of the
 * zygote's address space is given back then.  Never touched, so it costs
 * nothing, and it is part of the baseline that limits.memory is counted from. */
enum { RESERVE_BYTES = 16 << 20 };

static _Atomic(void *) reserve = MAP_FAILED;
static atomic_int is_reporting;

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

/* Once: 1 when there is more now. */
static int
spend_reserve(void)
{
    void *kept = atomic_exchange(&reserve, MAP_FAILED);
    /* Code that unmapped it has had it. */
    return kept != MAP_FAILED && munmap(kept, RESERVE_BYTES) == 0;
}

static int
has_found_more(void)
{
    return atomic_load(&is_reporting) && spend_reserve();
}

static void *
watched_malloc(void *ctx, size_t size)
{
    (void)ctx;
    void *p = raw.malloc(raw.ctx, size);
    return noted(p == NULL && has_found_more() ? raw.malloc(raw.ctx, size) : p);
}

static void *
watched_calloc(void *ctx, size_t count, size_t size)
{
    (void)ctx;
    void *p = raw.calloc(raw.ctx, count, size);
    return noted(p == NULL && has_found_more() ? raw.calloc(raw.ctx, count, size) : p);
}

static void *
watched_realloc(void *ctx, void *p, size_t size)
{
    (void)ctx;
    void *moved = raw.realloc(raw.ctx, p, size);
    return noted(moved == NULL && has_found_more() ? raw.realloc(raw.ctx, p, size) : moved);
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
    void *p = arenas.alloc(arenas.ctx, size);
    return noted(p == NULL && has_found_more() ? arenas.alloc(arenas.ctx, size) : p);
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
    cl_buf_on_no_memory(has_found_more);
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &raw);
    PyObject_GetArenaAllocator(&arenas);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &watched_raw);
    PyObject_SetArenaAllocator(&watched_arenas);
}

int
cl_memory_reserve(struct cloche_error *err)
{
    void *kept = mmap(NULL, RESERVE_BYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    atomic_store(&reserve, kept);
    return kept == MAP_FAILED ? cl_fail_sys(err, errno, "reserve memory for reports") : 0;
}

void
cl_memory_begin_report(int has_error)
{
    atomic_store(&is_reporting, 1);
    if (has_error || cl_denials_hits() & 1u << CL_HIT_MEMORY) {
        (void)spend_reserve(); /* it is spent only once */
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the region of pymalloc's arenas, the pages of the program itself, and where the C
 * library's heap goes on.
 *
 *     region:  [ zygote's arenas, huge pages | a cell's first, small | its next, huge ]
 *     heap:    [ what cells write, small | preloads, huge | a cell's, small ]
 *
 * A fork copies the page table: one entry for a huge page instead of 512.  What
 * a cell then writes is copied in small pages all the same, and the first such page
 * makes 512 entries of the huge one.  So what each cell writes lies elsewhere, as far
 * as that is ours to say.  A cell's first arena
 * begins on small pages, right before huge ones, since most runs use a few of them;
 * for one that needs more, 512 faults become one.
 *
 * Nothing is writable before it is an arena: RLIMIT_DATA counts what is.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/pages.h"

#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/own.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25 /* Linux 6.1 */
#endif

enum { HUGE = 2 << 20, ARENA = 1 << 20, MAX_FREED = 64, SMALL_FIRST = 512 << 10 };
/* Between its constants there are holes that nobody may read, and its allocator is its own.
 */
#ifdef CLOCHE_SANITIZED
enum { IS_SANITIZED = 1 };
#else
enum { IS_SANITIZED = 0 };
#endif

static const size_t REGION_BYTES = (size_t)16 << 30; /* of addresses, not of memory */

static struct {
    char *next, *opened, *end; /* arenas up to next; writable up to opened */
    char *first_of_cell;       /* NULL in a zygote that has not settled */
    char *freed[MAX_FREED];    /* not writable until they are used again */
    size_t n_freed;
} region;

static char *
round_up(char *p)
{
    return (char *)(((uintptr_t)p + HUGE - 1) & ~(uintptr_t)(HUGE - 1));
}

static char *
round_down(char *p)
{
    return (char *)((uintptr_t)p & ~(uintptr_t)(HUGE - 1));
}

/* ---- Arenas ----------------------------------------------------------------- */

/* Make writable what is asked for, up to the end of its last huge page: one that is
 * writable in part only does not become one. */
static int
open_more(size_t size)
{
    size_t most = (size_t)(region.end - region.opened);
    size_t more = (size_t)(round_up(region.opened + size) - region.opened);
    if (more > most) {
        return -1;
    }
    if (mprotect(region.opened, more, PROT_READ | PROT_WRITE) < 0) {
        more = size; /* of the limit less than a huge page is left, perhaps */
        if (mprotect(region.opened, more, PROT_READ | PROT_WRITE) < 0) {
            return -1;
        }
    }
    region.opened += more;
    return 0;
}

void *
cl_pages_arena(void *ctx, size_t size)
{
    (void)ctx;
    if (size == ARENA && region.n_freed > 0 &&
        mprotect(region.freed[region.n_freed - 1], size, PROT_READ | PROT_WRITE) == 0) {
        return region.freed[--region.n_freed];
    }
    if (size == ARENA && region.next != NULL &&
        (region.opened - region.next >= (ptrdiff_t)size || open_more(size) == 0)) {
        char *arena = region.next;
        region.next += size;
        return arena;
    }
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

void
cl_pages_free_arena(void *ctx, void *arena, size_t size)
{
    char *p = arena;
    (void)ctx;
    if (region.next == NULL || p >= region.end || p < region.end - REGION_BYTES) {
        (void)munmap(p, size); /* it was mapped: cannot fail */
        return;
    }
    /* A new mapping instead of the old: the pages go, and RLIMIT_DATA forgets it. */
    if (region.n_freed < MAX_FREED &&
        mmap(p, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED,
             -1, 0) != MAP_FAILED) {
        (void)madvise(p, size, MADV_HUGEPAGE); /* as its neighbours: or it is no speed */
        region.freed[region.n_freed++] = p;
    } else {
        (void)munmap(p, size);
    }
}

void
cl_pages_begin(void)
{
    static PyObjectArenaAllocator arenas = {NULL, cl_pages_arena, cl_pages_free_arena};
    char *p = mmap(NULL, REGION_BYTES + HUGE, PROT_NONE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
        return;
    }
    region.next = region.opened = round_up(p);
    region.end = region.next + REGION_BYTES;
    (void)madvise(region.next, REGION_BYTES, MADV_HUGEPAGE); /* EINVAL: a kernel without */
    PyObject_SetArenaAllocator(&arenas);
}

/*
 * Use up the blocks that are free in arenas of the zygote, for each size that
 * pymalloc has, so that the next of each lies in the cell's first arena.  They
 * are never freed: that would put them back.
 */
static void
fill_arenas(void)
{
    enum { STEP = 16, LARGEST = 512, MAX_BLOCKS = 1 << 20 };
    for (size_t size = STEP; size <= LARGEST; size += STEP) {
        for (int i = 0; i < MAX_BLOCKS; i++) {
            char *p = PyObject_Malloc(size);
            if (p == NULL || (p >= region.first_of_cell && p < region.end)) {
                break;
            }
        }
    }
}

void
cl_pages_begin_own(void)
{
    if (region.next == NULL) {
        return;
    }
    /* What is left of the page, and most of the next, stays unused. */
    char *first = round_up(region.next) + HUGE - SMALL_FIRST;
    region.next = region.opened = first;
    region.first_of_cell = first;
    (void)madvise(first, SMALL_FIRST, MADV_NOHUGEPAGE); /* EINVAL: as above */
    fill_arenas();
}

/* ---- The program ------------------------------------------------------------ */

/* The program: its segments lie one after another, what is not written first. */
struct image {
    char *start, *constant_end, *end;
    int has_text; /* in the constant part */
};

static int
measure(struct dl_phdr_info *info, size_t size, void *ctx)
{
    struct image *image = ctx;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE) - 1;
    (void)size;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *h = &info->dlpi_phdr[i];
        uintptr_t begin = (info->dlpi_addr + h->p_vaddr) & ~page;
        uintptr_t end = (info->dlpi_addr + h->p_vaddr + h->p_memsz + page) & ~page;
        if (h->p_type != PT_LOAD) {
            continue;
        }
        if (image->start == NULL) {
            image->start = image->constant_end = (char *)begin;
        }
        if ((h->p_flags & PF_W) == 0 && (char *)begin == image->constant_end) {
            image->constant_end = (char *)end;
            image->has_text |= (h->p_flags & PF_X) != 0;
        }
        image->end = (char *)end;
    }
    return 1; /* the program is the first: the libraries stay as they are */
}

/* Replace [start, end), whole huge pages, by a copy on such. */
static void
move_to_huge_pages(char *start, char *end, int prot)
{
    size_t len = (size_t)(end - start);
    char *map = mmap(NULL, len + HUGE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (map == MAP_FAILED) {
        return;
    }
    char *copy = round_up(map);
    if (madvise(copy, len, MADV_HUGEPAGE) == 0) {
        memcpy(copy, start, len);
        if (mprotect(copy, len, prot) == 0 &&
            mremap(copy, len, len, MREMAP_MAYMOVE | MREMAP_FIXED, start) == start) {
            (void)munmap(map, (size_t)(copy - map)); /* before and behind it */
            (void)munmap(copy + len, (size_t)(map + HUGE - copy));
            return;
        }
    }
    (void)munmap(map, len + HUGE);
}

/*
 * Where CPython is inside the program: its text, with the constants that lie on
 * the same huge pages.  They become executable with it, as they are in every
 * program that is linked without separate segments; a page has one protection,
 * and nothing that can be written is among them.
 */
static void
move_text(const struct image *image)
{
    char *start = round_up(image->start);
    char *end = round_down(image->constant_end);
    if (!IS_SANITIZED && image->has_text && start < end) {
        move_to_huge_pages(start, end, PROT_READ | PROT_EXEC);
    }
}

/* ---- The C library's heap ---------------------------------------------------- */

/* Where what malloc has never given away begins, and where it ends; -1: it cannot be told.
 */
static int
find_top(char **top, char **end)
{
    struct mallinfo2 info = mallinfo2();
    *end = sbrk(0);
    *top = *end - info.keepcost;
    return IS_SANITIZED || info.keepcost == 0 ? -1 : 0;
}

/* Have malloc see that the heap ends elsewhere: at its next block that does not fit. */
static void
move_top(const char *to)
{
    enum { SIZE = 64 << 10, MOST = 32 };
    void *blocks[MOST];
    size_t n = 0;
    while (n < MOST && (blocks[n] = malloc(SIZE)) != NULL && (char *)blocks[n++] < to) {
    }
    while (n > 0) {
        free(blocks[--n]); /* for what comes: gaps are filled first */
    }
}

static char *shared_heap; /* where it begins, on a huge page; NULL: nowhere yet */

void
cl_pages_begin_shared(void)
{
    char *end = sbrk(0);
    char *start = round_up(end);
    if (region.next != NULL && !IS_SANITIZED && sbrk(start - end) != (void *)-1) {
        move_top(start); /* what is between are addresses only */
        shared_heap = start;
    }
}

/* A huge page that is in use to half is used up, so that a cell's blocks are not on it. */
static void
fill_huge_page(void)
{
    enum { STEP = 16 << 10 };
    char *top = NULL, *end = NULL;
    if (find_top(&top, &end) < 0 || top - round_down(top) < HUGE / 2) {
        return;
    }
    char *stop = round_up(top);
    for (char *p = malloc(STEP); p != NULL; p = malloc(STEP)) {
        if (p >= stop - STEP) {
            break;
        }
    }
}

/*
 * Use up what is free in it, below its top, so that what a cell gets
 * lies together there and not in a gap here and a gap there, each a page to copy.
 */
static void
fill_heap(void)
{
    enum { STEP = 16, LARGEST = 64 << 10, TCACHE_MAX = 1040, HEAD = 16 };
    enum { UNTOLD = 512 << 10 }; /* what mallinfo2 does not count: a thread's own lists */
    struct mallinfo2 info = mallinfo2();
    char *top = NULL, *end = NULL;
    if (find_top(&top, &end) < 0 || info.fordblks < info.keepcost) {
        return;
    }
    /* More is not there, whatever happens. */
    size_t left = info.fordblks - info.keepcost + UNTOLD;
    /* The large ones first: a small block would be cut off what is left of them. */
    for (size_t size = LARGEST; size >= STEP;
         size -= size > TCACHE_MAX ? size / 8 / STEP * STEP : STEP) {
        for (char *p = malloc(size); p != NULL; p = malloc(size)) {
            if ((p >= top && p < end) || size + HEAD > left) {
                free(p);
                break;
            }
            left -= size + HEAD;
        }
    }
}

static void
collapse_heap(void)
{
    char *top = NULL, *end = NULL;
    if (shared_heap == NULL || find_top(&top, &end) < 0) {
        return;
    }
    for (char *p = shared_heap; p + HUGE <= top; p += HUGE) {
        (void)madvise(p, HUGE, MADV_COLLAPSE); /* an older kernel: no speed */
    }
}

void
cl_pages_settle(void)
{
    if (region.next == NULL) {
        return;
    }
    fill_arenas(); /* of what was freed since */
    struct image image = {0};
    (void)dl_iterate_phdr(measure, &image);
    move_text(&image);
    fill_huge_page();
    fill_heap();
    collapse_heap();
}

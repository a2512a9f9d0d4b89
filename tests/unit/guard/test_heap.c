/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The heap budget by itself: an interpreter in a child process, the count begun, and
 * what CPython's allocators then do.  The limit's callback is ours.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/own.h"
#include "guard/blocks.h"
#include "guard/heap.h"
#include "guard/state.h"

enum { SLOTS = 4096, ROUNDS = 400000, LIMIT = 64 << 20 };

/* How a child ended. */
enum { DONE = 0, FAILED = 9, LIMITED = 20 };

_Noreturn void
cl_guard_limit(enum cl_job_limit limit, uint64_t used)
{
    (void)used;
    cl_heap_end();
    cl_blocks_end();
    void *p = PyObject_Malloc(4096); /* the report is made with this allocator */
    _exit(p == NULL ? FAILED : LIMITED + (int)limit);
}

#define REQUIRE(condition)                                                                 \
    do {                                                                                   \
        if (!(condition)) {                                                                \
            (void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);          \
            _exit(FAILED);                                                                 \
        }                                                                                  \
    } while (0)

/* Run test in a process of its own, with the count begun; how it ended. */
static int
run(void (*test)(void), uint64_t limit_bytes)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        Py_InitializeEx(0);
        cl_heap_install();
        cl_heap_begin(limit_bytes);
        test();
        _exit(DONE);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* ---- Blocks keep what is in them ---------------------------------------------- */

struct slot {
    unsigned char *p;
    size_t size;
    unsigned char fill;
    int domain;
};

static const struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
} domains[] = {
    {PyObject_Malloc, PyObject_Calloc, PyObject_Realloc, PyObject_Free},
    {PyMem_Malloc, PyMem_Calloc, PyMem_Realloc, PyMem_Free},
    {PyMem_RawMalloc, PyMem_RawCalloc, PyMem_RawRealloc, PyMem_RawFree},
};

static uint64_t seed = 1;

static unsigned
chance(unsigned below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % below;
}

/* Mostly small, some large; 0 too. */
static size_t
some_size(void)
{
    unsigned kind = chance(10);
    return kind < 6 ? chance(100) : kind < 9 ? chance(600) : chance(20000);
}

static void
check(const struct slot *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        REQUIRE(s->p[i] == s->fill);
    }
}

static void
fill(struct slot *s)
{
    s->fill = (unsigned char)chance(256);
    memset(s->p, s->fill, s->size);
}

static void
change_one(struct slot *s)
{
    if (s->p == NULL) {
        s->domain = (int)chance(CL_COUNT(domains));
        s->size = some_size();
        int is_clear = chance(4) == 0;
        s->p = is_clear ? domains[s->domain].calloc(1, s->size)
                        : domains[s->domain].malloc(s->size);
        REQUIRE(s->p != NULL);
        REQUIRE((uintptr_t)s->p % 16 == 0);
        s->fill = 0;
        check(s, is_clear ? s->size : 0);
        fill(s);
    } else if (chance(3) == 0) {
        size_t size = some_size();
        size_t kept = size < s->size ? size : s->size;
        s->p = domains[s->domain].realloc(s->p, size);
        REQUIRE(s->p != NULL);
        check(s, kept);
        s->size = size;
        fill(s);
    } else {
        check(s, s->size);
        domains[s->domain].free(s->p);
        s->p = NULL;
    }
}

static struct slot slots[SLOTS];

static void
work_at_random(void)
{
    uint64_t before = cl_heap_used();
    for (int round = 0; round < ROUNDS; round++) {
        change_one(&slots[chance(SLOTS)]);
    }
    uint64_t sum = 0;
    for (size_t i = 0; i < SLOTS; i++) {
        sum += slots[i].p == NULL ? 0 : slots[i].size;
    }
    uint64_t counted = cl_heap_used() - before;
    REQUIRE(counted >= sum);
    REQUIRE(counted <= sum + (uint64_t)SLOTS * 128); /* rounded up; a block that shrank */
    for (size_t i = 0; i < SLOTS; i++) {
        if (slots[i].p != NULL) {
            domains[slots[i].domain].free(slots[i].p);
        }
    }
    REQUIRE(cl_heap_used() == before);
}

static void
blocks_keep_what_is_in_them_and_are_counted(void **state)
{
    (void)state;
    assert_int_equal(run(work_at_random, LIMIT), DONE);
}

/* ---- Blocks from before the count ---------------------------------------------- */

enum { OLD = 3000 };
static struct slot old[OLD];

static void
give_back_what_was_before(void)
{
    uint64_t before = cl_heap_used();
    for (size_t i = 0; i < OLD; i += 2) {
        check(&old[i], old[i].size);
        domains[old[i].domain].free(old[i].p);
    }
    REQUIRE(cl_heap_used() == before); /* no credit */
    for (size_t i = 1; i < OLD; i += 2) {
        size_t was = old[i].size;
        old[i].p = domains[old[i].domain].realloc(old[i].p, was * 3 + 600);
        check(&old[i], was);
        REQUIRE(cl_heap_used() >= before + was * 3 + 600); /* it is new now */
        domains[old[i].domain].free(old[i].p);
        REQUIRE(cl_heap_used() == before);
    }
}

static void
blocks_from_before_give_no_credit(void **state)
{
    (void)state;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        Py_InitializeEx(0);
        cl_heap_install();
        for (size_t i = 0; i < OLD; i++) {
            old[i].domain = (int)(i / 2 % CL_COUNT(domains));
            old[i].size = some_size();
            old[i].p = domains[old[i].domain].malloc(old[i].size);
            fill(&old[i]);
        }
        cl_heap_begin(LIMIT);
        give_back_what_was_before();
        _exit(DONE);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), DONE);
}

/* ---- The limit ------------------------------------------------------------------ */

static void
take_small(void)
{
    for (;;) {
        REQUIRE(PyObject_Malloc(48) != NULL);
    }
}

static void
take_large(void)
{
    for (;;) {
        REQUIRE(PyMem_Malloc(5000) != NULL);
    }
}

static void
take_raw(void)
{
    for (;;) {
        REQUIRE(PyMem_RawCalloc(10, 10) != NULL);
    }
}

static void
take_without_the_gil(void)
{
    PyThreadState *state = PyEval_SaveThread();
    take_raw();
    PyEval_RestoreThread(state);
}

static void
take_one_block(void)
{
    (void)PyObject_Malloc((size_t)1 << 62); /* never made */
}

static void
grow_one_block(void)
{
    char *p = PyMem_Malloc(1);
    for (size_t size = 1;; size = size * 9 / 8 + 1) {
        p = PyMem_Realloc(p, size);
        REQUIRE(p != NULL);
    }
}

static void
run_forever(void)
{
    (void)PyRun_SimpleString("x = []\n"
                             "while True:\n"
                             "    try:\n"
                             "        x.append(object())\n"
                             "    except BaseException:\n"
                             "        x = []\n");
}

static void
nest_frames(void)
{
    (void)PyRun_SimpleString("import sys\n"
                             "sys.setrecursionlimit(10 ** 6)\n"
                             "def f(): return f()\n"
                             "f()\n");
}

static void
over_the_limit_nothing_goes_on(void **state)
{
    static const struct {
        const char *name;
        void (*test)(void);
    } rows[] = {
        {"small", take_small},
        {"large", take_large},
        {"raw", take_raw},
        {"raw, without the GIL", take_without_the_gil},
        {"one block", take_one_block},
        {"one that grows", grow_one_block},
        {"objects", run_forever},
        {"frames", nest_frames},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        int end = run(rows[i].test, 1 << 20);
        if (end != LIMITED + CL_JOB_LIMIT_HEAP) {
            print_error("%s: %d\n", rows[i].name, end);
        }
        assert_int_equal(end, LIMITED + CL_JOB_LIMIT_HEAP);
    }
}

/* As take_small, but never more than the limit at a time. */
static void
take_and_give(void)
{
    static void *held[15000];
    for (int round = 0; round < 100; round++) {
        for (size_t i = 0; i < CL_COUNT(held); i++) {
            held[i] = PyObject_Malloc(64);
        }
        for (size_t i = 0; i < CL_COUNT(held); i++) {
            PyObject_Free(held[i]);
        }
        for (size_t i = 0; i < 40; i++) {
            PyMem_Free(PyMem_Malloc(900000));
        }
    }
}

static void
what_is_given_back_can_be_taken_again(void **state)
{
    (void)state;
    assert_int_equal(run(take_and_give, 1 << 20), DONE);
}

static void
pause_and_go_on(void)
{
    uint64_t left = cl_heap_left();
    struct cl_heap_pause pause = cl_heap_pause();
    REQUIRE(cl_heap_left() == UINT64_MAX);
    void *p = PyMem_Malloc(10 << 20);
    cl_heap_resume(pause);
    REQUIRE(p != NULL && cl_heap_left() == left);
    take_small();
}

static void
a_pause_moves_the_limit(void **state)
{
    (void)state;
    assert_int_equal(run(pause_and_go_on, 1 << 20), LIMITED + CL_JOB_LIMIT_HEAP);
}

/* ---- blocks.c --------------------------------------------------------------------- */

static void
ask_for_too_much(void)
{
    cl_blocks_begin(1 << 20);
    PyMem_Free(PyMem_Malloc(1 << 19));
    PyMem_RawFree(PyMem_RawRealloc(PyMem_RawMalloc(8), 1 << 19));
    (void)PyObject_Calloc(1 << 10, 1 << 11);
}

static void
a_block_larger_than_the_memory_is_not_made(void **state)
{
    (void)state;
    assert_int_equal(run(ask_for_too_much, UINT64_MAX), LIMITED + CL_JOB_LIMIT_MEMORY);
    /* The same above the count of the heap. */
    assert_int_equal(run(ask_for_too_much, LIMIT), LIMITED + CL_JOB_LIMIT_MEMORY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_keep_what_is_in_them_and_are_counted),
        cmocka_unit_test(blocks_from_before_give_no_credit),
        cmocka_unit_test(over_the_limit_nothing_goes_on),
        cmocka_unit_test(what_is_given_back_can_be_taken_again),
        cmocka_unit_test(a_pause_moves_the_limit),
        cmocka_unit_test(a_block_larger_than_the_memory_is_not_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guard.h - the language layer of a restricted cell, as the cell uses it.
 *
 * Four independent parts (enum cl_guard_part), all applied before user code is in
 * the process: the check of the tree, hardened built-in types, facades in place of
 * modules, built-ins by allow-list; and beside them the budgets that only the
 * interpreter can keep.  It is there for exact errors and for least privilege
 * inside the interpreter.  It is not the boundary: that is the kernel's.
 *
 * One interpreter, one thread, under the GIL, unless a function says otherwise.
 */
#ifndef CL_GUARD_GUARD_H
#define CL_GUARD_GUARD_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

#include "base/error.h"
#include "wire/job.h"
#include "wire/plan.h"

/* What the cell does for the guard. */
struct cl_guard_host {
    /* Tell of a refused act or form.  what: UTF-8, the subject its last word; line
     * and column from 1, 0 where unknown.  Leaves no exception set. */
    void (*violation)(enum cl_violation rule, const char *what, int line, int column);
    /* Tell of a limit that was met, and end the process.  Called from anywhere,
     * allocators included; the budgets are off by then. */
    __attribute__((noreturn)) void (*limit)(enum cl_job_limit limit, uint64_t used);
    /* The line of user code that runs now, 0 if none does. */
    int (*line)(void);
};

/* The run's own numbers; UINT64_MAX, and 0 for recursion: none. */
struct cl_guard_limits {
    uint64_t heap_bytes, loops, memory_bytes;
    uint32_t recursion;
};

/* What has to be there before anything is imported: what counts memory that modules take
 * elsewhere.  In the zygote, before the preload.  0, or -1 with an exception set. */
CL_MUST_CHECK int cl_guard_prepare(const struct cl_plan *plan);

/*
 * Make this interpreter a restricted one, by plan->guard, for good.  In the zygote,
 * after the preload and before the freeze; plan and host are lent for ever.  Without
 * guard parts in the plan it does nothing.
 *
 * Fails with EHOST where this CPython is not one that the tables know, EINPUT where
 * the plan names a module or function that is not on offer, ESYS or EINTERNAL else.
 */
CL_MUST_CHECK int cl_guard_install(const struct cl_plan *plan,
                                   const struct cl_guard_host *host,
                                   struct cloche_error *err);

/* 1 after an install with parts. */
int cl_guard_is_on(void);

/* Put __builtins__ and what else restricted code starts with into fresh globals.
 * 0, or -1 with an exception set. */
int cl_guard_furnish(PyObject *globals);

/*
 * Source -> tree -> check -> the same tree, with loops counted -> code.
 *
 * source  NUL-terminated, len bytes
 * code    the program without its last expression; a new reference
 * last    if not NULL: the last expression, compiled by itself, or NULL where the
 *         program does not end with one; a new reference
 *
 * -1 with an exception set: a SyntaxError of CPython's, or a NotAllowed (see
 * cl_guard_is_refusal), of which the host was told already.
 */
int cl_guard_compile(const char *source, size_t len, PyObject *filename, PyObject **code,
                     PyObject **last);

/* Is this exception the refusal of a program by the check? */
int cl_guard_is_refusal(PyObject *error);

/* The budgets count from here; user code comes next. */
void cl_guard_begin(const struct cl_guard_limits *limits);

/* User code has ended: recursion and cost are no longer watched, and the heap has 16 MiB
 * more, for the report takes what it needs.  All else stays on, for the report asks
 * objects of the code what they are. */
void cl_guard_end(void);

/* Write what these two will write, as it is: before there is a job. */
void cl_guard_rehearse(void);

#endif

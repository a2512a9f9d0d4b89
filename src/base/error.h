/* SPDX-License-Identifier: Apache-2.0 */
/* Making and extending a struct cloche_error.  All return -1, so that a
 * failing function can `return cl_fail(...)`.  err may be NULL. */
#ifndef CL_BASE_ERROR_H
#define CL_BASE_ERROR_H

#include <cloche/error.h>

#define CL_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define CL_MUST_CHECK __attribute__((warn_unused_result))

int cl_fail(struct cloche_error *err, enum cloche_code code, const char *fmt, ...)
    CL_PRINTF(3, 4);

/* A failed system call: ": strerror(sys)" is appended, the code is ESYS. */
int cl_fail_sys(struct cloche_error *err, int sys, const char *fmt, ...) CL_PRINTF(3, 4);

/* The same, with a code of the caller's choice. */
int cl_fail_sys_as(struct cloche_error *err, enum cloche_code code, int sys,
                   const char *fmt, ...) CL_PRINTF(4, 5);

/* Put "context: " before the message that is there. */
int cl_fail_in(struct cloche_error *err, const char *fmt, ...) CL_PRINTF(2, 3);

/* The error that another call left. */
int cl_fail_as(struct cloche_error *err, const struct cloche_error *why);

/* Out of memory: ESYS with ENOMEM, without allocating. */
int cl_fail_nomem(struct cloche_error *err);

/* All of them return -1.  The analyzer, which sees one file at a time, takes
 * it from here; a compiler never reads this. */
#if defined(__clang_analyzer__) && !defined(CL_ERROR_IS_DEFINED_HERE)
#define cl_fail(...) ((void)(cl_fail)(__VA_ARGS__), -1)
#define cl_fail_sys(...) ((void)(cl_fail_sys)(__VA_ARGS__), -1)
#define cl_fail_sys_as(...) ((void)(cl_fail_sys_as)(__VA_ARGS__), -1)
#define cl_fail_in(...) ((void)(cl_fail_in)(__VA_ARGS__), -1)
#define cl_fail_as(...) ((void)(cl_fail_as)(__VA_ARGS__), -1)
#define cl_fail_nomem(...) ((void)(cl_fail_nomem)(__VA_ARGS__), -1)
#endif

#endif

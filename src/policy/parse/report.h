/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a reader is in a text, and saying what is wrong there:
 *
 *   policy.yaml:12:7: profiles.lesson.limits.wall: '-5s' is negative;
 *   expected a time such as 250ms, 5s, 2m or 90d
 */
#ifndef CL_POLICY_PARSE_REPORT_H
#define CL_POLICY_PARSE_REPORT_H

#include <stddef.h>

#include "base/error.h"

/* Both from 1; columns count characters.  0: not known, or not written. */
struct cl_place {
    unsigned line, column;
};

struct cl_report {
    const char *file;           /* borrowed; NULL when there is no text (a request) */
    struct cloche_where *where; /* may be NULL */
    struct cloche_error *err;   /* may be NULL */
    char key[160];              /* the dotted path being read, maybe cut */
};

/* Go down into part; the answer goes to cl_report_leave. */
size_t cl_report_enter(struct cl_report *r, const char *part);
void cl_report_leave(struct cl_report *r, size_t mark);

/*
 * cl_report_fail - fill err and where.  Returns -1.
 *
 * expected  what would have been right, without the word "expected"; NULL or
 *           "" when the message says it all
 *
 * Control characters in the message become '?', because it may be printed to
 * a terminal and holds bytes of the text.
 */
int cl_report_fail(struct cl_report *r, enum cloche_code code, struct cl_place at,
                   const char *expected, const char *fmt, ...) CL_PRINTF(5, 6);

int cl_report_nomem(struct cl_report *r);

/* Both return -1: told to the analyzer as in base/error.h. */
#if defined(__clang_analyzer__) && !defined(CL_REPORT_IS_DEFINED_HERE)
#define cl_report_fail(...) ((void)(cl_report_fail)(__VA_ARGS__), -1)
#define cl_report_nomem(...) ((void)(cl_report_nomem)(__VA_ARGS__), -1)
#endif

/* How much of a value a message shows: printf's precision. */
enum { CL_REPORT_SHOWN = 60 };

#endif

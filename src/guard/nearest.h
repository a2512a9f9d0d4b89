/* SPDX-License-Identifier: Apache-2.0 */
/* nearest.h - "did you mean": the known name that is most like a mistyped one. */
#ifndef CL_GUARD_NEAREST_H
#define CL_GUARD_NEAREST_H

#include <stddef.h>

struct cl_guard_nearest {
    const char *wanted, *best; /* lent; best: NULL while nothing is near */
    size_t distance;
};

#define CL_GUARD_NEAREST_INIT(text) ((struct cl_guard_nearest){.wanted = (text)})

/* Offer a name: len bytes, which need no NUL after them. */
void cl_guard_nearest_offer(struct cl_guard_nearest *n, const char *name, size_t len);

#endif

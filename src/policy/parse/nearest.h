/* SPDX-License-Identifier: Apache-2.0 */
/* The known name that is nearest to a mistyped one, for "did you mean". */
#ifndef CL_POLICY_PARSE_NEAREST_H
#define CL_POLICY_PARSE_NEAREST_H

#include <stddef.h>

struct cl_nearest {
    const char *wanted; /* borrowed */
    const char *best;   /* borrowed from what was offered; NULL: nothing is near */
    size_t distance;
};

#define CL_NEAREST_INIT(name) ((struct cl_nearest){.wanted = (name)})

/* Take candidate into account.  NULL is fine.  The first of equals stays. */
void cl_nearest_offer(struct cl_nearest *n, const char *candidate);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Moments in a policy: a date (its first second, UTC), or a time of RFC 3339. */
#ifndef CL_POLICY_PARSE_MOMENT_H
#define CL_POLICY_PARSE_MOMENT_H

#include <stdint.h>

enum { CL_MOMENT_TEXT = 21 }; /* "2027-01-31T12:00:00Z" and a NUL */

extern const char cl_moment_expected[];

/*
 * cl_moment_read - seconds since 1970, UTC; a fraction of one is cut off, so
 * that what ends then never ends later.
 *
 * Returns NULL, or what is wrong: "has no such day".
 */
const char *cl_moment_read(const char *text, uint64_t *out);

/* The shortest form: "2027-01-31", or "2027-01-31T12:00:00Z".  Read back, it is
 * the same.  Returns out. */
const char *cl_moment_show(uint64_t seconds, char out[CL_MOMENT_TEXT]);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers with a unit and a range: those of `limits:` and every other one. */
#ifndef CL_POLICY_LIMIT_H
#define CL_POLICY_LIMIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "policy/policy.h"

enum {
    CL_AT_RESTRICTED = 1u << CL_LEVEL_RESTRICTED,
    CL_AT_ISOLATED = 1u << CL_LEVEL_ISOLATED,
    CL_AT_CONTAINER = 1u << CL_LEVEL_CONTAINER,
    CL_AT_TRUSTED = 1u << CL_LEVEL_TRUSTED,
    CL_AT_PYTHON = CL_AT_RESTRICTED | CL_AT_ISOLATED | CL_AT_TRUSTED, /* our interpreter */
    CL_AT_ALL = CL_AT_PYTHON | CL_AT_CONTAINER,
};

/*
 * cl_limit_read - read a number of this row: its unit, and its range.
 * "none" gives CL_LIMIT_NONE where the row knows a level for it.
 *
 * Fails with EINPUT; the message shows the text and says what is wrong.
 */
int cl_limit_read(const struct cl_limit_row *row, const char *text, uint64_t *out,
                  struct cloche_error *err);

/* Write it as cl_limit_read would read it.  Returns out. */
const char *cl_limit_show(const struct cl_limit_row *row, uint64_t value,
                          char out[CL_LIMIT_TEXT]);

/* "a time such as 250ms, 5s, 2m or 90d" */
const char *cl_limit_expected(const struct cl_limit_row *row);

/* "restricted, isolated or trusted" */
enum { CL_LEVELS_TEXT = 64 };
const char *cl_levels_show(unsigned levels, char out[CL_LEVELS_TEXT]);

#endif

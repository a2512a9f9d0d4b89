/* SPDX-License-Identifier: Apache-2.0 */
/* What bytes a policy text may hold, before anything else looks at it. */
#ifndef CL_POLICY_PARSE_CHARS_H
#define CL_POLICY_PARSE_CHARS_H

#include <stddef.h>

#include "policy/parse/report.h"

/*
 * cl_chars_next - the length of the UTF-8 sequence at text (1 to 4), or 0 if
 * there is none that is valid: overlong forms, surrogates and what is above
 * U+10FFFF are not.
 */
size_t cl_chars_next(const char *text, size_t len);

/* Refuse tabs, control characters, directives and what is not UTF-8, at their place. */
int cl_chars_check(const char *text, size_t len, struct cl_report *r);

#endif

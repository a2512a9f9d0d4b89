/* SPDX-License-Identifier: Apache-2.0 */
/* Which of two values of one field is the wider. */
#ifndef CL_POLICY_NARROW_H
#define CL_POLICY_NARROW_H

#include "policy/field.h"

/* The widest value of an enum or switch that is in both a and b. */
unsigned cl_narrow_unsigned(const struct cl_field *f, unsigned a, unsigned b);

/* Is the field of a never wider than that of b?  Both are settled. */
int cl_narrow_is_within(const struct cl_field *f, const struct cl_effective *a,
                        const struct cl_effective *b);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* allowed.h - which modules the plan of this cell allows, and which names of them. */
#ifndef CL_GUARD_ALLOWED_H
#define CL_GUARD_ALLOWED_H

#include "base/error.h"
#include "guard/nearest.h"

/* All of it, or some names of it?  __future__ always is. */
int cl_allowed_module(const char *module);

int cl_allowed_name(const char *module, const char *name);

/* Offer each allowed module. */
void cl_allowed_offer(struct cl_guard_nearest *near);

/* Does the table have what the plan names?  Fails with EINPUT, the first name that it
 * has not, and the nearest. */
CL_MUST_CHECK int cl_allowed_check(struct cloche_error *err);

#endif

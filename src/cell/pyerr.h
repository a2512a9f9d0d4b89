/* SPDX-License-Identifier: Apache-2.0 */
/* The one place where a Python exception becomes a struct cloche_error. */
#ifndef CL_CELL_PYERR_H
#define CL_CELL_PYERR_H

#include "base/error.h"

/* Take the current exception: EINTERNAL, "context: Type: message".  Returns -1. */
int cl_pyerr_take(struct cloche_error *err, const char *context);

#endif

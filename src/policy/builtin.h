/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in profiles and the schema, as text in the library. */
#ifndef CL_POLICY_BUILTIN_H
#define CL_POLICY_BUILTIN_H

#include <stddef.h>

#include "policy/draft.h"

struct cl_builtin {
    const char *name;
    const unsigned char *text; /* a whole policy file with this one profile */
    size_t len;
};

/* Sorted by name. */
enum { CL_BUILTIN_COUNT = 7 };
extern const struct cl_builtin cl_builtins[CL_BUILTIN_COUNT];

/* Read one's text; the caller frees *out.  Any fault in it is ours: EINTERNAL. */
int cl_builtin_read(const struct cl_builtin *b, struct cl_draft **out,
                    struct cloche_error *err);

/* Its place in the table, or -1. */
int cl_builtin_find(const char *name);

#endif

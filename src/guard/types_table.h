/* SPDX-License-Identifier: Apache-2.0 */
/* types_table.h - what of each built-in type restricted code may have. */
#ifndef CL_GUARD_TYPES_TABLE_H
#define CL_GUARD_TYPES_TABLE_H

#include <stddef.h>

struct cl_type_row {
    const char *type;  /* as its tp_name ends */
    const char *names; /* allowed, separated by spaces; "" for none */
};

/* Sorted by type. */
extern const struct cl_type_row cl_type_rows[];
extern const size_t cl_type_row_count;

/* Names with two underscores that stay as they are, in all types. */
extern const char *const cl_type_protocols[];
extern const size_t cl_type_protocol_count;

struct cl_grant_row {
    const char *type, *name; /* name: "*" for all gated ones of the type */
    const char *modules;     /* separated by spaces; "" for none */
};
extern const struct cl_grant_row cl_grant_rows[];
extern const size_t cl_grant_row_count;

#endif

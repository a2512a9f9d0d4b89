/* SPDX-License-Identifier: Apache-2.0 */
/* modules_table.h - what of each module restricted code may have. */
#ifndef CL_GUARD_MODULES_TABLE_H
#define CL_GUARD_MODULES_TABLE_H

#include <stddef.h>

struct cl_module_row {
    const char *module;
    const char *names; /* allowed or wrapped (see wraps.h), separated by spaces */
};

/* Sorted by module. */
extern const struct cl_module_row cl_module_rows[];
extern const size_t cl_module_row_count;

/* Packages of native code and their like, which belong to level isolated; so does what
 * of the standard library has no row. */
extern const char *const cl_module_native[];
extern const size_t cl_module_native_count;

/* NULL where there is none. */
const struct cl_module_row *cl_module_row_find(const char *module);

/* The word at or after at, and its length; NULL at the end. */
const char *cl_module_row_next(const char *at, size_t *len);

/* row: NULL has no names. */
int cl_module_row_has(const struct cl_module_row *row, const char *name);

#endif

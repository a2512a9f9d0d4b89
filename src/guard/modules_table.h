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

/* Packages with native code and their like, which belong to level isolated. */
extern const char *const cl_module_native[];
extern const size_t cl_module_native_count;

#endif

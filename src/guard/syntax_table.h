/* SPDX-License-Identifier: Apache-2.0 */
/*
 * syntax_table.h - what CPython's grammar is, as far as the guard knows it, and
 * what of it restricted code may use.
 *
 * Rows are in CPython's own description (ASDL), as `ast` carries it in the docstring
 * of each class.  At the start of a zygote they are compared with the interpreter's:
 * a class or field that is not here, or that is and is gone, is an error.
 */
#ifndef CL_GUARD_SYNTAX_TABLE_H
#define CL_GUARD_SYNTAX_TABLE_H

#include <stddef.h>

enum { CL_NODE_FIELDS = 8 };

/* Minor versions that were tested: 3.FIRST to 3.LAST. */
enum { CL_SYNTAX_FIRST_MINOR = 11, CL_SYNTAX_LAST_MINOR = 13 };

struct cl_node_row {
    const char *name;
    const char *fields;  /* "expr target, expr? value"; "" where there are none */
    const char *refused; /* why nothing allows it, as a sentence's middle; NULL: allowed */
    int first, last;     /* minor versions that have it so; 0: all */
};

extern const struct cl_node_row cl_node_rows[];
extern const size_t cl_node_row_count;

#endif

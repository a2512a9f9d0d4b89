/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value.h - Python values that cross: None, bool, int (64 bits), finite
 * float, str, list, dict with str keys.  Never pickle, never marshal.
 *
 *     'N'  'T'  'F'                       None, True, False
 *     'I' i64   'D' f64   'S' u32 utf-8   numbers (LE), text
 *     'L' u32 count, count values
 *     'M' u32 count, count times: 'S' key, value
 *
 * The depth is at most CL_VALUE_DEPTH.  What does not fit the form does not
 * cross; the result then has its repr.
 */
#ifndef CL_WIRE_VALUE_H
#define CL_WIRE_VALUE_H

#include "wire/frame.h"

enum { CL_VALUE_DEPTH = 64 };

struct cl_value_item {
    char tag;
    int64_t integer;
    double real;
    const char *text; /* lent, not NUL-terminated; UTF-8 is the reader's to check */
    size_t text_len;
    uint32_t count; /* of 'L' and 'M' */
};

/* Read one item (of a list or dict only its head).  0, or -1 when the bytes
 * are not a value; then the reader has failed. */
int cl_value_next(struct cl_reader *r, struct cl_value_item *out);

/* Skip one whole value, checking form and depth; 0 or -1. */
int cl_value_skip(struct cl_reader *r, unsigned depth);

#endif

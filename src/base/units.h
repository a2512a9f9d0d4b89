/* SPDX-License-Identifier: Apache-2.0 */
/* People's units at the edges: "64KiB", "250ms", "50%", "1000". */
#ifndef CL_BASE_UNITS_H
#define CL_BASE_UNITS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * cl_units_size - read a size: a whole number and B, KiB MiB GiB TiB (powers
 * of 1024) or KB MB GB TB (powers of 1000).  A bare 0 is a size too.
 *
 * text  borrowed; len bytes are read, no NUL needed
 * out   the size in bytes; written only on success
 *
 * Fails with EINPUT if the text is empty, has no unit, is negative, has
 * anything after the unit, or does not fit in 63 bits.
 */
int cl_units_size(const char *text, size_t len, uint64_t *out, struct cloche_error *err);

/* The same for a time: us ms s m h d, with decimals ("1.5s").  Nanoseconds. */
int cl_units_time(const char *text, size_t len, uint64_t *out, struct cloche_error *err);

/* The same for a share: "50%", above 0 and at most 100000% (1,000 processors).  Whole per
 * cent. */
int cl_units_percent(const char *text, size_t len, uint64_t *out, struct cloche_error *err);

/* The same for a count: digits, and underscores between them. */
int cl_units_count(const char *text, size_t len, uint64_t *out, struct cloche_error *err);

enum { CL_UNITS_MAX = 32 };

/* Write the shortest exact form: 65536 -> "64KiB", 1500000000 -> "1500ms".
 * Reading it back gives the same number.  Returns out. */
const char *cl_units_format_size(uint64_t bytes, char out[CL_UNITS_MAX]);
const char *cl_units_format_time(uint64_t ns, char out[CL_UNITS_MAX]);

/* For people, rounded to three digits: "9.31 MiB", "812 us".  Not read back. */
const char *cl_units_show_size(uint64_t bytes, char out[CL_UNITS_MAX]);
const char *cl_units_show_time(uint64_t ns, char out[CL_UNITS_MAX]);

#endif

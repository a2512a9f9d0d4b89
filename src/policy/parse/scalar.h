/* SPDX-License-Identifier: Apache-2.0 */
/* What a scalar of one line says, from the bytes between its quotes. */
#ifndef CL_POLICY_PARSE_SCALAR_H
#define CL_POLICY_PARSE_SCALAR_H

#include <stddef.h>

enum cl_scalar_style { CL_SCALAR_PLAIN, CL_SCALAR_SINGLE, CL_SCALAR_DOUBLE };

/*
 * cl_scalar_decode - undo a scalar's escapes.
 *
 * raw      len bytes of UTF-8, in one line, without the quotes
 * out      room for 2 * len + 1 bytes; ends in a NUL, and has none before it
 *
 * Returns NULL, or what is wrong: "has an unknown escape".
 */
const char *cl_scalar_decode(enum cl_scalar_style style, const char *raw, size_t len,
                             char *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Writing JSON text by hand: the command line has small objects only, and
 * must not load a library for them. */
#ifndef CL_CLI_JSON_H
#define CL_CLI_JSON_H

#include "base/buf.h"

/* Append text as a JSON string, or null for NULL.  Bytes that are not UTF-8
 * become U+FFFD.  A failure stays in out. */
void cli_json_string(struct cl_buf *out, const char *text);

/* The same, but "" is null too: for fields that have nothing to say. */
void cli_json_string_or_null(struct cl_buf *out, const char *text);

/* A number, or null for 0: for lines and columns. */
void cli_json_place(struct cl_buf *out, unsigned number);

#endif

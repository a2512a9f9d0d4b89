/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of a cell as text. */
#ifndef CL_ENGINE_UTF8_H
#define CL_ENGINE_UTF8_H

#include "base/buf.h"

/* Append bytes as UTF-8: each maximal invalid part becomes one U+FFFD, as the
 * Unicode standard recommends. */
void cl_utf8_replace(const void *bytes, size_t len, struct cl_buf *out);

/* Is all of it UTF-8? */
int cl_utf8_is_valid(const void *bytes, size_t len);

/* Text that is shown to people in one line: control characters become spaces. */
void cl_utf8_make_one_line(char *text);

#endif

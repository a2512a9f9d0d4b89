/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lines.h - the lines of a minisign file, which all of its files are made of:
 *
 *   untrusted comment: whatever one likes
 *   base64 of a fixed number of bytes
 *
 * A line ends in a newline, or a carriage return and one, or where the text
 * ends.  Pure; nothing is copied.
 */
#ifndef CL_SIGN_LINES_H
#define CL_SIGN_LINES_H

#include <stddef.h>

#include "base/error.h"

enum { CL_LINES_COMMENT_MAX = 1024 }; /* bytes of an untrusted comment, with its prefix */

#define CL_LINES_UNTRUSTED "untrusted comment: "
#define CL_LINES_TRUSTED "trusted comment: "

struct cl_lines {
    const char *rest; /* borrowed */
    size_t len;
    unsigned number; /* of the line that was read last; 0 before the first */
};

#define CL_LINES(text, bytes) ((struct cl_lines){.rest = (text), .len = (bytes)})

/*
 * cl_lines_comment - read a line that begins with prefix, at most max bytes of
 * it in all, and lend what follows the prefix.
 *
 * Control characters other than a tab are refused: comments are printed.
 * All of these fail with EINPUT, and say which line and what is expected.
 */
int cl_lines_comment(struct cl_lines *l, const char *prefix, size_t max,
                     const char **comment, size_t *len, struct cloche_error *err);

/* Read a line that is the base64 of exactly size bytes. */
int cl_lines_base64(struct cl_lines *l, unsigned char *out, size_t size,
                    struct cloche_error *err);

/* Nothing may follow but empty lines. */
int cl_lines_end(struct cl_lines *l, struct cloche_error *err);

/* May text stand in a comment?  One line, without control characters. */
int cl_lines_is_comment(const char *text, size_t len);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * visible.h - text for a terminal in which control sequences can be seen and
 * do nothing.
 *
 * A program's output can move the cursor, rewrite lines that were printed
 * before, set the clipboard, or show text in another order than it has.  So
 * everything that is not plain text is spelt out: C0 controls and DEL as in
 * cat -v (^[ for ESC, ^M for a carriage return that is not part of a line's
 * end), C1 controls and characters that reorder or hide text as \u0000, and
 * bytes that are not UTF-8 as \x00.  Newline and tab stay.
 */
#ifndef CL_CLI_VISIBLE_H
#define CL_CLI_VISIBLE_H

#include <stddef.h>

#include "base/buf.h"

/* One stream's state between two pieces: a character may be cut in two. */
struct cli_visible {
    unsigned char pending[4];
    size_t n_pending;
    int has_cr; /* a carriage return waits for what follows it */
};

/* The most that one byte can become, for sizing buffers. */
enum { CLI_VISIBLE_GROWTH = 6 };

/* Append data, made visible, to out.  What out has no room for is lost and
 * marked in it, as in base/buf.h. */
void cli_visible_feed(struct cli_visible *v, const void *data, size_t len,
                      struct cl_buf *out);

/* Append what was waiting for more, and start anew. */
void cli_visible_end(struct cli_visible *v, struct cl_buf *out);

/* Append text as one line: newlines and tabs are spelt out too. */
void cli_visible_line(const char *text, struct cl_buf *out);

#endif

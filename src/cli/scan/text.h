/* SPDX-License-Identifier: Apache-2.0 */
/* Findings for people, as compilers write theirs. */
#ifndef CL_CLI_SCAN_TEXT_H
#define CL_CLI_SCAN_TEXT_H

#include <stddef.h>

#include <cloche/cloche.h>

#include "base/buf.h"

/*
 * cli_scan_text - the findings of one text, each with its line and carets.
 *
 * code  the text, len bytes, from which the lines are quoted; control characters are
 *       made visible, and secrets covered
 */
void cli_scan_text(const struct cloche_scan *scan, const char *filename, const char *code,
                   size_t len, int is_coloured, struct cl_buf *out);

/* The rules, one a line. */
void cli_scan_rules_text(struct cl_buf *out);

#endif

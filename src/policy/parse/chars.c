/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first look at a policy text.  Pure.  Tabs are refused everywhere, not
 * only in indentation: YAML allows them in some places and not in others, and
 * an editor shows no difference.  A '%' at the start of a line is a directive of
 * YAML: a policy needs none, and 2.2 as a version makes libfyaml fail without a word.
 */
#include "policy/parse/chars.h"

#include <string.h>

#include "policy/parse/tree.h"

/*
 * libfyaml holds a bracket's whole contents as tokens before it tells of the
 * first, some 300 bytes for each: so they are counted before it sees them.  An
 * entry of a tree has at most three: two brackets of its own, and a comma.
 */
enum { MARKS_MAX = 3 * CL_TREE_MAX_NODES };

size_t
cl_chars_next(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    if (len == 0 || p[0] < 0x80) {
        return len == 0 ? 0 : 1;
    }
    size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || n > len) {
        return 0;
    }
    unsigned low = p[0] == 0xe0 ? 0xa0 : p[0] == 0xf0 ? 0x90 : 0x80;
    unsigned high = p[0] == 0xed ? 0x9f : p[0] == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < n; i++) {
        if (p[i] < 0x80 || p[i] > 0xbf) {
            return 0;
        }
    }
    return n;
}

/* Fails if the character at text[0] may not stand in a policy. */
static int
check_one(const char *text, size_t len, size_t n, struct cl_place at, struct cl_report *r)
{
    unsigned char c = (unsigned char)text[0];
    if (n == 0) {
        return cl_report_fail(r, CLOCHE_EINPUT, at, "UTF-8", "byte 0x%02x is not UTF-8", c);
    }
    if (c == '\t') {
        return cl_report_fail(r, CLOCHE_EINPUT, at, "spaces", "a tab");
    }
    if (c == '%' && at.column == 1) {
        return cl_report_fail(r, CLOCHE_EINPUT, at, NULL,
                              "YAML directives are not allowed");
    }
    if (c == '\n' || (c == '\r' && len > 1 && text[1] == '\n')) {
        return 0;
    }
    int is_c1 = c == 0xc2 && n == 2 && (unsigned char)text[1] < 0xa0;
    if (c < 0x20 || c == 0x7f || is_c1) {
        return cl_report_fail(r, CLOCHE_EINPUT, at, "printable text",
                              "a control character (0x%02x)",
                              is_c1 ? (unsigned char)text[1] : c);
    }
    return 0;
}

int
cl_chars_check(const char *text, size_t len, struct cl_report *r)
{
    struct cl_place at = {1, 1};
    size_t marks = 0;
    for (size_t i = 0; i < len;) {
        size_t n = cl_chars_next(text + i, len - i);
        if (check_one(text + i, len - i, n, at, r) < 0) {
            return -1;
        }
        marks += strchr("[]{},", text[i]) != NULL;
        if (marks > MARKS_MAX) {
            return cl_report_fail(r, CLOCHE_EINPUT, at, NULL,
                                  "more than %d brackets and commas", MARKS_MAX);
        }
        at.column++;
        if (text[i] == '\n') {
            at = (struct cl_place){at.line + 1, 1};
        }
        i += n;
    }
    return 0;
}

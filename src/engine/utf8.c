/* SPDX-License-Identifier: Apache-2.0 */
/* Pure. */
#include "engine/utf8.h"

#include <stdint.h>

/* Bytes of the longest valid prefix of a sequence at p; *whole: it is complete. */
static size_t
sequence(const unsigned char *p, size_t len, int *whole)
{
    /* Lead byte ranges, how many follow, and what the first of them may be. */
    static const struct {
        unsigned char first, last, follow, low, high;
    } rows[] = {
        {0x00, 0x7f, 0, 0, 0},       {0xc2, 0xdf, 1, 0x80, 0xbf},
        {0xe0, 0xe0, 2, 0xa0, 0xbf}, {0xe1, 0xec, 2, 0x80, 0xbf},
        {0xed, 0xed, 2, 0x80, 0x9f}, {0xee, 0xef, 2, 0x80, 0xbf},
        {0xf0, 0xf0, 3, 0x90, 0xbf}, {0xf1, 0xf3, 3, 0x80, 0xbf},
        {0xf4, 0xf4, 3, 0x80, 0x8f},
    };
    *whole = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (p[0] < rows[i].first || p[0] > rows[i].last) {
            continue;
        }
        size_t n = 1;
        while (n <= rows[i].follow && n < len && p[n] >= (n == 1 ? rows[i].low : 0x80) &&
               p[n] <= (n == 1 ? rows[i].high : 0xbf)) {
            n++;
        }
        *whole = n == (size_t)rows[i].follow + 1;
        return n;
    }
    return 1;
}

void
cl_utf8_replace(const void *bytes, size_t len, struct cl_buf *out)
{
    const unsigned char *p = bytes;
    size_t at = 0;
    size_t plain = 0; /* start of what is valid and not yet written */
    if (len == 0) {
        return; /* bytes may be NULL then, which nothing may be added to */
    }
    while (at < len) {
        int whole = 0;
        size_t n = sequence(p + at, len - at, &whole);
        if (!whole) {
            (void)cl_buf_add(out, p + plain, at - plain); /* sticky */
            (void)cl_buf_add(out, "\xef\xbf\xbd", 3);
            plain = at + n;
        }
        at += n;
    }
    (void)cl_buf_add(out, p + plain, len - plain);
}

int
cl_utf8_is_valid(const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    int whole = 1;
    for (size_t at = 0; at < len && whole;) {
        at += sequence(p + at, len - at, &whole);
    }
    return whole;
}

void
cl_utf8_make_one_line(char *text)
{
    for (unsigned char *p = (unsigned char *)text; *p != '\0'; p++) {
        if (*p < 0x20 || *p == 0x7f) {
            *p = ' ';
        }
    }
}

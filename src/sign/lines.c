/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the form of lines; knows nothing of what they say. */
#include "sign/lines.h"

#include <sodium.h>
#include <string.h>

static int
next_line(struct cl_lines *l, const char **line, size_t *len, const char *expected,
          struct cloche_error *err)
{
    l->number++;
    if (l->len == 0) {
        return cl_fail(err, CLOCHE_EINPUT, "line %u is missing; expected %s", l->number,
                       expected);
    }
    const char *newline = memchr(l->rest, '\n', l->len);
    size_t all = newline != NULL ? (size_t)(newline - l->rest) : l->len;
    *line = l->rest;
    *len = newline != NULL && all > 0 && l->rest[all - 1] == '\r' ? all - 1 : all;
    all += newline != NULL;
    l->rest += all;
    l->len -= all;
    return 0;
}

int
cl_lines_is_comment(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f) {
            return 0;
        }
    }
    return 1;
}

int
cl_lines_comment(struct cl_lines *l, const char *prefix, size_t max, const char **comment,
                 size_t *len, struct cloche_error *err)
{
    const char *line = NULL;
    size_t n = 0;
    size_t skip = strlen(prefix);
    if (next_line(l, &line, &n, prefix, err) < 0) {
        return -1;
    }
    if (n < skip || memcmp(line, prefix, skip) != 0) {
        return cl_fail(err, CLOCHE_EINPUT, "line %u does not begin with '%s'", l->number,
                       prefix);
    }
    if (n > max) {
        return cl_fail(err, CLOCHE_EINPUT, "line %u has %zu bytes, at most %zu", l->number,
                       n, max);
    }
    if (!cl_lines_is_comment(line, n)) {
        return cl_fail(err, CLOCHE_EINPUT, "line %u has a control character in it",
                       l->number);
    }
    *comment = line + skip;
    *len = n - skip;
    return 0;
}

/* libsodium 1.0.18 takes some bytes from 0x80 on for letters of base64. */
static int
is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] >= 0x80) {
            return 0;
        }
    }
    return 1;
}

int
cl_lines_base64(struct cl_lines *l, unsigned char *out, size_t size,
                struct cloche_error *err)
{
    const char *line = NULL;
    size_t n = 0;
    size_t want = (size + 2) / 3 * 4;
    size_t got = 0;
    if (next_line(l, &line, &n, "base64", err) < 0) {
        return -1;
    }
    if (n != want || !is_ascii(line, n) ||
        sodium_base642bin(out, size, line, n, NULL, &got, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        got != size) {
        return cl_fail(err, CLOCHE_EINPUT,
                       "line %u is not the base64 of %zu bytes (%zu characters)", l->number,
                       size, want);
    }
    return 0;
}

int
cl_lines_end(struct cl_lines *l, struct cloche_error *err)
{
    for (size_t i = 0; i < l->len; i++) {
        if (l->rest[i] != '\n' && l->rest[i] != '\r') {
            return cl_fail(err, CLOCHE_EINPUT, "something follows line %u", l->number);
        }
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The escapes of YAML 1.2 in single and double quotes.  Pure.  libfyaml can do
 * this too, but up to 0.7.12 loses memory for each scalar with more than a few
 * of them, and a policy may come from a stranger.
 */
#include "policy/parse/scalar.h"

#include <stdint.h>
#include <string.h>

/* Write a character as UTF-8; returns how many bytes. */
static size_t
put_utf8(uint32_t c, char *out)
{
    unsigned char *p = (unsigned char *)out;
    if (c < 0x80) {
        p[0] = (unsigned char)c;
        return 1;
    }
    if (c < 0x800) {
        p[0] = (unsigned char)(0xc0 | c >> 6);
        p[1] = (unsigned char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        p[0] = (unsigned char)(0xe0 | c >> 12);
        p[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
        p[2] = (unsigned char)(0x80 | (c & 0x3f));
        return 3;
    }
    p[0] = (unsigned char)(0xf0 | c >> 18);
    p[1] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
    p[2] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
    p[3] = (unsigned char)(0x80 | (c & 0x3f));
    return 4;
}

/* n hexadecimal digits at p, or -1. */
static int64_t
read_hex(const char *p, size_t n)
{
    int64_t v = 0;
    for (size_t i = 0; i < n; i++) {
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *at = p[i] != '\0' ? strchr(digits, p[i]) : NULL;
        if (at == NULL) {
            return -1;
        }
        v = v * 16 + (at - digits) % 16;
    }
    return v;
}

/* The character of a short escape, or -1: \n, \t, \", ... */
static int32_t
short_escape(char c)
{
    static const struct {
        char name;
        int32_t character;
    } rows[] = {{'0', 0},      {'a', 7},     {'b', 8},     {'t', 9},    {'n', 10},
                {'v', 11},     {'f', 12},    {'r', 13},    {'e', 27},   {' ', ' '},
                {'"', '"'},    {'/', '/'},   {'\\', '\\'}, {'N', 0x85}, {'_', 0xa0},
                {'L', 0x2028}, {'P', 0x2029}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].name == c) {
            return rows[i].character;
        }
    }
    return -1;
}

/* One escape at raw[0], the byte after the backslash.  Its length goes to *used. */
static const char *
read_escape(const char *raw, size_t len, size_t *used, uint32_t *character)
{
    size_t digits = len == 0        ? 0
                    : raw[0] == 'x' ? 2
                    : raw[0] == 'u' ? 4
                    : raw[0] == 'U' ? 8
                                    : 0;
    int64_t c = -1;
    if (digits > 0) {
        c = len > digits ? read_hex(raw + 1, digits) : -1;
    } else if (len > 0) {
        c = short_escape(raw[0]);
    }
    if (c < 0) {
        return "has an unknown escape";
    }
    if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
        return c == 0 ? "has a NUL in it" : "has an escape that is no character";
    }
    *used = 1 + digits;
    *character = (uint32_t)c;
    return NULL;
}

const char *
cl_scalar_decode(enum cl_scalar_style style, const char *raw, size_t len, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (style == CL_SCALAR_DOUBLE && raw[i] == '\\') {
            uint32_t c = 0;
            size_t used = 0;
            const char *problem = read_escape(raw + i + 1, len - i - 1, &used, &c);
            if (problem != NULL) {
                return problem;
            }
            n += put_utf8(c, out + n);
            i += used;
            continue;
        }
        /* Two single quotes are one. */
        i += style == CL_SCALAR_SINGLE && raw[i] == '\'' && i + 1 < len &&
             raw[i + 1] == '\'';
        out[n++] = raw[i];
    }
    out[n] = '\0';
    return NULL;
}

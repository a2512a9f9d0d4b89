/* SPDX-License-Identifier: Apache-2.0 */
/* Pure: bytes in, bytes out.  Knows no terminal. */
#include "cli/visible.h"

#include <stdint.h>
#include <string.h>

#include "base/own.h"

/* Characters that reorder, hide or fold the text around them.  Joiners
 * (U+200C, U+200D) are left alone: scripts and emoji need them. */
static const struct {
    uint32_t first, last;
} spelt_out[] = {
    {0x0080, 0x009F},   /* C1 controls: a terminal takes U+009B for ESC [ */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x180E, 0x180E},   /* Mongolian vowel separator */
    {0x200E, 0x200F},   /* left-to-right and right-to-left marks */
    {0x2028, 0x202E},   /* line and paragraph separators; embeddings, overrides */
    {0x2066, 0x206F},   /* isolates; deprecated format characters */
    {0xFFF9, 0xFFFB},   /* interlinear annotation */
    {0xE0000, 0xE007F}, /* tags: text that no terminal shows */
};

static void
spell_byte(unsigned char c, struct cl_buf *out)
{
    (void)cl_buf_printf(out, "\\x%02x", c); /* out remembers a failure */
}

static void
put_ascii(unsigned char c, struct cl_buf *out)
{
    if (c == 0x7F) {
        (void)cl_buf_add_str(out, "^?");
    } else if (c < 0x20 && c != '\n' && c != '\t') {
        const char caret[2] = {'^', (char)(c + '@')};
        (void)cl_buf_add(out, caret, sizeof caret);
    } else {
        (void)cl_buf_u8(out, c);
    }
}

static void
put_character(const unsigned char *bytes, size_t n, struct cl_buf *out)
{
    uint32_t c = n == 2 ? bytes[0] & 0x1Fu : n == 3 ? bytes[0] & 0x0Fu : bytes[0] & 0x07u;
    for (size_t i = 1; i < n; i++) {
        c = c << 6 | (bytes[i] & 0x3Fu);
    }
    for (size_t i = 0; i < CL_COUNT(spelt_out); i++) {
        if (c >= spelt_out[i].first && c <= spelt_out[i].last) {
            (void)cl_buf_printf(out, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c);
            return;
        }
    }
    (void)cl_buf_add(out, bytes, n);
}

/* How many bytes a sequence has that starts with lead; 0 when none does. */
static size_t
sequence_length(unsigned char lead)
{
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* May c follow what is pending?  Refuses overlong forms, surrogates, and what
 * lies beyond U+10FFFF, all of which the second byte decides. */
static int
may_follow(const struct cli_visible *v, unsigned char c)
{
    if (v->n_pending == 1) {
        switch (v->pending[0]) {
        case 0xE0: return c >= 0xA0 && c <= 0xBF;
        case 0xED: return c >= 0x80 && c <= 0x9F;
        case 0xF0: return c >= 0x90 && c <= 0xBF;
        case 0xF4: return c >= 0x80 && c <= 0x8F;
        default: break;
        }
    }
    return c >= 0x80 && c <= 0xBF;
}

static void
spell_pending(struct cli_visible *v, struct cl_buf *out)
{
    for (size_t i = 0; i < v->n_pending; i++) {
        spell_byte(v->pending[i], out);
    }
    v->n_pending = 0;
}

static void
feed_byte(struct cli_visible *v, unsigned char c, struct cl_buf *out)
{
    if (v->has_cr) {
        v->has_cr = 0;
        (void)cl_buf_add_str(out, c == '\n' ? "\r" : "^M");
    }
    if (v->n_pending > 0) {
        if (may_follow(v, c)) {
            v->pending[v->n_pending++] = c;
            if (v->n_pending == sequence_length(v->pending[0])) {
                put_character(v->pending, v->n_pending, out);
                v->n_pending = 0;
            }
            return;
        }
        spell_pending(v, out);
    }
    if (c == '\r') {
        v->has_cr = 1;
    } else if (c < 0x80) {
        put_ascii(c, out);
    } else if (sequence_length(c) > 0) {
        v->pending[v->n_pending++] = c;
    } else {
        spell_byte(c, out);
    }
}

void
cli_visible_feed(struct cli_visible *v, const void *data, size_t len, struct cl_buf *out)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < len; i++) {
        feed_byte(v, bytes[i], out);
    }
}

void
cli_visible_end(struct cli_visible *v, struct cl_buf *out)
{
    spell_pending(v, out);
    if (v->has_cr) {
        v->has_cr = 0;
        (void)cl_buf_add_str(out, "^M");
    }
}

void
cli_visible_line(const char *text, struct cl_buf *out)
{
    struct cli_visible v = {.n_pending = 0};
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\n' || *p == '\t') {
            cli_visible_end(&v, out);
            (void)cl_buf_add_str(out, *p == '\n' ? "^J" : "^I");
        } else {
            feed_byte(&v, (unsigned char)*p, out);
        }
    }
    cli_visible_end(&v, out);
}

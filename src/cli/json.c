/* SPDX-License-Identifier: Apache-2.0 */
/* Pure: text in, JSON out. */
#include "cli/json.h"

#include <stddef.h>
#include <string.h>

/* The length of the UTF-8 sequence at p, or 0 when there is no valid one.
 * Stops at the NUL, which continues nothing. */
static size_t
utf8_length(const unsigned char *p)
{
    const size_t n = p[0] < 0x80                    ? 1
                     : p[0] >= 0xC2 && p[0] <= 0xDF ? 2
                     : p[0] >= 0xE0 && p[0] <= 0xEF ? 3
                     : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4
                                                    : 0;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    const int is_overlong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90);
    const int is_surrogate = p[0] == 0xED && p[1] > 0x9F;
    const int is_beyond = p[0] == 0xF4 && p[1] > 0x8F;
    return is_overlong || is_surrogate || is_beyond ? 0 : n;
}

static void
put_character(struct cl_buf *out, const unsigned char *p, size_t n)
{
    if (n == 0) {
        (void)cl_buf_add_str(out, "\xEF\xBF\xBD"); /* U+FFFD */
    } else if (*p == '"' || *p == '\\') {
        (void)cl_buf_printf(out, "\\%c", *p);
    } else if (*p == '\n') {
        (void)cl_buf_add_str(out, "\\n");
    } else if (*p < 0x20 || *p == 0x7F) {
        (void)cl_buf_printf(out, "\\u%04x", *p);
    } else {
        (void)cl_buf_add(out, p, n);
    }
}

void
cli_json_string(struct cl_buf *out, const char *text)
{
    if (text == NULL) {
        (void)cl_buf_add_str(out, "null");
        return;
    }
    (void)cl_buf_u8(out, '"');
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0';) {
        const size_t n = utf8_length(p);
        put_character(out, p, n);
        p += n == 0 ? 1 : n;
    }
    (void)cl_buf_u8(out, '"');
}

void
cli_json_string_or_null(struct cl_buf *out, const char *text)
{
    cli_json_string(out, text == NULL || text[0] == '\0' ? NULL : text);
}

void
cli_json_place(struct cl_buf *out, unsigned number)
{
    if (number == 0) {
        (void)cl_buf_add_str(out, "null");
    } else {
        (void)cl_buf_printf(out, "%u", number);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Puts messages together.  Pure; allocates nothing. */
#define CL_REPORT_IS_DEFINED_HERE
#include "policy/parse/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "policy/parse/chars.h"

enum { FILE_SHOWN = 60 };

size_t
cl_report_enter(struct cl_report *r, const char *part)
{
    size_t mark = strlen(r->key);
    (void)snprintf(r->key + mark, sizeof r->key - mark, "%s%s", mark > 0 ? "." : "",
                   part); /* a path that does not fit is cut */
    return mark;
}

void
cl_report_leave(struct cl_report *r, size_t mark)
{
    r->key[mark] = '\0';
}

/* C0 and DEL, and C1 as UTF-8 writes it: what a terminal would obey.  And what is
 * left of a character where a value was cut. */
static void
hide_controls(char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len;) {
        size_t n = cl_chars_next(text + i, len - i);
        unsigned char c = (unsigned char)text[i];
        int is_c1 = n == 2 && c == 0xc2 && (unsigned char)text[i + 1] < 0xa0;
        n = n > 0 ? n : 1;
        if (c < 0x20 || c == 0x7f || is_c1 || (n == 1 && c >= 0x80)) {
            memset(text + i, '?', n);
        }
        i += n;
    }
}

static void
fill_where(struct cl_report *r, struct cl_place at, const char *expected)
{
    struct cloche_where *w = r->where;
    *w = (struct cloche_where){.line = at.line, .column = at.column};
    (void)snprintf(w->file, sizeof w->file, "%s", r->file ? r->file : ""); /* may be cut */
    (void)snprintf(w->key, sizeof w->key, "%s", r->key);                   /* same size */
    (void)snprintf(w->expected, sizeof w->expected, "%s",
                   expected ? expected : ""); /* ours, and shorter */
    hide_controls(w->key);
    hide_controls(w->expected);
}

/* "policy.yaml:12:7: ", with the end of a long path. */
static void
show_place(const struct cl_report *r, struct cl_place at, char *out, size_t size)
{
    out[0] = '\0';
    if (r->file == NULL) {
        return;
    }
    const char *file = r->file;
    size_t len = strlen(file);
    const char *cut = "";
    if (len > FILE_SHOWN) {
        file += len - FILE_SHOWN;
        while (((unsigned char)*file & 0xC0) == 0x80) {
            file++;
        }
        cut = "...";
    }
    if (at.line > 0) {
        (void)snprintf(out, size, "%s%s:%u:%u: ", cut, file, at.line, at.column);
    } else {
        (void)snprintf(out, size, "%s%s: ", cut, file);
    }
}

int
cl_report_fail(struct cl_report *r, enum cloche_code code, struct cl_place at,
               const char *expected, const char *fmt, ...)
{
    if (r->where != NULL) {
        fill_where(r, at, expected);
    }
    if (r->err == NULL) {
        return -1;
    }
    char what[sizeof r->err->msg];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(what, sizeof what, fmt, ap); /* may be cut, as the message is */
    va_end(ap);
    char place[FILE_SHOWN + 40];
    show_place(r, at, place, sizeof place);
    int has_more =
        expected != NULL && expected[0] != '\0' && strstr(what, expected) == NULL;
    (void)cl_fail(r->err, code, "%s%s%s%s%s%s", place, r->key, r->key[0] ? ": " : "", what,
                  has_more ? "; expected " : "", has_more ? expected : ""); /* is -1 */
    hide_controls(r->err->msg);
    return -1;
}

int
cl_report_nomem(struct cl_report *r)
{
    return cl_fail_nomem(r->err);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The canonical form of an effective policy, over which its id is.  Written by
 * hand and not through a JSON library: it is made for every run that narrows
 * a limit, and one pass over a table is what it takes.
 *
 * Values stand as a policy file writes them ("5s", "none"), so that the JSON
 * of a profile is that profile.  What has no sense at the level is left out,
 * and so is a list that nobody wrote.
 */
#include "policy/json.h"

#include <inttypes.h>
#include <string.h>

#include "policy/limit.h"
#include "policy/parse/moment.h"

enum { JSON_MAX = 16 << 20 };

/* Every append's result is the buffer's has_failed, which the end looks at. */
static void
put(struct cl_buf *out, const char *text)
{
    (void)cl_buf_add_str(out, text);
}

/* One character that may not stand as itself, as RFC 8785 writes it. */
static void
put_escape(struct cl_buf *out, unsigned char c)
{
    static const char from[] = "\"\\\b\f\n\r\t";
    static const char to[] = "\"\\bfnrt";
    const char *short_form = strchr(from, c);
    if (short_form != NULL) {
        (void)cl_buf_printf(out, "\\%c", to[short_form - from]);
    } else {
        (void)cl_buf_printf(out, "\\u%04x", c);
    }
}

void
cl_json_text(struct cl_buf *out, const char *text)
{
    put(out, "\"");
    const char *from = text;
    for (const char *p = text; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x20 || c == '"' || c == '\\') {
            (void)cl_buf_add(out, from, (size_t)(p - from));
            from = p + 1;
            put_escape(out, c);
        }
    }
    put(out, from);
    put(out, "\"");
}

void
cl_json_names(struct cl_buf *out, const struct cl_names *n)
{
    put(out, "[");
    for (size_t i = 0; i < n->count; i++) {
        put(out, i > 0 ? "," : "");
        cl_json_text(out, n->item[i]);
    }
    put(out, "]");
}

static void
put_number(struct cl_buf *out, const struct cl_limit_row *row, uint64_t value)
{
    char text[CL_LIMIT_TEXT];
    if (row->kind == CL_KIND_COUNT && value != CL_LIMIT_NONE) {
        (void)cl_buf_printf(out, "%" PRIu64, value);
    } else {
        cl_json_text(out, cl_limit_show(row, value, text));
    }
}

static void
put_only(struct cl_buf *out, const struct cl_effective *e)
{
    put(out, "{");
    for (size_t i = 0; i < e->python.n_only; i++) {
        put(out, i > 0 ? "," : "");
        cl_json_text(out, e->python.only[i].module);
        put(out, ":");
        cl_json_names(out, &e->python.only[i].functions);
    }
    put(out, "}");
}

static void
put_expose(struct cl_buf *out, const struct cl_effective *e)
{
    put(out, "{");
    for (size_t i = 0; i < e->n_expose; i++) {
        const struct cl_expose *x = &e->expose[i];
        put(out, i > 0 ? "," : "");
        cl_json_text(out, x->name);
        put(out, ":{");
        size_t empty = out->len;
        put(out, x->needs_approval ? "\"approve\":true" : "");
        put(out, x->can_call ? out->len > empty ? ",\"call\":true" : "\"call\":true" : "");
        if (x->calls != CL_LIMIT_NONE) {
            (void)cl_buf_printf(out, "%s\"calls\":%" PRIu64, out->len > empty ? "," : "",
                                x->calls);
        }
        put(out, x->can_read ? out->len > empty ? ",\"read\":true" : "\"read\":true" : "");
        put(out,
            x->can_write ? out->len > empty ? ",\"write\":true" : "\"write\":true" : "");
        put(out, "}");
    }
    put(out, "}");
}

static void
put_pairs(struct cl_buf *out, const struct cl_pairs *p)
{
    put(out, "{");
    for (size_t i = 0; i < p->count; i++) {
        put(out, i > 0 ? "," : "");
        cl_json_text(out, p->item[i].key);
        put(out, ":");
        cl_json_text(out, p->item[i].value);
    }
    put(out, "}");
}

/* By their bytes, and not by the files that they came from. */
static void
put_trust(struct cl_buf *out, const struct cl_trust *t)
{
    put(out, "[");
    for (size_t i = 0; i < t->count; i++) {
        char key[CL_PUBLIC_KEY_TEXT];
        char until[CL_MOMENT_TEXT];
        (void)cl_buf_printf(out, "%s{\"key\":\"%s\"", i > 0 ? "," : "",
                            cl_public_key_encode(&t->item[i].key, key));
        if (t->item[i].until_s != CL_LIMIT_NONE) {
            (void)cl_buf_printf(out, ",\"until\":\"%s\"",
                                cl_moment_show(t->item[i].until_s, until));
        }
        put(out, "}");
    }
    put(out, "]");
}

void
cl_json_field(struct cl_buf *out, const struct cl_field *f, const void *base)
{
    const void *value = cl_field_in(f, base);
    switch (f->kind) {
    case CL_FIELD_NUMBER: put_number(out, f->number, *(const uint64_t *)value); break;
    case CL_FIELD_ENUM: cl_json_text(out, f->names[cl_field_unsigned(f, base)]); break;
    case CL_FIELD_BOOL: put(out, cl_field_unsigned(f, base) ? "true" : "false"); break;
    case CL_FIELD_TEXT:
        if (*(char *const *)value == NULL) {
            put(out, "null");
        } else {
            cl_json_text(out, *(char *const *)value);
        }
        break;
    case CL_FIELD_NAMES:
        if (((const struct cl_names *)value)->is_all) {
            put(out, "null");
        } else {
            cl_json_names(out, value);
        }
        break;
    case CL_FIELD_ONLY: put_only(out, base); break;
    case CL_FIELD_EXPOSE: put_expose(out, base); break;
    case CL_FIELD_PAIRS: put_pairs(out, value); break;
    case CL_FIELD_TRUST:
        if (((const struct cl_trust *)value)->is_all) {
            put(out, "null");
        } else {
            put_trust(out, value);
        }
        break;
    }
}

int
cl_json_has(const struct cl_field *f, const struct cl_effective *e)
{
    if ((cl_field_levels(f) >> e->level & 1) == 0) {
        return 0;
    }
    const void *value = cl_field_in(f, e);
    if (f->kind == CL_FIELD_NAMES) {
        return !((const struct cl_names *)value)->is_all;
    }
    if (f->kind == CL_FIELD_TRUST) {
        return !((const struct cl_trust *)value)->is_all;
    }
    return f->kind != CL_FIELD_TEXT || *(char *const *)value != NULL;
}

/* How many bytes of a and b, up to and with a dot, are the same. */
static size_t
common_groups(const char *a, const char *b)
{
    size_t groups = 0;
    for (size_t i = 0; a[i] != '\0' && a[i] == b[i]; i++) {
        if (a[i] == '.') {
            groups = i + 1;
        }
    }
    return groups;
}

static void
close_groups(struct cl_buf *out, const char *rest)
{
    for (const char *dot = strchr(rest, '.'); dot != NULL; dot = strchr(dot + 1, '.')) {
        put(out, "}");
    }
}

void
cl_json_nest_key(struct cl_json_nest *nest, struct cl_buf *out, const char *key)
{
    size_t same = 0;
    if (nest->last == NULL) {
        put(out, "{");
    } else {
        same = common_groups(nest->last, key);
        close_groups(out, nest->last + same);
        put(out, ",");
    }
    const char *part = key + same;
    for (const char *dot = strchr(part, '.'); dot != NULL; dot = strchr(part, '.')) {
        put(out, "\"");
        (void)cl_buf_add(out, part, (size_t)(dot - part));
        put(out, "\":{");
        part = dot + 1;
    }
    put(out, "\"");
    put(out, part);
    put(out, "\":");
    nest->last = key;
}

void
cl_json_nest_end(struct cl_json_nest *nest, struct cl_buf *out)
{
    if (nest->last == NULL) {
        put(out, "{");
    } else {
        close_groups(out, nest->last);
    }
    put(out, "}");
}

char *
cl_effective_json(const struct cl_effective *e)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(JSON_MAX);
    struct cl_json_nest nest = {0};
    for (size_t i = 0; i < CL_FIELD_COUNT; i++) {
        if (cl_json_has(&cl_fields[i], e)) {
            cl_json_nest_key(&nest, &out, cl_fields[i].key);
            cl_json_field(&out, &cl_fields[i], e);
        }
    }
    cl_json_nest_end(&nest, &out);
    return cl_buf_take_str(&out);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The differences of two effective policies, row by row, for people and programs. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/own.h"
#include "policy/json.h"
#include "policy/limit.h"
#include "policy/narrow.h"
#include "policy/policy.h"

enum { DIFF_MAX = 16 << 20 };

/* What b is, seen from a; NULL where they are the same. */
static const char *
change(const struct cl_field *f, const struct cl_effective *a, const struct cl_effective *b)
{
    int is_narrower = cl_narrow_is_within(f, b, a);
    if (cl_narrow_is_within(f, a, b)) {
        return is_narrower ? NULL : "wider";
    }
    return is_narrower ? "narrower" : "different";
}

static int
has_sense(const struct cl_field *f, const struct cl_effective *e)
{
    return (int)(cl_field_levels(f) >> e->level & 1);
}

/* Keys by their ids; "-" where nobody wrote a list. */
static void
show_trust(struct cl_buf *out, const struct cl_trust *t)
{
    char text[CL_TRUSTED_TEXT];
    (void)cl_buf_add_str(out, t->is_all ? "-" : t->count == 0 ? "[]" : "");
    for (size_t i = 0; i < t->count; i++) {
        (void)cl_buf_printf(out, "%s%s", i > 0 ? ", " : "",
                            cl_trusted_show(&t->item[i], text));
    }
}

/* A value as a line shows it: JSON, but without quotes around a word. */
static void
show_value(struct cl_buf *out, const struct cl_field *f, const struct cl_effective *e)
{
    char number[CL_LIMIT_TEXT];
    const void *value = cl_field_in(f, e);
    /* Each append's result is has_failed, which the end looks at. */
    if (!has_sense(f, e)) {
        (void)cl_buf_add_str(out, "-");
    } else if (f->kind == CL_FIELD_NUMBER) {
        (void)cl_buf_add_str(out,
                             cl_limit_show(f->number, *(const uint64_t *)value, number));
    } else if (f->kind == CL_FIELD_ENUM) {
        (void)cl_buf_add_str(out, f->names[cl_field_unsigned(f, e)]);
    } else if (f->kind == CL_FIELD_TEXT) {
        const char *text = *(char *const *)value;
        (void)cl_buf_add_str(out, text != NULL ? text : "-");
    } else if (f->kind == CL_FIELD_NAMES && ((const struct cl_names *)value)->is_all) {
        (void)cl_buf_add_str(out, "all");
    } else if (f->kind == CL_FIELD_TRUST) {
        show_trust(out, value);
    } else {
        cl_json_field(out, f, e);
    }
}

/* " +math -json": what b has and a has not, and the reverse. */
static void
show_list_change(struct cl_buf *out, const struct cl_names *a, const struct cl_names *b)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a->count || j < b->count) {
        int order = i == a->count ? 1 : j == b->count ? -1 : strcmp(a->item[i], b->item[j]);
        if (order != 0) {
            (void)cl_buf_printf(out, " %c%s", order < 0 ? '-' : '+',
                                order < 0 ? a->item[i] : b->item[j]);
        }
        i += order <= 0;
        j += order >= 0;
    }
}

static void
show_line(struct cl_buf *out, const struct cl_field *f, const struct cl_effective *a,
          const struct cl_effective *b, const char *what)
{
    const struct cl_names *x = f->kind == CL_FIELD_NAMES ? cl_field_in(f, a) : NULL;
    const struct cl_names *y = f->kind == CL_FIELD_NAMES ? cl_field_in(f, b) : NULL;
    (void)cl_buf_printf(out, "%s:", f->key);
    if (x != NULL && has_sense(f, a) && has_sense(f, b) && !x->is_all && !y->is_all) {
        show_list_change(out, x, y);
    } else {
        (void)cl_buf_add_str(out, " ");
        show_value(out, f, a);
        (void)cl_buf_add_str(out, " -> ");
        show_value(out, f, b);
    }
    (void)cl_buf_printf(out, "  (%s)\n", what);
}

static void
add_json_value(struct cl_buf *out, const struct cl_field *f, const struct cl_effective *e)
{
    if (has_sense(f, e)) {
        cl_json_field(out, f, e);
    } else {
        (void)cl_buf_add_str(out, "null");
    }
}

static void
show_row(struct cl_buf *out, const struct cl_field *f, const struct cl_effective *a,
         const struct cl_effective *b, const char *what)
{
    (void)cl_buf_printf(out, "%s{\"key\":\"%s\",\"a\":", out->len > 1 ? "," : "", f->key);
    add_json_value(out, f, a);
    (void)cl_buf_add_str(out, ",\"b\":");
    add_json_value(out, f, b);
    (void)cl_buf_printf(out, ",\"change\":\"%s\"}", what);
}

static char *
show_all(const struct cl_effective *a, const struct cl_effective *b, int is_json)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(DIFF_MAX);
    (void)cl_buf_add_str(&out, is_json ? "[" : "");
    for (size_t i = 0; i < CL_FIELD_COUNT; i++) {
        const char *what = change(&cl_fields[i], a, b);
        if (what != NULL) {
            (is_json ? show_row : show_line)(&out, &cl_fields[i], a, b, what);
        }
    }
    (void)cl_buf_add_str(&out, is_json ? "]" : "");
    return cl_buf_take_str(&out);
}

int
cloche_policy_diff(const struct cloche_policy *a, const char *profile_a,
                   const struct cloche_policy *b, const char *profile_b,
                   enum cloche_explain format, char **out, struct cloche_error *err)
{
    struct cl_effective *x = NULL;
    struct cl_effective *y = NULL;
    char *text = NULL;
    int rc = cl_policy_effective(a, profile_a, NULL, 0, &x, NULL, err);
    if (rc == 0) {
        rc = cl_policy_effective(b, profile_b, NULL, 0, &y, NULL, err);
    }
    if (rc == 0) {
        text = show_all(x, y, format == CLOCHE_EXPLAIN_JSON);
        rc = text != NULL ? 0 : cl_fail_nomem(err);
    }
    cl_effective_free(x);
    cl_effective_free(y);
    if (rc == 0) {
        *out = text;
    }
    return rc;
}

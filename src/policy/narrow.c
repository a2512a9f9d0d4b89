/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing effective policies, field by field: see merge.c for the order that
 * they have, and for the two pairs of fields that are one together.
 */
#include "policy/narrow.h"

#include <stdio.h>
#include <string.h>

#include "policy/grants.h"
#include "policy/names.h"
#include "policy/trust.h"

static int
is_field(const struct cl_field *f, const char *key)
{
    return strcmp(f->key, key) == 0;
}

/* The last of an enum's values. */
static unsigned
last_of(const struct cl_field *f)
{
    unsigned n = 0;
    while (f->names[n + 1] != NULL) {
        n++;
    }
    return n;
}

static int
is_expose_within(const struct cl_effective *a, const struct cl_effective *b)
{
    for (size_t i = 0; i < a->n_expose; i++) {
        const struct cl_expose *x = &a->expose[i];
        const struct cl_expose *y = cl_grants_expose(b, x->name);
        if (y == NULL || x->can_read > y->can_read || x->can_write > y->can_write ||
            x->can_call > y->can_call || x->needs_approval < y->needs_approval ||
            (x->can_call && x->calls > y->calls)) {
            return 0;
        }
    }
    return 1;
}

static int
is_only_within(const struct cl_effective *a, const struct cl_effective *b)
{
    for (size_t i = 0; i < a->python.n_only; i++) {
        const struct cl_module_only *x = &a->python.only[i];
        const struct cl_module_only *y = cl_grants_only(b, x->module);
        int is_in = y != NULL
                        ? cl_names_is_within(&x->functions, &y->functions, CL_ITEM_FUNCTION)
                        : cl_grants_is_whole(b, x->module);
        if (!is_in) {
            return 0;
        }
    }
    return 1;
}

static int
is_pairs_within(const struct cl_pairs *a, const struct cl_pairs *b)
{
    for (size_t i = 0; i < a->count; i++) {
        const char *its = cl_pairs_get(b, a->item[i].key);
        if (its == NULL || strcmp(its, a->item[i].value) != 0) {
            return 0;
        }
    }
    return 1;
}

static int
is_names_within(const struct cl_field *f, const struct cl_effective *a,
                const struct cl_effective *b)
{
    const struct cl_names *x = cl_field_in(f, a);
    const struct cl_names *y = cl_field_in(f, b);
    const struct cl_names *allowed = &a->python.builtins_allow;
    if (is_field(f, "python.builtins.deny") && !allowed->is_all) {
        return 1; /* what a denies is not among what it allows already */
    }
    if (is_field(f, "python.builtins.allow") && y->is_all && !x->is_all) {
        for (size_t i = 0; i < x->count; i++) {
            if (cl_names_has(&b->python.builtins_deny, x->item[i])) {
                return 0;
            }
        }
        return 1;
    }
    return f->narrow == CL_NARROW_MORE ? cl_names_is_within(y, x, f->item)
                                       : cl_names_is_within(x, y, f->item);
}

unsigned
cl_narrow_unsigned(const struct cl_field *f, unsigned a, unsigned b)
{
    switch (f->narrow) {
    case CL_NARROW_LESS: return a < b ? a : b;
    case CL_NARROW_MORE: return a > b ? a : b;
    case CL_NARROW_MODES:
        if (a == last_of(f) || b == last_of(f)) {
            return a == last_of(f) ? b : a;
        }
        return a == b ? a : 0;
    case CL_NARROW_EQUAL: return a == b ? a : 0;
    }
    return 0;
}

int
cl_narrow_is_within(const struct cl_field *f, const struct cl_effective *a,
                    const struct cl_effective *b)
{
    const void *x = cl_field_in(f, a);
    const void *y = cl_field_in(f, b);
    switch (f->kind) {
    case CL_FIELD_NUMBER: return *(const uint64_t *)x <= *(const uint64_t *)y;
    case CL_FIELD_ENUM:
    case CL_FIELD_BOOL: {
        unsigned v = cl_field_unsigned(f, a);
        if (is_field(f, "level")) {
            return a->level == b->level; /* no level is a part of another */
        }
        return cl_narrow_unsigned(f, v, cl_field_unsigned(f, b)) == v;
    }
    case CL_FIELD_TEXT: {
        const char *text = *(char *const *)x;
        const char *its = *(char *const *)y;
        return text == NULL || (its != NULL && strcmp(text, its) == 0);
    }
    case CL_FIELD_NAMES: return is_names_within(f, a, b);
    case CL_FIELD_ONLY: return is_only_within(a, b);
    case CL_FIELD_EXPOSE: return is_expose_within(a, b);
    case CL_FIELD_PAIRS: return is_pairs_within(x, y);
    case CL_FIELD_TRUST: return cl_trust_is_within(x, y);
    }
    return 0;
}

int
cl_effective_is_within(const struct cl_effective *a, const struct cl_effective *b,
                       char key[160])
{
    const char *wider = a->level != b->level ? "level" : NULL;
    for (size_t i = 0; wider == NULL && i < CL_FIELD_COUNT; i++) {
        if (!cl_narrow_is_within(&cl_fields[i], a, b)) {
            wider = cl_fields[i].key;
        }
    }
    if (wider != NULL && key != NULL) {
        (void)snprintf(key, 160, "%s", wider); /* a key of the table fits */
    }
    return wider == NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Merging effective policies.
 *
 * Every field is a meet-semilattice: two values have one widest value that is
 * in both, and merging takes it field by field.  So a merge is never wider
 * than either side, its order does not matter, and merging again changes
 * nothing.  Two pairs of fields are one together: a module is allowed whole
 * (modules.allow) or in part (modules.only), and of the built-ins either some
 * are allowed or all but some (builtins.deny).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/effective.h"
#include "policy/grants.h"
#include "policy/names.h"
#include "policy/narrow.h"
#include "policy/trust.h"

static int
is_field(const struct cl_field *f, const char *key)
{
    return strcmp(f->key, key) == 0;
}

static void
meet_text(char **to, const char *with)
{
    if (*to != NULL && (with == NULL || strcmp(*to, with) != 0)) {
        free(*to);
        *to = NULL;
    }
}

/* Keep what is the same in both. */
static void
meet_pairs(struct cl_pairs *to, const struct cl_pairs *with)
{
    size_t kept = 0;
    for (size_t i = 0; i < to->count; i++) {
        const char *its = cl_pairs_get(with, to->item[i].key);
        if (its != NULL && strcmp(its, to->item[i].value) == 0) {
            to->item[kept++] = to->item[i];
        } else {
            free(to->item[i].key);
            free(to->item[i].value);
        }
    }
    to->count = kept;
}

/* Of an object, what both may do; gone when that is nothing. */
static void
meet_expose(struct cl_effective *to, const struct cl_effective *with)
{
    size_t kept = 0;
    for (size_t i = 0; i < to->n_expose; i++) {
        struct cl_expose x = to->expose[i];
        const struct cl_expose *its = cl_grants_expose(with, x.name);
        x.can_read = its != NULL && x.can_read && its->can_read;
        x.can_write = its != NULL && x.can_write && its->can_write;
        x.can_call = its != NULL && x.can_call && its->can_call;
        if (!x.can_read && !x.can_write && !x.can_call) {
            free(x.name);
            continue;
        }
        x.needs_approval |= its->needs_approval;
        x.calls = x.calls < its->calls ? x.calls : its->calls;
        x.calls = x.can_call ? x.calls : CL_LIMIT_NONE;
        to->expose[kept++] = x;
    }
    to->n_expose = kept;
}

/* To out's list, what from's list allows in part and with allows at all. */
static int
meet_only_side(struct cl_effective *out, const struct cl_effective *from,
               const struct cl_effective *with)
{
    for (size_t i = 0; i < from->python.n_only; i++) {
        const struct cl_module_only *one = &from->python.only[i];
        const struct cl_module_only *its = cl_grants_only(with, one->module);
        if (its == NULL && !cl_grants_is_whole(with, one->module)) {
            continue;
        }
        struct cl_names both = {0};
        int rc = cl_names_copy(&both, &one->functions);
        if (rc == 0 && its != NULL) {
            rc = cl_names_meet(&both, &its->functions, CL_ITEM_FUNCTION);
        }
        if (rc == 0 && both.count > 0) {
            struct cl_module_only *mine = cl_grants_put_only(out, one->module);
            rc = mine != NULL ? cl_names_join(&mine->functions, &both) : -1;
        }
        cl_names_fini(&both);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

static int
meet_modules(struct cl_effective *to, const struct cl_effective *with)
{
    struct cl_effective both = {0};
    int rc = meet_only_side(&both, to, with);
    if (rc == 0) {
        rc = meet_only_side(&both, with, to);
    }
    if (rc == 0) {
        rc = cl_names_meet(&to->python.modules_allow, &with->python.modules_allow,
                           CL_ITEM_OFFERED);
    }
    if (rc < 0) {
        cl_grants_clear_only(&both);
        return -1;
    }
    cl_grants_clear_only(to);
    to->python.only = both.python.only;
    to->python.n_only = both.python.n_only;
    return 0;
}

static int
meet_field(const struct cl_field *f, struct cl_effective *to,
           const struct cl_effective *with)
{
    void *mine = cl_field_at(f, to);
    const void *its = cl_field_in(f, with);
    switch (f->kind) {
    case CL_FIELD_NUMBER:
        if (*(const uint64_t *)its < *(uint64_t *)mine) {
            *(uint64_t *)mine = *(const uint64_t *)its; /* none is the largest */
        }
        return 0;
    case CL_FIELD_ENUM:
    case CL_FIELD_BOOL:
        cl_field_set_unsigned(
            f, to,
            cl_narrow_unsigned(f, cl_field_unsigned(f, to), cl_field_unsigned(f, with)));
        return 0;
    case CL_FIELD_TEXT: meet_text(mine, *(char *const *)its); return 0;
    case CL_FIELD_NAMES:
        if (is_field(f, "python.modules.allow")) {
            return 0; /* with modules.only, which comes after it */
        }
        return f->narrow == CL_NARROW_MORE ? cl_names_join(mine, its)
                                           : cl_names_meet(mine, its, f->item);
    case CL_FIELD_ONLY: return meet_modules(to, with);
    case CL_FIELD_EXPOSE: meet_expose(to, with); return 0;
    case CL_FIELD_PAIRS: meet_pairs(mine, its); return 0;
    case CL_FIELD_TRUST: return cl_trust_meet(mine, its);
    }
    return -1;
}

/* "judge", or both names in one order whichever comes first. */
static int
meet_profiles(struct cl_effective *to, const char *with)
{
    int order = strcmp(to->profile, with);
    if (order == 0) {
        return 0;
    }
    char *both = NULL;
    if (asprintf(&both, "%s & %s", order < 0 ? to->profile : with,
                 order < 0 ? with : to->profile) < 0) {
        return -1;
    }
    free(to->profile);
    to->profile = both;
    return 0;
}

int
cl_policy_merge(const struct cl_effective *a, const struct cl_effective *b,
                struct cl_effective **out, struct cloche_error *err)
{
    if (a->level != b->level) {
        return cl_fail(err, CLOCHE_EINPUT, "profile '%s' is at level %s, '%s' at level %s",
                       a->profile, cl_level_name(a->level), b->profile,
                       cl_level_name(b->level));
    }
    struct cl_effective *both = cl_effective_copy(a);
    int rc = both != NULL ? meet_profiles(both, b->profile) : -1;
    for (size_t i = 0; rc == 0 && i < CL_FIELD_COUNT; i++) {
        rc = meet_field(&cl_fields[i], both, b);
    }
    if (rc == 0) {
        cl_effective_settle(both);
        rc = cl_effective_seal(both);
    }
    if (rc < 0) {
        cl_effective_free(both);
        return cl_fail_nomem(err);
    }
    *out = both;
    return 0;
}

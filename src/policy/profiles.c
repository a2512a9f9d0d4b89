/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns drafts and what they were resolved to.
 *
 * All is fixed once read but the slots, which fill when a profile is first
 * asked for: reading all the built-in ones would cost every start more than
 * the one that it uses.  A slot goes from NULL to its value once, by compare
 * and swap; a thread that comes second drops its own copy.  No locks.
 */
#include "policy/profiles.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/builtin.h"
#include "policy/draft.h"
#include "policy/parse/nearest.h"
#include "policy/parse/reader.h"
#include "policy/parse/settings.h"
#include "policy/resolve.h"

enum { PROFILES_MAX = 200 };

struct slot {
    _Atomic(struct cl_draft *) draft; /* of the file: from the start */
    _Atomic(struct cl_effective *) effective;
};

struct cl_profiles {
    size_t n_written;
    struct slot *written; /* in the order of the file */
    struct slot *builtin; /* as cl_builtins */
    const char **names;   /* sorted; lent by drafts and cl_builtins */
    size_t n_names;
};

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct slot *
find_written(const struct cl_profiles *p, const char *name)
{
    for (size_t i = 0; i < p->n_written; i++) {
        const struct cl_draft *d = atomic_load(&p->written[i].draft);
        if (strcmp(d->name, name) == 0) {
            return &p->written[i];
        }
    }
    return NULL;
}

static int
add_names(struct cl_profiles *p)
{
    p->names = calloc(p->n_written + CL_BUILTIN_COUNT, sizeof *p->names);
    if (p->names == NULL) {
        return -1;
    }
    for (size_t i = 0; i < p->n_written; i++) {
        p->names[p->n_names++] = atomic_load(&p->written[i].draft)->name;
    }
    for (size_t i = 0; i < CL_BUILTIN_COUNT; i++) {
        if (find_written(p, cl_builtins[i].name) == NULL) {
            p->names[p->n_names++] = cl_builtins[i].name;
        }
    }
    qsort(p->names, p->n_names, sizeof *p->names, by_text);
    return 0;
}

static int
read_one(struct cl_report *r, const struct cl_node *n, const char *dir,
         struct cl_profiles *p)
{
    struct cl_draft *d = NULL;
    if (cl_draft_read(r, n, dir, &d) < 0) {
        return -1;
    }
    atomic_init(&p->written[p->n_written++].draft, d);
    if (cl_builtin_find(d->name) >= 0 && d->extends == NULL) {
        char expected[100];
        (void)snprintf(expected, sizeof expected, "'extends: %s' in it, or another name",
                       d->name); /* a built-in's name is short */
        return cl_report_fail(r, CLOCHE_EINPUT, d->at, expected,
                              "'%s' is a built-in profile", d->name);
    }
    return 0;
}

static int
read_all(struct cl_report *r, const struct cl_node *map, const char *dir,
         struct cl_profiles *p)
{
    if (cl_reader_want_map(r, map, "a mapping from names to profiles") < 0) {
        return -1;
    }
    for (const struct cl_node *n = map->first; n != NULL; n = n->next) {
        if (p->n_written == PROFILES_MAX) {
            return cl_report_fail(r, CLOCHE_EINPUT, n->key_at, NULL,
                                  "more than %d profiles", PROFILES_MAX);
        }
        if (read_one(r, n, dir, p) < 0) {
            return -1;
        }
    }
    return 0;
}

int
cl_profiles_read(struct cl_report *r, const struct cl_node *map, const char *dir,
                 struct cl_profiles **out)
{
    struct cl_profiles *p = calloc(1, sizeof *p);
    if (p == NULL) {
        return cl_report_nomem(r);
    }
    p->builtin = calloc(CL_BUILTIN_COUNT, sizeof *p->builtin);
    p->written = calloc(map != NULL ? PROFILES_MAX : 1, sizeof *p->written);
    int rc = p->builtin != NULL && p->written != NULL ? 0 : cl_report_nomem(r);
    size_t mark = cl_report_enter(r, "profiles");
    if (rc == 0 && map != NULL) {
        rc = read_all(r, map, dir, p);
    }
    if (rc == 0 && add_names(p) < 0) {
        rc = cl_report_nomem(r);
    }
    if (rc < 0) {
        cl_profiles_free(p);
        return -1;
    }
    cl_report_leave(r, mark);
    *out = p;
    return 0;
}

static void
free_slots(struct slot *slots, size_t n)
{
    for (size_t i = 0; slots != NULL && i < n; i++) {
        cl_draft_free(atomic_load(&slots[i].draft));
        cl_effective_free(atomic_load(&slots[i].effective));
    }
    free(slots);
}

void
cl_profiles_free(struct cl_profiles *p)
{
    if (p != NULL) {
        free_slots(p->written, p->n_written);
        free_slots(p->builtin, CL_BUILTIN_COUNT);
        free(p->names);
        free(p);
    }
}

const char *
cl_profiles_name(const struct cl_profiles *p, size_t i)
{
    return i < p->n_names ? p->names[i] : NULL;
}

int
cl_profiles_has(const struct cl_profiles *p, const char *name)
{
    return bsearch(&name, p->names, p->n_names, sizeof *p->names, by_text) != NULL;
}

int
cl_profiles_fail_unknown(const struct cl_profiles *p, struct cl_report *r,
                         struct cl_place at, const char *name)
{
    struct cl_nearest near = CL_NEAREST_INIT(name);
    for (size_t i = 0; i < p->n_names; i++) {
        cl_nearest_offer(&near, p->names[i]);
    }
    if (near.best != NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, at, near.best,
                              "no profile '%.*s'; did you mean '%s'?", CL_REPORT_SHOWN,
                              name, near.best);
    }
    char expected[200] = "one of ";
    for (size_t i = 0; i < p->n_names; i++) {
        size_t len = strlen(expected);
        (void)snprintf(expected + len, sizeof expected - len, "%s%s", i > 0 ? ", " : "",
                       p->names[i]); /* a long list is cut */
    }
    return cl_report_fail(r, CLOCHE_EINPUT, at, expected, "no profile '%.*s'",
                          CL_REPORT_SHOWN, name);
}

/* The draft of a slot, read now if it is a built-in one's and nobody did. */
static int
get_draft(const struct cl_profiles *p, struct slot *s, struct cl_report *r,
          const struct cl_draft **out)
{
    struct cl_draft *d = atomic_load(&s->draft);
    if (d == NULL) {
        if (cl_builtin_read(&cl_builtins[s - p->builtin], &d, r->err) < 0) {
            return -1;
        }
        struct cl_draft *other = NULL;
        if (!atomic_compare_exchange_strong(&s->draft, &other, d)) {
            cl_draft_free(d);
            d = other;
        }
    }
    *out = d;
    return 0;
}

/* The slot that d extends; NULL where there is none. */
static struct slot *
find_parent(const struct cl_profiles *p, const struct cl_draft *d, int is_builtin)
{
    int own = cl_builtin_find(d->extends);
    struct slot *written = find_written(p, d->extends);
    /* The built-in ones extend one another, whatever a file makes of them; and a
     * profile that extends its own name means the built-in one. */
    if (written == NULL || is_builtin || (own >= 0 && strcmp(d->name, d->extends) == 0)) {
        return own >= 0 ? &p->builtin[own] : NULL;
    }
    return written;
}

/* Say which way the circle goes: a -> b -> a. */
static int
fail_cycle(struct cl_report *r, const struct cl_chain *chain, const struct cl_draft *again)
{
    char way[160] = "";
    size_t from = 0;
    while (chain->item[from] != again) {
        from++;
    }
    for (size_t i = from; i < chain->count; i++) {
        size_t len = strlen(way);
        (void)snprintf(way + len, sizeof way - len, "%s -> ",
                       chain->item[i]->name); /* a long way is cut */
    }
    return cl_report_fail(r, CLOCHE_EINPUT, chain->item[chain->count - 1]->extends_at,
                          "a chain with an end", "a cycle: %s%s", way, again->name);
}

/* Put the parent of the chain's last profile after it. */
static int
extend_chain(const struct cl_profiles *p, struct cl_report *r, struct cl_chain *chain,
             int *is_builtin)
{
    const struct cl_draft *last = chain->item[chain->count - 1];
    struct slot *s = find_parent(p, last, *is_builtin);
    if (s == NULL) {
        return cl_profiles_fail_unknown(p, r, last->extends_at, last->extends);
    }
    *is_builtin = s >= p->builtin && s < p->builtin + CL_BUILTIN_COUNT;
    const struct cl_draft *d = NULL;
    if (get_draft(p, s, r, &d) < 0) {
        return -1;
    }
    for (size_t i = 0; i < chain->count; i++) {
        if (chain->item[i] == d) {
            return fail_cycle(r, chain, d);
        }
    }
    if (chain->count == CL_RESOLVE_MAX_CHAIN) {
        return cl_report_fail(r, CLOCHE_EINPUT, last->extends_at, NULL,
                              "more than %d profiles extend one another",
                              CL_RESOLVE_MAX_CHAIN);
    }
    chain->item[chain->count++] = d;
    return 0;
}

static int
resolve(const struct cl_profiles *p, struct slot *s, struct cl_report *r,
        const struct cl_settings *settings, struct cl_effective **out)
{
    struct cl_chain chain = {.count = 1};
    int is_builtin = s >= p->builtin && s < p->builtin + CL_BUILTIN_COUNT;
    if (get_draft(p, s, r, &chain.item[0]) < 0) {
        return -1;
    }
    size_t mark = cl_report_enter(r, "profiles");
    while (chain.item[chain.count - 1]->extends != NULL) {
        size_t inner = cl_report_enter(r, chain.item[chain.count - 1]->name);
        (void)cl_report_enter(r, "extends"); /* leaves with its profile */
        if (extend_chain(p, r, &chain, &is_builtin) < 0) {
            return -1;
        }
        cl_report_leave(r, inner);
    }
    (void)cl_report_enter(r, chain.item[0]->name); /* leaves with "profiles" */
    if (cl_resolve_chain(r, &chain, settings, out) < 0) {
        return -1;
    }
    cl_report_leave(r, mark);
    return 0;
}

int
cl_profiles_check(const struct cl_profiles *p, struct cl_report *r,
                  const struct cl_settings *settings)
{
    for (size_t i = 0; i < p->n_written; i++) {
        struct cl_effective *e = NULL;
        if (resolve(p, &p->written[i], r, settings, &e) < 0) {
            return -1;
        }
        cl_effective_free(e);
    }
    return 0;
}

int
cl_profiles_get(const struct cl_profiles *p, struct cl_report *r, const char *name,
                const struct cl_settings *settings, const struct cl_effective **out)
{
    struct slot *s = find_written(p, name);
    int own = cl_builtin_find(name);
    if (s == NULL && own < 0) {
        return cl_profiles_fail_unknown(p, r, (struct cl_place){0, 0}, name);
    }
    if (s == NULL) {
        s = &p->builtin[own];
    }
    struct cl_effective *e = atomic_load(&s->effective);
    if (e == NULL) {
        if (resolve(p, s, r, settings, &e) < 0) {
            return -1;
        }
        if (cl_effective_seal(e) < 0) {
            cl_effective_free(e);
            return cl_report_nomem(r);
        }
        struct cl_effective *other = NULL;
        if (!atomic_compare_exchange_strong(&s->effective, &other, e)) {
            cl_effective_free(e);
            e = other;
        }
    }
    *out = e;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inheritance, and the checks that need to know what was inherited.  What a
 * profile itself writes must have a sense at its level; what it inherits from
 * a parent at another level and has none is dropped.
 */
#include "policy/resolve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "policy/limit.h"
#include "policy/names.h"
#include "policy/parse/nearest.h"

enum { LIST_MAX = 2000 };

struct check {
    struct cl_report *r;
    const struct cl_draft *d;
    const struct cl_effective *e; /* not settled yet: all that was inherited */
};

/* Go to a key, and where to complain of it: where the profile writes it, else at
 * the profile's name. */
static struct cl_place
at_key(const struct check *c, const char *key)
{
    struct cl_place at = cl_draft_place(c->d, key);
    (void)cl_report_enter(c->r, key); /* for a failure only, so nothing leaves again */
    return at.line != 0 ? at : c->d->at;
}

static int
is_written(const struct check *c, const char *key)
{
    return cl_draft_place(c->d, key).line != 0;
}

/* An empty list says nothing, so it may stand anywhere. */
static int
is_empty_list(const struct cl_field *f, const struct cl_effective *said)
{
    return f->kind == CL_FIELD_NAMES &&
           ((const struct cl_names *)cl_field_in(f, said))->count == 0;
}

static int
check_level(const struct check *c, const struct cl_field *f)
{
    char levels[CL_LEVELS_TEXT];
    char expected[CL_LEVELS_TEXT + 16];
    unsigned here = 1u << c->e->level;
    unsigned sense = cl_field_levels(f);
    const char *level = cl_level_name(c->e->level);
    if ((sense & here) == 0) {
        if (!is_written(c, f->key) || is_empty_list(f, &c->d->said)) {
            return 0;
        }
        (void)snprintf(expected, sizeof expected, "level %s",
                       cl_levels_show(sense, levels)); /* fits */
        return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, f->key), expected,
                              "has no sense at level %s", level);
    }
    if (f->kind == CL_FIELD_NUMBER && (f->number->none_levels & here) == 0 &&
        *(const uint64_t *)cl_field_in(f, c->e) == CL_LIMIT_NONE) {
        return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, f->key),
                              cl_limit_expected(f->number),
                              "%s'none' is not possible at level %s",
                              is_written(c, f->key) ? "" : "the inherited ", level);
    }
    return 0;
}

static int
check_network(const struct check *c)
{
    const struct cl_effective *e = c->e;
    if (e->network.mode == CL_NETWORK_AUDITED && e->level != CL_LEVEL_TRUSTED) {
        return cl_report_fail(
            c->r, CLOCHE_EINPUT, at_key(c, "network.mode"), "level trusted, or mode list",
            "'audited' refuses no connection; level %s does", cl_level_name(e->level));
    }
    if (!is_written(c, "network.allow") || c->d->said.network.allow.count == 0) {
        return 0;
    }
    if (e->network.mode == CL_NETWORK_NONE) {
        if (is_written(c, "network.mode")) {
            return 0; /* switched off in plain sight, the list kept for later */
        }
        return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, "network.allow"),
                              "network.mode: list beside it",
                              "the mode is none, so the list allows nothing");
    }
    if (e->network.mode != CL_NETWORK_LIST && e->network.private_addresses) {
        return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, "network.allow"),
                              "network.mode: list, or private_addresses: deny",
                              "private addresses are allowed, so the list adds nothing");
    }
    return 0;
}

/* Host directories that would lay the host's own view over the cell's. */
static int
check_directories(const struct check *c)
{
    static const char *const reserved[] = {"/proc", "/sys", "/dev"};
    static const char *const own[] = {"/", "/work", "/tmp"};
    const struct cl_names *read = &c->e->files.read;
    for (size_t i = 0; c->e->level != CL_LEVEL_TRUSTED && i < read->count; i++) {
        const char *dir = read->item[i];
        int is_bad = 0;
        for (size_t j = 0; j < CL_COUNT(reserved); j++) {
            size_t n = strlen(reserved[j]);
            is_bad |=
                strncmp(dir, reserved[j], n) == 0 && (dir[n] == '\0' || dir[n] == '/');
            is_bad |= strcmp(dir, own[j]) == 0;
        }
        if (is_bad) {
            return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, "files.read"),
                                  "another directory, or level trusted",
                                  "'%.*s' is the run's own place at level %s",
                                  CL_REPORT_SHOWN, dir, cl_level_name(c->e->level));
        }
    }
    return 0;
}

static int
check_switches(const struct check *c)
{
    const struct cl_effective *e = c->e;
    if (!e->on_violation.deny && e->level != CL_LEVEL_TRUSTED &&
        is_written(c, "on_violation.deny")) {
        return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, "on_violation.deny"),
                              "true, or level trusted", "level %s denies in any case",
                              cl_level_name(e->level));
    }
    if (e->signature.required && e->signature.keys.count == 0) {
        return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, "signature.required"),
                              "signature.keys: [FILE]",
                              "no key is named, so no signature can be right");
    }
    const struct cl_names *pass = &c->d->said.env_pass;
    for (size_t i = 0; i < pass->count; i++) {
        if (cl_pairs_get(&c->d->said.env_set, pass->item[i]) != NULL) {
            return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, "env.pass"),
                                  "one of env.pass and env.set", "'%.*s' is in env.set too",
                                  CL_REPORT_SHOWN, pass->item[i]);
        }
    }
    return 0;
}

/* Find the package set, and what is on the host of it. */
static int
find_packages(const struct check *c, const struct cl_settings *s, struct cl_effective *e)
{
    if (e->python.packages == NULL || (CL_AT_PYTHON >> e->level & 1) == 0) {
        return 0;
    }
    struct cl_nearest near = CL_NEAREST_INIT(e->python.packages);
    for (size_t i = 0; i < s->n_sets; i++) {
        if (strcmp(s->sets[i].name, e->python.packages) == 0) {
            const char *path = s->sets[i].path;
            e->python.packages_path = path != NULL ? strdup(path) : NULL;
            return path == NULL || e->python.packages_path != NULL ? 0
                                                                   : cl_report_nomem(c->r);
        }
        cl_nearest_offer(&near, s->sets[i].name);
    }
    return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, "python.packages"),
                          near.best != NULL ? near.best : "a name in package_sets",
                          "no package set '%.*s'%s%s%s", CL_REPORT_SHOWN,
                          e->python.packages, near.best ? "; did you mean '" : "",
                          near.best ? near.best : "", near.best ? "'?" : "");
}

static int
check_all(const struct check *c)
{
    for (size_t i = 0; i < CL_FIELD_COUNT; i++) {
        if (check_level(c, &cl_fields[i]) < 0) {
            return -1;
        }
    }
    if (check_network(c) < 0 || check_directories(c) < 0) {
        return -1;
    }
    return check_switches(c);
}

/*
 * A list may not grow without end through those that its parents add, or one
 * short file would cost the memory and time of many.
 */
static int
add_field(const struct check *c, const struct cl_field *f, const struct cl_draft *from,
          struct cl_effective *e)
{
    if (cl_effective_add(f, e, &from->said) < 0) {
        return cl_report_nomem(c->r);
    }
    const void *list = cl_field_in(f, e);
    size_t count = f->kind == CL_FIELD_NAMES   ? ((const struct cl_names *)list)->count
                   : f->kind == CL_FIELD_TRUST ? ((const struct cl_trust *)list)->count
                                               : 0;
    if (count > LIST_MAX) {
        return cl_report_fail(c->r, CLOCHE_EINPUT, at_key(c, f->key), NULL,
                              "more than %d items with those that it inherits", LIST_MAX);
    }
    return 0;
}

/* All that the chain says, its last profile first. */
static int
inherit(const struct check *c, const struct cl_chain *chain, struct cl_effective *e)
{
    for (size_t i = chain->count; i-- > 0;) {
        for (size_t j = 0; j < CL_FIELD_COUNT; j++) {
            if (chain->item[i]->placed[j].line != 0 &&
                add_field(c, &cl_fields[j], chain->item[i], e) < 0) {
                return -1;
            }
        }
    }
    e->profile = strdup(chain->item[0]->name);
    int rc = e->profile != NULL ? 0 : -1;
    for (size_t j = 0; rc == 0 && j < CL_FIELD_COUNT; j++) {
        if (cl_fields[j].kind == CL_FIELD_NAMES) {
            rc = cl_names_reduce(cl_field_at(&cl_fields[j], e), cl_fields[j].item);
        }
    }
    return rc == 0 ? 0 : cl_report_nomem(c->r);
}

int
cl_resolve_chain(struct cl_report *r, const struct cl_chain *chain,
                 const struct cl_settings *settings, struct cl_effective **out)
{
    struct cl_effective *e = calloc(1, sizeof *e);
    if (e == NULL) {
        return cl_report_nomem(r);
    }
    cl_effective_init(e);
    e->min_assurance = settings->min_assurance;
    const struct check c = {.r = r, .d = chain->item[0], .e = e};
    int rc = inherit(&c, chain, e) < 0 ? -1 : check_all(&c);
    if (rc == 0) {
        rc = find_packages(&c, settings, e);
    }
    if (rc < 0) {
        cl_effective_free(e);
        return -1;
    }
    if (e->level != CL_LEVEL_TRUSTED) {
        e->on_violation.deny = 1; /* inherited from a trusted one: the kernel denies */
    }
    cl_effective_settle(e);
    *out = e;
    return 0;
}

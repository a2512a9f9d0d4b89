/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An effective policy's memory, defaults, normal form and id.  Knows the
 * fields by their table; never reads a text.
 */
#include "policy/effective.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/own.h"
#include "policy/grants.h"
#include "policy/limit.h"
#include "policy/names.h"
#include "policy/trust.h"

#define KIB (1ull << 10)
#define MIB (1ull << 20)

static int
add_only(struct cl_effective *to, const struct cl_effective *from)
{
    for (size_t i = 0; i < from->python.n_only; i++) {
        const struct cl_module_only *one = &from->python.only[i];
        struct cl_module_only *mine = cl_grants_put_only(to, one->module);
        if (mine == NULL || cl_names_join(&mine->functions, &one->functions) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
add_expose(struct cl_effective *to, const struct cl_effective *from)
{
    for (size_t i = 0; i < from->n_expose; i++) {
        struct cl_expose *mine = cl_grants_put_expose(to, from->expose[i].name);
        if (mine == NULL) {
            return -1;
        }
        char *name = mine->name;
        *mine = from->expose[i];
        mine->name = name;
    }
    return 0;
}

static int
add_pairs(struct cl_pairs *to, const struct cl_pairs *from)
{
    for (size_t i = 0; i < from->count; i++) {
        if (cl_pairs_set(to, from->item[i].key, from->item[i].value) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
replace_text(char **to, const char *from)
{
    char *copy = from != NULL ? strdup(from) : NULL;
    if (from != NULL && copy == NULL) {
        return -1;
    }
    free(*to);
    *to = copy;
    return 0;
}

int
cl_effective_add(const struct cl_field *f, struct cl_effective *to,
                 const struct cl_effective *from)
{
    void *mine = cl_field_at(f, to);
    const void *its = cl_field_in(f, from);
    switch (f->kind) {
    case CL_FIELD_NUMBER: memcpy(mine, its, sizeof(uint64_t)); return 0;
    case CL_FIELD_ENUM:
    case CL_FIELD_BOOL: memcpy(mine, its, sizeof(unsigned)); return 0;
    case CL_FIELD_TEXT: return replace_text(mine, *(char *const *)its);
    case CL_FIELD_NAMES: return cl_names_join(mine, its);
    case CL_FIELD_ONLY: return add_only(to, from);
    case CL_FIELD_EXPOSE: return add_expose(to, from);
    case CL_FIELD_PAIRS: return add_pairs(mine, its);
    case CL_FIELD_TRUST: return cl_trust_join(mine, its);
    }
    return -1;
}

static void
clear_field(const struct cl_field *f, struct cl_effective *e)
{
    void *mine = cl_field_at(f, e);
    switch (f->kind) {
    case CL_FIELD_NUMBER: *(uint64_t *)mine = CL_LIMIT_NONE; break;
    case CL_FIELD_ENUM:
    case CL_FIELD_BOOL: cl_field_set_unsigned(f, e, 0); break;
    case CL_FIELD_TEXT: (void)replace_text(mine, NULL); break; /* cannot fail */
    case CL_FIELD_NAMES: cl_names_fini(mine); break;
    case CL_FIELD_ONLY: cl_grants_clear_only(e); break;
    case CL_FIELD_EXPOSE: cl_grants_clear_expose(e); break;
    case CL_FIELD_PAIRS: cl_pairs_fini(mine); break;
    case CL_FIELD_TRUST: cl_trust_fini(mine); break;
    }
}

void
cl_effective_fini(struct cl_effective *e)
{
    for (size_t i = 0; i < CL_FIELD_COUNT; i++) {
        clear_field(&cl_fields[i], e);
    }
    free(e->profile);
    *e = (struct cl_effective){0};
}

void
cl_effective_free(struct cl_effective *e)
{
    /* The count wraps below zero for the last owner only. */
    if (e != NULL && __atomic_fetch_sub(&e->extra_refs, 1, __ATOMIC_ACQ_REL) == 0) {
        cl_effective_fini(e);
        free(e);
    }
}

struct cl_effective *
cl_effective_ref(struct cl_effective *e)
{
    (void)__atomic_fetch_add(&e->extra_refs, 1, __ATOMIC_RELAXED);
    return e;
}

struct cl_effective *
cl_effective_copy(const struct cl_effective *e)
{
    struct cl_effective *copy = calloc(1, sizeof *copy);
    int rc = copy != NULL ? 0 : -1;
    for (size_t i = 0; rc == 0 && i < CL_FIELD_COUNT; i++) {
        rc = cl_effective_add(&cl_fields[i], copy, e);
    }
    if (rc < 0 || replace_text(&copy->profile, e->profile) < 0) {
        cl_effective_free(copy);
        return NULL;
    }
    memcpy(copy->id, e->id, sizeof copy->id);
    return copy;
}

void
cl_effective_init(struct cl_effective *e)
{
    static const uint64_t limit[CL_LIMIT_COUNT] = {
        [CL_LIMIT_WALL] = 10 * CL_NS_PER_S,
        [CL_LIMIT_CPU] = 10 * CL_NS_PER_S,
        [CL_LIMIT_IDLE] = 20 * 60 * CL_NS_PER_S,
        [CL_LIMIT_MEMORY] = 256 * MIB,
        [CL_LIMIT_HEAP] = CL_LIMIT_NONE,
        [CL_LIMIT_OUTPUT] = MIB,
        [CL_LIMIT_RECURSION] = 1000,
        [CL_LIMIT_LOOP_ITERATIONS] = CL_LIMIT_NONE,
        [CL_LIMIT_PROCESSES] = 0,
        [CL_LIMIT_THREADS] = 32,
        [CL_LIMIT_OPEN_FILES] = 64,
        [CL_LIMIT_FILE_SIZE] = 16 * MIB,
        [CL_LIMIT_DISK] = 64 * MIB,
        [CL_LIMIT_INODES] = 1000,
        [CL_LIMIT_CPU_SHARE] = CL_LIMIT_NONE,
        [CL_LIMIT_SOURCE] = 256 * KIB,
        [CL_LIMIT_RESULT] = 8 * MIB,
        [CL_LIMIT_HOST_CALLS] = 1000,
    };
    memcpy(e->limit, limit, sizeof limit);
    e->level = CL_LEVEL_ISOLATED;
    e->min_assurance = CL_ASSURANCE_NAMESPACE;
    e->python.builtins_allow.is_all = 1;
    e->signature.keys.is_all = 1;
    e->storage.quota_bytes = 5 * MIB;
    e->network.bandwidth_bytes = CL_LIMIT_NONE;
    e->network.bytes = CL_LIMIT_NONE;
    e->network.requests = CL_LIMIT_NONE;
    e->rate.per_minute = CL_LIMIT_NONE;
    e->rate.per_hour = CL_LIMIT_NONE;
    e->rate.burst = CL_LIMIT_NONE;
    e->rate.concurrent = CL_LIMIT_NONE;
    e->on_violation.deny = 1;
    e->on_violation.kill_after = CL_LIMIT_NONE;
}

/*
 * The field has no sense at e's level.  What only `restricted` takes away is
 * all there at the other levels; what is granted elsewhere is not.
 */
static void
neutralise(const struct cl_field *f, struct cl_effective *e)
{
    int is_open = cl_field_levels(f) == CL_AT_RESTRICTED;
    clear_field(f, e);
    if (is_open && f->kind == CL_FIELD_NAMES && f->narrow == CL_NARROW_LESS) {
        ((struct cl_names *)cl_field_at(f, e))->is_all = 1;
    }
    if (is_open && (f->kind == CL_FIELD_ENUM || f->kind == CL_FIELD_BOOL)) {
        cl_field_set_unsigned(f, e, 1);
    }
}

static void
set_all(struct cl_names *n)
{
    cl_names_fini(n);
    n->is_all = 1;
}

/* One form for each meaning: see struct cl_effective's network. */
static void
settle_network(struct cl_effective *e)
{
    if (e->network.mode == CL_NETWORK_NONE) {
        cl_names_fini(&e->network.allow);
        e->network.private_addresses = 0;
    }
    if (e->network.private_addresses && e->network.mode != CL_NETWORK_LIST) {
        set_all(&e->network.allow);
    }
}

void
cl_effective_settle(struct cl_effective *e)
{
    for (size_t i = 0; i < CL_FIELD_COUNT; i++) {
        if ((cl_field_levels(&cl_fields[i]) >> e->level & 1) == 0) {
            neutralise(&cl_fields[i], e);
        }
    }
    cl_names_remove(&e->python.builtins_allow, &e->python.builtins_deny);
    for (size_t i = 0; i < e->python.n_only; i++) {
        const struct cl_names one = {.item = &e->python.only[i].module, .count = 1};
        cl_names_remove(&e->python.modules_allow, &one);
    }
    settle_network(e);
}

int
cl_effective_seal(struct cl_effective *e)
{
    cl_autofree char *json = cl_effective_json(e);
    if (json == NULL) {
        return -1;
    }
    unsigned char digest[crypto_hash_sha256_BYTES];
    (void)crypto_hash_sha256(digest, (const unsigned char *)json,
                             strlen(json)); /* always 0 */
    memcpy(e->id, "sha256:", 7);
    (void)sodium_bin2hex(e->id + 7, sizeof e->id - 7, digest, sizeof digest); /* fits */
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the two lists' memory.  Both are short; insertion keeps them sorted. */
#include "policy/grants.h"

#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "policy/names.h"

/*
 * Where the entry of this name is, or belongs, in a sorted array of structs of
 * this size that begin with their name.
 */
static size_t
find(const void *array, size_t count, size_t size, const char *name)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *const *entry = (const void *)((const char *)array + middle * size);
        if (strcmp(*entry, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

_Static_assert(offsetof(struct cl_module_only, module) == 0, "find reads it");
_Static_assert(offsetof(struct cl_expose, name) == 0, "find reads it");

const struct cl_module_only *
cl_grants_only(const struct cl_effective *e, const char *module)
{
    const struct cl_module_only *item = e->python.only;
    size_t at = find(item, e->python.n_only, sizeof *item, module);
    int is_there = at < e->python.n_only && strcmp(item[at].module, module) == 0;
    return is_there ? &item[at] : NULL;
}

struct cl_module_only *
cl_grants_put_only(struct cl_effective *e, const char *module)
{
    size_t n = e->python.n_only;
    size_t at = find(e->python.only, n, sizeof *e->python.only, module);
    if (at < n && strcmp(e->python.only[at].module, module) == 0) {
        return &e->python.only[at];
    }
    cl_autofree char *name = strdup(module);
    struct cl_module_only *item = realloc(e->python.only, (n + 1) * sizeof *item);
    if (item != NULL) {
        e->python.only = item;
    }
    if (name == NULL || item == NULL) {
        return NULL;
    }
    memmove(item + at + 1, item + at, (n - at) * sizeof *item);
    item[at] = (struct cl_module_only){.module = cl_take_ptr(&name)};
    e->python.n_only = n + 1;
    return &item[at];
}

const struct cl_expose *
cl_grants_expose(const struct cl_effective *e, const char *name)
{
    size_t at = find(e->expose, e->n_expose, sizeof *e->expose, name);
    int is_there = at < e->n_expose && strcmp(e->expose[at].name, name) == 0;
    return is_there ? &e->expose[at] : NULL;
}

struct cl_expose *
cl_grants_put_expose(struct cl_effective *e, const char *name)
{
    size_t n = e->n_expose;
    size_t at = find(e->expose, n, sizeof *e->expose, name);
    if (at < n && strcmp(e->expose[at].name, name) == 0) {
        return &e->expose[at];
    }
    cl_autofree char *copy = strdup(name);
    struct cl_expose *item = realloc(e->expose, (n + 1) * sizeof *item);
    if (item != NULL) {
        e->expose = item;
    }
    if (copy == NULL || item == NULL) {
        return NULL;
    }
    memmove(item + at + 1, item + at, (n - at) * sizeof *item);
    item[at] = (struct cl_expose){.name = cl_take_ptr(&copy), .calls = CL_LIMIT_NONE};
    e->n_expose = n + 1;
    return &item[at];
}

int
cl_grants_is_whole(const struct cl_effective *e, const char *module)
{
    return e->python.modules_allow.is_all || cl_names_has(&e->python.modules_allow, module);
}

void
cl_grants_clear_only(struct cl_effective *e)
{
    for (size_t i = 0; i < e->python.n_only; i++) {
        free(e->python.only[i].module);
        cl_names_fini(&e->python.only[i].functions);
    }
    free(e->python.only);
    e->python.only = NULL;
    e->python.n_only = 0;
}

void
cl_grants_clear_expose(struct cl_effective *e)
{
    for (size_t i = 0; i < e->n_expose; i++) {
        free(e->expose[i].name);
    }
    free(e->expose);
    e->expose = NULL;
    e->n_expose = 0;
}

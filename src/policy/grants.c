/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the two lists' memory.  Both are short; insertion keeps them sorted. */
#include "policy/grants.h"

#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "policy/names.h"

const struct cl_module_only *
cl_grants_only(const struct cl_effective *e, const char *module)
{
    for (size_t i = 0; i < e->python.n_only; i++) {
        if (strcmp(e->python.only[i].module, module) == 0) {
            return &e->python.only[i];
        }
    }
    return NULL;
}

struct cl_module_only *
cl_grants_put_only(struct cl_effective *e, const char *module)
{
    size_t at = 0;
    size_t n = e->python.n_only;
    while (at < n && strcmp(e->python.only[at].module, module) < 0) {
        at++;
    }
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
    for (size_t i = 0; i < e->n_expose; i++) {
        if (strcmp(e->expose[i].name, name) == 0) {
            return &e->expose[i];
        }
    }
    return NULL;
}

struct cl_expose *
cl_grants_put_expose(struct cl_effective *e, const char *name)
{
    size_t at = 0;
    size_t n = e->n_expose;
    while (at < n && strcmp(e->expose[at].name, name) < 0) {
        at++;
    }
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

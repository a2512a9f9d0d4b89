/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns its strings.  Lists are short (the reader bounds them), so they are
 * sorted arrays.  Directories and hosts may include one another: whether one is
 * included is asked by looking for each wider item that there could be.
 */
#include "policy/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/own.h"

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
has_order(enum cl_item item)
{
    return item == CL_ITEM_DIR || item == CL_ITEM_HOST;
}

int
cl_names_append(struct cl_names *n, const char *text)
{
    /* Room grows when the count reaches a power of two. */
    if ((n->count & (n->count - 1)) == 0) {
        size_t room = n->count == 0 ? 1 : n->count * 2;
        char **item = realloc(n->item, room * sizeof *item);
        if (item == NULL) {
            return -1;
        }
        n->item = item;
    }
    n->item[n->count] = strdup(text);
    if (n->item[n->count] == NULL) {
        return -1;
    }
    n->count++;
    n->is_all = 0;
    return 0;
}

/* Close the gaps that NULLs are. */
static void
compact(struct cl_names *n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n->count; i++) {
        if (n->item[i] != NULL) {
            n->item[kept++] = n->item[i];
        }
    }
    n->count = kept;
}

/* Does another item of n include this one? */
static int
is_included(const struct cl_names *n, const char *text, enum cl_item item)
{
    char wider[CL_ITEM_MAX];
    for (size_t i = 0; cl_item_wider(item, text, i, wider); i++) {
        if (cl_names_has(n, wider)) {
            return 1;
        }
    }
    return 0;
}

/* Drop the items that others include: all are found before the first goes. */
static int
reduce(struct cl_names *n, enum cl_item item)
{
    cl_autofree char *is_out = calloc(n->count, 1);
    if (is_out == NULL) {
        return -1;
    }
    for (size_t i = 0; i < n->count; i++) {
        is_out[i] = (char)is_included(n, n->item[i], item);
    }
    for (size_t i = 0; i < n->count; i++) {
        if (is_out[i]) {
            free(n->item[i]);
            n->item[i] = NULL;
        }
    }
    compact(n);
    return 0;
}

int
cl_names_sort(struct cl_names *n, enum cl_item item)
{
    if (n->count < 2) {
        return 0;
    }
    qsort(n->item, n->count, sizeof *n->item, by_text);
    for (size_t i = 1; i < n->count; i++) {
        if (strcmp(n->item[i], n->item[i - 1]) == 0) {
            free(n->item[i - 1]);
            n->item[i - 1] = NULL;
        }
    }
    compact(n);
    return cl_names_reduce(n, item);
}

int
cl_names_copy(struct cl_names *out, const struct cl_names *from)
{
    *out = (struct cl_names){.is_all = from->is_all};
    for (size_t i = 0; i < from->count; i++) {
        if (cl_names_append(out, from->item[i]) < 0) {
            cl_names_fini(out);
            return -1;
        }
    }
    return 0;
}

int
cl_names_join(struct cl_names *to, const struct cl_names *from)
{
    if (from->is_all) {
        cl_names_fini(to);
        to->is_all = 1;
        return 0;
    }
    /* Both are sorted, so the result is read off from the front of each. */
    struct cl_names all = {0};
    size_t i = 0;
    size_t j = 0;
    while (i < to->count || j < from->count) {
        int order = i == to->count     ? 1
                    : j == from->count ? -1
                                       : strcmp(to->item[i], from->item[j]);
        if (cl_names_append(&all, order <= 0 ? to->item[i] : from->item[j]) < 0) {
            cl_names_fini(&all);
            return -1;
        }
        i += order <= 0;
        j += order >= 0;
    }
    cl_names_fini(to);
    *to = all;
    return 0;
}

int
cl_names_reduce(struct cl_names *n, enum cl_item item)
{
    return has_order(item) && n->count > 1 ? reduce(n, item) : 0;
}

/* Add to out what item i of a and anything of b allow. */
static int
meet_one(struct cl_names *out, const char *a, const struct cl_names *b, enum cl_item item)
{
    if (!has_order(item)) {
        return cl_names_has(b, a) ? cl_names_append(out, a) : 0;
    }
    char both[CL_ITEM_MAX];
    for (size_t j = 0; j < b->count; j++) {
        if (cl_item_meet(item, a, b->item[j], both) && cl_names_append(out, both) < 0) {
            return -1;
        }
    }
    return 0;
}

int
cl_names_meet(struct cl_names *to, const struct cl_names *with, enum cl_item item)
{
    if (with->is_all) {
        return 0;
    }
    struct cl_names both = {0};
    int rc = to->is_all ? cl_names_copy(&both, with) : 0;
    for (size_t i = 0; rc == 0 && i < to->count; i++) {
        rc = meet_one(&both, to->item[i], with, item);
    }
    if (rc < 0 || cl_names_sort(&both, item) < 0) {
        cl_names_fini(&both);
        return -1;
    }
    cl_names_fini(to);
    *to = both;
    return 0;
}

void
cl_names_remove(struct cl_names *to, const struct cl_names *from)
{
    for (size_t i = 0; i < to->count; i++) {
        if (cl_names_has(from, to->item[i])) {
            free(to->item[i]);
            to->item[i] = NULL;
        }
    }
    compact(to);
}

int
cl_names_is_within(const struct cl_names *inner, const struct cl_names *outer,
                   enum cl_item item)
{
    if (outer->is_all || inner->is_all) {
        return outer->is_all;
    }
    for (size_t i = 0; i < inner->count; i++) {
        if (!cl_names_has(outer, inner->item[i]) &&
            !is_included(outer, inner->item[i], item)) {
            return 0;
        }
    }
    return 1;
}

int
cl_names_has(const struct cl_names *n, const char *text)
{
    return n->count > 0 &&
           bsearch(&text, n->item, n->count, sizeof *n->item, by_text) != NULL;
}

int
cl_names_is_equal(const struct cl_names *a, const struct cl_names *b)
{
    if (a->count != b->count || a->is_all != b->is_all) {
        return 0;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->item[i], b->item[i]) != 0) {
            return 0;
        }
    }
    return 1;
}

void
cl_names_fini(struct cl_names *n)
{
    for (size_t i = 0; i < n->count; i++) {
        free(n->item[i]);
    }
    free(n->item);
    *n = (struct cl_names){0};
}

/* Where the key is, or belongs. */
static size_t
find_pair(const struct cl_pairs *p, const char *key)
{
    size_t low = 0;
    size_t high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(p->item[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int
cl_pairs_set(struct cl_pairs *p, const char *key, const char *value)
{
    size_t at = find_pair(p, key);
    cl_autofree char *copy = strdup(value);
    if (copy == NULL) {
        return -1;
    }
    if (at < p->count && strcmp(p->item[at].key, key) == 0) {
        free(p->item[at].value);
        p->item[at].value = cl_take_ptr(&copy);
        return 0;
    }
    cl_autofree char *name = strdup(key);
    struct cl_pair *item = realloc(p->item, (p->count + 1) * sizeof *item);
    if (item != NULL) {
        p->item = item;
    }
    if (name == NULL || item == NULL) {
        return -1;
    }
    memmove(item + at + 1, item + at, (p->count - at) * sizeof *item);
    item[at] = (struct cl_pair){cl_take_ptr(&name), cl_take_ptr(&copy)};
    p->count++;
    return 0;
}

const char *
cl_pairs_get(const struct cl_pairs *p, const char *key)
{
    size_t at = find_pair(p, key);
    int is_there = at < p->count && strcmp(p->item[at].key, key) == 0;
    return is_there ? p->item[at].value : NULL;
}

int
cl_pairs_copy(struct cl_pairs *out, const struct cl_pairs *from)
{
    *out = (struct cl_pairs){0};
    for (size_t i = 0; i < from->count; i++) {
        if (cl_pairs_set(out, from->item[i].key, from->item[i].value) < 0) {
            cl_pairs_fini(out);
            return -1;
        }
    }
    return 0;
}

void
cl_pairs_fini(struct cl_pairs *p)
{
    for (size_t i = 0; i < p->count; i++) {
        free(p->item[i].key);
        free(p->item[i].value);
    }
    free(p->item);
    *p = (struct cl_pairs){0};
}

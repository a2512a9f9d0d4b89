/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the memory of trees: an arena, freed at once.  Counts what it is given
 * and refuses the first thing too many; what keys mean is not its business.
 */
#include "policy/parse/builder.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 8192 };

struct cl_builder_chunk {
    struct cl_builder_chunk *next;
    size_t used, size;
    alignas(max_align_t) char data[];
};

static void *
take(struct cl_builder *b, size_t size)
{
    struct cl_builder_chunk *c = b->chunks;
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (c == NULL || c->size - c->used < size) {
        size_t room = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        c = malloc(sizeof *c + room);
        if (c == NULL) {
            return NULL;
        }
        *c = (struct cl_builder_chunk){.next = b->chunks, .size = room};
        b->chunks = c;
    }
    void *p = c->data + c->used;
    c->used += size;
    return p;
}

static struct cl_builder_level *
top(struct cl_builder *b)
{
    return b->depth > 0 ? &b->level[b->depth - 1] : NULL;
}

/* A text, decoded into the tree; NULL when it failed. */
static const char *
decode(struct cl_builder *b, enum cl_scalar_style style, const char *raw, size_t len,
       struct cl_place at)
{
    char *text = len <= CL_TREE_MAX_TEXT ? take(b, 2 * len + 1) : NULL;
    const char *problem = text != NULL ? cl_scalar_decode(style, raw, len, text) : NULL;
    if (len > CL_TREE_MAX_TEXT) {
        (void)cl_report_fail(b->r, CLOCHE_EINPUT, at, "at most 4096 bytes",
                             "a text of %zu bytes", len); /* the caller sees NULL */
    } else if (text == NULL) {
        (void)cl_report_nomem(b->r); /* as above */
    } else if (problem != NULL) {
        (void)cl_report_fail(b->r, CLOCHE_EINPUT, at, "plain text", "a text that %s",
                             problem); /* as above */
        return NULL;
    }
    return text;
}

static int
take_key(struct cl_builder *b, struct cl_builder_level *map, const char *key,
         struct cl_place at)
{
    if (strcmp(key, "<<") == 0) {
        return cl_report_fail(b->r, CLOCHE_EINPUT, at, "'extends'",
                              "merge keys are not allowed");
    }
    if (key[0] == '\0') {
        return cl_report_fail(b->r, CLOCHE_EINPUT, at, "a name", "an empty key");
    }
    for (const struct cl_node *n = map->node->first; n != NULL; n = n->next) {
        if (strcmp(n->key, key) == 0) {
            return cl_report_fail(b->r, CLOCHE_EINPUT, at, "each key once",
                                  "'%.*s' is written twice (first in line %u)",
                                  CL_REPORT_SHOWN, key, n->key_at.line);
        }
    }
    map->key = key;
    map->key_at = at;
    return 0;
}

/* Put a new node below the open list or mapping, or make it the root. */
static struct cl_node *
add_node(struct cl_builder *b, enum cl_node_kind kind, struct cl_place at)
{
    struct cl_builder_level *up = top(b);
    size_t max = up && up->node->kind == CL_NODE_MAP ? CL_TREE_MAX_KEYS : CL_TREE_MAX_ITEMS;
    if (++b->nodes > CL_TREE_MAX_NODES || (up != NULL && ++up->count > max)) {
        (void)cl_report_fail(b->r, CLOCHE_EINPUT, at, NULL,
                             "more than %zu entries in one place, or %d in all", max,
                             CL_TREE_MAX_NODES); /* the caller sees NULL */
        return NULL;
    }
    struct cl_node *n = take(b, sizeof *n);
    if (n == NULL) {
        (void)cl_report_nomem(b->r); /* the caller sees NULL */
        return NULL;
    }
    *n = (struct cl_node){.kind = kind, .at = at};
    if (up == NULL) {
        b->root = n;
        return n;
    }
    n->key = up->key;
    n->key_at = up->key_at;
    up->key = NULL;
    if (up->last == NULL) {
        up->node->first = n;
    } else {
        up->last->next = n;
    }
    up->last = n;
    return n;
}

int
cl_builder_text(struct cl_builder *b, enum cl_scalar_style style, const char *raw,
                size_t len, struct cl_place at)
{
    struct cl_builder_level *up = top(b);
    const char *text = decode(b, style, raw, len, at);
    if (text == NULL) {
        return -1;
    }
    if (up != NULL && up->node->kind == CL_NODE_MAP && up->key == NULL) {
        return take_key(b, up, text, at);
    }
    struct cl_node *n = add_node(b, CL_NODE_TEXT, at);
    if (n == NULL) {
        return -1;
    }
    n->text = text;
    n->is_plain = style == CL_SCALAR_PLAIN;
    return 0;
}

int
cl_builder_open(struct cl_builder *b, enum cl_node_kind kind, struct cl_place at)
{
    struct cl_builder_level *up = top(b);
    if (up != NULL && up->node->kind == CL_NODE_MAP && up->key == NULL) {
        return cl_report_fail(b->r, CLOCHE_EINPUT, at, "a name", "%s as a key",
                              kind == CL_NODE_LIST ? "a list" : "a mapping");
    }
    if (b->depth == CL_TREE_MAX_DEPTH) {
        return cl_report_fail(b->r, CLOCHE_EINPUT, at, NULL,
                              "nested more than %d levels deep", CL_TREE_MAX_DEPTH);
    }
    struct cl_node *n = add_node(b, kind, at);
    if (n == NULL) {
        return -1;
    }
    b->level[b->depth++] = (struct cl_builder_level){.node = n};
    return 0;
}

void
cl_builder_close(struct cl_builder *b)
{
    b->depth--;
}

struct cl_place
cl_builder_place(const struct cl_builder *b)
{
    const struct cl_builder_level *up = b->depth > 0 ? &b->level[b->depth - 1] : NULL;
    return up != NULL && up->key != NULL ? up->key_at : (struct cl_place){1, 1};
}

void
cl_builder_free(struct cl_builder_chunk *chunks)
{
    while (chunks != NULL) {
        struct cl_builder_chunk *next = chunks->next;
        free(chunks);
        chunks = next;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the tree and its memory: one arena, freed at once.  The only file that
 * knows libfyaml; what the keys mean is not its business.
 *
 * libfyaml's events are taken one by one and counted, so that a text is
 * refused at the first thing too many and nothing is built from aliases.
 */
#include "policy/parse/tree.h"

#include <libfyaml.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "policy/parse/chars.h"

enum { CHUNK_BYTES = 8192 };

struct chunk {
    struct chunk *next;
    size_t used, size;
    alignas(max_align_t) char data[];
};

struct cl_tree {
    struct chunk *chunks;
    struct cl_node *root;
};

/* A list or mapping that is not finished. */
struct level {
    struct cl_node *node;
    struct cl_node *last;
    size_t count;
    const char *key; /* read, and waiting for its value */
    struct cl_place key_at;
};

struct builder {
    struct cl_tree *tree;
    struct cl_report *r;
    struct level level[CL_TREE_MAX_DEPTH];
    size_t depth;
    size_t nodes;
    int documents;
};

static void *
take(struct cl_tree *t, size_t size)
{
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (t->chunks == NULL || t->chunks->size - t->chunks->used < size) {
        size_t room = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        struct chunk *c = malloc(sizeof *c + room);
        if (c == NULL) {
            return NULL;
        }
        *c = (struct chunk){.next = t->chunks, .size = room};
        t->chunks = c;
    }
    void *p = t->chunks->data + t->chunks->used;
    t->chunks->used += size;
    return p;
}

static struct cl_place
place_of(const struct fy_mark *mark, struct cl_place otherwise)
{
    if (mark == NULL || mark->line < 0 || mark->column < 0) {
        return otherwise;
    }
    return (struct cl_place){(unsigned)mark->line + 1, (unsigned)mark->column + 1};
}

/* Where a scalar begins: libfyaml's mark of a quoted one is behind its quote. */
static struct cl_place
place_of_scalar(struct fy_token *token, struct cl_place at)
{
    enum fy_scalar_style style = fy_token_scalar_style(token);
    if ((style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) && at.column > 1) {
        at.column--;
    }
    return at;
}

static struct level *
top(struct builder *b)
{
    return b->depth > 0 ? &b->level[b->depth - 1] : NULL;
}

/* A scalar's text, copied into the tree. */
static const char *
copy_text(struct builder *b, struct fy_token *token, struct cl_place at)
{
    size_t len = 0;
    const char *text = fy_token_get_text(token, &len);
    if (text == NULL) {
        (void)cl_report_nomem(b->r); /* the caller sees NULL */
        return NULL;
    }
    if (len > CL_TREE_MAX_TEXT || !cl_chars_is_text(text, len)) {
        (void)cl_report_fail(b->r, CLOCHE_EINPUT, at, "plain text of at most 4096 bytes",
                             len > CL_TREE_MAX_TEXT
                                 ? "a text of %zu bytes"
                                 : "a text with NUL or a surrogate in it",
                             len); /* the caller sees NULL */
        return NULL;
    }
    char *copy = take(b->tree, len + 1);
    if (copy == NULL) {
        (void)cl_report_nomem(b->r); /* the caller sees NULL */
        return NULL;
    }
    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

static int
take_key(struct builder *b, struct level *map, struct fy_token *token, struct cl_place at)
{
    const char *key = copy_text(b, token, at);
    if (key == NULL) {
        return -1;
    }
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
add_node(struct builder *b, enum cl_node_kind kind, struct cl_place at)
{
    struct level *up = top(b);
    size_t max = up && up->node->kind == CL_NODE_MAP ? CL_TREE_MAX_KEYS : CL_TREE_MAX_ITEMS;
    if (++b->nodes > CL_TREE_MAX_NODES || (up != NULL && ++up->count > max)) {
        (void)cl_report_fail(b->r, CLOCHE_EINPUT, at, NULL,
                             "more than %zu entries in one place, or %d in all", max,
                             CL_TREE_MAX_NODES); /* the caller sees NULL */
        return NULL;
    }
    struct cl_node *n = take(b->tree, sizeof *n);
    if (n == NULL) {
        (void)cl_report_nomem(b->r); /* the caller sees NULL */
        return NULL;
    }
    *n = (struct cl_node){.kind = kind, .at = at};
    if (up == NULL) {
        b->tree->root = n;
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

static int
take_scalar(struct builder *b, struct fy_token *token, struct cl_place at)
{
    struct level *up = top(b);
    if (up != NULL && up->node->kind == CL_NODE_MAP && up->key == NULL) {
        return take_key(b, up, token, at);
    }
    const char *text = copy_text(b, token, at);
    struct cl_node *n = text != NULL ? add_node(b, CL_NODE_TEXT, at) : NULL;
    if (n == NULL) {
        return -1;
    }
    n->text = text;
    n->is_plain = fy_token_scalar_style(token) == FYSS_PLAIN;
    return 0;
}

static int
open_level(struct builder *b, enum cl_node_kind kind, struct cl_place at)
{
    struct level *up = top(b);
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
    b->level[b->depth++] = (struct level){.node = n};
    return 0;
}

static int
refuse_extras(struct builder *b, struct fy_token *anchor, struct fy_token *tag)
{
    struct cl_place unknown = {0, 0};
    if (anchor != NULL) {
        return cl_report_fail(
            b->r, CLOCHE_EINPUT, place_of(fy_token_start_mark(anchor), unknown),
            "the value itself, or 'extends'", "anchors and aliases are not allowed");
    }
    if (tag != NULL) {
        return cl_report_fail(b->r, CLOCHE_EINPUT,
                              place_of(fy_token_start_mark(tag), unknown),
                              "the value without it", "tags are not allowed");
    }
    return 0;
}

static int
take_event(struct builder *b, struct fy_event *e)
{
    struct level *up = top(b);
    struct cl_place otherwise =
        up != NULL && up->key ? up->key_at : (struct cl_place){1, 1};
    struct cl_place at = place_of(fy_event_start_mark(e), otherwise);
    switch (e->type) {
    case FYET_DOCUMENT_START:
        if (b->documents++ > 0) {
            return cl_report_fail(b->r, CLOCHE_EINPUT, at, NULL,
                                  "a second document; one file is one policy");
        }
        return 0;
    case FYET_ALIAS: return refuse_extras(b, e->alias.anchor, NULL);
    case FYET_SCALAR:
        return refuse_extras(b, e->scalar.anchor, e->scalar.tag) < 0
                   ? -1
                   : take_scalar(b, e->scalar.value, place_of_scalar(e->scalar.value, at));
    case FYET_SEQUENCE_START:
        return refuse_extras(b, e->sequence_start.anchor, e->sequence_start.tag) < 0
                   ? -1
                   : open_level(b, CL_NODE_LIST, at);
    case FYET_MAPPING_START:
        return refuse_extras(b, e->mapping_start.anchor, e->mapping_start.tag) < 0
                   ? -1
                   : open_level(b, CL_NODE_MAP, at);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END: b->depth--; return 0;
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_END: return 0;
    default: break;
    }
    return cl_report_fail(b->r, CLOCHE_EINPUT, at, NULL, "YAML that is not known here");
}

/* libfyaml's own complaint, at its place. */
static int
fail_syntax(struct cl_report *r, struct fy_diag *diag)
{
    void *at = NULL;
    const struct fy_diag_error *e = fy_diag_errors_iterate(diag, &at);
    if (e == NULL) {
        return cl_report_nomem(r); /* it complains of everything but memory */
    }
    struct cl_place place = {e->line > 0 ? (unsigned)e->line : 0,
                             e->column > 0 ? (unsigned)e->column : 0};
    return cl_report_fail(r, CLOCHE_EINPUT, place, NULL, "not YAML: %s", e->msg);
}

static int
read_events(struct builder *b, struct fy_parser *parser, struct fy_diag *diag)
{
    struct fy_event *e = NULL;
    while ((e = fy_parser_parse(parser)) != NULL) {
        int rc = take_event(b, e);
        fy_parser_event_free(parser, e);
        if (rc < 0) {
            return -1;
        }
    }
    return fy_parser_get_stream_error(parser) ? fail_syntax(b->r, diag) : 0;
}

static int
read_text(struct builder *b, const char *text, size_t len)
{
    struct fy_diag_cfg diag_cfg;
    fy_diag_cfg_default(&diag_cfg);
    diag_cfg.fp = NULL;
    diag_cfg.colorize = false;
    struct fy_diag *diag = fy_diag_create(&diag_cfg);
    if (diag == NULL) {
        return cl_report_nomem(b->r);
    }
    fy_diag_set_collect_errors(diag, true);
    const struct fy_parse_cfg cfg = {
        .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 |
                 FYPCF_JSON_NONE | FYPCF_DISABLE_MMAP_OPT,
        .diag = diag,
    };
    struct fy_parser *parser = fy_parser_create(&cfg);
    int rc = parser != NULL && fy_parser_set_string(parser, text, len) == 0
                 ? read_events(b, parser, diag)
                 : cl_report_nomem(b->r);
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return rc;
}

int
cl_tree_read(const char *text, size_t len, struct cl_report *r, struct cl_tree **out)
{
    if (len > CL_TREE_MAX_BYTES) {
        return cl_report_fail(r, CLOCHE_EINPUT, (struct cl_place){0, 0}, NULL,
                              "larger than 1 MiB");
    }
    if (cl_chars_check(text, len, r) < 0) {
        return -1;
    }
    struct cl_tree *tree = calloc(1, sizeof *tree);
    if (tree == NULL) {
        return cl_report_nomem(r);
    }
    struct builder b = {.tree = tree, .r = r};
    /* libfyaml takes an empty string for "use strlen". */
    int rc = len > 0 ? read_text(&b, text, len) : 0;
    if (rc == 0 && (tree->root == NULL || cl_node_is_null(tree->root))) {
        b.depth = 0;
        rc = add_node(&b, CL_NODE_MAP, (struct cl_place){1, 1}) != NULL ? 0 : -1;
    }
    if (rc < 0) {
        cl_tree_free(tree);
        return -1;
    }
    *out = tree;
    return 0;
}

const struct cl_node *
cl_tree_root(const struct cl_tree *t)
{
    return t->root;
}

void
cl_tree_free(struct cl_tree *t)
{
    if (t == NULL) {
        return;
    }
    for (struct chunk *c = t->chunks; c != NULL;) {
        struct chunk *next = c->next;
        free(c);
        c = next;
    }
    free(t);
}

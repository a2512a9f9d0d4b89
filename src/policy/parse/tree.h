/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A YAML text as a tree of scalars, lists and mappings with their places.
 *
 * The subset: one document, no anchors, aliases, merge keys, tags or tabs;
 * keys are plain text and unique.  So there is nothing that expands, and what
 * is written is what is read.
 */
#ifndef CL_POLICY_PARSE_TREE_H
#define CL_POLICY_PARSE_TREE_H

#include <stddef.h>

#include "policy/parse/report.h"

enum {
    CL_TREE_MAX_BYTES = 1 << 20,
    CL_TREE_MAX_DEPTH = 12,    /* the format itself needs seven */
    CL_TREE_MAX_NODES = 20000, /* in the whole text */
    CL_TREE_MAX_KEYS = 500,    /* in one mapping */
    CL_TREE_MAX_ITEMS = 1000,  /* in one list */
    CL_TREE_MAX_TEXT = 4096,   /* bytes of one scalar or key */
};

enum cl_node_kind { CL_NODE_TEXT, CL_NODE_LIST, CL_NODE_MAP };

struct cl_node {
    enum cl_node_kind kind;
    int is_plain; /* a text without quotes */
    struct cl_place at;
    const char *text; /* of a text: UTF-8, NUL-terminated, without NUL inside; else NULL */
    const char *key;  /* of a mapping's entry; else NULL */
    struct cl_place key_at;
    const struct cl_node *first; /* of a list or mapping, in the order written */
    const struct cl_node *next;
};

struct cl_tree;

/*
 * cl_tree_read - parse len bytes of text.
 *
 * *out is the caller's, and owns every node.  Fails with EINPUT at the exact
 * place, or ESYS.  A text without any content is an empty mapping at 1:1.
 */
int cl_tree_read(const char *text, size_t len, struct cl_report *r, struct cl_tree **out);
const struct cl_node *cl_tree_root(const struct cl_tree *t);
void cl_tree_free(struct cl_tree *t); /* NULL is fine */

/* What YAML takes a text without quotes for: nothing or `null`; `true` or `false`;
 * a number. */
int cl_node_is_null(const struct cl_node *n);
int cl_node_is_switch(const struct cl_node *n);
int cl_node_is_number(const struct cl_node *n);

/* "a list", "a mapping", "empty", "a switch", "a number" or "a text". */
const char *cl_node_what(const struct cl_node *n);

#endif

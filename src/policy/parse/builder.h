/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building a tree from the pieces of a text, in their order, within the maxima
 * of tree.h.  Whoever reads the text calls these; each fails with EINPUT at
 * the place, or ESYS, and returns 0 or -1.
 */
#ifndef CL_POLICY_PARSE_BUILDER_H
#define CL_POLICY_PARSE_BUILDER_H

#include "policy/parse/scalar.h"
#include "policy/parse/tree.h"

/* A list or mapping that is not finished. */
struct cl_builder_level {
    struct cl_node *node;
    struct cl_node *last;
    size_t count;
    const char *key; /* read, and waiting for its value */
    struct cl_place key_at;
};

struct cl_builder {
    struct cl_builder_chunk *chunks; /* the memory of all nodes */
    struct cl_node *root;
    struct cl_report *r;
    struct cl_builder_level level[CL_TREE_MAX_DEPTH];
    size_t depth;
    size_t nodes;
};

/* A scalar, or a mapping's key where one is due: len bytes as cl_scalar_decode
 * takes them. */
int cl_builder_text(struct cl_builder *b, enum cl_scalar_style style, const char *raw,
                    size_t len, struct cl_place at);

/* A list or mapping begins; cl_builder_close ends it. */
int cl_builder_open(struct cl_builder *b, enum cl_node_kind kind, struct cl_place at);
void cl_builder_close(struct cl_builder *b);

/* The nearest place that is known: of the key whose value is due, else 1:1. */
struct cl_place cl_builder_place(const struct cl_builder *b);

/* Give back chunks, and with them every node.  NULL is fine. */
void cl_builder_free(struct cl_builder_chunk *chunks);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads YAML by libfyaml, which no other file knows.  Its events are taken one
 * by one, so that a text is refused at the first thing too many, and nothing
 * is ever built from an alias.
 */
#include "policy/parse/tree.h"

#include <errno.h>
#include <libfyaml.h>
#include <stdlib.h>

#include "policy/parse/builder.h"
#include "policy/parse/chars.h"

struct cl_tree {
    struct cl_builder_chunk *chunks;
    const struct cl_node *root;
};

struct source {
    struct cl_builder builder;
    struct cl_report *r;
    const char *text;
    size_t len;
    int documents;
};

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
place_of_scalar(enum fy_scalar_style style, struct cl_place at)
{
    if ((style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) && at.column > 1) {
        at.column--;
    }
    return at;
}

static int
refuse_extras(struct source *s, struct fy_token *anchor, struct fy_token *tag)
{
    struct cl_place unknown = {0, 0};
    if (anchor != NULL) {
        return cl_report_fail(
            s->r, CLOCHE_EINPUT, place_of(fy_token_start_mark(anchor), unknown),
            "the value itself, or 'extends'", "anchors and aliases are not allowed");
    }
    if (tag != NULL) {
        return cl_report_fail(s->r, CLOCHE_EINPUT,
                              place_of(fy_token_start_mark(tag), unknown),
                              "the value without it", "tags are not allowed");
    }
    return 0;
}

/*
 * A scalar's bytes are taken from the text itself, between libfyaml's marks:
 * see scalar.c.  So a scalar is one line, and has no block style.
 */
static int
take_scalar(struct source *s, struct fy_token *token, struct cl_place at)
{
    const struct fy_mark *from = fy_token_start_mark(token);
    const struct fy_mark *to = fy_token_end_mark(token);
    enum fy_scalar_style style = fy_token_scalar_style(token);
    if (from == NULL || to == NULL) {
        return cl_builder_text(&s->builder, CL_SCALAR_PLAIN, "", 0, at);
    }
    int is_block = style == FYSS_LITERAL || style == FYSS_FOLDED;
    at = is_block ? cl_builder_place(&s->builder) : place_of_scalar(style, at);
    if (is_block || from->line != to->line) {
        return cl_report_fail(s->r, CLOCHE_EINPUT, at,
                              "one line; a line's end in it is \"\\n\" in double quotes",
                              "a text on several lines");
    }
    if (from->input_pos > to->input_pos || to->input_pos > s->len) {
        return cl_fail(s->r->err, CLOCHE_EINTERNAL, "libfyaml marks what is not there");
    }
    return cl_builder_text(&s->builder,
                           style == FYSS_SINGLE_QUOTED   ? CL_SCALAR_SINGLE
                           : style == FYSS_DOUBLE_QUOTED ? CL_SCALAR_DOUBLE
                                                         : CL_SCALAR_PLAIN,
                           s->text + from->input_pos, to->input_pos - from->input_pos, at);
}

static int
take_event(struct source *s, struct fy_event *e)
{
    struct cl_builder *b = &s->builder;
    struct cl_place at = place_of(fy_event_start_mark(e), cl_builder_place(b));
    switch (e->type) {
    case FYET_DOCUMENT_START:
        if (s->documents++ > 0) {
            return cl_report_fail(s->r, CLOCHE_EINPUT, at, NULL,
                                  "a second document; one file is one policy");
        }
        return 0;
    case FYET_ALIAS: return refuse_extras(s, e->alias.anchor, NULL);
    case FYET_SCALAR:
        return refuse_extras(s, e->scalar.anchor, e->scalar.tag) < 0
                   ? -1
                   : take_scalar(s, e->scalar.value, at);
    case FYET_SEQUENCE_START:
        return refuse_extras(s, e->sequence_start.anchor, e->sequence_start.tag) < 0
                   ? -1
                   : cl_builder_open(b, CL_NODE_LIST, at);
    case FYET_MAPPING_START:
        return refuse_extras(s, e->mapping_start.anchor, e->mapping_start.tag) < 0
                   ? -1
                   : cl_builder_open(b, CL_NODE_MAP, at);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END: cl_builder_close(b); return 0;
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_END: return 0;
    default: break;
    }
    return cl_report_fail(s->r, CLOCHE_EINPUT, at, NULL, "YAML that is not known here");
}

/* libfyaml's own complaint, at its place. */
static int
fail_syntax(struct cl_report *r, struct fy_diag *diag)
{
    void *at = NULL;
    const struct fy_diag_error *e = fy_diag_errors_iterate(diag, &at);
    if (e == NULL && errno == ENOMEM) {
        return cl_report_nomem(r);
    }
    if (e == NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, (struct cl_place){1, 1}, NULL,
                              "not YAML that can be read");
    }
    struct cl_place place = {e->line > 0 ? (unsigned)e->line : 0,
                             e->column > 0 ? (unsigned)e->column : 0};
    return cl_report_fail(r, CLOCHE_EINPUT, place, NULL, "not YAML: %s", e->msg);
}

static int
read_events(struct source *s, struct fy_parser *parser, struct fy_diag *diag)
{
    struct fy_event *e = NULL;
    errno = 0; /* for the failures that libfyaml gives no reason for */
    while ((e = fy_parser_parse(parser)) != NULL) {
        int rc = take_event(s, e);
        fy_parser_event_free(parser, e);
        if (rc < 0) {
            return -1;
        }
    }
    return fy_parser_get_stream_error(parser) ? fail_syntax(s->r, diag) : 0;
}

static int
read_text(struct source *s, const char *text, size_t len)
{
    struct fy_diag_cfg diag_cfg;
    fy_diag_cfg_default(&diag_cfg);
    diag_cfg.fp = NULL;
    diag_cfg.colorize = false;
    struct fy_diag *diag = fy_diag_create(&diag_cfg);
    if (diag == NULL) {
        return cl_report_nomem(s->r);
    }
    fy_diag_set_collect_errors(diag, true);
    const struct fy_parse_cfg cfg = {
        .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 |
                 FYPCF_JSON_NONE | FYPCF_DISABLE_MMAP_OPT,
        .diag = diag,
    };
    struct fy_parser *parser = fy_parser_create(&cfg);
    int rc = parser != NULL && fy_parser_set_string(parser, text, len) == 0
                 ? read_events(s, parser, diag)
                 : cl_report_nomem(s->r);
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
    struct source s = {.builder = {.r = r}, .r = r, .text = text, .len = len};
    struct cl_builder *b = &s.builder;
    /* libfyaml takes a length of 0 for "use strlen". */
    int rc = len > 0 ? read_text(&s, text, len) : 0;
    if (rc == 0 && (b->root == NULL || cl_node_is_null(b->root))) {
        rc = cl_builder_open(b, CL_NODE_MAP, (struct cl_place){1, 1});
    }
    struct cl_tree *tree = rc == 0 ? malloc(sizeof *tree) : NULL;
    if (tree == NULL) {
        cl_builder_free(b->chunks);
        return rc == 0 ? cl_report_nomem(r) : -1;
    }
    *tree = (struct cl_tree){.chunks = b->chunks, .root = b->root};
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
    if (t != NULL) {
        cl_builder_free(t->chunks);
        free(t);
    }
}

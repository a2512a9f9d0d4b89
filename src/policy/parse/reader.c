/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads values as their table says.  Knows kinds of values, not their
 * meaning: what a profile may say at its level is resolve.c's.
 */
#include "policy/parse/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "policy/limit.h"
#include "policy/names.h"
#include "policy/parse/entries.h"
#include "policy/parse/nearest.h"
#include "policy/parse/trusted.h"

enum { KEY_MAX = 160 };

int
cl_reader_text(struct cl_report *r, const struct cl_node *n, const char *expected,
               const char **out)
{
    if (n->kind != CL_NODE_TEXT || cl_node_is_null(n)) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, expected, "is %s", cl_node_what(n));
    }
    *out = n->text;
    return 0;
}

int
cl_reader_want_map(struct cl_report *r, const struct cl_node *n, const char *expected)
{
    if (n->kind == CL_NODE_MAP) {
        return 0;
    }
    return cl_report_fail(r, CLOCHE_EINPUT, n->at, expected, "is %s", cl_node_what(n));
}

int
cl_reader_item(struct cl_report *r, const struct cl_node *n, enum cl_item item, char **out)
{
    const char *text = NULL;
    const char *expected = cl_item_expected(item);
    if (cl_reader_text(r, n, expected, &text) < 0) {
        return -1;
    }
    /* True and False are names of built-ins too. */
    if (cl_node_is_number(n) || (cl_node_is_switch(n) && item != CL_ITEM_BUILTIN)) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, expected,
                              "'%.*s' without quotes is %s", CL_REPORT_SHOWN, text,
                              cl_node_what(n));
    }
    char normal[CL_ITEM_MAX];
    const char *problem = cl_item_read(item, text, normal);
    if (problem != NULL) {
        const char *near = cl_item_nearest(item, text);
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, near != NULL ? near : expected,
                              "'%.*s' %s%s%s%s", CL_REPORT_SHOWN, text, problem,
                              near ? "; did you mean '" : "", near ? near : "",
                              near ? "'?" : "");
    }
    *out = strdup(normal);
    return *out != NULL ? 0 : cl_report_nomem(r);
}

int
cl_reader_names(struct cl_report *r, const struct cl_node *n, enum cl_item item,
                struct cl_names *out)
{
    if (n->kind != CL_NODE_LIST) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, "a list in brackets", "is %s",
                              cl_node_what(n));
    }
    struct cl_names list = {0};
    int rc = 0;
    for (const struct cl_node *i = n->first; rc == 0 && i != NULL; i = i->next) {
        cl_autofree char *text = NULL;
        rc = cl_reader_item(r, i, item, &text);
        if (rc == 0 && cl_names_append(&list, text) < 0) {
            rc = cl_report_nomem(r);
        }
    }
    if (rc == 0 && (cl_names_sort(&list, item) < 0 || cl_names_join(out, &list) < 0)) {
        rc = cl_report_nomem(r);
    }
    cl_names_fini(&list);
    return rc;
}

static int
read_number(struct cl_report *r, const struct cl_field *f, const struct cl_node *n,
            uint64_t *out)
{
    const char *text = NULL;
    const char *expected = cl_limit_expected(f->number);
    if (cl_reader_text(r, n, expected, &text) < 0) {
        return -1;
    }
    struct cloche_error why;
    if (cl_limit_read(f->number, text, out, &why) < 0) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, expected, "%s", why.msg);
    }
    return 0;
}

static int
read_bool(struct cl_report *r, const struct cl_field *f, const struct cl_node *n,
          void *base)
{
    static const char expected[] = "true or false";
    const char *text = NULL;
    if (cl_reader_text(r, n, expected, &text) < 0) {
        return -1;
    }
    if (!cl_node_is_switch(n)) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, expected, "'%.*s' is not a switch%s",
                              CL_REPORT_SHOWN, text,
                              n->is_plain ? "" : ": it is in quotes");
    }
    cl_field_set_unsigned(f, base, text[0] == 't' || text[0] == 'T');
    return 0;
}

/* "none, private or workspace" */
static void
list_words(const char *const *words, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; words[i] != NULL; i++) {
        size_t len = strlen(out);
        const char *joint = i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ";
        (void)snprintf(out + len, size - len, "%s%s", joint, words[i]); /* our own words */
    }
}

static int
read_enum(struct cl_report *r, const struct cl_field *f, const struct cl_node *n,
          void *base)
{
    const char *text = NULL;
    char expected[120];
    list_words(f->names, expected, sizeof expected);
    if (cl_reader_text(r, n, expected, &text) < 0) {
        return -1;
    }
    for (unsigned i = 0; f->names[i] != NULL; i++) {
        if (strcmp(f->names[i], text) == 0) {
            cl_field_set_unsigned(f, base, i);
            return 0;
        }
    }
    return cl_report_fail(r, CLOCHE_EINPUT, n->at, expected, "'%.*s' is none of them",
                          CL_REPORT_SHOWN, text);
}

static int
read_value(const struct cl_reader *rd, const struct cl_field *f, const struct cl_node *n)
{
    void *at = cl_field_at(f, rd->base);
    switch (f->kind) {
    case CL_FIELD_NUMBER: return read_number(rd->r, f, n, at);
    case CL_FIELD_ENUM: return read_enum(rd->r, f, n, rd->base);
    case CL_FIELD_BOOL: return read_bool(rd->r, f, n, rd->base);
    case CL_FIELD_TEXT: return cl_reader_item(rd->r, n, f->item, at);
    case CL_FIELD_NAMES: return cl_reader_names(rd->r, n, f->item, at);
    case CL_FIELD_ONLY: return cl_entries_only(rd->r, n, rd->base);
    case CL_FIELD_EXPOSE: return cl_entries_expose(rd->r, n, rd->base);
    case CL_FIELD_PAIRS: return cl_entries_pairs(rd->r, n, at);
    case CL_FIELD_TRUST: return cl_trusted_read(rd->r, n, at);
    }
    return cl_fail(rd->r->err, CLOCHE_EINTERNAL, "field '%s' has no kind", f->key);
}

int
cl_reader_unknown(struct cl_report *r, struct cl_place at, const char *near,
                  const char *expected)
{
    if (near != NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, at, near, "unknown key; did you mean '%s'?",
                              near);
    }
    return cl_report_fail(r, CLOCHE_EINPUT, at, expected, "unknown key");
}

/* The part of a field's key that follows prefix, up to the next dot, in out. */
static int
child_of(const struct cl_field *f, const char *prefix, char out[KEY_MAX])
{
    size_t n = strlen(prefix);
    if (strncmp(f->key, prefix, n) != 0 || f->is_derived) {
        return 0;
    }
    (void)snprintf(out, KEY_MAX, "%.*s", (int)strcspn(f->key + n, "."),
                   f->key + n); /* fits */
    return 1;
}

static void
add_expected(char *expected, size_t size, const char *word)
{
    size_t len = strlen(expected);
    (void)snprintf(expected + len, size - len, "%s%s", len > 7 ? ", " : "",
                   word); /* a long list is cut */
}

/* Say what there is instead of entry's key. */
static int
fail_unknown(const struct cl_reader *rd, const char *prefix, const struct cl_node *entry)
{
    char expected[200] = "one of ";
    char best[KEY_MAX] = "";
    char child[KEY_MAX] = "";
    char last[KEY_MAX] = "";
    struct cl_nearest near = CL_NEAREST_INIT(entry->key);
    for (size_t i = 0; i < rd->count; i++) {
        const char *key = rd->fields[i].key;
        const char *end = strrchr(key, '.');
        if (best[0] == '\0' && end != NULL && strcmp(end + 1, entry->key) == 0) {
            (void)snprintf(best, sizeof best, "%s", key); /* a key of the table fits */
        }
        if (!child_of(&rd->fields[i], prefix, child) || strcmp(child, last) == 0) {
            continue;
        }
        memcpy(last, child, sizeof last);
        add_expected(expected, sizeof expected, child);
        const char *before = near.best;
        cl_nearest_offer(&near, child);
        if (near.best != before) {
            (void)snprintf(best, sizeof best, "%s", child); /* same size */
            near.best = best;
        }
    }
    for (size_t i = 0; rd->others != NULL && rd->others[i] != NULL; i++) {
        add_expected(expected, sizeof expected, rd->others[i]);
        cl_nearest_offer(&near, rd->others[i]);
    }
    const char *said = near.best != NULL ? near.best : best[0] != '\0' ? best : NULL;
    return cl_reader_unknown(rd->r, entry->key_at, said, expected);
}

static int
is_group(const struct cl_reader *rd, const char *path)
{
    size_t n = strlen(path);
    for (size_t i = 0; i < rd->count; i++) {
        if (strncmp(rd->fields[i].key, path, n) == 0 && rd->fields[i].key[n] == '.') {
            return 1;
        }
    }
    return 0;
}

static const struct cl_field *
find(const struct cl_reader *rd, const char *path)
{
    for (size_t i = 0; i < rd->count; i++) {
        if (strcmp(rd->fields[i].key, path) == 0 && !rd->fields[i].is_derived) {
            return &rd->fields[i];
        }
    }
    return NULL;
}

int
cl_reader_entry(const struct cl_reader *rd, const char *prefix, const struct cl_node *entry)
{
    char path[KEY_MAX];
    int len = snprintf(path, sizeof path, "%s%s", prefix, entry->key);
    /* A key with a dot in it is nobody's: "audit.sync" is two keys. */
    int is_name = len >= 0 && (size_t)len + 2 <= sizeof path && !strchr(entry->key, '.');
    const struct cl_field *f = is_name ? find(rd, path) : NULL;
    size_t mark = cl_report_enter(rd->r, entry->key);
    int rc = 0;
    if (f != NULL) {
        rc = read_value(rd, f, entry);
        if (rd->placed != NULL) {
            rd->placed[f - rd->fields] = entry->key_at;
        }
    } else if (is_name && is_group(rd, path)) {
        path[len] = '.';
        path[len + 1] = '\0';
        rc = cl_reader_map(rd, path, entry);
    } else {
        rc = fail_unknown(rd, prefix, entry);
    }
    if (rc == 0) {
        cl_report_leave(rd->r, mark);
    }
    return rc;
}

int
cl_reader_map(const struct cl_reader *rd, const char *prefix, const struct cl_node *map)
{
    if (cl_reader_want_map(rd->r, map, "a mapping") < 0) {
        return -1;
    }
    for (const struct cl_node *n = map->first; n != NULL; n = n->next) {
        if (cl_reader_entry(rd, prefix, n) < 0) {
            return -1;
        }
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Reads mappings from names of the writer's choice; each name is checked. */
#include "policy/parse/entries.h"

#include <string.h>

#include "base/own.h"
#include "policy/grants.h"
#include "policy/limit.h"
#include "policy/names.h"
#include "policy/parse/reader.h"

/* Check an entry's key as an item, and go down into it. */
static int
enter(struct cl_report *r, const struct cl_node *entry, enum cl_item item, size_t *mark)
{
    char normal[CL_ITEM_MAX];
    *mark = cl_report_enter(r, entry->key);
    const char *problem = cl_item_read(item, entry->key, normal);
    if (problem != NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, entry->key_at, cl_item_expected(item),
                              "'%.*s' %s", CL_REPORT_SHOWN, entry->key, problem);
    }
    return 0;
}

int
cl_entries_only(struct cl_report *r, const struct cl_node *map, struct cl_effective *e)
{
    if (cl_reader_want_map(r, map, "a mapping such as {operator: [add, mul]}") < 0) {
        return -1;
    }
    for (const struct cl_node *n = map->first; n != NULL; n = n->next) {
        size_t mark = 0;
        if (enter(r, n, CL_ITEM_OFFERED, &mark) < 0) {
            return -1;
        }
        struct cl_module_only *one = cl_grants_put_only(e, n->key);
        if (one == NULL) {
            return cl_report_nomem(r);
        }
        if (cl_reader_names(r, n, CL_ITEM_FUNCTION, &one->functions) < 0) {
            return -1;
        }
        if (one->functions.count == 0) {
            return cl_report_fail(r, CLOCHE_EINPUT, n->at, "at least one function",
                                  "an empty list allows nothing");
        }
        cl_report_leave(r, mark);
    }
    return 0;
}

static const struct cl_limit_row call_count = {"calls",   CL_KIND_COUNT, 1,
                                               INT64_MAX, CL_AT_ALL,     0};

/* clang-format off: a table is read by its columns */
#define ROW(name, type, member)                                                            \
    .key = (name), .kind = CL_FIELD_##type, .offset = offsetof(struct cl_expose, member)
static const struct cl_field expose_fields[] = {
    {ROW("approve", BOOL, needs_approval)},
    {ROW("call", BOOL, can_call)},
    {ROW("calls", NUMBER, calls), .number = &call_count},
    {ROW("read", BOOL, can_read)},
    {ROW("write", BOOL, can_write)},
};
/* clang-format on */

/* "read", "write" or "call" alone. */
static int
read_word(struct cl_report *r, const struct cl_node *n, struct cl_expose *x)
{
    static const char expected[] = "read, write, call, or a mapping such as {call: true}";
    const char *word = NULL;
    if (cl_reader_text(r, n, expected, &word) < 0) {
        return -1;
    }
    x->can_read = strcmp(word, "read") == 0;
    x->can_write = strcmp(word, "write") == 0;
    x->can_call = strcmp(word, "call") == 0;
    if (!x->can_read && !x->can_write && !x->can_call) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, expected, "'%.*s' is none of them",
                              CL_REPORT_SHOWN, word);
    }
    return 0;
}

static int
read_mapping(struct cl_report *r, const struct cl_node *n, struct cl_expose *x)
{
    const struct cl_reader rd = {
        .r = r, .fields = expose_fields, .count = CL_COUNT(expose_fields), .base = x};
    if (cl_reader_map(&rd, "", n) < 0) {
        return -1;
    }
    if (!x->can_read && !x->can_write && !x->can_call) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, "read, write or call: true",
                              "it exposes nothing");
    }
    if (x->calls != CL_LIMIT_NONE && !x->can_call) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, "call: true beside it",
                              "'calls' counts the calls of what cannot be called");
    }
    return 0;
}

int
cl_entries_expose(struct cl_report *r, const struct cl_node *map, struct cl_effective *e)
{
    if (cl_reader_want_map(r, map, "a mapping such as {document.title: read}") < 0) {
        return -1;
    }
    for (const struct cl_node *n = map->first; n != NULL; n = n->next) {
        size_t mark = 0;
        if (enter(r, n, CL_ITEM_HOST_NAME, &mark) < 0) {
            return -1;
        }
        struct cl_expose *x = cl_grants_put_expose(e, n->key);
        if (x == NULL) {
            return cl_report_nomem(r);
        }
        if ((n->kind == CL_NODE_MAP ? read_mapping : read_word)(r, n, x) < 0) {
            return -1;
        }
        cl_report_leave(r, mark);
    }
    return 0;
}

int
cl_entries_pairs(struct cl_report *r, const struct cl_node *map, struct cl_pairs *out)
{
    if (cl_reader_want_map(r, map, "a mapping such as {PYTHONUTF8: \"1\"}") < 0) {
        return -1;
    }
    for (const struct cl_node *n = map->first; n != NULL; n = n->next) {
        size_t mark = 0;
        const char *value = NULL;
        if (enter(r, n, CL_ITEM_ENV, &mark) < 0 ||
            cl_reader_text(r, n, "a text, in quotes where it is empty", &value) < 0) {
            return -1;
        }
        /* Is it "true", "True" or "1" that the code looks for? */
        if (cl_node_is_switch(n)) {
            return cl_report_fail(r, CLOCHE_EINPUT, n->at, "a text in quotes",
                                  "'%s' is a switch", value);
        }
        if (cl_pairs_set(out, n->key, value) < 0) {
            return cl_report_nomem(r);
        }
        cl_report_leave(r, mark);
    }
    return 0;
}

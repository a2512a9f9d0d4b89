/* SPDX-License-Identifier: Apache-2.0 */
/* Reads entries of trusted keys.  Pure: files are trust.c's. */
#include "policy/parse/trusted.h"

#include <string.h>

#include "base/own.h"
#include "policy/parse/moment.h"
#include "policy/parse/reader.h"
#include "policy/trust.h"

static int
read_file(struct cl_report *r, const struct cl_node *n, struct cl_trusted *one)
{
    return cl_reader_item(r, n, CL_ITEM_FILE, &one->file);
}

static int
read_key(struct cl_report *r, const struct cl_node *n, struct cl_trusted *one)
{
    static const char expected[] = "a public key of minisign, such as RWRq4+Po1t0U...";
    const char *text = NULL;
    struct cloche_error why;
    if (cl_reader_text(r, n, expected, &text) < 0) {
        return -1;
    }
    if (cl_public_key_decode(text, strlen(text), &one->key, &why) < 0) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, expected, "%s", why.msg);
    }
    return 0;
}

static int
read_until(struct cl_report *r, const struct cl_node *n, struct cl_trusted *one)
{
    const char *text = NULL;
    if (cl_reader_text(r, n, cl_moment_expected, &text) < 0) {
        return -1;
    }
    const char *problem = cl_moment_read(text, &one->until_s);
    if (problem != NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, cl_moment_expected, "'%.*s' %s",
                              CL_REPORT_SHOWN, text, problem);
    }
    return 0;
}

static const struct {
    const char *key;
    int (*read)(struct cl_report *r, const struct cl_node *n, struct cl_trusted *one);
} rows[] = {{"file", read_file}, {"key", read_key}, {"until", read_until}};

static int
read_entry(struct cl_report *r, const struct cl_node *n, struct cl_trusted *one,
           int *has_key)
{
    size_t mark = cl_report_enter(r, n->key);
    size_t i = 0;
    while (i < CL_COUNT(rows) && strcmp(rows[i].key, n->key) != 0) {
        i++;
    }
    if (i == CL_COUNT(rows)) {
        return cl_reader_unknown(r, n->key_at, NULL, "file, key or until");
    }
    if (rows[i].read(r, n, one) < 0) {
        return -1;
    }
    *has_key |= rows[i].read == read_key;
    cl_report_leave(r, mark);
    return 0;
}

static int
read_mapping(struct cl_report *r, const struct cl_node *map, struct cl_trusted *one)
{
    int has_key = 0;
    for (const struct cl_node *n = map->first; n != NULL; n = n->next) {
        if (read_entry(r, n, one, &has_key) < 0) {
            return -1;
        }
    }
    if (has_key == (one->file != NULL)) {
        return cl_report_fail(r, CLOCHE_EINPUT, map->at, "either file or key",
                              has_key ? "both file and key name a key" : "no key is named");
    }
    return 0;
}

int
cl_trusted_read(struct cl_report *r, const struct cl_node *list, struct cl_trust *out)
{
    if (list->kind != CL_NODE_LIST) {
        return cl_report_fail(r, CLOCHE_EINPUT, list->at, "a list in brackets", "is %s",
                              cl_node_what(list));
    }
    for (const struct cl_node *n = list->first; n != NULL; n = n->next) {
        struct cl_trusted one = {
            .until_s = CL_LIMIT_NONE, .line = n->at.line, .column = n->at.column};
        int rc = n->kind == CL_NODE_MAP ? read_mapping(r, n, &one) : read_file(r, n, &one);
        if (rc == 0 && cl_trust_append(out, &one) < 0) {
            rc = cl_report_nomem(r);
        }
        free(one.file);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

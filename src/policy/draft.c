/* SPDX-License-Identifier: Apache-2.0 */
/* Owns a written profile.  What it may say at its level is resolve.c's. */
#include "policy/draft.h"

#include <stdlib.h>
#include <string.h>

#include "policy/parse/reader.h"
#include "policy/trust.h"

static int
read_extends(struct cl_report *r, const struct cl_node *n, struct cl_draft *d)
{
    size_t mark = cl_report_enter(r, n->key);
    if (cl_reader_item(r, n, CL_ITEM_PROFILE, &d->extends) < 0) {
        return -1;
    }
    d->extends_at = n->at;
    cl_report_leave(r, mark);
    return 0;
}

static int
read_body(struct cl_report *r, const struct cl_node *entry, struct cl_draft *d)
{
    static const char *const others[] = {"extends", NULL};
    const struct cl_reader rd = {.r = r,
                                 .fields = cl_fields,
                                 .count = CL_FIELD_COUNT,
                                 .base = &d->said,
                                 .placed = d->placed,
                                 .others = others};
    if (cl_node_is_null(entry)) {
        return 0; /* "strict:" with nothing behind it: a profile that says nothing */
    }
    if (cl_reader_want_map(r, entry, "the mapping of a profile") < 0) {
        return -1;
    }
    for (const struct cl_node *n = entry->first; n != NULL; n = n->next) {
        int rc = strcmp(n->key, "extends") == 0 ? read_extends(r, n, d)
                                                : cl_reader_entry(&rd, "", n);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

static int
load_keys(struct cl_report *r, struct cl_draft *d, const char *dir)
{
    size_t mark = cl_report_enter(r, "signature.keys");
    if (cl_trust_load(r, &d->said.signature.keys, dir) < 0) {
        return -1;
    }
    cl_report_leave(r, mark);
    return 0;
}

int
cl_draft_read(struct cl_report *r, const struct cl_node *entry, const char *dir,
              struct cl_draft **out)
{
    char normal[CL_ITEM_MAX];
    const char *problem = cl_item_read(CL_ITEM_PROFILE, entry->key, normal);
    if (problem != NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, entry->key_at,
                              cl_item_expected(CL_ITEM_PROFILE), "'%.*s' %s",
                              CL_REPORT_SHOWN, entry->key, problem);
    }
    struct cl_draft *d = calloc(1, sizeof *d);
    if (d == NULL || (d->name = strdup(entry->key)) == NULL) {
        cl_draft_free(d);
        return cl_report_nomem(r);
    }
    d->at = entry->key_at;
    size_t mark = cl_report_enter(r, entry->key);
    if (read_body(r, entry, d) < 0 || load_keys(r, d, dir) < 0) {
        cl_draft_free(d);
        return -1;
    }
    cl_report_leave(r, mark);
    *out = d;
    return 0;
}

void
cl_draft_free(struct cl_draft *d)
{
    if (d != NULL) {
        cl_effective_fini(&d->said);
        free(d->name);
        free(d->extends);
        free(d);
    }
}

struct cl_place
cl_draft_place(const struct cl_draft *d, const char *key)
{
    return d->placed[cl_field_get(key) - cl_fields];
}

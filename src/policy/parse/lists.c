/* SPDX-License-Identifier: Apache-2.0 */
/* Reads alerts and package sets.  Neither hooks nor packages are looked at. */
#include "policy/parse/lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "policy/host.h"
#include "policy/parse/alert.h"
#include "policy/parse/reader.h"

static int
read_when(struct cl_report *r, const struct cl_node *n, struct cl_alert *a)
{
    const char *text = NULL;
    if (cl_reader_text(r, n, cl_alert_expected, &text) < 0) {
        return -1;
    }
    struct cloche_error why;
    if (cl_alert_parse(text, a, &why) < 0) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, cl_alert_expected, "%s", why.msg);
    }
    a->when = strdup(text);
    return a->when != NULL ? 0 : cl_report_nomem(r);
}

static int
read_notify(struct cl_report *r, const struct cl_node *n, struct cl_alert *a)
{
    static const char expected[] = "log, or a URL such as https://ops.example.com/hook";
    const char *text = NULL;
    if (cl_reader_text(r, n, expected, &text) < 0) {
        return -1;
    }
    const char *problem = strcmp(text, "log") == 0 ? NULL : cl_host_check_url(text);
    if (problem != NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, expected, "'%.*s' %s",
                              CL_REPORT_SHOWN, text, problem);
    }
    a->notify = strdup(text);
    return a->notify != NULL ? 0 : cl_report_nomem(r);
}

static int
read_alert(struct cl_report *r, const struct cl_node *n, struct cl_alert *a)
{
    if (cl_reader_want_map(r, n, "a mapping of when and notify") < 0) {
        return -1;
    }
    for (const struct cl_node *i = n->first; i != NULL; i = i->next) {
        size_t mark = cl_report_enter(r, i->key);
        int rc = strcmp(i->key, "when") == 0 ? read_when(r, i, a)
                 : strcmp(i->key, "notify") == 0
                     ? read_notify(r, i, a)
                     : cl_reader_unknown(r, i->key_at, NULL, "when or notify");
        if (rc < 0) {
            return -1;
        }
        cl_report_leave(r, mark);
    }
    if (a->when == NULL || a->notify == NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, "both when and notify",
                              "'%s' is missing", a->when == NULL ? "when" : "notify");
    }
    return 0;
}

int
cl_lists_alerts(struct cl_report *r, const struct cl_node *list, struct cl_settings *s)
{
    if (list->kind != CL_NODE_LIST) {
        return cl_report_fail(r, CLOCHE_EINPUT, list->at, "a list of alerts", "is %s",
                              cl_node_what(list));
    }
    for (const struct cl_node *n = list->first; n != NULL; n = n->next) {
        struct cl_alert *more = realloc(s->alerts, (s->n_alerts + 1) * sizeof *more);
        if (more == NULL) {
            return cl_report_nomem(r);
        }
        s->alerts = more;
        more[s->n_alerts] = (struct cl_alert){0};
        if (read_alert(r, n, &more[s->n_alerts++]) < 0) {
            return -1;
        }
    }
    return 0;
}

/* clang-format off: a table is read by its columns */
#define SET_ROW(name, type, member, what)                                                  \
    {                                                                                      \
        .key = (name), .kind = CL_FIELD_##type,                                            \
        .offset = offsetof(struct cl_package_set, member), .item = (what)                  \
    }
static const struct cl_field set_fields[] = {
    SET_ROW("allow", NAMES, allow, CL_ITEM_REQUIREMENT),
    SET_ROW("lock", TEXT, lock, CL_ITEM_FILE),
    SET_ROW("path", TEXT, path, CL_ITEM_DIR),
};
/* clang-format on */

static int
read_set(struct cl_report *r, const struct cl_node *n, struct cl_package_set *set)
{
    const struct cl_reader rd = {
        .r = r, .fields = set_fields, .count = CL_COUNT(set_fields), .base = set};
    char normal[CL_ITEM_MAX];
    const char *problem = cl_item_read(CL_ITEM_PROFILE, n->key, normal);
    if (problem != NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->key_at,
                              cl_item_expected(CL_ITEM_PROFILE), "'%.*s' %s",
                              CL_REPORT_SHOWN, n->key, problem);
    }
    set->name = strdup(n->key);
    if (set->name == NULL) {
        return cl_report_nomem(r);
    }
    if (cl_reader_map(&rd, "", n) < 0) {
        return -1;
    }
    if (set->allow.count == 0 && set->path == NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, "allow: [NAME] or path: /DIRECTORY",
                              "nothing is in the set");
    }
    return 0;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(((const struct cl_package_set *)a)->name,
                  ((const struct cl_package_set *)b)->name);
}

int
cl_lists_packages(struct cl_report *r, const struct cl_node *map, struct cl_settings *s)
{
    if (cl_reader_want_map(r, map, "a mapping from names to package sets") < 0) {
        return -1;
    }
    for (const struct cl_node *n = map->first; n != NULL; n = n->next) {
        struct cl_package_set *more = realloc(s->sets, (s->n_sets + 1) * sizeof *more);
        if (more == NULL) {
            return cl_report_nomem(r);
        }
        s->sets = more;
        more[s->n_sets] = (struct cl_package_set){0};
        size_t mark = cl_report_enter(r, n->key);
        if (read_set(r, n, &more[s->n_sets++]) < 0) {
            return -1;
        }
        cl_report_leave(r, mark);
    }
    if (s->n_sets > 1) {
        qsort(s->sets, s->n_sets, sizeof *s->sets, by_name);
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns what a file says beside its profiles: reads it, gives it back. */
#include "policy/parse/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/own.h"
#include "policy/limit.h"
#include "policy/names.h"
#include "policy/parse/lists.h"
#include "policy/parse/reader.h"

static const char *const syncs[] = {"group", "each", NULL};
static const char *const codes[] = {"hash", "full", NULL};
static const char *const variables[] = {"none", "names", "values", NULL};
static const char *const outputs[] = {"none", "full", NULL};

static const struct cl_limit_row rate = {"rate",    CL_KIND_COUNT, 1,
                                         INT64_MAX, CL_AT_ALL,     CL_AT_ALL};
static const struct cl_limit_row retention = {
    "retention", CL_KIND_TIME, 3600 * CL_NS_PER_S, 36500ull * 86400 * CL_NS_PER_S,
    CL_AT_ALL,   CL_AT_ALL};

/* clang-format off: a table is read by its columns */
#define ROW(name, type, member)                                                            \
    .key = (name), .kind = CL_FIELD_##type,                                                \
    .offset = offsetof(struct cl_settings, member), .levels = CL_AT_ALL
#define NUMBER(name, member, row)                                                          \
    {                                                                                      \
        ROW(name, NUMBER, member), .number = &(row)                                        \
    }
#define ENUM(name, member, words)                                                          \
    {                                                                                      \
        ROW(name, ENUM, member), .names = (words)                                          \
    }

const struct cl_field cl_settings_fields[CL_SETTINGS_COUNT] = {
    ENUM("audit.code", audit.code, codes),
    ENUM("audit.output", audit.output, outputs),
    NUMBER("audit.retention", audit.retention_ns, retention),
    ENUM("audit.sync", audit.sync, syncs),
    ENUM("audit.variables", audit.variables, variables),
    {ROW("default", TEXT, default_profile), .item = CL_ITEM_PROFILE},
    ENUM("min_assurance", min_assurance, cl_field_assurances),
    NUMBER("rate_limits.global.burst", global.burst, rate),
    NUMBER("rate_limits.global.concurrent", global.concurrent, rate),
    NUMBER("rate_limits.global.per_hour", global.per_hour, rate),
    NUMBER("rate_limits.global.per_minute", global.per_minute, rate),
    NUMBER("rate_limits.principal.burst", principal.burst, rate),
    NUMBER("rate_limits.principal.concurrent", principal.concurrent, rate),
    NUMBER("rate_limits.principal.per_hour", principal.per_hour, rate),
    NUMBER("rate_limits.principal.per_minute", principal.per_minute, rate),
};
/* clang-format on */

void
cl_settings_init(struct cl_settings *s)
{
    const struct cl_rate no_rate = {CL_LIMIT_NONE, CL_LIMIT_NONE, CL_LIMIT_NONE,
                                    CL_LIMIT_NONE};
    *s = (struct cl_settings){
        .min_assurance = CL_ASSURANCE_NAMESPACE,
        .principal = no_rate,
        .global = no_rate,
        .audit = {.variables = CL_VARIABLES_NAMES,
                  .retention_ns = 90 * 86400 * CL_NS_PER_S},
    };
}

void
cl_settings_fini(struct cl_settings *s)
{
    for (size_t i = 0; i < s->n_alerts; i++) {
        free(s->alerts[i].when);
        free(s->alerts[i].notify);
    }
    for (size_t i = 0; i < s->n_sets; i++) {
        free(s->sets[i].name);
        cl_names_fini(&s->sets[i].allow);
        free(s->sets[i].lock);
        free(s->sets[i].path);
    }
    free(s->alerts);
    free(s->sets);
    free(s->default_profile);
    *s = (struct cl_settings){0};
}

static int
read_version(struct cl_report *r, const struct cl_node *n)
{
    if (n->kind != CL_NODE_TEXT || !n->is_plain || strcmp(n->text, "1") != 0) {
        return cl_report_fail(r, CLOCHE_EINPUT, n->at, "1", "'%.*s' is not a known version",
                              CL_REPORT_SHOWN, n->text != NULL ? n->text : cl_node_what(n));
    }
    return 0;
}

/* The entries that the table does not hold.  Returns 1 if this is none of them. */
static int
read_special(struct cl_report *r, const struct cl_node *n, struct cl_settings *s,
             const struct cl_node **profiles)
{
    size_t mark = cl_report_enter(r, n->key);
    int rc = 0;
    if (strcmp(n->key, "version") == 0) {
        rc = read_version(r, n);
    } else if (strcmp(n->key, "profiles") == 0) {
        *profiles = n;
    } else if (strcmp(n->key, "alerts") == 0) {
        rc = cl_lists_alerts(r, n, s);
    } else if (strcmp(n->key, "package_sets") == 0) {
        rc = cl_lists_packages(r, n, s);
    } else {
        rc = 1;
    }
    if (rc >= 0) {
        cl_report_leave(r, mark);
    }
    return rc;
}

int
cl_settings_read(struct cl_report *r, const struct cl_node *root, struct cl_settings *s,
                 const struct cl_node **profiles, struct cl_place *default_at)
{
    static const char *const others[] = {"version", "profiles", "alerts", "package_sets",
                                         NULL};
    struct cl_place placed[CL_SETTINGS_COUNT] = {0};
    const struct cl_reader rd = {.r = r,
                                 .fields = cl_settings_fields,
                                 .count = CL_SETTINGS_COUNT,
                                 .base = s,
                                 .placed = placed,
                                 .others = others};
    int has_version = 0;
    *profiles = NULL;
    if (cl_reader_want_map(r, root, "a mapping that begins with version: 1") < 0) {
        return -1;
    }
    for (const struct cl_node *n = root->first; n != NULL; n = n->next) {
        int rc = read_special(r, n, s, profiles);
        if (rc < 0 || (rc == 1 && cl_reader_entry(&rd, "", n) < 0)) {
            return -1;
        }
        if (strcmp(n->key, "default") == 0) {
            *default_at = n->at;
        }
        has_version |= strcmp(n->key, "version") == 0;
    }
    if (!has_version) {
        (void)cl_report_enter(r, "version"); /* for the failure only */
        return cl_report_fail(r, CLOCHE_EINPUT, (struct cl_place){1, 1}, "version: 1",
                              "it is missing");
    }
    return 0;
}

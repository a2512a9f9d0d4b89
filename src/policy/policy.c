/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns struct cloche_policy: loading, lending, and what one run is held to.
 * Immutable once made (profiles.c keeps what it found); any thread.
 */
#include "policy/policy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/own.h"
#include "policy/limit.h"
#include "policy/parse/nearest.h"
#include "policy/parse/settings.h"
#include "policy/profiles.h"

#define DEFAULT_PROFILE "isolated"

struct cloche_policy {
    atomic_uint refs;
    struct cl_settings settings;
    struct cl_profiles *profiles;
};

/* Fill a policy from a file's root; NULL: from nothing.  dir: where the key files
 * that it names are; NULL: nowhere. */
static int
fill(struct cl_report *r, const struct cl_node *root, const char *dir,
     struct cloche_policy *p)
{
    const struct cl_node *map = NULL;
    struct cl_place default_at = {0, 0};
    if (root != NULL && cl_settings_read(r, root, &p->settings, &map, &default_at) < 0) {
        return -1;
    }
    if (p->settings.default_profile == NULL &&
        (p->settings.default_profile = strdup(DEFAULT_PROFILE)) == NULL) {
        return cl_report_nomem(r);
    }
    if (cl_profiles_read(r, map, dir, &p->profiles) < 0) {
        return -1;
    }
    if (!cl_profiles_has(p->profiles, p->settings.default_profile)) {
        (void)cl_report_enter(r, "default"); /* for the failure only */
        return cl_profiles_fail_unknown(p->profiles, r, default_at,
                                        p->settings.default_profile);
    }
    return cl_profiles_check(p->profiles, r, &p->settings);
}

static int
make(struct cl_report *r, const struct cl_node *root, const char *dir,
     struct cloche_policy **out)
{
    struct cloche_policy *p = calloc(1, sizeof *p);
    if (p == NULL) {
        return cl_report_nomem(r);
    }
    atomic_init(&p->refs, 1);
    cl_settings_init(&p->settings);
    if (fill(r, root, dir, p) < 0) {
        cloche_policy_unref(p);
        return -1;
    }
    *out = p;
    return 0;
}

static int
parse(struct cl_report *r, const char *text, size_t len, const char *dir,
      struct cloche_policy **out)
{
    struct cl_tree *tree = NULL;
    if (cl_tree_read(text, len, r, &tree) < 0) {
        return -1;
    }
    int rc = make(r, cl_tree_root(tree), dir, out);
    cl_tree_free(tree);
    return rc;
}

int
cloche_policy_parse(const char *text, size_t len, const char *name,
                    struct cloche_policy **out, struct cloche_where *where,
                    struct cloche_error *err)
{
    struct cl_report r = {
        .file = name != NULL ? name : "policy", .where = where, .err = err};
    return parse(&r, text, len, NULL, out);
}

/* Read all of a file, or one byte more than may be. */
static int
read_file(int fd, struct cl_buf *out)
{
    for (;;) {
        size_t room = out->max - out->len;
        if (room == 0) {
            return 0;
        }
        room = room < 65536 ? room : 65536;
        unsigned char *to = cl_buf_room(out, room);
        if (to == NULL) {
            errno = ENOMEM;
            return -1;
        }
        ssize_t n = read(fd, to, room);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n == 0 ? 0 : -1;
        }
        out->len += (size_t)n;
    }
}

int
cloche_policy_load(const char *path, struct cloche_policy **out, struct cloche_where *where,
                   struct cloche_error *err)
{
    struct cl_report r = {.file = path, .where = where, .err = err};
    if (path == NULL) {
        return make(&r, NULL, NULL, out);
    }
    cl_autobuf struct cl_buf text = CL_BUF_INIT(CL_TREE_MAX_BYTES + 1);
    cl_autoclose int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || read_file(fd, &text) < 0) {
        char reason[100];
        const char *said = strerror_r(errno, reason, sizeof reason);
        return cl_report_fail(&r, CLOCHE_EINPUT, (struct cl_place){0, 0},
                              "a policy file that can be read", "%s", said);
    }
    const char *slash = strrchr(path, '/');
    cl_autofree char *dir = strndup(path, slash != NULL ? (size_t)(slash - path) + 1 : 0);
    return dir == NULL ? cl_report_nomem(&r)
                       : parse(&r, text.data != NULL ? (const char *)text.data : "",
                               text.len, dir, out);
}

struct cloche_policy *
cloche_policy_ref(struct cloche_policy *policy)
{
    atomic_fetch_add_explicit(&policy->refs, 1, memory_order_relaxed);
    return policy;
}

void
cloche_policy_unref(struct cloche_policy *policy)
{
    /* acq_rel: the last one must see what every other holder did before. */
    if (policy != NULL &&
        atomic_fetch_sub_explicit(&policy->refs, 1, memory_order_acq_rel) == 1) {
        cl_profiles_free(policy->profiles);
        cl_settings_fini(&policy->settings);
        free(policy);
    }
}

const char *
cloche_policy_default(const struct cloche_policy *policy)
{
    return policy->settings.default_profile;
}

const char *
cloche_policy_profile(const struct cloche_policy *policy, size_t i)
{
    return cl_profiles_name(policy->profiles, i);
}

const struct cl_settings *
cl_policy_settings(const struct cloche_policy *policy)
{
    return &policy->settings;
}

static int
fail_limit_key(struct cl_report *r, const char *key)
{
    struct cl_nearest near = CL_NEAREST_INIT(key);
    for (size_t i = 0; i < CL_LIMIT_COUNT; i++) {
        cl_nearest_offer(&near, cl_limit_rows[i].key);
    }
    return cl_report_fail(r, CLOCHE_EINPUT, (struct cl_place){0, 0},
                          near.best != NULL ? near.best : "a key such as wall or memory",
                          "no such limit%s%s%s", near.best ? "; did you mean '" : "",
                          near.best ? near.best : "", near.best ? "'?" : "");
}

/* Hold e to one of a request's numbers, which may only be tighter. */
static int
narrow_one(struct cl_report *r, const struct cloche_limit *asked, struct cl_effective *e,
           int *is_changed)
{
    const struct cl_place nowhere = {0, 0};
    const char *key = asked->key != NULL ? asked->key : "";
    int i = cl_limit_by_key(key);
    (void)cl_report_enter(r, "limits"); /* the caller leaves both */
    (void)cl_report_enter(r, key);
    if (i < 0) {
        return fail_limit_key(r, key);
    }
    const struct cl_limit_row *row = &cl_limit_rows[i];
    if ((row->levels >> e->level & 1) == 0) {
        return cl_report_fail(r, CLOCHE_EINPUT, nowhere, NULL,
                              "has no sense at level %s, which is that of profile '%s'",
                              cl_level_name(e->level), e->profile);
    }
    uint64_t v = 0;
    struct cloche_error why;
    if (cl_limit_read(row, asked->value != NULL ? asked->value : "", &v, &why) < 0) {
        return cl_report_fail(r, CLOCHE_EINPUT, nowhere, cl_limit_expected(row), "%s",
                              why.msg);
    }
    char most[CL_LIMIT_TEXT];
    if (v > e->limit[i]) {
        return cl_report_fail(
            r, CLOCHE_ELIMIT, nowhere, cl_limit_show(row, e->limit[i], most),
            "%.40s asked, profile '%s' allows %s", asked->value, e->profile, most);
    }
    *is_changed |= v != e->limit[i];
    e->limit[i] = v;
    return 0;
}

static int
narrow_all(struct cl_report *r, const struct cloche_limit *limits, size_t n,
           struct cl_effective *e)
{
    int is_changed = 0;
    for (size_t i = 0; i < n; i++) {
        size_t mark = strlen(r->key);
        if (narrow_one(r, &limits[i], e, &is_changed) < 0) {
            return -1;
        }
        cl_report_leave(r, mark);
    }
    return is_changed && cl_effective_seal(e) < 0 ? cl_report_nomem(r) : 0;
}

int
cl_policy_profile(const struct cloche_policy *policy, const char *profile,
                  const struct cl_effective **out, struct cloche_where *where,
                  struct cloche_error *err)
{
    struct cl_report r = {.where = where, .err = err};
    const char *name = profile != NULL ? profile : policy->settings.default_profile;
    if (!cl_profiles_has(policy->profiles, name)) {
        (void)cl_profiles_fail_unknown(policy->profiles, &r, (struct cl_place){0, 0},
                                       name); /* is -1 */
        if (where != NULL) {
            (void)snprintf(where->key, sizeof where->key, "profile"); /* fits */
        }
        return -1;
    }
    return cl_profiles_get(policy->profiles, &r, name, &policy->settings, out);
}

int
cl_policy_effective(const struct cloche_policy *policy, const char *profile,
                    const struct cloche_limit *limits, size_t n_limits,
                    struct cl_effective **out, struct cloche_where *where,
                    struct cloche_error *err)
{
    struct cl_report r = {.where = where, .err = err};
    const struct cl_effective *base = NULL;
    if (cl_policy_profile(policy, profile, &base, where, err) < 0) {
        return -1;
    }
    struct cl_effective *e = cl_effective_copy(base);
    if (e == NULL) {
        return cl_report_nomem(&r);
    }
    if (narrow_all(&r, limits, n_limits, e) < 0) {
        cl_effective_free(e);
        return -1;
    }
    *out = e;
    return 0;
}

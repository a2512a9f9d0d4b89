/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of policy/ share.  Include after cmocka.h. */
#ifndef CL_TEST_POLICY_SUPPORT_H
#define CL_TEST_POLICY_SUPPORT_H

#include <string.h>

#include "base/own.h"
#include "policy/policy.h"

/* A policy from text that must be right. */
static inline struct cloche_policy *
parse_good(const char *text)
{
    struct cloche_policy *p = NULL;
    struct cloche_error err = {0};
    if (cloche_policy_parse(text, strlen(text), "policy.yaml", &p, NULL, &err) < 0) {
        fail_msg("refused: %s\n%s", err.msg, text);
    }
    return p;
}

/* What a profile comes to without a request's limits. */
static inline struct cl_effective *
effective_of(const struct cloche_policy *p, const char *profile)
{
    struct cl_effective *e = NULL;
    struct cloche_error err = {0};
    if (cl_policy_effective(p, profile, NULL, 0, &e, NULL, &err) < 0) {
        fail_msg("profile '%s': %s", profile ? profile : "(default)", err.msg);
    }
    return e;
}

/* The one profile of a text. */
static inline struct cl_effective *
effective_from(const char *text, const char *profile)
{
    struct cloche_policy *p = parse_good(text);
    struct cl_effective *e = effective_of(p, profile);
    cloche_policy_unref(p);
    return e;
}

struct refused {
    const char *text;
    unsigned line, column;
    const char *key;      /* what where.key is */
    const char *fragment; /* of the message */
};

/* Every row must be refused at its place, with its key and message. */
static inline void
check_refused(const struct refused *rows, size_t count)
{
    int failed = 0;
    for (size_t i = 0; i < count; i++) {
        const struct refused *row = &rows[i];
        struct cloche_policy *p = NULL;
        struct cloche_where w = {0};
        struct cloche_error err = {0};
        int rc =
            cloche_policy_parse(row->text, strlen(row->text), "policy.yaml", &p, &w, &err);
        char place[64];
        (void)snprintf(place, sizeof place, "policy.yaml:%u:%u: ", row->line,
                       row->column); /* fits */
        if (rc == 0 || err.code != CLOCHE_EINPUT || w.line != row->line ||
            w.column != row->column || strcmp(w.key, row->key) != 0 ||
            strstr(err.msg, row->fragment) == NULL ||
            (row->line != 0 && strncmp(err.msg, place, strlen(place)) != 0)) {
            print_error("row %zu:\n%s\n  expected %s%s: ...%s\n  got %u:%u [%s] %s\n", i,
                        row->text, place, row->key, row->fragment, w.line, w.column, w.key,
                        rc == 0 ? "(accepted)" : err.msg);
            failed++;
        }
        if (rc == 0) {
            cloche_policy_unref(p);
        }
    }
    assert_int_equal(failed, 0);
}

/* A policy with one profile p, whose body begins in line 4. */
#define PROFILE(body) "version: 1\nprofiles:\n  p:\n" body

#endif

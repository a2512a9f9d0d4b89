/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a policy file.  What is refused must say where and why; what
 * is accepted must keep the laws of merging, and print.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "policy/policy.h"

enum { PROFILES_LOOKED_AT = 12, PRINT_MAX = 16 << 20 };

static void
want(int holds)
{
    if (!holds) {
        abort();
    }
}

static void
look_at_one(const struct cl_effective *e)
{
    struct cl_effective *same = NULL;
    want(cl_policy_merge(e, e, &same, NULL) == 0);
    want(strcmp(same->id, e->id) == 0);
    cl_effective_free(same);
    char *json = cl_effective_json(e);
    want(json != NULL);
    free(json);
    struct cl_buf out = CL_BUF_INIT(PRINT_MAX);
    want(cl_effective_describe(e, &out) == 0);
    cl_buf_fini(&out);
}

static void
look_at_two(const struct cl_effective *a, const struct cl_effective *b)
{
    struct cl_effective *ab = NULL;
    struct cl_effective *ba = NULL;
    if (cl_policy_merge(a, b, &ab, NULL) < 0) {
        want(a->level != b->level);
        return;
    }
    want(cl_policy_merge(b, a, &ba, NULL) == 0);
    want(strcmp(ab->id, ba->id) == 0);
    want(cl_effective_is_within(ab, a, NULL) && cl_effective_is_within(ab, b, NULL));
    cl_effective_free(ab);
    cl_effective_free(ba);
}

static void
look_at_all(const struct cloche_policy *p)
{
    struct cl_effective *first = NULL;
    const char *name = NULL;
    want(cl_policy_effective(p, NULL, NULL, 0, &first, NULL, NULL) == 0);
    for (size_t i = 0;
         i < PROFILES_LOOKED_AT && (name = cloche_policy_profile(p, i)) != NULL; i++) {
        struct cl_effective *e = NULL;
        want(cl_policy_effective(p, name, NULL, 0, &e, NULL, NULL) == 0);
        look_at_one(e);
        look_at_two(first, e);
        cl_effective_free(e);
        char *diff = NULL;
        want(cloche_policy_diff(p, NULL, p, name, CLOCHE_EXPLAIN_JSON, &diff, NULL) == 0);
        free(diff);
    }
    cl_effective_free(first);
    struct cl_buf out = CL_BUF_INIT(PRINT_MAX);
    want(cl_settings_describe(cl_policy_settings(p), &out) == 0);
    want(cl_settings_json(cl_policy_settings(p), &out) == 0);
    cl_buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cloche_policy *p = NULL;
    struct cloche_where where;
    struct cloche_error err;
    /* A limit of a request comes from strangers as well. */
    char text[64] = "";
    if (size > 0) {
        memcpy(text, data, size < sizeof text - 1 ? size : sizeof text - 1);
    }
    const struct cloche_limit limit = {"wall", text};
    if (cloche_policy_parse((const char *)data, size, "fuzz", &p, &where, &err) < 0) {
        want(err.code == CLOCHE_EINPUT && err.msg[0] != '\0');
        want(strcmp(where.file, "fuzz") == 0);
        return 0;
    }
    look_at_all(p);
    struct cl_effective *e = NULL;
    if (cl_policy_effective(p, NULL, &limit, 1, &e, NULL, NULL) == 0) {
        cl_effective_free(e);
    }
    cloche_policy_unref(p);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each allocation of ours fails once, in turn: the call must fail as out of
 * memory, or not have needed it, and must leave nothing behind (the sanitizer
 * looks).  The linker puts these in place of the real ones (--wrap).
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "policy/keys.h"
#include "policy/support.h"

static long fail_at = -1; /* how many succeed before the one that fails */

static int
must_fail(void)
{
    if (fail_at < 0) {
        return 0;
    }
    if (fail_at-- > 0) {
        return 0;
    }
    errno = ENOMEM;
    return 1;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
char *__real_strdup(const char *s);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
char *__wrap_strdup(const char *s);

void *
__wrap_malloc(size_t size)
{
    return must_fail() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t n, size_t size)
{
    return must_fail() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *p, size_t size)
{
    return must_fail() ? NULL : __real_realloc(p, size);
}

char *
__wrap_strdup(const char *s)
{
    return must_fail() ? NULL : __real_strdup(s);
}

static const char text[] =
    "version: 1\n"
    "default: a\n"
    "alerts: [{when: runs > 1 per 5m, notify: log}]\n"
    "package_sets: {env: {allow: [numpy], lock: e.lock, path: /opt/env}}\n"
    "profiles:\n"
    "  a:\n"
    "    level: restricted\n"
    "    python:\n"
    "      packages: env\n"
    "      preload: [json]\n"
    "      syntax: {deny: [Await, Yield]}\n"
    "      builtins: {deny: [input]}\n"
    "      modules: {allow: [tomllib], only: {math: [sin, cos], operator: [add]}}\n"
    "    files: {read: [/srv, /srv/a, /opt/b]}\n"
    "    network: {mode: list, allow: [a.example, \"*.b.example\"]}\n"
    "    host: {expose: {a.b: read, c: {call: true, calls: 2}}}\n"
    "    env: {pass: [LANG], set: {A: x, B: y}}\n"
    "    signature: {keys: [{key: " KEY_1 "}]}\n"
    "  b:\n"
    "    extends: a\n"
    "    network: {allow: [\"*.example\"]}\n"
    "    host: {expose: {a.b: write, d: call}}\n"
    "    python: {modules: {allow: [re], only: {math: [tan]}}}\n"
    "    env: {set: {B: z}}\n"
    "  c: {extends: c2}\n"
    "  c2: {level: restricted, python: {modules: {allow: [math]}, builtins: {allow: "
    "[abs]}},\n"
    "       files: {read: [/srv/a/x]}, env: {set: {A: x}}, host: {expose: {a.b: read}},\n"
    "       network: {mode: list, allow: [\"a.example:443\"]}, signature: {keys: "
    "[{key: " KEY_2 "}, {key: " KEY_1 ", until: 2027-01-31}]}}\n";

static int
use_pair(struct cloche_policy *p, const char *x, const char *y, struct cloche_error *err)
{
    static const struct cloche_limit limit = {"wall", "1s"};
    struct cl_effective *a = NULL;
    struct cl_effective *b = NULL;
    struct cl_effective *m = NULL;
    char *diff = NULL;
    int rc = cl_policy_effective(p, "judge", NULL, 0, &a, NULL, err);
    if (rc == 0) {
        cl_effective_free(a);
        a = NULL;
        rc = cl_policy_effective(p, x, &limit, 1, &a, NULL, err);
    }
    if (rc == 0) {
        rc = cl_policy_effective(p, y, NULL, 0, &b, NULL, err);
    }
    if (rc == 0) {
        rc = cl_policy_merge(a, b, &m, err);
    }
    if (rc == 0) {
        rc = cloche_policy_diff(p, x, p, y, CLOCHE_EXPLAIN_JSON, &diff, err);
    }
    free(diff);
    cl_effective_free(a);
    cl_effective_free(b);
    cl_effective_free(m);
    return rc;
}

static int
use_everything(struct cloche_error *err)
{
    struct cloche_policy *p = NULL;
    int rc = cloche_policy_parse(text, strlen(text), "policy.yaml", &p, NULL, err);
    if (rc == 0) {
        rc = use_pair(p, "a", "b", err);
    }
    if (rc == 0) {
        rc = use_pair(p, "b", "c", err);
    }
    cloche_policy_unref(p);
    return rc;
}

static void
each_allocation_may_fail(void **state)
{
    (void)state;
    for (long i = 0;; i++) {
        struct cloche_error err = {0};
        fail_at = i;
        int rc = use_everything(&err);
        int is_reached = fail_at < 0;
        fail_at = -1;
        if (!is_reached) {
            if (rc < 0) {
                fail_msg("%s", err.msg);
            }
            assert_true(i > 400); /* all of the above allocates a good deal */
            return;
        }
        /* None may be taken for anything else, and none may be swallowed. */
        if (rc == 0 || err.code != CLOCHE_ESYS || err.sys != ENOMEM) {
            fail_msg("allocation %ld: %d, %s: %s", i, rc, cloche_code_name(err.code),
                     err.msg);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Merging never widens, over random policies with fixed seeds: by the laws of
 * a meet, and by asking of single acts whether they are allowed, which knows
 * nothing of how merging is done.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <jansson.h>

#include "policy/keys.h"
#include "policy/names.h"
#include "policy/random_policy.h"
#include "policy/support.h"

enum { ROUNDS = 1000, TEXT_MAX = 1 << 20 };

static const char *const levels[] = {"restricted", "isolated", "trusted"};

static const char package_sets[] = "package_sets: {one: {path: /opt/one}, two: {allow: "
                                   "[numpy]}, three: {path: /opt/one}}\n";

/* Profiles p0 .. p<n-1>, all of one level. */
static struct cloche_policy *
random_policy(struct random *r, unsigned n, const char *level)
{
    cl_autobuf struct cl_buf text = CL_BUF_INIT(TEXT_MAX);
    (void)cl_buf_printf(&text, "version: 1\n%sprofiles:\n", package_sets);
    for (unsigned i = 0; i < n; i++) {
        (void)cl_buf_printf(&text, "  p%u: ", i);
        random_profile(r, &text, level);
        (void)cl_buf_add_str(&text, "\n");
    }
    cl_autofree char *whole = cl_buf_take_str(&text);
    assert_non_null(whole);
    return parse_good(whole);
}

static struct cl_effective *
merge(const struct cl_effective *a, const struct cl_effective *b)
{
    struct cl_effective *out = NULL;
    struct cloche_error err = {0};
    if (cl_policy_merge(a, b, &out, &err) < 0) {
        fail_msg("merge: %s", err.msg);
    }
    return out;
}

static void
want_within(const struct cl_effective *a, const struct cl_effective *b, unsigned round)
{
    char key[160] = "";
    if (!cl_effective_is_within(a, b, key)) {
        cl_autofree char *x = cl_effective_json(a);
        cl_autofree char *y = cl_effective_json(b);
        fail_msg("round %u: wider in %s:\n%s\n%s", round, key, x, y);
    }
}

static void
want_same(const struct cl_effective *a, const struct cl_effective *b, unsigned round,
          const char *law)
{
    if (strcmp(a->id, b->id) != 0) {
        cl_autofree char *x = cl_effective_json(a);
        cl_autofree char *y = cl_effective_json(b);
        fail_msg("round %u: not %s:\n%s\n%s", round, law, x, y);
    }
}

static void
check_laws(const struct cl_effective *a, const struct cl_effective *b,
           const struct cl_effective *c, unsigned round)
{
    struct cl_effective *ab = merge(a, b);
    struct cl_effective *ba = merge(b, a);
    struct cl_effective *aa = merge(a, a);
    struct cl_effective *bc = merge(b, c);
    struct cl_effective *left = merge(ab, c);
    struct cl_effective *right = merge(a, bc);
    want_within(ab, a, round);
    want_within(ab, b, round);
    want_within(left, c, round);
    want_within(a, a, round);
    want_same(ab, ba, round, "commutative");
    want_same(aa, a, round, "idempotent");
    want_same(left, right, round, "associative");
    if (cl_effective_is_within(a, b, NULL)) {
        want_within(a, ab, round); /* what is within both is within the merge */
    }
    if (cl_effective_is_within(a, b, NULL) && cl_effective_is_within(b, c, NULL)) {
        want_within(a, c, round);
    }
    cl_effective_free(ab);
    cl_effective_free(ba);
    cl_effective_free(aa);
    cl_effective_free(bc);
    cl_effective_free(left);
    cl_effective_free(right);
}

static void
merge_is_a_meet(void **state)
{
    struct random r = {0x9e3779b97f4a7c15};
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct cloche_policy *p = random_policy(&r, 3, levels[round % 3]);
        struct cl_effective *a = effective_of(p, "p0");
        struct cl_effective *b = effective_of(p, "p1");
        struct cl_effective *c = effective_of(p, "p2");
        check_laws(a, b, c, round);
        cl_effective_free(a);
        cl_effective_free(b);
        cl_effective_free(c);
        cloche_policy_unref(p);
    }
}

/* Single acts.  Each answers 1 if the policy allows act i, else 0; -1: no such act. */

static int
may_use_function(const struct cl_effective *e, unsigned i)
{
    static const char *const acts[][2] = {
        {"json", "loads"},   {"math", "sqrt"},    {"math", "cos"}, {"math", "tan"},
        {"operator", "add"}, {"operator", "sub"}, {"re", "match"}, {"os", "open"},
    };
    if (i >= CL_COUNT(acts)) {
        return -1;
    }
    for (size_t j = 0; j < e->python.n_only; j++) {
        if (strcmp(e->python.only[j].module, acts[i][0]) == 0) {
            return cl_names_has(&e->python.only[j].functions, acts[i][1]);
        }
    }
    return e->python.modules_allow.is_all ||
           cl_names_has(&e->python.modules_allow, acts[i][0]);
}

static int
may_use_builtin(const struct cl_effective *e, unsigned i)
{
    static const char *const acts[] = {"print", "len", "abs", "input", "set", "zip"};
    if (i >= CL_COUNT(acts)) {
        return -1;
    }
    return !cl_names_has(&e->python.builtins_deny, acts[i]) &&
           (e->python.builtins_allow.is_all ||
            cl_names_has(&e->python.builtins_allow, acts[i]));
}

static int
may_read(const struct cl_effective *e, unsigned i)
{
    static const char *const acts[] = {"/srv/",      "/srv/a/",   "/srv/a/b/",
                                       "/srv/a/bc/", "/srv/b/c/", "/opt/x/",
                                       "/opt/xy/",   "/opt/z/",   "/etc/"};
    for (size_t j = 0; i < CL_COUNT(acts) && j < e->files.read.count; j++) {
        char dir[100];
        (void)snprintf(dir, sizeof dir, "%s/", e->files.read.item[j]); /* of the pool */
        if (strncmp(acts[i], dir, strlen(dir)) == 0) {
            return 1;
        }
    }
    return i < CL_COUNT(acts) ? 0 : -1;
}

static int
host_matches(const char *pattern, const char *scheme, const char *host, const char *port)
{
    char copy[100];
    (void)snprintf(copy, sizeof copy, "%s", pattern); /* of the pool */
    char *p = copy;
    const char *own_port = NULL;
    char *end = strstr(p, "://");
    if (end != NULL) {
        *end = '\0';
        if (strcmp(p, scheme) != 0) {
            return 0;
        }
        own_port = strcmp(scheme, "https") == 0 ? "443" : "80";
        p = end + 3;
    }
    char *colon = p[0] == '[' ? strstr(p, "]:") : strchr(p, ':');
    if (colon != NULL) {
        colon += *colon == ']';
        *colon = '\0';
        own_port = colon + 1;
    }
    if (own_port != NULL && strcmp(own_port, port) != 0) {
        return 0;
    }
    if (strncmp(p, "*.", 2) == 0) {
        size_t n = strlen(p + 1);
        size_t m = strlen(host);
        return m > n && strcmp(host + m - n, p + 1) == 0;
    }
    return strcmp(p, host) == 0;
}

static const char *const places[][3] = {
    {"https", "a.example", "443"},    {"http", "a.example", "80"},
    {"http", "a.example", "443"},     {"https", "x.b.example", "443"},
    {"https", "c.b.example", "8080"}, {"http", "10.0.0.1", "80"},
    {"https", "10.0.0.1", "443"},     {"http", "[::1]", "80"},
    {"https", "example", "443"},      {"https", "other.test", "443"},
};

static int
is_named(const struct cl_effective *e, unsigned i)
{
    for (size_t j = 0; j < e->network.allow.count; j++) {
        if (host_matches(e->network.allow.item[j], places[i][0], places[i][1],
                         places[i][2])) {
            return 1;
        }
    }
    return e->network.allow.is_all;
}

/* A public address, seen from a page of a.example over https. */
static int
may_reach_public(const struct cl_effective *e, unsigned i)
{
    if (i >= CL_COUNT(places)) {
        return -1;
    }
    switch (e->network.mode) {
    case CL_NETWORK_NONE: return 0;
    case CL_NETWORK_SAME_ORIGIN: return i == 0;
    case CL_NETWORK_LIST: return is_named(e, i);
    case CL_NETWORK_AUDITED: return 1;
    }
    return 0;
}

static int
may_reach_private(const struct cl_effective *e, unsigned i)
{
    int rc = may_reach_public(e, i);
    return rc > 0 ? e->network.private_addresses || is_named(e, i) : rc;
}

static int
may_use_host(const struct cl_effective *e, unsigned i)
{
    static const char *const acts[] = {"a.b", "c", "d_e.f", "g"};
    if (i >= 3 * CL_COUNT(acts)) {
        return -1;
    }
    for (size_t j = 0; j < e->n_expose; j++) {
        if (strcmp(e->expose[j].name, acts[i / 3]) == 0) {
            return i % 3 == 0   ? e->expose[j].can_read
                   : i % 3 == 1 ? e->expose[j].can_write
                                : e->expose[j].can_call;
        }
    }
    return 0;
}

static int
may_see_variable(const struct cl_effective *e, unsigned i)
{
    static const char *const acts[] = {"LANG", "TZ", "HOME", "PATH"};
    return i < CL_COUNT(acts) ? cl_names_has(&e->env_pass, acts[i]) : -1;
}

static const struct {
    const char *name;
    int (*may)(const struct cl_effective *e, unsigned i);
    int is_exact; /* the merge allows all that both allow, not only nothing more */
} acts[] = {
    {"use a function", may_use_function, 1},
    {"use a built-in", may_use_builtin, 1},
    {"read a directory", may_read, 1},
    {"reach a public address", may_reach_public, 0}, /* modes: see narrow.c */
    {"reach a private address", may_reach_private, 0},
    {"use a host object", may_use_host, 1},
    {"see a variable", may_see_variable, 1},
};

static void
check_acts(const struct cl_effective *a, const struct cl_effective *b,
           const struct cl_effective *m, unsigned round)
{
    int is_in = cl_effective_is_within(a, b, NULL);
    for (size_t k = 0; k < CL_COUNT(acts); k++) {
        for (unsigned i = 0; acts[k].may(a, i) >= 0; i++) {
            int x = acts[k].may(a, i);
            int y = acts[k].may(b, i);
            int z = acts[k].may(m, i);
            int is_same_mode = a->network.mode == b->network.mode;
            if (z > (x && y) || ((acts[k].is_exact || is_same_mode) && z != (x && y))) {
                cl_autofree char *one = cl_effective_json(a);
                cl_autofree char *two = cl_effective_json(b);
                cl_autofree char *both = cl_effective_json(m);
                fail_msg("round %u: may %s %u: %d and %d, but merged %d\n%s\n%s\n%s", round,
                         acts[k].name, i, x, y, z, one, two, both);
            }
            if (is_in && x > y) {
                fail_msg("round %u: may %s %u, yet is said to be within", round,
                         acts[k].name, i);
            }
        }
    }
}

static void
a_merged_policy_allows_an_act_only_if_both_do(void **state)
{
    struct random r = {0x2545f4914f6cdd1d};
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct cloche_policy *p = random_policy(&r, 2, levels[round % 3]);
        struct cl_effective *a = effective_of(p, "p0");
        struct cl_effective *b = effective_of(p, "p1");
        struct cl_effective *m = merge(a, b);
        check_acts(a, b, m, round);
        check_acts(m, a, m, round);
        for (int i = 0; i < CL_LIMIT_COUNT; i++) {
            uint64_t least = a->limit[i] < b->limit[i] ? a->limit[i] : b->limit[i];
            assert_true(m->limit[i] == least);
        }
        cl_effective_free(a);
        cl_effective_free(b);
        cl_effective_free(m);
        cloche_policy_unref(p);
    }
}

/* The canonical JSON of a profile is a profile: read back, it has the same id. */
static void
canonical_json_reads_back_as_the_same_policy(void **state)
{
    struct random r = {0xd1342543de82ef95};
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct cloche_policy *p = random_policy(&r, 2, levels[round % 3]);
        struct cl_effective *a = effective_of(p, "p0");
        struct cl_effective *b = effective_of(p, "p1");
        struct cl_effective *m = round % 2 ? merge(a, b) : effective_of(p, "p1");
        cl_autofree char *json = cl_effective_json(m);
        json_t *value = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(value);
        /* These two are not a profile's own keys. */
        json_object_del(value, "min_assurance");
        json_object_del(json_object_get(value, "python"), "packages_path");
        int is_bare = m->python.packages == NULL && m->python.packages_path != NULL;
        int is_keyless = m->signature.required && m->signature.keys.count == 0;
        cl_autofree char *body = json_dumps(value, JSON_COMPACT);
        json_decref(value);
        cl_autofree char *text = NULL;
        assert_true(asprintf(&text, "version: 1\n%sprofiles: {\"p1\": %s}\n", package_sets,
                             body) > 0);
        /* A merge may need what no file can write: a path without its set, or a
         * signature that no key can make. */
        if (!is_bare && !is_keyless) {
            struct cl_effective *again = effective_from(text, "p1");
            want_same(again, m, round, "the same when read back");
            cl_effective_free(again);
        }
        cl_effective_free(a);
        cl_effective_free(b);
        cl_effective_free(m);
        cloche_policy_unref(p);
    }
}

static void
a_request_never_gets_more_than_its_profile(void **state)
{
    static const char *const values[] = {"1s", "15s", "1MiB", "39MiB",
                                         "10", "28",  "none", "50%"};
    struct random r = {0xbf58476d1ce4e5b9};
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct cloche_policy *p = random_policy(&r, 1, levels[round % 3]);
        struct cl_effective *whole = effective_of(p, "p0");
        int which = (int)random_below(&r, CL_LIMIT_COUNT);
        const struct cloche_limit limit = {
            cl_limit_rows[which].key,
            random_word(&r, values, (unsigned)CL_COUNT(values)),
        };
        struct cl_effective *e = NULL;
        struct cloche_error err = {0};
        if (cl_policy_effective(p, "p0", &limit, 1, &e, NULL, &err) == 0) {
            want_within(e, whole, round);
            cl_effective_free(e);
        } else {
            assert_true(err.code == CLOCHE_ELIMIT || err.code == CLOCHE_EINPUT);
        }
        cl_effective_free(whole);
        cloche_policy_unref(p);
    }
}

static void
merge_refuses_two_levels(void **state)
{
    struct cloche_policy *p = parse_good("version: 1\n");
    struct cl_effective *a = effective_of(p, "page");
    struct cl_effective *b = effective_of(p, "judge");
    struct cl_effective *m = NULL;
    struct cloche_error err = {0};
    char key[160];
    (void)state;
    assert_int_equal(cl_policy_merge(a, b, &m, &err), -1);
    assert_int_equal(err.code, CLOCHE_EINPUT);
    assert_string_equal(err.msg,
                        "profile 'page' is at level restricted, 'judge' at level isolated");
    assert_false(cl_effective_is_within(a, b, key));
    assert_string_equal(key, "level");
    cl_effective_free(a);
    cl_effective_free(b);
    cloche_policy_unref(p);
}

static void
a_merged_policy_is_named_after_both(void **state)
{
    struct cloche_policy *p = parse_good("version: 1\n");
    struct cl_effective *a = effective_of(p, "judge");
    struct cl_effective *b = effective_of(p, "agent");
    struct cl_effective *m = merge(a, b);
    (void)state;
    assert_string_equal(m->profile, "agent & judge");
    assert_int_equal(m->limit[CL_LIMIT_CPU], 2 * 1000000000ull);
    assert_int_equal(m->limit[CL_LIMIT_OUTPUT], 10 << 20);
    assert_int_equal(m->files.work, CL_WORK_NONE);
    cl_effective_free(m);
    cl_effective_free(a);
    cl_effective_free(b);
    cloche_policy_unref(p);
}

/* Of two profiles at level trusted or restricted, the merge in one key. */
static void
the_stricter_of_two_switches_holds(void **state)
{
    static const struct {
        const char *a, *b, *merged; /* a piece of the canonical JSON */
    } rows[] = {
        {"level: trusted, on_violation: {deny: false}", "level: trusted",
         "\"on_violation\":{\"deny\":true"},
        {"level: trusted, signature: {required: true, keys: [{key: " KEY_1 "}, {key: " KEY_2
         ", until: 2027-01-31}]}",
         "level: trusted, signature: {keys: [{key: " KEY_2 "}]}",
         "\"signature\":{\"keys\":[{\"key\":\"" KEY_2
         "\",\"until\":\"2027-01-31\"}],\"required\":true}"},
        {"level: trusted, signature: {keys: [{key: " KEY_1 ", until: 2027-01-31}]}",
         "level: trusted, signature: {keys: [{key: " KEY_1
         ", until: 2026-12-31T23:00:00Z}]}",
         "\"signature\":{\"keys\":[{\"key\":\"" KEY_1
         "\",\"until\":\"2026-12-31T23:00:00Z\"}],\"required\":false}"},
        {"level: trusted, signature: {keys: [{key: " KEY_1 "}]}",
         "level: trusted, signature: {keys: [{key: " KEY_3 "}]}",
         "\"signature\":{\"keys\":[],\"required\":false}"},
        {"level: trusted, signature: {keys: [{key: " KEY_1 "}]}", "level: trusted",
         "\"signature\":{\"keys\":[{\"key\":\"" KEY_1 "\"}],\"required\":false}"},
        {"level: trusted, network: {mode: audited, private_addresses: allow}",
         "level: trusted, network: {mode: audited}", "\"private_addresses\":\"deny\""},
        {"level: trusted, files: {work: workspace}",
         "level: trusted, files: {work: private}", "\"work\":\"private\""},
        {"level: trusted, storage: {scope: origin}",
         "level: trusted, storage: {scope: script}", "\"scope\":\"none\""},
        {"level: restricted, python: {dynamic_code: true, introspection: read}",
         "level: restricted", "\"dynamic_code\":false,\"introspection\":\"none\""},
        {"level: restricted, python: {modules: {audit: [a]}, syntax: {deny: [Await]}}",
         "level: restricted, python: {syntax: {deny: [Yield]}}",
         "\"audit\":[\"a\"],\"only\":{}},\"preload\":[],\"syntax\":{\"deny\":[\"Await\","
         "\"Yield\"]}"},
        {"level: trusted, limits: {wall: none}", "level: trusted, limits: {wall: 9s}",
         "\"wall\":\"9s\""},
        {"level: trusted, env: {set: {A: x, B: y}}",
         "level: trusted, env: {set: {A: x, B: z}}", "\"set\":{\"A\":\"x\"}"},
    };
    (void)state;
    for (size_t i = 0; i < 2 * CL_COUNT(rows); i++) {
        char text[600];
        const char *a = i % 2 ? rows[i / 2].a : rows[i / 2].b;
        const char *b = i % 2 ? rows[i / 2].b : rows[i / 2].a;
        (void)snprintf(text, sizeof text, "version: 1\nprofiles:\n  a: {%s}\n  b: {%s}\n",
                       a, b); /* rows are short */
        struct cloche_policy *p = parse_good(text);
        struct cl_effective *x = effective_of(p, "a");
        struct cl_effective *y = effective_of(p, "b");
        struct cl_effective *m = merge(x, y);
        cl_autofree char *json = cl_effective_json(m);
        if (strstr(json, rows[i / 2].merged) == NULL) {
            fail_msg("%s\n%s\nexpected %s in %s", a, b, rows[i / 2].merged, json);
        }
        cl_effective_free(x);
        cl_effective_free(y);
        cl_effective_free(m);
        cloche_policy_unref(p);
    }
}

static void
the_first_wider_key_is_named(void **state)
{
    static const struct {
        const char *a, *b, *key; /* "": a is within b */
    } rows[] = {
        {"limits: {wall: 5s}", "limits: {wall: 6s}", ""},
        {"limits: {wall: 6s}", "limits: {wall: 5s}", "limits.wall"},
        {"python: {builtins: {allow: [print]}}", "python: {builtins: {deny: [len]}}", ""},
        {"python: {builtins: {allow: [print]}}", "python: {builtins: {deny: [print]}}",
         "python.builtins.allow"},
        {"python: {builtins: {deny: [print]}}", "python: {builtins: {deny: [print, len]}}",
         "python.builtins.deny"},
        {"python: {builtins: {allow: [print], deny: [len]}}",
         "python: {builtins: {allow: [print]}}", ""},
        {"python: {modules: {only: {math: [x]}}}", "python: {modules: {allow: [math]}}",
         ""},
        {"python: {modules: {allow: [math]}}", "python: {modules: {only: {math: [x]}}}",
         "python.modules.allow"},
        {"python: {modules: {only: {math: [x, y]}}}",
         "python: {modules: {only: {math: [x]}}}", "python.modules.only"},
        {"files: {read: [/srv/a/b]}", "files: {read: [/srv/a]}", ""},
        {"files: {read: [/srv/ab]}", "files: {read: [/srv/a]}", "files.read"},
        {"host: {expose: {a: {call: true, calls: 3}}}", "host: {expose: {a: call}}", ""},
        {"host: {expose: {a: call}}", "host: {expose: {a: {call: true, calls: 3}}}",
         "host.expose"},
        {"host: {expose: {a: call}}", "host: {expose: {a: {call: true, approve: true}}}",
         "host.expose"},
        {"env: {set: {A: x}}", "env: {set: {A: y}}", "env.set"},
        {"rate_limit: {burst: 3}", "", ""},
        {"", "rate_limit: {burst: 3}", "rate_limit.burst"},
        {"storage: {scope: origin}", "storage: {scope: principal}", "storage.scope"},
        {"", "on_violation: {kill_after: 1}", "on_violation.kill_after"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        char text[600];
        char key[160] = "";
        (void)snprintf(text, sizeof text,
                       "version: 1\nprofiles:\n  a: {level: restricted, %s}\n"
                       "  b: {level: restricted, %s}\n",
                       rows[i].a, rows[i].b); /* rows are short */
        struct cloche_policy *p = parse_good(text);
        struct cl_effective *a = effective_of(p, "a");
        struct cl_effective *b = effective_of(p, "b");
        assert_int_equal(cl_effective_is_within(a, b, key), rows[i].key[0] == '\0');
        assert_string_equal(key, rows[i].key);
        cl_effective_free(a);
        cl_effective_free(b);
        cloche_policy_unref(p);
    }
}

/* Modes and private addresses: what each pair of rows comes to, and its order. */
static void
networks_meet_in_what_both_reach(void **state)
{
    static const struct {
        const char *a, *b;
        enum cl_network mode;
        size_t hosts;
    } rows[] = {
        {"{mode: list, allow: [a.x, b.x]}", "{mode: list, allow: [\"*.x\"]}",
         CL_NETWORK_LIST, 2},
        {"{mode: list, allow: [a.x]}", "{mode: audited, private_addresses: allow}",
         CL_NETWORK_LIST, 1},
        {"{mode: list, allow: [10.0.0.1]}", "{mode: audited}", CL_NETWORK_LIST, 0},
        {"{mode: list, allow: [10.0.0.1]}", "{mode: audited, allow: [10.0.0.1]}",
         CL_NETWORK_LIST, 1},
        {"{mode: same-origin}", "{mode: list, allow: [a.x]}", CL_NETWORK_NONE, 0},
        {"{mode: same-origin, allow: [localhost]}",
         "{mode: audited, private_addresses: allow}", CL_NETWORK_SAME_ORIGIN, 1},
        {"{mode: none}", "{mode: audited, private_addresses: allow}", CL_NETWORK_NONE, 0},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        char text[600];
        (void)snprintf(text, sizeof text,
                       "version: 1\nprofiles:\n  a: {level: trusted, network: %s}\n"
                       "  b: {level: trusted, network: %s}\n",
                       rows[i].a, rows[i].b); /* rows are short */
        struct cloche_policy *p = parse_good(text);
        struct cl_effective *a = effective_of(p, "a");
        struct cl_effective *b = effective_of(p, "b");
        struct cl_effective *m = merge(a, b);
        if (m->network.mode != rows[i].mode || m->network.allow.count != rows[i].hosts) {
            fail_msg("row %zu: mode %d with %zu hosts", i, (int)m->network.mode,
                     m->network.allow.count);
        }
        cl_effective_free(a);
        cl_effective_free(b);
        cl_effective_free(m);
        cloche_policy_unref(p);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge_is_a_meet),
        cmocka_unit_test(a_merged_policy_allows_an_act_only_if_both_do),
        cmocka_unit_test(canonical_json_reads_back_as_the_same_policy),
        cmocka_unit_test(a_request_never_gets_more_than_its_profile),
        cmocka_unit_test(merge_refuses_two_levels),
        cmocka_unit_test(a_merged_policy_is_named_after_both),
        cmocka_unit_test(the_stricter_of_two_switches_holds),
        cmocka_unit_test(the_first_wider_key_is_named),
        cmocka_unit_test(networks_meet_in_what_both_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

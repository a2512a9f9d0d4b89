/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy/names.h"
#include "policy/keys.h"
#include "policy/support.h"

static void
what_cannot_be_extended_is_refused(void **state)
{
    static const struct refused rows[] = {
        {PROFILE("    extends: claasroom\n"), 4, 14, "profiles.p.extends",
         "no profile 'claasroom'; did you mean 'classroom'?"},
        {PROFILE("    extends: xyz\n"), 4, 14, "profiles.p.extends",
         "no profile 'xyz'; expected one of admin, agent, classroom, isolated, judge, p, "
         "page, "
         "provider"},
        {PROFILE("    extends: p\n"), 4, 14, "profiles.p.extends", "a cycle: p -> p"},
        {"version: 1\nprofiles:\n  a: {extends: b}\n  b: {extends: a}\n", 4, 16,
         "profiles.b.extends", "a cycle: a -> b -> a"},
        {"version: 1\nprofiles:\n  z: {extends: a}\n  a: {extends: b}\n  b: {extends: c}\n"
         "  c: {extends: a}\n",
         6, 16, "profiles.c.extends", "a cycle: a -> b -> c -> a"},
        {"version: 1\nprofiles:\n  page: {extends: x}\n  x: {extends: page}\n", 4, 16,
         "profiles.x.extends", "a cycle: page -> x -> page"},
        {PROFILE("    extends: [a]\n"), 4, 14, "profiles.p.extends", "is a list"},
        {"version: 1\nprofiles: {page: {}}\n", 2, 12, "profiles",
         "'page' is a built-in profile; expected 'extends: page' in it, or another name"},
    };
    (void)state;
    check_refused(rows, CL_COUNT(rows));
}

static void
a_chain_longer_than_sixteen_is_refused(void **state)
{
    char text[2000] = "version: 1\nprofiles:\n  p0: {}\n";
    struct cloche_policy *p = NULL;
    struct cloche_error err = {0};
    (void)state;
    for (int i = 1; i < 16; i++) {
        size_t len = strlen(text);
        (void)snprintf(text + len, sizeof text - len, "  p%d: {extends: p%d}\n", i,
                       i - 1); /* fits */
    }
    cloche_policy_unref(parse_good(text));
    strcat(text, "  p16: {extends: p15}\n");
    assert_int_equal(cloche_policy_parse(text, strlen(text), "f", &p, NULL, &err), -1);
    assert_non_null(strstr(err.msg, "more than 16 profiles extend one another"));
}

static void
a_list_that_grows_past_two_thousand_is_refused(void **state)
{
    enum { BYTES = 100000, STEP = 700 };
    static const char *const parents[] = {"isolated", "p0", "p1"};
    char *text = test_malloc(BYTES);
    struct cloche_policy *p = NULL;
    struct cloche_error err = {0};
    size_t len =
        (size_t)snprintf(text, BYTES, "version: 1\nprofiles:\n"); /* fits, as all */
    (void)state;
    for (int i = 0; i < 3; i++) {
        len += (size_t)snprintf(text + len, BYTES - len,
                                "  p%d: {extends: %s, env: {pass: [", i, parents[i]);
        for (int j = 0; j < STEP; j++) {
            len += (size_t)snprintf(text + len, BYTES - len, "V%d, ", i * STEP + j);
        }
        len += (size_t)snprintf(text + len, BYTES - len, "]}}\n");
    }
    assert_int_equal(cloche_policy_parse(text, len, "f", &p, NULL, &err), -1);
    assert_non_null(
        strstr(err.msg, "profiles.p2.env.pass: more than 2000 items with those"));
    test_free(text);
}

static void
what_is_inherited_must_have_a_sense_too(void **state)
{
    static const struct refused rows[] = {
        {PROFILE("    extends: admin\n    level: isolated\n"), 3, 3,
         "profiles.p.network.mode", "'audited' refuses no connection; level isolated does"},
        {"version: 1\nprofiles:\n  t: {level: trusted, limits: {wall: none}}\n"
         "  p: {extends: t, level: isolated}\n",
         4, 3, "profiles.p.limits.wall",
         "the inherited 'none' is not possible at level isolated"},
        {"version: 1\nprofiles:\n  t: {level: trusted, files: {read: [/]}}\n"
         "  p: {extends: t, level: restricted}\n",
         4, 3, "profiles.p.files.read", "'/' is the run's own place at level restricted"},
        {"version: 1\nprofiles:\n  t: {signature: {keys: [{key: " KEY_1 "}]}}\n"
         "  p: {extends: t, signature: {required: true}}\n"
         "  q: {signature: {required: true}}\n",
         5, 19, "profiles.q.signature.required", "no key is named"},
    };
    (void)state;
    check_refused(rows, CL_COUNT(rows));
}

/* One text, one question about the profile p in it. */
static void
a_profile_that_says_nothing_computes_and_prints(void **state)
{
    static const char *const rows[] = {PROFILE(""), PROFILE("    {}\n"),
                                       PROFILE("    level: isolated\n")};
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_effective *e = effective_from(rows[i], "p");
        assert_int_equal(e->level, CL_LEVEL_ISOLATED);
        assert_int_equal(e->min_assurance, CL_ASSURANCE_NAMESPACE);
        assert_int_equal(e->files.work, CL_WORK_NONE);
        assert_int_equal(e->files.read.count + e->files.write.count, 0);
        assert_false(e->files.read.is_all || e->files.write.is_all);
        assert_int_equal(e->network.mode, CL_NETWORK_NONE);
        assert_int_equal(e->storage.scope, CL_STORAGE_NONE);
        assert_int_equal(e->n_expose, 0);
        assert_int_equal(e->env_pass.count + e->env_set.count, 0);
        assert_int_equal(e->limit[CL_LIMIT_PROCESSES], 0);
        assert_true(e->on_violation.deny);
        for (int limit = 0; limit < CL_LIMIT_COUNT; limit++) {
            const struct cl_limit_row *row = &cl_limit_rows[limit];
            int is_sure = (row->levels >> e->level & 1) != 0 &&
                          (row->none_levels >> e->level & 1) == 0;
            if (is_sure && e->limit[limit] == CL_LIMIT_NONE) {
                fail_msg("no limit of '%s'", row->key);
            }
        }
        cl_effective_free(e);
    }
}

static void
a_restricted_profile_that_says_nothing_imports_nothing(void **state)
{
    struct cl_effective *e = effective_from(PROFILE("    level: restricted\n"), "p");
    (void)state;
    assert_false(e->python.modules_allow.is_all);
    assert_int_equal(e->python.modules_allow.count + e->python.n_only, 0);
    assert_true(e->python.builtins_allow.is_all);
    assert_int_equal(e->python.introspection, CL_INTROSPECTION_NONE);
    assert_false(e->python.dynamic_code);
    cl_effective_free(e);
}

static const char family[] =
    "version: 1\n"
    "profiles:\n"
    "  parent:\n"
    "    level: restricted\n"
    "    python:\n"
    "      preload: [json]\n"
    "      modules: {allow: [json, math], only: {operator: [add]}, audit: [a]}\n"
    "      builtins: {allow: [print, len], deny: [len]}\n"
    "      syntax: {deny: [Await]}\n"
    "    limits: {wall: 5s, memory: 100MiB, loop_iterations: 10}\n"
    "    files: {work: private, read: [/srv/a, /srv/b/c]}\n"
    "    network: {mode: list, allow: [a.example, \"b.example:443\"]}\n"
    "    env: {pass: [LANG, TZ], set: {A: x, B: y}}\n"
    "    host: {expose: {tags.read: read, tags.write: {call: true, calls: 3}}}\n"
    "    rate_limit: {per_minute: 5}\n"
    "  child:\n"
    "    extends: parent\n"
    "    python:\n"
    "      preload: [math]\n"
    "      modules: {allow: [re, operator], only: {math: [sqrt], operator: [mul]}}\n"
    "      builtins: {allow: [len, abs], deny: [abs]}\n"
    "      syntax: {deny: [Yield]}\n"
    "    limits: {wall: 60s, loop_iterations: none}\n"
    "    files: {read: [/srv/b]}\n"
    "    network: {allow: [\"*.example\"]}\n"
    "    env: {set: {B: z, C: w}}\n"
    "    host: {expose: {tags.write: write}}\n"
    "  other:\n"
    "    extends: child\n"
    "    level: isolated\n"
    "  off:\n"
    "    extends: child\n"
    "    network: {mode: none}\n";

static void
check_list(const struct cl_names *n, const char *const *want, size_t count)
{
    assert_int_equal(n->count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(n->item[i], want[i]);
    }
}

#define LIST(names, ...)                                                                   \
    check_list((names), (const char *const[]){__VA_ARGS__},                                \
               CL_COUNT(((const char *const[]){__VA_ARGS__})))

static void
a_child_replaces_numbers_and_joins_lists(void **state)
{
    struct cl_effective *e = effective_from(family, "child");
    (void)state;
    assert_int_equal(e->limit[CL_LIMIT_WALL], 60 * 1000000000ull);
    assert_int_equal(e->limit[CL_LIMIT_MEMORY], 100 << 20);
    assert_int_equal(e->limit[CL_LIMIT_LOOP_ITERATIONS], CL_LIMIT_NONE);
    LIST(&e->python.preload, "json", "math");
    LIST(&e->python.syntax_deny, "Await", "Yield");
    LIST(&e->python.modules_audit, "a");
    LIST(&e->files.read, "/srv/a", "/srv/b");
    LIST(&e->network.allow, "*.example");
    LIST(&e->env_pass, "LANG", "TZ");
    assert_int_equal(e->env_set.count, 3);
    assert_string_equal(cl_pairs_get(&e->env_set, "B"), "z");
    assert_int_equal(e->rate.per_minute, 5);
    assert_int_equal(e->files.work, CL_WORK_PRIVATE);
    cl_effective_free(e);
}

static void
what_is_denied_stays_denied_and_a_part_limits_the_whole(void **state)
{
    struct cl_effective *e = effective_from(family, "child");
    (void)state;
    LIST(&e->python.builtins_allow, "print");
    LIST(&e->python.builtins_deny, "abs", "len");
    LIST(&e->python.modules_allow, "json", "re");
    assert_int_equal(e->python.n_only, 2);
    assert_string_equal(e->python.only[0].module, "math");
    LIST(&e->python.only[0].functions, "sqrt");
    assert_string_equal(e->python.only[1].module, "operator");
    LIST(&e->python.only[1].functions, "add", "mul");
    cl_effective_free(e);
}

static void
an_exposed_name_is_replaced_whole(void **state)
{
    struct cl_effective *e = effective_from(family, "child");
    (void)state;
    assert_int_equal(e->n_expose, 2);
    assert_true(e->expose[0].can_read);
    assert_true(e->expose[1].can_write);
    assert_false(e->expose[1].can_call);
    assert_int_equal(e->expose[1].calls, CL_LIMIT_NONE);
    cl_effective_free(e);
}

static void
a_child_at_another_level_drops_what_has_no_sense_there(void **state)
{
    struct cl_effective *e = effective_from(family, "other");
    (void)state;
    assert_int_equal(e->level, CL_LEVEL_ISOLATED);
    assert_true(e->python.modules_allow.is_all);
    assert_true(e->python.builtins_allow.is_all);
    assert_int_equal(e->python.builtins_deny.count + e->python.n_only, 0);
    assert_int_equal(e->python.syntax_deny.count, 0);
    assert_int_equal(e->python.introspection, CL_INTROSPECTION_READ);
    assert_true(e->python.dynamic_code);
    assert_int_equal(e->limit[CL_LIMIT_LOOP_ITERATIONS], CL_LIMIT_NONE);
    LIST(&e->files.read, "/srv/a", "/srv/b");
    cl_effective_free(e);
}

static void
a_child_can_switch_the_network_off(void **state)
{
    struct cl_effective *e = effective_from(family, "off");
    (void)state;
    assert_int_equal(e->network.mode, CL_NETWORK_NONE);
    assert_int_equal(e->network.allow.count, 0);
    cl_effective_free(e);
}

static void
a_file_may_change_a_built_in_profile_by_extending_it(void **state)
{
    static const char text[] = "version: 1\n"
                               "default: judge\n"
                               "profiles:\n"
                               "  judge: {extends: judge, limits: {wall: 3s}}\n"
                               "  page: {extends: page, limits: {wall: 4s, source: 1KiB}}\n"
                               "  mine: {extends: page}\n";
    struct cloche_policy *p = parse_good(text);
    struct cl_effective *e = effective_of(p, NULL);
    (void)state;
    assert_int_equal(e->limit[CL_LIMIT_WALL], 3 * 1000000000ull);
    assert_int_equal(e->limit[CL_LIMIT_CPU], 2 * 1000000000ull);
    cl_effective_free(e);
    e = effective_of(p, "mine");
    assert_int_equal(e->limit[CL_LIMIT_WALL], 4 * 1000000000ull);
    cl_effective_free(e);
    /* classroom is the library's, and so is the page that it extends. */
    struct cl_effective *before = effective_from("version: 1\n", "classroom");
    e = effective_of(p, "classroom");
    assert_string_equal(e->id, before->id);
    cl_effective_free(before);
    cl_effective_free(e);
    cloche_policy_unref(p);
}

static void
the_file_s_assurance_holds_for_every_profile(void **state)
{
    struct cl_effective *e =
        effective_from("version: 1\nmin_assurance: process\n", "judge");
    (void)state;
    assert_int_equal(e->min_assurance, CL_ASSURANCE_PROCESS);
    cl_effective_free(e);
}

static void
denial_comes_back_below_level_trusted(void **state)
{
    static const char text[] = "version: 1\n"
                               "profiles:\n"
                               "  t: {level: trusted, on_violation: {deny: false}}\n"
                               "  p: {extends: t, level: isolated}\n";
    struct cloche_policy *p = parse_good(text);
    struct cl_effective *t = effective_of(p, "t");
    struct cl_effective *e = effective_of(p, "p");
    (void)state;
    assert_false(t->on_violation.deny);
    assert_true(e->on_violation.deny);
    cl_effective_free(t);
    cl_effective_free(e);
    cloche_policy_unref(p);
}

static void
names_come_in_alphabetical_order_and_once(void **state)
{
    static const char *const want[] = {
        "a", "admin", "agent", "classroom", "isolated", "judge", "page", "provider", "zoo"};
    struct cloche_policy *p =
        parse_good("version: 1\nprofiles: {zoo: {}, page: {extends: page}, a: {}}\n");
    (void)state;
    for (size_t i = 0; i < CL_COUNT(want); i++) {
        assert_string_equal(cloche_policy_profile(p, i), want[i]);
    }
    assert_null(cloche_policy_profile(p, CL_COUNT(want)));
    cloche_policy_unref(p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_extended_is_refused),
        cmocka_unit_test(a_chain_longer_than_sixteen_is_refused),
        cmocka_unit_test(a_list_that_grows_past_two_thousand_is_refused),
        cmocka_unit_test(what_is_inherited_must_have_a_sense_too),
        cmocka_unit_test(a_profile_that_says_nothing_computes_and_prints),
        cmocka_unit_test(a_restricted_profile_that_says_nothing_imports_nothing),
        cmocka_unit_test(a_child_replaces_numbers_and_joins_lists),
        cmocka_unit_test(what_is_denied_stays_denied_and_a_part_limits_the_whole),
        cmocka_unit_test(an_exposed_name_is_replaced_whole),
        cmocka_unit_test(a_child_at_another_level_drops_what_has_no_sense_there),
        cmocka_unit_test(a_child_can_switch_the_network_off),
        cmocka_unit_test(a_file_may_change_a_built_in_profile_by_extending_it),
        cmocka_unit_test(the_file_s_assurance_holds_for_every_profile),
        cmocka_unit_test(denial_comes_back_below_level_trusted),
        cmocka_unit_test(names_come_in_alphabetical_order_and_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

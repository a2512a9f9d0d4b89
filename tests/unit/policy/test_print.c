/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <jansson.h>

#include "base/buf.h"
#include "policy/keys.h"
#include "policy/support.h"

static const char text[] =
    "version: 1\n"
    "profiles:\n"
    "  a:\n"
    "    level: restricted\n"
    "    python: {modules: {allow: [json, math]}}\n"
    "    limits: {wall: 5s, memory: 100MiB}\n"
    "    env: {set: {A: x}}\n"
    "  b:\n"
    "    level: restricted\n"
    "    python: {modules: {allow: [math, re]}, dynamic_code: true}\n"
    "    limits: {wall: 10s, memory: 64MiB, loop_iterations: 10}\n"
    "    env: {set: {A: y}}\n"
    "  c: {level: isolated, limits: {wall: 5s, memory: 100MiB}}\n";

static char *
diff(const char *x, const char *y, enum cloche_explain format)
{
    struct cloche_policy *p = parse_good(text);
    char *out = NULL;
    struct cloche_error err = {0};
    if (cloche_policy_diff(p, x, p, y, format, &out, &err) < 0) {
        fail_msg("%s", err.msg);
    }
    cloche_policy_unref(p);
    return out;
}

static void
each_difference_is_a_line_that_says_which_way(void **state)
{
    cl_autofree char *ab = diff("a", "b", CLOCHE_EXPLAIN_TEXT);
    cl_autofree char *ba = diff("b", "a", CLOCHE_EXPLAIN_TEXT);
    (void)state;
    assert_string_equal(ab, "env.set: {\"A\":\"x\"} -> {\"A\":\"y\"}  (different)\n"
                            "limits.loop_iterations: none -> 10  (narrower)\n"
                            "limits.memory: 100MiB -> 64MiB  (narrower)\n"
                            "limits.wall: 5s -> 10s  (wider)\n"
                            "python.dynamic_code: false -> true  (wider)\n"
                            "python.modules.allow: -json +re  (different)\n");
    assert_string_equal(ba, "env.set: {\"A\":\"y\"} -> {\"A\":\"x\"}  (different)\n"
                            "limits.loop_iterations: 10 -> none  (wider)\n"
                            "limits.memory: 64MiB -> 100MiB  (wider)\n"
                            "limits.wall: 10s -> 5s  (narrower)\n"
                            "python.dynamic_code: true -> false  (narrower)\n"
                            "python.modules.allow: +json -re  (different)\n");
}

static void
what_one_level_does_not_know_is_a_dash(void **state)
{
    cl_autofree char *ac = diff("a", "c", CLOCHE_EXPLAIN_TEXT);
    (void)state;
    assert_string_equal(ac, "env.set: {\"A\":\"x\"} -> {}  (narrower)\n"
                            "level: restricted -> isolated  (different)\n"
                            "python.dynamic_code: false -> -  (wider)\n"
                            "python.introspection: none -> -  (wider)\n"
                            "python.modules.allow: [\"json\",\"math\"] -> -  (wider)\n");
}

static void
the_same_profile_has_no_differences(void **state)
{
    cl_autofree char *lines = diff("a", "a", CLOCHE_EXPLAIN_TEXT);
    cl_autofree char *rows = diff("a", "a", CLOCHE_EXPLAIN_JSON);
    (void)state;
    assert_string_equal(lines, "");
    assert_string_equal(rows, "[]");
}

static void
rows_have_key_both_values_and_change(void **state)
{
    cl_autofree char *rows = diff("a", "b", CLOCHE_EXPLAIN_JSON);
    json_t *list = json_loads(rows, JSON_REJECT_DUPLICATES, NULL);
    (void)state;
    assert_non_null(list);
    assert_int_equal(json_array_size(list), 6);
    json_t *row = json_array_get(list, 3);
    assert_int_equal(json_object_size(row), 4);
    assert_string_equal(json_string_value(json_object_get(row, "key")), "limits.wall");
    assert_string_equal(json_string_value(json_object_get(row, "a")), "5s");
    assert_string_equal(json_string_value(json_object_get(row, "b")), "10s");
    assert_string_equal(json_string_value(json_object_get(row, "change")), "wider");
    row = json_array_get(list, 5);
    assert_int_equal(json_array_size(json_object_get(row, "a")), 2);
    json_decref(list);
    cl_autofree char *ac = diff("a", "c", CLOCHE_EXPLAIN_JSON);
    list = json_loads(ac, 0, NULL);
    assert_true(json_is_null(json_object_get(json_array_get(list, 4), "b")));
    json_decref(list);
}

static void
an_unknown_profile_is_an_error(void **state)
{
    struct cloche_policy *p = parse_good(text);
    char *out = NULL;
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(
        cloche_policy_diff(p, "a", p, "jugde", CLOCHE_EXPLAIN_TEXT, &out, &err), -1);
    assert_string_equal(err.msg, "no profile 'jugde'; did you mean 'judge'?");
    assert_null(out);
    cloche_policy_unref(p);
}

static void
want_lines(const char *all, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(all, lines[i]) == NULL) {
            fail_msg("expected '%s' in\n%s", lines[i], all);
        }
    }
}

static void
a_policy_is_told_in_sentences(void **state)
{
    static const char rich[] =
        "version: 1\n"
        "profiles:\n"
        "  p:\n"
        "    level: restricted\n"
        "    python: {packages: env, modules: {allow: [json, math, re], only: {string: "
        "[digits]}},\n"
        "             builtins: {deny: [input]}, syntax: {deny: [Await, Yield]}}\n"
        "    limits: {loop_iterations: 10, heap: 1MiB, cpu_share: 50%}\n"
        "    files: {work: workspace, read: [/srv/a]}\n"
        "    storage: {scope: origin}\n"
        "    network: {mode: list, allow: [a.example], bytes: 1MiB, bandwidth: 1MiB/s,\n"
        "              requests: 5}\n"
        "    host: {expose: {tags: {call: true, calls: 20, approve: true}}}\n"
        "    env: {pass: [LANG], set: {A: b}}\n"
        "    signature: {required: true, keys: [{key: " KEY_1 "}, {key: " KEY_2
        ", until: 2027-01-31T12:00:00Z}]}\n"
        "    rate_limit: {per_minute: 60, burst: 10}\n"
        "    on_violation: {kill_after: 20}\n"
        "rate_limits: {global: {concurrent: 64}}\n"
        "alerts: [{when: runs > 1 per 5m, notify: log}]\n"
        "package_sets: {env: {allow: [numpy], lock: e.lock}}\n";
    static const char *const lines[] = {
        "Profile 'p' runs code at level restricted: a safe subset of Python",
        "A host that cannot give assurance 'namespace' refuses the run.\n",
        "Time: it ends after 10s, or 10s of processor time, at 50% of one processor; a "
        "session "
        "ends after 20m without work.\n",
        "Memory: 256MiB for the whole process tree, 1MiB for Python's objects.\n",
        "Processes: 0 beyond the first, no threads, 64 open files.\n",
        "Loops: 10 rounds",
        "Files: /work is the caller's workspace; 64MiB in all",
        "It may read /srv/a.\n",
        "Storage: a store for each origin, of 5MiB.\n",
        "Network: the hosts of its list and no other.\nHosts: a.example.\n",
        "may not be reached unless they are named.\n",
        "It may transfer 1MiB.\n",
        "Its bandwidth is 1MiB a second.\n",
        "It may make 5 requests.\n",
        "Modules: json, math and re.\nOf module string only: digits.\n",
        "Built-ins: all that are safe.\nBuilt-ins denied: input.\nSyntax denied: Await and "
        "Yield.\n",
        "Reflection: none.  eval, exec and compile: none.\n",
        "Packages: the set 'env', which is not built yet.\n",
        "Host object tags: call (at most 20 times), after approval each time.\n",
        "Host calls: 1000 in all.\n",
        "Environment passed on: LANG.\nEnvironment: A=b.\n",
        "Only code signed by one of these keys runs: " ID_1 " and " ID_2
        " (until 2027-01-31T12:00:00Z).\n",
        "Rate for each user: 60 runs a minute, 10 runs in a burst.\n",
        "Violations: an act outside the policy is refused; after 20 the run is ended.\n",
        "Policy id: sha256:",
        "Profile used when none is named: 'isolated'.\n",
        "Rate for all users together: 64 runs at the same time.\n",
        "Record: code by hash, variables' names, no output, each made durable in groups; "
        "kept "
        "90d.\n",
        "Alert: runs > 1 per 5m goes to log.\n",
        "Package set 'env': numpy; locked by e.lock.\n",
    };
    struct cloche_policy *p = parse_good(rich);
    struct cl_effective *e = effective_of(p, "p");
    cl_autobuf struct cl_buf out = CL_BUF_INIT(1 << 20);
    (void)state;
    assert_int_equal(cl_effective_describe(e, &out), 0);
    assert_int_equal(cl_settings_describe(cl_policy_settings(p), &out), 0);
    cl_autofree char *all = cl_buf_take_str(&out);
    want_lines(all, lines, CL_COUNT(lines));
    cl_effective_free(e);
    cloche_policy_unref(p);
}

static void
every_built_in_profile_can_be_told(void **state)
{
    struct cloche_policy *p = parse_good("version: 1\n");
    (void)state;
    for (size_t i = 0; cloche_policy_profile(p, i) != NULL; i++) {
        struct cl_effective *e = effective_of(p, cloche_policy_profile(p, i));
        cl_autobuf struct cl_buf out = CL_BUF_INIT(1 << 20);
        assert_int_equal(cl_effective_describe(e, &out), 0);
        struct cl_buf small = CL_BUF_INIT(10);
        assert_int_equal(cl_effective_describe(e, &small), -1);
        cl_buf_fini(&small);
        cl_effective_free(e);
    }
    cloche_policy_unref(p);
}

/* What a file says beside its profiles, as JSON, reads back as the same. */
static void
settings_as_json_read_back_as_the_same(void **state)
{
    static const char settings[] =
        "version: 1\n"
        "default: judge\n"
        "min_assurance: process\n"
        "rate_limits: {principal: {per_hour: 5}, global: {burst: 2}}\n"
        "audit: {sync: each, retention: none, output: full}\n"
        "alerts: [{when: \"runs  >  1 per 5m\", notify: log}]\n"
        "package_sets: {b: {allow: [a, \"c>=1\"]}, a: {path: /opt/a, lock: l}}\n";
    char *first = NULL;
    (void)state;
    for (int round = 0; round < 2; round++) {
        struct cloche_policy *p = NULL;
        cl_autofree char *source = NULL;
        if (round == 0) {
            source = strdup(settings);
        } else {
            assert_true(asprintf(&source, "{\"version\":1,%s", first + 1) > 0);
        }
        p = parse_good(source);
        cl_autobuf struct cl_buf out = CL_BUF_INIT(1 << 20);
        assert_int_equal(cl_settings_json(cl_policy_settings(p), &out), 0);
        char *json = cl_buf_take_str(&out);
        json_t *value = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(value);
        cl_autofree char *sorted = json_dumps(value, JSON_SORT_KEYS | JSON_COMPACT);
        assert_string_equal(sorted, json);
        json_decref(value);
        if (round == 1) {
            assert_string_equal(json, first);
            free(first);
        }
        first = json;
        cloche_policy_unref(p);
    }
    free(first);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_difference_is_a_line_that_says_which_way),
        cmocka_unit_test(what_one_level_does_not_know_is_a_dash),
        cmocka_unit_test(the_same_profile_has_no_differences),
        cmocka_unit_test(rows_have_key_both_values_and_change),
        cmocka_unit_test(an_unknown_profile_is_an_error),
        cmocka_unit_test(a_policy_is_told_in_sentences),
        cmocka_unit_test(every_built_in_profile_can_be_told),
        cmocka_unit_test(settings_as_json_read_back_as_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

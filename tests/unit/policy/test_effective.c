/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>

#include <jansson.h>

#include "policy/field.h"
#include "policy/limit.h"
#include "policy/support.h"

static void
a_request_may_only_tighten(void **state)
{
    static const struct {
        const char *profile, *key, *value;
        enum cloche_code code;
        const char *message;
    } rows[] = {
        {"judge", "wall", "5s", CLOCHE_OK, ""},
        {"judge", "wall", "10s", CLOCHE_OK, ""},
        {"judge", "wall", "10000ms", CLOCHE_OK, ""},
        {"judge", "processes", "0", CLOCHE_OK, ""},
        {"judge", "cpu_share", "50%", CLOCHE_OK, ""},
        {"judge", "heap", "none", CLOCHE_OK, ""},
        {"page", "loop_iterations", "10", CLOCHE_OK, ""},
        {"judge", "wall", "60s", CLOCHE_ELIMIT,
         "limits.wall: 60s asked, profile 'judge' allows 10s"},
        {"judge", "memory", "1GiB", CLOCHE_ELIMIT,
         "limits.memory: 1GiB asked, profile 'judge' allows 256MiB"},
        {"judge", "processes", "1", CLOCHE_ELIMIT,
         "limits.processes: 1 asked, profile 'judge' allows 0"},
        {"judge", "cpu", "none", CLOCHE_ELIMIT,
         "limits.cpu: none asked, profile 'judge' allows 2s"},
        {"judge", "wal", "1s", CLOCHE_EINPUT,
         "limits.wal: no such limit; did you mean 'wall'?"},
        {"judge", "xyz", "1s", CLOCHE_EINPUT,
         "limits.xyz: no such limit; expected a key such as wall or memory"},
        {"judge", "limits.wall", "1s", CLOCHE_EINPUT, "no such limit"},
        {"judge", "", "1s", CLOCHE_EINPUT, "no such limit"},
        {"judge", NULL, "1s", CLOCHE_EINPUT, "no such limit"},
        {"judge", "wall", NULL, CLOCHE_EINPUT, "limits.wall: '' is not a time"},
        {"judge", "wall", "-5s", CLOCHE_EINPUT,
         "limits.wall: '-5s' is negative; expected a time"},
        {"judge", "wall", "0", CLOCHE_EINPUT,
         "limits.wall: '0' means nothing; the least is 1ms"},
        {"judge", "wall", "5", CLOCHE_EINPUT, "limits.wall: '5' has no unit"},
        {"judge", "wall", "none", CLOCHE_ELIMIT, "none asked, profile 'judge' allows 10s"},
        {"judge", "source", "none", CLOCHE_EINPUT, "cannot be 'none'"},
        {"judge", "loop_iterations", "5", CLOCHE_EINPUT,
         "has no sense at level isolated, which is that of profile 'judge'"},
    };
    struct cloche_policy *p = parse_good("version: 1\n");
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        const struct cloche_limit limit = {rows[i].key, rows[i].value};
        struct cl_effective *e = NULL;
        struct cloche_where w = {0};
        struct cloche_error err = {0};
        int rc = cl_policy_effective(p, rows[i].profile, &limit, 1, &e, &w, &err);
        if ((rc == 0) != (rows[i].code == CLOCHE_OK) || err.code != rows[i].code ||
            strstr(err.msg, rows[i].message) == NULL) {
            fail_msg("%s=%s: expected %s '%s', got %s '%s'", rows[i].key, rows[i].value,
                     cloche_code_name(rows[i].code), rows[i].message,
                     cloche_code_name(err.code), err.msg);
        }
        if (rc < 0) {
            char key[80];
            (void)snprintf(key, sizeof key, "limits%s%s",
                           rows[i].key && rows[i].key[0] ? "." : "",
                           rows[i].key ? rows[i].key : ""); /* fits */
            if (rows[i].key != NULL && rows[i].key[0] != '\0') {
                assert_string_equal(w.key, key);
            }
            assert_int_equal(w.line, 0);
            assert_string_equal(w.file, "");
        }
        cl_effective_free(e);
    }
    cloche_policy_unref(p);
}

static void
a_request_s_number_is_what_the_run_gets(void **state)
{
    const struct cloche_limit limits[] = {
        {"wall", "1500ms"}, {"memory", "64MiB"}, {"wall", "1s"}};
    struct cloche_policy *p = parse_good("version: 1\n");
    struct cl_effective *whole = effective_of(p, "judge");
    struct cl_effective *e = NULL;
    (void)state;
    assert_int_equal(cl_policy_effective(p, "judge", limits, 3, &e, NULL, NULL), 0);
    assert_int_equal(e->limit[CL_LIMIT_WALL], 1000000000ull);
    assert_int_equal(e->limit[CL_LIMIT_MEMORY], 64 << 20);
    assert_int_equal(e->limit[CL_LIMIT_CPU], 2000000000ull);
    assert_string_not_equal(e->id, whole->id);
    assert_true(cl_effective_is_within(e, whole, NULL));
    assert_false(cl_effective_is_within(whole, e, NULL));
    cl_effective_free(e);
    cl_effective_free(whole);
    cloche_policy_unref(p);
}

static void
an_unknown_profile_is_refused_with_the_nearest(void **state)
{
    struct cloche_policy *p = parse_good("version: 1\n");
    struct cl_effective *e = NULL;
    struct cloche_where w = {0};
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(cl_policy_effective(p, "jugde", NULL, 0, &e, &w, &err), -1);
    assert_int_equal(err.code, CLOCHE_EINPUT);
    assert_string_equal(err.msg, "no profile 'jugde'; did you mean 'judge'?");
    assert_string_equal(w.key, "profile");
    assert_string_equal(w.expected, "judge");
    assert_int_equal(cl_policy_effective(p, "", NULL, 0, &e, &w, &err), -1);
    assert_string_equal(err.msg, "no profile ''; expected one of admin, agent, classroom, "
                                 "isolated, judge, page, provider");
    cloche_policy_unref(p);
}

static void
the_default_profile_is_isolated(void **state)
{
    struct cloche_policy *p = NULL;
    (void)state;
    assert_int_equal(cloche_policy_load(NULL, &p, NULL, NULL), 0);
    assert_string_equal(cloche_policy_default(p), "isolated");
    struct cl_effective *e = effective_of(p, NULL);
    assert_string_equal(e->profile, "isolated");
    cl_effective_free(e);
    cloche_policy_unref(p);
}

static void
a_reference_keeps_a_policy_alive(void **state)
{
    struct cloche_policy *p = parse_good("version: 1\n");
    (void)state;
    assert_ptr_equal(cloche_policy_ref(p), p);
    cloche_policy_unref(p);
    assert_string_equal(cloche_policy_default(p), "isolated");
    cloche_policy_unref(p);
    cloche_policy_unref(NULL);
    cl_effective_free(NULL);
}

static void
the_id_depends_on_the_rules_and_not_on_the_words(void **state)
{
    static const char *const same[] = {
        PROFILE("    limits: {wall: 5s}\n    env: {pass: [A, B]}\n"),
        PROFILE("    env: {pass: [B, A, B]}\n    limits: {wall: 5000ms}\n"),
        PROFILE(
            "    {level: isolated, \"limits\": {wall: \"5s\"}, env: {pass: [\"A\", B]}}\n"),
        PROFILE("    extends: q\n    env: {pass: [A, B]}\n  q: {limits: {wall: 5s}}\n"),
    };
    struct cl_effective *first = effective_from(same[0], "p");
    (void)state;
    assert_int_equal(strlen(first->id), 71);
    assert_memory_equal(first->id, "sha256:", 7);
    for (size_t i = 1; i < CL_COUNT(same); i++) {
        struct cl_effective *e = effective_from(same[i], "p");
        assert_string_equal(e->id, first->id);
        cl_effective_free(e);
    }
    static const char *const others[] = {
        PROFILE("    limits: {wall: 6s}\n    env: {pass: [A, B]}\n"),
        PROFILE("    limits: {wall: 5s}\n    env: {pass: [A]}\n"),
        "min_assurance: process\n" PROFILE(
            "    limits: {wall: 5s}\n    env: {pass: [A, B]}\n"),
    };
    for (size_t i = 0; i < CL_COUNT(others); i++) {
        struct cl_effective *e = effective_from(others[i], "p");
        assert_string_not_equal(e->id, first->id);
        cl_effective_free(e);
    }
    cl_effective_free(first);
}

/* The ids are written into records: a change of the canonical form must be meant. */
static void
the_id_of_a_built_in_profile_is_over_its_canonical_json(void **state)
{
    struct cl_effective *e = effective_from("version: 1\n", "isolated");
    cl_autofree char *json = cl_effective_json(e);
    (void)state;
    assert_string_equal(
        json,
        "{\"env\":{\"pass\":[],\"set\":{}},\"files\":{\"read\":[],\"work\":\"private\"},"
        "\"host\":{\"expose\":{}},\"level\":\"isolated\",\"limits\":{\"cpu\":\"10s\","
        "\"cpu_share\":\"none\",\"disk\":\"64MiB\",\"file_size\":\"16MiB\",\"heap\":"
        "\"none\","
        "\"host_calls\":1000,\"idle\":\"20m\",\"inodes\":1000,\"memory\":\"256MiB\","
        "\"open_files\":64,\"output\":\"1MiB\",\"processes\":0,\"recursion\":1000,"
        "\"result\":\"8MiB\",\"source\":\"256KiB\",\"threads\":32,\"wall\":\"10s\"},"
        "\"min_assurance\":\"namespace\",\"network\":{\"allow\":[],\"bandwidth\":\"none\","
        "\"bytes\":\"none\",\"mode\":\"none\",\"private_addresses\":\"deny\","
        "\"requests\":\"none\"},\"on_violation\":{\"deny\":true,\"kill_after\":\"none\"},"
        "\"python\":{\"modules\":{\"audit\":[]},\"preload\":[]},\"rate_limit\":{"
        "\"burst\":\"none\",\"concurrent\":\"none\",\"per_hour\":\"none\","
        "\"per_minute\":\"none\"},\"signature\":{\"required\":false},\"storage\":{"
        "\"quota\":\"5MiB\",\"scope\":\"none\"}}");
    assert_string_equal(
        e->id, "sha256:06ca95d5a17e20119d2a7cc46ebb0fde29d53e174279d1f8275669cde8ad22a5");
    cl_effective_free(e);
}

static void
canonical_json_is_sorted_compact_and_valid(void **state)
{
    struct cloche_policy *p = parse_good("version: 1\nprofiles:\n  p:\n    env: {set: {A: "
                                         "\"q\\\"b\\\\s\\n\\u00e9\\U0001F40D\"}}\n");
    (void)state;
    for (size_t i = 0; cloche_policy_profile(p, i) != NULL; i++) {
        struct cl_effective *e = effective_of(p, cloche_policy_profile(p, i));
        cl_autofree char *json = cl_effective_json(e);
        json_error_t why;
        json_t *value = json_loads(json, JSON_REJECT_DUPLICATES, &why);
        if (value == NULL) {
            fail_msg("%s: %s", why.text, json);
        }
        cl_autofree char *again = json_dumps(value, JSON_SORT_KEYS | JSON_COMPACT);
        assert_string_equal(again, json);
        json_decref(value);
        cl_effective_free(e);
    }
    cloche_policy_unref(p);
}

static void
the_table_of_fields_is_sorted_and_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < CL_FIELD_COUNT; i++) {
        const struct cl_field *f = &cl_fields[i];
        assert_non_null(f->key);
        assert_true(i == 0 || strcmp(cl_fields[i - 1].key, f->key) < 0);
        assert_true(cl_field_levels(f) != 0);
        assert_true(f->kind != CL_FIELD_NUMBER || f->number != NULL);
        assert_true(f->kind != CL_FIELD_ENUM || f->names != NULL);
        assert_ptr_equal(cl_field_get(f->key), f);
    }
    for (int i = 0; i < CL_LIMIT_COUNT; i++) {
        char key[64];
        (void)snprintf(key, sizeof key, "limits.%s", cl_limit_rows[i].key); /* fits */
        assert_non_null(cl_field_get(key));
        assert_int_equal(cl_limit_by_key(cl_limit_rows[i].key), i);
    }
    assert_null(cl_field_get("limits"));
    assert_int_equal(cl_limit_by_key("nothing"), -1);
    assert_int_equal(cl_limit_by_key(NULL), -1);
}

static void
a_limit_is_shown_as_it_is_read(void **state)
{
    (void)state;
    for (int i = 0; i < CL_LIMIT_COUNT; i++) {
        const struct cl_limit_row *row = &cl_limit_rows[i];
        const uint64_t values[] = {row->min ? row->min : 1, row->min + 7, row->max};
        for (size_t j = 0; j < CL_COUNT(values); j++) {
            char text[CL_LIMIT_TEXT];
            uint64_t v = 0;
            struct cloche_error err = {0};
            cl_limit_format((enum cl_limit)i, values[j], text);
            if (cl_limit_read(row, text, &v, &err) < 0 || v != values[j]) {
                fail_msg("limits.%s: %s: %s", row->key, text, err.msg);
            }
        }
        char text[CL_LIMIT_TEXT];
        assert_string_equal(cl_limit_format((enum cl_limit)i, CL_LIMIT_NONE, text), "none");
    }
    assert_string_equal(cl_level_name(CL_LEVEL_TRUSTED), "trusted");
    assert_string_equal(cl_level_name((enum cl_level)9), "unknown");
    assert_string_equal(cl_assurance_name(CL_ASSURANCE_VM), "vm");
    assert_string_equal(cl_assurance_name((enum cl_assurance)9), "unknown");
}

static void *
ask_for_every_profile(void *arg)
{
    const struct cloche_policy *p = arg;
    const char *name = NULL;
    for (size_t i = 0; (name = cloche_policy_profile(p, i)) != NULL; i++) {
        struct cl_effective *e = NULL;
        if (cl_policy_effective(p, name, NULL, 0, &e, NULL, NULL) < 0) {
            return arg;
        }
        cl_effective_free(e);
    }
    return NULL;
}

static void
many_threads_may_ask_one_policy_at_once(void **state)
{
    enum { THREADS = 8, ROUNDS = 20 };
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct cloche_policy *p = NULL;
        pthread_t thread[THREADS];
        assert_int_equal(cloche_policy_load(NULL, &p, NULL, NULL), 0);
        for (int i = 0; i < THREADS; i++) {
            assert_int_equal(pthread_create(&thread[i], NULL, ask_for_every_profile, p), 0);
        }
        for (int i = 0; i < THREADS; i++) {
            void *failed = NULL;
            assert_int_equal(pthread_join(thread[i], &failed), 0);
            assert_null(failed);
        }
        cloche_policy_unref(p);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_may_only_tighten),
        cmocka_unit_test(a_request_s_number_is_what_the_run_gets),
        cmocka_unit_test(an_unknown_profile_is_refused_with_the_nearest),
        cmocka_unit_test(the_default_profile_is_isolated),
        cmocka_unit_test(a_reference_keeps_a_policy_alive),
        cmocka_unit_test(the_id_depends_on_the_rules_and_not_on_the_words),
        cmocka_unit_test(the_id_of_a_built_in_profile_is_over_its_canonical_json),
        cmocka_unit_test(canonical_json_is_sorted_compact_and_valid),
        cmocka_unit_test(the_table_of_fields_is_sorted_and_whole),
        cmocka_unit_test(a_limit_is_shown_as_it_is_read),
        cmocka_unit_test(many_threads_may_ask_one_policy_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

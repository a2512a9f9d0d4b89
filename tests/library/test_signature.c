/* SPDX-License-Identifier: Apache-2.0 */
/* Signed code through the library: what runs, what does not, and that nothing is
 * started for what does not. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../unit/sign/vectors.h"
#include "support.h"

#define PROFILE(name, signature)                                                           \
    "  " name ": {extends: isolated, signature: {" signature "}}\n"

static const char policy_text[] = "version: 1\nprofiles:\n"                              //
    PROFILE("must", "required: true, keys: [{key: " PUBLIC_TEXT "}]")                    //
    PROFILE("may", "keys: [{key: " PUBLIC_TEXT "}]")                                     //
    PROFILE("other", "required: true, keys: [{key: " SEALED_PUBLIC "}]")                 //
    PROFILE("over", "required: true, keys: [{key: " PUBLIC_TEXT ", until: 2020-01-01}]") //
    PROFILE("both",
            "required: true, keys: [{key: " SEALED_PUBLIC "}, {key: " PUBLIC_TEXT "}]");

static struct cloche_engine *engine;

static int
set_up(void **state)
{
    struct cloche_policy *policy = NULL;
    struct cloche_error err = {0};
    (void)state;
    watchdog(200);
    CHECK_OK(cloche_policy_parse(policy_text, sizeof policy_text - 1, "policy", &policy,
                                 NULL, &err),
             err);
    CHECK_OK(cloche_engine_new(NULL, policy, &engine, &err), err);
    cloche_policy_unref(policy);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    cloche_engine_free(engine);
    return 0;
}

static struct cloche_request
request_in(const char *profile, const char *signature)
{
    return (struct cloche_request){
        .size = sizeof(struct cloche_request),
        .profile = profile,
        .code = MESSAGE,
        .code_len = strlen(MESSAGE),
        .signature = signature,
        .signature_len = signature != NULL ? strlen(signature) : 0,
    };
}

/* It comes first: the engine has started no interpreter then. */
static void
what_is_refused_starts_nothing_and_says_why(void **state)
{
    static const struct {
        const char *profile, *signature, *code, *rule, *reason;
    } rows[] = {
        {"must", NULL, MESSAGE, "signature.required", "the code has no signature"},
        {"must", HASHED_FILE, "print(2)\n", "", "does not match the code"},
        {"must", LEGACY_FILE, "print(2)\n", "", "does not match the code"},
        {"must", UNTRUSTED_LINE HASHED_LINE "trusted comment: hallo\n" HASHED_GLOBAL,
         MESSAGE, "", "trusted comment was changed"},
        {"other", HASHED_FILE, MESSAGE, "signature.keys",
         "signed by key " PUBLIC_ID ", which profile 'other' does not trust"},
        {"over", HASHED_FILE, MESSAGE, "signature.keys.until", "ended at 2020-01-01"},
        {"may", HASHED_FILE, "print(2)\n", "", "does not match the code"},
        {"isolated", HASHED_FILE, MESSAGE, "signature.keys", "does not trust"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_in(rows[i].profile, rows[i].signature);
        struct cloche_error err = {0};
        struct cloche_run *run = NULL;
        q.code = rows[i].code;
        CHECK_OK(cloche_run_start(engine, &q, &run, NULL, &err), err);
        struct pollfd p = {.fd = cloche_run_fd(run), .events = POLLIN};
        CHECK_INT(poll(&p, 1, 0), 1);
        const struct cloche_result *result = wait_for(run);
        CHECK_INT(cloche_result_outcome(result), CLOCHE_OUTCOME_DENIED);
        CHECK_INT(cloche_result_exit_status(result), -1);
        CHECK_INT(cloche_result_cli_status(result), 3);
        CHECK_HAS(cloche_result_reason(result), rows[i].reason);
        const struct cloche_denial *denial = cloche_result_denial(result, 0);
        CHECK(denial != NULL && cloche_result_denial(result, 1) == NULL);
        CHECK(strcmp(denial->layer, "policy") == 0 &&
              strcmp(denial->rule, rows[i].rule) == 0);
        CHECK(strcmp(denial->hint, cloche_result_hint(result)) == 0);
        CHECK((denial->hint[0] == '\0') == (denial->rule[0] == '\0'));
        CHECK(cloche_result_signature_key(result)[0] == '\0');
        CHECK(cloche_result_signature_comment(result)[0] == '\0');
        cloche_run_cancel(run); /* too late, and no harm */
        cloche_run_free(run);
        CHECK_INT(cloche_engine_pids(engine, NULL, 0), 1); /* the launcher */
    }
}

static void
what_a_trusted_key_signed_runs(void **state)
{
    static const struct {
        const char *profile, *signature, *comment;
    } rows[] = {
        {"must", HASHED_FILE, "hello"},
        {"must", LEGACY_FILE, "timestamp:1795242250\tfile:x.py"},
        {"may", HASHED_FILE, "hello"},
        {"both", HASHED_FILE, "hello"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_in(rows[i].profile, rows[i].signature);
        struct cloche_run *run = start(engine, &q);
        const struct cloche_result *result = wait_for(run);
        CHECK_INT(cloche_result_outcome(result), CLOCHE_OUTCOME_OK);
        CHECK(output_is(result, CLOCHE_STDOUT, "1\n"));
        CHECK(strcmp(cloche_result_signature_key(result), PUBLIC_ID) == 0);
        CHECK(strcmp(cloche_result_signature_comment(result), rows[i].comment) == 0);
        CHECK(cloche_result_signature_problem(result)[0] == '\0');
        cloche_run_free(run);
    }
}

static void
one_that_was_only_found_stops_nothing_where_none_is_required(void **state)
{
    static const struct {
        const char *profile, *signature, *code, *problem;
    } rows[] = {
        {"may", HASHED_FILE, MESSAGE, ""},
        {"may", HASHED_FILE, "print(2)\n", "does not match the code"},
        {"may", "hello\n", MESSAGE, "no signature of minisign: line 1"},
        {"may", "", MESSAGE, "no signature of minisign: line 1"},
        {"isolated", HASHED_FILE, MESSAGE, ""},
        {"isolated", "hello\n", MESSAGE, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_in(rows[i].profile, rows[i].signature);
        q.code = rows[i].code;
        q.flags = CLOCHE_RUN_SIGNATURE_FOUND;
        struct cloche_run *run = start(engine, &q);
        const struct cloche_result *result = wait_for(run);
        const char *problem = cloche_result_signature_problem(result);
        CHECK_INT(cloche_result_outcome(result), CLOCHE_OUTCOME_OK);
        CHECK_HAS(problem, rows[i].problem);
        CHECK((problem[0] == '\0') == (rows[i].problem[0] == '\0'));
        CHECK((cloche_result_signature_key(result)[0] != '\0') == (i == 0));
        cloche_run_free(run);
    }
    /* Where one is required, it makes no difference how it came. */
    struct cloche_request q = request_in("must", HASHED_FILE);
    q.code = "print(2)\n";
    q.flags = CLOCHE_RUN_SIGNATURE_FOUND;
    struct cloche_run *run = start(engine, &q);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_DENIED);
    cloche_run_free(run);
}

static void
what_is_no_signature_is_an_error(void **state)
{
    static const char *const rows[] = {"",
                                       "hello\n",
                                       PUBLIC_FILE,
                                       SECRET_FILE,
                                       UNTRUSTED_LINE HASHED_LINE,
                                       HASHED_FILE "more\n"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_in("must", rows[i]);
        struct cloche_error err = {0};
        struct cloche_run *run = NULL;
        struct cloche_where where = {0};
        CHECK_INT(cloche_run_start(engine, &q, &run, &where, &err), -1);
        CHECK_INT(err.code, CLOCHE_EINPUT);
        CHECK_HAS(err.msg, "signature: no signature of minisign: ");
        CHECK_HAS(where.key, "signature");
        CHECK(run == NULL);
    }
}

static void
a_request_from_before_there_were_signatures_has_none(void **state)
{
    (void)state;
    struct cloche_request q = request_in("may", HASHED_FILE);
    q.size = offsetof(struct cloche_request, signature);
    struct cloche_run *run = start(engine, &q);
    CHECK(cloche_result_signature_key(wait_for(run))[0] == '\0');
    cloche_run_free(run);
    q.profile = "must";
    run = start(engine, &q);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_DENIED);
    cloche_run_free(run);
}

static void
the_json_of_a_result_has_both(void **state)
{
    static const struct {
        const char *profile, *part;
    } rows[] = {
        {"may",
         "\"signature\":{\"key_id\":\"" PUBLIC_ID "\",\"trusted_comment\":\"hello\"}"},
        {"over", "\"signature\":null,\"signature_problem\":null"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_in(rows[i].profile, HASHED_FILE);
        struct cloche_error err = {0};
        struct cloche_run *run = start(engine, &q);
        char *json = NULL;
        CHECK_OK(cloche_result_json(wait_for(run), &json, &err), err);
        CHECK_HAS(json, rows[i].part);
        free(json);
        cloche_run_free(run);
    }
}

static void
a_refused_run_needs_a_right_request_too(void **state)
{
    static const struct cloche_limit too_much = {"wall", "300d"};
    (void)state;
    struct cloche_request q = request_in("must", NULL);
    struct cloche_error err = {0};
    struct cloche_run *run = NULL;
    q.limits = &too_much;
    q.n_limits = 1;
    CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), -1);
    CHECK_INT(err.code, CLOCHE_ELIMIT);
    q = request_in("nobody", HASHED_FILE);
    CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), -1);
    CHECK_INT(err.code, CLOCHE_EINPUT);
    CHECK_HAS(err.msg, "no profile 'nobody'");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_refused_starts_nothing_and_says_why),
        cmocka_unit_test(what_is_no_signature_is_an_error),
        cmocka_unit_test(what_a_trusted_key_signed_runs),
        cmocka_unit_test(one_that_was_only_found_stops_nothing_where_none_is_required),
        cmocka_unit_test(a_request_from_before_there_were_signatures_has_none),
        cmocka_unit_test(the_json_of_a_result_has_both),
        cmocka_unit_test(a_refused_run_needs_a_right_request_too),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

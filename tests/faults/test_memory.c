/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Nth allocation of a run fails, for each N: in the library, in the C
 * library for it, in the libraries that it uses.  malloc and its kin are
 * defined here, and the shared objects use these.  Blocks that live are counted:
 * an engine that is gone has left none.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../unit/sign/vectors.h"
#include "support.h"

/* The C library's own, under the names that it exports for this. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static atomic_long countdown; /* 0: let all pass */
static atomic_long live;
static atomic_int has_failed;

static int
fails(void)
{
    if (atomic_load(&countdown) > 0 && atomic_fetch_sub(&countdown, 1) == 1) {
        atomic_store(&has_failed, 1);
        errno = ENOMEM;
        return 1;
    }
    return 0;
}

__attribute__((visibility("default"))) void *
malloc(size_t size)
{
    void *block = fails() ? NULL : __libc_malloc(size);
    atomic_fetch_add(&live, block != NULL);
    return block;
}

__attribute__((visibility("default"))) void *
calloc(size_t count, size_t size)
{
    void *block = fails() ? NULL : __libc_calloc(count, size);
    atomic_fetch_add(&live, block != NULL);
    return block;
}

__attribute__((visibility("default"))) void *
realloc(void *block, size_t size)
{
    void *moved = fails() ? NULL : __libc_realloc(block, size);
    atomic_fetch_add(&live, block == NULL && moved != NULL);
    return moved;
}

__attribute__((visibility("default"))) void
free(void *block)
{
    atomic_fetch_sub(&live, block != NULL);
    __libc_free(block);
}

static struct cloche_policy *policy;

/* A run that makes use of all that a request can have.  0, or -1 where a call
 * said so. */
static int
run_everything(struct cloche_engine *engine, struct cloche_error *err)
{
    static const char *const argv[] = {"a", "b", NULL};
    static const struct cloche_limit limit = {"wall", "9s"};
    static const struct cloche_input_file file = {"in.txt", "text", 4};
    struct cloche_request q =
        request_for("import sys\nprint(sys.stdin.read(), sys.argv)\n"
                    "print('e', file=sys.stderr)\nopen('out.txt', 'w').write('x' * 1000)\n"
                    "try: open('/nowhere')\nexcept OSError: pass\n"
                    "try: import socket; socket.socket()\nexcept OSError: pass\n"
                    "['a value', 1]\n");
    struct cloche_run *run = NULL;
    const struct cloche_result *r = NULL;
    char *json = NULL;
    q.argv = argv;
    q.limits = &limit;
    q.n_limits = 1;
    q.files = &file;
    q.n_files = 1;
    q.stdin_data = "input";
    q.stdin_len = 5;
    if (cloche_run_start(engine, &q, &run, NULL, err) < 0) {
        CHECK(run == NULL);
        return -1;
    }
    CHECK_OK(cloche_run_wait(run, -1, &r, err), *err);
    enum cloche_outcome outcome = cloche_result_outcome(r);
    if (outcome != CLOCHE_OUTCOME_OK && outcome != CLOCHE_OUTCOME_INFRA_ERROR) {
        check_failed(cloche_outcome_name(outcome), 0, cloche_result_reason(r));
    }
    int rc = cloche_result_json(r, &json, err);
    CHECK(rc < 0 || json != NULL);
    free(json);
    cloche_run_free(run);
    return rc;
}

static void
check_error(const struct cloche_error *err, long n)
{
    if (err->code == CLOCHE_OK || err->msg[0] == '\0') {
        check_int("allocation", 0, "a failure without an error", n, 0);
    }
}

static void
arm(long n)
{
    atomic_store(&has_failed, 0);
    atomic_store(&countdown, n);
}

static int
disarm(void)
{
    atomic_store(&countdown, 0);
    return atomic_load(&has_failed);
}

/* With an interpreter and cells that are there already. */
static void
any_allocation_of_a_run_may_fail(void **state)
{
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    long n = 1;
    (void)state;
    CHECK_OK(cloche_engine_new(NULL, policy, &engine, &err), err);
    CHECK_OK(run_everything(engine, &err), err);
    for (; n <= 2000; n++) {
        err = (struct cloche_error){0};
        arm(n);
        int rc = run_everything(engine, &err);
        if (!disarm()) {
            break;
        }
        if (rc < 0) {
            check_error(&err, n);
        }
        expect_works(engine);
    }
    print_message("%ld allocations failed\n", n - 1);
    CHECK(n > 50 && n < 2000);
    cloche_engine_free(engine);
}

/* From nothing: launcher, filters, interpreter, cell, run, end. */
static void
any_allocation_of_an_engine_may_fail(void **state)
{
    long n = 1;
    long before = 0;
    (void)state;
    for (; n <= 20000; n += n < 300 ? 1 : 97) {
        struct cloche_engine *engine = NULL;
        struct cloche_error err = {0};
        before = atomic_load(&live);
        arm(n);
        int rc = cloche_engine_new(NULL, policy, &engine, &err);
        if (rc == 0) {
            rc = run_everything(engine, &err);
        }
        int failed = disarm();
        if (rc < 0) {
            CHECK(failed);
            check_error(&err, n);
        }
        if (engine != NULL) {
            expect_works(engine);
        }
        cloche_engine_free(engine);
        if (n > 2) { /* what is made once is made */
            CHECK_INT(atomic_load(&live), before);
        }
        if (!failed) {
            break;
        }
    }
    print_message("of %ld allocations\n", n);
    CHECK(n > 50 && n < 20000);
    CHECK_INT(count_descendants(), 0);
}

/* One run of a profile that wants it signed; code is NULL for what was signed. */
static int
run_signed(struct cloche_engine *engine, const char *code, struct cloche_error *err)
{
    static const char signature[] = HASHED_FILE;
    struct cloche_request q = request_for(code != NULL ? code : MESSAGE);
    struct cloche_run *run = NULL;
    const struct cloche_result *r = NULL;
    char *json = NULL;
    q.profile = "signed";
    q.signature = signature;
    q.signature_len = sizeof signature - 1;
    if (cloche_run_start(engine, &q, &run, NULL, err) < 0) {
        CHECK(run == NULL);
        return -1;
    }
    CHECK_OK(cloche_run_wait(run, -1, &r, err), *err);
    enum cloche_outcome outcome = cloche_result_outcome(r);
    CHECK(outcome == (code != NULL ? CLOCHE_OUTCOME_DENIED : CLOCHE_OUTCOME_OK) ||
          outcome == CLOCHE_OUTCOME_INFRA_ERROR);
    int rc = cloche_result_json(r, &json, err);
    CHECK(rc < 0 || json != NULL);
    free(json);
    cloche_run_free(run);
    return rc;
}

/* What is refused stays refused, and what is signed is not. */
static void
any_allocation_may_fail_while_a_signature_is_looked_at(void **state)
{
    static const char text[] =
        "version: 1\nprofiles:\n  signed: {extends: isolated, "
        "signature: {required: true, keys: [{key: " PUBLIC_TEXT "}]}}\n";
    static const char *const codes[] = {NULL, "print('not what was signed')\n"};
    struct cloche_policy *signed_policy = NULL;
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    (void)state;
    CHECK_OK(cloche_policy_parse(text, sizeof text - 1, NULL, &signed_policy, NULL, &err),
             err);
    CHECK_OK(cloche_engine_new(NULL, signed_policy, &engine, &err), err);
    cloche_policy_unref(signed_policy);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        long n = 1;
        CHECK_OK(run_signed(engine, codes[i], &err), err);
        for (; n <= 2000; n++) {
            err = (struct cloche_error){0};
            arm(n);
            int rc = run_signed(engine, codes[i], &err);
            if (!disarm()) {
                break;
            }
            if (rc < 0) {
                check_error(&err, n);
            }
        }
        print_message("%ld allocations failed\n", n - 1);
        CHECK(n > 20 && n < 2000);
    }
    cloche_engine_free(engine);
}

static int
set_up(void **state)
{
    (void)state;
    watchdog(280);
    CHECK(cloche_policy_load(NULL, &policy, NULL, NULL) == 0);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    cloche_policy_unref(policy);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_allocation_of_a_run_may_fail),
        cmocka_unit_test(any_allocation_may_fail_while_a_signature_is_looked_at),
        cmocka_unit_test(any_allocation_of_an_engine_may_fail),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

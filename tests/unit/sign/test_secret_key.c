/* SPDX-License-Identifier: Apache-2.0 */
/* Secret keys: minisign's own are opened, and ours come back whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "sign/secret_key.h"
#include "sign/vectors.h"

/* Sealing in milliseconds: the form is the same. */
static const struct cl_secret_key_cost cheap = {1 << 15, 1 << 20};

static void
read_good(const char *text, struct cl_sealed_key *out)
{
    struct cloche_error err = {0};
    if (cl_secret_key_read(text, strlen(text), out, &err) < 0) {
        fail_msg("%s", err.msg);
    }
}

static void
a_key_of_minisign_without_a_passphrase_is_opened(void **state)
{
    struct cl_sealed_key sealed;
    struct cl_secret_key key;
    struct cl_public_key public;
    char text[CL_PUBLIC_KEY_TEXT];
    (void)state;
    read_good(SECRET_FILE, &sealed);
    assert_false(sealed.is_encrypted);
    assert_int_equal(cl_secret_key_open(&sealed, NULL, 0, &key, NULL), 0);
    cl_secret_key_public(&key, &public);
    assert_string_equal(cl_public_key_encode(&public, text), PUBLIC_TEXT);
}

static void
a_key_of_minisign_is_opened_by_its_passphrase_only(void **state)
{
    struct cl_sealed_key sealed;
    struct cl_secret_key key;
    struct cl_public_key public;
    struct cloche_error err = {0};
    char text[CL_PUBLIC_KEY_TEXT];
    (void)state;
    read_good(SEALED_FILE, &sealed);
    assert_true(sealed.is_encrypted);
    assert_int_equal(sealed.cost.memory_bytes, cl_secret_key_usual_cost.memory_bytes);
    assert_int_equal(sealed.cost.operations, cl_secret_key_usual_cost.operations);
    if (cl_secret_key_open(&sealed, "pw", 2, &key, &err) < 0) {
        fail_msg("%s", err.msg);
    }
    cl_secret_key_public(&key, &public);
    assert_string_equal(cl_public_key_encode(&public, text), SEALED_PUBLIC);
    assert_int_equal(cl_secret_key_open(&sealed, "pW", 2, &key, &err), -1);
    assert_int_equal(err.code, CLOCHE_EINPUT);
    assert_string_equal(err.msg, "wrong passphrase");
}

static void
a_new_key_comes_back_from_its_file(void **state)
{
    static const char *const passphrases[] = {NULL, "x", "correct horse \xc3\xa9"};
    (void)state;
    for (size_t i = 0; i < CL_COUNT(passphrases); i++) {
        const char *pass = passphrases[i];
        size_t len = pass != NULL ? strlen(pass) : 0;
        struct cl_secret_key key;
        struct cl_secret_key same;
        struct cl_sealed_key sealed;
        struct cl_sealed_key read;
        cl_autobuf struct cl_buf file = CL_BUF_INIT(CL_SECRET_KEY_FILE_MAX);
        assert_int_equal(cl_secret_key_new(&key, NULL), 0);
        assert_int_equal(cl_secret_key_seal(&key, pass, len, &cheap, &sealed, NULL), 0);
        cl_secret_key_write(&sealed, &file);
        assert_false(file.has_failed);
        assert_int_equal(cl_secret_key_read((const char *)file.data, file.len, &read, NULL),
                         0);
        assert_int_equal(read.is_encrypted, pass != NULL);
        assert_memory_equal(read.body, sealed.body, sizeof read.body);
        assert_memory_equal(read.salt, sealed.salt, sizeof read.salt);
        assert_int_equal(cl_secret_key_open(&read, pass, len, &same, NULL), 0);
        assert_memory_equal(&same, &key, sizeof same);
        if (pass != NULL) {
            assert_int_equal(cl_secret_key_open(&read, "", 0, &same, NULL), -1);
            assert_int_equal(cl_secret_key_open(&read, pass, len - 1, &same, NULL), -1);
        }
    }
}

static void
two_new_keys_differ(void **state)
{
    struct cl_secret_key a;
    struct cl_secret_key b;
    (void)state;
    assert_int_equal(cl_secret_key_new(&a, NULL), 0);
    assert_int_equal(cl_secret_key_new(&b, NULL), 0);
    assert_memory_not_equal(a.id, b.id, sizeof a.id);
    assert_memory_not_equal(a.key, b.key, sizeof a.key);
    cl_secret_key_wipe(&a);
    static const struct cl_secret_key nothing;
    assert_memory_equal(&a, &nothing, sizeof a);
}

static void
a_passphrase_is_neither_empty_nor_endless(void **state)
{
    static char endless[CL_SECRET_KEY_PASSPHRASE + 1];
    struct cl_secret_key key;
    struct cl_sealed_key sealed;
    struct cloche_error err = {0};
    (void)state;
    memset(endless, 'x', sizeof endless);
    assert_int_equal(cl_secret_key_new(&key, NULL), 0);
    assert_int_equal(cl_secret_key_seal(&key, "", 0, &cheap, &sealed, &err), -1);
    assert_int_equal(err.code, CLOCHE_EINPUT);
    assert_int_equal(
        cl_secret_key_seal(&key, endless, sizeof endless, &cheap, &sealed, &err), -1);
    assert_int_equal(
        cl_secret_key_seal(&key, endless, sizeof endless - 1, &cheap, &sealed, &err), 0);
}

static void
a_damaged_key_is_refused(void **state)
{
    struct cl_sealed_key sealed;
    struct cl_secret_key key;
    struct cloche_error err = {0};
    (void)state;
    for (size_t i = 0; i < sizeof sealed.body; i++) {
        if (i < CL_KEY_ID_BYTES) {
            continue; /* with a checksum of zeros nothing vouches for the id */
        }
        read_good(SECRET_FILE, &sealed);
        sealed.body[i] ^= 1;
        if (cl_secret_key_open(&sealed, NULL, 0, &key, &err) == 0) {
            fail_msg("byte %zu of the key is changed", i);
        }
        assert_string_equal(err.msg, "the secret key is damaged");
    }
    /* Our own have a checksum, and so it is found in the id too. */
    assert_int_equal(cl_secret_key_new(&key, NULL), 0);
    assert_int_equal(cl_secret_key_seal(&key, NULL, 0, &cheap, &sealed, NULL), 0);
    sealed.body[0] ^= 1;
    assert_int_equal(cl_secret_key_open(&sealed, NULL, 0, &key, &err), -1);
}

static void
what_is_no_secret_key_is_refused(void **state)
{
    static const char head[] = "untrusted comment: x\n";
    struct cl_sealed_key sealed;
    (void)state;
    for (size_t len = 0; len < strlen(SECRET_FILE) - 1; len++) {
        assert_int_equal(cl_secret_key_read(SECRET_FILE, len, &sealed, NULL), -1);
    }
    /* Each byte of the head in turn; X is no letter of it. */
    for (size_t i = 0; i < 8; i++) {
        char text[sizeof SECRET_FILE];
        memcpy(text, SECRET_FILE, sizeof text);
        char *line = strchr(text, '\n') + 1;
        line[i] = line[i] == 'X' ? 'Y' : 'X';
        if (cl_secret_key_read(text, strlen(text), &sealed, NULL) == 0) {
            fail_msg("accepted with %c at %zu", line[i], i);
        }
    }
    assert_int_equal(cl_secret_key_read(PUBLIC_FILE, strlen(PUBLIC_FILE), &sealed, NULL),
                     -1);
    assert_int_equal(cl_secret_key_read(head, strlen(head), &sealed, NULL), -1);
}

static void
a_file_that_asks_for_too_much_memory_is_refused(void **state)
{
    static const struct cl_secret_key_cost rows[] = {
        {UINT64_MAX, 1 << 20}, {1 << 15, UINT64_MAX}, {1 << 15, (1ull << 31) + 1}};
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_sealed_key sealed = {.is_encrypted = 1, .cost = rows[i]};
        struct cloche_error err = {0};
        cl_autobuf struct cl_buf file = CL_BUF_INIT(CL_SECRET_KEY_FILE_MAX);
        cl_secret_key_write(&sealed, &file);
        assert_int_equal(
            cl_secret_key_read((const char *)file.data, file.len, &sealed, &err), -1);
        assert_non_null(strstr(err.msg, "more work or memory"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_of_minisign_without_a_passphrase_is_opened),
        cmocka_unit_test(a_key_of_minisign_is_opened_by_its_passphrase_only),
        cmocka_unit_test(a_new_key_comes_back_from_its_file),
        cmocka_unit_test(two_new_keys_differ),
        cmocka_unit_test(a_passphrase_is_neither_empty_nor_endless),
        cmocka_unit_test(a_damaged_key_is_refused),
        cmocka_unit_test(what_is_no_secret_key_is_refused),
        cmocka_unit_test(a_file_that_asks_for_too_much_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

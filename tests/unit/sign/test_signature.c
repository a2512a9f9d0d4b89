/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures: minisign's are verified, ours are, and no change is overlooked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "sign/signature.h"
#include "sign/vectors.h"

static struct cl_public_key
public_key(void)
{
    struct cl_public_key key;
    assert_int_equal(cl_public_key_decode(PUBLIC_TEXT, strlen(PUBLIC_TEXT), &key, NULL), 0);
    return key;
}

static void
both_kinds_of_minisign_are_verified(void **state)
{
    static const struct {
        const char *file, *comment;
        int is_prehashed;
    } rows[] = {{HASHED_FILE, "hello", 1},
                {LEGACY_FILE, "timestamp:1795242250\tfile:x.py", 0}};
    struct cl_public_key key = public_key();
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_signature s;
        assert_int_equal(cl_signature_read(rows[i].file, strlen(rows[i].file), &s, NULL),
                         0);
        assert_int_equal(s.is_prehashed, rows[i].is_prehashed);
        assert_string_equal(s.comment, rows[i].comment);
        assert_int_equal(cl_signature_verify(&s, &key, MESSAGE, strlen(MESSAGE)),
                         CL_SIGNATURE_GOOD);
    }
}

static void
a_changed_message_does_not_match(void **state)
{
    static const char *const files[] = {HASHED_FILE, LEGACY_FILE};
    struct cl_public_key key = public_key();
    (void)state;
    for (size_t i = 0; i < CL_COUNT(files); i++) {
        struct cl_signature s;
        char message[] = MESSAGE;
        assert_int_equal(cl_signature_read(files[i], strlen(files[i]), &s, NULL), 0);
        for (size_t bit = 0; bit < 8 * strlen(MESSAGE); bit++) {
            message[bit / 8] = (char)(message[bit / 8] ^ 1 << bit % 8);
            assert_int_equal(cl_signature_verify(&s, &key, message, strlen(MESSAGE)),
                             CL_SIGNATURE_CHANGED);
            message[bit / 8] = (char)(message[bit / 8] ^ 1 << bit % 8);
        }
        assert_int_equal(cl_signature_verify(&s, &key, message, strlen(MESSAGE) - 1),
                         CL_SIGNATURE_CHANGED);
        assert_int_equal(cl_signature_verify(&s, &key, message, strlen(MESSAGE) + 1),
                         CL_SIGNATURE_CHANGED);
        assert_int_equal(cl_signature_verify(&s, &key, NULL, 0), CL_SIGNATURE_CHANGED);
    }
}

static void
every_changed_bit_of_a_signature_is_found(void **state)
{
    struct cl_public_key key = public_key();
    struct cl_signature good;
    (void)state;
    assert_int_equal(cl_signature_read(HASHED_FILE, strlen(HASHED_FILE), &good, NULL), 0);
    for (size_t bit = 0; bit < 8 * sizeof good.signature; bit++) {
        struct cl_signature s = good;
        s.signature[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_int_equal(cl_signature_verify(&s, &key, MESSAGE, strlen(MESSAGE)),
                         CL_SIGNATURE_CHANGED);
        s = good;
        s.global[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_int_equal(cl_signature_verify(&s, &key, MESSAGE, strlen(MESSAGE)),
                         CL_SIGNATURE_COMMENT_CHANGED);
    }
    for (size_t i = 0; i < sizeof good.id; i++) {
        struct cl_signature s = good;
        s.id[i] ^= 1;
        assert_int_equal(cl_signature_verify(&s, &key, MESSAGE, strlen(MESSAGE)),
                         CL_SIGNATURE_OTHER_KEY);
    }
}

static void
a_changed_comment_is_told_from_a_changed_message(void **state)
{
    static const char *const files[] = {
        UNTRUSTED_LINE HASHED_LINE "trusted comment: hellO\n" HASHED_GLOBAL,
        UNTRUSTED_LINE HASHED_LINE "trusted comment: hello \n" HASHED_GLOBAL,
        UNTRUSTED_LINE HASHED_LINE "trusted comment: \n" HASHED_GLOBAL,
    };
    struct cl_public_key key = public_key();
    struct cl_signature s;
    (void)state;
    for (size_t i = 0; i < CL_COUNT(files); i++) {
        assert_int_equal(cl_signature_read(files[i], strlen(files[i]), &s, NULL), 0);
        assert_int_equal(cl_signature_verify(&s, &key, MESSAGE, strlen(MESSAGE)),
                         CL_SIGNATURE_COMMENT_CHANGED);
    }
}

static void
one_kind_does_not_pass_for_the_other(void **state)
{
    struct cl_public_key key = public_key();
    struct cl_signature s;
    (void)state;
    assert_int_equal(cl_signature_read(LEGACY_FILE, strlen(LEGACY_FILE), &s, NULL), 0);
    s.is_prehashed = 1;
    assert_int_equal(cl_signature_verify(&s, &key, MESSAGE, strlen(MESSAGE)),
                     CL_SIGNATURE_CHANGED);
}

static void
another_key_of_the_same_id_does_not_match(void **state)
{
    struct cl_public_key key = public_key();
    struct cl_signature s;
    (void)state;
    assert_int_equal(cl_signature_read(HASHED_FILE, strlen(HASHED_FILE), &s, NULL), 0);
    key.key[0] ^= 1;
    assert_int_equal(cl_signature_verify(&s, &key, MESSAGE, strlen(MESSAGE)),
                     CL_SIGNATURE_CHANGED);
    memset(key.key, 0, sizeof key.key); /* a point of small order */
    assert_int_equal(cl_signature_verify(&s, &key, MESSAGE, strlen(MESSAGE)),
                     CL_SIGNATURE_CHANGED);
}

static void
what_is_signed_is_verified(void **state)
{
    static const char large[100000] = {'#'};
    static const struct {
        const char *message;
        size_t len;
        const char *comment;
    } rows[] = {
        {MESSAGE, sizeof MESSAGE - 1, "timestamp:1\tfile:x.py\thashed"},
        {NULL, 0, ""},
        {"\0\n", 2, "x"},
        {large, sizeof large, "\xc3\xa9"},
    };
    struct cl_secret_key secret;
    struct cl_public_key public;
    (void)state;
    assert_int_equal(cl_secret_key_new(&secret, NULL), 0);
    cl_secret_key_public(&secret, &public);
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_signature s;
        struct cl_signature read;
        cl_autobuf struct cl_buf file = CL_BUF_INIT(CL_SIGNATURE_FILE_MAX);
        assert_int_equal(cl_signature_make(&secret, rows[i].message, rows[i].len,
                                           rows[i].comment, &s, NULL),
                         0);
        cl_signature_write(&s, i % 2 ? "mine" : NULL, &file);
        assert_false(file.has_failed);
        assert_int_equal(cl_signature_read((const char *)file.data, file.len, &read, NULL),
                         0);
        assert_true(read.is_prehashed);
        assert_string_equal(read.comment, rows[i].comment);
        assert_int_equal(cl_signature_verify(&read, &public, rows[i].message, rows[i].len),
                         CL_SIGNATURE_GOOD);
    }
}

static void
a_trusted_comment_is_one_bounded_line(void **state)
{
    static char longest[CL_SIGNATURE_COMMENT_MAX + 2];
    static const char *const bad[] = {"a\nb", "a\r", "\x1b[2J", longest};
    struct cl_secret_key secret;
    struct cl_signature s;
    struct cl_signature read;
    cl_autobuf struct cl_buf file = CL_BUF_INIT(CL_SIGNATURE_FILE_MAX);
    (void)state;
    memset(longest, 'x', sizeof longest - 1);
    assert_int_equal(cl_secret_key_new(&secret, NULL), 0);
    for (size_t i = 0; i < CL_COUNT(bad); i++) {
        struct cloche_error err = {0};
        assert_int_equal(cl_signature_make(&secret, "", 0, bad[i], &s, &err), -1);
        assert_int_equal(err.code, CLOCHE_EINPUT);
    }
    longest[CL_SIGNATURE_COMMENT_MAX] = '\0';
    assert_int_equal(cl_signature_make(&secret, "", 0, longest, &s, NULL), 0);
    cl_signature_write(&s, NULL, &file);
    assert_int_equal(cl_signature_read((const char *)file.data, file.len, &read, NULL), 0);
    assert_int_equal(read.comment_len, CL_SIGNATURE_COMMENT_MAX);
}

static void
what_is_no_signature_is_refused(void **state)
{
    static const struct {
        const char *file, *fragment;
    } rows[] = {
        {"", "line 1 is missing"},
        {HASHED_LINE, "line 1 does not begin with 'untrusted comment: '"},
        {UNTRUSTED_LINE, "line 2 is missing"},
        {UNTRUSTED_LINE HASHED_LINE, "line 3 is missing"},
        {UNTRUSTED_LINE HASHED_LINE HASHED_GLOBAL, "line 3 does not begin with"},
        {UNTRUSTED_LINE HASHED_LINE "trusted comment: hello\n", "line 4 is missing"},
        {UNTRUSTED_LINE "hello\n", "line 2 is not the base64 of 74 bytes"},
        {UNTRUSTED_LINE PUBLIC_TEXT "\n", "line 2 is not the base64 of 74 bytes"},
        {UNTRUSTED_LINE HASHED_LINE "trusted comment: hello\n" HASHED_LINE,
         "line 4 is not the base64 of 64 bytes"},
        {UNTRUSTED_LINE HASHED_LINE "trusted comment: a\x07\n" HASHED_GLOBAL,
         "line 3 has a control character"},
        {HASHED_FILE "more", "something follows line 4"},
        {SECRET_FILE, "line 2 is not the base64 of 74 bytes"},
        {UNTRUSTED_LINE "QURq4+Po1t0Ux8dW2X6RH5/Ub1TzuscALdK6zXdRDMQ+iysM3ohntP86kbVWV2m/"
                        "2nTv+fRVphAi75JgwFKeUjMEHhWfq0KPIws=\n"
                        "trusted comment: hello\n" HASHED_GLOBAL,
         "line 2 is no Ed25519 signature"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_signature s;
        struct cloche_error err = {0};
        if (cl_signature_read(rows[i].file, strlen(rows[i].file), &s, &err) == 0 ||
            err.code != CLOCHE_EINPUT || strstr(err.msg, rows[i].fragment) == NULL) {
            fail_msg("row %zu: %s", i, err.msg);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_kinds_of_minisign_are_verified),
        cmocka_unit_test(a_changed_message_does_not_match),
        cmocka_unit_test(every_changed_bit_of_a_signature_is_found),
        cmocka_unit_test(a_changed_comment_is_told_from_a_changed_message),
        cmocka_unit_test(one_kind_does_not_pass_for_the_other),
        cmocka_unit_test(another_key_of_the_same_id_does_not_match),
        cmocka_unit_test(what_is_signed_is_verified),
        cmocka_unit_test(a_trusted_comment_is_one_bounded_line),
        cmocka_unit_test(what_is_no_signature_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

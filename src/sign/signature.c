/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the form of signatures, making and verifying.  The file is
 *
 *   untrusted comment: TEXT
 *   base64 of  "Ed" or "ED"  id (8)  signature (64)
 *   trusted comment: TEXT
 *   base64 of  global signature (64): of signature and TEXT
 *
 * Without state, but for what libsodium keeps of the processor's features.
 */
#include "sign/signature.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "sign/lines.h"

enum { BLOB = 2 + CL_KEY_ID_BYTES + CL_SIGNATURE_BYTES, HASH = 64 };

/* The global signature's message. */
enum { GLOBAL_MAX = CL_SIGNATURE_BYTES + CL_SIGNATURE_COMMENT_MAX };

_Static_assert((int)CL_SIGNATURE_BYTES == (int)crypto_sign_BYTES, "Ed25519");
_Static_assert((int)HASH == (int)crypto_generichash_BYTES_MAX, "BLAKE2b-512");

static int
read_lines(struct cl_lines *l, struct cl_signature *s, struct cloche_error *err)
{
    unsigned char blob[BLOB];
    const char *comment = NULL;
    size_t len = 0;
    if (cl_lines_comment(l, CL_LINES_UNTRUSTED, CL_LINES_COMMENT_MAX, &comment, &len, err) <
            0 ||
        cl_lines_base64(l, blob, sizeof blob, err) < 0) {
        return -1;
    }
    s->is_prehashed = memcmp(blob, "ED", 2) == 0;
    if (!s->is_prehashed && memcmp(blob, "Ed", 2) != 0) {
        return cl_fail(err, CLOCHE_EINPUT, "line 2 is no Ed25519 signature of minisign");
    }
    memcpy(s->id, blob + 2, sizeof s->id);
    memcpy(s->signature, blob + 2 + sizeof s->id, sizeof s->signature);
    if (cl_lines_comment(l, CL_LINES_TRUSTED,
                         sizeof CL_LINES_TRUSTED - 1 + CL_SIGNATURE_COMMENT_MAX, &comment,
                         &len, err) < 0 ||
        cl_lines_base64(l, s->global, sizeof s->global, err) < 0) {
        return -1;
    }
    memcpy(s->comment, comment, len);
    s->comment[len] = '\0';
    s->comment_len = len;
    return cl_lines_end(l, err);
}

int
cl_signature_read(const char *text, size_t len, struct cl_signature *out,
                  struct cloche_error *err)
{
    struct cl_lines l = CL_LINES(text, len);
    *out = (struct cl_signature){0};
    return read_lines(&l, out, err) < 0 ? cl_fail_in(err, "no signature of minisign") : 0;
}

static void
write_base64(const unsigned char *bytes, size_t len, struct cl_buf *out)
{
    char text[(BLOB + 2) / 3 * 4 + 1];
    (void)cl_buf_printf(out, "%s\n",
                        sodium_bin2base64(text, sizeof text, bytes, len,
                                          sodium_base64_VARIANT_ORIGINAL)); /* fits */
}

void
cl_signature_write(const struct cl_signature *s, const char *untrusted, struct cl_buf *out)
{
    unsigned char blob[BLOB] = {'E', s->is_prehashed ? 'D' : 'd'};
    memcpy(blob + 2, s->id, sizeof s->id);
    memcpy(blob + 2 + sizeof s->id, s->signature, sizeof s->signature);
    (void)cl_buf_printf(out, CL_LINES_UNTRUSTED "%s\n", /* sticky, as all of these */
                        untrusted != NULL ? untrusted
                                          : "signature from a minisign secret key");
    write_base64(blob, sizeof blob, out);
    (void)cl_buf_printf(out, CL_LINES_TRUSTED "%s\n", s->comment);
    write_base64(s->global, sizeof s->global, out);
}

/* What the global signature is of; the bytes used of out. */
static size_t
global_message(const struct cl_signature *s, unsigned char out[GLOBAL_MAX])
{
    memcpy(out, s->signature, sizeof s->signature);
    memcpy(out + sizeof s->signature, s->comment, s->comment_len);
    return sizeof s->signature + s->comment_len;
}

/* libsodium is not asked to hash NULL, which an empty message may be. */
static void
hash_message(const void *message, size_t len, unsigned char out[HASH])
{
    (void)crypto_generichash(out, HASH, len > 0 ? message : (const void *)"", len, NULL,
                             0); /* fails for a size that is out of range only */
}

enum cl_signature_verdict
cl_signature_verify(const struct cl_signature *s, const struct cl_public_key *key,
                    const void *message, size_t len)
{
    unsigned char hash[HASH];
    unsigned char global[GLOBAL_MAX];
    const unsigned char *what = len > 0 ? message : (const unsigned char *)"";
    if (memcmp(s->id, key->id, sizeof s->id) != 0) {
        return CL_SIGNATURE_OTHER_KEY;
    }
    if (s->is_prehashed) {
        hash_message(message, len, hash);
        what = hash;
        len = sizeof hash;
    }
    if (crypto_sign_verify_detached(s->signature, what, len, key->key) != 0) {
        return CL_SIGNATURE_CHANGED;
    }
    size_t n = global_message(s, global);
    return crypto_sign_verify_detached(s->global, global, n, key->key) == 0
               ? CL_SIGNATURE_GOOD
               : CL_SIGNATURE_COMMENT_CHANGED;
}

int
cl_signature_make(const struct cl_secret_key *key, const void *message, size_t len,
                  const char *comment, struct cl_signature *out, struct cloche_error *err)
{
    unsigned char hash[HASH];
    unsigned char global[GLOBAL_MAX];
    size_t comment_len = strlen(comment);
    if (comment_len > CL_SIGNATURE_COMMENT_MAX ||
        !cl_lines_is_comment(comment, comment_len)) {
        return cl_fail(err, CLOCHE_EINPUT,
                       "a trusted comment is one line of at most %d bytes without control "
                       "characters",
                       CL_SIGNATURE_COMMENT_MAX);
    }
    *out = (struct cl_signature){.is_prehashed = 1, .comment_len = comment_len};
    memcpy(out->id, key->id, sizeof out->id);
    memcpy(out->comment, comment, comment_len);
    hash_message(message, len, hash);
    /* Both always succeed: Ed25519 signs whatever it is given. */
    (void)crypto_sign_detached(out->signature, NULL, hash, sizeof hash, key->key);
    (void)crypto_sign_detached(out->global, NULL, global, global_message(out, global),
                               key->key);
    return 0;
}

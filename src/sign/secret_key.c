/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the form and the sealing of secret keys.  The base64 is of
 *
 *   "Ed"  "Sc" or two zeros  "B2"  salt (32)  operations (8)  memory (8)
 *   id (8)  key (64)  checksum (32)
 *
 * where with "Sc" the last line is XORed with as many bytes of scrypt of the
 * passphrase, numbers are little-endian, and the checksum is BLAKE2b-256 of
 * "Ed", id and key; minisign leaves it zero in a key without a passphrase.
 */
#include "sign/secret_key.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "sign/lines.h"

enum {
    CHECKSUM = 32,
    HEAD = 6 + CL_SECRET_KEY_SALT + 16,
    BLOB = HEAD + CL_SECRET_KEY_SEALED
};

/* Bounds of what a file may ask of us: minisign never asks for more than half. */
static const struct cl_secret_key_cost most = {1ull << 27, 1ull << 31};

const struct cl_secret_key_cost cl_secret_key_usual_cost = {
    crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE,
    crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE,
};

_Static_assert((int)CL_SECRET_KEY_BYTES == (int)crypto_sign_SECRETKEYBYTES, "Ed25519");
_Static_assert((int)CL_SECRET_KEY_SALT == (int)crypto_pwhash_scryptsalsa208sha256_SALTBYTES,
               "scrypt");

int
cl_secret_key_new(struct cl_secret_key *out, struct cloche_error *err)
{
    unsigned char public_key[CL_PUBLIC_KEY_BYTES];
    if (sodium_init() < 0) {
        return cl_fail(err, CLOCHE_ESYS, "libsodium cannot be initialised");
    }
    randombytes_buf(out->id, sizeof out->id);
    (void)crypto_sign_keypair(public_key, out->key); /* always 0 */
    return 0;
}

void
cl_secret_key_wipe(struct cl_secret_key *key)
{
    sodium_memzero(key, sizeof *key);
}

void
cl_secret_key_public(const struct cl_secret_key *key, struct cl_public_key *out)
{
    memcpy(out->id, key->id, sizeof out->id);
    memcpy(out->key, key->key + CL_SECRET_KEY_BYTES - CL_PUBLIC_KEY_BYTES, sizeof out->key);
}

static void
checksum_of(const unsigned char *body, unsigned char out[CHECKSUM])
{
    crypto_generichash_state state;
    /* None of these fails with sizes that are right. */
    (void)crypto_generichash_init(&state, NULL, 0, CHECKSUM);
    (void)crypto_generichash_update(&state, (const unsigned char *)"Ed", 2);
    (void)crypto_generichash_update(&state, body, CL_KEY_ID_BYTES + CL_SECRET_KEY_BYTES);
    (void)crypto_generichash_final(&state, out, CHECKSUM);
    sodium_memzero(&state, sizeof state);
}

/* XOR the body with what scrypt makes of the passphrase: both ways. */
static int
crypt_body(struct cl_sealed_key *k, const char *passphrase, size_t len,
           struct cloche_error *err)
{
    unsigned char stream[CL_SECRET_KEY_SEALED];
    /* It chooses the fast ones of its functions. */
    if (sodium_init() < 0 || crypto_pwhash_scryptsalsa208sha256(
                                 stream, sizeof stream, passphrase, len, k->salt,
                                 k->cost.operations, (size_t)k->cost.memory_bytes) != 0) {
        return cl_fail_sys(err, ENOMEM, "scrypt needs %llu MiB of memory",
                           (unsigned long long)(k->cost.memory_bytes >> 20));
    }
    for (size_t i = 0; i < sizeof stream; i++) {
        k->body[i] ^= stream[i];
    }
    sodium_memzero(stream, sizeof stream);
    return 0;
}

int
cl_secret_key_seal(const struct cl_secret_key *key, const char *passphrase, size_t len,
                   const struct cl_secret_key_cost *cost, struct cl_sealed_key *out,
                   struct cloche_error *err)
{
    if (passphrase != NULL && (len == 0 || len > CL_SECRET_KEY_PASSPHRASE)) {
        return cl_fail(err, CLOCHE_EINPUT, "a passphrase has 1 to %d bytes, this one %zu",
                       CL_SECRET_KEY_PASSPHRASE, len);
    }
    *out = (struct cl_sealed_key){.is_encrypted = passphrase != NULL};
    memcpy(out->body, key->id, sizeof key->id);
    memcpy(out->body + sizeof key->id, key->key, sizeof key->key);
    checksum_of(out->body, out->body + sizeof key->id + sizeof key->key);
    if (passphrase == NULL) {
        return 0;
    }
    out->cost = *cost;
    randombytes_buf(out->salt, sizeof out->salt);
    if (crypt_body(out, passphrase, len, err) < 0) {
        sodium_memzero(out, sizeof *out);
        return -1;
    }
    return 0;
}

/* Is the public half of the key the one that its seed makes? */
static int
is_whole(const struct cl_secret_key *key)
{
    unsigned char public_key[CL_PUBLIC_KEY_BYTES];
    unsigned char secret[CL_SECRET_KEY_BYTES];
    (void)crypto_sign_seed_keypair(public_key, secret, key->key); /* always 0 */
    int is_same = sodium_memcmp(secret, key->key, sizeof secret) == 0;
    sodium_memzero(secret, sizeof secret);
    return is_same;
}

int
cl_secret_key_open(const struct cl_sealed_key *sealed, const char *passphrase, size_t len,
                   struct cl_secret_key *out, struct cloche_error *err)
{
    struct cl_sealed_key k = *sealed;
    struct cl_secret_key key;
    unsigned char checksum[CHECKSUM];
    if (k.is_encrypted && crypt_body(&k, passphrase, len, err) < 0) {
        return -1;
    }
    const unsigned char *kept = k.body + sizeof k.body - CHECKSUM;
    checksum_of(k.body, checksum);
    int is_right = sodium_memcmp(checksum, kept, CHECKSUM) == 0 ||
                   (!k.is_encrypted && sodium_is_zero(kept, CHECKSUM));
    memcpy(key.id, k.body, sizeof key.id);
    memcpy(key.key, k.body + sizeof key.id, sizeof key.key);
    sodium_memzero(&k, sizeof k);
    if (is_right && is_whole(&key)) {
        *out = key;
        cl_secret_key_wipe(&key);
        return 0;
    }
    cl_secret_key_wipe(&key);
    return cl_fail(err, CLOCHE_EINPUT, "%s",
                   sealed->is_encrypted ? "wrong passphrase" : "the secret key is damaged");
}

static uint64_t
get_u64(const unsigned char *p)
{
    uint64_t v = 0;
    for (int i = 7; i >= 0; i--) {
        v = v << 8 | p[i];
    }
    return v;
}

static void
put_u64(unsigned char *p, uint64_t v)
{
    for (int i = 0; i < 8; i++) {
        p[i] = (unsigned char)(v >> (8 * i));
    }
}

/* The bytes of the second line. */
static int
read_blob(const unsigned char blob[BLOB], struct cl_sealed_key *out,
          struct cloche_error *err)
{
    const unsigned char *salt = blob + 6;
    if (memcmp(blob, "Ed", 2) != 0 || memcmp(blob + 4, "B2", 2) != 0) {
        return cl_fail(err, CLOCHE_EINPUT, "line 2 is no Ed25519 secret key of minisign");
    }
    if (memcmp(blob + 2, "Sc", 2) != 0 && memcmp(blob + 2, "\0\0", 2) != 0) {
        return cl_fail(err, CLOCHE_EINPUT, "line 2 is encrypted in an unknown way");
    }
    *out = (struct cl_sealed_key){
        .is_encrypted = blob[2] == 'S',
        .cost = {get_u64(salt + CL_SECRET_KEY_SALT),
                 get_u64(salt + CL_SECRET_KEY_SALT + 8)},
    };
    memcpy(out->salt, salt, sizeof out->salt);
    memcpy(out->body, blob + HEAD, sizeof out->body);
    if (out->is_encrypted && (out->cost.operations > most.operations ||
                              out->cost.memory_bytes > most.memory_bytes)) {
        return cl_fail(err, CLOCHE_EINPUT,
                       "line 2 asks for more work or memory than any key of minisign");
    }
    return 0;
}

int
cl_secret_key_read(const char *text, size_t len, struct cl_sealed_key *out,
                   struct cloche_error *err)
{
    struct cl_lines l = CL_LINES(text, len);
    unsigned char blob[BLOB];
    const char *comment = NULL;
    size_t n = 0;
    int rc =
        cl_lines_comment(&l, CL_LINES_UNTRUSTED, CL_LINES_COMMENT_MAX, &comment, &n, err);
    if (rc == 0) {
        rc = cl_lines_base64(&l, blob, sizeof blob, err);
    }
    if (rc == 0) {
        rc = read_blob(blob, out, err);
        sodium_memzero(blob, sizeof blob);
    }
    if (rc == 0) {
        rc = cl_lines_end(&l, err);
    }
    return rc == 0 ? 0 : cl_fail_in(err, "no secret key of minisign");
}

void
cl_secret_key_write(const struct cl_sealed_key *sealed, struct cl_buf *out)
{
    unsigned char blob[BLOB] = {'E', 'd', 0, 0, 'B', '2'};
    char text[(BLOB + 2) / 3 * 4 + 1];
    if (sealed->is_encrypted) {
        blob[2] = 'S';
        blob[3] = 'c';
    }
    memcpy(blob + 6, sealed->salt, sizeof sealed->salt);
    put_u64(blob + 6 + CL_SECRET_KEY_SALT, sealed->cost.operations);
    put_u64(blob + 6 + CL_SECRET_KEY_SALT + 8, sealed->cost.memory_bytes);
    memcpy(blob + HEAD, sealed->body, sizeof sealed->body);
    (void)cl_buf_printf(out, CL_LINES_UNTRUSTED "minisign %ssecret key\n%s\n", /* sticky */
                        sealed->is_encrypted ? "encrypted " : "",
                        sodium_bin2base64(text, sizeof text, blob, sizeof blob,
                                          sodium_base64_VARIANT_ORIGINAL));
    sodium_memzero(blob, sizeof blob);
    sodium_memzero(text, sizeof text);
}

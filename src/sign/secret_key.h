/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A minisign secret key, open in memory or sealed as it is in its file: under
 * a passphrase (scrypt), or without one.
 *
 * Whoever holds an open one calls cl_secret_key_wipe when done.
 */
#ifndef CL_SIGN_SECRET_KEY_H
#define CL_SIGN_SECRET_KEY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "sign/public_key.h"

enum {
    CL_SECRET_KEY_BYTES = 64,
    CL_SECRET_KEY_SALT = 32,
    CL_SECRET_KEY_SEALED = CL_KEY_ID_BYTES + CL_SECRET_KEY_BYTES + 32,
    CL_SECRET_KEY_FILE_MAX = 4096,   /* bytes; two lines are less */
    CL_SECRET_KEY_PASSPHRASE = 1023, /* bytes, as minisign takes them */
};

struct cl_secret_key {
    unsigned char id[CL_KEY_ID_BYTES];
    unsigned char key[CL_SECRET_KEY_BYTES]; /* the seed, and the public key */
};

/* What a guess of the passphrase costs. */
struct cl_secret_key_cost {
    uint64_t operations;
    uint64_t memory_bytes;
};

/* What minisign takes: 1 GiB, and some seconds. */
extern const struct cl_secret_key_cost cl_secret_key_usual_cost;

struct cl_sealed_key {
    int is_encrypted;
    unsigned char salt[CL_SECRET_KEY_SALT];
    struct cl_secret_key_cost cost;
    unsigned char body[CL_SECRET_KEY_SEALED]; /* id, key, checksum */
};

/* A new random key. */
int cl_secret_key_new(struct cl_secret_key *out, struct cloche_error *err);
void cl_secret_key_wipe(struct cl_secret_key *key);

void cl_secret_key_public(const struct cl_secret_key *key, struct cl_public_key *out);

/*
 * cl_secret_key_seal - under a passphrase of len bytes; NULL: without.
 *
 * Takes as long as cost says.  Fails with EINPUT (an empty or too long
 * passphrase) or ESYS (there is not that much memory).
 */
int cl_secret_key_seal(const struct cl_secret_key *key, const char *passphrase, size_t len,
                       const struct cl_secret_key_cost *cost, struct cl_sealed_key *out,
                       struct cloche_error *err);

/*
 * cl_secret_key_open - the reverse; a key without a passphrase takes none.
 *
 * Fails with EINPUT (a wrong passphrase, or a damaged key) or ESYS.
 */
int cl_secret_key_open(const struct cl_sealed_key *sealed, const char *passphrase,
                       size_t len, struct cl_secret_key *out, struct cloche_error *err);

/*
 * cl_secret_key_read - a secret key file: a comment and a line of base64.
 *
 * Fails with EINPUT, and says which line is wrong and how; a cost beyond
 * 2 GiB of memory, too.
 */
int cl_secret_key_read(const char *text, size_t len, struct cl_sealed_key *out,
                       struct cloche_error *err);

/* Append a secret key file, as minisign writes it.  A failure stays in out. */
void cl_secret_key_write(const struct cl_sealed_key *sealed, struct cl_buf *out);

#endif

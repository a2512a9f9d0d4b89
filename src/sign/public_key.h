/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A minisign public key: an Ed25519 key and the eight random bytes that name
 * it.  Plain data; two keys are the same when all their bytes are.
 */
#ifndef CL_SIGN_PUBLIC_KEY_H
#define CL_SIGN_PUBLIC_KEY_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

enum {
    CL_KEY_ID_BYTES = 8,
    CL_KEY_ID_TEXT = 17, /* 16 hex digits and a NUL */
    CL_PUBLIC_KEY_BYTES = 32,
    CL_PUBLIC_KEY_TEXT = 57,       /* 56 characters of base64 and a NUL */
    CL_PUBLIC_KEY_FILE_MAX = 2048, /* bytes; two lines are less */
};

struct cl_public_key {
    unsigned char id[CL_KEY_ID_BYTES];
    unsigned char key[CL_PUBLIC_KEY_BYTES];
};

/* A key id as minisign prints it: "C714DDD6E8E3E36A".  Returns out. */
const char *cl_key_id_text(const unsigned char id[CL_KEY_ID_BYTES],
                           char out[CL_KEY_ID_TEXT]);

/*
 * cl_public_key_read - a public key file: a comment and a line of base64.
 *
 * text  borrowed for the call; len bytes, no NUL needed
 *
 * Fails with EINPUT, and says which line is wrong and how.
 */
int cl_public_key_read(const char *text, size_t len, struct cl_public_key *out,
                       struct cloche_error *err);

/* The base64 alone, as `minisign -P` takes it.  Fails with EINPUT. */
int cl_public_key_decode(const char *text, size_t len, struct cl_public_key *out,
                         struct cloche_error *err);
const char *cl_public_key_encode(const struct cl_public_key *key,
                                 char out[CL_PUBLIC_KEY_TEXT]);

/* Append a public key file, as minisign writes it.  A failure stays in out. */
void cl_public_key_write(const struct cl_public_key *key, struct cl_buf *out);

/* Of two keys, as memcmp's: one order of all keys. */
int cl_public_key_order(const struct cl_public_key *a, const struct cl_public_key *b);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A minisign signature: of a message, and of itself with a trusted comment.
 *
 * Two kinds are verified: prehashed (ED: of the message's BLAKE2b-512), which
 * is the kind that is made, and legacy (Ed: of the message itself).
 */
#ifndef CL_SIGN_SIGNATURE_H
#define CL_SIGN_SIGNATURE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "sign/public_key.h"
#include "sign/secret_key.h"

enum {
    CL_SIGNATURE_BYTES = 64,
    CL_SIGNATURE_COMMENT_MAX = 8191,   /* bytes of a trusted comment */
    CL_SIGNATURE_FILE_MAX = 16 * 1024, /* bytes; four lines are less */
};

/* Plain data. */
struct cl_signature {
    int is_prehashed;
    unsigned char id[CL_KEY_ID_BYTES]; /* of the key that it claims to be by */
    unsigned char signature[CL_SIGNATURE_BYTES];
    unsigned char global[CL_SIGNATURE_BYTES]; /* of signature and comment */
    size_t comment_len;
    char comment[CL_SIGNATURE_COMMENT_MAX + 1]; /* NUL-terminated; trusted once verified */
};

/* What a key says of a signature and a message. */
enum cl_signature_verdict {
    CL_SIGNATURE_GOOD,
    CL_SIGNATURE_OTHER_KEY,       /* its key id is another */
    CL_SIGNATURE_CHANGED,         /* it does not match the message */
    CL_SIGNATURE_COMMENT_CHANGED, /* it does; its trusted comment does not match it */
};

/*
 * cl_signature_read - a signature file, four lines.
 *
 * text  borrowed for the call; len bytes, no NUL needed
 *
 * Fails with EINPUT, and says which line is wrong and how.
 */
int cl_signature_read(const char *text, size_t len, struct cl_signature *out,
                      struct cloche_error *err);

/*
 * Append a signature file.  untrusted is its first comment, NULL for the
 * usual one; it has been looked at with cl_lines_is_comment.  A failure stays
 * in out.
 */
void cl_signature_write(const struct cl_signature *s, const char *untrusted,
                        struct cl_buf *out);

/* Is it a signature of these bytes by this key?  Any thread. */
enum cl_signature_verdict cl_signature_verify(const struct cl_signature *s,
                                              const struct cl_public_key *key,
                                              const void *message, size_t len);

/*
 * cl_signature_make - sign these bytes, prehashed.
 *
 * comment  the trusted comment: one line
 *
 * Fails with EINPUT for a comment that is too long or has control characters.
 */
int cl_signature_make(const struct cl_secret_key *key, const void *message, size_t len,
                      const char *comment, struct cl_signature *out,
                      struct cloche_error *err);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the form of public keys.  The base64 is of
 *
 *   "Ed"  id (8)  key (32)
 */
#include "sign/public_key.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "sign/lines.h"

enum { BLOB = 2 + CL_KEY_ID_BYTES + CL_PUBLIC_KEY_BYTES };

_Static_assert(CL_PUBLIC_KEY_TEXT == (BLOB + 2) / 3 * 4 + 1, "base64 and a NUL");
_Static_assert((int)CL_PUBLIC_KEY_BYTES == (int)crypto_sign_PUBLICKEYBYTES, "Ed25519");

const char *
cl_key_id_text(const unsigned char id[CL_KEY_ID_BYTES], char out[CL_KEY_ID_TEXT])
{
    static const char digits[] = "0123456789ABCDEF";
    /* minisign prints the bytes as a little-endian number. */
    for (int i = 0; i < CL_KEY_ID_BYTES; i++) {
        out[2 * i] = digits[id[CL_KEY_ID_BYTES - 1 - i] >> 4];
        out[2 * i + 1] = digits[id[CL_KEY_ID_BYTES - 1 - i] & 15];
    }
    out[CL_KEY_ID_TEXT - 1] = '\0';
    return out;
}

static int
read_blob(struct cl_lines *l, struct cl_public_key *out, struct cloche_error *err)
{
    unsigned char blob[BLOB];
    if (cl_lines_base64(l, blob, sizeof blob, err) < 0) {
        return -1;
    }
    if (memcmp(blob, "Ed", 2) != 0) {
        return cl_fail(err, CLOCHE_EINPUT, "line %u is no Ed25519 public key of minisign",
                       l->number);
    }
    memcpy(out->id, blob + 2, sizeof out->id);
    memcpy(out->key, blob + 2 + sizeof out->id, sizeof out->key);
    return 0;
}

int
cl_public_key_read(const char *text, size_t len, struct cl_public_key *out,
                   struct cloche_error *err)
{
    struct cl_lines l = CL_LINES(text, len);
    struct cl_public_key key;
    const char *comment = NULL;
    size_t comment_len = 0;
    if (cl_lines_comment(&l, CL_LINES_UNTRUSTED, CL_LINES_COMMENT_MAX, &comment,
                         &comment_len, err) < 0 ||
        read_blob(&l, &key, err) < 0 || cl_lines_end(&l, err) < 0) {
        return cl_fail_in(err, "no public key of minisign");
    }
    *out = key;
    return 0;
}

int
cl_public_key_decode(const char *text, size_t len, struct cl_public_key *out,
                     struct cloche_error *err)
{
    struct cl_lines l = CL_LINES(text, len);
    struct cloche_error why;
    struct cl_public_key key;
    if (memchr(text, '\n', len) != NULL || read_blob(&l, &key, &why) < 0) {
        return cl_fail(err, CLOCHE_EINPUT,
                       "no public key of minisign: it has %d characters of base64 and "
                       "begins with RW",
                       CL_PUBLIC_KEY_TEXT - 1);
    }
    *out = key;
    return 0;
}

const char *
cl_public_key_encode(const struct cl_public_key *key, char out[CL_PUBLIC_KEY_TEXT])
{
    unsigned char blob[BLOB] = {'E', 'd'};
    memcpy(blob + 2, key->id, sizeof key->id);
    memcpy(blob + 2 + sizeof key->id, key->key, sizeof key->key);
    return sodium_bin2base64(out, CL_PUBLIC_KEY_TEXT, blob, sizeof blob,
                             sodium_base64_VARIANT_ORIGINAL); /* fits */
}

void
cl_public_key_write(const struct cl_public_key *key, struct cl_buf *out)
{
    char id[CL_KEY_ID_TEXT];
    char text[CL_PUBLIC_KEY_TEXT];
    (void)cl_buf_printf(out, CL_LINES_UNTRUSTED "minisign public key %s\n%s\n",
                        cl_key_id_text(key->id, id),
                        cl_public_key_encode(key, text)); /* sticky */
}

int
cl_public_key_order(const struct cl_public_key *a, const struct cl_public_key *b)
{
    int order = memcmp(a->id, b->id, sizeof a->id);
    return order != 0 ? order : memcmp(a->key, b->key, sizeof a->key);
}

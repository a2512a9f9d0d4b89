/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as each of minisign's files.  What is refused must say why; what is
 * accepted must be the same when it is written and read again, and can be asked
 * for its opinion without harm.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "sign/public_key.h"
#include "sign/secret_key.h"
#include "sign/signature.h"

enum { FILE_MAX = 1 << 16 };

static void
want(int holds)
{
    if (!holds) {
        abort();
    }
}

static void
want_refusal(const struct cloche_error *err)
{
    want(err->code == CLOCHE_EINPUT && strstr(err->msg, "of minisign: ") != NULL);
}

/* Both are given back. */
static void
want_same(struct cl_buf *a, struct cl_buf *b)
{
    want(a->len == b->len && memcmp(a->data, b->data, a->len) == 0);
    cl_buf_fini(a);
    cl_buf_fini(b);
}

static void
try_public_key(const char *text, size_t len)
{
    struct cl_public_key key;
    struct cl_public_key same;
    struct cloche_error err = {0};
    char base64[CL_PUBLIC_KEY_TEXT];
    if (cl_public_key_decode(text, len, &key, &err) == 0) {
        want(len == CL_PUBLIC_KEY_TEXT - 1);
        want(memcmp(cl_public_key_encode(&key, base64), text, len) == 0);
    }
    if (cl_public_key_read(text, len, &key, &err) < 0) {
        want_refusal(&err);
        return;
    }
    struct cl_buf file = CL_BUF_INIT(FILE_MAX);
    cl_public_key_write(&key, &file);
    want(!file.has_failed);
    want(cl_public_key_read((const char *)file.data, file.len, &same, NULL) == 0);
    want(cl_public_key_order(&key, &same) == 0);
    cl_buf_fini(&file);
}

static void
try_secret_key(const char *text, size_t len)
{
    struct cl_sealed_key sealed;
    struct cl_sealed_key same;
    struct cl_secret_key key;
    struct cloche_error err = {0};
    if (cl_secret_key_read(text, len, &sealed, &err) < 0) {
        want_refusal(&err);
        return;
    }
    struct cl_buf file = CL_BUF_INIT(FILE_MAX);
    cl_secret_key_write(&sealed, &file);
    want(!file.has_failed);
    want(cl_secret_key_read((const char *)file.data, file.len, &same, NULL) == 0);
    struct cl_buf again = CL_BUF_INIT(FILE_MAX);
    cl_secret_key_write(&same, &again);
    want_same(&file, &again);
    if (!sealed.is_encrypted && cl_secret_key_open(&sealed, NULL, 0, &key, NULL) == 0) {
        struct cl_public_key public_key;
        struct cl_signature s;
        cl_secret_key_public(&key, &public_key);
        want(cl_signature_make(&key, text, len, "x", &s, NULL) == 0);
        want(cl_signature_verify(&s, &public_key, text, len) == CL_SIGNATURE_GOOD);
    }
}

static void
try_signature(const char *text, size_t len)
{
    static struct cl_signature s; /* large */
    static struct cl_signature same;
    struct cl_public_key key = {.key = {1}};
    struct cloche_error err = {0};
    if (cl_signature_read(text, len, &s, &err) < 0) {
        want_refusal(&err);
        return;
    }
    struct cl_buf file = CL_BUF_INIT(FILE_MAX);
    cl_signature_write(&s, NULL, &file);
    want(!file.has_failed);
    want(cl_signature_read((const char *)file.data, file.len, &same, NULL) == 0);
    struct cl_buf again = CL_BUF_INIT(FILE_MAX);
    cl_signature_write(&same, NULL, &again);
    want_same(&file, &again);
    memcpy(key.id, s.id, sizeof key.id);
    want(cl_signature_verify(&s, &key, text, len) == CL_SIGNATURE_CHANGED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size > 0 ? (const char *)data : "";
    try_public_key(text, size);
    try_secret_key(text, size);
    try_signature(text, size);
    return 0;
}

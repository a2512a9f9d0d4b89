/* SPDX-License-Identifier: Apache-2.0 */
/* Owns a buffer's bytes.  No locks: a buffer belongs to one thread. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 256 };

static int (*no_memory)(void);

void
cl_buf_on_no_memory(int (*handler)(void))
{
    no_memory = handler;
}

void
cl_buf_fini(struct cl_buf *b)
{
    free(b->data);
    *b = CL_BUF_INIT(b->max);
}

unsigned char *
cl_buf_room(struct cl_buf *b, size_t len)
{
    if (b->has_failed || len > b->max || b->len > b->max - len) {
        b->has_failed = 1;
        return NULL;
    }
    if (b->len + len > b->cap) {
        size_t cap = b->cap ? b->cap : FIRST_CAP;
        while (cap < b->len + len) {
            cap = cap > SIZE_MAX / 2 ? b->len + len : cap * 2;
        }
        if (cap > b->max) {
            cap = b->max;
        }
        unsigned char *data = realloc(b->data, cap);
        if (data == NULL && no_memory != NULL && no_memory()) {
            data = realloc(b->data, cap);
        }
        if (data == NULL) {
            b->has_failed = 1;
            return NULL;
        }
        b->data = data;
        b->cap = cap;
    }
    return b->data + b->len;
}

int
cl_buf_add(struct cl_buf *b, const void *data, size_t len)
{
    if (len == 0) {
        return b->has_failed ? -1 : 0;
    }
    unsigned char *room = cl_buf_room(b, len);
    if (room == NULL) {
        return -1;
    }
    memcpy(room, data, len);
    b->len += len;
    return 0;
}

int
cl_buf_add_str(struct cl_buf *b, const char *s)
{
    return cl_buf_add(b, s, strlen(s));
}

int
cl_buf_printf(struct cl_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    va_list again;
    va_copy(again, ap);
    char small[256];
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    int rc = -1;
    if (n >= 0 && (size_t)n < sizeof small) {
        rc = cl_buf_add(b, small, (size_t)n);
    } else if (n >= 0) {
        char *big = malloc((size_t)n + 1);
        if (big != NULL) {
            (void)vsnprintf(big, (size_t)n + 1, fmt,
                            again); /* the size is the one just measured */
            rc = cl_buf_add(b, big, (size_t)n);
            free(big);
        } else {
            b->has_failed = 1;
        }
    } else {
        b->has_failed = 1;
    }
    va_end(again);
    return rc;
}

int
cl_buf_u8(struct cl_buf *b, uint8_t v)
{
    return cl_buf_add(b, &v, 1);
}

int
cl_buf_u32(struct cl_buf *b, uint32_t v)
{
    unsigned char bytes[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = (unsigned char)(v >> (8 * i));
    }
    return cl_buf_add(b, bytes, sizeof bytes);
}

int
cl_buf_u64(struct cl_buf *b, uint64_t v)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(v >> (8 * i));
    }
    return cl_buf_add(b, bytes, sizeof bytes);
}

char *
cl_buf_take_str(struct cl_buf *b)
{
    char *s = NULL;
    if (!b->has_failed) {
        s = malloc(b->len + 1);
        if (s != NULL) {
            if (b->len > 0) {
                memcpy(s, b->data, b->len);
            }
            s[b->len] = '\0';
        }
    }
    cl_buf_fini(b);
    return s;
}

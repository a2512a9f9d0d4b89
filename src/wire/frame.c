/* SPDX-License-Identifier: Apache-2.0 */
/* Pure: bytes in, values out.  Knows no message and no descriptor. */
#include "wire/frame.h"

#include <stdlib.h>
#include <string.h>

size_t
cl_frame_begin(struct cl_buf *b, uint8_t type)
{
    size_t start = b->len;
    (void)cl_buf_u32(b, 0); /* sticky: checked by whoever sends */
    (void)cl_buf_u8(b, type);
    return start;
}

void
cl_frame_end(struct cl_buf *b, size_t start)
{
    if (b->has_failed || b->len < start + CL_FRAME_HEADER) {
        b->has_failed = 1;
        return;
    }
    uint32_t len = (uint32_t)(b->len - start - 4);
    for (int i = 0; i < 4; i++) {
        b->data[start + (size_t)i] = (unsigned char)(len >> (8 * i));
    }
}

int
cl_put_bytes(struct cl_buf *b, const void *data, size_t len)
{
    if (len > UINT32_MAX) {
        b->has_failed = 1;
        return -1;
    }
    return cl_buf_u32(b, (uint32_t)len) < 0 ? -1 : cl_buf_add(b, data, len);
}

int
cl_put_str(struct cl_buf *b, const char *s)
{
    return s == NULL ? cl_put_bytes(b, "", 0) : cl_put_bytes(b, s, strlen(s));
}

const unsigned char *
cl_read_raw(struct cl_reader *r, size_t len)
{
    if (r->has_failed || (size_t)(r->end - r->at) < len) {
        r->has_failed = 1;
        return NULL;
    }
    const unsigned char *p = r->at;
    r->at += len;
    return p;
}

uint8_t
cl_read_u8(struct cl_reader *r)
{
    const unsigned char *p = cl_read_raw(r, 1);
    return p == NULL ? 0 : p[0];
}

uint32_t
cl_read_u32(struct cl_reader *r)
{
    const unsigned char *p = cl_read_raw(r, 4);
    uint32_t v = 0;
    for (int i = 3; p != NULL && i >= 0; i--) {
        v = v << 8 | p[i];
    }
    return v;
}

uint64_t
cl_read_u64(struct cl_reader *r)
{
    const unsigned char *p = cl_read_raw(r, 8);
    uint64_t v = 0;
    for (int i = 7; p != NULL && i >= 0; i--) {
        v = v << 8 | p[i];
    }
    return v;
}

double
cl_read_f64(struct cl_reader *r)
{
    uint64_t bits = cl_read_u64(r);
    double v = 0;
    memcpy(&v, &bits, sizeof v);
    return v;
}

const unsigned char *
cl_read_bytes(struct cl_reader *r, size_t max, size_t *len)
{
    uint32_t n = cl_read_u32(r);
    if (n > max) {
        r->has_failed = 1;
    }
    const unsigned char *p = cl_read_raw(r, n);
    *len = p == NULL ? 0 : n;
    return p;
}

char *
cl_read_str(struct cl_reader *r, size_t max)
{
    size_t len = 0;
    const unsigned char *p = cl_read_bytes(r, max, &len);
    if (p == NULL || memchr(p, 0, len) != NULL) {
        r->has_failed = 1;
        return NULL;
    }
    char *s = malloc(len + 1);
    if (s == NULL) {
        r->has_failed = 1;
        r->has_no_memory = 1;
        return NULL;
    }
    memcpy(s, p, len);
    s[len] = '\0';
    return s;
}

uint32_t
cl_read_count(struct cl_reader *r, uint32_t max, size_t least_bytes)
{
    uint32_t n = cl_read_u32(r);
    if (r->has_failed || n > max ||
        (size_t)(r->end - r->at) / (least_bytes ? least_bytes : 1) < n) {
        r->has_failed = 1;
        return 0;
    }
    return n;
}

int
cl_reader_done(const struct cl_reader *r)
{
    return r->has_failed || r->at != r->end ? -1 : 0;
}

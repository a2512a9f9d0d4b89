/* SPDX-License-Identifier: Apache-2.0 */
/* A byte buffer that grows up to a maximum set at its creation. */
#ifndef CL_BASE_BUF_H
#define CL_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct cl_buf {
    unsigned char *data; /* not NUL-terminated; NULL while empty */
    size_t len;
    size_t cap;
    size_t max;     /* len never exceeds it */
    int has_failed; /* an append did not fit or found no memory; sticky */
};

#define CL_BUF_INIT(max_bytes) ((struct cl_buf){.max = (max_bytes)})

void cl_buf_fini(struct cl_buf *b);

/* Append; 0, or -1 when it would pass max or memory is out (then nothing is
 * appended and has_failed is set, so that a writer can check once at the end). */
int cl_buf_add(struct cl_buf *b, const void *data, size_t len);
int cl_buf_add_str(struct cl_buf *b, const char *s);
int cl_buf_printf(struct cl_buf *b, const char *fmt, ...) CL_PRINTF(2, 3);
int cl_buf_u8(struct cl_buf *b, uint8_t v);
int cl_buf_u32(struct cl_buf *b,
               uint32_t v); /* little-endian, as everything on our wires */
int cl_buf_u64(struct cl_buf *b, uint64_t v);

/* Make room for len more bytes and lend the place; the caller adds to b->len. */
unsigned char *cl_buf_room(struct cl_buf *b, size_t len);

/* What a buffer calls when there is no memory to grow: non-zero if it should try once
 * more, since some was freed.  For the whole process; NULL: nobody. */
void cl_buf_on_no_memory(int (*handler)(void));

/* The bytes as a heap string with a NUL after them, which the caller frees;
 * the buffer is empty afterwards.  NULL if has_failed or out of memory. */
char *cl_buf_take_str(struct cl_buf *b);

static inline void
cl_buf_clear(struct cl_buf *b)
{
    b->len = 0;
    b->has_failed = 0;
}

#define cl_autobuf __attribute__((cleanup(cl_buf_fini)))

#endif

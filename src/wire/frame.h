/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frame.h - the frames between our own processes, and reading their payloads.
 *
 *     +-----------------+---------+------------------+
 *     | u32 length (LE) | u8 type | payload          |
 *     +-----------------+---------+------------------+
 *                        `------ length bytes ------'
 *
 * length counts the type and the payload, so it is at least 1.  Before
 * anything is allocated it is checked against the type's maximum in the
 * message table (message.h).
 */
#ifndef CL_WIRE_FRAME_H
#define CL_WIRE_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

enum { CL_FRAME_HEADER = 5 };

/* Begin a frame in b; returns where, for cl_frame_end. */
size_t cl_frame_begin(struct cl_buf *b, uint8_t type);

/* Write the length of the frame that began at `start`. */
void cl_frame_end(struct cl_buf *b, size_t start);

/* Strings and blobs inside payloads: u32 length, bytes. */
int cl_put_bytes(struct cl_buf *b, const void *data, size_t len);
int cl_put_str(struct cl_buf *b, const char *s); /* NULL is written as "" */

/*
 * A cursor over a payload.  Every read past the end, every string with a NUL
 * and every number out of range sets has_failed and gives 0 or ""; the caller
 * checks once, with cl_reader_done.
 */
struct cl_reader {
    const unsigned char *at;
    const unsigned char *end;
    int has_failed;
    int has_no_memory; /* that is why it failed: the payload may be right */
};

#define CL_READER(data, len) ((struct cl_reader){.at = (data), .end = (data) + (len)})

uint8_t cl_read_u8(struct cl_reader *r);
uint32_t cl_read_u32(struct cl_reader *r);
uint64_t cl_read_u64(struct cl_reader *r);
double cl_read_f64(struct cl_reader *r);

/* Lends len bytes of the payload; NULL when there are fewer. */
const unsigned char *cl_read_raw(struct cl_reader *r, size_t len);

/* Lends a blob and its length; at most max bytes, else it fails. */
const unsigned char *cl_read_bytes(struct cl_reader *r, size_t max, size_t *len);

/* A copy with a NUL after it, which the caller frees; NULL when it fails.  A
 * NUL inside fails, and so does more than max bytes. */
char *cl_read_str(struct cl_reader *r, size_t max);

/* How many items follow, at most max and no more than the payload could hold
 * at least_bytes each: nothing is allocated for a count that cannot be true. */
uint32_t cl_read_count(struct cl_reader *r, uint32_t max, size_t least_bytes);

/* 0 when everything was read, nothing is left over and nothing failed. */
int cl_reader_done(const struct cl_reader *r);

#endif

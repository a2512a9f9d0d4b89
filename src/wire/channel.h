/* SPDX-License-Identifier: Apache-2.0 */
/*
 * channel.h - sending and receiving whole packets with descriptors, for the
 * SEQPACKET channels, and full writes for the stream of a cell.
 *
 * Received descriptors are close-on-exec.  A cut message, or descriptors that
 * did not all arrive, are an error, and everything that came is closed.
 */
#ifndef CL_WIRE_CHANNEL_H
#define CL_WIRE_CHANNEL_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/* Send one packet (or, on a stream, all bytes) with n_fds descriptors, which
 * stay the caller's.  Never raises SIGPIPE.  Blocks unless fd is non-blocking. */
CL_MUST_CHECK int cl_channel_send(int fd, const void *data, size_t len, const int *fds,
                                  size_t n_fds, struct cloche_error *err);

/*
 * cl_channel_recv - receive what is there, at most cap bytes.
 *
 * fds, n_fds  in: room for CL_MAX_FDS; out: how many came (the caller's now)
 *
 * Returns the byte count; 0 at the end of the channel; -1 with err->sys
 * EAGAIN when nothing is there (non-blocking, or bounded), EMFILE when the
 * process has no room for the descriptors (none was taken, but data was
 * written), or another error.
 */
CL_MUST_CHECK ptrdiff_t cl_channel_recv(int fd, void *data, size_t cap, int *fds,
                                        size_t *n_fds, struct cloche_error *err);

/*
 * cl_channel_bound - no receive and no send on fd takes longer than this
 * without progress: then it fails with EAGAIN.  0: as long as it takes.
 *
 * For a side that serves others meanwhile and does not trust its peer to answer.
 */
CL_MUST_CHECK int cl_channel_bound(int fd, unsigned receive_ms, unsigned send_ms,
                                   struct cloche_error *err);

/* Let the peer see the end, though a copy of fd may be open in a child of the
 * caller's own making; close it; leave -1. */
void cl_channel_end(int *fd);

/* Send a buffer that holds frames; fails if the buffer has failed.  A caller
 * whose peer may be gone ignores the result. */
int cl_channel_send_buf(int fd, const struct cl_buf *b, const int *fds, size_t n_fds,
                        struct cloche_error *err);

#endif

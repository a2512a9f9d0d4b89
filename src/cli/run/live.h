/* SPDX-License-Identifier: Apache-2.0 */
/*
 * live.h - the code's output on its way from the library's thread to ours.
 *
 * Who reads our standard output may be slow, or a pager in which somebody
 * reads.  The library's thread watches the run's limits and must not wait for
 * them; so it leaves the output here, and the main thread writes it.
 *
 *     library's thread                         main thread
 *     cli_live_put --> queue (bounded) --> cli_live_take --> run/sink.h
 *
 * Only when the queue is full does the library's thread wait, and with it the
 * code.  The order of the two streams is kept.
 */
#ifndef CL_CLI_RUN_LIVE_H
#define CL_CLI_RUN_LIVE_H

#include <pthread.h>

#include <cloche/cloche.h>

#include "base/buf.h"
#include "cli/failure.h"

struct cli_live {
    pthread_mutex_t lock;
    pthread_cond_t has_room;
    struct cl_buf queue; /* pieces: stream (u8), length (u32), bytes */
    int is_closed;       /* what comes is thrown away */
    int wake_fd;         /* an eventfd: readable while the queue is not empty */
};

int cli_live_init(struct cli_live *live, struct cli_failure *f);
void cli_live_fini(struct cli_live *live); /* after the last cli_live_put */

/* For struct cloche_request's on_output; ctx is a struct cli_live. */
void cli_live_put(void *ctx, enum cloche_stream stream, const void *data, size_t len);

/* Take all that is there, in exchange for an empty buffer with CLI_LIVE_MAX. */
void cli_live_take(struct cli_live *live, struct cl_buf *out);

/* Throw away what is there and what comes; nobody waits in cli_live_put. */
void cli_live_close(struct cli_live *live);

/*
 * cli_live_next - the next piece of what was taken.
 *
 * at  how far it has been read; 0 at first
 *
 * Returns 1 and lends the piece, or 0 at the end.
 */
int cli_live_next(const struct cl_buf *taken, size_t *at, enum cloche_stream *stream,
                  const unsigned char **data, size_t *len);

enum { CLI_LIVE_MAX = 16 << 20 };

#endif

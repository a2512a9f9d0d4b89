/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the queue between two threads; every field is under its lock, but for
 * wake_fd, which is constant. */
#include "cli/run/live.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <sys/eventfd.h>

#include "base/own.h"

/* u8 stream, u32 length in this machine's order: it stays in the process. */
enum { HEAD = 5, PIECE_MAX = 256 << 10 };

int
cli_live_init(struct cli_live *live, struct cli_failure *f)
{
    *live = (struct cli_live){
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .has_room = PTHREAD_COND_INITIALIZER,
        .queue = CL_BUF_INIT(CLI_LIVE_MAX),
        .wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
    };
    return live->wake_fd >= 0 ? 0 : cl_fail_sys(&f->error, errno, "eventfd");
}

void
cli_live_fini(struct cli_live *live)
{
    cl_buf_fini(&live->queue);
    cl_drop_fd(&live->wake_fd);
    (void)pthread_cond_destroy(&live->has_room);
    (void)pthread_mutex_destroy(&live->lock);
}

/* With the lock held. */
static void
put_piece(struct cli_live *live, enum cloche_stream stream, const void *data, uint32_t len)
{
    const uint64_t one = 1;
    const int was_empty = live->queue.len == 0;
    unsigned char head[HEAD] = {(unsigned char)stream};

    memcpy(head + 1, &len, sizeof len);
    if (cl_buf_room(&live->queue, HEAD + len) == NULL) {
        /* No memory.  What cannot be shown ends the showing, not the process;
         * has_failed tells the main thread. */
        live->is_closed = 1;
    } else {
        (void)cl_buf_add(&live->queue, head, HEAD); /* there is room for both */
        (void)cl_buf_add(&live->queue, data, len);
    }
    if (was_empty) {
        (void)!write(live->wake_fd, &one, sizeof one); /* fails only when it is set */
    }
}

void
cli_live_put(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    struct cli_live *live = ctx;
    const unsigned char *at = data;

    (void)pthread_mutex_lock(&live->lock);
    while (len > 0 && !live->is_closed) {
        const size_t piece = len < PIECE_MAX ? len : PIECE_MAX;
        if (live->queue.max - live->queue.len < HEAD + piece) {
            (void)pthread_cond_wait(&live->has_room, &live->lock);
            continue;
        }
        put_piece(live, stream, at, (uint32_t)piece);
        at += piece;
        len -= piece;
    }
    (void)pthread_mutex_unlock(&live->lock);
}

void
cli_live_take(struct cli_live *live, struct cl_buf *out)
{
    uint64_t count;

    (void)pthread_mutex_lock(&live->lock);
    (void)!read(live->wake_fd, &count, sizeof count); /* fails only when it is not set */
    const struct cl_buf taken = live->queue;
    live->queue = *out;
    *out = taken;
    (void)pthread_cond_signal(&live->has_room);
    (void)pthread_mutex_unlock(&live->lock);
}

void
cli_live_close(struct cli_live *live)
{
    (void)pthread_mutex_lock(&live->lock);
    live->is_closed = 1;
    cl_buf_clear(&live->queue);
    (void)pthread_cond_signal(&live->has_room);
    (void)pthread_mutex_unlock(&live->lock);
}

int
cli_live_next(const struct cl_buf *taken, size_t *at, enum cloche_stream *stream,
              const unsigned char **data, size_t *len)
{
    uint32_t piece;
    if (*at == taken->len) {
        return 0;
    }
    const unsigned char *head = taken->data + *at;
    memcpy(&piece, head + 1, sizeof piece);
    *stream = head[0];
    *data = head + HEAD;
    *len = piece;
    *at += HEAD + piece;
    return 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns descriptors 1 and 2 while a run is going.  One thread. */
#include "cli/run/sink.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include "cli/run/interrupt.h"

enum {
    STALL_MS = 1000,
    /* What a pipe takes at once when it polls writable, so that write never blocks. */
    AT_ONCE = PIPE_BUF,
};

static struct cli_sink_stream
stream_of(int fd, int is_raw)
{
    const int is_terminal = isatty(fd);
    return (struct cli_sink_stream){.fd = fd,
                                    .is_terminal = is_terminal,
                                    .is_filtered = is_terminal && !is_raw,
                                    .last = '\n'};
}

void
cli_sink_init(struct cli_sink *sink, int is_raw, struct cloche_run *run)
{
    *sink = (struct cli_sink){
        .out = stream_of(STDOUT_FILENO, is_raw),
        .err = stream_of(STDERR_FILENO, is_raw),
        .last = '\n',
        .run = run,
    };
}

void
cli_sink_cancel(struct cli_sink *sink)
{
    if (!sink->is_cancelled) {
        sink->is_cancelled = 1;
        cloche_run_cancel(sink->run);
    }
}

/* Wait until fd takes more.  Returns 0, or an errno when that will not be. */
static int
wait_writable(struct cli_sink *sink, int fd)
{
    for (;;) {
        struct pollfd p[2] = {{.fd = fd, .events = POLLOUT},
                              {.fd = cli_interrupt_fd(), .events = POLLIN}};
        const int n =
            poll(p, sink->is_cancelled ? 1 : 2, sink->is_cancelled ? STALL_MS : -1);
        if (n < 0 && errno != EINTR) {
            return errno;
        }
        if (n == 0) {
            return ETIMEDOUT;
        }
        if (n > 0 && p[1].revents != 0) {
            cli_sink_cancel(sink);
        }
        if (n > 0 && p[0].revents != 0) {
            return 0; /* also for an error, which write will tell */
        }
    }
}

static void
write_patiently(struct cli_sink *sink, struct cli_sink_stream *to,
                const unsigned char *data, size_t len)
{
    while (len > 0 && to->sys == 0) {
        to->sys = wait_writable(sink, to->fd);
        if (to->sys != 0) {
            return;
        }
        const ssize_t n = write(to->fd, data, len < AT_ONCE ? len : AT_ONCE);
        if (n > 0) {
            to->last = sink->last = data[n - 1];
            data += n;
            len -= (size_t)n;
        } else if (n < 0 && errno != EINTR && errno != EAGAIN) {
            to->sys = errno;
        }
    }
}

/* Write what was made visible, and empty it. */
static void
flush(struct cli_sink *sink, struct cli_sink_stream *to, struct cl_buf *text)
{
    if (text->has_failed) {
        to->sys = ENOMEM;
    }
    write_patiently(sink, to, text->data, text->len);
    cl_buf_clear(text);
}

void
cli_sink_write(struct cli_sink *sink, enum cloche_stream stream, const void *data,
               size_t len)
{
    struct cli_sink_stream *to = stream == CLOCHE_STDERR ? &sink->err : &sink->out;
    const unsigned char *at = data;
    cl_autobuf struct cl_buf text = CL_BUF_INIT((size_t)(AT_ONCE + 4) * CLI_VISIBLE_GROWTH);

    if (!to->is_filtered) {
        write_patiently(sink, to, at, len);
        return;
    }
    while (len > 0 && to->sys == 0) {
        const size_t piece = len < AT_ONCE ? len : AT_ONCE;
        cli_visible_feed(&to->visible, at, piece, &text);
        flush(sink, to, &text);
        at += piece;
        len -= piece;
    }
}

void
cli_sink_end(struct cli_sink *sink)
{
    struct cli_sink_stream *const both[2] = {&sink->out, &sink->err};
    cl_autobuf struct cl_buf text = CL_BUF_INIT(64);

    for (int i = 0; i < 2; i++) {
        if (both[i]->is_filtered && both[i]->sys == 0) {
            cli_visible_end(&both[i]->visible, &text);
            flush(sink, both[i], &text);
        }
    }
}

void
cli_sink_fresh_line(struct cli_sink *sink)
{
    /* Two terminals are taken to be the same one. */
    const unsigned char last =
        sink->out.is_terminal && sink->err.is_terminal ? sink->last : sink->err.last;
    if (last != '\n') {
        write_patiently(sink, &sink->err, (const unsigned char *)"\n", 1);
    }
}

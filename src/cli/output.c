/* SPDX-License-Identifier: Apache-2.0 */
/* Owns nothing; writes to descriptors 1 and 2.  Must not know runs: their
 * output goes through run/live.c. */
#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <poll.h>

#include "cli/visible.h"

/* Returns 0 or an errno. */
static int
write_all(int fd, const void *data, size_t len)
{
    const unsigned char *at = data;
    while (len > 0) {
        const ssize_t n = write(fd, at, len);
        if (n >= 0) {
            at += n;
            len -= (size_t)n;
        } else if (errno == EAGAIN) {
            /* Somebody who shares the descriptor made it non-blocking. */
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            (void)poll(&ready, 1, -1); /* write tells what there is to tell */
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

int
cli_output_failed(int sys)
{
    if (sys == EPIPE) {
        return CLI_EXIT_PIPE;
    }
    cli_say("cannot write standard output: %s", strerror(sys));
    return CLI_EXIT_FAILED;
}

static int
print(const void *data, size_t len)
{
    const int sys = write_all(STDOUT_FILENO, data, len);
    return sys == 0 ? CLI_EXIT_OK : cli_output_failed(sys);
}

int
cli_print(const struct cl_buf *text)
{
    if (text->has_failed) {
        return cli_output_failed(ENOMEM);
    }
    return print(text->data, text->len);
}

int
cli_print_string(const char *text)
{
    return print(text, strlen(text));
}

void
cli_tell(const struct cl_buf *text)
{
    (void)write_all(STDERR_FILENO, text->data, text->len);
}

void
cli_say(const char *fmt, ...)
{
    cl_autobuf struct cl_buf line = CL_BUF_INIT(CLI_TEXT_MAX);
    char text[4096];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap); /* may be cut: it is a message */
    va_end(ap);
    (void)cl_buf_add_str(&line, "cloche: ");
    cli_visible_line(text, &line);
    (void)cl_buf_u8(&line, '\n');
    cli_tell(&line);
}

int
cli_is_coloured(int fd)
{
    const char *no = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return isatty(fd) && (no == NULL || no[0] == '\0') && term != NULL && term[0] != '\0' &&
           strcmp(term, "dumb") != 0;
}

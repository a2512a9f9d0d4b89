/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A run's standard input on its way into the pipe that the cell reads: from
 * memory, or from the caller's descriptor as that has something.  By whoever
 * drives the run.  Never waits.
 */
#include "engine/run.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/own.h"

enum { READ_BYTES = 65536 };

void
cl_run_end_input(struct cloche_run *run)
{
    cl_ears_ignore(run->cell, CL_EAR_STDIN);
    run->is_stdin_source_polled = 0;
    cl_drop_fd(&run->stdin_pipe_fd);
}

/* One chunk from the caller's descriptor, if that has one ready; 0 at its end. */
static int
fetch_input(struct cloche_run *run)
{
    struct pollfd source = {.fd = run->stdin_source_fd, .events = POLLIN};
    if (poll(&source, 1, 0) <= 0) {
        /* Nothing yet: hear the source instead of the pipe. */
        cl_ears_listen(run->cell, CL_EAR_STDIN, run->stdin_source_fd, POLLIN);
        run->is_stdin_source_polled = 1;
        return 1;
    }
    cl_buf_clear(&run->stdin_data);
    run->stdin_sent = 0;
    unsigned char *room = cl_buf_room(&run->stdin_data, READ_BYTES);
    if (room == NULL) {
        struct cloche_error err = {0};
        (void)cl_fail_nomem(&err);
        cl_run_fail(run, &err);
        return 0;
    }
    ssize_t n = recv(run->stdin_source_fd, room, READ_BYTES, MSG_DONTWAIT);
    if (n < 0 && errno == ENOTSOCK) {
        n = read(run->stdin_source_fd, room, READ_BYTES);
    }
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        return 1;
    }
    if (n <= 0) {
        return 0;
    }
    run->stdin_data.len = (size_t)n;
    return 1;
}

/*
 * write() to a pipe whose reader may be gone, in a program whose SIGPIPE is not
 * ours to ignore: it is held back in this thread, and taken if it was ours.
 */
static ssize_t
write_quietly(int fd, const void *data, size_t len)
{
    static const struct timespec at_once = {0};
    sigset_t pipe;
    sigset_t before;
    sigset_t pending;
    (void)sigemptyset(&pipe);
    (void)sigaddset(&pipe, SIGPIPE);
    (void)sigpending(&pending); /* none of these can fail */
    (void)pthread_sigmask(SIG_BLOCK, &pipe, &before);
    ssize_t n = write(fd, data, len);
    int saved = errno;
    if (n < 0 && saved == EPIPE && !sigismember(&pending, SIGPIPE)) {
        while (sigtimedwait(&pipe, NULL, &at_once) < 0 && errno == EINTR) {
        }
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = saved;
    return n;
}

void
cl_run_pump_input(struct cloche_run *run)
{
    if (run->stdin_pipe_fd < 0) {
        return;
    }
    if (run->is_stdin_source_polled) {
        run->is_stdin_source_polled = 0;
        cl_ears_listen(run->cell, CL_EAR_STDIN, run->stdin_pipe_fd, POLLOUT);
    }
    while (run->stdin_sent < run->stdin_data.len) {
        ssize_t n =
            write_quietly(run->stdin_pipe_fd, run->stdin_data.data + run->stdin_sent,
                          run->stdin_data.len - run->stdin_sent);
        if (n < 0 && errno == EAGAIN) {
            return;
        }
        if (n < 0) {
            cl_run_end_input(run); /* the code closed its standard input */
            return;
        }
        run->stdin_sent += (size_t)n;
    }
    if (run->stdin_source_fd < 0 || !fetch_input(run)) {
        cl_run_end_input(run);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A cell's own side of its channel.
 *
 *     cloned -> lockdown -> LOCKED -> after-fork hooks, entropy -> CELL_READY
 *            -> INPUT_FILE* -> JOB -> user code -> RESULT -> waits to be killed
 *
 * No byte of user code is read before the lock-down is complete.  After JOB
 * nothing here is trusted by anybody: user code may do with this process what
 * it likes.
 */
#include "cell/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "cell/interpreter.h"
#include "cell/job.h"
#include "wire/channel.h"
#include "wire/frame.h"
#include "wire/message.h"

enum { EXIT_SETUP = 127 };

static _Noreturn void
die(int channel, const struct cloche_error *err)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(1024);
    size_t start = cl_frame_begin(&b, CL_MSG_CELL_FAILED);
    cl_put_error(&b, err);
    cl_frame_end(&b, start);
    (void)cl_channel_send_buf(channel, &b, NULL, 0, NULL); /* or the broker sees the end */
    _exit(EXIT_SETUP);
}

static void
send_locked(struct cl_locked *locked)
{
    struct cloche_error err = {0};
    cl_autobuf struct cl_buf b = CL_BUF_INIT(64);
    size_t start = cl_frame_begin(&b, CL_MSG_LOCKED);
    int fds[2];
    size_t n = 0;
    /* Which descriptors come, in this order. */
    (void)cl_buf_u8(&b, locked->listener_fd >= 0); /* sticky */
    (void)cl_buf_u8(&b, locked->work_fd >= 0);
    cl_frame_end(&b, start);
    if (locked->listener_fd >= 0) {
        fds[n++] = locked->listener_fd;
    }
    if (locked->work_fd >= 0) {
        fds[n++] = locked->work_fd;
    }
    if (cl_channel_send_buf(CL_CELL_CHANNEL_FD, &b, fds, n, &err) < 0) {
        die(CL_CELL_CHANNEL_FD, &err);
    }
    cl_drop_fd(&locked->listener_fd);
    cl_drop_fd(&locked->work_fd);
}

/* Read exactly len bytes, and at most one descriptor with the first of them.
 * The end of the channel means that nobody wants this cell: it ends. */
static void
read_exactly(unsigned char *data, size_t len, int *fd)
{
    size_t have = 0;
    while (have < len) {
        int fds[CL_MAX_FDS];
        size_t n_fds = 0;
        ptrdiff_t n =
            cl_channel_recv(CL_CELL_CHANNEL_FD, data + have, len - have, fds, &n_fds, NULL);
        if (n <= 0) {
            _exit(0);
        }
        for (size_t i = 0; i < n_fds; i++) {
            cl_drop_fd(fd);
            *fd = fds[i];
        }
        have += (size_t)n;
    }
}

/* Directories on the way to a file in the work directory. */
static int
make_parents(char *path)
{
    for (char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int rc = mkdir(path, 0777);
        int saved = errno;
        *slash = '/';
        if (rc < 0 && saved != EEXIST) {
            errno = saved;
            return -1;
        }
    }
    return 0;
}

static int
write_input_file(struct cl_reader *r, struct cloche_error *err)
{
    cl_autofree char *path = cl_read_str(r, 4096);
    size_t len = 0;
    const unsigned char *data = cl_read_bytes(r, CL_CHUNK_MAX, &len);
    if (cl_reader_done(r) < 0) {
        return cl_fail(err, CLOCHE_EINTERNAL, "an input file that cannot be read");
    }
    if (make_parents(path) < 0) {
        return cl_fail_sys(err, errno, "input file '%s'", path);
    }
    cl_autoclose int fd =
        open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
    while (fd >= 0 && len > 0) {
        ssize_t n = write(fd, data, len);
        if (n < 0) {
            return cl_fail_sys(err, errno, "input file '%s'", path);
        }
        data += n;
        len -= (size_t)n;
    }
    return fd < 0 ? cl_fail_sys(err, errno, "input file '%s'", path) : 0;
}

/* Frames until the job; the job's payload is the caller's to free. */
static unsigned char *
await_job(size_t *len, int *stdin_fd)
{
    for (;;) {
        struct cloche_error err = {0};
        unsigned char head[CL_FRAME_HEADER];
        read_exactly(head, sizeof head, stdin_fd);
        struct cl_reader h = CL_READER(head, sizeof head);
        uint32_t frame_len = cl_read_u32(&h);
        uint8_t type = cl_read_u8(&h);
        if (cl_message_check(type, frame_len, 0, CL_FROM_BROKER, CL_STATE_READY, &err) <
            0) {
            die(CL_CELL_CHANNEL_FD, &err);
        }
        *len = frame_len - 1;
        unsigned char *payload = malloc(*len + 1);
        if (payload == NULL) {
            (void)cl_fail_nomem(&err);
            die(CL_CELL_CHANNEL_FD, &err);
        }
        read_exactly(payload, *len, stdin_fd);
        payload[*len] = '\0'; /* the source stands last: CPython wants it terminated */
        if (type == CL_MSG_JOB) {
            return payload;
        }
        struct cl_reader r = CL_READER(payload, *len);
        int rc = write_input_file(&r, &err);
        free(payload);
        if (rc < 0) {
            die(CL_CELL_CHANNEL_FD, &err);
        }
    }
}

void
cl_cell_main(const struct cl_lockdown *l)
{
    struct cloche_error err = {0};
    struct cl_locked locked;
    if (cl_lockdown(l, &locked, &err) < 0) {
        (void)cl_fail_in(&err, "lock-down");
        /* Before the descriptors were arranged it is still the received one. */
        int arranged = fcntl(CL_CELL_CHANNEL_FD, F_GETFD) >= 0;
        die(arranged ? CL_CELL_CHANNEL_FD : l->channel_fd, &err);
    }
    send_locked(&locked);
    if (cl_interpreter_after_fork(&err) < 0) {
        die(CL_CELL_CHANNEL_FD, &err);
    }
    if (cl_interpreter_is_warm() && !l->is_awaited) {
        cl_job_rehearse();
    }
    cl_autobuf struct cl_buf ready = CL_BUF_INIT(16);
    cl_frame_end(&ready, cl_frame_begin(&ready, CL_MSG_CELL_READY));
    if (cl_channel_send_buf(CL_CELL_CHANNEL_FD, &ready, NULL, 0, NULL) < 0) {
        _exit(0);
    }
    size_t len = 0;
    int stdin_fd = -1;
    unsigned char *payload = await_job(&len, &stdin_fd);
    if (stdin_fd >= 0) {
        (void)dup2(stdin_fd, 0); /* both are open: cannot fail */
        (void)close(stdin_fd);
    }
    cl_job_run(payload, len);
    /* The broker has what it needs and will kill; if it is gone, so are we. */
    char byte;
    ssize_t n = read(CL_CELL_CHANNEL_FD, &byte, 1);
    (void)n;
    _exit(0);
}

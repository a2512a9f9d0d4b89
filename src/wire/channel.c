/* SPDX-License-Identifier: Apache-2.0 */
/* Owns nothing.  Used on both sides of every channel, before and after
 * lock-down: no system call here that a cell's filter refuses. */
#include "wire/channel.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/own.h"
#include "wire/message.h"

union control {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(sizeof(int) * CL_MAX_FDS)];
};

static void
attach_fds(struct msghdr *msg, union control *control, const int *fds, size_t n_fds)
{
    memset(control, 0, sizeof *control);
    msg->msg_control = control->bytes;
    msg->msg_controllen = CMSG_SPACE(sizeof(int) * n_fds);
    struct cmsghdr *c = CMSG_FIRSTHDR(msg);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int) * n_fds);
    memcpy(CMSG_DATA(c), fds, sizeof(int) * n_fds);
}

int
cl_channel_send(int fd, const void *data, size_t len, const int *fds, size_t n_fds,
                struct cloche_error *err)
{
    union control control;
    if (n_fds > CL_MAX_FDS) {
        return cl_fail(err, CLOCHE_EINTERNAL, "%zu descriptors in one packet", n_fds);
    }
    size_t sent = 0;
    while (sent < len) {
        struct iovec iov = {
            .iov_base = (void *)((uintptr_t)data + sent), /* sendmsg only reads it */
            .iov_len = len - sent,
        };
        struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
        if (n_fds > 0 && sent == 0) {
            attach_fds(&msg, &control, fds, n_fds);
        }
        ssize_t n = sendmsg(fd, &msg, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return cl_fail_sys(err, errno, "send");
        }
        sent += (size_t)n;
    }
    return 0;
}

int
cl_channel_send_buf(int fd, const struct cl_buf *b, const int *fds, size_t n_fds,
                    struct cloche_error *err)
{
    if (b->has_failed) {
        return cl_fail_nomem(err);
    }
    return cl_channel_send(fd, b->data, b->len, fds, n_fds, err);
}

static size_t
collect_fds(struct msghdr *msg, int *fds)
{
    size_t count = 0;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c != NULL; c = CMSG_NXTHDR(msg, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < n; i++) {
            int fd = -1;
            memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof fd);
            if (count < CL_MAX_FDS) {
                fds[count++] = fd;
            } else {
                (void)close(fd); /* cannot come: the control buffer has no room for it */
            }
        }
    }
    return count;
}

ptrdiff_t
cl_channel_recv(int fd, void *data, size_t cap, int *fds, size_t *n_fds,
                struct cloche_error *err)
{
    union control control;
    struct iovec iov = {.iov_base = data, .iov_len = cap};
    struct msghdr msg = {
        .msg_iov = &iov,
        .msg_iovlen = 1,
        .msg_control = control.bytes,
        .msg_controllen = sizeof control.bytes,
    };
    ssize_t n;
    do {
        n = recvmsg(fd, &msg, MSG_CMSG_CLOEXEC);
    } while (n < 0 && errno == EINTR);
    *n_fds = 0;
    if (n < 0 && errno == ECONNRESET) {
        return 0; /* it ended with something of ours unread: an end all the same */
    }
    if (n < 0) {
        return cl_fail_sys(err, errno, "receive");
    }
    *n_fds = collect_fds(&msg, fds);
    if (msg.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        for (size_t i = 0; i < *n_fds; i++) {
            (void)close(fds[i]); /* came with a message that is thrown away */
        }
        *n_fds = 0;
        /* There is room for CL_MAX_FDS: the process has none. */
        return msg.msg_flags & MSG_TRUNC
                   ? cl_fail(err, CLOCHE_EINTERNAL, "a packet that is too long")
                   : cl_fail_sys(err, EMFILE, "receive a descriptor");
    }
    return n;
}

static struct timeval
milliseconds(unsigned ms)
{
    return (struct timeval){.tv_sec = ms / 1000,
                            .tv_usec = (suseconds_t)(ms % 1000) * 1000};
}

int
cl_channel_bound(int fd, unsigned receive_ms, unsigned send_ms, struct cloche_error *err)
{
    struct timeval receive = milliseconds(receive_ms);
    struct timeval send = milliseconds(send_ms);
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &receive, sizeof receive) < 0 ||
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &send, sizeof send) < 0) {
        return cl_fail_sys(err, errno, "bound a channel");
    }
    return 0;
}

void
cl_channel_end(int *fd)
{
    if (*fd >= 0) {
        (void)shutdown(*fd, SHUT_RDWR); /* of a peer that is gone: as wanted */
        cl_drop_fd(fd);
    }
}

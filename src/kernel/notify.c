/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/notify.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>

/*
 * The kernel may know longer structures than our header and then writes more
 * bytes than ours has: room for them, and zeroed as it demands.
 */
union notif {
    struct seccomp_notif n;
    unsigned char room[512];
};

union notif_resp {
    struct seccomp_notif_resp r;
    unsigned char room[512];
};

int
cl_notify_receive(int fd, struct cl_notification *out, struct cloche_error *err)
{
    union notif req;
    memset(&req, 0, sizeof req);
    if (ioctl(fd, SECCOMP_IOCTL_NOTIF_RECV, &req) < 0) {
        if (errno == ENOENT || errno == EINTR || errno == EAGAIN) {
            return 0;
        }
        return cl_fail_sys(err, errno, "receive a system call notification");
    }
    *out = (struct cl_notification){.id = req.n.id, .pid = req.n.pid, .data = req.n.data};
    return 1;
}

int
cl_notify_refuse(int fd, uint64_t id, int error, struct cloche_error *err)
{
    union notif_resp resp;
    memset(&resp, 0, sizeof resp);
    resp.r.id = id;
    resp.r.error = -error;
    if (ioctl(fd, SECCOMP_IOCTL_NOTIF_SEND, &resp) < 0 && errno != ENOENT) {
        return cl_fail_sys(err, errno, "answer a system call notification");
    }
    return 0;
}

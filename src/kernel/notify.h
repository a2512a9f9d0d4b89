/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notify.h - the broker's end of seccomp user notification.
 *
 * A call that a cell's filter sends here waits until it is answered.  We
 * never answer "continue": the arguments may have changed since.
 */
#ifndef CL_KERNEL_NOTIFY_H
#define CL_KERNEL_NOTIFY_H

#include <linux/seccomp.h>
#include <stdint.h>

#include "base/error.h"

struct cl_notification {
    uint64_t id;
    uint32_t pid; /* in the reader's PID namespace; 0 when it is not visible */
    struct seccomp_data data;
};

/* 1 and *out, 0 when the caller is gone or nothing is there, -1 on failure. */
int cl_notify_receive(int fd, struct cl_notification *out, struct cloche_error *err);

/* Answer with -error.  A caller that died meanwhile is no failure. */
int cl_notify_refuse(int fd, uint64_t id, int error, struct cloche_error *err);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Putting a filter on.  The bytes were made on the trusted side; here they only
 * cross into the kernel.
 *
 * Owns nothing.  Runs between fork and lock-down: raw system calls, no
 * allocation, no locks.  Must not know of libseccomp or of the table.
 */
#include "kernel/seccomp.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5) /* 5.19 */
#endif

static long
set_filter(const struct sock_fprog *program, unsigned long flags)
{
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, program);
}

/*
 * With WAIT_KILLABLE_RECV a call that the broker has taken up is not broken off
 * by a signal and made again, so that one act is one denial.  Kernels before
 * 5.19 answer EINVAL; there a repeated notification is possible.
 */
static long
set_filter_with_listener(const struct sock_fprog *program)
{
    long fd = set_filter(program, SECCOMP_FILTER_FLAG_NEW_LISTENER |
                                      SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
    if (fd < 0 && errno == EINVAL) {
        fd = set_filter(program, SECCOMP_FILTER_FLAG_NEW_LISTENER);
    }
    return fd;
}

int
cl_seccomp_install(const void *bytes, size_t len, int *listener_fd,
                   struct cloche_error *err)
{
    size_t n = len / sizeof(struct sock_filter);
    if (n == 0 || n > BPF_MAXINSNS || len % sizeof(struct sock_filter) != 0) {
        return cl_fail(err, CLOCHE_EINTERNAL,
                       "seccomp: a filter of %zu bytes; expected 1 to %d records of %zu",
                       len, BPF_MAXINSNS, sizeof(struct sock_filter));
    }
    struct sock_fprog program = {
        .len = (unsigned short)n,
        .filter = (struct sock_filter *)(uintptr_t)bytes, /* only read by the kernel */
    };
    long rc =
        listener_fd != NULL ? set_filter_with_listener(&program) : set_filter(&program, 0);
    if (rc < 0) {
        int e = errno;
        enum cloche_code code =
            e == ENOSYS || e == EINVAL || e == EBUSY ? CLOCHE_EHOST : CLOCHE_ESYS;
        return cl_fail_sys_as(err, code, e, "seccomp: install a filter of %zu records%s", n,
                              listener_fd != NULL ? " with a listener" : "");
    }
    if (listener_fd != NULL) {
        *listener_fd = (int)rc;
    }
    return 0;
}

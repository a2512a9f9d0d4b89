/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/rlimit.h"

#include <errno.h>
#include <stddef.h>
#include <sys/resource.h>

int
cl_rlimit_set(pid_t pid, int resource, uint64_t value, struct cloche_error *err)
{
    if (value == UINT64_MAX) {
        return 0;
    }
    struct rlimit now;
    if (prlimit(pid, resource, NULL, &now) < 0) {
        return cl_fail_sys(err, errno, "read resource limit %d", resource);
    }
    if (now.rlim_max != RLIM_INFINITY && value > now.rlim_max) {
        value = now.rlim_max; /* an outer limit is tighter; raising it needs privilege */
    }
    struct rlimit want = {.rlim_cur = value, .rlim_max = value};
    if (prlimit(pid, resource, &want, NULL) < 0) {
        return cl_fail_sys(err, errno, "set resource limit %d", resource);
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* User namespaces: the id maps. */
#ifndef CL_KERNEL_USERNS_H
#define CL_KERNEL_USERNS_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct cl_userns_map {
    uint32_t inside, outside, count;
};

/*
 * cl_userns_write_maps - write both id maps of a process's new user
 * namespace, once.
 *
 * proc           "/proc/self" or "/proc/<pid>", in a procfs that shows it
 * deny_setgroups needed before an unprivileged writer may map a group
 *
 * The writer must be the process itself or its namespace's owner.  Fails with
 * EHOST (the host forbids it: EPERM) or ESYS.
 */
CL_MUST_CHECK int cl_userns_write_maps(const char *proc, const struct cl_userns_map *uids,
                                       const struct cl_userns_map *gids, int deny_setgroups,
                                       struct cloche_error *err);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * landlock.h - file, TCP and scope rules that a process puts on itself, at
 * whatever ABI the kernel has (1 and later).
 *
 * What a ruleset handles and no rule allows is refused.  A ruleset always
 * handles every right of its ABI.
 */
#ifndef CL_KERNEL_LANDLOCK_H
#define CL_KERNEL_LANDLOCK_H

#include <stdint.h>

#include "base/error.h"

enum cl_landlock_access {
    CL_LANDLOCK_READ = 1u << 0,    /* read files, list directories */
    CL_LANDLOCK_EXECUTE = 1u << 1, /* execute files */
    CL_LANDLOCK_WRITE = 1u << 2,   /* write, create, rename, remove, truncate */
    CL_LANDLOCK_DEVICE = 1u << 3,  /* write to a device file, and its ioctls */
    CL_LANDLOCK_LIST = 1u << 4,    /* list directories */
};

enum cl_landlock_flag {
    CL_LANDLOCK_NET = 1u << 0, /* handle TCP bind and connect: all refused (ABI 4) */
    CL_LANDLOCK_SCOPE =
        1u << 1, /* no abstract sockets, no signals out of the domain (ABI 6) */
};

/* The kernel's ABI: 1 or more; 0 where there is no Landlock. */
int cl_landlock_abi(void);

/* A new ruleset at the given ABI (at most the kernel's); the caller closes *fd. */
CL_MUST_CHECK int cl_landlock_create(int abi, unsigned flags, int *fd,
                                     struct cloche_error *err);

/* Allow access beneath path.  A path that does not exist is skipped. */
CL_MUST_CHECK int cl_landlock_allow(int fd, int abi, const char *path, unsigned access,
                                    struct cloche_error *err);

/* The same beneath an open directory. */
CL_MUST_CHECK int cl_landlock_allow_fd(int fd, int abi, int target, unsigned access,
                                       struct cloche_error *err);

/* Enforce on the calling thread, for ever.  Needs no_new_privs. */
CL_MUST_CHECK int cl_landlock_restrict(int fd, struct cloche_error *err);

#endif

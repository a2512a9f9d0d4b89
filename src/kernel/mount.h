/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mount.h - mounts, by the file descriptor interface of Linux 5.2 and later
 * (mount_setattr: 5.12).  All need CAP_SYS_ADMIN over the mount namespace.
 */
#ifndef CL_KERNEL_MOUNT_H
#define CL_KERNEL_MOUNT_H

#include <stdint.h>

#include "base/error.h"

/* Attributes; a mount always gets nosuid, and nodev unless CL_MOUNT_DEV. */
enum cl_mount_option {
    CL_MOUNT_RDONLY = 1u << 0,
    CL_MOUNT_NOEXEC = 1u << 1,
    CL_MOUNT_DEV = 1u << 2,
    CL_MOUNT_NOSYMFOLLOW = 1u << 3,
};

/* Nothing that is mounted later, here or there, crosses: all of / private. */
CL_MUST_CHECK int cl_mount_make_private(struct cloche_error *err);

/*
 * A new tmpfs, detached; the caller closes *fd.  size_bytes and inodes of
 * UINT64_MAX: small defaults of the kernel are not used, but 16 MiB and 4096.
 */
CL_MUST_CHECK int cl_mount_tmpfs(uint64_t size_bytes, uint64_t inodes, unsigned options,
                                 int *fd, struct cloche_error *err);

/* A new procfs of the caller's PID namespace, detached; only_pids: subset=pid. */
CL_MUST_CHECK int cl_mount_proc(int only_pids, int *fd, struct cloche_error *err);

/* A detached copy of the tree at path beneath dir_fd (AT_FDCWD for absolute
 * paths), with everything mounted below it; the caller closes *fd. */
CL_MUST_CHECK int cl_mount_copy(int dir_fd, const char *path, int *fd,
                                struct cloche_error *err);

/* Set attributes on a detached tree, recursively. */
CL_MUST_CHECK int cl_mount_restrict(int fd, unsigned options, struct cloche_error *err);

/* The same on the mounts at and below an attached path; RDONLY only adds. */
CL_MUST_CHECK int cl_mount_restrict_path(const char *path, unsigned options,
                                         struct cloche_error *err);

/* Attach a detached tree at path beneath dir_fd. */
CL_MUST_CHECK int cl_mount_attach(int fd, int dir_fd, const char *path,
                                  struct cloche_error *err);

/* Make the attached tree at `path` the root, and let go of the old one. */
CL_MUST_CHECK int cl_mount_pivot(const char *path, struct cloche_error *err);

/* Make the root mount itself read-only, for good. */
CL_MUST_CHECK int cl_mount_seal_root(struct cloche_error *err);

#endif

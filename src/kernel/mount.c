/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts of the calling process's namespace.  Keeps nothing. */
#include "kernel/mount.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/own.h"
#include "kernel/abi.h"

enum { DEFAULT_TMPFS_BYTES = 16 << 20, DEFAULT_TMPFS_INODES = 4096 };

static uint64_t
attributes(unsigned options)
{
    uint64_t attr = CL_MOUNT_ATTR_NOSUID;
    attr |= options & CL_MOUNT_RDONLY ? CL_MOUNT_ATTR_RDONLY : 0;
    attr |= options & CL_MOUNT_NOEXEC ? CL_MOUNT_ATTR_NOEXEC : 0;
    attr |= options & CL_MOUNT_DEV ? 0 : CL_MOUNT_ATTR_NODEV;
    attr |= options & CL_MOUNT_NOSYMFOLLOW ? CL_MOUNT_ATTR_NOSYMFOLLOW : 0;
    return attr;
}

int
cl_mount_make_private(struct cloche_error *err)
{
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) {
        return cl_fail_sys(err, errno, "make mounts private");
    }
    return 0;
}

static int
set_string(int fs, const char *key, uint64_t value)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%" PRIu64, value); /* fits: 20 digits */
    return (int)syscall(SYS_fsconfig, fs, CL_FSCONFIG_SET_STRING, key, text, 0);
}

/* Finish a configured file system context: superblock, then mount. */
static int
make_mount(int fs, unsigned options, const char *what, int *fd, struct cloche_error *err)
{
    if (syscall(SYS_fsconfig, fs, CL_FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0) {
        return cl_fail_sys(err, errno, "create a %s", what);
    }
    int mnt = (int)syscall(SYS_fsmount, fs, CL_FSMOUNT_CLOEXEC, attributes(options));
    if (mnt < 0) {
        return cl_fail_sys(err, errno, "mount a %s", what);
    }
    *fd = mnt;
    return 0;
}

int
cl_mount_tmpfs(uint64_t size_bytes, uint64_t inodes, unsigned options, int *fd,
               struct cloche_error *err)
{
    cl_autoclose int fs = (int)syscall(SYS_fsopen, "tmpfs", CL_FSOPEN_CLOEXEC);
    if (fs < 0) {
        return cl_fail_sys(err, errno, "open tmpfs");
    }
    uint64_t size = size_bytes == UINT64_MAX ? DEFAULT_TMPFS_BYTES : size_bytes;
    uint64_t nodes = inodes == UINT64_MAX ? DEFAULT_TMPFS_INODES : inodes;
    if (set_string(fs, "size", size) < 0 || set_string(fs, "nr_inodes", nodes) < 0 ||
        syscall(SYS_fsconfig, fs, CL_FSCONFIG_SET_STRING, "mode", "0755", 0) < 0) {
        return cl_fail_sys(err, errno, "limit a tmpfs");
    }
    return make_mount(fs, options, "tmpfs", fd, err);
}

int
cl_mount_proc(int only_pids, int *fd, struct cloche_error *err)
{
    cl_autoclose int fs = (int)syscall(SYS_fsopen, "proc", CL_FSOPEN_CLOEXEC);
    if (fs < 0) {
        return cl_fail_sys(err, errno, "open proc");
    }
    if (only_pids &&
        syscall(SYS_fsconfig, fs, CL_FSCONFIG_SET_STRING, "subset", "pid", 0) < 0) {
        return cl_fail_sys(err, errno, "restrict proc to processes");
    }
    return make_mount(fs, CL_MOUNT_NOEXEC, "proc", fd, err);
}

int
cl_mount_copy(int dir_fd, const char *path, int *fd, struct cloche_error *err)
{
    int tree = (int)syscall(SYS_open_tree, dir_fd, path,
                            CL_OPEN_TREE_CLONE | CL_OPEN_TREE_CLOEXEC | CL_AT_RECURSIVE);
    if (tree < 0) {
        return cl_fail_sys(err, errno, "bind '%s'", path);
    }
    *fd = tree;
    return 0;
}

int
cl_mount_restrict(int fd, unsigned options, struct cloche_error *err)
{
    struct cl_mount_attr attr = {.attr_set = attributes(options)};
    if (syscall(SYS_mount_setattr, fd, "", AT_EMPTY_PATH | CL_AT_RECURSIVE, &attr,
                sizeof attr) < 0) {
        return cl_fail_sys(err, errno, "restrict a mount");
    }
    return 0;
}

int
cl_mount_restrict_path(const char *path, unsigned options, struct cloche_error *err)
{
    struct cl_mount_attr attr = {.attr_set = attributes(options | CL_MOUNT_DEV)};
    if (syscall(SYS_mount_setattr, AT_FDCWD, path, CL_AT_RECURSIVE, &attr, sizeof attr) <
        0) {
        return cl_fail_sys(err, errno, "restrict mounts below '%s'", path);
    }
    return 0;
}

int
cl_mount_attach(int fd, int dir_fd, const char *path, struct cloche_error *err)
{
    if (syscall(SYS_move_mount, fd, "", dir_fd, path, CL_MOVE_MOUNT_F_EMPTY_PATH) < 0) {
        return cl_fail_sys(err, errno, "mount at '%s'", path);
    }
    return 0;
}

int
cl_mount_pivot(const char *path, struct cloche_error *err)
{
    /* pivot_root(".", "."): the old root is stacked below the new one and is
     * detached at once, so no directory for it is needed inside. */
    if (chdir(path) < 0) {
        return cl_fail_sys(err, errno, "enter '%s'", path);
    }
    if (syscall(SYS_pivot_root, ".", ".") < 0) {
        return cl_fail_sys(err, errno, "pivot_root");
    }
    if (umount2(".", MNT_DETACH) < 0) {
        return cl_fail_sys(err, errno, "detach the old root");
    }
    if (chdir("/") < 0) {
        return cl_fail_sys(err, errno, "enter the new root");
    }
    return 0;
}

int
cl_mount_seal_root(struct cloche_error *err)
{
    /* Only the root itself: what is mounted on it has its own attributes. */
    struct cl_mount_attr attr = {.attr_set = attributes(CL_MOUNT_RDONLY)};
    if (syscall(SYS_mount_setattr, AT_FDCWD, "/", 0, &attr, sizeof attr) < 0) {
        return cl_fail_sys(err, errno, "make the root read-only");
    }
    return 0;
}

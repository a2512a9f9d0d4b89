/* SPDX-License-Identifier: Apache-2.0 */
/*
 * abi.h - kernel interfaces that the packaged headers may lack: the running
 * kernel may have more than the headers that we are built with.
 */
#ifndef CL_KERNEL_ABI_H
#define CL_KERNEL_ABI_H

#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From 424 on, numbers are the same on all architectures. */
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_open_tree
#define SYS_open_tree 428
#define SYS_move_mount 429
#define SYS_fsopen 430
#define SYS_fsconfig 431
#define SYS_fsmount 432
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_openat2
#define SYS_openat2 437
#endif
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

/* Who a pidfd stands for: Linux 6.13. */
struct cl_pidfd_info {
    uint64_t mask, cgroup;
    uint32_t pid, tgid, ppid;
    uint32_t ids[8];
    int32_t exit_code;
};
#define CL_PIDFD_GET_INFO _IOWR(0xFF, 11, struct cl_pidfd_info)

#ifndef CLONE_NEWCGROUP
#define CLONE_NEWCGROUP 0x02000000
#endif
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ull
#endif
#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x00001000
#endif

/* linux/mount.h clashes with sys/mount.h in older glibc: ours, prefixed. */
#define CL_OPEN_TREE_CLONE 1u
#define CL_OPEN_TREE_CLOEXEC 02000000u
#define CL_AT_RECURSIVE 0x8000u
#define CL_MOVE_MOUNT_F_EMPTY_PATH 0x00000004u
#define CL_FSOPEN_CLOEXEC 1u
#define CL_FSMOUNT_CLOEXEC 1u
#define CL_FSCONFIG_SET_FLAG 0u
#define CL_FSCONFIG_SET_STRING 1u
#define CL_FSCONFIG_CMD_CREATE 6u
#define CL_MOUNT_ATTR_RDONLY 0x00000001u
#define CL_MOUNT_ATTR_NOSUID 0x00000002u
#define CL_MOUNT_ATTR_NODEV 0x00000004u
#define CL_MOUNT_ATTR_NOEXEC 0x00000008u
#define CL_MOUNT_ATTR_NOATIME 0x00000010u
#define CL_MOUNT_ATTR_NOSYMFOLLOW 0x00200000u

struct cl_mount_attr {
    uint64_t attr_set, attr_clr, propagation, userns_fd;
};

struct cl_clone_args {
    uint64_t flags, pidfd, child_tid, parent_tid, exit_signal;
    uint64_t stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

struct cl_open_how {
    uint64_t flags, mode, resolve;
};
#define CL_RESOLVE_NO_XDEV 0x01u
#define CL_RESOLVE_NO_MAGICLINKS 0x02u
#define CL_RESOLVE_NO_SYMLINKS 0x04u
#define CL_RESOLVE_BENEATH 0x08u

#endif

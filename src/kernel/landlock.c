/* SPDX-License-Identifier: Apache-2.0 */
/* Own constants: the packaged header may know fewer rights than the kernel. */
#include "kernel/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "kernel/abi.h"

#define FS_EXECUTE (1ull << 0)
#define FS_WRITE_FILE (1ull << 1)
#define FS_READ_FILE (1ull << 2)
#define FS_READ_DIR (1ull << 3)
#define FS_REMOVE_DIR (1ull << 4)
#define FS_REMOVE_FILE (1ull << 5)
#define FS_MAKE_CHAR (1ull << 6)
#define FS_MAKE_DIR (1ull << 7)
#define FS_MAKE_REG (1ull << 8)
#define FS_MAKE_SOCK (1ull << 9)
#define FS_MAKE_FIFO (1ull << 10)
#define FS_MAKE_BLOCK (1ull << 11)
#define FS_MAKE_SYM (1ull << 12)
#define FS_REFER (1ull << 13)     /* ABI 2 */
#define FS_TRUNCATE (1ull << 14)  /* ABI 3 */
#define FS_IOCTL_DEV (1ull << 15) /* ABI 5 */
#define FS_ABI_1 ((1ull << 13) - 1)
#define FS_OF_FILES (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)

struct ruleset_attr {
    uint64_t handled_access_fs;
    uint64_t handled_access_net; /* ABI 4 */
    uint64_t scoped;             /* ABI 6 */
};

struct path_beneath_attr {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

enum { CREATE_RULESET_VERSION = 1, RULE_PATH_BENEATH = 1 };

static uint64_t
fs_rights(int abi)
{
    uint64_t rights = FS_ABI_1;
    rights |= abi >= 2 ? FS_REFER : 0;
    rights |= abi >= 3 ? FS_TRUNCATE : 0;
    rights |= abi >= 5 ? FS_IOCTL_DEV : 0;
    return rights;
}

int
cl_landlock_abi(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
    return abi < 1 ? 0 : (int)abi;
}

int
cl_landlock_create(int abi, unsigned flags, int *fd, struct cloche_error *err)
{
    struct ruleset_attr attr = {.handled_access_fs = fs_rights(abi)};
    size_t size = sizeof attr.handled_access_fs;
    if (abi >= 4) {
        attr.handled_access_net = flags & CL_LANDLOCK_NET ? 3 : 0; /* bind, connect */
        size = 2 * sizeof(uint64_t);
    }
    if (abi >= 6) {
        attr.scoped = flags & CL_LANDLOCK_SCOPE ? 3 : 0; /* abstract sockets, signals */
        size = sizeof attr;
    }
    int made = (int)syscall(SYS_landlock_create_ruleset, &attr, size, 0);
    if (made < 0) {
        return cl_fail_sys_as(err, CLOCHE_EHOST, errno,
                              "landlock: create a ruleset (ABI %d)", abi);
    }
    *fd = made;
    return 0;
}

static uint64_t
rights_of(unsigned access, int abi)
{
    uint64_t rights = 0;
    rights |= access & CL_LANDLOCK_READ ? FS_READ_FILE | FS_READ_DIR : 0;
    rights |= access & CL_LANDLOCK_EXECUTE ? FS_EXECUTE | FS_READ_FILE : 0;
    rights |= access & CL_LANDLOCK_WRITE
                  ? FS_WRITE_FILE | FS_REMOVE_DIR | FS_REMOVE_FILE | FS_MAKE_DIR |
                        FS_MAKE_REG | FS_MAKE_SOCK | FS_MAKE_FIFO | FS_MAKE_SYM | FS_REFER |
                        FS_TRUNCATE
                  : 0;
    rights |= access & CL_LANDLOCK_DEVICE ? FS_WRITE_FILE | FS_READ_FILE | FS_IOCTL_DEV : 0;
    rights |= access & CL_LANDLOCK_LIST ? FS_READ_DIR : 0;
    return rights & fs_rights(abi);
}

int
cl_landlock_allow_fd(int fd, int abi, int target, unsigned access, struct cloche_error *err)
{
    struct stat st;
    if (fstat(target, &st) < 0) {
        return cl_fail_sys(err, errno, "landlock: look at a path");
    }
    uint64_t rights = rights_of(access, abi);
    if (!S_ISDIR(st.st_mode)) {
        rights &= FS_OF_FILES; /* the kernel refuses a directory's rights on a file */
    }
    struct path_beneath_attr rule = {.allowed_access = rights, .parent_fd = target};
    if (syscall(SYS_landlock_add_rule, fd, RULE_PATH_BENEATH, &rule, 0) < 0) {
        return cl_fail_sys(err, errno, "landlock: add a rule");
    }
    return 0;
}

int
cl_landlock_allow(int fd, int abi, const char *path, unsigned access,
                  struct cloche_error *err)
{
    cl_autoclose int target = open(path, O_PATH | O_CLOEXEC);
    if (target < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return 0;
    }
    if (target < 0) {
        return cl_fail_sys(err, errno, "landlock: open '%s'", path);
    }
    return cl_landlock_allow_fd(fd, abi, target, access, err) < 0
               ? cl_fail_in(err, "'%s'", path)
               : 0;
}

int
cl_landlock_restrict(int fd, struct cloche_error *err)
{
    if (syscall(SYS_landlock_restrict_self, fd, 0) < 0) {
        return cl_fail_sys_as(err, CLOCHE_EHOST, errno, "landlock: restrict");
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cmocka.h>

#include "base/own.h"
#include "kernel/mount.h"
#include "kernel/support.h"

static int
try_limits(void *unused)
{
    static const char zeros[4096];
    cl_autoclose int tmpfs = -1;
    char name[16];
    int line = enter_namespaces(CLONE_NEWNS);
    (void)unused;
    if (line != 0) {
        return line;
    }
    HOLDS(cl_mount_make_private(NULL) == 0);
    HOLDS(cl_mount_tmpfs(64 * 1024, 8, 0, &tmpfs, NULL) == 0);
    HOLDS(cl_mount_attach(tmpfs, AT_FDCWD, "/tmp", NULL) == 0);

    cl_autoclose int fd = open("/tmp/big", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    size_t written = 0;
    ssize_t n;
    while ((n = write(fd, zeros, sizeof zeros)) > 0) {
        written += (size_t)n;
        HOLDS(written <= 64 * 1024);
    }
    HOLDS(errno == ENOSPC && written == 64 * 1024);
    int made = 0;
    for (; made < 100; made++) {
        (void)snprintf(name, sizeof name, "/tmp/%d", made);
        if (mkdir(name, 0700) < 0) {
            break;
        }
    }
    HOLDS(errno == ENOSPC && made < 8);
    return 0;
}

static void
a_tmpfs_ends_at_its_bytes_and_its_inodes(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_limits, NULL));
}

static int
try_attributes(void *unused)
{
    struct statvfs at;
    cl_autoclose int tree = -1;
    cl_autoclose int tmpfs = -1;
    int line = enter_namespaces(CLONE_NEWNS);
    (void)unused;
    if (line != 0) {
        return line;
    }
    HOLDS(cl_mount_make_private(NULL) == 0);
    HOLDS(cl_mount_copy(AT_FDCWD, "/usr", &tree, NULL) == 0);
    HOLDS(cl_mount_restrict(tree, CL_MOUNT_RDONLY | CL_MOUNT_NOEXEC, NULL) == 0);
    HOLDS(cl_mount_tmpfs(1 << 20, 64, 0, &tmpfs, NULL) == 0);
    HOLDS(cl_mount_attach(tmpfs, AT_FDCWD, "/tmp", NULL) == 0);
    HOLDS(mkdir("/tmp/usr", 0755) == 0);
    HOLDS(cl_mount_attach(tree, AT_FDCWD, "/tmp/usr", NULL) == 0);
    HOLDS(statvfs("/tmp/usr", &at) == 0);
    HOLDS((at.f_flag & ST_RDONLY) && (at.f_flag & ST_NOSUID) && (at.f_flag & ST_NODEV) &&
          (at.f_flag & ST_NOEXEC));
    HOLDS(mkdir("/tmp/usr/never", 0755) < 0 && errno == EROFS);
    HOLDS(statvfs("/tmp", &at) == 0);
    HOLDS((at.f_flag & ST_NOSUID) && (at.f_flag & ST_NODEV));
    return 0;
}

static void
a_copy_takes_its_attributes_with_it(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_attributes, NULL));
}

static int
try_pivot(void *unused)
{
    cl_autoclose int tmpfs = -1;
    int line = enter_namespaces(CLONE_NEWNS);
    (void)unused;
    if (line != 0) {
        return line;
    }
    HOLDS(cl_mount_make_private(NULL) == 0);
    HOLDS(cl_mount_tmpfs(1 << 20, 64, 0, &tmpfs, NULL) == 0);
    HOLDS(cl_mount_attach(tmpfs, AT_FDCWD, "/tmp", NULL) == 0);
    HOLDS(mkdir("/tmp/inside", 0755) == 0);
    HOLDS(cl_mount_pivot("/tmp", NULL) == 0 && cl_mount_seal_root(NULL) == 0);
    HOLDS(access("/inside", F_OK) == 0);
    HOLDS(access("/etc", F_OK) < 0 && access("/../../etc", F_OK) < 0);
    HOLDS(mkdir("/never", 0755) < 0 && errno == EROFS);
    return 0;
}

static void
after_the_pivot_the_old_root_is_gone_and_the_new_one_read_only(void **state)
{
    (void)state;
    EXPECT_BODY(in_child(try_pivot, NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tmpfs_ends_at_its_bytes_and_its_inodes),
        cmocka_unit_test(a_copy_takes_its_attributes_with_it),
        cmocka_unit_test(after_the_pivot_the_old_root_is_gone_and_the_new_one_read_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

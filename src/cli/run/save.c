/* SPDX-License-Identifier: Apache-2.0 */
/* Owns writing below --out.  Trusts neither names nor sizes. */
#include "cli/run/save.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "base/own.h"
#include "cli/output.h"

int
cli_save_open(const char *dir, int *fd, struct cli_failure *f)
{
    if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
        return cli_fail_file(f, errno, "create the directory", dir);
    }
    *fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *fd >= 0 ? 0 : cli_fail_file(f, errno, "open the directory", dir);
}

static int
open_beneath(int dir_fd, const char *name, int flags, mode_t mode)
{
    const struct open_how how = {
        .flags = (unsigned)(flags | O_CLOEXEC),
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, dir_fd, name, &how, sizeof how);
}

/* One part of a path: a name, and no way up or out. */
static int
is_name(const char *part, size_t len)
{
    return len > 0 && len <= NAME_MAX && !(len == 1 && part[0] == '.') &&
           !(len == 2 && part[0] == '.' && part[1] == '.');
}

/*
 * Open the directory that path's last part goes to, making what is missing,
 * and lend the last part.
 */
static int
open_parent(int dir_fd, const char *path, int *parent, const char **last,
            struct cloche_error *err)
{
    cl_autoclose int at = open_beneath(dir_fd, ".", O_PATH | O_DIRECTORY, 0);
    char part[NAME_MAX + 1];

    while (at >= 0) {
        const size_t len = strcspn(path, "/");
        if (!is_name(path, len)) {
            return cl_fail(err, CLOCHE_EDENIED, "its name is not a plain relative path");
        }
        if (path[len] == '\0') {
            *parent = cl_take_fd(&at);
            *last = path;
            return 0;
        }
        memcpy(part, path, len);
        part[len] = '\0';
        if (mkdirat(at, part, 0777) != 0 && errno != EEXIST) {
            return cl_fail_sys(err, errno, "create the directory '%s'", part);
        }
        const int next = open_beneath(at, part, O_PATH | O_DIRECTORY, 0);
        const int sys = errno;
        cl_drop_fd(&at);
        errno = sys;
        at = next;
        path += len + 1;
    }
    return cl_fail_sys(err, errno, "open its directory");
}

/* size bytes, no more: a file that grows is not followed. */
static int
copy(int from, int to, uint64_t size, struct cloche_error *err)
{
    unsigned char piece[64 << 10];
    while (size > 0) {
        const ssize_t n = read(from, piece, size < sizeof piece ? size : sizeof piece);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n == 0 ? cl_fail(err, CLOCHE_EINTERNAL, "it ends early")
                          : cl_fail_sys(err, errno, "read it");
        }
        for (ssize_t done = 0; done < n;) {
            const ssize_t m = write(to, piece + done, (size_t)(n - done));
            if (m < 0 && errno != EINTR) {
                return cl_fail_sys(err, errno, "write it");
            }
            done += m > 0 ? m : 0;
        }
        size -= (uint64_t)n;
    }
    return 0;
}

/* Create a file that nobody has, under a name that fills the buffer. */
static int
create_part(int parent, char name[64], struct cloche_error *err)
{
    for (unsigned i = 0; i < 1000; i++) {
        (void)snprintf(name, 64, ".cloche-%ld-%u.part", (long)getpid(), i);
        const int fd = open_beneath(parent, name, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (fd >= 0 || errno != EEXIST) {
            return fd >= 0 ? fd : cl_fail_sys(err, errno, "create it");
        }
    }
    return cl_fail_sys(err, EEXIST, "create it");
}

static int
save_one(const struct cloche_result *result, size_t i, const char *path, uint64_t size,
         int dir_fd, struct cloche_error *err)
{
    cl_autoclose int parent = -1;
    cl_autoclose int from = -1;
    cl_autoclose int to = -1;
    const char *last = path;
    char part[64];

    if (open_parent(dir_fd, path, &parent, &last, err) != 0 ||
        cloche_result_file_open(result, i, &from, err) != 0) {
        return -1;
    }
    to = create_part(parent, part, err);
    if (to < 0) {
        return -1;
    }
    int rc = copy(from, to, size, err);
    if (rc == 0 && close(cl_take_fd(&to)) != 0) {
        rc = cl_fail_sys(err, errno, "write it"); /* where a full disk may be told of */
    }
    if (rc == 0 && renameat(parent, part, parent, last) != 0) {
        rc = cl_fail_sys(err, errno, "give it its name");
    }
    if (rc != 0) {
        (void)unlinkat(parent, part, 0); /* the failure that counts is told already */
    }
    return rc;
}

size_t
cli_save_all(const struct cloche_result *result, int dir_fd, const char *dir,
             int is_verbose)
{
    size_t failed = 0;
    const char *path;
    uint64_t size = 0;

    for (size_t i = 0; (path = cloche_result_file_name(result, i, &size)) != NULL; i++) {
        struct cloche_error err = {.code = CLOCHE_OK};
        if (save_one(result, i, path, size, dir_fd, &err) != 0) {
            failed++;
            cli_say("cannot save '%s' in '%s': %s", path, dir, err.msg);
        } else if (is_verbose) {
            cli_say("saved '%s/%s' (%" PRIu64 " bytes)", dir, path, size);
        }
    }
    return failed;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Writes under /proc only; keeps nothing. */
#include "kernel/userns.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"

static int
write_file(const char *proc, const char *name, const char *text, struct cloche_error *err)
{
    char path[64];
    if (snprintf(path, sizeof path, "%s/%s", proc, name) >= (int)sizeof path) {
        return cl_fail(err, CLOCHE_EINTERNAL, "path '%s/%s' is too long", proc, name);
    }
    cl_autoclose int fd = open(path, O_WRONLY | O_CLOEXEC);
    size_t len = strlen(text);
    if (fd < 0 || write(fd, text, len) != (ssize_t)len) {
        enum cloche_code code =
            errno == EPERM || errno == EACCES ? CLOCHE_EHOST : CLOCHE_ESYS;
        return cl_fail_sys_as(err, code, errno, "write %s", name);
    }
    return 0;
}

static int
write_map(const char *proc, const char *name, const struct cl_userns_map *map,
          struct cloche_error *err)
{
    char text[48];
    (void)snprintf(text, sizeof text, "%u %u %u\n", map->inside, map->outside, map->count);
    return write_file(proc, name, text, err);
}

int
cl_userns_write_maps(const char *proc, const struct cl_userns_map *uids,
                     const struct cl_userns_map *gids, int deny_setgroups,
                     struct cloche_error *err)
{
    if (deny_setgroups && write_file(proc, "setgroups", "deny", err) < 0) {
        return -1;
    }
    if (write_map(proc, "uid_map", uids, err) < 0) {
        return -1;
    }
    return write_map(proc, "gid_map", gids, err);
}

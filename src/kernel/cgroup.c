/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of a cgroup v2 directory.  memory.max gets a little more than the
 * limit: the kernel's own memory for the processes (page tables, stacks) is
 * counted too, and Python should meet RLIMIT_DATA, and so MemoryError, first.
 */
#include "kernel/cgroup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/own.h"

#define PREFIX "cloche-" /* of the subtrees' names */
enum { KERNEL_MEMORY_BYTES = 4 << 20, CPU_PERIOD_US = 100000 };

static int
write_at(int dir_fd, const char *file, const char *text, struct cloche_error *err)
{
    cl_autoclose int fd = openat(dir_fd, file, O_WRONLY | O_CLOEXEC);
    size_t len = strlen(text);
    if (fd < 0 || write(fd, text, len) != (ssize_t)len) {
        return cl_fail_sys_as(err, CLOCHE_EHOST, errno, "cgroup: write '%s' to %s", text,
                              file);
    }
    return 0;
}

static int
read_at(int dir_fd, const char *file, char *text, size_t size)
{
    cl_autoclose int fd = openat(dir_fd, file, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, size - 1);
    text[n > 0 ? n : 0] = '\0';
    return n > 0 ? 0 : -1;
}

/* A directory of ours in which `owner` may place processes. */
static int
make_directory(int dir_fd, const char *name, uid_t owner, int *fd, struct cloche_error *err)
{
    if (mkdirat(dir_fd, name, 0755) < 0) {
        return cl_fail_sys_as(err, CLOCHE_EHOST, errno,
                              "cgroup: make '%s' (is it delegated?)", name);
    }
    int made = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (made < 0 ||
        (owner != (uid_t)-1 && fchownat(made, "cgroup.procs", owner, (gid_t)-1, 0) < 0)) {
        int saved = errno;
        cl_own_close(&made);
        return cl_fail_sys(err, saved, "cgroup: open '%s'", name);
    }
    *fd = made;
    return 0;
}

static int
check_delegation(int dir_fd, const char *path, struct cloche_error *err)
{
    struct statfs fs;
    char text[256];
    if (fstatfs(dir_fd, &fs) < 0 || fs.f_type != CGROUP2_SUPER_MAGIC) {
        return cl_fail(err, CLOCHE_EHOST, "'%s' is not in a cgroup v2 file system", path);
    }
    if (read_at(dir_fd, "cgroup.controllers", text, sizeof text) < 0 ||
        strstr(text, "memory") == NULL || strstr(text, "pids") == NULL) {
        return cl_fail(err, CLOCHE_EHOST,
                       "cgroup '%s' has no memory and pids controllers (it has: %s)", path,
                       text);
    }
    return 0;
}

/* memory and pids must be had, cpu where there is one. */
static int
enable_controllers(int dir_fd, struct cloche_error *err)
{
    (void)write_at(dir_fd, "cgroup.subtree_control", "+cpu", NULL);
    return write_at(dir_fd, "cgroup.subtree_control", "+memory +pids", err);
}

/* Remove the directories in a directory that hold no process. */
static void
remove_children(int dir_fd)
{
    int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (dir == NULL) {
        cl_own_close(&fd);
        return;
    }
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (e->d_type == DT_DIR && e->d_name[0] != '.') {
            (void)unlinkat(dir_fd, e->d_name, AT_REMOVEDIR); /* not while it is in use */
        }
    }
    (void)closedir(dir);
}

/*
 * Remove what engines left that were killed.  A living engine, in whatever PID
 * namespace, holds a lock on its subtree.
 */
static void
sweep(int base)
{
    int fd = openat(base, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (dir == NULL) {
        cl_own_close(&fd);
        return;
    }
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (strncmp(e->d_name, PREFIX, sizeof PREFIX - 1) != 0) {
            continue;
        }
        cl_autoclose int tree = openat(base, e->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (tree >= 0 && flock(tree, LOCK_EX | LOCK_NB) == 0) {
            remove_children(tree);
            (void)unlinkat(base, e->d_name, AT_REMOVEDIR); /* once its last process ended */
        }
    }
    (void)closedir(dir);
}

/*
 * A subtree under a name that nobody has, locked.  Between its making and the
 * lock another engine's sweep may take it for an old one: then another.
 */
static int
make_subtree(int base, uid_t owner, int *fd, char name_out[64], struct cloche_error *err)
{
    static unsigned count; /* engines of this process */
    for (unsigned tries = 0; tries < 1000; tries++) {
        cl_autoclose int tree = -1;
        struct cloche_error why;
        unsigned n = __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
        (void)snprintf(name_out, 64, PREFIX "%d-%u", getpid(), n); /* fits */
        if (make_directory(base, name_out, owner, &tree, &why) < 0) {
            if (why.sys == EEXIST || why.sys == ENOENT || why.sys == ENODEV) {
                continue;
            }
            if (err != NULL) {
                *err = why;
            }
            return -1;
        }
        if (flock(tree, LOCK_EX | LOCK_NB) == 0 &&
            faccessat(base, name_out, F_OK, 0) == 0) {
            *fd = cl_take_fd(&tree);
            return 0;
        }
    }
    return cl_fail(err, CLOCHE_EHOST, "cgroup: no free name for a subtree");
}

int
cl_cgroup_open(const char *delegated, uid_t owner, int *dir_fd, char name_out[64],
               struct cloche_error *err)
{
    cl_autoclose int base = open(delegated, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    cl_autoclose int tree = -1;
    cl_autoclose int helpers = -1;
    if (base < 0) {
        return cl_fail_sys_as(err, CLOCHE_EHOST, errno, "cgroup '%s'", delegated);
    }
    if (check_delegation(base, delegated, err) < 0 || enable_controllers(base, err) < 0) {
        return -1;
    }
    sweep(base);
    if (make_subtree(base, owner, &tree, name_out, err) < 0) {
        return -1;
    }
    if (enable_controllers(tree, err) < 0 ||
        make_directory(tree, "helpers", owner, &helpers, err) < 0) {
        cl_cgroup_close(delegated, name_out, tree);
        return -1;
    }
    *dir_fd = cl_take_fd(&tree);
    return 0;
}

void
cl_cgroup_close(const char *delegated, const char *name, int dir_fd)
{
    cl_autoclose int base = open(delegated, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (base < 0 || dir_fd < 0) {
        return;
    }
    /* What was in it was killed a moment ago and may take one more to go. */
    for (int tries = 0; tries < 100; tries++) {
        (void)unlinkat(dir_fd, "helpers", AT_REMOVEDIR);
        if (unlinkat(base, name, AT_REMOVEDIR) == 0 || errno == ENOENT) {
            return;
        }
        (void)usleep(10000);
    }
}

int
cl_cgroup_adopt(int dir_fd, pid_t pid, struct cloche_error *err)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%d", pid); /* fits */
    return write_at(dir_fd, "helpers/cgroup.procs", text, err);
}

static int
write_limit(int leaf_fd, const char *file, uint64_t value, struct cloche_error *err)
{
    char text[24] = "max";
    if (value != UINT64_MAX) {
        (void)snprintf(text, sizeof text, "%" PRIu64, value); /* fits */
    }
    return write_at(leaf_fd, file, text, err);
}

int
cl_cgroup_leaf_limit(int leaf_fd, const struct cl_cgroup_limits *limits,
                     struct cloche_error *err)
{
    uint64_t memory = limits->memory_bytes > UINT64_MAX - KERNEL_MEMORY_BYTES
                          ? UINT64_MAX
                          : limits->memory_bytes + KERNEL_MEMORY_BYTES;
    if (write_limit(leaf_fd, "memory.max", memory, err) < 0 ||
        write_limit(leaf_fd, "pids.max", limits->tasks, err) < 0) {
        return -1;
    }
    if (limits->cpu_share_pct != UINT64_MAX) {
        char text[48];
        (void)snprintf(text, sizeof text, "%" PRIu64 " %d",
                       limits->cpu_share_pct * (CPU_PERIOD_US / 100), CPU_PERIOD_US);
        return write_at(leaf_fd, "cpu.max", text, err);
    }
    return 0;
}

static void
leaf_name(uint64_t id, char out[32])
{
    (void)snprintf(out, 32, "cell-%" PRIu64, id); /* fits */
}

int
cl_cgroup_leaf_new(int dir_fd, uint64_t id, uid_t owner,
                   const struct cl_cgroup_limits *limits, int *leaf_fd,
                   struct cloche_error *err)
{
    char name[32];
    cl_autoclose int leaf = -1;
    leaf_name(id, name);
    if (make_directory(dir_fd, name, owner, &leaf, err) < 0) {
        return -1;
    }
    /* No swap to escape into (absent where the kernel has none); all or none
     * of a run dies when its memory is used up. */
    (void)write_at(leaf, "memory.swap.max", "0", NULL);
    if (write_at(leaf, "memory.oom.group", "1", err) < 0 ||
        cl_cgroup_leaf_limit(leaf, limits, err) < 0) {
        (void)cl_cgroup_leaf_remove(dir_fd, id);
        return -1;
    }
    *leaf_fd = cl_take_fd(&leaf);
    return 0;
}

void
cl_cgroup_leaf_kill(int leaf_fd)
{
    if (leaf_fd >= 0) {
        (void)write_at(leaf_fd, "cgroup.kill", "1",
                       NULL); /* 5.14; the pidfds kill as well */
    }
}

/* "name value" in a file of several lines; 0 when it is not there. */
static uint64_t
field(const char *text, const char *name)
{
    size_t len = strlen(name);
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, len) == 0 && line[len] == ' ') {
            return strtoull(line + len + 1, NULL, 10);
        }
    }
    return 0;
}

static uint64_t
read_number(int leaf_fd, const char *file)
{
    char text[64];
    return read_at(leaf_fd, file, text, sizeof text) < 0 ? UINT64_MAX
                                                         : strtoull(text, NULL, 10);
}

int
cl_cgroup_leaf_usage(int leaf_fd, struct cl_cgroup_usage *out, struct cloche_error *err)
{
    char text[2048];
    if (read_at(leaf_fd, "cpu.stat", text, sizeof text) < 0) {
        return cl_fail_sys(err, errno, "cgroup: read cpu.stat");
    }
    *out = (struct cl_cgroup_usage){
        .memory_peak_bytes = read_number(leaf_fd, "memory.peak"),
        .tasks_peak = read_number(leaf_fd, "pids.peak"),
        .cpu_ns = field(text, "usage_usec") * 1000,
        .cpu_user_ns = field(text, "user_usec") * 1000,
        .cpu_system_ns = field(text, "system_usec") * 1000,
    };
    if (read_at(leaf_fd, "memory.events", text, sizeof text) == 0) {
        out->oom_kills = field(text, "oom_kill");
    }
    if (read_at(leaf_fd, "pids.events", text, sizeof text) == 0) {
        out->tasks_refused = field(text, "max");
    }
    return 0;
}

int
cl_cgroup_leaf_remove(int dir_fd, uint64_t id)
{
    char name[32];
    leaf_name(id, name);
    return unlinkat(dir_fd, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? 0 : -1;
}

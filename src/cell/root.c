/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two mount namespaces, one after the other:
 *
 *     zygote: tmpfs (read-only in the end) as root, with bind mounts of what
 *             the interpreter needs, devices, and a procfs of its own PID
 *             namespace, without which the kernel lets no cell mount one
 *     cell:   a copy of that, and over it one tmpfs, limited in bytes and
 *             inodes, whose two directories are /work and /tmp, and a procfs
 *             of the cell's own PID namespace over the zygote's
 *
 * All sources are opened before the first thing is covered, so the place
 * where the new root is put together may hide anything.
 */
#include "cell/root.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "kernel/mount.h"

static const char ASSEMBLY[] =
    "/tmp"; /* exists on every system; ours is covered again at once */

enum { ROOT_BYTES = 2 << 20, ROOT_INODES = 2048 };

/* mkdir -p of everything before the last component of an absolute path. */
static int
make_parents(int root_fd, const char *path, struct cloche_error *err)
{
    cl_autofree char *copy = strdup(path + 1);
    if (copy == NULL) {
        return cl_fail_nomem(err);
    }
    for (char *slash = strchr(copy, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdirat(root_fd, copy, 0755) < 0 && errno != EEXIST) {
            return cl_fail_sys(err, errno, "make directory '/%s' in the private root",
                               copy);
        }
        *slash = '/';
    }
    return 0;
}

static int
make_directory(int root_fd, const char *path, struct cloche_error *err)
{
    if (make_parents(root_fd, path, err) < 0) {
        return -1;
    }
    if (mkdirat(root_fd, path + 1, 0755) < 0 && errno != EEXIST) {
        return cl_fail_sys(err, errno, "make directory '%s' in the private root", path);
    }
    return 0;
}

static int
make_file(int root_fd, const char *path, const char *text, struct cloche_error *err)
{
    if (make_parents(root_fd, path, err) < 0) {
        return -1;
    }
    cl_autoclose int fd =
        openat(root_fd, path + 1, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    size_t len = strlen(text);
    if (fd < 0 || write(fd, text, len) != (ssize_t)len) {
        return cl_fail_sys(err, errno, "make file '%s' in the private root", path);
    }
    return 0;
}

/* The place in the new root for a bind's tree: a directory or an empty file. */
static int
make_mountpoint(int root_fd, int tree, const char *path, struct cloche_error *err)
{
    struct stat st;
    if (fstat(tree, &st) < 0) {
        return cl_fail_sys(err, errno, "look at the source of '%s'", path);
    }
    if (S_ISDIR(st.st_mode)) {
        return make_directory(root_fd, path, err);
    }
    if (make_parents(root_fd, path, err) < 0) {
        return -1;
    }
    cl_autoclose int fd = openat(root_fd, path + 1, O_WRONLY | O_CREAT | O_CLOEXEC, 0444);
    if (fd < 0) {
        return cl_fail_sys(err, errno, "make file '%s' in the private root", path);
    }
    return 0;
}

static unsigned
bind_options(uint32_t flags)
{
    unsigned options = 0;
    options |= flags & CL_BIND_WRITABLE ? 0 : CL_MOUNT_RDONLY;
    options |= flags & CL_BIND_NOEXEC ? CL_MOUNT_NOEXEC : 0;
    options |= flags & CL_BIND_DEVICE ? CL_MOUNT_DEV : 0;
    return options;
}

/* Room for a descriptor for each bind, -1 in all; the caller frees it. */
static int *
tree_array(const struct cl_plan *plan, struct cloche_error *err)
{
    int *trees = malloc((plan->n_binds + 1) * sizeof *trees);
    if (trees == NULL) {
        (void)cl_fail_nomem(err);
        return NULL;
    }
    for (uint32_t i = 0; i < plan->n_binds; i++) {
        trees[i] = -1;
    }
    return trees;
}

static void
free_trees(const struct cl_plan *plan, int *trees)
{
    for (uint32_t i = 0; trees != NULL && i < plan->n_binds; i++) {
        cl_own_close(&trees[i]);
    }
    free(trees);
}

/* Detached copies of every bind's source, -1 for a missing optional one. */
static int
open_binds(const struct cl_plan *plan, int *trees, struct cloche_error *err)
{
    for (uint32_t i = 0; i < plan->n_binds; i++) {
        const struct cl_plan_bind *bind = &plan->binds[i];
        struct cloche_error why;
        if (cl_mount_copy(AT_FDCWD, bind->source, &trees[i], &why) < 0) {
            if ((bind->flags & CL_BIND_OPTIONAL) &&
                (why.sys == ENOENT || why.sys == ENOTDIR)) {
                continue;
            }
            if (err != NULL) {
                *err = why;
            }
            return -1;
        }
    }
    return 0;
}

static int
attach_binds(const struct cl_plan *plan, const int *trees, int root_fd,
             struct cloche_error *err)
{
    for (uint32_t i = 0; i < plan->n_binds; i++) {
        if (trees[i] < 0) {
            continue;
        }
        const struct cl_plan_bind *bind = &plan->binds[i];
        if (cl_mount_restrict(trees[i], bind_options(bind->flags), err) < 0 ||
            make_mountpoint(root_fd, trees[i], bind->target, err) < 0 ||
            cl_mount_attach(trees[i], root_fd, bind->target + 1, err) < 0) {
            return cl_fail_in(err, "bind '%s'", bind->source);
        }
    }
    return 0;
}

static int
populate(const struct cl_plan *plan, int root_fd, struct cloche_error *err)
{
    static const char *const directories[] = {"/proc", "/dev", "/dev/shm"};
    for (size_t i = 0; i < CL_COUNT(directories); i++) {
        if (make_directory(root_fd, directories[i], err) < 0) {
            return -1;
        }
    }
    if (make_directory(root_fd, plan->work, err) < 0 ||
        make_directory(root_fd, plan->scratch, err) < 0) {
        return -1;
    }
    for (uint32_t i = 0; i < plan->n_links; i++) {
        if (make_parents(root_fd, plan->links[i].path, err) < 0) {
            return -1;
        }
        if (symlinkat(plan->links[i].text, root_fd, plan->links[i].path + 1) < 0 &&
            errno != EEXIST) {
            return cl_fail_sys(err, errno, "make link '%s'", plan->links[i].path);
        }
    }
    for (uint32_t i = 0; i < plan->n_files; i++) {
        if (make_file(root_fd, plan->files[i].path, plan->files[i].text, err) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
build_private(const struct cl_plan *plan, int *trees, struct cloche_error *err)
{
    cl_autoclose int root = -1;
    cl_autoclose int proc = -1;
    if (cl_mount_make_private(err) < 0 || open_binds(plan, trees, err) < 0) {
        return -1;
    }
    if (plan->proc != CL_PROC_NONE && cl_mount_proc(0, &proc, err) < 0) {
        return -1;
    }
    if (cl_mount_tmpfs(ROOT_BYTES, ROOT_INODES, 0, &root, err) < 0 ||
        cl_mount_attach(root, AT_FDCWD, ASSEMBLY, err) < 0) {
        return -1;
    }
    if (populate(plan, root, err) < 0 || attach_binds(plan, trees, root, err) < 0) {
        return -1;
    }
    if (proc >= 0 && cl_mount_attach(proc, root, "proc", err) < 0) {
        return -1;
    }
    if (cl_mount_pivot(ASSEMBLY, err) < 0) {
        return -1;
    }
    return cl_mount_seal_root(err);
}

/*
 * trusted: the host's files, read-only, but for the grants, which are copied
 * out before everything is made read-only and put back over themselves.
 */
static int
build_host(const struct cl_plan *plan, int *trees, struct cloche_error *err)
{
    cl_autoclose int proc = -1;
    if (cl_mount_make_private(err) < 0 || open_binds(plan, trees, err) < 0) {
        return -1;
    }
    if (plan->proc != CL_PROC_NONE && cl_mount_proc(0, &proc, err) < 0) {
        return -1;
    }
    if (cl_mount_restrict_path("/", CL_MOUNT_RDONLY | CL_MOUNT_DEV, err) < 0) {
        return -1;
    }
    for (uint32_t i = 0; i < plan->n_binds; i++) {
        if (trees[i] >= 0 &&
            (cl_mount_restrict(trees[i], bind_options(plan->binds[i].flags), err) < 0 ||
             cl_mount_attach(trees[i], AT_FDCWD, plan->binds[i].target, err) < 0)) {
            return cl_fail_in(err, "grant '%s'", plan->binds[i].source);
        }
    }
    if (proc >= 0 && cl_mount_attach(proc, AT_FDCWD, "/proc", err) < 0) {
        return -1;
    }
    return 0;
}

int
cl_root_build(const struct cl_plan *plan, struct cloche_error *err)
{
    if (plan->root == CL_ROOT_UNCHANGED) {
        return 0;
    }
    int *trees = tree_array(plan, err);
    if (trees == NULL) {
        return -1;
    }
    int rc = plan->root == CL_ROOT_PRIVATE ? build_private(plan, trees, err)
                                           : build_host(plan, trees, err);
    free_trees(plan, trees);
    return rc < 0 ? cl_fail_in(err, "root") : 0;
}

/* A directory of the scratch tmpfs, as a mount that is attached nowhere yet. */
static int
take_directory(int tmpfs, const char *name, uid_t owner, int *tree,
               struct cloche_error *err)
{
    if (mkdirat(tmpfs, name, 0700) < 0 || fchownat(tmpfs, name, owner, owner, 0) < 0) {
        return cl_fail_sys(err, errno, "make '%s'", name);
    }
    return cl_mount_copy(tmpfs, name, tree, err);
}

static int
is_beneath(const char *path, const char *dir)
{
    size_t len = strlen(dir);
    return strncmp(path, dir, len) == 0 && path[len] == '/';
}

/*
 * Grants whose place the private directories are about to cover (a directory
 * below the host's /tmp, say): copied out first, put back on top after.
 */
static int
save_covered_grants(const struct cl_plan *plan, int *trees, struct cloche_error *err)
{
    for (uint32_t i = 0; i < plan->n_binds; i++) {
        const char *target = plan->binds[i].target;
        trees[i] = -1;
        if ((is_beneath(target, plan->scratch) || is_beneath(target, plan->work)) &&
            access(target, F_OK) == 0 &&
            cl_mount_copy(AT_FDCWD, target, &trees[i], err) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
restore_covered_grants(const struct cl_plan *plan, int *trees, struct cloche_error *err)
{
    cl_autoclose int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0) {
        return cl_fail_sys(err, errno, "open the root");
    }
    for (uint32_t i = 0; i < plan->n_binds; i++) {
        if (trees[i] >= 0 &&
            (make_mountpoint(root, trees[i], plan->binds[i].target, err) < 0 ||
             cl_mount_attach(trees[i], AT_FDCWD, plan->binds[i].target, err) < 0)) {
            return -1;
        }
    }
    return 0;
}

/*
 * Put the directories of the scratch tmpfs at their places.  The tmpfs itself
 * is attached too, since before Linux 6.15 nothing can be copied out of a mount
 * that is attached nowhere; and stays, beneath its own first directory.  No path
 * leads to it, and nobody in the cell may unmount what covers it.  (To unmount
 * it would take an RCU grace period of the whole host, for each cell.)
 */
static int
cover_scratch(const struct cl_plan *plan, int tmpfs, uid_t owner, struct cloche_error *err)
{
    const int has_work = strcmp(plan->work, plan->scratch) != 0;
    const int has_shm = (plan->flags & CL_PLAN_PROCESSES) && plan->root == CL_ROOT_PRIVATE;
    cl_autoclose int tmp = -1;
    cl_autoclose int work = -1;
    cl_autoclose int shm = -1;
    if (cl_mount_attach(tmpfs, AT_FDCWD, plan->scratch, err) < 0 ||
        take_directory(tmpfs, "tmp", owner, &tmp, err) < 0 ||
        (has_work && take_directory(tmpfs, "work", owner, &work, err) < 0) ||
        (has_shm && take_directory(tmpfs, "shm", owner, &shm, err) < 0)) {
        return -1;
    }
    return cl_mount_attach(tmp, AT_FDCWD, plan->scratch, err) < 0 ||
                   (has_work && cl_mount_attach(work, AT_FDCWD, plan->work, err) < 0) ||
                   (has_shm && cl_mount_attach(shm, AT_FDCWD, "/dev/shm", err) < 0)
               ? -1
               : 0;
}

static int
add_scratch(const struct cl_plan *plan, const struct cl_cell_limits *limits, uid_t owner,
            int *work_fd, struct cloche_error *err)
{
    cl_autoclose int tmpfs = -1;
    int *trees = tree_array(plan, err);
    if (trees == NULL) {
        return -1;
    }
    int rc = cl_mount_tmpfs(limits->disk_bytes, limits->inodes, 0, &tmpfs, err) < 0 ||
                     save_covered_grants(plan, trees, err) < 0 ||
                     cover_scratch(plan, tmpfs, owner, err) < 0 ||
                     restore_covered_grants(plan, trees, err) < 0
                 ? -1
                 : 0;
    free_trees(plan, trees);
    if (rc < 0) {
        return -1;
    }
    int fd = open(plan->work, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return cl_fail_sys(err, errno, "open '%s'", plan->work);
    }
    *work_fd = fd;
    return 0;
}

/* Over the zygote's, which stays beneath it for the reason given above. */
static int
cover_proc(const struct cl_plan *plan, struct cloche_error *err)
{
    cl_autoclose int proc = -1;
    if (cl_mount_proc(plan->proc == CL_PROC_OWN, &proc, err) < 0) {
        return -1;
    }
    return cl_mount_attach(proc, AT_FDCWD, "/proc", err);
}

int
cl_root_add_private(const struct cl_plan *plan, const struct cl_cell_limits *limits,
                    uid_t owner, int *work_fd, struct cloche_error *err)
{
    *work_fd = -1;
    if ((plan->cell_namespaces & CLONE_NEWNS) == 0) {
        return 0;
    }
    if ((plan->flags & CL_PLAN_WORK) &&
        add_scratch(plan, limits, owner, work_fd, err) < 0) {
        return cl_fail_in(err, "private files");
    }
    if (plan->proc != CL_PROC_NONE && cover_proc(plan, err) < 0) {
        return cl_fail_in(err, "private /proc");
    }
    return 0;
}

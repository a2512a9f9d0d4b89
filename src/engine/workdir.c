/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns directories below /tmp.  Follows no link and descends by descriptor.
 *
 * An engine holds a lock on its own, which ends with its process: one that nobody holds
 * is what a broker left that was killed, and the next one removes it.
 */
#include "engine/workdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/own.h"
#include "engine/zygote.h"

enum { MAX_DEPTH = 256, MAX_ENTRIES = 100000, FRESH_S = 60 };

static const char PREFIX[] = "cloche-work-";

static int
open_directory(int dir_fd, const char *name)
{
    return openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int
cl_workdir_new(struct cl_cell *cell, struct cloche_error *err)
{
    const struct cl_plan *plan = &cell->zygote->sandbox.plan;
    struct cloche_engine *engine = cell->zygote->engine;
    if (cl_workdir_open(engine, err) < 0) {
        return -1;
    }
    if (asprintf(&cell->work_path, "%s/%" PRIu64, engine->work_dir, cell->id) < 0) {
        cell->work_path = NULL;
        return cl_fail_nomem(err);
    }
    if (mkdir(cell->work_path, 0700) < 0) {
        return cl_fail_sys(err, errno, "make '%s'", cell->work_path);
    }
    if (geteuid() == 0 && chown(cell->work_path, plan->host_uid, plan->host_gid) < 0) {
        return cl_fail_sys(err, errno, "give away '%s'", cell->work_path);
    }
    cell->work_fd = open_directory(AT_FDCWD, cell->work_path);
    return cell->work_fd < 0 ? cl_fail_sys(err, errno, "open '%s'", cell->work_path) : 0;
}

static void
empty(int dir_fd, int depth)
{
    DIR *dir = fdopendir(dir_fd); /* takes dir_fd over */
    if (dir == NULL) {
        (void)close(dir_fd);
        return;
    }
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
            unlinkat(dirfd(dir), e->d_name, 0) == 0) {
            continue;
        }
        if (fchmodat(dirfd(dir), e->d_name, 0700, 0) < 0) {
            continue; /* not a directory that locked itself: stays, and is ours */
        }
        int below = depth < MAX_DEPTH ? open_directory(dirfd(dir), e->d_name) : -1;
        if (below >= 0) {
            empty(below, depth + 1);
        }
        (void)unlinkat(dirfd(dir), e->d_name, AT_REMOVEDIR);
    }
    (void)closedir(dir);
}

/* Are only cells' directories in it, as cl_workdir_new names them? */
static int
has_only_cells(int dir_fd)
{
    int copy = open_directory(dir_fd, ".");
    DIR *dir = copy < 0 ? NULL : fdopendir(copy); /* takes copy over */
    int has_only = dir != NULL;
    if (dir == NULL) {
        cl_drop_fd(&copy);
        return 0;
    }
    for (struct dirent *e = readdir(dir); e != NULL && has_only; e = readdir(dir)) {
        has_only = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
                   e->d_name[strspn(e->d_name, "0123456789")] == '\0';
    }
    (void)closedir(dir);
    return has_only;
}

/* Ours by every sign, and nobody's any more.  One that was made just now may not be
 * locked yet. */
static int
is_left(int dir_fd)
{
    struct stat st;
    return fstat(dir_fd, &st) == 0 && st.st_uid == geteuid() &&
           (st.st_mode & 07777) == 0711 && time(NULL) - st.st_mtime > FRESH_S &&
           flock(dir_fd, LOCK_EX | LOCK_NB) == 0 && has_only_cells(dir_fd);
}

/* What brokers left that were killed.  Best effort. */
static void
sweep(void)
{
    DIR *dir = opendir("/tmp");
    if (dir == NULL) {
        return;
    }
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (strncmp(e->d_name, PREFIX, sizeof PREFIX - 1) != 0) {
            continue;
        }
        cl_autoclose int fd = open_directory(dirfd(dir), e->d_name);
        int inner = fd >= 0 && is_left(fd) ? open_directory(fd, ".") : -1;
        if (inner >= 0) {
            empty(inner, 0);
            (void)unlinkat(dirfd(dir), e->d_name, AT_REMOVEDIR);
        }
    }
    (void)closedir(dir);
}

int
cl_workdir_open(struct cloche_engine *engine, struct cloche_error *err)
{
    if (engine->work_dir != NULL) {
        return 0;
    }
    sweep();
    char path[] = "/tmp/cloche-work-XXXXXX";
    if (mkdtemp(path) == NULL || chmod(path, 0711) < 0) {
        return cl_fail_sys(err, errno, "make a directory in /tmp");
    }
    engine->work_lock_fd = open_directory(AT_FDCWD, path);
    /* Where nothing can be locked, nobody else can lock it to remove it either. */
    (void)flock(engine->work_lock_fd, LOCK_EX | LOCK_NB);
    engine->work_dir = strdup(path);
    return engine->work_dir == NULL ? cl_fail_nomem(err) : 0;
}

void
cl_workdir_remove(char *path)
{
    if (path == NULL) {
        return;
    }
    int fd = open_directory(AT_FDCWD, path);
    if (fd >= 0) {
        empty(fd, 0);
    }
    (void)rmdir(path);
    free(path);
}

void
cl_workdir_close(struct cloche_engine *engine)
{
    cl_workdir_remove(engine->work_dir);
    engine->work_dir = NULL;
    cl_drop_fd(&engine->work_lock_fd);
}

static void
count(int dir_fd, int depth, uint64_t *bytes, uint64_t *inodes)
{
    DIR *dir = fdopendir(dir_fd); /* takes dir_fd over */
    struct stat st;
    if (dir == NULL) {
        (void)close(dir_fd);
        return;
    }
    for (struct dirent *e = readdir(dir); e != NULL && *inodes < MAX_ENTRIES;
         e = readdir(dir)) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
            fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
            continue;
        }
        *bytes += (uint64_t)st.st_blocks * 512;
        *inodes += 1;
        int below = S_ISDIR(st.st_mode) && depth < MAX_DEPTH
                        ? open_directory(dirfd(dir), e->d_name)
                        : -1;
        if (below >= 0) {
            count(below, depth + 1, bytes, inodes);
        }
    }
    (void)closedir(dir);
}

void
cl_workdir_usage(int dir_fd, uint64_t *bytes, uint64_t *inodes)
{
    *bytes = 0;
    *inodes = 0;
    int fd = open_directory(dir_fd, ".");
    if (fd >= 0) {
        count(fd, 0, bytes, inodes);
    }
}

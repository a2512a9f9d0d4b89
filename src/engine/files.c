/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The work directory, read through the descriptor that the cell handed over
 * before it had its job.  Its names and contents are hostile: every open is
 * beneath that descriptor, follows no link, crosses no mount and takes regular
 * files and directories only; depth, number and time are bounded.  It is read
 * when everything that could change it is dead.
 */
#include "engine/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "engine/utf8.h"
#include "engine/watch.h"
#include "kernel/abi.h"

enum { MAX_FILES = 10000, MAX_DEPTH = 64, MAX_PATH = 4096 };

static int
open_with(int dir_fd, const char *path, uint64_t flags)
{
    struct cl_open_how how = {
        .flags = flags | O_CLOEXEC,
        .resolve = CL_RESOLVE_BENEATH | CL_RESOLVE_NO_SYMLINKS | CL_RESOLVE_NO_MAGICLINKS |
                   CL_RESOLVE_NO_XDEV,
    };
    return (int)syscall(SYS_openat2, dir_fd, path, &how, sizeof how);
}

/* Give ourselves the right to read what the code made unreadable: without
 * root, it is our own file.  Through a descriptor, so that it is the one found. */
static int
make_readable(int dir_fd, const char *path)
{
    struct stat st;
    char link[40];
    cl_autoclose int fd = open_with(dir_fd, path, O_PATH | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &st) < 0 || (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))) {
        return -1;
    }
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd); /* fits */
    return chmod(link, (st.st_mode & 0777) | (S_ISDIR(st.st_mode) ? S_IRWXU : S_IRUSR));
}

static int
open_beneath(int dir_fd, const char *path, uint64_t flags)
{
    flags |= O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    int fd = open_with(dir_fd, path, flags);
    if (fd < 0 && errno == EACCES && make_readable(dir_fd, path) == 0) {
        fd = open_with(dir_fd, path, flags);
    }
    return fd;
}

static void
to_hex(const unsigned char digest[32], char out[65])
{
    (void)sodium_bin2hex(out, 65, digest, 32); /* sizes fit */
}

void
cl_files_hash(const void *data, size_t len, char out[65])
{
    unsigned char digest[32];
    (void)crypto_hash_sha256(digest, data, len); /* cannot fail */
    to_hex(digest, out);
}

/* Hash an open file of size bytes, of which nobody is there who could change it. */
static int
hash_file(int fd, uint64_t size, char out[65])
{
    crypto_hash_sha256_state state;
    unsigned char bytes[65536];
    unsigned char digest[32];
    (void)crypto_hash_sha256_init(&state); /* none of these can fail */
    for (uint64_t left = size; left > 0;) {
        size_t most = left < sizeof bytes ? (size_t)left : sizeof bytes;
        ssize_t n = read(fd, bytes, most);
        if (n <= 0) {
            return -1;
        }
        (void)crypto_hash_sha256_update(&state, bytes, (unsigned long long)n);
        left -= (uint64_t)n;
    }
    (void)crypto_hash_sha256_final(&state, digest);
    to_hex(digest, out);
    return 0;
}

/*
 * Is there room in the result for a file?  Holes and second names of one file take
 * no room on the disk, and may come to any number of bytes for whoever reads them.
 */
static int
has_room(struct cloche_run *run, uint64_t size)
{
    struct cloche_result *r = &run->result;
    uint64_t most = r->effective->limit[CL_LIMIT_DISK];
    if (size <= most - r->files_bytes) {
        r->files_bytes += size;
        return 1;
    }
    r->has_oversized_files = 1;
    return 0;
}

static const struct cl_input_name *
find_input(const struct cloche_run *run, const char *path)
{
    for (size_t i = 0; i < run->n_inputs; i++) {
        if (strcmp(run->inputs[i].path, path) == 0) {
            return &run->inputs[i];
        }
    }
    return NULL;
}

static void
add_file(struct cloche_run *run, int dir_fd, const char *path)
{
    struct cloche_result *r = &run->result;
    struct stat st;
    struct cl_file file = {0};
    cl_autoclose int fd = open_beneath(dir_fd, path, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
        !has_room(run, (uint64_t)st.st_size) ||
        hash_file(fd, (uint64_t)st.st_size, file.sha256) < 0) {
        return;
    }
    file.size = (uint64_t)st.st_size;
    const struct cl_input_name *input = find_input(run, path);
    if (input != NULL && strcmp(input->sha256, file.sha256) == 0) {
        return; /* as it was given */
    }
    file.is_new = input == NULL;
    if ((r->n_files & (r->n_files - 1)) == 0) { /* grow at powers of two */
        struct cl_file *grown =
            realloc(r->files, (r->n_files ? r->n_files * 2 : 1) * sizeof *grown);
        if (grown == NULL) {
            return;
        }
        r->files = grown;
    }
    file.path = strdup(path);
    if (file.path != NULL) {
        r->files[r->n_files++] = file;
    }
}

/* A name that can stand in a result: valid text, no control characters. */
static int
is_plain_name(const char *name)
{
    for (const unsigned char *p = (const unsigned char *)name; *p != '\0'; p++) {
        if (*p < 0x20 || *p == 0x7f) {
            return 0;
        }
    }
    return cl_utf8_is_valid(name, strlen(name));
}

static void
walk(struct cloche_run *run, int dir_fd, const char *path, int depth)
{
    int fd = open_beneath(dir_fd, path[0] ? path : ".", O_RDONLY | O_DIRECTORY);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (dir == NULL) {
        cl_own_close(&fd);
        return;
    }
    for (struct dirent *e = readdir(dir);
         e != NULL && run->result.n_files < MAX_FILES && !run->result.has_oversized_files;
         e = readdir(dir)) {
        char below[MAX_PATH];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
            !is_plain_name(e->d_name) ||
            snprintf(below, sizeof below, "%s%s%s", path, path[0] ? "/" : "", e->d_name) >=
                (int)sizeof below) {
            continue;
        }
        if (e->d_type == DT_DIR && depth < MAX_DEPTH) {
            walk(run, dir_fd, below, depth + 1);
        } else if (e->d_type == DT_REG) {
            add_file(run, dir_fd, below);
        }
    }
    (void)closedir(dir);
}

static int
has_entries(int dir_fd)
{
    int fd = open_beneath(dir_fd, ".", O_RDONLY | O_DIRECTORY);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    int count = 0;
    if (dir == NULL) {
        cl_own_close(&fd);
        return 0;
    }
    while (count < 3 && readdir(dir) != NULL) {
        count++; /* "." and ".." are two */
    }
    (void)closedir(dir);
    return count > 2;
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(((const struct cl_file *)a)->path, ((const struct cl_file *)b)->path);
}

void
cl_files_collect(struct cloche_run *run)
{
    struct cloche_result *r = &run->result;
    int dir_fd = run->cell->work_fd;
    /* As many inodes as before user code: nothing was made. */
    int is_untouched = run->stop == CL_STOP_NONE && run->n_inputs == 0 &&
                       run->cell->ready_inodes > 0 &&
                       r->inodes_peak == run->cell->ready_inodes;
    if (dir_fd < 0 || is_untouched || (run->flags & CLOCHE_RUN_NO_FILES) ||
        !has_entries(dir_fd)) {
        return;
    }
    cl_cell_kill(run->cell);
    cl_watch_await_death(run);
    walk(run, dir_fd, "", 0);
    if (r->n_files > 0) {
        qsort(r->files, r->n_files, sizeof *r->files, by_path);
        r->files_dir_fd = cl_take_fd(&run->cell->work_fd);
        r->work_path = cl_take_ptr(&run->cell->work_path);
    }
}

/* ---- public ------------------------------------------------------------ */

size_t
cloche_result_file_count(const struct cloche_result *r)
{
    return r->n_files;
}

const char *
cloche_result_file_name(const struct cloche_result *r, size_t i, uint64_t *size)
{
    if (i >= r->n_files) {
        return NULL;
    }
    if (size != NULL) {
        *size = r->files[i].size;
    }
    return r->files[i].path;
}

int
cloche_result_file_open(const struct cloche_result *r, size_t i, int *fd,
                        struct cloche_error *err)
{
    if (i >= r->n_files) {
        return cl_fail(err, CLOCHE_EINPUT, "file %zu of %zu", i, r->n_files);
    }
    int opened = open_beneath(r->files_dir_fd, r->files[i].path, O_RDONLY);
    if (opened < 0) {
        return cl_fail_sys(err, errno, "open '%s'", r->files[i].path);
    }
    *fd = opened;
    return 0;
}

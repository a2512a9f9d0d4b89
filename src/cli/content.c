/* SPDX-License-Identifier: Apache-2.0 */
/* Owns reading files into memory, bounded, and writing them.  Bytes are bytes
 * here: what they mean is the caller's. */
#include "cli/content.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <sys/stat.h>

#include "base/own.h"
#include "base/units.h"

enum { PIECE = 64 << 10 };

static int
fail_size(struct cli_failure *f, const char *path, size_t max)
{
    char size[CL_UNITS_MAX];
    const char *text = cl_units_format_size(max, size);
    (void)cli_fail(f, NULL, NULL, "'%s' is larger than %s, the most that is read", path,
                   text);
    (void)snprintf(f->where.file, sizeof f->where.file, "%s", path);
    return -1;
}

/* A regular file's size is taken at its word first, so that one that is too
 * large is not read at all. */
int
cli_content_read_fd(int fd, const char *path, struct cl_buf *out, struct cli_failure *f)
{
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size > out->max) {
        return fail_size(f, path, out->max);
    }
    for (;;) {
        /* One byte more than may be kept tells a full file from one too large. */
        const size_t left = out->max - out->len;
        const size_t want = left < PIECE ? left : PIECE;
        unsigned char probe = 0;
        unsigned char *room = want > 0 ? cl_buf_room(out, want) : &probe;
        if (room == NULL) {
            return cl_fail_nomem(&f->error);
        }
        const ssize_t n = read(fd, room, want > 0 ? want : 1);
        if (n == 0) {
            return 0;
        }
        if (n < 0 && errno != EINTR) {
            return cli_fail_file(f, errno, "read", path);
        }
        if (n > 0 && want == 0) {
            return fail_size(f, path, out->max);
        }
        out->len += n > 0 ? (size_t)n : 0;
    }
}

int
cli_content_open(const char *path, int *fd, struct cli_failure *f)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return *fd >= 0 ? 0 : cli_fail_file(f, errno, "read", path);
}

int
cli_content_read(const char *path, struct cl_buf *out, struct cli_failure *f)
{
    cl_autoclose int fd = -1;
    return cli_content_open(path, &fd, f) == 0 && cli_content_read_fd(fd, path, out, f) == 0
               ? 0
               : -1;
}

int
cli_content_read_beside(const char *path, struct cl_buf *out, struct cli_failure *f)
{
    struct stat st;
    cl_autoclose int fd = -1;
    if (stat(path, &st) != 0) {
        /* A name that cannot be there is not there. */
        const int is_absent = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG;
        return is_absent ? 0 : cli_fail_file(f, errno, "read", path);
    }
    /* Nobody named it: it may be anything, and may be another thing by now. */
    if (S_ISREG(st.st_mode)) {
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
        if (fd < 0 || fstat(fd, &st) != 0) {
            return cli_fail_file(f, errno, "read", path);
        }
    }
    if (!S_ISREG(st.st_mode)) {
        (void)cli_fail(f, NULL, "a regular file", "'%s' is no regular file", path);
        (void)snprintf(f->where.file, sizeof f->where.file, "%s", path); /* may be cut */
        return -1;
    }
    return cli_content_read_fd(fd, path, out, f) == 0 ? 1 : -1;
}

static int
write_all(int fd, const struct cl_buf *text)
{
    for (size_t done = 0; done < text->len;) {
        const ssize_t n = write(fd, text->data + done, text->len - done);
        if (n < 0 && errno != EINTR) {
            return -1;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return 0;
}

int
cli_content_write(const char *path, const struct cl_buf *text, enum cli_content_how how,
                  int is_secret, struct cli_failure *f)
{
    if (text->has_failed) {
        return cl_fail_nomem(&f->error);
    }
    const int flags = how == CLI_CONTENT_NEW ? O_EXCL : O_TRUNC;
    cl_autoclose int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | flags,
                               is_secret ? 0600 : 0666);
    if (fd < 0) {
        return cli_fail_file(f, errno, "create", path);
    }
    if ((is_secret && fchmod(fd, 0600) != 0) || write_all(fd, text) != 0) {
        const int sys = errno;
        if (how == CLI_CONTENT_NEW) {
            (void)unlink(path); /* what is left of it is of no use */
        }
        return cli_fail_file(f, sys, "write", path);
    }
    /* Some file systems tell only now that there was no room. */
    return close(cl_take_fd(&fd)) == 0 ? 0 : cli_fail_file(f, errno, "write", path);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns reading files into memory, bounded.  Bytes are bytes here: whether
 * they are UTF-8 or Python is decided in the cell. */
#include "cli/run/inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/stat.h>

#include "base/own.h"
#include "base/units.h"

static const size_t code_max = (size_t)64 << 20;
static const size_t file_max = (size_t)1 << 30;

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

/* Read to the end of fd.  A regular file's size is taken at its word first,
 * so that one that is too large is not read at all. */
static int
read_all(int fd, const char *path, struct cl_buf *out, struct cli_failure *f)
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

static int
open_to_read(const char *path, int *fd, struct cli_failure *f)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return *fd >= 0 ? 0 : cli_fail_file(f, errno, "read", path);
}

static int
read_path(const char *path, struct cl_buf *out, struct cli_failure *f)
{
    cl_autoclose int fd = -1;
    return open_to_read(path, &fd, f) == 0 && read_all(fd, path, out, f) == 0 ? 0 : -1;
}

static int
read_code(const struct cli_run_options *o, struct cl_buf *out, struct cli_failure *f)
{
    if (o->code != NULL) {
        return cl_buf_add_str(out, o->code) == 0 ? 0 : cl_fail_nomem(&f->error);
    }
    return strcmp(o->file, "-") == 0 ? read_all(STDIN_FILENO, "standard input", out, f)
                                     : read_path(o->file, out, f);
}

static int
read_files(const struct cli_run_options *o, struct cli_run_inputs *in,
           struct cli_failure *f)
{
    in->file_data = calloc(o->n_files + 1, sizeof *in->file_data);
    in->files = calloc(o->n_files + 1, sizeof *in->files);
    if (in->file_data == NULL || in->files == NULL) {
        return cl_fail_nomem(&f->error);
    }
    for (size_t i = 0; i < o->n_files; i++) {
        struct cl_buf *data = &in->file_data[i];
        *data = CL_BUF_INIT(file_max);
        in->n_files = i + 1;
        if (read_path(o->files[i].path, data, f) != 0) {
            return -1;
        }
        in->files[i] = (struct cloche_input_file){
            .name = o->files[i].name, .data = data->data, .len = data->len};
    }
    return 0;
}

/* Without --stdin the code reads what cloche would, unless that was the code. */
static int
open_stdin(const struct cli_run_options *o, struct cli_run_inputs *in,
           struct cli_failure *f)
{
    struct stat st;
    if (o->stdin_path == NULL || strcmp(o->stdin_path, "-") == 0) {
        in->stdin_fd = o->file != NULL && strcmp(o->file, "-") == 0 ? -1 : STDIN_FILENO;
        return 0;
    }
    if (open_to_read(o->stdin_path, &in->stdin_fd, f) != 0) {
        return -1;
    }
    if (fstat(in->stdin_fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        return cli_fail_file(f, EISDIR, "read", o->stdin_path);
    }
    return 0;
}

int
cli_run_inputs_open(const struct cli_run_options *options, struct cli_run_inputs *out,
                    struct cli_failure *f)
{
    *out = (struct cli_run_inputs){.code = CL_BUF_INIT(code_max), .stdin_fd = -1};
    return read_code(options, &out->code, f) == 0 && read_files(options, out, f) == 0
               ? open_stdin(options, out, f)
               : -1;
}

void
cli_run_inputs_fini(struct cli_run_inputs *inputs)
{
    cl_buf_fini(&inputs->code);
    for (size_t i = 0; i < inputs->n_files; i++) {
        cl_buf_fini(&inputs->file_data[i]);
    }
    free(inputs->file_data);
    free(inputs->files);
    if (inputs->stdin_fd > STDIN_FILENO) {
        (void)close(inputs->stdin_fd); /* it was read only */
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns what a run is given.  Bytes are bytes here: whether they are UTF-8 or
 * Python is decided in the cell, and what a signature is by the library. */
#include "cli/run/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/stat.h>

#include "base/own.h"
#include "cli/content.h"

static const size_t code_max = CLI_CODE_MAX;
static const size_t file_max = (size_t)1 << 30;
static const size_t signature_max = (size_t)64 << 10; /* the library takes less */

int
cli_run_inputs_read(const char *path, struct cl_buf *out, struct cli_failure *f)
{
    return strcmp(path, "-") == 0
               ? cli_content_read_fd(STDIN_FILENO, "standard input", out, f)
               : cli_content_read(path, out, f);
}

static int
read_code(const struct cli_run_options *o, struct cl_buf *out, struct cli_failure *f)
{
    if (o->code != NULL) {
        return cl_buf_add_str(out, o->code) == 0 ? 0 : cl_fail_nomem(&f->error);
    }
    return cli_run_inputs_read(o->file, out, f);
}

/* The one that is named, else the one that lies beside the file. */
static int
read_signature(const struct cli_run_options *o, struct cli_run_inputs *in,
               struct cli_failure *f)
{
    cl_autofree char *beside = NULL;
    if (o->signature_path != NULL) {
        in->has_signature = 1;
        return cli_content_read(o->signature_path, &in->signature, f);
    }
    if (o->file == NULL || strcmp(o->file, "-") == 0) {
        return 0;
    }
    if (asprintf(&beside, "%s.minisig", o->file) < 0) {
        beside = NULL; /* asprintf leaves it undefined */
        return cl_fail_nomem(&f->error);
    }
    const int is_there = cli_content_read_beside(beside, &in->signature, f);
    in->has_signature = is_there > 0;
    in->is_signature_found = is_there > 0;
    return is_there < 0 ? -1 : 0;
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
        if (cli_content_read(o->files[i].path, data, f) != 0) {
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
    if (cli_content_open(o->stdin_path, &in->stdin_fd, f) != 0) {
        return -1;
    }
    if (fstat(in->stdin_fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        return cli_fail_file(f, EISDIR, "read", o->stdin_path);
    }
    return 0;
}

/* Two runs read the same: it is read once, here.  A terminal is nobody's input then. */
static int
keep_stdin(const struct cli_run_options *o, struct cli_run_inputs *in,
           struct cli_failure *f)
{
    in->stdin_data = CL_BUF_INIT(file_max);
    if (o->shadow == NULL || in->stdin_fd < 0) {
        return 0;
    }
    if (!isatty(in->stdin_fd) &&
        cli_content_read_fd(in->stdin_fd, "standard input", &in->stdin_data, f) != 0) {
        return -1;
    }
    if (in->stdin_fd > STDIN_FILENO) {
        (void)close(in->stdin_fd); /* it was read only */
    }
    in->stdin_fd = -1;
    return 0;
}

int
cli_run_inputs_open(const struct cli_run_options *options, struct cli_run_inputs *out,
                    struct cli_failure *f)
{
    *out = (struct cli_run_inputs){.code = CL_BUF_INIT(code_max),
                                   .signature = CL_BUF_INIT(signature_max),
                                   .stdin_fd = -1};
    return read_code(options, &out->code, f) == 0 && read_signature(options, out, f) == 0 &&
                   read_files(options, out, f) == 0 && open_stdin(options, out, f) == 0 &&
                   keep_stdin(options, out, f) == 0
               ? 0
               : -1;
}

void
cli_run_inputs_fini(struct cli_run_inputs *inputs)
{
    cl_buf_fini(&inputs->code);
    cl_buf_fini(&inputs->signature);
    cl_buf_fini(&inputs->stdin_data);
    for (size_t i = 0; i < inputs->n_files; i++) {
        cl_buf_fini(&inputs->file_data[i]);
    }
    free(inputs->file_data);
    free(inputs->files);
    if (inputs->stdin_fd > STDIN_FILENO) {
        (void)close(inputs->stdin_fd); /* it was read only */
    }
}

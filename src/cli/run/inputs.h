/* SPDX-License-Identifier: Apache-2.0 */
/* inputs.h - all that a run is given to read: code and its signature, files,
 * standard input. */
#ifndef CL_CLI_RUN_INPUTS_H
#define CL_CLI_RUN_INPUTS_H

#include <stddef.h>

#include <cloche/cloche.h>

#include "base/buf.h"
#include "cli/failure.h"
#include "cli/run/options.h"

struct cli_run_inputs {
    struct cl_buf code;
    struct cl_buf signature; /* of code; nothing unless has_signature */
    int has_signature;
    int is_signature_found;          /* it lay beside the file, and was not named */
    struct cl_buf *file_data;        /* one per file, owned */
    struct cloche_input_file *files; /* lends from file_data and the options */
    size_t n_files;
    struct cl_buf stdin_data; /* with --shadow: what stdin_fd had, for both runs */
    int stdin_fd; /* -1: the code's standard input is empty; else owned, unless it is 0 */
};

/*
 * cli_run_inputs_open - read the code, its signature and the files, and open
 * --stdin.
 *
 * Blocks while it reads.  Code is at most 64 MiB, a file at most 1 GiB; what
 * a profile allows is less and is checked by the library.  Fails with EINPUT
 * for what cannot be read.  Either way the caller ends with
 * cli_run_inputs_fini.
 */
int cli_run_inputs_open(const struct cli_run_options *options, struct cli_run_inputs *out,
                        struct cli_failure *f);

/* Read one text, or standard input where path is "-", to the end of out, which bounds
 * it.  Fails with EINPUT. */
int cli_run_inputs_read(const char *path, struct cl_buf *out, struct cli_failure *f);

enum { CLI_CODE_MAX = 64 << 20 }; /* bytes of code that are read */

void cli_run_inputs_fini(struct cli_run_inputs *inputs);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - what `cloche run` was asked to do. */
#ifndef CL_CLI_RUN_OPTIONS_H
#define CL_CLI_RUN_OPTIONS_H

#include <stddef.h>

#include <cloche/cloche.h>

#include "cli/args.h"

/* --file [NAME=]FILE */
struct cli_run_file {
    const char *name; /* in /work */
    const char *path; /* here */
};

/* Text is lent from argv and from `copies`. */
struct cli_run_options {
    const char *file; /* FILE; "-" for standard input; NULL with -c or when not given */
    const char *code; /* -c; NULL when not given */
    const char *profile;
    const char *policy;
    const char *out_dir;
    const char *signature_path; /* NULL: the one beside file, if there is one */
    const char *stdin_path;     /* "-": what cloche has; NULL when not given */
    const char *shadow;         /* --shadow; NULL when not given */
    int is_raw;
    int is_verbose;
    int is_json;
    struct cloche_limit *limits; /* keys are unique: the last one given holds */
    size_t n_limits;
    struct cli_run_file *files;
    size_t n_files;
    const char **args; /* NULL-terminated */
    size_t n_args;
    char *keys; /* owned: what stood before a "=", one after the other */
    size_t keys_used;
};

/*
 * cli_run_options_parse - read the words of `cloche run`.
 *
 * Returns -1 to go on, else the exit status to end with.  Either way the
 * caller ends with cli_run_options_fini.
 */
int cli_run_options_parse(struct cli_args *args, struct cli_run_options *out);

void cli_run_options_fini(struct cli_run_options *options);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the reading of `cloche run`'s words; opens no file.  What a limit or a
 * profile may be is the library's to say. */
#include "cli/run/options.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
cli_run_options_fini(struct cli_run_options *o)
{
    free(o->limits);
    free(o->files);
    free(o->args);
    free(o->keys);
    *o = (struct cli_run_options){.n_limits = 0};
}

/* Room for all words in each place: a word fills at most one of each. */
static int
options_init(struct cli_run_options *o, const struct cli_args *args)
{
    const size_t n = (size_t)args->argc + 1;
    size_t text = 1;

    for (int i = 0; i < args->argc; i++) {
        text += strlen(args->argv[i]) + 1;
    }
    *o = (struct cli_run_options){
        .limits = calloc(n, sizeof *o->limits),
        .files = calloc(n, sizeof *o->files),
        .args = calloc(n, sizeof *o->args),
        .keys = calloc(text, 1),
    };
    return o->limits != NULL && o->files != NULL && o->args != NULL && o->keys != NULL ? 0
                                                                                       : -1;
}

/* The part of "KEY=VALUE" before the "=", as a string that o owns. */
static const char *
copy_key(struct cli_run_options *o, const char *word, size_t len)
{
    char *copy = o->keys + o->keys_used;
    memcpy(copy, word, len); /* and a NUL, which is there */
    o->keys_used += len + 1;
    return copy;
}

/* The last value of a key holds, as the last of two --timeout does. */
static void
set_limit(struct cli_run_options *o, const char *key, const char *value)
{
    size_t i = 0;
    while (i < o->n_limits && strcmp(o->limits[i].key, key) != 0) {
        i++;
    }
    o->limits[i] = (struct cloche_limit){.key = key, .value = value};
    o->n_limits += i == o->n_limits ? 1 : 0;
}

static int
take_limit(struct cli_run_options *o, const char *word, struct cli_failure *f)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word) {
        return cli_fail(f, "--limit", "KEY=VALUE, such as wall=2s",
                        "--limit '%s' is not KEY=VALUE, such as wall=2s", word);
    }
    set_limit(o, copy_key(o, word, (size_t)(equals - word)), equals + 1);
    return 0;
}

/* FILE alone is placed under the last part of its path. */
static int
take_file(struct cli_run_options *o, const char *word, struct cli_failure *f)
{
    const char *equals = strchr(word, '=');
    const char *slash = strrchr(word, '/');
    struct cli_run_file file = {.name = slash != NULL ? slash + 1 : word, .path = word};

    if (equals != NULL) {
        file.name = copy_key(o, word, (size_t)(equals - word));
        file.path = equals + 1;
    }
    if (file.name[0] == '\0' || file.path[0] == '\0') {
        return cli_fail(f, "--file", "FILE or NAME=FILE",
                        "--file '%s' is neither FILE nor NAME=FILE", word);
    }
    for (size_t i = 0; i < o->n_files; i++) {
        if (strcmp(o->files[i].name, file.name) == 0) {
            return cli_fail(f, "--file", "another NAME for one of them: NAME=FILE",
                            "both '%s' and '%s' would be '%s' in /work", o->files[i].path,
                            file.path, file.name);
        }
    }
    o->files[o->n_files++] = file;
    return 0;
}

static int
take_code(struct cli_run_options *o, const char *file, const char *code,
          struct cli_failure *f)
{
    if (o->file != NULL && file != NULL) {
        return cli_fail(f, file, "'--' before the code's own arguments",
                        "unexpected argument '%s': the code's own arguments follow '--'",
                        file);
    }
    if (o->code != NULL && code != NULL) {
        return cli_fail(f, "-c", NULL, "-c is given twice: one run has one piece of code");
    }
    if ((o->file != NULL && code != NULL) || (o->code != NULL && file != NULL)) {
        return cli_fail(f, "-c", "FILE or -c CODE",
                        "both -c and '%s' are given: one run has one piece of code; its "
                        "arguments follow '--'",
                        file != NULL ? file : o->file);
    }
    o->file = file != NULL ? file : o->file;
    o->code = code != NULL ? code : o->code;
    return 0;
}

static int
take(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    struct cli_run_options *o = ctx;

    switch (opt) {
    case CLI_OPT_OPERAND: return take_code(o, value, NULL, f);
    case CLI_OPT_CODE: return take_code(o, NULL, value, f);
    case CLI_OPT_LIMIT: return take_limit(o, value, f);
    case CLI_OPT_FILE: return take_file(o, value, f);
    case CLI_OPT_ARGUMENT: o->args[o->n_args++] = value; break;
    case CLI_OPT_PROFILE: o->profile = value; break;
    case CLI_OPT_POLICY: o->policy = value; break;
    case CLI_OPT_SHADOW: o->shadow = value; break;
    case CLI_OPT_OUT: o->out_dir = value; break;
    case CLI_OPT_SIGNATURE: o->signature_path = value; break;
    case CLI_OPT_STDIN: o->stdin_path = value; break;
    case CLI_OPT_TIMEOUT: set_limit(o, "wall", value); break;
    case CLI_OPT_MEMORY: set_limit(o, "memory", value); break;
    case CLI_OPT_RAW: o->is_raw = 1; break;
    case CLI_OPT_VERBOSE: o->is_verbose = 1; break;
    default: return cli_args_unexpected(value, f);
    }
    return 0;
}

/* What can be told only when all words are known. */
static int
check_code(struct cli_run_options *o, struct cli_failure *f)
{
    if (o->file == NULL && o->code == NULL) {
        if (isatty(STDIN_FILENO)) {
            return cli_fail(
                f, "FILE", "FILE, '-' or -c CODE",
                "nothing to run: name a FILE, '-' for standard input, or -c CODE");
        }
        o->file = "-";
    }
    if (o->file != NULL && strcmp(o->file, "-") == 0 && o->stdin_path != NULL &&
        strcmp(o->stdin_path, "-") == 0) {
        return cli_fail(f, "--stdin", "--stdin FILE",
                        "standard input cannot be both the code and the code's input");
    }
    return 0;
}

int
cli_run_options_parse(struct cli_args *args, struct cli_run_options *out)
{
    struct cli_failure failure = CLI_FAILURE_INIT;

    if (options_init(out, args) != 0) {
        (void)cl_fail_nomem(&failure.error);
        return cli_failure_report(&failure, cli_args_want_json(args->argv, args->argc));
    }
    const int status = cli_args_parse(args, take, out);
    if (status >= 0) {
        return status;
    }
    out->is_json = args->is_json;
    return check_code(out, &failure) == 0 ? -1
                                          : cli_failure_report(&failure, args->is_json);
}

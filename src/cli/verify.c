/* SPDX-License-Identifier: Apache-2.0 */
/* `cloche verify`: is a file what a key signed?  Owns the words of the command
 * and what is printed. */
#include <stdio.h>
#include <string.h>

#include "base/own.h"
#include "cli/args.h"
#include "cli/content.h"
#include "cli/json.h"
#include "cli/keyfile.h"
#include "cli/output.h"
#include "cli/visible.h"
#include "sign/signature.h"

static const size_t message_max = (size_t)1 << 30;

struct verify_args {
    const char *public_path, *public_key, *signature;
    int is_quiet;
    const char **files; /* room for all words */
    size_t n_files;
};

static int
take(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    struct verify_args *a = ctx;
    switch (opt) {
    case CLI_OPT_OPERAND:
    case CLI_OPT_ARGUMENT: a->files[a->n_files++] = value; break;
    case CLI_OPT_PUBLIC: a->public_path = value; break;
    case CLI_OPT_PUBLIC_KEY: a->public_key = value; break;
    case CLI_OPT_SIGNATURE: a->signature = value; break;
    case CLI_OPT_QUIET: a->is_quiet = 1; break;
    default: return cli_args_unexpected(value, f);
    }
    return 0;
}

static int
check(const struct verify_args *a, struct cli_failure *f)
{
    if (a->n_files == 0) {
        return cli_fail(f, "FILE", "FILE", "nothing to verify: name a FILE");
    }
    if (a->signature != NULL && a->n_files > 1) {
        return cli_fail(f, "--signature", "one FILE",
                        "--signature names one file, and %zu are to be verified",
                        a->n_files);
    }
    if (a->public_path != NULL && a->public_key != NULL) {
        return cli_fail(f, "--public-key", "--public or --public-key",
                        "both --public and --public-key are given");
    }
    return 0;
}

static int
get_key(const struct verify_args *a, struct cl_public_key *out, struct cli_failure *f)
{
    if (a->public_key == NULL) {
        return cli_keyfile_read_public(
            a->public_path != NULL ? a->public_path : CLI_KEYFILE_PUBLIC, out, f);
    }
    if (cl_public_key_decode(a->public_key, strlen(a->public_key), out, &f->error) != 0) {
        (void)snprintf(f->where.key, sizeof f->where.key, "--public-key"); /* fits */
        return -1;
    }
    return 0;
}

/* Why it is not good, for people; "" when it is. */
static void
explain(enum cl_signature_verdict verdict, const struct cl_signature *s,
        const struct cl_public_key *key, char out[160])
{
    char id[CL_KEY_ID_TEXT];
    char wanted[CL_KEY_ID_TEXT];
    (void)cl_key_id_text(s->id, id);
    (void)cl_key_id_text(key->id, wanted);
    out[0] = '\0';
    switch (verdict) {
    case CL_SIGNATURE_GOOD: break;
    case CL_SIGNATURE_OTHER_KEY:
        (void)snprintf(out, 160, "it is signed by key %s, and not by %s", id, wanted);
        break;
    case CL_SIGNATURE_CHANGED:
        (void)snprintf(out, 160,
                       "the signature by key %s does not match: the file or the signature "
                       "was changed",
                       id);
        break;
    case CL_SIGNATURE_COMMENT_CHANGED:
        (void)snprintf(
            out, 160,
            "the signature by key %s matches, but its trusted comment was changed", id);
        break;
    }
}

static void
tell_json(const char *path, const struct cl_signature *s, const char *problem,
          struct cl_buf *out)
{
    char id[CL_KEY_ID_TEXT];
    (void)cl_buf_add_str(out, "{\"file\": ");
    cli_json_string(out, path);
    (void)cl_buf_printf(out,
                        ", \"ok\": %s, \"key_id\": \"%s\", \"prehashed\": %s, "
                        "\"trusted_comment\": ",
                        problem[0] == '\0' ? "true" : "false", cl_key_id_text(s->id, id),
                        s->is_prehashed ? "true" : "false");
    cli_json_string(out, problem[0] == '\0' ? s->comment : NULL);
    (void)cl_buf_add_str(out, ", \"reason\": ");
    cli_json_string_or_null(out, problem);
    (void)cl_buf_u8(out, '}');
}

static void
tell_text(const char *path, const struct cl_signature *s, const char *problem,
          struct cl_buf *out)
{
    struct cli_visible visible = {.n_pending = 0};
    char id[CL_KEY_ID_TEXT];
    cli_visible_line(path, out);
    if (problem[0] != '\0') {
        (void)cl_buf_printf(out, ": NOT ok: %s\n", problem);
        return;
    }
    (void)cl_buf_printf(
        out, ": ok, signed by key %s\ntrusted comment: ", cl_key_id_text(s->id, id));
    /* Feed, and not line: a tab is part of minisign's usual comment. */
    cli_visible_feed(&visible, s->comment, s->comment_len, out);
    cli_visible_end(&visible, out);
    (void)cl_buf_u8(out, '\n');
}

/* 1 when it is good, 0 when it is not, -1 when that cannot be told. */
static int
verify_one(const struct verify_args *a, const struct cl_public_key *key, const char *path,
           int as_json, struct cl_buf *out, struct cli_failure *f)
{
    cl_autobuf struct cl_buf message = CL_BUF_INIT(message_max);
    cl_autobuf struct cl_buf text = CL_BUF_INIT(CL_SIGNATURE_FILE_MAX);
    cl_autofree char *beside = NULL;
    struct cl_signature s;
    char problem[160];
    if (asprintf(&beside, "%s.minisig", path) < 0) {
        beside = NULL; /* asprintf leaves it undefined */
        return cl_fail_nomem(&f->error);
    }
    const char *signature_path = a->signature != NULL ? a->signature : beside;
    if (cli_content_read(path, &message, f) != 0 ||
        cli_content_read(signature_path, &text, f) != 0) {
        return -1;
    }
    if (cl_signature_read(text.data != NULL ? (const char *)text.data : "", text.len, &s,
                          &f->error) != 0) {
        (void)snprintf(f->where.file, sizeof f->where.file, "%s", signature_path);
        return cl_fail_in(&f->error, "%s", signature_path);
    }
    explain(cl_signature_verify(&s, key, message.data, message.len), &s, key, problem);
    if (as_json) {
        tell_json(path, &s, problem, out);
    } else {
        tell_text(path, &s, problem, out);
    }
    return problem[0] == '\0';
}

static int
verify_all(const struct verify_args *a, int as_json)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    struct cli_failure failure = CLI_FAILURE_INIT;
    struct cl_public_key key;
    int all_good = 1;
    if (get_key(a, &key, &failure) != 0) {
        return cli_failure_report(&failure, as_json);
    }
    (void)cl_buf_add_str(&out, as_json ? "{\"files\": [" : "");
    for (size_t i = 0; i < a->n_files; i++) {
        (void)cl_buf_add_str(&out, as_json && i > 0 ? ", " : "");
        const int is_good = verify_one(a, &key, a->files[i], as_json, &out, &failure);
        if (is_good < 0) {
            return cli_failure_report(&failure, as_json);
        }
        all_good = all_good && is_good;
    }
    (void)cl_buf_add_str(&out, as_json ? "]}\n" : "");
    const int status = a->is_quiet && !as_json ? CLI_EXIT_OK : cli_print(&out);
    return status != CLI_EXIT_OK ? status : all_good ? CLI_EXIT_OK : CLI_EXIT_NO;
}

int
cli_verify_main(struct cli_args *args)
{
    cl_autofree const char **files = calloc((size_t)args->argc + 1, sizeof *files);
    struct cli_failure failure = CLI_FAILURE_INIT;
    struct verify_args a = {.files = files};
    if (files == NULL) {
        (void)cl_fail_nomem(&failure.error);
        return cli_failure_report(&failure, cli_args_want_json(args->argv, args->argc));
    }
    const int status = cli_args_parse(args, take, &a);
    if (status >= 0) {
        return status;
    }
    if (check(&a, &failure) != 0) {
        return cli_failure_report(&failure, args->is_json);
    }
    return verify_all(&a, args->is_json);
}

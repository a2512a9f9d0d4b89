/* SPDX-License-Identifier: Apache-2.0 */
/* `cloche sign`: signatures and keys in minisign's formats.  Owns the words of
 * the command and what is printed. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/own.h"
#include "base/units.h"
#include "cli/args.h"
#include "cli/content.h"
#include "cli/json.h"
#include "cli/keyfile.h"
#include "cli/output.h"
#include "cli/visible.h"
#include "sign/lines.h"
#include "sign/signature.h"

/* What is signed is read whole; minisign's own maximum for some signatures. */
static const size_t message_max = (size_t)1 << 30;

struct sign_args {
    const char *secret, *public_path, *signature, *trusted, *untrusted;
    int is_generating, is_open, is_forced, passphrase_fd;
    const char **files; /* room for all words */
    size_t n_files;
};

static int
take_fd(const char *value, int *out, struct cli_failure *f)
{
    uint64_t n = 0;
    if (cl_units_count(value, strlen(value), &n, NULL) != 0 || n > 65535) {
        return cli_fail(f, "--passphrase-fd", "--passphrase-fd N",
                        "'%s' is no number of a descriptor", value);
    }
    *out = (int)n;
    return 0;
}

static int
take(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    struct sign_args *a = ctx;
    switch (opt) {
    case CLI_OPT_OPERAND:
    case CLI_OPT_ARGUMENT: a->files[a->n_files++] = value; break;
    case CLI_OPT_GENERATE: a->is_generating = 1; break;
    case CLI_OPT_SECRET: a->secret = value; break;
    case CLI_OPT_PUBLIC: a->public_path = value; break;
    case CLI_OPT_SIGNATURE: a->signature = value; break;
    case CLI_OPT_TRUSTED_COMMENT: a->trusted = value; break;
    case CLI_OPT_UNTRUSTED_COMMENT: a->untrusted = value; break;
    case CLI_OPT_NO_PASSPHRASE: a->is_open = 1; break;
    case CLI_OPT_FORCE: a->is_forced = 1; break;
    case CLI_OPT_PASSPHRASE_FD: return take_fd(value, &a->passphrase_fd, f);
    default: return cli_args_unexpected(value, f);
    }
    return 0;
}

/* Options that belong to the other of the two things that it does. */
static int
check(const struct sign_args *a, struct cli_failure *f)
{
    const struct {
        int is_given, is_for_generating;
        const char *name;
    } rows[] = {
        {a->public_path != NULL, 1, "--public"},
        {a->is_open, 1, "--no-passphrase"},
        {a->is_forced, 1, "--force"},
        {a->signature != NULL, 0, "--signature"},
        {a->trusted != NULL, 0, "--trusted"},
        {a->untrusted != NULL, 0, "--untrusted"},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (rows[i].is_given && rows[i].is_for_generating != a->is_generating) {
            return cli_fail(f, rows[i].name, NULL, "%s is %s --generate", rows[i].name,
                            a->is_generating ? "not for" : "for");
        }
    }
    if (a->is_generating && a->n_files > 0) {
        return cli_args_unexpected(a->files[0], f);
    }
    if (a->is_generating && a->is_open && a->passphrase_fd >= 0) {
        return cli_fail(f, "--passphrase-fd", NULL,
                        "--passphrase-fd and --no-passphrase are given");
    }
    if (!a->is_generating && a->n_files == 0) {
        return cli_fail(f, "FILE", "FILE, or --generate", "nothing to sign: name a FILE");
    }
    if (a->signature != NULL && a->n_files > 1) {
        return cli_fail(f, "--signature", "one FILE",
                        "--signature names one file, and %zu are to be signed", a->n_files);
    }
    if (a->untrusted != NULL &&
        (strlen(a->untrusted) > CL_LINES_COMMENT_MAX - strlen(CL_LINES_UNTRUSTED) ||
         !cl_lines_is_comment(a->untrusted, strlen(a->untrusted)))) {
        return cli_fail(f, "--untrusted", "one line",
                        "an untrusted comment is one line of at most %zu bytes without "
                        "control characters",
                        CL_LINES_COMMENT_MAX - strlen(CL_LINES_UNTRUSTED));
    }
    return 0;
}

/* ---- keys --------------------------------------------------------------- */

static void
tell_pair(const struct cli_keyfile_pair *pair, const struct cl_public_key *key, int as_json,
          struct cl_buf *out)
{
    char id[CL_KEY_ID_TEXT];
    char text[CL_PUBLIC_KEY_TEXT];
    (void)cl_key_id_text(key->id, id);
    (void)cl_public_key_encode(key, text);
    if (as_json) {
        (void)cl_buf_printf(
            out, "{\"key_id\": \"%s\", \"public_key\": \"%s\", \"secret\": ", id, text);
        cli_json_string(out, pair->secret_path);
        (void)cl_buf_add_str(out, ", \"public\": ");
        cli_json_string(out, pair->public_path);
        (void)cl_buf_add_str(out, "}\n");
        return;
    }
    (void)cl_buf_printf(out, "key %s\nsecret key: ", id);
    cli_visible_line(pair->secret_path, out);
    (void)cl_buf_add_str(out, " (keep it to yourself)\npublic key: ");
    cli_visible_line(pair->public_path, out);
    (void)cl_buf_printf(out, "\n%s\n", text);
}

static int
generate(const struct sign_args *a, const char *secret_path, int as_json)
{
    const struct cli_keyfile_pair pair = {
        .secret_path = secret_path,
        .public_path = a->public_path != NULL ? a->public_path : CLI_KEYFILE_PUBLIC,
        .passphrase_fd = a->passphrase_fd,
        .is_open = a->is_open,
        .is_forced = a->is_forced,
    };
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    struct cli_failure failure = CLI_FAILURE_INIT;
    struct cl_public_key key;
    if (cli_keyfile_generate(&pair, &key, &failure) != 0) {
        return cli_failure_report(&failure, as_json);
    }
    tell_pair(&pair, &key, as_json, &out);
    return cli_print(&out);
}

/* ---- signatures --------------------------------------------------------- */

/* As minisign's: the time, and the file's own name. */
static void
usual_comment(const char *path, struct cl_buf *out)
{
    const char *slash = strrchr(path, '/');
    (void)cl_buf_printf(out, "timestamp:%lld\tfile:", (long long)time(NULL));
    for (const char *p = slash != NULL ? slash + 1 : path; *p != '\0'; p++) {
        const int is_plain = cl_lines_is_comment(p, 1) && *p != '\t';
        (void)cl_buf_u8(out, is_plain ? (uint8_t)*p : '?'); /* sticky, as all of these */
    }
    (void)cl_buf_add(out, "\thashed", sizeof "\thashed"); /* with its NUL */
}

static void
tell_signed(const char *path, const char *signature_path, const struct cl_signature *s,
            int as_json, struct cl_buf *out)
{
    char id[CL_KEY_ID_TEXT];
    (void)cl_key_id_text(s->id, id);
    if (!as_json) {
        cli_visible_line(signature_path, out);
        (void)cl_buf_printf(out, ": signed by key %s\n", id);
        return;
    }
    (void)cl_buf_add_str(out, "{\"file\": ");
    cli_json_string(out, path);
    (void)cl_buf_add_str(out, ", \"signature\": ");
    cli_json_string(out, signature_path);
    (void)cl_buf_printf(out, ", \"key_id\": \"%s\", \"trusted_comment\": ", id);
    cli_json_string(out, s->comment);
    (void)cl_buf_u8(out, '}');
}

static int
sign_one(const struct sign_args *a, const struct cl_secret_key *key, const char *path,
         int as_json, struct cl_buf *out, struct cli_failure *f)
{
    cl_autobuf struct cl_buf message = CL_BUF_INIT(message_max);
    cl_autobuf struct cl_buf usual = CL_BUF_INIT(CL_SIGNATURE_COMMENT_MAX);
    cl_autobuf struct cl_buf text = CL_BUF_INIT(CL_SIGNATURE_FILE_MAX);
    cl_autofree char *beside = NULL;
    struct cl_signature s;
    if (asprintf(&beside, "%s.minisig", path) < 0) {
        beside = NULL; /* asprintf leaves it undefined */
        return cl_fail_nomem(&f->error);
    }
    usual_comment(path, &usual);
    if (usual.has_failed) {
        return cl_fail_nomem(&f->error);
    }
    const char *signature_path = a->signature != NULL ? a->signature : beside;
    const char *comment = a->trusted != NULL ? a->trusted : (const char *)usual.data;
    if (cli_content_read(path, &message, f) != 0 ||
        cl_signature_make(key, message.data, message.len, comment, &s, &f->error) != 0) {
        return -1;
    }
    cl_signature_write(&s, a->untrusted, &text);
    if (cli_content_write(signature_path, &text, CLI_CONTENT_REPLACE, 0, f) != 0) {
        return -1;
    }
    tell_signed(path, signature_path, &s, as_json, out);
    return 0;
}

static int
sign_all(const struct sign_args *a, const char *secret_path, int as_json)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    struct cli_failure failure = CLI_FAILURE_INIT;
    struct cl_secret_key key;
    if (cli_keyfile_open(secret_path, a->passphrase_fd, &key, &failure) != 0) {
        return cli_failure_report(&failure, as_json);
    }
    int rc = 0;
    (void)cl_buf_add_str(&out, as_json ? "{\"files\": [" : "");
    for (size_t i = 0; rc == 0 && i < a->n_files; i++) {
        (void)cl_buf_add_str(&out, as_json && i > 0 ? ", " : "");
        rc = sign_one(a, &key, a->files[i], as_json, &out, &failure);
    }
    cl_secret_key_wipe(&key);
    if (rc != 0) {
        return cli_failure_report(&failure, as_json);
    }
    (void)cl_buf_add_str(&out, as_json ? "]}\n" : "");
    return cli_print(&out);
}

int
cli_sign_main(struct cli_args *args)
{
    cl_autofree const char **files = calloc((size_t)args->argc + 1, sizeof *files);
    cl_autofree char *secret_path = NULL;
    struct cli_failure failure = CLI_FAILURE_INIT;
    struct sign_args a = {.files = files, .passphrase_fd = -1};
    if (files == NULL) {
        (void)cl_fail_nomem(&failure.error);
        return cli_failure_report(&failure, cli_args_want_json(args->argv, args->argc));
    }
    const int status = cli_args_parse(args, take, &a);
    if (status >= 0) {
        return status;
    }
    if (check(&a, &failure) != 0 ||
        cli_keyfile_secret_path(a.secret, &secret_path, &failure) != 0) {
        return cli_failure_report(&failure, args->is_json);
    }
    return a.is_generating ? generate(&a, secret_path, args->is_json)
                           : sign_all(&a, secret_path, args->is_json);
}

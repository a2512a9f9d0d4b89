/* SPDX-License-Identifier: Apache-2.0 */
/* Owns where keys are and how they come there; what they are is sign/'s. */
#include "cli/keyfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/stat.h>

#include "base/own.h"
#include "cli/content.h"
#include "cli/passphrase.h"

#define SECRET_NAME "minisign.key"

int
cli_keyfile_secret_path(const char *path, char **out, struct cli_failure *f)
{
    const char *dir = getenv("MINISIGN_CONFIG_DIR");
    const char *home = getenv("HOME");
    int n = -1;
    if (path != NULL) {
        *out = strdup(path);
        return *out != NULL ? 0 : cl_fail_nomem(&f->error);
    }
    if (dir != NULL && dir[0] != '\0') {
        n = asprintf(out, "%s/" SECRET_NAME, dir);
    } else if (home != NULL && home[0] != '\0') {
        n = asprintf(out, "%s/.minisign/" SECRET_NAME, home);
    } else {
        return cli_fail(f, "--secret", "--secret FILE",
                        "there is no $HOME to look for a secret key in");
    }
    if (n < 0) {
        *out = NULL;
        return cl_fail_nomem(&f->error);
    }
    return 0;
}

/* Say which file the failure is about. */
static int
fail_in_file(const char *path, struct cli_failure *f)
{
    (void)snprintf(f->where.file, sizeof f->where.file, "%s", path); /* may be cut */
    return cl_fail_in(&f->error, "%s", path);
}

static int
unseal(const struct cl_sealed_key *sealed, int passphrase_fd, struct cl_secret_key *out,
       struct cli_failure *f)
{
    struct cli_passphrase passphrase = {.len = 0};
    int rc = 0;
    if (sealed->is_encrypted) {
        rc = cli_passphrase_read(passphrase_fd, 0, &passphrase, f);
    }
    if (rc == 0) {
        rc = cl_secret_key_open(sealed, passphrase.text, passphrase.len, out, &f->error);
    }
    cli_passphrase_wipe(&passphrase);
    return rc;
}

int
cli_keyfile_open(const char *path, int passphrase_fd, struct cl_secret_key *out,
                 struct cli_failure *f)
{
    cl_autobuf struct cl_buf text = CL_BUF_INIT(CL_SECRET_KEY_FILE_MAX);
    struct cl_sealed_key sealed;
    if (cli_content_read(path, &text, f) != 0) {
        return -1;
    }
    int rc = cl_secret_key_read(text.data != NULL ? (const char *)text.data : "", text.len,
                                &sealed, &f->error);
    if (rc == 0) {
        rc = unseal(&sealed, passphrase_fd, out, f);
    }
    if (text.data != NULL) {
        explicit_bzero(text.data, text.len);
    }
    explicit_bzero(&sealed, sizeof sealed);
    return rc == 0 ? 0 : fail_in_file(path, f);
}

int
cli_keyfile_read_public(const char *path, struct cl_public_key *out, struct cli_failure *f)
{
    cl_autobuf struct cl_buf text = CL_BUF_INIT(CL_PUBLIC_KEY_FILE_MAX);
    if (cli_content_read(path, &text, f) != 0) {
        return -1;
    }
    return cl_public_key_read(text.data != NULL ? (const char *)text.data : "", text.len,
                              out, &f->error) == 0
               ? 0
               : fail_in_file(path, f);
}

/* Told before the passphrase is asked for, and not after. */
static int
check_absent(const char *path, struct cli_failure *f)
{
    struct stat st;
    if (lstat(path, &st) == 0) {
        (void)cli_fail(f, "--force", "--force, or another name", "'%s' is there already",
                       path);
        (void)snprintf(f->where.file, sizeof f->where.file, "%s", path); /* may be cut */
        return -1;
    }
    return 0;
}

/* The directory that minisign would make: ~/.minisign, for its owner alone. */
static int
make_directory(const char *path, struct cli_failure *f)
{
    const char *slash = strrchr(path, '/');
    cl_autofree char *dir = strndup(path, slash != NULL ? (size_t)(slash - path) : 0);
    if (dir == NULL) {
        return cl_fail_nomem(&f->error);
    }
    return dir[0] == '\0' || mkdir(dir, 0700) == 0 || errno == EEXIST
               ? 0
               : cli_fail_file(f, errno, "create the directory", dir);
}

static int
seal(const struct cl_secret_key *key, const struct cli_keyfile_pair *pair,
     struct cl_sealed_key *out, struct cli_failure *f)
{
    struct cli_passphrase passphrase = {.len = 0};
    int rc = 0;
    if (!pair->is_open) {
        rc = cli_passphrase_read(pair->passphrase_fd, 1, &passphrase, f);
    }
    if (rc == 0) {
        rc = cl_secret_key_seal(key, pair->is_open ? NULL : passphrase.text, passphrase.len,
                                &cl_secret_key_usual_cost, out, &f->error);
    }
    cli_passphrase_wipe(&passphrase);
    return rc;
}

/* Both files or, unless one was replaced, neither. */
static int
write_pair(const struct cl_sealed_key *sealed, const struct cl_public_key *public_key,
           const struct cli_keyfile_pair *pair, struct cli_failure *f)
{
    const enum cli_content_how how =
        pair->is_forced ? CLI_CONTENT_REPLACE : CLI_CONTENT_NEW;
    cl_autobuf struct cl_buf secret = CL_BUF_INIT(CL_SECRET_KEY_FILE_MAX);
    cl_autobuf struct cl_buf public = CL_BUF_INIT(CL_PUBLIC_KEY_FILE_MAX);
    cl_secret_key_write(sealed, &secret);
    cl_public_key_write(public_key, &public);
    int rc = make_directory(pair->secret_path, f);
    if (rc == 0) {
        rc = cli_content_write(pair->secret_path, &secret, how, 1, f);
    }
    if (rc == 0) {
        rc = cli_content_write(pair->public_path, &public, how, 0, f);
        if (rc != 0 && !pair->is_forced) {
            (void)unlink(pair->secret_path); /* half a pair is none */
        }
    }
    if (secret.data != NULL) {
        explicit_bzero(secret.data, secret.len);
    }
    return rc;
}

int
cli_keyfile_generate(const struct cli_keyfile_pair *pair, struct cl_public_key *out,
                     struct cli_failure *f)
{
    struct cl_secret_key key;
    struct cl_sealed_key sealed;
    if (!pair->is_forced && (check_absent(pair->secret_path, f) != 0 ||
                             check_absent(pair->public_path, f) != 0)) {
        return -1;
    }
    if (cl_secret_key_new(&key, &f->error) != 0) {
        return -1;
    }
    cl_secret_key_public(&key, out);
    int rc = seal(&key, pair, &sealed, f);
    cl_secret_key_wipe(&key);
    if (rc == 0) {
        rc = write_pair(&sealed, out, pair, f);
    }
    explicit_bzero(&sealed, sizeof sealed);
    return rc;
}

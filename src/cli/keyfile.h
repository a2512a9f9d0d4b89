/* SPDX-License-Identifier: Apache-2.0 */
/* keyfile.h - keys of minisign on disk. */
#ifndef CL_CLI_KEYFILE_H
#define CL_CLI_KEYFILE_H

#include "cli/failure.h"
#include "sign/public_key.h"
#include "sign/secret_key.h"

#define CLI_KEYFILE_PUBLIC "minisign.pub" /* where minisign looks for it, too */

/*
 * cli_keyfile_secret_path - path, or where minisign keeps its secret key:
 * minisign.key in $MINISIGN_CONFIG_DIR, else in ~/.minisign.  The caller frees
 * *out.  Fails with EINPUT where there is no such place.
 */
int cli_keyfile_secret_path(const char *path, char **out, struct cli_failure *f);

/*
 * cli_keyfile_open - read a secret key, asking for its passphrase if it has one.
 *
 * passphrase_fd  as for cli_passphrase_read
 *
 * The caller ends with cl_secret_key_wipe.
 */
int cli_keyfile_open(const char *path, int passphrase_fd, struct cl_secret_key *out,
                     struct cli_failure *f);

int cli_keyfile_read_public(const char *path, struct cl_public_key *out,
                            struct cli_failure *f);

struct cli_keyfile_pair {
    const char *secret_path, *public_path;
    int passphrase_fd;
    int is_open;   /* without a passphrase */
    int is_forced; /* over what is there */
};

/* Make a key pair.  Nothing is written when one of the files is there already,
 * unless is_forced. */
int cli_keyfile_generate(const struct cli_keyfile_pair *pair, struct cl_public_key *out,
                         struct cli_failure *f);

#endif

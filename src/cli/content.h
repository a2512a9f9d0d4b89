/* SPDX-License-Identifier: Apache-2.0 */
/*
 * content.h - whole files, read into memory and written from it.  All fail with
 * EINPUT and the file's name, or ESYS.
 */
#ifndef CL_CLI_CONTENT_H
#define CL_CLI_CONTENT_H

#include "base/buf.h"
#include "cli/failure.h"

/* Open path for reading; the caller closes *fd. */
int cli_content_open(const char *path, int *fd, struct cli_failure *f);

/*
 * cli_content_read - append all of a file to out, which has its maximum; more
 * is an error, and one that is larger by its size is not read at all.
 */
int cli_content_read(const char *path, struct cl_buf *out, struct cli_failure *f);

/* The same from a descriptor; path is its name in messages. */
int cli_content_read_fd(int fd, const char *path, struct cl_buf *out,
                        struct cli_failure *f);

/*
 * cli_content_read_beside - the same, if it is there: a regular file.
 *
 * Returns 1 when it was read, 0 when there is none.
 */
int cli_content_read_beside(const char *path, struct cl_buf *out, struct cli_failure *f);

enum cli_content_how {
    CLI_CONTENT_NEW,     /* it must not be there yet */
    CLI_CONTENT_REPLACE, /* what is there is lost */
};

/*
 * cli_content_write - write text to a file.
 *
 * is_secret  for its owner alone, whoever could read the one that was there
 *
 * A file that could not be written whole, and was new, is removed again.
 */
int cli_content_write(const char *path, const struct cl_buf *text, enum cli_content_how how,
                      int is_secret, struct cli_failure *f);

#endif

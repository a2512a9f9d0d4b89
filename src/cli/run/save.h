/* SPDX-License-Identifier: Apache-2.0 */
/*
 * save.h - the files that a run created or changed, saved below a directory.
 *
 * Their names are the code's to choose.  Nothing outside the directory is
 * written, whatever they are and whatever links the directory holds: parts
 * are opened beneath it without following links, and a file takes its name by
 * rename, which replaces a link or a name and never writes through one.
 */
#ifndef CL_CLI_RUN_SAVE_H
#define CL_CLI_RUN_SAVE_H

#include <cloche/cloche.h>

#include "cli/failure.h"

/* Open dir, making it (not its parents) if it is missing.  The caller closes
 * *fd.  Fails with EINPUT. */
int cli_save_open(const char *dir, int *fd, struct cli_failure *f);

/*
 * cli_save_all - save the result's files below dir_fd.
 *
 * dir         its name, for messages
 * is_verbose  tell of each file saved
 *
 * A file that cannot be saved is told of, and the others are saved.  Returns
 * how many could not be.
 */
size_t cli_save_all(const struct cloche_result *result, int dir_fd, const char *dir,
                    int is_verbose);

#endif

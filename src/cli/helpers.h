/* SPDX-License-Identifier: Apache-2.0 */
/* Where the helper programs of a cloche that is not installed are. */
#ifndef CL_CLI_HELPERS_H
#define CL_CLI_HELPERS_H

/*
 * cli_helpers_dir - the directory of this program, where it holds a
 * cloche-launcher too: so it is in a build directory.
 *
 * NULL otherwise, and where $CLOCHE_HELPER_DIR says better: then the library's
 * own answer holds.  Static storage.
 */
const char *cli_helpers_dir(void);

#endif

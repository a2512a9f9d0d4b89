/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lets a cloche run from the directory it was built in.  This is the
 * program's to do, not the library's: whoever can write beside a program that
 * embeds the library need not be one whose programs it should start.
 */
#include "cli/helpers.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char launcher[] = "/cloche-launcher";

const char *
cli_helpers_dir(void)
{
    static char path[PATH_MAX];
    if (secure_getenv("CLOCHE_HELPER_DIR") != NULL) {
        return NULL;
    }
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof launcher);
    if (n <= 0) {
        return NULL;
    }
    path[n] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return NULL;
    }
    memcpy(slash, launcher, sizeof launcher); /* that much was kept free */
    if (access(path, X_OK) < 0) {
        return NULL;
    }
    *slash = '\0';
    return path;
}

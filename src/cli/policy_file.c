/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the order in which policy files are looked for. */
#include "cli/policy_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include "base/own.h"

#define SYSTEM_FILE "/etc/cloche/policy.yaml"

const char *
cli_policy_file_name(const char *path)
{
    return path != NULL ? path : "the built-in profiles";
}

/* The environment's value, or NULL when it is unset or empty. */
static const char *
get_env(const char *name)
{
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

static int
join(const char *dir, const char *rest, char **out, struct cli_failure *f)
{
    if (asprintf(out, "%s/%s", dir, rest) < 0) {
        *out = NULL;
        return cl_fail_nomem(&f->error);
    }
    return 0;
}

/* Where the user's own file would be; *out is NULL when there is no such
 * place.  Relative paths are ignored, as the XDG specification asks. */
static int
user_file(char **out, struct cli_failure *f)
{
    const char *config = get_env("XDG_CONFIG_HOME");
    const char *home = get_env("HOME");

    if (config != NULL && config[0] == '/') {
        return join(config, "cloche/policy.yaml", out, f);
    }
    if (home != NULL && home[0] == '/') {
        return join(home, ".config/cloche/policy.yaml", out, f);
    }
    return 0;
}

/* 1 when the file is there, 0 when it is not, -1 when that cannot be told. */
static int
is_there(const char *path, struct cli_failure *f)
{
    struct stat st;
    if (stat(path, &st) == 0) {
        return 1;
    }
    if (errno == ENOENT || errno == ENOTDIR) {
        return 0;
    }
    return cli_fail_file(f, errno, "look for the policy file", path);
}

int
cli_policy_file_find(const char *given, char **path, struct cli_failure *f)
{
    const char *named = given != NULL ? given : get_env("CLOCHE_POLICY");
    cl_autofree char *candidate = NULL;

    *path = NULL;
    if (named == NULL) {
        if (user_file(&candidate, f) != 0) {
            return -1;
        }
        const int found = candidate == NULL ? 0 : is_there(candidate, f);
        if (found != 0) {
            *path = found > 0 ? cl_take_ptr(&candidate) : NULL;
            return found > 0 ? 0 : -1;
        }
        const int system = is_there(SYSTEM_FILE, f);
        if (system <= 0) {
            return system;
        }
        named = SYSTEM_FILE;
    }
    *path = strdup(named);
    return *path != NULL ? 0 : cl_fail_nomem(&f->error);
}

int
cli_policy_file_load(const char *given, struct cloche_policy **out, struct cli_failure *f)
{
    cl_autofree char *path = NULL;
    if (cli_policy_file_find(given, &path, f) != 0) {
        return -1;
    }
    return cloche_policy_load(path, out, &f->where, &f->error);
}

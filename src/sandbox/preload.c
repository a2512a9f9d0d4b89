/* SPDX-License-Identifier: Apache-2.0 */
/* Which modules a warm interpreter has imported before its first cell.  Pure. */
#include "sandbox/preload.h"

#include "base/own.h"

/* What every warm interpreter has imported, unless the profile says what. */
static const char *const usual_modules[] = {
    "abc",        "base64",      "bisect",   "collections", "contextlib", "copy",
    "csv",        "dataclasses", "datetime", "decimal",     "enum",       "functools",
    "hashlib",    "heapq",       "io",       "itertools",   "json",       "linecache",
    "math",       "operator",    "os",       "pathlib",     "random",     "re",
    "statistics", "string",      "struct",   "textwrap",    "threading",  "time",
    "traceback",  "types",       "typing",   "uuid",        "warnings",
};

/* What modules of the standard library import when a function of theirs is first called:
 * a restricted cell has all that it may use from its birth, and reads no file for it. */
static const char *const restricted_helpers[] = {"_strptime", "ast",       "hashlib",
                                                 "linecache", "traceback", "typing"};

static int
add_all(struct cl_plan_strings *to, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cl_plan_add_string(to, names[i]) < 0) {
            return -1;
        }
    }
    return 0;
}

int
cl_preload_choose(struct cl_plan *plan, const struct cl_effective *e)
{
    struct cl_plan_strings *to = &plan->preload;
    if (e->level != CL_LEVEL_RESTRICTED) {
        return add_all(to, usual_modules, CL_COUNT(usual_modules));
    }
    const struct cl_names *allowed = &e->python.modules_allow;
    for (size_t i = 0; i < allowed->count; i++) {
        if (cl_plan_add_string(to, allowed->item[i]) < 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < e->python.n_only; i++) {
        if (cl_plan_add_string(to, e->python.only[i].module) < 0) {
            return -1;
        }
    }
    return add_all(to, restricted_helpers, CL_COUNT(restricted_helpers));
}

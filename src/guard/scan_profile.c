/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what the profile of a restricted cell would refuse: the guard's own check of
 * the tree, and the imports, which it refuses only while code runs.
 */
#include "guard/scan_state.h"

#include <string.h>

#include "base/own.h"
#include "guard/guard.h"
#include "guard/modules.h"
#include "guard/modules_table.h"
#include "guard/state.h"
#include "guard/syntax.h"

static struct cl_scan *current; /* while the check runs */

static void
on_refusal(enum cl_violation rule, const char *what, const char *message,
           const struct cl_syntax_place *at)
{
    struct cl_scan_finding f = {
        .rule = cl_rule_of_violation(rule),
        .line = at->line,
        .column = at->column,
        .end_line = at->end_line,
        .end_column = at->end_column,
        .what = what,
        .message = message,
    };
    if (current->n_told++ < CL_SCAN_MAX_FINDINGS) {
        current->tell(&f);
    }
}

int
cl_scan_profile(struct cl_scan *s, PyObject *tree, PyObject *filename)
{
    current = s;
    cl_syntax_tell(on_refusal);
    int rc = cl_syntax_check(tree, filename, s->text, s->len);
    cl_syntax_tell(NULL);
    current = NULL;
    if (rc < 0 && cl_syntax_is_refusal(PyErr_Occurred())) {
        PyErr_Clear(); /* it was told, with the others */
        return 0;
    }
    return rc;
}

static int
is_whole(const char *module)
{
    return strcmp(module, "__future__") == 0 ||
           cl_guard_lists(&cl_guard_plan()->modules, module);
}

/* Is module.name granted by itself?  name NULL: is anything of the module? */
static int
is_part(const char *module, const char *name)
{
    const struct cl_plan_strings *only = &cl_guard_plan()->only;
    size_t len = strlen(module);
    for (uint32_t i = 0; i < only->count; i++) {
        const char *item = only->item[i];
        if (strncmp(item, module, len) == 0 && item[len] == '.' &&
            (name == NULL ? strchr(item + len + 1, '.') == NULL
                          : strcmp(item + len + 1, name) == 0)) {
            return 1;
        }
    }
    return 0;
}

/* Does the guard offer this name of the module, to a profile that allows it? */
static int
is_offered(const char *module, const char *name)
{
    char below[2 * CL_SCAN_PATH];
    if (cl_module_row_has(cl_module_row_find(module), name)) {
        return 1;
    }
    (void)snprintf(below, sizeof below, "%s.%s", module, name); /* a part of a path */
    return strcmp(module, "__future__") == 0 || cl_modules_knows(below) ||
           strncmp(name, "__", 2) == 0; /* a matter of names */
}

/* Told as the guard tells it while code runs. */
static void
refuse(struct cl_scan *s, PyObject *node, const char *what, int is_known)
{
    char message[CL_SCAN_MESSAGE_MAX];
    (void)snprintf(message, sizeof message,
                   is_known ? "'%.120s' is not allowed by profile '%.80s'"
                            : "'%.120s' is not offered at level restricted, which profile "
                              "'%.80s' is of",
                   what, cl_guard_profile()); /* may be cut */
    cl_scan_find(s, node,
                 cl_rule_of_violation(is_known ? CL_VIOLATION_MODULE : CL_VIOLATION_NATIVE),
                 what, message);
}

/* A name of a module: `from module import name`, module.name. */
static void
check_name(struct cl_scan *s, PyObject *node, const char *module, const char *name)
{
    char what[2 * CL_SCAN_PATH];
    (void)snprintf(what, sizeof what, "%s.%s", module, name); /* a path, or as long */
    if (!is_offered(module, name)) {
        refuse(s, node, what, 0);
    } else if (!is_whole(module) && !is_part(module, name) && !is_whole(what) &&
               !is_part(what, NULL)) {
        refuse(s, node, what, 1);
    }
}

void
cl_scan_profile_import(struct cl_scan *s, PyObject *node, const char *module,
                       const char *name)
{
    if (!cl_guard_is_on() || !cl_guard_has(CL_GUARD_MODULES)) {
        return;
    }
    if (strcmp(module, "__future__") != 0 &&
        (!cl_modules_knows(module) || (!is_whole(module) && !is_part(module, NULL)))) {
        refuse(s, node, module, cl_modules_knows(module));
    } else if (name != NULL && strcmp(name, "*") != 0) {
        check_name(s, node, module, name);
    }
}

void
cl_scan_profile_path(struct cl_scan *s, PyObject *node, const char *path)
{
    char module[CL_SCAN_PATH];
    const char *dot = strrchr(path, '.');
    size_t len = dot == NULL ? 0 : (size_t)(dot - path);
    if (len == 0 || !cl_guard_is_on() || !cl_guard_has(CL_GUARD_MODULES)) {
        return;
    }
    (void)snprintf(module, sizeof module, "%.*s", (int)len, path); /* as long as path */
    if (cl_modules_knows(module) && (is_whole(module) || is_part(module, NULL))) {
        check_name(s, node, module, dot + 1);
    }
}

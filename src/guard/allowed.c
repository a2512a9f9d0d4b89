/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the plan's modules: which the profile allows, all or in part, and whether the
 * tables have them. */
#include "guard/allowed.h"

#include <string.h>

#include "guard/modules_table.h"
#include "guard/state.h"

enum { MODULE_NAME_MAX = 96 };

/* Is item "module.name" of this module?  Then where the name begins. */
static const char *
name_in(const char *item, const char *module)
{
    size_t len = strlen(module);
    return strncmp(item, module, len) == 0 && item[len] == '.' &&
                   strchr(item + len + 1, '.') == NULL
               ? item + len + 1
               : NULL;
}

static int
is_whole(const char *module)
{
    return cl_guard_lists(&cl_guard_plan()->modules, module);
}

static int
is_in_part(const char *module)
{
    const struct cl_plan_strings *only = &cl_guard_plan()->only;
    for (uint32_t i = 0; i < only->count; i++) {
        if (name_in(only->item[i], module) != NULL) {
            return 1;
        }
    }
    return 0;
}

int
cl_allowed_module(const char *module)
{
    return strcmp(module, "__future__") == 0 || is_whole(module) || is_in_part(module);
}

int
cl_allowed_name(const char *module, const char *name)
{
    const struct cl_plan_strings *only = &cl_guard_plan()->only;
    for (uint32_t i = 0; i < only->count; i++) {
        const char *function = name_in(only->item[i], module);
        if (function != NULL && strcmp(function, name) == 0) {
            return 1;
        }
    }
    return strcmp(module, "__future__") == 0 || is_whole(module);
}

static void
offer_all(struct cl_guard_nearest *near, int (*filter)(const char *))
{
    for (size_t i = 0; i < cl_module_row_count; i++) {
        const char *name = cl_module_rows[i].module;
        if (filter == NULL || filter(name)) {
            cl_guard_nearest_offer(near, name, strlen(name));
        }
    }
}

void
cl_allowed_offer(struct cl_guard_nearest *near)
{
    offer_all(near, cl_allowed_module);
}

static int
fail_unknown(const char *key, const char *name, struct cl_guard_nearest *near,
             struct cloche_error *err)
{
    return cl_fail(err, CLOCHE_EINPUT,
                   "profile '%s': python.modules.%s: '%s' is not offered at level "
                   "restricted%s%.*s%s",
                   cl_guard_profile(), key, name,
                   near->best == NULL ? "" : "; did you mean '",
                   near->best == NULL ? 0 : (int)strcspn(near->best, " "),
                   near->best == NULL ? "" : near->best, near->best == NULL ? "" : "'?");
}

static int
check_only(const char *item, struct cloche_error *err)
{
    const char *dot = strrchr(item, '.');
    char module[MODULE_NAME_MAX];
    (void)snprintf(module, sizeof module, "%.*s", dot == NULL ? 0 : (int)(dot - item),
                   item);
    const struct cl_module_row *row = cl_module_row_find(module);
    if (row == NULL) {
        struct cl_guard_nearest near = CL_GUARD_NEAREST_INIT(module);
        offer_all(&near, NULL);
        return fail_unknown("only", module, &near, err);
    }
    if (cl_module_row_has(row, dot + 1)) {
        return 0;
    }
    struct cl_guard_nearest near = CL_GUARD_NEAREST_INIT(dot + 1);
    size_t len = 0;
    const char *at = cl_module_row_next(row->names, &len);
    for (; at != NULL; at = cl_module_row_next(at + len, &len)) {
        cl_guard_nearest_offer(&near, at, len);
    }
    return fail_unknown("only", item, &near, err);
}

int
cl_allowed_check(struct cloche_error *err)
{
    const struct cl_plan_guard *plan = cl_guard_plan();
    for (uint32_t i = 0; i < plan->modules.count; i++) {
        const char *name = plan->modules.item[i];
        if (cl_module_row_find(name) == NULL) {
            struct cl_guard_nearest near = CL_GUARD_NEAREST_INIT(name);
            offer_all(&near, NULL);
            return fail_unknown("allow", name, &near, err);
        }
    }
    for (uint32_t i = 0; i < plan->only.count; i++) {
        if (check_only(plan->only.item[i], err) < 0) {
            return -1;
        }
    }
    return 0;
}

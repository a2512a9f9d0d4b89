/* SPDX-License-Identifier: Apache-2.0 */
/* The switch that turns single layers off, for the tests that show what each
 * layer stops.  Not compiled into a release: there the mask is a constant 0. */
#include "sandbox/sandbox.h"

#include <stdlib.h>
#include <string.h>

#ifdef CLOCHE_ABLATION
/* Is name one of the words of $CLOCHE_ABLATE? */
static int
is_off(const char *name)
{
    const char *names = getenv("CLOCHE_ABLATE");
    size_t len = strlen(name);
    for (const char *at = names == NULL ? NULL : strstr(names, name); at != NULL;
         at = strstr(at + 1, name)) {
        int starts = at == names || at[-1] == ',';
        if (starts && (at[len] == '\0' || at[len] == ',')) {
            return 1;
        }
    }
    return 0;
}

unsigned
cl_ablation_mask(void)
{
    unsigned mask = 0;
    for (int layer = 0; layer < CL_LAYER_COUNT; layer++) {
        mask |= is_off(cl_layer_name((enum cl_layer)layer)) ? 1u << layer : 0;
    }
    return mask;
}

unsigned
cl_ablation_guard_parts(void)
{
    static const struct {
        const char *name;
        unsigned part;
    } parts[] = {
        {"guard-syntax", CL_GUARD_SYNTAX},
        {"guard-types", CL_GUARD_TYPES},
        {"guard-modules", CL_GUARD_MODULES},
        {"guard-builtins", CL_GUARD_BUILTINS},
    };
    unsigned mask = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        mask |= is_off(parts[i].name) ? parts[i].part : 0;
    }
    return mask;
}
#else
unsigned
cl_ablation_mask(void)
{
    return 0;
}

unsigned
cl_ablation_guard_parts(void)
{
    return 0;
}
#endif

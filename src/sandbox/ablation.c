/* SPDX-License-Identifier: Apache-2.0 */
/* The switch that turns single layers off, for the tests that show what each
 * layer stops.  Not compiled into a release: there the mask is a constant 0. */
#include "sandbox/sandbox.h"

#include <stdlib.h>
#include <string.h>

#ifdef CLOCHE_ABLATION
unsigned
cl_ablation_mask(void)
{
    const char *names = getenv("CLOCHE_ABLATE");
    unsigned mask = 0;
    for (int layer = 0; names != NULL && layer < CL_LAYER_COUNT; layer++) {
        const char *name = cl_layer_name((enum cl_layer)layer);
        size_t len = strlen(name);
        for (const char *at = strstr(names, name); at != NULL; at = strstr(at + 1, name)) {
            int starts = at == names || at[-1] == ',';
            if (starts && (at[len] == '\0' || at[len] == ',')) {
                mask |= 1u << layer;
            }
        }
    }
    return mask;
}
#else
unsigned
cl_ablation_mask(void)
{
    return 0;
}
#endif

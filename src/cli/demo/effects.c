/* SPDX-License-Identifier: Apache-2.0 */
/* Owns a list of sentences, bounded: an attack has a hand in how many there are. */
#include "cli/demo/effects.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/own.h"

void
cli_demo_effect(struct cli_demo_effects *effects, const char *fmt, ...)
{
    va_list ap;
    const size_t i = effects->count++;

    if (i < CL_COUNT(effects->text)) {
        va_start(ap, fmt);
        (void)vsnprintf(effects->text[i], sizeof effects->text[i], fmt,
                        ap); /* may be cut */
        va_end(ap);
    }
}

size_t
cli_demo_effects_shown(const struct cli_demo_effects *effects)
{
    return effects->count < CL_COUNT(effects->text) ? effects->count
                                                    : CL_COUNT(effects->text);
}

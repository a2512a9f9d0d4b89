/* SPDX-License-Identifier: Apache-2.0 */
/* Refused acts, in words: layer, rule, what, and the line that would allow it. */
#ifndef CL_ENGINE_DENIAL_H
#define CL_ENGINE_DENIAL_H

#include "engine/run.h"

/* What to say of a cell that its own filter killed.  Lends the row. */
const struct cl_denial *cl_denial_filter_kill(struct cloche_run *run);

#endif

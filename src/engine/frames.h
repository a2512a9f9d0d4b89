/* SPDX-License-Identifier: Apache-2.0 */
/* What a cell says while it has a run. */
#ifndef CL_ENGINE_FRAMES_H
#define CL_ENGINE_FRAMES_H

#include "engine/run.h"

/* Read frames until there is nothing more, the end, or the result; and no more
 * than most bytes and what is in hand.  By the driver. */
void cl_run_read_channel(struct cloche_run *run, size_t most);

#endif

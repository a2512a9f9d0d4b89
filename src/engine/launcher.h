/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's side of cloche-launcher. */
#ifndef CL_ENGINE_LAUNCHER_H
#define CL_ENGINE_LAUNCHER_H

#include "engine/engine.h"

/* Spawn the launcher.  From the engine's thread, once: the launcher dies with
 * the thread that spawned it. */
CL_MUST_CHECK int cl_launcher_spawn(struct cloche_engine *engine, struct cloche_error *err);

/* Ask for a zygote: its plan and its end of the channel.  Under the lock. */
struct cl_zygote;
CL_MUST_CHECK int cl_launcher_start(struct cloche_engine *engine, uint32_t zygote_id,
                                    const struct cl_plan *plan, int channel_end,
                                    struct cloche_error *err);

/* A packet came, or the end.  From the engine's thread, under the lock. */
void cl_launcher_event(struct cloche_engine *engine);

/* Close the channel and reap: everything that the launcher started ends. */
void cl_launcher_stop(struct cloche_engine *engine);

#endif

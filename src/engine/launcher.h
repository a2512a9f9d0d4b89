/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's side of cloche-launcher. */
#ifndef CL_ENGINE_LAUNCHER_H
#define CL_ENGINE_LAUNCHER_H

#include "engine/engine.h"

/* All of these under the engine's lock. */

/* No helper may hold the engine up: what it has to say is there when it is
 * looked for, and it has time to take what it is sent. */
enum { CL_RECEIVE_MS = 100, CL_SEND_MS = 5000 };

/* Spawn the launcher.  From the engine's thread: the launcher dies with the
 * thread that spawned it.  The outcome is told by cl_launcher_await. */
void cl_launcher_restart(struct cloche_engine *engine);

/* Wait until there is a launcher, having it started if there is none.  Not
 * from the engine's thread. */
CL_MUST_CHECK int cl_launcher_await(struct cloche_engine *engine, struct cloche_error *err);

/* Ask for a zygote: its plan and its end of the channel. */
struct cl_zygote;
CL_MUST_CHECK int cl_launcher_start(struct cloche_engine *engine, uint32_t zygote_id,
                                    const struct cl_plan *plan, int channel_end,
                                    struct cloche_error *err);

/* A packet came, or the end.  From the engine's thread. */
void cl_launcher_event(struct cloche_engine *engine);

/* Close the channel and reap: everything that the launcher started ends.
 * Returns its status as wait(2), or 0 when that is not known. */
int cl_launcher_stop(struct cloche_engine *engine);

#endif

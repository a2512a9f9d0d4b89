/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks and meters of a run: what it has used, and when to look again. */
#ifndef CL_ENGINE_WATCH_H
#define CL_ENGINE_WATCH_H

#include "engine/run.h"

/* The job is about to be sent: it is now.  Under run->lock, as all of these. */
void cl_watch_start(struct cloche_run *run);

/* The job is sent: set the timer, and open what will be read at the end. */
void cl_watch_arm(struct cloche_run *run);

/* The timer has fired: compare with the limits, stop the run or look again. */
void cl_watch_check(struct cloche_run *run);

/* Write what was used into the result, for as long as it can be measured. */
void cl_watch_measure(struct cloche_run *run);

/* Wait until nothing of the cell's tree is left; at most a second or two. */
void cl_watch_await_death(struct cloche_run *run);

#endif

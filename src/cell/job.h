/* SPDX-License-Identifier: Apache-2.0 */
/* One job: compile, execute as __main__, report. */
#ifndef CL_CELL_JOB_H
#define CL_CELL_JOB_H

#include <stddef.h>

#include "guard/guard.h"

/*
 * cl_job_run - run the job of a JOB payload and send its RESULT.
 *
 * payload  len bytes and a NUL after them; kept for as long as the process
 *
 * Under the GIL, in the main thread, once.  May not return: user code may end
 * the process.
 */
void cl_job_run(const unsigned char *payload, size_t len);

/*
 * cl_job_rehearse - go once through what every job does, with a program of
 * ours in a namespace of its own, so that the pages that this writes are the
 * cell's own before its job comes.
 */
void cl_job_rehearse(void);

/* What the guard asks of the job that runs. */
extern const struct cl_guard_host cl_job_guard_host;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* One job: compile, execute as __main__, report. */
#ifndef CL_CELL_JOB_H
#define CL_CELL_JOB_H

#include <stddef.h>

/*
 * cl_job_run - run the job of a JOB payload and send its RESULT.
 *
 * payload  len bytes and a NUL after them; kept for as long as the process
 *
 * Under the GIL, in the main thread, once.  May not return: user code may end
 * the process.
 */
void cl_job_run(const unsigned char *payload, size_t len);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Files that a run left in its work directory. */
#ifndef CL_ENGINE_FILES_H
#define CL_ENGINE_FILES_H

#include "engine/run.h"

/*
 * cl_files_collect - list what the run created and changed.
 *
 * Kills the cell's tree first if there is anything to read: nothing that is
 * listed can change any more.  Under run->lock.
 */
void cl_files_collect(struct cloche_run *run);

/* The SHA-256 of bytes, in hexadecimal. */
void cl_files_hash(const void *data, size_t len, char out[65]);

#endif

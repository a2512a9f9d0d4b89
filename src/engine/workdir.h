/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Work directories of the broker's own making, for hosts where a cell cannot
 * mount its own (assurance `process`): a directory below /tmp for each engine,
 * one in it for each cell.  What is written there is measured, and removed
 * with the result.
 */
#ifndef CL_ENGINE_WORKDIR_H
#define CL_ENGINE_WORKDIR_H

#include "engine/cell.h"
#include "engine/run.h"

/* Make the engine's directory, engine->work_dir, once; remove what brokers of this user
 * left that were killed.  Under the lock. */
CL_MUST_CHECK int cl_workdir_open(struct cloche_engine *engine, struct cloche_error *err);

/* Make a cell's directory and open it as cell->work_fd.  Under the lock. */
CL_MUST_CHECK int cl_workdir_new(struct cl_cell *cell, struct cloche_error *err);

/* Remove a directory and everything in it, which may be hostile; frees path. */
void cl_workdir_remove(char *path);

/* Remove the engine's own, when it ends. */
void cl_workdir_close(struct cloche_engine *engine);

/* Bytes and files below; stops counting at 100,000 entries. */
void cl_workdir_usage(int dir_fd, uint64_t *bytes, uint64_t *inodes);

#endif

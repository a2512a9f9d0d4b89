/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's cgroup v2 subtree, where it was given a delegated directory. */
#ifndef CL_ENGINE_LEAF_H
#define CL_ENGINE_LEAF_H

#include "engine/cell.h"
#include "engine/engine.h"

/* Make the subtree; nothing to do without a directory.  A directory that
 * cannot be used is an error, never ignored. */
CL_MUST_CHECK int cl_leaf_open(struct cloche_engine *engine, struct cloche_error *err);
void cl_leaf_close(struct cloche_engine *engine);

/* A cell's leaf, before it is forked.  Under the lock, as all below. */
CL_MUST_CHECK int cl_leaf_new(struct cl_cell *cell, struct cloche_error *err);
CL_MUST_CHECK int cl_leaf_limit(struct cl_cell *cell, const struct cl_cell_limits *limits,
                                struct cloche_error *err);

/* The cell is gone: remove its leaf, now or in a later sweep. */
void cl_leaf_drop(struct cl_cell *cell);
void cl_leaf_sweep(struct cloche_engine *engine);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* From a request to a cell that has its job. */
#ifndef CL_ENGINE_START_H
#define CL_ENGINE_START_H

#include "engine/run.h"

/*
 * cl_run_find_shape - effective policy and zygote for a profile and a
 * request's own limits.
 *
 * effective  a copy of the run's own; the caller frees it
 * zygote     held: the caller lets it go
 *
 * Takes and releases the engine's lock; waits for an interpreter.
 */
CL_MUST_CHECK int cl_run_find_shape(struct cloche_engine *engine, const char *profile,
                                    const struct cloche_limit *limits, size_t n_limits,
                                    struct cl_effective **effective,
                                    struct cl_zygote **zygote, struct cloche_where *where,
                                    struct cloche_error *err);

/* Send the job to another cell; once.  -1: no more. */
int cl_run_try_again(struct cloche_run *run);

/* Take a cell and send it the job. */
CL_MUST_CHECK int cl_run_place(struct cloche_run *run, struct cl_zygote *zygote,
                               struct cloche_error *err);

#endif

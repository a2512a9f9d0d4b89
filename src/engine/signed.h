/* SPDX-License-Identifier: Apache-2.0 */
/* Whether code is signed as its profile wants it, before anything is started. */
#ifndef CL_ENGINE_SIGNED_H
#define CL_ENGINE_SIGNED_H

#include "engine/run.h"

/*
 * cl_signed_check - look at a request's signature.
 *
 * Costs a look-up where none is given and none is required.  What is verified
 * is noted in the run's result.  A refusal is a verdict: the run is done then,
 * with outcome `denied`, and no process knows of it.
 *
 * Fails with EINPUT (no such profile, or a signature that is none), ESYS.
 */
int cl_signed_check(struct cloche_run *run, const struct cloche_request *q,
                    struct cloche_where *where, struct cloche_error *err);

#endif

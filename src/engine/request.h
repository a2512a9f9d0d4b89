/* SPDX-License-Identifier: Apache-2.0 */
/* From a request to what its cell is sent. */
#ifndef CL_ENGINE_REQUEST_H
#define CL_ENGINE_REQUEST_H

#include "engine/run.h"

/*
 * cl_request_prepare - all that the cell will be sent, and what the result says from the
 * start.
 *
 * run  its effective policy is known; it may have ended after this, without an error: too
 *      much source is a verdict
 *
 * Fails with EINPUT, EDENIED, ELIMIT, ESYS.
 */
CL_MUST_CHECK int cl_request_prepare(struct cloche_run *run, const struct cloche_request *q,
                                     const struct cl_zygote *zygote,
                                     struct cloche_error *err);

#endif

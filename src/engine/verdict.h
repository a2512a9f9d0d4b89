/* SPDX-License-Identifier: Apache-2.0 */
/* How a run ended and why, from what the broker measured. */
#ifndef CL_ENGINE_VERDICT_H
#define CL_ENGINE_VERDICT_H

#include "engine/run.h"
#include "kernel/seccomp.h"
#include "wire/frame.h"

/* All under run->lock. */

/* A call that the filter sent to us and that was refused. */
void cl_verdict_note_call(struct cloche_run *run, const struct cl_seccomp_verdict *v,
                          const char *name);

/* A path, or with "" only the line of a call, that the interpreter saw refused. */
void cl_verdict_note_path(struct cloche_run *run, int error, const char *path,
                          uint32_t line);

/* What the guard refused; its payload is read from r.  Fails when it cannot be read. */
CL_MUST_CHECK int cl_verdict_note_violation(struct cloche_run *run, struct cl_reader *r,
                                            struct cloche_error *err);

/* An audited event; its payload is read from r.  Fails when it cannot be read. */
CL_MUST_CHECK int cl_verdict_note_audit(struct cloche_run *run, struct cl_reader *r,
                                        struct cloche_error *err);

/* Has the zygote reaped the cell? */
int cl_verdict_has_exited(struct cloche_run *run);

/* The run is over: measure, collect, decide, let go of the cell.  Returns 0
 * when the job was sent to another cell instead. */
int cl_verdict_conclude(struct cloche_run *run);

#endif

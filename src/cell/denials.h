/* SPDX-License-Identifier: Apache-2.0 */
/*
 * denials.h - what the kernel refused, as the interpreter saw it.
 *
 * Landlock, read-only mounts and limits answer with an errno.  Every OSError
 * that is made with one of those is noted here, with the path and the line,
 * also when the code catches it.  It is the cell's word: the broker shows it
 * and decides nothing by it that it cannot see itself.
 */
#ifndef CL_CELL_DENIALS_H
#define CL_CELL_DENIALS_H

#include "wire/job.h"

/* Watch OSErrors from now on (quietly until cl_denials_begin).  In the
 * zygote; -1 with an exception set. */
int cl_denials_install(void);

struct _object;
/* The code of this file name is the user's; note from now on. */
void cl_denials_begin(struct _object *filename);

/* The line of the user's code that is innermost on the stack, or 0. */
int cl_denials_user_line(void);

/* Limits that were met, as bits 1 << enum cl_hit (wire/job.h). */
unsigned cl_denials_hits(void);
void cl_denials_add_hit(enum cl_hit hit);

#endif

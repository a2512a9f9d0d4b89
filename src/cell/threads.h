/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that were refused, also where the code catches the RuntimeError. */
#ifndef CL_CELL_THREADS_H
#define CL_CELL_THREADS_H

/* Note refusals as CL_HIT_PROCESSES from now on.  Once, in the zygote, after
 * the preload; -1 with an exception set. */
int cl_threads_watch(void);

/* Has threading anything to do at the end of the code?  Not if it never
 * started a thread and nothing was added to what it calls then. */
int cl_threads_have_end(void);

#endif

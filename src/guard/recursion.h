/* SPDX-License-Identifier: Apache-2.0 */
/* recursion.h - limits.recursion: a RecursionError of CPython's own ends the run,
 * whether the code would catch it or not. */
#ifndef CL_GUARD_RECURSION_H
#define CL_GUARD_RECURSION_H

/* In the zygote. */
void cl_recursion_install(void);

void cl_recursion_begin(void);
void cl_recursion_end(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* lent.h - memory that C code of CPython goes on using while code of the program runs. */
#ifndef CL_GUARD_LENT_H
#define CL_GUARD_LENT_H

/* In the zygote.  0, or -1 with an exception set. */
int cl_lent_install(void);

#endif

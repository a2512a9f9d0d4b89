/* SPDX-License-Identifier: Apache-2.0 */
/* What preloaded modules want done around a fork, and new entropy after it. */
#ifndef CL_CELL_ATFORK_H
#define CL_CELL_ATFORK_H

/* Around the preload, in the zygote, where cells can not fork: the hooks of the
 * standard library that only mend locks are not registered.  -1 with an exception. */
int cl_atfork_intercept(void);
int cl_atfork_release(void);

/* After the preload, in the zygote: find what would be the same in all cells. */
int cl_atfork_prepare(void);

/* New entropy for it, in a cell.  -1 with an exception. */
int cl_atfork_renew_entropy(void);

#endif

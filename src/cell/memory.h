/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that CPython was refused, also where the code catches MemoryError. */
#ifndef CL_CELL_MEMORY_H
#define CL_CELL_MEMORY_H

/* Note refusals as CL_HIT_MEMORY from now on.  Once, in the zygote, after
 * CPython is up. */
void cl_memory_watch(void);

#endif

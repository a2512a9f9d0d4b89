/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a cell: lock down, be ready, take one job, end. */
#ifndef CL_CELL_CELL_H
#define CL_CELL_CELL_H

#include "cell/lockdown.h"

/* Run in a process that was just cloned from the zygote.  Never returns. */
_Noreturn void cl_cell_main(const struct cl_lockdown *l);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The zygote's life, whatever program it is in: cell/main.c or cell/program.c. */
#ifndef CL_CELL_ZYGOTE_H
#define CL_CELL_ZYGOTE_H

/* The whole of it; returns the exit status. */
int cl_zygote_main(void);

#endif

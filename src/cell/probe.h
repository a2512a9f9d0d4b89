/* SPDX-License-Identifier: Apache-2.0 */
/* Tries each kernel facility for real, in children that end at once. */
#ifndef CL_CELL_PROBE_H
#define CL_CELL_PROBE_H

/* Print a line "name<TAB>1 or 0<TAB>what was seen" for each facility to
 * descriptor 1.  For `cloche-launcher --probe`. */
int cl_probe_main(void);

#endif

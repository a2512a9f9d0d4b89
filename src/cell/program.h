/* SPDX-License-Identifier: Apache-2.0 */
/* What cell/exec.c and cell/program.c agree on; see program.c. */
#ifndef CL_CELL_PROGRAM_H
#define CL_CELL_PROGRAM_H

/* The object's descriptor, and its path from /proc/self/fd. */
enum { CL_PROGRAM_OBJECT_FD = 6 };
#define CL_PROGRAM_OBJECT_PATH "./6"

/* What tells the dynamic loader, as the last two variables: bind all of Python's
 * calls at once, or each cell would do so for those that it makes; and the object. */
#define CL_PROGRAM_BIND "LD_BIND_NOW=1"
#define CL_PROGRAM_PRELOAD "LD_PRELOAD="

/* What a Python that started without the object has as its argument: it knows
 * no such option, says so and ends (with 2) before it reads any file of its own. */
#define CL_PROGRAM_ARGUMENT "--cloche-zygote"

#endif

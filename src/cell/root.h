/* SPDX-License-Identifier: Apache-2.0 */
/* The zygote's view of files, from a plan; in the launcher's child, before exec. */
#ifndef CL_CELL_ROOT_H
#define CL_CELL_ROOT_H

#include <sys/types.h>

#include "base/error.h"
#include "wire/plan.h"

/*
 * cl_root_build - make the plan's root the caller's.
 *
 * The caller is alone in a new mount namespace, has CAP_SYS_ADMIN over it, and
 * has nothing open that it will look up by path again.
 */
CL_MUST_CHECK int cl_root_build(const struct cl_plan *plan, struct cloche_error *err);

/*
 * cl_root_add_private - a cell's own mounts, in its own copy of the zygote's
 * mount namespace: work and scratch directories, /dev/shm, /proc.
 *
 * owner    who the directories belong to, in the zygote's ids
 * work_fd  receives an O_PATH descriptor of the work directory, or -1 where
 *          there is none; the caller's
 */
CL_MUST_CHECK int cl_root_add_private(const struct cl_plan *plan,
                                      const struct cl_cell_limits *limits, uid_t owner,
                                      int *work_fd, struct cloche_error *err);

#endif

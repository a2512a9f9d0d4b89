/* SPDX-License-Identifier: Apache-2.0 */
/* Resource limits of a process. */
#ifndef CL_KERNEL_RLIMIT_H
#define CL_KERNEL_RLIMIT_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

/* Set soft and hard limit of RLIMIT_<resource>, never above the hard limit
 * that is there.  pid 0: the caller itself.  UINT64_MAX: leave it. */
CL_MUST_CHECK int cl_rlimit_set(pid_t pid, int resource, uint64_t value,
                                struct cloche_error *err);

#endif

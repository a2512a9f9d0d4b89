/* SPDX-License-Identifier: Apache-2.0 */
/* seccomp_group.h - the rules of one group of calls as BPF.  Trusted side only. */
#ifndef CL_KERNEL_SECCOMP_GROUP_H
#define CL_KERNEL_SECCOMP_GROUP_H

#include <errno.h>
#include <linux/seccomp.h>

#include "kernel/seccomp_emit.h"
#include "kernel/seccomp_table.h"

#define CL_SECCOMP_RET_DEFAULT (SECCOMP_RET_ERRNO | ENOSYS)
#define CL_SECCOMP_RET_REFUSED SECCOMP_RET_TRACE

struct cl_seccomp_builder {
    enum cl_seccomp_kind kind;
    unsigned options;
    struct cl_emit_intervals intervals; /* of numbers, then of a group's values */
    struct cl_emitter emitter;
};

/* The answer of a rule in this filter. */
uint32_t cl_seccomp_answer(const struct cl_seccomp_builder *b,
                           const struct cl_seccomp_rule *rule);

/*
 * cl_seccomp_emit_group - what a group's rules say, in at most
 * CL_SECCOMP_GROUP_LONGEST instructions before those that land its goals.
 *
 * Overwrites b->intervals; leaves goals pending.  Nothing comes out below.
 */
enum { CL_SECCOMP_GROUP_LONGEST = 120 };
void cl_seccomp_emit_group(struct cl_seccomp_builder *b,
                           const struct cl_seccomp_group *group);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cgroup.h - cgroup v2: a subtree of a delegated directory, and a leaf for
 * each run in it.
 *
 *     DIR                      delegated to us; holds no process itself
 *     DIR/cloche-<pid>-<n>     one engine's subtree
 *     .../helpers              launcher and zygotes
 *     .../cell-<id>            one cell, born in it by CLONE_INTO_CGROUP
 */
#ifndef CL_KERNEL_CGROUP_H
#define CL_KERNEL_CGROUP_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct cl_cgroup_limits {
    uint64_t memory_bytes;  /* UINT64_MAX: none, as all of these */
    uint64_t tasks;         /* processes and threads */
    uint64_t cpu_share_pct; /* of one processor */
};

/*
 * cl_cgroup_open - make an engine's subtree, and remove those of dead engines.
 *
 * owner  a uid of the host that must be able to put processes into leaves,
 *        beside the caller; (uid_t)-1: nobody else
 *
 * The caller removes the subtree with cl_cgroup_close, then closes *dir_fd,
 * which holds the lock by which others see that its engine lives.
 * Fails with EHOST: no cgroup v2 there, not delegated, a controller is missing.
 */
CL_MUST_CHECK int cl_cgroup_open(const char *delegated, uid_t owner, int *dir_fd,
                                 char name_out[64], struct cloche_error *err);

/* Remove the subtree, once everything in it has ended; best effort. */
void cl_cgroup_close(const char *delegated, const char *name, int dir_fd);

/* Move a process into the subtree's `helpers`. */
CL_MUST_CHECK int cl_cgroup_adopt(int dir_fd, pid_t pid, struct cloche_error *err);

/* A new leaf; the caller closes *leaf_fd. */
CL_MUST_CHECK int cl_cgroup_leaf_new(int dir_fd, uint64_t id, uid_t owner,
                                     const struct cl_cgroup_limits *limits, int *leaf_fd,
                                     struct cloche_error *err);

/* Other numbers for a leaf that exists. */
CL_MUST_CHECK int cl_cgroup_leaf_limit(int leaf_fd, const struct cl_cgroup_limits *limits,
                                       struct cloche_error *err);

/* What is in the leaf dies. */
void cl_cgroup_leaf_kill(int leaf_fd);

struct cl_cgroup_usage {
    uint64_t memory_peak_bytes; /* UINT64_MAX: the kernel does not say (before 5.19) */
    uint64_t tasks_peak;        /* the same (before 6.1) */
    uint64_t cpu_ns, cpu_user_ns, cpu_system_ns;
    uint64_t oom_kills;
    uint64_t tasks_refused; /* forks that pids.max refused */
};
CL_MUST_CHECK int cl_cgroup_leaf_usage(int leaf_fd, struct cl_cgroup_usage *out,
                                       struct cloche_error *err);

/* Remove an empty leaf: 0, or -1 while something in it still ends. */
int cl_cgroup_leaf_remove(int dir_fd, uint64_t id);

#endif

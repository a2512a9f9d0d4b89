/* SPDX-License-Identifier: Apache-2.0 */
/*
 * process.h - making processes, and holding them by pidfd.
 *
 * A cell must not be the first process of its PID namespace: the kernel
 * ignores signals with default dispositions there, so os.abort(), alarm() or
 * os.kill(os.getpid(), 9) would do nothing.  The first process is an init of
 * a few hundred bytes that shares the zygote's memory (CLONE_VM: no page
 * table, no copy), owns no descriptor, and sleeps.  Its end is the end of the
 * whole tree.
 */
#ifndef CL_KERNEL_PROCESS_H
#define CL_KERNEL_PROCESS_H

#include <sched.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

/*
 * cl_process_init_new - start an init in a new PID namespace.
 *
 * stack   top of a stack of at least CL_INIT_STACK bytes that nobody else
 *         uses while the init lives
 *
 * The caller must be single-threaded, its children's namespace must be its
 * own (see cl_process_enter_pidns), and it owns *pidfd.
 */
enum { CL_INIT_STACK = 2048 };
CL_MUST_CHECK int cl_process_init_new(void *stack_top, int *pidfd, pid_t *pid,
                                      struct cloche_error *err);

/* The caller's next children are born in the PID namespace of this process. */
CL_MUST_CHECK int cl_process_enter_pidns(int pidfd, struct cloche_error *err);

/*
 * cl_process_tid_address - where the C library keeps this thread's cached
 * thread id.  A child made by a raw clone3 has the parent's id there, and
 * every sibling would own locks, and raise signals, under one id; the kernel
 * is told to write the child's.  NULL with err when it cannot be found.
 */
void *cl_process_tid_address(struct cloche_error *err);

/*
 * cl_process_clone - fork by clone3.
 *
 * flags        CLONE_NEW*
 * cgroup_fd    a cgroup v2 directory to be born in, or -1
 * tid_address  from cl_process_tid_address
 * pidfd        in the parent, the child's; the caller's
 *
 * Returns 0 in the child, its pid in the parent, -1 on failure.
 */
pid_t cl_process_clone(uint64_t flags, int cgroup_fd, void *tid_address, int *pidfd,
                       struct cloche_error *err);

/* Kill whatever a pidfd holds; -1 where that is forbidden.  A process that is gone
 * already is no failure. */
int cl_process_kill(int pidfd);

/* Is it still there (not yet reaped)? */
int cl_process_is_alive(int pidfd);

/*
 * cl_process_stay - have a process that sleeps wake on this processor, if it may run there.
 *
 * was  set to the processors that it may run on; for cl_process_roam
 *
 * Returns whether it does.  For speed alone: left to itself the scheduler wakes it on a
 * processor that is idle, which has to be woken too, and has nothing of it in its caches.
 */
int cl_process_stay(pid_t pid, int cpu, cpu_set_t *was);

/* The end of that, for its first thread. */
void cl_process_let_go(pid_t pid, const cpu_set_t *was);

/* The end of that, for all of its threads.  Returns whether it was news to any: a thread
 * that was just being made is not seen, so look again a little later. */
int cl_process_roam(pid_t pid, const cpu_set_t *was);

/* The pid behind a pidfd, in the caller's PID namespace.  Fails when it is
 * gone or not visible. */
CL_MUST_CHECK int cl_process_pid(int pidfd, pid_t *pid, pid_t *parent,
                                 struct cloche_error *err);

#endif

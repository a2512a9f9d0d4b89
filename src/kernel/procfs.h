/* SPDX-License-Identifier: Apache-2.0 */
/* What /proc says of a process, read by the broker from outside a cell. */
#ifndef CL_KERNEL_PROCFS_H
#define CL_KERNEL_PROCFS_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct cl_procfs_memory {
    uint64_t data_bytes; /* VmData: private writable mappings, what RLIMIT_DATA counts */
    uint64_t resident_bytes; /* VmRSS */
    uint64_t peak_bytes;     /* VmHWM */
    uint64_t anon_bytes;     /* RssAnon */
    uint64_t shmem_bytes;    /* RssShmem */
    uint64_t table_bytes;    /* VmPTE: page tables, which no limit counts */
};

/* A /proc/<pid>/status that stays open, so that a later read costs one call
 * and can never meet another process with the same number. */
CL_MUST_CHECK int cl_procfs_open_status(pid_t pid, int *fd, struct cloche_error *err);

CL_MUST_CHECK int cl_procfs_read_memory(int status_fd, struct cl_procfs_memory *out,
                                        struct cloche_error *err);

/* The parent's pid, from the same file. */
CL_MUST_CHECK int cl_procfs_read_parent(int status_fd, pid_t *parent,
                                        struct cloche_error *err);

/* How many descriptors a process has open; -1 where the kernel does not say (before
 * Linux 6.2), or it is gone. */
int cl_procfs_count_descriptors(pid_t pid);

/*
 * cl_procfs_descriptors - the open descriptors of a process, ascending.
 *
 * Returns how many there are (writing at most max), or -1.
 */
int cl_procfs_descriptors(pid_t pid, int *out, int max, struct cloche_error *err);

/*
 * The processes of a tree as they were last seen.  What one had used when it
 * was gone at the next look stays in gone_ns: a child that nobody waits for
 * (SIGCHLD ignored, or an orphan of the init) is in nobody's children's time.
 */
enum { CL_PROCFS_LEDGER_MAX = 512 };
struct cl_procfs_ledger {
    pid_t pid[CL_PROCFS_LEDGER_MAX];
    uint64_t cpu_ns[CL_PROCFS_LEDGER_MAX];
    unsigned count;
    uint64_t gone_ns;
};

/* Sum over a process and all of its descendants. */
struct cl_procfs_tree {
    uint64_t
        memory_bytes; /* RssAnon + RssShmem + VmPTE: page tables are nobody's mapping */
    uint64_t cpu_ns;  /* user and system, of the live ones and of those that ended */
    unsigned processes;
};

/*
 * cl_procfs_sum_tree - walk a cell and its descendants, and the orphans that
 * its init took over (at most 4096 in all).
 *
 * enough  more processes than this are not summed up: a tree that grows faster
 *         than it is walked must not keep its judge waiting
 * ledger  zero at first, the same at each look at a tree; or NULL
 *
 * Processes that end meanwhile are skipped.
 */
CL_MUST_CHECK int cl_procfs_sum_tree(pid_t cell, pid_t init, uint64_t enough,
                                     struct cl_procfs_ledger *ledger,
                                     struct cl_procfs_tree *out, struct cloche_error *err);

/* CPU time of one process, all threads, user and system: to the nanosecond. */
CL_MUST_CHECK int cl_procfs_cpu_ns(pid_t pid, uint64_t *out, struct cloche_error *err);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seccomp.h - the system call allow-list, built once by libseccomp, exported
 * as BPF bytes, installed as bytes.
 *
 * The list is a table (seccomp_table.c): one row per call, with the argument
 * conditions under which it is allowed and what happens otherwise.  Calls in
 * no row get ENOSYS.  Building needs libseccomp and happens on the trusted
 * side only (seccomp_build.c); installing needs nothing (seccomp_install.c).
 */
#ifndef CL_KERNEL_SECCOMP_H
#define CL_KERNEL_SECCOMP_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

/* Whose filter. */
enum cl_seccomp_kind {
    CL_SECCOMP_ZYGOTE,  /* a zygote while it preloads, forks and locks down cells; no
                           listener */
    CL_SECCOMP_CELL,    /* levels restricted and isolated; stacked over the zygote's */
    CL_SECCOMP_TRUSTED, /* level trusted: wide, attack-shaped calls excepted */
};

/* What widens or narrows a cell's list. */
#define CL_SECCOMP_PROCESSES                                                               \
    (1u << 0) /* fork, exec, wait, kill of others, pipes between them */
#define CL_SECCOMP_THREADS (1u << 1) /* clone with CLONE_THREAD */
#define CL_SECCOMP_UNIX                                                                    \
    (1u << 2) /* AF_UNIX sockets by name (own mount and network namespace) */
#define CL_SECCOMP_NO_NAMESPACES                                                           \
    (1u << 3) /* assurance `process`: nothing that takes another's pid */
#define CL_SECCOMP_SHARED_MOUNTS                                                           \
    (1u << 4) /* root shared by siblings: no locks, leases, inotify, FIFOs */
#define CL_SECCOMP_FILES (1u << 5) /* there is a writable /work: the file-changing calls   \
                                    */
#define CL_SECCOMP_SANITIZER                                                               \
    (1u << 6) /* the extra calls of ASan and TSan; empty in a release build */
#define CL_SECCOMP_INET (1u << 7) /* trusted with network: AF_INET, AF_INET6 */
#define CL_SECCOMP_LISTENER                                                                \
    (1u << 8) /* a broker listens: explain by notification, else by errno */

/* What a row does with a call that its conditions do not allow. */
enum cl_seccomp_action {
    CL_SECCOMP_ALLOW,
    CL_SECCOMP_ERRNO,   /* known and harmless: the row's errno, nothing said */
    CL_SECCOMP_EXPLAIN, /* the broker is told, records a denial, answers with the row's
                           errno */
    CL_SECCOMP_END, /* shaped only like an attack: the broker is told and ends the run; with
                       no listener, the process is killed */
};

/* What a denied call was, for the broker and `policy explain`. */
struct cl_seccomp_verdict {
    const char *call; /* "ptrace"; "syscall 999" is the caller's to print: NULL here */
    enum cl_seccomp_action action; /* EXPLAIN or END */
    int error;                     /* errno to answer with */
    const char *rule; /* policy key that would allow it: "limits.processes"; "" if none */
};

/*
 * cl_seccomp_build - compile the filter for this kind and these options.
 *
 * out  gets the BPF program, whole struct sock_filter records in host order
 *
 * Fails with EHOST when libseccomp lacks what is needed, ESYS when out of memory.
 */
int cl_seccomp_build(enum cl_seccomp_kind kind, unsigned options, struct cl_buf *out,
                     struct cloche_error *err);

/*
 * cl_seccomp_judge - what a notification means: for a call that was sent to
 * the listener under this kind and options.  Never fails: what the table does
 * not know is an END.  name_out receives a printable call with its deciding
 * arguments ("socket(AF_INET, SOCK_STREAM)", "clone(SIGCHLD)", "execve").
 */
struct seccomp_data;
struct cl_seccomp_verdict cl_seccomp_judge(enum cl_seccomp_kind kind, unsigned options,
                                           const struct seccomp_data *data,
                                           char name_out[96]);

/*
 * cl_seccomp_list - one line per row for `policy explain`: "openat  allow",
 * "clone  allow with CLONE_THREAD; else limits.processes".  Sorted.
 */
int cl_seccomp_list(enum cl_seccomp_kind kind, unsigned options, struct cl_buf *out);

/*
 * cl_seccomp_install - install exported bytes on the calling thread (which
 * must have no_new_privs, and be the only one).
 *
 * listener_fd  NULL, or receives the notification descriptor (close-on-exec)
 *
 * Async-signal-safe: raw system calls only.  Fails with EHOST or ESYS.
 */
int cl_seccomp_install(const void *bytes, size_t len, int *listener_fd,
                       struct cloche_error *err);

#endif

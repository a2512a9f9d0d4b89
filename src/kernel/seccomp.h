/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seccomp.h - the system call allow-list, compiled once to BPF, installed as
 * bytes.
 *
 * The list is a table (seccomp_table.c): calls in groups, each with the
 * conditions on arguments under which it is allowed and what happens otherwise.
 * Calls in no row get ENOSYS.  Compiling happens on the trusted side only
 * (seccomp_build.c, which says why not by libseccomp); installing needs nothing
 * (seccomp_install.c).
 */
#ifndef CL_KERNEL_SECCOMP_H
#define CL_KERNEL_SECCOMP_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

/* Whose filter. */
enum cl_seccomp_kind {
    /* A zygote while it preloads, forks and locks down cells.  No listener.
     * What it refuses is ENOSYS there, by an action that is milder than a
     * notification: a cell's own filter, stacked over it, still has its say. */
    CL_SECCOMP_ZYGOTE,
    CL_SECCOMP_CELL,    /* levels restricted and isolated; stacked over the zygote's */
    CL_SECCOMP_TRUSTED, /* level trusted: wide, attack-shaped calls excepted */
};

/* What widens or narrows a cell's list.  A zygote needs INET, SANITIZER,
 * NO_NAMESPACES and SHARED_MOUNTS as its cells have them; the others it takes
 * as given. */
enum {
    /* fork, exec, shared anonymous memory between them */
    CL_SECCOMP_PROCESSES = 1u << 0,
    /* clone with CLONE_THREAD */
    CL_SECCOMP_THREADS = 1u << 1,
    /* cell only: AF_UNIX sockets by name (own mount and network namespace, and no
     * directory of the host's in sight that may hold a socket) */
    CL_SECCOMP_UNIX = 1u << 2,
    /* assurance `process`: nothing that takes another's pid */
    CL_SECCOMP_NO_NAMESPACES = 1u << 3,
    /* root shared by siblings: no locks, leases, FIFOs */
    CL_SECCOMP_SHARED_MOUNTS = 1u << 4,
    /* there is a writable /work: the file-changing calls */
    CL_SECCOMP_FILES = 1u << 5,
    /* the extra calls of ASan and TSan; nothing in a release build */
    CL_SECCOMP_SANITIZER = 1u << 6,
    /* trusted with network: AF_INET, AF_INET6 */
    CL_SECCOMP_INET = 1u << 7,
    /* a broker listens: explain by notification, else by errno */
    CL_SECCOMP_LISTENER = 1u << 8,
    /* no second process: file locks are answered with success and not taken */
    CL_SECCOMP_ALONE = 1u << 9,
};

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
    const char *call; /* "ptrace", static; NULL when the table does not know it */
    enum cl_seccomp_action action; /* EXPLAIN or END */
    int error;                     /* errno to answer with */
    const char *rule; /* policy key that would allow it: "limits.processes"; "" if none */
};

/*
 * cl_seccomp_build - compile the filter for this kind and these options.
 *
 * out  gets the BPF program appended: whole struct sock_filter records in host
 *      order, at most BPF_MAXINSNS (32 KiB); untouched on failure
 *
 * Makes no system call; any thread; about 50 microseconds.  Fails with ESYS
 * when out of memory or room in out, EINTERNAL for a zygote with a listener.
 */
int cl_seccomp_build(enum cl_seccomp_kind kind, unsigned options, struct cl_buf *out,
                     struct cloche_error *err);

/*
 * cl_seccomp_judge - what a notification means: for a call that was sent to
 * the listener under this kind and options.  Never fails: what the table does
 * not know, or would not have sent, is an END.  name_out receives a printable
 * call with its deciding arguments ("socket(AF_INET, SOCK_STREAM)",
 * "clone(SIGCHLD)", "execve"), or "syscall 999".  Memory that arguments point
 * to is not looked at.
 */
struct seccomp_data;
struct cl_seccomp_verdict cl_seccomp_judge(enum cl_seccomp_kind kind, unsigned options,
                                           const struct seccomp_data *data,
                                           char name_out[96]);

/*
 * cl_seccomp_list - one line per call for `policy explain`, sorted, appended:
 * "openat  allow", "execve  limits.processes" (the key that would allow it),
 * "ioctl  ends the run with TIOCSTI; allow with TCGETS; else ENOTTY".  The line
 * of "*" is for every call that has none.
 *
 * -1 when out of memory or room in out.
 */
int cl_seccomp_list(enum cl_seccomp_kind kind, unsigned options, struct cl_buf *out);

/*
 * cl_seccomp_install - install such bytes on the calling thread (which must
 * have no_new_privs, and be the only one).
 *
 * listener_fd  NULL, or receives the notification descriptor (close-on-exec),
 *              the caller's to close; a program that notifies needs one, else
 *              its notifications are ENOSYS
 *
 * Raw system calls only; formats text only when it fails.  Fails with EHOST
 * (no filters or notifications in this kernel, or a listener in the stack
 * already), ESYS, or EINTERNAL for bytes that are no program.
 */
int cl_seccomp_install(const void *bytes, size_t len, int *listener_fd,
                       struct cloche_error *err);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Built filters, kept: a row of a test asks for one by kind and options. */
#ifndef CL_TESTS_SECCOMP_FILTERS_H
#define CL_TESTS_SECCOMP_FILTERS_H

#include "kernel/seccomp.h"
#include "simulator.h"

/* Short names, for tables. */
enum {
    CELL = CL_SECCOMP_CELL,
    TRUSTED = CL_SECCOMP_TRUSTED,
    ZYGOTE = CL_SECCOMP_ZYGOTE,
};
enum {
    PROCESSES = CL_SECCOMP_PROCESSES,
    THREADS = CL_SECCOMP_THREADS,
    UNIX = CL_SECCOMP_UNIX,
    NO_NS = CL_SECCOMP_NO_NAMESPACES,
    SHARED = CL_SECCOMP_SHARED_MOUNTS,
    FILES = CL_SECCOMP_FILES,
    SANITIZER = CL_SECCOMP_SANITIZER,
    INET = CL_SECCOMP_INET,
    LISTENER = CL_SECCOMP_LISTENER,
    ALL_OPTIONS = 0x3ff,
};

/* The filter, checked, built at the first call; fails the test if it cannot
 * be.  Borrowed until filters_free. */
struct simulator *filters_get(enum cl_seccomp_kind kind, unsigned options);
void filters_free(void);

#endif

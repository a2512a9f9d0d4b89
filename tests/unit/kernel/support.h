/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What confines for ever is tried in a child.  A body returns 0, or the line
 * at which it saw something else.
 */
#ifndef CL_TEST_KERNEL_SUPPORT_H
#define CL_TEST_KERNEL_SUPPORT_H

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/userns.h"

enum { NO_NAMESPACES = 1 }; /* no line of a body is 1 */

/* For bodies: where it does not hold, end with this line. */
#define HOLDS(condition)                                                                   \
    do {                                                                                   \
        if (!(condition)) {                                                                \
            (void)fprintf(stderr, "line %d: not so: %s (%m)\n", __LINE__, #condition);     \
            return __LINE__;                                                               \
        }                                                                                  \
    } while (0)

/* The line, or -1 when the child was killed. */
static inline int
in_child(int (*body)(void *), void *arg)
{
    int ends[2];
    int line = -1;
    if (pipe(ends) < 0) {
        return -1;
    }
    pid_t pid = fork();
    if (pid == 0) {
        int found = body(arg);
        _exit(write(ends[1], &found, sizeof found) == sizeof found ? 0 : 1);
    }
    (void)close(ends[1]);
    if (read(ends[0], &line, sizeof line) != sizeof line) {
        line = -1;
    }
    (void)close(ends[0]);
    (void)waitpid(pid, NULL, 0);
    return line;
}

/* Be root in a user namespace, with these other namespaces.  0, or what a
 * body returns where the host forbids it. */
static inline int
enter_namespaces(int flags)
{
    struct cl_userns_map uids = {0, (uint32_t)geteuid(), 1};
    struct cl_userns_map gids = {0, (uint32_t)getegid(), 1};
    if (unshare(CLONE_NEWUSER | flags) < 0) {
        return NO_NAMESPACES;
    }
    return cl_userns_write_maps("/proc/self", &uids, &gids, 1, NULL) < 0 ? __LINE__ : 0;
}

/* A test's end: 0 passes, a host without namespaces skips, but not in CI. */
#define EXPECT_BODY(line)                                                                  \
    do {                                                                                   \
        int found_line = (line);                                                           \
        if (found_line == NO_NAMESPACES && getenv("CI") == NULL) {                         \
            skip();                                                                        \
        }                                                                                  \
        assert_int_equal(found_line, 0);                                                   \
    } while (0)

#endif

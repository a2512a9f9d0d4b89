/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What there is of an engine and of its caller at one moment: two that are taken
 * when nothing runs tell whether something was left in between.
 */
#ifndef FAULTS_MOMENT_H
#define FAULTS_MOMENT_H

#include <stddef.h>
#include <stdint.h>

#include <cloche/cloche.h>

struct moment {
    unsigned descriptors, threads, descendants, mounts, cgroups, files;
    uint64_t caller, launcher, zygote; /* KiB of memory of their own */
    uint64_t heap;                     /* KiB that the caller's malloc has given out */
};

/* engine may be NULL: there is none. */
struct moment moment_take(struct cloche_engine *engine);

/* CHECK that neither has anything, memory apart, that the other has not. */
void moment_check_same(const struct moment *a, const struct moment *b);

/* Wait until the pools are full and what was killed is reaped; CHECK after 10 s. */
void moment_await_calm(void);

/* KiB of memory of a process's own, or 0 if it is gone. */
uint64_t moment_own_kib(int pid);

/* Children of a process: how many, at most max, which are written. */
size_t moment_children(int pid, int *out, size_t max);

int moment_launcher(struct cloche_engine *engine);

/*
 * Where root asks, in mounts of its own: what is in its temporary directories
 * then was made by this.  The helpers may lie below one of them: lends where they
 * are then, or NULL where nothing was changed.
 */
const char *moment_own_directories(void);

/* Start the program again with a malloc whose figures tell the truth: without caches
 * for each thread, in which what was freed counts as given out, and with one heap
 * for all, or which thread asked would be in the figures. */
void moment_count_exactly(char **argv);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of a shortage share: runs that work, or say what was short.
 * Functions CHECK.
 */
#ifndef FAULTS_SHORTAGE_H
#define FAULTS_SHORTAGE_H

#include <cloche/cloche.h>

/* How many runs failed, for a cause that they named, and how many worked. */
extern unsigned shortage_failed;
extern unsigned shortage_worked;

/* Some runs of an interpreter that is there, and one that wants another.  What fails
 * must name one of the causes, a list that ends with NULL. */
void shortage_try_some(struct cloche_engine *engine, const char *const causes[],
                       const char *where);

/* Some failed and some worked, or nothing was tried; says how many. */
void shortage_check_both_ways(const char *what);

/* A way in which there are no more processes but some. */
struct shortage_way {
    void (*take)(unsigned but_for);
    void (*give_back)(void);
};

/* By others, which take all that this one could have. */
extern const struct shortage_way shortage_by_hogs;

/* An engine that is made, and one that is there, when only so many are left; it works
 * when they are back, and nothing is left of it. */
void shortage_of_processes(const struct shortage_way *way, unsigned step);

#endif

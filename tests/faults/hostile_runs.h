/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs of two sorts under one policy: hostile ones, each made by its seed, which may
 * end in many ways but not in all; and ordinary ones, of which exactly one result is
 * right.  Both sorts are cells of the same zygotes.  Functions CHECK.
 */
#ifndef FAULTS_HOSTILE_RUNS_H
#define FAULTS_HOSTILE_RUNS_H

#include <stdio.h>

#include <cloche/cloche.h>

/* The policy's text. */
extern const char hostile_policy[];

/* How many profiles there are in it: each has a zygote. */
enum { HOSTILE_PROFILES = 5, HOSTILE_OUTCOMES = CLOCHE_OUTCOME_PROTOCOL + 1 };

/*
 * Run what a seed makes, and say in which way it ended; -1 where nobody waited for
 * that.  results: one line of JSON goes there, {"seed": n, "result": {...}}; or NULL.
 */
int hostile_run(struct cloche_engine *engine, unsigned long seed, FILE *results);

/* The turn-th ordinary run, for turns from 0; they repeat after ORDINARY_KINDS. */
void ordinary_run(struct cloche_engine *engine, unsigned long turn);
enum { ORDINARY_KINDS = 16 };

#endif

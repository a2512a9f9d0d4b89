/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the table to BPF.
 *
 * Owns the program while it is made.  Pure but for memory: no system call, no
 * state, any thread; trusted side only.  Must not know why a call is allowed.
 *
 *      architecture ── another ──> kill
 *           │
 *      number: a binary tree over intervals with one answer each
 *           │                                 │
 *      plain answer                jump to the call's rules, in their order:
 *                                     condition, condition, ... answer
 *                                     (one fails: next rule; none left: ENOSYS)
 *
 * The kernel takes its time for each instruction, and every cell has a filter of
 * its own.  So comparisons jump to answers that they share, and numbers that stand
 * alone among others with one answer are compared one by one.
 *
 * Why not libseccomp's compiler.  It has no order among the rules of a call
 * and no "otherwise" but the filter's default action, so that "these values
 * are allowed, this one ends the run, any other is EPERM" cannot be said.  Cut
 * into disjoint rules our table passes BPF_MAXINSNS; and a filter of half the
 * size took it 3 ms to make, twice for every `cloche run`, where this takes
 * 0.05.  The program here is the table read line by line, so that the filter,
 * the broker's judgement and the printed list cannot disagree; a test runs all
 * three against one another.  libseccomp still gives the numbers their names.
 *
 * The number is compared unsigned, and everything above the last known call is
 * in the default interval.  On x86-64 a number from 0x40000000 is the x32 way
 * to the same calls under other numbers: kill; but not -1, which programs use
 * to find out what a missing call looks like.
 */
#include "kernel/seccomp.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/seccomp_emit.h"
#include "kernel/seccomp_group.h"
#include "kernel/seccomp_table.h"

#ifdef __x86_64__
#define X32_BIT 0x40000000u
#endif

enum { MAX_CALLS = 640 };

/* ---- Numbers -------------------------------------------------------------- */

static int
is_plain_allow(const struct cl_seccomp_rule *rule)
{
    return rule != NULL && cl_seccomp_is_plain(rule) && rule->action == CL_SECCOMP_ALLOW;
}

/* Whether the arguments do not matter; *answer is the answer then. */
static int
plain_answer(const struct cl_seccomp_builder *b, const struct cl_seccomp_group *group,
             uint32_t *answer)
{
    const struct cl_seccomp_rule *own = cl_seccomp_first(b->kind, b->options, group);
    if (b->kind != CL_SECCOMP_ZYGOTE) {
        *answer = own != NULL ? cl_seccomp_answer(b, own) : CL_SECCOMP_RET_DEFAULT;
        return cl_seccomp_is_plain(own);
    }
    unsigned widest = cl_seccomp_widest(b->options);
    const struct cl_seccomp_rule *cell = cl_seccomp_first(CL_SECCOMP_CELL, widest, group);
    const struct cl_seccomp_rule *trusted =
        cl_seccomp_first(CL_SECCOMP_TRUSTED, widest, group);
    if (is_plain_allow(own) || is_plain_allow(cell) || is_plain_allow(trusted)) {
        *answer = SECCOMP_RET_ALLOW;
        return 1;
    }
    *answer = CL_SECCOMP_RET_REFUSED;
    return cl_seccomp_is_plain(own) && cl_seccomp_is_plain(cell) &&
           cl_seccomp_is_plain(trusted);
}

struct numbered {
    int nr;
    const struct cl_seccomp_group *group;
};

static int
by_number(const void *a, const void *b)
{
    int x = ((const struct numbered *)a)->nr;
    int y = ((const struct numbered *)b)->nr;
    return (x > y) - (x < y);
}

static size_t
collect(struct numbered call[MAX_CALLS])
{
    size_t n = 0;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        const struct cl_seccomp_group *group = &cl_seccomp_groups[g];
        for (size_t i = 0; i < group->n_calls && n < MAX_CALLS; i++) {
            if (group->calls[i].nr >= 0) {
                call[n++] = (struct numbered){group->calls[i].nr, group};
            }
        }
    }
    qsort(call, n, sizeof *call, by_number);
    return n;
}

static void
find_intervals(struct cl_seccomp_builder *b)
{
    static const struct cl_emit_goal unknown = {NULL, CL_SECCOMP_RET_DEFAULT};
    struct cl_emit_intervals *in = &b->intervals;
    struct numbered call[MAX_CALLS] = {{0}};
    size_t n = collect(call);
    uint32_t next = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t nr = (uint32_t)call[i].nr;
        struct cl_emit_goal goal = {NULL, 0};
        if (nr > next) {
            cl_emit_add_interval(&b->emitter, in, next, unknown);
        }
        if (!plain_answer(b, call[i].group, &goal.answer)) {
            goal.group = call[i].group;
        }
        cl_emit_add_interval(&b->emitter, in, nr, goal);
        next = nr + 1;
    }
    cl_emit_add_interval(&b->emitter, in, next, unknown);
#ifdef X32_BIT
    cl_emit_add_interval(&b->emitter, in, X32_BIT,
                         (struct cl_emit_goal){NULL, SECCOMP_RET_KILL_PROCESS});
    cl_emit_add_interval(&b->emitter, in, UINT32_MAX, unknown);
#endif
}

/* The rules of each group once, for all the numbers that lead there. */
static void
emit_groups(struct cl_seccomp_builder *b)
{
    struct cl_emitter *e = &b->emitter;
    for (size_t i = 0; i < e->n_entries; i++) {
        cl_emit_land_goals_in_time(e, CL_SECCOMP_GROUP_LONGEST);
        cl_emit_land_jumps(e, e->entry[i].jumps);
        cl_seccomp_emit_group(b, e->entry[i].group);
    }
    cl_emit_land_goals(e);
}

static void
emit_program(struct cl_seccomp_builder *b)
{
    struct cl_emitter *e = &b->emitter;
    cl_emit_load(e, offsetof(struct seccomp_data, arch));
    size_t is_ours = cl_emit(e, BPF_JMP | BPF_JEQ | BPF_K, CL_SECCOMP_ARCH);
    cl_emit_land_no(e, is_ours);
    cl_emit_return(e, SECCOMP_RET_KILL_PROCESS);
    cl_emit_land_yes(e, is_ours);
    cl_emit_load(e, offsetof(struct seccomp_data, nr));
    find_intervals(b);
    cl_emit_tree(e, &b->intervals);
    emit_groups(b);
}

static int
hand_over(const struct cl_seccomp_builder *b, struct cl_buf *out, struct cloche_error *err)
{
    const struct cl_emitter *e = &b->emitter;
    if (e->n > BPF_MAXINSNS) {
        return cl_fail(err, CLOCHE_EINTERNAL,
                       "seccomp: the filter has %zu instructions; the kernel takes %d",
                       e->n, BPF_MAXINSNS);
    }
    if (e->is_broken) {
        return cl_fail(err, CLOCHE_EINTERNAL,
                       "seccomp: a comparison is too far from its answer");
    }
    return cl_buf_add(out, e->code, e->n * sizeof e->code[0]) != 0 ? cl_fail_nomem(err) : 0;
}

int
cl_seccomp_build(enum cl_seccomp_kind kind, unsigned options, struct cl_buf *out,
                 struct cloche_error *err)
{
    if (kind == CL_SECCOMP_ZYGOTE && (options & CL_SECCOMP_LISTENER) != 0) {
        return cl_fail(err, CLOCHE_EINTERNAL,
                       "seccomp: a zygote's filter cannot have a listener: its cells' "
                       "filters have one each, and of one stack only one may");
    }
    struct cl_seccomp_builder *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return cl_fail_nomem(err);
    }
    b->kind = kind;
    b->options = options;
    b->emitter.held = CL_EMIT_NOT_HELD;
    emit_program(b);
    int rc = hand_over(b, out, err);
    free(b);
    return rc;
}

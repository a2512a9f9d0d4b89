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

#include "kernel/seccomp_table.h"

#ifdef __x86_64__
#define X32_BIT 0x40000000u
#endif

/* The halves of an argument in struct seccomp_data, little-endian on both. */
#define LOW(arg) ((unsigned)(offsetof(struct seccomp_data, args) + 8 * (arg)))
#define HIGH(arg) (LOW(arg) + 4)

#define RET_DEFAULT (SECCOMP_RET_ERRNO | ENOSYS)
#define RET_REFUSED_TO_ZYGOTE SECCOMP_RET_TRACE

enum { MAX_CALLS = 640, NOT_HELD = -1 };

/* The numbers from `first` to before the next interval's. */
struct interval {
    uint32_t first;
    const struct cl_seccomp_group *group; /* NULL: `answer` is all there is to it */
    uint32_t answer;
    size_t jump; /* the instruction that is to be sent to the group's rules */
};

struct builder {
    enum cl_seccomp_kind kind;
    unsigned options;
    struct interval interval[2 * MAX_CALLS + 4]; /* sorted; the first from 0 */
    size_t n_intervals;
    struct sock_filter code[BPF_MAXINSNS];
    size_t n; /* counts on when code is full: checked at the end */
    int held; /* what of seccomp_data is in the accumulator, or NOT_HELD */
};

/* ---- Instructions --------------------------------------------------------- */

static size_t
emit(struct builder *b, unsigned code, uint32_t k, unsigned jt, unsigned jf)
{
    if (b->n < BPF_MAXINSNS) {
        b->code[b->n] = (struct sock_filter){(uint16_t)code, (uint8_t)jt, (uint8_t)jf, k};
    }
    return b->n++;
}

static void
emit_load(struct builder *b, unsigned offset)
{
    if (b->held != (int)offset) {
        (void)emit(b, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
        b->held = (int)offset;
    }
}

static void
emit_return(struct builder *b, uint32_t answer)
{
    (void)emit(b, BPF_RET | BPF_K, answer, 0, 0);
}

/* A jump to a place that is not known yet.  Jumps to the same place are a
 * chain, each holding the index of the one before; index 0 is never a jump. */
static size_t
emit_jump(struct builder *b, size_t chain)
{
    return emit(b, BPF_JMP | BPF_JA, (uint32_t)chain, 0, 0);
}

/* Send all jumps of a chain to the next instruction that will be emitted. */
static void
land_jumps(struct builder *b, size_t chain)
{
    while (chain != 0 && chain < BPF_MAXINSNS) {
        size_t before = b->code[chain].k;
        b->code[chain].k = (uint32_t)(b->n - chain - 1);
        chain = before;
    }
}

/* The same for the no of a comparison, which reaches 255 instructions.  A rule
 * has at most 19: three conditions of two halves of three, and its answer. */
static void
land_no(struct builder *b, size_t index)
{
    if (index < BPF_MAXINSNS) {
        b->code[index].jf = (uint8_t)(b->n - index - 1);
    }
}

/* And for the yes of one, which reaches as far. */
static void
land_yes(struct builder *b, size_t index)
{
    if (index < BPF_MAXINSNS) {
        b->code[index].jt = (uint8_t)(b->n - index - 1);
    }
}

/* ---- Rules ---------------------------------------------------------------- */

static uint32_t
answer_of(const struct builder *b, const struct cl_seccomp_rule *rule)
{
    uint32_t as_errno = SECCOMP_RET_ERRNO | ((uint32_t)rule->error & SECCOMP_RET_DATA);
    switch (rule->action) {
    case CL_SECCOMP_ALLOW: return SECCOMP_RET_ALLOW;
    case CL_SECCOMP_ERRNO: return as_errno;
    case CL_SECCOMP_EXPLAIN:
        return (b->options & CL_SECCOMP_LISTENER) != 0 ? SECCOMP_RET_USER_NOTIF : as_errno;
    case CL_SECCOMP_END: break;
    }
    return (b->options & CL_SECCOMP_LISTENER) != 0 ? SECCOMP_RET_USER_NOTIF
                                                   : SECCOMP_RET_KILL_PROCESS;
}

/* Compare one half of an argument; the index of what jumps when it differs. */
static size_t
emit_half(struct builder *b, unsigned offset, uint32_t mask, uint32_t value)
{
    emit_load(b, offset);
    if (mask == value && (mask & (mask - 1)) == 0) {
        return emit(b, BPF_JMP | BPF_JSET | BPF_K, mask, 0, 0);
    }
    if (mask != UINT32_MAX) {
        (void)emit(b, BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
        b->held = NOT_HELD;
    }
    return emit(b, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 0);
}

/* The conditions of a rule; returns how many comparisons there are, and where. */
static size_t
emit_conditions(struct builder *b, const struct cl_seccomp_rule *rule,
                size_t no[2 * CL_SECCOMP_CONDS])
{
    size_t n = 0;
    for (int i = 0; i < CL_SECCOMP_CONDS && rule->cond[i].mask != 0; i++) {
        const struct cl_seccomp_cond *c = &rule->cond[i];
        if (c->mask >> 32 != 0) {
            no[n++] = emit_half(b, HIGH(c->arg), (uint32_t)(c->mask >> 32),
                                (uint32_t)(c->value >> 32));
        }
        if ((uint32_t)c->mask != 0) {
            no[n++] = emit_half(b, LOW(c->arg), (uint32_t)c->mask, (uint32_t)c->value);
        }
    }
    return n;
}

/* Whether a rule answers by a return of its own, and by which. */
static int
is_returned(const struct builder *b, const struct cl_seccomp_rule *rule)
{
    return b->kind != CL_SECCOMP_ZYGOTE || rule->action == CL_SECCOMP_ALLOW;
}

/* One comparison of 32 bits is all that the rule asks for. */
static int
is_single(const struct cl_seccomp_rule *rule)
{
    const struct cl_seccomp_cond *c = rule->cond;
    return c[0].mask != 0 && c[0].mask >> 32 == 0 && c[1].mask == 0;
}

/* May a rule leave its answer to the one that is read next? */
static int
is_followed_by_like(const struct builder *b, enum cl_seccomp_kind kind, unsigned options,
                    const struct cl_seccomp_rule *rule)
{
    const struct cl_seccomp_rule *next = rule + 1;
    while (next->who != 0 && !cl_seccomp_applies(next, kind, options)) {
        next++;
    }
    return next->who != 0 && is_single(rule) && is_single(next) && is_returned(b, rule) &&
           is_returned(b, next) && answer_of(b, rule) == answer_of(b, next);
}

/*
 * One reading of a group's rules.  A rule that fits answers; but in a zygote's,
 * what is not allowed goes on behind the reading, to the next one.  Returns
 * whether something may come out at the end.
 */
static int
emit_rules(struct builder *b, enum cl_seccomp_kind kind, unsigned options,
           const struct cl_seccomp_group *group)
{
    enum { MAX_ALIKE = 32 }; /* of three instructions each */
    size_t alike[MAX_ALIKE]; /* comparisons whose yes is the next return */
    size_t n_alike = 0;
    size_t go_on = 0;
    int is_open = 1;
    b->held = NOT_HELD;
    for (const struct cl_seccomp_rule *r = group->rules; is_open && r->who != 0; r++) {
        if (!cl_seccomp_applies(r, kind, options)) {
            continue;
        }
        size_t no[2 * CL_SECCOMP_CONDS] = {0};
        size_t n = emit_conditions(b, r, no);
        if (n_alike < MAX_ALIKE && is_followed_by_like(b, kind, options, r)) {
            alike[n_alike++] = no[0];
            continue;
        }
        is_open = n != 0; /* behind an unconditional rule nothing is read */
        while (n_alike > 0) {
            land_yes(b, alike[--n_alike]);
        }
        if (is_returned(b, r)) {
            emit_return(b, answer_of(b, r));
        } else {
            go_on = emit_jump(b, go_on);
        }
        for (size_t i = 0; i < n; i++) {
            land_no(b, no[i]);
        }
        if (n > 1) {
            b->held = NOT_HELD; /* depends on which comparison failed */
        }
    }
    land_jumps(b, go_on);
    return is_open || go_on != 0;
}

static void
emit_group(struct builder *b, const struct cl_seccomp_group *group)
{
    if (b->kind != CL_SECCOMP_ZYGOTE) {
        if (emit_rules(b, b->kind, b->options, group)) {
            emit_return(b, RET_DEFAULT);
        }
        return;
    }
    unsigned widest = cl_seccomp_widest(b->options);
    if (emit_rules(b, CL_SECCOMP_ZYGOTE, b->options, group) &&
        emit_rules(b, CL_SECCOMP_CELL, widest, group) &&
        emit_rules(b, CL_SECCOMP_TRUSTED, widest, group)) {
        emit_return(b, RET_REFUSED_TO_ZYGOTE);
    }
}

/* ---- Numbers -------------------------------------------------------------- */

static int
is_plain_allow(const struct cl_seccomp_rule *rule)
{
    return rule != NULL && cl_seccomp_is_plain(rule) && rule->action == CL_SECCOMP_ALLOW;
}

/* Whether the arguments do not matter; *answer is the answer then. */
static int
plain_answer(const struct builder *b, const struct cl_seccomp_group *group,
             uint32_t *answer)
{
    const struct cl_seccomp_rule *own = cl_seccomp_first(b->kind, b->options, group);
    if (b->kind != CL_SECCOMP_ZYGOTE) {
        *answer = own != NULL ? answer_of(b, own) : RET_DEFAULT;
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
    *answer = RET_REFUSED_TO_ZYGOTE;
    return cl_seccomp_is_plain(own) && cl_seccomp_is_plain(cell) &&
           cl_seccomp_is_plain(trusted);
}

/* Neighbours with the same answer become one interval. */
static void
add_interval(struct builder *b, uint32_t first, const struct cl_seccomp_group *group,
             uint32_t answer)
{
    const struct interval *last =
        b->n_intervals != 0 ? &b->interval[b->n_intervals - 1] : NULL;
    if (last == NULL || last->group != group || last->answer != answer) {
        b->interval[b->n_intervals++] = (struct interval){first, group, answer, 0};
    }
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
find_intervals(struct builder *b)
{
    struct numbered call[MAX_CALLS] = {{0}};
    size_t n = collect(call);
    uint32_t next = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t nr = (uint32_t)call[i].nr;
        if (nr > next) {
            add_interval(b, next, NULL, RET_DEFAULT);
        }
        uint32_t answer = 0;
        int is_answered = plain_answer(b, call[i].group, &answer);
        add_interval(b, nr, is_answered ? NULL : call[i].group, is_answered ? answer : 0);
        next = nr + 1;
    }
    add_interval(b, next, NULL, RET_DEFAULT);
#ifdef X32_BIT
    add_interval(b, X32_BIT, NULL, SECCOMP_RET_KILL_PROCESS);
    add_interval(b, UINT32_MAX, NULL, RET_DEFAULT);
#endif
}

/*
 * The tree over the intervals from `low` to `high`, the number loaded.  Where the
 * left half is short enough to be jumped over by the comparison itself, it is: the
 * kernel takes its time for each instruction of a filter, and every cell has one.
 */
static void
emit_tree(struct builder *b, size_t low, size_t high)
{
    enum { SHORT = 120 }; /* intervals, of two instructions each */
    if (low == high) {
        struct interval *only = &b->interval[low];
        if (only->group == NULL) {
            emit_return(b, only->answer);
        } else {
            only->jump = emit_jump(b, 0);
        }
        return;
    }
    size_t middle = low + (high - low + 1) / 2;
    uint32_t first = b->interval[middle].first;
    if (middle - low <= SHORT) {
        size_t is_right = emit(b, BPF_JMP | BPF_JGE | BPF_K, first, 0, 0);
        emit_tree(b, low, middle - 1);
        land_yes(b, is_right);
    } else {
        (void)emit(b, BPF_JMP | BPF_JGE | BPF_K, first, 0, 1);
        size_t to_right = emit_jump(b, 0);
        emit_tree(b, low, middle - 1);
        land_jumps(b, to_right);
    }
    emit_tree(b, middle, high);
}

/* The rules of each group once, for all the numbers that lead there. */
static void
emit_groups(struct builder *b)
{
    for (size_t i = 0; i < b->n_intervals; i++) {
        const struct cl_seccomp_group *group = b->interval[i].group;
        if (group == NULL) {
            continue;
        }
        for (size_t j = i; j < b->n_intervals; j++) {
            if (b->interval[j].group == group) {
                land_jumps(b, b->interval[j].jump);
                b->interval[j].group = NULL;
            }
        }
        emit_group(b, group);
    }
}

static void
emit_program(struct builder *b)
{
    emit_load(b, offsetof(struct seccomp_data, arch));
    (void)emit(b, BPF_JMP | BPF_JEQ | BPF_K, CL_SECCOMP_ARCH, 1, 0);
    emit_return(b, SECCOMP_RET_KILL_PROCESS);
    emit_load(b, offsetof(struct seccomp_data, nr));
    find_intervals(b);
    emit_tree(b, 0, b->n_intervals - 1);
    emit_groups(b);
}

static int
hand_over(const struct builder *b, struct cl_buf *out, struct cloche_error *err)
{
    if (b->n > BPF_MAXINSNS) {
        return cl_fail(err, CLOCHE_EINTERNAL,
                       "seccomp: the filter has %zu instructions; the kernel takes %d",
                       b->n, BPF_MAXINSNS);
    }
    if (cl_buf_add(out, b->code, b->n * sizeof b->code[0]) != 0) {
        return cl_fail_nomem(err);
    }
    return 0;
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
    struct builder *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return cl_fail_nomem(err);
    }
    b->kind = kind;
    b->options = options;
    b->held = NOT_HELD;
    emit_program(b);
    int rc = hand_over(b, out, err);
    free(b);
    return rc;
}

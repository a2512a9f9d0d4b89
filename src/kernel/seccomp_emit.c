/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the instructions of a filter while it is made.  Pure: no system call, no memory of
 * its own.  Knows nothing of system calls.
 */
#include "kernel/seccomp_emit.h"

/* ---- Instructions --------------------------------------------------------- */

size_t
cl_emit(struct cl_emitter *e, unsigned code, uint32_t k)
{
    if (e->n < BPF_MAXINSNS) {
        e->code[e->n] = (struct sock_filter){.code = (uint16_t)code, .k = k};
    } else {
        e->is_broken = 1;
    }
    return e->n++;
}

void
cl_emit_load(struct cl_emitter *e, unsigned offset)
{
    if (e->held != (int)offset) {
        (void)cl_emit(e, BPF_LD | BPF_W | BPF_ABS, offset);
        e->held = (int)offset;
    }
}

void
cl_emit_return(struct cl_emitter *e, uint32_t answer)
{
    (void)cl_emit(e, BPF_RET | BPF_K, answer);
}

size_t
cl_emit_jump(struct cl_emitter *e, size_t chain)
{
    return cl_emit(e, BPF_JMP | BPF_JA, (uint32_t)chain);
}

void
cl_emit_land_jumps(struct cl_emitter *e, size_t chain)
{
    while (chain != 0 && chain < BPF_MAXINSNS) {
        size_t before = e->code[chain].k;
        e->code[chain].k = (uint32_t)(e->n - chain - 1);
        chain = before;
    }
}

/* How far it is from a comparison to what is emitted next. */
static uint8_t
distance(struct cl_emitter *e, size_t index)
{
    e->is_broken |= e->n - index - 1 > CL_EMIT_REACH;
    return (uint8_t)(e->n - index - 1);
}

void
cl_emit_land_no(struct cl_emitter *e, size_t index)
{
    if (index < BPF_MAXINSNS) {
        e->code[index].jf = distance(e, index);
    }
}

void
cl_emit_land_yes(struct cl_emitter *e, size_t index)
{
    if (index < BPF_MAXINSNS) {
        e->code[index].jt = distance(e, index);
    }
}

/* ---- Goals ---------------------------------------------------------------- */

static int
is_same(const struct cl_emit_goal *a, const struct cl_emit_goal *b)
{
    return a->group == b->group && (a->group != NULL || a->answer == b->answer);
}

void
cl_emit_aim(struct cl_emitter *e, size_t index, int is_yes, struct cl_emit_goal goal)
{
    if (e->n_pending == CL_EMIT_PENDING_MAX) {
        e->is_broken = 1;
        return;
    }
    e->pending[e->n_pending++] = (struct cl_emit_pending){index, is_yes, goal};
}

/* A jump to where the rules of a group will be. */
static void
emit_entry(struct cl_emitter *e, const struct cl_seccomp_group *group)
{
    size_t i = 0;
    while (i < e->n_entries && e->entry[i].group != group) {
        i++;
    }
    if (i == CL_EMIT_ENTRIES_MAX) {
        e->is_broken = 1;
        return;
    }
    if (i == e->n_entries) {
        e->entry[e->n_entries++] = (struct cl_emit_entry){group, 0};
    }
    e->entry[i].jumps = cl_emit_jump(e, e->entry[i].jumps);
}

void
cl_emit_land_goals(struct cl_emitter *e)
{
    while (e->n_pending > 0) {
        const struct cl_emit_goal goal = e->pending[0].goal;
        size_t left = 0;
        for (size_t i = 0; i < e->n_pending; i++) {
            const struct cl_emit_pending p = e->pending[i];
            if (!is_same(&p.goal, &goal)) {
                e->pending[left++] = p;
            } else if (p.is_yes) {
                cl_emit_land_yes(e, p.index);
            } else {
                cl_emit_land_no(e, p.index);
            }
        }
        e->n_pending = left;
        if (goal.group == NULL) {
            cl_emit_return(e, goal.answer);
        } else {
            emit_entry(e, goal.group);
        }
    }
}

void
cl_emit_land_goals_in_time(struct cl_emitter *e, size_t ahead)
{
    if (e->n_pending > 0 && e->n - e->pending[0].index + ahead > CL_EMIT_REACH) {
        cl_emit_land_goals(e);
    }
}

/* ---- Intervals ------------------------------------------------------------ */

void
cl_emit_add_interval(struct cl_emitter *e, struct cl_emit_intervals *intervals,
                     uint32_t first, struct cl_emit_goal goal)
{
    if (intervals->n == CL_EMIT_INTERVALS_MAX) {
        e->is_broken = 1;
    } else if (intervals->n == 0 ||
               !is_same(&intervals->at[intervals->n - 1].goal, &goal)) {
        intervals->at[intervals->n++] = (struct cl_emit_interval){first, goal};
    }
}

/* How many values in [low, high] have another goal than `usual`, if each of them
 * stands alone and they are few; else 0. */
static size_t
count_odd(const struct cl_emit_intervals *in, size_t low, size_t high,
          const struct cl_emit_goal *usual)
{
    enum { FEW = 6 };
    size_t n = 0;
    for (size_t i = low; i <= high; i++) {
        if (is_same(&in->at[i].goal, usual)) {
            continue;
        }
        if (i + 1 == in->n || in->at[i + 1].first - in->at[i].first != 1 || ++n > FEW) {
            return 0;
        }
    }
    return n;
}

/* One comparison for each of them. */
static void
emit_odd(struct cl_emitter *e, const struct cl_emit_intervals *in, size_t low, size_t high,
         const struct cl_emit_goal *usual)
{
    size_t last = 0;
    for (size_t i = low; i <= high; i++) {
        if (!is_same(&in->at[i].goal, usual)) {
            last = cl_emit(e, BPF_JMP | BPF_JEQ | BPF_K, in->at[i].first);
            cl_emit_aim(e, last, 1, in->at[i].goal);
        }
    }
    cl_emit_aim(e, last, 0, *usual);
}

static void
emit_range(struct cl_emitter *e, const struct cl_emit_intervals *in, size_t low,
           size_t high)
{
    for (size_t i = low; i <= low + 1; i++) {
        if (count_odd(in, low, high, &in->at[i].goal) > 0) {
            emit_odd(e, in, low, high, &in->at[i].goal);
            return;
        }
    }
    size_t middle = low + (high - low + 1) / 2;
    size_t is_right = cl_emit(e, BPF_JMP | BPF_JGE | BPF_K, in->at[middle].first);
    if (low == middle - 1) {
        cl_emit_aim(e, is_right, 0, in->at[low].goal);
    } else {
        emit_range(e, in, low, middle - 1);
    }
    if (middle == high) {
        cl_emit_aim(e, is_right, 1, in->at[high].goal);
    } else {
        cl_emit_land_yes(e, is_right);
        emit_range(e, in, middle, high);
    }
}

void
cl_emit_choice(struct cl_emitter *e, const struct cl_emit_intervals *intervals)
{
    emit_range(e, intervals, 0, intervals->n - 1);
}

/* In parts, of which each has its goals near. */
static void
emit_parts(struct cl_emitter *e, const struct cl_emit_intervals *in, size_t low,
           size_t high)
{
    enum { NEAR = 110 }; /* comparisons, and hardly half as many goals */
    if (high - low < NEAR) {
        emit_range(e, in, low, high);
        cl_emit_land_goals(e);
        return;
    }
    size_t middle = low + (high - low + 1) / 2;
    size_t is_left = cl_emit(e, BPF_JMP | BPF_JGE | BPF_K, in->at[middle].first);
    size_t to_right = cl_emit_jump(e, 0);
    cl_emit_land_no(e, is_left);
    emit_parts(e, in, low, middle - 1);
    cl_emit_land_jumps(e, to_right);
    emit_parts(e, in, middle, high);
}

void
cl_emit_tree(struct cl_emitter *e, const struct cl_emit_intervals *intervals)
{
    emit_parts(e, intervals, 0, intervals->n - 1);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seccomp_emit.h - BPF instructions, and the comparisons between them.
 *
 * A BPF comparison jumps forward, at most CL_EMIT_REACH instructions.  So a goal (an
 * answer, or the rules of a group) is emitted behind the comparisons that lead to it:
 * they are kept until cl_emit_land_goals, and share it.  The kernel takes its time for
 * each instruction, and every cell has a filter of its own.
 *
 * Trusted side only; pure but for the emitter, which one thread has.  Nothing here
 * fails at once: what goes wrong (no room, a jump that does not reach) is_broken tells
 * in the end.
 */
#ifndef CL_KERNEL_SECCOMP_EMIT_H
#define CL_KERNEL_SECCOMP_EMIT_H

#include <linux/filter.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CL_EMIT_REACH = 255,
    CL_EMIT_PENDING_MAX = 1024,
    CL_EMIT_ENTRIES_MAX = 640,
    CL_EMIT_INTERVALS_MAX = 1300,
    CL_EMIT_NOT_HELD = -1,
};

struct cl_seccomp_group;

/* Where a reading ends. */
struct cl_emit_goal {
    const struct cl_seccomp_group *group; /* NULL: `answer` is all there is to it */
    uint32_t answer;
};

/* The values from `first` to before the next interval's. */
struct cl_emit_interval {
    uint32_t first;
    struct cl_emit_goal goal;
};

/* Sorted, the first from 0; neighbours have different goals. */
struct cl_emit_intervals {
    struct cl_emit_interval at[CL_EMIT_INTERVALS_MAX];
    size_t n;
};

/* A comparison that waits for its goal. */
struct cl_emit_pending {
    size_t index;
    int is_yes;
    struct cl_emit_goal goal;
};

/* Jumps to the rules of a group: a chain, see cl_emit_jump. */
struct cl_emit_entry {
    const struct cl_seccomp_group *group;
    size_t jumps;
};

struct cl_emitter {
    struct sock_filter code[BPF_MAXINSNS];
    size_t n; /* counts on when code is full */
    int held; /* what of seccomp_data is in the accumulator, or CL_EMIT_NOT_HELD */
    struct cl_emit_pending pending[CL_EMIT_PENDING_MAX];
    size_t n_pending;
    struct cl_emit_entry entry[CL_EMIT_ENTRIES_MAX];
    size_t n_entries;
    int is_broken;
};

/* One instruction; its index. */
size_t cl_emit(struct cl_emitter *e, unsigned code, uint32_t k);

/* 32 bits of seccomp_data, if they are not held already. */
void cl_emit_load(struct cl_emitter *e, unsigned offset);

void cl_emit_return(struct cl_emitter *e, uint32_t answer);

/* A jump to a place that is not known yet.  Jumps to the same place are a chain, each
 * holding the index of the one before; 0 is the end, since instruction 0 is no jump. */
size_t cl_emit_jump(struct cl_emitter *e, size_t chain);

/* Send all jumps of a chain, the no or the yes of a comparison, to what is emitted next. */
void cl_emit_land_jumps(struct cl_emitter *e, size_t chain);
void cl_emit_land_no(struct cl_emitter *e, size_t index);
void cl_emit_land_yes(struct cl_emitter *e, size_t index);

/* The yes, or the no, of a comparison leads to a goal. */
void cl_emit_aim(struct cl_emitter *e, size_t index, int is_yes, struct cl_emit_goal goal);

/* Emit each goal that something waits for, once.  Nothing may come in from above.
 * _in_time: only if what waits would be out of reach after `ahead` more instructions. */
void cl_emit_land_goals(struct cl_emitter *e);
void cl_emit_land_goals_in_time(struct cl_emitter *e, size_t ahead);

/* Append values from `first` on; the same goal as before goes on. */
void cl_emit_add_interval(struct cl_emitter *e, struct cl_emit_intervals *intervals,
                          uint32_t first, struct cl_emit_goal goal);

/* The comparisons by which the accumulator finds its interval, of at least two; nothing
 * comes out below.  _choice leaves all goals pending, _tree none; it is for many. */
void cl_emit_choice(struct cl_emitter *e, const struct cl_emit_intervals *intervals);
void cl_emit_tree(struct cl_emitter *e, const struct cl_emit_intervals *intervals);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the rules of one group to comparisons: in their order, each rule's conditions and
 * its answer; but values of one argument as a choice between intervals of them, and bits
 * that want the same answer by one comparison.  Pure; must not know why a call is allowed.
 */
#include "kernel/seccomp_group.h"

#include <stddef.h>

/* The halves of an argument in struct seccomp_data, little-endian on both. */
#define LOW(arg) ((unsigned)(offsetof(struct seccomp_data, args) + 8 * (arg)))
#define HIGH(arg) (LOW(arg) + 4)

/* ---- Rules ---------------------------------------------------------------- */

uint32_t
cl_seccomp_answer(const struct cl_seccomp_builder *b, const struct cl_seccomp_rule *rule)
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
emit_half(struct cl_emitter *e, unsigned offset, uint32_t mask, uint32_t value)
{
    cl_emit_load(e, offset);
    if (mask == value && (mask & (mask - 1)) == 0) {
        return cl_emit(e, BPF_JMP | BPF_JSET | BPF_K, mask);
    }
    if (mask != UINT32_MAX) {
        (void)cl_emit(e, BPF_ALU | BPF_AND | BPF_K, mask);
        e->held = CL_EMIT_NOT_HELD;
    }
    return cl_emit(e, BPF_JMP | BPF_JEQ | BPF_K, value);
}

/* A condition; returns how many comparisons that takes, and where they are. */
static size_t
emit_condition(struct cl_emitter *e, const struct cl_seccomp_cond *c, size_t no[2])
{
    size_t n = 0;
    if (c->mask >> 32 != 0) {
        no[n++] = emit_half(e, HIGH(c->arg), (uint32_t)(c->mask >> 32),
                            (uint32_t)(c->value >> 32));
    }
    if ((uint32_t)c->mask != 0) {
        no[n++] = emit_half(e, LOW(c->arg), (uint32_t)c->mask, (uint32_t)c->value);
    }
    return n;
}

/* Whether a rule answers by a return of its own, and by which. */
static int
is_returned(const struct cl_seccomp_builder *b, const struct cl_seccomp_rule *rule)
{
    return b->kind != CL_SECCOMP_ZYGOTE || rule->action == CL_SECCOMP_ALLOW;
}

/* Comparisons of the rule before, of which the no leads to the next, or behind the
 * reading: first those of its first condition. */
struct open_ends {
    const struct cl_seccomp_cond *first;
    size_t no[2 * CL_SECCOMP_CONDS];
    size_t n_first, n;
};

static void
end_at(struct cl_emitter *e, struct open_ends *ends, uint32_t answer)
{
    for (size_t i = 0; i < ends->n; i++) {
        cl_emit_aim(e, ends->no[i], 0, (struct cl_emit_goal){NULL, answer});
    }
    if (ends->n == 0) {
        cl_emit_return(e, answer);
    }
    ends->n = 0;
}

static void
land_ends(struct cl_emitter *e, struct open_ends *ends, size_t from)
{
    for (size_t i = from; i < ends->n; i++) {
        cl_emit_land_no(e, ends->no[i]);
    }
    if (ends->n - from > 1) {
        e->held = CL_EMIT_NOT_HELD; /* depends on which comparison failed */
    }
    ends->n = from;
}

static int
is_same_condition(const struct cl_seccomp_cond *a, const struct cl_seccomp_cond *b)
{
    return a->arg == b->arg && a->mask == b->mask && a->value == b->value;
}

/* The conditions of a rule, and the answer when all hold.  A first condition that it
 * has in common with the rule before is not looked at again. */
static void
emit_rule(struct cl_seccomp_builder *b, const struct cl_seccomp_rule *rule,
          struct open_ends *ends)
{
    struct cl_emitter *e = &b->emitter;
    if (ends->n > ends->n_first && rule->cond[1].mask != 0 &&
        is_same_condition(ends->first, &rule->cond[0])) {
        land_ends(e, ends, ends->n_first);
    } else {
        land_ends(e, ends, 0);
        ends->first = &rule->cond[0];
        ends->n_first = ends->n = emit_condition(e, ends->first, ends->no);
    }
    for (int i = 1; i < CL_SECCOMP_CONDS && rule->cond[i].mask != 0; i++) {
        ends->n += emit_condition(e, &rule->cond[i], &ends->no[ends->n]);
    }
    if (is_returned(b, rule)) {
        cl_emit_aim(e, ends->no[ends->n - 1], 1,
                    (struct cl_emit_goal){NULL, cl_seccomp_answer(b, rule)});
    }
}

static int
is_conditional(const struct cl_seccomp_rule *rule)
{
    return rule->cond[0].mask != 0;
}

/* The rule asks for one bit, and for nothing else, and answers. */
static int
asks_for_bit(const struct cl_seccomp_builder *b, const struct cl_seccomp_rule *rule)
{
    const struct cl_seccomp_cond *c = rule->cond;
    return is_conditional(rule) && c[0].mask >> 32 == 0 && c[0].mask == c[0].value &&
           (c[0].mask & (c[0].mask - 1)) == 0 && c[1].mask == 0 && is_returned(b, rule);
}

/* The bits that a rule and those right behind it ask for, all with the same answer; *r
 * is the last of them then. */
static uint32_t
collect_bits(const struct cl_seccomp_builder *b, enum cl_seccomp_kind kind,
             unsigned options, const struct cl_seccomp_rule **r)
{
    const struct cl_seccomp_rule *first = *r;
    uint32_t bits = (uint32_t)first->cond[0].mask;
    for (const struct cl_seccomp_rule *next = first + 1; next->who != 0; next++) {
        if (!cl_seccomp_applies(next, kind, options)) {
            continue;
        }
        if (!asks_for_bit(b, next) || next->cond[0].arg != first->cond[0].arg ||
            cl_seccomp_answer(b, next) != cl_seccomp_answer(b, first)) {
            break;
        }
        bits |= (uint32_t)next->cond[0].mask;
        *r = next;
    }
    return bits;
}

/* Any of these bits, by one comparison. */
static void
emit_bits(struct cl_seccomp_builder *b, const struct cl_seccomp_rule *rule, uint32_t bits,
          struct open_ends *ends)
{
    struct cl_emitter *e = &b->emitter;
    land_ends(e, ends, 0);
    cl_emit_load(e, LOW(rule->cond[0].arg));
    ends->no[0] = cl_emit(e, BPF_JMP | BPF_JSET | BPF_K, bits);
    ends->n_first = ends->n = 1;
    cl_emit_aim(e, ends->no[0], 1, (struct cl_emit_goal){NULL, cl_seccomp_answer(b, rule)});
}

/*
 * One reading of a group's rules in their order.  A rule that fits answers; but in a
 * zygote's, what is not allowed goes on behind the reading, to the next one, and so
 * does what no rule fits.  Returns whether something may come out at the end.
 */
static int
emit_reading(struct cl_seccomp_builder *b, enum cl_seccomp_kind kind, unsigned options,
             const struct cl_seccomp_group *group)
{
    struct cl_emitter *e = &b->emitter;
    struct open_ends ends = {.n = 0};
    size_t go_on = 0;
    int is_open = 1;
    e->held = CL_EMIT_NOT_HELD;
    for (const struct cl_seccomp_rule *r = group->rules; is_open && r->who != 0; r++) {
        if (!cl_seccomp_applies(r, kind, options)) {
            continue;
        }
        is_open = is_conditional(r); /* behind an unconditional one nothing is read */
        if (asks_for_bit(b, r)) {
            emit_bits(b, r, collect_bits(b, kind, options, &r), &ends);
        } else if (is_open) {
            emit_rule(b, r, &ends);
        } else if (is_returned(b, r)) {
            end_at(e, &ends, cl_seccomp_answer(b, r));
        } else {
            land_ends(e, &ends, 0);
        }
        if (!is_returned(b, r)) {
            go_on = cl_emit_jump(e, go_on);
        }
    }
    if (is_open && b->kind != CL_SECCOMP_ZYGOTE) {
        end_at(e, &ends, CL_SECCOMP_RET_DEFAULT);
        is_open = 0;
    }
    land_ends(e, &ends, 0);
    cl_emit_land_jumps(e, go_on);
    return is_open || go_on != 0;
}

/* ---- Values of one argument ------------------------------------------------- */

/* The rule asks for one value of 32 bits first; and for nothing else. */
static int
asks_for_value(const struct cl_seccomp_rule *rule)
{
    return rule->cond[0].mask == UINT32_MAX;
}

static int
asks_for_no_more(const struct cl_seccomp_rule *rule)
{
    return rule->cond[1].mask == 0;
}

/* Do all rules but the last, of at least MANY, ask for a value of the same argument?
 * Then those for one value have nothing to do with those for another. */
static int
is_value_list(const struct cl_seccomp_builder *b, const struct cl_seccomp_group *group)
{
    enum { MANY = 4 };
    int n = 0;
    int arg = -1;
    for (const struct cl_seccomp_rule *r = group->rules; r->who != 0; r++) {
        if (!cl_seccomp_applies(r, b->kind, b->options)) {
            continue;
        }
        if (!is_conditional(r)) {
            break;
        }
        if (!asks_for_value(r) || (arg >= 0 && r->cond[0].arg != (unsigned)arg)) {
            return 0;
        }
        arg = r->cond[0].arg;
        n += asks_for_no_more(r);
    }
    return n >= MANY;
}

/* The first rule that asks for this value and nothing else, or for nothing; NULL: none. */
static const struct cl_seccomp_rule *
find_value(const struct cl_seccomp_builder *b, const struct cl_seccomp_group *group,
           uint32_t value)
{
    for (const struct cl_seccomp_rule *r = group->rules; r->who != 0; r++) {
        if (cl_seccomp_applies(r, b->kind, b->options) &&
            (!is_conditional(r) ||
             (asks_for_no_more(r) && (uint32_t)r->cond[0].value == value))) {
            return r;
        }
    }
    return NULL;
}

static struct cl_emit_goal
goal_of_value(const struct cl_seccomp_builder *b, const struct cl_seccomp_group *group,
              uint32_t value)
{
    const struct cl_seccomp_rule *rule = find_value(b, group, value);
    return (struct cl_emit_goal){NULL, rule == NULL ? CL_SECCOMP_RET_DEFAULT
                                                    : cl_seccomp_answer(b, rule)};
}

/* The least value from `from` on that a rule asks for; UINT64_MAX: none. */
static uint64_t
next_value(const struct cl_seccomp_builder *b, const struct cl_seccomp_group *group,
           uint64_t from)
{
    uint64_t least = UINT64_MAX;
    for (const struct cl_seccomp_rule *r = group->rules;
         r->who != 0 && (!cl_seccomp_applies(r, b->kind, b->options) || is_conditional(r));
         r++) {
        uint64_t value = (uint32_t)r->cond[0].value;
        if (cl_seccomp_applies(r, b->kind, b->options) && value >= from && value < least) {
            least = value;
        }
    }
    return least;
}

/* The rules that ask for a value and for more, one by one; returns the argument. */
static unsigned
emit_longer_rules(struct cl_seccomp_builder *b, const struct cl_seccomp_group *group)
{
    struct open_ends ends = {.n = 0};
    unsigned arg = 0;
    for (const struct cl_seccomp_rule *r = group->rules; r->who != 0; r++) {
        if (!cl_seccomp_applies(r, b->kind, b->options)) {
            continue;
        }
        if (!is_conditional(r)) {
            break;
        }
        arg = r->cond[0].arg;
        const struct cl_seccomp_rule *alone =
            find_value(b, group, (uint32_t)r->cond[0].value);
        if (!asks_for_no_more(r) && (alone == NULL || r < alone)) {
            emit_rule(b, r, &ends);
        }
    }
    land_ends(&b->emitter, &ends, 0);
    return arg;
}

/* All values, by the rules that ask for nothing else. */
static void
find_values(struct cl_seccomp_builder *b, const struct cl_seccomp_group *group)
{
    uint64_t next = 0;
    b->intervals.n = 0;
    for (uint64_t v = next_value(b, group, 0); v != UINT64_MAX;
         v = next_value(b, group, v + 1)) {
        if (v > next) {
            cl_emit_add_interval(&b->emitter, &b->intervals, (uint32_t)next,
                                 goal_of_value(b, group, (uint32_t)next));
        }
        cl_emit_add_interval(&b->emitter, &b->intervals, (uint32_t)v,
                             goal_of_value(b, group, (uint32_t)v));
        next = v + 1;
    }
    if (next <= UINT32_MAX) {
        cl_emit_add_interval(&b->emitter, &b->intervals, (uint32_t)next,
                             goal_of_value(b, group, (uint32_t)next));
    }
}

/* A list of values as a choice between intervals of them. */
static void
emit_values(struct cl_seccomp_builder *b, const struct cl_seccomp_group *group)
{
    struct cl_emitter *e = &b->emitter;
    e->held = CL_EMIT_NOT_HELD;
    unsigned arg = emit_longer_rules(b, group);
    find_values(b, group);
    if (b->intervals.n == 1) {
        cl_emit_return(e, b->intervals.at[0].goal.answer);
    } else {
        cl_emit_load(e, LOW(arg));
        cl_emit_choice(e, &b->intervals);
    }
}

/* Between two readings, where what comes out of the one goes into the other. */
static void
step_over_goals(struct cl_emitter *e)
{
    size_t over = cl_emit_jump(e, 0);
    cl_emit_land_goals(e);
    cl_emit_land_jumps(e, over);
}

static void
emit_zygote_group(struct cl_seccomp_builder *b, const struct cl_seccomp_group *group)
{
    struct cl_emitter *e = &b->emitter;
    unsigned widest = cl_seccomp_widest(b->options);
    const struct {
        enum cl_seccomp_kind kind;
        unsigned options;
    } readings[] = {{CL_SECCOMP_ZYGOTE, b->options},
                    {CL_SECCOMP_CELL, widest},
                    {CL_SECCOMP_TRUSTED, widest}};
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        if (!emit_reading(b, readings[i].kind, readings[i].options, group)) {
            return;
        }
        step_over_goals(e);
    }
    cl_emit_return(e, CL_SECCOMP_RET_REFUSED);
}

void
cl_seccomp_emit_group(struct cl_seccomp_builder *b, const struct cl_seccomp_group *group)
{
    if (b->kind == CL_SECCOMP_ZYGOTE) {
        emit_zygote_group(b, group);
    } else if (is_value_list(b, group)) {
        emit_values(b, group);
    } else {
        (void)emit_reading(b, b->kind, b->options, group); /* nothing comes out */
    }
}

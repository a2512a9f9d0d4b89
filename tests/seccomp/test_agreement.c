/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The filter, the table and the broker's judgement say the same of every call,
 * under every kind and all options, for arguments around every value that the
 * table names; and a zygote's filter under a cell's never changes what the
 * cell's decides.
 */
#include <errno.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "filters.h"
#include "kernel/seccomp_table.h"

enum { MAX_SAMPLES = 1024, VALUES_OF_ONE = 160 };

/* Fixed seed: a failure comes again. */
static uint64_t seed = 0x9e3779b97f4a7c15u;

static uint64_t
next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

struct samples {
    uint64_t args[MAX_SAMPLES][6];
    size_t n;
};

/* Around a condition: the value itself, with junk where the mask does not
 * look, with one bit of the mask wrong, and sign-extended. */
static size_t
values_around(const struct cl_seccomp_cond *c, uint64_t out[6])
{
    uint64_t lowest = c->mask & (~c->mask + 1);
    uint64_t highest = UINT64_C(1) << (63 - __builtin_clzll(c->mask));
    out[0] = c->value;
    out[1] = c->value | (next_random() & ~c->mask);
    out[2] = c->value ^ lowest;
    out[3] = c->value ^ highest;
    out[4] = (uint64_t)(int64_t)(int32_t)c->value;
    out[5] = c->value | UINT64_C(1) << 32;
    return 6;
}

/* For each argument the values its conditions make interesting; then vectors
 * that take one rule's values together, spoiled at one place or none, and
 * random mixtures. */
static void
make_samples(const struct cl_seccomp_group *group, struct samples *s)
{
    static uint64_t value[6][VALUES_OF_ONE * 6];
    size_t n[6] = {0};
    s->n = 0;
    for (const struct cl_seccomp_rule *r = group->rules; r->who != 0; r++) {
        uint64_t whole[6];
        for (int a = 0; a < 6; a++) {
            whole[a] = next_random();
        }
        for (int i = 0; i < CL_SECCOMP_CONDS && r->cond[i].mask != 0; i++) {
            unsigned a = r->cond[i].arg;
            if (n[a] + 6 <= CL_COUNT(value[a])) {
                n[a] += values_around(&r->cond[i], &value[a][n[a]]);
            }
            whole[a] = (whole[a] & ~r->cond[i].mask) | r->cond[i].value;
        }
        if (r->cond[0].mask != 0 && s->n + 32 < MAX_SAMPLES) {
            memcpy(s->args[s->n++], whole, sizeof whole);
            for (int i = 0; i < CL_SECCOMP_CONDS && r->cond[i].mask != 0; i++) {
                const struct cl_seccomp_cond *c = &r->cond[i];
                memcpy(s->args[s->n], whole, sizeof whole);
                s->args[s->n++][c->arg] ^= c->mask & (~c->mask + 1);
            }
        }
    }
    for (size_t i = 0; i < 24 && s->n < MAX_SAMPLES - 2; i++) {
        for (int a = 0; a < 6; a++) {
            s->args[s->n][a] = n[a] > 0 ? value[a][next_random() % n[a]] : next_random();
        }
        s->n++;
    }
    memset(s->args[s->n++], 0, sizeof s->args[0]);
    memset(s->args[s->n++], 0xff, sizeof s->args[0]);
}

static uint32_t
expected_value(enum cl_seccomp_kind kind, unsigned options,
               const struct cl_seccomp_decision *d)
{
    int has_listener = (options & LISTENER) != 0;
    switch (d->action) {
    case CL_SECCOMP_ALLOW: return SECCOMP_RET_ALLOW;
    case CL_SECCOMP_ERRNO: return SECCOMP_RET_ERRNO | (uint32_t)d->error;
    case CL_SECCOMP_EXPLAIN:
        return kind == CL_SECCOMP_ZYGOTE ? SECCOMP_RET_TRACE
               : has_listener            ? SECCOMP_RET_USER_NOTIF
                                         : SECCOMP_RET_ERRNO | (uint32_t)d->error;
    case CL_SECCOMP_END:
        return has_listener ? SECCOMP_RET_USER_NOTIF : SECCOMP_RET_KILL_PROCESS;
    }
    return 0;
}

static void
report(const char *call, int kind, unsigned options, const uint64_t args[6],
       uint32_t expected, uint32_t got)
{
    fail_msg("kind %d, options %#x, %s(%#llx, %#llx, %#llx, %#llx, %#llx): "
             "expected %s, got %s",
             kind, options, call, (unsigned long long)args[0], (unsigned long long)args[1],
             (unsigned long long)args[2], (unsigned long long)args[3],
             (unsigned long long)args[4], simulator_name(expected), simulator_name(got));
}

static struct seccomp_data
data_for(int nr, const uint64_t args[6])
{
    struct seccomp_data data = {.nr = nr, .arch = CL_SECCOMP_ARCH};
    for (int i = 0; i < 6; i++) {
        data.args[i] = args[i];
    }
    return data;
}

/* What the broker would make of it, if the filter sends it there. */
static void
check_judgement(enum cl_seccomp_kind kind, unsigned options, const char *call,
                const struct seccomp_data *data, const struct cl_seccomp_decision *d,
                uint32_t value)
{
    char name[96];
    struct cl_seccomp_verdict v = cl_seccomp_judge(kind, options, data, name);
    assert_non_null(v.rule);
    assert_true(strlen(name) < sizeof name);
    assert_int_equal(strncmp(name, call, strlen(call)), 0);
    assert_true(v.action == CL_SECCOMP_EXPLAIN || v.action == CL_SECCOMP_END);
    assert_true(v.error > 0);
    if (value == SECCOMP_RET_USER_NOTIF) {
        assert_int_equal(v.action, d->action);
        assert_int_equal(v.error, d->error);
        assert_string_equal(v.call, call);
    } else if (kind != CL_SECCOMP_ZYGOTE && d->action != CL_SECCOMP_EXPLAIN) {
        assert_int_equal(v.action, CL_SECCOMP_END);
    }
}

static void
check_call(enum cl_seccomp_kind kind, unsigned options,
           const struct cl_seccomp_group *group, const struct cl_seccomp_call *call,
           const struct samples *s)
{
    struct simulator *filter = filters_get(kind, options);
    for (size_t i = 0; i < s->n; i++) {
        struct seccomp_data data = data_for(call->nr, s->args[i]);
        struct cl_seccomp_decision d = cl_seccomp_decide(kind, options, group, s->args[i]);
        uint32_t expected = expected_value(kind, options, &d);
        uint32_t got = simulator_run(filter, &data);
        if (got != expected) {
            report(call->name, (int)kind, options, s->args[i], expected, got);
        }
        if (i < 4) {
            check_judgement(kind, options, call->name, &data, &d, got);
        }
    }
}

static void
filter_table_and_judgement_agree_on_every_call(void **state)
{
    (void)state;
    static struct samples s;
    size_t checked = 0;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        const struct cl_seccomp_group *group = &cl_seccomp_groups[g];
        make_samples(group, &s);
        for (size_t c = 0; c < group->n_calls; c++) {
            for (int kind = 0; group->calls[c].nr >= 0 && kind < 3; kind++) {
                for (unsigned o = 0; o <= ALL_OPTIONS; o++) {
                    if (kind == ZYGOTE && (o & LISTENER) != 0) {
                        continue;
                    }
                    check_call((enum cl_seccomp_kind)kind, o, group, &group->calls[c], &s);
                    checked += s.n;
                }
            }
        }
    }
    print_message("%zu decisions\n", checked);
}

/* The zygote that would stand under a cell with these options. */
static unsigned
zygote_options(enum cl_seccomp_kind kind, unsigned options)
{
    unsigned o = options & (NO_NS | SHARED | SANITIZER);
    return kind == CL_SECCOMP_TRUSTED ? o | (options & INET) : o;
}

static void
a_zygotes_filter_never_changes_what_its_cells_decides(void **state)
{
    (void)state;
    static struct samples s;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        const struct cl_seccomp_group *group = &cl_seccomp_groups[g];
        make_samples(group, &s);
        const struct cl_seccomp_call *call = &group->calls[0];
        for (unsigned n = 0; call->nr >= 0 && n <= 2 * ALL_OPTIONS + 1; n++) {
            enum cl_seccomp_kind kind = n & 1 ? CL_SECCOMP_TRUSTED : CL_SECCOMP_CELL;
            unsigned o = n >> 1;
            for (size_t i = 0; i < s.n; i++) {
                struct seccomp_data data = data_for(call->nr, s.args[i]);
                uint32_t cell = simulator_run(filters_get(kind, o), &data);
                uint32_t zygote = simulator_run(
                    filters_get(CL_SECCOMP_ZYGOTE, zygote_options(kind, o)), &data);
                uint32_t both = simulator_stack(zygote, cell);
                if (both != cell) {
                    report(call->name, (int)kind, o, s.args[i], cell, both);
                }
            }
        }
    }
}

static void
options_that_widen_never_take_and_those_that_narrow_never_give(void **state)
{
    (void)state;
    static const struct {
        unsigned option;
        int widens;
    } options[] = {
        {PROCESSES, 1}, {THREADS, 1}, {UNIX, 1},   {FILES, 1},
        {INET, 1},      {NO_NS, 0},   {SHARED, 0}, {SANITIZER, 1},
    };
    static struct samples s;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        const struct cl_seccomp_group *group = &cl_seccomp_groups[g];
        make_samples(group, &s);
        for (unsigned n = 0; n <= 2 * ALL_OPTIONS + 1; n++) {
            enum cl_seccomp_kind kind = n & 1 ? CL_SECCOMP_TRUSTED : CL_SECCOMP_CELL;
            for (size_t k = 0; k < CL_COUNT(options); k++) {
                unsigned without = (n >> 1) & ~options[k].option;
                unsigned with = without | options[k].option;
                unsigned wide = options[k].widens ? with : without;
                unsigned narrow = options[k].widens ? without : with;
                for (size_t i = 0; i < s.n; i += 3) {
                    struct cl_seccomp_decision w =
                        cl_seccomp_decide(kind, wide, group, s.args[i]);
                    struct cl_seccomp_decision d =
                        cl_seccomp_decide(kind, narrow, group, s.args[i]);
                    if (d.action == CL_SECCOMP_ALLOW && w.action != CL_SECCOMP_ALLOW) {
                        report(group->calls[0].name, (int)kind, with, s.args[i],
                               SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO);
                    }
                }
            }
        }
    }
}

static int
same_conditions(const struct cl_seccomp_rule *a, const struct cl_seccomp_rule *b)
{
    return memcmp(a->cond, b->cond, sizeof a->cond) == 0;
}

/* A rule below one with the same conditions, or below one without any, is
 * never read: it would be a mistake that only looks like a decision. */
static void
no_rule_of_the_table_is_in_anothers_shadow(void **state)
{
    (void)state;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        const struct cl_seccomp_group *group = &cl_seccomp_groups[g];
        for (const struct cl_seccomp_rule *r = group->rules; r->who != 0; r++) {
            int is_ever_read = 0;
            for (int kind = 0; kind < 3 && !is_ever_read; kind++) {
                for (unsigned o = 0; o <= ALL_OPTIONS && !is_ever_read; o++) {
                    if (!cl_seccomp_applies(r, (enum cl_seccomp_kind)kind, o)) {
                        continue;
                    }
                    is_ever_read = 1;
                    for (const struct cl_seccomp_rule *before = group->rules; before < r;
                         before++) {
                        if (cl_seccomp_applies(before, (enum cl_seccomp_kind)kind, o) &&
                            (cl_seccomp_is_plain(before) || same_conditions(before, r))) {
                            is_ever_read = 0;
                        }
                    }
                }
            }
            if (!is_ever_read) {
                fail_msg("%s: rule %td is never read", group->calls[0].name,
                         r - group->rules);
            }
        }
    }
}

static void
the_table_is_well_formed(void **state)
{
    (void)state;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        const struct cl_seccomp_group *group = &cl_seccomp_groups[g];
        assert_true(group->n_calls > 0);
        for (size_t c = 0; c < group->n_calls; c++) {
            const char *name;
            if (group->calls[c].nr >= 0) {
                assert_ptr_equal(cl_seccomp_find(group->calls[c].nr, &name), group);
                assert_string_equal(name, group->calls[c].name);
            }
        }
        for (const struct cl_seccomp_rule *r = group->rules; r->who != 0; r++) {
            assert_int_equal(r->with & r->without, 0);
            assert_true((r->cond[0].mask != 0) == (r->when != NULL));
            /* a zygote's own rules only allow: the rest is derived */
            assert_true((r->who & 1u << ZYGOTE) == 0 || r->action == CL_SECCOMP_ALLOW);
            /* errno 0 is a call that is answered with success and not done */
            assert_true(r->action == CL_SECCOMP_ALLOW   ? r->error == 0
                        : r->action == CL_SECCOMP_ERRNO ? r->error >= 0
                                                        : r->error > 0);
            for (int i = 0; i < CL_SECCOMP_CONDS; i++) {
                assert_true(r->cond[i].arg < 6);
                assert_int_equal(r->cond[i].value & ~r->cond[i].mask, 0);
            }
        }
    }
}

static void
a_call_is_decided_in_few_steps(void **state)
{
    (void)state;
    /* A decision is paid for at every call that the kernel cannot answer from
     * its bitmap: the dearest one is fcntl's or prctl's last command. */
    static const int kinds[] = {CELL, TRUSTED};
    static struct samples s;
    size_t most = 0;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        make_samples(&cl_seccomp_groups[g], &s);
        for (size_t k = 0; k < CL_COUNT(kinds); k++) {
            struct simulator *f =
                filters_get((enum cl_seccomp_kind)kinds[k], INET | THREADS | FILES);
            for (size_t i = 0; i < s.n; i++) {
                struct seccomp_data data =
                    data_for(cl_seccomp_groups[g].calls[0].nr, s.args[i]);
                (void)simulator_run(f, &data);
                most = f->steps > most ? f->steps : most;
            }
        }
    }
    print_message("at most %zu instructions\n", most);
    assert_true(most < 250);
}

static int
free_filters(void **state)
{
    (void)state;
    filters_free();
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_well_formed),
        cmocka_unit_test(no_rule_of_the_table_is_in_anothers_shadow),
        cmocka_unit_test(filter_table_and_judgement_agree_on_every_call),
        cmocka_unit_test(a_zygotes_filter_never_changes_what_its_cells_decides),
        cmocka_unit_test(options_that_widen_never_take_and_those_that_narrow_never_give),
        cmocka_unit_test(a_call_is_decided_in_few_steps),
    };
    return cmocka_run_group_tests(tests, NULL, free_filters);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the table of system calls: which rule decides a call.
 *
 * Pure: no system call, no state, any thread.  Must not know of BPF.
 */
#include "kernel/seccomp_table.h"

#include <errno.h>

const struct cl_seccomp_group *
cl_seccomp_find(int nr, const char **name)
{
    for (size_t g = 0; nr >= 0 && g < cl_seccomp_n_groups; g++) {
        const struct cl_seccomp_group *group = &cl_seccomp_groups[g];
        for (size_t i = 0; i < group->n_calls; i++) {
            if (group->calls[i].nr == nr) {
                *name = group->calls[i].name;
                return group;
            }
        }
    }
    *name = NULL;
    return NULL;
}

int
cl_seccomp_applies(const struct cl_seccomp_rule *rule, enum cl_seccomp_kind kind,
                   unsigned options)
{
    return (rule->who & (1u << kind)) != 0 && (options & rule->with) == rule->with &&
           (options & rule->without) == 0;
}

const struct cl_seccomp_rule *
cl_seccomp_first(enum cl_seccomp_kind kind, unsigned options,
                 const struct cl_seccomp_group *group)
{
    const struct cl_seccomp_rule *r = group->rules;
    while (r->who != 0 && !cl_seccomp_applies(r, kind, options)) {
        r++;
    }
    return r->who != 0 ? r : NULL;
}

int
cl_seccomp_is_plain(const struct cl_seccomp_rule *rule)
{
    return rule == NULL || rule->cond[0].mask == 0;
}

static int
holds(const struct cl_seccomp_rule *rule, const uint64_t args[6])
{
    for (int i = 0; i < CL_SECCOMP_CONDS && rule->cond[i].mask != 0; i++) {
        const struct cl_seccomp_cond *c = &rule->cond[i];
        if ((args[c->arg] & c->mask) != c->value) {
            return 0;
        }
    }
    return 1;
}

/* The first rule that decides, or NULL for the default row. */
static const struct cl_seccomp_rule *
first_rule(enum cl_seccomp_kind kind, unsigned options,
           const struct cl_seccomp_group *group, const uint64_t args[6])
{
    if (group == NULL) {
        return NULL;
    }
    for (const struct cl_seccomp_rule *r = group->rules; r->who != 0; r++) {
        if (cl_seccomp_applies(r, kind, options) && holds(r, args)) {
            return r;
        }
    }
    return NULL;
}

static struct cl_seccomp_decision
from_rule(const struct cl_seccomp_rule *rule)
{
    if (rule == NULL) {
        return (struct cl_seccomp_decision){CL_SECCOMP_ERRNO, ENOSYS, ""};
    }
    return (struct cl_seccomp_decision){
        .action = rule->action,
        .error = rule->error,
        .rule = rule->rule != NULL ? rule->rule : "",
    };
}

unsigned
cl_seccomp_widest(unsigned zygote_options)
{
    return CL_SECCOMP_PROCESSES | CL_SECCOMP_THREADS | CL_SECCOMP_UNIX | CL_SECCOMP_FILES |
           (zygote_options & (CL_SECCOMP_INET | CL_SECCOMP_SANITIZER |
                              CL_SECCOMP_NO_NAMESPACES | CL_SECCOMP_SHARED_MOUNTS));
}

static int
is_allowed(enum cl_seccomp_kind kind, unsigned options,
           const struct cl_seccomp_group *group, const uint64_t args[6])
{
    const struct cl_seccomp_rule *rule = first_rule(kind, options, group, args);
    return rule != NULL && rule->action == CL_SECCOMP_ALLOW;
}

static struct cl_seccomp_decision
decide_zygote(unsigned options, const struct cl_seccomp_group *group,
              const uint64_t args[6])
{
    unsigned widest = cl_seccomp_widest(options);
    if (is_allowed(CL_SECCOMP_ZYGOTE, options, group, args) ||
        is_allowed(CL_SECCOMP_CELL, widest, group, args) ||
        is_allowed(CL_SECCOMP_TRUSTED, widest, group, args)) {
        return (struct cl_seccomp_decision){CL_SECCOMP_ALLOW, 0, ""};
    }
    if (group == NULL) {
        return from_rule(NULL);
    }
    return (struct cl_seccomp_decision){CL_SECCOMP_EXPLAIN, ENOSYS, ""};
}

struct cl_seccomp_decision
cl_seccomp_decide(enum cl_seccomp_kind kind, unsigned options,
                  const struct cl_seccomp_group *group, const uint64_t args[6])
{
    if (kind == CL_SECCOMP_ZYGOTE) {
        return decide_zygote(options, group, args);
    }
    return from_rule(first_rule(kind, options, group, args));
}

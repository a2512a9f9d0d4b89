/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seccomp_table.h - the list of system calls as data, and how it is read.
 *
 * Private to the files seccomp*.c of the trusted side.  A group is a set of
 * calls that are decided alike, with the rules that decide them.  Rules are
 * read from the top: the first that applies to the kind and the options and
 * whose conditions hold decides.  A call for which no rule applies, and a call
 * in no group, gets ENOSYS: the default row denies.
 *
 * Conditions compare `arg & mask == value` on all 64 bits of the register.
 * The kernel looks at the low half only of what it declares int, unsigned or
 * umode_t, so a condition on such an argument has a mask in the low half
 * (INT, BITS, HAS): what a caller leaves in the high half can neither hide a
 * refused value nor spoil an allowed one.  Conditions on pointers and on
 * unsigned long compare everything (LONG, LONG_BITS).
 */
#ifndef CL_KERNEL_SECCOMP_TABLE_H
#define CL_KERNEL_SECCOMP_TABLE_H

#include <linux/audit.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/seccomp.h"

#if defined(__x86_64__)
#define CL_SECCOMP_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define CL_SECCOMP_ARCH AUDIT_ARCH_AARCH64
#else
#error "cloche knows the system calls of x86-64 and arm64"
#endif

/* mask 0: no condition, and the end of a rule's conditions */
struct cl_seccomp_cond {
    unsigned arg; /* 0 to 5 */
    uint64_t mask;
    uint64_t value; /* no bit outside mask */
};

enum { CL_SECCOMP_CONDS = 3 };

struct cl_seccomp_rule {
    unsigned who;                                  /* 1u << kind, or'ed; 0 ends the list */
    unsigned with;                                 /* options that must all be there */
    unsigned without;                              /* options that must all be absent */
    struct cl_seccomp_cond cond[CL_SECCOMP_CONDS]; /* all of them must hold */
    enum cl_seccomp_action action;
    int error;        /* errno of ERRNO, EXPLAIN and END */
    const char *rule; /* policy key that would allow it; NULL or "" if none */
    const char *when; /* the conditions, for people; NULL if there are none */
};

struct cl_seccomp_call {
    int nr; /* below 0 where this architecture does not have it */
    const char *name;
};

struct cl_seccomp_group {
    const struct cl_seccomp_rule *rules; /* to the one with who 0 */
    const struct cl_seccomp_call *calls; /* n_calls, each in one group only */
    size_t n_calls;
};

extern const struct cl_seccomp_group cl_seccomp_groups[];
extern const size_t cl_seccomp_n_groups;

/* What the table says of one call. */
struct cl_seccomp_decision {
    enum cl_seccomp_action action;
    int error;
    const char *rule; /* never NULL */
};

/* The group that nr is in, and its name; NULL if it is in none. */
const struct cl_seccomp_group *cl_seccomp_find(int nr, const char **name);

/* Whether a rule counts at all under this kind and these options. */
int cl_seccomp_applies(const struct cl_seccomp_rule *rule, enum cl_seccomp_kind kind,
                       unsigned options);

/* The first rule that counts, NULL if none does; and whether what it says, or
 * the default row if it is NULL, depends on no argument. */
const struct cl_seccomp_rule *cl_seccomp_first(enum cl_seccomp_kind kind, unsigned options,
                                               const struct cl_seccomp_group *group);
int cl_seccomp_is_plain(const struct cl_seccomp_rule *rule);

/*
 * A zygote may do what its own rules say, and what the widest cell or the
 * widest trusted cell may: filters stack, and a cell can only have what its
 * zygote was left.  Everything else it is refused.  These are the options of
 * those two widest cells.  The Internet is among them only if the zygote's own
 * options have it, and what narrows a zygote narrows them.
 */
unsigned cl_seccomp_widest(unsigned zygote_options);

/*
 * cl_seccomp_decide - read a group's rules for one call.  group may be NULL:
 * the default row.  For a zygote a refusal is EXPLAIN with ENOSYS.
 */
struct cl_seccomp_decision cl_seccomp_decide(enum cl_seccomp_kind kind, unsigned options,
                                             const struct cl_seccomp_group *group,
                                             const uint64_t args[6]);

enum { CL_SECCOMP_NAME = 96 };

/* The printable call with its deciding arguments: "socket(AF_INET, SOCK_STREAM)".
 * Arguments in memory are never looked at: they are a hostile process's. */
void cl_seccomp_print_call(const char *name, const uint64_t args[6],
                           char out[CL_SECCOMP_NAME]);

#endif

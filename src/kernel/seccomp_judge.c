/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table for people and for the broker: what a notification means, and the
 * list that `policy explain` prints.
 *
 * Pure but for memory: no state, any thread.  The data of a notification comes
 * from a hostile process; it is compared and printed, never followed.
 */
#include "kernel/seccomp.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "kernel/seccomp_table.h"

struct cl_seccomp_verdict
cl_seccomp_judge(enum cl_seccomp_kind kind, unsigned options,
                 const struct seccomp_data *data, char name_out[CL_SECCOMP_NAME])
{
    uint64_t args[6];
    for (int i = 0; i < 6; i++) {
        args[i] = data->args[i];
    }
    const char *name = NULL;
    const struct cl_seccomp_group *group =
        data->arch == CL_SECCOMP_ARCH ? cl_seccomp_find(data->nr, &name) : NULL;
    if (name != NULL) {
        cl_seccomp_print_call(name, args, name_out);
    } else {
        (void)snprintf(name_out, CL_SECCOMP_NAME, "syscall %d", data->nr); /* fits */
    }

    struct cl_seccomp_decision d = cl_seccomp_decide(kind, options, group, args);
    struct cl_seccomp_verdict v = {name, d.action, d.error, d.rule};
    if (d.action == CL_SECCOMP_ALLOW || d.action == CL_SECCOMP_ERRNO) {
        /* Our filter does not send this: whatever did, it is not for us to let
         * it pass. */
        v.action = CL_SECCOMP_END;
        v.error = EPERM;
        v.rule = "";
    }
    return v;
}

/* ---- The list ------------------------------------------------------------- */

struct listed {
    const char *name;
    const struct cl_seccomp_group *group;
};

static const char *
errno_name(int error)
{
    switch (error) {
    case EPERM: return "EPERM";
    case ESRCH: return "ESRCH";
    case EAGAIN: return "EAGAIN";
    case ENOMEM: return "ENOMEM";
    case EACCES: return "EACCES";
    case EINVAL: return "EINVAL";
    case ENOTTY: return "ENOTTY";
    case EROFS: return "EROFS";
    case ENOLCK: return "ENOLCK";
    case ENOSYS: return "ENOSYS";
    case ENOPROTOOPT: return "ENOPROTOOPT";
    case EAFNOSUPPORT: return "EAFNOSUPPORT";
    default: return "an error";
    }
}

enum { PHRASE = 64 };

static void
phrase_of(const struct cl_seccomp_rule *rule, char out[PHRASE])
{
    const char *key = rule->rule != NULL ? rule->rule : "";
    switch (rule->action) {
    case CL_SECCOMP_ALLOW: (void)snprintf(out, PHRASE, "allow"); return;
    case CL_SECCOMP_ERRNO:
        (void)snprintf(out, PHRASE, "%s",
                       rule->error == 0 ? "success, not done" : errno_name(rule->error));
        return;
    case CL_SECCOMP_END: (void)snprintf(out, PHRASE, "ends the run"); return;
    case CL_SECCOMP_EXPLAIN: break;
    }
    if (key[0] != '\0') {
        (void)snprintf(out, PHRASE, "%s", key);
    } else {
        (void)snprintf(out, PHRASE, "denied (%s)", errno_name(rule->error));
    }
}

/* "allow with A, B; EPERM with C; else ENOSYS": rules that say the same one
 * after the other are said together. */
static void
list_rules(enum cl_seccomp_kind kind, unsigned options,
           const struct cl_seccomp_group *group, struct cl_buf *out)
{
    char last[PHRASE] = "";
    for (const struct cl_seccomp_rule *r = group->rules; r->who != 0; r++) {
        if (!cl_seccomp_applies(r, kind, options)) {
            continue;
        }
        char phrase[PHRASE];
        phrase_of(r, phrase);
        if (r->when == NULL) {
            (void)cl_buf_printf(out, "%s%s", last[0] != '\0' ? "; else " : "", phrase);
            return;
        }
        if (strcmp(phrase, last) == 0) {
            (void)cl_buf_printf(out, ", %s", r->when);
        } else {
            (void)cl_buf_printf(out, "%s%s with %s", last[0] != '\0' ? "; " : "", phrase,
                                r->when);
        }
        memcpy(last, phrase, sizeof last);
    }
    (void)cl_buf_printf(out, "%sENOSYS", last[0] != '\0' ? "; else " : "");
}

/* A zygote's decisions are made of others': only their outline is listed. */
static void
list_zygote(unsigned options, const struct cl_seccomp_group *group, struct cl_buf *out)
{
    unsigned widest = cl_seccomp_widest(options);
    const struct cl_seccomp_rule *first[] = {
        cl_seccomp_first(CL_SECCOMP_ZYGOTE, options, group),
        cl_seccomp_first(CL_SECCOMP_CELL, widest, group),
        cl_seccomp_first(CL_SECCOMP_TRUSTED, widest, group),
    };
    int has_conditions = 0;
    for (size_t i = 0; i < CL_COUNT(first); i++) {
        if (!cl_seccomp_is_plain(first[i])) {
            has_conditions = 1;
        } else if (first[i] != NULL && first[i]->action == CL_SECCOMP_ALLOW) {
            (void)cl_buf_add_str(out, "allow");
            return;
        }
    }
    (void)cl_buf_add_str(out,
                         has_conditions ? "allow what a cell may; else ENOSYS" : "ENOSYS");
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(((const struct listed *)a)->name, ((const struct listed *)b)->name);
}

int
cl_seccomp_list(enum cl_seccomp_kind kind, unsigned options, struct cl_buf *out)
{
    size_t n = 0;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        n += cl_seccomp_groups[g].n_calls;
    }
    cl_autofree struct listed *row = calloc(n, sizeof *row);
    if (row == NULL) {
        return -1;
    }
    n = 0;
    for (size_t g = 0; g < cl_seccomp_n_groups; g++) {
        const struct cl_seccomp_group *group = &cl_seccomp_groups[g];
        for (size_t i = 0; i < group->n_calls; i++) {
            if (group->calls[i].nr >= 0) {
                row[n++] = (struct listed){group->calls[i].name, group};
            }
        }
    }
    qsort(row, n, sizeof *row, by_name);
    (void)cl_buf_add_str(out, "*  ENOSYS\n"); /* sticky; looked at once, at the end */
    for (size_t i = 0; i < n; i++) {
        (void)cl_buf_printf(out, "%s  ", row[i].name);
        if (kind == CL_SECCOMP_ZYGOTE) {
            list_zygote(options, row[i].group, out);
        } else {
            list_rules(kind, options, row[i].group, out);
        }
        (void)cl_buf_add_str(out, "\n");
    }
    return out->has_failed ? -1 : 0;
}

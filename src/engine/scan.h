/* SPDX-License-Identifier: Apache-2.0 */
/* Findings: the table of rules, and those of one program as they come from a cell. */
#ifndef CL_ENGINE_SCAN_H
#define CL_ENGINE_SCAN_H

#include <cloche/cloche.h>

#include "policy/policy.h"
#include "wire/frame.h"
#include "wire/rules.h"

struct cl_scan_rule {
    enum cl_rule number;
    struct cloche_rule shown;
};

extern const struct cl_scan_rule cl_scan_rules[];
extern const size_t cl_scan_rule_count;

/* The rule of a number, NULL where there is none; its id, "" where there is none. */
const struct cloche_rule *cl_scan_rule_find(enum cl_rule number);
const char *cl_scan_rule_id(enum cl_rule number);

/* One finding; `shown` lends from the others. */
struct cl_scan_row {
    char what[CL_SCAN_WHAT_MAX + 1];
    char message[CL_SCAN_MESSAGE_MAX + 1];
    char hint[240];
    char fingerprint[33];
    struct cloche_finding shown;
};

struct cloche_scan {
    char *filename;
    char *profile;            /* whose refusals were asked for; NULL: none */
    unsigned char sha256[32]; /* of the text */
    struct cl_scan_row *rows;
    size_t n_rows, cap;
    int has_no_memory;
};

/* A FINDING of a cell, read from r.  Fails with EINTERNAL where it cannot be read. */
CL_MUST_CHECK int cl_scan_read(struct cloche_scan *scan, struct cl_reader *r,
                               struct cloche_error *err);

/* Add a finding.  what and message may be "". */
void cl_scan_add(struct cloche_scan *scan, enum cl_rule rule, const char *what,
                 const char *message, unsigned line, unsigned column);

/* The line of the policy that would allow what the guard refuses; "" for none.
 * subject: the last word of what was refused, "os" of "import os". */
void cl_denial_hint(const char *profile, enum cl_violation rule, const char *subject,
                    char *out, size_t size);

#endif

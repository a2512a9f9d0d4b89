/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/denial.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "engine/scan.h"
#include "engine/utf8.h"
#include "engine/verdict.h"
#include "engine/zygote.h"
#include "wire/job.h"

/* Add it, and end the run where the policy's patience ends. */
static void
add(struct cloche_run *run, const struct cl_denial *denial)
{
    uint64_t patience = run->result.effective->on_violation.kill_after;
    (void)cl_result_add_denial(&run->result, denial);
    if (patience != CL_LIMIT_NONE && run->result.n_denied >= patience) {
        cl_run_stop(run, CL_STOP_DENIED);
    }
}

/* The rule of a scan that is about what a policy key decides. */
static const char *
rule_id_of_key(const char *key)
{
    static const struct {
        const char *key;
        enum cl_rule rule;
    } rows[] = {
        {"limits.processes", CL_RULE_PROC_CALL}, {"network.mode", CL_RULE_NET_CALL},
        {"files.work", CL_RULE_FILE_OPEN},       {"files.read", CL_RULE_FILE_OPEN},
        {"files.write", CL_RULE_FILE_CHANGE},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (strcmp(rows[i].key, key) == 0) {
            return cl_scan_rule_id(rows[i].rule);
        }
    }
    return "";
}

/* The same of an audited event. */
static const char *
rule_id_of_event(const char *event, const char *what)
{
    static const struct {
        const char *event;
        enum cl_rule rule;
    } rows[] = {
        {"process", CL_RULE_PROC_CALL},
        {"connect", CL_RULE_NET_CALL},
        {"listen", CL_RULE_NET_CALL},
        {"resolve", CL_RULE_NET_CALL},
    };
    if (strcmp(event, "import") == 0) {
        enum cl_rule rule = cl_rule_of_import(what);
        return cl_scan_rule_id(rule == CL_RULE_NONE ? CL_RULE_AUDITED : rule);
    }
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (strcmp(rows[i].event, event) == 0) {
            return cl_scan_rule_id(rows[i].rule);
        }
    }
    return "";
}

/* The sentence for a policy key that would allow a call. */
static void
hint_for_rule(const struct cloche_run *run, const char *rule, char *out, size_t size)
{
    const char *profile = run->result.effective->profile;
    if (strcmp(rule, "limits.processes") == 0 || strcmp(rule, "limits.threads") == 0) {
        (void)snprintf(out, size, "raise profiles.%s.%s (now 0)", profile, rule);
    } else if (strcmp(rule, "files.work") == 0) {
        (void)snprintf(out, size, "set profiles.%s.files.work: private", profile);
    } else if (strcmp(rule, "network.mode") == 0) {
        (void)snprintf(out, size, "set profiles.%s.network.mode (now none)", profile);
    } else if (rule[0] != '\0') {
        (void)snprintf(out, size, "profiles.%s.%s decides it", profile, rule);
    } else {
        out[0] = '\0';
    }
}

void
cl_verdict_note_call(struct cloche_run *run, const struct cl_seccomp_verdict *v,
                     const char *name)
{
    struct cl_denial d = {.layer = "seccomp", .error = v->error, .count = 1};
    (void)snprintf(d.what, sizeof d.what, "%s", name);
    (void)snprintf(d.rule, sizeof d.rule, "%s", v->rule);
    d.rule_id = rule_id_of_key(v->rule);
    hint_for_rule(run, v->rule, d.hint, sizeof d.hint);
    if (strcmp(v->rule, "limits.processes") == 0) {
        run->result.hit |= 1u << CL_LIMIT_PROCESSES;
    } else if (strcmp(v->rule, "limits.threads") == 0) {
        run->result.hit |= 1u << CL_LIMIT_THREADS;
    }
    add(run, &d);
}

/* The interpreter saw the answer to a call that we refused: at which line.
 * Was there a call that it had not yet seen the answer of? */
static int
attach_line(struct cloche_run *run, int error, uint32_t line)
{
    struct cloche_result *r = &run->result;
    for (uint32_t i = r->n_denials; i > 0; i--) {
        struct cl_denial *d = &r->denials[i - 1];
        if (strcmp(d->layer, "seccomp") == 0 && d->error == error) {
            int is_first = d->line == 0;
            d->line = is_first ? line : d->line;
            return is_first;
        }
    }
    return 0;
}

void
cl_verdict_note_path(struct cloche_run *run, int error, const char *path, uint32_t line)
{
    const struct cl_effective *e = run->result.effective;
    /* posix_spawn has a path too, and it was the filter that refused. */
    if (attach_line(run, error, line) || path[0] == '\0') {
        return;
    }
    struct cl_denial d = {
        .layer = error == EROFS ? "mount" : "landlock",
        .error = error,
        .line = line,
        .count = 1,
    };
    (void)snprintf(d.what, sizeof d.what, "'%.160s' (%s)", path, strerrorname_np(error));
    cl_utf8_make_one_line(d.what); /* the code chose it */
    if (e->level == CL_LEVEL_TRUSTED) {
        const char *key = error == EROFS ? "files.write" : "files.read";
        (void)snprintf(d.rule, sizeof d.rule, "%s", key);
        (void)snprintf(d.hint, sizeof d.hint, "add its directory to profiles.%.60s.%s",
                       e->profile, key);
    } else if (e->files.work == CL_WORK_NONE) {
        (void)snprintf(d.rule, sizeof d.rule, "files.work");
        hint_for_rule(run, "files.work", d.hint, sizeof d.hint);
    }
    d.rule_id = cl_scan_rule_id(error == EROFS ? CL_RULE_FILE_CHANGE : CL_RULE_FILE_OPEN);
    add(run, &d);
}

int
cl_verdict_note_audit(struct cloche_run *run, struct cl_reader *r, struct cloche_error *err)
{
    uint32_t line = cl_read_u32(r);
    cl_autofree char *event = cl_read_str(r, 64);
    cl_autofree char *what = cl_read_str(r, 1024);
    if (cl_reader_done(r) < 0 || event[0] == '\0') {
        return cl_fail(err, CLOCHE_EINTERNAL, "an AUDIT that cannot be read");
    }
    cl_result_add_audited(&run->result, event, what, rule_id_of_event(event, what), line);
    return 0;
}

/* For each rule of the guard: the policy's key, and what to write there, which is
 * "BEFORE SUBJECT MIDDLE PROFILE AFTER" where it names its subject. */
static const struct {
    const char *key;
    const char *before;
    int has_subject;
    const char *middle, *after;
} violations[CL_VIOLATION_COUNT] = {
    [CL_VIOLATION_SYNTAX] = {.key = ""},
    [CL_VIOLATION_SYNTAX_DENIED] = {"python.syntax.deny", "take ", 1, " off profiles.",
                                    ".python.syntax.deny"},
    [CL_VIOLATION_NAME] = {.key = ""},
    [CL_VIOLATION_INTROSPECTION] = {"python.introspection", "set ", 0, "profiles.",
                                    ".python.introspection: read"},
    [CL_VIOLATION_MODULE] = {"python.modules.allow", "add ", 1, " to profiles.",
                             ".python.modules.allow"},
    [CL_VIOLATION_NATIVE] = {"level", "run it with a profile of level isolated", 0, NULL,
                             NULL},
    [CL_VIOLATION_BUILTIN] = {"python.builtins.allow", "add ", 1, " to profiles.",
                              ".python.builtins.allow"},
    [CL_VIOLATION_DYNAMIC] = {"python.dynamic_code", "set ", 0, "profiles.",
                              ".python.dynamic_code: true"},
    [CL_VIOLATION_EVENT] = {.key = ""},
};

void
cl_denial_hint(const char *profile, enum cl_violation rule, const char *subject, char *out,
               size_t size)
{
    const char *before = violations[rule].before;
    const char *middle = violations[rule].middle;
    int has_subject = violations[rule].has_subject;
    (void)snprintf(out, size, "%s%s%s%s%s%s%s", before == NULL ? "" : before,
                   has_subject ? "'" : "", has_subject ? subject : "",
                   has_subject ? "'" : "", middle == NULL ? "" : middle,
                   middle == NULL ? "" : profile,
                   middle == NULL ? "" : violations[rule].after); /* may be cut */
}

int
cl_verdict_note_violation(struct cloche_run *run, struct cl_reader *r,
                          struct cloche_error *err)
{
    uint8_t rule = cl_read_u8(r);
    uint32_t line = cl_read_u32(r);
    uint32_t column = cl_read_u32(r);
    cl_autofree char *what = cl_read_str(r, 1024);
    if (cl_reader_done(r) < 0 || rule >= CL_VIOLATION_COUNT) {
        return cl_fail(err, CLOCHE_EINTERNAL, "a VIOLATION that cannot be read");
    }
    struct cl_denial d = {
        .layer = "guard", .error = EPERM, .line = line, .column = column, .count = 1};
    cl_utf8_make_one_line(what);
    (void)snprintf(d.what, sizeof d.what, "%.190s", what); /* may be cut */
    (void)snprintf(d.rule, sizeof d.rule, "%s", violations[rule].key);
    /* The subject stands last: "import os", "open". */
    const char *space = strrchr(what, ' ');
    const char *subject = space == NULL ? what : space + 1;
    cl_denial_hint(run->result.effective->profile, (enum cl_violation)rule, subject, d.hint,
                   sizeof d.hint);
    d.rule_id = cl_scan_rule_id(cl_rule_of_violation((enum cl_violation)rule));
    cl_utf8_make_one_line(d.hint);
    add(run, &d);
    return 0;
}

const struct cl_denial *
cl_denial_filter_kill(struct cloche_run *run)
{
    struct cl_denial d = {.layer = "seccomp", .error = EPERM, .count = 1};
    (void)snprintf(d.what, sizeof d.what, "a system call of another architecture");
    return cl_result_add_denial(&run->result, &d);
}

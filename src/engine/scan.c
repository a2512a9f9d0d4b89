/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A scan is a run that runs nothing: the cell is given the text with CL_JOB_SCAN and
 * answers with FINDING frames.  Here they are bounded, given the words of their rule,
 * and set beside what the profile would allow.
 */
#include "engine/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/own.h"
#include "engine/engine.h"
#include "engine/result.h"
#include "engine/run.h"
#include "engine/utf8.h"

/* The profile whose cell looks at code for which none is named. */
static const char usual_profile[] = "isolated";

/* ---- rows --------------------------------------------------------------- */

static struct cl_scan_row *
add_row(struct cloche_scan *scan)
{
    enum { FIRST = 16 };
    if (scan->n_rows > CL_SCAN_MAX_FINDINGS) {
        return NULL; /* what a cell may say is bounded here too */
    }
    if (scan->n_rows == scan->cap) {
        size_t cap = scan->cap == 0 ? FIRST : scan->cap * 2;
        struct cl_scan_row *grown = reallocarray(scan->rows, cap, sizeof *grown);
        if (grown == NULL) {
            scan->has_no_memory = 1;
            return NULL;
        }
        scan->rows = grown;
        scan->cap = cap;
    }
    scan->rows[scan->n_rows] = (struct cl_scan_row){.what = ""};
    return &scan->rows[scan->n_rows++];
}

/* The cell chose the text: one line of UTF-8. */
static void
take_text(char *out, size_t size, const char *text)
{
    cl_autobuf struct cl_buf clean = CL_BUF_INIT(4096);
    cl_utf8_replace(text, strlen(text), &clean);
    size_t len = clean.has_failed ? 0 : clean.len;
    len = len < size ? len : size - 1;
    while (len > 0 && len < clean.len && (clean.data[len] & 0xc0) == 0x80) {
        len--; /* not in the middle of a character */
    }
    if (len > 0) {
        memcpy(out, clean.data, len);
    }
    out[len] = '\0';
    cl_utf8_make_one_line(out);
}

static void
make_message(struct cl_scan_row *row, const struct cloche_rule *rule)
{
    /* A key is not named but described: "a GitHub token". */
    int is_phrase = row->what[0] == '\0' || rule == cl_scan_rule_find(CL_RULE_KEY);
    const char *quote = is_phrase ? "" : "'";
    if (row->message[0] != '\0') {
        return;
    }
    (void)snprintf(row->message, sizeof row->message, "%s%s%s %s", quote,
                   row->what[0] == '\0' ? "this" : row->what, quote, rule->says);
}

void
cl_scan_add(struct cloche_scan *scan, enum cl_rule number, const char *what,
            const char *message, unsigned line, unsigned column)
{
    const struct cloche_rule *rule = cl_scan_rule_find(number);
    struct cl_scan_row *row = rule == NULL ? NULL : add_row(scan);
    if (row == NULL) {
        return;
    }
    take_text(row->what, sizeof row->what, what);
    take_text(row->message, sizeof row->message, message);
    make_message(row, rule);
    row->shown = (struct cloche_finding){.rule = rule, .line = line, .column = column};
}

int
cl_scan_read(struct cloche_scan *scan, struct cl_reader *r, struct cloche_error *err)
{
    uint32_t number = cl_read_u32(r);
    uint32_t place[4];
    for (size_t i = 0; i < CL_COUNT(place); i++) {
        place[i] = cl_read_u32(r);
        place[i] = place[i] > INT32_MAX ? 0 : place[i];
    }
    cl_autofree char *what = cl_read_str(r, CL_SCAN_WHAT_MAX);
    cl_autofree char *message = cl_read_str(r, CL_SCAN_MESSAGE_MAX);
    if (r->has_no_memory) {
        return cl_fail_nomem(err);
    }
    if (cl_reader_done(r) < 0 || cl_scan_rule_find((enum cl_rule)number) == NULL) {
        return cl_fail(err, CLOCHE_EINTERNAL, "a FINDING that cannot be read");
    }
    size_t before = scan->n_rows;
    cl_scan_add(scan, (enum cl_rule)number, what, message, place[0], place[1]);
    if (scan->n_rows > before) {
        scan->rows[before].shown.end_line = place[2];
        scan->rows[before].shown.end_column = place[3];
    }
    return 0;
}

/* ---- what the profile says ---------------------------------------------- */

/* Acts that the kernel's layers refuse under a profile.  At level restricted it is the
 * guard that refuses what leads there. */
static int
is_beyond(const struct cl_effective *e, enum cl_rule rule, char *hint, size_t size)
{
    if (e->level == CL_LEVEL_RESTRICTED) {
        return 0;
    }
    switch (rule) {
    case CL_RULE_NET_CALL:
        if (e->network.mode == CL_NETWORK_NONE) {
            (void)snprintf(hint, size, "set profiles.%s.network.mode (now none)",
                           e->profile);
            return 1;
        }
        return 0;
    case CL_RULE_PROC_CALL:
    case CL_RULE_SHELL:
        if (e->limit[CL_LIMIT_PROCESSES] == 0) {
            (void)snprintf(hint, size, "raise profiles.%s.limits.processes (now 0)",
                           e->profile);
            return 1;
        }
        return 0;
    case CL_RULE_FILE_CHANGE:
        if (e->files.work == CL_WORK_NONE && e->level != CL_LEVEL_TRUSTED) {
            (void)snprintf(hint, size, "set profiles.%s.files.work: private", e->profile);
            return 1;
        }
        return 0;
    default: return 0;
    }
}

static void
judge(struct cloche_scan *scan, const struct cl_effective *e)
{
    for (size_t i = 0; i < scan->n_rows; i++) {
        struct cl_scan_row *row = &scan->rows[i];
        enum cl_rule number = CL_RULE_NONE;
        for (size_t k = 0; k < cl_scan_rule_count; k++) {
            if (&cl_scan_rules[k].shown == row->shown.rule) {
                number = cl_scan_rules[k].number;
            }
        }
        int violation = (int)number - CL_RULE_VIOLATION;
        if (violation >= 0 && violation < CL_VIOLATION_COUNT) {
            const char *space = strrchr(row->what, ' ');
            cl_denial_hint(e->profile, (enum cl_violation)violation,
                           space == NULL ? row->what : space + 1, row->hint,
                           sizeof row->hint);
            row->shown.is_refused = 1;
        } else if (scan->profile != NULL) {
            row->shown.is_refused = is_beyond(e, number, row->hint, sizeof row->hint);
        }
        cl_utf8_make_one_line(row->hint);
    }
}

/* ---- fingerprints ------------------------------------------------------- */

/* The text of a line, without white space around it. */
static const char *
line_text(const char *code, size_t len, unsigned line, size_t *out_len)
{
    enum { MAX_TEXT = 1024 }; /* that much tells lines apart */
    const char *at = code;
    const char *end = code + len;
    for (unsigned i = 1; i < line && at < end; at++) {
        i += *at == '\n' || (*at == '\r' && (at + 1 == end || at[1] != '\n'));
    }
    const char *stop = at;
    while (stop < end && stop - at < MAX_TEXT && *stop != '\n' && *stop != '\r') {
        stop++;
    }
    while (at < stop && (*at == ' ' || *at == '\t')) {
        at++;
    }
    *out_len = (size_t)(stop - at);
    return at;
}

/* The same finding in the next version of a text has the same: of rule, subject, the
 * line's own text, and how many such there were before. */
static void
make_fingerprints(struct cloche_scan *scan, const char *code, size_t len)
{
    for (size_t i = 0; i < scan->n_rows; i++) {
        struct cl_scan_row *row = &scan->rows[i];
        unsigned char digest[crypto_hash_sha256_BYTES];
        char whole[2 * sizeof digest + 1];
        unsigned before = 0;
        size_t text_len = 0;
        const char *text = line_text(code, len, row->shown.line, &text_len);
        crypto_hash_sha256_state state;
        for (size_t k = 0; k < i; k++) {
            before += scan->rows[k].shown.rule == row->shown.rule &&
                      strcmp(scan->rows[k].what, row->what) == 0 &&
                      scan->rows[k].shown.line != row->shown.line;
        }
        (void)crypto_hash_sha256_init(&state); /* these cannot fail */
        (void)crypto_hash_sha256_update(&state, (const unsigned char *)row->shown.rule->id,
                                        strlen(row->shown.rule->id) + 1);
        (void)crypto_hash_sha256_update(&state, (const unsigned char *)row->what,
                                        strlen(row->what) + 1);
        (void)crypto_hash_sha256_update(&state, (const unsigned char *)text, text_len);
        (void)crypto_hash_sha256_update(&state, (const unsigned char *)&before,
                                        sizeof before);
        (void)crypto_hash_sha256_final(&state, digest);
        (void)sodium_bin2hex(whole, sizeof whole, digest, sizeof digest);
        (void)snprintf(row->fingerprint, sizeof row->fingerprint, "%.32s", whole);
    }
}

static int
by_place(const void *a, const void *b)
{
    const struct cloche_finding *x = &((const struct cl_scan_row *)a)->shown;
    const struct cloche_finding *y = &((const struct cl_scan_row *)b)->shown;
    if (x->line != y->line) {
        return x->line < y->line ? -1 : 1;
    }
    if (x->column != y->column) {
        return x->column < y->column ? -1 : 1;
    }
    return strcmp(x->rule->id, y->rule->id);
}

/* ---- public ------------------------------------------------------------- */

/* What is to be said of how the scan itself ended. */
static int
conclude(struct cloche_scan *scan, const struct cloche_result *r, struct cloche_error *err)
{
    const struct cl_report *p = &r->report;
    switch (r->outcome) {
    case CLOCHE_OUTCOME_OK: return 0;
    case CLOCHE_OUTCOME_SYNTAX_ERROR:
        cl_scan_add(scan, CL_RULE_SYNTAX_ERROR, "",
                    p->error_message == NULL ? "" : p->error_message, p->error_line,
                    p->error_column);
        return 0;
    case CLOCHE_OUTCOME_SOURCE_LIMIT:
        cl_scan_add(scan, CL_RULE_TOO_LARGE, "", r->reason, 0, 0);
        return 0;
    case CLOCHE_OUTCOME_INFRA_ERROR:
        return cl_fail(err, CLOCHE_ESYS, "the scan failed: %s", r->reason);
    case CLOCHE_OUTCOME_PROTOCOL:
        return cl_fail(err, CLOCHE_EINTERNAL, "the scan failed: %s", r->reason);
    default: cl_scan_add(scan, CL_RULE_UNFINISHED, "", r->reason, 0, 0); return 0;
    }
}

static void
finish(struct cloche_scan *scan, const struct cloche_scan_request *q,
       const struct cl_effective *e)
{
    judge(scan, e);
    if (scan->n_rows > 0) { /* else there is no array */
        qsort(scan->rows, scan->n_rows, sizeof *scan->rows, by_place);
    }
    make_fingerprints(scan, q->code, q->code_len);
    crypto_hash_sha256(scan->sha256, (const unsigned char *)q->code, q->code_len);
    for (size_t i = 0; i < scan->n_rows; i++) { /* they do not move any more */
        struct cl_scan_row *row = &scan->rows[i];
        row->shown.what = row->what;
        row->shown.message = row->message;
        row->shown.hint = row->hint;
        row->shown.fingerprint = row->fingerprint;
    }
}

static int
look(struct cloche_engine *engine, const struct cloche_scan_request *q,
     struct cloche_scan *scan, struct cloche_where *where, struct cloche_error *err)
{
    const struct cloche_request request = {
        .size = sizeof request,
        .profile = q->profile == NULL ? usual_profile : q->profile,
        .code = q->code,
        .code_len = q->code_len,
        .filename = scan->filename,
        .flags = CLOCHE_RUN_DISCARD_OUTPUT | CLOCHE_RUN_NO_FILES | CLOCHE_RUN_NO_VALUE |
                 CLOCHE_RUN_NO_VARIABLES,
    };
    struct cloche_run *run = NULL;
    const struct cloche_result *result = NULL;
    if (cl_run_start_scan(engine, &request, scan, &run, where, err) < 0) {
        return -1;
    }
    int rc = cloche_run_wait(run, -1, &result, err) == 0 ? conclude(scan, result, err) : -1;
    if (rc == 0) {
        finish(scan, q, result->effective);
    }
    cloche_run_free(run);
    return rc == 0 && scan->has_no_memory ? cl_fail_nomem(err) : rc;
}

int
cloche_scan(struct cloche_engine *engine, const struct cloche_scan_request *request,
            struct cloche_scan **out, struct cloche_where *where, struct cloche_error *err)
{
    if (where != NULL) {
        *where = (struct cloche_where){0};
    }
    if (request->size != sizeof *request) {
        return cl_fail(err, CLOCHE_EINPUT, "cloche_scan_request.size is %zu, expected %zu",
                       request->size, sizeof *request);
    }
    if (request->code == NULL) {
        return cl_fail(err, CLOCHE_EINPUT, "cloche_scan_request.code is NULL");
    }
    struct cloche_scan *scan = calloc(1, sizeof *scan);
    if (scan == NULL) {
        return cl_fail_nomem(err);
    }
    scan->filename = strdup(request->filename == NULL ? "<string>" : request->filename);
    scan->profile = request->profile == NULL ? NULL : strdup(request->profile);
    if (scan->filename == NULL || (request->profile != NULL && scan->profile == NULL)) {
        cloche_scan_free(scan);
        return cl_fail_nomem(err);
    }
    if (look(engine, request, scan, where, err) < 0) {
        cloche_scan_free(scan);
        return -1;
    }
    *out = scan;
    return 0;
}

size_t
cloche_scan_count(const struct cloche_scan *scan)
{
    return scan->n_rows;
}

const struct cloche_finding *
cloche_scan_finding(const struct cloche_scan *scan, size_t i)
{
    return i < scan->n_rows ? &scan->rows[i].shown : NULL;
}

void
cloche_scan_free(struct cloche_scan *scan)
{
    if (scan == NULL) {
        return;
    }
    free(scan->filename);
    free(scan->profile);
    free(scan->rows);
    free(scan);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns results; and the small public readers of them. */
#include "engine/result.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "engine/workdir.h"

int
cl_result_init(struct cloche_result *r, struct cloche_error *err)
{
    *r = (struct cloche_result){
        .exit_status = -1,
        .files_dir_fd = -1,
        .wall_ns = UINT64_MAX,
        .memory_peak_bytes = UINT64_MAX,
        .processes_peak = UINT64_MAX,
        .disk_peak_bytes = UINT64_MAX,
        .inodes_peak = UINT64_MAX,
    };
    r->denials = calloc(CL_RESULT_MAX_DENIALS, sizeof *r->denials);
    r->audited = calloc(CL_RESULT_MAX_AUDITED, sizeof *r->audited);
    r->displays = calloc(CL_RESULT_MAX_DISPLAYS, sizeof *r->displays);
    r->display_bytes = calloc(CL_RESULT_MAX_DISPLAYS, sizeof *r->display_bytes);
    if (r->denials == NULL || r->audited == NULL || r->displays == NULL ||
        r->display_bytes == NULL) {
        cl_result_fini(r);
        return cl_fail_nomem(err);
    }
    cl_result_new_id(r->run_id);
    return 0;
}

void
cl_result_fini(struct cloche_result *r)
{
    cl_effective_free(r->effective);
    r->effective = NULL;
    cl_capture_fini(&r->capture);
    cl_report_fini(&r->report);
    free(r->denials);
    free(r->audited);
    for (uint32_t i = 0; i < r->n_displays; i++) {
        free(r->displays[i]);
    }
    free(r->displays);
    free(r->display_bytes);
    for (size_t i = 0; i < r->n_files; i++) {
        free(r->files[i].path);
    }
    free(r->files);
    free(r->signature_comment);
    cl_own_close(&r->files_dir_fd);
    cl_workdir_remove(r->work_path);
}

struct cl_denial *
cl_result_add_denial(struct cloche_result *r, const struct cl_denial *denial)
{
    r->n_denied += denial->count;
    for (uint32_t i = 0; i < r->n_denials; i++) {
        struct cl_denial *d = &r->denials[i];
        int is_same_line = d->line == denial->line || denial->line == 0;
        if (is_same_line && d->error == denial->error && d->column == denial->column &&
            strcmp(d->layer, denial->layer) == 0 && strcmp(d->what, denial->what) == 0) {
            d->count++;
            r->last_denied = i;
            return d;
        }
    }
    if (r->n_denials == CL_RESULT_MAX_DENIALS) {
        return NULL;
    }
    r->last_denied = r->n_denials;
    r->denials[r->n_denials] = *denial;
    return &r->denials[r->n_denials++];
}

void
cl_result_show_denials(struct cloche_result *r)
{
    for (uint32_t i = 0; i < r->n_denials; i++) {
        struct cl_denial *d = &r->denials[i];
        d->shown = (struct cloche_denial){
            .layer = d->layer,
            .rule = d->rule,
            .what = d->what,
            .hint = d->hint,
            .line = d->line,
            .column = d->column,
            .count = d->count,
            .rule_id = d->rule_id == NULL ? "" : d->rule_id,
        };
    }
}

void
cl_result_add_audited(struct cloche_result *r, const char *event, const char *what,
                      const char *rule_id, uint32_t line)
{
    struct cl_audited a = {.rule_id = rule_id, .line = line, .count = 1};
    (void)strncpy(a.event, event, sizeof a.event - 1); /* zeroed: terminated */
    (void)strncpy(a.what, what, sizeof a.what - 1);
    for (uint32_t i = 0; i < r->n_audited; i++) {
        struct cl_audited *known = &r->audited[i];
        if (known->line == line && strcmp(known->event, a.event) == 0 &&
            strcmp(known->what, a.what) == 0) {
            known->count++;
            return;
        }
    }
    if (r->n_audited < CL_RESULT_MAX_AUDITED) {
        r->audited[r->n_audited++] = a;
    }
}

void
cl_result_new_id(char out[27])
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char bytes[16] = {0};
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now); /* a valid clock */
    uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / CL_NS_PER_MS;
    for (int i = 0; i < 6; i++) {
        bytes[i] = (unsigned char)(ms >> (8 * (5 - i)));
    }
    /* 10 bytes never block or come short once the kernel has its entropy. */
    if (getrandom(bytes + 6, 10, 0) != 10) {
        memcpy(bytes + 6, &now.tv_nsec, sizeof(long) < 10 ? sizeof(long) : 10);
    }
    /* 130 bits in 26 digits of 5: two zero bits, then the 128. */
    for (int i = 0; i < 26; i++) {
        unsigned v = 0;
        for (int k = 0; k < 5; k++) {
            int bit = i * 5 + k - 2;
            v = v << 1 | (bit >= 0 ? bytes[bit / 8] >> (7 - bit % 8) & 1u : 0);
        }
        out[i] = digits[v];
    }
    out[26] = '\0';
}

/* ---- public ------------------------------------------------------------ */

const char *
cloche_outcome_name(enum cloche_outcome outcome)
{
    static const char *const names[] = {
        [CLOCHE_OUTCOME_OK] = "ok",
        [CLOCHE_OUTCOME_USER_ERROR] = "user_error",
        [CLOCHE_OUTCOME_SYNTAX_ERROR] = "syntax_error",
        [CLOCHE_OUTCOME_DENIED] = "denied",
        [CLOCHE_OUTCOME_CRASHED] = "crashed",
        [CLOCHE_OUTCOME_CPU_LIMIT] = "cpu_limit",
        [CLOCHE_OUTCOME_WALL_LIMIT] = "wall_limit",
        [CLOCHE_OUTCOME_MEMORY_LIMIT] = "memory_limit",
        [CLOCHE_OUTCOME_HEAP_LIMIT] = "heap_limit",
        [CLOCHE_OUTCOME_OUTPUT_LIMIT] = "output_limit",
        [CLOCHE_OUTCOME_RECURSION_LIMIT] = "recursion_limit",
        [CLOCHE_OUTCOME_LOOP_LIMIT] = "loop_limit",
        [CLOCHE_OUTCOME_DISK_LIMIT] = "disk_limit",
        [CLOCHE_OUTCOME_FILE_LIMIT] = "file_limit",
        [CLOCHE_OUTCOME_PROCESS_LIMIT] = "process_limit",
        [CLOCHE_OUTCOME_SOURCE_LIMIT] = "source_limit",
        [CLOCHE_OUTCOME_RESULT_LIMIT] = "result_limit",
        [CLOCHE_OUTCOME_HOST_CALL_LIMIT] = "host_call_limit",
        [CLOCHE_OUTCOME_NETWORK_LIMIT] = "network_limit",
        [CLOCHE_OUTCOME_CANCELLED] = "cancelled",
        [CLOCHE_OUTCOME_WAITING_HOST] = "waiting_host",
        [CLOCHE_OUTCOME_INFRA_ERROR] = "infra_error",
        [CLOCHE_OUTCOME_PROTOCOL] = "protocol",
    };
    return (unsigned)outcome < CL_COUNT(names) ? names[outcome] : "infra_error";
}

enum cloche_outcome
cloche_result_outcome(const struct cloche_result *r)
{
    return r->outcome;
}

int
cloche_result_exit_status(const struct cloche_result *r)
{
    return r->exit_status;
}

int
cloche_result_signal(const struct cloche_result *r)
{
    return r->signal;
}

const char *
cloche_result_reason(const struct cloche_result *r)
{
    return r->reason;
}

const char *
cloche_result_hint(const struct cloche_result *r)
{
    return r->hint;
}

const char *
cloche_result_traceback(const struct cloche_result *r)
{
    return r->report.traceback != NULL ? r->report.traceback : "";
}

const void *
cloche_result_output(const struct cloche_result *r, enum cloche_stream stream, size_t *len)
{
    const struct cl_buf *kept = &r->capture.kept[stream == CLOCHE_STDERR];
    *len = kept->len;
    return kept->len > 0 ? (const void *)kept->data : "";
}

const struct cloche_denial *
cloche_result_denial(const struct cloche_result *r, size_t i)
{
    return i < r->n_denials ? &r->denials[i].shown : NULL;
}

const char *
cloche_result_signature_key(const struct cloche_result *r)
{
    return r->signature_key;
}

const char *
cloche_result_signature_comment(const struct cloche_result *r)
{
    return r->signature_comment != NULL ? r->signature_comment : "";
}

const char *
cloche_result_signature_problem(const struct cloche_result *r)
{
    return r->signature_problem;
}

const char *
cloche_result_value_repr(const struct cloche_result *r)
{
    return r->report.value_repr == NULL ? "" : r->report.value_repr;
}

/* The table of cloche-run(1). */
int
cloche_result_cli_status(const struct cloche_result *r)
{
    switch (r->outcome) {
    case CLOCHE_OUTCOME_OK: return r->exit_status > 0 ? r->exit_status : 0;
    case CLOCHE_OUTCOME_USER_ERROR:
    case CLOCHE_OUTCOME_SYNTAX_ERROR: return 1;
    case CLOCHE_OUTCOME_DENIED: return 3;
    case CLOCHE_OUTCOME_WALL_LIMIT:
    case CLOCHE_OUTCOME_CPU_LIMIT: return 124;
    case CLOCHE_OUTCOME_INFRA_ERROR:
    case CLOCHE_OUTCOME_WAITING_HOST:
    case CLOCHE_OUTCOME_PROTOCOL: return 125;
    case CLOCHE_OUTCOME_CRASHED: return 128 + r->signal;
    case CLOCHE_OUTCOME_CANCELLED: return 130;
    case CLOCHE_OUTCOME_MEMORY_LIMIT:
    case CLOCHE_OUTCOME_HEAP_LIMIT: return 137;
    default: return 4; /* every other limit */
    }
}

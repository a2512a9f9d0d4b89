/* SPDX-License-Identifier: Apache-2.0 */
/* A result while it is made, and as it is handed out. */
#ifndef CL_ENGINE_RESULT_H
#define CL_ENGINE_RESULT_H

#include <stdint.h>

#include <cloche/cloche.h>

#include "base/buf.h"
#include "engine/capture.h"
#include "policy/policy.h"

enum {
    CL_RESULT_MAX_DENIALS = 64,
    CL_RESULT_MAX_DISPLAYS = 256,
    CL_RESULT_MAX_AUDITED = 256
};

struct cl_denial {
    const char *layer; /* static */
    char rule[64];     /* "network.mode"; "" where no key decides */
    char what[200];
    const char *rule_id; /* static; as in a scan, NULL where no rule is about it */
    char hint[240];      /* "" where nothing may allow it */
    int error;           /* errno that the code got */
    uint32_t line;       /* 0: unknown */
    uint32_t column;     /* from 1; 0: unknown */
    uint64_t count;
    struct cloche_denial shown; /* the same, as the public call lends it */
};

/* Something that the policy wants recorded: an import, a process. */
struct cl_audited {
    char event[64];
    char what[200];
    const char *rule_id; /* static; "" where no rule is about it */
    uint32_t line;       /* 0: unknown */
    uint64_t count;
};

struct cl_file {
    char *path; /* relative to /work */
    uint64_t size;
    char sha256[65];
    int is_new;
};

/* The cell's own report, as it came in its RESULT frame; NULL until then. */
struct cl_report {
    uint8_t end; /* enum cl_job_end */
    int exit_status;
    uint32_t hints, hits;
    int oserror;
    uint8_t limit;       /* enum cl_job_limit, of CL_END_LIMIT */
    uint64_t limit_used; /* how much of it, or would have been */
    uint32_t limit_line;
    const unsigned char *value; /* lent from frame; value_bytes 0: did not cross */
    size_t value_bytes;
    char *value_repr;
    const unsigned char *variables;
    size_t variables_bytes;
    uint32_t variables_total;
    int has_error;
    char *error_type, *error_message, *traceback;
    uint32_t error_line, error_column;
    const unsigned char *frames; /* lent: u32 count and rows */
    size_t frames_bytes;
    uint64_t user_ns, system_ns;
    struct cl_stretch *order;
    uint32_t n_order;
    unsigned char *frame; /* owned payload that the above lend from */
};

/* Read a RESULT payload, which is taken over; out owns it. */
CL_MUST_CHECK int cl_report_read(unsigned char *payload, size_t len, struct cl_report *out,
                                 struct cloche_error *err);
void cl_report_fini(struct cl_report *r);

struct cloche_result {
    char run_id[27];
    struct cl_effective *effective; /* owned */
    enum cloche_outcome outcome;
    int exit_status; /* -1: none */
    int signal;
    char reason[400];
    char hint[240];
    struct cl_capture capture;
    struct cl_report report;
    int has_report;

    struct cl_denial *denials; /* CL_RESULT_MAX_DENIALS */
    uint32_t n_denials;
    uint32_t last_denied;       /* the row of the last act */
    uint64_t n_denied;          /* acts in all, also those past the maximum */
    struct cl_audited *audited; /* CL_RESULT_MAX_AUDITED */
    uint32_t n_audited;
    unsigned char **displays; /* DISPLAY payloads */
    uint32_t *display_bytes;
    uint32_t n_displays;
    struct cl_file *files;
    size_t n_files;
    uint64_t files_bytes;    /* of all of them */
    int has_oversized_files; /* more would have come to more than limits.disk */
    int files_dir_fd;        /* the work directory; -1 */
    char *work_path;         /* one that is removed with the result, or NULL */

    /* What was measured; UINT64_MAX: not. */
    uint64_t queue_ns, start_ns, wall_ns, cpu_ns, cpu_user_ns, cpu_system_ns;
    uint64_t memory_peak_bytes, processes_peak, disk_peak_bytes, inodes_peak;
    uint64_t source_bytes, result_bytes;
    uint64_t oom_kills; /* by the cgroup */
    uint32_t hit;       /* 1 << enum cl_limit */

    enum cl_assurance assurance;
    unsigned layers;
    char notes[4][64];

    char signature_key[CL_KEY_ID_TEXT]; /* whose signature was verified; "" if none was */
    char *signature_comment;            /* its trusted comment; NULL if none was */
    char signature_problem[320];        /* why one that was found does not count; "" */
};

CL_MUST_CHECK int cl_result_init(struct cloche_result *r, struct cloche_error *err);
void cl_result_fini(struct cloche_result *r);

/* Note a refused act; equal ones are counted.  Lends the row, or NULL when
 * there is no room (it is counted all the same). */
struct cl_denial *cl_result_add_denial(struct cloche_result *r,
                                       const struct cl_denial *denial);

/* Make the public views, once nothing is added any more. */
void cl_result_show_denials(struct cloche_result *r);

void cl_result_add_audited(struct cloche_result *r, const char *event, const char *what,
                           const char *rule_id, uint32_t line);

/* A new run id: a ULID, 26 characters. */
void cl_result_new_id(char out[27]);

#endif

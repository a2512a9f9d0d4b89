/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy.h - the policy file as values, and the effective policy of a run.
 *
 * A struct cloche_policy is one file's profiles over the built-in ones; it is
 * immutable and reference counted.  A struct cl_effective is what one run is
 * held to: a profile, narrowed by what the request asks.  It is immutable
 * once made, printable, and has an id: equal ids mean equal rules.
 *
 * Pure: text in, values out.  No files but the one that is named to load and
 * the public keys that it names, read then; no knowledge of the kernel.
 */
#ifndef CL_POLICY_POLICY_H
#define CL_POLICY_POLICY_H

#include <stddef.h>
#include <stdint.h>

#include <cloche/cloche.h>

#include "base/error.h"
#include "sign/public_key.h"

enum cl_level {
    CL_LEVEL_RESTRICTED,
    CL_LEVEL_ISOLATED,
    CL_LEVEL_CONTAINER,
    CL_LEVEL_TRUSTED
};

/* Weakest first: the order is the order of `min_assurance`. */
enum cl_assurance {
    CL_ASSURANCE_LANGUAGE,
    CL_ASSURANCE_PROCESS,
    CL_ASSURANCE_NAMESPACE,
    CL_ASSURANCE_CONTAINER,
    CL_ASSURANCE_VM,
};

/* Every number of `limits:`.  Units: nanoseconds for times, bytes for sizes,
 * per cent of one processor for cpu_share, else counts. */
enum cl_limit {
    CL_LIMIT_WALL,
    CL_LIMIT_CPU,
    CL_LIMIT_IDLE,
    CL_LIMIT_MEMORY,
    CL_LIMIT_HEAP,
    CL_LIMIT_OUTPUT,
    CL_LIMIT_RECURSION,
    CL_LIMIT_LOOP_ITERATIONS,
    CL_LIMIT_PROCESSES,
    CL_LIMIT_THREADS,
    CL_LIMIT_OPEN_FILES,
    CL_LIMIT_FILE_SIZE,
    CL_LIMIT_DISK,
    CL_LIMIT_INODES,
    CL_LIMIT_CPU_SHARE,
    CL_LIMIT_SOURCE,
    CL_LIMIT_RESULT,
    CL_LIMIT_HOST_CALLS,
    CL_LIMIT_COUNT
};

#define CL_LIMIT_NONE UINT64_MAX /* no limit was written */

enum cl_limit_kind {
    CL_KIND_TIME,
    CL_KIND_SIZE,
    CL_KIND_COUNT,
    CL_KIND_PERCENT,
    CL_KIND_RATE /* bytes per second: "1MiB/s" */
};

/* One row per enum cl_limit: the names, units and sense of `limits:`. */
struct cl_limit_row {
    const char *key;
    enum cl_limit_kind kind;
    uint64_t min;         /* smaller is an error */
    uint64_t max;         /* larger is an error */
    unsigned levels;      /* bit per enum cl_level at which it may be written */
    unsigned none_levels; /* and at which `none` may be written */
};
extern const struct cl_limit_row cl_limit_rows[CL_LIMIT_COUNT];

/* The limit with this key, or -1. */
int cl_limit_by_key(const char *key);

/* "5s", "64KiB", "50%", "1000", "none". */
enum { CL_LIMIT_TEXT = 40 };
const char *cl_limit_format(enum cl_limit limit, uint64_t value, char out[CL_LIMIT_TEXT]);

enum cl_work { CL_WORK_NONE, CL_WORK_PRIVATE, CL_WORK_WORKSPACE };
enum cl_network {
    CL_NETWORK_NONE,
    CL_NETWORK_SAME_ORIGIN,
    CL_NETWORK_LIST,
    CL_NETWORK_AUDITED
};
enum cl_storage {
    CL_STORAGE_NONE,
    CL_STORAGE_ORIGIN,
    CL_STORAGE_PRINCIPAL,
    CL_STORAGE_SCRIPT
};
enum cl_introspection { CL_INTROSPECTION_NONE, CL_INTROSPECTION_READ };
enum cl_audit_sync { CL_SYNC_GROUP, CL_SYNC_EACH };
enum cl_audit_code { CL_CODE_HASH, CL_CODE_FULL };
enum cl_audit_variables { CL_VARIABLES_NONE, CL_VARIABLES_NAMES, CL_VARIABLES_VALUES };
enum cl_audit_output { CL_OUTPUT_NONE, CL_OUTPUT_FULL };

/* A sorted list of unique strings.  is_all: everything, before any list was
 * written (an allow-list that nobody wrote narrows nothing); count is 0 then. */
struct cl_names {
    char **item; /* sorted, unique, NUL-terminated */
    size_t count;
    int is_all;
};

struct cl_pair {
    char *key;
    char *value;
};

/* Sorted by key. */
struct cl_pairs {
    struct cl_pair *item;
    size_t count;
};

struct cl_module_only {
    char *module;
    struct cl_names functions;
};

struct cl_expose {
    char *name;
    int can_read, can_write, can_call, needs_approval;
    uint64_t calls; /* CL_LIMIT_NONE: as many as limits.host_calls */
};

/* A key whose signatures count. */
struct cl_trusted {
    char *file;               /* as written, normalised; NULL: the key itself was */
    struct cl_public_key key; /* what it is told from others by */
    uint64_t until_s;         /* since 1970, UTC: they do not from then on; CL_LIMIT_NONE */
    unsigned line, column;    /* where it is written; for messages of the reader */
};

/* Sorted by key, each once.  is_all: nobody wrote a list; count is 0 then. */
struct cl_trust {
    struct cl_trusted *item;
    size_t count;
    int is_all;
};

struct cl_rate {
    uint64_t per_minute, per_hour, burst, concurrent; /* CL_LIMIT_NONE where not written */
};

/* Keys that have no sense at the level say what the level does anyway: is_all, no
 * limit, introspection read and dynamic_code 1; or nothing, where they grant. */
struct cl_effective {
    char *profile;
    enum cl_level level;
    enum cl_assurance min_assurance;
    uint64_t limit[CL_LIMIT_COUNT]; /* CL_LIMIT_NONE where there is none */

    struct {
        struct cl_names preload;
        char *packages;      /* a package set's name, or NULL */
        char *packages_path; /* its read-only directory on the host, or NULL while it is
                                unbuilt */
        struct cl_names syntax_deny;
        /* What is denied is not in builtins_allow, unless that is_all. */
        struct cl_names builtins_allow, builtins_deny;
        struct cl_names modules_allow, modules_audit;
        struct cl_module_only *only; /* sorted by module; none is in modules_allow */
        size_t n_only;
        enum cl_introspection introspection;
        int dynamic_code; /* eval, exec, compile at restricted */
    } python;

    struct {
        enum cl_work work;
        struct cl_names read, write; /* absolute, normalised host directories */
    } files;

    struct {
        enum cl_storage scope;
        uint64_t quota_bytes;
    } storage;

    struct {
        enum cl_network mode;
        /* Mode list: what may be reached.  Any mode: whose private addresses may be.
         * "[scheme://]host[:port]", host maybe "*.name", in lower case. */
        struct cl_names allow;
        int private_addresses; /* 1: may be reached without being named */
        uint64_t bandwidth_bytes, bytes, requests; /* CL_LIMIT_NONE: no limit */
    } network;

    struct cl_expose *expose; /* sorted by name */
    size_t n_expose;

    struct cl_names env_pass;
    struct cl_pairs env_set;

    struct {
        int required;
        struct cl_trust keys;
    } signature;

    struct cl_rate rate;
    struct {
        int deny;
        uint64_t kill_after; /* denials in one run; CL_LIMIT_NONE: never */
    } on_violation;

    char id[72];         /* "sha256:" and 64 hex digits, over the canonical JSON */
    unsigned extra_refs; /* by cl_effective_ref; atomic */
};

enum cl_alert_by { CL_BY_ALL, CL_BY_PRINCIPAL, CL_BY_SCRIPT, CL_BY_PROFILE, CL_BY_ORIGIN };

struct cl_alert {
    char *when;         /* as written */
    const char *metric; /* "runs", "denials" or the name of an outcome; static storage */
    uint64_t threshold; /* it fires when there are more than these ... */
    uint64_t window_ns; /* ... in this time */
    enum cl_alert_by by;
    char *notify; /* "log", or a URL */
};

struct cl_package_set {
    char *name;
    struct cl_names allow; /* requirements as PEP 508 writes them */
    char *lock;            /* a file, relative to the policy's; or NULL */
    char *path;            /* an absolute directory that holds the packages; or NULL */
};

/* What a file says beside its profiles. */
struct cl_settings {
    char *default_profile;
    enum cl_assurance min_assurance;
    struct cl_rate principal, global;
    struct {
        enum cl_audit_sync sync;
        enum cl_audit_code code;
        enum cl_audit_variables variables;
        enum cl_audit_output output;
        uint64_t retention_ns; /* CL_LIMIT_NONE: kept for ever */
    } audit;
    struct cl_alert *alerts; /* in the order written */
    size_t n_alerts;
    struct cl_package_set *sets; /* sorted by name */
    size_t n_sets;
};

/* Lent; lives as long as the policy. */
const struct cl_settings *cl_policy_settings(const struct cloche_policy *policy);

/*
 * cl_policy_effective - what a run of this profile is held to.
 *
 * profile   NULL: the policy's default
 * limits    a request's tighter numbers; n of them
 * out       the caller frees it with cl_effective_free
 *
 * Fails with EINPUT (no such profile: the message suggests the nearest; an
 * unknown key, a malformed, negative, zero or senseless value: where has key
 * and expected) or ELIMIT (more than the profile's: both numbers and the key).
 */
int cl_policy_effective(const struct cloche_policy *policy, const char *profile,
                        const struct cloche_limit *limits, size_t n_limits,
                        struct cl_effective **out, struct cloche_where *where,
                        struct cloche_error *err);

/*
 * cl_policy_profile - the same for a bare profile, lent: it lives as long as
 * the policy.  Fails as cl_policy_effective does.
 */
int cl_policy_profile(const struct cloche_policy *policy, const char *profile,
                      const struct cl_effective **out, struct cloche_where *where,
                      struct cloche_error *err);

void cl_effective_free(struct cl_effective *e); /* NULL is fine */

/* Another owner of the same, which also calls cl_effective_free.  Any thread. */
struct cl_effective *cl_effective_ref(struct cl_effective *e);

/* The canonical JSON (sorted keys, no spaces): what the id is over.  Caller frees. */
char *cl_effective_json(const struct cl_effective *e);

/*
 * cl_policy_merge - the narrowest of both: numbers the smaller, lists the
 * intersection, switches the stricter.  Never wider than a or b.  Fails with
 * EINPUT when the levels differ.
 */
int cl_policy_merge(const struct cl_effective *a, const struct cl_effective *b,
                    struct cl_effective **out, struct cloche_error *err);

/* Is a never wider than b in any key?  The first wider key is written to
 * key (may be NULL).  For `policy diff` and the property tests. */
int cl_effective_is_within(const struct cl_effective *a, const struct cl_effective *b,
                           char key[160]);

/* Sentences about an effective policy, for people, to out; the first half of
 * `policy explain` (sandbox/ writes the second: what each layer enforces). */
struct cl_buf;
int cl_effective_describe(const struct cl_effective *e, struct cl_buf *out);

/* The same about what a file says beside its profiles, and as one JSON object. */
int cl_settings_describe(const struct cl_settings *s, struct cl_buf *out);
int cl_settings_json(const struct cl_settings *s, struct cl_buf *out);

/* A trusted key for people: "C714DDD6E8E3E36A (ops.pub, until 2027-01-31)".  A long
 * name of a file is cut.  Returns out. */
enum { CL_TRUSTED_TEXT = 128 };
const char *cl_trusted_show(const struct cl_trusted *key, char out[CL_TRUSTED_TEXT]);

const char *cl_level_name(enum cl_level level);
const char *cl_assurance_name(enum cl_assurance assurance);

#endif

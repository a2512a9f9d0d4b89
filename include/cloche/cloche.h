/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cloche/cloche.h - run Python that you do not trust, each run in a fresh,
 * kernel-isolated process.
 *
 * An engine keeps warm interpreters; a policy says what code may do; a run
 * is one execution of one piece of code; a result says how it ended.
 *
 * Threads: an engine and a policy may be used from any number of threads at
 * once.  A run or a result belongs to one thread at a time; only
 * cloche_run_cancel may be called beside another call.  The library
 * starts one thread of its own per engine, installs no signal handler, never
 * forks in the caller's process (helpers are posix_spawn'ed), and keeps no
 * global state.
 *
 * Processes: an engine has one child, the launcher; everything else is below
 * that.  It is the caller's child too: SIGCHLD is raised when it ends, and
 * waitpid(-1) may reap it, which does no harm.  A child that the caller forks
 * must not use the engine; it may exec, exit, or live on without.
 *
 * All times are nanoseconds, all sizes bytes, all text UTF-8.  Functions
 * fail as cloche/error.h says.  Everything here is since 0.1.
 */
#ifndef CLOCHE_CLOCHE_H
#define CLOCHE_CLOCHE_H

#include <stddef.h>
#include <stdint.h>

#include <cloche/error.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CLOCHE_BUILDING_LIBRARY)
#define CLOCHE_API __attribute__((visibility("default")))
#else
#define CLOCHE_API
#endif

/* The library's version, "0.1.0".  Static storage. */
CLOCHE_API const char *cloche_version(void);

/* ---- policy ------------------------------------------------------------ */

struct cloche_policy; /* immutable once made; reference counted */

/*
 * cloche_policy_load - read a policy file and the built-in profiles.
 *
 * path   the file, or NULL for the built-in profiles alone
 * where  may be NULL; on failure, the place of the error in the file
 *
 * The public keys that it names (signature.keys) are read now, those with a
 * relative name from the directory of path.
 *
 * The caller owns *out and gives it back with cloche_policy_unref.
 * Fails with EINPUT (unreadable or invalid; where is filled) or ESYS.
 */
CLOCHE_API int cloche_policy_load(const char *path, struct cloche_policy **out,
                                  struct cloche_where *where, struct cloche_error *err);

/*
 * cloche_policy_parse - the same from text; name is used in messages only.
 * text is borrowed for the call; len bytes, no NUL needed.  A text is in no
 * directory: key files have absolute names in it, or the keys stand there
 * themselves.
 */
CLOCHE_API int cloche_policy_parse(const char *text, size_t len, const char *name,
                                   struct cloche_policy **out, struct cloche_where *where,
                                   struct cloche_error *err);

CLOCHE_API struct cloche_policy *cloche_policy_ref(struct cloche_policy *policy);
CLOCHE_API void cloche_policy_unref(struct cloche_policy *policy); /* NULL is fine */

/* The profile used when a request names none.  Lent; lives as long as the policy. */
CLOCHE_API const char *cloche_policy_default(const struct cloche_policy *policy);

/* The i-th profile's name in alphabetical order, or NULL past the last.  Lent. */
CLOCHE_API const char *cloche_policy_profile(const struct cloche_policy *policy, size_t i);

enum cloche_explain {
    CLOCHE_EXPLAIN_TEXT, /* sentences for people */
    CLOCHE_EXPLAIN_JSON, /* the effective policy and the plan, one object */
};

/*
 * cloche_policy_explain - what a profile comes to on this host: the
 * effective policy, and what each layer will enforce.
 *
 * The caller frees *out with free().  Fails with EINPUT if there is no such
 * profile (the message suggests one).
 */
CLOCHE_API int cloche_policy_explain(const struct cloche_policy *policy,
                                     const char *profile, enum cloche_explain format,
                                     char **out, struct cloche_error *err);

/*
 * cloche_policy_diff - the differences of two profiles, one line each
 * ("limits.wall: 5s -> 10s  (wider)"), or as a JSON array.  Empty text or
 * [] when they are the same.  The caller frees *out with free().
 */
CLOCHE_API int cloche_policy_diff(const struct cloche_policy *a, const char *profile_a,
                                  const struct cloche_policy *b, const char *profile_b,
                                  enum cloche_explain format, char **out,
                                  struct cloche_error *err);

/* The policy file's JSON Schema (draft 2020-12).  Static storage. */
CLOCHE_API const char *cloche_policy_schema(void);

/* ---- engine ------------------------------------------------------------ */

struct cloche_engine;

/* Set size to sizeof(struct cloche_engine_options) and the rest to 0 for defaults. */
struct cloche_engine_options {
    size_t size;
    const char *helper_dir; /* where cloche-launcher and cloche-zygote are; NULL:
                               $CLOCHE_HELPER_DIR, else as installed */
    const char
        *cgroup_dir; /* a delegated cgroup v2 directory; NULL: $CLOCHE_CGROUP, else found */
    unsigned standby; /* standby cells kept ready per zygote; 0: as demand asks, up to 8 */
    unsigned flags;   /* CLOCHE_ENGINE_* */
};

#define CLOCHE_ENGINE_ONE_SHOT                                                             \
    1u /* one run is to come: keep no standby cells, preload nothing */
#define CLOCHE_ENGINE_WARM                                                                 \
    2u /* cloche_engine_warm will be called: keep `standby` cells always */
#define CLOCHE_ENGINE_ON_DEMAND                                                            \
    4u /* keep no standby cells: each run's is forked for it, from a warm interpreter */

/*
 * cloche_engine_new - start an engine under a policy.
 *
 * options  may be NULL
 * policy   the engine takes its own reference
 *
 * Starts the engine's thread and the launcher; interpreters start on first
 * use.  Blocks until the launcher answers (about a millisecond).  The caller
 * may confine itself afterwards.  Should the launcher or an interpreter die,
 * the runs that it had end with infra_error, and the next run starts it again,
 * which a confined caller must be able to do (else: ESYS, and a new engine).
 * Fails with EHOST (a helper program is missing, or is another), ESYS.
 */
CLOCHE_API int cloche_engine_new(const struct cloche_engine_options *options,
                                 struct cloche_policy *policy, struct cloche_engine **out,
                                 struct cloche_error *err);

/*
 * cloche_engine_free - stop everything the engine started and wait for it.
 *
 * Every run must have been freed before.  NULL is fine.
 */
CLOCHE_API void cloche_engine_free(struct cloche_engine *engine);

/*
 * cloche_engine_warm - have a profile's interpreter and standby cells ready.
 *
 * Blocks until `standby` cells wait (at least one; none with
 * CLOCHE_ENGINE_ON_DEMAND), or fails as cloche_run_start would.  If the
 * interpreter ends meanwhile, as a run it is served by the next one.
 */
CLOCHE_API int cloche_engine_warm(struct cloche_engine *engine, const char *profile,
                                  struct cloche_error *err);

/*
 * cloche_engine_idle_pids - the processes the engine has now: launcher,
 * zygotes, cells.  For monitoring and tests.  Returns how many there are;
 * writes at most max.
 */
CLOCHE_API size_t cloche_engine_pids(struct cloche_engine *engine, int *pids, size_t max);

/* ---- run --------------------------------------------------------------- */

struct cloche_run;
struct cloche_result;

enum cloche_stream { CLOCHE_STDOUT = 1, CLOCHE_STDERR = 2 };

struct cloche_limit {
    const char *key;   /* as in the policy: "wall", "memory", ... */
    const char *value; /* with its unit: "2s", "64MiB", "3" */
};

struct cloche_input_file {
    const char *name; /* relative path in /work; no "..", at most 255 bytes a part */
    const void *data; /* borrowed until cloche_run_start returns */
    size_t len;
};

/* Set size to sizeof(struct cloche_request) and the rest to 0 for defaults. */
struct cloche_request {
    size_t size;
    const char *profile; /* NULL: the policy's default */
    const char *code;    /* Python source: UTF-8, or what its coding cookie says */
    size_t code_len;
    const char *filename;    /* shown in tracebacks, and __file__; NULL: "<string>" */
    const char *const *argv; /* sys.argv[1:]; NULL-terminated; may be NULL */
    const void *stdin_data;  /* given standard input; with stdin_fd -1 */
    size_t stdin_len;
    /* With CLOCHE_RUN_STDIN_FD: read by the library and passed on; duplicated, so that the
     * caller may close its own once the run is started.  Others may read it too: sockets,
     * and pipes and terminals that can be opened anew by /proc, are read without waiting,
     * whatever the descriptor's flags; of what else can make a reader wait, the run must
     * be the only one. */
    int stdin_fd;
    const struct cloche_input_file *files; /* placed in /work before the code starts */
    size_t n_files;
    const struct cloche_limit *limits; /* only ever tighter than the profile's */
    size_t n_limits;
    unsigned flags; /* CLOCHE_RUN_* */

    /*
     * Output as it comes, from the thread that drives the run (the one in
     * cloche_run_wait, else the engine's).  data is borrowed for the call.
     * Must not call back into the same run, but for cloche_run_cancel, and must
     * not be long in the engine's thread: all runs that nobody waits for wait
     * for it, and starting or waiting for a run there is EINPUT.  May be NULL.
     */
    void (*on_output)(void *ctx, enum cloche_stream stream, const void *data, size_t len);
    void *ctx;

    /*
     * A signature of code, byte for byte: the text of a .minisig file, which
     * `cloche sign` and minisign write.  NULL: none.  One that is given is
     * verified by the trusted keys of the profile (signature.keys), whether or
     * not the profile requires one; if it does not hold, nothing is started and
     * the run's outcome is `denied`.
     */
    const char *signature;
    size_t signature_len;
};

#define CLOCHE_RUN_STDIN_FD 1u /* use stdin_fd */
#define CLOCHE_RUN_RESULT_VARIABLE                                                         \
    2u /* value is the variable `result`, not the last expression */
#define CLOCHE_RUN_DISCARD_OUTPUT                                                          \
    4u                         /* do not keep output in the result (it went to on_output) */
#define CLOCHE_RUN_NO_FILES 8u /* do not collect files from /work */
#define CLOCHE_RUN_NO_VALUE 16u /* the last expression's value is not wanted */
#define CLOCHE_RUN_NO_VARIABLES                                                            \
    32u /* nor are the variables that it leaves: a large one takes time to write down */
#define CLOCHE_RUN_SIGNATURE_FOUND                                                         \
    64u /* signature lay beside the code and was not asked for: where the profile requires \
           none, one that does not hold counts as none */
#define CLOCHE_RUN_NO_MEMORY_PEAK                                                          \
    128u /* of a run that ends well the most memory that it had is not asked for: the      \
            kernel takes a while to tell */

/*
 * cloche_run_start - begin a run.
 *
 * All of the request is copied or sent before the call returns.  Blocks while an
 * interpreter or a cell is prepared.  where may be NULL.
 *
 * Code that the profile wants signed and that is not, code that is too large
 * for it and the like are verdicts: the call succeeds, and the run has ended.
 *
 * Fails with EINPUT (no such profile, an unknown or malformed limit, a
 * signature that is none),
 * ELIMIT (more asked than the profile allows; both numbers in the message),
 * EDENIED (the profile needs what this build does not have, by name),
 * EHOST (a layer that the profile needs is missing), ESYS.
 */
CLOCHE_API int cloche_run_start(struct cloche_engine *engine,
                                const struct cloche_request *request,
                                struct cloche_run **out, struct cloche_where *where,
                                struct cloche_error *err);

/*
 * cloche_run_fd - a descriptor that polls readable once the run has ended.
 * Lent: do not read or close it.  The same at each call, from any thread; made at the
 * first: -1 with errno when the process has none left.
 */
CLOCHE_API int cloche_run_fd(struct cloche_run *run);

/*
 * cloche_run_wait - wait until the run has ended, and lend its result.
 *
 * timeout_ns  how long to wait; negative: for as long as it takes
 *
 * Returns 0 and writes *out when it has ended; 1 when the time is over.
 * *out lives as long as the run.
 */
CLOCHE_API int cloche_run_wait(struct cloche_run *run, int64_t timeout_ns,
                               const struct cloche_result **out, struct cloche_error *err);

/*
 * cloche_run - cloche_run_start, and cloche_run_wait until it has ended, in one.
 *
 * out     the run, which the caller frees as ever; NULL on failure.  Set before on_output
 *         is first called, which may hand it to another thread, to be cancelled there
 * result  lent, as by cloche_run_wait
 *
 * Done sooner than the two: nobody else need look after the run meanwhile, and a cell that
 * stands by waits for it on the processor on which this was called last, which a thread
 * gives up for it there (until the run is a millisecond old; the affinity of the thread is
 * not touched).  on_output is called in
 * this thread.  Returns 0, or -1 with the errors of
 * cloche_run_start.
 */
CLOCHE_API int cloche_run(struct cloche_engine *engine,
                          const struct cloche_request *request, struct cloche_run **out,
                          const struct cloche_result **result, struct cloche_where *where,
                          struct cloche_error *err);

/* cloche_run_cancel - end the run with outcome `cancelled`.  Any thread; at any time. */
CLOCHE_API void cloche_run_cancel(struct cloche_run *run);

/* cloche_run_free - forget the run, ending it first if need be.  NULL is fine. */
CLOCHE_API void cloche_run_free(struct cloche_run *run);

/* ---- result ------------------------------------------------------------ */

/* docs/result.schema.json is normative for names and meanings. */
enum cloche_outcome {
    CLOCHE_OUTCOME_OK,
    CLOCHE_OUTCOME_USER_ERROR,
    CLOCHE_OUTCOME_SYNTAX_ERROR,
    CLOCHE_OUTCOME_DENIED,
    CLOCHE_OUTCOME_CRASHED,
    CLOCHE_OUTCOME_CPU_LIMIT,
    CLOCHE_OUTCOME_WALL_LIMIT,
    CLOCHE_OUTCOME_MEMORY_LIMIT,
    CLOCHE_OUTCOME_HEAP_LIMIT,
    CLOCHE_OUTCOME_OUTPUT_LIMIT,
    CLOCHE_OUTCOME_RECURSION_LIMIT,
    CLOCHE_OUTCOME_LOOP_LIMIT,
    CLOCHE_OUTCOME_DISK_LIMIT,
    CLOCHE_OUTCOME_FILE_LIMIT,
    CLOCHE_OUTCOME_PROCESS_LIMIT,
    CLOCHE_OUTCOME_SOURCE_LIMIT,
    CLOCHE_OUTCOME_RESULT_LIMIT,
    CLOCHE_OUTCOME_HOST_CALL_LIMIT,
    CLOCHE_OUTCOME_NETWORK_LIMIT,
    CLOCHE_OUTCOME_CANCELLED,
    CLOCHE_OUTCOME_WAITING_HOST,
    CLOCHE_OUTCOME_INFRA_ERROR,
    CLOCHE_OUTCOME_PROTOCOL,
};

/* "ok", "user_error", ...  Static storage. */
CLOCHE_API const char *cloche_outcome_name(enum cloche_outcome outcome);

CLOCHE_API enum cloche_outcome cloche_result_outcome(const struct cloche_result *result);

/* The code's exit status, or -1 where there was none. */
CLOCHE_API int cloche_result_exit_status(const struct cloche_result *result);

/* The signal of outcome `crashed`, or 0. */
CLOCHE_API int cloche_result_signal(const struct cloche_result *result);

/* What ended the run, in one sentence for people; "" when ok.  Lent. */
CLOCHE_API const char *cloche_result_reason(const struct cloche_result *result);

/* The line of policy that would allow it, or "" where nothing would.  Lent. */
CLOCHE_API const char *cloche_result_hint(const struct cloche_result *result);

/* The traceback as Python would print it, user frames only; "" if none.  Lent. */
CLOCHE_API const char *cloche_result_traceback(const struct cloche_result *result);

/* One thing that was refused, also where the code survived it. */
struct cloche_denial {
    const char *layer;   /* "seccomp", "landlock", ... */
    const char *rule;    /* the policy key that decides it; "" when none does */
    const char *what;    /* "open /etc/shadow"; the code had a hand in this text */
    const char *hint;    /* what to write in the policy; "" where nothing may allow it */
    unsigned line;       /* of the code, from 1; 0 when unknown */
    uint64_t count;      /* how often */
    unsigned column;     /* in characters, from 1; 0 when unknown */
    const char *rule_id; /* as in a scan, "CL2005"; "" where no rule is about it */
};

/* The i-th denial in order of first occurrence, or NULL past the last.  Lent. */
CLOCHE_API const struct cloche_denial *
cloche_result_denial(const struct cloche_result *result, size_t i);

/* The value's repr(), cut where it is long; "" where there is no value.  Lent. */
CLOCHE_API const char *cloche_result_value_repr(const struct cloche_result *result);

/* Kept output of one stream.  Lent; *len is written. */
CLOCHE_API const void *cloche_result_output(const struct cloche_result *result,
                                            enum cloche_stream stream, size_t *len);

/* The whole result as one JSON object without a newline.  The caller frees *out with
 * free(). */
CLOCHE_API int cloche_result_json(const struct cloche_result *result, char **out,
                                  struct cloche_error *err);

/* The id of the trusted key whose signature of the code was verified, 16 hex digits as
 * minisign prints it; "" if none was.  Lent. */
CLOCHE_API const char *cloche_result_signature_key(const struct cloche_result *result);

/* The trusted comment of that signature, or "".  Lent. */
CLOCHE_API const char *cloche_result_signature_comment(const struct cloche_result *result);

/* Why a signature does not count that came with CLOCHE_RUN_SIGNATURE_FOUND, in one
 * sentence for people; "" when it does, and when there is none to say it of.  Lent. */
CLOCHE_API const char *cloche_result_signature_problem(const struct cloche_result *result);

/* How many files the run created or changed in /work. */
CLOCHE_API size_t cloche_result_file_count(const struct cloche_result *result);

/* The i-th file's path in /work and size.  Lent.  NULL past the last. */
CLOCHE_API const char *cloche_result_file_name(const struct cloche_result *result, size_t i,
                                               uint64_t *size);

/* Open the i-th file for reading.  The caller closes *fd. */
CLOCHE_API int cloche_result_file_open(const struct cloche_result *result, size_t i,
                                       int *fd, struct cloche_error *err);

/* The exit status that `cloche run` gives for this result (one table, in cloche-run(1)). */
CLOCHE_API int cloche_result_cli_status(const struct cloche_result *result);

/* ---- scan -------------------------------------------------------------- */

enum cloche_severity {
    CLOCHE_SEVERITY_NOTE = 1, /* worth knowing */
    CLOCHE_SEVERITY_WARNING,  /* worth a look */
    CLOCHE_SEVERITY_ERROR,    /* dangerous, refused, or not Python */
};

/* "note", "warning", "error".  Static storage. */
CLOCHE_API const char *cloche_severity_name(enum cloche_severity severity);

/* What can be found.  Constant, with static storage; an id never changes its meaning. */
struct cloche_rule {
    const char *id;   /* "CL1203" */
    const char *name; /* "shell" */
    enum cloche_severity severity;
    const char *says;   /* the end of a sentence: "runs a line of shell" */
    const char *key;    /* the policy key that it has to do with; "" for none */
    const char *help;   /* what it means, and what to do */
    const char *finds;  /* code in which it is found; "" where that depends on a profile */
    const char *passes; /* code like it in which it is not */
};

/* The i-th rule by id, or NULL past the last. */
CLOCHE_API const struct cloche_rule *cloche_rule(size_t i);

/* All rules as one JSON object.  The caller frees *out with free(). */
CLOCHE_API int cloche_rules_json(char **out, struct cloche_error *err);

/* Set size to sizeof(struct cloche_scan_request) and the rest to 0 for defaults. */
struct cloche_scan_request {
    size_t size;
    const char *profile; /* what it would refuse is found too; NULL: risks alone */
    const char *code;    /* as of a cloche_request */
    size_t code_len;
    const char *filename; /* shown in what is written of it; NULL: "<string>" */
};

struct cloche_scan; /* the findings of one text */

/* All but rule is lent, and lives as long as the scan; the code had a hand in what and
 * message, which are one line of UTF-8 each. */
struct cloche_finding {
    const struct cloche_rule *rule;
    const char *what;        /* the subject: "os.system"; "" where there is none */
    const char *message;     /* a sentence */
    const char *hint;        /* what to write in the policy to allow it; "" for none */
    const char *fingerprint; /* the same for the same finding in another version */
    unsigned line, column;   /* column in characters; from 1; 0: unknown */
    unsigned end_line, end_column; /* the first place after it; 0: unknown */
    int is_refused;                /* 1: the profile that was named refuses it */
};

/*
 * cloche_scan - look at code without running it.
 *
 * It is parsed and walked in a cell of the profile, or of `isolated`, and held to its
 * limits; nothing of it is executed.  Blocks until that has ended.  What is not Python,
 * too large, or not finished is a finding (CL0001 to CL0003), not a failure.
 *
 * What it sees is what the text says: names, calls and constants, through imports,
 * aliases and simple assignments.  Code that hides what it does is not seen through.
 *
 * The caller frees *out with cloche_scan_free.  Fails as cloche_run_start does.
 */
CLOCHE_API int cloche_scan(struct cloche_engine *engine,
                           const struct cloche_scan_request *request,
                           struct cloche_scan **out, struct cloche_where *where,
                           struct cloche_error *err);

/* How many findings, and the i-th in the order of their places (NULL past the last). */
CLOCHE_API size_t cloche_scan_count(const struct cloche_scan *scan);
CLOCHE_API const struct cloche_finding *cloche_scan_finding(const struct cloche_scan *scan,
                                                            size_t i);

/*
 * The findings of n texts as one JSON object by docs/scan.schema.json, or as one SARIF
 * 2.1.0 log, without a newline.  The caller frees *out with free().
 */
CLOCHE_API int cloche_scan_json(const struct cloche_scan *const *scans, size_t n,
                                char **out, struct cloche_error *err);
CLOCHE_API int cloche_scan_sarif(const struct cloche_scan *const *scans, size_t n,
                                 char **out, struct cloche_error *err);

CLOCHE_API void cloche_scan_free(struct cloche_scan *scan); /* NULL is fine */

/* ---- host -------------------------------------------------------------- */

/* One facility of the host, tried for real. */
struct cloche_facility {
    const char *name;      /* "user-namespaces" */
    int available;         /* 1, 0, or -1: could not be tried */
    const char *detail;    /* what was seen: "ABI 7", "EPERM"; may be "" */
    const char *needed_by; /* "levels restricted, isolated" */
    const char *remedy;    /* what to do when it is missing; "" when available */
};

struct cloche_host;

/*
 * cloche_host_probe - try what this host can enforce.
 *
 * policy   whose default profile is tried last, with a real run
 * options  as for cloche_engine_new; may be NULL
 *
 * Takes up to a second; starts and ends helper processes.
 */
CLOCHE_API int cloche_host_probe(const struct cloche_engine_options *options,
                                 struct cloche_policy *policy, struct cloche_host **out,
                                 struct cloche_error *err);
CLOCHE_API size_t cloche_host_count(const struct cloche_host *host);
CLOCHE_API const struct cloche_facility *
cloche_host_facility(const struct cloche_host *host, size_t i); /* lent */
CLOCHE_API int
cloche_host_can_run(const struct cloche_host *host); /* the default profile can run */
CLOCHE_API void cloche_host_free(struct cloche_host *host);

#ifdef __cplusplus
}
#endif
#endif

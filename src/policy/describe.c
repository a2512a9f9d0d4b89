/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An effective policy as sentences for people, a subject a line.  The order
 * is a reader's: who, how long, how much, what of Python, what of the host.
 */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/own.h"
#include "policy/limit.h"
#include "policy/policy.h"

/* Every append's result is the buffer's has_failed: the public functions look. */
#define SAY(out, ...) ((void)cl_buf_printf((out), __VA_ARGS__))

/* A limit's value; NUMBERS of them may stand in one sentence. */
enum { NUMBERS = 6 };
struct shown {
    char text[NUMBERS][CL_LIMIT_TEXT];
};

static const char *
limit(const struct cl_effective *e, enum cl_limit which, struct shown *s, size_t i)
{
    return e->limit[which] != CL_LIMIT_NONE
               ? cl_limit_format(which, e->limit[which], s->text[i])
               : "unlimited";
}

static int
has(const struct cl_effective *e, enum cl_limit which)
{
    return e->limit[which] != CL_LIMIT_NONE;
}

/* "a, b and c" */
static void
say_list(struct cl_buf *out, const struct cl_names *n)
{
    for (size_t i = 0; i < n->count; i++) {
        SAY(out, "%s%s", i == 0 ? "" : i + 1 == n->count ? " and " : ", ", n->item[i]);
    }
}

/* "Label: a, b and c.", or nothing for an empty list. */
static void
say_names(struct cl_buf *out, const char *label, const struct cl_names *n)
{
    if (n->count > 0) {
        SAY(out, "%s ", label);
        say_list(out, n);
        SAY(out, ".\n");
    }
}

static void
say_level(struct cl_buf *out, const struct cl_effective *e)
{
    static const char *const what[] = {
        "a safe subset of Python, in a process of its own that the kernel confines",
        "all of Python, in a process of its own that the kernel confines",
        "an image of its own, under a container runtime",
        "the host's Python, held to directories, resources and time",
    };
    SAY(out, "Profile '%s' runs code at level %s: %s.\n", e->profile,
        cl_level_name(e->level), what[e->level]);
    SAY(out, "A host that cannot give assurance '%s' refuses the run.\n",
        cl_assurance_name(e->min_assurance));
}

static void
say_time(struct cl_buf *out, const struct cl_effective *e)
{
    struct shown s;
    if (has(e, CL_LIMIT_WALL)) {
        SAY(out, "Time: it ends after %s", limit(e, CL_LIMIT_WALL, &s, 0));
    } else {
        SAY(out, "Time: it may run for ever");
    }
    if (has(e, CL_LIMIT_CPU)) {
        SAY(out, ", or %s of processor time", limit(e, CL_LIMIT_CPU, &s, 1));
    }
    if (has(e, CL_LIMIT_CPU_SHARE)) {
        SAY(out, ", at %s of one processor", limit(e, CL_LIMIT_CPU_SHARE, &s, 2));
    }
    if (has(e, CL_LIMIT_IDLE)) {
        SAY(out, "; a session ends after %s without work", limit(e, CL_LIMIT_IDLE, &s, 3));
    }
    SAY(out, ".\n");
}

static void
say_memory(struct cl_buf *out, const struct cl_effective *e)
{
    struct shown s;
    SAY(out, "Memory: %s for the whole process tree", limit(e, CL_LIMIT_MEMORY, &s, 0));
    if (has(e, CL_LIMIT_HEAP)) {
        SAY(out, ", %s for Python's objects", limit(e, CL_LIMIT_HEAP, &s, 1));
    }
    /* Nothing of that level starts a thread, whatever its limit. */
    const char *threads =
        e->level == CL_LEVEL_RESTRICTED ? "no" : limit(e, CL_LIMIT_THREADS, &s, 3);
    SAY(out, ".\nProcesses: %s beyond the first, %s threads, %s open files.\n",
        limit(e, CL_LIMIT_PROCESSES, &s, 2), threads, limit(e, CL_LIMIT_OPEN_FILES, &s, 4));
}

static void
say_sizes(struct cl_buf *out, const struct cl_effective *e)
{
    struct shown s;
    SAY(out, "Sizes: source %s, output %s, result %s.\n", limit(e, CL_LIMIT_SOURCE, &s, 0),
        limit(e, CL_LIMIT_OUTPUT, &s, 1), limit(e, CL_LIMIT_RESULT, &s, 2));
    if (has(e, CL_LIMIT_RECURSION)) {
        SAY(out, "Recursion: %s calls deep.\n", limit(e, CL_LIMIT_RECURSION, &s, 3));
    }
    if (has(e, CL_LIMIT_LOOP_ITERATIONS)) {
        SAY(out, "Loops: %s rounds, all loops of a run together.\n",
            limit(e, CL_LIMIT_LOOP_ITERATIONS, &s, 4));
    }
}

static void
say_files(struct cl_buf *out, const struct cl_effective *e)
{
    struct shown s;
    static const char *const works[] = {
        "is not there",
        "is private and empty, and gone afterwards",
        "is the caller's workspace",
    };
    /* Where the root is the host's, there is no other place for it. */
    const char *work =
        e->level == CL_LEVEL_TRUSTED && e->files.work == CL_WORK_PRIVATE ? "/tmp" : "/work";
    SAY(out, "Files: %s %s; %s in all, %s a file, %s names.\n", work, works[e->files.work],
        limit(e, CL_LIMIT_DISK, &s, 0), limit(e, CL_LIMIT_FILE_SIZE, &s, 1),
        limit(e, CL_LIMIT_INODES, &s, 2));
    say_names(out, "It may read", &e->files.read);
    say_names(out, "It may write", &e->files.write);
    if (e->storage.scope != CL_STORAGE_NONE) {
        static const char *const scopes[] = {"", "origin", "principal", "script"};
        SAY(out, "Storage: a store for each %s, of %s.\n", scopes[e->storage.scope],
            cl_limit_format(CL_LIMIT_DISK, e->storage.quota_bytes, s.text[3]));
    }
}

static void
say_network(struct cl_buf *out, const struct cl_effective *e)
{
    static const char *const modes[] = {
        "none",
        "the origin of the page, and others as they allow it (CORS)",
        "the hosts of its list and no other",
        "any host; every connection is recorded",
    };
    struct shown s;
    SAY(out, "Network: %s.\n", modes[e->network.mode]);
    if (e->network.mode == CL_NETWORK_NONE) {
        return;
    }
    say_names(out, e->network.mode == CL_NETWORK_LIST ? "Hosts:" : "Private hosts named:",
              &e->network.allow);
    SAY(out, "Private addresses (loopback, local networks, metadata) %s.\n",
        e->network.private_addresses ? "may be reached"
                                     : "may not be reached unless they are named");
    if (e->network.bytes != CL_LIMIT_NONE) {
        SAY(out, "It may transfer %s.\n",
            cl_limit_format(CL_LIMIT_DISK, e->network.bytes, s.text[0]));
    }
    if (e->network.bandwidth_bytes != CL_LIMIT_NONE) {
        SAY(out, "Its bandwidth is %s a second.\n",
            cl_limit_format(CL_LIMIT_DISK, e->network.bandwidth_bytes, s.text[1]));
    }
    if (e->network.requests != CL_LIMIT_NONE) {
        SAY(out, "It may make %" PRIu64 " requests.\n", e->network.requests);
    }
}

static void
say_language(struct cl_buf *out, const struct cl_effective *e)
{
    if (e->level != CL_LEVEL_RESTRICTED) {
        return;
    }
    if (e->python.modules_allow.count == 0 && e->python.n_only == 0) {
        SAY(out, "Modules: none may be imported.\n");
    }
    say_names(out, "Modules:", &e->python.modules_allow);
    for (size_t i = 0; i < e->python.n_only; i++) {
        SAY(out, "Of module %s only: ", e->python.only[i].module);
        say_list(out, &e->python.only[i].functions);
        SAY(out, ".\n");
    }
    if (e->python.builtins_allow.is_all) {
        SAY(out, "Built-ins: all that are safe.\n");
    } else if (e->python.builtins_allow.count == 0) {
        SAY(out, "Built-ins: none.\n");
    }
    say_names(out, "Built-ins:", &e->python.builtins_allow);
    say_names(out, "Built-ins denied:", &e->python.builtins_deny);
    say_names(out, "Syntax denied:", &e->python.syntax_deny);
    SAY(out, "Reflection: %s.  eval, exec and compile: %s.\n",
        e->python.introspection == CL_INTROSPECTION_READ ? "reading only" : "none",
        e->python.dynamic_code ? "through the same checks" : "none");
}

static void
say_python(struct cl_buf *out, const struct cl_effective *e)
{
    say_language(out, e);
    say_names(out, "Imported in advance:", &e->python.preload);
    say_names(out, "Imports recorded:", &e->python.modules_audit);
    if (e->python.packages != NULL) {
        SAY(out, "Packages: the set '%s'%s%s.\n", e->python.packages,
            e->python.packages_path ? " in " : ", which is not built yet",
            e->python.packages_path ? e->python.packages_path : "");
    }
}

static void
say_host(struct cl_buf *out, const struct cl_effective *e)
{
    struct shown s;
    for (size_t i = 0; i < e->n_expose; i++) {
        const struct cl_expose *x = &e->expose[i];
        SAY(out, "Host object %s:%s%s%s", x->name, x->can_read ? " read" : "",
            x->can_write ? " write" : "", x->can_call ? " call" : "");
        if (x->calls != CL_LIMIT_NONE) {
            SAY(out, " (at most %" PRIu64 " times)", x->calls);
        }
        SAY(out, "%s.\n", x->needs_approval ? ", after approval each time" : "");
    }
    if (e->n_expose > 0 && has(e, CL_LIMIT_HOST_CALLS)) {
        SAY(out, "Host calls: %s in all.\n", limit(e, CL_LIMIT_HOST_CALLS, &s, 0));
    }
    say_names(out, "Environment passed on:", &e->env_pass);
    for (size_t i = 0; i < e->env_set.count; i++) {
        SAY(out, "Environment: %s=%s.\n", e->env_set.item[i].key, e->env_set.item[i].value);
    }
}

/* "60 a minute, 10 at once"; nothing where nothing is limited. */
static void
say_rate(struct cl_buf *out, const char *label, const struct cl_rate *r)
{
    const struct {
        uint64_t value;
        const char *what;
    } row[] = {{r->per_minute, "runs a minute"},
               {r->per_hour, "runs an hour"},
               {r->burst, "runs in a burst"},
               {r->concurrent, "runs at the same time"}};
    const char *before = label;
    for (size_t i = 0; i < CL_COUNT(row); i++) {
        if (row[i].value != CL_LIMIT_NONE) {
            SAY(out, "%s %" PRIu64 " %s", before, row[i].value, row[i].what);
            before = ",";
        }
    }
    SAY(out, "%s", before != label ? ".\n" : "");
}

static void
say_signature(struct cl_buf *out, const struct cl_effective *e)
{
    const struct cl_trust *t = &e->signature.keys;
    char text[CL_TRUSTED_TEXT];
    if (t->count == 0) {
        SAY(out, "%s",
            e->signature.required ? "No code runs: it must be signed, and no "
                                    "key is trusted.\n"
                                  : "");
        return;
    }
    SAY(out, "%s ",
        e->signature.required
            ? "Only code signed by one of these keys runs:"
            : "Code need not be signed; a signature counts by one of these keys:");
    for (size_t i = 0; i < t->count; i++) {
        SAY(out, "%s%s",
            i == 0              ? ""
            : i + 1 == t->count ? " and "
                                : ", ",
            cl_trusted_show(&t->item[i], text));
    }
    SAY(out, ".\n");
}

static void
say_order(struct cl_buf *out, const struct cl_effective *e)
{
    say_signature(out, e);
    say_rate(out, "Rate for each user:", &e->rate);
    SAY(out, "Violations: an act outside the policy is %s",
        e->on_violation.deny ? "refused" : "recorded and not refused");
    if (e->on_violation.kill_after != CL_LIMIT_NONE) {
        SAY(out, "; after %" PRIu64 " the run is ended", e->on_violation.kill_after);
    }
    SAY(out, ".\n");
}

int
cl_effective_describe(const struct cl_effective *e, struct cl_buf *out)
{
    say_level(out, e);
    say_time(out, e);
    say_memory(out, e);
    say_sizes(out, e);
    say_files(out, e);
    say_network(out, e);
    say_python(out, e);
    say_host(out, e);
    say_order(out, e);
    SAY(out, "Policy id: %s.\n", e->id);
    return out->has_failed ? -1 : 0;
}

static void
say_sets(struct cl_buf *out, const struct cl_settings *s)
{
    for (size_t i = 0; i < s->n_sets; i++) {
        const struct cl_package_set *set = &s->sets[i];
        SAY(out, "Package set '%s'", set->name);
        if (set->allow.count > 0) {
            SAY(out, ": ");
            say_list(out, &set->allow);
        }
        SAY(out, "%s%s%s%s.\n", set->lock ? "; locked by " : "", set->lock ? set->lock : "",
            set->path ? "; in " : "", set->path ? set->path : "");
    }
}

int
cl_settings_describe(const struct cl_settings *s, struct cl_buf *out)
{
    static const char *const codes[] = {"by hash", "in full"};
    static const char *const variables[] = {"no variables", "variables' names",
                                            "variables with values"};
    struct shown t;
    SAY(out, "Profile used when none is named: '%s'.\n", s->default_profile);
    say_rate(out, "Rate for each user, all profiles together:", &s->principal);
    say_rate(out, "Rate for all users together:", &s->global);
    SAY(out, "Record: code %s, %s, %s, each made durable %s; kept %s.\n",
        codes[s->audit.code], variables[s->audit.variables],
        s->audit.output == CL_OUTPUT_FULL ? "output" : "no output",
        s->audit.sync == CL_SYNC_EACH ? "at once" : "in groups",
        s->audit.retention_ns == CL_LIMIT_NONE
            ? "for ever"
            : cl_limit_format(CL_LIMIT_WALL, s->audit.retention_ns, t.text[0]));
    for (size_t i = 0; i < s->n_alerts; i++) {
        SAY(out, "Alert: %s goes to %s.\n", s->alerts[i].when, s->alerts[i].notify);
    }
    say_sets(out, s);
    return out->has_failed ? -1 : 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random profiles as text, always valid, from a seed.  Words come from small
 * pools, so that two profiles have much in common.  Written without the
 * tables of the code it tests.
 */
#ifndef CL_TEST_POLICY_RANDOM_H
#define CL_TEST_POLICY_RANDOM_H

#include <stdint.h>

#include "base/buf.h"
#include "policy/keys.h"

struct random {
    uint64_t state;
};

/* xorshift64*: the same numbers on every machine. */
static inline unsigned
random_below(struct random *r, unsigned n)
{
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return (unsigned)((r->state * 2685821657736338717ull) >> 33) % n;
}

static inline int
random_chance(struct random *r, unsigned percent)
{
    return random_below(r, 100) < percent;
}

static inline const char *
random_word(struct random *r, const char *const *pool, unsigned n)
{
    return pool[random_below(r, n)];
}

/* [a, b]; never empty when least is 1. */
static inline void
random_list(struct random *r, struct cl_buf *out, const char *const *pool, unsigned n,
            unsigned least)
{
    unsigned count = least + random_below(r, 5);
    (void)cl_buf_add_str(out, "["); /* all of these: the end looks at has_failed */
    for (unsigned i = 0; i < count; i++) {
        (void)cl_buf_printf(out, "%s\"%s\"", i ? ", " : "", random_word(r, pool, n));
    }
    (void)cl_buf_add_str(out, "]");
}

/* Each key at most once, some until a day. */
static inline void
random_keys(struct random *r, struct cl_buf *out)
{
    static const char *const pool[] = {KEY_1, KEY_2, KEY_3};
    static const char *const until[] = {"", ", until: 2027-01-31",
                                        ", until: \"2026-01-31T12:00:00+01:00\""};
    unsigned which = 1 + random_below(r, 7);
    const char *comma = "";
    (void)cl_buf_add_str(out, "["); /* as above */
    for (unsigned i = 0; i < 3; i++) {
        if (which >> i & 1) {
            (void)cl_buf_printf(out, "%s{key: %s%s}", comma, pool[i],
                                until[random_below(r, 3)]);
            comma = ", ";
        }
    }
    (void)cl_buf_add_str(out, "]");
}

#define WORDS(...)                                                                         \
    (const char *const[]){__VA_ARGS__},                                                    \
        (unsigned)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))
#define MAYBE(r) if (random_chance((r), 50))
#define ADD(...) ((void)cl_buf_printf(out, __VA_ARGS__))

static inline void
random_limits(struct random *r, struct cl_buf *out, int is_restricted)
{
    static const char *const times[] = {"wall", "cpu", "idle"};
    static const char *const sizes[] = {"memory", "output", "file_size",
                                        "disk",   "source", "result"};
    static const char *const counts[] = {"recursion",  "processes", "threads",
                                         "open_files", "inodes",    "host_calls"};
    ADD("limits: {heap: %s", random_word(r, WORDS("none", "1MiB", "32MiB")));
    for (unsigned i = 0; i < 3; i++) {
        MAYBE(r) ADD(", %s: %us", times[i], 1 + random_below(r, 20));
    }
    for (unsigned i = 0; i < 6; i++) {
        MAYBE(r) ADD(", %s: %uMiB", sizes[i], 1 + random_below(r, 40));
    }
    for (unsigned i = 0; i < 6; i++) {
        MAYBE(r) ADD(", %s: %u", counts[i], 10 + random_below(r, 20));
    }
    MAYBE(r) ADD(", cpu_share: %s", random_word(r, WORDS("none", "50%", "200%")));
    if (is_restricted && random_chance(r, 50)) {
        ADD(", loop_iterations: %s", random_word(r, WORDS("none", "10", "1_000")));
    }
    ADD("}, ");
}

#define MODULES "json", "math", "re", "collections.abc", "operator", "traceback", "abc"

static inline void
random_python(struct random *r, struct cl_buf *out, int is_restricted)
{
    ADD("python: {preload: ");
    random_list(r, out, WORDS(MODULES), 0);
    MAYBE(r) ADD(", packages: %s", random_word(r, WORDS("one", "two", "three")));
    if (!is_restricted) {
        ADD("}, ");
        return;
    }
    MAYBE(r)
    {
        ADD(", syntax: {deny: ");
        random_list(r, out, WORDS("Await", "Yield", "Lambda", "While"), 0);
        ADD("}");
    }
    ADD(", builtins: {deny: ");
    random_list(r, out, WORDS("print", "len", "abs", "input"), 0);
    MAYBE(r)
    {
        ADD(", allow: ");
        random_list(r, out, WORDS("print", "len", "abs", "input", "set"), 0);
    }
    ADD("}, modules: {audit: ");
    random_list(r, out, WORDS("ctypes", "socket"), 0);
    MAYBE(r)
    {
        ADD(", allow: ");
        random_list(r, out, WORDS(MODULES), 0);
    }
    MAYBE(r)
    {
        ADD(", only: {math: ");
        random_list(r, out, WORDS("sqrt", "sin", "cos"), 1);
        MAYBE(r)
        {
            ADD(", operator: ");
            random_list(r, out, WORDS("add", "mul"), 1);
        }
        ADD("}");
    }
    ADD("}, introspection: %s, dynamic_code: %s}, ", random_word(r, WORDS("none", "read")),
        random_word(r, WORDS("true", "false")));
}

#define DIRS "/srv", "/srv/a", "/srv/a/b", "/srv/b", "/opt/x", "/opt", "/opt/xy"
#define HOSTS                                                                              \
    "a.example", "*.example", "https://a.example", "a.example:443", "*.b.example",         \
        "c.b.example:8080", "http://10.0.0.1", "10.0.0.1", "[::1]:80", "https://*.example"

static inline void
random_host_keys(struct random *r, struct cl_buf *out, int is_trusted)
{
    ADD("files: {work: %s, read: ", random_word(r, WORDS("none", "private", "workspace")));
    random_list(r, out, WORDS(DIRS), 0);
    if (is_trusted) {
        ADD(", write: ");
        random_list(r, out, WORDS(DIRS), 0);
    }
    ADD("}, storage: {scope: %s, quota: %uMiB}, ",
        random_word(r, WORDS("none", "origin", "principal", "script")),
        1 + random_below(r, 9));
    unsigned mode = random_below(r, is_trusted ? 4 : 3);
    int is_open = random_chance(r, 30);
    static const char *const modes[] = {"none", "same-origin", "list", "audited"};
    ADD("network: {mode: %s", modes[mode]);
    ADD(", private_addresses: %s", is_open ? "allow" : "deny");
    if (mode == 0 || mode == 2 || !is_open) {
        ADD(", allow: ");
        random_list(r, out, WORDS(HOSTS), 0);
    }
    MAYBE(r) ADD(", bandwidth: %uMiB/s", 1 + random_below(r, 9));
    MAYBE(r) ADD(", bytes: %uKB", random_below(r, 9));
    MAYBE(r) ADD(", requests: %u", random_below(r, 9));
    ADD("}, ");
}

static inline void
random_expose(struct random *r, struct cl_buf *out)
{
    static const char *const names[] = {"a.b", "c", "d_e.f"};
    const char *joint = "";
    ADD("host: {expose: {");
    for (unsigned i = 0; i < 3; i++) {
        MAYBE(r)
        {
            ADD("%s%s: ", joint, names[i]);
            joint = ", ";
            if (random_chance(r, 30)) {
                ADD("%s", random_word(r, WORDS("read", "write", "call")));
                continue;
            }
            int can_call = random_chance(r, 60);
            ADD("{read: %s, call: %s, approve: %s", can_call ? "false" : "true",
                can_call ? "true" : "false", random_word(r, WORDS("true", "false")));
            MAYBE(r) ADD(", write: true");
            if (can_call && random_chance(r, 50)) {
                ADD(", calls: %u", 1 + random_below(r, 5));
            }
            ADD("}");
        }
    }
    ADD("}}, ");
}

/* The body of one profile, in braces. */
static inline void
random_profile(struct random *r, struct cl_buf *out, const char *level)
{
    int is_restricted = level[0] == 'r';
    int is_trusted = level[0] == 't';
    ADD("{");
    random_limits(r, out, is_restricted);
    random_python(r, out, is_restricted);
    random_host_keys(r, out, is_trusted);
    random_expose(r, out);
    ADD("env: {pass: ");
    random_list(r, out, WORDS("LANG", "TZ", "HOME"), 0);
    ADD(", set: {A: %s", random_word(r, WORDS("x", "\"\"", "\"y\\nz\"")));
    MAYBE(r) ADD(", B: 1");
    ADD("}}, signature: {keys: ");
    random_keys(r, out);
    ADD(", required: %s}, ", random_word(r, WORDS("true", "false")));
    MAYBE(r)
    ADD("rate_limit: {per_minute: %u, burst: %u}, ", 1 + random_below(r, 9),
        1 + random_below(r, 9));
    ADD("on_violation: {deny: true, kill_after: %u}, level: %s}", 1 + random_below(r, 9),
        level);
}

#undef ADD
#undef MAYBE
#undef WORDS

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The table of profile keys.  Pure data. */
#include "policy/field.h"

#include <string.h>

#include "policy/limit.h"

#define AT(member) offsetof(struct cl_effective, member)
#define MIB (1ull << 20)
#define TIB (1ull << 40)

_Static_assert(sizeof(enum cl_level) == sizeof(unsigned), "enums are read as unsigned");
_Static_assert(sizeof(int) == sizeof(unsigned), "and so are switches");

const char *const cl_field_assurances[] = {"language",  "process", "namespace",
                                           "container", "vm",      NULL};
static const char *const levels[] = {"restricted", "isolated", "container", "trusted",
                                     NULL};
static const char *const works[] = {"none", "private", "workspace", NULL};
static const char *const modes[] = {"none", "same-origin", "list", "audited", NULL};
static const char *const scopes[] = {"none", "origin", "principal", "script", NULL};
static const char *const reflections[] = {"none", "read", NULL};
static const char *const switches[] = {"deny", "allow", NULL};

/* none at any level: a rate that nobody wrote limits nothing. */
#define ROW(name, kind, least, most)                                                       \
    {                                                                                      \
        name, kind, least, most, CL_AT_ALL, CL_AT_ALL                                      \
    }
static const struct cl_limit_row bandwidth = ROW("bandwidth", CL_KIND_RATE, 1, TIB);
static const struct cl_limit_row bytes = ROW("bytes", CL_KIND_SIZE, 0, 64 * TIB);
static const struct cl_limit_row requests = ROW("requests", CL_KIND_COUNT, 0, INT64_MAX);
static const struct cl_limit_row deaths = ROW("kill_after", CL_KIND_COUNT, 1, INT64_MAX);
static const struct cl_limit_row rate = ROW("rate", CL_KIND_COUNT, 1, INT64_MAX);
static const struct cl_limit_row quota = {"quota", CL_KIND_SIZE, 1, TIB, CL_AT_ALL, 0};

/* clang-format off: a table is read by its columns */
#define ROW_OF(name, type, how, member, at)                                                \
    .key = (name), .kind = CL_FIELD_##type, .narrow = CL_NARROW_##how,                     \
    .offset = offsetof(struct cl_effective, member), .levels = CL_AT_##at
#define CL_AT_WHERE_ITS_NUMBER_SAYS 0
#define LIMIT(name, which)                                                                 \
    {                                                                                      \
        ROW_OF("limits." name, NUMBER, LESS, limit[CL_LIMIT_##which],                      \
               WHERE_ITS_NUMBER_SAYS),                                                     \
            .number = &cl_limit_rows[CL_LIMIT_##which]                                     \
    }
#define NUMBER(name, member, at, row)                                                      \
    {                                                                                      \
        ROW_OF(name, NUMBER, LESS, member, at), .number = &(row)                           \
    }
#define ENUM(name, how, member, at, words)                                                 \
    {                                                                                      \
        ROW_OF(name, ENUM, how, member, at), .names = (words)                              \
    }
#define BOOL(name, how, member, at)                                                        \
    {                                                                                      \
        ROW_OF(name, BOOL, how, member, at)                                                \
    }
#define NAMES(name, how, member, at, what)                                                 \
    {                                                                                      \
        ROW_OF(name, NAMES, how, member, at), .item = CL_ITEM_##what                       \
    }
#define TEXT(name, member, at, what)                                                       \
    {                                                                                      \
        ROW_OF(name, TEXT, EQUAL, member, at), .item = CL_ITEM_##what                      \
    }
#define OTHER(name, type, member, at)                                                      \
    {                                                                                      \
        ROW_OF(name, type, LESS, member, at)                                               \
    }
#define DERIVED(...)                                                                       \
    {                                                                                      \
        __VA_ARGS__, .is_derived = 1                                                       \
    }

const struct cl_field cl_fields[CL_FIELD_COUNT] = {
    NAMES("env.pass", LESS, env_pass, ALL, ENV),
    OTHER("env.set", PAIRS, env_set, ALL),
    NAMES("files.read", LESS, files.read, ALL, DIR),
    ENUM("files.work", LESS, files.work, ALL, works),
    NAMES("files.write", LESS, files.write, TRUSTED, DIR),
    OTHER("host.expose", EXPOSE, expose, PYTHON),
    ENUM("level", EQUAL, level, ALL, levels),
    LIMIT("cpu", CPU),
    LIMIT("cpu_share", CPU_SHARE),
    LIMIT("disk", DISK),
    LIMIT("file_size", FILE_SIZE),
    LIMIT("heap", HEAP),
    LIMIT("host_calls", HOST_CALLS),
    LIMIT("idle", IDLE),
    LIMIT("inodes", INODES),
    LIMIT("loop_iterations", LOOP_ITERATIONS),
    LIMIT("memory", MEMORY),
    LIMIT("open_files", OPEN_FILES),
    LIMIT("output", OUTPUT),
    LIMIT("processes", PROCESSES),
    LIMIT("recursion", RECURSION),
    LIMIT("result", RESULT),
    LIMIT("source", SOURCE),
    LIMIT("threads", THREADS),
    LIMIT("wall", WALL),
    DERIVED(ROW_OF("min_assurance", ENUM, MORE, min_assurance, ALL),
            .names = cl_field_assurances),
    NAMES("network.allow", LESS, network.allow, ALL, HOST),
    NUMBER("network.bandwidth", network.bandwidth_bytes, ALL, bandwidth),
    NUMBER("network.bytes", network.bytes, ALL, bytes),
    ENUM("network.mode", MODES, network.mode, ALL, modes),
    ENUM("network.private_addresses", LESS, network.private_addresses, ALL, switches),
    NUMBER("network.requests", network.requests, ALL, requests),
    BOOL("on_violation.deny", MORE, on_violation.deny, ALL),
    NUMBER("on_violation.kill_after", on_violation.kill_after, ALL, deaths),
    NAMES("python.builtins.allow", LESS, python.builtins_allow, RESTRICTED, BUILTIN),
    NAMES("python.builtins.deny", MORE, python.builtins_deny, RESTRICTED, BUILTIN),
    BOOL("python.dynamic_code", LESS, python.dynamic_code, RESTRICTED),
    ENUM("python.introspection", LESS, python.introspection, RESTRICTED, reflections),
    NAMES("python.modules.allow", LESS, python.modules_allow, RESTRICTED, OFFERED),
    NAMES("python.modules.audit", MORE, python.modules_audit, PYTHON, MODULE),
    OTHER("python.modules.only", ONLY, python.only, RESTRICTED),
    TEXT("python.packages", python.packages, PYTHON, PROFILE),
    DERIVED(ROW_OF("python.packages_path", TEXT, EQUAL, python.packages_path, PYTHON)),
    NAMES("python.preload", LESS, python.preload, PYTHON, MODULE),
    NAMES("python.syntax.deny", MORE, python.syntax_deny, RESTRICTED, NODE),
    NUMBER("rate_limit.burst", rate.burst, ALL, rate),
    NUMBER("rate_limit.concurrent", rate.concurrent, ALL, rate),
    NUMBER("rate_limit.per_hour", rate.per_hour, ALL, rate),
    NUMBER("rate_limit.per_minute", rate.per_minute, ALL, rate),
    OTHER("signature.keys", TRUST, signature.keys, ALL),
    BOOL("signature.required", MORE, signature.required, ALL),
    NUMBER("storage.quota", storage.quota_bytes, PYTHON, quota),
    ENUM("storage.scope", EQUAL, storage.scope, PYTHON, scopes),
};
/* clang-format on */

const struct cl_field *
cl_field_get(const char *key)
{
    for (size_t i = 0; i < CL_FIELD_COUNT; i++) {
        if (strcmp(cl_fields[i].key, key) == 0) {
            return &cl_fields[i];
        }
    }
    return NULL;
}

unsigned
cl_field_levels(const struct cl_field *f)
{
    return f->levels != 0 ? f->levels : f->number->levels;
}

unsigned
cl_field_unsigned(const struct cl_field *f, const void *base)
{
    unsigned v = 0;
    memcpy(&v, cl_field_in(f, base), sizeof v);
    return v;
}

void
cl_field_set_unsigned(const struct cl_field *f, void *base, unsigned value)
{
    memcpy(cl_field_at(f, base), &value, sizeof value);
}

const char *
cl_level_name(enum cl_level level)
{
    return level <= CL_LEVEL_TRUSTED ? levels[level] : "unknown";
}

const char *
cl_assurance_name(enum cl_assurance assurance)
{
    return assurance <= CL_ASSURANCE_VM ? cl_field_assurances[assurance] : "unknown";
}

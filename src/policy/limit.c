/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of limits, and numbers with units read and written.  Pure.
 *
 * Least values are where a limit stops making sense, not where it is wise:
 * tmpfs takes a size or an inode count of 0 for "unlimited", and a process
 * with fewer than four descriptors has none for a file.
 */
#include "policy/limit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/own.h"
#include "base/units.h"

#define KIB (1ull << 10)
#define MIB (1ull << 20)
#define GIB (1ull << 30)
#define TIB (1ull << 40)
#define DAY (86400 * CL_NS_PER_S)

const struct cl_limit_row cl_limit_rows[CL_LIMIT_COUNT] = {
    [CL_LIMIT_WALL] = {"wall", CL_KIND_TIME, CL_NS_PER_MS, 365 * DAY, CL_AT_ALL,
                       CL_AT_TRUSTED},
    [CL_LIMIT_CPU] = {"cpu", CL_KIND_TIME, CL_NS_PER_MS, 365 * DAY, CL_AT_ALL, CL_AT_ALL},
    [CL_LIMIT_IDLE] = {"idle", CL_KIND_TIME, CL_NS_PER_MS, 365 * DAY, CL_AT_ALL, CL_AT_ALL},
    [CL_LIMIT_MEMORY] = {"memory", CL_KIND_SIZE, MIB, 64 * TIB, CL_AT_ALL, CL_AT_TRUSTED},
    [CL_LIMIT_HEAP] = {"heap", CL_KIND_SIZE, 64 * KIB, 64 * TIB, CL_AT_PYTHON,
                       CL_AT_PYTHON},
    [CL_LIMIT_OUTPUT] = {"output", CL_KIND_SIZE, 0, TIB, CL_AT_ALL, CL_AT_TRUSTED},
    [CL_LIMIT_RECURSION] = {"recursion", CL_KIND_COUNT, 10, 1000000, CL_AT_PYTHON,
                            CL_AT_PYTHON},
    [CL_LIMIT_LOOP_ITERATIONS] = {"loop_iterations", CL_KIND_COUNT, 1, INT64_MAX,
                                  CL_AT_RESTRICTED, CL_AT_RESTRICTED},
    [CL_LIMIT_PROCESSES] = {"processes", CL_KIND_COUNT, 0, 4000000, CL_AT_ALL,
                            CL_AT_TRUSTED},
    [CL_LIMIT_THREADS] = {"threads", CL_KIND_COUNT, 1, 4000000, CL_AT_ALL, CL_AT_TRUSTED},
    [CL_LIMIT_OPEN_FILES] = {"open_files", CL_KIND_COUNT, 4, 1000000, CL_AT_ALL,
                             CL_AT_TRUSTED},
    [CL_LIMIT_FILE_SIZE] = {"file_size", CL_KIND_SIZE, 0, 64 * TIB, CL_AT_ALL,
                            CL_AT_TRUSTED},
    [CL_LIMIT_DISK] = {"disk", CL_KIND_SIZE, 4 * KIB, 64 * TIB, CL_AT_ALL, CL_AT_TRUSTED},
    [CL_LIMIT_INODES] = {"inodes", CL_KIND_COUNT, 2, 1ull << 40, CL_AT_ALL, CL_AT_TRUSTED},
    [CL_LIMIT_CPU_SHARE] = {"cpu_share", CL_KIND_PERCENT, 1, 100000, CL_AT_ALL, CL_AT_ALL},
    [CL_LIMIT_SOURCE] = {"source", CL_KIND_SIZE, 1, 64 * MIB, CL_AT_ALL, 0},
    [CL_LIMIT_RESULT] = {"result", CL_KIND_SIZE, 1, GIB, CL_AT_ALL, 0},
    [CL_LIMIT_HOST_CALLS] = {"host_calls", CL_KIND_COUNT, 0, INT64_MAX, CL_AT_PYTHON,
                             CL_AT_TRUSTED},
};

int
cl_limit_by_key(const char *key)
{
    for (int i = 0; key != NULL && i < CL_LIMIT_COUNT; i++) {
        if (strcmp(cl_limit_rows[i].key, key) == 0) {
            return i;
        }
    }
    return -1;
}

const char *
cl_limit_expected(const struct cl_limit_row *row)
{
    switch (row->kind) {
    case CL_KIND_TIME: return "a time such as 250ms, 5s, 2m or 90d";
    case CL_KIND_SIZE: return "a size such as 64KiB, 10MiB or 1GB";
    case CL_KIND_COUNT: return "a whole number";
    case CL_KIND_PERCENT: return "a share such as 50%";
    case CL_KIND_RATE: return "a size per second such as 1MiB/s";
    }
    return "a number";
}

const char *
cl_limit_show(const struct cl_limit_row *row, uint64_t value, char out[CL_LIMIT_TEXT])
{
    _Static_assert(CL_LIMIT_TEXT >= CL_UNITS_MAX + 2, "a unit's text and /s fit");
    if (value == CL_LIMIT_NONE) {
        memcpy(out, "none", sizeof "none");
        return out;
    }
    switch (row->kind) {
    case CL_KIND_TIME: return cl_units_format_time(value, out);
    case CL_KIND_SIZE: return cl_units_format_size(value, out);
    case CL_KIND_RATE:
        (void)cl_units_format_size(value, out); /* is out */
        memcpy(out + strlen(out), "/s", sizeof "/s");
        return out;
    case CL_KIND_PERCENT: (void)snprintf(out, CL_LIMIT_TEXT, "%" PRIu64 "%%", value); break;
    case CL_KIND_COUNT: (void)snprintf(out, CL_LIMIT_TEXT, "%" PRIu64, value); break;
    }
    return out;
}

const char *
cl_limit_format(enum cl_limit limit, uint64_t value, char out[CL_LIMIT_TEXT])
{
    return cl_limit_show(&cl_limit_rows[limit], value, out);
}

static int
read_number(const struct cl_limit_row *row, const char *text, uint64_t *out,
            struct cloche_error *err)
{
    size_t len = strlen(text);
    switch (row->kind) {
    case CL_KIND_TIME: return cl_units_time(text, len, out, err);
    case CL_KIND_SIZE: return cl_units_size(text, len, out, err);
    case CL_KIND_COUNT: return cl_units_count(text, len, out, err);
    case CL_KIND_PERCENT:
        if (strchr(text, '.') != NULL) {
            return cl_fail(err, CLOCHE_EINPUT, "'%.40s' is not a whole share", text);
        }
        return cl_units_percent(text, len, out, err);
    case CL_KIND_RATE:
        if (len < 3 || strcmp(text + len - 2, "/s") != 0) {
            return cl_fail(err, CLOCHE_EINPUT, "'%.40s' does not end in /s", text);
        }
        return cl_units_size(text, len - 2, out, err);
    }
    return cl_fail(err, CLOCHE_EINTERNAL, "limit '%s' has no kind", row->key);
}

int
cl_limit_read(const struct cl_limit_row *row, const char *text, uint64_t *out,
              struct cloche_error *err)
{
    if (strcmp(text, "none") == 0) {
        if (row->none_levels == 0) {
            return cl_fail(err, CLOCHE_EINPUT, "it cannot be 'none'");
        }
        *out = CL_LIMIT_NONE;
        return 0;
    }
    uint64_t v = 0;
    if (read_number(row, text, &v, err) < 0) {
        return -1;
    }
    char bound[CL_LIMIT_TEXT];
    if (v == 0 && row->min > 0) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.40s' means nothing; the least is %s", text,
                       cl_limit_show(row, row->min, bound));
    }
    if (v < row->min) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.40s' is too small; the least is %s", text,
                       cl_limit_show(row, row->min, bound));
    }
    if (v > row->max) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.40s' is too large; the most is %s", text,
                       cl_limit_show(row, row->max, bound));
    }
    *out = v;
    return 0;
}

const char *
cl_levels_show(unsigned levels, char out[CL_LEVELS_TEXT])
{
    out[0] = '\0';
    size_t len = 0;
    for (int i = 0; i <= CL_LEVEL_TRUSTED; i++) {
        unsigned rest = levels >> i;
        if ((rest & 1) == 0) {
            continue;
        }
        const char *joint = len == 0 ? "" : rest == 1 ? " or " : ", ";
        (void)snprintf(out + len, CL_LEVELS_TEXT - len, "%s%s", joint,
                       cl_level_name((enum cl_level)i)); /* all four fit */
        len = strlen(out);
    }
    return out;
}

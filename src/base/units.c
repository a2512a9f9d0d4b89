/* SPDX-License-Identifier: Apache-2.0 */
/* Pure functions over text and numbers. */
#include "base/units.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/own.h"

struct unit {
    const char *name;
    uint64_t factor;
};

static const struct unit size_units[] = {
    {"B", 1},
    {"KiB", 1ull << 10},
    {"MiB", 1ull << 20},
    {"GiB", 1ull << 30},
    {"TiB", 1ull << 40},
    {"KB", 1000ull},
    {"MB", 1000000ull},
    {"GB", 1000000000ull},
    {"TB", 1000000000000ull},
};

static const struct unit time_units[] = {
    {"ns", 1},
    {"us", 1000ull},
    {"ms", 1000000ull},
    {"s", 1000000000ull},
    {"m", 60ull * 1000000000ull},
    {"h", 3600ull * 1000000000ull},
    {"d", 86400ull * 1000000000ull},
};

static const struct unit percent_units[] = {{"%", 1}};

/*
 * Read digits [. digits] into whole and a fraction in billionths.  Returns
 * how many bytes were read, 0 when there is no number or it does not fit.
 */
static size_t
read_number(const char *text, size_t len, uint64_t *whole, uint64_t *billionths)
{
    size_t i = 0;
    uint64_t v = 0;
    while (i < len && ((text[i] >= '0' && text[i] <= '9') || (text[i] == '_' && i > 0))) {
        if (text[i] != '_') {
            uint64_t digit = (uint64_t)(text[i] - '0');
            if (v > (INT64_MAX - digit) / 10) {
                return 0;
            }
            v = v * 10 + digit;
        } else if (text[i - 1] == '_') {
            return 0;
        }
        i++;
    }
    if (i == 0 || text[i - 1] == '_') {
        return 0;
    }
    uint64_t frac = 0;
    if (i + 1 < len && text[i] == '.' && text[i + 1] >= '0' && text[i + 1] <= '9') {
        uint64_t place = 100000000;
        for (i++; i < len && text[i] >= '0' && text[i] <= '9'; i++) {
            frac += place * (uint64_t)(text[i] - '0');
            place /= 10;
        }
    }
    *whole = v;
    *billionths = frac;
    return i;
}

static int
read_with_unit(const char *text, size_t len, const struct unit *units, size_t n_units,
               const char *expected, uint64_t *out, struct cloche_error *err)
{
    uint64_t whole = 0;
    uint64_t billionths = 0;
    int shown = (int)(len > 40 ? 40 : len);
    if (len > 0 && text[0] == '-') {
        return cl_fail(err, CLOCHE_EINPUT, "'%.*s' is negative; expected %s", shown, text,
                       expected);
    }
    size_t used = read_number(text, len, &whole, &billionths);
    if (used == 0) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.*s' is not %s", shown, text, expected);
    }
    if (used == len && whole == 0 && billionths == 0) {
        *out = 0;
        return 0;
    }
    for (size_t i = 0; i < n_units; i++) {
        if (strlen(units[i].name) == len - used &&
            memcmp(units[i].name, text + used, len - used) == 0) {
            unsigned __int128 sum = (unsigned __int128)billionths * units[i].factor;
            sum = (unsigned __int128)whole * units[i].factor + sum / 1000000000u;
            if (sum > INT64_MAX) {
                return cl_fail(err, CLOCHE_EINPUT, "'%.*s' is too large", shown, text);
            }
            *out = (uint64_t)sum;
            return 0;
        }
    }
    if (used == len) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.*s' has no unit; expected %s", shown, text,
                       expected);
    }
    return cl_fail(err, CLOCHE_EINPUT, "'%.*s' has an unknown unit; expected %s", shown,
                   text, expected);
}

int
cl_units_size(const char *text, size_t len, uint64_t *out, struct cloche_error *err)
{
    return read_with_unit(text, len, size_units, CL_COUNT(size_units),
                          "a size such as 64KiB, 10MiB or 1GB", out, err);
}

int
cl_units_time(const char *text, size_t len, uint64_t *out, struct cloche_error *err)
{
    return read_with_unit(text, len, time_units, CL_COUNT(time_units),
                          "a time such as 250ms, 5s, 2m or 90d", out, err);
}

int
cl_units_percent(const char *text, size_t len, uint64_t *out, struct cloche_error *err)
{
    uint64_t v = 0;
    if (read_with_unit(text, len, percent_units, CL_COUNT(percent_units),
                       "a share such as 50%", &v, err) < 0) {
        return -1;
    }
    if (v == 0 || v > 100000) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.*s' is not between 1%% and 100000%%",
                       (int)(len > 40 ? 40 : len), text);
    }
    *out = v;
    return 0;
}

int
cl_units_count(const char *text, size_t len, uint64_t *out, struct cloche_error *err)
{
    uint64_t whole = 0;
    uint64_t billionths = 0;
    int shown = (int)(len > 40 ? 40 : len);
    if (len > 0 && text[0] == '-') {
        return cl_fail(err, CLOCHE_EINPUT, "'%.*s' is negative; expected a whole number",
                       shown, text);
    }
    size_t used = read_number(text, len, &whole, &billionths);
    if (used == 0 || used != len || memchr(text, '.', len) != NULL) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.*s' is not a whole number", shown, text);
    }
    *out = whole;
    return 0;
}

static const char *
format_exact(uint64_t v, const struct unit *units, size_t n, char out[CL_UNITS_MAX])
{
    const struct unit *best = &units[0];
    for (size_t i = 0; i < n; i++) {
        if (v != 0 && v % units[i].factor == 0 && units[i].factor > best->factor) {
            best = &units[i];
        }
    }
    (void)snprintf(out, CL_UNITS_MAX, "%" PRIu64 "%s", v / best->factor,
                   best->name); /* fits */
    return out;
}

const char *
cl_units_format_size(uint64_t bytes, char out[CL_UNITS_MAX])
{
    return format_exact(bytes, size_units, 5, out); /* the powers of 1024 */
}

const char *
cl_units_format_time(uint64_t ns, char out[CL_UNITS_MAX])
{
    return format_exact(ns, time_units,
                        ns % time_units[4].factor ? 4 : CL_COUNT(time_units), out);
}

static const char *
show(double v, const char *unit, char out[CL_UNITS_MAX])
{
    int decimals = v >= 100 ? 0 : v >= 10 ? 1 : 2;
    (void)snprintf(out, CL_UNITS_MAX, "%.*f %s", decimals, v, unit); /* fits */
    return out;
}

const char *
cl_units_show_size(uint64_t bytes, char out[CL_UNITS_MAX])
{
    if (bytes < 1024) {
        (void)snprintf(out, CL_UNITS_MAX, "%" PRIu64 " B", bytes); /* fits */
        return out;
    }
    double v = (double)bytes;
    size_t i = 0;
    while (v >= 1024 && i < 4) {
        v /= 1024;
        i++;
    }
    return show(v, size_units[i].name, out);
}

const char *
cl_units_show_time(uint64_t ns, char out[CL_UNITS_MAX])
{
    double v = (double)ns;
    if (ns < 1000) {
        return show(v, "ns", out);
    }
    if (ns < 1000000ull) {
        return show(v / 1e3, "us", out);
    }
    return ns < 1000000000ull ? show(v / 1e6, "ms", out) : show(v / 1e9, "s", out);
}

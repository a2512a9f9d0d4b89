/* SPDX-License-Identifier: Apache-2.0 */
/* Owns reading and writing moments.  Pure: no clock, no time zone of the host. */
#include "policy/parse/moment.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1970, LAST_YEAR = 9999 };

#define DAY_S 86400ull

const char cl_moment_expected[] = "a date such as 2027-01-31, or a time such as "
                                  "2027-01-31T12:00:00Z";

static int
is_leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned
days_of_month(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1970-01-01 to the first of a year's January. */
static uint64_t
days_before_year(unsigned year)
{
    unsigned last = year - 1;
    uint64_t leaps = last / 4 - last / 100 + last / 400;
    return (uint64_t)(year - FIRST_YEAR) * 365 + leaps -
           (1969 / 4 - 1969 / 100 + 1969 / 400);
}

/* Exactly `digits` digits; the pointer goes past them, or to NULL. */
static unsigned
take(const char **p, int digits)
{
    unsigned v = 0;
    for (int i = 0; *p != NULL && i < digits; i++) {
        char c = (*p)[i];
        if (c < '0' || c > '9') {
            *p = NULL;
            return 0;
        }
        v = v * 10 + (unsigned)(c - '0');
    }
    *p = *p != NULL ? *p + digits : NULL;
    return v;
}

/* One of these characters. */
static char
take_one(const char **p, const char *of)
{
    if (*p == NULL || **p == '\0' || strchr(of, **p) == NULL) {
        *p = NULL;
        return '\0';
    }
    return *(*p)++;
}

static const char *
read_date(const char **p, uint64_t *out)
{
    unsigned year = take(p, 4);
    (void)take_one(p, "-"); /* a failure stays in p, which is looked at below */
    unsigned month = take(p, 2);
    (void)take_one(p, "-");
    unsigned day = take(p, 2);
    if (*p == NULL) {
        return "is neither a date nor a time";
    }
    if (year < FIRST_YEAR) {
        return "is before 1970";
    }
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month)) {
        return "names a day that there is not";
    }
    uint64_t days = days_before_year(year) + day - 1;
    for (unsigned m = 1; m < month; m++) {
        days += days_of_month(year, m);
    }
    *out = days * DAY_S;
    return NULL;
}

/* "Z" or "+01:00": seconds to take away. */
static int
read_zone(const char **p, int64_t *offset_s)
{
    char sign = take_one(p, "Zz+-");
    *offset_s = 0;
    if (sign != '+' && sign != '-') {
        return 0;
    }
    unsigned hours = take(p, 2);
    (void)take_one(p, ":"); /* as above */
    unsigned minutes = take(p, 2);
    *offset_s = (int64_t)(hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
    return hours > 23 || minutes > 59 ? -1 : 0;
}

static const char *
read_clock(const char **p, uint64_t *seconds)
{
    int64_t offset_s = 0;
    (void)take_one(p, "Tt "); /* as above; RFC 3339 lets a space stand there */
    unsigned hours = take(p, 2);
    (void)take_one(p, ":");
    unsigned minutes = take(p, 2);
    (void)take_one(p, ":");
    unsigned s = take(p, 2);
    if (*p != NULL && **p == '.') {
        size_t digits = strspn(*p + 1, "0123456789");
        *p = digits > 0 ? *p + 1 + digits : NULL;
    }
    int is_zone_bad = read_zone(p, &offset_s) < 0;
    if (*p == NULL || **p != '\0') {
        return "is no time of RFC 3339 with a time zone";
    }
    if (hours > 23 || minutes > 59 || s > 59 || is_zone_bad) {
        return "names a time of day that there is not";
    }
    int64_t v = (int64_t)*seconds + hours * 3600 + minutes * 60 + s - offset_s;
    if (v < 0) {
        return "is before 1970";
    }
    *seconds = (uint64_t)v;
    return NULL;
}

const char *
cl_moment_read(const char *text, uint64_t *out)
{
    uint64_t seconds = 0;
    const char *p = text;
    const char *problem = read_date(&p, &seconds);
    if (problem == NULL && *p != '\0') {
        problem = read_clock(&p, &seconds);
    }
    if (problem == NULL && seconds >= days_before_year(LAST_YEAR + 1) * DAY_S) {
        problem = "is after the year 9999"; /* a zone behind UTC takes it there */
    }
    if (problem == NULL) {
        *out = seconds;
    }
    return problem;
}

const char *
cl_moment_show(uint64_t seconds, char out[CL_MOMENT_TEXT])
{
    uint64_t days = seconds / DAY_S;
    unsigned rest = (unsigned)(seconds % DAY_S);
    unsigned year = FIRST_YEAR;
    unsigned month = 1;
    while (year < LAST_YEAR && days_before_year(year + 1) <= days) {
        year++;
    }
    days -= days_before_year(year);
    while (month < 12 && days >= days_of_month(year, month)) {
        days -= days_of_month(year, month++);
    }
    unsigned day = (unsigned)(days % 100) + 1; /* at most 31: a moment was read */
    int n = snprintf(out, CL_MOMENT_TEXT, "%04u-%02u-%02u", year % 10000, month, day % 100);
    if (rest > 0 && n > 0 && n < CL_MOMENT_TEXT) {
        (void)snprintf(out + n, (size_t)(CL_MOMENT_TEXT - n), "T%02u:%02u:%02uZ",
                       rest / 3600, rest / 60 % 60, rest % 60); /* fits */
    }
    return out;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Parses an alert's condition, word by word.  Pure. */
#include "policy/parse/alert.h"

#include <string.h>

#include "base/own.h"
#include "base/units.h"
#include "policy/parse/nearest.h"

const char cl_alert_expected[] = "a condition such as denials > 10 per 5m by principal";

/* The outcomes are those of enum cloche_outcome: whoever adds one there adds it
 * here. */
static const char *const metrics[] = {
    "runs",
    "denials",
    "ok",
    "user_error",
    "syntax_error",
    "denied",
    "crashed",
    "cpu_limit",
    "wall_limit",
    "memory_limit",
    "heap_limit",
    "output_limit",
    "recursion_limit",
    "loop_limit",
    "disk_limit",
    "file_limit",
    "process_limit",
    "source_limit",
    "result_limit",
    "host_call_limit",
    "network_limit",
    "cancelled",
    "waiting_host",
    "infra_error",
    "protocol",
};

static const char *const groups[] = {"", "principal", "script", "profile", "origin"};

struct words {
    char text[160];
    char *item[8];
    size_t count;
};

static int
split(const char *when, struct words *w, struct cloche_error *err)
{
    size_t len = strlen(when);
    if (len >= sizeof w->text) {
        return cl_fail(err, CLOCHE_EINPUT, "a condition of %zu bytes", len);
    }
    memcpy(w->text, when, len + 1);
    char *rest = NULL;
    w->count = 0;
    for (char *p = strtok_r(w->text, " ", &rest); p != NULL;
         p = strtok_r(NULL, " ", &rest)) {
        if (w->count == CL_COUNT(w->item)) {
            return cl_fail(err, CLOCHE_EINPUT, "more than %zu words", w->count);
        }
        w->item[w->count++] = p;
    }
    return 0;
}

static int
read_metric(const char *word, const char **out, struct cloche_error *err)
{
    struct cl_nearest near = CL_NEAREST_INIT(word);
    for (size_t i = 0; i < CL_COUNT(metrics); i++) {
        if (strcmp(metrics[i], word) == 0) {
            *out = metrics[i];
            return 0;
        }
        cl_nearest_offer(&near, metrics[i]);
    }
    if (near.best != NULL) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.40s' is not counted; did you mean '%s'?",
                       word, near.best);
    }
    return cl_fail(err, CLOCHE_EINPUT,
                   "'%.40s' is not counted; runs, denials and the outcomes are", word);
}

static int
read_threshold(const char *op, const char *count, uint64_t *out, struct cloche_error *err)
{
    int is_or_equal = strcmp(op, ">=") == 0;
    if (!is_or_equal && strcmp(op, ">") != 0) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.40s' is neither > nor >=", op);
    }
    if (cl_units_count(count, strlen(count), out, err) < 0) {
        return -1;
    }
    if (is_or_equal && *out == 0) {
        return cl_fail(err, CLOCHE_EINPUT, "'>= 0' always holds");
    }
    *out -= (uint64_t)is_or_equal;
    return 0;
}

static int
read_window(const char *word, uint64_t *out, struct cloche_error *err)
{
    if (cl_units_time(word, strlen(word), out, err) < 0) {
        return -1;
    }
    if (*out < 1000000000ull || *out > 366ull * 86400 * 1000000000ull) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.40s' is not between 1s and 366d", word);
    }
    return 0;
}

static int
read_group(const char *word, enum cl_alert_by *out, struct cloche_error *err)
{
    for (size_t i = 1; i < CL_COUNT(groups); i++) {
        if (strcmp(groups[i], word) == 0) {
            *out = (enum cl_alert_by)i;
            return 0;
        }
    }
    return cl_fail(err, CLOCHE_EINPUT,
                   "'%.40s' is not principal, script, profile or origin", word);
}

int
cl_alert_parse(const char *when, struct cl_alert *out, struct cloche_error *err)
{
    struct words w;
    struct cl_alert a = *out;
    a.by = CL_BY_ALL;
    if (split(when, &w, err) < 0) {
        return -1;
    }
    if (w.count != 5 && w.count != 7) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.60s' is not a condition", when);
    }
    if (strcmp(w.item[3], "per") != 0 || (w.count == 7 && strcmp(w.item[5], "by") != 0)) {
        return cl_fail(err, CLOCHE_EINPUT, "'%.40s' stands where '%s' should",
                       strcmp(w.item[3], "per") != 0 ? w.item[3] : w.item[5],
                       strcmp(w.item[3], "per") != 0 ? "per" : "by");
    }
    if (read_metric(w.item[0], &a.metric, err) < 0 ||
        read_threshold(w.item[1], w.item[2], &a.threshold, err) < 0 ||
        read_window(w.item[4], &a.window_ns, err) < 0 ||
        (w.count == 7 && read_group(w.item[6], &a.by, err) < 0)) {
        return -1;
    }
    *out = a;
    return 0;
}

const char *
cl_alert_by_name(enum cl_alert_by by)
{
    return by <= CL_BY_ORIGIN ? groups[by] : "";
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the reading of `cloche bench`'s words. */
#include "cli/bench/options.h"

#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "cli/nearest.h"

enum { ROUNDS = 300, QUICK_ROUNDS = 10, MAX_ROUNDS = 1000000 };

static int
take_rounds(struct cli_bench_options *o, const char *value, struct cli_failure *f)
{
    uint64_t n = 0;
    if (cl_units_count(value, strlen(value), &n, NULL) != 0 || n < 1 || n > MAX_ROUNDS) {
        return cli_fail(f, "--rounds", "a number from 1 to 1000000",
                        "--rounds '%s' is no number from 1 to %d", value, MAX_ROUNDS);
    }
    o->rounds = n;
    return 0;
}

/* Two rows of the table may have one name: then both are meant. */
static int
select_one(struct cli_bench_options *o, const char *name, size_t len, struct cli_failure *f)
{
    char typed[64];
    int is_known = 0;
    (void)snprintf(typed, sizeof typed, "%.*s", (int)len, name);
    struct cli_nearest near = CLI_NEAREST_INIT(typed);

    for (size_t i = 0; cli_bench_workloads[i].name != NULL; i++) {
        cli_nearest_offer(&near, cli_bench_workloads[i].name);
        if (strcmp(cli_bench_workloads[i].name, typed) == 0) {
            o->is_selected[i] = is_known = 1;
        }
    }
    if (is_known) {
        return 0;
    }
    return near.best == NULL
               ? cli_fail(f, "--workload", NULL, "unknown workload '%s'", typed)
               : cli_fail(f, "--workload", near.best,
                          "unknown workload '%s'; did you mean '%s'?", typed, near.best);
}

static int
take_workloads(struct cli_bench_options *o, const char *value, struct cli_failure *f)
{
    o->is_some = 1;
    for (const char *at = value;; at++) {
        const size_t len = strcspn(at, ",");
        if (select_one(o, at, len, f) != 0) {
            return -1;
        }
        at += len;
        if (*at == '\0') {
            return 0;
        }
    }
}

static int
take(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    struct cli_bench_options *o = ctx;
    switch (opt) {
    case CLI_OPT_ROUNDS: return take_rounds(o, value, f);
    case CLI_OPT_WORKLOAD: return take_workloads(o, value, f);
    case CLI_OPT_QUICK: o->is_quick = 1; return 0;
    default: return cli_args_unexpected(value, f);
    }
}

int
cli_bench_options_parse(struct cli_args *args, struct cli_bench_options *o)
{
    *o = (struct cli_bench_options){.rounds = 0};
    const int status = cli_args_parse(args, take, o);
    if (o->rounds == 0) {
        o->rounds = o->is_quick ? QUICK_ROUNDS : ROUNDS;
    }
    o->is_json = args->is_json;
    return status;
}

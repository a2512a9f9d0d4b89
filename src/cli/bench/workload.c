/* SPDX-License-Identifier: Apache-2.0 */
/* Owns what is measured, as a table; measures nothing. */
#include "cli/bench/workload.h"

#include <limits.h>

#include "cli/bench/floor.h"
#include "cli/bench/library.h"
#include "cli/bench/limits.h"
#include "cli/bench/memory.h"
#include "cli/bench/peers.h"
#include "cli/bench/program.h"
#include "cli/bench/spawn.h"
#include "cli/bench/warm.h"
#include "cli/json.h"

/* A profile without files and processes, whose cells share what they cannot
 * use: the fastest that is still level `isolated`. */
static int
judge_policy(struct cl_buf *out, struct cloche_error *err)
{
    (void)err; /* a buffer that has failed is told of by its reader */
    (void)cl_buf_add_str(out, "version: 1\ndefault: judge\n");
    return 0;
}

/* Level `restricted`, with neither files nor processes either. */
static int
classroom_policy(struct cl_buf *out, struct cloche_error *err)
{
    (void)err; /* a buffer that has failed is told of by its reader */
    (void)cl_buf_add_str(out, "version: 1\ndefault: classroom\n");
    return 0;
}

/* Debian's numpy is not where the interpreter's own modules are: as a package
 * set, its directory is mounted in the cell. */
static int
numpy_policy(struct cl_buf *out, struct cloche_error *err)
{
    const char *const argv[] = {
        cli_bench_python(), "-I", "-c",
        "import numpy, os; print(os.path.dirname(os.path.dirname(numpy.__file__)))", NULL};
    char directory[PATH_MAX];
    if (cli_bench_say(argv, directory, sizeof directory, NULL) != 0) {
        (void)cl_fail(err, CLOCHE_EHOST, "%s has no numpy (Debian: python3-numpy)",
                      cli_bench_python());
        return 1;
    }
    (void)cl_buf_add_str(out, "version: 1\ndefault: numpy\npackage_sets:\n  here: {path: ");
    cli_json_string(out, directory);
    (void)cl_buf_add_str(out, "}\nprofiles:\n"
                              "  numpy:\n"
                              "    extends: isolated\n"
                              "    python: {packages: here, preload: [numpy]}\n");
    return 0;
}

static const struct cli_bench_engine standby = {.flags = CLOCHE_ENGINE_WARM};
static const struct cli_bench_engine busy_caller = {.flags = CLOCHE_ENGINE_WARM,
                                                    .busy_ns = 5000000};
static const struct cli_bench_engine on_demand = {.flags = CLOCHE_ENGINE_ON_DEMAND};
static const struct cli_bench_engine judge = {.flags = CLOCHE_ENGINE_WARM,
                                              .policy = judge_policy};
static const struct cli_bench_engine judge_on_demand = {.flags = CLOCHE_ENGINE_ON_DEMAND,
                                                        .policy = judge_policy};
static const struct cli_bench_engine classroom = {.flags = CLOCHE_ENGINE_WARM,
                                                  .policy = classroom_policy};
static const struct cli_bench_engine classroom_on_demand = {
    .flags = CLOCHE_ENGINE_ON_DEMAND, .policy = classroom_policy};
static const struct cli_bench_engine with_numpy = {.flags = CLOCHE_ENGINE_WARM,
                                                   .policy = numpy_policy};

enum { LIMIT_NS = 100000000 };

static const struct cli_bench_limit_case wall_limit = {
    {"wall", "100ms"}, CLOCHE_OUTCOME_WALL_LIMIT, "\"wall\":{", LIMIT_NS};
static const struct cli_bench_limit_case cpu_limit = {
    {"cpu", "100ms"}, CLOCHE_OUTCOME_CPU_LIMIT, "\"cpu\":{", LIMIT_NS};
static const struct cli_bench_limit_case memory_limit = {
    {"memory", "64MiB"}, CLOCHE_OUTCOME_MEMORY_LIMIT, NULL, 0};

#define OURS(name_, kind_, arg_, program_, cpus_)                                          \
    {                                                                                      \
        .name = (name_), .role = CLI_BENCH_OURS, .kind = &(kind_), .arg = (arg_),          \
        .program = (program_), .cpus = (cpus_)                                             \
    }
#define LIBRARY(name_, engine_, program_, cpus_)                                           \
    OURS(name_, cli_bench_library, &(engine_), &(program_), cpus_)
#define COMMAND(name_, role_, command_, program_, cpus_)                                   \
    {                                                                                      \
        .name = (name_), .role = (role_), .kind = &cli_bench_command, .arg = &(command_),  \
        .program = &(program_), .cpus = (cpus_)                                            \
    }
#define PEER(name_, command_, program_, cpus_)                                             \
    COMMAND(name_, CLI_BENCH_PEER, command_, program_, cpus_)
#define BARE(program_, cpus_)                                                              \
    COMMAND("python3 -I -c", CLI_BENCH_BARE, cli_bench_bare, program_, cpus_)
#define BUBBLEWRAP(program_, cpus_)                                                        \
    COMMAND("bubblewrap + python3", CLI_BENCH_BUBBLEWRAP, cli_bench_bubblewrap, program_,  \
            cpus_)
#define CRUN(program_, cpus_) PEER("crun + python3", cli_bench_crun, program_, cpus_)
#define FLOOR(cpus_)                                                                       \
    {                                                                                      \
        .name = "fork + exit, tiny and static", .kind = &cli_bench_floor, .cpus = (cpus_)  \
    }
#define WARM(program_)                                                                     \
    {                                                                                      \
        .name = "python3, warm, same process", .kind = &cli_bench_warm,                    \
        .program = &(program_)                                                             \
    }

/* Each subject in each of --rounds. */
#define EVERY_ROUND .share_pct = 100, .min_rounds = 1

#define SATURATION(title_, cpus_)                                                          \
    {                                                                                      \
        .name = "W8", .title = (title_), .op = CLI_BENCH_DURING, .amount = 500000000,      \
        .quick_amount = 60000000, .share_pct = 3, .min_rounds = 3,                         \
        .columns = {{"", 0, CLI_BENCH_RATE, NULL},                                         \
                    {": caller's CPU time", 2, CLI_BENCH_EACH, "mean for each run:"}},     \
        .subjects = {                                                                      \
            LIBRARY("cloche", standby, cli_bench_print_one, cpus_),                        \
            LIBRARY("cloche, no standby cells", on_demand, cli_bench_print_one, cpus_),    \
            LIBRARY("cloche, judge", judge, cli_bench_print_one, cpus_),                   \
            LIBRARY("cloche, judge, no standby cells", judge_on_demand,                    \
                    cli_bench_print_one, cpus_),                                           \
            BARE(cli_bench_print_one, cpus_),                                              \
            BUBBLEWRAP(cli_bench_print_one, cpus_),                                        \
            CRUN(cli_bench_print_one, cpus_),                                              \
            FLOOR(cpus_),                                                                  \
        },                                                                                 \
    }

const struct cli_bench_workload cli_bench_workloads[] = {
    {
        .name = "W1",
        .title = "print(1)",
        EVERY_ROUND,
        .columns = {{"", 0, CLI_BENCH_TIME, NULL}},
        .subjects =
            {
                LIBRARY("cloche, standby cell", standby, cli_bench_print_one, 0),
                LIBRARY("cloche, standby cell, busy caller", busy_caller,
                        cli_bench_print_one, 0),
                LIBRARY("cloche, no standby cell", on_demand, cli_bench_print_one, 0),
                LIBRARY("cloche, judge, standby cell", judge, cli_bench_print_one, 0),
                LIBRARY("cloche, judge, no standby cell", judge_on_demand,
                        cli_bench_print_one, 0),
                LIBRARY("cloche, classroom, standby cell", classroom, cli_bench_print_one,
                        0),
                LIBRARY("cloche, classroom, no standby cell", classroom_on_demand,
                        cli_bench_print_one, 0),
                BARE(cli_bench_print_one, 0),
                PEER("python3 -I -S -c pass", cli_bench_bare_pass, cli_bench_nothing, 0),
                BUBBLEWRAP(cli_bench_print_one, 0),
                CRUN(cli_bench_print_one, 0),
                PEER("nsjail + python3", cli_bench_nsjail, cli_bench_print_one, 0),
                PEER("isolate + python3", cli_bench_isolate, cli_bench_print_one, 0),
                PEER("sandlock + python3", cli_bench_sandlock, cli_bench_print_one, 0),
                PEER("docker + python3", cli_bench_docker, cli_bench_print_one, 0),
                PEER("node + pyodide", cli_bench_pyodide, cli_bench_print_one, 0),
                PEER("/bin/true", cli_bench_true, cli_bench_nothing, 0),
                FLOOR(0),
            },
    },
    {
        .name = "W2",
        .title = "a class, json, re, an exception",
        EVERY_ROUND,
        .columns = {{"", 0, CLI_BENCH_TIME, NULL}},
        .subjects = {LIBRARY("cloche, standby cell", standby, cli_bench_shelf, 0),
                     BARE(cli_bench_shelf, 0), BUBBLEWRAP(cli_bench_shelf, 0),
                     WARM(cli_bench_shelf)},
    },
    {
        .name = "W3",
        .title = "allocations: 40,000 objects, and calls",
        EVERY_ROUND,
        .columns = {{"", 0, CLI_BENCH_TIME, NULL}},
        .subjects = {LIBRARY("cloche, standby cell", standby, cli_bench_allocations, 0),
                     BARE(cli_bench_allocations, 0), BUBBLEWRAP(cli_bench_allocations, 0),
                     WARM(cli_bench_allocations)},
    },
    {
        .name = "cpu",
        .title = "a loop that only computes, in processor time",
        EVERY_ROUND,
        .columns = {{"", 0, CLI_BENCH_TIME, NULL}},
        .subjects = {LIBRARY("cloche, standby cell", standby, cli_bench_loop, 0),
                     BARE(cli_bench_loop, 0), BUBBLEWRAP(cli_bench_loop, 0)},
    },
    {
        .name = "W4",
        .title = "numpy: imported before in cloche, by the code elsewhere",
        EVERY_ROUND,
        .columns = {{"", 0, CLI_BENCH_TIME, NULL}},
        .subjects = {LIBRARY("cloche, standby cell", with_numpy, cli_bench_numpy, 0),
                     BARE(cli_bench_numpy, 0), BUBBLEWRAP(cli_bench_numpy, 0)},
    },
    {
        .name = "W5",
        .title = "64 KiB of input, 1 MiB of output",
        EVERY_ROUND,
        .columns = {{"", 0, CLI_BENCH_TIME, NULL}},
        .subjects = {LIBRARY("cloche, standby cell", standby, cli_bench_streams, 0),
                     BARE(cli_bench_streams, 0), BUBBLEWRAP(cli_bench_streams, 0)},
    },
    {
        .name = "W6",
        .title = "limits: how late they are noticed, how long the cell lives on",
        .share_pct = 20,
        .min_rounds = 3,
        .columns = {{", noticed", 0, CLI_BENCH_TIME, NULL},
                    {", then cell gone", 1, CLI_BENCH_TIME, NULL}},
        .subjects = {OURS("wall 100 ms", cli_bench_limit, &wall_limit, &cli_bench_endless,
                          0),
                     OURS("cpu 100 ms", cli_bench_limit, &cpu_limit, &cli_bench_endless, 0),
                     OURS("memory 64 MiB", cli_bench_limit, &memory_limit,
                          &cli_bench_too_much, 0)},
    },
    {
        .name = "W7",
        .title = "a burst of 1,000 runs of print(1) (--quick: 20), until the last is over",
        .op = CLI_BENCH_TIMES,
        .amount = 1000,
        .quick_amount = 20,
        .share_pct = 1,
        .min_rounds = 3,
        .columns = {{"", 1, CLI_BENCH_BURST, NULL}},
        .subjects = {LIBRARY("cloche", standby, cli_bench_print_one, 0),
                     BARE(cli_bench_print_one, 0), BUBBLEWRAP(cli_bench_print_one, 0)},
    },
    SATURATION("print(1) as often as it goes, on one processor", 1),
    SATURATION("print(1) as often as it goes, on all processors", 0),
    {
        .name = "W9",
        .title = "memory of one that waits idle",
        .op = CLI_BENCH_TIMES,
        .amount = 500,
        .quick_amount = 40,
        .share_pct = 1,
        .min_rounds = 1,
        .columns = {{": private", 0, CLI_BENCH_BYTES, "by smaps_rollup, the median:"},
                    {": MemAvailable", 1, CLI_BENCH_BYTES,
                     "with the kernel's own for it:"}},
        .subjects = {OURS("cloche, standby cell", cli_bench_memory_cells, NULL, NULL, 0),
                     {.name = "python3 -I",
                      .role = CLI_BENCH_BARE,
                      .kind = &cli_bench_memory_bare}},
    },
    {
        .name = "W10",
        .title = "print(1) by a command, with nothing running before",
        EVERY_ROUND,
        .columns = {{"", 0, CLI_BENCH_TIME, NULL}},
        .subjects = {COMMAND("cloche run -c", CLI_BENCH_OURS, cli_bench_cloche,
                             cli_bench_print_one, 0),
                     BARE(cli_bench_print_one, 0), BUBBLEWRAP(cli_bench_print_one, 0),
                     CRUN(cli_bench_print_one, 0)},
    },
    {
        .name = "caller",
        .title = "processor time that a run costs the calling process",
        EVERY_ROUND,
        .columns = {{"", 1, CLI_BENCH_TIME, NULL}},
        .subjects = {LIBRARY("cloche, standby cell", standby, cli_bench_print_one, 0),
                     LIBRARY("cloche, no standby cell", on_demand, cli_bench_print_one, 0)},
    },
    {.name = NULL},
};

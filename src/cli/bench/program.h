/* SPDX-License-Identifier: Apache-2.0 */
/* program.h - the pieces of Python that are measured. */
#ifndef CL_CLI_BENCH_PROGRAM_H
#define CL_CLI_BENCH_PROGRAM_H

#include "cli/bench/bench.h"

extern const struct cli_bench_program cli_bench_print_one;   /* print(1) */
extern const struct cli_bench_program cli_bench_nothing;     /* prints nothing */
extern const struct cli_bench_program cli_bench_shelf;       /* a class, json, re */
extern const struct cli_bench_program cli_bench_allocations; /* 40,000 objects, and calls */
extern const struct cli_bench_program cli_bench_loop;        /* says what its loop took */
extern const struct cli_bench_program cli_bench_numpy;       /* a sum by numpy */
extern const struct cli_bench_program cli_bench_streams;     /* 64 KiB in, 1 MiB out */
extern const struct cli_bench_program cli_bench_endless;     /* does not end */
extern const struct cli_bench_program cli_bench_too_much;    /* prints, then takes 1 GiB */

/* Fill in the long inputs and outputs.  Before any is used. */
void cli_bench_programs_init(void);

#endif

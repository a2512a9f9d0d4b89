/* SPDX-License-Identifier: Apache-2.0 */
/* peers.h - how each of the commands beside us runs a piece of Python. */
#ifndef CL_CLI_BENCH_PEERS_H
#define CL_CLI_BENCH_PEERS_H

#include "cli/bench/command.h"

extern const struct cli_bench_command cli_bench_bare;      /* python3 -I -c */
extern const struct cli_bench_command cli_bench_bare_pass; /* python3 -I -S -c pass */
extern const struct cli_bench_command cli_bench_true;      /* /bin/true */
extern const struct cli_bench_command cli_bench_bubblewrap;
extern const struct cli_bench_command cli_bench_crun;
extern const struct cli_bench_command cli_bench_nsjail;
extern const struct cli_bench_command cli_bench_isolate;
extern const struct cli_bench_command cli_bench_sandlock;
extern const struct cli_bench_command cli_bench_docker;
extern const struct cli_bench_command cli_bench_pyodide; /* node + pyodide, cold */
extern const struct cli_bench_command cli_bench_cloche;  /* cloche run -c, alone */

/* The interpreter of the cells, as a command: "/usr/bin/python3.11". */
const char *cli_bench_python(void);

#endif

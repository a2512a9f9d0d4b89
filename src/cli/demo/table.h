/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table.h - the demonstration as people see it, a row as it comes, and as
 * programs do, one object at the end.
 *
 *     wide        attack | what was tried | reached | stopped by | ms
 *     narrow      attack | what was tried
 *                 reached | stopped by | ms
 */
#ifndef CL_CLI_DEMO_TABLE_H
#define CL_CLI_DEMO_TABLE_H

#include <stdint.h>

#include "base/buf.h"
#include "cli/demo/effects.h"
#include "cli/demo/program.h"

struct cli_demo_row {
    const struct cli_demo_text *text;
    struct cli_demo_effects effects; /* for a useful program: why it did not do its work */
    char stopped_by[256];
    char without[256]; /* the guard: what an attack on the language reached then; "" else */
    uint64_t ns;
};

/* How rows look on standard output.  Plain data. */
struct cli_demo_look {
    int columns; /* of the terminal; 0: as many as there are */
    int is_coloured;
};

/* What standard output is. */
struct cli_demo_look cli_demo_look(void);

/* All append to out; a failure stays in it. */
void cli_demo_table_columns(const struct cli_demo_look *look, struct cl_buf *out);
void cli_demo_table_head(const struct cli_demo_look *look, const char *title,
                         struct cl_buf *out);
void cli_demo_table_attack(const struct cli_demo_look *look, const struct cli_demo_row *row,
                           struct cl_buf *out);
void cli_demo_table_useful(const struct cli_demo_look *look, const struct cli_demo_row *row,
                           struct cl_buf *out);

/* {"attack": ..., "class": ..., "layer_off": ..., "effect": [...], "stopped_by": ...,
 * "without_guard": ...} */
void cli_demo_json_attack(const struct cli_demo_row *row, struct cl_buf *out);
/* {"program": ..., "effect": [...], "ms": ...}: effect is why it failed. */
void cli_demo_json_useful(const struct cli_demo_row *row, struct cl_buf *out);

#endif

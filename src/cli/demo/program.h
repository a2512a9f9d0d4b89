/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program.h - what `cloche demo` runs: the files of examples/demo, which the
 * build puts into the program.
 *
 * An attack or a useful program starts with lines "# key: value":
 *
 *     group    attacks: a heading, where a new group starts
 *     class    attacks: its class in docs/THREAT-MODEL.md
 *     tries    attacks: what is tried, in one phrase
 *     profile  attacks: of examples/demo/policy.yaml, when it is not `attack`
 *     machine  attacks: of uname(2), when it is for one only
 *     ENAME    attacks: what it means when the kernel answered with this errno
 *     crash    attacks: what it means when the attack itself crashes
 *     unseen   attacks: what stops it, where nothing can be seen of that
 *     level    attacks: "restricted" where it is one on the language: no prelude, and it
 *              runs again as profile `brief`, with all of Python, to show what it would
 *              reach in there
 *     bare     attacks: "yes" where it harms nothing but canaries when nothing stops it
 *     does     useful programs: what it does, in one phrase
 *     file     useful programs: a file that it is given
 *     makes    useful programs: a file that it must leave
 *     prints   useful programs: a line that it must print
 */
#ifndef CL_CLI_DEMO_PROGRAM_H
#define CL_CLI_DEMO_PROGRAM_H

#include <stddef.h>

#include "base/buf.h"

struct cli_demo_text {
    const char *name; /* the file's, without its ending */
    const unsigned char *text;
    size_t len;
};

/* The i-th in the order in which they run, or NULL past the last. */
const struct cli_demo_text *cli_demo_attack(size_t i);
const struct cli_demo_text *cli_demo_useful(size_t i);

/* One of the other files: "prelude", "neighbour", "policy", "sales". */
const struct cli_demo_text *cli_demo_part(const char *name);

/* The value of a key at the start of a file, cut to size; "" when it is not
 * there.  Returns out. */
const char *cli_demo_field(const struct cli_demo_text *text, const char *key, char *out,
                           size_t size);

/* Is it one on the language? */
int cli_demo_is_on_language(const struct cli_demo_text *attack);

/* Append what runs: for an attack that is not on the language, the prelude comes first. */
void cli_demo_code(const struct cli_demo_text *attack, struct cl_buf *out);

#endif

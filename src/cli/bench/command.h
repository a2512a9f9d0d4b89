/* SPDX-License-Identifier: Apache-2.0 */
/* command.h - a subject that is a command: python3 alone, or in some sandbox. */
#ifndef CL_CLI_BENCH_COMMAND_H
#define CL_CLI_BENCH_COMMAND_H

#include "base/own.h"
#include "cli/bench/bench.h"

enum { CLI_BENCH_WORDS = 48 };

/* The words of a command, as they come together. */
struct cli_bench_words {
    const char *word[CLI_BENCH_WORDS]; /* borrowed */
    size_t n;
    char serial[24]; /* a word that is another one in each run, for those that want names */
};

/* Append n words.  More than there is room for are an abort: the commands are
 * all our own. */
void cli_bench_words_add(struct cli_bench_words *words, const char *const *more, size_t n);

#define CLI_BENCH_WORDS_ADD(words, ...)                                                    \
    cli_bench_words_add((words), (const char *const[]){__VA_ARGS__},                       \
                        CL_COUNT(((const char *const[]){__VA_ARGS__})))

/* The arg of a subject of cli_bench_command. */
struct cli_bench_command {
    const char *needs; /* a program in $PATH without which it is not here; may be NULL */

    /*
     * Get ready, once, and say the command that runs code.  Returns 0, 1 when
     * it is not here, -1 on failure.
     */
    int (*prepare)(const char *code, struct cli_bench_words *words,
                   struct cloche_error *err);

    void (*undo)(void); /* what prepare made; may be NULL */
};

/*
 * Figures: [0] from the start to the end of its process and output, or what it
 * printed where the program says so.
 */
extern const struct cli_bench_kind cli_bench_command;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Help text, made of the table in command.c, and the command `help`. */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "base/own.h"
#include "cli/args.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/output.h"

static void
write_examples(const struct cli_command *command, struct cl_buf *out)
{
    size_t width = 0;
    for (const struct cli_example *e = command->examples; e->line != NULL; e++) {
        width = strlen(e->line) > width ? strlen(e->line) : width;
    }
    (void)cl_buf_add_str(out, "\nExamples:\n");
    for (const struct cli_example *e = command->examples; e->line != NULL; e++) {
        (void)cl_buf_printf(out, "  %-*s  %s\n", (int)width, e->line, e->what);
    }
}

static void
write_members(const struct cli_command *group, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, "\nCommands:\n");
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        if (cli_command_is_in(c, group)) {
            (void)cl_buf_printf(out, "  %-12s  %s\n", cli_command_word(c), c->summary);
        }
    }
}

static void
write_options(const struct cli_command *command, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, "\nOptions:\n");
    for (const struct cli_option *o = command->options; o->id != CLI_OPT_END; o++) {
        char letter[4] = "";
        char spelt[64];
        if (o->letter != '\0') {
            (void)snprintf(letter, sizeof letter, "-%c", o->letter);
        }
        (void)snprintf(spelt, sizeof spelt, "%2s%s%s%s%s", letter,
                       o->name == NULL     ? ""
                       : o->letter != '\0' ? ", --"
                                           : "  --",
                       o->name != NULL ? o->name : "", o->metavar != NULL ? " " : "",
                       o->metavar != NULL ? o->metavar : "");
        (void)cl_buf_printf(out, "  %-25s  %s\n", spelt, o->help);
    }
}

static void
write_usage(const struct cli_command *command, struct cl_buf *out)
{
    const char *space = command->name[0] == '\0' ? "" : " ";
    (void)cl_buf_printf(out, "Usage: cloche%s%s%s%s%s\n", space, command->name,
                        command->main != NULL ? " [OPTION...]" : "",
                        command->operands[0] == '\0' ? "" : " ", command->operands);
}

void
cli_help_write_short(const struct cli_command *command, struct cl_buf *out)
{
    const char *space = command->name[0] == '\0' ? "" : " ";
    write_usage(command, out);
    write_examples(command, out);
    (void)cl_buf_printf(out, "\nTry 'cloche%s%s --help' for all of it.\n", space,
                        command->name);
}

void
cli_help_write(const struct cli_command *command, struct cl_buf *out)
{
    (void)cl_buf_printf(out, "cloche%s%s - %s\n\n", command->name[0] == '\0' ? "" : " ",
                        command->name, command->summary);
    write_usage(command, out);
    write_examples(command, out);
    if (command->main == NULL) {
        write_members(command, out);
    }
    write_options(command, out);
    if (command->notes[0] != '\0') {
        (void)cl_buf_printf(out, "\n%s", command->notes);
    }
}

/* The words of `cloche help WORD WORD`; one more than a command has, so that
 * the look-up meets the one too many. */
struct help_words {
    const char *word[3];
    int count;
};

static int
take_word(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    struct help_words *words = ctx;
    (void)opt; /* operands only: help has no option of its own */
    if (words->count == (int)CL_COUNT(words->word)) {
        return cli_args_unexpected(value, f);
    }
    words->word[words->count++] = value;
    return 0;
}

int
cli_help_main(struct cli_args *args)
{
    cl_autobuf struct cl_buf text = CL_BUF_INIT(CLI_TEXT_MAX);
    struct cli_failure failure = CLI_FAILURE_INIT;
    struct help_words words = {.count = 0};
    struct cli_args found;

    const int status = cli_args_parse(args, take_word, &words);
    if (status >= 0) {
        return status;
    }
    if (cli_lookup(words.word, words.count, &found, &failure) != 0) {
        return cli_failure_report(&failure, 0);
    }
    if (found.argc > 0) {
        (void)cli_args_unexpected(found.argv[0], &failure); /* fills failure */
        return cli_failure_report(&failure, 0);
    }
    cli_help_write(found.command, &text);
    return cli_print(&text);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the grammar of a command line; knows no command. */
#include "cli/args.h"

#include <stdio.h>
#include <string.h>

#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/output.h"

/* Where the parser stands. */
struct cursor {
    struct cli_args *args;
    int next;            /* the next word */
    const char *letters; /* the rest of a "-abc"; NULL or "" when there is none */
    cli_take *take;
    void *ctx;
    int wants_help;
};

int
cli_args_want_json(const char *const *argv, int argc)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            return 1;
        }
    }
    return 0;
}

int
cli_args_unexpected(const char *value, struct cli_failure *f)
{
    return cli_fail(f, value, NULL, "unexpected argument '%s'", value);
}

int
cli_args_none(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    (void)ctx; /* there is nothing to keep */
    (void)opt; /* only operands and arguments can come: there are no other options */
    return cli_args_unexpected(value, f);
}

static const struct cli_option *
find_long(const struct cli_option *options, const char *name, size_t len)
{
    for (const struct cli_option *o = options; o->id != CLI_OPT_END; o++) {
        if (o->name != NULL && strlen(o->name) == len && memcmp(o->name, name, len) == 0) {
            return o;
        }
    }
    return NULL;
}

static const struct cli_option *
find_letter(const struct cli_option *options, char letter)
{
    for (const struct cli_option *o = options; o->id != CLI_OPT_END; o++) {
        if (o->letter == letter) {
            return o;
        }
    }
    return NULL;
}

static int
fail_unknown(const struct cli_option *options, const char *name, size_t len,
             struct cli_failure *f)
{
    char typed[64];
    char expected[64] = "";
    (void)snprintf(typed, sizeof typed, "%.*s", (int)len, name); /* may be cut */

    struct cli_nearest near = CLI_NEAREST_INIT(typed);
    for (const struct cli_option *o = options; o->id != CLI_OPT_END; o++) {
        if (o->name != NULL) {
            cli_nearest_offer(&near, o->name);
        }
    }
    char option[72];
    (void)snprintf(option, sizeof option, "--%s", typed);
    if (near.best == NULL) {
        return cli_fail(f, option, NULL, "unknown option '%s'", option);
    }
    (void)snprintf(expected, sizeof expected, "--%s", near.best);
    return cli_fail(f, option, expected, "unknown option '%s'; did you mean '%s'?", option,
                    expected);
}

/* Hand over an option whose value, if it has one, is known. */
static int
deliver(struct cursor *at, const struct cli_option *option, const char *value,
        struct cli_failure *f)
{
    switch (option->id) {
    case CLI_OPT_HELP: at->wants_help = 1; return 0;
    case CLI_OPT_JSON: at->args->is_json = 1; return 0;
    default: return at->take(at->ctx, option->id, value, f);
    }
}

/* As it was typed: "--timeout" or "-t". */
static int
fail_value(const struct cli_option *option, const char *typed, struct cli_failure *f)
{
    char expected[96];
    (void)snprintf(expected, sizeof expected, "%s %s", typed, option->metavar);
    return cli_fail(f, typed, expected, "option '%s' needs a value: '%s'", typed, expected);
}

static int
read_long(struct cursor *at, const char *word, struct cli_failure *f)
{
    const struct cli_option *options = at->args->command->options;
    const char *name = word + 2;
    const char *equals = strchr(name, '=');
    const size_t len = equals != NULL ? (size_t)(equals - name) : strlen(name);
    const struct cli_option *option = find_long(options, name, len);

    if (option == NULL) {
        return fail_unknown(options, name, len, f);
    }
    if (option->kind == CLI_KIND_NONE) {
        if (equals != NULL) {
            return cli_fail(f, word, NULL, "option '--%s' takes no value", option->name);
        }
        return deliver(at, option, NULL, f);
    }
    if (equals != NULL) {
        return deliver(at, option, equals + 1, f);
    }
    if (at->next == at->args->argc) {
        return fail_value(option, word, f);
    }
    return deliver(at, option, at->args->argv[at->next++], f);
}

static int
read_letter(struct cursor *at, struct cli_failure *f)
{
    const char typed[3] = {'-', *at->letters++, '\0'};
    const struct cli_option *option = find_letter(at->args->command->options, typed[1]);

    if (option == NULL) {
        return cli_fail(f, typed, NULL, "unknown option '%s'", typed);
    }
    if (option->kind == CLI_KIND_NONE) {
        return deliver(at, option, NULL, f);
    }
    const char *value = at->letters;
    at->letters = NULL;
    if (*value == '\0') {
        if (at->next == at->args->argc) {
            return fail_value(option, typed, f);
        }
        value = at->args->argv[at->next++];
    }
    return deliver(at, option, value, f);
}

static int
read_all(struct cursor *at, struct cli_failure *f)
{
    int is_over = 0; /* "--" was seen */

    while (at->next < at->args->argc && !at->wants_help) {
        const char *word = at->args->argv[at->next++];
        int rc = 0;
        if (is_over) {
            rc = at->take(at->ctx, CLI_OPT_ARGUMENT, word, f);
        } else if (strcmp(word, "--") == 0) {
            is_over = 1;
        } else if (strncmp(word, "--", 2) == 0) {
            rc = read_long(at, word, f);
        } else if (word[0] == '-' && word[1] != '\0') {
            at->letters = word + 1;
            while (rc == 0 && at->letters != NULL && *at->letters != '\0') {
                rc = read_letter(at, f);
            }
        } else {
            rc = at->take(at->ctx, CLI_OPT_OPERAND, word, f);
        }
        if (rc != 0) {
            return -1;
        }
    }
    return 0;
}

int
cli_args_parse(struct cli_args *args, cli_take *take, void *ctx)
{
    struct cli_failure failure = CLI_FAILURE_INIT;
    struct cursor at = {.args = args, .take = take, .ctx = ctx};

    if (read_all(&at, &failure) != 0) {
        const char *name = args->command->name;
        (void)snprintf(failure.see, sizeof failure.see, "cloche %s%s--help", name,
                       name[0] == '\0' ? "" : " ");
        return cli_failure_report(&failure, args->is_json ||
                                                cli_args_want_json(args->argv, args->argc));
    }
    if (at.wants_help) {
        cl_autobuf struct cl_buf text = CL_BUF_INIT(CLI_TEXT_MAX);
        cli_help_write(args->command, &text);
        return cli_print(&text);
    }
    return -1;
}

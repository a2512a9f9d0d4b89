/* SPDX-License-Identifier: Apache-2.0 */
/* `cloche completion bash|zsh|fish`, and what the three scripts share. */
#include <string.h>

#include <cloche/cloche.h>

#include "base/own.h"
#include "cli/args.h"
#include "cli/completions/shells.h"
#include "cli/demo/program.h"
#include "cli/nearest.h"
#include "cli/output.h"
#include "cli/policy_file.h"

static const struct {
    const char *name;
    void (*write)(const char *profiles, struct cl_buf *out);
} shells[] = {
    {"bash", cli_shell_bash},
    {"zsh", cli_shell_zsh},
    {"fish", cli_shell_fish},
};

void
cli_shell_members(const struct cli_command *group, const char *between, struct cl_buf *out)
{
    int n = 0;
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        if (cli_command_is_in(c, group)) {
            (void)cl_buf_printf(out, "%s%s", n++ > 0 ? between : "", cli_command_word(c));
        }
    }
}

void
cli_shell_words(const char *const *words, struct cl_buf *out)
{
    for (const char *const *word = words; *word != NULL; word++) {
        (void)cl_buf_printf(out, "%s%s", word == words ? "" : " ", *word);
    }
}

void
cli_shell_demo(struct cl_buf *out)
{
    const struct cli_demo_text *text;
    for (size_t i = 0; (text = cli_demo_attack(i)) != NULL; i++) {
        (void)cl_buf_printf(out, "%s ", text->name);
    }
    for (size_t i = 0; (text = cli_demo_useful(i)) != NULL; i++) {
        (void)cl_buf_printf(out, "%s%s", i > 0 ? " " : "", text->name);
    }
}

void
cli_shell_quote(const char *text, const char *special, const char *quote_as,
                struct cl_buf *out)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\'') {
            (void)cl_buf_add_str(out, quote_as);
        } else {
            (void)cl_buf_printf(out, "%s%c", strchr(special, *p) != NULL ? "\\" : "", *p);
        }
    }
}

/* The profiles of the policy in use when the script is made.  Names that a
 * shell would not take for plain words are not offered. */
static void
list_profiles(struct cl_buf *out)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    struct cloche_policy *policy = NULL;
    struct cli_failure ignored = CLI_FAILURE_INIT;
    const char *name;

    if (cli_policy_file_load(NULL, &policy, &ignored) != 0) {
        return; /* a broken policy file must not break the shell's start */
    }
    for (size_t i = 0; (name = cloche_policy_profile(policy, i)) != NULL; i++) {
        if (name[0] != '\0' && name[strspn(name, plain)] == '\0') {
            (void)cl_buf_printf(out, "%s%s", out->len > 0 ? " " : "", name);
        }
    }
    cloche_policy_unref(policy);
}

static int
take_shell(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    const char **shell = ctx;
    (void)opt; /* operands only: it has no option of its own */
    if (*shell != NULL) {
        return cli_args_unexpected(value, f);
    }
    *shell = value;
    return 0;
}

static int
fail_shell(const char *shell)
{
    struct cli_failure failure = CLI_FAILURE_INIT;
    if (shell == NULL) {
        (void)cli_fail(&failure, NULL, NULL, "name a shell: bash, zsh or fish");
    } else {
        (void)cli_fail(&failure, shell, NULL, "no completion for '%s': bash, zsh or fish",
                       shell);
    }
    return cli_failure_report(&failure, 0);
}

int
cli_completion_main(struct cli_args *args)
{
    cl_autobuf struct cl_buf profiles = CL_BUF_INIT(CLI_TEXT_MAX);
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    const char *shell = NULL;

    const int status = cli_args_parse(args, take_shell, &shell);
    if (status >= 0) {
        return status;
    }
    for (size_t i = 0; shell != NULL && i < CL_COUNT(shells); i++) {
        if (strcmp(shell, shells[i].name) == 0) {
            list_profiles(&profiles);
            (void)cl_buf_u8(&profiles, '\0');
            shells[i].write((const char *)profiles.data, &out);
            return cli_print(&out);
        }
    }
    return fail_shell(shell);
}

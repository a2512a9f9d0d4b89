/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the fish script. */
#include "cli/completions/shells.h"

#include "cli/command.h"

static const char head[] =
    "# fish completion for cloche, made by 'cloche completion fish'\n"
    "\n"
    "# The command whose words are being typed: \"run\", \"policy check\", \"\".\n"
    "function __cloche_path\n"
    "    set -l path\n"
    "    for word in (commandline -opc)[2..-1]\n"
    "        switch \"$path/$word\"\n";

static void
quote(const char *text, struct cl_buf *out)
{
    (void)cl_buf_u8(out, '\'');
    cli_shell_quote(text, "\\", "\\'", out);
    (void)cl_buf_u8(out, '\'');
}

static void
write_path(const struct cli_command *c, struct cl_buf *out)
{
    const char *word = cli_command_word(c);
    (void)cl_buf_printf(out, "            case '%.*s/%s'\n                set path '%s'\n",
                        word == c->name ? 0 : (int)(word - c->name - 1), c->name, word,
                        c->name);
}

/* -x: a value, and no files; -r -F: a value, which is a file. */
static void
write_offer(enum cli_kind kind, const char *profiles, struct cl_buf *out)
{
    switch (kind) {
    case CLI_KIND_FILE: (void)cl_buf_add_str(out, " -r -F"); break;
    case CLI_KIND_DIR:
        (void)cl_buf_add_str(out, " -x -a '(__fish_complete_directories)'");
        break;
    case CLI_KIND_PROFILE: (void)cl_buf_printf(out, " -x -a '%s'", profiles); break;
    case CLI_KIND_WORKLOAD:
        (void)cl_buf_add_str(out, " -x -a '");
        cli_shell_words(cli_workload_names, out);
        (void)cl_buf_u8(out, '\'');
        break;
    case CLI_KIND_SHELL: (void)cl_buf_add_str(out, " -x -a 'bash zsh fish'"); break;
    case CLI_KIND_FORMAT: (void)cl_buf_add_str(out, " -x -a 'text json sarif'"); break;
    case CLI_KIND_SEVERITY: (void)cl_buf_add_str(out, " -x -a 'note warning error'"); break;
    case CLI_KIND_DEMO:
        (void)cl_buf_add_str(out, " -x -a '");
        cli_shell_demo(out);
        (void)cl_buf_u8(out, '\'');
        break;
    case CLI_KIND_COMMAND:
        (void)cl_buf_add_str(out, " -x -a '");
        cli_shell_members(cli_command_find(""), " ", out);
        (void)cl_buf_u8(out, '\'');
        break;
    case CLI_KIND_LIMIT:
        (void)cl_buf_add_str(out, " -x -a '");
        for (const char *const *key = cli_limit_keys; *key != NULL; key++) {
            (void)cl_buf_printf(out, "%s%s=", key == cli_limit_keys ? "" : " ", *key);
        }
        (void)cl_buf_u8(out, '\'');
        break;
    case CLI_KIND_TEXT: (void)cl_buf_add_str(out, " -x"); break;
    case CLI_KIND_NONE: break;
    }
}

/* The beginning of each rule: when it holds. */
static void
write_rule(const struct cli_command *c, struct cl_buf *out)
{
    (void)cl_buf_printf(out, "complete -c cloche -n '__cloche_at \"%s\"'", c->name);
}

static void
write_command(const struct cli_command *c, const char *profiles, struct cl_buf *out)
{
    for (const struct cli_option *o = c->options; o->id != CLI_OPT_END; o++) {
        write_rule(c, out);
        if (o->letter != '\0') {
            (void)cl_buf_printf(out, " -s %c", o->letter);
        }
        if (o->name != NULL) {
            (void)cl_buf_printf(out, " -l %s", o->name);
        }
        write_offer(o->kind, profiles, out);
        (void)cl_buf_add_str(out, " -d ");
        quote(o->help, out);
        (void)cl_buf_u8(out, '\n');
    }
    if (c->main != NULL && c->operand_kind != CLI_KIND_NONE) {
        write_rule(c, out);
        write_offer(c->operand_kind, profiles, out);
        (void)cl_buf_u8(out, '\n');
    }
    for (const struct cli_command *m = cli_commands; m->name != NULL; m++) {
        if (c->main == NULL && cli_command_is_in(m, c)) {
            write_rule(c, out);
            (void)cl_buf_printf(out, " -a %s -d ", cli_command_word(m));
            quote(m->summary, out);
            (void)cl_buf_u8(out, '\n');
        }
    }
}

void
cli_shell_fish(const char *profiles, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, head);
    for (const struct cli_command *c = cli_commands + 1; c->name != NULL; c++) {
        write_path(c, out);
    }
    (void)cl_buf_add_str(out, "        end\n"
                              "    end\n"
                              "    echo $path\n"
                              "end\n"
                              "\n"
                              "function __cloche_at\n"
                              "    set -l path (__cloche_path)\n"
                              "    test \"$path\" = \"$argv[1]\"\n"
                              "end\n"
                              "\n"
                              "complete -c cloche -f\n");
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        write_command(c, profiles, out);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the zsh script, for a file _cloche in a directory of $fpath. */
#include "cli/completions/shells.h"

#include "cli/command.h"

/* `path` is zsh's own name for $PATH: hence `at`. */
static const char head[] = "#compdef cloche\n"
                           "# zsh completion for cloche, made by 'cloche completion zsh'\n"
                           "\n"
                           "_cloche() {\n"
                           "    local at='' i n=0\n"
                           "    local -a members\n"
                           "    for ((i = 2; i < CURRENT; i++)); do\n"
                           "        case \"$at/${words[i]}\" in\n";

static void
quote(const char *text, struct cl_buf *out)
{
    cli_shell_quote(text, "[]:\\", "'\\''", out);
}

/* The action of an _arguments specification. */
static void
write_action(enum cli_kind kind, const char *profiles, struct cl_buf *out)
{
    switch (kind) {
    case CLI_KIND_FILE: (void)cl_buf_add_str(out, "_files"); break;
    case CLI_KIND_DIR: (void)cl_buf_add_str(out, "_files -/"); break;
    case CLI_KIND_PROFILE: (void)cl_buf_printf(out, "(%s)", profiles); break;
    case CLI_KIND_WORKLOAD:
        (void)cl_buf_u8(out, '(');
        cli_shell_words(cli_workload_names, out);
        (void)cl_buf_u8(out, ')');
        break;
    case CLI_KIND_SHELL: (void)cl_buf_add_str(out, "(bash zsh fish)"); break;
    case CLI_KIND_FORMAT: (void)cl_buf_add_str(out, "(text json sarif)"); break;
    case CLI_KIND_SEVERITY: (void)cl_buf_add_str(out, "(note warning error)"); break;
    case CLI_KIND_DEMO:
        (void)cl_buf_u8(out, '(');
        cli_shell_demo(out);
        (void)cl_buf_u8(out, ')');
        break;
    case CLI_KIND_COMMAND:
        (void)cl_buf_u8(out, '(');
        cli_shell_members(cli_command_find(""), " ", out);
        (void)cl_buf_u8(out, ')');
        break;
    case CLI_KIND_LIMIT:
        (void)cl_buf_add_str(out, "{compadd -S = --");
        for (const char *const *key = cli_limit_keys; *key != NULL; key++) {
            (void)cl_buf_printf(out, " %s", *key);
        }
        (void)cl_buf_u8(out, '}');
        break;
    case CLI_KIND_NONE:
    case CLI_KIND_TEXT: (void)cl_buf_u8(out, ' '); break;
    }
}

/* '*' in front lets an option stand more than once. */
static void
write_option(const struct cli_option *o, const char *profiles, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, " \\\n                ");
    if (o->letter != '\0' && o->name != NULL) {
        (void)cl_buf_printf(out, "'*'{-%c,--%s}'", o->letter, o->name);
    } else if (o->name != NULL) {
        (void)cl_buf_printf(out, "'*--%s", o->name);
    } else {
        (void)cl_buf_printf(out, "'*-%c", o->letter);
    }
    (void)cl_buf_u8(out, '[');
    quote(o->help, out);
    (void)cl_buf_u8(out, ']');
    if (o->kind != CLI_KIND_NONE) {
        (void)cl_buf_u8(out, ':');
        quote(o->metavar, out);
        (void)cl_buf_u8(out, ':');
        write_action(o->kind, profiles, out);
    }
    (void)cl_buf_u8(out, '\'');
}

static void
write_path(const struct cli_command *c, struct cl_buf *out)
{
    const char *word = cli_command_word(c);
    const int is_member = word != c->name;
    (void)cl_buf_printf(out, "            '%.*s/%s') at='%s' n=%d ;;\n",
                        is_member ? (int)(word - c->name - 1) : 0, c->name, word, c->name,
                        is_member ? 2 : 1);
}

static void
write_group(const struct cli_command *group, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, "            members=(");
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        if (cli_command_is_in(c, group)) {
            (void)cl_buf_printf(out, "\n                '%s:", cli_command_word(c));
            quote(c->summary, out);
            (void)cl_buf_u8(out, '\'');
        }
    }
    (void)cl_buf_add_str(out, ")\n"
                              "            if [[ ${words[CURRENT]} != -* ]]; then\n"
                              "                _describe command members\n"
                              "                return\n"
                              "            fi\n");
}

static void
write_command(const struct cli_command *c, const char *profiles, struct cl_buf *out)
{
    (void)cl_buf_printf(out, "        '%s')\n", c->name);
    if (c->main == NULL) {
        write_group(c, out);
    }
    (void)cl_buf_add_str(out, "            _arguments -s");
    for (const struct cli_option *o = c->options; o->id != CLI_OPT_END; o++) {
        write_option(o, profiles, out);
    }
    if (c->main != NULL && c->operand_kind != CLI_KIND_NONE) {
        (void)cl_buf_add_str(out, " \\\n                '*:");
        quote(c->operands, out);
        (void)cl_buf_u8(out, ':');
        write_action(c->operand_kind, profiles, out);
        (void)cl_buf_u8(out, '\'');
    }
    (void)cl_buf_add_str(out, " ;;\n");
}

void
cli_shell_zsh(const char *profiles, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, head);
    for (const struct cli_command *c = cli_commands + 1; c->name != NULL; c++) {
        write_path(c, out);
    }
    (void)cl_buf_add_str(out, "        esac\n"
                              "    done\n"
                              "    shift n words\n"
                              "    ((CURRENT -= n))\n"
                              "    case \"$at\" in\n");
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        write_command(c, profiles, out);
    }
    (void)cl_buf_add_str(out, "    esac\n"
                              "}\n"
                              "\n"
                              "if [[ $funcstack[1] == _cloche ]]; then\n"
                              "    _cloche \"$@\"\n"
                              "else\n"
                              "    compdef _cloche cloche\n"
                              "fi\n");
}

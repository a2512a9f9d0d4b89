/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the bash script.  It needs bash 4.4 and nothing else. */
#include "cli/completions/shells.h"

#include "cli/command.h"

static const char head[] =
    "# bash completion for cloche, made by 'cloche completion bash'\n"
    "\n"
    "_cloche_files() {\n"
    "    compopt -o filenames\n"
    "    mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n"
    "}\n"
    "\n"
    "_cloche_words() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
    "}\n"
    "\n"
    "_cloche() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    local path='' i\n"
    "    COMPREPLY=()\n"
    "    # --name=value comes as three words.\n"
    "    if [[ $cur == = ]]; then\n"
    "        cur=''\n"
    "    elif [[ $prev == = ]]; then\n"
    "        prev=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case \"$path/${COMP_WORDS[i]}\" in\n"
    "            */--) _cloche_files -f; return ;;\n";

/* What to offer for a value or an operand. */
static void
write_offer(enum cli_kind kind, const char *profiles, struct cl_buf *out)
{
    switch (kind) {
    case CLI_KIND_FILE: (void)cl_buf_add_str(out, "_cloche_files -f"); break;
    case CLI_KIND_DIR: (void)cl_buf_add_str(out, "_cloche_files -d"); break;
    case CLI_KIND_PROFILE: (void)cl_buf_printf(out, "_cloche_words '%s'", profiles); break;
    case CLI_KIND_WORKLOAD:
        (void)cl_buf_add_str(out, "_cloche_words '");
        cli_shell_words(cli_workload_names, out);
        (void)cl_buf_u8(out, '\'');
        break;
    case CLI_KIND_SHELL: (void)cl_buf_add_str(out, "_cloche_words 'bash zsh fish'"); break;
    case CLI_KIND_FORMAT:
        (void)cl_buf_add_str(out, "_cloche_words 'text json sarif'");
        break;
    case CLI_KIND_SEVERITY:
        (void)cl_buf_add_str(out, "_cloche_words 'note warning error'");
        break;
    case CLI_KIND_DEMO:
        (void)cl_buf_add_str(out, "_cloche_words '");
        cli_shell_demo(out);
        (void)cl_buf_u8(out, '\'');
        break;
    case CLI_KIND_COMMAND:
        (void)cl_buf_add_str(out, "_cloche_words '");
        cli_shell_members(cli_command_find(""), " ", out);
        (void)cl_buf_u8(out, '\'');
        break;
    case CLI_KIND_LIMIT:
        (void)cl_buf_add_str(out, "compopt -o nospace; _cloche_words '");
        for (const char *const *key = cli_limit_keys; *key != NULL; key++) {
            (void)cl_buf_printf(out, "%s%s=", key == cli_limit_keys ? "" : " ", *key);
        }
        (void)cl_buf_u8(out, '\'');
        break;
    case CLI_KIND_NONE:
    case CLI_KIND_TEXT: (void)cl_buf_u8(out, ':'); break;
    }
}

static void
write_paths(struct cl_buf *out)
{
    for (const struct cli_command *c = cli_commands + 1; c->name != NULL; c++) {
        const char *word = cli_command_word(c);
        if (word == c->name) {
            (void)cl_buf_printf(out, "            /%s) path='%s' ;;\n", word, c->name);
        } else {
            (void)cl_buf_printf(out, "            '%.*s'/%s) path='%s' ;;\n",
                                (int)(word - c->name - 1), c->name, word, c->name);
        }
    }
}

static void
write_values(const struct cli_command *c, const char *profiles, struct cl_buf *out)
{
    for (const struct cli_option *o = c->options; o->id != CLI_OPT_END; o++) {
        if (o->kind == CLI_KIND_NONE) {
            continue;
        }
        (void)cl_buf_add_str(out, "        ");
        if (o->name != NULL) {
            (void)cl_buf_printf(out, "'%s --%s'%s", c->name, o->name,
                                o->letter != '\0' ? "|" : "");
        }
        if (o->letter != '\0') {
            (void)cl_buf_printf(out, "'%s -%c'", c->name, o->letter);
        }
        (void)cl_buf_add_str(out, ") ");
        write_offer(o->kind, profiles, out);
        (void)cl_buf_add_str(out, "; return ;;\n");
    }
}

static void
write_options(const struct cli_command *c, struct cl_buf *out)
{
    (void)cl_buf_printf(out, "            '%s') _cloche_words '", c->name);
    for (const struct cli_option *o = c->options; o->id != CLI_OPT_END; o++) {
        const char *space = o == c->options ? "" : " ";
        if (o->name != NULL) {
            (void)cl_buf_printf(out, "%s--%s", space, o->name);
        } else {
            (void)cl_buf_printf(out, "%s-%c", space, o->letter);
        }
    }
    (void)cl_buf_add_str(out, "' ;;\n");
}

static void
write_operands(const struct cli_command *c, const char *profiles, struct cl_buf *out)
{
    (void)cl_buf_printf(out, "            '%s') ", c->name);
    if (c->main == NULL) {
        (void)cl_buf_add_str(out, "_cloche_words '");
        cli_shell_members(c, " ", out);
        (void)cl_buf_u8(out, '\'');
    } else {
        write_offer(c->operand_kind, profiles, out);
    }
    (void)cl_buf_add_str(out, " ;;\n");
}

void
cli_shell_bash(const char *profiles, struct cl_buf *out)
{
    (void)cl_buf_add_str(out, head);
    write_paths(out);
    (void)cl_buf_add_str(out, "        esac\n"
                              "    done\n"
                              "    case \"$path $prev\" in\n");
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        write_values(c, profiles, out);
    }
    (void)cl_buf_add_str(out, "    esac\n"
                              "    if [[ $cur == -* ]]; then\n"
                              "        case \"$path\" in\n");
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        write_options(c, out);
    }
    (void)cl_buf_add_str(out, "        esac\n"
                              "    else\n"
                              "        case \"$path\" in\n");
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        write_operands(c, profiles, out);
    }
    (void)cl_buf_add_str(out, "        esac\n"
                              "    fi\n"
                              "}\n"
                              "\n"
                              "complete -F _cloche cloche\n");
}

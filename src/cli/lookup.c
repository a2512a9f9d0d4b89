/* SPDX-License-Identifier: Apache-2.0 */
/* Finds a command by its words; knows the table only. */
#include "cli/lookup.h"

#include <stdio.h>
#include <string.h>

#include <sys/stat.h>

#include "cli/nearest.h"

static const struct cli_command *
find_member(const struct cli_command *group, const char *word)
{
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        if (cli_command_is_in(c, group) && strcmp(cli_command_word(c), word) == 0) {
            return c;
        }
    }
    return NULL;
}

static int
fail_unknown(const struct cli_command *group, const char *word, struct cli_failure *f)
{
    const char *space = group->name[0] == '\0' ? "" : " ";
    struct cli_nearest near = CLI_NEAREST_INIT(word);
    struct stat st;
    char meant[64] = "";
    char see[sizeof f->see];

    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        if (cli_command_is_in(c, group)) {
            cli_nearest_offer(&near, cli_command_word(c));
        }
    }
    (void)snprintf(see, sizeof see, "cloche%s%s --help", space, group->name);
    if (near.best != NULL) {
        (void)snprintf(meant, sizeof meant, "cloche %s%s%s", group->name, space, near.best);
        (void)cli_fail(f, word, meant, "unknown command '%s%s%s'; did you mean '%s'?",
                       group->name, space, word, meant);
    } else if (group->name[0] == '\0' && stat(word, &st) == 0 && S_ISREG(st.st_mode)) {
        /* cloche FILE, as one would say python3 FILE. */
        (void)cli_fail(f, word, "cloche run FILE",
                       "unknown command '%s'; to run that file: 'cloche run %s'", word,
                       word);
    } else {
        (void)cli_fail(f, word, NULL, "unknown command '%s%s%s'", group->name, space, word);
    }
    memcpy(f->see, see, sizeof see);
    return -1;
}

int
cli_lookup(const char *const *words, int count, struct cli_args *out, struct cli_failure *f)
{
    const struct cli_command *command = cli_command_find("");
    int used = 0;

    while (command->main == NULL && used < count && words[used][0] != '-') {
        const struct cli_command *member = find_member(command, words[used]);
        if (member == NULL) {
            return fail_unknown(command, words[used], f);
        }
        command = member;
        used++;
    }
    *out =
        (struct cli_args){.command = command, .argv = words + used, .argc = count - used};
    return 0;
}

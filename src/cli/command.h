/* SPDX-License-Identifier: Apache-2.0 */
/*
 * command.h - the one table of commands and options.
 *
 * The parser, --help, the completions and the suggestions for misspelt words
 * all read this table, so that none of them can know an option that another
 * does not.  Everything in it is constant and has static storage.
 */
#ifndef CL_CLI_COMMAND_H
#define CL_CLI_COMMAND_H

#include <stddef.h>

struct cli_args;

/* What stands on a command line.  The first three are not options. */
enum cli_opt {
    CLI_OPT_END = 0,  /* ends an option list */
    CLI_OPT_OPERAND,  /* a word that is no option */
    CLI_OPT_ARGUMENT, /* a word after "--" */
    CLI_OPT_HELP,
    CLI_OPT_VERSION,
    CLI_OPT_JSON,
    CLI_OPT_CODE,
    CLI_OPT_PROFILE,
    CLI_OPT_POLICY,
    CLI_OPT_FILE,
    CLI_OPT_OUT,
    CLI_OPT_STDIN,
    CLI_OPT_TIMEOUT,
    CLI_OPT_MEMORY,
    CLI_OPT_LIMIT,
    CLI_OPT_RAW,
    CLI_OPT_VERBOSE,
    CLI_OPT_ROUNDS,
    CLI_OPT_WORKLOAD,
    CLI_OPT_QUICK,
    CLI_OPT_SHOW,
    CLI_OPT_SIGNATURE,
    CLI_OPT_GENERATE,
    CLI_OPT_SECRET,
    CLI_OPT_PUBLIC,
    CLI_OPT_PUBLIC_KEY,
    CLI_OPT_TRUSTED_COMMENT,
    CLI_OPT_UNTRUSTED_COMMENT,
    CLI_OPT_NO_PASSPHRASE,
    CLI_OPT_PASSPHRASE_FD,
    CLI_OPT_FORCE,
    CLI_OPT_QUIET,
    CLI_OPT_SHADOW,
    CLI_OPT_FORMAT,
    CLI_OPT_FAIL_ON,
    CLI_OPT_RULES,
};

/* What a value or an operand is, so that a shell can complete it. */
enum cli_kind {
    CLI_KIND_NONE, /* an option without a value; a command without operands */
    CLI_KIND_TEXT, /* free text */
    CLI_KIND_FILE,
    CLI_KIND_DIR,
    CLI_KIND_PROFILE,  /* a profile's name */
    CLI_KIND_LIMIT,    /* one of cli_limit_keys and "=" */
    CLI_KIND_WORKLOAD, /* one of cli_workload_names */
    CLI_KIND_COMMAND,  /* a command's name */
    CLI_KIND_SHELL,    /* bash, zsh, fish */
    CLI_KIND_FORMAT,   /* text, json, sarif */
    CLI_KIND_SEVERITY, /* note, warning, error */
    CLI_KIND_DEMO,     /* an attack or a program of the demonstration */
};

struct cli_option {
    enum cli_opt id;
    char letter;         /* '\0' when it has none */
    const char *name;    /* without "--"; NULL when it has none */
    const char *metavar; /* its value's name in help; NULL with CLI_KIND_NONE */
    enum cli_kind kind;  /* of its value */
    const char *help;    /* one phrase, no full stop */
};

struct cli_example {
    const char *line;
    const char *what;
};

struct cli_command {
    const char *name;                   /* "run", "policy check"; "" for cloche itself */
    const char *summary;                /* one phrase */
    const char *operands;               /* for the usage line; "" when it takes none */
    enum cli_kind operand_kind;         /* of what stands for its operands */
    const struct cli_option *options;   /* ended by CLI_OPT_END */
    const struct cli_example *examples; /* ended by a NULL line */
    const char *notes;                  /* the last part of its help; "" for none */
    int (*main)(struct cli_args *args); /* returns an exit status; NULL for a group */
};

/* The commands in the order of help, ended by a NULL name.  The first is
 * cloche itself; a group comes before its members. */
extern const struct cli_command cli_commands[];

/* The keys of `limits:` in the policy, NULL-terminated, for completion. */
extern const char *const cli_limit_keys[];

/* The workloads of `cloche bench`, NULL-terminated, for completion. */
extern const char *const cli_workload_names[];

/* The command with exactly this name, or NULL. */
const struct cli_command *cli_command_find(const char *name);

/* Is command "GROUP WORD", one of the group's members?  The group "" has the
 * commands of one word. */
int cli_command_is_in(const struct cli_command *command, const struct cli_command *group);

/* The last word of its name: "check" of "policy check". */
const char *cli_command_word(const struct cli_command *command);

/* Each command's main, in the file of its first word. */
int cli_run_main(struct cli_args *args);
int cli_bench_main(struct cli_args *args);
int cli_demo_main(struct cli_args *args);
int cli_scan_main(struct cli_args *args);
int cli_doctor_main(struct cli_args *args);
int cli_policy_check_main(struct cli_args *args);
int cli_policy_explain_main(struct cli_args *args);
int cli_policy_diff_main(struct cli_args *args);
int cli_policy_schema_main(struct cli_args *args);
int cli_sign_main(struct cli_args *args);
int cli_verify_main(struct cli_args *args);
int cli_completion_main(struct cli_args *args);
int cli_help_main(struct cli_args *args);
int cli_version_main(struct cli_args *args);

#endif

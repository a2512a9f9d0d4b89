/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the table of commands and options; knows nothing of what they do.
 * A new option is a row here, a case in its command's file and a paragraph in
 * its manual page (tests/cli/test_help.py compares the three).
 */
#include "cli/command.h"

#include <string.h>

#define OPTION_HELP                                                                        \
    {                                                                                      \
        CLI_OPT_HELP, 'h', "help", NULL, CLI_KIND_NONE, "show this help"                   \
    }
#define OPTION_JSON(what)                                                                  \
    {                                                                                      \
        CLI_OPT_JSON, '\0', "json", NULL, CLI_KIND_NONE, what                              \
    }
#define OPTION_POLICY                                                                      \
    {                                                                                      \
        CLI_OPT_POLICY, '\0', "policy", "FILE", CLI_KIND_FILE,                             \
            "use this policy file instead of the one that is found"                        \
    }
#define OPTION_END                                                                         \
    {                                                                                      \
        .id = CLI_OPT_END                                                                  \
    }
#define EXAMPLE_END                                                                        \
    {                                                                                      \
        NULL, NULL                                                                         \
    }

static const struct cli_option top_options[] = {
    OPTION_HELP,
    {CLI_OPT_VERSION, 'V', "version", NULL, CLI_KIND_NONE, "show the version"},
    OPTION_END,
};

static const struct cli_option run_options[] = {
    {CLI_OPT_CODE, 'c', NULL, "CODE", CLI_KIND_TEXT, "run CODE instead of a file"},
    {CLI_OPT_PROFILE, 'p', "profile", "NAME", CLI_KIND_PROFILE,
     "run under this profile of the policy"},
    OPTION_POLICY,
    {CLI_OPT_FILE, 'f', "file", "[NAME=]FILE", CLI_KIND_FILE,
     "place FILE in /work, as NAME; may be repeated"},
    {CLI_OPT_OUT, 'o', "out", "DIR", CLI_KIND_DIR,
     "save the files that the code creates or changes in DIR"},
    {CLI_OPT_STDIN, '\0', "stdin", "FILE", CLI_KIND_FILE,
     "give the code FILE as its standard input"},
    {CLI_OPT_TIMEOUT, 't', "timeout", "TIME", CLI_KIND_TEXT,
     "end it after TIME (500ms, 2s); same as --limit wall=TIME"},
    {CLI_OPT_MEMORY, 'm', "memory", "SIZE", CLI_KIND_TEXT,
     "end it above SIZE (64MiB); same as --limit memory=SIZE"},
    {CLI_OPT_LIMIT, 'l', "limit", "KEY=VALUE", CLI_KIND_LIMIT,
     "tighten one limit of the profile; may be repeated"},
    {CLI_OPT_SIGNATURE, '\0', "signature", "FILE", CLI_KIND_FILE,
     "its signature, instead of the one beside it (script.py.minisig)"},
    {CLI_OPT_SHADOW, '\0', "shadow", "PROFILE", CLI_KIND_PROFILE,
     "run it again under PROFILE, and tell what would differ"},
    {CLI_OPT_RAW, '\0', "raw", NULL, CLI_KIND_NONE,
     "let the code's control sequences reach the terminal"},
    {CLI_OPT_VERBOSE, 'v', "verbose", NULL, CLI_KIND_NONE,
     "also tell the policy file, what was refused, and files saved"},
    OPTION_JSON("print the whole result as one JSON object, nothing live"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option bench_options[] = {
    {CLI_OPT_ROUNDS, 'n', "rounds", "N", CLI_KIND_TEXT,
     "how often each subject is measured (300)"},
    {CLI_OPT_WORKLOAD, 'w', "workload", "NAME[,NAME...]", CLI_KIND_WORKLOAD,
     "these workloads only; may be repeated"},
    {CLI_OPT_QUICK, 'q', "quick", NULL, CLI_KIND_NONE,
     "a short look: few rounds, and so rough figures"},
    OPTION_JSON("print the rows as one JSON object"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option demo_options[] = {
    {CLI_OPT_SHOW, '\0', "show", "NAME", CLI_KIND_DEMO,
     "print what an attack or a program does, and run nothing"},
    OPTION_JSON("print the rows as one JSON object"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option scan_options[] = {
    {CLI_OPT_PROFILE, 'p', "profile", "NAME", CLI_KIND_PROFILE,
     "also tell what this profile would refuse"},
    OPTION_POLICY,
    {CLI_OPT_FORMAT, '\0', "format", "FORMAT", CLI_KIND_FORMAT,
     "text (the default), json, or sarif"},
    {CLI_OPT_FAIL_ON, '\0', "fail-on", "SEVERITY", CLI_KIND_SEVERITY,
     "exit 1 on findings of this severity or above (error)"},
    {CLI_OPT_RULES, '\0', "rules", NULL, CLI_KIND_NONE,
     "list what can be found, and look at nothing"},
    OPTION_JSON("print the findings as one JSON object; same as --format json"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option doctor_options[] = {
    OPTION_POLICY,
    OPTION_JSON("print the rows as one JSON object"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option check_options[] = {
    OPTION_JSON("print the findings as one JSON object"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option explain_options[] = {
    OPTION_POLICY,
    OPTION_JSON("print the effective policy and the plan as one JSON object"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option diff_options[] = {
    OPTION_POLICY,
    OPTION_JSON("print the differences as a JSON object"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option sign_options[] = {
    {CLI_OPT_SECRET, 's', "secret", "FILE", CLI_KIND_FILE,
     "the secret key (~/.minisign/minisign.key)"},
    {CLI_OPT_SIGNATURE, 'x', "signature", "FILE", CLI_KIND_FILE,
     "write the signature here (FILE.minisig)"},
    {CLI_OPT_TRUSTED_COMMENT, 't', "trusted", "TEXT", CLI_KIND_TEXT,
     "what is signed with it (time and name of the file)"},
    {CLI_OPT_UNTRUSTED_COMMENT, 'c', "untrusted", "TEXT", CLI_KIND_TEXT, "its first line"},
    {CLI_OPT_PASSPHRASE_FD, '\0', "passphrase-fd", "N", CLI_KIND_TEXT,
     "read the passphrase from descriptor N"},
    {CLI_OPT_GENERATE, 'G', "generate", NULL, CLI_KIND_NONE,
     "make a key pair, and sign nothing"},
    {CLI_OPT_PUBLIC, 'p', "public", "FILE", CLI_KIND_FILE,
     "with -G: write the public key here (minisign.pub)"},
    {CLI_OPT_NO_PASSPHRASE, 'W', "no-passphrase", NULL, CLI_KIND_NONE,
     "with -G: do not encrypt the secret key"},
    {CLI_OPT_FORCE, 'f', "force", NULL, CLI_KIND_NONE,
     "with -G: replace the keys that are there"},
    OPTION_JSON("print what was made as one JSON object"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option verify_options[] = {
    {CLI_OPT_PUBLIC, 'p', "public", "FILE", CLI_KIND_FILE, "the public key (minisign.pub)"},
    {CLI_OPT_PUBLIC_KEY, 'P', "public-key", "KEY", CLI_KIND_TEXT,
     "the public key itself: RW..."},
    {CLI_OPT_SIGNATURE, 'x', "signature", "FILE", CLI_KIND_FILE,
     "the signature (FILE.minisig)"},
    {CLI_OPT_QUIET, 'q', "quiet", NULL, CLI_KIND_NONE, "say it by the exit status only"},
    OPTION_JSON("print what was found as one JSON object"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option version_options[] = {
    OPTION_JSON("print it as a JSON object"),
    OPTION_HELP,
    OPTION_END,
};

static const struct cli_option help_only[] = {OPTION_HELP, OPTION_END};

static const struct cli_example top_examples[] = {
    {"cloche run script.py", "run a file under the default profile"},
    {"cloche run -c 'print(6 * 7)'", "run a line"},
    {"cloche run -t 2s -m 64MiB script.py", "with tighter limits"},
    {"cloche run --json script.py", "the whole result, for a program"},
    {"cloche scan script.py", "what it would do, without running it"},
    {"cloche demo", "real attacks, and what stops each"},
    {"cloche doctor", "what this host can enforce, and what is missing"},
    EXAMPLE_END,
};

static const struct cli_example run_examples[] = {
    {"cloche run script.py", "a file under the default profile"},
    {"cloche run -c 'print(6 * 7)'", "one line"},
    {"cloche run script.py -- a b", "with arguments for the code"},
    {"generate | cloche run -", "code from standard input"},
    {"cloche run --file data.csv --out results plot.py", "files in and out"},
    {"cloche run -t 2s -m 64MiB answer.py <case.txt", "with tighter limits"},
    {"cloche run --json script.py | jq .outcome", "the whole result as JSON"},
    {"cloche run --shadow classroom script.py", "would it do the same under another?"},
    EXAMPLE_END,
};

static const struct cli_example demo_examples[] = {
    {"cloche demo", "all of it, in a few seconds"},
    {"cloche demo fork_bomb ptrace", "these two"},
    {"cloche demo --show int80", "what one of them does"},
    {"cloche demo --json | jq '.rows[].stopped_by'", "for a program"},
    EXAMPLE_END,
};

static const struct cli_example scan_examples[] = {
    {"cloche scan script.py", "what it would do, without running it"},
    {"cloche scan -p classroom homework/*.py", "and what that profile refuses"},
    {"cloche scan --format sarif *.py >findings.sarif", "for a code host or an editor"},
    {"cloche scan --fail-on warning - <script.py", "for a hook"},
    {"cloche scan --rules", "what can be found"},
    EXAMPLE_END,
};

static const struct cli_example doctor_examples[] = {
    {"cloche doctor", "a table, with what to do about what is missing"},
    {"cloche doctor --json | jq .can_run", "for a program"},
    EXAMPLE_END,
};

static const struct cli_example bench_examples[] = {
    {"cloche bench", "all of it: some minutes"},
    {"cloche bench --quick", "a first look: some seconds"},
    {"cloche bench -w W1,W8 -n 1000", "two workloads, more rounds"},
    {"cloche bench --json | jq '.rows[] | [.subject, .ratio]'", "for a program"},
    EXAMPLE_END,
};

static const struct cli_example policy_examples[] = {
    {"cloche policy check policy.yaml", "is it valid?"},
    {"cloche policy explain agent", "what a profile comes to on this host"},
    {"cloche policy diff isolated judge", "how two profiles differ"},
    {"cloche policy schema >policy.schema.json", "for editors"},
    EXAMPLE_END,
};

static const struct cli_example check_examples[] = {
    {"cloche policy check policy.yaml", "check one file"},
    {"cloche policy check", "check the file that `cloche run` would use here"},
    EXAMPLE_END,
};

static const struct cli_example explain_examples[] = {
    {"cloche policy explain", "the default profile, in sentences"},
    {"cloche policy explain --json agent", "for a program"},
    EXAMPLE_END,
};

static const struct cli_example diff_examples[] = {
    {"cloche policy diff isolated judge", "two profiles of the policy in use"},
    {"cloche policy diff old.yaml:lesson new.yaml:lesson", "of two files"},
    EXAMPLE_END,
};

static const struct cli_example schema_examples[] = {
    {"cloche policy schema >policy.schema.json", "keep it where an editor finds it"},
    EXAMPLE_END,
};

static const struct cli_example sign_examples[] = {
    {"cloche sign -G -s ops.key -p ops.pub", "make a key pair"},
    {"cloche sign -s ops.key script.py", "write script.py.minisig"},
    {"cloche sign -s ops.key --passphrase-fd 3 *.py 3<secret", "without a terminal"},
    EXAMPLE_END,
};

static const struct cli_example verify_examples[] = {
    {"cloche verify -p ops.pub script.py", "is it as it was signed?"},
    {"cloche verify -P RWQf... -x x.sig script.py", "key and signature elsewhere"},
    {"cloche verify --json -p ops.pub *.py | jq '.files[].ok'", "for a program"},
    EXAMPLE_END,
};

static const struct cli_example completion_examples[] = {
    {"eval \"$(cloche completion bash)\"", "in ~/.bashrc"},
    {"cloche completion zsh >~/.zfunc/_cloche", "in a directory of $fpath"},
    {"cloche completion fish | source", "in ~/.config/fish/config.fish"},
    EXAMPLE_END,
};

static const struct cli_example help_examples[] = {
    {"cloche help run", "the same as `cloche run --help`"},
    EXAMPLE_END,
};

static const struct cli_example version_examples[] = {
    {"cloche version", "the same as `cloche --version`"},
    EXAMPLE_END,
};

static const char run_notes[] =
    "Exit status: the code's own where it ended by sys.exit, else 0 ok; 1 an exception or\n"
    "a syntax error; 2 usage; 3 denied; 4 a limit not named here; 124 wall_limit,\n"
    "cpu_limit; 125 cloche or the host failed; 128+n crashed by signal n; 130 cancelled;\n"
    "137 memory_limit, heap_limit.  See cloche-run(1).\n";

static const char bench_notes[] =
    "The more the machine has to do beside, the rougher the figures: trust the ratios.\n"
    "Exit status: 0; 125 when something of cloche's own could not be measured.  See\n"
    "cloche-bench(1).\n";

static const char sign_notes[] =
    "Keys and signatures are minisign's, which verifies what this signs.  A profile names\n"
    "the public keys that it trusts in signature.keys: see cloche-policy(5).  The\n"
    "passphrase is asked for on a terminal, else it is a line of standard input.\n"
    "Exit status: 0; 2 when a file cannot be read or written, or the passphrase is "
    "wrong.\n";

static const char verify_notes[] = "Exit status: 0 when every signature is right, 1 when "
                                   "one is not, 2 when there is none\n"
                                   "or it cannot be read.\n";

static const char find_notes[] =
    "The policy file is --policy, else $CLOCHE_POLICY, else cloche/policy.yaml in\n"
    "$XDG_CONFIG_HOME (~/.config), else /etc/cloche/policy.yaml, else the built-in\n"
    "profiles alone.\n";

const struct cli_command cli_commands[] = {
    {"", "run Python that you do not trust, each run in a fresh, kernel-isolated process",
     "COMMAND ...", CLI_KIND_COMMAND, top_options, top_examples, "", NULL},
    {"run", "run one piece of Python, and tell how it ended", "[FILE|-] [-- ARG...]",
     CLI_KIND_FILE, run_options, run_examples, run_notes, cli_run_main},
    {"demo", "try real attacks and useful programs, and show what stopped which",
     "[NAME...]", CLI_KIND_DEMO, demo_options, demo_examples,
     "Exit status: 0 when no attack reached anything and each program did its work, else "
     "1.\n",
     cli_demo_main},
    {"scan", "tell what code would do, without running it", "[FILE...|-]", CLI_KIND_FILE,
     scan_options, scan_examples,
     "Exit status: 0; 1 on findings at or above --fail-on (error); 2 usage; 125 cloche or "
     "the\nhost failed.  See cloche-scan(1) for what it cannot see.\n",
     cli_scan_main},
    {"doctor", "tell what this host can enforce, and what to do about the rest", "",
     CLI_KIND_NONE, doctor_options, doctor_examples,
     "Exit status: 0 when the default profile can run here, 1 when it cannot.\n",
     cli_doctor_main},
    {"bench", "tell this machine's figures, beside bare python3 and other sandboxes", "",
     CLI_KIND_NONE, bench_options, bench_examples, bench_notes, cli_bench_main},
    {"policy", "check, explain and compare policy files", "COMMAND ...", CLI_KIND_COMMAND,
     help_only, policy_examples, find_notes, NULL},
    {"policy check", "tell whether policy files are valid, and where they are not",
     "[FILE...]", CLI_KIND_FILE, check_options, check_examples,
     "Exit status: 0 when all are valid, 1 when one is not.\n", cli_policy_check_main},
    {"policy explain", "tell what a profile comes to on this host", "[PROFILE]",
     CLI_KIND_PROFILE, explain_options, explain_examples, find_notes,
     cli_policy_explain_main},
    {"policy diff", "tell how two profiles differ", "[FILE:]PROFILE [FILE:]PROFILE",
     CLI_KIND_PROFILE, diff_options, diff_examples,
     "Exit status: 0 when they are the same, 1 when they differ.\n", cli_policy_diff_main},
    {"policy schema", "print the JSON Schema of the policy file", "", CLI_KIND_NONE,
     help_only, schema_examples, "", cli_policy_schema_main},
    {"sign", "sign code, so that a profile may trust it; make keys", "FILE...",
     CLI_KIND_FILE, sign_options, sign_examples, sign_notes, cli_sign_main},
    {"verify", "tell whether files are what a key signed", "FILE...", CLI_KIND_FILE,
     verify_options, verify_examples, verify_notes, cli_verify_main},
    {"completion", "print a shell's completion script", "bash|zsh|fish", CLI_KIND_SHELL,
     help_only, completion_examples, "", cli_completion_main},
    {"help", "show help on a command", "[COMMAND]", CLI_KIND_COMMAND, help_only,
     help_examples, "", cli_help_main},
    {"version", "show the version", "", CLI_KIND_NONE, version_options, version_examples,
     "", cli_version_main},
    {.name = NULL},
};

const char *const cli_limit_keys[] = {
    "wall",      "cpu",     "idle",       "memory",          "heap", "output", "recursion",
    "processes", "threads", "open_files", "file_size",       "disk", "inodes", "cpu_share",
    "source",    "result",  "host_calls", "loop_iterations", NULL,
};

const char *const cli_workload_names[] = {
    "W1", "W2", "W3", "cpu", "W4", "W5", "W6", "W7", "W8", "W9", "W10", "caller", NULL,
};

const struct cli_command *
cli_command_find(const char *name)
{
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++) {
        if (strcmp(c->name, name) == 0) {
            return c;
        }
    }
    return NULL;
}

int
cli_command_is_in(const struct cli_command *command, const struct cli_command *group)
{
    const size_t len = strlen(group->name);
    if (len == 0) {
        return command->name[0] != '\0' && strchr(command->name, ' ') == NULL;
    }
    return strncmp(command->name, group->name, len) == 0 && command->name[len] == ' ';
}

const char *
cli_command_word(const struct cli_command *command)
{
    const char *space = strrchr(command->name, ' ');
    return space == NULL ? command->name : space + 1;
}

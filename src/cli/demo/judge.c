/* SPDX-License-Identifier: Apache-2.0 */
/* Owns how a result is read.  Pure, but for opening the files in a result. */
#include "cli/demo/judge.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "cli/visible.h"

/* The limits that end a run, and who saw to it. */
static const struct {
    enum cloche_outcome outcome;
    const char *means;
} limits[] = {
    {CLOCHE_OUTCOME_CPU_LIMIT, "limits.cpu: the broker's clock"},
    {CLOCHE_OUTCOME_WALL_LIMIT, "limits.wall: the broker's clock"},
    {CLOCHE_OUTCOME_MEMORY_LIMIT, "limits.memory: rlimits, cgroup"},
    {CLOCHE_OUTCOME_OUTPUT_LIMIT, "limits.output: the broker reads no more"},
    {CLOCHE_OUTCOME_DISK_LIMIT, "limits.disk: a tmpfs of its own"},
    {CLOCHE_OUTCOME_PROCESS_LIMIT, "limits.processes: rlimits, the broker's count"},
    {CLOCHE_OUTCOME_RESULT_LIMIT, "limits.result: the broker reads no more"},
    {CLOCHE_OUTCOME_LOOP_LIMIT, "limits.loop_iterations: counted by the guard"},
    {CLOCHE_OUTCOME_RECURSION_LIMIT, "limits.recursion: counted by the guard"},
    {CLOCHE_OUTCOME_HEAP_LIMIT, "limits.heap: counted by the guard"},
    {CLOCHE_OUTCOME_PROTOCOL, "broker: not a frame that a cell may send"},
};

/* Texts joined by "; ", each once. */
struct list {
    char *out;
    size_t size;
};

static void
add_once(struct list *list, const char *text)
{
    const size_t used = strlen(list->out);
    const size_t len = strlen(text);
    for (const char *at = strstr(list->out, text); at != NULL; at = strstr(at + 1, text)) {
        const int starts = at == list->out || (at >= list->out + 2 && at[-2] == ';');
        if (starts && (at[len] == '\0' || at[len] == ';')) {
            return;
        }
    }
    (void)snprintf(list->out + used, list->size - used, "%s%s", used > 0 ? "; " : "",
                   text); /* may be cut */
}

/* The limit that ended it. */
static void
add_limit(struct list *list, const struct cloche_result *r)
{
    static const char before[] = "one operation would have needed";
    const enum cloche_outcome outcome = cloche_result_outcome(r);

    if (outcome == CLOCHE_OUTCOME_MEMORY_LIMIT &&
        strncmp(cloche_result_reason(r), before, sizeof before - 1) == 0) {
        add_once(list, "limits.memory: the guard, before the operation");
        return;
    }
    for (size_t i = 0; i < CL_COUNT(limits); i++) {
        if (outcome == limits[i].outcome) {
            add_once(list, limits[i].means);
        }
    }
}

/* The first thing that the guard refused, and the policy's key for it; 0 when there is
 * none.  Those after it are steps of the same walk. */
static int
add_guard(struct list *list, const struct cloche_result *r)
{
    cl_autobuf struct cl_buf line = CL_BUF_INIT(8192);
    const struct cloche_denial *denial;

    for (size_t i = 0; (denial = cloche_result_denial(r, i)) != NULL; i++) {
        if (strcmp(denial->layer, "guard") == 0) {
            (void)cl_buf_add_str(&line, "guard: "); /* sticky, as all of these */
            cli_visible_line(denial->what, &line);
            if (denial->rule[0] != '\0') {
                (void)cl_buf_printf(&line, " (%s)", denial->rule);
            }
            cl_autofree char *text = cl_buf_take_str(&line);
            if (text != NULL) {
                add_once(list, text);
            }
            return 1;
        }
    }
    return 0;
}

/* "seccomp: socket", "landlock: EACCES": the code had a hand in the rest. */
static void
add_denial(struct list *list, const struct cloche_denial *denial)
{
    cl_autobuf struct cl_buf line = CL_BUF_INIT(8192);
    char what[128];
    const char *errno_name = strrchr(denial->what, '(');

    if (strcmp(denial->layer, "seccomp") != 0 && errno_name != NULL) {
        (void)snprintf(what, sizeof what, "%.*s", (int)strcspn(errno_name + 1, ")"),
                       errno_name + 1);
    } else {
        (void)snprintf(what, sizeof what, "%.*s", (int)strcspn(denial->what, "("),
                       denial->what);
    }
    (void)cl_buf_printf(&line, "%s: ", denial->layer); /* sticky, as all of these */
    cli_visible_line(what, &line);
    cl_autofree char *text = cl_buf_take_str(&line);
    if (text != NULL) {
        add_once(list, text);
    }
}

/* The next line of text, without its newline; returns where the one after it
 * starts, or NULL at the end. */
static const char *
next_line(const char *at, const char *end, char *line, size_t size)
{
    if (at >= end) {
        return NULL;
    }
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    const size_t len = (size_t)((newline != NULL ? newline : end) - at);
    (void)snprintf(line, size, "%.*s", (int)len, at); /* may be cut */
    return at + len + 1;
}

/* "REFUSED ENAME what": what that means for this attack. */
static void
add_answers(struct list *list, const struct cli_demo_trial *trial)
{
    size_t len;
    char line[256];
    char name[32];
    char means[160];
    const char *at = cli_demo_trial_output(trial, CLOCHE_STDOUT, &len);
    const char *const end = at + len;

    while ((at = next_line(at, end, line, sizeof line)) != NULL) {
        if (sscanf(line, "REFUSED %31[A-Z0-9] ", name) != 1) {
            continue;
        }
        if (cli_demo_field(trial->text, name, means, sizeof means)[0] != '\0') {
            add_once(list, means);
        } else if (strcmp(name, "ENOSYS") == 0) {
            add_once(list, "seccomp: on no list (ENOSYS)");
        }
    }
}

void
cli_demo_judge_stopped(const struct cli_demo_trial *trial, char *out, size_t size)
{
    struct list list = {out, size};
    const struct cloche_result *r = trial->result;
    const struct cloche_denial *denial;
    char text[160];

    out[0] = '\0';
    if (r != NULL) {
        add_limit(&list, r);
    }
    const int is_guarded = r != NULL && add_guard(&list, r);
    for (size_t i = 0;
         r != NULL && !is_guarded && (denial = cloche_result_denial(r, i)) != NULL; i++) {
        add_denial(&list, denial);
    }
    if (r != NULL && cloche_result_outcome(r) == CLOCHE_OUTCOME_CRASHED) {
        add_once(&list, cli_demo_field(trial->text, "crash", text, sizeof text));
    }
    add_answers(&list, trial);
    if (out[0] == '\0') {
        add_once(&list, cli_demo_field(trial->text, "unseen", text, sizeof text));
    }
}

void
cli_demo_judge_without(const struct cli_demo_trial *trial, char *out, size_t size)
{
    static const char reached[] = "REACHED ";
    struct list list = {out, size};
    size_t len;
    char line[160];
    const char *at = cli_demo_trial_output(trial, CLOCHE_STDOUT, &len);
    const char *const end = at + len;

    out[0] = '\0';
    while ((at = next_line(at, end, line, sizeof line)) != NULL) {
        if (strncmp(line, reached, sizeof reached - 1) == 0) {
            add_once(&list, line + sizeof reached - 1);
        }
    }
    if (trial->result != NULL) {
        add_limit(&list, trial->result);
    }
}

static int
holds(const void *data, size_t len, const char *secret)
{
    return memmem(data, len, secret, strlen(secret)) != NULL;
}

/* Is the secret in a file that came back? */
static int
came_back(const struct cloche_result *result, const char *secret)
{
    char data[4096];
    for (size_t i = 0; i < cloche_result_file_count(result); i++) {
        cl_autoclose int fd = -1;
        if (cloche_result_file_open(result, i, &fd, NULL) == 0) {
            const ssize_t n = read(fd, data, sizeof data);
            if (n > 0 && holds(data, (size_t)n, secret)) {
                return 1;
            }
        }
    }
    return 0;
}

/* An attack that did not get to its point proves nothing. */
static void
note_not_made(const struct cli_demo_trial *trial, struct cli_demo_effects *effects)
{
    char text[160];
    const enum cloche_outcome outcome = cloche_result_outcome(trial->result);
    struct list ignored = {text, sizeof text};

    text[0] = '\0';
    const int is_expected =
        add_guard(&ignored, trial->result) ||
        (outcome == CLOCHE_OUTCOME_CRASHED &&
         cli_demo_field(trial->text, "crash", text, sizeof text)[0] != '\0');

    if (trial->is_endless) {
        cli_demo_effect(effects, "cloche did not end it");
    } else if ((outcome == CLOCHE_OUTCOME_USER_ERROR ||
                outcome == CLOCHE_OUTCOME_SYNTAX_ERROR ||
                outcome == CLOCHE_OUTCOME_CRASHED ||
                outcome == CLOCHE_OUTCOME_INFRA_ERROR) &&
               !is_expected) {
        cli_demo_effect(effects, "the attack was not made: %s: %s",
                        cloche_outcome_name(outcome), cloche_result_reason(trial->result));
    }
}

void
cli_demo_judge_effects(const struct cli_demo_trial *trial, const char *secret,
                       struct cli_demo_effects *effects)
{
    static const char reached[] = "REACHED ";
    char line[160];
    size_t len;
    size_t err_len;
    const char *at = cli_demo_trial_output(trial, CLOCHE_STDOUT, &len);
    const char *const end = at + len;
    const char *err = cli_demo_trial_output(trial, CLOCHE_STDERR, &err_len);

    if (holds(at, len, secret) || holds(err, err_len, secret)) {
        cli_demo_effect(effects, "a secret of the host or of another run was read");
    }
    if (trial->result != NULL && came_back(trial->result, secret)) {
        cli_demo_effect(effects, "a secret of the host came back in a file");
    }
    if (trial->is_again) {
        return; /* what it reaches in there is what it is to show */
    }
    while ((at = next_line(at, end, line, sizeof line)) != NULL) {
        if (strncmp(line, reached, sizeof reached - 1) == 0) {
            cli_demo_effect(effects, "%s was reached", line + sizeof reached - 1);
        }
    }
    if (trial->result != NULL) {
        note_not_made(trial, effects);
    }
}

int
cli_demo_judge_useful(const struct cli_demo_trial *trial, char *why, size_t size)
{
    char prints[160];
    char makes[64];
    size_t len;
    const char *out = cli_demo_trial_output(trial, CLOCHE_STDOUT, &len);
    const struct cloche_result *r = trial->result;
    int is_made = 0;

    if (cloche_result_outcome(r) != CLOCHE_OUTCOME_OK || cloche_result_exit_status(r) > 0) {
        (void)snprintf(why, size, "%s: %s", cloche_outcome_name(cloche_result_outcome(r)),
                       cloche_result_reason(r));
        return 0;
    }
    (void)cli_demo_field(trial->text, "prints", prints, sizeof prints);
    if (memmem(out, len, prints, strlen(prints)) == NULL) {
        (void)snprintf(why, size, "it did not print '%s'", prints);
        return 0;
    }
    (void)cli_demo_field(trial->text, "makes", makes, sizeof makes);
    for (size_t i = 0; i < cloche_result_file_count(r); i++) {
        uint64_t bytes = 0;
        is_made |= strcmp(cloche_result_file_name(r, i, &bytes), makes) == 0 && bytes > 0;
    }
    if (makes[0] != '\0' && !is_made) {
        (void)snprintf(why, size, "it did not make '%s'", makes);
        return 0;
    }
    return 1;
}

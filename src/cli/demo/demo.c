/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `cloche demo`: real attacks, each in a cell of its own, and what each
 * reached; then useful programs.
 *
 *     canaries -> engine -> run beside -> for each attack {
 *         run it, watched -> look at canaries, result, neighbour -> a row }
 *     -> useful programs -> summary -> exit status
 *
 * An attack is judged by what it did to the canaries, never by what went
 * wrong for it.  The main thread is here; the library has its own.  A first
 * Ctrl-C ends the run that is on, and all is undone.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/utsname.h>

#include <cloche/cloche.h>

#include "base/clock.h"
#include "base/own.h"
#include "cli/args.h"
#include "cli/demo/bare.h"
#include "cli/demo/beside.h"
#include "cli/demo/canary.h"
#include "cli/demo/judge.h"
#include "cli/demo/program.h"
#include "cli/demo/table.h"
#include "cli/demo/trial.h"
#include "cli/demo/watch.h"
#include "cli/helpers.h"
#include "cli/nearest.h"
#include "cli/output.h"
#include "cli/run/interrupt.h"

enum { NAMES_MAX = 64 };

/* Everything that one command owns.  stage_fini undoes it in reverse. */
struct stage {
    struct cli_args *args;
    const char *names[NAMES_MAX]; /* which to run; lent from argv */
    size_t n_names;
    const char *show;
    struct cli_demo_look look;
    struct cli_demo_canary canary;
    struct cli_demo_beside beside;
    struct cloche_policy *policy;
    struct cloche_engine *engine;
    struct cl_buf rows; /* JSON: of attacks, then of programs */
    size_t n_attacks, n_reached, n_useful, n_failed;
    int is_cancelled;
};

/* The i-th of attacks and useful programs, or NULL past the last. */
static const struct cli_demo_text *
any(size_t i)
{
    size_t n = 0;
    while (n < i && cli_demo_attack(n) != NULL) {
        n++;
    }
    return cli_demo_attack(n) != NULL ? cli_demo_attack(n) : cli_demo_useful(i - n);
}

static const struct cli_demo_text *
find(const char *name, struct cli_nearest *near)
{
    const struct cli_demo_text *text;
    for (size_t i = 0; (text = any(i)) != NULL; i++) {
        if (strcmp(text->name, name) == 0) {
            return text;
        }
        cli_nearest_offer(near, text->name);
    }
    return NULL;
}

static int
fail_name(const char *name, const struct cli_nearest *near, struct cli_failure *f)
{
    return near->best == NULL
               ? cli_fail(f, name, NULL, "no attack or program '%s' in the demonstration",
                          name)
               : cli_fail(f, name, near->best,
                          "no attack or program '%s' in the demonstration; did you mean "
                          "'%s'?",
                          name, near->best);
}

static int
take(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    struct stage *stage = ctx;
    struct cli_nearest near = CLI_NEAREST_INIT(value);

    if (opt == CLI_OPT_ARGUMENT || stage->n_names == NAMES_MAX) {
        return cli_args_unexpected(value, f);
    }
    if (find(value, &near) == NULL) {
        return fail_name(value, &near, f);
    }
    if (opt == CLI_OPT_SHOW) {
        stage->show = value;
    } else {
        stage->names[stage->n_names++] = value;
    }
    return 0;
}

static int
is_wanted(const struct stage *stage, const struct cli_demo_text *text)
{
    int is_named = stage->n_names == 0;
    for (size_t i = 0; i < stage->n_names; i++) {
        is_named |= strcmp(stage->names[i], text->name) == 0;
    }
    return is_named;
}

/* Can it be tried on this machine, and in this way? */
static int
can_be_made(const struct cli_demo_text *attack)
{
    char machine[32];
    char is_bare[8];
    struct utsname self;
    (void)uname(&self); /* cannot fail: a valid pointer */
    (void)cli_demo_field(attack, "machine", machine, sizeof machine);
    (void)cli_demo_field(attack, "bare", is_bare, sizeof is_bare);
    return (machine[0] == '\0' || strcmp(machine, self.machine) == 0) &&
           (!cli_demo_bare_is_on() || strcmp(is_bare, "yes") == 0);
}

static int
start_engine(struct stage *stage, struct cli_failure *f)
{
    const struct cli_demo_text *policy = cli_demo_part("policy");
    const struct cloche_engine_options options = {
        .size = sizeof options, .helper_dir = cli_helpers_dir(), .standby = 1};

    if (cloche_policy_parse((const char *)policy->text, policy->len, "demo", &stage->policy,
                            &f->where, &f->error) != 0) {
        return -1;
    }
    cli_interrupt_hold(); /* from the library's thread, which is made here */
    const int rc = cloche_engine_new(&options, stage->policy, &stage->engine, &f->error);
    cli_interrupt_release();
    return rc != 0 ? -1 : cloche_engine_warm(stage->engine, "attack", &f->error);
}

static int
stage_init(struct stage *stage, struct cli_failure *f)
{
    if (cli_interrupt_begin(f) != 0) {
        return -1;
    }
    cli_interrupt_hold(); /* until all can be undone, and never in the victim */
    const int rc = cli_demo_canary_init(&stage->canary, f);
    cli_interrupt_release();
    return rc != 0 || start_engine(stage, f) != 0
               ? -1
               : cli_demo_beside_start(&stage->beside, stage->engine, stage->canary.secret,
                                       f);
}

static void
stage_fini(struct stage *stage)
{
    cli_demo_beside_end(&stage->beside);
    cloche_engine_free(stage->engine);
    cloche_policy_unref(stage->policy);
    cli_demo_canary_fini(&stage->canary);
    cl_buf_fini(&stage->rows);
}

/* Show what stands in out, and empty it. */
static int
show(const struct stage *stage, struct cl_buf *out)
{
    const int status = stage->args->is_json ? CLI_EXIT_OK : cli_print(out);
    cl_buf_clear(out);
    return status;
}

static void
look_for_effects(struct stage *stage, const struct cli_demo_trial *trial,
                 struct cli_demo_watch *watch, struct cli_demo_row *row)
{
    cli_demo_judge_effects(trial, stage->canary.secret, &row->effects);
    cli_demo_watch_end(watch, stage->engine, &row->effects);
    cli_demo_canary_look(&stage->canary, &row->effects);
    cli_demo_beside_look(&stage->beside, &row->effects);
}

/* All that can be known of an attack once it has ended. */
static void
judge(struct stage *stage, struct cli_demo_trial *trial, struct cli_demo_watch *watch,
      struct cli_demo_row *row)
{
    look_for_effects(stage, trial, watch, row);
    if (!cli_demo_bare_is_on()) {
        cli_demo_judge_stopped(trial, row->stopped_by, sizeof row->stopped_by);
    }
    if (row->effects.count == 0 && row->stopped_by[0] == '\0') {
        cli_demo_effect(&row->effects, "nothing tells what stopped it");
    }
    row->ns = trial->ns;
}

/* An attack on the language once more, with all of Python: it must be real, and reach
 * nothing of the host even so. */
static void
attack_again(struct stage *stage, const char *told, struct cli_demo_watch *watch,
             struct cli_demo_row *row)
{
    struct cli_demo_trial trial = {.text = row->text, .is_again = 1};
    struct cli_failure failure = CLI_FAILURE_INIT;

    cli_demo_watch_begin(watch, stage->canary.victim.pid);
    if (cli_demo_trial_run(&trial, stage->engine, told, watch, &failure) != 0) {
        cli_demo_effect(&row->effects, "cloche could not run it: %s", failure.error.msg);
    } else if (!trial.is_cancelled) {
        look_for_effects(stage, &trial, watch, row);
        cli_demo_judge_without(&trial, row->without, sizeof row->without);
        if (row->without[0] == '\0') {
            cli_demo_effect(&row->effects, "with all of Python it does nothing either");
        }
    }
    stage->is_cancelled |= trial.is_cancelled;
    cli_demo_trial_fini(&trial);
}

/* Returns CLI_EXIT_OK to go on. */
static int
attack(struct stage *stage, const struct cli_demo_text *text, struct cl_buf *out)
{
    static struct cli_demo_watch watch; /* large; one at a time */
    struct cli_demo_trial trial = {.text = text};
    struct cli_demo_row row = {.text = text};
    struct cli_failure failure = CLI_FAILURE_INIT;
    cl_autobuf struct cl_buf told = CL_BUF_INIT(1 << 16);
    int others[32];
    const size_t n = cloche_engine_pids(stage->engine, others, CL_COUNT(others));

    cli_demo_canary_tell(&stage->canary, others,
                         n < CL_COUNT(others) ? n : CL_COUNT(others), &told);
    cl_autofree char *argument = cl_buf_take_str(&told);
    if (argument == NULL) {
        return cli_output_failed(ENOMEM);
    }
    cli_demo_watch_begin(&watch, stage->canary.victim.pid);
    if (cli_demo_trial_run(&trial, stage->engine, argument, &watch, &failure) != 0) {
        cli_demo_effect(&row.effects, "cloche could not run it: %s", failure.error.msg);
    } else if (!trial.is_cancelled) {
        judge(stage, &trial, &watch, &row);
    }
    stage->is_cancelled = trial.is_cancelled;
    cli_demo_trial_fini(&trial);
    if (!stage->is_cancelled && cli_demo_is_on_language(text)) {
        attack_again(stage, argument, &watch, &row);
    }
    if (stage->is_cancelled) {
        return CLI_EXIT_CANCELLED;
    }
    stage->n_attacks++;
    stage->n_reached += row.effects.count > 0;
    (void)cl_buf_add_str(&stage->rows, stage->n_attacks > 1 ? ", " : ""); /* sticky */
    cli_demo_json_attack(&row, &stage->rows);
    cli_demo_table_attack(&stage->look, &row, out);
    return show(stage, out);
}

static int
useful(struct stage *stage, const struct cli_demo_text *text, struct cl_buf *out)
{
    struct cli_demo_trial trial = {.text = text};
    struct cli_demo_row row = {.text = text};
    struct cli_failure failure = CLI_FAILURE_INIT;
    char why[200];

    if (cli_demo_trial_run(&trial, stage->engine, NULL, NULL, &failure) != 0) {
        cli_demo_effect(&row.effects, "cloche could not run it: %s", failure.error.msg);
    } else if (!trial.is_cancelled && !cli_demo_judge_useful(&trial, why, sizeof why)) {
        cli_demo_effect(&row.effects, "%s", why);
    }
    row.ns = trial.ns;
    stage->is_cancelled = trial.is_cancelled;
    cli_demo_trial_fini(&trial);
    if (stage->is_cancelled) {
        return CLI_EXIT_CANCELLED;
    }
    stage->n_useful++;
    stage->n_failed += row.effects.count > 0;
    (void)cl_buf_add_str(&stage->rows, stage->n_useful > 1 ? ", " : ""); /* sticky */
    cli_demo_json_useful(&row, &stage->rows);
    cli_demo_table_useful(&stage->look, &row, out);
    return show(stage, out);
}

static int
run_attacks(struct stage *stage, struct cl_buf *out)
{
    const struct cli_demo_text *text;
    char group[64] = "";
    char next[64];
    int status = CLI_EXIT_OK;

    (void)cl_buf_add_str(&stage->rows, "{\"rows\": [");
    for (size_t i = 0; status == CLI_EXIT_OK && (text = cli_demo_attack(i)) != NULL; i++) {
        if (cli_demo_field(text, "group", next, sizeof next)[0] != '\0') {
            memcpy(group, next, sizeof group);
        }
        if (is_wanted(stage, text) && can_be_made(text)) {
            if (stage->n_attacks == 0) {
                cli_demo_table_columns(&stage->look, out);
            }
            if (group[0] != '\0') {
                cli_demo_table_head(&stage->look, group, out);
                group[0] = '\0';
            }
            status = attack(stage, text, out);
        }
    }
    return status;
}

static int
run_useful(struct stage *stage, struct cl_buf *out)
{
    const struct cli_demo_text *text;
    int status = CLI_EXIT_OK;

    (void)cl_buf_add_str(&stage->rows, "], \"programs\": [");
    for (size_t i = 0; status == CLI_EXIT_OK && (text = cli_demo_useful(i)) != NULL; i++) {
        if (is_wanted(stage, text) && !cli_demo_bare_is_on()) {
            if (stage->n_useful == 0) {
                /* What is not warm then, the first run makes so. */
                (void)cloche_engine_warm(stage->engine, "useful", NULL);
                cli_demo_table_head(&stage->look, "And what must work", out);
            }
            status = useful(stage, text, out);
        }
    }
    (void)cl_buf_add_str(&stage->rows, "]}\n");
    return status;
}

static void
summary(const struct stage *stage, uint64_t ns, struct cl_buf *out)
{
    const int is_coloured = stage->look.is_coloured;
    const int is_good = stage->n_reached == 0 && stage->n_failed == 0;

    (void)cl_buf_printf(out, "\n%s",
                        !is_coloured ? ""
                        : is_good    ? "\033[1;32m"
                                     : "\033[1;31m");
    if (stage->n_attacks > 0 && stage->n_reached == 0) {
        (void)cl_buf_printf(out, "%zu attack%s reached nothing.  ", stage->n_attacks,
                            stage->n_attacks == 1 ? "" : "s");
    } else if (stage->n_attacks > 0) {
        (void)cl_buf_printf(out, "%zu of %zu attacks did what they must not.  ",
                            stage->n_reached, stage->n_attacks);
    }
    if (stage->n_useful > 0 && stage->n_failed == 0) {
        (void)cl_buf_printf(out, "%zu useful program%s work.  ", stage->n_useful,
                            stage->n_useful == 1 ? " did its" : "s did their");
    } else if (stage->n_useful > 0) {
        (void)cl_buf_printf(out, "%zu of %zu useful programs failed.  ", stage->n_failed,
                            stage->n_useful);
    }
    (void)cl_buf_printf(out, "%s%.1f s\n", is_coloured ? "\033[0m" : "",
                        (double)ns / CL_NS_PER_S);
    (void)cl_buf_add_str(out,
                         stage->n_reached > 0
                             ? "Please report it: see SECURITY.md.\n"
                             : "'cloche demo --show NAME' prints what one of them does.\n");
}

static int
conclude(struct stage *stage, uint64_t ns)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    int status;

    if (stage->args->is_json) {
        status = cli_print(&stage->rows);
    } else {
        summary(stage, ns, &out);
        status = cli_print(&out);
    }
    if (status != CLI_EXIT_OK) {
        return status;
    }
    return stage->n_reached > 0 || stage->n_failed > 0 ? CLI_EXIT_NO : CLI_EXIT_OK;
}

static int
perform(struct stage *stage)
{
    struct cli_failure failure = CLI_FAILURE_INIT;
    cl_autobuf struct cl_buf out = CL_BUF_INIT(CLI_TEXT_MAX);
    const uint64_t started_ns = cl_clock_now_ns();

    if (stage_init(stage, &failure) != 0) {
        return cli_failure_report(&failure, stage->args->is_json);
    }
    int status = run_attacks(stage, &out);
    if (status == CLI_EXIT_OK) {
        status = run_useful(stage, &out);
    }
    if (stage->is_cancelled) {
        cli_say("cancelled");
    }
    return status != CLI_EXIT_OK ? status : conclude(stage, cl_clock_now_ns() - started_ns);
}

static int
show_one(const char *name)
{
    struct cli_nearest ignored = CLI_NEAREST_INIT(name);
    cl_autobuf struct cl_buf text = CL_BUF_INIT(CLI_TEXT_MAX);
    const struct cli_demo_text *found = find(name, &ignored);

    (void)cl_buf_add(&text, found->text, found->len); /* sticky */
    return cli_print(&text);
}

int
cli_demo_main(struct cli_args *args)
{
    struct stage stage = {
        .args = args,
        .look = cli_demo_look(),
        .canary = CLI_DEMO_CANARY_INIT,
        .beside = {.input = -1, .output = -1},
        .rows = CL_BUF_INIT(CLI_TEXT_MAX),
    };
    const int status = cli_args_parse(args, take, &stage);
    if (status >= 0) {
        return status;
    }
    if (stage.show != NULL) {
        return show_one(stage.show);
    }
    const int performed = perform(&stage);
    stage_fini(&stage);
    return performed;
}

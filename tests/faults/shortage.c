/* SPDX-License-Identifier: Apache-2.0 */
/* Runs while something is short, and processes that take all that there are. */
#include "shortage.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

enum { RUNS = 4, MOST_PROCESSES = 600 };

/* ---- an error, and what it must name ------------------------------------- */

unsigned shortage_failed;
unsigned shortage_worked;

static void
names(const char *text, const char *const causes[], const char *where)
{
    shortage_failed++;
    for (; *causes != NULL; causes++) {
        if (strstr(text, *causes) != NULL) {
            return;
        }
    }
    check_failed(where, 0, text);
}

/* A run that works, or says why not. */
static void
try_one(struct cloche_engine *engine, const char *profile, const char *const causes[],
        const char *where)
{
    struct cloche_error err = {0};
    struct cloche_run *run = NULL;
    const struct cloche_result *r = NULL;
    struct cloche_request q = request_for("print(6 * 7)");
    q.profile = profile;
    if (cloche_run_start(engine, &q, &run, NULL, &err) < 0 ||
        cloche_run_wait(run, -1, &r, &err) < 0) {
        CHECK_INT(err.code, CLOCHE_ESYS);
        names(err.msg, causes, where);
    } else if (cloche_result_outcome(r) == CLOCHE_OUTCOME_INFRA_ERROR) {
        names(cloche_result_reason(r), causes, where);
    } else if (cloche_result_outcome(r) == CLOCHE_OUTCOME_OK) {
        CHECK(output_is(r, CLOCHE_STDOUT, "42\n"));
        shortage_worked++;
    } else {
        check_failed(where, 0, cloche_result_reason(r));
    }
    cloche_run_free(run);
}

void
shortage_try_some(struct cloche_engine *engine, const char *const causes[],
                  const char *where)
{
    for (int i = 0; i < RUNS; i++) {
        try_one(engine, "isolated", causes, where);
    }
    try_one(engine, "judge", causes, where);
}

void
shortage_check_both_ways(const char *what)
{
    (void)printf("%s: %u runs failed, %u worked\n", what, shortage_failed, shortage_worked);
    (void)fflush(stdout);
    CHECK(shortage_failed > 0 && shortage_worked > 0); /* or nothing was tried */
}

/* ---- processes ----------------------------------------------------------- */

static pid_t hogs[MOST_PROCESSES];
static unsigned n_hogs;

static void
take_processes(unsigned but_for)
{
    pid_t pid = fork();
    for (n_hogs = 0; pid > 0 && n_hogs < MOST_PROCESSES - 1; pid = fork()) {
        hogs[n_hogs++] = pid;
    }
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) {
            (void)pause();
        }
    }
    CHECK(pid < 0 && errno == EAGAIN && n_hogs >= but_for);
    for (; but_for > 0; but_for--) {
        (void)kill(hogs[--n_hogs], SIGKILL);
        CHECK(waitpid(hogs[n_hogs], NULL, 0) == hogs[n_hogs]);
    }
}

static void
give_processes_back(void)
{
    while (n_hogs > 0) {
        (void)kill(hogs[--n_hogs], SIGKILL);
        CHECK(waitpid(hogs[n_hogs], NULL, 0) == hogs[n_hogs]);
    }
}

const struct shortage_way shortage_by_hogs = {take_processes, give_processes_back};

static const char *const no_processes[] = {"Resource temporarily unavailable", NULL};

void
shortage_of_processes(const struct shortage_way *way, unsigned step)
{
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    CHECK_OK(cloche_policy_load(NULL, &policy, NULL, &err), err);
    way->take(step);
    if (cloche_engine_new(NULL, policy, &engine, &err) < 0) {
        CHECK_INT(err.code, CLOCHE_ESYS);
        names(err.msg, no_processes, "a new engine");
    } else {
        shortage_try_some(engine, no_processes, "a new engine");
    }
    way->give_back();
    if (engine == NULL) {
        CHECK_OK(cloche_engine_new(NULL, policy, &engine, &err), err);
    }
    expect_works(engine);
    way->take(step);
    shortage_try_some(engine, no_processes, "a working engine");
    way->give_back();
    expect_works(engine);
    expect_works(engine);
    cloche_engine_free(engine);
    cloche_policy_unref(policy);
    CHECK_INT(count_descendants(), 0);
}

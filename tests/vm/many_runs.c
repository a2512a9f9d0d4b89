/* SPDX-License-Identifier: Apache-2.0 */
/*
 * many_runs COUNT PROFILE CODE - that many runs in one engine, one after the
 * other, under $CLOCHE_POLICY.  Then it says so and waits until its standard input closes,
 * so that what a living engine keeps can be looked at; then the engine ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cloche/cloche.h>

static int
run_once(struct cloche_engine *engine, const char *profile, const char *code,
         struct cloche_error *err)
{
    const struct cloche_request request = {
        .size = sizeof request,
        .profile = profile,
        .code = code,
        .code_len = strlen(code),
    };
    struct cloche_run *run = NULL;
    const struct cloche_result *result = NULL;
    if (cloche_run_start(engine, &request, &run, NULL, err) < 0) {
        return -1;
    }
    int rc = cloche_run_wait(run, -1, &result, err);
    if (rc == 0) {
        printf("%s\n", cloche_outcome_name(cloche_result_outcome(result)));
    }
    cloche_run_free(run);
    return rc;
}

int
main(int argc, char **argv)
{
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;
    struct cloche_error err = {0};
    char byte;
    if (argc != 4) {
        fprintf(stderr, "usage: many_runs COUNT PROFILE CODE\n");
        return 2;
    }
    int rc = cloche_policy_load(getenv("CLOCHE_POLICY"), &policy, NULL, &err);
    rc = rc < 0 ? rc : cloche_engine_new(NULL, policy, &engine, &err);
    for (long left = strtol(argv[1], NULL, 10); rc == 0 && left > 0; left--) {
        rc = run_once(engine, argv[2], argv[3], &err);
    }
    if (rc == 0) {
        printf("done\n");
        (void)fflush(stdout); /* a reader that left needs no line */
        (void)!read(STDIN_FILENO, &byte, 1);
    } else {
        fprintf(stderr, "many_runs: %s\n", err.msg);
    }
    cloche_engine_free(engine);
    cloche_policy_unref(policy);
    return rc == 0 ? 0 : 1;
}

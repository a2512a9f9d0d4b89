/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running untrusted Python from C.
 *
 *     cc embed.c $(pkg-config --cflags --libs cloche) -o embed
 *     ./embed 'print(6 * 7)'
 *     ./embed 'while True: pass'      # cancelled after a second
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cloche/cloche.h>

/* Output as it comes, from the library's thread. */
static void
on_output(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    (void)ctx;
    (void)fwrite(data, 1, len, stream == CLOCHE_STDOUT ? stdout : stderr);
}

static int
report(const struct cloche_result *result)
{
    char *json = NULL;
    struct cloche_error err = {0};
    if (cloche_result_json(result, &json, &err) < 0) {
        fprintf(stderr, "embed: %s\n", err.msg);
        return 1;
    }
    fprintf(stderr, "%s %s\n%s\n", cloche_outcome_name(cloche_result_outcome(result)),
            cloche_result_reason(result), json);
    free(json);
    return cloche_result_cli_status(result);
}

/* One run.  Its descriptor fits into any event loop; here the loop is poll. */
static int
run(struct cloche_engine *engine, const char *code, struct cloche_error *err)
{
    const struct cloche_limit limits[] = {{"memory", "64MiB"}};
    const struct cloche_request request = {
        .size = sizeof request,
        .code = code,
        .code_len = strlen(code),
        .limits = limits,
        .n_limits = 1,
        .on_output = on_output,
    };
    struct cloche_run *run = NULL;
    const struct cloche_result *result = NULL;
    if (cloche_run_start(engine, &request, &run, NULL, err) < 0) {
        return -1;
    }
    struct pollfd end = {.fd = cloche_run_fd(run), .events = POLLIN};
    if (poll(&end, 1, 1000) == 0) {
        cloche_run_cancel(run);
    }
    int status = cloche_run_wait(run, -1, &result, err) == 0 ? report(result) : -1;
    cloche_run_free(run);
    return status;
}

int
main(int argc, char **argv)
{
    struct cloche_error err = {0};
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;
    int status = -1;
    if (cloche_policy_load(NULL, &policy, NULL, &err) == 0 &&
        cloche_engine_new(NULL, policy, &engine, &err) == 0) {
        status = run(engine, argc > 1 ? argv[1] : "print(6 * 7)", &err);
    }
    if (status < 0) {
        fprintf(stderr, "embed: %s\n", err.msg);
    }
    cloche_engine_free(engine);
    cloche_policy_unref(policy);
    return status < 0 ? 125 : status;
}

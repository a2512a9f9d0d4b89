/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many runs on one engine, for tests that `cloche run`, which makes an engine
 * for each run, cannot do.  Knows only the public header.
 *
 *     many_runs POLICY COUNT THREADS CODE_FILE...
 *
 * Runs the code files in turn, COUNT runs in all by THREADS threads, under the
 * policy's default profile, and prints one result a line; then one line of its
 * own, {"fds": [before, warm, end, after]}: the descriptors that were open
 * before there was an engine, after its first runs, after its last, and after
 * it was freed.  Lines on standard input (one is read before the engine is
 * freed) let a test look at the engine while it idles.
 */
#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cloche/cloche.h>

enum { MAX_CODES = 64, MAX_THREADS = 64, WARM_UP = 20 };

struct driver {
    struct cloche_engine *engine;
    char *codes[MAX_CODES];
    size_t n_codes;
    atomic_uint next, failures;
    unsigned count;
};

static _Noreturn void
die(const char *doing, const struct cloche_error *err)
{
    (void)fprintf(stderr, "many_runs: %s: %s\n", doing, err->msg);
    exit(1);
}

static unsigned
count_descriptors(void)
{
    unsigned count = 0;
    DIR *dir = opendir("/proc/self/fd");
    while (dir != NULL && readdir(dir) != NULL) {
        count++;
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    return count - 3; /* ".", ".." and the directory itself */
}

static char *
read_file(const char *path)
{
    char *text = calloc(1, 65536);
    FILE *f = fopen(path, "re");
    if (f == NULL || text == NULL || fread(text, 1, 65535, f) == 0) {
        (void)fprintf(stderr, "many_runs: cannot read '%s'\n", path);
        exit(2);
    }
    (void)fclose(f);
    return text;
}

static int
run_once(struct driver *d, const char *code)
{
    struct cloche_error err = {0};
    struct cloche_run *run = NULL;
    const struct cloche_result *result = NULL;
    char *json = NULL;
    struct cloche_request q = {.size = sizeof q, .code = code, .code_len = strlen(code)};
    int rc = cloche_run_start(d->engine, &q, &run, NULL, &err);
    if (rc == 0) {
        rc = cloche_run_wait(run, -1, &result, &err);
    }
    if (rc == 0) {
        rc = cloche_result_json(result, &json, &err);
    }
    if (rc == 0) {
        (void)printf("%s\n", json); /* one call: whole lines, whatever the threads */
    } else {
        (void)fprintf(stderr, "many_runs: %s\n", err.msg);
    }
    free(json);
    cloche_run_free(run);
    return rc;
}

static void *
work(void *arg)
{
    struct driver *d = arg;
    for (unsigned i = atomic_fetch_add(&d->next, 1); i < d->count;
         i = atomic_fetch_add(&d->next, 1)) {
        if (run_once(d, d->codes[i % d->n_codes]) != 0) {
            atomic_fetch_add(&d->failures, 1);
        }
    }
    return NULL;
}

static void
run_all(struct driver *d, unsigned count, unsigned n_threads)
{
    pthread_t threads[MAX_THREADS];
    atomic_store(&d->next, 0);
    d->count = count;
    for (unsigned i = 0; i < n_threads; i++) {
        if (pthread_create(&threads[i], NULL, work, d) != 0) {
            (void)fprintf(stderr, "many_runs: cannot start a thread\n");
            exit(1);
        }
    }
    for (unsigned i = 0; i < n_threads; i++) {
        (void)pthread_join(threads[i], NULL); /* they were just made */
    }
}

int
main(int argc, char **argv)
{
    static struct driver d;
    struct cloche_error err = {0};
    struct cloche_policy *policy = NULL;
    unsigned fds[4];
    if (argc < 5 || argc > 4 + MAX_CODES) {
        (void)fprintf(stderr, "usage: many_runs POLICY COUNT THREADS CODE_FILE...\n");
        return 2;
    }
    unsigned count = (unsigned)strtoul(argv[2], NULL, 10);
    unsigned n_threads = (unsigned)strtoul(argv[3], NULL, 10);
    n_threads = n_threads < 1 ? 1 : n_threads > MAX_THREADS ? MAX_THREADS : n_threads;
    for (int i = 4; i < argc; i++) {
        d.codes[d.n_codes++] = read_file(argv[i]);
    }
    (void)setvbuf(stdout, NULL, _IOLBF, 1 << 16); /* each result as it comes */
    fds[0] = count_descriptors();
    if (cloche_policy_load(argv[1], &policy, NULL, &err) < 0) {
        die("policy", &err);
    }
    if (cloche_engine_new(NULL, policy, &d.engine, &err) < 0) {
        die("engine", &err);
    }
    cloche_policy_unref(policy);
    unsigned warm_up = count < WARM_UP ? count : WARM_UP;
    run_all(&d, warm_up, n_threads);
    fds[1] = count_descriptors();
    run_all(&d, count - warm_up, n_threads);
    fds[2] = count_descriptors();
    char line[8];
    (void)!fgets(line, sizeof line, stdin); /* a line or the end: either lets go */
    cloche_engine_free(d.engine);
    fds[3] = count_descriptors();
    (void)printf("{\"fds\": [%u, %u, %u, %u]}\n", fds[0], fds[1], fds[2], fds[3]);
    for (size_t i = 0; i < d.n_codes; i++) {
        free(d.codes[i]);
    }
    return atomic_load(&d.failures) == 0 ? 0 : 1;
}

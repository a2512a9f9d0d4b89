/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a seed asks of an engine: the program (hostile/isolated.py or restricted.py,
 * which draw what they do by it), its profile, its limits, what comes in, and how the
 * caller treats it.  What may come of it is a table; of an ordinary run, one row.
 */
#include "hostile_runs.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "support.h"

enum {
    LATE_S =
        60, /* a run whose limits are fractions of a second, and which is still there */
    MOST_DENIALS = 64,
    MOST_DISPLAYS = 256,
    MOST_FILES = 200,
    MOST_DISK = 4 << 20,
};

#define PRELOAD                                                                            \
    "[array, ctypes, errno, fcntl, gc, hashlib, mmap, os, random, resource, signal, "      \
    "socket, struct, sys, threading, time]"
#define ROOM "wall: 60s, cpu: 60s"

const char hostile_policy[] =
    "version: 1\n"
    "profiles:\n"
    "  one:\n"
    "    extends: isolated\n"
    "    python: {preload: " PRELOAD "}\n"
    "    limits: {" ROOM ", disk: 4MiB, inodes: 200}\n"
    "  many:\n"
    "    extends: agent\n"
    "    python: {preload: " PRELOAD "}\n"
    "    limits: {" ROOM ", disk: 4MiB, inodes: 200, processes: 6, threads: 12}\n"
    "  bare:\n"
    "    extends: judge\n"
    "    python: {preload: " PRELOAD "}\n"
    "    limits: {" ROOM "}\n"
    "  lesson: {extends: classroom, limits: {" ROOM "}}\n"
    "  script: {extends: page, limits: {" ROOM "}}\n";

/* The texts, by name: isolated, restricted. */
struct program {
    const char *name;
    const unsigned char *text; /* without a NUL */
    size_t len;
};
#include "hostile_programs.inc"

enum { ISOLATED, RESTRICTED };

/* ---- chance -------------------------------------------------------------- */

/* A number below n out of a state that begins as the seed (splitmix64). */
static unsigned
below(uint64_t *state, unsigned n)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (unsigned)((z ^ (z >> 31)) % n);
}

/* ---- what may come of a hostile run -------------------------------------- */

#define MAY(name) (1u << CLOCHE_OUTCOME_##name)
#define MAY_ALWAYS                                                                         \
    (MAY(OK) | MAY(USER_ERROR) | MAY(SYNTAX_ERROR) | MAY(DENIED) | MAY(CRASHED) |          \
     MAY(CPU_LIMIT) | MAY(WALL_LIMIT) | MAY(MEMORY_LIMIT) | MAY(OUTPUT_LIMIT) |            \
     MAY(RECURSION_LIMIT) | MAY(DISK_LIMIT) | MAY(FILE_LIMIT) | MAY(PROCESS_LIMIT) |       \
     MAY(RESULT_LIMIT))

/* Restricted code has no way to the channel; the others have neither heap nor loops
 * that are counted.  Nobody makes an error of the host, or cancels. */
static const struct profile {
    const char *name;
    unsigned outcomes;
    int program;
    int has_files;
} profiles[HOSTILE_PROFILES] = {
    {"one", MAY_ALWAYS | MAY(PROTOCOL), ISOLATED, 1},
    {"many", MAY_ALWAYS | MAY(PROTOCOL), ISOLATED, 1},
    {"bare", MAY_ALWAYS | MAY(PROTOCOL), ISOLATED, 0},
    {"lesson", MAY_ALWAYS, RESTRICTED, 0},
    {"script", MAY_ALWAYS | MAY(HEAP_LIMIT) | MAY(LOOP_LIMIT), RESTRICTED, 0},
};

/* ---- a hostile run ------------------------------------------------------- */

enum care { WAITS, WAITS_FOR_FD, CANCELS, LEAVES, N_CARES };

struct hostile {
    unsigned long seed;
    const struct profile *profile;
    enum care care;
    unsigned long patience_ms; /* before it cancels or leaves */
    uint64_t most_output, most_result;
    uint64_t told; /* bytes, to on_output */
    int silent[2]; /* a standard input from which nothing comes */
};

_Noreturn static void
fail(const struct hostile *h, const char *json, const char *what)
{
    char text[400];
    (void)fprintf(stderr, "%.2000s\n", json);
    (void)snprintf(text, sizeof text, "%s (profile %s)", what, h->profile->name);
    check_failed("seed", (int)h->seed, text);
}

static void
count_output(void *ctx, enum cloche_stream stream, const void *data, size_t len)
{
    struct hostile *h = ctx;
    (void)stream;
    (void)data;
    h->told += len;
}

/* Texts that no parser likes, instead of a program or after it. */
static char *
make_code(const struct hostile *h, uint64_t *chance)
{
    static const char *const tails[] = {
        "\n().__class__.__bases__\n",
        "\nimport os, socket\n",
        "\ndef (\n",
        "\n\"\"\"\n",
        "# -*- coding: utf-7 -*-\n",
        "\n\xff\xfe\n",
        "\nx = 1 if\n",
        "\nasync def f(): await x\n",
        "\n\x01\x02\n",
    };
    char *code = NULL;
    const struct program *p = &hostile_programs[h->profile->program];
    int len = (int)p->len;
    unsigned odd = below(chance, 120);
    int n = -1;
    if (odd < sizeof tails / sizeof *tails) {
        n = asprintf(&code, "SEED = %lu\n%.*s%s", h->seed, len, p->text, tails[odd]);
    } else if (odd == 10) {
        n = asprintf(&code, "x = %0*d%.*s", 40000, 0, len, p->text);
    } else if (odd == 11) {
        n = asprintf(&code, "%0*d", 100000, 0);
        for (int i = 0; i < n; i++) {
            code[i] = "([{-"[h->seed % 4];
        }
    } else {
        n = asprintf(&code, "SEED = %lu\n%.*s", h->seed, len, p->text);
    }
    CHECK(n > 0);
    return code;
}

static struct hostile
decide(unsigned long seed, uint64_t *chance)
{
    static const struct {
        const char *text;
        uint64_t bytes;
    } sizes[] = {{"1KiB", 1 << 10}, {"64KiB", 64 << 10}, {"1MiB", 1 << 20}};
    unsigned output = below(chance, 3);
    unsigned result = below(chance, 3);
    unsigned care = below(chance, 8);
    return (struct hostile){
        .seed = seed,
        .profile = &profiles[below(chance, HOSTILE_PROFILES)],
        .care = care < N_CARES ? (enum care)care : WAITS,
        .patience_ms = below(chance, 80),
        .most_output = sizes[output].bytes,
        .most_result = sizes[result].bytes,
        .silent = {-1, -1},
    };
}

static const char *
size_text(uint64_t bytes)
{
    return bytes < 64 << 10 ? "1KiB" : bytes < 1 << 20 ? "64KiB" : "1MiB";
}

static struct cloche_run *
start_hostile(struct cloche_engine *engine, struct hostile *h, uint64_t *chance)
{
    static const char *const times[] = {"50ms", "150ms", "400ms"};
    static const char *const cpu_times[] = {"40ms", "100ms", "300ms"};
    static const char *const memories[] = {"16MiB", "48MiB", "96MiB"};
    static char input[100000];
    static const struct cloche_input_file files[] = {{"f0", input, 5000}, {"d/g", "", 0}};
    char *code = make_code(h, chance);
    const struct cloche_limit limits[] = {
        {"wall", times[below(chance, 3)]},      {"cpu", cpu_times[below(chance, 3)]},
        {"memory", memories[below(chance, 3)]}, {"output", size_text(h->most_output)},
        {"result", size_text(h->most_result)},
    };
    struct cloche_request q = request_for(code);
    q.profile = h->profile->name;
    q.limits = limits;
    q.n_limits = sizeof limits / sizeof *limits;
    q.flags = below(chance, 64) &
              (CLOCHE_RUN_RESULT_VARIABLE | CLOCHE_RUN_DISCARD_OUTPUT |
               CLOCHE_RUN_NO_FILES | CLOCHE_RUN_NO_VALUE | CLOCHE_RUN_NO_VARIABLES);
    q.on_output = below(chance, 2) ? count_output : NULL;
    q.ctx = h;
    if (h->profile->has_files && below(chance, 4) == 0) {
        q.files = files;
        q.n_files = 2;
    }
    switch (below(chance, 3)) {
    case 0:
        q.stdin_data = input;
        q.stdin_len = sizeof input;
        break;
    case 1:
        CHECK(pipe2(h->silent, 0) == 0);
        q.stdin_fd = h->silent[0];
        q.flags |= CLOCHE_RUN_STDIN_FD;
        break;
    default: break;
    }
    struct cloche_run *run = start(engine, &q);
    free(code);
    return run;
}

static uint64_t
count_of(const json_t *result, const char *key)
{
    const json_t *array = json_object_get(result, key);
    CHECK(json_is_array(array));
    return json_array_size(array);
}

/* Bytes of what was displayed; a byte that is no text is shown by three. */
static uint64_t
displayed_bytes(const json_t *result)
{
    uint64_t sum = 0;
    size_t i = 0;
    const json_t *display = NULL;
    const char *kind = NULL;
    const json_t *data = NULL;
    json_array_foreach(json_object_get(result, "displays"), i, display)
    {
        json_object_foreach((json_t *)(uintptr_t)display, kind, data)
        {
            sum += json_string_length(data); /* 0 of others */
        }
    }
    return sum;
}

/* What is counted of a result, whatever it is, has its maximum. */
static void
check_bounds(const struct hostile *h, const struct cloche_result *r, const json_t *result,
             const char *json)
{
    size_t out = 0;
    size_t err = 0;
    uint64_t disk = 0;
    uint64_t size = 0;
    (void)cloche_result_output(r, CLOCHE_STDOUT, &out);
    (void)cloche_result_output(r, CLOCHE_STDERR, &err);
    for (size_t i = 0; cloche_result_file_name(r, i, &size) != NULL; i++) {
        disk += size;
    }
    if (out + err > h->most_output || h->told > h->most_output) {
        fail(h, json, "more output than limits.output");
    }
    if (count_of(result, "displays") > MOST_DISPLAYS ||
        displayed_bytes(result) > 3 * h->most_result) {
        fail(h, json, "more displays than limits.result, or too many");
    }
    if (count_of(result, "denials") > MOST_DENIALS) {
        fail(h, json, "too many denials");
    }
    if (count_of(result, "files") > MOST_FILES || disk > MOST_DISK) {
        fail(h, json, "more files than limits.inodes, or larger than limits.disk");
    }
}

/* Keys with NUL are JSON, and Python's, but not jansson's: another character stands for it
 * in what is looked at here. */
static json_t *
parse(const char *json)
{
    static const char nul[] = "\\u0000";
    char *text = strdup(json);
    CHECK(text != NULL);
    for (char *p = strchr(text, '\\'); p != NULL; p = strchr(p + 2, '\\')) {
        if (strncmp(p, nul, sizeof nul - 1) == 0) {
            p[sizeof nul - 2] = '1';
        }
    }
    json_t *parsed = json_loads(text, 0, NULL);
    free(text);
    return parsed;
}

static int
check_hostile(const struct hostile *h, const struct cloche_result *r, FILE *results)
{
    char *json = NULL;
    enum cloche_outcome outcome = cloche_result_outcome(r);
    unsigned may = h->profile->outcomes | (h->care == CANCELS ? MAY(CANCELLED) : 0);
    CHECK(cloche_result_json(r, &json, NULL) == 0);
    json_t *parsed = parse(json);
    if (parsed == NULL) {
        fail(h, json, "a result that is no JSON");
    }
    if ((may >> outcome & 1) == 0) {
        fail(h, json, "an outcome that this cannot have");
    }
    check_bounds(h, r, parsed, json);
    if (results != NULL) {
        CHECK(fprintf(results, "{\"seed\": %lu, \"result\": %s}\n", h->seed, json) > 0);
    }
    json_decref(parsed);
    free(json);
    return outcome;
}

/* Not a measurement: whoever is still there has no limit. */
static const struct cloche_result *
wait_long(const struct hostile *h, struct cloche_run *run)
{
    const struct cloche_result *r = NULL;
    struct cloche_error err = {0};
    int rc = cloche_run_wait(run, LATE_S * SECOND, &r, &err);
    if (rc != 0) {
        fail(h, rc < 0 ? err.msg : "", "it does not end");
    }
    return r;
}

int
hostile_run(struct cloche_engine *engine, unsigned long seed, FILE *results)
{
    uint64_t chance = seed;
    int outcome = -1;
    struct hostile h = decide(seed, &chance);
    struct cloche_run *run = start_hostile(engine, &h, &chance);
    struct pollfd ended = {.fd = cloche_run_fd(run), .events = POLLIN};
    if (h.care == CANCELS || h.care == LEAVES) {
        sleep_ms((unsigned)h.patience_ms); /* the engine's own thread looks after it */
    }
    if (h.care == CANCELS) {
        cloche_run_cancel(run);
    }
    if (h.care == WAITS_FOR_FD && poll(&ended, 1, LATE_S * 1000) != 1) {
        fail(&h, "", "it does not end");
    }
    if (h.care != LEAVES) {
        outcome = check_hostile(&h, wait_long(&h, run), results);
    }
    cloche_run_free(run);
    if (h.silent[0] >= 0) {
        (void)close(h.silent[0]);
        (void)close(h.silent[1]);
    }
    return outcome;
}

/* ---- ordinary runs ------------------------------------------------------- */

#define FORKED                                                                             \
    "import os\nif os.fork() == 0:\n    print('child', flush=True)\n    os._exit(3)\n"     \
    "print(os.waitstatus_to_exitcode(os.wait()[1]))\n"
#define DIGEST "import hashlib\nprint(hashlib.sha256(b'x' * 1000000).hexdigest()[:16])\n"
#define DIGEST_IS "1b977e9f84f1b26b\n"
#define SQUARES "sum(i * i for i in range(30000))"
#define SQUARES_ARE "8999550005000"
#define BACKWARDS "import sys\nprint(sys.stdin.read()[::-1])"

static const struct ordinary {
    const char *profile;
    const char *code;
    const char *out;
    const char *repr;
    enum cloche_outcome outcome;
    uint64_t file_bytes; /* of the one file that it leaves; 0: none */
} ordinary[ORDINARY_KINDS] = {
    {"one", "print(6 * 7)", "42\n", "", CLOCHE_OUTCOME_OK, 0},
    {"one", DIGEST, DIGEST_IS, "", CLOCHE_OUTCOME_OK, 0},
    {"one", BACKWARDS, "tupni\n", "", CLOCHE_OUTCOME_OK, 0},
    {"one", "f = open('f', 'w')\nf.write('x' * 1000)\nf.close()", "", "", CLOCHE_OUTCOME_OK,
     1000},
    {"one", "1 / 0", "", "", CLOCHE_OUTCOME_USER_ERROR, 0},
    {"many", FORKED, "child\n3\n", "", CLOCHE_OUTCOME_OK, 0},
    {"many", SQUARES, "", SQUARES_ARE, CLOCHE_OUTCOME_OK, 0},
    {"many", BACKWARDS, "tupni\n", "", CLOCHE_OUTCOME_OK, 0},
    {"bare", "print(6 * 7)", "42\n", "", CLOCHE_OUTCOME_OK, 0},
    {"bare", SQUARES, "", SQUARES_ARE, CLOCHE_OUTCOME_OK, 0},
    {"bare", DIGEST, DIGEST_IS, "", CLOCHE_OUTCOME_OK, 0},
    {"bare", "import sys\nsys.exit(3)", "", "", CLOCHE_OUTCOME_OK, 0},
    {"lesson", "print(input()[::-1])", "tupni\n", "", CLOCHE_OUTCOME_OK, 0},
    {"lesson", SQUARES, "", SQUARES_ARE, CLOCHE_OUTCOME_OK, 0},
    {"script", "print(6 * 7)", "42\n", "", CLOCHE_OUTCOME_OK, 0},
    {"script", "import json\nprint(json.dumps({'a': [1, 2.5, None]}))",
     "{\"a\": [1, 2.5, null]}\n", "", CLOCHE_OUTCOME_OK, 0},
};

void
ordinary_run(struct cloche_engine *engine, unsigned long turn)
{
    const struct ordinary *o = &ordinary[turn % ORDINARY_KINDS];
    struct cloche_request q = request_for(o->code);
    uint64_t size = 0;
    q.profile = o->profile;
    q.stdin_data = "input";
    q.stdin_len = 5;
    struct cloche_run *run = start(engine, &q);
    const struct cloche_result *r = wait_for(run);
    size_t files = cloche_result_file_count(r);
    (void)cloche_result_file_name(r, 0, &size);
    if (cloche_result_outcome(r) != o->outcome || !output_is(r, CLOCHE_STDOUT, o->out) ||
        strcmp(cloche_result_value_repr(r), o->repr) != 0 ||
        cloche_result_denial(r, 0) != NULL || files != (o->file_bytes > 0) ||
        (files > 0 && size != o->file_bytes)) {
        char *json = NULL;
        CHECK(cloche_result_json(r, &json, NULL) == 0);
        (void)fprintf(stderr, "%.4000s\n", json);
        check_failed(o->code, 0, "an ordinary run is not as it should be");
    }
    cloche_run_free(run);
}

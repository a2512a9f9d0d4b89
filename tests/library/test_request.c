/* SPDX-License-Identifier: Apache-2.0 */
/* What a request may ask, and what is answered when it may not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "group.h"

static void
limits_are_only_ever_tighter(void **state)
{
    static const struct {
        struct cloche_limit limit;
        enum cloche_code code;
        const char *says, *key;
    } rows[] = {
        {{"wall", "1s"}, CLOCHE_OK, NULL, NULL},
        {{"wall", "10s"}, CLOCHE_OK, NULL, NULL}, /* the profile's own */
        {{"wall", "11s"}, CLOCHE_ELIMIT, "10s", "wall"},
        {{"memory", "1TiB"}, CLOCHE_ELIMIT, "256MiB", "memory"},
        {{"memory", "64MiB"}, CLOCHE_OK, NULL, NULL},
        {{"disk", "1MiB"}, CLOCHE_OK, NULL, NULL},
        {{"memery", "64MiB"}, CLOCHE_EINPUT, "memory", "memery"},
        {{"", "1"}, CLOCHE_EINPUT, NULL, NULL},
        {{"wall", ""}, CLOCHE_EINPUT, NULL, "wall"},
        {{"wall", "-1s"}, CLOCHE_EINPUT, NULL, "wall"},
        {{"wall", "soon"}, CLOCHE_EINPUT, NULL, "wall"},
        {{"memory", "5 parsecs"}, CLOCHE_EINPUT, NULL, "memory"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_for("print('held')");
        struct cloche_run *run = NULL;
        struct cloche_error err = {0};
        struct cloche_where where = {.line = 7};
        q.limits = &rows[i].limit;
        q.n_limits = 1;
        int rc = cloche_run_start(engine, &q, &run, &where, &err);
        CHECK_INT(rc, rows[i].code == CLOCHE_OK ? 0 : -1);
        CHECK_INT(err.code, rows[i].code);
        if (rc == 0) {
            CHECK(output_is(wait_for(run), CLOCHE_STDOUT, "held\n"));
            CHECK_INT(where.line, 0);
        } else {
            CHECK(run == NULL && err.msg[0] != '\0');
            CHECK_HAS(err.msg, rows[i].says != NULL ? rows[i].says : "");
            CHECK_HAS(where.key, rows[i].key != NULL ? rows[i].key : "");
            CHECK_INT(cloche_run_start(engine, &q, &run, NULL, NULL),
                      -1); /* told to nobody */
        }
        cloche_run_free(run);
    }
}

/* 1030 bytes. */
#define TEN "#23456789\n"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
static const char long_code[] = HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED
    HUNDRED HUNDRED HUNDRED TEN TEN TEN;

static void
a_tighter_limit_is_the_one_that_holds(void **state)
{
    static const struct {
        struct cloche_limit limit;
        const char *code;
        enum cloche_outcome outcome;
    } rows[] = {
        {{"wall", "150ms"}, "import time; time.sleep(5)", CLOCHE_OUTCOME_WALL_LIMIT},
        {{"cpu", "1s"}, "while True: pass", CLOCHE_OUTCOME_CPU_LIMIT},
        {{"memory", "32MiB"}, "x = bytearray(100 << 20)", CLOCHE_OUTCOME_MEMORY_LIMIT},
        {{"output", "1KiB"}, "print('z' * 2000)", CLOCHE_OUTCOME_OUTPUT_LIMIT},
        {{"source", "1KiB"}, long_code, CLOCHE_OUTCOME_SOURCE_LIMIT},
        {{"recursion", "50"}, "def f(): f()\nf()", CLOCHE_OUTCOME_RECURSION_LIMIT},
        {{"disk", "1MiB"},
         "open('x', 'wb').write(bytes(3 << 20))",
         CLOCHE_OUTCOME_DISK_LIMIT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_for(rows[i].code);
        q.limits = &rows[i].limit;
        q.n_limits = 1;
        struct cloche_run *run = start(engine, &q);
        const struct cloche_result *r = wait_for(run);
        CHECK_HAS(cloche_outcome_name(cloche_result_outcome(r)),
                  cloche_outcome_name(rows[i].outcome));
        CHECK_HAS(cloche_result_hint(r), rows[i].limit.key);
        cloche_run_free(run);
    }
}

static void
arguments_and_the_file_name_arrive(void **state)
{
    static const char *const argv[] = {"one", "", "two words", "\xc3\xa9", NULL};
    struct cloche_request q = request_for("import sys; print(sys.argv[1:], __file__)");
    (void)state;
    q.argv = argv;
    q.filename = "lesson.py";
    struct cloche_run *run = start(engine, &q);
    CHECK(output_is(wait_for(run), CLOCHE_STDOUT,
                    "['one', '', 'two words', '\xc3\xa9'] lesson.py\n"));
    cloche_run_free(run);
}

static void
a_value_is_the_last_expression_a_variable_or_nothing(void **state)
{
    static const struct {
        unsigned flags;
        const char *value;
    } rows[] = {
        {0, "\"value\":3,"},
        {CLOCHE_RUN_RESULT_VARIABLE, "\"value\":5,"},
        {CLOCHE_RUN_NO_VALUE, "\"value\":null,"},
        {0, "\"variables\":{\"result\":5}"},
        {CLOCHE_RUN_NO_VARIABLES, "\"variables\":{}"},
        {CLOCHE_RUN_NO_VARIABLES, "\"value\":3,"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_for("result = 5\n1 + 2");
        char *json = NULL;
        struct cloche_error err = {0};
        q.flags = rows[i].flags;
        struct cloche_run *run = start(engine, &q);
        CHECK_OK(cloche_result_json(wait_for(run), &json, &err), err);
        CHECK_HAS(json, rows[i].value);
        free(json);
        cloche_run_free(run);
    }
}

static void
memory_is_asked_for_unless_nobody_wants_it(void **state)
{
    static const struct {
        unsigned flags;
        const char *code;
        int is_told;
    } rows[] = {
        {0, "1", 1},
        {CLOCHE_RUN_NO_MEMORY_PEAK, "1", 0},
        {CLOCHE_RUN_NO_MEMORY_PEAK, "x = bytes(1 << 40)", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_for(rows[i].code);
        char *json = NULL;
        struct cloche_error err = {0};
        q.flags = rows[i].flags;
        struct cloche_run *run = start(engine, &q);
        CHECK_OK(cloche_result_json(wait_for(run), &json, &err), err);
        const char *memory = strstr(json, "\"memory\":{");
        CHECK(memory != NULL);
        const char *peak = strstr(memory, "\"peak_bytes\"");
        CHECK_INT(peak != NULL && peak < strchr(memory, '}') &&
                      strncmp(peak, "\"peak_bytes\":null", 17) != 0,
                  rows[i].is_told);
        free(json);
        cloche_run_free(run);
    }
}

static void
a_request_of_another_size_is_refused_or_understood(void **state)
{
    static const struct {
        size_t size;
        int rc;
    } rows[] = {
        {0, -1},
        {sizeof(size_t), -1},
        {offsetof(struct cloche_request, ctx), 0},
        {sizeof(struct cloche_request), 0},
        {sizeof(struct cloche_request) + 8, -1},
        {SIZE_MAX, -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cloche_request q = request_for("1");
        struct cloche_run *run = NULL;
        struct cloche_error err = {0};
        q.size = rows[i].size;
        CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), rows[i].rc);
        if (rows[i].rc < 0) {
            CHECK_INT(err.code, CLOCHE_EINPUT);
            CHECK_HAS(err.msg, "size");
        } else {
            CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_OK);
        }
        cloche_run_free(run);
    }
}

static void
a_profile_that_is_not_there_is_an_error_that_suggests_one(void **state)
{
    struct cloche_request q = request_for("1");
    struct cloche_run *run = NULL;
    struct cloche_error err = {0};
    struct cloche_where where;
    (void)state;
    q.profile = "isolatd";
    CHECK_INT(cloche_run_start(engine, &q, &run, &where, &err), -1);
    CHECK_INT(err.code, CLOCHE_EINPUT);
    CHECK_HAS(err.msg, "isolatd");
    CHECK_HAS(err.msg, "isolated");
    CHECK_INT(cloche_run_start(engine, &q, &run, NULL, NULL), -1);
    q.profile = NULL; /* the default */
    run = start(engine, &q);
    CHECK_INT(cloche_result_outcome(wait_for(run)), CLOCHE_OUTCOME_OK);
    cloche_run_free(run);
    q.code = NULL;
    run = NULL;
    CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), -1);
    CHECK_INT(err.code, CLOCHE_EINPUT);
}

static void
too_many_arguments_and_files_are_limits(void **state)
{
    enum { MANY = 5000 };
    const char **argv = calloc(MANY + 1, sizeof *argv);
    struct cloche_input_file *files = calloc(MANY, sizeof *files);
    struct cloche_request q = request_for("1");
    struct cloche_run *run = NULL;
    struct cloche_error err = {0};
    (void)state;
    CHECK(argv != NULL && files != NULL);
    for (int i = 0; i < MANY; i++) {
        argv[i] = "a";
        files[i] = (struct cloche_input_file){"a", "a", 1};
    }
    q.argv = argv;
    CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), -1);
    CHECK_INT(err.code, CLOCHE_ELIMIT);
    q.argv = NULL;
    q.files = files;
    q.n_files = MANY;
    CHECK_INT(cloche_run_start(engine, &q, &run, NULL, &err), -1);
    CHECK_INT(err.code, CLOCHE_ELIMIT);
    free(argv);
    free(files);
    expect_works(engine);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_only_ever_tighter),
        cmocka_unit_test(a_tighter_limit_is_the_one_that_holds),
        cmocka_unit_test(arguments_and_the_file_name_arrive),
        cmocka_unit_test(a_value_is_the_last_expression_a_variable_or_nothing),
        cmocka_unit_test(memory_is_asked_for_unless_nobody_wants_it),
        cmocka_unit_test(a_request_of_another_size_is_refused_or_understood),
        cmocka_unit_test(a_profile_that_is_not_there_is_an_error_that_suggests_one),
        cmocka_unit_test(too_many_arguments_and_files_are_limits),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

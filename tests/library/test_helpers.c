/* SPDX-License-Identifier: Apache-2.0 */
/* Helper programs that are missing, or are something else: a clear error, soon,
 * and no effect on the next engine. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support.h"

static char dir[] = "/tmp/cloche-helpers-XXXXXX";
static char zygote[64]; /* what it is called: a program, or an object in python3 */

static void
copy(const char *from, const char *name)
{
    char command[1024];
    (void)snprintf(command, sizeof command, "cp -L '%s' '%s/%s' && chmod 755 '%s/%s'", from,
                   dir, name, dir, name);
    CHECK_INT(system(command), 0);
}

static void
copy_own(const char *name)
{
    char from[512];
    (void)snprintf(from, sizeof from, "%s/%s", getenv("CLOCHE_HELPER_DIR"), name);
    copy(from, name);
}

static void
write_script(const char *name, const char *text)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    (void)unlink(path);
    FILE *f = fopen(path, "we");
    CHECK(f != NULL && fputs(text, f) >= 0);
    (void)fclose(f);
    CHECK(chmod(path, 0755) == 0);
}

static void
remove_both(void)
{
    const char *const names[] = {"cloche-launcher", zygote};
    char path[128];
    for (int i = 0; i < 2; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        (void)unlink(path);
    }
}

/* An engine, and if that can be had a run, must fail within 5 s. */
static void
expect_failure(const char *helper_dir, struct cloche_error *err)
{
    struct cloche_engine_options options = {.size = sizeof options,
                                            .helper_dir = helper_dir};
    struct cloche_policy *policy = NULL;
    struct cloche_engine *engine = NULL;
    struct cloche_run *run = NULL;
    struct cloche_request q = request_for("1");
    unsigned descriptors = count_descriptors();
    uint64_t before = now_ns();
    CHECK_OK(cloche_policy_load(NULL, &policy, NULL, err), *err);
    if (cloche_engine_new(&options, policy, &engine, err) == 0) {
        for (int turn = 0; turn < 3; turn++) { /* it does not get worse */
            *err = (struct cloche_error){0};
            CHECK_INT(cloche_run_start(engine, &q, &run, NULL, err), -1);
        }
        cloche_engine_free(engine);
    }
    cloche_policy_unref(policy);
    CHECK(now_ns() - before < 5 * SECOND);
    CHECK(err->code != CLOCHE_OK && err->msg[0] != '\0');
    CHECK(count_descriptors() <= descriptors);
    CHECK_INT(count_descendants(), 0);
    engine = engine_new(); /* with the right ones */
    expect_works(engine);
    cloche_engine_free(engine);
}

static void
no_helpers(void **state)
{
    struct cloche_error err = {0};
    (void)state;
    expect_failure("/nowhere/at/all", &err);
    CHECK_INT(err.code, CLOCHE_EHOST);
    CHECK_HAS(err.msg, "/nowhere/at/all");
    expect_failure("", &err);
    CHECK_INT(err.code, CLOCHE_EHOST);

    copy_own("cloche-launcher");
    expect_failure(dir, &err);
    CHECK_INT(err.code, CLOCHE_EHOST);
    CHECK_HAS(err.msg, "cloche-zygote");
    remove_both();

    copy_own(zygote);
    expect_failure(dir, &err);
    CHECK_INT(err.code, CLOCHE_EHOST);
    CHECK_HAS(err.msg, "cloche-launcher");
    remove_both();
}

static void
another_program_as_the_zygote(void **state)
{
    static const char *const programs[] = {"/bin/false", "/bin/true", "/bin/cat"};
    (void)state;
    copy_own("cloche-launcher");
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        struct cloche_error err = {0};
        copy(programs[i], zygote);
        expect_failure(dir, &err);
        CHECK_HAS(err.msg, "interpreter");
    }
    struct cloche_error err = {0};
    write_script(zygote, "#!/nowhere\n");
    expect_failure(dir, &err);
    write_script(zygote, "");
    expect_failure(dir, &err);
    remove_both();
}

static void
another_program_as_the_launcher(void **state)
{
    static const char *const programs[] = {"/bin/false", "/bin/true", "/bin/cat"};
    (void)state;
    copy_own(zygote);
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        struct cloche_error err = {0};
        copy(programs[i], "cloche-launcher");
        expect_failure(dir, &err);
        CHECK_HAS(err.msg, "cloche-launcher");
    }
    struct cloche_error err = {0};
    /* It says nonsense, and does not end by itself. */
    write_script("cloche-launcher", "#!/bin/sh\necho nonsense >&3\nexec sleep 1000\n");
    expect_failure(dir, &err);
    write_script("cloche-launcher", "#!/nowhere\n");
    expect_failure(dir, &err);
    remove_both();
}

static int
set_up(void **state)
{
    (void)state;
    char path[512];
    watchdog(200);
    (void)snprintf(path, sizeof path, "%s/cloche-zygote.so", getenv("CLOCHE_HELPER_DIR"));
    (void)snprintf(zygote, sizeof zygote, "cloche-zygote%s",
                   access(path, F_OK) == 0 ? ".so" : "");
    CHECK(mkdtemp(dir) != NULL && chmod(dir, 0755) == 0);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    remove_both();
    return rmdir(dir);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_helpers),
        cmocka_unit_test(another_program_as_the_zygote),
        cmocka_unit_test(another_program_as_the_launcher),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

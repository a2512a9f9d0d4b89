/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/own.h"

static void
a_failure_is_minus_one_with_code_and_message(void **state)
{
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(cl_fail(&err, CLOCHE_EDENIED, "no %s", "way"), -1);
    assert_int_equal(err.code, CLOCHE_EDENIED);
    assert_int_equal(err.sys, 0);
    assert_string_equal(err.msg, "no way");
}

static void
a_system_failure_ends_in_what_the_system_said(void **state)
{
    struct cloche_error err = {0};
    (void)state;
    assert_int_equal(cl_fail_sys(&err, EPERM, "mount '%s'", "/proc"), -1);
    assert_int_equal(err.code, CLOCHE_ESYS);
    assert_int_equal(err.sys, EPERM);
    assert_string_equal(err.msg, "mount '/proc': Operation not permitted");
    assert_int_equal(cl_fail_sys_as(&err, CLOCHE_EHOST, ENOENT, "cgroup"), -1);
    assert_int_equal(err.code, CLOCHE_EHOST);
    assert_string_equal(err.msg, "cgroup: No such file or directory");
}

static void
context_goes_before_what_is_there(void **state)
{
    struct cloche_error err = {0};
    (void)state;
    (void)cl_fail_sys(&err, EPERM, "mount"); /* is -1 */
    assert_int_equal(cl_fail_in(&err, "sandbox"), -1);
    assert_string_equal(err.msg, "sandbox: mount: Operation not permitted");
    assert_int_equal(err.sys, EPERM);
}

static void
nobody_need_listen(void **state)
{
    (void)state;
    assert_int_equal(cl_fail(NULL, CLOCHE_EINPUT, "x"), -1);
    assert_int_equal(cl_fail_sys(NULL, EPERM, "x"), -1);
    assert_int_equal(cl_fail_in(NULL, "x"), -1);
    assert_int_equal(cl_fail_nomem(NULL), -1);
}

/* "é" at every offset of the end: the message must stay valid UTF-8. */
static void
a_message_that_is_cut_is_cut_between_characters(void **state)
{
    (void)state;
    for (size_t pad = 230; pad < 250; pad++) {
        char text[300];
        memset(text, 'x', pad);
        strcpy(text + pad, "\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d");
        struct cloche_error err = {0};
        (void)cl_fail(&err, CLOCHE_EINPUT, "%s", text); /* is -1 */
        size_t len = strlen(err.msg);
        assert_true(len < sizeof err.msg);
        assert_memory_equal(err.msg, text, len);
        /* What follows in the text starts a character. */
        assert_true(((unsigned char)text[len] & 0xC0) != 0x80);
    }
}

static void
long_contexts_do_not_overflow(void **state)
{
    struct cloche_error err = {0};
    (void)state;
    (void)cl_fail(&err, CLOCHE_EINPUT, "inner"); /* is -1 */
    for (int i = 0; i < 100; i++) {
        (void)cl_fail_in(&err, "context number %d", i); /* is -1 */
    }
    assert_true(strlen(err.msg) < sizeof err.msg);
    assert_memory_equal(err.msg, "context number 99: context number 98", 36);
}

static void
every_code_has_its_name(void **state)
{
    const struct {
        enum cloche_code code;
        const char *name;
    } rows[] = {
        {CLOCHE_OK, "OK"},
        {CLOCHE_EINPUT, "EINPUT"},
        {CLOCHE_EDENIED, "EDENIED"},
        {CLOCHE_ELIMIT, "ELIMIT"},
        {CLOCHE_EHOST, "EHOST"},
        {CLOCHE_ESYS, "ESYS"},
        {CLOCHE_EINTERNAL, "EINTERNAL"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        assert_string_equal(cloche_code_name(rows[i].code), rows[i].name);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_is_minus_one_with_code_and_message),
        cmocka_unit_test(a_system_failure_ends_in_what_the_system_said),
        cmocka_unit_test(context_goes_before_what_is_there),
        cmocka_unit_test(nobody_need_listen),
        cmocka_unit_test(a_message_that_is_cut_is_cut_between_characters),
        cmocka_unit_test(long_contexts_do_not_overflow),
        cmocka_unit_test(every_code_has_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

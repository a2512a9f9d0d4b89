/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/own.h"
#include "wire/rules.h"

static void
an_import_is_about_the_rule_of_its_module_or_package(void **state)
{
    static const struct {
        const char *module;
        enum cl_rule rule;
    } rows[] = {
        {"socket", CL_RULE_NET_IMPORT},
        {"socketserver", CL_RULE_NET_IMPORT},
        {"sockets", CL_RULE_NONE},
        {"urllib", CL_RULE_NONE},
        {"urllib.request", CL_RULE_NET_IMPORT},
        {"urllib.requests", CL_RULE_NONE},
        {"urllib.parse", CL_RULE_NONE},
        {"requests", CL_RULE_NET_IMPORT},
        {"requests.adapters", CL_RULE_NET_IMPORT},
        {"http", CL_RULE_NONE},
        {"http.client", CL_RULE_NET_IMPORT},
        {"subprocess", CL_RULE_PROC_IMPORT},
        {"multiprocessing.pool", CL_RULE_PROC_IMPORT},
        {"concurrent.futures", CL_RULE_NONE},
        {"pickle", CL_RULE_PICKLE},
        {"pickletools", CL_RULE_NONE},
        {"ctypes.util", CL_RULE_NATIVE_MEMORY},
        {"telnetlib", CL_RULE_NET_CLEAR},
        {"imp", CL_RULE_OUTDATED},
        {"importlib.util", CL_RULE_INTERNALS},
        {"reqeusts", CL_RULE_BAD_PACKAGE},
        {"json", CL_RULE_NONE},
        {"", CL_RULE_NONE},
        {" ", CL_RULE_NONE},
        {".", CL_RULE_NONE},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        enum cl_rule rule = cl_rule_of_import(rows[i].module);
        if (rule != rows[i].rule) {
            fail_msg("'%s': rule %d, expected %d", rows[i].module, rule, rows[i].rule);
        }
    }
}

static void
each_refusal_of_the_guard_has_a_rule_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < CL_VIOLATION_COUNT; i++) {
        assert_int_equal(cl_rule_of_violation((enum cl_violation)i), 2001 + i);
    }
    assert_true(CL_RULE_VIOLATION + CL_VIOLATION_COUNT <= CL_RULE_AUDITED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_is_about_the_rule_of_its_module_or_package),
        cmocka_unit_test(each_refusal_of_the_guard_has_a_rule_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

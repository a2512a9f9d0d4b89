/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "policy/parse/requirement.h"

static void
requirements_of_pep_508_and_440_are_taken(void **state)
{
    static const char *const rows[] = {
        "numpy",
        "a",
        "ruamel.yaml",
        "zope_interface-x",
        "pandas>=2,<3",
        "pandas >= 2 , < 3",
        "pandas >=2,<3 ",
        "x==1.0",
        "x==1.0.*",
        "x!=1.*",
        "x~=1.2",
        "x~=1.2.3rc1",
        "x===1.0",
        "x<=2024.1",
        "x>1!2.0",
        "x==v1.0",
        "x==1.0a1",
        "x==1.0-alpha.1",
        "x==1.0.post1",
        "x==1.0-1",
        "x==1.0.dev0",
        "x==1.0rc1.post2.dev3",
        "x==1.0+ubuntu.1",
        "x==1.0+abc-5",
        "requests[socks]",
        "requests[socks, security]>=2",
        "requests [socks] >=2",
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        const char *problem = cl_requirement_check(rows[i]);
        if (problem != NULL) {
            fail_msg("'%s' %s", rows[i], problem);
        }
    }
}

static void
what_is_no_requirement_is_refused_with_its_fault(void **state)
{
    static const struct {
        const char *text, *fragment;
    } rows[] = {
        {"", "package's name"},
        {" numpy", "package's name"},
        {"-x", "package's name"},
        {".x", "package's name"},
        {"x-", "package's name"},
        {"x_>=1", "package's name"},
        {"x 1", "after its name"},
        {"x=1", "after its name"},
        {"x>", "not one of PEP 440"},
        {"x==", "not one of PEP 440"},
        {"x==a", "not one of PEP 440"},
        {"x==1..0", "between its versions"},
        {"x==1.0+", "not one of PEP 440"},
        {"x==1.0++a", "not one of PEP 440"},
        {"x>=1.*", ".* after an operator"},
        {"x~=1", "~= before a version of one number"},
        {"x>=1 <2", "between its versions"},
        {"x>=1,", "after its name"},
        {"x,>=1", "after its name"},
        {"x[", "[extras]"},
        {"x[]", "[extras]"},
        {"x[a", "[extras]"},
        {"x[a,]", "[extras]"},
        {"x; python_version<'3'", "a marker (;)"},
        {"x>=1; os_name=='nt'", "a marker (;)"},
        {"x @ https://example.com/x.whl", "a URL (@)"},
        {"--index-url", "package's name"},
        {"../x", "package's name"},
        {"x\n", "after its name"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        const char *problem = cl_requirement_check(rows[i].text);
        if (problem == NULL || strstr(problem, rows[i].fragment) == NULL) {
            fail_msg("'%s': expected '%s', got '%s'", rows[i].text, rows[i].fragment,
                     problem ? problem : "(accepted)");
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requirements_of_pep_508_and_440_are_taken),
        cmocka_unit_test(what_is_no_requirement_is_refused_with_its_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "guard/modules_table.h"
#include "guard/nearest.h"
#include "policy/python_names.h"

/* The policy refuses the name of a module before there is an interpreter to ask: two
 * lists, in layers that do not know each other. */
static void
the_policy_knows_exactly_the_modules_that_are_offered(void **state)
{
    (void)state;
    size_t count = 0;
    for (; cl_python_modules[count] != NULL; count++) {
        assert_true(cl_module_row_find(cl_python_modules[count]) != NULL);
    }
    for (size_t i = 0; i < cl_module_row_count; i++) {
        const char *name = cl_module_rows[i].module;
        assert_int_equal(cl_python_has(cl_python_modules, name),
                         strcmp(name, "__future__") != 0);
    }
    assert_int_equal(count + 1, cl_module_row_count);
}

static void
rows_are_sorted_and_have_each_name_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < cl_module_row_count; i++) {
        const struct cl_module_row *row = &cl_module_rows[i];
        if (i > 0) {
            assert_true(strcmp(row[-1].module, row->module) < 0);
        }
        size_t len = 0;
        size_t before = 0;
        const char *last = NULL;
        const char *at = cl_module_row_next(row->names, &len);
        assert_non_null(at);
        for (; at != NULL; at = cl_module_row_next(at + len, &len)) {
            assert_true(at[0] != '_');
            if (last != NULL) {
                int order = strncmp(last, at, before < len ? before : len);
                assert_true(order < 0 || (order == 0 && before < len));
            }
            last = at;
            before = len;
        }
    }
}

static void
a_row_has_its_words_and_no_part_of_one(void **state)
{
    (void)state;
    const struct cl_module_row *row = cl_module_row_find("math");
    static const struct {
        const char *name;
        int has;
    } names[] = {{"sqrt", 1}, {"acos", 1}, {"ulp", 1},     {"sqr", 0},
                 {"qrt", 0},  {"", 0},     {"sqrt sum", 0}};
    for (size_t i = 0; i < CL_COUNT(names); i++) {
        assert_int_equal(cl_module_row_has(row, names[i].name), names[i].has);
    }
    assert_int_equal(cl_module_row_has(NULL, "sqrt"), 0);
    assert_null(cl_module_row_find("os"));
    assert_null(cl_module_row_find("jso"));
}

static void
native_packages_have_no_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < cl_module_native_count; i++) {
        assert_null(cl_module_row_find(cl_module_native[i]));
    }
}

static void
the_nearest_name_is_one_that_differs_little(void **state)
{
    (void)state;
    static const struct {
        const char *wanted, *best; /* NULL: none */
    } rows[] = {{"jsn", "json"},
                {"jsonn", "json"},
                {"maths", "math"},
                {"json", NULL},
                {"xyz", NULL},
                {"", NULL},
                {"collection", "collections"},
                {"statistic", "statistics"},
                {"a_name_that_is_much_longer_than_any_module_has_ever_been", NULL}};
    static const char *const known[] = {"collections", "json", "math", "statistics"};
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_guard_nearest near = CL_GUARD_NEAREST_INIT(rows[i].wanted);
        for (size_t k = 0; k < CL_COUNT(known); k++) {
            cl_guard_nearest_offer(&near, known[k], strlen(known[k]));
        }
        if (rows[i].best == NULL) {
            assert_null(near.best);
        } else {
            assert_non_null(near.best);
            assert_string_equal(near.best, rows[i].best);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_policy_knows_exactly_the_modules_that_are_offered),
        cmocka_unit_test(rows_are_sorted_and_have_each_name_once),
        cmocka_unit_test(a_row_has_its_words_and_no_part_of_one),
        cmocka_unit_test(native_packages_have_no_row),
        cmocka_unit_test(the_nearest_name_is_one_that_differs_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

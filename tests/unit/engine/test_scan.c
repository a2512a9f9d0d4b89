/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "engine/scan.h"

/* ---- the table ---------------------------------------------------------- */

static void
rules_are_sorted_and_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < cl_scan_rule_count; i++) {
        const struct cloche_rule *r = &cl_scan_rules[i].shown;
        char id[8];
        (void)snprintf(id, sizeof id, "CL%04d", (int)cl_scan_rules[i].number);
        assert_string_equal(r->id, id);
        assert_true(r->severity >= CLOCHE_SEVERITY_NOTE &&
                    r->severity <= CLOCHE_SEVERITY_ERROR);
        assert_true(r->name[0] != '\0' && r->says[0] != '\0' && r->key != NULL);
        /* A sentence's end, and whole sentences. */
        assert_true(r->says[strlen(r->says) - 1] != '.');
        assert_true(r->help[strlen(r->help) - 1] == '.');
        assert_int_equal(r->finds[0] == '\0', r->passes[0] == '\0');
        assert_ptr_equal(cloche_rule(i), r);
        if (i > 0) {
            assert_true(cl_scan_rules[i - 1].number < cl_scan_rules[i].number);
        }
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(cl_scan_rules[k].shown.name, r->name);
        }
    }
    assert_null(cloche_rule(cl_scan_rule_count));
}

static void
what_needs_no_profile_has_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < cl_scan_rule_count; i++) {
        enum cl_rule number = cl_scan_rules[i].number;
        int has_none = number >= CL_RULE_VIOLATION || number == CL_RULE_TOO_LARGE ||
                       number == CL_RULE_UNFINISHED || number == CL_RULE_TOO_MANY;
        if ((cl_scan_rules[i].shown.finds[0] == '\0') != has_none) {
            fail_msg("%s: %s", cl_scan_rules[i].shown.id,
                     has_none ? "an example that no test can hold it to" : "no example");
        }
    }
}

static void
each_refusal_of_the_guard_is_in_the_table(void **state)
{
    (void)state;
    for (int i = 0; i < CL_VIOLATION_COUNT; i++) {
        assert_non_null(cl_scan_rule_find(cl_rule_of_violation((enum cl_violation)i)));
    }
    assert_null(cl_scan_rule_find(CL_RULE_NONE));
    assert_string_equal(cl_scan_rule_id(CL_RULE_NONE), "");
    assert_string_equal(cl_scan_rule_id(CL_RULE_SHELL), "CL1203");
}

/* ---- frames ------------------------------------------------------------- */

static void
put_finding(struct cl_buf *b, uint32_t rule, uint32_t line, const char *what,
            const char *message)
{
    (void)cl_buf_u32(b, rule);
    (void)cl_buf_u32(b, line);
    (void)cl_buf_u32(b, 2);
    (void)cl_buf_u32(b, line);
    (void)cl_buf_u32(b, 5);
    (void)cl_put_str(b, what);
    (void)cl_put_str(b, message);
}

static void
a_finding_gets_the_words_of_its_rule(void **state)
{
    static const struct {
        uint32_t rule;
        const char *what, *message, *expected;
    } rows[] = {
        {CL_RULE_SHELL, "os.system", "", "'os.system' runs a line of shell"},
        {CL_RULE_HUGE, "", "", "this makes a value of ten megabytes or more at once"},
        {CL_RULE_KEY, "a GitHub token", "", "a GitHub token stands in the text"},
        {CL_RULE_SHELL, "x", "its own words", "its own words"},
        {CL_RULE_SHELL, "a\nb\x1b[2J", "", "'a b [2J' runs a line of shell"},
        {CL_RULE_SHELL, "\xff", "", "'\xef\xbf\xbd' runs a line of shell"},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cloche_scan scan = {.n_rows = 0};
        cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
        put_finding(&b, rows[i].rule, 7, rows[i].what, rows[i].message);
        struct cl_reader r = CL_READER(b.data, b.len);
        assert_int_equal(cl_scan_read(&scan, &r, NULL), 0);
        assert_int_equal(scan.n_rows, 1);
        assert_string_equal(scan.rows[0].message, rows[i].expected);
        assert_int_equal(scan.rows[0].shown.line, 7);
        assert_int_equal(scan.rows[0].shown.column, 2);
        assert_int_equal(scan.rows[0].shown.end_line, 7);
        assert_int_equal(scan.rows[0].shown.end_column, 5);
        free(scan.rows);
    }
}

static void
a_finding_that_is_none_is_refused(void **state)
{
    char long_text[CL_SCAN_MESSAGE_MAX + 2];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    const struct {
        const char *name;
        uint32_t rule;
        const char *what, *message;
        size_t cut, more;
    } rows[] = {
        {"no rule", 0, "x", "", 0, 0},
        {"an unknown rule", 9999, "x", "", 0, 0},
        {"a number past int", UINT32_MAX, "x", "", 0, 0},
        {"a long subject", CL_RULE_SHELL, long_text, "", 0, 0},
        {"a long message", CL_RULE_SHELL, "x", long_text, 0, 0},
        {"cut short", CL_RULE_SHELL, "x", "y", 1, 0},
        {"more behind", CL_RULE_SHELL, "x", "y", 0, 1},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cloche_scan scan = {.n_rows = 0};
        struct cloche_error err = {0};
        cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
        put_finding(&b, rows[i].rule, 1, rows[i].what, rows[i].message);
        for (size_t k = 0; k < rows[i].more; k++) {
            (void)cl_buf_u8(&b, 0);
        }
        struct cl_reader r = CL_READER(b.data, b.len - rows[i].cut);
        if (cl_scan_read(&scan, &r, &err) != -1 || scan.n_rows != 0) {
            fail_msg("%s was taken", rows[i].name);
        }
        assert_int_equal(err.code, CLOCHE_EINTERNAL);
        free(scan.rows);
    }
}

static void
a_cell_cannot_fill_our_memory_with_findings(void **state)
{
    struct cloche_scan scan = {.n_rows = 0};
    (void)state;
    for (int i = 0; i < 3 * CL_SCAN_MAX_FINDINGS; i++) {
        cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
        put_finding(&b, CL_RULE_SHELL, 1, "x", "");
        struct cl_reader r = CL_READER(b.data, b.len);
        assert_int_equal(cl_scan_read(&scan, &r, NULL), 0);
    }
    assert_int_equal(scan.n_rows, CL_SCAN_MAX_FINDINGS + 1);
    free(scan.rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_sorted_and_complete),
        cmocka_unit_test(what_needs_no_profile_has_examples),
        cmocka_unit_test(each_refusal_of_the_guard_is_in_the_table),
        cmocka_unit_test(a_finding_gets_the_words_of_its_rule),
        cmocka_unit_test(a_finding_that_is_none_is_refused),
        cmocka_unit_test(a_cell_cannot_fill_our_memory_with_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

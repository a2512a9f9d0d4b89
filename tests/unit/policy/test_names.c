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
#include "policy/item.h"
#include "policy/names.h"
#include "policy/parse/nearest.h"

static void
items_are_brought_to_their_one_form_or_refused(void **state)
{
    static const struct {
        enum cl_item item;
        const char *text, *normal; /* NULL: refused */
    } rows[] = {
        {CL_ITEM_MODULE, "json", "json"},
        {CL_ITEM_MODULE, "os.path", "os.path"},
        {CL_ITEM_MODULE, "_x1", "_x1"},
        {CL_ITEM_MODULE, "", NULL},
        {CL_ITEM_MODULE, ".a", NULL},
        {CL_ITEM_MODULE, "a..b", NULL},
        {CL_ITEM_MODULE, "a.1", NULL},
        {CL_ITEM_MODULE, "1a", NULL},
        {CL_ITEM_MODULE, "a-b", NULL},
        {CL_ITEM_MODULE, "m\xc3\xb6", NULL},
        {CL_ITEM_OFFERED, "json", "json"},
        {CL_ITEM_OFFERED, "collections.abc", "collections.abc"},
        {CL_ITEM_OFFERED, "os", NULL},
        {CL_ITEM_OFFERED, "json.decoder", NULL},
        {CL_ITEM_OFFERED, "__future__", NULL},
        {CL_ITEM_FUNCTION, "add", "add"},
        {CL_ITEM_FUNCTION, "a.b", NULL},
        {CL_ITEM_BUILTIN, "print", "print"},
        {CL_ITEM_BUILTIN, "True", "True"},
        {CL_ITEM_BUILTIN, "exec", NULL},
        {CL_ITEM_BUILTIN, "__import__", NULL},
        {CL_ITEM_NODE, "Await", "Await"},
        {CL_ITEM_NODE, "match_case", "match_case"},
        {CL_ITEM_NODE, "AST", NULL},
        {CL_ITEM_NODE, "await", NULL},
        {CL_ITEM_ENV, "LANG", "LANG"},
        {CL_ITEM_ENV, "A B", NULL},
        {CL_ITEM_ENV, "A=", NULL},
        {CL_ITEM_ENV, "1A", NULL},
        {CL_ITEM_DIR, "/", "/"},
        {CL_ITEM_DIR, "//", "/"},
        {CL_ITEM_DIR, "/a/", "/a"},
        {CL_ITEM_DIR, "//a//b/./c/.", "/a/b/c"},
        {CL_ITEM_DIR, "/a b/...", "/a b/..."},
        {CL_ITEM_DIR, "/..", NULL},
        {CL_ITEM_DIR, "/a/..", NULL},
        {CL_ITEM_DIR, "/a/../b", NULL},
        {CL_ITEM_DIR, "a", NULL},
        {CL_ITEM_DIR, "~/a", NULL},
        {CL_ITEM_DIR, "", NULL},
        {CL_ITEM_FILE, "ops.pub", "ops.pub"},
        {CL_ITEM_FILE, "./keys//ops.pub", "keys/ops.pub"},
        {CL_ITEM_FILE, "/etc/ops.pub", "/etc/ops.pub"},
        {CL_ITEM_FILE, "../ops.pub", NULL},
        {CL_ITEM_FILE, "", NULL},
        {CL_ITEM_FILE, ".", NULL},
        {CL_ITEM_FILE, "/", NULL},
        {CL_ITEM_FILE, "///", NULL},
        {CL_ITEM_PROFILE, "lesson-2_x", "lesson-2_x"},
        {CL_ITEM_PROFILE, "-x", NULL},
        {CL_ITEM_PROFILE, "2x", NULL},
        {CL_ITEM_PROFILE, "a.b", NULL},
        {CL_ITEM_PROFILE, "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        char out[CL_ITEM_MAX] = "";
        const char *problem = cl_item_read(rows[i].item, rows[i].text, out);
        if ((problem == NULL) != (rows[i].normal != NULL) ||
            (problem == NULL && strcmp(out, rows[i].normal) != 0)) {
            fail_msg("row %zu, '%s': expected '%s', got '%s'", i, rows[i].text,
                     rows[i].normal ? rows[i].normal : "a refusal",
                     problem ? problem : out);
        }
    }
}

static void
items_have_a_greatest_length(void **state)
{
    char text[5000];
    char out[CL_ITEM_MAX];
    (void)state;
    memset(text, 'a', sizeof text);
    text[256] = '\0';
    assert_non_null(cl_item_read(CL_ITEM_MODULE, text, out));
    assert_non_null(cl_item_read(CL_ITEM_FUNCTION, text, out));
    assert_non_null(cl_item_read(CL_ITEM_PROFILE, text, out));
    text[0] = '/';
    assert_null(cl_item_read(CL_ITEM_DIR, text, out));
    text[256] = 'a';
    text[257] = '\0';
    assert_non_null(cl_item_read(CL_ITEM_DIR, text, out));
    text[257] = 'a';
    for (size_t i = 0; i < sizeof text; i += 100) {
        text[i] = '/';
    }
    text[sizeof text - 1] = '\0';
    assert_non_null(cl_item_read(CL_ITEM_DIR, text, out));
    text[CL_ITEM_MAX - 1] = '\0';
    assert_null(cl_item_read(CL_ITEM_DIR, text, out));
}

/* "a b c" as a list; "*": everything. */
static struct cl_names
names_of(const char *text, enum cl_item item)
{
    struct cl_names n = {.is_all = strcmp(text, "*") == 0};
    char copy[200];
    (void)snprintf(copy, sizeof copy, "%s", n.is_all ? "" : text); /* rows are short */
    for (char *p = strtok(copy, " "); p != NULL; p = strtok(NULL, " ")) {
        assert_int_equal(cl_names_append(&n, p), 0);
    }
    assert_int_equal(cl_names_sort(&n, item), 0);
    return n;
}

static void
lists_join_meet_and_compare(void **state)
{
    static const struct {
        enum cl_item item;
        const char *a, *b, *join, *meet;
        int is_within; /* a in b */
    } rows[] = {
        {CL_ITEM_MODULE, "", "", "", "", 1},
        {CL_ITEM_MODULE, "c a b a", "b d", "a b c d", "b", 0},
        {CL_ITEM_MODULE, "a", "a b", "a b", "a", 1},
        {CL_ITEM_MODULE, "*", "a b", "a b", "a b", 0},
        {CL_ITEM_MODULE, "a b", "*", "*", "a b", 1},
        {CL_ITEM_MODULE, "*", "*", "*", "*", 1},
        {CL_ITEM_MODULE, "", "a", "a", "", 1},
        {CL_ITEM_DIR, "/a/b /a", "/a/c", "/a", "/a/c", 0},
        {CL_ITEM_DIR, "/a/b", "/a", "/a", "/a/b", 1},
        {CL_ITEM_DIR, "/ab", "/a", "/a /ab", "", 0},
        {CL_ITEM_DIR, "/", "/a /b", "/", "/a /b", 0},
        {CL_ITEM_DIR, "/x/y /z", "/x /z/w", "/x /z", "/x/y /z/w", 0},
        {CL_ITEM_HOST, "a.x b.x", "*.x", "*.x", "a.x b.x", 1},
        {CL_ITEM_HOST, "a.x:80 a.x", "https://a.x", "a.x", "https://a.x", 0},
        {CL_ITEM_HOST, "a.x", "*.x:443", "*.x:443 a.x", "a.x:443", 0},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_names a = names_of(rows[i].a, rows[i].item);
        struct cl_names b = names_of(rows[i].b, rows[i].item);
        struct cl_names join = names_of(rows[i].join, rows[i].item);
        struct cl_names meet = names_of(rows[i].meet, rows[i].item);
        struct cl_names got;
        assert_int_equal(cl_names_is_within(&a, &b, rows[i].item), rows[i].is_within);
        assert_int_equal(cl_names_copy(&got, &a), 0);
        assert_int_equal(cl_names_join(&got, &b), 0);
        assert_int_equal(cl_names_reduce(&got, rows[i].item), 0);
        if (!cl_names_is_equal(&got, &join)) {
            fail_msg("row %zu: join", i);
        }
        cl_names_fini(&got);
        assert_int_equal(cl_names_copy(&got, &a), 0);
        assert_int_equal(cl_names_meet(&got, &b, rows[i].item), 0);
        if (!cl_names_is_equal(&got, &meet)) {
            fail_msg("row %zu: meet", i);
        }
        cl_names_fini(&got);
        cl_names_fini(&a);
        cl_names_fini(&b);
        cl_names_fini(&join);
        cl_names_fini(&meet);
    }
}

static void
a_list_stays_whole_however_it_shrinks_and_grows(void **state)
{
    struct cl_names n = {0};
    char text[16];
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++) {
            (void)snprintf(text, sizeof text, "m%d", i % 37); /* fits */
            assert_int_equal(cl_names_append(&n, text), 0);
        }
        assert_int_equal(cl_names_sort(&n, CL_ITEM_MODULE), 0);
        assert_int_equal(n.count, 37);
        struct cl_names some = names_of("m0 m1 m2 m3 m4", CL_ITEM_MODULE);
        cl_names_remove(&n, &some);
        cl_names_fini(&some);
        assert_int_equal(n.count, 32);
        assert_false(cl_names_has(&n, "m4"));
        assert_true(cl_names_has(&n, "m5"));
    }
    cl_names_fini(&n);
}

static void
pairs_are_sorted_and_replaced(void **state)
{
    struct cl_pairs p = {0};
    struct cl_pairs copy = {0};
    (void)state;
    assert_int_equal(cl_pairs_set(&p, "B", "1"), 0);
    assert_int_equal(cl_pairs_set(&p, "A", "2"), 0);
    assert_int_equal(cl_pairs_set(&p, "C", "3"), 0);
    assert_int_equal(cl_pairs_set(&p, "B", "4"), 0);
    assert_int_equal(cl_pairs_copy(&copy, &p), 0);
    cl_pairs_fini(&p);
    assert_int_equal(copy.count, 3);
    assert_string_equal(copy.item[0].key, "A");
    assert_string_equal(cl_pairs_get(&copy, "B"), "4");
    assert_null(cl_pairs_get(&copy, "D"));
    cl_pairs_fini(&copy);
}

static void
the_nearest_name_is_near(void **state)
{
    static const char *const known[] = {"wall", "cpu", "memory", "loop_iterations", "disk"};
    static const struct {
        const char *wanted, *best;
    } rows[] = {
        {"wal", "wall"},       {"walll", "wall"},
        {"awll", "wall"},      {"memroy", "memory"},
        {"mem", NULL},         {"loop_iteration", "loop_iterations"},
        {"xyz", NULL},         {"", NULL},
        {"cup", "cpu"},        {"dsk", "disk"},
        {"loop_limits", NULL},
    };
    (void)state;
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_nearest near = CL_NEAREST_INIT(rows[i].wanted);
        for (size_t j = 0; j < CL_COUNT(known); j++) {
            cl_nearest_offer(&near, known[j]);
        }
        cl_nearest_offer(&near, NULL);
        if ((near.best == NULL) != (rows[i].best == NULL) ||
            (near.best != NULL && strcmp(near.best, rows[i].best) != 0)) {
            fail_msg("'%s': expected '%s', got '%s'", rows[i].wanted,
                     rows[i].best ? rows[i].best : "nothing",
                     near.best ? near.best : "nothing");
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_brought_to_their_one_form_or_refused),
        cmocka_unit_test(items_have_a_greatest_length),
        cmocka_unit_test(lists_join_meet_and_compare),
        cmocka_unit_test(a_list_stays_whole_however_it_shrinks_and_grows),
        cmocka_unit_test(pairs_are_sorted_and_replaced),
        cmocka_unit_test(the_nearest_name_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

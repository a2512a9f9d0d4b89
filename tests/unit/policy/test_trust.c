/* SPDX-License-Identifier: Apache-2.0 */
/* Trusted keys from files: where they are looked for, what is refused, and that
 * the id of a policy is over the keys and not over the names of files. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "policy/keys.h"
#include "policy/support.h"

static char dir[64];

static void
put(const char *name, const char *text, size_t len)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name); /* both are short */
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static void
put_text(const char *name, const char *text)
{
    put(name, text, strlen(text));
}

#define KEY_FILE(key) "untrusted comment: minisign public key\n" key "\n"

/* Load a policy file whose profile p has this signature. */
static int
load(const char *signature, struct cloche_policy **out, struct cloche_where *where,
     struct cloche_error *err)
{
    char text[600];
    char path[128];
    (void)snprintf(text, sizeof text, PROFILE("    signature: %s\n"), signature);
    put_text("policy.yaml", text);
    (void)snprintf(path, sizeof path, "%s/policy.yaml", dir);
    return cloche_policy_load(path, out, where, err);
}

static struct cl_effective *
effective(const char *signature)
{
    struct cloche_policy *p = NULL;
    struct cloche_error err = {0};
    if (load(signature, &p, NULL, &err) < 0) {
        fail_msg("refused: %s\n%s", err.msg, signature);
    }
    struct cl_effective *e = effective_of(p, "p");
    cloche_policy_unref(p);
    return e;
}

static void
key_files_are_found_beside_the_policy_file(void **state)
{
    char absolute[200];
    (void)state;
    put_text("a.pub", KEY_FILE(KEY_1));
    put_text("sub/b.pub", KEY_FILE(KEY_2));
    (void)snprintf(absolute, sizeof absolute, "{keys: [a.pub, %s/sub/b.pub]}", dir);
    struct cl_effective *one = effective("{keys: [a.pub, sub/b.pub]}");
    struct cl_effective *other = effective(absolute);
    assert_int_equal(one->signature.keys.count, 2);
    assert_int_equal(one->signature.keys.item[0].key.id[0], 1);
    assert_int_equal(one->signature.keys.item[1].key.id[0], 2);
    assert_string_equal(one->signature.keys.item[1].file, "sub/b.pub");
    assert_string_equal(one->id, other->id);
    cl_effective_free(one);
    cl_effective_free(other);
}

static void
a_policy_in_the_working_directory_has_its_keys_there(void **state)
{
    struct cloche_policy *p = NULL;
    struct cloche_error err = {0};
    char *before = getcwd(NULL, 0);
    (void)state;
    put_text("a.pub", KEY_FILE(KEY_1));
    put_text("policy.yaml", PROFILE("    signature: {keys: [a.pub]}\n"));
    assert_non_null(before);
    assert_int_equal(chdir(dir), 0);
    int rc = cloche_policy_load("policy.yaml", &p, NULL, &err);
    assert_int_equal(chdir(before), 0);
    free(before);
    assert_int_equal(rc, 0);
    cloche_policy_unref(p);
}

static void
the_id_is_over_the_keys_and_not_over_the_names_of_files(void **state)
{
    (void)state;
    put_text("a.pub", KEY_FILE(KEY_1));
    put_text("same.pub", "untrusted comment: another\r\n" KEY_1 "\r\n\n");
    put_text("b.pub", KEY_FILE(KEY_2));
    struct cl_effective *first = effective("{keys: [a.pub]}");
    static const struct {
        const char *signature;
        int is_same;
    } rows[] = {
        {"{keys: [same.pub]}", 1},
        {"{keys: [{file: a.pub}]}", 1},
        {"{keys: [a.pub, same.pub]}", 1},
        {"{keys: [{key: " KEY_1 "}]}", 1},
        {"{keys: [b.pub]}", 0},
        {"{keys: [a.pub, b.pub]}", 0},
        {"{keys: [{file: a.pub, until: 2027-01-31}]}", 0},
        {"{keys: [a.pub], required: true}", 0},
        {"{keys: []}", 0},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cl_effective *e = effective(rows[i].signature);
        if ((strcmp(e->id, first->id) == 0) != rows[i].is_same) {
            fail_msg("%s: its id is %s", rows[i].signature, e->id);
        }
        cl_effective_free(e);
    }
    put_text("a.pub", KEY_FILE(KEY_2)); /* the same words, another key */
    struct cl_effective *changed = effective("{keys: [a.pub]}");
    assert_string_not_equal(changed->id, first->id);
    cl_effective_free(changed);
    cl_effective_free(first);
}

static void
a_key_file_is_read_once_when_the_policy_is_loaded(void **state)
{
    struct cloche_policy *p = NULL;
    struct cloche_error err = {0};
    (void)state;
    put_text("a.pub", KEY_FILE(KEY_1));
    assert_int_equal(load("{keys: [a.pub]}", &p, NULL, &err), 0);
    put_text("a.pub", KEY_FILE(KEY_2));
    struct cl_effective *e = effective_of(p, "p");
    assert_int_equal(e->signature.keys.item[0].key.id[0], 1);
    cl_effective_free(e);
    cloche_policy_unref(p);
}

static void
a_child_adds_keys_and_says_anew_how_long_one_counts(void **state)
{
    static const char text[] =
        "version: 1\nprofiles:\n"
        "  t: {signature: {keys: [{key: " KEY_1 "}, {key: " KEY_2 "}]}}\n"
        "  p: {extends: t, signature: {keys: [{key: " KEY_3 "}, {key: " KEY_1
        ", until: 2027-01-31}]}}\n";
    static const char *const want[] = {ID_1 " (until 2027-01-31)", ID_2, ID_3};
    struct cl_effective *e = effective_from(text, "p");
    (void)state;
    assert_int_equal(e->signature.keys.count, CL_COUNT(want));
    for (size_t i = 0; i < CL_COUNT(want); i++) {
        char shown[CL_TRUSTED_TEXT];
        assert_string_equal(cl_trusted_show(&e->signature.keys.item[i], shown), want[i]);
    }
    cl_effective_free(e);
}

static void
what_is_no_key_file_is_refused_at_its_place(void **state)
{
    static char large[4096];
    static const struct {
        const char *signature;
        unsigned column;
        const char *fragment;
    } rows[] = {
        {"{keys: [none.pub]}", 24, "'none.pub': No such file or directory"},
        {"{keys: [sub]}", 24, "'sub': is no regular file"},
        {"{keys: [fifo]}", 24, "'fifo': is no regular file"},
        {"{keys: [device]}", 24, "'device': is no regular file"},
        {"{keys: [large.pub]}", 24, "'large.pub': is larger than a public key file"},
        {"{keys: [empty.pub]}", 24, "'empty.pub': no public key of minisign: line 1"},
        {"{keys: [text.pub]}", 24, "'text.pub': no public key of minisign: line 1"},
        {"{keys: [short.pub]}", 24, "'short.pub': no public key of minisign: line 2"},
        {"{keys: [more.pub]}", 24, "no public key of minisign: something follows line 2"},
        {"{keys: [a.pub, {file: none.pub}]}", 31, "'none.pub': No such file"},
        {"{keys: [a.pub, {file: same.pub, until: 2027-01-31}]}", 31,
         "key " ID_1 " is in the list with another time"},
    };
    (void)state;
    memset(large, 'A', sizeof large);
    put_text("a.pub", KEY_FILE(KEY_1));
    put_text("same.pub", KEY_FILE(KEY_1));
    put("large.pub", large, sizeof large);
    put_text("empty.pub", "");
    put_text("text.pub", "a key\n");
    put_text("short.pub", "untrusted comment: x\nRWQB\n");
    put_text("more.pub", KEY_FILE(KEY_1) "more\n");
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        struct cloche_policy *p = NULL;
        struct cloche_where w = {0};
        struct cloche_error err = {0};
        int rc = load(rows[i].signature, &p, &w, &err);
        if (rc == 0 || err.code != CLOCHE_EINPUT || w.line != 4 ||
            w.column != rows[i].column || strstr(err.msg, rows[i].fragment) == NULL ||
            strcmp(w.key, "profiles.p.signature.keys") != 0) {
            fail_msg("%s\n  got %u:%u [%s] %s", rows[i].signature, w.line, w.column, w.key,
                     rc == 0 ? "(accepted)" : err.msg);
        }
    }
}

static int
make_directory(void **state)
{
    char path[128];
    (void)state;
    (void)snprintf(dir, sizeof dir, "/tmp/cloche-trust-XXXXXX");
    if (mkdtemp(dir) == NULL) {
        return -1;
    }
    (void)snprintf(path, sizeof path, "%s/sub", dir);
    int rc = mkdir(path, 0700);
    (void)snprintf(path, sizeof path, "%s/fifo", dir);
    rc |= mkfifo(path, 0600);
    (void)snprintf(path, sizeof path, "%s/device", dir);
    return rc | symlink("/dev/zero", path);
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

static int
remove_directory(void **state)
{
    (void)state;
    return nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_files_are_found_beside_the_policy_file),
        cmocka_unit_test(a_policy_in_the_working_directory_has_its_keys_there),
        cmocka_unit_test(the_id_is_over_the_keys_and_not_over_the_names_of_files),
        cmocka_unit_test(a_key_file_is_read_once_when_the_policy_is_loaded),
        cmocka_unit_test(a_child_adds_keys_and_says_anew_how_long_one_counts),
        cmocka_unit_test(what_is_no_key_file_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/own.h"
#include "wire/frame.h"
#include "wire/plan.h"

/* A plan in which every field differs from its neighbours and from zero. */
static void
fill(struct cl_plan *p)
{
    *p = CL_PLAN_INIT;
    uint32_t *const numbers[] = {&p->level,
                                 &p->zygote_namespaces,
                                 &p->cell_namespaces,
                                 &p->root,
                                 &p->proc,
                                 &p->flags,
                                 &p->host_uid,
                                 &p->host_gid,
                                 &p->id_count,
                                 &p->landlock_abi};
    for (uint32_t i = 0; i < CL_COUNT(numbers); i++) {
        *numbers[i] = i + 1;
    }
    int rc = 0;
    rc |= cl_plan_add_bind(p, "/usr/lib", "/lib", CL_BIND_NOEXEC);
    rc |= cl_plan_add_bind(p, "/dev/null", "/dev/null", CL_BIND_DEVICE);
    rc |= cl_plan_add_link(p, "/bin", "usr/bin");
    rc |= cl_plan_add_file(p, "/etc/hosts", "127.0.0.1 localhost\n");
    rc |= cl_plan_add_rule(p, "/lib", CL_ACCESS_READ);
    rc |= cl_plan_add_string(&p->env, "A=1");
    rc |= cl_plan_add_string(&p->preload, "json");
    rc |= cl_plan_add_string(&p->paths, "/opt/packages");
    rc |= cl_plan_add_string(&p->audited, "socket");
    assert_int_equal(rc, 0);
    p->work = strdup("/work");
    p->scratch = strdup("/tmp");
    p->cwd = strdup("/work/here");
    p->zygote_filter = calloc(1, 8);
    p->zygote_filter_bytes = 8;
    p->cell_filter = calloc(1, 16);
    p->cell_filter_bytes = 16;
    p->profile = strdup("isolated");
}

static void
a_plan_comes_back_as_it_was(void **state)
{
    struct cl_plan sent;
    struct cl_plan got;
    cl_autobuf struct cl_buf first = CL_BUF_INIT(4096);
    cl_autobuf struct cl_buf second = CL_BUF_INIT(4096);
    (void)state;
    fill(&sent);
    cl_plan_encode(&sent, &first);
    struct cl_reader r = CL_READER(first.data, first.len);
    assert_int_equal(cl_plan_decode(&r, &got, NULL), 0);
    assert_int_equal(cl_reader_done(&r), 0);
    cl_plan_encode(&got, &second);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    assert_int_equal(got.landlock_abi, sent.landlock_abi);
    assert_string_equal(got.binds[0].target, "/lib");
    assert_string_equal(got.audited.item[0], "socket");
    assert_string_equal(got.profile, "isolated");
    cl_plan_fini(&sent);
    cl_plan_fini(&got);
}

static void
every_truncation_is_refused(void **state)
{
    struct cl_plan sent;
    cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
    (void)state;
    fill(&sent);
    cl_plan_encode(&sent, &b);
    cl_plan_fini(&sent);
    for (size_t len = 0; len < b.len; len++) {
        struct cl_plan got;
        struct cloche_error err = {0};
        cl_autofree unsigned char *cut = malloc(len + 1); /* so that ASan sees its end */
        assert_non_null(cut);
        memcpy(cut, b.data, len);
        struct cl_reader r = CL_READER(cut, len);
        if (cl_plan_decode(&r, &got, &err) == 0) {
            fail_msg("%zu of %zu bytes were a plan", len, b.len);
        }
        assert_int_equal(err.code, CLOCHE_EINTERNAL);
    }
}

static void
rows_have_a_maximum(void **state)
{
    struct cl_plan p = CL_PLAN_INIT;
    int added = 0;
    (void)state;
    while (added < 5000 && cl_plan_add_rule(&p, "/x", CL_ACCESS_READ) == 0) {
        added++;
    }
    assert_int_equal(added, 1024);
    cl_plan_fini(&p);
}

static void
limits_come_back_as_they_were(void **state)
{
    unsigned char bytes[sizeof(struct cl_cell_limits)];
    struct cl_cell_limits sent;
    struct cl_cell_limits got = {0};
    cl_autobuf struct cl_buf b = CL_BUF_INIT(256);
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)(i + 1); /* no two fields alike, and none left out */
    }
    memcpy(&sent, bytes, sizeof sent);
    cl_cell_limits_encode(&sent, &b);
    struct cl_reader r = CL_READER(b.data, b.len);
    cl_cell_limits_decode(&r, &got);
    assert_int_equal(cl_reader_done(&r), 0);
    assert_memory_equal(&sent, &got, sizeof sent);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_comes_back_as_it_was),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(rows_have_a_maximum),
        cmocka_unit_test(limits_come_back_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "filters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct simulator built[3][ALL_OPTIONS + 1];

struct simulator *
filters_get(enum cl_seccomp_kind kind, unsigned options)
{
    struct simulator *s = &built[kind][options];
    if (s->code != NULL) {
        return s;
    }
    struct cl_buf out = CL_BUF_INIT(BPF_MAXINSNS * sizeof(struct sock_filter));
    struct cloche_error err;
    if (cl_seccomp_build(kind, options, &out, &err) != 0) {
        fail_msg("kind %d, options %#x: %s", (int)kind, options, err.msg);
    }
    assert_int_equal(out.len % sizeof(struct sock_filter), 0);
    s->code = (const struct sock_filter *)(void *)out.data;
    s->n = out.len / sizeof(struct sock_filter);
    const char *wrong = simulator_check(s);
    if (wrong != NULL) {
        fail_msg("kind %d, options %#x: %s", (int)kind, options, wrong);
    }
    return s;
}

void
filters_free(void)
{
    for (int kind = 0; kind < 3; kind++) {
        for (int o = 0; o <= ALL_OPTIONS; o++) {
            free((void *)(uintptr_t)built[kind][o].code);
            built[kind][o] = (struct simulator){0};
        }
    }
}

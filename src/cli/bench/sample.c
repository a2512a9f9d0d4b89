/* SPDX-License-Identifier: Apache-2.0 */
/* Pure: numbers in, quantiles out. */
#include "cli/bench/sample.h"

#include <stdlib.h>

void
cli_bench_sample_fini(struct cli_bench_sample *s)
{
    free(s->value);
    *s = (struct cli_bench_sample){0};
}

int
cli_bench_sample_add(struct cli_bench_sample *s, uint64_t value, struct cloche_error *err)
{
    if (s->n == s->cap) {
        const size_t cap = s->cap == 0 ? 64 : 2 * s->cap;
        uint64_t *more = reallocarray(s->value, cap, sizeof *more);
        if (more == NULL) {
            return cl_fail_nomem(err);
        }
        s->value = more;
        s->cap = cap;
    }
    s->value[s->n++] = value;
    return 0;
}

static int
compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a;
    const uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

uint64_t
cli_bench_sample_at(struct cli_bench_sample *s, unsigned percent)
{
    if (s->n == 0) {
        return 0;
    }
    qsort(s->value, s->n, sizeof *s->value, compare);
    const size_t at = s->n * percent / 100;
    return s->value[at < s->n ? at : s->n - 1];
}

uint64_t
cli_bench_sample_sum(const struct cli_bench_sample *s)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < s->n; i++) {
        sum += s->value[i];
    }
    return sum;
}

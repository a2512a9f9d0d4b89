/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Edit distance (insert, delete, replace, swap neighbours) between short
 * names.  Pure; knows nothing of what the names mean.
 */
#include "policy/parse/nearest.h"

#include <stdint.h>
#include <string.h>

enum { NAME_MAX_LEN = 48 };

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The optimal string alignment distance; both names are at most NAME_MAX_LEN. */
static size_t
distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[3][NAME_MAX_LEN + 1];
    size_t *before = row[0];
    size_t *last = row[1];
    size_t *now = row[2];
    for (size_t j = 0; j <= m; j++) {
        last[j] = j;
        before[j] = 0;
    }
    for (size_t i = 1; i <= n; i++) {
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            now[j] = least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = least(now[j], before[j - 2] + 1);
            }
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[m];
}

void
cl_nearest_offer(struct cl_nearest *n, const char *candidate)
{
    if (candidate == NULL) {
        return;
    }
    size_t a = strlen(n->wanted);
    size_t b = strlen(candidate);
    if (a == 0 || b == 0 || a > NAME_MAX_LEN || b > NAME_MAX_LEN) {
        return;
    }
    size_t d = distance(n->wanted, a, candidate, b);
    /* A third of the name may differ, else the advice is noise. */
    if (d * 3 <= least(a, b) + 1 && (n->best == NULL || d < n->distance)) {
        n->best = candidate;
        n->distance = d;
    }
}

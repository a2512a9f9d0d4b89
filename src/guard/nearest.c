/* SPDX-License-Identifier: Apache-2.0 */
/* The edit distance (insert, delete, replace) between short names.  Pure. */
#include "guard/nearest.h"

#include <string.h>

enum { NAME_MAX_LEN = 48 };

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Both names are at most NAME_MAX_LEN. */
static size_t
distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[NAME_MAX_LEN + 1];
    for (size_t j = 0; j <= m; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j];
            size_t changed = diagonal + (a[i - 1] != b[j - 1]);
            row[j] = least(least(above, row[j - 1]) + 1, changed);
            diagonal = above;
        }
    }
    return row[m];
}

void
cl_guard_nearest_offer(struct cl_guard_nearest *n, const char *name, size_t len)
{
    size_t wanted = strlen(n->wanted);
    if (wanted == 0 || len == 0 || wanted > NAME_MAX_LEN || len > NAME_MAX_LEN) {
        return;
    }
    size_t d = distance(n->wanted, wanted, name, len);
    /* A third of the name may differ, else the advice is noise. */
    if (d > 0 && d * 3 <= least(wanted, len) + 1 && (n->best == NULL || d < n->distance)) {
        n->best = name;
        n->distance = d;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Pure: distances between short words (insert, delete, change, swap). */
#include "cli/nearest.h"

#include <string.h>

#include "base/own.h"

/* Longer words are compared by their beginnings: nobody's option is longer. */
enum { WORD_MAX = 40 };

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
    const unsigned ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Optimal string alignment, three rows at a time. */
static unsigned
distance(const char *a, const char *b)
{
    const size_t n = strnlen(a, WORD_MAX);
    const size_t m = strnlen(b, WORD_MAX);
    unsigned rows[3][WORD_MAX + 1];

    for (size_t j = 0; j <= m; j++) {
        rows[0][j] = (unsigned)j;
    }
    for (size_t i = 1; i <= n; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i - 1) % 3];
        const unsigned *over = rows[(i + 1) % 3]; /* two above; read only when i > 1 */
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            const unsigned change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + change);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                over[j - 2] + 1 < row[j]) {
                row[j] = over[j - 2] + 1;
            }
        }
    }
    return rows[n % 3][m];
}

void
cli_nearest_offer(struct cli_nearest *near, const char *offer)
{
    const size_t len = strlen(near->word);
    const int is_beginning = len >= 2 && strncmp(near->word, offer, len) == 0;
    const unsigned d = is_beginning ? 0 : distance(near->word, offer);
    /* One slip in three letters; more would suggest what nobody meant. */
    const unsigned limit = len < 3 ? 1 : (unsigned)(len < 12 ? (len + 1) / 3 : 4);

    if (d <= limit && d < strlen(offer) && (near->best == NULL || d < near->distance)) {
        near->best = offer;
        near->distance = d;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns captured output.  Never holds more than the limit, and no more
 * stretches than its maximum, whatever a cell does. */
#include "engine/capture.h"

#include <stdlib.h>
#include <string.h>

void
cl_capture_init(struct cl_capture *c, uint64_t limit, int is_discarding)
{
    size_t max = limit > SIZE_MAX / 4 ? SIZE_MAX / 4 : (size_t)limit;
    *c = (struct cl_capture){.limit = limit, .is_discarding = is_discarding};
    c->kept[0] = CL_BUF_INIT(max);
    c->kept[1] = CL_BUF_INIT(max);
}

void
cl_capture_fini(struct cl_capture *c)
{
    cl_buf_fini(&c->kept[0]);
    cl_buf_fini(&c->kept[1]);
    free(c->order);
    c->order = NULL;
    c->n_order = 0;
}

static void
note_order(struct cl_capture *c, int stream, uint64_t bytes)
{
    if (c->n_order > 0 && c->order[c->n_order - 1].stream == stream) {
        c->order[c->n_order - 1].bytes += bytes;
        return;
    }
    if (c->n_order == CL_CAPTURE_MAX_STRETCHES) {
        c->is_order_lost = 1;
        return;
    }
    if ((c->n_order & (c->n_order - 1)) == 0) { /* grow at powers of two */
        struct cl_stretch *grown =
            realloc(c->order, (c->n_order ? c->n_order * 2 : 1) * sizeof *grown);
        if (grown == NULL) {
            c->is_order_lost = 1;
            return;
        }
        c->order = grown;
    }
    c->order[c->n_order++] = (struct cl_stretch){.stream = (uint8_t)stream, .bytes = bytes};
}

size_t
cl_capture_add(struct cl_capture *c, int stream, const void *data, size_t len)
{
    int i = stream - 1;
    uint64_t room = c->limit - (c->passed[0] + c->passed[1]);
    size_t taken = len < room ? len : (size_t)room;
    c->total[i] += len;
    if (taken > 0 && !c->is_discarding) {
        if (cl_buf_add(&c->kept[i], data, taken) < 0) {
            taken = 0;
            c->has_failed = 1;
        } else {
            note_order(c, stream, taken);
        }
    }
    c->passed[i] += taken;
    return taken;
}

void
cl_capture_set_order(struct cl_capture *c, const struct cl_stretch *order, uint32_t count)
{
    uint64_t sum[2] = {0, 0};
    for (uint32_t i = 0; i < count; i++) {
        if (order[i].stream < 1 || order[i].stream > 2 || order[i].bytes > c->limit) {
            return;
        }
        sum[order[i].stream - 1] += order[i].bytes;
    }
    if (count == 0 || count > CL_CAPTURE_MAX_STRETCHES || sum[0] != c->kept[0].len ||
        sum[1] != c->kept[1].len) {
        return;
    }
    struct cl_stretch *copy = malloc(count * sizeof *copy);
    if (copy == NULL) {
        return; /* the order of arrival stays */
    }
    memcpy(copy, order, count * sizeof *copy);
    free(c->order);
    c->order = copy;
    c->n_order = count;
    c->is_order_lost = 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Pure: reads what a cell wrote, which may be anything. */
#include "wire/value.h"

#include <math.h>

static int
fail(struct cl_reader *r)
{
    r->has_failed = 1;
    return -1;
}

int
cl_value_next(struct cl_reader *r, struct cl_value_item *out)
{
    *out = (struct cl_value_item){.tag = (char)cl_read_u8(r)};
    switch (out->tag) {
    case 'N':
    case 'T':
    case 'F': break;
    case 'I': out->integer = (int64_t)cl_read_u64(r); break;
    case 'D':
        out->real = cl_read_f64(r);
        if (!isfinite(out->real)) {
            return fail(r);
        }
        break;
    case 'S': out->text = (const char *)cl_read_bytes(r, UINT32_MAX, &out->text_len); break;
    case 'L': out->count = cl_read_count(r, UINT32_MAX, 1); break;
    case 'M': out->count = cl_read_count(r, UINT32_MAX, 6); break; /* a key is at least 5 */
    default: return fail(r);
    }
    return r->has_failed ? -1 : 0;
}

int
cl_value_skip(struct cl_reader *r, unsigned depth)
{
    struct cl_value_item item;
    if (depth > CL_VALUE_DEPTH || cl_value_next(r, &item) < 0) {
        return fail(r);
    }
    for (uint32_t i = 0; i < item.count; i++) {
        struct cl_value_item key;
        if (item.tag == 'M' && (cl_value_next(r, &key) < 0 || key.tag != 'S')) {
            return fail(r);
        }
        if (cl_value_skip(r, depth + 1) < 0) {
            return -1;
        }
    }
    return 0;
}

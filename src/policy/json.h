/* SPDX-License-Identifier: Apache-2.0 */
/* Writing canonical JSON: sorted keys, no spaces, one way to write each thing. */
#ifndef CL_POLICY_JSON_H
#define CL_POLICY_JSON_H

#include "base/buf.h"
#include "policy/field.h"

/* A buffer's has_failed says whether something did not fit. */

/* A string in quotes.  text is UTF-8. */
void cl_json_text(struct cl_buf *out, const char *text);

/* ["a","b"] */
void cl_json_names(struct cl_buf *out, const struct cl_names *n);

/* A field's value as the file would write it; null where there is none. */
void cl_json_field(struct cl_buf *out, const struct cl_field *f, const void *base);

/* Is there anything to write: has it a sense at the level, and a value? */
int cl_json_has(const struct cl_field *f, const struct cl_effective *e);

/* Nested objects from dotted keys that come in sorted order. */
struct cl_json_nest {
    const char *last; /* the key before, or NULL */
};

/* Begin the entry of a dotted key: braces, commas, "name":.  The value follows. */
void cl_json_nest_key(struct cl_json_nest *nest, struct cl_buf *out, const char *key);
void cl_json_nest_end(struct cl_json_nest *nest, struct cl_buf *out);

#endif

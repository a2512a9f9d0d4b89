/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy file says beside its profiles, as canonical JSON. */
#include <inttypes.h>

#include "policy/json.h"
#include "policy/parse/alert.h"
#include "policy/parse/settings.h"

/* Every append's result is the buffer's has_failed: the public function looks. */
#define PUT(out, ...) ((void)cl_buf_printf((out), __VA_ARGS__))

static void
put_alerts(struct cl_buf *out, const struct cl_settings *s)
{
    PUT(out, "[");
    for (size_t i = 0; i < s->n_alerts; i++) {
        PUT(out, "%s{\"notify\":", i > 0 ? "," : "");
        cl_json_text(out, s->alerts[i].notify);
        PUT(out, ",\"when\":");
        cl_json_text(out, s->alerts[i].when);
        PUT(out, "}");
    }
    PUT(out, "]");
}

static void
put_sets(struct cl_buf *out, const struct cl_settings *s)
{
    PUT(out, "{");
    for (size_t i = 0; i < s->n_sets; i++) {
        PUT(out, "%s", i > 0 ? "," : "");
        cl_json_text(out, s->sets[i].name);
        PUT(out, ":{\"allow\":");
        cl_json_names(out, &s->sets[i].allow);
        if (s->sets[i].lock != NULL) {
            PUT(out, ",\"lock\":");
            cl_json_text(out, s->sets[i].lock);
        }
        if (s->sets[i].path != NULL) {
            PUT(out, ",\"path\":");
            cl_json_text(out, s->sets[i].path);
        }
        PUT(out, "}");
    }
    PUT(out, "}");
}

int
cl_settings_json(const struct cl_settings *s, struct cl_buf *out)
{
    PUT(out, "{\"alerts\":");
    put_alerts(out, s);
    struct cl_json_nest nest = {.last = "alerts"};
    size_t i = 0;
    for (; i < CL_SETTINGS_COUNT && cl_settings_fields[i].key[0] < 'p'; i++) {
        cl_json_nest_key(&nest, out, cl_settings_fields[i].key);
        cl_json_field(out, &cl_settings_fields[i], s);
    }
    cl_json_nest_key(&nest, out, "package_sets");
    put_sets(out, s);
    for (; i < CL_SETTINGS_COUNT; i++) {
        cl_json_nest_key(&nest, out, cl_settings_fields[i].key);
        cl_json_field(out, &cl_settings_fields[i], s);
    }
    cl_json_nest_end(&nest, out);
    return out->has_failed ? -1 : 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* `policy explain`: the policy's sentences, and what this host makes of them. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <cloche/cloche.h>

#include "base/own.h"
#include "policy/policy.h"
#include "sandbox/sandbox.h"

enum { EXPLAIN_MAX = 4 << 20 };

/* The plan in words, or why there is none on this host. */
static int
add_plan(const struct cl_effective *e, struct cl_buf *out)
{
    struct cl_host_facts host;
    struct cl_sandbox sandbox;
    struct cloche_error why = {0};
    if (cl_host_facts_get(&host, &why) < 0 ||
        cl_sandbox_plan(e, &host, 0, &sandbox, &why) < 0) {
        return cl_buf_printf(out, "Cannot run here: %s\n", why.msg);
    }
    int rc = cl_sandbox_describe(&sandbox, out);
    cl_sandbox_fini(&sandbox);
    return rc;
}

/* {"policy": {...}, "settings": {...}, "enforcement": ["line", ...]} */
static char *
explain_json(const struct cl_effective *e, const struct cl_settings *s, struct cl_buf *plan)
{
    cl_autobuf struct cl_buf beside = CL_BUF_INIT(EXPLAIN_MAX);
    (void)cl_settings_json(s, &beside); /* sticky: the string is NULL then */
    cl_autofree char *settings = cl_buf_take_str(&beside);
    cl_autofree char *canonical = cl_effective_json(e);
    cl_autofree char *words = cl_buf_take_str(plan);
    json_t *policy = canonical == NULL ? NULL : json_loads(canonical, 0, NULL);
    json_t *file = settings == NULL ? NULL : json_loads(settings, 0, NULL);
    json_t *lines = json_array();
    char *rest = words;
    for (char *line = words == NULL ? NULL : strsep(&rest, "\n"); line != NULL;
         line = strsep(&rest, "\n")) {
        if (line[0] != '\0') {
            (void)json_array_append_new(lines,
                                        json_string(line)); /* memory: the dump fails */
        }
    }
    json_t *all = json_pack("{s:s,s:s,s:o?,s:o?,s:o}", "profile", e->profile, "id", e->id,
                            "policy", policy, "settings", file, "enforcement", lines);
    char *text = all == NULL ? NULL : json_dumps(all, JSON_INDENT(2));
    json_decref(all);
    return text;
}

int
cloche_policy_explain(const struct cloche_policy *policy, const char *profile,
                      enum cloche_explain format, char **out, struct cloche_error *err)
{
    struct cl_effective *e = NULL;
    if (cl_policy_effective(policy, profile, NULL, 0, &e, NULL, err) < 0) {
        return -1;
    }
    cl_autobuf struct cl_buf words = CL_BUF_INIT(EXPLAIN_MAX);
    cl_autobuf struct cl_buf plan = CL_BUF_INIT(EXPLAIN_MAX);
    const struct cl_settings *settings = cl_policy_settings(policy);
    int rc = cl_effective_describe(e, &words) < 0 ||
                     cl_settings_describe(settings, &words) < 0 || add_plan(e, &plan) < 0
                 ? -1
                 : 0;
    char *text = NULL;
    if (rc == 0 && format == CLOCHE_EXPLAIN_JSON) {
        text = explain_json(e, settings, &plan);
    } else if (rc == 0) {
        (void)cl_buf_add_str(&words, "\n"); /* sticky */
        (void)cl_buf_add(&words, plan.data, plan.len);
        text = cl_buf_take_str(&words);
    }
    cl_effective_free(e);
    if (text == NULL) {
        return cl_fail_nomem(err);
    }
    *out = text;
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A result as JSON, by docs/result.schema.json.  Text from a cell is bytes
 * until here: what is not UTF-8 is shown with U+FFFD, and output of that kind
 * is given whole in base64 beside it.
 */
#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "engine/result.h"
#include "engine/utf8.h"
#include "sandbox/sandbox.h"
#include "wire/frame.h"
#include "wire/value.h"

enum { JSON_BIGGEST = 1 << 30, RESULT_FIELDS = 29 };

/* jansson's own calls fail only for want of memory here; a NULL that is set
 * into an object makes that call fail, and the dump is then refused. */

static json_t *
text_json(const void *bytes, size_t len)
{
    json_t *s = json_stringn(bytes != NULL ? bytes : "", len);
    if (s != NULL) {
        return s; /* it was UTF-8 */
    }
    cl_autobuf struct cl_buf clean = CL_BUF_INIT(JSON_BIGGEST);
    cl_utf8_replace(bytes, len, &clean);
    return clean.has_failed ? NULL : json_stringn((const char *)clean.data, clean.len);
}

static json_t *
string_json(const char *s)
{
    return s == NULL ? json_null() : text_json(s, strlen(s));
}

/* "" says nothing: null. */
static json_t *
optional_json(const char *s)
{
    return s == NULL || s[0] == '\0' ? json_null() : text_json(s, strlen(s));
}

static json_t *
amount_json(uint64_t v)
{
    return v > INT64_MAX ? json_null() : json_integer((json_int_t)v);
}

static json_t *
place_json(uint32_t v)
{
    return v == 0 ? json_null() : json_integer(v);
}

static json_t *
base64_json(const void *bytes, size_t len)
{
    size_t size = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
    cl_autofree char *text = malloc(size);
    if (text == NULL) {
        return NULL;
    }
    (void)sodium_bin2base64(text, size, bytes, len,
                            sodium_base64_VARIANT_ORIGINAL); /* fits */
    return json_string(text);
}

/* One value of the tagged form; its form was checked when it came. */
static json_t *
value_json(struct cl_reader *r)
{
    struct cl_value_item item;
    if (cl_value_next(r, &item) < 0) {
        return NULL;
    }
    json_t *made = NULL;
    switch (item.tag) {
    case 'T': return json_true();
    case 'F': return json_false();
    case 'I': return json_integer(item.integer);
    case 'D': return json_real(item.real);
    case 'S': return text_json(item.text, item.text_len);
    case 'L':
        made = json_array();
        for (uint32_t i = 0; i < item.count; i++) {
            if (json_array_append_new(made, value_json(r)) < 0) {
                json_decref(made);
                return NULL;
            }
        }
        return made;
    case 'M':
        made = json_object();
        for (uint32_t i = 0; i < item.count; i++) {
            struct cl_value_item key;
            if (cl_value_next(r, &key) < 0) {
                json_decref(made);
                return NULL;
            }
            json_t *name = text_json(key.text, key.text_len);
            int rc =
                name == NULL
                    ? -1
                    : json_object_setn_new_nocheck(made, json_string_value(name),
                                                   json_string_length(name), value_json(r));
            json_decref(name);
            if (rc < 0) {
                json_decref(made);
                return NULL;
            }
        }
        return made;
    default: return json_null();
    }
}

static json_t *
blob_json(const unsigned char *bytes, size_t len, json_t *otherwise)
{
    if (len == 0) {
        return otherwise;
    }
    json_decref(otherwise);
    struct cl_reader r = CL_READER(bytes, len);
    return value_json(&r);
}

static json_t *
stream_json(const struct cl_capture *c)
{
    json_t *all = json_array();
    size_t at[2] = {0, 0};
    for (uint32_t i = 0; i < c->n_order; i++) {
        int k = c->order[i].stream == CLOCHE_STDERR;
        size_t len = (size_t)c->order[i].bytes;
        json_t *piece =
            json_pack("[s,o]", k ? "err" : "out", text_json(c->kept[k].data + at[k], len));
        at[k] += len;
        if (json_array_append_new(all, piece) < 0) {
            break;
        }
    }
    for (int k = 0; k < 2; k++) {
        if (at[k] < c->kept[k].len) { /* past the stretches that were noted */
            (void)json_array_append_new(
                all, json_pack("[s,o]", k ? "err" : "out",
                               text_json(c->kept[k].data + at[k], c->kept[k].len - at[k])));
        }
    }
    return all;
}

static int
is_json_mime(const char *mime)
{
    size_t len = strlen(mime);
    return strncmp(mime, "application/", 12) == 0 && len >= 16 &&
           strcmp(mime + len - 4, "json") == 0;
}

static int
is_mime(const char *mime)
{
    size_t kind = strspn(mime, "abcdefghijklmnopqrstuvwxyz");
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+_-";
    return kind > 0 && mime[kind] == '/' && mime[kind + 1] != '\0' &&
           strchr(".+_-", mime[kind + 1]) == NULL &&
           strspn(mime + kind + 1, allowed) == strlen(mime + kind + 1);
}

static json_t *
display_json(const unsigned char *payload, size_t len)
{
    struct cl_reader r = CL_READER(payload, len);
    json_t *bundle = json_object();
    uint32_t count = cl_read_count(&r, 64, 9);
    for (uint32_t i = 0; i < count; i++) {
        cl_autofree char *mime = cl_read_str(&r, 128);
        int is_text = cl_read_u8(&r) == 1;
        size_t n = 0;
        const unsigned char *data = cl_read_bytes(&r, SIZE_MAX, &n);
        if (r.has_failed || !is_mime(mime)) {
            continue;
        }
        json_t *value = NULL;
        if (is_text && is_json_mime(mime)) {
            value = json_loadb((const char *)data, n, JSON_DECODE_ANY, NULL);
        }
        if (value == NULL) {
            value = is_text ? text_json(data, n) : base64_json(data, n);
        }
        (void)json_object_set_new(bundle, mime, value);
    }
    if (json_object_size(bundle) == 0) {
        (void)json_object_set_new(bundle, "text/plain", json_string(""));
    }
    return bundle;
}

static json_t *
frames_json(const struct cl_report *p)
{
    json_t *all = json_array();
    struct cl_reader r = CL_READER(p->frames, p->frames_bytes);
    uint32_t count = cl_read_u32(&r);
    for (uint32_t i = 0; i < count && !r.has_failed; i++) {
        size_t function_len = 0;
        size_t source_len = 0;
        uint32_t line = cl_read_u32(&r);
        const unsigned char *function = cl_read_bytes(&r, 1024, &function_len);
        const unsigned char *source = cl_read_bytes(&r, 1024, &source_len);
        json_t *row = json_object();
        (void)json_object_set_new(row, "line", place_json(line));
        (void)json_object_set_new(row, "function", text_json(function, function_len));
        (void)json_object_set_new(row, "source",
                                  source_len ? text_json(source, source_len) : json_null());
        (void)json_array_append_new(all, row);
    }
    return all;
}

static json_t *
error_json(const struct cloche_result *r)
{
    const struct cl_report *p = &r->report;
    if (!r->has_report || !p->has_error || r->outcome == CLOCHE_OUTCOME_OK) {
        return json_null();
    }
    json_t *e = json_object();
    (void)json_object_set_new(
        e, "type", string_json(p->error_type && p->error_type[0] ? p->error_type : "?"));
    (void)json_object_set_new(e, "message", string_json(p->error_message));
    (void)json_object_set_new(e, "line", place_json(p->error_line));
    (void)json_object_set_new(e, "column", place_json(p->error_column));
    (void)json_object_set_new(e, "traceback", frames_json(p));
    return e;
}

static json_t *
denials_json(const struct cloche_result *r)
{
    json_t *all = json_array();
    for (uint32_t i = 0; i < r->n_denials; i++) {
        const struct cl_denial *d = &r->denials[i];
        json_t *row = json_object();
        (void)json_object_set_new(row, "layer", json_string(d->layer));
        (void)json_object_set_new(row, "rule", optional_json(d->rule));
        (void)json_object_set_new(row, "rule_id", optional_json(d->rule_id));
        (void)json_object_set_new(row, "what", string_json(d->what));
        (void)json_object_set_new(row, "line", place_json(d->line));
        (void)json_object_set_new(row, "column", place_json(d->column));
        (void)json_object_set_new(row, "count", amount_json(d->count));
        (void)json_object_set_new(row, "hint", optional_json(d->hint));
        (void)json_array_append_new(all, row);
    }
    return all;
}

static json_t *
audited_json(const struct cloche_result *r)
{
    json_t *all = json_array();
    for (uint32_t i = 0; i < r->n_audited; i++) {
        const struct cl_audited *a = &r->audited[i];
        json_t *row = json_object();
        (void)json_object_set_new(row, "event", string_json(a->event));
        (void)json_object_set_new(row, "rule_id", optional_json(a->rule_id));
        (void)json_object_set_new(row, "what", string_json(a->what));
        (void)json_object_set_new(row, "line", place_json(a->line));
        (void)json_object_set_new(row, "count", amount_json(a->count));
        (void)json_array_append_new(all, row);
    }
    return all;
}

static json_t *
files_json(const struct cloche_result *r)
{
    json_t *all = json_array();
    for (size_t i = 0; i < r->n_files; i++) {
        const struct cl_file *f = &r->files[i];
        json_t *row = json_object();
        (void)json_object_set_new(row, "path", string_json(f->path));
        (void)json_object_set_new(row, "size", amount_json(f->size));
        (void)json_object_set_new(row, "sha256", json_string(f->sha256));
        (void)json_object_set_new(row, "op",
                                  json_string(f->is_new ? "created" : "changed"));
        (void)json_array_append_new(all, row);
    }
    return all;
}

/* What was measured of each limit; UINT64_MAX: not. */
static uint64_t
used_of(const struct cloche_result *r, enum cl_limit limit)
{
    switch (limit) {
    case CL_LIMIT_WALL: return r->wall_ns;
    case CL_LIMIT_CPU: return r->cpu_ns;
    case CL_LIMIT_MEMORY: return r->memory_peak_bytes;
    case CL_LIMIT_OUTPUT: return r->capture.total[0] + r->capture.total[1];
    case CL_LIMIT_PROCESSES: return r->processes_peak;
    case CL_LIMIT_DISK: return r->disk_peak_bytes;
    case CL_LIMIT_INODES: return r->inodes_peak;
    case CL_LIMIT_SOURCE: return r->source_bytes;
    case CL_LIMIT_RESULT: return r->result_bytes;
    case CL_LIMIT_HOST_CALLS: return 0;
    default: return UINT64_MAX;
    }
}

static json_t *
limits_json(const struct cloche_result *r)
{
    static const struct {
        const char *limit, *used;
    } names[] = {
        [CL_KIND_TIME] = {"limit_ns", "used_ns"},
        [CL_KIND_SIZE] = {"limit_bytes", "peak_bytes"},
        [CL_KIND_COUNT] = {"limit", "peak"},
        [CL_KIND_PERCENT] = {"limit_pct", "peak_pct"},
    };
    json_t *all = json_object();
    for (int i = 0; i < CL_LIMIT_COUNT; i++) {
        enum cl_limit_kind kind = cl_limit_rows[i].kind;
        json_t *row = json_object();
        (void)json_object_set_new(row, names[kind].limit,
                                  amount_json(r->effective->limit[i]));
        (void)json_object_set_new(row, names[kind].used,
                                  amount_json(used_of(r, (enum cl_limit)i)));
        (void)json_object_set_new(row, "hit", json_boolean(r->hit >> i & 1));
        (void)json_object_set_new(all, cl_limit_rows[i].key, row);
    }
    return all;
}

static json_t *
usage_json(const struct cloche_result *r)
{
    const struct {
        const char *key;
        uint64_t value;
    } rows[] = {
        {"queue_ns", r->queue_ns},
        {"start_ns", r->start_ns},
        {"wall_ns", r->wall_ns == UINT64_MAX ? 0 : r->wall_ns},
        {"cpu_user_ns", r->cpu_user_ns},
        {"cpu_system_ns", r->cpu_system_ns},
        {"output_bytes", r->capture.total[0] + r->capture.total[1]},
        {"net_bytes", 0},
        {"host_calls", 0},
    };
    json_t *all = json_object();
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        (void)json_object_set_new(all, rows[i].key, amount_json(rows[i].value));
    }
    return all;
}

static json_t *
assurance_json(const struct cloche_result *r)
{
    json_t *layers = json_array();
    int has_cell = r->start_ns > 0;
    for (int i = 0; has_cell && i < CL_LAYER_COUNT; i++) {
        if (r->layers >> i & 1) {
            (void)json_array_append_new(layers,
                                        json_string(cl_layer_name((enum cl_layer)i)));
        }
    }
    for (size_t i = 0; has_cell && i < CL_COUNT(r->notes); i++) {
        if (r->notes[i][0] != '\0') {
            (void)json_array_append_new(layers, json_string(r->notes[i]));
        }
    }
    return json_pack("{s:o,s:o}", "level",
                     has_cell ? json_string(cl_assurance_name(r->assurance)) : json_null(),
                     "layers", layers);
}

static json_t *
kept_json(const struct cl_capture *c, int i)
{
    return json_pack("{s:I,s:I}", "kept", (json_int_t)c->kept[i].len, "total",
                     (json_int_t)c->total[i]);
}

static void
add_output(json_t *all, const struct cl_capture *c)
{
    static const char *const names[][2] = {{"stdout", "stdout_base64"},
                                           {"stderr", "stderr_base64"}};
    for (int i = 0; i < 2; i++) {
        const struct cl_buf *b = &c->kept[i];
        json_t *plain = json_stringn(b->len ? (const char *)b->data : "", b->len);
        int is_text = plain != NULL;
        (void)json_object_set_new(all, names[i][0],
                                  is_text ? plain : text_json(b->data, b->len));
        (void)json_object_set_new(all, names[i][1],
                                  is_text ? json_null() : base64_json(b->data, b->len));
    }
    (void)json_object_set_new(all, "stream", stream_json(c));
    (void)json_object_set_new(
        all, "truncated",
        json_pack("{s:o,s:o}", "stdout", kept_json(c, 0), "stderr", kept_json(c, 1)));
}

static void
add_reported(json_t *all, const struct cloche_result *r)
{
    const struct cl_report *p = &r->report;
    json_t *displays = json_array();
    for (uint32_t i = 0; i < r->n_displays; i++) {
        (void)json_array_append_new(displays,
                                    display_json(r->displays[i], r->display_bytes[i]));
    }
    (void)json_object_set_new(all, "value",
                              blob_json(p->value, p->value_bytes, json_null()));
    (void)json_object_set_new(all, "value_repr", optional_json(p->value_repr));
    (void)json_object_set_new(all, "variables",
                              blob_json(p->variables, p->variables_bytes, json_object()));
    (void)json_object_set_new(all, "displays", displays);
    (void)json_object_set_new(all, "error", error_json(r));
}

static json_t *
signature_json(const struct cloche_result *r)
{
    if (r->signature_key[0] == '\0') {
        return json_null();
    }
    return json_pack("{s:s,s:o}", "key_id", r->signature_key, "trusted_comment",
                     string_json(r->signature_comment));
}

int
cloche_result_json(const struct cloche_result *r, char **out, struct cloche_error *err)
{
    json_t *all = json_object();
    (void)json_object_set_new(all, "run_id", json_string(r->run_id));
    (void)json_object_set_new(all, "session_id", json_null());
    (void)json_object_set_new(all, "profile", string_json(r->effective->profile));
    (void)json_object_set_new(all, "outcome", json_string(cloche_outcome_name(r->outcome)));
    (void)json_object_set_new(all, "reason", string_json(r->reason));
    (void)json_object_set_new(all, "hint", optional_json(r->hint));
    (void)json_object_set_new(all, "exit_status",
                              r->exit_status < 0 ? json_null()
                                                 : json_integer(r->exit_status));
    (void)json_object_set_new(all, "signal", place_json((uint32_t)r->signal));
    add_reported(all, r);
    add_output(all, &r->capture);
    (void)json_object_set_new(all, "files", files_json(r));
    (void)json_object_set_new(all, "denials", denials_json(r));
    (void)json_object_set_new(all, "audited", audited_json(r));
    (void)json_object_set_new(all, "limits", limits_json(r));
    (void)json_object_set_new(all, "usage", usage_json(r));
    (void)json_object_set_new(all, "assurance", assurance_json(r));
    (void)json_object_set_new(all, "policy", json_pack("{s:s}", "id", r->effective->id));
    (void)json_object_set_new(all, "signature", signature_json(r));
    (void)json_object_set_new(all, "signature_problem",
                              optional_json(r->signature_problem));
    (void)json_object_set_new(all, "audit", json_null());
    char *text =
        json_object_size(all) == RESULT_FIELDS ? json_dumps(all, JSON_COMPACT) : NULL;
    json_decref(all);
    if (text == NULL) {
        return cl_fail_nomem(err);
    }
    *out = text;
    return 0;
}

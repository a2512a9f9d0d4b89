/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings as JSON (docs/scan.schema.json) and as SARIF 2.1.0, the interchange form of
 * OASIS that code hosts and editors read.
 */
#include <ctype.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "engine/scan.h"
#include "engine/utf8.h"

/* jansson's own calls fail only for want of memory here; a NULL that is set into an
 * object makes that call fail, and is_whole tells. */

static json_t *
text_json(const char *text)
{
    json_t *made = json_string(text);
    if (made != NULL) {
        return made; /* it was UTF-8 */
    }
    cl_autobuf struct cl_buf clean = CL_BUF_INIT((size_t)1 << 20);
    cl_utf8_replace(text, strlen(text), &clean);
    return clean.has_failed ? NULL : json_stringn((const char *)clean.data, clean.len);
}

static json_t *
optional_json(const char *text)
{
    return text == NULL || text[0] == '\0' ? json_null() : text_json(text);
}

static json_t *
place_json(unsigned place)
{
    return place == 0 ? json_null() : json_integer(place);
}

static int
dump(json_t *all, int is_whole, char **out, struct cloche_error *err)
{
    char *text = is_whole ? json_dumps(all, JSON_COMPACT) : NULL;
    json_decref(all);
    if (text == NULL) {
        return cl_fail_nomem(err);
    }
    *out = text;
    return 0;
}

/* ---- JSON --------------------------------------------------------------- */

static json_t *
finding_json(const struct cloche_finding *f)
{
    return json_pack(
        "{s:s,s:s,s:s,s:o,s:o,s:o,s:o,s:b,s:o,s:o,s:o,s:o,s:s}", "rule", f->rule->id,
        "name", f->rule->name, "severity", cloche_severity_name(f->rule->severity),
        "message", text_json(f->message), "what", optional_json(f->what), "key",
        optional_json(f->rule->key), "hint", optional_json(f->hint), "refused",
        f->is_refused, "line", place_json(f->line), "column", place_json(f->column),
        "end_line", place_json(f->end_line), "end_column", place_json(f->end_column),
        "fingerprint", f->fingerprint);
}

int
cloche_scan_json(const struct cloche_scan *const *scans, size_t n, char **out,
                 struct cloche_error *err)
{
    size_t count[3] = {0, 0, 0};
    int is_whole = 1;
    json_t *files = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *findings = json_array();
        for (size_t k = 0; k < scans[i]->n_rows; k++) {
            const struct cloche_finding *f = &scans[i]->rows[k].shown;
            count[f->rule->severity - CLOCHE_SEVERITY_NOTE]++;
            is_whole &= json_array_append_new(findings, finding_json(f)) == 0;
        }
        is_whole &= json_array_append_new(files, json_pack("{s:o,s:o}", "file",
                                                           text_json(scans[i]->filename),
                                                           "findings", findings)) == 0;
    }
    json_t *all = json_pack("{s:o,s:o,s:{s:I,s:I,s:I}}", "profile",
                            optional_json(n > 0 ? scans[0]->profile : NULL), "files", files,
                            "summary", "error", (json_int_t)count[2], "warning",
                            (json_int_t)count[1], "note", (json_int_t)count[0]);
    return dump(all, is_whole && all != NULL, out, err);
}

int
cloche_rules_json(char **out, struct cloche_error *err)
{
    int is_whole = 1;
    json_t *rules = json_array();
    for (size_t i = 0; i < cl_scan_rule_count; i++) {
        const struct cloche_rule *r = &cl_scan_rules[i].shown;
        is_whole &=
            json_array_append_new(
                rules, json_pack("{s:s,s:s,s:s,s:s,s:o,s:s,s:o,s:o}", "id", r->id, "name",
                                 r->name, "severity", cloche_severity_name(r->severity),
                                 "says", r->says, "key", optional_json(r->key), "help",
                                 r->help, "finds", optional_json(r->finds), "passes",
                                 optional_json(r->passes))) == 0;
    }
    json_t *all = json_pack("{s:o}", "rules", rules);
    return dump(all, is_whole && all != NULL, out, err);
}

/* ---- SARIF -------------------------------------------------------------- */

/* A file's name as a URI reference: what is not allowed in a path is escaped; a first
 * part with a colon would be a scheme. */
static json_t *
uri_json(const char *name)
{
    cl_autobuf struct cl_buf out = CL_BUF_INIT((size_t)1 << 16);
    if (name[0] == '/') {
        (void)cl_buf_add_str(&out, "file://"); /* sticky, as all of these */
    }
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++) {
        if (isalnum(*c) || strchr("-._~/!$&'()*+,;=@", *c) != NULL) {
            (void)cl_buf_u8(&out, *c);
        } else {
            (void)cl_buf_printf(&out, "%%%02X", *c);
        }
    }
    return out.has_failed ? NULL : json_stringn((const char *)out.data, out.len);
}

static json_t *
rule_sarif(const struct cloche_rule *r)
{
    json_t *properties =
        json_pack("{s:[s],s:o}", "tags", "security", "key", optional_json(r->key));
    return json_pack("{s:s,s:s,s:{s:o},s:{s:s},s:{s:s},s:{s:s},s:o}", "id", r->id, "name",
                     r->name, "shortDescription", "text",
                     json_sprintf("Code that %s.", r->says), "fullDescription", "text",
                     r->help, "help", "text", r->help, "defaultConfiguration", "level",
                     cloche_severity_name(r->severity), "properties", properties);
}

static size_t
rule_index(const struct cloche_rule *rule)
{
    size_t i = 0;
    while (i < cl_scan_rule_count && &cl_scan_rules[i].shown != rule) {
        i++;
    }
    return i;
}

static json_t *
region_sarif(const struct cloche_finding *f)
{
    json_t *region = json_pack("{s:i}", "startLine", (int)f->line);
    if (f->column > 0) {
        (void)json_object_set_new(region, "startColumn", json_integer(f->column));
    }
    if (f->column > 0 && f->end_line >= f->line && f->end_column > 0 &&
        (f->end_line > f->line || f->end_column >= f->column)) {
        (void)json_object_set_new(region, "endLine", json_integer(f->end_line));
        (void)json_object_set_new(region, "endColumn", json_integer(f->end_column));
    }
    return region;
}

static json_t *
result_sarif(const struct cloche_finding *f, const char *filename, size_t artifact)
{
    json_t *physical = json_pack("{s:{s:o,s:I}}", "artifactLocation", "uri",
                                 uri_json(filename), "index", (json_int_t)artifact);
    if (physical != NULL && f->line > 0) {
        (void)json_object_set_new(physical, "region", region_sarif(f));
    }
    json_t *made = json_pack(
        "{s:s,s:I,s:s,s:{s:o},s:[{s:o}],s:{s:s},s:{s:b}}", "ruleId", f->rule->id,
        "ruleIndex", (json_int_t)rule_index(f->rule), "level",
        cloche_severity_name(f->rule->severity), "message", "text",
        f->hint[0] == '\0' ? json_sprintf("%s", f->message)
                           : json_sprintf("%s; to allow it: %s", f->message, f->hint),
        "locations", "physicalLocation", physical, "partialFingerprints", "clocheLine/v1",
        f->fingerprint, "properties", "refused", f->is_refused);
    return made;
}

static json_t *
artifact_sarif(const struct cloche_scan *scan)
{
    char hex[2 * sizeof scan->sha256 + 1];
    (void)sodium_bin2hex(hex, sizeof hex, scan->sha256, sizeof scan->sha256);
    return json_pack("{s:{s:o},s:s,s:{s:s}}", "location", "uri", uri_json(scan->filename),
                     "sourceLanguage", "python", "hashes", "sha-256", hex);
}

static int
is_unfinished(const struct cloche_finding *f)
{
    return f->rule == cl_scan_rule_find(CL_RULE_UNFINISHED) ||
           f->rule == cl_scan_rule_find(CL_RULE_TOO_LARGE);
}

int
cloche_scan_sarif(const struct cloche_scan *const *scans, size_t n, char **out,
                  struct cloche_error *err)
{
    int is_whole = 1;
    int is_successful = 1;
    json_t *rules = json_array();
    json_t *results = json_array();
    json_t *artifacts = json_array();
    for (size_t i = 0; i < cl_scan_rule_count; i++) {
        is_whole &= json_array_append_new(rules, rule_sarif(&cl_scan_rules[i].shown)) == 0;
    }
    for (size_t i = 0; i < n; i++) {
        is_whole &= json_array_append_new(artifacts, artifact_sarif(scans[i])) == 0;
        for (size_t k = 0; k < scans[i]->n_rows; k++) {
            const struct cloche_finding *f = &scans[i]->rows[k].shown;
            is_successful &= !is_unfinished(f);
            is_whole &=
                json_array_append_new(results, result_sarif(f, scans[i]->filename, i)) == 0;
        }
    }
    json_t *run = json_pack(
        "{s:{s:{s:s,s:s,s:s,s:o}},s:[{s:b}],s:o,s:o,s:s}", "tool", "driver", "name",
        "cloche", "version", cloche_version(), "semanticVersion", cloche_version(), "rules",
        rules, "invocations", "executionSuccessful", is_successful, "artifacts", artifacts,
        "results", results, "columnKind", "unicodeCodePoints");
    json_t *all =
        json_pack("{s:s,s:s,s:[o]}", "$schema",
                  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                  "sarif-schema-2.1.0.json",
                  "version", "2.1.0", "runs", run);
    return dump(all, is_whole && all != NULL, out, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the memory of plans.  Pure otherwise: no path here is ever opened. */
#include "wire/plan.h"

#include <stdlib.h>
#include <string.h>

#include "wire/frame.h"

enum { MAX_ROWS = 1024, MAX_PATH_BYTES = 4096, MAX_TEXT_BYTES = 64 * 1024 };

static void
free_strings(struct cl_plan_strings *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        free(list->item[i]);
    }
    free(list->item);
}

static void
free_texts(struct cl_plan_text *rows, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        free(rows[i].path);
        free(rows[i].text);
    }
    free(rows);
}

void
cl_plan_fini(struct cl_plan *p)
{
    for (uint32_t i = 0; i < p->n_binds; i++) {
        free(p->binds[i].source);
        free(p->binds[i].target);
    }
    free(p->binds);
    free_texts(p->links, p->n_links);
    free_texts(p->files, p->n_files);
    for (uint32_t i = 0; i < p->n_rules; i++) {
        free(p->rules[i].path);
    }
    free(p->rules);
    free_strings(&p->env);
    free_strings(&p->preload);
    free_strings(&p->paths);
    free_strings(&p->audited);
    free_strings(&p->guard.modules);
    free_strings(&p->guard.only);
    free_strings(&p->guard.builtins);
    free_strings(&p->guard.syntax_deny);
    free(p->work);
    free(p->scratch);
    free(p->cwd);
    free(p->zygote_filter);
    free(p->cell_filter);
    free(p->profile);
    *p = CL_PLAN_INIT;
}

static void
put_strings(struct cl_buf *b, const struct cl_plan_strings *list)
{
    (void)cl_buf_u32(b, list->count); /* sticky, as all of these */
    for (uint32_t i = 0; i < list->count; i++) {
        (void)cl_put_str(b, list->item[i]);
    }
}

static void
put_texts(struct cl_buf *b, const struct cl_plan_text *rows, uint32_t n)
{
    (void)cl_buf_u32(b, n);
    for (uint32_t i = 0; i < n; i++) {
        (void)cl_put_str(b, rows[i].path);
        (void)cl_put_str(b, rows[i].text);
    }
}

static void
put_guard(struct cl_buf *b, const struct cl_plan_guard *g)
{
    const uint32_t v[] = {g->parts,         g->has_heap,     g->has_loops,
                          g->introspection, g->dynamic_code, g->has_files};
    for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
        (void)cl_buf_u32(b, v[i]); /* sticky */
    }
    put_strings(b, &g->modules);
    put_strings(b, &g->only);
    put_strings(b, &g->builtins);
    put_strings(b, &g->syntax_deny);
}

void
cl_plan_encode(const struct cl_plan *p, struct cl_buf *b)
{
    const uint32_t numbers[] = {
        p->level, p->zygote_namespaces, p->cell_namespaces, p->root,     p->proc,
        p->flags, p->host_uid,          p->host_gid,        p->id_count, p->landlock_abi};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        (void)cl_buf_u32(b, numbers[i]);
    }
    (void)cl_buf_u32(b, p->n_binds);
    for (uint32_t i = 0; i < p->n_binds; i++) {
        (void)cl_put_str(b, p->binds[i].source);
        (void)cl_put_str(b, p->binds[i].target);
        (void)cl_buf_u32(b, p->binds[i].flags);
    }
    put_texts(b, p->links, p->n_links);
    put_texts(b, p->files, p->n_files);
    (void)cl_buf_u32(b, p->n_rules);
    for (uint32_t i = 0; i < p->n_rules; i++) {
        (void)cl_put_str(b, p->rules[i].path);
        (void)cl_buf_u32(b, p->rules[i].access);
    }
    put_strings(b, &p->env);
    put_strings(b, &p->preload);
    put_strings(b, &p->paths);
    put_strings(b, &p->audited);
    (void)cl_put_str(b, p->work);
    (void)cl_put_str(b, p->scratch);
    (void)cl_put_str(b, p->cwd);
    (void)cl_put_bytes(b, p->zygote_filter, p->zygote_filter_bytes);
    (void)cl_put_bytes(b, p->cell_filter, p->cell_filter_bytes);
    put_guard(b, &p->guard);
    (void)cl_put_str(b, p->profile);
}

/* Room for n zeroed rows; n has been checked against the payload's size. */
static void *
rows_alloc(struct cl_reader *r, uint32_t n, size_t size)
{
    void *rows = calloc(n ? n : 1, size);
    if (rows == NULL) {
        r->has_failed = 1;
    }
    return rows;
}

static void
get_strings(struct cl_reader *r, struct cl_plan_strings *list)
{
    uint32_t n = cl_read_count(r, MAX_ROWS, 4);
    list->item = rows_alloc(r, n, sizeof *list->item);
    for (uint32_t i = 0; list->item != NULL && i < n; i++) {
        list->item[i] = cl_read_str(r, MAX_TEXT_BYTES);
        list->count = i + 1;
    }
}

static void
get_texts(struct cl_reader *r, struct cl_plan_text **rows, uint32_t *count)
{
    uint32_t n = cl_read_count(r, MAX_ROWS, 8);
    *rows = rows_alloc(r, n, sizeof **rows);
    for (uint32_t i = 0; *rows != NULL && i < n; i++) {
        (*rows)[i].path = cl_read_str(r, MAX_PATH_BYTES);
        (*rows)[i].text = cl_read_str(r, MAX_TEXT_BYTES);
        *count = i + 1;
    }
}

static void *
get_blob(struct cl_reader *r, uint32_t *len)
{
    size_t n = 0;
    const unsigned char *p = cl_read_bytes(r, MAX_TEXT_BYTES, &n);
    void *copy = p == NULL ? NULL : malloc(n ? n : 1);
    if (copy == NULL) {
        r->has_failed = 1;
        return NULL;
    }
    memcpy(copy, p, n);
    *len = (uint32_t)n;
    return copy;
}

static void
get_binds_and_rules(struct cl_reader *r, struct cl_plan *p)
{
    uint32_t n = cl_read_count(r, MAX_ROWS, 12);
    p->binds = rows_alloc(r, n, sizeof *p->binds);
    for (uint32_t i = 0; p->binds != NULL && i < n; i++) {
        p->binds[i].source = cl_read_str(r, MAX_PATH_BYTES);
        p->binds[i].target = cl_read_str(r, MAX_PATH_BYTES);
        p->binds[i].flags = cl_read_u32(r);
        p->n_binds = i + 1;
    }
    get_texts(r, &p->links, &p->n_links);
    get_texts(r, &p->files, &p->n_files);
    n = cl_read_count(r, MAX_ROWS, 8);
    p->rules = rows_alloc(r, n, sizeof *p->rules);
    for (uint32_t i = 0; p->rules != NULL && i < n; i++) {
        p->rules[i].path = cl_read_str(r, MAX_PATH_BYTES);
        p->rules[i].access = cl_read_u32(r);
        p->n_rules = i + 1;
    }
}

static void
get_guard(struct cl_reader *r, struct cl_plan_guard *g)
{
    uint32_t *const v[] = {&g->parts,         &g->has_heap,     &g->has_loops,
                           &g->introspection, &g->dynamic_code, &g->has_files};
    for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
        *v[i] = cl_read_u32(r);
    }
    get_strings(r, &g->modules);
    get_strings(r, &g->only);
    get_strings(r, &g->builtins);
    get_strings(r, &g->syntax_deny);
}

int
cl_plan_decode(struct cl_reader *r, struct cl_plan *out, struct cloche_error *err)
{
    struct cl_plan p = CL_PLAN_INIT;
    uint32_t *const numbers[] = {
        &p.level, &p.zygote_namespaces, &p.cell_namespaces, &p.root,     &p.proc,
        &p.flags, &p.host_uid,          &p.host_gid,        &p.id_count, &p.landlock_abi};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        *numbers[i] = cl_read_u32(r);
    }
    get_binds_and_rules(r, &p);
    get_strings(r, &p.env);
    get_strings(r, &p.preload);
    get_strings(r, &p.paths);
    get_strings(r, &p.audited);
    p.work = cl_read_str(r, MAX_PATH_BYTES);
    p.scratch = cl_read_str(r, MAX_PATH_BYTES);
    p.cwd = cl_read_str(r, MAX_PATH_BYTES);
    p.zygote_filter = get_blob(r, &p.zygote_filter_bytes);
    p.cell_filter = get_blob(r, &p.cell_filter_bytes);
    get_guard(r, &p.guard);
    p.profile = cl_read_str(r, MAX_PATH_BYTES);
    if (r->has_failed) {
        cl_plan_fini(&p);
        return cl_fail(err, CLOCHE_EINTERNAL, "a plan that cannot be read");
    }
    *out = p;
    return 0;
}

void
cl_cell_limits_encode(const struct cl_cell_limits *l, struct cl_buf *b)
{
    const uint64_t v[] = {l->memory_bytes, l->cpu_ns,     l->processes,
                          l->threads,      l->open_files, l->file_size_bytes,
                          l->disk_bytes,   l->inodes,     l->cpu_share_pct};
    for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
        (void)cl_buf_u64(b, v[i]); /* sticky */
    }
}

void
cl_cell_limits_decode(struct cl_reader *r, struct cl_cell_limits *l)
{
    uint64_t *const v[] = {&l->memory_bytes, &l->cpu_ns,     &l->processes,
                           &l->threads,      &l->open_files, &l->file_size_bytes,
                           &l->disk_bytes,   &l->inodes,     &l->cpu_share_pct};
    for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
        *v[i] = cl_read_u64(r);
    }
}

/* One more row in an array of count rows; NULL when out of memory. */
static void *
grow(void *rows, uint32_t count, size_t size)
{
    if (count >= MAX_ROWS) {
        return NULL;
    }
    return realloc(rows, (size_t)(count + 1) * size);
}

int
cl_plan_add_bind(struct cl_plan *p, const char *source, const char *target, uint32_t flags)
{
    struct cl_plan_bind *rows = grow(p->binds, p->n_binds, sizeof *rows);
    if (rows == NULL) {
        return -1;
    }
    p->binds = rows;
    rows[p->n_binds] = (struct cl_plan_bind){strdup(source), strdup(target), flags};
    p->n_binds++;
    return rows[p->n_binds - 1].source == NULL || rows[p->n_binds - 1].target == NULL ? -1
                                                                                      : 0;
}

static int
add_text(struct cl_plan_text **rows, uint32_t *count, const char *path, const char *text)
{
    struct cl_plan_text *grown = grow(*rows, *count, sizeof *grown);
    if (grown == NULL) {
        return -1;
    }
    *rows = grown;
    grown[*count] = (struct cl_plan_text){strdup(path), strdup(text)};
    *count += 1;
    return grown[*count - 1].path == NULL || grown[*count - 1].text == NULL ? -1 : 0;
}

int
cl_plan_add_link(struct cl_plan *p, const char *path, const char *target)
{
    return add_text(&p->links, &p->n_links, path, target);
}

int
cl_plan_add_file(struct cl_plan *p, const char *path, const char *text)
{
    return add_text(&p->files, &p->n_files, path, text);
}

int
cl_plan_add_rule(struct cl_plan *p, const char *path, uint32_t access)
{
    struct cl_plan_rule *rows = grow(p->rules, p->n_rules, sizeof *rows);
    if (rows == NULL) {
        return -1;
    }
    p->rules = rows;
    rows[p->n_rules] = (struct cl_plan_rule){strdup(path), access};
    p->n_rules++;
    return rows[p->n_rules - 1].path == NULL ? -1 : 0;
}

int
cl_plan_add_string(struct cl_plan_strings *list, const char *text)
{
    char **item = grow(list->item, list->count, sizeof *item);
    if (item == NULL) {
        return -1;
    }
    list->item = item;
    item[list->count] = strdup(text);
    list->count++;
    return item[list->count - 1] == NULL ? -1 : 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns its names of files.  Lists are sorted by key and short (the reader
 * bounds them).  Reading the files is here too, once for each policy: what a
 * key file says later changes nothing, so an id always means the same keys.
 */
#include "policy/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "policy/parse/moment.h"

int
cl_trust_append(struct cl_trust *t, const struct cl_trusted *one)
{
    cl_autofree char *file = one->file != NULL ? strdup(one->file) : NULL;
    struct cl_trusted *item = realloc(t->item, (t->count + 1) * sizeof *item);
    if (item != NULL) {
        t->item = item;
    }
    if (item == NULL || (one->file != NULL && file == NULL)) {
        return -1;
    }
    item[t->count] = *one;
    item[t->count++].file = cl_take_ptr(&file);
    t->is_all = 0;
    return 0;
}

void
cl_trust_fini(struct cl_trust *t)
{
    for (size_t i = 0; i < t->count; i++) {
        free(t->item[i].file);
    }
    free(t->item);
    *t = (struct cl_trust){0};
}

const char *
cl_trusted_show(const struct cl_trusted *key, char out[CL_TRUSTED_TEXT])
{
    char id[CL_KEY_ID_TEXT];
    char moment[CL_MOMENT_TEXT] = "";
    const char *file = key->file != NULL ? key->file : "";
    int has_end = key->until_s != CL_LIMIT_NONE;
    int is_told = has_end || file[0] != '\0';
    if (has_end) {
        (void)cl_moment_show(key->until_s, moment);
    }
    (void)snprintf(out, CL_TRUSTED_TEXT, "%s%s%.60s%s%s%s%s",
                   cl_key_id_text(key->key.id, id), is_told ? " (" : "", file,
                   has_end && file[0] != '\0' ? ", " : "", has_end ? "until " : "", moment,
                   is_told ? ")" : ""); /* fits: 60 bytes of the name at most */
    return out;
}

/* ---- files ------------------------------------------------------------- */

/* Read at most max bytes; one more is an error.  NULL, or what is wrong. */
static const char *
read_some(int fd, char *out, size_t max, size_t *len)
{
    size_t n = 0;
    for (;;) {
        char more = 0;
        ssize_t got = read(fd, n < max ? out + n : &more, n < max ? max - n : 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return strerrordesc_np(errno);
        }
        if (got == 0) {
            *len = n;
            return NULL;
        }
        if (n == max) {
            return "is larger than a public key file";
        }
        n += (size_t)got;
    }
}

/*
 * Only a regular file is opened: to open a device or a FIFO can have effects,
 * or never end.  It is looked at again when it is open.
 */
static const char *
read_regular(const char *path, char *out, size_t max, size_t *len)
{
    struct stat st;
    if (stat(path, &st) < 0) {
        return strerrordesc_np(errno);
    }
    if (!S_ISREG(st.st_mode)) {
        return "is no regular file";
    }
    cl_autoclose int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) < 0) {
        return strerrordesc_np(errno);
    }
    return S_ISREG(st.st_mode) ? read_some(fd, out, max, len) : "is no regular file";
}

static int
load_one(struct cl_report *r, struct cl_trusted *one, const char *dir)
{
    static const char expected[] = "a public key file of minisign";
    const struct cl_place at = {one->line, one->column};
    char text[CL_PUBLIC_KEY_FILE_MAX];
    size_t len = 0;
    if (one->file == NULL) {
        return 0; /* the key itself was written */
    }
    int is_absolute = one->file[0] == '/';
    if (!is_absolute && dir == NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, at, "an absolute file, or {key: RW...}",
                              "'%.*s' is relative, and the policy is a text that is in no "
                              "directory",
                              CL_REPORT_SHOWN, one->file);
    }
    cl_autofree char *path = NULL;
    if (asprintf(&path, "%s%s", is_absolute ? "" : dir, one->file) < 0) {
        path = NULL; /* asprintf leaves it undefined */
        return cl_report_nomem(r);
    }
    const char *problem = read_regular(path, text, sizeof text, &len);
    if (problem != NULL) {
        return cl_report_fail(r, CLOCHE_EINPUT, at, expected, "key file '%.*s': %s",
                              CL_REPORT_SHOWN, one->file, problem);
    }
    struct cloche_error why;
    if (cl_public_key_read(text, len, &one->key, &why) < 0) {
        return cl_report_fail(r, CLOCHE_EINPUT, at, expected, "key file '%.*s': %s",
                              CL_REPORT_SHOWN, one->file, why.msg);
    }
    return 0;
}

static int
by_key(const void *a, const void *b)
{
    const struct cl_trusted *x = a;
    const struct cl_trusted *y = b;
    int order = cl_public_key_order(&x->key, &y->key);
    /* Of the same key, as it stands in the text: complaints come at the later. */
    return order != 0           ? order
           : x->line != y->line ? (x->line < y->line ? -1 : 1)
                                : (x->column > y->column) - (x->column < y->column);
}

int
cl_trust_load(struct cl_report *r, struct cl_trust *t, const char *dir)
{
    for (size_t i = 0; i < t->count; i++) {
        if (load_one(r, &t->item[i], dir) < 0) {
            return -1;
        }
    }
    if (t->count > 1) {
        qsort(t->item, t->count, sizeof *t->item, by_key);
    }
    size_t kept = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct cl_trusted *one = &t->item[i];
        if (kept == 0 || cl_public_key_order(&t->item[kept - 1].key, &one->key) != 0) {
            t->item[kept++] = *one;
            continue;
        }
        if (t->item[kept - 1].until_s != one->until_s) {
            char id[CL_KEY_ID_TEXT];
            /* The rows between are moved already: close the gap, so that each
             * name of a file is freed once. */
            struct cl_place at = {one->line, one->column};
            (void)cl_key_id_text(one->key.id, id);
            memmove(t->item + kept, one, (t->count - i) * sizeof *one);
            t->count = kept + t->count - i;
            return cl_report_fail(r, CLOCHE_EINPUT, at, "one entry for each key",
                                  "key %s is in the list with another time", id);
        }
        free(one->file);
    }
    t->count = kept;
    return 0;
}

/* ---- the order of lists ------------------------------------------------- */

int
cl_trust_join(struct cl_trust *to, const struct cl_trust *from)
{
    struct cl_trust all = {0};
    size_t i = 0;
    size_t j = 0;
    while (!from->is_all && (i < to->count || j < from->count)) {
        int order = i == to->count ? 1
                    : j == from->count
                        ? -1
                        : cl_public_key_order(&to->item[i].key, &from->item[j].key);
        if (cl_trust_append(&all, order < 0 ? &to->item[i] : &from->item[j]) < 0) {
            cl_trust_fini(&all);
            return -1;
        }
        i += order <= 0;
        j += order >= 0;
    }
    all.is_all = from->is_all;
    cl_trust_fini(to);
    *to = all;
    return 0;
}

/* What two entries for one key come to.  Either file would do; the choice does
 * not depend on which comes first. */
static struct cl_trusted
meet_one(const struct cl_trusted *a, const struct cl_trusted *b)
{
    struct cl_trusted both = *a;
    int is_b_named = b->file != NULL && (a->file == NULL || strcmp(b->file, a->file) < 0);
    both.file = is_b_named ? b->file : a->file;
    both.until_s = a->until_s < b->until_s ? a->until_s : b->until_s;
    return both;
}

int
cl_trust_meet(struct cl_trust *to, const struct cl_trust *with)
{
    struct cl_trust both = {0};
    if (with->is_all) {
        return 0;
    }
    if (to->is_all) {
        return cl_trust_join(to, with);
    }
    for (size_t i = 0, j = 0; i < to->count && j < with->count;) {
        int order = cl_public_key_order(&to->item[i].key, &with->item[j].key);
        if (order == 0) {
            struct cl_trusted one = meet_one(&to->item[i], &with->item[j]);
            if (cl_trust_append(&both, &one) < 0) {
                cl_trust_fini(&both);
                return -1;
            }
        }
        i += order <= 0;
        j += order >= 0;
    }
    cl_trust_fini(to);
    *to = both;
    return 0;
}

int
cl_trust_is_within(const struct cl_trust *inner, const struct cl_trust *outer)
{
    if (outer->is_all || inner->is_all) {
        return outer->is_all;
    }
    size_t j = 0;
    for (size_t i = 0; i < inner->count; i++) {
        while (j < outer->count &&
               cl_public_key_order(&outer->item[j].key, &inner->item[i].key) < 0) {
            j++;
        }
        if (j == outer->count ||
            cl_public_key_order(&outer->item[j].key, &inner->item[i].key) != 0 ||
            outer->item[j].until_s < inner->item[i].until_s) {
            return 0;
        }
    }
    return 1;
}

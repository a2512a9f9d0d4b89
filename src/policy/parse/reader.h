/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a tree to a struct, by a table of fields: every value checked, every
 * key known, every error at its place.
 */
#ifndef CL_POLICY_PARSE_READER_H
#define CL_POLICY_PARSE_READER_H

#include <stddef.h>
#include <stdint.h>

#include "policy/field.h"
#include "policy/parse/report.h"
#include "policy/parse/tree.h"

struct cl_reader {
    struct cl_report *r;
    const struct cl_field *fields; /* each of base */
    size_t count;
    void *base;
    struct cl_place *placed;   /* per field, where its key stands; may be NULL */
    const char *const *others; /* keys beside the table's, for advice; may be NULL */
};

/*
 * cl_reader_entry - read one entry of a mapping.
 *
 * prefix  the dotted path of the mapping within the table, "" at its top
 *
 * Values are written over what base held, except that lists are joined to it.
 * Fields of kind only and expose need base to be a struct cl_effective.
 */
int cl_reader_entry(const struct cl_reader *rd, const char *prefix,
                    const struct cl_node *entry);

/* All entries of a mapping; fails if it is something else. */
int cl_reader_map(const struct cl_reader *rd, const char *prefix,
                  const struct cl_node *map);

/* A scalar that is not null. */
int cl_reader_text(struct cl_report *r, const struct cl_node *n, const char *expected,
                   const char **out);

/* A checked item in its normal form; the caller frees *out. */
int cl_reader_item(struct cl_report *r, const struct cl_node *n, enum cl_item item,
                   char **out);

/* A list of items, or nothing but a list.  Joined to *out. */
int cl_reader_names(struct cl_report *r, const struct cl_node *n, enum cl_item item,
                    struct cl_names *out);

int cl_reader_want_map(struct cl_report *r, const struct cl_node *n, const char *expected);

/* No such key as `what`; near may be NULL. */
int cl_reader_unknown(struct cl_report *r, struct cl_place at, const char *near,
                      const char *expected);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of what a profile says: one row per key, from which reading,
 * inheriting, merging, comparing, printing and freeing all follow.  A new key
 * is a new row.
 */
#ifndef CL_POLICY_FIELD_H
#define CL_POLICY_FIELD_H

#include <stddef.h>

#include "policy/item.h"
#include "policy/policy.h"

enum cl_field_kind {
    CL_FIELD_NUMBER, /* uint64_t */
    CL_FIELD_ENUM,   /* an enum, or an int, of which 0 is the first name */
    CL_FIELD_BOOL,   /* int */
    CL_FIELD_TEXT,   /* char *, NULL: nothing */
    CL_FIELD_NAMES,  /* struct cl_names */
    CL_FIELD_ONLY,   /* struct cl_module_only * and a size_t after it */
    CL_FIELD_EXPOSE, /* struct cl_expose * and a size_t after it */
    CL_FIELD_PAIRS,  /* struct cl_pairs */
    CL_FIELD_TRUST,  /* struct cl_trust */
};

/* Of two values, which is the stricter? */
enum cl_narrow {
    CL_NARROW_LESS,  /* the smaller; of lists, what both have */
    CL_NARROW_MORE,  /* the larger; of lists, what either has */
    CL_NARROW_EQUAL, /* of two that differ neither, so the first of all (0, NULL) */
    CL_NARROW_MODES, /* the same, but anything is stricter than the last of all */
};

struct cl_field {
    const char *key; /* dotted, as in the file */
    enum cl_field_kind kind;
    enum cl_narrow narrow;
    size_t offset;   /* in the struct that the table is about */
    unsigned levels; /* CL_AT_*: where it may be written; 0: as its number says */
    const struct cl_limit_row *number; /* of a number */
    const char *const *names;          /* of an enum; NULL-terminated */
    enum cl_item item;                 /* of names and of a text */
    int is_derived;                    /* not a key of a profile: comes from elsewhere */
};

/* Sorted by key, so that what is printed from it is. */
enum { CL_FIELD_COUNT = 53 };
extern const struct cl_field cl_fields[CL_FIELD_COUNT];

/* The field with this key; NULL if there is none. */
const struct cl_field *cl_field_get(const char *key);

/* Its value in base: the caller knows the type by kind. */
static inline void *
cl_field_at(const struct cl_field *f, void *base)
{
    return (char *)base + f->offset;
}

static inline const void *
cl_field_in(const struct cl_field *f, const void *base)
{
    return (const char *)base + f->offset;
}

/* An enum's or bool's value as a number: one type for all of them. */
unsigned cl_field_unsigned(const struct cl_field *f, const void *base);
void cl_field_set_unsigned(const struct cl_field *f, void *base, unsigned value);

/* At which levels it has a sense: CL_AT_*. */
unsigned cl_field_levels(const struct cl_field *f);

/* The names of enum cl_assurance; NULL-terminated. */
extern const char *const cl_field_assurances[];

#endif

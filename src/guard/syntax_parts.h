/* SPDX-License-Identifier: Apache-2.0 */
/* syntax_parts.h - what the files of the check share; syntax.h is for others. */
#ifndef CL_GUARD_SYNTAX_PARTS_H
#define CL_GUARD_SYNTAX_PARTS_H

#include "guard/grammar.h"
#include "guard/names.h"
#include "guard/syntax.h"

/* Where we are, and within what. */
struct cl_place {
    PyObject *node; /* borrowed: the innermost that has a position; NULL: the program */
    int is_inside;  /* of a part of it that has none of its own */
    int in_class;   /* directly in the body of a class */
    int in_annotation;
    PyObject *function; /* borrowed: the name of the innermost def, or NULL */
};

struct cl_position {
    long line, column;         /* column: in bytes from 0, as CPython has it */
    long end_line, end_column; /* 0: unknown */
};

/* One check. */
struct cl_check {
    PyObject *filename;
    const char *source;
    size_t len;
    int n_told;
    int has_star;      /* from x import *: any name may be bound */
    PyObject *first;   /* the first refusal */
    PyObject *bound;   /* set of names that the program binds somewhere */
    PyObject *loaded;  /* name -> the node where it is first read */
    PyObject *literal; /* borrowed: the Name of __slots__ = (...), which was looked at */
    PyObject *call;    /* borrowed: the Call that is visited, and its func */
    PyObject *callee;
    int depth;   /* of annotations in annotations */
    int nesting; /* of nodes */
};

/* Visit a node and all that is below it.  0; -1 with an exception if memory is short. */
int cl_syntax_walk(struct cl_check *c, PyObject *node, const struct cl_place *outer);

/* The position of a place; only of what is refused anybody wants it. */
struct cl_position cl_syntax_position(const struct cl_place *at);

/* refusal.c: tell one refusal.  0, for the walk goes on; -1 if memory is short. */
int cl_syntax_refuse(struct cl_check *c, const struct cl_place *at, enum cl_violation rule,
                     const char *what, const char *message);
/* Hold a name to the rule; the same results. */
int cl_syntax_check_name(struct cl_check *c, PyObject *name, enum cl_name_slot slot,
                         const struct cl_place *at);
/* Set the first refusal as the exception. */
void cl_syntax_raise(const struct cl_check *c);
CL_MUST_CHECK int cl_refusal_install(void);

/* syntax_names.c: nodes that read, bind or name something. */
int cl_syntax_name(struct cl_check *c, PyObject *node, const struct cl_place *at);
int cl_syntax_attribute(struct cl_check *c, PyObject *node, const struct cl_place *at);
int cl_syntax_constant(struct cl_check *c, PyObject *node, const struct cl_place *at);
int cl_syntax_class_data(struct cl_check *c, PyObject *node, const struct cl_place *at);

/* A name that the program binds; the first part of a dotted one that it imports. */
int cl_syntax_note_bound(struct cl_check *c, PyObject *name);
int cl_syntax_note_import(struct cl_check *c, PyObject *name);

#endif

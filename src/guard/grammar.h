/* SPDX-License-Identifier: Apache-2.0 */
/*
 * grammar.h - CPython's grammar as this interpreter has it, held against the table; and
 * what is asked of the nodes of a tree.
 */
#ifndef CL_GUARD_GRAMMAR_H
#define CL_GUARD_GRAMMAR_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/error.h"
#include "guard/syntax_table.h"

enum cl_field_kind { CL_FIELD_NODE, CL_FIELD_IDENTIFIER, CL_FIELD_OTHER };

struct cl_grammar_field {
    PyObject *name; /* interned */
    enum cl_field_kind kind;
};

/* Nodes that the walk knows by name. */
enum cl_node_special {
    CL_NODE_PLAIN,
    CL_NODE_NAME,
    CL_NODE_ATTRIBUTE,
    CL_NODE_CALL,
    CL_NODE_FUNCTION,
    CL_NODE_CLASS,
    CL_NODE_LAMBDA,
    CL_NODE_COMPREHENSION, /* an expression with a scope of its own */
    CL_NODE_GENERATORS,    /* its `comprehension` part */
    CL_NODE_ASSIGN,
    CL_NODE_ANN_ASSIGN,
    CL_NODE_ARG,
    CL_NODE_CONSTANT,
    CL_NODE_IMPORT,
    CL_NODE_IMPORT_FROM,
    CL_NODE_ALIAS,
    CL_NODE_MATCH_CLASS,
};

struct cl_grammar_node {
    PyTypeObject *type;
    const struct cl_node_row *row;
    enum cl_node_special special;
    int is_denied;    /* python.syntax.deny */
    int has_position; /* lineno and the rest */
    int n_fields;
    struct cl_grammar_field fields[CL_NODE_FIELDS];
};

/* Names of fields, interned. */
struct cl_syntax_names {
    PyObject *id, *attr, *value, *func, *ctx, *name, *asname, *lineno, *col, *end_lineno,
        *end_col, *targets, *elts, *annotation, *returns, *is_async, *module;
};
extern struct cl_syntax_names cl_syntax_str;

/* Compare the table with the interpreter.  Fails with EHOST and the first difference;
 * EINPUT where python.syntax.deny names what is no node. */
CL_MUST_CHECK int cl_grammar_install(struct cloche_error *err);

/* The kind of a node, or NULL for what is none. */
const struct cl_grammar_node *cl_grammar_find(PyObject *object);

/* Is it a node of this kind; the context of what is read; an exact name? */
int cl_grammar_is(PyObject *object, enum cl_node_special special);
int cl_grammar_is_load(PyObject *ctx);
int cl_grammar_is_named(PyObject *text, const char *name);

/* A field's value, None where it is not set; a new reference, or NULL. */
PyObject *cl_grammar_get(PyObject *node, PyObject *name);

/* The same of a field that is a number. */
long cl_grammar_number(PyObject *node, PyObject *name, long fallback);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the scan share: the walk's state, kinds of nodes, helpers. */
#ifndef CL_GUARD_SCAN_STATE_H
#define CL_GUARD_SCAN_STATE_H

#include "guard/scan.h"

/* The longest dotted path and folded text; longer ones are not known. */
enum { CL_SCAN_PATH = 256, CL_SCAN_NESTING = 2500 };

/* Kinds of nodes that are looked at; all others are only walked through. */
enum cl_scan_kind {
    CL_SCAN_OTHER,
    CL_SCAN_FUNCTION,
    CL_SCAN_LAMBDA,
    CL_SCAN_CLASS,
    CL_SCAN_COMPREHENSION,
    CL_SCAN_IMPORT,
    CL_SCAN_IMPORT_FROM,
    CL_SCAN_ASSIGN,
    CL_SCAN_ANN_ASSIGN,
    CL_SCAN_WALRUS,
    CL_SCAN_FOR,
    CL_SCAN_WHILE,
    CL_SCAN_WITH,
    CL_SCAN_CALL,
    CL_SCAN_ATTRIBUTE,
    CL_SCAN_NAME,
    CL_SCAN_SUBSCRIPT,
    CL_SCAN_CONSTANT,
    CL_SCAN_JOINED,
    CL_SCAN_DICT,
    CL_SCAN_BINOP,
    CL_SCAN_UNARY,
    CL_SCAN_EXPR,
    CL_SCAN_GLOBAL,
    CL_SCAN_BREAK,
    CL_SCAN_LEAVE,  /* return, raise, yield, await: a loop may end there */
    CL_SCAN_CHOICE, /* x if y else z */
    CL_SCAN_COMPARE,
};

/* Names bound in one scope: name -> dotted path, "" where it is nothing known. */
struct cl_scan_scope {
    struct cl_scan_scope *outer;
    PyObject *names;
    int is_class;
};

struct cl_scan {
    cl_scan_tell *tell;
    const struct cl_plan_strings *audited;
    const char *text; /* UTF-8, lines end in \n */
    size_t len;
    size_t *line_at; /* where each line begins */
    size_t n_lines;
    struct {
        long line, column;
        size_t at;
    } last; /* the place whose column was counted last */
    int n_told;
    PyObject *kinds; /* type -> int */
    struct cl_scan_scope *scope;
    PyObject *stars; /* list of modules of `from x import *` */
    PyObject *hint;  /* borrowed: the name that the value is for, or NULL */
    double rounds;   /* how often the loops around go round, as far as is known */
    int nesting;     /* of the walk */
    int depth;       /* of an expression that is resolved or folded */
    int is_path;     /* within an attribute that was reported: its parts are not */
};

/* ---- nodes (scan_walk.c) ------------------------------------------------ */

enum cl_scan_kind cl_scan_kind(const struct cl_scan *s, PyObject *node);

/* A field; a new reference, None where it is not set, NULL with an exception. */
PyObject *cl_scan_get(PyObject *node, const char *name);

/* A field that is a list, lent by the node; NULL without an exception if not. */
PyObject *cl_scan_list(PyObject *node, const char *name);

/* A field that is a str, as UTF-8 lent by the node; NULL without an exception. */
const char *cl_scan_text(PyObject *node, const char *name);

/* A field that is a node, lent by the node (which lives as long as the tree); NULL
 * without an exception. */
PyObject *cl_scan_child(PyObject *node, const char *name);

long cl_scan_number(PyObject *node, const char *name);

/* The name of the node's class: "Add". */
const char *cl_scan_class(PyObject *node);

/* Walk the whole tree.  0, or -1 with an exception. */
int cl_scan_walk_module(struct cl_scan *s, PyObject *tree);

/* Call visit for each child node. */
typedef int cl_scan_visit(struct cl_scan *s, PyObject *node, void *ctx);
int cl_scan_children(struct cl_scan *s, PyObject *node, cl_scan_visit *visit, void *ctx);

/* Tell of a finding at a node; what and message may be NULL. */
void cl_scan_find(struct cl_scan *s, PyObject *node, enum cl_rule rule, const char *what,
                  const char *message);

/* The same for bytes of the text. */
void cl_scan_find_at(struct cl_scan *s, size_t at, size_t len, enum cl_rule rule,
                     const char *what);

/* ---- names (scan_names.c) ----------------------------------------------- */

/* Bind what a scope's own statements bind, before it is walked.  0 or -1. */
int cl_scan_collect(struct cl_scan *s, PyObject *node);

/* Bind now: an import, an assignment, a with. */
int cl_scan_bind(struct cl_scan *s, PyObject *node);

/* What an expression is, as a dotted path ("os.system", "socket.socket()"): 1 and
 * out, or 0. */
int cl_scan_resolve(struct cl_scan *s, PyObject *node, char out[CL_SCAN_PATH]);

/* ---- constants (scan_fold.c) -------------------------------------------- */

/* The value of an expression of constants: 1 and out, or 0. */
int cl_scan_fold_text(struct cl_scan *s, PyObject *node, char out[CL_SCAN_PATH]);
int cl_scan_fold_number(struct cl_scan *s, PyObject *node, double *out);

/* Is it a constant that is true / false? */
int cl_scan_is_true(struct cl_scan *s, PyObject *node);
int cl_scan_is_false(struct cl_scan *s, PyObject *node);

/* ---- rules -------------------------------------------------------------- */

/* scan_table.c: what a path is about; and an attribute or a text that leads into the
 * interpreter. */
enum cl_rule cl_scan_rule_of_path(const char *path);
int cl_scan_is_escape(const char *name);

/* scan_calls.c, scan_loops.c, scan_imports.c: at one node. */
void cl_scan_call(struct cl_scan *s, PyObject *node);
void cl_scan_operation(struct cl_scan *s, PyObject *node);
void cl_scan_while(struct cl_scan *s, PyObject *node);
void cl_scan_for(struct cl_scan *s, PyObject *node, PyObject *iter, int can_leave);
double cl_scan_rounds(struct cl_scan *s, PyObject *iter);
void cl_scan_import(struct cl_scan *s, PyObject *node);

/* scan_secrets.c: a text constant, under a name or not; and the whole text. */
void cl_scan_constant(struct cl_scan *s, PyObject *node);
void cl_scan_keys(struct cl_scan *s);

/* scan_profile.c: what the profile refuses, at level restricted. */
int cl_scan_profile(struct cl_scan *s, PyObject *tree, PyObject *filename);
void cl_scan_profile_import(struct cl_scan *s, PyObject *node, const char *module,
                            const char *name); /* name: NULL for `import module` */
void cl_scan_profile_path(struct cl_scan *s, PyObject *node, const char *path);

#endif

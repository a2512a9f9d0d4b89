/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the check of a program's tree.  Under the GIL.
 *
 * The walk is driven by the table: every field of every node is visited, by its kind
 * (node, identifier, anything else), and a class that is not in the table, or whose
 * fields are not as there, was an error at the start.  What is special about a node
 * (which slot of the rule of names its identifiers stand in, what its children are
 * within) is in visit() and identifier_slot(); a node without a line there is walked
 * with the strictest slot.
 */
#include "guard/syntax.h"

#include <string.h>

#include "base/own.h"
#include "guard/builtins.h"
#include "guard/state.h"
#include "guard/syntax_parts.h"

/* A level of nesting takes less than a kibibyte of the stack. */
enum { MAX_NESTING = 2500 };

int
cl_syntax_install(struct cloche_error *err)
{
    if (cl_refusal_install() < 0) {
        PyErr_Clear();
        return cl_fail_nomem(err);
    }
    return cl_grammar_install(err);
}

static int
visit_alias(struct cl_check *c, PyObject *node, const struct cl_place *at, int is_from)
{
    PyObject *name = cl_grammar_get(node, cl_syntax_str.name);
    PyObject *asname = cl_grammar_get(node, cl_syntax_str.asname);
    int rc = name == NULL || asname == NULL ? -1 : 0;
    if (rc == 0 && is_from && cl_grammar_is_named(name, "*")) {
        c->has_star = 1;
    } else if (rc == 0 && is_from) {
        rc = cl_syntax_check_name(c, name, CL_NAME_ATTRIBUTE, at);
    } else if (rc == 0) {
        PyObject *dot = PyUnicode_FromString(".");
        PyObject *parts = dot == NULL ? NULL : PyUnicode_Split(name, dot, -1);
        for (Py_ssize_t i = 0; parts != NULL && rc == 0 && i < PyList_GET_SIZE(parts);
             i++) {
            rc = cl_syntax_check_name(c, PyList_GET_ITEM(parts, i), CL_NAME_BOUND, at);
        }
        rc = parts == NULL ? -1 : rc;
        Py_XDECREF(parts);
        Py_XDECREF(dot);
    }
    if (rc == 0 && cl_grammar_is_named(asname == Py_None ? name : asname, "__name__")) {
        rc =
            cl_syntax_refuse(c, at, CL_VIOLATION_NAME, "name __name__",
                             "'__name__' says which program this is; it cannot be changed");
    } else if (rc == 0 && asname != Py_None) {
        rc = cl_syntax_check_name(c, asname, CL_NAME_BOUND, at) < 0
                 ? -1
                 : cl_syntax_note_bound(c, asname);
    } else if (rc == 0) {
        rc = cl_syntax_note_import(c, name);
    }
    Py_XDECREF(asname);
    Py_XDECREF(name);
    return rc;
}

static int
visit_import(struct cl_check *c, PyObject *node, const struct cl_place *at, int is_from)
{
    PyObject *module =
        is_from ? cl_grammar_get(node, cl_syntax_str.module) : Py_NewRef(Py_None);
    PyObject *names = PyObject_GetAttrString(node, "names");
    int rc = module == NULL || names == NULL || !PyList_Check(names) ? -1 : 0;
    int is_future = rc == 0 && cl_grammar_is_named(module, "__future__");
    if (rc == 0 && is_from && module == Py_None) {
        rc = cl_syntax_refuse(
            c, at, CL_VIOLATION_SYNTAX, "import .",
            "a program here is one file: it has no package to import from");
    } else if (rc == 0 && is_from && !is_future) {
        PyObject *dot = PyUnicode_FromString(".");
        PyObject *parts = dot == NULL ? NULL : PyUnicode_Split(module, dot, -1);
        for (Py_ssize_t i = 0; parts != NULL && rc == 0 && i < PyList_GET_SIZE(parts);
             i++) {
            rc = cl_syntax_check_name(c, PyList_GET_ITEM(parts, i), CL_NAME_BOUND, at);
        }
        rc = parts == NULL ? -1 : rc;
        Py_XDECREF(parts);
        Py_XDECREF(dot);
    }
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(names); i++) {
        PyObject *alias = PyList_GET_ITEM(names, i);
        struct cl_place here = *at;
        here.node = alias;
        rc = !cl_grammar_is(alias, CL_NODE_ALIAS)
                 ? cl_syntax_refuse(c, at, CL_VIOLATION_SYNTAX, "import",
                                    "this import is not known")
                 : visit_alias(c, alias, &here, is_from);
    }
    Py_XDECREF(names);
    Py_XDECREF(module);
    return rc;
}

/* In which slot of the rule an identifier of this node stands. */
static enum cl_name_slot
identifier_slot(const struct cl_grammar_node *n, const struct cl_place *at)
{
    switch (n->special) {
    case CL_NODE_FUNCTION: return at->in_class ? CL_NAME_METHOD : CL_NAME_BOUND;
    case CL_NODE_MATCH_CLASS: return CL_NAME_ATTRIBUTE;
    default: return CL_NAME_BOUND;
    }
}

static int
visit_identifier(struct cl_check *c, const struct cl_grammar_node *n, PyObject *value,
                 const struct cl_place *at)
{
    if (value == Py_None) {
        return 0;
    }
    if (!PyUnicode_CheckExact(value)) {
        return cl_syntax_refuse(c, at, CL_VIOLATION_SYNTAX, "identifier",
                                "a name that is no name");
    }
    int is_data =
        n->special == CL_NODE_FUNCTION && (cl_grammar_is_named(value, "__slots__") ||
                                           cl_grammar_is_named(value, "__match_args__"));
    if (cl_grammar_is_named(value, "__name__") && n->special != CL_NODE_MATCH_CLASS) {
        return cl_syntax_refuse(
            c, at, CL_VIOLATION_NAME, "name __name__",
            "'__name__' says which program this is; it cannot be changed");
    }
    enum cl_name_slot slot = is_data ? CL_NAME_BOUND : identifier_slot(n, at);
    if (cl_syntax_check_name(c, value, slot, at) < 0) {
        return -1;
    }
    return n->special == CL_NODE_MATCH_CLASS ? 0 : cl_syntax_note_bound(c, value);
}

static int
visit_value(struct cl_check *c, const struct cl_grammar_node *n,
            const struct cl_grammar_field *field, PyObject *value,
            const struct cl_place *at)
{
    if (PyList_CheckExact(value)) {
        int rc = 0;
        for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(value); i++) {
            rc = visit_value(c, n, field, PyList_GET_ITEM(value, i), at);
        }
        return rc;
    }
    switch (field->kind) {
    case CL_FIELD_IDENTIFIER: return visit_identifier(c, n, value, at);
    case CL_FIELD_NODE: return value == Py_None ? 0 : cl_syntax_walk(c, value, at);
    case CL_FIELD_OTHER: break;
    }
    return 0;
}

static int
visit_fields(struct cl_check *c, const struct cl_grammar_node *n, PyObject *node,
             const struct cl_place *at)
{
    PyObject *function =
        n->special == CL_NODE_FUNCTION ? cl_grammar_get(node, cl_syntax_str.name) : NULL;
    int rc = 0;
    for (int i = 0; rc == 0 && i < n->n_fields; i++) {
        const struct cl_grammar_field *field = &n->fields[i];
        struct cl_place inner = *at;
        if (field->name == cl_syntax_str.annotation ||
            field->name == cl_syntax_str.returns) {
            inner.in_annotation = 1;
        }
        if (n->special == CL_NODE_CLASS) {
            inner.in_class = cl_grammar_is_named(field->name, "body");
        } else if (n->special == CL_NODE_FUNCTION && field->kind == CL_FIELD_NODE) {
            inner.in_class = 0;
        } else if (n->special == CL_NODE_LAMBDA || n->special == CL_NODE_COMPREHENSION) {
            inner.in_class = 0;
        }
        if (n->special == CL_NODE_FUNCTION && field->kind == CL_FIELD_NODE) {
            inner.function = function;
        }
        PyObject *value = cl_grammar_get(node, field->name);
        rc = value == NULL ? -1 : visit_value(c, n, field, value, &inner);
        Py_XDECREF(value);
    }
    Py_XDECREF(function);
    return rc;
}

static int
visit(struct cl_check *c, const struct cl_grammar_node *n, PyObject *node,
      const struct cl_place *at)
{
    switch (n->special) {
    case CL_NODE_NAME: return cl_syntax_name(c, node, at);
    case CL_NODE_ATTRIBUTE: return cl_syntax_attribute(c, node, at);
    case CL_NODE_CONSTANT: return cl_syntax_constant(c, node, at);
    case CL_NODE_IMPORT: return visit_import(c, node, at, 0);
    case CL_NODE_IMPORT_FROM: return visit_import(c, node, at, 1);
    case CL_NODE_GENERATORS:
        if (cl_grammar_number(node, cl_syntax_str.is_async, 0) != 0 &&
            cl_syntax_refuse(c, at, CL_VIOLATION_SYNTAX, "async for",
                             "async for is not available at this level; use for") < 0) {
            return -1;
        }
        break;
    case CL_NODE_ASSIGN:
        if (at->in_class && cl_syntax_class_data(c, node, at) < 0) {
            return -1;
        }
        break;
    default: break;
    }
    return visit_fields(c, n, node, at);
}

int
cl_syntax_walk(struct cl_check *c, PyObject *node, const struct cl_place *outer)
{
    const struct cl_grammar_node *n = cl_grammar_find(node);
    struct cl_place at = *outer;
    if (n == NULL) { /* cannot be: the parser makes what add_nodes() saw */
        return cl_syntax_refuse(c, &at, CL_VIOLATION_SYNTAX, Py_TYPE(node)->tp_name,
                                "a form of the language that is not known here");
    }
    if (n->n_fields == 0 && !n->is_denied && n->row->refused == NULL) {
        return 0;
    }
    if (c->depth == 0) {
        at.node = n->has_position ? node : outer->node;
        at.is_inside = !n->has_position;
    }
    if (n->row->refused != NULL) {
        return cl_syntax_refuse(c, &at, CL_VIOLATION_SYNTAX, n->row->name, n->row->refused);
    }
    if (n->is_denied) {
        char message[200];
        (void)snprintf(message, sizeof message, "%s is not allowed by profile '%.60s'",
                       n->row->name, cl_guard_profile());
        return cl_syntax_refuse(c, &at, CL_VIOLATION_SYNTAX_DENIED, n->row->name, message);
    }
    PyObject *call = c->call;
    PyObject *callee = c->callee;
    PyObject *func = NULL;
    if (n->special == CL_NODE_CALL) {
        func = cl_grammar_get(node, cl_syntax_str.func);
        c->callee = func;
        c->call = node;
    }
    int rc = 0;
    if (++c->nesting > MAX_NESTING) {
        rc = cl_syntax_refuse(c, &at, CL_VIOLATION_SYNTAX, "nesting",
                              "this is nested too deeply; divide it into parts with names");
    } else {
        rc = visit(c, n, node, &at);
    }
    c->nesting--;
    c->callee = callee;
    c->call = call;
    Py_XDECREF(func);
    return rc;
}

/* A built-in that is not offered and that the program does not define itself. */
static int
check_builtins(struct cl_check *c)
{
    PyObject *name = NULL;
    PyObject *where = NULL;
    Py_ssize_t at = 0;
    while (!c->has_star && PyDict_Next(c->loaded, &at, &name, &where)) {
        if (PySet_Contains(c->bound, name) != 0 || !cl_builtins_lacks(name)) {
            continue;
        }
        const char *text = PyUnicode_AsUTF8(name);
        const struct cl_place place = {.node = where};
        if (text == NULL) {
            return -1;
        }
        int is_dynamic = strcmp(text, "eval") == 0 || strcmp(text, "exec") == 0 ||
                         strcmp(text, "compile") == 0;
        char message[240];
        (void)snprintf(message, sizeof message,
                       is_dynamic ? "'%s' is not allowed by profile '%.60s': it runs text "
                                    "as code"
                                  : "'%s' is not among the built-ins of profile '%.60s'",
                       text, cl_guard_profile());
        if (cl_syntax_refuse(c, &place,
                             is_dynamic ? CL_VIOLATION_DYNAMIC : CL_VIOLATION_BUILTIN, text,
                             message) < 0) {
            return -1;
        }
    }
    return 0;
}

int
cl_syntax_check(PyObject *tree, PyObject *filename, const char *source, size_t len)
{
    struct cl_check c = {.filename = filename,
                         .source = source,
                         .len = len,
                         .bound = PySet_New(NULL),
                         .loaded = PyDict_New()};
    struct cl_place top = {0};
    int rc = c.bound == NULL || c.loaded == NULL ? -1 : cl_syntax_walk(&c, tree, &top);
    if (rc == 0) {
        rc = check_builtins(&c);
    }
    Py_XDECREF(c.bound);
    Py_XDECREF(c.loaded);
    if (c.first != NULL && rc == 0) {
        cl_syntax_raise(&c);
        rc = -1;
    }
    Py_XDECREF(c.first);
    return rc;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nodes that read, bind or name something: in which slot of the rule of names each
 * stands, and what a class says of itself.  Under the GIL.
 */
#include "guard/syntax_parts.h"

#include "guard/dynamic.h"
#include "guard/state.h"

int
cl_syntax_note_bound(struct cl_check *c, PyObject *name)
{
    return PyUnicode_Check(name) ? PySet_Add(c->bound, name) : 0;
}

/* "a" of "a.b.c" is what an import binds. */
int
cl_syntax_note_import(struct cl_check *c, PyObject *name)
{
    Py_ssize_t dot = PyUnicode_FindChar(name, '.', 0, PyUnicode_GET_LENGTH(name), 1);
    PyObject *first = dot < 0 ? Py_NewRef(name) : PyUnicode_Substring(name, 0, dot);
    int rc = first == NULL ? -1 : PySet_Add(c->bound, first);
    Py_XDECREF(first);
    return rc;
}

static int
note_loaded(struct cl_check *c, PyObject *name, const struct cl_place *at)
{
    PyObject *node = at->node == NULL ? Py_None : at->node;
    return PyDict_SetDefault(c->loaded, name, node) == NULL ? -1 : 0;
}

static int
check_variable(struct cl_check *c, PyObject *node, PyObject *id, int is_read,
               const struct cl_place *at)
{
    int is_data =
        cl_grammar_is_named(id, "__slots__") || cl_grammar_is_named(id, "__match_args__");
    enum cl_name_slot slot =
        at->in_class && (!is_data || node == c->literal) ? CL_NAME_METHOD : CL_NAME_BOUND;
    if (!is_read && cl_grammar_is_named(id, "__name__")) {
        return cl_syntax_refuse(
            c, at, CL_VIOLATION_NAME, "name __name__",
            "'__name__' says which program this is; it cannot be changed");
    }
    if (cl_syntax_check_name(c, id, slot, at) < 0) {
        return -1;
    }
    return is_read ? note_loaded(c, id, at) : cl_syntax_note_bound(c, id);
}

int
cl_syntax_name(struct cl_check *c, PyObject *node, const struct cl_place *at)
{
    PyObject *id = cl_grammar_get(node, cl_syntax_str.id);
    PyObject *ctx = cl_grammar_get(node, cl_syntax_str.ctx);
    int rc = id == NULL ? -1 : check_variable(c, node, id, cl_grammar_is_load(ctx), at);
    Py_XDECREF(ctx);
    Py_XDECREF(id);
    return rc;
}

/* Is it a name with or without dots, as in Base.__init__(self) and
 * library.Base.__init__(self)? */
static int
is_dotted(PyObject *value)
{
    PyObject *at = Py_NewRef(value);
    while (at != NULL && cl_grammar_is(at, CL_NODE_ATTRIBUTE)) {
        PyObject *inner = cl_grammar_get(at, cl_syntax_str.value);
        Py_SETREF(at, inner);
    }
    int is_name = at != NULL && cl_grammar_is(at, CL_NODE_NAME);
    Py_XDECREF(at);
    PyErr_Clear();
    return is_name;
}

/* Is it super() or a name?  What is given to a name could be had by one, so a name with
 * dots is no more than a name. */
static int
is_super_like(PyObject *value)
{
    if (!cl_grammar_is(value, CL_NODE_CALL)) {
        return is_dotted(value);
    }
    PyObject *func = cl_grammar_get(value, cl_syntax_str.func);
    PyObject *id = func == NULL || !cl_grammar_is(func, CL_NODE_NAME)
                       ? NULL
                       : cl_grammar_get(func, cl_syntax_str.id);
    int is_super = id != NULL && cl_grammar_is_named(id, "super");
    Py_XDECREF(id);
    Py_XDECREF(func);
    PyErr_Clear();
    return is_super;
}

/* x.__class__.__name__, read: a str whatever x is.  node is the outer Attribute. */
static int
is_class_name(PyObject *node, PyObject *attr, PyObject *value)
{
    if (!cl_grammar_is_named(attr, "__name__") ||
        !cl_grammar_is(value, CL_NODE_ATTRIBUTE)) {
        return 0;
    }
    PyObject *inner_attr = cl_grammar_get(value, cl_syntax_str.attr);
    PyObject *ctx = cl_grammar_get(node, cl_syntax_str.ctx);
    int is_it = cl_grammar_is_named(inner_attr, "__class__") && cl_grammar_is_load(ctx);
    Py_XDECREF(ctx);
    Py_XDECREF(inner_attr);
    PyErr_Clear();
    return is_it;
}

/*
 * super().__setattr__(NAME, value) and Base.__setattr__(self, CL_NODE_NAME, value), and the
 * same with __delattr__: NAME must be written out, or the method be the one of that name
 * that the class defines, which CPython calls with names that were checked.
 */
static int
check_named_attribute(struct cl_check *c, PyObject *attr, const struct cl_place *at)
{
    if (!cl_grammar_is_named(attr, "__setattr__") &&
        !cl_grammar_is_named(attr, "__delattr__")) {
        return 0;
    }
    if (at->function != NULL && PyUnicode_Compare(at->function, attr) == 0) {
        return 0;
    }
    PyObject *args = PyObject_GetAttrString(c->call, "args");
    PyObject *value = PyObject_GetAttr(c->callee, cl_syntax_str.value);
    Py_ssize_t place = value != NULL && cl_grammar_is(value, CL_NODE_CALL) ? 0 : 1;
    PyObject *arg = args != NULL && PyList_Check(args) && PyList_GET_SIZE(args) > place
                        ? PyList_GET_ITEM(args, place) /* borrowed */
                        : NULL;
    PyObject *name = arg != NULL && cl_grammar_is(arg, CL_NODE_CONSTANT)
                         ? cl_grammar_get(arg, cl_syntax_str.value)
                         : NULL;
    int rc = name != NULL && PyUnicode_CheckExact(name)
                 ? cl_syntax_check_name(c, name, CL_NAME_ATTRIBUTE, at)
                 : cl_syntax_refuse(
                       c, at, CL_VIOLATION_NAME, "attribute by a name made at run time",
                       "write the attribute's name out here, or use setattr()");
    Py_XDECREF(name);
    Py_XDECREF(value);
    Py_XDECREF(args);
    return rc;
}

int
cl_syntax_attribute(struct cl_check *c, PyObject *node, const struct cl_place *at)
{
    PyObject *attr = cl_grammar_get(node, cl_syntax_str.attr);
    PyObject *value = cl_grammar_get(node, cl_syntax_str.value);
    PyObject *ctx = cl_grammar_get(node, cl_syntax_str.ctx);
    int rc = attr == NULL || value == NULL || ctx == NULL ? -1 : 0;
    if (rc == 0 && is_class_name(node, attr, value)) {
        PyObject *innermost = cl_grammar_get(value, cl_syntax_str.value);
        rc = innermost == NULL ? -1 : cl_syntax_walk(c, innermost, at);
        Py_XDECREF(innermost);
    } else if (rc == 0) {
        enum cl_name_slot slot =
            node == c->callee && is_super_like(value) ? CL_NAME_SUPER : CL_NAME_ATTRIBUTE;
        int is_read = cl_grammar_is_load(ctx);
        enum cl_name_verdict kind = cl_name_check(attr, slot, 0);
        /* What introspection allows, it allows to read. */
        rc = kind == CL_NAME_INTROSPECTIVE && !is_read
                 ? cl_syntax_check_name(c, attr, CL_NAME_BOUND, at)
                 : cl_syntax_check_name(c, attr, slot, at);
        if (rc == 0 && slot == CL_NAME_SUPER) {
            rc = check_named_attribute(c, attr, at);
        }
        rc = rc < 0 ? -1 : cl_syntax_walk(c, value, at);
    }
    Py_XDECREF(ctx);
    Py_XDECREF(value);
    Py_XDECREF(attr);
    return rc;
}

/* A str constant in an annotation may become code: typing evaluates it.  It is held
 * to the same rules; what does not parse cannot be evaluated either. */
int
cl_syntax_constant(struct cl_check *c, PyObject *node, const struct cl_place *at)
{
    PyObject *value = at->in_annotation && c->depth < 8
                          ? cl_grammar_get(node, cl_syntax_str.value)
                          : NULL;
    int rc = 0;
    if (value != NULL && PyUnicode_CheckExact(value)) {
        const char *text = PyUnicode_AsUTF8(value);
        PyCompilerFlags flags = {.cf_flags = PyCF_ONLY_AST | PyCF_IGNORE_COOKIE,
                                 .cf_feature_version = PY_MINOR_VERSION};
        cl_dynamic_enter(); /* of exec()'s text, too, it is the check that parses */
        PyObject *tree = text == NULL ? NULL
                                      : Py_CompileStringObject(text, c->filename,
                                                               Py_eval_input, &flags, -1);
        cl_dynamic_leave();
        PyErr_Clear();
        if (tree != NULL) {
            c->depth++; /* places are the constant's own */
            PyObject *body = PyObject_GetAttrString(tree, "body");
            rc = body == NULL ? -1 : cl_syntax_walk(c, body, at);
            Py_XDECREF(body);
            c->depth--;
        }
        Py_XDECREF(tree);
    }
    Py_XDECREF(value);
    PyErr_Clear();
    return rc;
}

/* Strings, one by one, that name attributes: __slots__ and __match_args__. */
static int
check_literal(struct cl_check *c, PyObject *value, const struct cl_place *at, int is_slots)
{
    if (cl_grammar_is(value, CL_NODE_CONSTANT)) {
        PyObject *text = cl_grammar_get(value, cl_syntax_str.value);
        int rc = text == NULL ? -1 : 0;
        int is_usual = rc == 0 && is_slots &&
                       (cl_grammar_is_named(text, "__dict__") ||
                        cl_grammar_is_named(text, "__weakref__"));
        if (rc == 0 && !is_usual && PyUnicode_CheckExact(text)) {
            rc = cl_syntax_check_name(c, text, CL_NAME_BOUND, at);
        } else if (rc == 0 && !is_usual) {
            rc = cl_syntax_refuse(c, at, CL_VIOLATION_SYNTAX, "class data",
                                  "names of attributes must be written as strings here");
        }
        Py_XDECREF(text);
        return rc;
    }
    PyObject *elements = PyObject_GetAttr(value, cl_syntax_str.elts);
    PyErr_Clear();
    if (elements == NULL || !PyList_Check(elements)) {
        Py_XDECREF(elements);
        return cl_syntax_refuse(
            c, at, CL_VIOLATION_SYNTAX, "class data",
            "__slots__ and __match_args__ must be a tuple of strings, written "
            "out");
    }
    int rc = 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(elements); i++) {
        rc = cl_grammar_is(PyList_GET_ITEM(elements, i), CL_NODE_CONSTANT)
                 ? check_literal(c, PyList_GET_ITEM(elements, i), at, is_slots)
                 : cl_syntax_refuse(
                       c, at, CL_VIOLATION_SYNTAX, "class data",
                       "__slots__ and __match_args__ must be a tuple of strings, "
                       "written out");
    }
    Py_DECREF(elements);
    return rc;
}

/* In a class: NAME = value, with a name that CPython reads. */
int
cl_syntax_class_data(struct cl_check *c, PyObject *node, const struct cl_place *at)
{
    PyObject *targets = cl_grammar_get(node, cl_syntax_str.targets);
    PyObject *target =
        targets != NULL && PyList_Check(targets) && PyList_GET_SIZE(targets) == 1
            ? PyList_GET_ITEM(targets, 0) /* borrowed from the tree */
            : NULL;
    Py_XDECREF(targets);
    if (target == NULL || !cl_grammar_is(target, CL_NODE_NAME)) {
        return 0;
    }
    PyObject *id = cl_grammar_get(target, cl_syntax_str.id);
    PyObject *value = cl_grammar_get(node, cl_syntax_str.value);
    int rc = id == NULL || value == NULL ? -1 : 0;
    if (rc == 0 && (cl_grammar_is_named(id, "__slots__") ||
                    cl_grammar_is_named(id, "__match_args__"))) {
        c->literal = target;
        rc = check_literal(c, value, at, cl_grammar_is_named(id, "__slots__"));
    }
    Py_XDECREF(value);
    Py_XDECREF(id);
    return rc;
}

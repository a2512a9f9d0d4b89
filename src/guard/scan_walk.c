/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the walk over a tree of `ast` objects: which kinds of nodes there are, in which
 * scope and under which name each stands, and which rules look at it.  A kind that is
 * not known here is walked through, so that a newer grammar hides nothing.
 */
#include "guard/scan_state.h"

#include <string.h>

#include "base/own.h"

static const struct {
    const char *name;
    enum cl_scan_kind kind;
} kinds[] = {
    {"FunctionDef", CL_SCAN_FUNCTION},
    {"AsyncFunctionDef", CL_SCAN_FUNCTION},
    {"Lambda", CL_SCAN_LAMBDA},
    {"ClassDef", CL_SCAN_CLASS},
    {"ListComp", CL_SCAN_COMPREHENSION},
    {"SetComp", CL_SCAN_COMPREHENSION},
    {"DictComp", CL_SCAN_COMPREHENSION},
    {"GeneratorExp", CL_SCAN_COMPREHENSION},
    {"Import", CL_SCAN_IMPORT},
    {"ImportFrom", CL_SCAN_IMPORT_FROM},
    {"Assign", CL_SCAN_ASSIGN},
    {"AnnAssign", CL_SCAN_ANN_ASSIGN},
    {"NamedExpr", CL_SCAN_WALRUS},
    {"For", CL_SCAN_FOR},
    {"AsyncFor", CL_SCAN_FOR},
    {"While", CL_SCAN_WHILE},
    {"With", CL_SCAN_WITH},
    {"AsyncWith", CL_SCAN_WITH},
    {"Call", CL_SCAN_CALL},
    {"Attribute", CL_SCAN_ATTRIBUTE},
    {"Name", CL_SCAN_NAME},
    {"Subscript", CL_SCAN_SUBSCRIPT},
    {"Constant", CL_SCAN_CONSTANT},
    {"JoinedStr", CL_SCAN_JOINED},
    {"Dict", CL_SCAN_DICT},
    {"BinOp", CL_SCAN_BINOP},
    {"UnaryOp", CL_SCAN_UNARY},
    {"Expr", CL_SCAN_EXPR},
    {"Global", CL_SCAN_GLOBAL},
    {"Break", CL_SCAN_BREAK},
    {"Return", CL_SCAN_LEAVE},
    {"Raise", CL_SCAN_LEAVE},
    {"Yield", CL_SCAN_LEAVE},
    {"YieldFrom", CL_SCAN_LEAVE},
    {"Await", CL_SCAN_LEAVE},
    {"IfExp", CL_SCAN_CHOICE},
    {"Compare", CL_SCAN_COMPARE},
};

/* ---- nodes -------------------------------------------------------------- */

static int
index_kinds(struct cl_scan *s)
{
    PyObject *ast = PyImport_ImportModule("_ast");
    s->kinds = PyDict_New();
    int rc = ast == NULL || s->kinds == NULL ? -1 : 0;
    for (size_t i = 0; rc == 0 && i < CL_COUNT(kinds); i++) {
        PyObject *type = PyObject_GetAttrString(ast, kinds[i].name);
        PyObject *number = PyLong_FromLong(kinds[i].kind);
        rc = type == NULL || number == NULL ? -1 : PyDict_SetItem(s->kinds, type, number);
        Py_XDECREF(number);
        Py_XDECREF(type);
    }
    Py_XDECREF(ast);
    return rc;
}

enum cl_scan_kind
cl_scan_kind(const struct cl_scan *s, PyObject *node)
{
    PyObject *number =
        node == NULL ? NULL : PyDict_GetItem(s->kinds, (PyObject *)Py_TYPE(node));
    return number == NULL ? CL_SCAN_OTHER : (enum cl_scan_kind)PyLong_AsLong(number);
}

PyObject *
cl_scan_get(PyObject *node, const char *name)
{
    PyObject *value = PyObject_GetAttrString(node, name);
    if (value == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        return Py_NewRef(Py_None);
    }
    return value;
}

/* The node holds it, and nobody changes the tree: lent. */
static PyObject *
lend(PyObject *node, const char *name)
{
    PyObject *value = PyObject_GetAttrString(node, name);
    Py_XDECREF(value);
    PyErr_Clear();
    return value;
}

PyObject *
cl_scan_list(PyObject *node, const char *name)
{
    PyObject *value = lend(node, name);
    return value != NULL && PyList_CheckExact(value) ? value : NULL;
}

PyObject *
cl_scan_child(PyObject *node, const char *name)
{
    PyObject *value = lend(node, name);
    return value == Py_None ? NULL : value;
}

const char *
cl_scan_text(PyObject *node, const char *name)
{
    PyObject *value = lend(node, name);
    const char *text =
        value != NULL && PyUnicode_CheckExact(value) ? PyUnicode_AsUTF8(value) : NULL;
    PyErr_Clear(); /* a lone surrogate */
    return text;
}

long
cl_scan_number(PyObject *node, const char *name)
{
    PyObject *value = lend(node, name);
    long number = value != NULL && PyLong_CheckExact(value) ? PyLong_AsLong(value) : 0;
    PyErr_Clear();
    return number;
}

const char *
cl_scan_class(PyObject *node)
{
    const char *name = Py_TYPE(node)->tp_name;
    const char *dot = strrchr(name, '.');
    return dot == NULL ? name : dot + 1;
}

static int
visit_value(struct cl_scan *s, PyObject *value, cl_scan_visit *visit, void *ctx)
{
    int rc = 0;
    if (PyList_CheckExact(value)) {
        for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(value); i++) {
            rc = visit_value(s, PyList_GET_ITEM(value, i), visit, ctx);
        }
    } else if (PyObject_HasAttrString(value, "_fields")) {
        rc = visit(s, value, ctx);
    }
    return rc;
}

int
cl_scan_children(struct cl_scan *s, PyObject *node, cl_scan_visit *visit, void *ctx)
{
    PyObject *fields = PyObject_GetAttrString((PyObject *)Py_TYPE(node), "_fields");
    int rc = fields == NULL || !PyTuple_Check(fields) ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyTuple_GET_SIZE(fields); i++) {
        PyObject *value = PyObject_GetAttr(node, PyTuple_GET_ITEM(fields, i));
        if (value == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
            PyErr_Clear();
            continue;
        }
        rc = value == NULL ? -1 : visit_value(s, value, visit, ctx);
        Py_XDECREF(value);
    }
    Py_XDECREF(fields);
    return rc;
}

/* ---- the walk ----------------------------------------------------------- */

static int walk(struct cl_scan *s, PyObject *node, void *ctx);

static int
walk_field(struct cl_scan *s, PyObject *node, const char *name)
{
    PyObject *value = cl_scan_get(node, name);
    int rc = value == NULL ? -1 : visit_value(s, value, walk, NULL);
    Py_XDECREF(value);
    return rc;
}

/* A value that is given the name: a Name, or the last part of an Attribute. */
static int
walk_named(struct cl_scan *s, PyObject *target, PyObject *value)
{
    PyObject *outer = s->hint;
    PyObject *name = cl_scan_child(target, "id");
    if (name == NULL) {
        name = cl_scan_child(target, "attr");
    }
    if (name == NULL && cl_scan_kind(s, target) == CL_SCAN_SUBSCRIPT) {
        PyObject *key = cl_scan_child(target, "slice");
        name = key == NULL ? NULL : cl_scan_child(key, "value");
    }
    s->hint = name != NULL && PyUnicode_CheckExact(name) ? name : NULL;
    int rc = walk(s, value, NULL);
    s->hint = outer;
    return rc;
}

static int
walk_assign(struct cl_scan *s, PyObject *node)
{
    PyObject *targets = cl_scan_list(node, "targets");
    PyObject *target = targets != NULL && PyList_GET_SIZE(targets) > 0
                           ? PyList_GET_ITEM(targets, 0)
                           : cl_scan_child(node, "target");
    PyObject *value = cl_scan_child(node, "value");
    int rc = target == NULL || value == NULL ? 0 : walk_named(s, target, value);
    rc = rc < 0 ? -1 : cl_scan_bind(s, node);
    if (rc == 0 && targets != NULL) {
        rc = walk_field(s, node, "targets");
    } else if (rc == 0) {
        rc = walk_field(s, node, "target");
    }
    return rc < 0 ? -1 : walk_field(s, node, "annotation");
}

static int
walk_dict(struct cl_scan *s, PyObject *node)
{
    PyObject *keys = cl_scan_list(node, "keys");
    PyObject *values = cl_scan_list(node, "values");
    int rc = keys == NULL || values == NULL ? 0 : walk_field(s, node, "keys");
    for (Py_ssize_t i = 0; rc == 0 && keys != NULL && values != NULL &&
                           i < PyList_GET_SIZE(keys) && i < PyList_GET_SIZE(values);
         i++) {
        PyObject *outer = s->hint;
        PyObject *key = PyList_GET_ITEM(keys, i);
        PyObject *name = key == Py_None ? NULL : cl_scan_child(key, "value");
        s->hint = name != NULL && PyUnicode_CheckExact(name) ? name : NULL;
        rc = walk(s, PyList_GET_ITEM(values, i), NULL);
        s->hint = outer;
    }
    return rc;
}

/* f(password="...") */
static int
walk_call(struct cl_scan *s, PyObject *node)
{
    PyObject *keywords = cl_scan_list(node, "keywords");
    PyObject *outer = s->hint;
    cl_scan_call(s, node);
    s->hint = NULL;
    int rc = walk_field(s, node, "func") < 0 || walk_field(s, node, "args") < 0 ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && keywords != NULL && i < PyList_GET_SIZE(keywords);
         i++) {
        PyObject *keyword = PyList_GET_ITEM(keywords, i);
        s->hint = cl_scan_child(keyword, "arg");
        rc = walk_field(s, keyword, "value");
    }
    s->hint = outer;
    return rc;
}

/* def f(password="..."): the defaults are those of the last parameters. */
static int
walk_defaults(struct cl_scan *s, PyObject *arguments, const char *args,
              const char *defaults)
{
    PyObject *names = cl_scan_list(arguments, args);
    PyObject *values = cl_scan_list(arguments, defaults);
    if (names == NULL || values == NULL) {
        return 0;
    }
    Py_ssize_t skip = PyList_GET_SIZE(names) - PyList_GET_SIZE(values);
    PyObject *outer = s->hint;
    int rc = 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(values); i++) {
        PyObject *value = PyList_GET_ITEM(values, i);
        s->hint = skip + i < 0 || skip + i >= PyList_GET_SIZE(names)
                      ? NULL
                      : cl_scan_child(PyList_GET_ITEM(names, skip + i), "arg");
        rc = value == Py_None ? 0 : walk(s, value, NULL);
    }
    s->hint = outer;
    return rc;
}

/* What stands around a function is evaluated outside its scope; loops around it do
 * not repeat its body. */
static int
walk_function(struct cl_scan *s, PyObject *node)
{
    static const char *const before[] = {"decorator_list", "returns", "bases", "keywords",
                                         "type_params"};
    PyObject *arguments = cl_scan_child(node, "args");
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < CL_COUNT(before); i++) {
        rc = walk_field(s, node, before[i]);
    }
    if (rc == 0 && arguments != NULL && !PyList_CheckExact(arguments)) {
        rc = walk_defaults(s, arguments, "args", "defaults") < 0 ||
                     walk_defaults(s, arguments, "kwonlyargs", "kw_defaults") < 0
                 ? -1
                 : 0;
    }
    struct cl_scan_scope scope = {.outer = s->scope,
                                  .names = PyDict_New(),
                                  .is_class = cl_scan_kind(s, node) == CL_SCAN_CLASS};
    double rounds = s->rounds;
    PyObject *hint = s->hint;
    rc = rc < 0 || scope.names == NULL ? -1 : 0;
    if (rc == 0) {
        s->scope = &scope;
        s->rounds = scope.is_class ? rounds : 1;
        s->hint = NULL;
        rc = cl_scan_collect(s, node) < 0 ? -1 : walk_field(s, node, "body");
        s->hint = hint;
        s->rounds = rounds;
        s->scope = scope.outer;
    }
    Py_XDECREF(scope.names);
    return rc;
}

static int
walk_comprehension(struct cl_scan *s, PyObject *node)
{
    PyObject *generators = cl_scan_list(node, "generators");
    struct cl_scan_scope scope = {.outer = s->scope, .names = PyDict_New()};
    double rounds = s->rounds;
    int is_generator = strcmp(cl_scan_class(node), "GeneratorExp") == 0;
    int rc = scope.names == NULL ? -1 : 0;
    if (rc == 0) {
        s->scope = &scope;
        rc = cl_scan_collect(s, node);
        for (Py_ssize_t i = 0;
             rc == 0 && generators != NULL && i < PyList_GET_SIZE(generators); i++) {
            PyObject *iter = cl_scan_child(PyList_GET_ITEM(generators, i), "iter");
            if (iter != NULL) {
                cl_scan_for(s, PyList_GET_ITEM(generators, i), iter, is_generator);
                s->rounds *= cl_scan_rounds(s, iter);
            }
        }
        rc = rc < 0 ? -1 : cl_scan_children(s, node, walk, NULL);
        s->rounds = rounds;
        s->scope = scope.outer;
    }
    Py_XDECREF(scope.names);
    return rc;
}

static int
walk_for(struct cl_scan *s, PyObject *node)
{
    PyObject *iter = cl_scan_child(node, "iter");
    double rounds = s->rounds;
    if (iter == NULL || walk_field(s, node, "iter") < 0) {
        return -1;
    }
    cl_scan_for(s, node, iter, 0);
    s->rounds *= cl_scan_rounds(s, iter);
    int rc = walk_field(s, node, "target") < 0 || walk_field(s, node, "body") < 0 ? -1 : 0;
    s->rounds = rounds;
    return rc < 0 ? -1 : walk_field(s, node, "orelse");
}

/* A name or an attribute that says what it is; its parts say no more then. */
static int
walk_path(struct cl_scan *s, PyObject *node)
{
    char path[CL_SCAN_PATH];
    const char *attr = cl_scan_text(node, "attr");
    const char *id = cl_scan_text(node, "id");
    int is_outermost = !s->is_path;
    PyObject *ctx = cl_scan_child(node, "ctx");
    if (attr == NULL && id != NULL && ctx != NULL &&
        strcmp(cl_scan_class(ctx), "Load") != 0) {
        return 0; /* a name that is bound here */
    }
    if (attr != NULL && cl_scan_is_escape(attr)) {
        cl_scan_find(s, node, CL_RULE_ESCAPE_NAME, attr, NULL);
    }
    int is_known = cl_scan_resolve(s, node, path);
    enum cl_rule rule = is_known ? cl_scan_rule_of_path(path) : CL_RULE_NONE;
    if (rule != CL_RULE_NONE && is_outermost) {
        int is_builtin = strncmp(path, "builtins.", 9) == 0;
        cl_scan_find(s, node, rule, path + (is_builtin ? 9 : 0), NULL);
        s->is_path = 1;
    }
    if (is_known && attr != NULL) {
        cl_scan_profile_path(s, node, path);
    }
    int rc = id != NULL ? 0 : walk_field(s, node, "value");
    s->is_path = is_outermost ? 0 : s->is_path;
    return rc < 0 || cl_scan_kind(s, node) != CL_SCAN_SUBSCRIPT
               ? rc
               : walk_field(s, node, "slice");
}

/* A string by itself is a comment. */
static int
walk_expression(struct cl_scan *s, PyObject *node)
{
    PyObject *value = cl_scan_child(node, "value");
    return value != NULL && cl_scan_kind(s, value) == CL_SCAN_CONSTANT
               ? 0
               : cl_scan_children(s, node, walk, NULL);
}

static int
visit(struct cl_scan *s, PyObject *node)
{
    switch (cl_scan_kind(s, node)) {
    case CL_SCAN_FUNCTION:
    case CL_SCAN_LAMBDA:
    case CL_SCAN_CLASS: return walk_function(s, node);
    case CL_SCAN_COMPREHENSION: return walk_comprehension(s, node);
    case CL_SCAN_IMPORT:
    case CL_SCAN_IMPORT_FROM: cl_scan_import(s, node); return cl_scan_bind(s, node);
    case CL_SCAN_ASSIGN:
    case CL_SCAN_ANN_ASSIGN:
    case CL_SCAN_WALRUS: return walk_assign(s, node);
    case CL_SCAN_FOR: return walk_for(s, node);
    case CL_SCAN_WHILE: cl_scan_while(s, node); break;
    case CL_SCAN_WITH:
        return cl_scan_bind(s, node) < 0 ? -1 : cl_scan_children(s, node, walk, NULL);
    case CL_SCAN_CALL: return walk_call(s, node);
    case CL_SCAN_ATTRIBUTE:
    case CL_SCAN_SUBSCRIPT:
    case CL_SCAN_NAME: return walk_path(s, node);
    case CL_SCAN_CONSTANT: cl_scan_constant(s, node); return 0;
    case CL_SCAN_DICT: return walk_dict(s, node);
    case CL_SCAN_BINOP: cl_scan_operation(s, node); break;
    case CL_SCAN_EXPR: return walk_expression(s, node);
    case CL_SCAN_JOINED:
    case CL_SCAN_UNARY:
    case CL_SCAN_GLOBAL:
    case CL_SCAN_BREAK:
    case CL_SCAN_LEAVE:
    case CL_SCAN_CHOICE:
    case CL_SCAN_COMPARE:
    case CL_SCAN_OTHER: break;
    }
    return cl_scan_children(s, node, walk, NULL);
}

static int
walk(struct cl_scan *s, PyObject *node, void *ctx)
{
    (void)ctx;
    if (s->nesting >= CL_SCAN_NESTING) {
        PyErr_SetString(PyExc_RecursionError, "the code is nested too deeply");
        return -1;
    }
    s->nesting++;
    int was_path = s->is_path;
    enum cl_scan_kind kind = cl_scan_kind(s, node);
    if (kind != CL_SCAN_NAME && kind != CL_SCAN_ATTRIBUTE && kind != CL_SCAN_SUBSCRIPT) {
        s->is_path = 0; /* os.popen(open(x)): what is within has its own */
    }
    int rc = visit(s, node);
    s->is_path = was_path;
    s->nesting--;
    return rc;
}

int
cl_scan_walk_module(struct cl_scan *s, PyObject *tree)
{
    struct cl_scan_scope scope = {.names = PyDict_New()};
    s->stars = PyList_New(0);
    int rc = scope.names == NULL || s->stars == NULL ? -1 : index_kinds(s);
    if (rc == 0) {
        s->scope = &scope;
        rc = cl_scan_collect(s, tree) < 0 ? -1 : cl_scan_children(s, tree, walk, NULL);
        s->scope = NULL;
    }
    Py_XDECREF(scope.names);
    return rc;
}

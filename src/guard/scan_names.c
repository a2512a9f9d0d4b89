/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what names stand for: imports and their aliases, simple assignments, by scope.
 *
 * Each scope's own statements are read before it is walked, so that a function knows
 * what is imported below it; while it is walked, bindings are made anew in order.  A
 * name that was something known stays that: `x = eval` in one branch and `x = None` in
 * another is eval.
 */
#include "guard/scan_state.h"

#include <string.h>

#include "base/own.h"

/* Of one expression: every part of it is asked what it is, so that this bounds how
 * often each is looked at. */
enum { MAX_DEPTH = 24 };

static int
put(struct cl_scan *s, const char *name, const char *path)
{
    PyObject *known = PyDict_GetItemString(s->scope->names, name); /* borrowed */
    if (path[0] == '\0' && known != NULL) {
        return 0;
    }
    PyObject *text = PyUnicode_FromString(path);
    int rc = text == NULL ? -1 : PyDict_SetItemString(s->scope->names, name, text);
    Py_XDECREF(text);
    return rc;
}

/* ---- binding ------------------------------------------------------------ */

/* Each name of a target, bound to nothing known. */
static int
bind_unknown(struct cl_scan *s, PyObject *target, void *ctx)
{
    const char *id = cl_scan_text(target, "id");
    enum cl_scan_kind kind = cl_scan_kind(s, target);
    if (id != NULL && kind == CL_SCAN_NAME) {
        return put(s, id, "");
    }
    return kind == CL_SCAN_ATTRIBUTE || kind == CL_SCAN_SUBSCRIPT
               ? 0
               : cl_scan_children(s, target, bind_unknown, ctx);
}

static int
bind_target(struct cl_scan *s, PyObject *target, PyObject *value)
{
    char path[CL_SCAN_PATH];
    const char *id = cl_scan_text(target, "id");
    if (target == NULL || id == NULL || value == NULL || !cl_scan_resolve(s, value, path)) {
        PyObject *left = target == NULL ? NULL : cl_scan_list(target, "elts");
        PyObject *right = value == NULL ? NULL : cl_scan_list(value, "elts");
        int rc = 0;
        if (left == NULL || right == NULL ||
            PyList_GET_SIZE(left) != PyList_GET_SIZE(right)) {
            return target == NULL ? 0 : bind_unknown(s, target, NULL);
        }
        for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(left); i++) {
            rc = bind_target(s, PyList_GET_ITEM(left, i), PyList_GET_ITEM(right, i));
        }
        return rc;
    }
    return put(s, id, path);
}

static int
bind_import(struct cl_scan *s, PyObject *alias, const char *module)
{
    char path[CL_SCAN_PATH];
    const char *name = cl_scan_text(alias, "name");
    const char *asname = cl_scan_text(alias, "asname");
    if (name == NULL) {
        return 0;
    }
    if (module != NULL && strcmp(name, "*") == 0) {
        PyObject *text = PyUnicode_FromString(module);
        int rc = text == NULL ? -1 : PyList_Append(s->stars, text);
        Py_XDECREF(text);
        return rc;
    }
    if (module != NULL) {
        int n = snprintf(path, sizeof path, "%s.%s", module, name);
        return n < 0 || (size_t)n >= sizeof path
                   ? 0
                   : put(s, asname == NULL ? name : asname, path);
    }
    if (asname != NULL) {
        return strlen(name) < sizeof path ? put(s, asname, name) : 0;
    }
    size_t len = strcspn(name, "."); /* `import a.b` binds a */
    if (len >= sizeof path) {
        return 0;
    }
    memcpy(path, name, len);
    path[len] = '\0';
    return put(s, path, path);
}

static int
bind_imports(struct cl_scan *s, PyObject *node, int is_from)
{
    const char *module = is_from ? cl_scan_text(node, "module") : NULL;
    PyObject *names = cl_scan_list(node, "names");
    int rc = 0;
    if (is_from && (module == NULL || cl_scan_number(node, "level") > 0)) {
        module = ""; /* the program's own package */
    }
    for (Py_ssize_t i = 0; rc == 0 && names != NULL && i < PyList_GET_SIZE(names); i++) {
        rc = bind_import(s, PyList_GET_ITEM(names, i), module);
    }
    return rc;
}

static int
bind_with(struct cl_scan *s, PyObject *node)
{
    PyObject *items = cl_scan_list(node, "items");
    int rc = 0;
    for (Py_ssize_t i = 0; rc == 0 && items != NULL && i < PyList_GET_SIZE(items); i++) {
        PyObject *item = PyList_GET_ITEM(items, i);
        PyObject *vars = cl_scan_child(item, "optional_vars");
        rc = vars == NULL ? 0 : bind_target(s, vars, cl_scan_child(item, "context_expr"));
    }
    return rc;
}

int
cl_scan_bind(struct cl_scan *s, PyObject *node)
{
    PyObject *targets = NULL;
    PyObject *value = NULL;
    int rc = 0;
    switch (cl_scan_kind(s, node)) {
    case CL_SCAN_IMPORT: return bind_imports(s, node, 0);
    case CL_SCAN_IMPORT_FROM: return bind_imports(s, node, 1);
    case CL_SCAN_WITH: return bind_with(s, node);
    case CL_SCAN_ASSIGN:
        targets = cl_scan_list(node, "targets");
        value = cl_scan_child(node, "value");
        for (Py_ssize_t i = 0; rc == 0 && targets != NULL && i < PyList_GET_SIZE(targets);
             i++) {
            rc = bind_target(s, PyList_GET_ITEM(targets, i), value);
        }
        return rc;
    case CL_SCAN_ANN_ASSIGN:
    case CL_SCAN_WALRUS:
        return bind_target(s, cl_scan_child(node, "target"), cl_scan_child(node, "value"));
    default: return 0;
    }
}

/* ---- what a scope binds itself ------------------------------------------ */

static int
collect(struct cl_scan *s, PyObject *node, void *ctx)
{
    const char *name = NULL;
    if (s->nesting >= CL_SCAN_NESTING) {
        return 0; /* the walk will say so */
    }
    switch (cl_scan_kind(s, node)) {
    case CL_SCAN_FUNCTION:
    case CL_SCAN_CLASS:
        name = cl_scan_text(node, "name");
        return name == NULL ? 0 : put(s, name, "");
    case CL_SCAN_LAMBDA:
    case CL_SCAN_COMPREHENSION: return 0;
    case CL_SCAN_IMPORT:
    case CL_SCAN_IMPORT_FROM:
    case CL_SCAN_ASSIGN:
    case CL_SCAN_ANN_ASSIGN: return cl_scan_bind(s, node);
    case CL_SCAN_FOR:
        if (bind_unknown(s, cl_scan_child(node, "target"), NULL) < 0) {
            return -1;
        }
        break;
    case CL_SCAN_WITH:
    case CL_SCAN_WALRUS:
        if (cl_scan_bind(s, node) < 0) {
            return -1;
        }
        break;
    default: break;
    }
    s->nesting++;
    int rc = cl_scan_children(s, node, collect, ctx);
    s->nesting--;
    return rc;
}

/* Parameters, targets of a comprehension. */
static int
collect_parameters(struct cl_scan *s, PyObject *node, void *ctx)
{
    const char *arg = cl_scan_text(node, "arg");
    PyObject *target = cl_scan_child(node, "target");
    (void)ctx;
    if (arg != NULL) {
        return put(s, arg, "");
    }
    return target == NULL ? 0 : bind_unknown(s, target, NULL);
}

int
cl_scan_collect(struct cl_scan *s, PyObject *node)
{
    PyObject *arguments = cl_scan_child(node, "args");
    PyObject *body = cl_scan_list(node, "body");
    int rc = 0;
    if (arguments != NULL && !PyList_CheckExact(arguments)) {
        rc = cl_scan_children(s, arguments, collect_parameters, NULL);
    } else if (cl_scan_kind(s, node) == CL_SCAN_COMPREHENSION) {
        rc = cl_scan_children(s, node, collect_parameters, NULL);
    }
    for (Py_ssize_t i = 0; rc == 0 && body != NULL && i < PyList_GET_SIZE(body); i++) {
        rc = collect(s, PyList_GET_ITEM(body, i), NULL);
    }
    return rc;
}

/* ---- resolving ---------------------------------------------------------- */

static int
is_builtin(const char *name)
{
    PyObject *module = PyImport_AddModule("builtins"); /* borrowed */
    int is = module != NULL && PyDict_GetItemString(PyModule_GetDict(module), name) != NULL;
    PyErr_Clear();
    return is;
}

static int
join(char out[CL_SCAN_PATH], const char *middle, const char *last)
{
    size_t len = strlen(out);
    int n = snprintf(out + len, CL_SCAN_PATH - len, "%s%s", middle, last);
    return n >= 0 && (size_t)n < CL_SCAN_PATH - len;
}

static int
copy(char out[CL_SCAN_PATH], const char *text)
{
    out[0] = '\0';
    return join(out, text, "");
}

static int
resolve_name(struct cl_scan *s, const char *name, char out[CL_SCAN_PATH])
{
    for (struct cl_scan_scope *scope = s->scope; scope != NULL; scope = scope->outer) {
        PyObject *path = scope->is_class && scope != s->scope
                             ? NULL
                             : PyDict_GetItemString(scope->names, name); /* borrowed */
        if (path != NULL) {
            const char *text = PyUnicode_AsUTF8(path);
            return text != NULL && text[0] != '\0' && copy(out, text);
        }
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(s->stars); i++) {
        const char *module = PyUnicode_AsUTF8(PyList_GET_ITEM(s->stars, i));
        if (module != NULL && copy(out, module) && join(out, ".", name) &&
            cl_scan_rule_of_path(out) != CL_RULE_NONE) {
            return 1;
        }
    }
    if (strcmp(name, "__builtins__") == 0) {
        return copy(out, "builtins");
    }
    return is_builtin(name) && copy(out, "builtins") && join(out, ".", name);
}

static PyObject *
argument(PyObject *call, Py_ssize_t i)
{
    PyObject *args = cl_scan_list(call, "args");
    return args != NULL && i < PyList_GET_SIZE(args) ? PyList_GET_ITEM(args, i) : NULL;
}

/* What a call gives, where it is one of those that lead on. */
static int
resolve_call(struct cl_scan *s, PyObject *node, char out[CL_SCAN_PATH])
{
    char text[CL_SCAN_PATH];
    PyObject *func = cl_scan_child(node, "func");
    PyObject *first = argument(node, 0);
    if (func == NULL || !cl_scan_resolve(s, func, out)) {
        return 0;
    }
    int is_dunder = strcmp(out, "builtins.__import__") == 0;
    if (is_dunder || strcmp(out, "importlib.import_module") == 0 ||
        strcmp(out, "importlib.__import__") == 0) {
        if (first == NULL || !cl_scan_fold_text(s, first, text)) {
            return join(out, "()", "");
        }
        if (out[0] == 'b') {
            text[strcspn(text, ".")] = '\0'; /* the top of the package */
        }
        return copy(out, text);
    }
    if (strcmp(out, "builtins.getattr") == 0) {
        PyObject *name = argument(node, 1);
        return first != NULL && name != NULL && cl_scan_fold_text(s, name, text) &&
               cl_scan_resolve(s, first, out) && join(out, ".", text);
    }
    if (strcmp(out, "builtins.vars") == 0 || strcmp(out, "functools.partial") == 0) {
        return first != NULL && cl_scan_resolve(s, first, out);
    }
    return join(out, "()", "");
}

static int
resolve_subscript(struct cl_scan *s, PyObject *node, char out[CL_SCAN_PATH])
{
    char key[CL_SCAN_PATH];
    PyObject *value = cl_scan_child(node, "value");
    PyObject *slice = cl_scan_child(node, "slice");
    if (value == NULL || slice == NULL || !cl_scan_fold_text(s, slice, key) ||
        !cl_scan_resolve(s, value, out)) {
        return 0;
    }
    if (strcmp(out, "sys.modules") == 0) {
        return copy(out, key);
    }
    if (strcmp(out, "builtins.globals()") == 0 || strcmp(out, "builtins.locals()") == 0) {
        return resolve_name(s, key, out);
    }
    return join(out, ".", key);
}

static int
resolve_attribute(struct cl_scan *s, PyObject *node, char out[CL_SCAN_PATH])
{
    PyObject *value = cl_scan_child(node, "value");
    const char *attr = cl_scan_text(node, "attr");
    if (value == NULL || attr == NULL || !cl_scan_resolve(s, value, out)) {
        return 0;
    }
    /* The namespace of a module, and a function by another name. */
    return strcmp(attr, "__dict__") == 0 || strcmp(attr, "__call__") == 0 ||
           join(out, ".", attr);
}

int
cl_scan_resolve(struct cl_scan *s, PyObject *node, char out[CL_SCAN_PATH])
{
    const char *id = NULL;
    PyObject *inner = NULL;
    int is_known = 0;
    if (s->depth >= MAX_DEPTH) {
        return 0;
    }
    s->depth++;
    switch (cl_scan_kind(s, node)) {
    case CL_SCAN_NAME:
        id = cl_scan_text(node, "id");
        is_known = id != NULL && resolve_name(s, id, out);
        break;
    case CL_SCAN_ATTRIBUTE: is_known = resolve_attribute(s, node, out); break;
    case CL_SCAN_CALL: is_known = resolve_call(s, node, out); break;
    case CL_SCAN_SUBSCRIPT: is_known = resolve_subscript(s, node, out); break;
    case CL_SCAN_WALRUS:
    case CL_SCAN_LEAVE: /* await x */
        inner = cl_scan_child(node, "value");
        is_known = inner != NULL && cl_scan_resolve(s, inner, out);
        break;
    case CL_SCAN_CHOICE:
        inner = cl_scan_child(node, "body");
        is_known = inner != NULL && cl_scan_resolve(s, inner, out);
        inner = cl_scan_child(node, "orelse");
        is_known = is_known || (inner != NULL && cl_scan_resolve(s, inner, out));
        break;
    default: break;
    }
    s->depth--;
    return is_known;
}

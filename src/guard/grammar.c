/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the comparison of the table with the interpreter, and the index of its node
 * types.  Made in the zygote; only read after.  Under the GIL.
 */
#include "guard/grammar.h"

#include <string.h>

#include "base/own.h"
#include "guard/state.h"

enum { MAX_NODES = 160 };

static struct cl_grammar_node nodes[MAX_NODES];
static size_t n_nodes;
static PyObject *index_of;  /* type -> int */
static PyObject *load_type; /* of expr_context */
struct cl_syntax_names cl_syntax_str;

static const struct {
    const char *name;
    enum cl_node_special special;
} specials[] = {
    {"Name", CL_NODE_NAME},
    {"Attribute", CL_NODE_ATTRIBUTE},
    {"Call", CL_NODE_CALL},
    {"FunctionDef", CL_NODE_FUNCTION},
    {"AsyncFunctionDef", CL_NODE_FUNCTION},
    {"ClassDef", CL_NODE_CLASS},
    {"Lambda", CL_NODE_LAMBDA},
    {"ListComp", CL_NODE_COMPREHENSION},
    {"SetComp", CL_NODE_COMPREHENSION},
    {"DictComp", CL_NODE_COMPREHENSION},
    {"GeneratorExp", CL_NODE_COMPREHENSION},
    {"comprehension", CL_NODE_GENERATORS},
    {"Assign", CL_NODE_ASSIGN},
    {"AnnAssign", CL_NODE_ANN_ASSIGN},
    {"arg", CL_NODE_ARG},
    {"Constant", CL_NODE_CONSTANT},
    {"Import", CL_NODE_IMPORT},
    {"ImportFrom", CL_NODE_IMPORT_FROM},
    {"alias", CL_NODE_ALIAS},
    {"MatchClass", CL_NODE_MATCH_CLASS},
};

/* doc without runs of white space, in out. */
static void
squeeze(const char *doc, char *out, size_t size)
{
    size_t n = 0;
    for (; *doc != '\0' && n + 1 < size; doc++) {
        int is_space = *doc == ' ' || *doc == '\n' || *doc == '\t';
        if (is_space && (n == 0 || out[n - 1] == ' ')) {
            continue;
        }
        out[n++] = is_space ? ' ' : *doc;
    }
    out[n] = '\0';
}

static const struct cl_node_row *
row_for(const char *name)
{
    for (size_t i = 0; i < cl_node_row_count; i++) {
        const struct cl_node_row *row = &cl_node_rows[i];
        if (strcmp(row->name, name) == 0 &&
            (row->first == 0 ||
             (row->first <= PY_MINOR_VERSION && PY_MINOR_VERSION <= row->last))) {
            return row;
        }
    }
    return NULL;
}

/* "expr? value" -> its name and kind. */
static int
parse_field(const char *text, size_t len, struct cl_grammar_field *out)
{
    const char *space = memchr(text, ' ', len);
    if (space == NULL) {
        return -1;
    }
    size_t type_len = (size_t)(space - text);
    int is_list_or_optional = text[type_len - 1] == '*' || text[type_len - 1] == '?';
    size_t base = type_len - (size_t)is_list_or_optional;
    static const char *const values[] = {"int", "string", "constant"};
    out->kind = CL_FIELD_NODE;
    if (base == 10 && memcmp(text, "identifier", 10) == 0) {
        out->kind = CL_FIELD_IDENTIFIER;
    }
    for (size_t i = 0; i < CL_COUNT(values); i++) {
        if (strlen(values[i]) == base && memcmp(text, values[i], base) == 0) {
            out->kind = CL_FIELD_OTHER;
        }
    }
    out->name = PyUnicode_FromStringAndSize(space + 1, (Py_ssize_t)(len - type_len - 1));
    if (out->name != NULL) {
        PyUnicode_InternInPlace(&out->name);
    }
    return out->name == NULL ? -1 : 0;
}

static int
parse_fields(struct cl_grammar_node *n)
{
    const char *at = n->row->fields;
    while (*at != '\0') {
        const char *comma = strstr(at, ", ");
        size_t len = comma == NULL ? strlen(at) : (size_t)(comma - at);
        if (n->n_fields == CL_NODE_FIELDS ||
            parse_field(at, len, &n->fields[n->n_fields]) < 0) {
            return -1;
        }
        n->n_fields++;
        at += len + (comma == NULL ? 0 : 2);
    }
    return 0;
}

/* Are the type's _fields those of the row, in order? */
static int
has_fields(const struct cl_grammar_node *n)
{
    PyObject *fields = PyObject_GetAttrString((PyObject *)n->type, "_fields");
    int is_same =
        fields != NULL && PyTuple_Check(fields) && PyTuple_GET_SIZE(fields) == n->n_fields;
    for (int i = 0; is_same && i < n->n_fields; i++) {
        is_same = PyUnicode_Compare(PyTuple_GET_ITEM(fields, i), n->fields[i].name) == 0;
    }
    Py_XDECREF(fields);
    PyErr_Clear();
    return is_same;
}

/* Have nodes of the kind a line and a column?  -1: it cannot be known. */
static int
has_position(PyTypeObject *type)
{
    PyObject *attributes = PyObject_GetAttrString((PyObject *)type, "_attributes");
    int has = attributes == NULL || !PyTuple_Check(attributes)
                  ? -1
                  : PyTuple_GET_SIZE(attributes) > 0;
    Py_XDECREF(attributes);
    PyErr_Clear();
    return has;
}

static int
add_node(const char *name, PyTypeObject *type, const char *doc, struct cloche_error *err)
{
    const struct cl_node_row *row = row_for(name);
    char expected[512];
    (void)snprintf(expected, sizeof expected, "%s%s%s%s", name,
                   row != NULL && row->fields[0] ? "(" : "", row == NULL ? "" : row->fields,
                   row != NULL && row->fields[0] ? ")" : "");
    if (row == NULL || strcmp(doc, expected) != 0) {
        return cl_fail(err, CLOCHE_EHOST,
                       "level restricted does not know this CPython's grammar: it has "
                       "'%.100s', the guard's table '%.100s'",
                       doc, row == NULL ? "nothing of that name" : expected);
    }
    if (n_nodes == MAX_NODES) {
        return cl_fail(err, CLOCHE_EINTERNAL, "more than %d kinds of nodes", MAX_NODES);
    }
    struct cl_grammar_node *n = &nodes[n_nodes];
    *n = (struct cl_grammar_node){
        .type = type, .row = row, .has_position = has_position(type)};
    for (size_t i = 0; i < CL_COUNT(specials); i++) {
        n->special = strcmp(specials[i].name, name) == 0 ? specials[i].special : n->special;
    }
    n->is_denied = cl_guard_lists(&cl_guard_plan()->syntax_deny, name);
    if (parse_fields(n) < 0 || !has_fields(n) || n->has_position < 0) {
        return cl_fail(err, CLOCHE_EHOST,
                       "level restricted does not know the fields of this CPython's '%s'",
                       name);
    }
    PyObject *number = PyLong_FromSize_t(n_nodes);
    int rc = number == NULL ? -1 : PyDict_SetItem(index_of, (PyObject *)type, number);
    Py_XDECREF(number);
    n_nodes++;
    return rc < 0 ? cl_fail_nomem(err) : 0;
}

/* Each class of _ast that is a node and not a sum of them ("expr = BoolOp | ..."). */
static int
add_nodes(PyObject *module, struct cloche_error *err)
{
    PyObject *key = NULL;
    PyObject *value = NULL;
    Py_ssize_t at = 0;
    PyObject *base = PyObject_GetAttrString(module, "AST");
    while (base != NULL && PyDict_Next(PyModule_GetDict(module), &at, &key, &value)) {
        if (!PyType_Check(value) || value == base ||
            !PyType_IsSubtype((PyTypeObject *)value, (PyTypeObject *)base)) {
            continue;
        }
        const char *name = PyUnicode_AsUTF8(key);
        PyObject *doc_object = PyObject_GetAttrString(value, "__doc__");
        const char *text = doc_object != NULL && PyUnicode_Check(doc_object)
                               ? PyUnicode_AsUTF8(doc_object)
                               : "";
        char doc[512];
        squeeze(text == NULL ? "" : text, doc, sizeof doc);
        PyErr_Clear();
        int is_sum = strstr(text == NULL ? "" : text, " = ") != NULL;
        int rc =
            is_sum || name == NULL ? 0 : add_node(name, (PyTypeObject *)value, doc, err);
        Py_XDECREF(doc_object);
        if (rc < 0) {
            Py_DECREF(base);
            return -1;
        }
    }
    Py_XDECREF(base);
    return base == NULL ? -1 : 0;
}

static int
check_complete(struct cloche_error *err)
{
    for (size_t i = 0; i < cl_node_row_count; i++) {
        const struct cl_node_row *row = &cl_node_rows[i];
        int is_found = row_for(row->name) == NULL; /* of another version */
        for (size_t k = 0; k < n_nodes && !is_found; k++) {
            is_found = strcmp(nodes[k].row->name, row->name) == 0;
        }
        if (!is_found) {
            return cl_fail(err, CLOCHE_EHOST,
                           "level restricted does not know this CPython's grammar: it has "
                           "no '%s'",
                           row->name);
        }
    }
    const struct cl_plan_strings *deny = &cl_guard_plan()->syntax_deny;
    for (uint32_t i = 0; i < deny->count; i++) {
        int is_found = 0;
        for (size_t k = 0; k < cl_node_row_count && !is_found; k++) {
            is_found = strcmp(cl_node_rows[k].name, deny->item[i]) == 0;
        }
        if (!is_found) {
            return cl_fail(err, CLOCHE_EINPUT,
                           "python.syntax.deny: '%s' is not a syntax node of Python 3.%d",
                           deny->item[i], PY_MINOR_VERSION);
        }
    }
    return 0;
}

static int
intern_names(void)
{
    const struct {
        PyObject **to;
        const char *text;
    } rows[] = {
        {&cl_syntax_str.id, "id"},
        {&cl_syntax_str.attr, "attr"},
        {&cl_syntax_str.value, "value"},
        {&cl_syntax_str.func, "func"},
        {&cl_syntax_str.ctx, "ctx"},
        {&cl_syntax_str.name, "name"},
        {&cl_syntax_str.asname, "asname"},
        {&cl_syntax_str.lineno, "lineno"},
        {&cl_syntax_str.col, "col_offset"},
        {&cl_syntax_str.end_lineno, "end_lineno"},
        {&cl_syntax_str.end_col, "end_col_offset"},
        {&cl_syntax_str.targets, "targets"},
        {&cl_syntax_str.elts, "elts"},
        {&cl_syntax_str.annotation, "annotation"},
        {&cl_syntax_str.returns, "returns"},
        {&cl_syntax_str.is_async, "is_async"},
        {&cl_syntax_str.module, "module"},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        *rows[i].to = PyUnicode_InternFromString(rows[i].text);
        if (*rows[i].to == NULL) {
            return -1;
        }
    }
    return 0;
}

int
cl_grammar_install(struct cloche_error *err)
{
    if (PY_MINOR_VERSION < CL_SYNTAX_FIRST_MINOR ||
        PY_MINOR_VERSION > CL_SYNTAX_LAST_MINOR) {
        return cl_fail(err, CLOCHE_EHOST,
                       "level restricted knows CPython 3.%d to 3.%d, and this is 3.%d",
                       CL_SYNTAX_FIRST_MINOR, CL_SYNTAX_LAST_MINOR, PY_MINOR_VERSION);
    }
    index_of = PyDict_New();
    PyObject *module = PyImport_ImportModule("_ast");
    if (index_of == NULL || module == NULL || intern_names() < 0) {
        PyErr_Clear();
        Py_XDECREF(module);
        return cl_fail_nomem(err);
    }
    int rc = add_nodes(module, err);
    load_type = PyObject_GetAttrString(module, "Load");
    PyErr_Clear(); /* then check_complete() misses it */
    Py_DECREF(module);
    return rc < 0 ? -1 : check_complete(err);
}

const struct cl_grammar_node *
cl_grammar_find(PyObject *object)
{
    PyObject *number = PyDict_GetItem(index_of, (PyObject *)Py_TYPE(object)); /* borrowed */
    return number == NULL ? NULL : &nodes[PyLong_AsSize_t(number)];
}

int
cl_grammar_is_load(PyObject *ctx)
{
    return ctx != NULL && (PyObject *)Py_TYPE(ctx) == load_type;
}

int
cl_grammar_is(PyObject *object, enum cl_node_special special)
{
    const struct cl_grammar_node *n = cl_grammar_find(object);
    return n != NULL && n->special == special;
}

int
cl_grammar_is_named(PyObject *text, const char *name)
{
    return text != NULL && PyUnicode_Check(text) &&
           PyUnicode_CompareWithASCIIString(text, name) == 0;
}

/* A field's value; a new reference, None where the field is not set. */
PyObject *
cl_grammar_get(PyObject *node, PyObject *name)
{
    PyObject *value = PyObject_GetAttr(node, name);
    if (value == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        return Py_NewRef(Py_None);
    }
    return value;
}

long
cl_grammar_number(PyObject *node, PyObject *name, long fallback)
{
    PyObject *value = PyObject_GetAttr(node, name);
    long number = value != NULL && PyLong_Check(value) ? PyLong_AsLong(value) : fallback;
    Py_XDECREF(value);
    PyErr_Clear();
    return number;
}

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
#include "guard/names.h"
#include "guard/state.h"
#include "guard/syntax_table.h"

/* A level of nesting takes less than a kibibyte of the stack. */
enum { MAX_NODES = 160, MAX_TOLD = 64, MAX_NESTING = 2500 };

enum field_kind { FIELD_NODE, FIELD_IDENTIFIER, FIELD_OTHER };

struct field {
    PyObject *name; /* interned */
    enum field_kind kind;
};

/* Nodes that visit() or identifier_slot() know by name. */
enum special {
    PLAIN,
    NAME,
    ATTRIBUTE,
    CALL,
    FUNCTION,
    CLASS,
    LAMBDA,
    COMPREHENSION, /* an expression with a scope of its own */
    GENERATORS,    /* its `comprehension` part */
    ASSIGN,
    ANN_ASSIGN,
    ARG,
    CONSTANT,
    IMPORT,
    IMPORT_FROM,
    ALIAS,
    MATCH_CLASS,
};

struct node {
    PyTypeObject *type;
    const struct cl_node_row *row;
    enum special special;
    int is_denied; /* python.syntax.deny */
    int n_fields;
    struct field fields[CL_NODE_FIELDS];
};

static struct node nodes[MAX_NODES];
static size_t n_nodes;
static PyObject *index_of; /* type -> int */
static PyObject *not_allowed;
static PyObject *load_type; /* of expr_context */
static cl_syntax_teller *teller;
static PyObject *str_id, *str_attr, *str_value, *str_func, *str_ctx, *str_name, *str_asname,
    *str_lineno, *str_col, *str_end_lineno, *str_end_col, *str_targets, *str_elts,
    *str_annotation, *str_returns, *str_is_async, *str_module;

/* ---- the table against the interpreter ---------------------------------- */

static const struct {
    const char *name;
    enum special special;
} specials[] = {
    {"Name", NAME},
    {"Attribute", ATTRIBUTE},
    {"Call", CALL},
    {"FunctionDef", FUNCTION},
    {"AsyncFunctionDef", FUNCTION},
    {"ClassDef", CLASS},
    {"Lambda", LAMBDA},
    {"ListComp", COMPREHENSION},
    {"SetComp", COMPREHENSION},
    {"DictComp", COMPREHENSION},
    {"GeneratorExp", COMPREHENSION},
    {"comprehension", GENERATORS},
    {"Assign", ASSIGN},
    {"AnnAssign", ANN_ASSIGN},
    {"arg", ARG},
    {"Constant", CONSTANT},
    {"Import", IMPORT},
    {"ImportFrom", IMPORT_FROM},
    {"alias", ALIAS},
    {"MatchClass", MATCH_CLASS},
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
parse_field(const char *text, size_t len, struct field *out)
{
    const char *space = memchr(text, ' ', len);
    if (space == NULL) {
        return -1;
    }
    size_t type_len = (size_t)(space - text);
    int is_list_or_optional = text[type_len - 1] == '*' || text[type_len - 1] == '?';
    size_t base = type_len - (size_t)is_list_or_optional;
    static const char *const values[] = {"int", "string", "constant"};
    out->kind = FIELD_NODE;
    if (base == 10 && memcmp(text, "identifier", 10) == 0) {
        out->kind = FIELD_IDENTIFIER;
    }
    for (size_t i = 0; i < CL_COUNT(values); i++) {
        if (strlen(values[i]) == base && memcmp(text, values[i], base) == 0) {
            out->kind = FIELD_OTHER;
        }
    }
    out->name = PyUnicode_FromStringAndSize(space + 1, (Py_ssize_t)(len - type_len - 1));
    if (out->name != NULL) {
        PyUnicode_InternInPlace(&out->name);
    }
    return out->name == NULL ? -1 : 0;
}

static int
parse_fields(struct node *n)
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
has_fields(const struct node *n)
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
    struct node *n = &nodes[n_nodes];
    *n = (struct node){.type = type, .row = row};
    for (size_t i = 0; i < CL_COUNT(specials); i++) {
        n->special = strcmp(specials[i].name, name) == 0 ? specials[i].special : n->special;
    }
    n->is_denied = cl_guard_lists(&cl_guard_plan()->syntax_deny, name);
    if (parse_fields(n) < 0 || !has_fields(n)) {
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
        {&str_id, "id"},
        {&str_attr, "attr"},
        {&str_value, "value"},
        {&str_func, "func"},
        {&str_ctx, "ctx"},
        {&str_name, "name"},
        {&str_asname, "asname"},
        {&str_lineno, "lineno"},
        {&str_col, "col_offset"},
        {&str_end_lineno, "end_lineno"},
        {&str_end_col, "end_col_offset"},
        {&str_targets, "targets"},
        {&str_elts, "elts"},
        {&str_annotation, "annotation"},
        {&str_returns, "returns"},
        {&str_is_async, "is_async"},
        {&str_module, "module"},
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
cl_syntax_install(struct cloche_error *err)
{
    if (PY_MINOR_VERSION < CL_SYNTAX_FIRST_MINOR ||
        PY_MINOR_VERSION > CL_SYNTAX_LAST_MINOR) {
        return cl_fail(err, CLOCHE_EHOST,
                       "level restricted knows CPython 3.%d to 3.%d, and this is 3.%d",
                       CL_SYNTAX_FIRST_MINOR, CL_SYNTAX_LAST_MINOR, PY_MINOR_VERSION);
    }
    index_of = PyDict_New();
    not_allowed = PyErr_NewExceptionWithDoc("cloche.NotAllowed",
                                            "What restricted code may not contain.",
                                            PyExc_SyntaxError, NULL);
    PyObject *module = PyImport_ImportModule("_ast");
    if (index_of == NULL || not_allowed == NULL || module == NULL || intern_names() < 0) {
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

int
cl_syntax_is_refusal(PyObject *error)
{
    return not_allowed != NULL && PyErr_GivenExceptionMatches(error, not_allowed);
}

/* ---- telling ------------------------------------------------------------ */

void
cl_syntax_tell(cl_syntax_teller *to)
{
    teller = to;
}

/* Where we are, and within what. */
struct place {
    long line, column;         /* column: in bytes from 0, as CPython has it */
    long end_line, end_column; /* 0: unknown */
    int in_class;              /* directly in the body of a class */
    int in_annotation;
    PyObject *function; /* borrowed: the name of the innermost def, or NULL */
};

struct check {
    PyObject *filename;
    const char *source;
    size_t len;
    int n_told;
    int has_star;      /* from x import *: any name may be bound */
    PyObject *first;   /* the first refusal */
    PyObject *bound;   /* set of names that the program binds somewhere */
    PyObject *loaded;  /* name -> (line, column) where it is first read */
    PyObject *literal; /* borrowed: the Name of __slots__ = (...), which was looked at */
    PyObject *call;    /* borrowed: the Call that is visited, and its func */
    PyObject *callee;
    int depth;   /* of annotations in annotations */
    int nesting; /* of nodes */
};

/* The text of a line, and how many characters its first bytes are. */
static const char *
line_text(const struct check *c, long line, size_t *len)
{
    const char *at = c->source;
    const char *end = c->source + c->len;
    for (long i = 1; i < line && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline == NULL ? end : newline + 1;
    }
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    *len = (size_t)((newline == NULL ? end : newline) - at);
    return at;
}

static long
characters(const char *text, size_t len, long bytes)
{
    long n = 0;
    for (size_t i = 0; i < len && (long)i < bytes; i++) {
        n += ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return n;
}

static PyObject *
make_refusal(const struct check *c, const struct place *at, const char *message,
             long column, const char *text, size_t len)
{
    PyObject *line = PyUnicode_DecodeUTF8(text, (Py_ssize_t)len, "replace");
    long end = at->end_line == at->line ? characters(text, len, at->end_column) + 1 : 0;
    PyObject *args =
        line == NULL ? NULL
                     : Py_BuildValue("(s(OllOll))", message, c->filename, at->line, column,
                                     line, end > 0 ? at->line : 0, end > 0 ? end : 0);
    PyObject *made = args == NULL ? NULL : PyObject_Call(not_allowed, args, NULL);
    Py_XDECREF(args);
    Py_XDECREF(line);
    return made;
}

/* One refusal.  0, for the walk goes on; -1 with an exception if memory is short. */
static int
refuse(struct check *c, const struct place *at, enum cl_violation rule, const char *what,
       const char *message)
{
    size_t len = 0;
    const char *text = line_text(c, at->line, &len);
    long column = characters(text, len, at->column) + 1;
    if (teller != NULL) {
        size_t end_len = 0;
        const char *end_text = line_text(c, at->end_line, &end_len);
        const struct cl_syntax_place place = {
            at->line, column, at->end_line,
            at->end_line > 0 ? characters(end_text, end_len, at->end_column) + 1 : 0};
        teller(rule, what, message, &place);
    } else if (c->n_told < MAX_TOLD) {
        c->n_told++;
        cl_guard_host()->violation(rule, what, (int)at->line, (int)column);
    }
    if (c->first == NULL) {
        c->first = make_refusal(c, at, message, column, text, len);
    }
    return c->first == NULL ? -1 : 0;
}

static int
check_name(struct check *c, PyObject *name, enum cl_name_slot slot, const struct place *at)
{
    enum cl_name_verdict verdict =
        cl_name_check(name, slot, (int)cl_guard_plan()->introspection);
    if (verdict == CL_NAME_OK) {
        return 0;
    }
    const char *text = PyUnicode_AsUTF8(name);
    const char *advice = cl_name_advice(name);
    char what[160];
    char message[400];
    if (text == NULL) {
        PyErr_Clear();
        text = "?";
    }
    (void)snprintf(what, sizeof what, "%s %.120s",
                   slot == CL_NAME_ATTRIBUTE || slot == CL_NAME_SUPER ? "attribute"
                                                                      : "name",
                   text); /* may be cut */
    (void)snprintf(message, sizeof message,
                   "'%.120s' is not available here: it leads into the interpreter%s%s",
                   text, advice == NULL ? "" : "; ", advice == NULL ? "" : advice);
    return refuse(c, at,
                  verdict == CL_NAME_INTROSPECTIVE ? CL_VIOLATION_INTROSPECTION
                                                   : CL_VIOLATION_NAME,
                  what, message);
}

/* ---- the walk ----------------------------------------------------------- */

static int walk(struct check *c, PyObject *node, const struct place *outer);

static const struct node *
node_of(PyObject *object)
{
    PyObject *number = PyDict_GetItem(index_of, (PyObject *)Py_TYPE(object)); /* borrowed */
    return number == NULL ? NULL : &nodes[PyLong_AsSize_t(number)];
}

static int
is_load(PyObject *ctx)
{
    return ctx != NULL && (PyObject *)Py_TYPE(ctx) == load_type;
}

static int
is_special(PyObject *object, enum special special)
{
    const struct node *n = node_of(object);
    return n != NULL && n->special == special;
}

/* A field's value; a new reference, None where the field is not set. */
static PyObject *
get(PyObject *node, PyObject *name)
{
    PyObject *value = PyObject_GetAttr(node, name);
    if (value == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        return Py_NewRef(Py_None);
    }
    return value;
}

static long
get_number(PyObject *node, PyObject *name, long fallback)
{
    PyObject *value = PyObject_GetAttr(node, name);
    long number = value != NULL && PyLong_Check(value) ? PyLong_AsLong(value) : fallback;
    Py_XDECREF(value);
    PyErr_Clear();
    return number;
}

static int
is_named(PyObject *text, const char *name)
{
    return text != NULL && PyUnicode_Check(text) &&
           PyUnicode_CompareWithASCIIString(text, name) == 0;
}

static int
note_bound(struct check *c, PyObject *name)
{
    return PyUnicode_Check(name) ? PySet_Add(c->bound, name) : 0;
}

/* "a" of "a.b.c" is what an import binds. */
static int
note_import(struct check *c, PyObject *name)
{
    Py_ssize_t dot = PyUnicode_FindChar(name, '.', 0, PyUnicode_GET_LENGTH(name), 1);
    PyObject *first = dot < 0 ? Py_NewRef(name) : PyUnicode_Substring(name, 0, dot);
    int rc = first == NULL ? -1 : PySet_Add(c->bound, first);
    Py_XDECREF(first);
    return rc;
}

static int
note_loaded(struct check *c, PyObject *name, const struct place *at)
{
    if (PyDict_Contains(c->loaded, name) == 1) {
        return 0;
    }
    PyObject *place =
        Py_BuildValue("(llll)", at->line, at->column, at->end_line, at->end_column);
    int rc = place == NULL ? -1 : PyDict_SetItem(c->loaded, name, place);
    Py_XDECREF(place);
    return rc;
}

static int
check_variable(struct check *c, PyObject *node, PyObject *id, int is_read,
               const struct place *at)
{
    int is_data = is_named(id, "__slots__") || is_named(id, "__match_args__");
    enum cl_name_slot slot =
        at->in_class && (!is_data || node == c->literal) ? CL_NAME_METHOD : CL_NAME_BOUND;
    if (!is_read && is_named(id, "__name__")) {
        return refuse(c, at, CL_VIOLATION_NAME, "name __name__",
                      "'__name__' says which program this is; it cannot be changed");
    }
    if (check_name(c, id, slot, at) < 0) {
        return -1;
    }
    return is_read ? note_loaded(c, id, at) : note_bound(c, id);
}

static int
visit_name(struct check *c, PyObject *node, const struct place *at)
{
    PyObject *id = get(node, str_id);
    PyObject *ctx = get(node, str_ctx);
    int rc = id == NULL ? -1 : check_variable(c, node, id, is_load(ctx), at);
    Py_XDECREF(ctx);
    Py_XDECREF(id);
    return rc;
}

/* Is it super() or a plain name, as in super().__init__() and Base.__init__(self)? */
static int
is_super_like(PyObject *value)
{
    if (!is_special(value, CALL)) {
        return is_special(value, NAME);
    }
    PyObject *func = get(value, str_func);
    PyObject *id = func == NULL || !is_special(func, NAME) ? NULL : get(func, str_id);
    int is_super = id != NULL && is_named(id, "super");
    Py_XDECREF(id);
    Py_XDECREF(func);
    PyErr_Clear();
    return is_super;
}

/* x.__class__.__name__, read: a str whatever x is.  node is the outer Attribute. */
static int
is_class_name(PyObject *node, PyObject *attr, PyObject *value)
{
    if (!is_named(attr, "__name__") || !is_special(value, ATTRIBUTE)) {
        return 0;
    }
    PyObject *inner_attr = get(value, str_attr);
    PyObject *ctx = get(node, str_ctx);
    int is_it = is_named(inner_attr, "__class__") && is_load(ctx);
    Py_XDECREF(ctx);
    Py_XDECREF(inner_attr);
    PyErr_Clear();
    return is_it;
}

/*
 * super().__setattr__(NAME, value) and Base.__setattr__(self, NAME, value), and the same
 * with __delattr__: NAME must be written out, or the method be the one of that name
 * that the class defines, which CPython calls with names that were checked.
 */
static int
check_named_attribute(struct check *c, PyObject *attr, const struct place *at)
{
    if (!is_named(attr, "__setattr__") && !is_named(attr, "__delattr__")) {
        return 0;
    }
    if (at->function != NULL && PyUnicode_Compare(at->function, attr) == 0) {
        return 0;
    }
    PyObject *args = PyObject_GetAttrString(c->call, "args");
    PyObject *value = PyObject_GetAttr(c->callee, str_value);
    Py_ssize_t place = value != NULL && is_special(value, CALL) ? 0 : 1;
    PyObject *arg = args != NULL && PyList_Check(args) && PyList_GET_SIZE(args) > place
                        ? PyList_GET_ITEM(args, place) /* borrowed */
                        : NULL;
    PyObject *name = arg != NULL && is_special(arg, CONSTANT) ? get(arg, str_value) : NULL;
    int rc = name != NULL && PyUnicode_CheckExact(name)
                 ? check_name(c, name, CL_NAME_ATTRIBUTE, at)
                 : refuse(c, at, CL_VIOLATION_NAME, "attribute by a name made at run time",
                          "write the attribute's name out here, or use setattr()");
    Py_XDECREF(name);
    Py_XDECREF(value);
    Py_XDECREF(args);
    return rc;
}

static int
visit_attribute(struct check *c, PyObject *node, const struct place *at)
{
    PyObject *attr = get(node, str_attr);
    PyObject *value = get(node, str_value);
    PyObject *ctx = get(node, str_ctx);
    int rc = attr == NULL || value == NULL || ctx == NULL ? -1 : 0;
    if (rc == 0 && is_class_name(node, attr, value)) {
        PyObject *innermost = get(value, str_value);
        rc = innermost == NULL ? -1 : walk(c, innermost, at);
        Py_XDECREF(innermost);
    } else if (rc == 0) {
        enum cl_name_slot slot =
            node == c->callee && is_super_like(value) ? CL_NAME_SUPER : CL_NAME_ATTRIBUTE;
        int is_read = is_load(ctx);
        enum cl_name_verdict kind = cl_name_check(attr, slot, 0);
        /* What introspection allows, it allows to read. */
        rc = kind == CL_NAME_INTROSPECTIVE && !is_read
                 ? check_name(c, attr, CL_NAME_BOUND, at)
                 : check_name(c, attr, slot, at);
        if (rc == 0 && slot == CL_NAME_SUPER) {
            rc = check_named_attribute(c, attr, at);
        }
        rc = rc < 0 ? -1 : walk(c, value, at);
    }
    Py_XDECREF(ctx);
    Py_XDECREF(value);
    Py_XDECREF(attr);
    return rc;
}

/* A str constant in an annotation may become code: typing evaluates it.  It is held
 * to the same rules; what does not parse cannot be evaluated either. */
static int
visit_constant(struct check *c, PyObject *node, const struct place *at)
{
    PyObject *value = at->in_annotation && c->depth < 8 ? get(node, str_value) : NULL;
    int rc = 0;
    if (value != NULL && PyUnicode_CheckExact(value)) {
        const char *text = PyUnicode_AsUTF8(value);
        PyCompilerFlags flags = {.cf_flags = PyCF_ONLY_AST | PyCF_IGNORE_COOKIE,
                                 .cf_feature_version = PY_MINOR_VERSION};
        PyObject *tree = text == NULL ? NULL
                                      : Py_CompileStringObject(text, c->filename,
                                                               Py_eval_input, &flags, -1);
        PyErr_Clear();
        if (tree != NULL) {
            c->depth++; /* places are the constant's own */
            PyObject *body = PyObject_GetAttrString(tree, "body");
            rc = body == NULL ? -1 : walk(c, body, at);
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
check_literal(struct check *c, PyObject *value, const struct place *at, int is_slots)
{
    if (is_special(value, CONSTANT)) {
        PyObject *text = get(value, str_value);
        int rc = text == NULL ? -1 : 0;
        int is_usual = rc == 0 && is_slots &&
                       (is_named(text, "__dict__") || is_named(text, "__weakref__"));
        if (rc == 0 && !is_usual && PyUnicode_CheckExact(text)) {
            rc = check_name(c, text, CL_NAME_BOUND, at);
        } else if (rc == 0 && !is_usual) {
            rc = refuse(c, at, CL_VIOLATION_SYNTAX, "class data",
                        "names of attributes must be written as strings here");
        }
        Py_XDECREF(text);
        return rc;
    }
    PyObject *elements = PyObject_GetAttr(value, str_elts);
    PyErr_Clear();
    if (elements == NULL || !PyList_Check(elements)) {
        Py_XDECREF(elements);
        return refuse(c, at, CL_VIOLATION_SYNTAX, "class data",
                      "__slots__ and __match_args__ must be a tuple of strings, written "
                      "out");
    }
    int rc = 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(elements); i++) {
        rc = is_special(PyList_GET_ITEM(elements, i), CONSTANT)
                 ? check_literal(c, PyList_GET_ITEM(elements, i), at, is_slots)
                 : refuse(c, at, CL_VIOLATION_SYNTAX, "class data",
                          "__slots__ and __match_args__ must be a tuple of strings, "
                          "written out");
    }
    Py_DECREF(elements);
    return rc;
}

/* In a class: NAME = value, with a name that CPython reads. */
static int
visit_class_data(struct check *c, PyObject *node, const struct place *at)
{
    PyObject *targets = get(node, str_targets);
    PyObject *target =
        targets != NULL && PyList_Check(targets) && PyList_GET_SIZE(targets) == 1
            ? PyList_GET_ITEM(targets, 0) /* borrowed from the tree */
            : NULL;
    Py_XDECREF(targets);
    if (target == NULL || !is_special(target, NAME)) {
        return 0;
    }
    PyObject *id = get(target, str_id);
    PyObject *value = get(node, str_value);
    int rc = id == NULL || value == NULL ? -1 : 0;
    if (rc == 0 && (is_named(id, "__slots__") || is_named(id, "__match_args__"))) {
        c->literal = target;
        rc = check_literal(c, value, at, is_named(id, "__slots__"));
    }
    Py_XDECREF(value);
    Py_XDECREF(id);
    return rc;
}

static int
visit_alias(struct check *c, PyObject *node, const struct place *at, int is_from)
{
    PyObject *name = get(node, str_name);
    PyObject *asname = get(node, str_asname);
    int rc = name == NULL || asname == NULL ? -1 : 0;
    if (rc == 0 && is_from && is_named(name, "*")) {
        c->has_star = 1;
    } else if (rc == 0 && is_from) {
        rc = check_name(c, name, CL_NAME_ATTRIBUTE, at);
    } else if (rc == 0) {
        PyObject *dot = PyUnicode_FromString(".");
        PyObject *parts = dot == NULL ? NULL : PyUnicode_Split(name, dot, -1);
        for (Py_ssize_t i = 0; parts != NULL && rc == 0 && i < PyList_GET_SIZE(parts);
             i++) {
            rc = check_name(c, PyList_GET_ITEM(parts, i), CL_NAME_BOUND, at);
        }
        rc = parts == NULL ? -1 : rc;
        Py_XDECREF(parts);
        Py_XDECREF(dot);
    }
    if (rc == 0 && is_named(asname == Py_None ? name : asname, "__name__")) {
        rc = refuse(c, at, CL_VIOLATION_NAME, "name __name__",
                    "'__name__' says which program this is; it cannot be changed");
    } else if (rc == 0 && asname != Py_None) {
        rc = check_name(c, asname, CL_NAME_BOUND, at) < 0 ? -1 : note_bound(c, asname);
    } else if (rc == 0) {
        rc = note_import(c, name);
    }
    Py_XDECREF(asname);
    Py_XDECREF(name);
    return rc;
}

static int
visit_import(struct check *c, PyObject *node, const struct place *at, int is_from)
{
    PyObject *module = is_from ? get(node, str_module) : Py_NewRef(Py_None);
    PyObject *names = PyObject_GetAttrString(node, "names");
    int rc = module == NULL || names == NULL || !PyList_Check(names) ? -1 : 0;
    int is_future = rc == 0 && is_named(module, "__future__");
    if (rc == 0 && is_from && module == Py_None) {
        rc = refuse(c, at, CL_VIOLATION_SYNTAX, "import .",
                    "a program here is one file: it has no package to import from");
    } else if (rc == 0 && is_from && !is_future) {
        PyObject *dot = PyUnicode_FromString(".");
        PyObject *parts = dot == NULL ? NULL : PyUnicode_Split(module, dot, -1);
        for (Py_ssize_t i = 0; parts != NULL && rc == 0 && i < PyList_GET_SIZE(parts);
             i++) {
            rc = check_name(c, PyList_GET_ITEM(parts, i), CL_NAME_BOUND, at);
        }
        rc = parts == NULL ? -1 : rc;
        Py_XDECREF(parts);
        Py_XDECREF(dot);
    }
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(names); i++) {
        PyObject *alias = PyList_GET_ITEM(names, i);
        struct place here = *at;
        here.line = get_number(alias, str_lineno, at->line);
        here.column = get_number(alias, str_col, at->column);
        rc = !is_special(alias, ALIAS)
                 ? refuse(c, at, CL_VIOLATION_SYNTAX, "import", "this import is not known")
                 : visit_alias(c, alias, &here, is_from);
    }
    Py_XDECREF(names);
    Py_XDECREF(module);
    return rc;
}

/* In which slot of the rule an identifier of this node stands. */
static enum cl_name_slot
identifier_slot(const struct node *n, const struct place *at)
{
    switch (n->special) {
    case FUNCTION: return at->in_class ? CL_NAME_METHOD : CL_NAME_BOUND;
    case MATCH_CLASS: return CL_NAME_ATTRIBUTE;
    default: return CL_NAME_BOUND;
    }
}

static int
visit_identifier(struct check *c, const struct node *n, PyObject *value,
                 const struct place *at)
{
    if (value == Py_None) {
        return 0;
    }
    if (!PyUnicode_CheckExact(value)) {
        return refuse(c, at, CL_VIOLATION_SYNTAX, "identifier", "a name that is no name");
    }
    int is_data = n->special == FUNCTION &&
                  (is_named(value, "__slots__") || is_named(value, "__match_args__"));
    if (is_named(value, "__name__") && n->special != MATCH_CLASS) {
        return refuse(c, at, CL_VIOLATION_NAME, "name __name__",
                      "'__name__' says which program this is; it cannot be changed");
    }
    enum cl_name_slot slot = is_data ? CL_NAME_BOUND : identifier_slot(n, at);
    if (check_name(c, value, slot, at) < 0) {
        return -1;
    }
    return n->special == MATCH_CLASS ? 0 : note_bound(c, value);
}

static int
visit_value(struct check *c, const struct node *n, const struct field *field,
            PyObject *value, const struct place *at)
{
    if (PyList_CheckExact(value)) {
        int rc = 0;
        for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(value); i++) {
            rc = visit_value(c, n, field, PyList_GET_ITEM(value, i), at);
        }
        return rc;
    }
    switch (field->kind) {
    case FIELD_IDENTIFIER: return visit_identifier(c, n, value, at);
    case FIELD_NODE: return value == Py_None ? 0 : walk(c, value, at);
    case FIELD_OTHER: break;
    }
    return 0;
}

static int
visit_fields(struct check *c, const struct node *n, PyObject *node, const struct place *at)
{
    PyObject *function = n->special == FUNCTION ? get(node, str_name) : NULL;
    int rc = 0;
    for (int i = 0; rc == 0 && i < n->n_fields; i++) {
        const struct field *field = &n->fields[i];
        struct place inner = *at;
        if (field->name == str_annotation || field->name == str_returns) {
            inner.in_annotation = 1;
        }
        if (n->special == CLASS) {
            inner.in_class = is_named(field->name, "body");
        } else if (n->special == FUNCTION && field->kind == FIELD_NODE) {
            inner.in_class = 0;
        } else if (n->special == LAMBDA || n->special == COMPREHENSION) {
            inner.in_class = 0;
        }
        if (n->special == FUNCTION && field->kind == FIELD_NODE) {
            inner.function = function;
        }
        PyObject *value = get(node, field->name);
        rc = value == NULL ? -1 : visit_value(c, n, field, value, &inner);
        Py_XDECREF(value);
    }
    Py_XDECREF(function);
    return rc;
}

static int
visit(struct check *c, const struct node *n, PyObject *node, const struct place *at)
{
    switch (n->special) {
    case NAME: return visit_name(c, node, at);
    case ATTRIBUTE: return visit_attribute(c, node, at);
    case CONSTANT: return visit_constant(c, node, at);
    case IMPORT: return visit_import(c, node, at, 0);
    case IMPORT_FROM: return visit_import(c, node, at, 1);
    case GENERATORS:
        if (get_number(node, str_is_async, 0) != 0 &&
            refuse(c, at, CL_VIOLATION_SYNTAX, "async for",
                   "async for is not available at this level; use for") < 0) {
            return -1;
        }
        break;
    case ASSIGN:
        if (at->in_class && visit_class_data(c, node, at) < 0) {
            return -1;
        }
        break;
    default: break;
    }
    return visit_fields(c, n, node, at);
}

static int
walk(struct check *c, PyObject *node, const struct place *outer)
{
    const struct node *n = node_of(node);
    struct place at = *outer;
    if (n == NULL) { /* cannot be: the parser makes what add_nodes() saw */
        return refuse(c, &at, CL_VIOLATION_SYNTAX, Py_TYPE(node)->tp_name,
                      "a form of the language that is not known here");
    }
    if (n->n_fields == 0 && !n->is_denied && n->row->refused == NULL) {
        return 0;
    }
    if (c->depth == 0) {
        at.line = get_number(node, str_lineno, outer->line);
        at.column = get_number(node, str_col, at.line == outer->line ? outer->column : 0);
        at.end_line = get_number(node, str_end_lineno, 0);
        at.end_column = get_number(node, str_end_col, 0);
    }
    if (n->row->refused != NULL) {
        return refuse(c, &at, CL_VIOLATION_SYNTAX, n->row->name, n->row->refused);
    }
    if (n->is_denied) {
        char message[200];
        (void)snprintf(message, sizeof message, "%s is not allowed by profile '%.60s'",
                       n->row->name, cl_guard_profile());
        return refuse(c, &at, CL_VIOLATION_SYNTAX_DENIED, n->row->name, message);
    }
    PyObject *call = c->call;
    PyObject *callee = c->callee;
    PyObject *func = NULL;
    if (n->special == CALL) {
        func = get(node, str_func);
        c->callee = func;
        c->call = node;
    }
    int rc = 0;
    if (++c->nesting > MAX_NESTING) {
        rc = refuse(c, &at, CL_VIOLATION_SYNTAX, "nesting",
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
check_builtins(struct check *c)
{
    PyObject *name = NULL;
    PyObject *where = NULL;
    Py_ssize_t at = 0;
    while (!c->has_star && PyDict_Next(c->loaded, &at, &name, &where)) {
        if (PySet_Contains(c->bound, name) != 0 || !cl_builtins_lacks(name)) {
            continue;
        }
        const char *text = PyUnicode_AsUTF8(name);
        struct place place = {0};
        if (text == NULL || !PyArg_ParseTuple(where, "llll", &place.line, &place.column,
                                              &place.end_line, &place.end_column)) {
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
        if (refuse(c, &place, is_dynamic ? CL_VIOLATION_DYNAMIC : CL_VIOLATION_BUILTIN,
                   text, message) < 0) {
            return -1;
        }
    }
    return 0;
}

int
cl_syntax_check(PyObject *tree, PyObject *filename, const char *source, size_t len)
{
    struct check c = {.filename = filename,
                      .source = source,
                      .len = len,
                      .bound = PySet_New(NULL),
                      .loaded = PyDict_New()};
    struct place top = {.line = 1};
    int rc = c.bound == NULL || c.loaded == NULL ? -1 : walk(&c, tree, &top);
    if (rc == 0) {
        rc = check_builtins(&c);
    }
    Py_XDECREF(c.bound);
    Py_XDECREF(c.loaded);
    if (c.first != NULL && rc == 0) {
        PyErr_SetObject(not_allowed, c.first);
        rc = -1;
    }
    Py_XDECREF(c.first);
    return rc;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what `import` means to restricted code: the facades made so far, and the words in
 * which the others are refused.
 *
 * The real module is imported by CPython's own machinery, with the real built-ins; it
 * is changed where a class of it needs that (wraps.h) before anybody has it.  Under
 * the GIL.
 */
#include "guard/modules.h"

#include <string.h>

#include "base/own.h"
#include "guard/allowed.h"
#include "guard/bases.h"
#include "guard/dynamic.h"
#include "guard/facade.h"
#include "guard/heap.h"
#include "guard/modules_table.h"
#include "guard/nearest.h"
#include "guard/state.h"
#include "guard/types.h"
#include "guard/wraps.h"

enum { MODULE_NAME_MAX = 96 };

static PyObject *facades; /* module's name -> facade */

/* What C code of CPython imports when it is first needed, on behalf of whoever calls. */
static const char *const helpers[] = {"_strptime", "copyreg", "locale",
                                      "time",      "typing",  "unicodedata"};

int
cl_modules_knows(const char *name)
{
    return cl_module_row_find(name) != NULL;
}

/* ---- the facades -------------------------------------------------------- */

/* What no facade may hand out, whatever a newer Python puts under a listed name. */
static int
is_forbidden(PyObject *value)
{
    return PyModule_Check(value) || PyCode_Check(value) || PyFrame_Check(value) ||
           (PyType_Check(value) && PyType_IsSubtype((PyTypeObject *)value, &PyType_Type));
}

/* What restricted code gets for a name; a new reference.  NULL without an exception
 * where this Python's module does not have it. */
static PyObject *
offer(const char *module, const char *name, PyObject *real)
{
    cl_wrap_maker maker = cl_wraps_find(module, name);
    PyObject *value = PyObject_GetAttrString(real, name);
    if (value == NULL) {
        if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
            PyErr_Clear();
        }
        return NULL;
    }
    if (maker != NULL) {
        PyObject *made = maker(value);
        Py_SETREF(value, made);
    }
    if (value != NULL && cl_bases_note(value) < 0) {
        Py_CLEAR(value);
    }
    if (value != NULL && is_forbidden(value)) {
        PyErr_Format(PyExc_ImportError, "%s.%s is not what it was in tested versions",
                     module, name);
        Py_CLEAR(value);
    }
    return value;
}

static int
put_names(PyObject *facade, const struct cl_module_row *row, PyObject *real)
{
    PyObject *all = PyList_New(0);
    int rc = all == NULL ? -1 : 0;
    size_t len = 0;
    const char *at = cl_module_row_next(row->names, &len);
    for (; rc == 0 && at != NULL; at = cl_module_row_next(at + len, &len)) {
        char name[MODULE_NAME_MAX];
        (void)snprintf(name, sizeof name, "%.*s", (int)len, at); /* names are short */
        if (!cl_allowed_name(row->module, name)) {
            continue;
        }
        PyObject *value = offer(row->module, name, real);
        PyObject *text = value == NULL ? NULL : PyUnicode_InternFromString(name);
        rc = PyErr_Occurred() || (text != NULL && (cl_facade_put(facade, name, value) < 0 ||
                                                   PyList_Append(all, text) < 0))
                 ? -1
                 : 0;
        Py_XDECREF(text);
        Py_XDECREF(value);
    }
    PyObject *tuple = rc < 0 ? NULL : PyList_AsTuple(all);
    rc = tuple == NULL ? -1 : cl_facade_put(facade, "__all__", tuple);
    Py_XDECREF(tuple);
    Py_XDECREF(all);
    return rc;
}

static PyObject *nothing; /* code, and a mapping to run it in */
static PyObject *nowhere;

/*
 * No collection from here on: it could end objects of the code's at a time that is none
 * of theirs.  From 3.12 on one that is due waits for the next code that runs, and 3.12
 * does not look again whether it may; so it gets some.  Returns what it was.
 */
static int
stop_collecting(void)
{
    int was_on = PyGC_Disable();
    PyObject *done = PyEval_EvalCode(nothing, nowhere, nowhere);
    PyErr_Clear(); /* without memory: the import says it better */
    Py_XDECREF(done);
    return was_on;
}

/* The real module; a new reference. */
static PyObject *
import_real(const char *module)
{
    int had_gc = stop_collecting();
    cl_dynamic_enter(); /* what happens until it is there is not restricted code's doing */
    cl_types_open();
    PyObject *name = PyUnicode_InternFromString(module);
    PyObject *list = PyList_New(0);
    PyObject *root = name == NULL || list == NULL
                         ? NULL
                         : PyImport_ImportModuleLevelObject(name, NULL, NULL, list, 0);
    PyObject *real = root == NULL ? NULL : PyImport_GetModule(name);
    Py_XDECREF(root);
    Py_XDECREF(list);
    Py_XDECREF(name);
    if (real != NULL && cl_wraps_prepare(module) < 0) {
        Py_CLEAR(real);
    }
    PyObject *type = NULL;
    PyObject *value = NULL;
    PyObject *tb = NULL;
    PyErr_Fetch(&type, &value, &tb); /* of an import that failed: the classes are closed */
    if (cl_types_seal() < 0) {
        Py_CLEAR(real);
    } else {
        PyErr_Restore(type, value, tb);
        type = value = tb = NULL;
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    cl_dynamic_leave();
    if (had_gc) {
        (void)PyGC_Enable();
    }
    return real;
}

static PyObject *facade_of(const char *module);

/* "collections.abc" as `abc` of collections. */
static int
put_submodules(PyObject *facade, const char *module)
{
    size_t len = strlen(module);
    for (size_t i = 0; i < cl_module_row_count; i++) {
        const char *name = cl_module_rows[i].module;
        if (strncmp(name, module, len) != 0 || name[len] != '.' ||
            !cl_allowed_module(name)) {
            continue;
        }
        PyObject *below = facade_of(name);
        int rc = below == NULL ? -1 : cl_facade_put(facade, name + len + 1, below);
        Py_XDECREF(below);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

/* Whose names are all there is to it. */
static PyObject *
make_future(const struct cl_module_row *row)
{
    PyObject *facade = cl_facade_new(row->module, NULL);
    if (facade == NULL) {
        return NULL;
    }
    size_t len = 0;
    for (const char *at = cl_module_row_next(row->names, &len); at != NULL;
         at = cl_module_row_next(at + len, &len)) {
        char name[MODULE_NAME_MAX];
        (void)snprintf(name, sizeof name, "%.*s", (int)len, at); /* names are short */
        if (cl_facade_put(facade, name, Py_True) < 0) {
            Py_CLEAR(facade);
            break;
        }
    }
    return facade;
}

/* row: NULL for a package that is on the way to a module of it. */
static PyObject *
make(const char *module, const struct cl_module_row *row)
{
    if (row != NULL && strcmp(module, "__future__") == 0) {
        return make_future(row);
    }
    PyObject *real = row == NULL ? NULL : import_real(module);
    PyObject *facade = row != NULL && real == NULL ? NULL : cl_facade_new(module, real);
    if (facade != NULL && ((row != NULL && put_names(facade, row, real) < 0) ||
                           put_submodules(facade, module) < 0)) {
        Py_CLEAR(facade);
    }
    Py_XDECREF(real);
    return facade;
}

/* module: a name that is_allowed, or the package of one.  A new reference. */
static PyObject *
facade_of(const char *module)
{
    PyObject *known = PyDict_GetItemString(facades, module); /* borrowed */
    if (known != NULL) {
        return Py_NewRef(known);
    }
    const struct cl_module_row *row =
        cl_allowed_module(module) ? cl_module_row_find(module) : NULL;
    /* Lent for ever by the table, or by the dictionary's key where there is no row. */
    PyObject *key = PyUnicode_InternFromString(module);
    const char *name = row != NULL   ? row->module
                       : key == NULL ? NULL
                                     : PyUnicode_AsUTF8(key);
    struct cl_heap_pause pause = cl_heap_pause(); /* the library's memory, not the run's */
    PyObject *facade = name == NULL ? NULL : make(name, row);
    cl_heap_resume(pause);
    if (facade != NULL && PyDict_SetItem(facades, key, facade) < 0) {
        Py_CLEAR(facade);
    }
    Py_XDECREF(key);
    return facade;
}

/* ---- what is refused ---------------------------------------------------- */

/* Is it a module of the standard library, or of those that people install? */
static int
is_elsewhere(const char *module)
{
    char top[MODULE_NAME_MAX];
    (void)snprintf(top, sizeof top, "%.*s", (int)strcspn(module, "."), module); /* cut */
    for (size_t i = 0; i < cl_module_native_count; i++) {
        if (strcmp(cl_module_native[i], top) == 0) {
            return 1;
        }
    }
    PyObject *names = PySys_GetObject("stdlib_module_names"); /* borrowed */
    PyObject *name = PyUnicode_FromString(top);
    int is = names != NULL && name != NULL && PySequence_Contains(names, name) == 1;
    Py_XDECREF(name);
    PyErr_Clear();
    return is;
}

static void
raise_import(PyObject *exception, PyObject *name, PyObject *message)
{
    if (message != NULL) {
        PyObject *made = PyObject_CallOneArg(exception, message);
        if (made != NULL && PyObject_SetAttrString(made, "name", name) == 0) {
            PyErr_SetObject(exception, made);
        }
        Py_XDECREF(made);
        Py_DECREF(message);
    }
}

static PyObject *
refuse(PyObject *name, const char *module)
{
    char what[160];
    const char *profile = cl_guard_profile();
    (void)snprintf(what, sizeof what, "import %.140s", module); /* may be cut */
    if (cl_modules_knows(module)) {
        cl_guard_violation(CL_VIOLATION_MODULE, what);
        raise_import(PyExc_ImportError, name,
                     PyUnicode_FromFormat("module '%s' is not allowed by profile '%s': add "
                                          "'%s' to profiles.%s.python.modules.allow",
                                          module, profile, module, profile));
    } else if (is_elsewhere(module)) {
        cl_guard_violation(CL_VIOLATION_NATIVE, what);
        raise_import(
            PyExc_ImportError, name,
            PyUnicode_FromFormat("module '%.100s' is not offered at level "
                                 "restricted, which profile '%s' is of: it needs a "
                                 "profile of level isolated",
                                 module, profile));
    } else {
        struct cl_guard_nearest near = CL_GUARD_NEAREST_INIT(module);
        cl_allowed_offer(&near);
        raise_import(PyExc_ModuleNotFoundError, name,
                     PyUnicode_FromFormat("No module named '%U'%s%s%s", name,
                                          near.best == NULL ? "" : ". Did you mean: '",
                                          near.best == NULL ? "" : near.best,
                                          near.best == NULL ? "" : "'?"));
    }
    return NULL;
}

/* CPython's own C code asks with a list, which no import statement does, and takes what
 * it wants from sys.modules when we return. */
static PyObject *
import_for_cpython(PyObject *name, const char *module)
{
    int is_helper = 0;
    for (size_t i = 0; i < CL_COUNT(helpers); i++) {
        is_helper |= strcmp(helpers[i], module) == 0;
    }
    PyObject *real = PyImport_GetModule(name);
    if (real == NULL && !PyErr_Occurred()) {
        if (!is_helper) {
            return refuse(name, module);
        }
        real = import_real(module);
    }
    if (real == NULL) {
        return NULL;
    }
    Py_DECREF(real);
    Py_RETURN_NONE;
}

/* ---- import ------------------------------------------------------------- */

/* Each name of `from module import ...` is there: CPython would look for a missing one
 * in sys.modules. */
static int
check_fromlist(PyObject *facade, PyObject *fromlist)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(fromlist); i++) {
        PyObject *name = PyTuple_GET_ITEM(fromlist, i);
        if (!PyUnicode_CheckExact(name)) {
            PyErr_SetString(PyExc_TypeError, "names to import must be plain strings");
            return -1;
        }
        if (PyUnicode_CompareWithASCIIString(name, "*") != 0 &&
            !cl_facade_has(facade, name)) {
            cl_facade_refuse(facade, name, PyExc_ImportError);
            return -1;
        }
    }
    return 0;
}

/* The package of a dotted name, with what is allowed below it. */
static PyObject *
facade_of_top(const char *module)
{
    char top[MODULE_NAME_MAX];
    (void)snprintf(top, sizeof top, "%.*s", (int)strcspn(module, "."), module); /* fits */
    return facade_of(top);
}

static int
read_name(PyObject *name, int level, const char **out)
{
    if (!PyUnicode_CheckExact(name)) {
        PyErr_SetString(PyExc_TypeError, "module name must be a plain string");
        return -1;
    }
    if (level != 0) {
        PyErr_SetString(PyExc_ImportError,
                        "a program of one file has no modules beside it to import");
        return -1;
    }
    Py_ssize_t len = 0;
    *out = PyUnicode_AsUTF8AndSize(name, &len);
    if (*out == NULL) {
        return -1;
    }
    if (len == 0 || strlen(*out) != (size_t)len) {
        PyErr_SetString(PyExc_ValueError, "that is no name of a module");
        return -1;
    }
    return 0;
}

PyObject *
cl_modules_import(PyObject *name, PyObject *fromlist, int level)
{
    const char *module = NULL;
    if (read_name(name, level, &module) < 0) {
        return NULL;
    }
    if (fromlist != NULL && PyList_CheckExact(fromlist)) {
        return import_for_cpython(name, module);
    }
    if (!cl_allowed_module(module) || !cl_modules_knows(module)) {
        return refuse(name, module);
    }
    if (fromlist == NULL || !PyTuple_CheckExact(fromlist) ||
        PyTuple_GET_SIZE(fromlist) == 0) {
        return facade_of_top(module);
    }
    PyObject *facade = facade_of(module);
    if (facade != NULL && check_fromlist(facade, fromlist) < 0) {
        Py_CLEAR(facade);
    }
    return facade;
}

/* Was every module of the plan imported in the zygote? */
static int
is_preloaded(void)
{
    PyObject *modules = PyImport_GetModuleDict(); /* borrowed */
    for (size_t i = 0; i < cl_module_row_count; i++) {
        const char *name = cl_module_rows[i].module;
        if (strcmp(name, "__future__") != 0 && cl_allowed_module(name) &&
            PyDict_GetItemString(modules, name) == NULL) {
            return 0;
        }
    }
    return 1;
}

/* Then their facades are made there too, once for all cells. */
static int
make_all(void)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < cl_module_row_count; i++) {
        if (cl_allowed_module(cl_module_rows[i].module)) {
            PyObject *facade = facade_of(cl_module_rows[i].module);
            rc = facade == NULL ? -1 : 0;
            Py_XDECREF(facade);
        }
    }
    return rc;
}

int
cl_modules_install(struct cloche_error *err)
{
    if (cl_allowed_check(err) < 0) {
        return -1;
    }
    facades = PyDict_New();
    nothing = Py_CompileString("", "<nothing>", Py_file_input);
    nowhere = Py_BuildValue("{sO}", "__builtins__", PyEval_GetBuiltins());
    if (facades == NULL || nothing == NULL || nowhere == NULL || cl_facade_install() < 0 ||
        cl_wraps_install() < 0 || (is_preloaded() && make_all() < 0)) {
        PyErr_Clear();
        return cl_fail_nomem(err);
    }
    return 0;
}

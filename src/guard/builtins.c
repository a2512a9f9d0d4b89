/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the mapping of built-ins that every code object of restricted code has, and
 * those of them that are not Python's own: the ones that take names, make classes,
 * import, open files or run text.  Under the GIL.
 */
#include "guard/builtins.h"

#include <string.h>

#include "base/own.h"
#include "guard/dynamic.h"
#include "guard/metaclass.h"
#include "guard/modules.h"
#include "guard/names.h"
#include "guard/oracle.h"
#include "guard/state.h"
#include "guard/wraps.h"

static PyObject *mapping;
static PyObject *real;      /* Python's own; borrowed for ever */
static PyObject *real_open; /* io.open */

PyObject *
cl_guard_builtins(void)
{
    return mapping;
}

int
cl_builtins_lacks(PyObject *name)
{
    if (!cl_guard_has(CL_GUARD_BUILTINS) || PyUnicode_GET_LENGTH(name) == 0 ||
        PyUnicode_READ_CHAR(name, 0) == '_') {
        return 0; /* the rule of names decides about these */
    }
    return PyDict_Contains(real, name) == 1 && PyDict_Contains(mapping, name) == 0;
}

/* ---- attributes by names made at run time ------------------------------- */

static int
take(const char *function, PyObject *const *args, Py_ssize_t count, Py_ssize_t least,
     Py_ssize_t most)
{
    if (count < least || count > most) {
        PyErr_Format(PyExc_TypeError, "%s expected %s%zd arguments, got %zd", function,
                     least == most   ? ""
                     : count < least ? "at least "
                                     : "at most ",
                     count < least ? least : most, count);
        return -1;
    }
    return cl_wraps_check_name(args[1]);
}

static PyObject *
guarded_getattr(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    if (take("getattr", args, count, 2, 3) < 0) {
        return NULL;
    }
    PyObject *value = PyObject_GetAttr(args[0], args[1]);
    if (value == NULL && count == 3 && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        return Py_NewRef(args[2]);
    }
    return value;
}

/* "Has it len()?" is an honest question, and the answer gives nothing away. */
static PyObject *
guarded_hasattr(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    int is_method = count == 2 && PyUnicode_CheckExact(args[1]) &&
                    cl_name_check(args[1], CL_NAME_METHOD, 0) == CL_NAME_OK;
    if (!is_method && take("hasattr", args, count, 2, 2) < 0) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError)) {
            return NULL;
        }
        PyErr_Clear(); /* what code may not have is not there; the host was told */
        Py_RETURN_FALSE;
    }
    PyObject *value = PyObject_GetAttr(args[0], args[1]);
    if (value == NULL && !PyErr_ExceptionMatches(PyExc_AttributeError)) {
        return NULL;
    }
    PyErr_Clear();
    int has = value != NULL;
    Py_XDECREF(value);
    return PyBool_FromLong(has);
}

static PyObject *
guarded_setattr(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    if (take("setattr", args, count, 3, 3) < 0 ||
        PyObject_SetAttr(args[0], args[1], args[2]) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
guarded_delattr(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    if (take("delattr", args, count, 2, 2) < 0 || PyObject_DelAttr(args[0], args[1]) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

/* The names of a list or dict that the rule allows; consumes names. */
static PyObject *
allowed_names(PyObject *names)
{
    PyObject *kept = names == NULL ? NULL : PyList_New(0);
    PyObject *iterator = kept == NULL ? NULL : PyObject_GetIter(names);
    PyObject *name = NULL;
    while (iterator != NULL && (name = PyIter_Next(iterator)) != NULL) {
        if (PyUnicode_CheckExact(name) &&
            cl_name_check(name, CL_NAME_ATTRIBUTE, (int)cl_guard_plan()->introspection) ==
                CL_NAME_OK &&
            PyUnicode_READ_CHAR(name, 0) != ' ' && PyList_Append(kept, name) < 0) {
            Py_CLEAR(kept);
            Py_DECREF(name);
            break;
        }
        Py_DECREF(name);
    }
    if (iterator == NULL || PyErr_Occurred()) {
        Py_CLEAR(kept);
    }
    Py_XDECREF(iterator);
    Py_XDECREF(names);
    return kept;
}

static PyObject *
guarded_dir(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    if (count > 1) {
        PyErr_Format(PyExc_TypeError, "dir expected at most 1 argument, got %zd", count);
        return NULL;
    }
    if (count == 1) {
        cl_dynamic_enter(); /* it looks into __dict__ */
        PyObject *all = PyObject_Dir(args[0]);
        cl_dynamic_leave();
        return allowed_names(all);
    }
    PyObject *locals = PyEval_GetLocals(); /* borrowed */
    PyObject *names = allowed_names(locals == NULL ? NULL : PyMapping_Keys(locals));
    if (names != NULL && PyList_Sort(names) < 0) {
        Py_CLEAR(names);
    }
    return names;
}

/* A copy of a mapping of names, without what the rule refuses. */
static PyObject *
copy_names(PyObject *from)
{
    PyObject *names = allowed_names(from == NULL ? NULL : PyMapping_Keys(from));
    PyObject *copy = names == NULL ? NULL : PyDict_New();
    for (Py_ssize_t i = 0; copy != NULL && i < PyList_GET_SIZE(names); i++) {
        PyObject *value = PyObject_GetItem(from, PyList_GET_ITEM(names, i));
        int rc =
            value == NULL ? -1 : PyDict_SetItem(copy, PyList_GET_ITEM(names, i), value);
        Py_XDECREF(value);
        if (rc < 0) {
            Py_CLEAR(copy);
        }
    }
    Py_XDECREF(names);
    return copy;
}

static PyObject *
guarded_globals(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    return copy_names(PyEval_GetGlobals());
}

static PyObject *
guarded_locals(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    return copy_names(PyEval_GetLocals());
}

static PyObject *
guarded_vars(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    if (count == 0) {
        return copy_names(PyEval_GetLocals());
    }
    PyObject *dict = NULL;
    if (count == 1 && !PyType_Check(args[0])) {
        dict = PyObject_GenericGetDict(args[0], NULL);
        PyErr_Clear();
    }
    if (dict == NULL) {
        PyErr_SetString(PyExc_TypeError,
                        "vars() argument must be an instance of a class with attributes");
        return NULL;
    }
    PyObject *copy = copy_names(dict);
    Py_DECREF(dict);
    return copy;
}

/* ---- classes and modules ------------------------------------------------ */

static PyObject *
guarded_import(PyObject *module, PyObject *args, PyObject *kwargs)
{
    (void)module;
    static char name_key[] = "name", globals_key[] = "globals", locals_key[] = "locals",
                fromlist_key[] = "fromlist", level_key[] = "level";
    static char *names[] = {name_key,     globals_key, locals_key,
                            fromlist_key, level_key,   NULL};
    PyObject *name = NULL, *globals = NULL, *locals = NULL, *fromlist = NULL;
    int level = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|OOOi:__import__", names, &name,
                                     &globals, &locals, &fromlist, &level)) {
        return NULL;
    }
    return cl_modules_import(name, fromlist, level);
}

static PyObject *
guarded_exit(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    PyErr_SetObject(PyExc_SystemExit, count > 0 ? args[0] : Py_None);
    return NULL;
}

/* Only below the directories that are the run's own, by name; what is there is the
 * kernel's to decide. */
static int
is_own_path(PyObject *path)
{
    const char *text = PyUnicode_CheckExact(path) ? PyUnicode_AsUTF8(path) : NULL;
    if (text == NULL) {
        PyErr_Clear();
        return 0;
    }
    if (text[0] == '/' && strncmp(text, "/work/", 6) != 0 &&
        strncmp(text, "/tmp/", 5) != 0) {
        return 0;
    }
    for (const char *at = strstr(text, ".."); at != NULL; at = strstr(at + 1, "..")) {
        if ((at == text || at[-1] == '/') && (at[2] == '/' || at[2] == '\0')) {
            return 0;
        }
    }
    return 1;
}

static PyObject *
guarded_open(PyObject *module, PyObject *args, PyObject *kwargs)
{
    (void)module;
    PyObject *path = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0) : NULL;
    if (kwargs != NULL && PyDict_GetItemString(kwargs, "opener") != NULL) {
        PyErr_SetString(PyExc_TypeError, "open() takes no opener here");
        return NULL;
    }
    if (path == NULL || !is_own_path(path)) {
        cl_guard_violation(CL_VIOLATION_NAME, "file outside");
        PyErr_SetString(PyExc_PermissionError,
                        "open() takes the name of a file in the work directory here");
        return NULL;
    }
    cl_dynamic_enter();
    PyObject *file = PyObject_Call(real_open, args, kwargs);
    cl_dynamic_leave();
    return file;
}

/* ---- the mapping -------------------------------------------------------- */

#define FAST(name, function, doc)                                                          \
    {                                                                                      \
        name, (PyCFunction)(void (*)(void))(function), METH_FASTCALL, doc                  \
    }
#define KEYWORDS(name, function, doc)                                                      \
    {                                                                                      \
        name, (PyCFunction)(void (*)(void))(function), METH_VARARGS | METH_KEYWORDS, doc   \
    }

static PyMethodDef guarded[] = {
    FAST("getattr", guarded_getattr, "getattr(object, name[, default])"),
    FAST("hasattr", guarded_hasattr, "hasattr(object, name)"),
    FAST("setattr", guarded_setattr, "setattr(object, name, value)"),
    FAST("delattr", guarded_delattr, "delattr(object, name)"),
    FAST("dir", guarded_dir, "dir([object]): names"),
    FAST("vars", guarded_vars, "vars([object]): a copy of its attributes"),
    FAST("exit", guarded_exit, "exit([status])"),
    FAST("quit", guarded_exit, "quit([status])"),
    {"globals", guarded_globals, METH_NOARGS, "globals(): a copy"},
    {"locals", guarded_locals, METH_NOARGS, "locals(): a copy"},
    KEYWORDS("open", guarded_open, "open(file, mode='r', ...): a file of the run's own"),
    {NULL, NULL, 0, NULL},
};

static PyMethodDef import_method =
    KEYWORDS("__import__", guarded_import, "What import statements call.");

/* Built-ins of site.py and of debuggers: nothing of them has a sense here. */
static const char *const unavailable[] = {"__import__", "breakpoint", "copyright",
                                          "credits",    "help",       "license"};

static int
put(const char *name, PyObject *value)
{
    int rc = value == NULL ? -1 : PyDict_SetItemString(mapping, name, value);
    Py_XDECREF(value);
    return rc;
}

static int
put_method(PyMethodDef *method)
{
    return put(method->ml_name, PyCFunction_New(method, NULL));
}

static PyMethodDef *
find_guarded(const char *name)
{
    for (PyMethodDef *m = guarded; m->ml_name != NULL; m++) {
        if (strcmp(m->ml_name, name) == 0) {
            return m;
        }
    }
    return NULL;
}

static int
put_allowed(const char *name, struct cloche_error *err)
{
    PyMethodDef *method = find_guarded(name);
    for (size_t i = 0; i < CL_COUNT(unavailable); i++) {
        if (strcmp(unavailable[i], name) == 0) {
            return cl_fail(err, CLOCHE_EINPUT,
                           "profile '%s': python.builtins.allow: '%s' is not available at "
                           "level restricted",
                           cl_guard_profile(), name);
        }
    }
    int rc = 0;
    if (strcmp(name, "type") == 0) {
        rc = put(name, cl_metaclass_get(&PyType_Type));
    } else if (method != NULL) {
        rc = put_method(method);
    } else {
        PyObject *value = PyDict_GetItemString(real, name); /* borrowed */
        rc = value == NULL ? 0 : PyDict_SetItemString(mapping, name, value);
    }
    return rc < 0 ? cl_fail_nomem(err) : 0;
}

/* What there is of the list: a policy may name what a later Python has. */
static int
put_listed(struct cloche_error *err)
{
    const struct cl_plan_strings *allow = &cl_guard_plan()->builtins;
    for (uint32_t i = 0; i < allow->count; i++) {
        if (put_allowed(allow->item[i], err) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
put_all(void)
{
    return PyDict_Update(mapping, real);
}

int
cl_builtins_install(struct cloche_error *err)
{
    PyObject *io = PyImport_ImportModule("io");
    real = PyEval_GetBuiltins();
    real_open = io == NULL ? NULL : PyObject_GetAttrString(io, "open");
    Py_XDECREF(io);
    mapping = PyDict_New();
    if (mapping == NULL || real_open == NULL || cl_metaclass_install() < 0) {
        PyErr_Clear();
        return cl_fail_nomem(err);
    }
    int has_list = cl_guard_has(CL_GUARD_BUILTINS);
    int has_modules = cl_guard_has(CL_GUARD_MODULES);
    if (has_list ? put_listed(err) < 0 : put_all() < 0) {
        return -1;
    }
    /* The hardened `type` makes classes for this one only. */
    int has_builder = has_list || cl_guard_has(CL_GUARD_TYPES);
    if ((has_builder && put("__build_class__", cl_metaclass_builder()) < 0) ||
        (has_modules && put_method(&import_method) < 0) ||
        (!has_modules &&
         PyDict_SetItemString(mapping, "__import__",
                              PyDict_GetItemString(real, "__import__")) < 0) ||
        (has_list && cl_guard_plan()->dynamic_code && cl_dynamic_put(mapping) < 0)) {
        PyErr_Clear();
        return cl_fail_nomem(err);
    }
#ifdef CLOCHE_ABLATION
    if (cl_oracle_put(mapping) < 0) {
        PyErr_Clear();
        return cl_fail_nomem(err);
    }
#endif
    return 0;
}

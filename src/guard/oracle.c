/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the answer to "is this object forbidden?", by identity and type alone: nothing of
 * the object's own is called.  Under the GIL.
 */
#include "guard/oracle.h"

#include <string.h>

#include "base/own.h"
#include "guard/facade.h"
#include "guard/names.h"
#include "guard/state.h"

enum { LEAK_STATUS = 99 };

/* Built-ins of Python's own that are never given as they are. */
static const char *const real_functions[] = {
    "__build_class__", "__import__", "breakpoint", "compile",
    "delattr",         "dir",        "eval",       "exec",
    "getattr",         "globals",    "hasattr",    "help",
    "locals",          "open",       "setattr",    "vars",
};

/* Modules of which no function is offered. */
static const char *const closed_modules[] = {
    "_ctypes",
    "_frozen_importlib",
    "_frozen_importlib_external",
    "_imp",
    "_io",
    "_posixsubprocess",
    "_socket",
    "_thread",
    "ast",
    "atexit",
    "ctypes",
    "fcntl",
    "gc",
    "importlib",
    "importlib._bootstrap",
    "importlib._bootstrap_external",
    "importlib.util",
    "inspect",
    "io",
    "linecache",
    "marshal",
    "mmap",
    "os",
    "pickle",
    "posix",
    "posixpath",
    "resource",
    "runpy",
    "signal",
    "site",
    "socket",
    "subprocess",
    "sys",
    "tokenize",
    "_tracemalloc",
    "warnings",

    "zipimport",
};

/* Classes that lead to files or to modules. */
static const char *const closed_types[] = {
    "BuiltinImporter", "FileFinder",           "FileIO",           "FrozenImporter",
    "ModuleSpec",      "PathFinder",           "SourceFileLoader", "BufferedWriter",
    "BufferedRandom",  "SourcelessFileLoader", "zipimporter",      "ExtensionFileLoader",
};

static int
lists(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; name != NULL && i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return 1;
        }
    }
    return 0;
}

static const char *
text_of(PyObject *object)
{
    const char *text =
        object != NULL && PyUnicode_Check(object) ? PyUnicode_AsUTF8(object) : NULL;
    PyErr_Clear();
    return text;
}

static const char *
short_name(PyTypeObject *type)
{
    const char *dot = strrchr(type->tp_name, '.');
    return dot == NULL ? type->tp_name : dot + 1;
}

/* ---- kinds ---------------------------------------------------------------- */

static const char *
kind_of_type(PyTypeObject *type)
{
    if (PyType_IsSubtype(type, &PyType_Type)) {
        return "metaclass";
    }
    if (PyType_IsSubtype(type, &PyModule_Type)) {
        return "class of modules";
    }
    return lists(closed_types, CL_COUNT(closed_types), short_name(type)) ? "class of files"
                                                                         : NULL;
}

static PyObject *
real_builtins(void)
{
    PyObject *module = PyDict_GetItemString(PyImport_GetModuleDict(), "builtins");
    return module == NULL ? NULL : PyModule_GetDict(module);
}

static PyObject *leak(PyObject *self, PyObject *object);

static const char *
kind_of_builtin(PyObject *function)
{
    /* Code ran, or a text was seen, that must not: an attack knows it best itself. */
    if (((PyCFunctionObject *)function)->m_ml->ml_meth == leak) {
        return "canary";
    }
    PyObject *self = PyCFunction_GET_SELF(function);
    const char *name = ((PyCFunctionObject *)function)->m_ml->ml_name;
    PyObject *real = real_builtins();
    if (real != NULL && lists(real_functions, CL_COUNT(real_functions), name) &&
        PyDict_GetItemString(real, name) == function) {
        return "built-in of Python's own";
    }
    if (self != NULL && PyModule_Check(self) &&
        lists(closed_modules, CL_COUNT(closed_modules), PyModule_GetName(self))) {
        return "function of a closed module";
    }
    PyErr_Clear();
    return NULL;
}

static const char *
kind_of_function(PyObject *function)
{
    PyObject *globals = PyFunction_GET_GLOBALS(function);
    const char *module = text_of(PyDict_GetItemString(globals, "__name__"));
    return lists(closed_modules, CL_COUNT(closed_modules), module)
               ? "function of a closed module"
               : NULL;
}

static const char *
kind_of_dict(PyObject *dict)
{
    PyObject *modules = PyImport_GetModuleDict();
    if (dict == modules) {
        return "sys.modules";
    }
    if (dict == real_builtins() || dict == cl_guard_builtins()) {
        return "built-ins";
    }
    if (PyDict_GetItemString(dict, "__builtins__") != NULL ||
        PyDict_GetItemString(dict, "__loader__") != NULL) {
        return "globals";
    }
    PyObject *key = NULL;
    PyObject *module = NULL;
    Py_ssize_t at = 0;
    while (PyDict_Next(modules, &at, &key, &module)) {
        if (PyModule_Check(module) && PyModule_GetDict(module) == dict) {
            return "globals";
        }
    }
    return NULL;
}

/* A traceback is one where its frame can be had. */
static const char *
kind_of_traceback(PyObject *tb)
{
    PyObject *frame = PyObject_GetAttrString(tb, "tb_frame");
    PyErr_Clear();
    int has = frame != NULL;
    Py_XDECREF(frame);
    return has ? "traceback" : NULL;
}

static const char *kind_of(PyObject *object);

/* A stream is one of the process's where there is a file below it. */
static const char *
kind_of_stream(PyObject *stream)
{
    int is_text = strcmp(short_name(Py_TYPE(stream)), "TextIOWrapper") == 0;
    PyObject *below = PyObject_GetAttrString(stream, is_text ? "buffer" : "raw");
    PyErr_Clear(); /* it was detached */
    const char *kind = below == NULL ? NULL : kind_of(below);
    Py_XDECREF(below);
    return kind == NULL ? NULL : "file";
}

static const char *
kind_of(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    if (strcmp(short_name(type), "TextIOWrapper") == 0 ||
        strncmp(short_name(type), "Buffered", 8) == 0) {
        return kind_of_stream(object);
    }
    if (PyModule_Check(object)) {
        return "module";
    }
    if (PyCell_Check(object)) {
        return "cell";
    }
    if (PyFrame_Check(object)) {
        return "frame";
    }
    if (PyCode_Check(object)) {
        return "code";
    }
    if (PyTraceBack_Check(object)) {
        return kind_of_traceback(object);
    }
    if (PyType_Check(object)) {
        return kind_of_type((PyTypeObject *)object);
    }
    if (PyCFunction_Check(object)) {
        return kind_of_builtin(object);
    }
    if (PyFunction_Check(object)) {
        return kind_of_function(object);
    }
    if (PyMethod_Check(object)) {
        return kind_of(PyMethod_GET_FUNCTION(object));
    }
    if (PyDict_Check(object)) {
        return kind_of_dict(object);
    }
    return lists(closed_types, CL_COUNT(closed_types), short_name(type)) ? "file or loader"
                                                                         : NULL;
}

/* Of the object, or of what a list or tuple holds: a list of all classes is as good as
 * the worst of them. */
static const char *
kind_of_any(PyObject *object)
{
    const char *kind = kind_of(object);
    if (PyList_CheckExact(object) || PyTuple_CheckExact(object)) {
        for (Py_ssize_t i = 0; kind == NULL && i < PySequence_Fast_GET_SIZE(object); i++) {
            kind = kind_of(PySequence_Fast_GET_ITEM(object, i));
        }
    }
    return kind;
}

/* ---- the functions --------------------------------------------------------- */

static PyObject *
leak(PyObject *self, PyObject *object)
{
    (void)self;
    const char *kind = kind_of_any(object);
    if (kind == NULL) {
        Py_RETURN_NONE;
    }
    char what[160];
    (void)snprintf(what, sizeof what, "leak %.60s: %.80s", kind, Py_TYPE(object)->tp_name);
    cl_guard_violation(CL_VIOLATION_EVENT, what);
    PyObject *status = PyLong_FromLong(LEAK_STATUS);
    PyErr_SetObject(PyExc_SystemExit, status);
    Py_XDECREF(status);
    return NULL;
}

static PyObject *
leak_kind(PyObject *self, PyObject *object)
{
    (void)self;
    const char *kind = kind_of_any(object);
    if (kind == NULL) {
        Py_RETURN_NONE;
    }
    return PyUnicode_FromString(kind);
}

static int
add_names(PyObject *names, PyObject *dict)
{
    PyObject *key = NULL;
    PyObject *value = NULL;
    Py_ssize_t at = 0;
    while (dict != NULL && PyDict_Check(dict) && PyDict_Next(dict, &at, &key, &value)) {
        if (PyUnicode_CheckExact(key) &&
            cl_name_check(key, CL_NAME_ATTRIBUTE, (int)cl_guard_plan()->introspection) ==
                CL_NAME_OK &&
            PySet_Add(names, key) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
add_names_of_type(PyObject *names, PyTypeObject *type)
{
    int rc = 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyTuple_GET_SIZE(type->tp_mro); i++) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(type->tp_mro, i);
#if PY_VERSION_HEX >= 0x030c0000
        PyObject *dict = PyType_GetDict(base);
#else
        PyObject *dict = Py_XNewRef(base->tp_dict);
#endif
        rc = add_names(names, dict);
        Py_XDECREF(dict);
    }
    return rc;
}

/* A list, sorted but for a facade's. */
static PyObject *
leak_names(PyObject *self, PyObject *object)
{
    (void)self;
    PyObject *facade = cl_facade_names(object);
    if (facade != NULL || PyErr_Occurred()) {
        return facade;
    }
    PyObject *names = PySet_New(NULL);
    PyObject *dict = PyType_Check(object) ? NULL : PyObject_GenericGetDict(object, NULL);
    PyErr_Clear(); /* it has none */
    int rc = names == NULL || add_names(names, dict) < 0 ||
                     add_names_of_type(names, Py_TYPE(object)) < 0 ||
                     (PyType_Check(object) &&
                      add_names_of_type(names, (PyTypeObject *)object) < 0)
                 ? -1
                 : 0;
    Py_XDECREF(dict);
    PyObject *list = rc < 0 ? NULL : PySequence_List(names);
    Py_XDECREF(names);
    if (list != NULL && PyList_Sort(list) < 0) {
        Py_CLEAR(list);
    }
    return list;
}

static PyMethodDef functions[] = {
    {"leak", leak, METH_O, "Ends the run where the object is forbidden."},
    {"leak_kind", leak_kind, METH_O, "What makes the object forbidden, or None."},
    {"leak_names", leak_names, METH_O, "Names of attributes."},
};

int
cl_oracle_put(PyObject *mapping)
{
    for (size_t i = 0; i < CL_COUNT(functions); i++) {
        PyObject *function = PyCFunction_New(&functions[i], NULL);
        int rc = function == NULL
                     ? -1
                     : PyDict_SetItemString(mapping, functions[i].ml_name, function);
        Py_XDECREF(function);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the gates: descriptors that stand in built-in types in place of what leads out
 * of the language.  Under the GIL; made in the zygote, and none is made later.
 *
 * A gate asks who is there: restricted code (see cl_guard_is_user) gets
 * AttributeError, a library module what its grant says.  Before a run and after it
 * everybody passes.  What CPython finds through a slot (operators, calls) is no entry
 * here: entries that mirror slots stay, and they cannot be named by restricted code.
 *
 * From 3.12 on the dictionary of a static type is asked for, not taken.
 */
#include "guard/types.h"

#include <string.h>

#include "base/own.h"
#include "guard/bases.h"
#include "guard/dynamic.h"
#include "guard/methods.h"
#include "guard/names.h"
#include "guard/state.h"
#include "guard/types_table.h"

enum { MAX_NAME = 96 };

struct gate {
    PyObject_HEAD PyObject *inner; /* the descriptor that was there */
    PyTypeObject *owner;
    PyObject *name;
    const char *modules; /* that pass; NULL: all library modules */
};

static PyObject *real_subclasses; /* type.__subclasses__ */
static int class_depth;           /* class statements that are being run */
static PyObject *sealed;          /* a list: the classes that seal() closed */

/* ---- who asks ----------------------------------------------------------- */

/* Is word one of the words of list? */
static int
has_word(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word)) {
        if ((at == list || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0')) {
            return 1;
        }
    }
    return 0;
}

int
cl_types_asks_for(const char *modules)
{
    PyObject *globals = PyEval_GetGlobals(); /* borrowed, as the name */
    if (globals == NULL) {
        return 1; /* no Python code runs: it is the cell itself */
    }
    PyObject *name = PyDict_GetItemString(globals, "__name__");
    const char *text =
        name != NULL && PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    return text != NULL && has_word(modules, text);
}

static int
passes(const struct gate *g)
{
    if (!cl_guard_is_running() || cl_dynamic_is_ours()) {
        return 1;
    }
    if (cl_guard_is_user()) {
        return cl_guard_plan()->introspection != 0 &&
               cl_name_check(g->name, CL_NAME_ATTRIBUTE, 0) == CL_NAME_INTROSPECTIVE;
    }
    /* A module that a library's function imports when it is first called looks at types
     * as any module may that is imported beforehand. */
    return cl_guard_is_report() || g->modules == NULL || cl_types_asks_for(g->modules) ||
           cl_dynamic_is_import();
}

static void
refuse(const struct gate *g, PyObject *object)
{
    /* Without the object: an AttributeError would carry it. */
    PyErr_Format(PyExc_AttributeError, "'%.100s' object has no attribute '%U' here",
                 object == NULL ? g->owner->tp_name : Py_TYPE(object)->tp_name, g->name);
}

static PyObject *
gate_get(PyObject *self, PyObject *object, PyObject *type)
{
    struct gate *g = (struct gate *)self;
    if (!passes(g)) {
        refuse(g, object);
        return NULL;
    }
    descrgetfunc get = Py_TYPE(g->inner)->tp_descr_get;
    return get == NULL ? Py_NewRef(g->inner) : get(g->inner, object, type);
}

static int
gate_set(PyObject *self, PyObject *object, PyObject *value)
{
    struct gate *g = (struct gate *)self;
    descrsetfunc set = Py_TYPE(g->inner)->tp_descr_set;
    /* What introspection allows, it allows to read.  Into an AttributeError CPython puts
     * the object itself, whoever runs. */
    int is_users = cl_guard_is_user() && !cl_dynamic_is_ours();
    if (set == NULL ||
        (g->owner != (PyTypeObject *)PyExc_AttributeError && (!passes(g) || is_users))) {
        refuse(g, object);
        return -1;
    }
    return set(g->inner, object, value);
}

static void
gate_dealloc(PyObject *self)
{
    Py_CLEAR(((struct gate *)self)->inner);
    Py_CLEAR(((struct gate *)self)->name);
    PyObject_Free(self);
}

/* Two types: with tp_descr_set CPython takes it for a data descriptor, which goes
 * before the instance's own dictionary. */
static PyTypeObject method_gate_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.gate",
    .tp_basicsize = sizeof(struct gate),
    .tp_dealloc = gate_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_descr_get = gate_get,
};

static PyTypeObject data_gate_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.gate",
    .tp_basicsize = sizeof(struct gate),
    .tp_dealloc = gate_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_descr_get = gate_get,
    .tp_descr_set = gate_set,
};

PyObject *
cl_types_behind(PyObject *entry)
{
    int is_gate = Py_TYPE(entry) == &method_gate_type || Py_TYPE(entry) == &data_gate_type;
    return is_gate ? ((struct gate *)entry)->inner : entry;
}

/* ---- what is gated ------------------------------------------------------ */

PyObject *
cl_types_dict(PyTypeObject *type)
{
#if PY_VERSION_HEX >= 0x030c0000
    PyObject *dict = PyType_GetDict(type);
    Py_XDECREF(dict); /* the type holds it */
    return dict;
#else
    return type->tp_dict;
#endif
}

static const char *
short_name(const PyTypeObject *type)
{
    const char *dot = strrchr(type->tp_name, '.');
    return dot == NULL ? type->tp_name : dot + 1;
}

static const char *
allowed_of(PyTypeObject *type)
{
    for (size_t i = 0; i < cl_type_row_count; i++) {
        if (strcmp(cl_type_rows[i].type, short_name(type)) == 0) {
            return cl_type_rows[i].names;
        }
    }
    int is_exception = PyType_IsSubtype(type, (PyTypeObject *)PyExc_BaseException);
    return is_exception ? "" : NULL;
}

static int
is_protocol(const char *name)
{
    for (size_t i = 0; i < cl_type_protocol_count; i++) {
        if (strcmp(cl_type_protocols[i], name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Does this entry of a type stay as it is?  allowed: the row's names, NULL for a type
 * without a row, of which the public names stay that the rule of names allows. */
static int
stays(PyObject *name, PyObject *entry, const char *allowed)
{
    const char *text = PyUnicode_AsUTF8(name);
    size_t len = text == NULL ? 0 : strlen(text);
    if (len > 4 && memcmp(text, "__", 2) == 0 && memcmp(text + len - 2, "__", 2) == 0) {
        return Py_TYPE(entry) == &PyWrapperDescr_Type || is_protocol(text) ||
               entry == Py_None; /* __hash__ of what has none */
    }
    if (allowed != NULL) {
        return text != NULL && has_word(allowed, text);
    }
    return cl_name_check(name, CL_NAME_ATTRIBUTE, 0) == CL_NAME_OK;
}

static const char *
modules_of(const PyTypeObject *type, const char *name)
{
    for (size_t i = 0; i < cl_grant_row_count; i++) {
        const struct cl_grant_row *row = &cl_grant_rows[i];
        if (strcmp(row->type, short_name(type)) == 0 &&
            (strcmp(row->name, "*") == 0 || strcmp(row->name, name) == 0)) {
            return row->modules;
        }
    }
    return NULL;
}

static int
put_gate(PyTypeObject *type, PyObject *dict, PyObject *name, PyObject *entry)
{
    int is_data = Py_TYPE(entry)->tp_descr_set != NULL;
    struct gate *g =
        PyObject_New(struct gate, is_data ? &data_gate_type : &method_gate_type);
    if (g == NULL) {
        return -1;
    }
    g->inner = Py_NewRef(entry);
    g->name = Py_NewRef(name);
    g->owner = type;
    g->modules = modules_of(type, PyUnicode_AsUTF8(name));
    int rc = PyDict_SetItem(dict, name, (PyObject *)g);
    Py_DECREF(g);
    return rc;
}

static int
harden(PyTypeObject *type)
{
    PyObject *dict = cl_types_dict(type);
    const char *allowed = allowed_of(type);
    PyObject *names = dict == NULL ? NULL : PyDict_Keys(dict);
    int rc = names == NULL ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(names); i++) {
        PyObject *name = PyList_GET_ITEM(names, i);
        PyObject *entry = PyDict_GetItem(dict, name); /* borrowed */
        if (entry != NULL && PyUnicode_Check(name) && !stays(name, entry, allowed)) {
            rc = put_gate(type, dict, name, entry);
        }
    }
    Py_XDECREF(names);
    PyType_Modified(type);
    return rc;
}

/* ---- all types ---------------------------------------------------------- */

typedef int (*visitor)(PyTypeObject *type);

/* type and everything that derives from it, once each. */
static int
visit_all(PyTypeObject *type, PyObject *seen, visitor visit)
{
    int known = PySet_Contains(seen, (PyObject *)type);
    if (known != 0) {
        return known < 0 ? -1 : 0;
    }
    PyObject *below = PySet_Add(seen, (PyObject *)type) < 0 || visit(type) < 0
                          ? NULL
                          : PyObject_CallOneArg(real_subclasses, (PyObject *)type);
    int rc = below == NULL ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(below); i++) {
        rc = visit_all((PyTypeObject *)PyList_GET_ITEM(below, i), seen, visit);
    }
    Py_XDECREF(below);
    return rc;
}

static int
visit_types(visitor visit)
{
    PyObject *seen = PySet_New(NULL);
    int rc = seen == NULL ? -1 : visit_all(&PyBaseObject_Type, seen, visit);
    Py_XDECREF(seen);
    return rc;
}

static int
harden_static(PyTypeObject *type)
{
    return type->tp_flags & Py_TPFLAGS_HEAPTYPE ? 0 : harden(type);
}

int
cl_types_harden_class(PyTypeObject *type)
{
    static const char *const made[] = {"__dict__", "__weakref__"};
    PyObject *dict = cl_types_dict(type);
    for (size_t i = 0; cl_guard_has(CL_GUARD_TYPES) && i < CL_COUNT(made); i++) {
        PyObject *name = PyUnicode_InternFromString(made[i]);
        PyObject *entry = name == NULL ? NULL : PyDict_GetItem(dict, name); /* borrowed */
        int is_gate = entry != NULL && Py_TYPE(entry) == &data_gate_type;
        int rc = name == NULL               ? -1
                 : entry == NULL || is_gate ? 0
                                            : put_gate(type, dict, name, entry);
        Py_XDECREF(name);
        if (rc < 0) {
            return -1;
        }
    }
    PyType_Modified(type);
    return cl_guard_has(CL_GUARD_TYPES) ? cl_methods_guard(type, 1) : 0;
}

/* Classes that restricted code wrote are its own. */
static int
seal(PyTypeObject *type)
{
    if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0) {
        return 0;
    }
    PyObject *module =
        PyDict_GetItemString(cl_types_dict(type), "__module__"); /* borrowed */
    int is_user = module != NULL && PyUnicode_Check(module) &&
                  PyUnicode_CompareWithASCIIString(module, "__main__") == 0;
    if (is_user || (type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE)) {
        return 0;
    }
    if (module != NULL && PyUnicode_Check(module) &&
        PyUnicode_CompareWithASCIIString(module, "ast") == 0) {
        return 0; /* ast changes them when traceback imports it; no program holds one */
    }
    if (strcmp(type->tp_name, "HtmlDiff") == 0) {
        return cl_methods_guard(type, 0); /* it counts in an attribute of the class */
    }
    type->tp_flags |= Py_TPFLAGS_IMMUTABLETYPE;
    return PyList_Append(sealed, (PyObject *)type) < 0 || cl_methods_guard(type, 0) < 0
               ? -1
               : cl_types_harden_class(type);
}

void
cl_types_open(void)
{
    for (Py_ssize_t i = 0; sealed != NULL && i < PyList_GET_SIZE(sealed); i++) {
        ((PyTypeObject *)PyList_GET_ITEM(sealed, i))->tp_flags &= ~Py_TPFLAGS_IMMUTABLETYPE;
    }
    if (sealed != NULL && PyList_SetSlice(sealed, 0, PyList_GET_SIZE(sealed), NULL) < 0) {
        PyErr_Clear(); /* they are closed again, twice in the list */
    }
}

int
cl_types_seal(void)
{
    return cl_guard_has(CL_GUARD_TYPES) && real_subclasses != NULL ? visit_types(seal) : 0;
}

/* ---- constructors ------------------------------------------------------- */

static newfunc real_type_new;

/* type(name, bases, {...}): for library code, and for class statements.  Whoever makes
 * it, code may have given the bases, and by an __mro_entries__ others than it wrote. */
static PyObject *
guarded_type_new(PyTypeObject *meta, PyObject *args, PyObject *kwargs)
{
    if (class_depth == 0 && cl_guard_is_user()) {
        cl_guard_violation(CL_VIOLATION_NAME, "class by type()");
        PyErr_SetString(PyExc_TypeError,
                        "type() takes one argument here; write a class statement");
        return NULL;
    }
    int is_checked = cl_guard_is_running() && !cl_guard_is_report() &&
                     PyTuple_GET_SIZE(args) == 3 &&
                     PyTuple_Check(PyTuple_GET_ITEM(args, 1));
    if (is_checked && !cl_dynamic_is_ours() &&
        cl_bases_check(PyTuple_GET_ITEM(args, 1)) < 0) {
        return NULL;
    }
    return real_type_new(meta, args, kwargs);
}

void
cl_types_enter_class(void)
{
    class_depth++;
}

void
cl_types_leave_class(void)
{
    class_depth--;
}

/* Constructors that nothing in restricted code has a use for, nor a library's while it
 * runs for restricted code: what that calls may be what it was given. */
static struct {
    PyTypeObject *type;
    newfunc real;
} closed[] = {
    {&PyFunction_Type, NULL},  {&PyCode_Type, NULL}, {&PyModule_Type, NULL},
    {&PyTraceBack_Type, NULL}, {&PyCell_Type, NULL},
};

static const char makers[] = "_frozen_importlib _frozen_importlib_external";

static PyObject *
closed_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    for (size_t i = 0; i < CL_COUNT(closed); i++) {
        if (!PyType_IsSubtype(type, closed[i].type)) {
            continue;
        }
        if (cl_guard_is_user() || (cl_guard_is_running() && !cl_guard_is_report() &&
                                   !cl_dynamic_is_ours() && !cl_types_asks_for(makers))) {
            cl_guard_violation(CL_VIOLATION_NAME, "making a function, code or a module");
            PyErr_Format(PyExc_TypeError, "cannot create '%.100s' instances here",
                         type->tp_name);
            return NULL;
        }
        return closed[i].real(type, args, kwargs);
    }
    PyErr_BadInternalCall();
    return NULL;
}

/* Subclasses that exist already hold a copy of the slot. */
static int
replace_new(PyTypeObject *type)
{
    for (size_t i = 0; i < CL_COUNT(closed); i++) {
        if (closed[i].real != NULL && type->tp_new == closed[i].real) {
            type->tp_new = closed_new;
        }
    }
    if (type->tp_new == real_type_new) {
        type->tp_new = guarded_type_new;
    }
    return 0;
}

/* object.__reduce_ex__ keeps the object.__reduce__ that it finds the first time, and a
 * class that has another has a method of its own: what it keeps must be no gate. */
static int
find_real_reduce(void)
{
    PyObject *object = PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type);
    PyObject *parts =
        object == NULL ? NULL : PyObject_CallMethod(object, "__reduce_ex__", "i", 2);
    int rc = parts == NULL ? -1 : 0;
    Py_XDECREF(parts);
    Py_XDECREF(object);
    return rc;
}

int
cl_types_install(void)
{
    real_subclasses = PyObject_GetAttrString((PyObject *)&PyType_Type, "__subclasses__");
    sealed = PyList_New(0);
    if (real_subclasses == NULL || sealed == NULL || find_real_reduce() < 0 ||
        cl_methods_install() < 0 || PyType_Ready(&method_gate_type) < 0 ||
        PyType_Ready(&data_gate_type) < 0) {
        return -1;
    }
    for (size_t i = 0; i < CL_COUNT(closed); i++) {
        closed[i].real = closed[i].type->tp_new;
    }
    real_type_new = PyType_Type.tp_new;
    return visit_types(replace_new) < 0 || visit_types(harden_static) < 0 ||
                   visit_types(seal) < 0
               ? -1
               : 0;
}

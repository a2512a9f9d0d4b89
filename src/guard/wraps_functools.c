/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns functools.update_wrapper, wraps and cached_property.
 *
 * The real ones write attributes whose names the caller, or the object that is wrapped,
 * chooses: into the dictionary of an instance they could put a "__reduce_ex__", which
 * library code that looks there (copy) would call.  The module's own code (lru_cache,
 * contextlib) gets ours too.  Under the GIL.
 */
#include "guard/dynamic.h"
#include "guard/names.h"
#include "guard/state.h"
#include "guard/wraps_parts.h"

static const char *const assigned[] = {"__module__",     "__name__",        "__qualname__",
                                       "__doc__",        "__annotations__", "__annotate__",
                                       "__type_params__"};

/* ---- update_wrapper, wraps ----------------------------------------------- */

/* A library's function is everybody's. */
static int
check_wrapper(PyObject *wrapper)
{
    if (cl_guard_is_user() && PyFunction_Check(wrapper) &&
        ((PyFunctionObject *)wrapper)->func_builtins != cl_guard_builtins()) {
        PyErr_SetString(PyExc_TypeError, "a function of a module cannot be changed");
        return -1;
    }
    return 0;
}

/* -1 with an exception; what wrapped does not have is skipped. */
static int
copy_attribute(PyObject *wrapper, PyObject *wrapped, const char *name)
{
    PyObject *value = PyObject_GetAttrString(wrapped, name);
    if (value == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError)) {
            return -1;
        }
        PyErr_Clear();
        return 0;
    }
    int rc = PyObject_SetAttrString(wrapper, name, value);
    Py_DECREF(value);
    return rc;
}

/* names: a tuple of exact str. */
static int
is_among(PyObject *names, const char *name)
{
    int is = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
        is |= PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(names, i), name) == 0;
    }
    return is;
}

/* names: a tuple, or NULL for all. */
static int
copy_attributes(PyObject *wrapper, PyObject *wrapped, PyObject *names)
{
    /* Between functions no code of anybody's runs, and the gates may open. */
    int is_plain = PyFunction_Check(wrapper) && PyFunction_Check(wrapped);
    int rc = 0;
    if (is_plain) {
        cl_dynamic_enter();
    }
    for (size_t i = 0; rc == 0 && i < sizeof assigned / sizeof *assigned; i++) {
        rc = names == NULL || is_among(names, assigned[i])
                 ? copy_attribute(wrapper, wrapped, assigned[i])
                 : 0;
    }
    if (is_plain) {
        cl_dynamic_leave();
    }
    return rc;
}

/* What code set on a function went through the rule of names; what another object says
 * its dictionary is did not. */
static int
copy_dictionary(PyObject *wrapper, PyObject *wrapped)
{
    PyObject *from =
        PyFunction_Check(wrapped) ? ((PyFunctionObject *)wrapped)->func_dict : NULL;
    if (from == NULL) {
        return 0;
    }
    PyObject *to = PyObject_GenericGetDict(wrapper, NULL);
    if (to == NULL) {
        PyErr_Clear(); /* it has none */
        return 0;
    }
    int rc = PyDict_Update(to, from);
    Py_DECREF(to);
    return rc;
}

/* What is asked for, and of whom.  All are borrowed, or all are owned. */
struct order {
    PyObject *wrapped;
    PyObject *names; /* a tuple of exact str, or NULL for all */
    int has_no_dictionary;
};

static PyObject *
update(PyObject *wrapper, const struct order *o)
{
    if (check_wrapper(wrapper) < 0 || copy_attributes(wrapper, o->wrapped, o->names) < 0 ||
        (!o->has_no_dictionary && copy_dictionary(wrapper, o->wrapped) < 0) ||
        PyObject_SetAttrString(wrapper, "__wrapped__", o->wrapped) < 0) {
        return NULL;
    }
    return Py_NewRef(wrapper);
}

/* assigned= as a tuple that is nobody's, of names that the documentation lists. */
static PyObject *
take_names(PyObject *given)
{
    PyObject *names = PySequence_Tuple(given);
    for (Py_ssize_t k = 0; names != NULL && k < PyTuple_GET_SIZE(names); k++) {
        PyObject *name = PyTuple_GET_ITEM(names, k);
        int is_known = 0;
        for (size_t i = 0; i < sizeof assigned / sizeof *assigned; i++) {
            is_known |= PyUnicode_CheckExact(name) &&
                        PyUnicode_CompareWithASCIIString(name, assigned[i]) == 0;
        }
        if (!is_known) {
            PyErr_SetString(PyExc_TypeError,
                            "assigned= takes names of WRAPPER_ASSIGNMENTS here");
            Py_CLEAR(names);
        }
    }
    return names;
}

/* names and dictionaries: as given, NULL where they were not.  o->names is owned. */
static int
take_order(struct order *o, PyObject *wrapped, PyObject *names, PyObject *dictionaries)
{
    if (dictionaries != NULL &&
        !(PyTuple_CheckExact(dictionaries) && PyTuple_GET_SIZE(dictionaries) <= 1)) {
        PyErr_SetString(PyExc_TypeError, "updated= takes WRAPPER_UPDATES or () here");
        return -1;
    }
    *o = (struct order){.wrapped = wrapped,
                        .names = names == NULL ? NULL : take_names(names),
                        .has_no_dictionary =
                            dictionaries != NULL && PyTuple_GET_SIZE(dictionaries) == 0};
    return names != NULL && o->names == NULL ? -1 : 0;
}

static char *update_wrapper_names[] = {(char[]){"wrapper"}, (char[]){"wrapped"},
                                       (char[]){"assigned"}, (char[]){"updated"}, NULL};

static PyObject *
update_wrapper(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    PyObject *wrapper = NULL;
    PyObject *wrapped = NULL;
    PyObject *names = NULL;
    PyObject *dictionaries = NULL;
    struct order o = {0};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO|OO:update_wrapper",
                                     update_wrapper_names, &wrapper, &wrapped, &names,
                                     &dictionaries) ||
        take_order(&o, wrapped, names, dictionaries) < 0) {
        return NULL;
    }
    PyObject *done = update(wrapper, &o);
    Py_XDECREF(o.names);
    return done;
}

/* self: (what is wrapped, the names or None, is its dictionary left out?) */
static PyObject *
apply_wraps(PyObject *self, PyObject *wrapper)
{
    PyObject *names = PyTuple_GET_ITEM(self, 1);
    return update(wrapper, &(struct order){.wrapped = PyTuple_GET_ITEM(self, 0),
                                           .names = names == Py_None ? NULL : names,
                                           .has_no_dictionary =
                                               PyTuple_GET_ITEM(self, 2) == Py_True});
}

static PyMethodDef apply_method = {"wraps", apply_wraps, METH_O, NULL};

static char *wraps_names[] = {(char[]){"wrapped"}, (char[]){"assigned"},
                              (char[]){"updated"}, NULL};

static PyObject *
wraps(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    PyObject *wrapped = NULL;
    PyObject *names = NULL;
    PyObject *dictionaries = NULL;
    struct order o = {0};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|OO:wraps", wraps_names, &wrapped,
                                     &names, &dictionaries) ||
        take_order(&o, wrapped, names, dictionaries) < 0) {
        return NULL;
    }
    PyObject *kept = PyTuple_Pack(3, wrapped, o.names == NULL ? Py_None : o.names,
                                  o.has_no_dictionary ? Py_True : Py_False);
    PyObject *function = kept == NULL ? NULL : PyCFunction_New(&apply_method, kept);
    Py_XDECREF(kept);
    Py_XDECREF(o.names);
    return function;
}

static PyMethodDef update_method = {
    "update_wrapper", (PyCFunction)(void (*)(void))update_wrapper,
    METH_VARARGS | METH_KEYWORDS, "update_wrapper(wrapper, wrapped)"};
static PyMethodDef wraps_method = {"wraps", (PyCFunction)(void (*)(void))wraps,
                                   METH_VARARGS | METH_KEYWORDS, "wraps(wrapped)"};

PyObject *
cl_wrap_update_wrapper(PyObject *real)
{
    (void)real;
    return PyCFunction_New(&update_method, NULL);
}

PyObject *
cl_wrap_wraps(PyObject *real)
{
    (void)real;
    return PyCFunction_New(&wraps_method, NULL);
}

int
cl_patch_functools(PyObject *module)
{
    PyObject *update_function = PyCFunction_New(&update_method, NULL);
    int rc = update_function == NULL
                 ? -1
                 : PyDict_SetItemString(PyModule_GetDict(module), "update_wrapper",
                                        update_function);
    Py_XDECREF(update_function);
    return rc < 0 ? -1 : cl_patch_dispatch(module);
}

/* ---- cached_property ----------------------------------------------------- */

struct cached {
    PyObject_HEAD PyObject *function, *name; /* name: NULL before the class is made */
};

static PyTypeObject cached_type;

static char *cached_init_names[] = {(char[]){"func"}, NULL};

static int
cached_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    struct cached *c = (struct cached *)self;
    PyObject *function = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O:cached_property", cached_init_names,
                                     &function)) {
        return -1;
    }
    Py_XSETREF(c->function, Py_NewRef(function));
    return 0;
}

static void
cached_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(((struct cached *)self)->function);
    Py_CLEAR(((struct cached *)self)->name);
    PyObject_GC_Del(self);
}

static int
cached_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((struct cached *)self)->function);
    return 0;
}

static int
cached_clear(PyObject *self)
{
    Py_CLEAR(((struct cached *)self)->function);
    return 0;
}

static PyObject *
cached_set_name(PyObject *self, PyObject *args)
{
    struct cached *c = (struct cached *)self;
    PyObject *owner = NULL;
    PyObject *name = NULL;
    if (!PyArg_ParseTuple(args, "OO:__set_name__", &owner, &name) ||
        cl_wraps_check_field(name, "a cached property", 0) < 0) {
        return NULL;
    }
    if (c->name != NULL && PyUnicode_Compare(c->name, name) != 0) {
        PyErr_Format(PyExc_TypeError,
                     "Cannot assign the same cached_property to two different names "
                     "(%R and %R).",
                     c->name, name);
        return NULL;
    }
    Py_XSETREF(c->name, Py_NewRef(name));
    Py_RETURN_NONE;
}

static PyObject *
cached_get(PyObject *self, PyObject *instance, PyObject *owner)
{
    struct cached *c = (struct cached *)self;
    (void)owner;
    if (instance == NULL || instance == Py_None) {
        return Py_NewRef(self);
    }
    if (c->name == NULL || c->function == NULL) {
        PyErr_SetString(PyExc_TypeError, "Cannot use cached_property instance without "
                                         "calling __set_name__ on it.");
        return NULL;
    }
    PyObject *name = Py_NewRef(c->name);
    PyObject *dict = PyObject_GenericGetDict(instance, NULL);
    if (dict == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Format(PyExc_TypeError,
                     "No '__dict__' attribute on %.80R instance to cache %R property.",
                     (PyObject *)Py_TYPE(instance), name);
    }
    PyObject *value = dict == NULL ? NULL : PyDict_GetItemWithError(dict, name);
    if (value != NULL) {
        Py_INCREF(value);
    } else if (dict != NULL && !PyErr_Occurred()) {
        value = PyObject_CallOneArg(c->function, instance);
        if (value != NULL && PyDict_SetItem(dict, name, value) < 0) {
            Py_CLEAR(value);
        }
    }
    Py_XDECREF(dict);
    Py_DECREF(name);
    return value;
}

static PyObject *
cached_doc(PyObject *self, void *unused)
{
    (void)unused;
    PyObject *function = ((struct cached *)self)->function;
    if (function == NULL || !PyFunction_Check(function)) {
        Py_RETURN_NONE;
    }
    return Py_NewRef(((PyFunctionObject *)function)->func_doc);
}

static PyMethodDef cached_methods[] = {
    {"__set_name__", cached_set_name, METH_VARARGS, NULL},
    {"__class_getitem__", Py_GenericAlias, METH_O | METH_CLASS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef cached_getset[] = {
    {"__doc__", cached_doc, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject cached_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "functools.cached_property",
    .tp_basicsize = sizeof(struct cached),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = PyType_GenericNew,
    .tp_init = cached_init,
    .tp_dealloc = cached_dealloc,
    .tp_traverse = cached_traverse,
    .tp_clear = cached_clear,
    .tp_methods = cached_methods,
    .tp_getset = cached_getset,
    .tp_descr_get = cached_get,
};

PyObject *
cl_wrap_cached_property(PyObject *real)
{
    (void)real;
    return Py_NewRef((PyObject *)&cached_type);
}

int
cl_wraps_install_functools(void)
{
    return PyType_Ready(&cached_type);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the type of facades.  An attribute is an entry of the facade's own dictionary
 * or it is not there: nothing is inherited from object, and there is no __name__,
 * by which `from m import x` would look for "m.x" in sys.modules.  Under the GIL.
 */
#include "guard/facade.h"

#include "guard/modules_table.h"
#include "guard/nearest.h"
#include "guard/state.h"

struct facade {
    PyObject_HEAD const char *name;
    PyObject *real;  /* NULL: none */
    PyObject *names; /* a dict */
};

static PyTypeObject facade_type;

static void
facade_dealloc(PyObject *self)
{
    struct facade *f = (struct facade *)self;
    Py_CLEAR(f->real);
    Py_CLEAR(f->names);
    PyObject_Free(self);
}

static PyObject *
facade_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<module '%s'>", ((struct facade *)self)->name);
}

/* ". Did you mean: 'x'?", or nothing. */
static const char *
suggest(struct facade *f, PyObject *name)
{
    const char *text = PyUnicode_AsUTF8(name);
    struct cl_guard_nearest near = CL_GUARD_NEAREST_INIT(text == NULL ? "" : text);
    PyObject *key = NULL;
    PyObject *value = NULL;
    Py_ssize_t at = 0;
    PyErr_Clear(); /* a lone surrogate: nothing is near */
    while (PyDict_Next(f->names, &at, &key, &value)) {
        Py_ssize_t len = 0;
        const char *known = PyUnicode_AsUTF8AndSize(key, &len); /* ASCII: kept by key */
        if (known != NULL) {
            cl_guard_nearest_offer(&near, known, (size_t)len);
        }
    }
    return near.best;
}

static int
real_has(struct facade *f, PyObject *name)
{
    int has = f->real != NULL && PyDict_Contains(PyModule_GetDict(f->real), name) == 1;
    PyErr_Clear();
    return has;
}

/* Is it in the table, and only the profile's `only` leaves it out? */
static int
is_offered(struct facade *f, PyObject *name)
{
    const char *text = PyUnicode_AsUTF8(name);
    PyErr_Clear();
    return text != NULL && cl_module_row_has(cl_module_row_find(f->name), text);
}

void
cl_facade_refuse(PyObject *self, PyObject *name, PyObject *exception)
{
    struct facade *f = (struct facade *)self;
    char what[200];
    if (real_has(f, name) && is_offered(f, name)) {
        (void)snprintf(what, sizeof what, "%.80s of module %.80s", PyUnicode_AsUTF8(name),
                       f->name); /* may be cut */
        cl_guard_violation(CL_VIOLATION_MODULE, what);
        PyErr_Format(exception,
                     "%s.%U is not allowed by profile '%s': add '%U' to "
                     "profiles.%s.python.modules.only.%s",
                     f->name, name, cl_guard_profile(), name, cl_guard_profile(), f->name);
    } else if (real_has(f, name)) {
        const char *text = PyUnicode_AsUTF8(name);
        PyErr_Clear(); /* of a name that is no UTF-8 */
        (void)snprintf(what, sizeof what, "attribute %.80s.%.80s", f->name,
                       text == NULL ? "" : text); /* may be cut */
        cl_guard_violation(CL_VIOLATION_NATIVE, what);
        PyErr_Format(exception, "%s.%U is not offered at level restricted", f->name, name);
    } else if (exception == PyExc_ImportError) {
        const char *near = suggest(f, name);
        PyErr_Format(exception, "cannot import name %R from '%s'%s%s%s", name, f->name,
                     near == NULL ? "" : ". Did you mean: '", near == NULL ? "" : near,
                     near == NULL ? "" : "'?");
    } else {
        const char *near = suggest(f, name);
        PyErr_Format(exception, "module '%s' has no attribute %R%s%s%s", f->name, name,
                     near == NULL ? "" : ". Did you mean: '", near == NULL ? "" : near,
                     near == NULL ? "" : "'?");
    }
}

static PyObject *
facade_getattro(PyObject *self, PyObject *name)
{
    struct facade *f = (struct facade *)self;
    if (!PyUnicode_CheckExact(name)) {
        PyErr_SetString(PyExc_TypeError, "attribute name must be a plain string");
        return NULL;
    }
    PyObject *value = PyDict_GetItemWithError(f->names, name); /* borrowed */
    if (value == NULL && !PyErr_Occurred()) {
        cl_facade_refuse(self, name, PyExc_AttributeError);
    }
    return Py_XNewRef(value);
}

static int
facade_setattro(PyObject *self, PyObject *name, PyObject *value)
{
    (void)name;
    (void)value;
    PyErr_Format(PyExc_AttributeError, "module '%s' cannot be changed",
                 ((struct facade *)self)->name);
    return -1;
}

static PyTypeObject facade_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.module",
    .tp_basicsize = sizeof(struct facade),
    .tp_dealloc = facade_dealloc,
    .tp_repr = facade_repr,
    .tp_getattro = facade_getattro,
    .tp_setattro = facade_setattro,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = "What restricted code has of a module.",
};

int
cl_facade_install(void)
{
    return PyType_Ready(&facade_type);
}

PyObject *
cl_facade_new(const char *name, PyObject *real)
{
    struct facade *f = PyObject_New(struct facade, &facade_type);
    if (f == NULL) {
        return NULL;
    }
    f->name = name;
    f->real = Py_XNewRef(real);
    f->names = PyDict_New();
    if (f->names == NULL) {
        Py_DECREF(f);
        return NULL;
    }
    return (PyObject *)f;
}

int
cl_facade_put(PyObject *facade, const char *name, PyObject *value)
{
    return PyDict_SetItemString(((struct facade *)facade)->names, name, value);
}

int
cl_facade_has(PyObject *facade, PyObject *name)
{
    int has = PyDict_Contains(((struct facade *)facade)->names, name);
    PyErr_Clear();
    return has == 1;
}

PyObject *
cl_facade_names(PyObject *object)
{
    return Py_TYPE(object) == &facade_type ? PyDict_Keys(((struct facade *)object)->names)
                                           : NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns decimal's contexts: a bound on their precision, and what becomes of their flags and
 * traps when they end.  Under the GIL.
 */
#include <stddef.h>

#include "guard/slots.h"
#include "guard/state.h"
#include "guard/wraps_parts.h"

/* Digits that a context of decimal may have: one division at this precision takes some
 * milliseconds, and its result as many bytes. */
enum { MAX_PRECISION = 100000 };

/* ---- the precision ---------------------------------------------------------- */

static initproc real_context_init;
static PyObject *real_precision; /* the descriptor */

static int
check_precision(PyObject *value)
{
    if (value == NULL || value == Py_None || !PyLong_Check(value)) {
        return 0; /* the real one says what is wrong with it */
    }
    int overflow = 0;
    long number = PyLong_AsLongAndOverflow(value, &overflow);
    if (overflow > 0 || number > MAX_PRECISION) {
        PyErr_Format(PyExc_ValueError,
                     "a precision of more than %d digits is not available "
                     "here",
                     (int)MAX_PRECISION);
        return -1;
    }
    return 0;
}

static int
check_call(PyObject *args, PyObject *kwargs, Py_ssize_t position)
{
    PyObject *first =
        PyTuple_GET_SIZE(args) > position ? PyTuple_GET_ITEM(args, position) : NULL;
    PyObject *named = kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, "prec");
    return check_precision(first) < 0 ? -1 : check_precision(named);
}

static int
context_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return check_call(args, kwargs, 0) < 0 ? -1 : real_context_init(self, args, kwargs);
}

struct precision {
    PyObject_HEAD
};

/* Taken from the class it is ours, for the real one can set too. */
static PyObject *
precision_get(PyObject *self, PyObject *object, PyObject *type)
{
    return object == NULL
               ? Py_NewRef(self)
               : Py_TYPE(real_precision)->tp_descr_get(real_precision, object, type);
}

static int
precision_set(PyObject *self, PyObject *object, PyObject *value)
{
    (void)self;
    return check_precision(value) < 0
               ? -1
               : Py_TYPE(real_precision)->tp_descr_set(real_precision, object, value);
}

static PyTypeObject precision_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.precision",
    .tp_basicsize = sizeof(struct precision),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_descr_get = precision_get,
    .tp_descr_set = precision_set,
};

static PyObject *
localcontext(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return check_call(args, kwargs, PY_SSIZE_T_MAX) < 0 ? NULL
                                                        : PyObject_Call(self, args, kwargs);
}

static PyMethodDef localcontext_method = {
    "localcontext", (PyCFunction)(void (*)(void))localcontext, METH_VARARGS | METH_KEYWORDS,
    "localcontext(ctx=None, **kwargs): a context manager"};

PyObject *
cl_wrap_localcontext(PyObject *real)
{
    return cl_wraps_around(&localcontext_method, real);
}

static int
patch_precision(PyTypeObject *class)
{
    PyObject *dict = cl_wraps_dict_of(class);
    PyObject *real = PyDict_GetItemString(dict, "prec"); /* borrowed */
    if (real == NULL || Py_TYPE(real)->tp_descr_set == NULL ||
        PyType_Ready(&precision_type) < 0) {
        PyErr_SetString(PyExc_ImportError, "decimal.Context is not what it was");
        return -1;
    }
    real_precision = Py_NewRef(real);
    PyObject *ours = (PyObject *)PyObject_New(struct precision, &precision_type);
    int rc = ours == NULL ? -1 : PyDict_SetItemString(dict, "prec", ours);
    Py_XDECREF(ours);
    return rc < 0 ? -1 : cl_slots_put_init(class, context_init, &real_context_init);
}

/* ---- flags and traps --------------------------------------------------------- */

/* The mapping that a context shows its flags by points into the context, which it does not
 * hold. */
struct signals {
    PyObject_HEAD uint32_t *flags;
};

static destructor real_dealloc;
static initproc real_signals_init;
static size_t places[2]; /* in a context, of its two mappings */
static uint32_t nobodys; /* flags of a mapping that has no context */

/* One that code makes for itself would point nowhere; a context puts its own there. */
static int
signals_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    int rc = real_signals_init(self, args, kwargs);
    ((struct signals *)self)->flags = &nobodys;
    return rc;
}

static PyObject *
mapping_at(PyObject *context, size_t place)
{
    return *(PyObject **)(void *)((char *)context + place);
}

/* One that somebody else holds, too, when its context ends, gets flags of its own: for the
 * rest of the run, since nobody says when the mapping ends. */
static void
let_go(PyObject *mapping)
{
    if (mapping == NULL || Py_REFCNT(mapping) == 1) {
        return;
    }
    struct signals *signals = (struct signals *)mapping;
    uint32_t *own = PyMem_Malloc(sizeof *own);
    own = own == NULL ? &nobodys : own;
    *own = *signals->flags;
    signals->flags = own;
}

static void
context_dealloc(PyObject *self)
{
    let_go(mapping_at(self, places[0]));
    let_go(mapping_at(self, places[1]));
    real_dealloc(self);
}

/* Where in a context is the object that it shows under this name?  0: nowhere. */
static size_t
find_place(PyObject *context, PyObject *mapping)
{
    size_t end = (size_t)Py_TYPE(context)->tp_basicsize;
    for (size_t at = sizeof(PyObject); at + sizeof(PyObject *) <= end;
         at += sizeof(PyObject *)) {
        if (mapping_at(context, at) == mapping) {
            return at;
        }
    }
    return 0;
}

static int
find_mappings(PyObject *context)
{
    static const char *const names[] = {"flags", "traps"};
    for (size_t i = 0; i < 2; i++) {
        PyObject *mapping = PyObject_GetAttrString(context, names[i]);
        PyTypeObject *mixin = mapping == NULL ? NULL : Py_TYPE(mapping)->tp_base;
        places[i] = mixin == NULL || mixin->tp_basicsize != sizeof(struct signals)
                        ? 0
                        : find_place(context, mapping);
        int rc =
            places[i] == 0 ? -1
            : i > 0        ? 0
                    : cl_slots_put_init(Py_TYPE(mapping), signals_init, &real_signals_init);
        Py_XDECREF(mapping);
        if (rc < 0) {
            PyErr_SetString(PyExc_ImportError, "decimal's flags are not what they were");
            return -1;
        }
    }
    return 0;
}

static int
patch_dealloc(PyTypeObject *class)
{
    PyObject *context = PyObject_CallNoArgs((PyObject *)class);
    int rc = context == NULL ? -1 : find_mappings(context);
    Py_XDECREF(context);
    if (rc == 0) {
        real_dealloc = class->tp_dealloc;
        class->tp_dealloc = context_dealloc;
    }
    return rc;
}

int
cl_patch_decimal(PyObject *module)
{
    PyObject *class = PyObject_GetAttrString(module, "Context");
    int rc = class == NULL || !PyType_Check(class) ||
                     patch_precision((PyTypeObject *)class) < 0 ||
                     patch_dealloc((PyTypeObject *)class) < 0
                 ? -1
                 : 0;
    if (class != NULL) {
        PyType_Modified((PyTypeObject *)class);
    }
    Py_XDECREF(class);
    return rc;
}

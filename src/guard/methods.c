/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what restricted code gets of a library's class under the name of a method that is
 * written in Python.
 *
 * Taken from the class, such a method is a function that believes whatever it is given
 * as self, and says `self.__class__(...)`: with a class for self that is a metaclass,
 * called by library code.  So, as a method written in C does, it asks for an instance of
 * its class first.  So do library modules, for what one takes from
 * a class it may hand on, as dataclasses does for the default of a field.  Two of one
 * function are equal, and equal to it, which pprint looks for.  enum gets the functions,
 * some of which take no instance, and what it puts into a class of the code's own is
 * guarded there.
 *
 * The descriptor has no Py_TPFLAGS_METHOD_DESCRIPTOR: CPython's specialized instructions
 * would hand out what they found in the class without asking it.  Under the GIL.
 */
#include "guard/methods.h"

#include <string.h>

#include "guard/slots.h"
#include "guard/state.h"
#include "guard/types.h"
#include "guard/wraps_parts.h"

/* Who looks into functions. */
static const char looking[] = "_cloche_support enum inspect";

struct method {
    PyObject_HEAD PyObject *function;
    PyTypeObject *owner;
    PyObject *unbound; /* of what stands in a class: what code gets, always the same */
};

static PyTypeObject method_type, unbound_type;
static PyObject *real_builtins;

static struct method *
method_new(PyTypeObject *type, PyObject *function, PyTypeObject *owner)
{
    struct method *m = PyObject_GC_New(struct method, type);
    if (m != NULL) {
        m->function = Py_NewRef(function);
        m->owner = (PyTypeObject *)Py_NewRef((PyObject *)owner);
        m->unbound = NULL;
        PyObject_GC_Track(m);
    }
    return m;
}

static void
method_dealloc(PyObject *self)
{
    struct method *m = (struct method *)self;
    PyObject_GC_UnTrack(self);
    Py_CLEAR(m->function);
    Py_CLEAR(m->owner);
    Py_CLEAR(m->unbound);
    PyObject_GC_Del(self);
}

static int
method_traverse(PyObject *self, visitproc visit, void *arg)
{
    struct method *m = (struct method *)self;
    Py_VISIT(m->function);
    Py_VISIT(m->owner);
    Py_VISIT(m->unbound);
    return 0;
}

static PyObject *
method_get(PyObject *self, PyObject *object, PyObject *type)
{
    struct method *m = (struct method *)self;
    (void)type;
    if (object != NULL && object != Py_None) {
        return PyMethod_New(m->function, object);
    }
    if (!cl_guard_is_user() && (!cl_guard_is_running() || cl_types_asks_for(looking))) {
        return Py_NewRef(m->function);
    }
    /* CPython compares what a class and a subclass have, to see which operator goes first.
     */
    if (m->unbound == NULL) {
        m->unbound = (PyObject *)method_new(&unbound_type, m->function, m->owner);
    }
    return Py_XNewRef(m->unbound);
}

/* What library code asks a function in a class for, as abc for __isabstractmethod__. */
static PyObject *
method_getattro(PyObject *self, PyObject *name)
{
    return cl_guard_is_user() ? PyObject_GenericGetAttr(self, name)
                              : PyObject_GetAttr(((struct method *)self)->function, name);
}

/* CPython's slot for __get__ calls what is in the class without binding it. */
static PyObject *
method_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return PyObject_Call(((struct method *)self)->function, args, kwargs);
}

static PyTypeObject method_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.method",
    .tp_basicsize = sizeof(struct method),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_dealloc = method_dealloc,
    .tp_traverse = method_traverse,
    .tp_call = method_call,
    .tp_getattro = method_getattro,
    .tp_descr_get = method_get,
};

/* ---- taken from the class -------------------------------------------------- */

static PyObject *
unbound_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    struct method *m = (struct method *)self;
    PyObject *object = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0) : NULL;
    if (object == NULL || !PyObject_TypeCheck(object, m->owner)) {
        PyErr_Format(PyExc_TypeError,
                     "method '%U' of '%.100s' needs an instance of it, not %s",
                     ((PyFunctionObject *)m->function)->func_name, m->owner->tp_name,
                     object == NULL ? "nothing" : Py_TYPE(object)->tp_name);
        return NULL;
    }
    return PyObject_Call(m->function, args, kwargs);
}

static PyObject *
unbound_get(PyObject *self, PyObject *object, PyObject *type)
{
    (void)type;
    return object == NULL || object == Py_None ? Py_NewRef(self)
                                               : PyMethod_New(self, object);
}

static PyObject *
unbound_repr(PyObject *self)
{
    struct method *m = (struct method *)self;
    return PyUnicode_FromFormat("<method '%U' of '%s'>",
                                ((PyFunctionObject *)m->function)->func_name,
                                m->owner->tp_name);
}

static PyObject *
unbound_name(PyObject *self, void *unused)
{
    (void)unused;
    return Py_NewRef(((PyFunctionObject *)((struct method *)self)->function)->func_name);
}

static PyObject *
unbound_doc(PyObject *self, void *unused)
{
    (void)unused;
    PyObject *doc = ((PyFunctionObject *)((struct method *)self)->function)->func_doc;
    return Py_NewRef(doc == NULL ? Py_None : doc);
}

static PyObject *
function_of(PyObject *object)
{
    return Py_TYPE(object) == &unbound_type ? ((struct method *)object)->function : object;
}

static PyObject *
unbound_compare(PyObject *left, PyObject *right, int op)
{
    if (op != Py_EQ && op != Py_NE) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    return PyBool_FromLong((function_of(left) == function_of(right)) == (op == Py_EQ));
}

static Py_hash_t
unbound_hash(PyObject *self)
{
    return PyObject_Hash(((struct method *)self)->function);
}

static PyGetSetDef unbound_getset[] = {
    {"__name__", unbound_name, NULL, NULL, NULL},
    {"__doc__", unbound_doc, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject unbound_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.unbound_method",
    .tp_basicsize = sizeof(struct method),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_dealloc = method_dealloc,
    .tp_traverse = method_traverse,
    .tp_call = unbound_call,
    .tp_repr = unbound_repr,
    .tp_hash = unbound_hash,
    .tp_getattro = method_getattro,
    .tp_richcompare = unbound_compare,
    .tp_getset = unbound_getset,
    .tp_descr_get = unbound_get,
};

/* ---- the classes ------------------------------------------------------------ */

/* One that was made without __init__ has nothing to call, which CPython does not look at:
 * it is asked as for an attribute of a class, where CPython does. */
static PyObject *
static_method_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *function = PyStaticMethod_Type.tp_descr_get(self, NULL, NULL);
    PyObject *result = function == NULL ? NULL : PyObject_Call(function, args, kwargs);
    Py_XDECREF(function);
    return result;
}

static int
close_static_method(void)
{
    cl_slot real = NULL;
    return cl_slots_put(&PyStaticMethod_Type, CL_SLOT_TYPE, offsetof(PyTypeObject, tp_call),
                        (cl_slot)static_method_call, &real);
}

int
cl_methods_install(void)
{
    real_builtins = PyEval_GetBuiltins();
    return PyType_Ready(&method_type) < 0 || PyType_Ready(&unbound_type) < 0
               ? -1
               : close_static_method();
}

/* typing looks for the one in the dictionaries of classes, to leave it out.  It says
 * type(self), and code has it from any protocol of its own. */
static int
is_looked_for(PyObject *function)
{
    return PyUnicode_CompareWithASCIIString(((PyFunctionObject *)function)->func_name,
                                            "_no_init_or_replace_init") == 0;
}

/* Methods of an instance under special names. */
static int
is_special(PyObject *name)
{
    const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    PyErr_Clear(); /* a lone surrogate: it is not */
    return text != NULL && strncmp(text, "__", 2) == 0 &&
           strcmp(text, "__subclasshook__") != 0;
}

int
cl_methods_guard(PyTypeObject *type, int is_users)
{
    PyObject *dict = cl_wraps_dict_of(type);
    PyObject *names = dict == NULL ? NULL : PyDict_Keys(dict);
    int rc = names == NULL ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(names); i++) {
        PyObject *name = PyList_GET_ITEM(names, i);
        PyObject *entry = PyDict_GetItem(dict, name); /* borrowed */
        /* enum puts __new__ there as it is: it takes a class. */
        if (entry == NULL || !PyFunction_Check(entry) ||
            PyUnicode_CompareWithASCIIString(name, "__new__") == 0 ||
            (is_users && !is_special(name)) ||
            ((PyFunctionObject *)entry)->func_builtins != real_builtins ||
            is_looked_for(entry)) {
            continue;
        }
        struct method *m = method_new(&method_type, entry, type);
        rc = m == NULL ? -1 : PyDict_SetItem(dict, name, (PyObject *)m);
        Py_XDECREF(m);
    }
    Py_XDECREF(names);
    return rc;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the stand-ins for metaclasses.  With a real one in hand, code could make a
 * class with any method by `type(name, bases, {...})`, past the check of the tree.
 * Under the GIL.
 */
#include "guard/metaclass.h"

#include <string.h>

#include "base/own.h"
#include "guard/modules.h"
#include "guard/state.h"
#include "guard/types.h"

struct stand_in {
    PyObject_HEAD PyTypeObject *real;
};

static PyObject *made;        /* real -> its stand-in */
static PyObject *build_class; /* the real one */
static PyTypeObject stand_in_type;

static PyTypeObject *
real_of(PyObject *object)
{
    return Py_TYPE(object) == &stand_in_type ? ((struct stand_in *)object)->real : NULL;
}

PyObject *
cl_metaclass_get(PyTypeObject *real)
{
    PyObject *known = PyDict_GetItemWithError(made, (PyObject *)real); /* borrowed */
    if (known != NULL || PyErr_Occurred()) {
        return Py_XNewRef(known);
    }
    struct stand_in *s = PyObject_New(struct stand_in, &stand_in_type);
    if (s != NULL) {
        s->real = (PyTypeObject *)Py_NewRef((PyObject *)real);
        if (PyDict_SetItem(made, (PyObject *)real, (PyObject *)s) < 0) {
            Py_CLEAR(s);
        }
    }
    return (PyObject *)s;
}

/* type(x), and of a class its metaclass's stand-in. */
static PyObject *
type_of(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    if (type == &stand_in_type) {
        return cl_metaclass_get(&PyType_Type);
    }
    return PyType_IsSubtype(type, &PyType_Type) ? cl_metaclass_get(type)
                                                : Py_NewRef((PyObject *)type);
}

static PyObject *
stand_in_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (real_of(self) == &PyType_Type && PyTuple_GET_SIZE(args) == 1 &&
        (kwargs == NULL || PyDict_GET_SIZE(kwargs) == 0)) {
        return type_of(PyTuple_GET_ITEM(args, 0));
    }
    cl_guard_violation(CL_VIOLATION_NAME, "class by type()");
    PyErr_Format(PyExc_TypeError,
                 real_of(self) == &PyType_Type
                     ? "type() takes one argument here; write a class statement to make a "
                       "class"
                     : "a metaclass cannot be called here; write a class statement with "
                       "metaclass=");
    return NULL;
}

static PyObject *
stand_in_repr(PyObject *self)
{
    return PyObject_Repr((PyObject *)real_of(self));
}

/* isinstance(x, type), issubclass(x, ABCMeta) */
static PyObject *
stand_in_instancecheck(PyObject *self, PyObject *object)
{
    PyTypeObject *meta = ((struct stand_in *)self)->real;
    int is = PyType_IsSubtype(Py_TYPE(object), meta) ||
             (Py_TYPE(object) == &stand_in_type && meta == &PyType_Type);
    return PyBool_FromLong(is);
}

static PyObject *
stand_in_subclasscheck(PyObject *self, PyObject *object)
{
    PyTypeObject *real = real_of(object);
    return PyBool_FromLong(real != NULL &&
                           PyType_IsSubtype(real, ((struct stand_in *)self)->real));
}

static PyObject *
stand_in_name(PyObject *self, void *unused)
{
    (void)unused;
    const char *name = ((struct stand_in *)self)->real->tp_name;
    const char *dot = strrchr(name, '.');
    return PyUnicode_FromString(dot == NULL ? name : dot + 1);
}

/* type[C] and type | None, of annotations. */
static PyObject *
stand_in_subscript(PyObject *self, PyObject *item)
{
    return Py_GenericAlias(self, item);
}

static PyObject *
stand_in_or(PyObject *left, PyObject *right)
{
    return Py_NewRef(Py_TYPE(left) == &stand_in_type ? left : right);
}

static PyMethodDef stand_in_methods[] = {
    {"__instancecheck__", stand_in_instancecheck, METH_O, NULL},
    {"__subclasscheck__", stand_in_subclasscheck, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef stand_in_getset[] = {
    {"__name__", stand_in_name, NULL, NULL, NULL},
    {"__qualname__", stand_in_name, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMappingMethods stand_in_mapping = {.mp_subscript = stand_in_subscript};
static PyNumberMethods stand_in_number = {.nb_or = stand_in_or};

static PyTypeObject stand_in_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.metaclass",
    .tp_basicsize = sizeof(struct stand_in),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_call = stand_in_call,
    .tp_repr = stand_in_repr,
    .tp_methods = stand_in_methods,
    .tp_getset = stand_in_getset,
    .tp_as_mapping = &stand_in_mapping,
    .tp_as_number = &stand_in_number,
};

/* ---- class statements --------------------------------------------------- */

static int
check_base(PyObject *base)
{
    int is_meta =
        Py_TYPE(base) == &stand_in_type ||
        (PyType_Check(base) && PyType_IsSubtype((PyTypeObject *)base, &PyType_Type));
    if (is_meta) {
        cl_guard_violation(CL_VIOLATION_NAME, "class of classes");
        PyErr_SetString(PyExc_TypeError, "metaclasses cannot be written here");
        return -1;
    }
    return 0;
}

/* The real metaclass in place of its stand-in; a new reference to keywords, or NULL. */
static PyObject *
real_keywords(PyObject *kwargs)
{
    PyObject *copy = kwargs == NULL ? PyDict_New() : PyDict_Copy(kwargs);
    PyObject *meta = copy == NULL ? NULL : PyDict_GetItemString(copy, "metaclass");
    if (meta == NULL) {
        return copy;
    }
    PyTypeObject *real = real_of(meta);
    if (real == NULL) {
        cl_guard_violation(CL_VIOLATION_NAME, "keyword metaclass");
        PyErr_SetString(PyExc_TypeError,
                        "metaclass= takes abc.ABCMeta here; other metaclasses are not "
                        "available");
        Py_CLEAR(copy);
    } else if (PyDict_SetItemString(copy, "metaclass", (PyObject *)real) < 0) {
        Py_CLEAR(copy);
    }
    return copy;
}

static PyObject *
guarded_build_class(PyObject *module, PyObject *args, PyObject *kwargs)
{
    (void)module;
    for (Py_ssize_t i = 2; i < PyTuple_GET_SIZE(args); i++) {
        if (check_base(PyTuple_GET_ITEM(args, i)) < 0) {
            return NULL;
        }
    }
    PyObject *keywords = real_keywords(kwargs);
    if (keywords == NULL) {
        return NULL;
    }
    cl_types_enter_class();
    PyObject *made_class = PyObject_Call(build_class, args, keywords);
    cl_types_leave_class();
    Py_DECREF(keywords);
    if (made_class != NULL && PyType_Check(made_class) &&
        cl_types_harden_class((PyTypeObject *)made_class) < 0) {
        Py_CLEAR(made_class);
    }
    return made_class;
}

static PyMethodDef builder = {"__build_class__",
                              (PyCFunction)(void (*)(void))guarded_build_class,
                              METH_VARARGS | METH_KEYWORDS, "What class statements call."};

PyObject *
cl_metaclass_builder(void)
{
    return PyCFunction_New(&builder, NULL);
}

int
cl_metaclass_install(void)
{
    made = PyDict_New();
    build_class = Py_XNewRef(PyDict_GetItemString(PyEval_GetBuiltins(), "__build_class__"));
    return made == NULL || build_class == NULL ? -1 : PyType_Ready(&stand_in_type);
}

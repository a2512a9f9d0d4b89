/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns changes of library modules that are one entry each: text that is never run, the
 * class of a mean, a field that does not change its name, a number kept elsewhere.  Under
 * the GIL.
 */
#include "guard/wraps_parts.h"

#include <stddef.h>
#include <structmember.h>

#include "base/own.h"
#include "guard/state.h"
#include "guard/types.h"

/* ---- text that is never run ---------------------------------------------- */

/* A hint that is a string stays one: nothing of it is compiled, and who would have its
 * value is told so. */
static PyObject *
compile_nothing(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    (void)args;
    (void)kwargs;
    Py_RETURN_NONE;
}

static PyObject *
refuse_eval(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    (void)args;
    (void)kwargs;
    PyErr_SetString(PyExc_NameError,
                    "annotations that are strings are not evaluated at level restricted");
    return NULL;
}

static PyMethodDef compile_method = {"compile",
                                     (PyCFunction)(void (*)(void))compile_nothing,
                                     METH_VARARGS | METH_KEYWORDS, NULL};
static PyMethodDef eval_method = {"eval", (PyCFunction)(void (*)(void))refuse_eval,
                                  METH_VARARGS | METH_KEYWORDS, NULL};

/* A global of the module goes before the built-in. */
static int
shadow(PyObject *module, PyMethodDef *method)
{
    PyObject *function = PyCFunction_New(method, NULL);
    int rc = function == NULL ? -1
                              : PyDict_SetItemString(PyModule_GetDict(module),
                                                     method->ml_name, function);
    Py_XDECREF(function);
    return rc;
}

/* The namespaces in which a hint would be evaluated are for nothing, then; and what gets
 * them may be a class of the code's own. */
static PyObject *
eval_type(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *list = PySequence_List(args);
    for (Py_ssize_t i = 1; list != NULL && i < 3 && i < PyList_GET_SIZE(list); i++) {
        PyObject *empty = PyDict_New();
        if (empty == NULL) {
            Py_CLEAR(list);
        } else {
            (void)PyList_SetItem(list, i, empty); /* within its bounds */
        }
    }
    PyObject *tuple = list == NULL ? NULL : PyList_AsTuple(list);
    PyObject *made = tuple == NULL ? NULL : PyObject_Call(self, tuple, kwargs);
    Py_XDECREF(tuple);
    Py_XDECREF(list);
    return made;
}

static PyMethodDef eval_type_method = {"_eval_type", (PyCFunction)(void (*)(void))eval_type,
                                       METH_VARARGS | METH_KEYWORDS, NULL};

static int
shadow_around(PyObject *module, PyMethodDef *method)
{
    PyObject *real = PyObject_GetAttrString(module, method->ml_name);
    PyObject *ours = real == NULL ? NULL : cl_wraps_around(method, real);
    int rc = ours == NULL
                 ? -1
                 : PyDict_SetItemString(PyModule_GetDict(module), method->ml_name, ours);
    Py_XDECREF(ours);
    Py_XDECREF(real);
    return rc;
}

int
cl_patch_typing(PyObject *module)
{
    return shadow(module, &compile_method) < 0 || shadow(module, &eval_method) < 0
               ? -1
               : shadow_around(module, &eval_type_method);
}

/* Has a class an entry "__dict__" that is not CPython's own?  inspect asks by the entry's
 * type, and would take a gate for one, and then not look into objects: the protocols of
 * typing ask it for their attributes. */
static PyObject *
shadowed_dict(PyObject *module, PyObject *class)
{
    PyObject *line = PyType_Check(class) ? ((PyTypeObject *)class)->tp_mro : NULL;
    for (Py_ssize_t i = 0; line != NULL && i < PyTuple_GET_SIZE(line); i++) {
        PyTypeObject *each = (PyTypeObject *)PyTuple_GET_ITEM(line, i);
        PyObject *entry =
            PyDict_GetItemString(cl_wraps_dict_of(each), "__dict__"); /* borrowed */
        PyObject *real = entry == NULL ? NULL : cl_types_behind(entry);
        if (entry != NULL && (Py_TYPE(real) != &PyGetSetDescr_Type ||
                              ((PyDescrObject *)real)->d_type != each)) {
            return Py_NewRef(entry);
        }
    }
    return PyObject_GetAttrString(module, "_sentinel");
}

static PyMethodDef shadowed_method = {"_shadowed_dict", shadowed_dict, METH_O, NULL};

/* And signatures out of the docstrings of classes. */
int
cl_patch_inspect(PyObject *module)
{
    PyObject *function = PyCFunction_New(&shadowed_method, module);
    int rc = function == NULL ? -1
                              : PyDict_SetItemString(PyModule_GetDict(module),
                                                     shadowed_method.ml_name, function);
    Py_XDECREF(function);
    return rc < 0 ? -1 : shadow(module, &eval_method);
}

/* ---- statistics: the class of the result ---------------------------------- */

/* A mean is made by the class of the data, called with it: of classes that is type, which
 * says what the class of its argument is. */
static PyObject *
convert(PyObject *self, PyObject *args)
{
    PyObject *class = PyTuple_GET_SIZE(args) == 2 ? PyTuple_GET_ITEM(args, 1) : NULL;
    if (class != NULL && PyType_Check(class) &&
        PyType_IsSubtype((PyTypeObject *)class, &PyType_Type)) {
        PyErr_SetString(PyExc_TypeError, "there are no statistics of classes");
        return NULL;
    }
    return PyObject_Call(self, args, NULL);
}

static PyMethodDef convert_method = {"_convert", convert, METH_VARARGS, NULL};

int
cl_patch_statistics(PyObject *module)
{
    return shadow_around(module, &convert_method);
}

/* ---- a field that keeps its name ----------------------------------------- */

/* asdict() and replace() read the attribute that a Field names, and the name becomes text
 * that is compiled.  Whoever sets it, for library code sets what it is given. */
struct member {
    PyObject_HEAD PyObject *real; /* the member descriptor */
};

static PyObject *
member_get(PyObject *self, PyObject *object, PyObject *type)
{
    PyObject *real = ((struct member *)self)->real;
    /* Taken from the class it is ours, for the real one can set too. */
    return object == NULL ? Py_NewRef(self)
                          : Py_TYPE(real)->tp_descr_get(real, object, type);
}

static int
member_set(PyObject *self, PyObject *object, PyObject *value)
{
    PyObject *real = ((struct member *)self)->real;
    if (cl_guard_is_user()) {
        PyErr_SetString(PyExc_AttributeError, "the name of a field cannot be changed");
        return -1;
    }
    if (cl_guard_is_running() && value != NULL && value != Py_None &&
        cl_wraps_check_field(value, "a field", 0) < 0) {
        return -1;
    }
    return Py_TYPE(real)->tp_descr_set(real, object, value);
}

static PyTypeObject member_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.member",
    .tp_basicsize = sizeof(struct member),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_descr_get = member_get,
    .tp_descr_set = member_set,
};

int
cl_patch_dataclasses(PyObject *module)
{
    PyObject *class = PyObject_GetAttrString(module, "Field");
    PyObject *dict = class == NULL ? NULL : cl_wraps_dict_of((PyTypeObject *)class);
    PyObject *real = dict == NULL ? NULL : PyDict_GetItemString(dict, "name");
    if (real == NULL || Py_TYPE(real)->tp_descr_set == NULL ||
        PyType_Ready(&member_type) < 0) {
        Py_XDECREF(class);
        PyErr_SetString(PyExc_ImportError, "dataclasses.Field is not what it was");
        return -1;
    }
    struct member *m = PyObject_New(struct member, &member_type);
    if (m != NULL) {
        m->real = Py_NewRef(real);
    }
    int rc = m == NULL ? -1 : PyDict_SetItemString(dict, "name", (PyObject *)m);
    PyType_Modified((PyTypeObject *)class);
    Py_XDECREF(m);
    Py_DECREF(class);
    return rc;
}

/* ---- difflib: a number that classes do not keep --------------------------- */

/* HtmlDiff numbers its tables in its class, which cannot be changed here, and finds the
 * class by the module's global: that becomes something else with the number. */
struct numbers {
    PyObject_HEAD int next;
};

static PyMemberDef numbers_members[] = {
    {"_default_prefix", T_INT, offsetof(struct numbers, next), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject numbers_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.numbers",
    .tp_basicsize = sizeof(struct numbers),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_members = numbers_members,
};

PyObject *
cl_wrap_html_diff(PyObject *real)
{
    static PyObject *class;
    if (class != NULL) {
        return Py_NewRef(class); /* real is what stands in its place */
    }
    PyObject *name = PyUnicode_InternFromString("difflib");
    PyObject *module = name == NULL ? NULL : PyImport_GetModule(name);
    Py_XDECREF(name);
    if (module == NULL || PyType_Ready(&numbers_type) < 0) {
        Py_XDECREF(module);
        return NULL;
    }
    struct numbers *numbers = PyObject_New(struct numbers, &numbers_type);
    int rc = -1;
    if (numbers != NULL) {
        numbers->next = 0;
        rc =
            PyDict_SetItemString(PyModule_GetDict(module), "HtmlDiff", (PyObject *)numbers);
    }
    Py_XDECREF(numbers);
    Py_DECREF(module);
    class = rc < 0 ? NULL : Py_NewRef(real);
    return Py_XNewRef(class);
}

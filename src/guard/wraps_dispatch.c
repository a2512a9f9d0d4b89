/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what of the functions that functools.singledispatch makes leads to their cache.
 *
 * The real dispatch() compares what it is given with classes of its own finding: those of
 * its cache, among them the class of classes, and all subclasses of object.  An object
 * whose hash is that of one of them would be asked by its __eq__, and so get it.  Under the
 * GIL.
 */
#include "guard/wraps_parts.h"

static PyObject *real_singledispatch;

/* self: the real one. */
static PyObject *
dispatch(PyObject *self, PyObject *class)
{
    if (!PyType_Check(class)) {
        PyErr_Format(PyExc_TypeError, "dispatch() takes a class, not '%.100s'",
                     Py_TYPE(class)->tp_name);
        return NULL;
    }
    return PyObject_CallOneArg(self, class);
}

static PyMethodDef dispatch_method = {"dispatch", dispatch, METH_O,
                                      "dispatch(cls): the function for that class"};

/* The real one is a method of the cache. */
static PyObject *
clear_cache(PyObject *self, PyObject *unused)
{
    (void)unused;
    return PyObject_CallNoArgs(self);
}

static PyMethodDef clear_method = {"_clear_cache", clear_cache, METH_NOARGS, NULL};

static int
put_around(PyObject *object, PyMethodDef *method)
{
    PyObject *real = PyObject_GetAttrString(object, method->ml_name);
    PyObject *ours = real == NULL ? NULL : cl_wraps_around(method, real);
    int rc = ours == NULL ? -1 : PyObject_SetAttrString(object, method->ml_name, ours);
    Py_XDECREF(ours);
    Py_XDECREF(real);
    return rc;
}

static PyObject *
singledispatch(PyObject *self, PyObject *function)
{
    (void)self;
    PyObject *made = PyObject_CallOneArg(real_singledispatch, function);
    if (made != NULL &&
        (put_around(made, &dispatch_method) < 0 || put_around(made, &clear_method) < 0)) {
        Py_CLEAR(made);
    }
    return made;
}

static PyMethodDef singledispatch_method = {
    "singledispatch", singledispatch, METH_O,
    "singledispatch(func): a function that has others for classes of its argument"};

/* In the module itself, for singledispatchmethod makes its own by it. */
int
cl_patch_dispatch(PyObject *module)
{
    real_singledispatch = PyObject_GetAttrString(module, "singledispatch");
    PyObject *ours =
        real_singledispatch == NULL ? NULL : PyCFunction_New(&singledispatch_method, NULL);
    int rc = ours == NULL
                 ? -1
                 : PyDict_SetItemString(PyModule_GetDict(module), "singledispatch", ours);
    Py_XDECREF(ours);
    return rc;
}

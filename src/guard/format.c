/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns str.format and str.format_map: the fields of the text are read first, by
 * CPython's own parser, and an attribute in them ("{0.name}") is held to the rule of
 * names.  A str cannot change, so what was read is what is formatted.  Under the GIL.
 */
#include "guard/types.h"

#include "base/own.h"
#include "guard/names.h"
#include "guard/state.h"

static PyObject *parser, *splitter; /* _string's */
static PyObject *real_format, *real_format_map;

/* "0.name[key]": each ".name". */
static int
check_field(PyObject *field)
{
    PyObject *parts = PyObject_CallOneArg(splitter, field);
    PyObject *rest = parts == NULL ? NULL : PyTuple_GetItem(parts, 1); /* borrowed */
    PyObject *iterator = rest == NULL ? NULL : PyObject_GetIter(rest);
    PyObject *part = NULL;
    int rc = iterator == NULL ? -1 : 0;
    while (rc == 0 && (part = PyIter_Next(iterator)) != NULL) {
        PyObject *is_attribute = PyTuple_GetItem(part, 0); /* borrowed, as the name */
        PyObject *name = PyTuple_GetItem(part, 1);
        if (is_attribute == Py_True && name != NULL && PyUnicode_Check(name) &&
            cl_name_check(name, CL_NAME_ATTRIBUTE, (int)cl_guard_plan()->introspection) !=
                CL_NAME_OK) {
            if (cl_guard_is_user()) {
                cl_guard_violation(CL_VIOLATION_NAME, "attribute in a format");
            }
            PyErr_Format(PyExc_AttributeError, "'%U' is not available in a format here",
                         name);
            rc = -1;
        }
        Py_DECREF(part);
    }
    rc = PyErr_Occurred() ? -1 : rc;
    Py_XDECREF(iterator);
    Py_XDECREF(parts);
    return rc;
}

/* Each field, and the fields in its own format. */
static int
check_text(PyObject *text, int depth)
{
    PyObject *fields = PyObject_CallOneArg(parser, text);
    PyObject *field = NULL;
    int rc = fields == NULL ? -1 : 0;
    while (rc == 0 && (field = PyIter_Next(fields)) != NULL) {
        PyObject *name = PyTuple_GetItem(field, 1); /* borrowed, as the format */
        PyObject *format = PyTuple_GetItem(field, 2);
        if (name != NULL && name != Py_None) {
            rc = check_field(name);
        }
        if (rc == 0 && depth < 4 && format != NULL && format != Py_None &&
            PyUnicode_GET_LENGTH(format) > 0) {
            rc = check_text(format, depth + 1);
        }
        Py_DECREF(field);
    }
    rc = PyErr_Occurred() ? -1 : rc;
    Py_XDECREF(fields);
    return rc;
}

/* -1 with AttributeError; malformed texts are left to the real one to refuse. */
static int
check(PyObject *self)
{
    if (PyUnicode_FindChar(self, '.', 0, PyUnicode_GET_LENGTH(self), 1) < 0 ||
        !cl_guard_is_running()) {
        return 0;
    }
    PyObject *text = PyUnicode_FromObject(self); /* of a subclass: the bare text */
    int rc = text == NULL ? -1 : check_text(text, 0);
    Py_XDECREF(text);
    if (rc < 0 && PyErr_ExceptionMatches(PyExc_ValueError)) {
        PyErr_Clear();
        rc = 0;
    }
    return rc;
}

static PyObject *
guarded_format(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (check(self) < 0) {
        return NULL;
    }
    PyObject *bound = Py_TYPE(real_format)->tp_descr_get(real_format, self, NULL);
    PyObject *made = bound == NULL ? NULL : PyObject_Call(bound, args, kwargs);
    Py_XDECREF(bound);
    return made;
}

static PyObject *
guarded_format_map(PyObject *self, PyObject *map)
{
    if (check(self) < 0) {
        return NULL;
    }
    return PyObject_CallFunctionObjArgs(real_format_map, self, map, NULL);
}

static PyMethodDef format_method = {"format", (PyCFunction)(void (*)(void))guarded_format,
                                    METH_VARARGS | METH_KEYWORDS,
                                    "S.format(*args, **kwargs) -> str"};
static PyMethodDef format_map_method = {"format_map", guarded_format_map, METH_O,
                                        "S.format_map(mapping) -> str"};

static int
replace(PyMethodDef *method, PyObject **real)
{
    PyObject *made = PyDescr_NewMethod(&PyUnicode_Type, method);
    *real = PyObject_GetAttrString((PyObject *)&PyUnicode_Type, method->ml_name);
    int rc =
        made == NULL || *real == NULL
            ? -1
            : PyDict_SetItemString(cl_types_dict(&PyUnicode_Type), method->ml_name, made);
    Py_XDECREF(made);
    return rc;
}

int
cl_format_install(void)
{
    PyObject *module = PyImport_ImportModule("_string");
    parser = module == NULL ? NULL : PyObject_GetAttrString(module, "formatter_parser");
    splitter = module == NULL
                   ? NULL
                   : PyObject_GetAttrString(module, "formatter_field_name_split");
    Py_XDECREF(module);
    int rc = parser == NULL || splitter == NULL ||
                     replace(&format_method, &real_format) < 0 ||
                     replace(&format_map_method, &real_format_map) < 0
                 ? -1
                 : 0;
    PyType_Modified(&PyUnicode_Type);
    return rc;
}

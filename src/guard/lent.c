/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns three places where CPython's C code lends memory to methods of the program, or uses
 * it after they ran or before it is there, and does not look.  By each a program reads or
 * writes memory that is not its own.  Whatever else there is of the kind is the
 * kernel's to hold (docs/THREAT-MODEL.md, A36).  Under the GIL.
 *
 *     BufferedReader and its kin   give the raw stream a view of their buffer, which the
 *                                  stream may keep: here it is one written in C
 *     array.array                  finds the place of an item, then asks the item for its
 *                                  number: here it is a number before
 *     struct.Struct                believes that it was initialised, and counts arguments
 *                                  by what it was initialised to: here it always was
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "guard/lent.h"

#include "base/own.h"
#include "guard/dynamic.h"
#include "guard/slots.h"
#include "guard/state.h"

/* ---- streams --------------------------------------------------------------- */

static PyTypeObject *bytes_stream, *file_stream; /* io.BytesIO, io.FileIO; held for ever */

/* Each stream that is given, by place or by name. */
static int
check_streams(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static const char *const names[] = {"raw", "reader", "writer"};
    if (!cl_guard_is_running() || cl_guard_is_report() || cl_dynamic_is_ours()) {
        return 0;
    }
    for (Py_ssize_t i = 0; i < 2 + (Py_ssize_t)CL_COUNT(names); i++) {
        PyObject *stream =
            i >= 2 ? kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, names[i - 2])
            : i < PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, i)
                                         : NULL;
        if (stream == NULL || PyLong_CheckExact(stream) ||
            Py_IS_TYPE(stream, bytes_stream) || Py_IS_TYPE(stream, file_stream)) {
            continue;
        }
        PyErr_Format(PyExc_TypeError, "%.80s takes an io.BytesIO here, not '%.100s'",
                     Py_TYPE(self)->tp_name, Py_TYPE(stream)->tp_name);
        return -1;
    }
    return 0;
}

#define STREAM(name)                                                                       \
    static initproc real_##name;                                                           \
    static int name(PyObject *self, PyObject *args, PyObject *kwargs)                      \
    {                                                                                      \
        return check_streams(self, args, kwargs) < 0 ? -1                                  \
                                                     : real_##name(self, args, kwargs);    \
    }

STREAM(init_reader)
STREAM(init_writer)
STREAM(init_random)
STREAM(init_pair)

static int
install_streams(void)
{
    const struct {
        const char *name;
        initproc ours, *real;
    } rows[] = {
        {"BufferedReader", init_reader, &real_init_reader},
        {"BufferedWriter", init_writer, &real_init_writer},
        {"BufferedRandom", init_random, &real_init_random},
        {"BufferedRWPair", init_pair, &real_init_pair},
    };
    PyObject *io = PyImport_ImportModule("_io");
    bytes_stream =
        io == NULL ? NULL : (PyTypeObject *)PyObject_GetAttrString(io, "BytesIO");
    file_stream =
        bytes_stream == NULL ? NULL : (PyTypeObject *)PyObject_GetAttrString(io, "FileIO");
    int rc = file_stream == NULL ? -1 : 0;
    for (size_t i = 0; rc == 0 && i < CL_COUNT(rows); i++) {
        PyObject *type = PyObject_GetAttrString(io, rows[i].name);
        rc = type == NULL
                 ? -1
                 : cl_slots_put_init((PyTypeObject *)type, rows[i].ours, rows[i].real);
        Py_XDECREF(type);
    }
    Py_XDECREF(io);
    return rc;
}

/* ---- array.array -------------------------------------------------------------- */

static PyTypeObject *array_type; /* held for ever */
static PyObject *typecode;       /* its descriptor */

/* What the array takes an item for, done first; a new reference. */
static PyObject *
number_of(PyObject *array, PyObject *item)
{
    if (PyLong_Check(item) || PyFloat_Check(item) || PyUnicode_Check(item) ||
        PyObject_TypeCheck(item, array_type)) {
        return Py_NewRef(item); /* nothing of the program's own is asked */
    }
    PyObject *code =
        Py_TYPE(typecode)->tp_descr_get(typecode, array, (PyObject *)Py_TYPE(array));
    Py_UCS4 letter = code == NULL ? 0 : PyUnicode_READ_CHAR(code, 0);
    Py_XDECREF(code);
    return code == NULL                     ? NULL
           : letter == 'f' || letter == 'd' ? PyNumber_Float(item)
           : letter == 'u' || letter == 'w' ? Py_NewRef(item)
                                            : PyNumber_Index(item);
}

/* A list of numbers, of whatever can be gone through. */
static PyObject *
numbers_of(PyObject *array, PyObject *items)
{
    PyObject *list = PyList_New(0);
    PyObject *iterator = list == NULL ? NULL : PyObject_GetIter(items);
    PyObject *item = NULL;
    int rc = iterator == NULL ? -1 : 0;
    while (rc == 0 && (item = PyIter_Next(iterator)) != NULL) {
        PyObject *number = number_of(array, item);
        rc = number == NULL ? -1 : PyList_Append(list, number);
        Py_XDECREF(number);
        Py_DECREF(item);
    }
    Py_XDECREF(iterator);
    if (rc < 0 || PyErr_Occurred()) {
        Py_CLEAR(list);
    }
    return list;
}

static ssizeobjargproc real_set_item;
static objobjargproc real_set_subscript;
static PyCFunction real_append, real_insert, real_fromlist, real_extend;

static int
set_item(PyObject *self, Py_ssize_t at, PyObject *item)
{
    PyObject *number = item == NULL ? NULL : number_of(self, item);
    int rc = item != NULL && number == NULL ? -1 : real_set_item(self, at, number);
    Py_XDECREF(number);
    return rc;
}

static int
set_subscript(PyObject *self, PyObject *key, PyObject *item)
{
    PyObject *number = item == NULL ? NULL : number_of(self, item);
    int rc = item != NULL && number == NULL ? -1 : real_set_subscript(self, key, number);
    Py_XDECREF(number);
    return rc;
}

static PyObject *
append(PyObject *self, PyObject *item)
{
    PyObject *number = number_of(self, item);
    PyObject *done = number == NULL ? NULL : real_append(self, number);
    Py_XDECREF(number);
    return done;
}

static PyObject *
insert(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    PyObject *number = count == 2 ? number_of(self, args[1]) : NULL;
    if (count == 2 && number == NULL) {
        return NULL;
    }
    PyObject *const ours[] = {count > 0 ? args[0] : NULL, number};
    PyObject *done = ((_PyCFunctionFast)(void (*)(void))real_insert)(
        self, count == 2 ? ours : args, count);
    Py_XDECREF(number);
    return done;
}

static PyObject *
fromlist(PyObject *self, PyObject *items)
{
    PyObject *list = PyList_Check(items) ? numbers_of(self, items) : Py_NewRef(items);
    PyObject *done = list == NULL ? NULL : real_fromlist(self, list);
    Py_XDECREF(list);
    return done;
}

static PyObject *
extend(PyObject *self, PyTypeObject *class, PyObject *const *args, Py_ssize_t count,
       PyObject *names)
{
    int is_plain = count != 1 || names != NULL || PyObject_TypeCheck(args[0], array_type);
    PyObject *list = is_plain ? NULL : numbers_of(self, args[0]);
    if (!is_plain && list == NULL) {
        return NULL;
    }
    PyObject *done = ((PyCMethod)(void (*)(void))real_extend)(
        self, class, is_plain ? args : &list, count, names);
    Py_XDECREF(list);
    return done;
}

static int
install_methods(void)
{
    const struct {
        const char *name;
        int flags;
        PyCFunction ours, *real;
    } rows[] = {
        {"append", METH_O, append, &real_append},
        {"insert", METH_FASTCALL, (PyCFunction)(void (*)(void))insert, &real_insert},
        {"fromlist", METH_O, fromlist, &real_fromlist},
        {"extend", METH_METHOD | METH_FASTCALL | METH_KEYWORDS,
         (PyCFunction)(void (*)(void))extend, &real_extend},
    };
    for (size_t i = 0; i < CL_COUNT(rows); i++) {
        if (cl_slots_put_method((PyObject *)array_type, rows[i].name, rows[i].flags,
                                rows[i].ours, rows[i].real) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
install_array(void)
{
    PyObject *module = PyImport_ImportModule("array");
    array_type =
        module == NULL ? NULL : (PyTypeObject *)PyObject_GetAttrString(module, "array");
    Py_XDECREF(module);
    typecode = array_type == NULL
                   ? NULL
                   : PyObject_GetAttrString((PyObject *)array_type, "typecode");
    if (typecode == NULL ||
        cl_slots_put(array_type, CL_SLOT_SEQUENCE, offsetof(PySequenceMethods, sq_ass_item),
                     (cl_slot)set_item, (cl_slot *)(void *)&real_set_item) < 0 ||
        cl_slots_put(array_type, CL_SLOT_MAPPING,
                     offsetof(PyMappingMethods, mp_ass_subscript), (cl_slot)set_subscript,
                     (cl_slot *)(void *)&real_set_subscript) < 0) {
        return -1;
    }
    return install_methods();
}

/* ---- struct.Struct --------------------------------------------------------------- */

static newfunc real_new_struct;
static initproc init_struct;

static PyObject *
new_struct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *made = real_new_struct(type, args, kwargs);
    PyObject *empty = made == NULL ? NULL : Py_BuildValue("(s)", "");
    if (made != NULL && (empty == NULL || init_struct(made, empty, NULL) < 0)) {
        Py_CLEAR(made);
    }
    Py_XDECREF(empty);
    return made;
}

static int
install_struct(void)
{
    PyObject *module = PyImport_ImportModule("_struct");
    PyTypeObject *type =
        module == NULL ? NULL : (PyTypeObject *)PyObject_GetAttrString(module, "Struct");
    Py_XDECREF(module);
    if (type == NULL) {
        return -1;
    }
    init_struct = type->tp_init;
    real_new_struct = type->tp_new;
    type->tp_new = new_struct;
    Py_DECREF(type); /* its module holds it */
    return 0;
}

int
cl_lent_install(void)
{
    return install_streams() < 0 || install_array() < 0 ? -1 : install_struct();
}

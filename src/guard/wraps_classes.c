/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what makes classes out of names: namedtuple, make_dataclass, the functional form
 * of Enum, SimpleNamespace; and what stands for metaclasses.
 *
 * Text with names in it is compiled by collections and dataclasses: here each name is an
 * exact str, in a list of our own that nobody changes after it was looked at.  Under the
 * GIL.
 */
#include <string.h>

#include "guard/dynamic.h"
#include "guard/metaclass.h"
#include "guard/state.h"
#include "guard/types.h"
#include "guard/wraps_parts.h"

PyObject *
cl_wrap_metaclass(PyObject *real)
{
    return cl_metaclass_get((PyTypeObject *)real);
}

/* typing.Type is an alias of type, and could be made to call it. */
PyObject *
cl_wrap_typing_type(PyObject *real)
{
    (void)real;
    return cl_metaclass_get(&PyType_Type);
}

/* Since Python 3.12 the real one reads whatever attribute its own attributes name, of
 * whatever class they name. */
PyObject *
cl_wrap_enum_property(PyObject *real)
{
    (void)real;
    return Py_NewRef((PyObject *)&PyProperty_Type);
}

static PyObject *
get_origin(PyObject *self, PyObject *object)
{
    PyObject *origin = PyObject_CallOneArg(self, object);
    if (origin != NULL && PyType_Check(origin) &&
        PyType_IsSubtype((PyTypeObject *)origin, &PyType_Type)) {
        PyObject *stand_in = cl_metaclass_get((PyTypeObject *)origin);
        Py_SETREF(origin, stand_in);
    }
    return origin;
}

static PyMethodDef get_origin_method = {"get_origin", get_origin, METH_O,
                                        "get_origin(tp): the class behind a hint, or None"};

PyObject *
cl_wrap_get_origin(PyObject *real)
{
    return cl_wraps_around(&get_origin_method, real);
}

/* ---- namedtuple ---------------------------------------------------------- */

/* Without module=: it would decide whose globals are taken for the class's. */
static PyObject *
namedtuple(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (cl_wraps_refuse_keyword(kwargs, "namedtuple", "module") < 0) {
        return NULL;
    }
    return PyObject_Call(self, args, kwargs);
}

static PyMethodDef namedtuple_method = {
    "namedtuple", (PyCFunction)(void (*)(void))namedtuple, METH_VARARGS | METH_KEYWORDS,
    "namedtuple(typename, field_names, *, rename=False, defaults=None)"};

PyObject *
cl_wrap_namedtuple(PyObject *real)
{
    return cl_wraps_around(&namedtuple_method, real);
}

/* What it made, if the rule of names allows its fields: they are attributes, and the
 * names that a class pattern reads. */
static PyObject *
checked_namedtuple(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *made = PyObject_Call(self, args, kwargs);
    PyObject *fields = made == NULL ? NULL : PyObject_GetAttrString(made, "_fields");
    int rc = fields == NULL || !PyTuple_Check(fields) ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && i < PyTuple_GET_SIZE(fields); i++) {
        rc = cl_wraps_check_field(PyTuple_GET_ITEM(fields, i), "a field", 0);
    }
    Py_XDECREF(fields);
    if (rc < 0) {
        Py_CLEAR(made);
    }
    return made;
}

static PyMethodDef checked_namedtuple_method = {
    "namedtuple", (PyCFunction)(void (*)(void))checked_namedtuple,
    METH_VARARGS | METH_KEYWORDS, NULL};

/* In the module itself, for typing.NamedTuple makes its classes by it. */
int
cl_patch_collections(PyObject *module)
{
    PyObject *real = PyObject_GetAttrString(module, "namedtuple");
    PyObject *checked =
        real == NULL ? NULL : cl_wraps_around(&checked_namedtuple_method, real);
    int rc = checked == NULL ? -1 : PyObject_SetAttrString(module, "namedtuple", checked);
    Py_XDECREF(checked);
    Py_XDECREF(real);
    return rc;
}

/* ---- make_dataclass ------------------------------------------------------ */

/* "x", ("x", int) or ("x", int, field()): the same with an exact name. */
static PyObject *
check_dataclass_field(PyObject *item)
{
    PyObject *parts = PyUnicode_Check(item) ? Py_NewRef(item) : PySequence_Tuple(item);
    PyObject *name = parts == NULL ? NULL : parts;
    if (parts != NULL && PyTuple_Check(parts)) {
        name = PyTuple_GET_SIZE(parts) > 0 ? PyTuple_GET_ITEM(parts, 0) : Py_None;
    }
    if (name == NULL || cl_wraps_check_field(name, "a field", 0) < 0) {
        Py_CLEAR(parts);
    }
    return parts;
}

/* A list of our own of what check made of each; a new reference. */
static PyObject *
check_each(PyObject *items, PyObject *(*check)(PyObject *item))
{
    PyObject *list = PySequence_List(items);
    for (Py_ssize_t i = 0; list != NULL && i < PyList_GET_SIZE(list); i++) {
        PyObject *made = check(PyList_GET_ITEM(list, i));
        if (made == NULL) {
            Py_CLEAR(list);
        } else {
            (void)PyList_SetItem(list, i, made); /* within its bounds */
        }
    }
    return list;
}

/* A copy of namespace=, with the module that the class is of. */
static PyObject *
check_namespace(PyObject *names)
{
    PyObject *made = PyDict_New();
    PyObject *main_name = made == NULL ? NULL : PyUnicode_InternFromString("__main__");
    PyObject *key = NULL;
    PyObject *value = NULL;
    Py_ssize_t at = 0;
    int rc = main_name == NULL ? -1 : PyDict_SetItemString(made, "__module__", main_name);
    if (rc == 0 && names != NULL && names != Py_None && !PyDict_CheckExact(names)) {
        PyErr_SetString(PyExc_TypeError, "namespace= must be a dict");
        rc = -1;
    }
    while (rc == 0 && names != NULL && names != Py_None &&
           PyDict_Next(names, &at, &key, &value)) {
        rc = cl_wraps_check_field(key, "an attribute", 1) < 0
                 ? -1
                 : PyDict_SetItem(made, key, value);
    }
    Py_XDECREF(main_name);
    if (rc < 0) {
        Py_CLEAR(made);
    }
    return made;
}

static PyObject *
call_make_dataclass(PyObject *real, PyObject *name, PyObject *fields, PyObject *kwargs)
{
    PyObject *checked = check_each(fields, check_dataclass_field);
    PyObject *keywords = kwargs == NULL ? PyDict_New() : PyDict_Copy(kwargs);
    PyObject *names = checked == NULL || keywords == NULL
                          ? NULL
                          : check_namespace(PyDict_GetItemString(keywords, "namespace"));
    PyObject *positional = names == NULL ? NULL : PyTuple_Pack(2, name, checked);
    PyObject *class = NULL;
    if (positional != NULL && PyDict_SetItemString(keywords, "namespace", names) == 0) {
        class = PyObject_Call(real, positional, keywords);
    }
    Py_XDECREF(positional);
    Py_XDECREF(names);
    Py_XDECREF(keywords);
    Py_XDECREF(checked);
    return class;
}

static PyObject *
make_dataclass(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (PyTuple_GET_SIZE(args) != 2) {
        PyErr_SetString(PyExc_TypeError,
                        "make_dataclass() takes the class's name and its fields");
        return NULL;
    }
    if (cl_wraps_check_field(PyTuple_GET_ITEM(args, 0), "a class", 0) < 0 ||
        cl_wraps_refuse_keyword(kwargs, "make_dataclass", "module") < 0 ||
        cl_wraps_refuse_keyword(kwargs, "make_dataclass", "decorator") < 0) {
        return NULL;
    }
    return call_make_dataclass(self, PyTuple_GET_ITEM(args, 0), PyTuple_GET_ITEM(args, 1),
                               kwargs);
}

static PyMethodDef make_dataclass_method = {
    "make_dataclass", (PyCFunction)(void (*)(void))make_dataclass,
    METH_VARARGS | METH_KEYWORDS, "make_dataclass(cls_name, fields, *, bases=(), ...)"};

PyObject *
cl_wrap_make_dataclass(PyObject *real)
{
    return cl_wraps_around(&make_dataclass_method, real);
}

/* ---- the functional form of Enum ----------------------------------------- */

/* ("A", 1) or ["A", 1]; a bare name stays. */
static PyObject *
check_member(PyObject *item)
{
    PyObject *parts = PyUnicode_Check(item) ? Py_NewRef(item) : PySequence_Tuple(item);
    PyObject *name = parts;
    if (parts != NULL && PyTuple_Check(parts)) {
        name = PyTuple_GET_SIZE(parts) == 2 ? PyTuple_GET_ITEM(parts, 0) : Py_None;
    }
    if (parts == NULL || cl_wraps_check_field(name, "a member", 0) < 0) {
        Py_CLEAR(parts);
    }
    return parts;
}

/* "A B", "A, B", names, pairs or a mapping: a list of names or pairs. */
static PyObject *
check_members(PyObject *names)
{
    if (PyUnicode_CheckExact(names)) {
        PyObject *comma = PyUnicode_FromString(",");
        PyObject *space = PyUnicode_FromString(" ");
        PyObject *plain = comma == NULL || space == NULL
                              ? NULL
                              : PyUnicode_Replace(names, comma, space, -1);
        PyObject *parts = plain == NULL ? NULL : PyUnicode_Split(plain, NULL, -1);
        PyObject *list = parts == NULL ? NULL : check_each(parts, check_member);
        Py_XDECREF(parts);
        Py_XDECREF(plain);
        Py_XDECREF(space);
        Py_XDECREF(comma);
        return list;
    }
    PyObject *items =
        PyMapping_Check(names) && !PyList_Check(names) && !PyTuple_Check(names)
            ? PyMapping_Items(names)
            : Py_NewRef(names);
    PyObject *list = items == NULL ? NULL : check_each(items, check_member);
    Py_XDECREF(items);
    return list;
}

/* An argument by place or, as later Pythons call it, by name; taken out of keywords.
 * A new reference; NULL where it is not given. */
static PyObject *
take_argument(PyObject *args, Py_ssize_t place, PyObject *keywords, const char *name)
{
    PyObject *given = PyTuple_GET_SIZE(args) > place ? PyTuple_GET_ITEM(args, place)
                                                     : PyDict_GetItemString(keywords, name);
    Py_XINCREF(given);
    if (given != NULL && PyTuple_GET_SIZE(args) <= place &&
        PyDict_DelItemString(keywords, name) < 0) {
        PyErr_Clear(); /* it was there */
    }
    return given;
}

static PyObject *
create_checked(PyObject *real, PyObject *class, PyObject *name, PyObject *names,
               PyObject *keywords)
{
    if (cl_wraps_check_field(name, "an enumeration", 0) < 0 ||
        cl_wraps_refuse_keyword(keywords, "Enum", "module") < 0 ||
        cl_wraps_refuse_keyword(keywords, "Enum", "qualname") < 0) {
        return NULL;
    }
    PyObject *members = check_members(names);
    PyObject *args = members == NULL ? NULL : PyTuple_Pack(3, class, name, members);
    PyObject *made = args == NULL ? NULL : PyObject_Call(real, args, keywords);
    Py_XDECREF(args);
    Py_XDECREF(members);
    return made;
}

/* (cls, class_name, names, *, module, qualname, type, start, boundary) */
static PyObject *
create(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (!cl_guard_is_running() || cl_dynamic_is_ours()) {
        return PyObject_Call(self, args, kwargs);
    }
    PyObject *keywords = kwargs == NULL ? PyDict_New() : PyDict_Copy(kwargs);
    if (keywords == NULL || PyTuple_GET_SIZE(args) == 0) {
        Py_XDECREF(keywords);
        return PyErr_Format(PyExc_TypeError, "_create_() needs a class");
    }
    PyObject *name = take_argument(args, 1, keywords, "class_name");
    PyObject *names = take_argument(args, 2, keywords, "names");
    PyObject *made = NULL;
    if (name == NULL || names == NULL || PyTuple_GET_SIZE(args) > 3) {
        PyErr_SetString(PyExc_TypeError, "Enum() takes a name and the members' names");
    } else {
        made = create_checked(self, PyTuple_GET_ITEM(args, 0), name, names, keywords);
        if (made != NULL && PyType_Check(made) &&
            cl_types_harden_class((PyTypeObject *)made) < 0) {
            Py_CLEAR(made);
        }
    }
    Py_XDECREF(names);
    Py_XDECREF(name);
    Py_DECREF(keywords);
    return made;
}

/* Takes the members out of a module's globals. */
static PyObject *
convert(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (cl_guard_is_running() && !cl_dynamic_is_ours()) {
        cl_guard_violation(CL_VIOLATION_NAME, "attribute _convert_");
        PyErr_SetString(PyExc_AttributeError, "_convert_ is not available here");
        return NULL;
    }
    return PyObject_Call(self, args, kwargs);
}

static PyMethodDef create_method = {"_create_", (PyCFunction)(void (*)(void))create,
                                    METH_VARARGS | METH_KEYWORDS, NULL};
static PyMethodDef convert_method = {"_convert_", (PyCFunction)(void (*)(void))convert,
                                     METH_VARARGS | METH_KEYWORDS, NULL};

int
cl_patch_enum(PyObject *module)
{
    return cl_wraps_patch_method(module, "EnumType", &create_method) < 0
               ? -1
               : cl_wraps_patch_method(module, "EnumType", &convert_method);
}

/* ---- SimpleNamespace ----------------------------------------------------- */

static PyTypeObject namespace_type; /* a subclass, whose keywords are looked at */

/* 0, or -1 with an exception: each key is a name that code may read. */
static int
check_keys(PyObject *dict)
{
    PyObject *key = NULL;
    PyObject *value = NULL;
    Py_ssize_t at = 0;
    while (dict != NULL && PyDict_Next(dict, &at, &key, &value)) {
        if (cl_wraps_check_name(key) < 0) {
            return -1;
        }
    }
    return 0;
}

/* From Python 3.13 on it takes a mapping or pairs as well: as a dict that is nobody's. */
static PyObject *
namespace_args(PyObject *args)
{
    if (PY_VERSION_HEX < 0x030d0000 || PyTuple_GET_SIZE(args) != 1) {
        return Py_NewRef(args);
    }
    PyObject *dict =
        PyObject_CallOneArg((PyObject *)&PyDict_Type, PyTuple_GET_ITEM(args, 0));
    PyObject *made = dict == NULL || check_keys(dict) < 0 ? NULL : PyTuple_Pack(1, dict);
    Py_XDECREF(dict);
    return made;
}

static int
namespace_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *taken = check_keys(kwargs) < 0 ? NULL : namespace_args(args);
    int rc = taken == NULL ? -1 : namespace_type.tp_base->tp_init(self, taken, kwargs);
    Py_XDECREF(taken);
    return rc;
}

/* As the real one shows itself, which is not by the name of its class. */
static PyObject *
namespace_repr(PyObject *self)
{
    PyObject *text = namespace_type.tp_base->tp_repr(self);
    Py_ssize_t skip = (Py_ssize_t)strlen(namespace_type.tp_name);
    if (text == NULL || Py_TYPE(self) != &namespace_type) {
        return text;
    }
    PyObject *rest = PyUnicode_Substring(text, skip, PyUnicode_GET_LENGTH(text));
    PyObject *shown = rest == NULL ? NULL : PyUnicode_FromFormat("namespace%U", rest);
    Py_XDECREF(rest);
    Py_DECREF(text);
    return shown;
}

static PyTypeObject namespace_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "types.SimpleNamespace",
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_repr = namespace_repr,
    .tp_init = namespace_init,
};

/* Python 3.13 has one that puts any name into the copy's dictionary. */
static PyObject *
namespace_replace(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    PyErr_SetString(PyExc_TypeError,
                    "replace() of a SimpleNamespace is not available here");
    return NULL;
}

static PyMethodDef namespace_methods[] = {
    {"__replace__", namespace_replace, METH_VARARGS | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};

PyObject *
cl_wrap_namespace(PyObject *real)
{
    if (namespace_type.tp_base == NULL) {
        namespace_type.tp_base = (PyTypeObject *)Py_NewRef(real);
        namespace_type.tp_methods = namespace_methods;
        if (PyType_Ready(&namespace_type) < 0) {
            return NULL;
        }
    }
    return Py_NewRef((PyObject *)&namespace_type);
}

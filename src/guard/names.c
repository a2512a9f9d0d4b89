/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of names, and the rule over them.  Pure. */
#include "guard/names.h"

#include <string.h>

#include "base/own.h"

/* Public names by which CPython's objects lead to frames, code and globals, in the
 * minor versions that the guard knows.  Sorted. */
static const char *const leaks[] = {
    "ag_await",     "ag_code",        "ag_frame",        "ag_running",
    "ag_suspended", "cell_contents",  "cr_await",        "cr_code",
    "cr_frame",     "cr_origin",      "cr_running",      "cr_suspended",
    "f_back",       "f_builtins",     "f_code",          "f_generator",
    "f_globals",    "f_lasti",        "f_lineno",        "f_locals",
    "f_trace",      "f_trace_lines",  "f_trace_opcodes", "func_closure",
    "func_code",    "func_defaults",  "func_dict",       "func_globals",
    "gi_code",      "gi_frame",       "gi_running",      "gi_suspended",
    "gi_yieldfrom", "im_class",       "im_func",         "im_self",
    "mro",          "tb_frame",       "tb_lasti",        "tb_lineno",
    "tb_next",      "with_traceback",
};

/* Methods that a class may define: operators and protocols in which CPython hands
 * over nothing but values.  Not here: __del__ (runs when it likes), __class__,
 * __getattribute__, __instancecheck__ and its kin (lie to the guard about types),
 * __reduce__ and its kin, __prepare__, __mro_entries__.  Sorted. */
static const char *const methods[] = {
    "__abs__",      "__add__",      "__and__",           "__bool__",
    "__bytes__",    "__call__",     "__ceil__",          "__class_getitem__",
    "__complex__",  "__contains__", "__copy__",          "__deepcopy__",
    "__delattr__",  "__delete__",   "__delitem__",       "__divmod__",
    "__enter__",    "__eq__",       "__exit__",          "__float__",
    "__floor__",    "__floordiv__", "__format__",        "__ge__",
    "__get__",      "__getattr__",  "__getitem__",       "__gt__",
    "__hash__",     "__iadd__",     "__iand__",          "__ifloordiv__",
    "__ilshift__",  "__imatmul__",  "__imod__",          "__imul__",
    "__index__",    "__init__",     "__init_subclass__", "__int__",
    "__invert__",   "__ior__",      "__ipow__",          "__irshift__",
    "__isub__",     "__iter__",     "__itruediv__",      "__ixor__",
    "__le__",       "__len__",      "__length_hint__",   "__lshift__",
    "__lt__",       "__matmul__",   "__missing__",       "__mod__",
    "__mul__",      "__ne__",       "__neg__",           "__new__",
    "__next__",     "__or__",       "__pos__",           "__post_init__",
    "__pow__",      "__radd__",     "__rand__",          "__rdivmod__",
    "__repr__",     "__reversed__", "__rfloordiv__",     "__rlshift__",
    "__rmatmul__",  "__rmod__",     "__rmul__",          "__ror__",
    "__round__",    "__rpow__",     "__rrshift__",       "__rshift__",
    "__rsub__",     "__rtruediv__", "__rxor__",          "__set__",
    "__set_name__", "__setattr__",  "__setitem__",       "__str__",
    "__sub__",      "__truediv__",  "__trunc__",         "__xor__",
};

/* Sorted. */
static const char *const attributes[] = {"__doc__", "__name__"};

/* Names of a module's own that scripts set.  Sorted. */
static const char *const bound[] = {"__all__",     "__author__", "__doc__",
                                    "__license__", "__name__",   "__version__"};

/* What `introspection: read` adds, to read.  Sorted. */
/* Not __class__: of a class it is the metaclass itself, and type(x) says what x is. */
static const char *const introspective[] = {
    "__annotations__", "__bases__",    "__dict__",    "__module__",
    "__mro__",         "__qualname__", "__wrapped__",
};

/* Data that a class may set about itself; the check looks at the values. */
static const char *const class_data[] = {"__doc__", "__hash__", "__match_args__",
                                         "__slots__"};

static const struct {
    const char *name, *advice;
} advice[] = {
    {"__class__", "use type(x) or isinstance(x, C)"},
    {"__dict__", "name the attributes that you need, or keep a dict"},
    {"__import__", "use an import statement"},
    {"__del__", "use a with statement and __exit__ to tidy up"},
    {"__getattribute__", "use __getattr__"},
    {"__traceback__", "use traceback.format_exc() where the profile has it"},
    {"__len__", "use len(x)"},
    {"__iter__", "use iter(x)"},
    {"__next__", "use next(x)"},
    {"__str__", "use str(x)"},
    {"__repr__", "use repr(x)"},
    {"__getitem__", "use x[key]"},
    {"__setitem__", "use x[key] = value"},
    {"__contains__", "use key in x"},
    {"__call__", "use x(...)"},
    {"__format__", "use format(x, spec)"},
    {"__args__", "use typing.get_args(x)"},
    {"__origin__", "use typing.get_origin(x)"},
    {"__members__", "go through the class: for member in Color"},
    {"__dataclass_fields__", "use dataclasses.fields(x)"},
    {"__cause__", "use traceback.format_exc() where the profile has it"},
    {"__context__", "use traceback.format_exc() where the profile has it"},
};

static int
lists(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return 1;
        }
    }
    return 0;
}

#define LISTS(table, name) lists(table, CL_COUNT(table), name)

static int
is_dunder(const char *text)
{
    size_t len = strlen(text);
    return len > 4 && memcmp(text, "__", 2) == 0 && memcmp(text + len - 2, "__", 2) == 0;
}

enum cl_name_verdict
cl_name_check(PyObject *name, enum cl_name_slot slot, int can_introspect)
{
    if (PyUnicode_READY(name) < 0) {
        PyErr_Clear();
        return CL_NAME_REFUSED;
    }
    if (!PyUnicode_IS_ASCII(name)) {
        return CL_NAME_OK; /* CPython's own special names all are */
    }
    const char *text = (const char *)PyUnicode_1BYTE_DATA(name);
    if (strlen(text) != (size_t)PyUnicode_GET_LENGTH(name)) {
        return CL_NAME_REFUSED; /* a NUL within */
    }
    if (LISTS(leaks, text)) {
        return CL_NAME_REFUSED;
    }
    if (!is_dunder(text)) {
        return CL_NAME_OK;
    }
    if ((slot == CL_NAME_BOUND && LISTS(bound, text)) ||
        (slot != CL_NAME_BOUND && LISTS(attributes, text)) ||
        (slot == CL_NAME_METHOD && (LISTS(methods, text) || LISTS(class_data, text))) ||
        (slot == CL_NAME_SUPER && LISTS(methods, text))) {
        return CL_NAME_OK;
    }
    if (slot == CL_NAME_ATTRIBUTE && LISTS(introspective, text)) {
        return can_introspect ? CL_NAME_OK : CL_NAME_INTROSPECTIVE;
    }
    return CL_NAME_REFUSED;
}

const char *
cl_name_advice(PyObject *name)
{
    for (size_t i = 0; i < CL_COUNT(advice); i++) {
        if (PyUnicode_CompareWithASCIIString(name, advice[i].name) == 0) {
            return advice[i].advice;
        }
    }
    return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the tables of wraps and patches: which function is not given as it is, and which
 * module is changed.  Under the GIL. */
#include "guard/wraps.h"

#include <string.h>

#include "base/own.h"
#include "guard/names.h"
#include "guard/state.h"
#include "guard/wraps_parts.h"

static const struct {
    const char *module, *name;
    cl_wrap_maker maker;
} makers[] = {
    {"abc", "ABCMeta", cl_wrap_metaclass},
    {"collections", "namedtuple", cl_wrap_namedtuple},
    {"contextlib", "redirect_stderr", cl_wrap_redirect_stderr},
    {"contextlib", "redirect_stdout", cl_wrap_redirect_stdout},
    {"dataclasses", "make_dataclass", cl_wrap_make_dataclass},
    {"decimal", "localcontext", cl_wrap_localcontext},
    {"difflib", "HtmlDiff", cl_wrap_html_diff},
    {"enum", "EnumMeta", cl_wrap_metaclass},
    {"enum", "EnumType", cl_wrap_metaclass},
    {"enum", "property", cl_wrap_enum_property},
    {"functools", "cached_property", cl_wrap_cached_property},
    {"functools", "update_wrapper", cl_wrap_update_wrapper},
    {"functools", "wraps", cl_wrap_wraps},
    {"logging", "basicConfig", cl_wrap_basic_config},
    {"operator", "attrgetter", cl_wrap_attrgetter},
    {"operator", "methodcaller", cl_wrap_methodcaller},
    {"traceback", "format_exc", cl_wrap_format_exc},
    {"traceback", "format_exception", cl_wrap_format_exception},
    {"traceback", "print_exc", cl_wrap_print_exc},
    {"types", "SimpleNamespace", cl_wrap_namespace},
    {"typing", "Type", cl_wrap_typing_type},
    {"typing", "get_origin", cl_wrap_get_origin},
};

static struct {
    const char *module;
    int (*patch)(PyObject *module);
    int is_done;
} patches[] = {
    {"collections", cl_patch_collections, 0},
    {"copy", cl_patch_copy, 0},
    {"dataclasses", cl_patch_dataclasses, 0},
    {"decimal", cl_patch_decimal, 0},
    {"enum", cl_patch_enum, 0},
    {"functools", cl_patch_functools, 0},
    {"inspect", cl_patch_inspect, 0},
    {"logging", cl_patch_logging, 0},
    {"pprint", cl_patch_pprint, 0},
    {"statistics", cl_patch_statistics, 0},
    {"typing", cl_patch_typing, 0},
};

/* What functions of a module import when they are first called. */
static const struct {
    const char *module, *later;
} companions[] = {
    {"datetime", "_strptime"},  {"logging", "ast"},       {"traceback", "ast"},
    {"functools", "typing"},    {"logging", "traceback"}, {"time", "_strptime"},
    {"traceback", "linecache"}, {"uuid", "hashlib"},
};

cl_wrap_maker
cl_wraps_find(const char *module, const char *name)
{
    for (size_t i = 0; i < CL_COUNT(makers); i++) {
        if (strcmp(makers[i].module, module) == 0 && strcmp(makers[i].name, name) == 0) {
            return makers[i].maker;
        }
    }
    return NULL;
}

/* Each once, as soon as it is there. */
static int
patch_loaded(void)
{
    for (size_t i = 0; i < CL_COUNT(patches); i++) {
        PyObject *name =
            patches[i].is_done ? NULL : PyUnicode_InternFromString(patches[i].module);
        PyObject *module = name == NULL ? NULL : PyImport_GetModule(name);
        int rc = PyErr_Occurred() ? -1 : 0;
        if (module != NULL) {
            patches[i].is_done = 1;
            rc = patches[i].patch(module);
        }
        Py_XDECREF(module);
        Py_XDECREF(name);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

int
cl_wraps_prepare(const char *module)
{
    for (size_t i = 0; i < CL_COUNT(companions); i++) {
        if (strcmp(companions[i].module, module) == 0) {
            PyObject *later =
                PyImport_ImportModuleLevel(companions[i].later, NULL, NULL, NULL, 0);
            if (later == NULL) {
                return -1;
            }
            Py_DECREF(later);
        }
    }
    return patch_loaded();
}

int
cl_wraps_install(void)
{
    return cl_wraps_install_operator() < 0 || cl_wraps_install_functools() < 0 ||
                   cl_wraps_install_copy() < 0 || cl_wraps_install_streams() < 0
               ? -1
               : patch_loaded();
}

int
cl_wraps_check_name(PyObject *name)
{
    if (!PyUnicode_CheckExact(name)) {
        PyErr_SetString(PyExc_TypeError, "attribute name must be a plain string");
        return -1;
    }
    enum cl_name_verdict verdict =
        cl_name_check(name, CL_NAME_ATTRIBUTE, (int)cl_guard_plan()->introspection);
    if (verdict == CL_NAME_OK) {
        return 0;
    }
    const char *text = PyUnicode_AsUTF8(name);
    PyErr_Clear(); /* of a name that is no UTF-8 */
    char what[120];
    (void)snprintf(what, sizeof what, "attribute %.100s", text == NULL ? "?" : text);
    cl_guard_violation(verdict == CL_NAME_INTROSPECTIVE ? CL_VIOLATION_INTROSPECTION
                                                        : CL_VIOLATION_NAME,
                       what);
    const char *advice = cl_name_advice(name);
    PyErr_Format(PyExc_AttributeError, "attribute %R is not available here%s%s", name,
                 advice == NULL ? "" : ": ", advice == NULL ? "" : advice);
    return -1;
}

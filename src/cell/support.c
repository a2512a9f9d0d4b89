/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the namespace of support.py.  Under the GIL. */
#include "cell/support.h"

#include <string.h>

#include "base/own.h"
#include "cell/report.h"
#include "cloche_support.inc" /* generated from support.py: support_text */

static PyObject *space;         /* its globals, or NULL until it has run */
static PyObject *source_loader; /* of the run's code; NULL before the job */

static int
load(void)
{
    if (space != NULL) {
        return 0;
    }
    PyObject *globals = PyDict_New();
    PyObject *code =
        Py_CompileString((const char *)support_text, "<cloche>", Py_file_input);
    PyObject *done = NULL;
    PyObject *name = PyUnicode_FromString("_cloche_support");
    if (globals != NULL && code != NULL && name != NULL &&
        PyDict_SetItemString(globals, "__builtins__", PyEval_GetBuiltins()) == 0 &&
        PyDict_SetItemString(globals, "__name__", name) == 0) {
        done = PyEval_EvalCode(code, globals, globals);
    }
    Py_XDECREF(name);
    Py_XDECREF(code);
    if (done == NULL) {
        Py_XDECREF(globals);
        return -1;
    }
    Py_DECREF(done);
    space = globals;
    return 0;
}

PyObject *
cl_support_call(const char *function, PyObject *args)
{
    if (load() < 0) {
        return NULL;
    }
    PyObject *f = PyDict_GetItemString(space, function); /* borrowed */
    if (f == NULL) {
        PyErr_Format(PyExc_SystemError, "support.py has no %s", function);
        return NULL;
    }
    return PyObject_CallObject(f, args);
}

/* One object's rich forms; what has none is shown by its repr. */
static int
display_one(PyObject *object)
{
    PyObject *bundle = cl_support_bundle(object);
    if (bundle == Py_None) {
        Py_SETREF(bundle, Py_BuildValue("{s:N}", "text/plain", PyObject_Repr(object)));
    }
    int rc = bundle == NULL ? -1 : cl_report_display(bundle);
    Py_XDECREF(bundle);
    return rc;
}

static PyObject *
cloche_display(PyObject *self, PyObject *const *objects, Py_ssize_t count)
{
    (void)self;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (display_one(objects[i]) < 0) {
            return NULL;
        }
    }
    return Py_NewRef(Py_None);
}

static PyObject *
cloche_show_figures(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    return cl_support_send_figures() < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
call_with(const char *function, PyObject *argument)
{
    PyObject *packed = PyTuple_Pack(1, argument);
    PyObject *result = packed == NULL ? NULL : cl_support_call(function, packed);
    Py_XDECREF(packed);
    return result;
}

/* The module is its own finder on sys.meta_path, for the two names it knows. */
static PyObject *
cloche_find_spec(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    (void)self;
    if (count < 1 || !PyUnicode_Check(args[0])) {
        return Py_NewRef(Py_None);
    }
    if (PyUnicode_CompareWithASCIIString(args[0], "cloche_figures") == 0) {
        return call_with("find_backend", args[0]);
    }
    if (source_loader != NULL &&
        PyUnicode_CompareWithASCIIString(args[0], "linecache") == 0) {
        return call_with("find_linecache", source_loader);
    }
    return Py_NewRef(Py_None);
}

void
cl_support_set_source(PyObject *loader)
{
    source_loader = Py_NewRef(loader);
}

static PyMethodDef cloche_methods[] = {
    {"display", (PyCFunction)(void (*)(void))cloche_display, METH_FASTCALL,
     "display(*objects)\n--\n\nShow objects in their richest form, as a notebook would."},
    {"_show_figures", cloche_show_figures, METH_NOARGS,
     "Show the open matplotlib figures."},
    {"find_spec", (PyCFunction)(void (*)(void))cloche_find_spec, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef cloche_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cloche",
    .m_doc = "What a cell may ask of its host.",
    .m_size = -1,
    .m_methods = cloche_methods,
};

int
cl_support_install(int is_warm)
{
    PyObject *module = PyModule_Create(&cloche_module);
    PyObject *display = module == NULL ? NULL : PyObject_GetAttrString(module, "display");
    PyObject *finders = PySys_GetObject("meta_path"); /* borrowed */
    int rc = -1;
    if (display != NULL && finders != NULL &&
        PyDict_SetItemString(PyImport_GetModuleDict(), "cloche", module) == 0 &&
        PyDict_SetItemString(PyEval_GetBuiltins(), "display", display) == 0 &&
        PyList_Insert(finders, 0, module) == 0) { /* before the one that finds linecache */
        rc = is_warm ? load() : 0;
    }
    Py_XDECREF(display);
    Py_XDECREF(module);
    return rc;
}

int
cl_support_has_forms(PyObject *object)
{
    static const char *const methods[] = {
        "_repr_mimebundle_", "_repr_html_", "_repr_markdown_", "_repr_svg_",
        "_repr_png_",        "_repr_jpeg_", "_repr_latex_",    "_repr_json_",
    };
    for (size_t i = 0; i < CL_COUNT(methods); i++) {
        if (PyObject_HasAttrString((PyObject *)Py_TYPE(object), methods[i])) {
            return 1;
        }
    }
    return strncmp(Py_TYPE(object)->tp_name, "Figure", 6) == 0;
}

PyObject *
cl_support_bundle(PyObject *object)
{
    return call_with("bundle", object);
}

int
cl_support_send_figures(void)
{
    PyObject *made = cl_support_call("figures", NULL);
    int rc = made != NULL && PyList_CheckExact(made) ? 0 : -1;
    for (Py_ssize_t i = 0; rc == 0 && i < PyList_GET_SIZE(made); i++) {
        rc = cl_report_display(PyList_GET_ITEM(made, i));
    }
    Py_XDECREF(made);
    return rc;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what stands for the process's standard streams, whose own objects lead to files:
 * a stream that can be written to, and redirect_stdout.  Under the GIL.
 */
#include "guard/dynamic.h"
#include "guard/wraps_parts.h"

/* ---- a stream ------------------------------------------------------------ */

struct stream {
    PyObject_HEAD const char *name; /* in sys; a constant */
};

/* Call a method of what sys has now. */
static PyObject *
forward(PyObject *self, const char *method, PyObject *argument)
{
    PyObject *real = PySys_GetObject(((struct stream *)self)->name); /* borrowed */
    if (real == NULL || real == Py_None) {
        Py_RETURN_NONE;
    }
    Py_INCREF(real);
    PyObject *function = PyObject_GetAttrString(real, method);
    PyObject *done =
        function == NULL ? NULL : PyObject_CallFunctionObjArgs(function, argument, NULL);
    Py_XDECREF(function);
    Py_DECREF(real);
    return done;
}

static PyObject *
stream_write(PyObject *self, PyObject *text)
{
    return forward(self, "write", text);
}

static PyObject *
stream_flush(PyObject *self, PyObject *unused)
{
    (void)unused;
    return forward(self, "flush", NULL);
}

static PyObject *
stream_isatty(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    Py_RETURN_FALSE;
}

static PyObject *
stream_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<%s>", ((struct stream *)self)->name);
}

static PyMethodDef stream_methods[] = {
    {"write", stream_write, METH_O, "write(text): the number of characters"},
    {"flush", stream_flush, METH_NOARGS, "flush()"},
    {"isatty", stream_isatty, METH_NOARGS, "isatty(): False"},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject stream_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.stream",
    .tp_basicsize = sizeof(struct stream),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_methods = stream_methods,
    .tp_repr = stream_repr,
};

PyObject *
cl_wraps_stream(const char *name)
{
    struct stream *s = PyObject_New(struct stream, &stream_type);
    if (s != NULL) {
        s->name = name;
    }
    return (PyObject *)s;
}

/* ---- redirect_stdout, redirect_stderr ------------------------------------ */

struct redirect {
    PyObject_HEAD const char *name;
    PyObject *target;
    PyObject *before; /* a list: one entry for each time it was entered */
};

static PyTypeObject redirect_type;
static PyTypeObject *string_type; /* io.StringIO */

static void
redirect_dealloc(PyObject *self)
{
    struct redirect *r = (struct redirect *)self;
    PyObject_GC_UnTrack(self);
    Py_CLEAR(r->target);
    Py_CLEAR(r->before);
    PyObject_GC_Del(self);
}

static int
redirect_traverse(PyObject *self, visitproc visit, void *arg)
{
    struct redirect *r = (struct redirect *)self;
    Py_VISIT(r->target);
    Py_VISIT(r->before);
    return 0;
}

static PyObject *
redirect_enter(PyObject *self, PyObject *unused)
{
    (void)unused;
    struct redirect *r = (struct redirect *)self;
    PyObject *now = PySys_GetObject(r->name); /* borrowed */
    if (PyList_Append(r->before, now == NULL ? Py_None : now) < 0 ||
        PySys_SetObject(r->name, r->target) < 0) {
        return NULL;
    }
    return Py_NewRef(r->target);
}

static PyObject *
redirect_exit(PyObject *self, PyObject *args)
{
    (void)args;
    struct redirect *r = (struct redirect *)self;
    Py_ssize_t count = PyList_GET_SIZE(r->before);
    if (count == 0) {
        PyErr_SetString(PyExc_RuntimeError, "it was not entered");
        return NULL;
    }
    PyObject *before = Py_NewRef(PyList_GET_ITEM(r->before, count - 1));
    int rc = PyList_SetSlice(r->before, count - 1, count, NULL) < 0 ||
                     PySys_SetObject(r->name, before) < 0
                 ? -1
                 : 0;
    Py_DECREF(before);
    if (rc < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef redirect_methods[] = {
    {"__enter__", redirect_enter, METH_NOARGS, NULL},
    {"__exit__", redirect_exit, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject redirect_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "contextlib.redirect",
    .tp_basicsize = sizeof(struct redirect),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_dealloc = redirect_dealloc,
    .tp_traverse = redirect_traverse,
    .tp_methods = redirect_methods,
};

/* Only to a StringIO: with an object of its own as sys.stdout, code would be called by
 * whatever writes there after the run. */
static PyObject *
redirect(const char *name, PyObject *target)
{
    if (target != Py_None && Py_TYPE(target) != string_type) {
        PyErr_Format(PyExc_TypeError, "redirect_%s() takes an io.StringIO or None here",
                     name);
        return NULL;
    }
    struct redirect *r = PyObject_GC_New(struct redirect, &redirect_type);
    if (r == NULL) {
        return NULL;
    }
    r->name = name;
    r->target = Py_NewRef(target);
    r->before = PyList_New(0);
    PyObject_GC_Track(r);
    if (r->before == NULL) {
        Py_DECREF(r);
        return NULL;
    }
    return (PyObject *)r;
}

static PyObject *
redirect_stdout(PyObject *self, PyObject *target)
{
    (void)self;
    return redirect("stdout", target);
}

static PyObject *
redirect_stderr(PyObject *self, PyObject *target)
{
    (void)self;
    return redirect("stderr", target);
}

static PyMethodDef stdout_method = {"redirect_stdout", redirect_stdout, METH_O,
                                    "redirect_stdout(new_target): a context manager"};
static PyMethodDef stderr_method = {"redirect_stderr", redirect_stderr, METH_O,
                                    "redirect_stderr(new_target): a context manager"};

PyObject *
cl_wrap_redirect_stdout(PyObject *real)
{
    (void)real;
    return PyCFunction_New(&stdout_method, NULL);
}

PyObject *
cl_wrap_redirect_stderr(PyObject *real)
{
    (void)real;
    return PyCFunction_New(&stderr_method, NULL);
}

/* ---- classes that take a stream, sys's where none is given ---------------- */

/* Call the real __init__ with a stream of ours where there is none at this place. */
static PyObject *
init_with_stream(PyObject *real, PyObject *args, PyObject *kwargs, Py_ssize_t place,
                 const char *name)
{
    PyObject *keywords = kwargs == NULL ? PyDict_New() : PyDict_Copy(kwargs);
    PyObject *positional = PySequence_List(args);
    PyObject *ours = cl_wraps_stream(name);
    int rc = keywords == NULL || positional == NULL || ours == NULL ? -1 : 0;
    if (rc == 0 && PyList_GET_SIZE(positional) > place) {
        if (PyList_GET_ITEM(positional, place) == Py_None) {
            rc = PyList_SetItem(positional, place, Py_NewRef(ours));
        }
    } else if (rc == 0) {
        PyObject *given = PyDict_GetItemString(keywords, "stream");
        rc = given == NULL || given == Py_None
                 ? PyDict_SetItemString(keywords, "stream", ours)
                 : 0;
    }
    PyObject *tuple = rc < 0 ? NULL : PyList_AsTuple(positional);
    PyObject *done = tuple == NULL ? NULL : PyObject_Call(real, tuple, keywords);
    Py_XDECREF(tuple);
    Py_XDECREF(ours);
    Py_XDECREF(positional);
    Py_XDECREF(keywords);
    return done;
}

/* (self, indent, width, depth, stream) */
static PyObject *
printer_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return init_with_stream(self, args, kwargs, 4, "stdout");
}

/* (self, stream) */
static PyObject *
handler_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return init_with_stream(self, args, kwargs, 1, "stderr");
}

static PyMethodDef printer_method = {"__init__", (PyCFunction)(void (*)(void))printer_init,
                                     METH_VARARGS | METH_KEYWORDS, NULL};
static PyMethodDef handler_method = {"__init__", (PyCFunction)(void (*)(void))handler_init,
                                     METH_VARARGS | METH_KEYWORDS, NULL};

int
cl_patch_pprint(PyObject *module)
{
    return cl_wraps_patch_method(module, "PrettyPrinter", &printer_method);
}

/* ---- logging -------------------------------------------------------------- */

/* format_exception of a Formatter: (self, (type, value, traceback)) */
static PyObject *
format_exception(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *formatter = NULL;
    PyObject *info = NULL;
    if (!PyArg_ParseTuple(args, "OO!:formatException", &formatter, &PyTuple_Type, &info)) {
        return NULL;
    }
    PyObject *error = PyTuple_GET_SIZE(info) == 3 ? PyTuple_GET_ITEM(info, 1) : Py_None;
    PyObject *text = cl_wraps_exception_text(error, NULL, 1);
    PyObject *newline = text == NULL ? NULL : PyUnicode_FromString("\n");
    Py_ssize_t len = text == NULL ? 0 : PyUnicode_GET_LENGTH(text);
    if (newline != NULL && len > 0 && PyUnicode_ReadChar(text, len - 1) == '\n') {
        PyObject *cut = PyUnicode_Substring(text, 0, len - 1);
        Py_SETREF(text, cut);
    }
    Py_XDECREF(newline);
    return text;
}

/* An error while a record is written: shown, with the frames of restricted code. */
static PyObject *
handle_error(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    PyObject *error = PyErr_GetHandledException();
    PyObject *text = error == NULL ? NULL : cl_wraps_exception_text(error, NULL, 1);
    if (text != NULL) {
        PySys_FormatStderr("--- Logging error ---\n%U", text);
    }
    Py_XDECREF(text);
    Py_XDECREF(error);
    PyErr_Clear(); /* it must not fail: logging goes on */
    Py_RETURN_NONE;
}

static PyMethodDef format_method = {"formatException", format_exception, METH_VARARGS,
                                    NULL};
static PyMethodDef error_method = {"handleError", handle_error, METH_VARARGS, NULL};

int
cl_patch_logging(PyObject *module)
{
    return cl_wraps_patch_method(module, "StreamHandler", &handler_method) < 0 ||
                   cl_wraps_patch_method(module, "Formatter", &format_method) < 0 ||
                   cl_wraps_patch_method(module, "Handler", &error_method) < 0
               ? -1
               : 0;
}

static PyObject *
basic_config(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static const char *const refused[] = {"filename", "filemode", "encoding", "errors"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (cl_wraps_refuse_keyword(kwargs, "basicConfig", refused[i]) < 0) {
            return NULL;
        }
    }
    return PyObject_Call(self, args, kwargs);
}

static PyMethodDef basic_config_method = {
    "basicConfig", (PyCFunction)(void (*)(void))basic_config, METH_VARARGS | METH_KEYWORDS,
    "basicConfig(*, format, datefmt, style, level, stream, handlers, force)"};

PyObject *
cl_wrap_basic_config(PyObject *real)
{
    return cl_wraps_around(&basic_config_method, real);
}

int
cl_wraps_install_streams(void)
{
    PyObject *io = PyImport_ImportModule("_io");
    PyObject *string = io == NULL ? NULL : PyObject_GetAttrString(io, "StringIO");
    Py_XDECREF(io);
    string_type = (PyTypeObject *)string; /* held for ever */
    return string == NULL || PyType_Ready(&stream_type) < 0 ||
                   PyType_Ready(&redirect_type) < 0
               ? -1
               : 0;
}

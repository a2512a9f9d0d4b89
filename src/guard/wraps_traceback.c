/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the texts of exceptions that restricted code can ask for: traceback's, with the
 * frames of restricted code and no others, so no path of the host.  The exception and
 * its traceback stay in C; what comes out is text.  Under the GIL.
 */
#include "guard/dynamic.h"
#include "guard/state.h"
#include "guard/wraps_parts.h"

enum { MAX_DEPTH = 32 }; /* of causes and groups */

static int
is_user_frame(PyTracebackObject *tb)
{
    PyObject *builtins = PyFrame_GetBuiltins(tb->tb_frame);
    int is = builtins == cl_guard_builtins();
    Py_XDECREF(builtins);
    return is;
}

/* Take the other frames off a StackSummary, which has one entry for each of tb's. */
static int
keep_user_frames(PyObject *stack, PyObject *tb)
{
    Py_ssize_t at = 0;
    for (PyTracebackObject *t = (PyTracebackObject *)tb;
         t != NULL && at < PyList_GET_SIZE(stack); t = t->tb_next) {
        if (is_user_frame(t)) {
            at++;
        } else if (PyList_SetSlice(stack, at, at + 1, NULL) < 0) {
            return -1;
        }
    }
    return 0;
}

static int keep_user(PyObject *told, PyObject *error, int depth);

static int
keep_user_of(PyObject *told, const char *attribute, PyObject *error, int depth)
{
    PyObject *part = error == NULL ? NULL : PyObject_GetAttrString(told, attribute);
    int rc = 0;
    if (part != NULL && part != Py_None) {
        rc = keep_user(part, error, depth + 1);
    } else if (part == NULL && error != NULL) {
        PyErr_Clear(); /* this Python has none */
    }
    Py_XDECREF(part);
    Py_XDECREF(error);
    return rc;
}

static int
keep_user_of_group(PyObject *told, PyObject *error, int depth)
{
    PyObject *inner = PyObject_GetAttrString(told, "exceptions");
    PyErr_Clear();
    PyObject *errors = inner != NULL && PyList_Check(inner)
                           ? PyObject_GetAttrString(error, "exceptions")
                           : NULL;
    PyErr_Clear();
    int rc = 0;
    for (Py_ssize_t i = 0; rc == 0 && errors != NULL && PyTuple_Check(errors) &&
                           i < PyTuple_GET_SIZE(errors) && i < PyList_GET_SIZE(inner);
         i++) {
        rc = keep_user(PyList_GET_ITEM(inner, i), PyTuple_GET_ITEM(errors, i), depth + 1);
    }
    Py_XDECREF(errors);
    Py_XDECREF(inner);
    return rc;
}

/* told: traceback.TracebackException of error. */
static int
keep_user(PyObject *told, PyObject *error, int depth)
{
    if (depth > MAX_DEPTH) {
        return 0;
    }
    PyObject *stack = PyObject_GetAttrString(told, "stack");
    PyObject *tb = PyException_GetTraceback(error);
    int rc = stack == NULL || !PyList_Check(stack) ? -1 : keep_user_frames(stack, tb);
    Py_XDECREF(tb);
    Py_XDECREF(stack);
    if (rc < 0 || keep_user_of(told, "__cause__", PyException_GetCause(error), depth) < 0 ||
        keep_user_of(told, "__context__", PyException_GetContext(error), depth) < 0) {
        return -1;
    }
    return PyExceptionInstance_Check(error) ? keep_user_of_group(told, error, depth) : 0;
}

/* limit: of the frames, the first ones or, below 0, the last ones. */
static int
cut(PyObject *told, PyObject *limit)
{
    if (limit == NULL || limit == Py_None) {
        return 0;
    }
    Py_ssize_t number = PyNumber_AsSsize_t(limit, NULL);
    if (number == -1 && PyErr_Occurred()) {
        return -1;
    }
    PyObject *stack = PyObject_GetAttrString(told, "stack");
    Py_ssize_t count = stack == NULL ? 0 : PyList_GET_SIZE(stack);
    int rc = stack == NULL ? -1 : 0;
    if (rc == 0 && number >= 0 && number < count) {
        rc = PyList_SetSlice(stack, number, count, NULL);
    } else if (rc == 0 && number < 0 && -number < count) {
        rc = PyList_SetSlice(stack, 0, count + number, NULL);
    }
    Py_XDECREF(stack);
    return rc;
}

/* TracebackException(type, value, tb, lookup_lines=False, compact=True): without lines,
 * which for library frames would be read from files. */
static PyObject *
tell(PyObject *error)
{
    PyObject *module = PyImport_ImportModuleLevel("traceback", NULL, NULL, NULL, 0);
    PyObject *class =
        module == NULL ? NULL : PyObject_GetAttrString(module, "TracebackException");
    PyObject *tb = PyException_GetTraceback(error);
    PyObject *args = class == NULL ? NULL
                                   : PyTuple_Pack(3, (PyObject *)Py_TYPE(error), error,
                                                  tb == NULL ? Py_None : tb);
    PyObject *kwargs = args == NULL ? NULL
                                    : Py_BuildValue("{s:O,s:O}", "lookup_lines", Py_False,
                                                    "compact", Py_True);
    PyObject *told = kwargs == NULL ? NULL : PyObject_Call(class, args, kwargs);
    Py_XDECREF(kwargs);
    Py_XDECREF(args);
    Py_XDECREF(tb);
    Py_XDECREF(class);
    Py_XDECREF(module);
    return told;
}

/* A list of lines; a new reference. */
static PyObject *
lines_of(PyObject *error, PyObject *limit, int is_chain)
{
    if (!PyExceptionInstance_Check(error)) {
        return Py_BuildValue("[s]", "NoneType: None\n");
    }
    PyObject *told = tell(error);
    PyObject *lines = NULL;
    if (told != NULL && keep_user(told, error, 0) == 0 && cut(told, limit) == 0) {
        PyObject *format = PyObject_GetAttrString(told, "format");
        PyObject *none = format == NULL ? NULL : PyTuple_New(0);
        PyObject *kwargs =
            none == NULL ? NULL
                         : Py_BuildValue("{s:O}", "chain", is_chain ? Py_True : Py_False);
        PyObject *made = kwargs == NULL ? NULL : PyObject_Call(format, none, kwargs);
        lines = made == NULL ? NULL : PySequence_List(made);
        Py_XDECREF(made);
        Py_XDECREF(kwargs);
        Py_XDECREF(none);
        Py_XDECREF(format);
    }
    Py_XDECREF(told);
    return lines;
}

PyObject *
cl_wraps_exception_text(PyObject *error, PyObject *limit, int is_chain)
{
    PyObject *lines = lines_of(error, limit, is_chain);
    PyObject *empty = lines == NULL ? NULL : PyUnicode_FromString("");
    PyObject *text = empty == NULL ? NULL : PyUnicode_Join(empty, lines);
    Py_XDECREF(empty);
    Py_XDECREF(lines);
    return text;
}

/* ---- the functions -------------------------------------------------------- */

/* The text of what is handled now. */
static PyObject *
current_text(PyObject *limit, int is_chain)
{
    PyObject *error = PyErr_GetHandledException();
    PyObject *text =
        cl_wraps_exception_text(error == NULL ? Py_None : error, limit, is_chain);
    Py_XDECREF(error);
    return text;
}

static char *format_exc_names[] = {(char[]){"limit"}, (char[]){"chain"}, NULL};

static PyObject *
format_exc(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    PyObject *limit = NULL;
    int is_chain = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|Op:format_exc", format_exc_names,
                                     &limit, &is_chain)) {
        return NULL;
    }
    return current_text(limit, is_chain);
}

static char *print_exc_names[] = {(char[]){"limit"}, (char[]){"file"}, (char[]){"chain"},
                                  NULL};

static PyObject *
print_exc(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    PyObject *limit = NULL;
    PyObject *file = Py_None;
    int is_chain = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OOp:print_exc", print_exc_names,
                                     &limit, &file, &is_chain)) {
        return NULL;
    }
    PyObject *text = current_text(limit, is_chain);
    PyObject *to = file == Py_None ? cl_wraps_stream("stderr") : Py_NewRef(file);
    int rc = text == NULL || to == NULL ? -1 : PyFile_WriteObject(text, to, Py_PRINT_RAW);
    Py_XDECREF(to);
    Py_XDECREF(text);
    if (rc < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static char *format_exception_names[] = {(char[]){""},      (char[]){"value"},
                                         (char[]){"tb"},    (char[]){"limit"},
                                         (char[]){"chain"}, NULL};

/* format_exception(exc), or as before 3.10 (type, value, traceback). */
static PyObject *
format_exception(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)self;
    PyObject *error = NULL;
    PyObject *value = NULL;
    PyObject *tb = NULL;
    PyObject *limit = NULL;
    int is_chain = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|OOOp:format_exception",
                                     format_exception_names, &error, &value, &tb, &limit,
                                     &is_chain)) {
        return NULL;
    }
    return lines_of(value == NULL ? error : value, limit, is_chain);
}

static PyMethodDef format_exc_method = {
    "format_exc", (PyCFunction)(void (*)(void))format_exc, METH_VARARGS | METH_KEYWORDS,
    "format_exc(limit=None, chain=True)"};
static PyMethodDef print_exc_method = {"print_exc", (PyCFunction)(void (*)(void))print_exc,
                                       METH_VARARGS | METH_KEYWORDS,
                                       "print_exc(limit=None, file=None, chain=True)"};
static PyMethodDef format_exception_method = {
    "format_exception", (PyCFunction)(void (*)(void))format_exception,
    METH_VARARGS | METH_KEYWORDS, "format_exception(exc, limit=None, chain=True)"};

PyObject *
cl_wrap_format_exc(PyObject *real)
{
    (void)real;
    return PyCFunction_New(&format_exc_method, NULL);
}

PyObject *
cl_wrap_print_exc(PyObject *real)
{
    (void)real;
    return PyCFunction_New(&print_exc_method, NULL);
}

PyObject *
cl_wrap_format_exception(PyObject *real)
{
    (void)real;
    return PyCFunction_New(&format_exception_method, NULL);
}

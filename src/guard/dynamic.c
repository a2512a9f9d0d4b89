/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns eval, exec and compile of restricted code, and whether the guard itself is at work.
 * Text is checked and compiled as the program was; compiled code is handed out in an
 * opaque object.  Under the GIL.
 */
#include "guard/dynamic.h"

#include "base/own.h"
#include "guard/compile.h"
#include "guard/state.h"

/* ---- what the guard does itself ------------------------------------------- */

/* For each level the frame of restricted code that came in, NULL where there is none.  It
 * waits there until we leave, so its address is its own.  Deeper than that nothing is
 * ours. */
enum { MAX_DEPTH = 64 };
static const PyFrameObject *entered[MAX_DEPTH];
static int depth;

static int
is_user(PyFrameObject *frame)
{
    PyObject *builtins = PyFrame_GetBuiltins(frame);
    Py_XDECREF(builtins); /* the frame holds it */
    return builtins != cl_guard_real_builtins();
}

static int
is_importer(PyFrameObject *frame)
{
    PyObject *globals = PyFrame_GetGlobals(frame);
    PyObject *name = globals == NULL ? NULL : PyDict_GetItemString(globals, "__name__");
    int is = name != NULL && PyUnicode_Check(name) &&
             PyUnicode_CompareWithASCIIString(name, "_frozen_importlib") == 0;
    Py_XDECREF(globals);
    return is;
}

/* The innermost frame for which is_it() says so; no reference, for it runs. */
static const PyFrameObject *
find_frame(int (*is_it)(PyFrameObject *))
{
    PyFrameObject *frame = PyEval_GetFrame();
    Py_XINCREF(frame);
    while (frame != NULL && !is_it(frame)) {
        PyFrameObject *back = PyFrame_GetBack(frame);
        Py_DECREF(frame);
        frame = back;
    }
    Py_XDECREF(frame);
    return frame;
}

static int
is_user_or_importer(PyFrameObject *frame)
{
    return is_user(frame) || is_importer(frame);
}

int
cl_dynamic_is_for_user(void)
{
    return find_frame(is_user) != NULL;
}

int
cl_dynamic_is_import(void)
{
    const PyFrameObject *nearest = find_frame(is_user_or_importer);
    return nearest != NULL && nearest != find_frame(is_user);
}

void
cl_dynamic_enter(void)
{
    if (depth < MAX_DEPTH) {
        entered[depth] = find_frame(is_user);
    }
    depth++;
}

void
cl_dynamic_leave(void)
{
    depth--;
}

int
cl_dynamic_is_ours(void)
{
    return depth > 0 && depth <= MAX_DEPTH && find_frame(is_user) == entered[depth - 1];
}

/* ---- compiled code ------------------------------------------------------ */

struct compiled {
    PyObject_HEAD PyObject *code;
};

static void
compiled_dealloc(PyObject *self)
{
    Py_CLEAR(((struct compiled *)self)->code);
    PyObject_Free(self);
}

static PyTypeObject compiled_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cloche.compiled",
    .tp_basicsize = sizeof(struct compiled),
    .tp_dealloc = compiled_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
};

/* Code of text or of what compile() gave; a new reference. */
static PyObject *
code_of(PyObject *source, int start)
{
    if (Py_TYPE(source) == &compiled_type) {
        return Py_NewRef(((struct compiled *)source)->code);
    }
    if (!PyUnicode_CheckExact(source)) {
        PyErr_SetString(PyExc_TypeError,
                        "this takes a plain string, or what compile() gave");
        return NULL;
    }
    PyObject *filename = PyUnicode_FromString("<string>");
    PyObject *code = filename == NULL ? NULL : cl_compile_checked(source, filename, start);
    Py_XDECREF(filename);
    return code;
}

static PyObject *
run(PyObject *const *args, Py_ssize_t count, int start)
{
    if (count < 1 || count > 3) {
        PyErr_SetString(PyExc_TypeError, "eval and exec take 1 to 3 arguments");
        return NULL;
    }
    PyObject *globals = count > 1 && args[1] != Py_None ? args[1] : PyEval_GetGlobals();
    PyObject *locals = count > 2 && args[2] != Py_None   ? args[2]
                       : count > 1 && args[1] != Py_None ? globals
                                                         : PyEval_GetLocals();
    if (globals == NULL || !PyDict_CheckExact(globals) || locals == NULL ||
        !PyMapping_Check(locals)) {
        PyErr_SetString(PyExc_TypeError, "globals must be a dict and locals a mapping");
        return NULL;
    }
    PyObject *name = PyUnicode_InternFromString("__main__"); /* whose classes are made */
    int rc =
        name == NULL ||
                PyDict_SetItemString(globals, "__builtins__", cl_guard_builtins()) < 0 ||
                PyDict_SetItemString(globals, "__name__", name) < 0
            ? -1
            : 0;
    Py_XDECREF(name);
    if (rc < 0) {
        return NULL;
    }
    PyObject *code = code_of(args[0], start);
    PyObject *value = code == NULL ? NULL : PyEval_EvalCode(code, globals, locals);
    Py_XDECREF(code);
    return value;
}

/* As eval() does, and it alone: what is before an expression is no indentation. */
static PyObject *
without_indent(PyObject *text)
{
    Py_ssize_t at = 0;
    Py_ssize_t len = PyUnicode_GET_LENGTH(text);
    while (at < len && (PyUnicode_READ_CHAR(text, at) == ' ' ||
                        PyUnicode_READ_CHAR(text, at) == '\t')) {
        at++;
    }
    return PyUnicode_Substring(text, at, len);
}

static PyObject *
guarded_eval(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    if (count == 0 || count > 3 || !PyUnicode_CheckExact(args[0])) {
        return run(args, count, Py_eval_input);
    }
    PyObject *text = without_indent(args[0]);
    PyObject *const changed[] = {text, count > 1 ? args[1] : NULL,
                                 count > 2 ? args[2] : NULL};
    PyObject *value = text == NULL ? NULL : run(changed, count, Py_eval_input);
    Py_XDECREF(text);
    return value;
}

static PyObject *
guarded_exec(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    PyObject *value = run(args, count, Py_file_input);
    if (value == NULL) {
        return NULL;
    }
    Py_DECREF(value);
    Py_RETURN_NONE;
}

static PyObject *
guarded_compile(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *source = NULL;
    PyObject *filename = NULL;
    const char *mode = NULL;
    if (!PyArg_ParseTuple(args, "UUs:compile", &source, &filename, &mode)) {
        return NULL;
    }
    int is_eval = strcmp(mode, "eval") == 0;
    if (!is_eval && strcmp(mode, "exec") != 0) {
        PyErr_SetString(PyExc_ValueError, "compile() mode must be 'exec' or 'eval' here");
        return NULL;
    }
    struct compiled *made = PyObject_New(struct compiled, &compiled_type);
    if (made != NULL) {
        made->code = code_of(source, is_eval ? Py_eval_input : Py_file_input);
        if (made->code == NULL) {
            Py_CLEAR(made);
        }
    }
    return (PyObject *)made;
}

static PyMethodDef methods[] = {
    {"eval", (PyCFunction)(void (*)(void))guarded_eval, METH_FASTCALL,
     "eval(source[, globals[, locals]])"},
    {"exec", (PyCFunction)(void (*)(void))guarded_exec, METH_FASTCALL,
     "exec(source[, globals[, locals]])"},
    {"compile", guarded_compile, METH_VARARGS, "compile(source, filename, mode)"},
};

int
cl_dynamic_put(PyObject *mapping)
{
    if (PyType_Ready(&compiled_type) < 0) {
        return -1;
    }
    for (size_t i = 0; i < CL_COUNT(methods); i++) {
        PyObject *function = PyCFunction_New(&methods[i], NULL);
        int rc = function == NULL
                     ? -1
                     : PyDict_SetItemString(mapping, methods[i].ml_name, function);
        Py_XDECREF(function);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

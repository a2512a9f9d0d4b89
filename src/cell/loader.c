/* SPDX-License-Identifier: Apache-2.0 */
/* A module object that stands as a loader: its state is the file name and the
 * source.  A module, because it takes no type of its own and starts in no time. */
#include "cell/loader.h"

struct state {
    PyObject *filename;
    const char *source; /* borrowed for as long as the process lives */
    Py_ssize_t source_len;
};

static PyObject *loader; /* made once, where there is a zygote in it */

/* In another encoding than UTF-8: the coding cookie says which. */
static PyObject *
decode_by_cookie(const struct state *state)
{
    PyObject *util = PyImport_ImportModule("importlib.util");
    PyObject *text = util == NULL ? NULL
                                  : PyObject_CallMethod(util, "decode_source", "y#",
                                                        state->source, state->source_len);
    Py_XDECREF(util);
    return text;
}

static PyObject *
get_source(PyObject *self, PyObject *args)
{
    const struct state *state = PyModule_GetState(self);
    (void)args;
    PyObject *text = PyUnicode_DecodeUTF8(state->source, state->source_len, NULL);
    if (text != NULL || !PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) {
        return text;
    }
    PyErr_Clear();
    text = decode_by_cookie(state);
    if (text == NULL) {
        PyErr_Clear(); /* neither: show what can be shown */
        text = PyUnicode_DecodeUTF8(state->source, state->source_len, "replace");
    }
    return text;
}

static PyObject *
get_filename(PyObject *self, PyObject *args)
{
    (void)args;
    return Py_NewRef(((struct state *)PyModule_GetState(self))->filename);
}

static PyObject *
is_package(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    return Py_NewRef(Py_False);
}

/* ---- linecache ------------------------------------------------------------- */

static PyObject *
replace(PyObject *text, const char *old, const char *new)
{
    PyObject *from = PyUnicode_FromString(old);
    PyObject *to = PyUnicode_FromString(new);
    PyObject *made =
        from == NULL || to == NULL ? NULL : PyUnicode_Replace(text, from, to, -1);
    Py_XDECREF(to);
    Py_XDECREF(from);
    return made;
}

/* Lines as CPython counts them (a form feed ends none, as it does for str.splitlines), each
 * with its newline, also the last: traceback counts on that. */
static PyObject *
split_lines(PyObject *text)
{
    PyObject *newline = PyUnicode_FromString("\n");
    PyObject *dos = replace(text, "\r\n", "\n");
    PyObject *unix_text = dos == NULL ? NULL : replace(dos, "\r", "\n");
    PyObject *lines = unix_text == NULL || newline == NULL
                          ? NULL
                          : PyUnicode_Split(unix_text, newline, -1);
    Py_ssize_t count = lines == NULL ? 0 : PyList_GET_SIZE(lines);
    if (count > 0 && PyUnicode_GET_LENGTH(PyList_GET_ITEM(lines, count - 1)) == 0 &&
        PyList_SetSlice(lines, count - 1, count, NULL) < 0) { /* behind the last newline */
        Py_CLEAR(lines);
    }
    for (Py_ssize_t i = 0; lines != NULL && i < PyList_GET_SIZE(lines); i++) {
        PyObject *line = PyUnicode_Concat(PyList_GET_ITEM(lines, i), newline);
        if (line == NULL || PyList_SetItem(lines, i, line) < 0) {
            Py_CLEAR(lines);
        }
    }
    Py_XDECREF(unix_text);
    Py_XDECREF(dos);
    Py_XDECREF(newline);
    return lines;
}

static PyObject *
get_lines(PyObject *self, PyObject *args)
{
    PyObject *source = get_source(self, args);
    PyObject *lines = source == NULL ? NULL : split_lines(source);
    Py_XDECREF(source);
    return lines;
}

/* An entry of linecache.cache: size, time (None: it never changes), lines, name. */
static PyObject *
put_lines(PyObject *cache, PyObject *filename)
{
    PyObject *source = get_source(loader, NULL);
    PyObject *lines = source == NULL ? NULL : split_lines(source);
    PyObject *entry = lines == NULL ? NULL
                                    : Py_BuildValue("nOOO", PyUnicode_GET_LENGTH(source),
                                                    Py_None, lines, filename);
    if (entry == NULL || PyObject_SetItem(cache, filename, entry) < 0) {
        Py_CLEAR(lines);
    }
    Py_XDECREF(entry);
    Py_XDECREF(source);
    return lines;
}

/* In place of linecache.updatecache, which is asked for what is not in the cache.  So the
 * source is found also where __main__ was replaced, and where a file of that name can be
 * seen; and is cut into lines for those runs only that have them looked at. */
static PyObject *
update_cache(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *original = PyTuple_GET_ITEM(self, 0);
    PyObject *linecache = PyTuple_GET_ITEM(self, 1);
    PyObject *wanted = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0) : NULL;
    const struct state *state = loader == NULL ? NULL : PyModule_GetState(loader);
    if (state == NULL || state->filename == NULL || wanted == NULL ||
        !PyUnicode_CheckExact(wanted) || PyUnicode_Compare(wanted, state->filename) != 0) {
        return PyObject_Call(original, args, kwargs);
    }
    PyObject *cache = PyObject_GetAttrString(linecache, "cache");
    PyObject *lines = cache == NULL ? NULL : put_lines(cache, wanted);
    Py_XDECREF(cache);
    return lines;
}

static PyMethodDef update_cache_method = {"updatecache",
                                          (PyCFunction)(void (*)(void))update_cache,
                                          METH_VARARGS | METH_KEYWORDS, NULL};

int
cl_loader_serve_linecache(void)
{
    PyObject *linecache =
        PyDict_GetItemString(PyImport_GetModuleDict(), "linecache"); /* borrowed */
    if (linecache == NULL) {
        return PyErr_Occurred() ? -1 : 0; /* when it is imported */
    }
    PyObject *original = PyObject_GetAttrString(linecache, "updatecache");
    PyObject *both = original == NULL ? NULL : PyTuple_Pack(2, original, linecache);
    PyObject *ours = both == NULL ? NULL : PyCFunction_New(&update_cache_method, both);
    int rc = ours == NULL ? -1 : PyObject_SetAttrString(linecache, "updatecache", ours);
    Py_XDECREF(ours);
    Py_XDECREF(both);
    Py_XDECREF(original);
    return rc;
}

static PyObject *
serve_linecache(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    return cl_loader_serve_linecache() < 0 ? NULL : Py_NewRef(Py_None);
}

/* For a report: whatever the code has put there. */
static PyObject *
cache_lines(PyObject *self, PyObject *args)
{
    PyObject *linecache =
        PyDict_GetItemString(PyImport_GetModuleDict(), "linecache"); /* borrowed */
    (void)args;
    if (linecache == NULL) {
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    }
    PyObject *cache = PyObject_GetAttrString(linecache, "cache");
    PyObject *lines =
        cache == NULL
            ? NULL
            : put_lines(cache, ((struct state *)PyModule_GetState(self))->filename);
    Py_XDECREF(cache);
    return lines;
}

/* ---- the loader -------------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"get_source", get_source, METH_VARARGS, "The source of the run's code, as text."},
    {"get_filename", get_filename, METH_VARARGS, "Its file name, as in tracebacks."},
    {"is_package", is_package, METH_VARARGS, NULL},
    {"get_lines", get_lines, METH_NOARGS, "The source, as lines."},
    {"cache_lines", cache_lines, METH_NOARGS, "Put them into linecache."},
    {"serve_linecache", serve_linecache, METH_NOARGS,
     "Give linecache, which was just imported, its lines."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cloche.SourceLoader",
    .m_size = sizeof(struct state),
    .m_methods = methods,
};

PyObject *
cl_loader_get(PyObject *filename, const char *source, size_t len)
{
    if (loader == NULL) {
        loader = PyModule_Create(&definition);
    }
    if (loader != NULL) {
        struct state *state = PyModule_GetState(loader);
        Py_XSETREF(state->filename, Py_NewRef(filename));
        state->source = source;
        state->source_len = (Py_ssize_t)len;
    }
    return Py_XNewRef(loader);
}

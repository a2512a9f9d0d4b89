/* SPDX-License-Identifier: Apache-2.0 */
/* A module object that stands as a loader: its state is the file name and the
 * source.  A module, because it takes no type of its own and starts in no time. */
#include "cell/loader.h"

struct state {
    PyObject *filename, *source;
};

static PyObject *
get_source(PyObject *self, PyObject *args)
{
    struct state *state = PyModule_GetState(self);
    (void)args;
    PyObject *text = PyUnicode_DecodeUTF8(PyBytes_AS_STRING(state->source),
                                          PyBytes_GET_SIZE(state->source), NULL);
    if (text != NULL || !PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) {
        return text;
    }
    PyErr_Clear();
    /* Another encoding: the coding cookie says which. */
    PyObject *util = PyImport_ImportModule("importlib.util");
    text = util == NULL ? NULL
                        : PyObject_CallMethod(util, "decode_source", "O", state->source);
    Py_XDECREF(util);
    if (text == NULL) {
        PyErr_Clear(); /* neither: show what can be shown */
        text = PyUnicode_DecodeUTF8(PyBytes_AS_STRING(state->source),
                                    PyBytes_GET_SIZE(state->source), "replace");
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

/* linecache.cache, new; NULL: it was not imported, or an exception. */
static PyObject *
find_cache(void)
{
    PyObject *linecache =
        PyDict_GetItemString(PyImport_GetModuleDict(), "linecache"); /* borrowed */
    return linecache == NULL ? NULL : PyObject_GetAttrString(linecache, "cache");
}

/* linecache finds the source so also where __main__ was replaced, and where a
 * file of that name can be seen, which would come before the loader. */
static int
put_lines(PyObject *loader, PyObject *cache)
{
    PyObject *source = get_source(loader, NULL);
    PyObject *lines = source == NULL ? NULL : PyUnicode_Splitlines(source, 1);
    PyObject *filename = get_filename(loader, NULL);
    PyObject *entry = lines == NULL ? NULL
                                    : Py_BuildValue("nOOO", PyUnicode_GET_LENGTH(source),
                                                    Py_None, lines, filename);
    int rc = entry == NULL ? -1 : PyObject_SetItem(cache, filename, entry);
    Py_XDECREF(entry);
    Py_XDECREF(filename);
    Py_XDECREF(lines);
    Py_XDECREF(source);
    return rc;
}

static PyObject *first_cache; /* as it was before user code; NULL: not imported yet */

int
cl_loader_cache_lines(PyObject *loader)
{
    if (first_cache == NULL) {
        first_cache = find_cache();
    }
    if (first_cache == NULL) {
        return PyErr_Occurred() ? -1 : 0; /* when it is imported */
    }
    return put_lines(loader, first_cache);
}

void
cl_loader_forget_lines(PyObject *loader)
{
    PyObject *filename = get_filename(loader, NULL);
    if (first_cache != NULL && PyObject_DelItem(first_cache, filename) < 0) {
        PyErr_Clear(); /* not there: as wanted */
    }
    Py_XDECREF(filename);
}

/* Where the code has got it by now. */
static PyObject *
cache_lines(PyObject *self, PyObject *args)
{
    (void)args;
    PyObject *cache = find_cache();
    int rc = cache != NULL ? put_lines(self, cache) : PyErr_Occurred() ? -1 : 0;
    Py_XDECREF(cache);
    return rc < 0 ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"get_source", get_source, METH_VARARGS, "The source of the run's code, as text."},
    {"get_filename", get_filename, METH_VARARGS, "Its file name, as in tracebacks."},
    {"is_package", is_package, METH_VARARGS, NULL},
    {"cache_lines", cache_lines, METH_NOARGS, "Put them in linecache, if that is there."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cloche.SourceLoader",
    .m_size = sizeof(struct state),
    .m_methods = methods,
};

PyObject *
cl_loader_get(PyObject *filename, PyObject *source)
{
    static PyObject *loader; /* made once, where there is a zygote in it */
    if (loader == NULL) {
        loader = PyModule_Create(&definition);
    }
    if (loader != NULL) {
        struct state *state = PyModule_GetState(loader);
        Py_XSETREF(state->filename, Py_NewRef(filename));
        Py_XSETREF(state->source, Py_NewRef(source));
    }
    return Py_XNewRef(loader);
}

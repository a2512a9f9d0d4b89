/* SPDX-License-Identifier: Apache-2.0 */
/* A module object that stands as a loader: its state is the file name and the
 * source.  A module, because it takes no type of its own and starts in no time. */
#include "cell/loader.h"

#include "guard/guard.h"
#include "guard/heap.h"

struct state {
    PyObject *filename;
    const char *source; /* borrowed for as long as the process lives */
    Py_ssize_t source_len;
};

static PyObject *loader; /* made once, where there is a zygote in it */
static int make_loader(void);

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

/* From start to the next line end, which becomes a newline; *next: where the line behind
 * it begins. */
static PyObject *
take_line(PyObject *text, Py_ssize_t start, PyObject *newline, Py_ssize_t *next)
{
    Py_ssize_t len = PyUnicode_GET_LENGTH(text);
    Py_ssize_t end = start;
    while (end < len && PyUnicode_READ_CHAR(text, end) != '\n' &&
           PyUnicode_READ_CHAR(text, end) != '\r') {
        end++;
    }
    if (end < len && PyUnicode_READ_CHAR(text, end) == '\n') {
        *next = end + 1;
        return PyUnicode_Substring(text, start, end + 1);
    }
    int is_dos = end + 1 < len && PyUnicode_READ_CHAR(text, end + 1) == '\n';
    *next = end < len ? end + 1 + is_dos : len;
    PyObject *bare = PyUnicode_Substring(text, start, end);
    PyObject *line = bare == NULL ? NULL : PyUnicode_Concat(bare, newline);
    Py_XDECREF(bare);
    return line;
}

/* Lines as CPython counts them (a form feed ends none, as it does for str.splitlines), each
 * with its newline, also the last: traceback counts on that. */
static PyObject *
split_lines(PyObject *text)
{
    PyObject *newline = PyUnicode_FromString("\n");
    PyObject *lines = newline == NULL ? NULL : PyList_New(0);
    for (Py_ssize_t at = 0; lines != NULL && at < PyUnicode_GET_LENGTH(text);) {
        PyObject *line = take_line(text, at, newline, &at);
        if (line == NULL || PyList_Append(lines, line) < 0) {
            Py_CLEAR(lines);
        }
        Py_XDECREF(line);
    }
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

/* An entry of linecache.cache: size, time (None: it never changes), lines, name.  It is
 * not the code's own: it counts for no budget. */
static PyObject *
put_lines(PyObject *cache, PyObject *filename)
{
    struct cl_heap_pause pause = cl_heap_pause();
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
    cl_heap_resume(pause);
    return lines;
}

/* In place of linecache.updatecache, which is asked for what is not in the cache, or not
 * whole.  So the source is found also where __main__ was replaced, and where a file of that
 * name can be seen; and is cut into lines for those runs only that have them looked at. */
static PyObject *
update_cache(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *original = PyTuple_GET_ITEM(self, 0);
    PyObject *linecache = PyTuple_GET_ITEM(self, 1);
    PyObject *wanted = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0)
                       : kwargs != NULL           ? PyDict_GetItemString(kwargs, "filename")
                                                  : NULL; /* borrowed */
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

static PyMethodDef update_cache_method = {
    "updatecache", (PyCFunction)(void (*)(void))update_cache, METH_VARARGS | METH_KEYWORDS,
    "updatecache(filename, module_globals=None)\n--\n\n"
    "The lines of the run's code, or of a file."};

/* What says to linecache that there are lines, before anybody wants them: (function,). */
static PyObject *promise;
static PyObject *first_cache; /* linecache.cache, before user code; NULL: not imported */

int
cl_loader_promise_lines(PyObject *filename)
{
    return first_cache == NULL ? 0 : PyDict_SetItem(first_cache, filename, promise);
}

void
cl_loader_forget_promise(PyObject *filename)
{
    if (first_cache != NULL && PyDict_DelItem(first_cache, filename) < 0) {
        PyErr_Clear(); /* not there: as wanted */
    }
}

/* inspect, too, looks there whether a name that is no file has a source. */
static int
prepare_promise(PyObject *linecache)
{
    PyObject *get = PyObject_GetAttrString(loader, "get_source");
    promise = get == NULL ? NULL : PyTuple_Pack(1, get);
    first_cache = promise == NULL ? NULL : PyObject_GetAttrString(linecache, "cache");
    Py_XDECREF(get);
    if (first_cache != NULL && !PyDict_CheckExact(first_cache)) {
        Py_CLEAR(first_cache); /* somebody's own: it is asked for lines all the same */
        return 0;
    }
    return first_cache == NULL ? -1 : 0;
}

int
cl_loader_serve_linecache(void)
{
    PyObject *linecache =
        PyDict_GetItemString(PyImport_GetModuleDict(), "linecache"); /* borrowed */
    if (linecache == NULL) {
        return PyErr_Occurred() ? -1 : 0; /* when it is imported */
    }
    PyObject *original =
        make_loader() < 0 ? NULL : PyObject_GetAttrString(linecache, "updatecache");
    PyObject *both = original == NULL ? NULL : PyTuple_Pack(2, original, linecache);
    PyObject *ours = both == NULL ? NULL : PyCFunction_New(&update_cache_method, both);
    int rc = ours == NULL ? -1 : PyObject_SetAttrString(linecache, "updatecache", ours);
    if (rc == 0 && !cl_guard_is_on()) { /* restricted code has no inspect */
        rc = prepare_promise(linecache);
    }
    Py_XDECREF(ours);
    Py_XDECREF(both);
    Py_XDECREF(original);
    return rc;
}

static PyObject *
serve_linecache(PyObject *self, PyObject *args)
{
    const struct state *state = PyModule_GetState(self);
    (void)args;
    return cl_loader_serve_linecache() < 0 || cl_loader_promise_lines(state->filename) < 0
               ? NULL
               : Py_NewRef(Py_None);
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

static int
make_loader(void)
{
    if (loader == NULL) {
        loader = PyModule_Create(&definition);
    }
    return loader == NULL ? -1 : 0;
}

PyObject *
cl_loader_get(PyObject *filename, const char *source, size_t len)
{
    if (make_loader() == 0) {
        struct state *state = PyModule_GetState(loader);
        Py_XSETREF(state->filename, Py_NewRef(filename));
        state->source = source;
        state->source_len = (Py_ssize_t)len;
    }
    return Py_XNewRef(loader);
}

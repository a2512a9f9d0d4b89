/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the watch over OSError.  Under the GIL. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/denials.h"

#include <errno.h>
#include <sys/vfs.h>

#include "base/own.h"
#include "cell/report.h"

enum { MAX_REPORTS = 64 };

static newfunc original_new;
static PyObject *user_file;   /* NULL until user code runs */
static _Atomic unsigned hits; /* memory is refused without the GIL too */
static unsigned reported;

int
cl_denials_user_line(void)
{
    int line = 0;
    PyFrameObject *frame = PyThreadState_GetFrame(PyThreadState_Get());
    while (frame != NULL && line == 0) {
        PyCodeObject *code = PyFrame_GetCode(frame);
        if (PyUnicode_CheckExact(code->co_filename) &&
            PyUnicode_Compare(code->co_filename, user_file) == 0) {
            line = PyFrame_GetLineNumber(frame);
        }
        Py_DECREF(code);
        PyFrameObject *back = PyFrame_GetBack(frame);
        Py_DECREF(frame);
        frame = back;
    }
    Py_XDECREF(frame);
    return line;
}

/* ENOSPC: bytes or inodes?  /tmp and /work are one file system.  Asked at
 * once, for the code may make room and go on. */
static void
note_full_disk(void)
{
    struct statfs fs;
    int are_inodes = statfs("/tmp", &fs) == 0 && fs.f_files > 0 && fs.f_ffree == 0;
    hits |= 1u << (are_inodes ? CL_HIT_INODES : CL_HIT_DISK);
}

static void
note_errno(long number, PyObject *filename)
{
    static const struct {
        int number;
        enum cl_hit hit;
    } limits[] = {
        {EMFILE, CL_HIT_OPEN_FILES}, {EFBIG, CL_HIT_FILE_SIZE}, {ENOMEM, CL_HIT_MEMORY}};
    for (size_t i = 0; i < CL_COUNT(limits); i++) {
        if (number == limits[i].number) {
            hits |= 1u << limits[i].hit;
        }
    }
    if (number == ENOSPC || number == EDQUOT) {
        note_full_disk();
    }
    if ((number == EACCES || number == EPERM || number == EROFS) &&
        reported < MAX_REPORTS) {
        reported++;
        const char *path = NULL;
        if (filename != NULL && PyUnicode_Check(filename)) {
            path = PyUnicode_AsUTF8(filename);
        } else if (filename != NULL && PyBytes_Check(filename)) {
            path = PyBytes_AS_STRING(filename);
        }
        cl_report_denial((int)number, path == NULL ? "" : path, cl_denials_user_line());
        PyErr_Clear(); /* a path that is no text */
    }
}

static PyObject *
watched_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (type->tp_init != ((PyTypeObject *)PyExc_OSError)->tp_init &&
        type->tp_new == watched_new) {
        /* A class of the code's own, with an __init__: CPython leaves the arguments
         * to that if it finds its own function here, and so it shall.  What the
         * kernel refuses is never of such a class. */
        type->tp_new = original_new;
        return original_new(type, args, kwds);
    }
    PyObject *made = original_new(type, args, kwds);
    if (made != NULL && user_file != NULL &&
        PyType_IsSubtype(Py_TYPE(made), (PyTypeObject *)PyExc_OSError)) {
        PyOSErrorObject *e = (PyOSErrorObject *)made;
        if (e->myerrno != NULL && PyLong_CheckExact(e->myerrno)) {
            note_errno(PyLong_AsLong(e->myerrno), e->filename);
        }
    }
    return made;
}

int
cl_denials_install(void)
{
    /* Static subclasses copied the slot when they were made ready. */
    PyObject *const types[] = {
        PyExc_OSError,           PyExc_BlockingIOError,
        PyExc_ChildProcessError, PyExc_FileExistsError,
        PyExc_FileNotFoundError, PyExc_InterruptedError,
        PyExc_IsADirectoryError, PyExc_NotADirectoryError,
        PyExc_PermissionError,   PyExc_ProcessLookupError,
        PyExc_TimeoutError,      PyExc_ConnectionError,
    };
    original_new = ((PyTypeObject *)PyExc_OSError)->tp_new;
    for (size_t i = 0; i < CL_COUNT(types); i++) {
        PyTypeObject *type = (PyTypeObject *)types[i];
        if (type->tp_new == original_new) {
            type->tp_new = watched_new;
        }
    }
    return 0;
}

void
cl_denials_begin(PyObject *filename)
{
    user_file = Py_NewRef(filename);
}

unsigned
cl_denials_hits(void)
{
    return hits;
}

void
cl_denials_add_hit(enum cl_hit hit)
{
    hits |= 1u << hit;
}

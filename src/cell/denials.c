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

/*
 * OSError(...): what CPython calls for each errno, and OSError makes the fitting
 * subclass of it.  This slot is not inherited, so classes of the code's own, and
 * __new__ and __init__ of all of them, are CPython's alone.
 */
static PyObject *
watched_call(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t count = PyVectorcall_NARGS(nargsf);
    PyObject *packed = PyTuple_New(count);
    PyObject *named = kwnames == NULL ? NULL : PyDict_New();
    PyObject *made = NULL;
    for (Py_ssize_t i = 0; packed != NULL && i < count; i++) {
        PyTuple_SET_ITEM(packed, i, Py_NewRef(args[i]));
    }
    int rc = packed == NULL || (kwnames != NULL && named == NULL) ? -1 : 0;
    for (Py_ssize_t i = 0; rc == 0 && named != NULL && i < PyTuple_GET_SIZE(kwnames); i++) {
        rc = PyDict_SetItem(named, PyTuple_GET_ITEM(kwnames, i), args[count + i]);
    }
    if (rc == 0) {
        made = PyType_Type.tp_call(type, packed, named);
    }
    Py_XDECREF(named);
    Py_XDECREF(packed);
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
    ((PyTypeObject *)PyExc_OSError)->tp_vectorcall = watched_call;
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

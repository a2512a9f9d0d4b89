/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the raw stream type and the order log of one cell.  Under the GIL. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/streams.h"

#include <stdint.h>
#include <string.h>

#include "base/own.h"
#include "cell/pyerr.h"
#include "guard/key.h"

enum { MAX_STRETCHES = 4096 };

/* A stretch of bytes that went to one stream. */
struct stretch {
    uint8_t stream;
    uint64_t bytes;
};

static struct {
    struct stretch *item;
    uint32_t count;
    int is_lost; /* more stretches than we note: the broker takes the order of arrival */
} order;

static PyObject *file_write; /* io.FileIO.write, as it was before user code */
static PyObject *sys_dict;   /* of the interpreter; borrowed */
static PyObject *streams[2]; /* the text streams */

static void
note(int stream, uint64_t bytes)
{
    if (order.count > 0 && order.item[order.count - 1].stream == stream) {
        order.item[order.count - 1].bytes += bytes;
        return;
    }
    if (order.count == MAX_STRETCHES) {
        order.is_lost = 1;
        return;
    }
    if ((order.count & (order.count - 1)) == 0) { /* grow at powers of two */
        struct stretch *grown =
            realloc(order.item, (order.count ? order.count * 2 : 1) * sizeof *grown);
        if (grown == NULL) {
            order.is_lost = 1;
            return;
        }
        order.item = grown;
    }
    order.item[order.count++] = (struct stretch){.stream = (uint8_t)stream, .bytes = bytes};
}

static PyObject *
raw_write(PyObject *self, PyObject *data)
{
    PyObject *args[2] = {self, data};
    PyObject *written = PyObject_Vectorcall(file_write, args, 2, NULL);
    if (written != NULL && PyLong_CheckExact(written)) {
        int fd = PyObject_AsFileDescriptor(self);
        long n = PyLong_AsLong(written);
        if (fd > 0 && fd <= 2 && n > 0) {
            note(fd, (uint64_t)n);
        }
        PyErr_Clear(); /* of a closed stream's descriptor: nothing to note then */
    }
    return written;
}

static PyMethodDef raw_methods[] = {
    {"write", raw_write, METH_O, "Write bytes; return how many were written."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot raw_slots[] = {{Py_tp_methods, raw_methods}, {0, NULL}};

static PyType_Spec raw_spec = {
    .name = "cloche.StandardStream",
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = raw_slots,
};

static PyObject *
make_stream(PyObject *io, PyObject *raw_type, int fd, const char *errors, const char *name)
{
    PyObject *text = NULL;
    PyObject *buffer = NULL;
    PyObject *raw = PyObject_CallFunction(raw_type, "isO", fd, "wb", Py_False);
    if (raw != NULL) {
        buffer = PyObject_CallMethod(io, "BufferedWriter", "Oi", raw, 65536);
    }
    if (buffer != NULL) {
        text = PyObject_CallMethod(io, "TextIOWrapper", "OsssO", buffer, "utf-8", errors,
                                   "\n", Py_True);
    }
    if (text != NULL) {
        PyObject *value = PyUnicode_FromString(name);
        if (value == NULL || PyObject_SetAttrString(raw, "name", value) < 0 ||
            PyObject_SetAttrString(text, "mode", PyUnicode_FromString("w")) < 0) {
            Py_CLEAR(text);
        }
        Py_XDECREF(value);
    }
    Py_XDECREF(buffer);
    Py_XDECREF(raw);
    return text;
}

static int
set_stream(int index, const char *name, const char *dunder, PyObject *stream)
{
    if (stream == NULL || PySys_SetObject(name, stream) < 0 ||
        PySys_SetObject(dunder, stream) < 0) {
        return -1;
    }
    streams[index] = stream;
    return 0;
}

int
cl_streams_install(struct cloche_error *err)
{
    PyObject *sys = PyImport_AddModule("sys"); /* borrowed */
    sys_dict = sys == NULL ? NULL : PyModule_GetDict(sys);
    PyObject *io = sys == NULL ? NULL : PyImport_ImportModule("io");
    PyObject *file = io == NULL ? NULL : PyObject_GetAttrString(io, "FileIO");
    PyObject *bases = file == NULL ? NULL : PyTuple_Pack(1, file);
    PyObject *type = bases == NULL ? NULL : PyType_FromSpecWithBases(&raw_spec, bases);
    file_write = file == NULL ? NULL : PyObject_GetAttrString(file, "write");
    int rc = -1;
    if (type != NULL && file_write != NULL &&
        set_stream(0, "stdout", "__stdout__",
                   make_stream(io, type, 1, "strict", "<stdout>")) == 0 &&
        set_stream(1, "stderr", "__stderr__",
                   make_stream(io, type, 2, "backslashreplace", "<stderr>")) == 0) {
        rc = 0;
    }
    Py_XDECREF(type);
    Py_XDECREF(bases);
    Py_XDECREF(file);
    Py_XDECREF(io);
    return rc < 0 ? cl_pyerr_take(err, "standard streams") : 0;
}

void
cl_streams_flush(void)
{
    static struct cl_key names[] = {CL_KEY("stdout"), CL_KEY("stderr")};
    static struct cl_key flush = CL_KEY("flush");
    for (int i = 0; i < 2; i++) {
        /* What the code left in sys, and ours, should it have put others there. */
        PyObject *current = cl_key_get_item(sys_dict, &names[i]);
        PyObject *both[2] = {current, current == streams[i] ? NULL : streams[i]};
        for (int k = 0; k < 2; k++) {
            if (both[k] != NULL && both[k] != Py_None) {
                PyObject *done = cl_key_call(both[k], &flush);
                Py_XDECREF(done);
                PyErr_Clear(); /* a stream that cannot be flushed has lost its own bytes */
            }
        }
    }
}

void
cl_streams_warm_up(void)
{
    for (int i = 0; i < 2; i++) {
        PyObject *done = PyObject_CallMethod(streams[i], "write", "s", "\n");
        Py_XDECREF(done);
    }
    cl_streams_flush();
    PyErr_Clear(); /* /dev/null takes everything; if not, it costs speed, nothing else */
    free(order.item);
    memset(&order, 0, sizeof order);
}

void
cl_streams_rehearse(void)
{
    /* The way of a line that is printed, with none: a write of nothing to a pipe is none.
     */
    PyObject *buffer = PyObject_GetAttrString(streams[0], "buffer");
    PyObject *raw = buffer == NULL ? NULL : PyObject_GetAttrString(buffer, "raw");
    PyObject *done =
        raw == NULL ? NULL : PyObject_CallMethod(raw, "write", "y#", "", (Py_ssize_t)0);
    Py_XDECREF(done);
    Py_XDECREF(raw);
    Py_XDECREF(buffer);
    PyErr_Clear(); /* it costs speed, nothing else */
}

void
cl_streams_put_order(struct cl_buf *b)
{
    uint32_t count = order.is_lost ? 0 : order.count;
    (void)cl_buf_u32(b, count); /* sticky */
    for (uint32_t i = 0; i < count; i++) {
        (void)cl_buf_u8(b, order.item[i].stream);
        (void)cl_buf_u64(b, order.item[i].bytes);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames from user code's process.  Everything here runs after user code may
 * have changed whatever it could reach, and nothing here is trusted on the
 * other side.  Under the GIL; one frame is one send, so frames of threads do
 * not mix (a frame larger than the socket takes at once is sent while the GIL
 * is held).
 */
#include "cell/report.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "cell/denials.h"
#include "cell/lockdown.h"
#include "cell/memory.h"
#include "cell/streams.h"
#include "cell/support.h"
#include "cell/value.h"
#include "guard/scan.h"
#include "wire/channel.h"
#include "guard/guard.h"
#include "wire/frame.h"
#include "wire/message.h"

static pid_t speaker;
static uint64_t max_bytes;

void
cl_report_begin(uint64_t max)
{
    speaker = getpid();
    max_bytes = max;
}

int
cl_report_is_ours(void)
{
    return getpid() == speaker;
}

static void
send_frame(const struct cl_buf *b)
{
    if (cl_report_is_ours()) {
        /* The broker may be gone, or the code may have closed the channel:
         * then the run is judged by its exit alone. */
        (void)cl_channel_send_buf(CL_CELL_CHANNEL_FD, b, NULL, 0, NULL);
    }
}

/* At most max bytes of a C string, cut between characters. */
static void
put_text(struct cl_buf *b, const char *text, size_t max)
{
    size_t len = strlen(text);
    if (len > max) {
        for (len = max; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80; len--) {
        }
    }
    (void)cl_put_bytes(b, text, len); /* sticky */
}

static void
put_unicode(struct cl_buf *b, PyObject *text, size_t max)
{
    PyObject *bytes = text == NULL || !PyUnicode_Check(text)
                          ? NULL
                          : PyUnicode_AsEncodedString(text, "utf-8", "backslashreplace");
    put_text(b, bytes == NULL ? "" : PyBytes_AS_STRING(bytes), max);
    Py_XDECREF(bytes);
    PyErr_Clear();
}

void
cl_report_denial(int number, const char *path, int line)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
    size_t start = cl_frame_begin(&b, CL_MSG_DENIAL);
    (void)cl_buf_u32(&b, (uint32_t)number); /* sticky, as all of these */
    (void)cl_buf_u32(&b, (uint32_t)line);
    put_text(&b, path, 1024);
    cl_frame_end(&b, start);
    send_frame(&b);
}

void
cl_report_violation(enum cl_violation rule, const char *what, int line, int column)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
    size_t start = cl_frame_begin(&b, CL_MSG_VIOLATION);
    (void)cl_buf_u8(&b, (uint8_t)rule); /* sticky, as all of these */
    (void)cl_buf_u32(&b, (uint32_t)line);
    (void)cl_buf_u32(&b, (uint32_t)column);
    put_text(&b, what, 1024);
    cl_frame_end(&b, start);
    send_frame(&b);
}

void
cl_report_finding(const struct cl_scan_finding *f)
{
    const long places[] = {f->line, f->column, f->end_line, f->end_column};
    cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
    size_t start = cl_frame_begin(&b, CL_MSG_FINDING);
    (void)cl_buf_u32(&b, (uint32_t)f->rule); /* sticky, as all of these */
    for (size_t i = 0; i < CL_COUNT(places); i++) {
        (void)cl_buf_u32(&b, places[i] > 0 ? (uint32_t)places[i] : 0);
    }
    put_text(&b, f->what, CL_SCAN_WHAT_MAX);
    put_text(&b, f->message, CL_SCAN_MESSAGE_MAX);
    cl_frame_end(&b, start);
    send_frame(&b);
}

void
cl_report_audit(const char *event, const char *what, int line)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(4096);
    size_t start = cl_frame_begin(&b, CL_MSG_AUDIT);
    (void)cl_buf_u32(&b, (uint32_t)line);
    put_text(&b, event, 64);
    put_text(&b, what, 1024);
    cl_frame_end(&b, start);
    send_frame(&b);
}

int
cl_report_display(PyObject *bundle)
{
    PyObject *key = NULL;
    PyObject *data = NULL;
    Py_ssize_t at = 0;
    if (!PyDict_Check(bundle)) {
        PyErr_SetString(PyExc_TypeError, "a mime bundle is a dict of str to str or bytes");
        return -1;
    }
    cl_autobuf struct cl_buf b = CL_BUF_INIT(max_bytes + 1024);
    size_t start = cl_frame_begin(&b, CL_MSG_DISPLAY);
    (void)cl_buf_u32(&b, (uint32_t)PyDict_GET_SIZE(bundle));
    while (PyDict_Next(bundle, &at, &key, &data)) {
        Py_ssize_t len = 0;
        const char *bytes = NULL;
        const char *mime = PyUnicode_Check(key) ? PyUnicode_AsUTF8(key) : NULL;
        if (PyUnicode_Check(data)) {
            bytes = PyUnicode_AsUTF8AndSize(data, &len);
        } else if (PyBytes_Check(data)) {
            bytes = PyBytes_AS_STRING(data);
            len = PyBytes_GET_SIZE(data);
        }
        if (mime == NULL || bytes == NULL) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_TypeError,
                                "a mime bundle is a dict of str to str or bytes");
            }
            return -1;
        }
        put_text(&b, mime, 128);
        (void)cl_buf_u8(&b, PyUnicode_Check(data) ? 1 : 0);
        (void)cl_put_bytes(&b, bytes, (size_t)len);
    }
    cl_frame_end(&b, start);
    if (b.has_failed) {
        PyErr_Format(PyExc_ValueError, "a display of more than limits.result (%llu bytes)",
                     (unsigned long long)max_bytes);
        return -1;
    }
    send_frame(&b);
    return 0;
}

static void
put_repr(struct cl_buf *b, PyObject *value)
{
    PyObject *repr = value == NULL || value == Py_None ? NULL : PyObject_Repr(value);
    if (repr == NULL && value != NULL && value != Py_None) {
        PyErr_Clear();
        repr =
            PyUnicode_FromFormat("<%s object whose repr fails>", Py_TYPE(value)->tp_name);
    }
    put_unicode(b, repr, CL_JOB_REPR_MAX);
    Py_XDECREF(repr);
    PyErr_Clear();
}

/* The value as a blob (empty: it did not cross) and its repr; hints. */
static unsigned
put_value(struct cl_buf *b, PyObject *value)
{
    cl_autobuf struct cl_buf encoded = CL_BUF_INIT(max_bytes);
    enum cl_value_result rc = CL_VALUE_OK;
    if (value != NULL) {
        rc = cl_value_encode(value, &encoded);
    }
    (void)cl_put_bytes(b, encoded.data, encoded.len);
    put_repr(b, encoded.len > CL_JOB_REPR_MAX || rc == CL_VALUE_TOO_LARGE ? NULL : value);
    return rc == CL_VALUE_TOO_LARGE ? CL_HINT_VALUE_TOO_LARGE
           : rc == CL_VALUE_NO_FORM ? CL_HINT_VALUE_NO_FORM
                                    : 0;
}

/* The code's own variables that have a form, as one 'M'; and how many had
 * one, of which the last may not have fitted. */
static void
put_variables(struct cl_buf *b, PyObject *globals)
{
    cl_autobuf struct cl_buf all = CL_BUF_INIT(max_bytes);
    PyObject *key = NULL;
    PyObject *value = NULL;
    Py_ssize_t at = 0;
    uint32_t kept = 0;
    uint32_t total = 0;
    while (globals != NULL && PyDict_Next(globals, &at, &key, &value)) {
        size_t before = all.len;
        if (!PyUnicode_Check(key) || PyUnicode_READ_CHAR(key, 0) == '_') {
            continue;
        }
        if (cl_value_encode(key, &all) != CL_VALUE_OK) {
            continue;
        }
        enum cl_value_result rc = cl_value_encode(value, &all);
        total += rc != CL_VALUE_NO_FORM;
        kept += rc == CL_VALUE_OK;
        if (rc != CL_VALUE_OK) {
            all.len = before;
        }
    }
    (void)cl_buf_u32(b, total);
    (void)cl_buf_u32(b, (uint32_t)all.len + 5);
    (void)cl_buf_u8(b, 'M');
    (void)cl_buf_u32(b, kept);
    (void)cl_buf_add(b, all.data, all.len);
}

static void
put_frames(struct cl_buf *b, PyObject *frames)
{
    Py_ssize_t count =
        frames != NULL && PyList_CheckExact(frames) ? PyList_GET_SIZE(frames) : 0;
    Py_ssize_t first = count > CL_JOB_FRAMES_MAX ? count - CL_JOB_FRAMES_MAX : 0;
    (void)cl_buf_u32(b, (uint32_t)(count - first));
    for (Py_ssize_t i = first; i < count; i++) {
        PyObject *line = NULL;
        PyObject *function = NULL;
        PyObject *source = NULL;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(frames, i), "OOO", &line, &function,
                              &source)) {
            PyErr_Clear();
        }
        long number = line != NULL && PyLong_Check(line) ? PyLong_AsLong(line) : 0;
        (void)cl_buf_u32(b, (uint32_t)number);
        put_unicode(b, function, 512);
        put_unicode(b, source, 1024);
    }
    PyErr_Clear();
}

/* An error of which there is no more to say. */
static void
put_bare_error(struct cl_buf *b, const char *type, const char *message)
{
    put_text(b, type, 512);
    put_text(b, message, 512);
    (void)cl_buf_u32(b, 0); /* line and column; sticky */
    (void)cl_buf_u32(b, 0);
    put_frames(b, NULL);
    put_text(b, type, 512);
}

/* support.py's report, or, where even that fails (no memory, no stack), the bare type. */
static void
put_error(struct cl_buf *b, const struct cl_report_result *result)
{
    PyObject *type = NULL, *message = NULL, *frames = NULL, *text = NULL;
    int line = 0, column = 0;
    PyObject *args = PyTuple_Pack(3, result->error, result->filename, result->loader);
    PyObject *told = args == NULL ? NULL : cl_support_call("report", args);
    Py_XDECREF(args);
    if (told == NULL || !PyArg_ParseTuple(told, "OOiiOO", &type, &message, &line, &column,
                                          &frames, &text)) {
        PyErr_Clear();
        put_bare_error(b, Py_TYPE(result->error)->tp_name, "");
    } else {
        put_unicode(b, type, 512);
        put_unicode(b, message, CL_JOB_TEXT_MAX);
        (void)cl_buf_u32(b, line > 0 ? (uint32_t)line : 0);
        (void)cl_buf_u32(b, column > 0 ? (uint32_t)column : 0);
        put_frames(b, frames);
        put_unicode(b, text, CL_JOB_TEXT_MAX);
    }
    Py_XDECREF(told);
    PyErr_Clear();
}

void
cl_report_print_error(const struct cl_report_result *result)
{
    PyObject *err = PySys_GetObject("stderr"); /* borrowed */
    PyObject *args = PyTuple_Pack(3, result->error, result->filename, result->loader);
    PyObject *told = args == NULL ? NULL : cl_support_call("report", args);
    PyObject *text = told == NULL ? NULL : PyTuple_GetItem(told, 5); /* borrowed */
    if (text != NULL && err != NULL && err != Py_None) {
        (void)PyFile_WriteObject(text, err, Py_PRINT_RAW); /* as python3: best effort */
    }
    Py_XDECREF(told);
    Py_XDECREF(args);
    PyErr_Clear();
}

static unsigned
error_hints(PyObject *error)
{
    if (error == NULL) {
        return 0;
    }
    unsigned hints = 0;
    hints |= PyErr_GivenExceptionMatches(error, PyExc_MemoryError) ? CL_HINT_MEMORY : 0;
    /* At level restricted CPython's own ended the run already; this is the code's. */
    int is_limit = !cl_guard_is_on();
    hints |= is_limit && PyErr_GivenExceptionMatches(error, PyExc_RecursionError)
                 ? CL_HINT_RECURSION
                 : 0;
    if (Py_TYPE(error) == (PyTypeObject *)PyExc_RuntimeError) {
        PyObject *text = PyObject_Str(error);
        if (text != NULL &&
            PyUnicode_CompareWithASCIIString(text, "can't start new thread") == 0) {
            hints |= CL_HINT_THREADS;
            cl_denials_add_hit(CL_HIT_PROCESSES);
        }
        Py_XDECREF(text);
        PyErr_Clear();
    }
    return hints;
}

static void
put_usage(struct cl_buf *b)
{
    struct rusage self = {0};
    (void)getrusage(RUSAGE_SELF, &self); /* zeros if refused */
    (void)cl_buf_u64(b, (uint64_t)self.ru_utime.tv_sec * CL_NS_PER_S +
                            (uint64_t)self.ru_utime.tv_usec * 1000);
    (void)cl_buf_u64(b, (uint64_t)self.ru_stime.tv_sec * CL_NS_PER_S +
                            (uint64_t)self.ru_stime.tv_usec * 1000);
}

static void
put_head(struct cl_buf *b, const struct cl_report_result *result, enum cl_job_end end,
         unsigned hints)
{
    (void)cl_buf_u8(b, (uint8_t)end); /* sticky, as all of these */
    (void)cl_buf_u32(b, (uint32_t)result->exit_status);
    (void)cl_buf_u32(b, hints);
    (void)cl_buf_u32(b, cl_denials_hits());
    (void)cl_buf_u32(b, (uint32_t)result->oserror);
    (void)cl_buf_u8(b, (uint8_t)result->limit);
    (void)cl_buf_u64(b, result->limit_used);
    (void)cl_buf_u32(b, (uint32_t)result->limit_line);
}

/* There is no memory to say more: that, and how it was used. */
static void
send_bare(const struct cl_report_result *result)
{
    unsigned char bytes[512];
    struct cl_buf b = {.data = bytes, .cap = sizeof bytes, .max = sizeof bytes};
    size_t start = cl_frame_begin(&b, CL_MSG_RESULT);
    put_head(&b, result, CL_END_EXCEPTION, CL_HINT_MEMORY);
    (void)cl_buf_u32(&b, 0); /* no value; sticky, and it fits */
    (void)cl_buf_u32(&b, 0);
    put_variables(&b, NULL);
    (void)cl_buf_u8(&b, 1); /* an error */
    put_bare_error(&b, "MemoryError", "there was none left to report in");
    (void)cl_buf_u32(&b, 0); /* no order */
    put_usage(&b);
    cl_frame_end(&b, start);
    send_frame(&b);
}

void
cl_report_rehearse(PyObject *value, PyObject *globals)
{
    cl_autobuf struct cl_buf b = CL_BUF_INIT(CL_JOB_TEXT_MAX);
    max_bytes = CL_JOB_TEXT_MAX;
    (void)put_value(&b, value);
    put_variables(&b, globals);
}

void
cl_report_result(const struct cl_report_result *result, void (*last_words)(void *ctx),
                 void *ctx)
{
    cl_memory_begin_report(result->error != NULL &&
                           PyErr_GivenExceptionMatches(result->error, PyExc_MemoryError));
    cl_autobuf struct cl_buf b = CL_BUF_INIT(CL_RESULT_MAX);
    cl_autobuf struct cl_buf body = CL_BUF_INIT(CL_RESULT_MAX);
    unsigned hints = error_hints(result->error) | put_value(&body, result->value);
    put_variables(&body, result->globals);
    (void)cl_buf_u8(&body, result->error != NULL); /* sticky, as all of these */
    if (result->error != NULL) {
        put_error(&body, result);
    }
    last_words(ctx);
    /* What is still buffered comes before the order of the streams. */
    cl_streams_flush();
    cl_streams_put_order(&body);
    put_usage(&body);

    size_t start = cl_frame_begin(&b, CL_MSG_RESULT);
    put_head(&b, result, result->end, hints);
    (void)cl_buf_add(&b, body.data, body.len);
    cl_frame_end(&b, start);
    if (b.has_failed || body.has_failed) {
        send_bare(result);
    } else {
        send_frame(&b);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Pure over Python objects; under the GIL. */
#include "cell/value.h"

#include <math.h>
#include <string.h>

#include "wire/frame.h"
#include "wire/value.h"

static enum cl_value_result encode(PyObject *object, struct cl_buf *b, int depth);

static enum cl_value_result
result_of(const struct cl_buf *b)
{
    return b->has_failed ? CL_VALUE_TOO_LARGE : CL_VALUE_OK;
}

static enum cl_value_result
encode_int(PyObject *object, struct cl_buf *b)
{
    int overflow = 0;
    long long v = PyLong_AsLongLongAndOverflow(object, &overflow);
    if (overflow != 0) {
        return CL_VALUE_NO_FORM;
    }
    (void)cl_buf_u8(b, 'I'); /* sticky, as all of these */
    (void)cl_buf_u64(b, (uint64_t)v);
    return result_of(b);
}

static enum cl_value_result
encode_float(double v, struct cl_buf *b)
{
    uint64_t bits = 0;
    if (!isfinite(v)) {
        return CL_VALUE_NO_FORM;
    }
    memcpy(&bits, &v, sizeof bits);
    (void)cl_buf_u8(b, 'D');
    (void)cl_buf_u64(b, bits);
    return result_of(b);
}

static enum cl_value_result
encode_str(PyObject *object, struct cl_buf *b)
{
    Py_ssize_t len = 0;
    const char *text = PyUnicode_AsUTF8AndSize(object, &len);
    if (text == NULL) {
        PyErr_Clear(); /* lone surrogates are no text that crosses */
        return CL_VALUE_NO_FORM;
    }
    (void)cl_buf_u8(b, 'S');
    (void)cl_put_bytes(b, text, (size_t)len);
    return result_of(b);
}

static enum cl_value_result
encode_sequence(PyObject *const *items, Py_ssize_t count, struct cl_buf *b, int depth)
{
    (void)cl_buf_u8(b, 'L');
    (void)cl_buf_u32(b, (uint32_t)count);
    enum cl_value_result result = result_of(b);
    for (Py_ssize_t i = 0; result == CL_VALUE_OK && i < count; i++) {
        result = encode(items[i], b, depth + 1);
    }
    return result;
}

static enum cl_value_result
encode_dict(PyObject *object, struct cl_buf *b, int depth)
{
    PyObject *key = NULL;
    PyObject *value = NULL;
    Py_ssize_t at = 0;
    (void)cl_buf_u8(b, 'M');
    (void)cl_buf_u32(b, (uint32_t)PyDict_GET_SIZE(object));
    enum cl_value_result result = result_of(b);
    while (result == CL_VALUE_OK && PyDict_Next(object, &at, &key, &value)) {
        result = PyUnicode_Check(key) ? encode_str(key, b) : CL_VALUE_NO_FORM;
        if (result == CL_VALUE_OK) {
            result = encode(value, b, depth + 1);
        }
    }
    return result;
}

static enum cl_value_result
encode(PyObject *object, struct cl_buf *b, int depth)
{
    if (depth > CL_VALUE_DEPTH) {
        return CL_VALUE_NO_FORM;
    }
    if (object == Py_None || PyBool_Check(object)) {
        (void)cl_buf_u8(b, object == Py_None ? 'N' : object == Py_True ? 'T' : 'F');
        return result_of(b);
    }
    if (PyLong_Check(object)) {
        return encode_int(object, b);
    }
    if (PyFloat_Check(object)) {
        return encode_float(PyFloat_AS_DOUBLE(object), b);
    }
    if (PyUnicode_Check(object)) {
        return encode_str(object, b);
    }
    if (PyList_Check(object)) {
        return encode_sequence(((PyListObject *)object)->ob_item, PyList_GET_SIZE(object),
                               b, depth);
    }
    if (PyTuple_Check(object)) {
        return encode_sequence(((PyTupleObject *)object)->ob_item, PyTuple_GET_SIZE(object),
                               b, depth);
    }
    return PyDict_Check(object) ? encode_dict(object, b, depth) : CL_VALUE_NO_FORM;
}

enum cl_value_result
cl_value_encode(PyObject *object, struct cl_buf *b)
{
    size_t before = b->len;
    enum cl_value_result result = encode(object, b, 0);
    if (result != CL_VALUE_OK) {
        b->len = before;
        b->has_failed = 0;
    }
    return result;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns what expressions of constants come to, where that is easily seen. */
#include "guard/scan_state.h"

#include <math.h>
#include <string.h>

enum { MAX_DEPTH = 24 };

static int
add_text(char out[CL_SCAN_PATH], const char *text)
{
    size_t len = strlen(out);
    size_t more = strlen(text);
    if (len + more >= CL_SCAN_PATH) {
        return 0;
    }
    memcpy(out + len, text, more + 1);
    return 1;
}

static int
fold_constant(PyObject *node, char out[CL_SCAN_PATH])
{
    PyObject *value = cl_scan_child(node, "value");
    const char *text = NULL;
    if (value != NULL && PyUnicode_CheckExact(value)) {
        text = PyUnicode_AsUTF8(value);
        PyErr_Clear(); /* a lone surrogate */
    } else if (value != NULL && PyBytes_CheckExact(value)) {
        text = PyBytes_AS_STRING(value);
    }
    return text != NULL && add_text(out, text);
}

static int
fold_text(struct cl_scan *s, PyObject *node, char out[CL_SCAN_PATH])
{
    PyObject *parts = NULL;
    PyObject *left = NULL;
    PyObject *right = NULL;
    int is_known = 0;
    if (s->depth >= MAX_DEPTH) {
        return 0;
    }
    s->depth++;
    switch (cl_scan_kind(s, node)) {
    case CL_SCAN_CONSTANT: is_known = fold_constant(node, out); break;
    case CL_SCAN_BINOP:
        left = cl_scan_child(node, "left");
        right = cl_scan_child(node, "right");
        is_known = strcmp(cl_scan_class(cl_scan_child(node, "op")), "Add") == 0 &&
                   fold_text(s, left, out) && fold_text(s, right, out);
        break;
    case CL_SCAN_JOINED:
        parts = cl_scan_list(node, "values");
        is_known = parts != NULL;
        for (Py_ssize_t i = 0; is_known && i < PyList_GET_SIZE(parts); i++) {
            is_known = fold_text(s, PyList_GET_ITEM(parts, i), out);
        }
        break;
    default: break;
    }
    s->depth--;
    return is_known;
}

int
cl_scan_fold_text(struct cl_scan *s, PyObject *node, char out[CL_SCAN_PATH])
{
    out[0] = '\0';
    return fold_text(s, node, out);
}

static int
fold_binary(struct cl_scan *s, PyObject *node, double *out)
{
    double a = 0;
    double b = 0;
    PyObject *op = cl_scan_child(node, "op");
    const char *name = op == NULL ? "" : cl_scan_class(op);
    if (!cl_scan_fold_number(s, cl_scan_child(node, "left"), &a) ||
        !cl_scan_fold_number(s, cl_scan_child(node, "right"), &b)) {
        return 0;
    }
    *out = strcmp(name, "Add") == 0      ? a + b
           : strcmp(name, "Sub") == 0    ? a - b
           : strcmp(name, "Mult") == 0   ? a * b
           : strcmp(name, "Pow") == 0    ? pow(a, b)
           : strcmp(name, "LShift") == 0 ? a * pow(2, b)
                                         : NAN;
    return !isnan(*out);
}

int
cl_scan_fold_number(struct cl_scan *s, PyObject *node, double *out)
{
    int is_known = 0;
    PyObject *value = NULL;
    if (node == NULL || s->depth >= MAX_DEPTH) {
        return 0;
    }
    s->depth++;
    switch (cl_scan_kind(s, node)) {
    case CL_SCAN_CONSTANT:
        value = cl_scan_child(node, "value");
        if (value != NULL && PyFloat_CheckExact(value)) {
            *out = PyFloat_AS_DOUBLE(value);
            is_known = 1;
        } else if (value != NULL && PyLong_CheckExact(value)) {
            *out = PyLong_AsDouble(value);
            is_known = 1;
            if (PyErr_Occurred()) { /* more than a double has */
                PyErr_Clear();
                *out = INFINITY;
            }
        }
        break;
    case CL_SCAN_BINOP: is_known = fold_binary(s, node, out); break;
    case CL_SCAN_UNARY:
        is_known = cl_scan_fold_number(s, cl_scan_child(node, "operand"), out) &&
                   strcmp(cl_scan_class(cl_scan_child(node, "op")), "USub") == 0;
        *out = -*out;
        break;
    default: break;
    }
    s->depth--;
    return is_known;
}

static int
truth(struct cl_scan *s, PyObject *node)
{
    PyObject *value = node != NULL && cl_scan_kind(s, node) == CL_SCAN_CONSTANT
                          ? cl_scan_get(node, "value")
                          : NULL;
    int is_true = value == NULL ? -1 : PyObject_IsTrue(value);
    Py_XDECREF(value);
    PyErr_Clear();
    return is_true;
}

int
cl_scan_is_true(struct cl_scan *s, PyObject *node)
{
    return truth(s, node) == 1;
}

int
cl_scan_is_false(struct cl_scan *s, PyObject *node)
{
    return truth(s, node) == 0;
}

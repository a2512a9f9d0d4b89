/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the rules about how something is called, and about operations on constants. */
#include "guard/scan_state.h"

#include <math.h>
#include <string.h>

#include "base/own.h"

/* An argument by its place or its name; NULL where it is neither. */
static PyObject *
argument(PyObject *call, Py_ssize_t place, const char *name)
{
    PyObject *args = cl_scan_list(call, "args");
    PyObject *keywords = cl_scan_list(call, "keywords");
    for (Py_ssize_t i = 0; keywords != NULL && i < PyList_GET_SIZE(keywords); i++) {
        const char *arg = cl_scan_text(PyList_GET_ITEM(keywords, i), "arg");
        if (arg != NULL && name != NULL && strcmp(arg, name) == 0) {
            return cl_scan_child(PyList_GET_ITEM(keywords, i), "value");
        }
    }
    return args != NULL && place >= 0 && place < PyList_GET_SIZE(args)
               ? PyList_GET_ITEM(args, place)
               : NULL;
}

/* subprocess.run(..., shell=True) */
static void
check_shell(struct cl_scan *s, PyObject *call, const char *path)
{
    PyObject *shell = argument(call, -1, "shell");
    if (strncmp(path, "subprocess.", 11) == 0 && shell != NULL &&
        !cl_scan_is_false(s, shell)) {
        cl_scan_find(s, call, CL_RULE_SHELL, path, NULL);
    }
}

/* requests.get(..., verify=False), ssl.create_default_context().check_hostname */
static void
check_tls(struct cl_scan *s, PyObject *call, const char *path)
{
    static const char *const names[] = {"verify", "verify_ssl", "ssl_verify",
                                        "check_hostname"};
    for (size_t i = 0; i < CL_COUNT(names); i++) {
        PyObject *value = argument(call, -1, names[i]);
        if (value != NULL && cl_scan_is_false(s, value)) {
            cl_scan_find(s, value, CL_RULE_TLS_OFF, path[0] == '\0' ? names[i] : path,
                         NULL);
        }
    }
}

/* yaml.load(x) without a safe loader; numpy.load(x, allow_pickle=True) */
static void
check_load(struct cl_scan *s, PyObject *call, const char *path)
{
    char loader[CL_SCAN_PATH];
    PyObject *second = argument(call, 1, "Loader");
    PyObject *allow = argument(call, -1, "allow_pickle");
    if (strcmp(path, "yaml.load") == 0 || strcmp(path, "yaml.load_all") == 0) {
        int is_safe = second != NULL && cl_scan_resolve(s, second, loader) &&
                      (strcmp(loader, "yaml.SafeLoader") == 0 ||
                       strcmp(loader, "yaml.CSafeLoader") == 0 ||
                       strcmp(loader, "yaml.BaseLoader") == 0);
        if (!is_safe) {
            cl_scan_find(s, call, CL_RULE_YAML, path, NULL);
        }
    }
    if (strcmp(path, "numpy.load") == 0 && allow != NULL && !cl_scan_is_false(s, allow)) {
        cl_scan_find(s, call, CL_RULE_PICKLE, path, NULL);
    }
}

/* eval(base64.b64decode(...)): within it is a call that decodes. */
static int
find_decoder(struct cl_scan *s, PyObject *node, void *ctx)
{
    static const char *const decoders[] = {"base64.",         "binascii.",
                                           "codecs.decode",   "zlib.decompress",
                                           "gzip.decompress", "bz2.decompress",
                                           "lzma.decompress", "builtins.bytes.fromhex",
                                           "marshal.loads",   "urllib.request.urlopen",
                                           "requests.get",    "bytes.fromhex"};
    char path[CL_SCAN_PATH];
    int *is_found = ctx;
    PyObject *func =
        cl_scan_kind(s, node) == CL_SCAN_CALL ? cl_scan_child(node, "func") : NULL;
    if (func != NULL && cl_scan_resolve(s, func, path)) {
        for (size_t i = 0; i < CL_COUNT(decoders); i++) {
            *is_found |= strncmp(path, decoders[i], strlen(decoders[i])) == 0;
        }
    }
    if (*is_found || s->depth >= 24) {
        return 0;
    }
    s->depth++;
    int rc = cl_scan_children(s, node, find_decoder, ctx);
    s->depth--;
    return rc;
}

/* path + 9 is the name without "builtins.". */
static void
check_decoded(struct cl_scan *s, PyObject *call, const char *path)
{
    int is_found = 0;
    PyObject *code = argument(call, 0, NULL);
    int runs = strcmp(path, "builtins.eval") == 0 || strcmp(path, "builtins.exec") == 0 ||
               strcmp(path, "builtins.compile") == 0;
    if (runs && code != NULL && find_decoder(s, code, &is_found) == 0 && is_found) {
        cl_scan_find(s, call, CL_RULE_DECODED_CODE, path + 9, NULL);
    }
    PyErr_Clear();
}

/* getattr(x, name): which attribute that is, only the run shows. */
static void
check_getattr(struct cl_scan *s, PyObject *call, const char *path)
{
    char name[CL_SCAN_PATH];
    PyObject *second = argument(call, 1, NULL);
    int is_it = strcmp(path, "builtins.getattr") == 0 ||
                strcmp(path, "builtins.setattr") == 0 ||
                strcmp(path, "builtins.delattr") == 0;
    if (!is_it || second == NULL) {
        return;
    }
    if (!cl_scan_fold_text(s, second, name)) {
        cl_scan_find(s, call, CL_RULE_GETATTR, path + 9, NULL);
    } else if (cl_scan_is_escape(name)) {
        cl_scan_find(s, call, CL_RULE_ESCAPE_NAME, name, NULL);
    }
}

static void
check_sleep(struct cl_scan *s, PyObject *call, const char *path)
{
    enum { LONG_S = 60 };
    double seconds = 0;
    if ((strcmp(path, "time.sleep") == 0 || strcmp(path, "asyncio.sleep") == 0) &&
        cl_scan_fold_number(s, argument(call, 0, NULL), &seconds) && seconds > LONG_S) {
        cl_scan_find(s, call, CL_RULE_SLEEP, path, NULL);
    }
}

/* getattr(os, "system")("...") is no name or attribute that the walk sees. */
static void
check_indirect(struct cl_scan *s, PyObject *func)
{
    char path[CL_SCAN_PATH];
    PyObject *inner =
        cl_scan_kind(s, func) == CL_SCAN_CALL ? cl_scan_child(func, "func") : NULL;
    if (inner != NULL && cl_scan_resolve(s, inner, path) &&
        strcmp(path, "builtins.getattr") == 0 && cl_scan_resolve(s, func, path) &&
        cl_scan_rule_of_path(path) != CL_RULE_NONE) {
        cl_scan_find(s, func, cl_scan_rule_of_path(path), path, NULL);
    }
}

void
cl_scan_call(struct cl_scan *s, PyObject *node)
{
    char path[CL_SCAN_PATH];
    PyObject *func = cl_scan_child(node, "func");
    if (func == NULL || !cl_scan_resolve(s, func, path)) {
        path[0] = '\0';
    }
    check_tls(s, node, path);
    if (func != NULL) {
        check_indirect(s, func);
    }
    if (path[0] != '\0') {
        check_shell(s, node, path);
        check_load(s, node, path);
        check_decoded(s, node, path);
        check_getattr(s, node, path);
        check_sleep(s, node, path);
    }
}

/* ---- operations on constants -------------------------------------------- */

/* How many items a constant has, -1 where it is none that is repeated. */
static double
length_of(struct cl_scan *s, PyObject *node)
{
    PyObject *value = cl_scan_child(node, "value");
    PyObject *elements = cl_scan_list(node, "elts");
    if (elements != NULL) {
        return (double)PyList_GET_SIZE(elements);
    }
    if (cl_scan_kind(s, node) != CL_SCAN_CONSTANT || value == NULL) {
        return -1;
    }
    return PyUnicode_CheckExact(value) ? (double)PyUnicode_GET_LENGTH(value)
           : PyBytes_CheckExact(value) ? (double)PyBytes_GET_SIZE(value)
                                       : -1;
}

void
cl_scan_operation(struct cl_scan *s, PyObject *node)
{
    static const double huge_bits = 8e7; /* ten megabytes */
    static const double huge_items = 1e8;
    PyObject *left = cl_scan_child(node, "left");
    PyObject *right = cl_scan_child(node, "right");
    PyObject *op = cl_scan_child(node, "op");
    double a = 0;
    double b = 0;
    if (left == NULL || right == NULL || op == NULL) {
        return;
    }
    const char *name = cl_scan_class(op);
    int has_b = cl_scan_fold_number(s, right, &b);
    int has_a = cl_scan_fold_number(s, left, &a);
    int is_huge = 0;
    if (strcmp(name, "Pow") == 0) {
        is_huge = has_a && has_b && fabs(a) >= 2 && b * log2(fabs(a)) > huge_bits;
    } else if (strcmp(name, "LShift") == 0) {
        is_huge = has_b && b > huge_bits;
    } else if (strcmp(name, "Mult") == 0) {
        is_huge =
            (has_b && length_of(s, left) > 0 && length_of(s, left) * b > huge_items) ||
            (has_a && length_of(s, right) > 0 && length_of(s, right) * a > huge_items);
    }
    if (is_huge) {
        cl_scan_find(s, node, CL_RULE_HUGE, "", NULL);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the rules about loops that do not end, or not soon. */
#include "guard/scan_state.h"

#include <math.h>
#include <string.h>

#include "base/own.h"

/* More rounds than this are long: some seconds of CPython's time. */
static const double many_rounds = 1e8;

struct way_out {
    int is_found;
    int within; /* in an inner loop, whose break is its own */
};

/* Is there a way out of this body: break, return, raise, yield, the end of the
 * process? */
static int
find_way_out(struct cl_scan *s, PyObject *node, void *ctx)
{
    static const char *const exits[] = {"sys.exit", "os._exit", "builtins.exit",
                                        "builtins.quit", "os.abort"};
    struct way_out *out = ctx;
    char path[CL_SCAN_PATH];
    int rc = 0;
    PyObject *func = NULL;
    if (out->is_found || s->nesting >= CL_SCAN_NESTING) {
        return 0;
    }
    int was_within = out->within;
    s->nesting++;
    switch (cl_scan_kind(s, node)) {
    case CL_SCAN_FUNCTION:
    case CL_SCAN_LAMBDA:
    case CL_SCAN_CLASS: s->nesting--; return 0; /* not of this code */
    case CL_SCAN_BREAK: out->is_found |= !out->within; break;
    case CL_SCAN_LEAVE: out->is_found = 1; break;
    case CL_SCAN_FOR:
    case CL_SCAN_WHILE: out->within = 1; break;
    case CL_SCAN_CALL:
        func = cl_scan_child(node, "func");
        for (size_t i = 0;
             func != NULL && cl_scan_resolve(s, func, path) && i < CL_COUNT(exits); i++) {
            out->is_found |= strcmp(path, exits[i]) == 0;
        }
        break;
    default: break;
    }
    rc = cl_scan_children(s, node, find_way_out, out);
    out->within = was_within;
    s->nesting--;
    return rc;
}

static int
has_way_out(struct cl_scan *s, PyObject *node)
{
    struct way_out out = {0};
    PyObject *body = cl_scan_list(node, "body");
    for (Py_ssize_t i = 0; body != NULL && i < PyList_GET_SIZE(body); i++) {
        if (find_way_out(s, PyList_GET_ITEM(body, i), &out) < 0) {
            PyErr_Clear();
            return 1;
        }
    }
    return out.is_found;
}

void
cl_scan_while(struct cl_scan *s, PyObject *node)
{
    PyObject *test = cl_scan_child(node, "test");
    if (test != NULL && cl_scan_is_true(s, test) && !has_way_out(s, node)) {
        cl_scan_find(s, test, CL_RULE_ENDLESS, "while", NULL);
    }
}

/* range(n), range(a, b), range(a, b, step) of constants: how many, else 1. */
static double
count_range(struct cl_scan *s, PyObject *call)
{
    double v[3] = {0, 0, 1};
    PyObject *args = cl_scan_list(call, "args");
    Py_ssize_t n = args == NULL ? 0 : PyList_GET_SIZE(args);
    if (n < 1 || n > 3) {
        return 1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (!cl_scan_fold_number(s, PyList_GET_ITEM(args, i), &v[i])) {
            return 1;
        }
    }
    if (n == 1) {
        v[1] = v[0];
        v[0] = 0;
    }
    double rounds = v[2] == 0 ? 0 : ceil((v[1] - v[0]) / v[2]);
    return rounds > 0 ? rounds : 1;
}

static int
is_endless(struct cl_scan *s, PyObject *call, const char *path)
{
    PyObject *args = cl_scan_list(call, "args");
    PyObject *keywords = cl_scan_list(call, "keywords");
    Py_ssize_t n = (args == NULL ? 0 : PyList_GET_SIZE(args)) +
                   (keywords == NULL ? 0 : PyList_GET_SIZE(keywords));
    (void)s;
    return strcmp(path, "itertools.count") == 0 || strcmp(path, "itertools.cycle") == 0 ||
           (strcmp(path, "itertools.repeat") == 0 && n == 1);
}

double
cl_scan_rounds(struct cl_scan *s, PyObject *iter)
{
    char path[CL_SCAN_PATH];
    PyObject *func =
        cl_scan_kind(s, iter) == CL_SCAN_CALL ? cl_scan_child(iter, "func") : NULL;
    if (func == NULL || !cl_scan_resolve(s, func, path) ||
        strcmp(path, "builtins.range") != 0) {
        return 1;
    }
    return count_range(s, iter);
}

void
cl_scan_for(struct cl_scan *s, PyObject *node, PyObject *iter, int can_leave)
{
    char path[CL_SCAN_PATH];
    PyObject *func =
        cl_scan_kind(s, iter) == CL_SCAN_CALL ? cl_scan_child(iter, "func") : NULL;
    double rounds = cl_scan_rounds(s, iter);
    /* Told at the loop that makes it long, not at each within. */
    if (rounds > 1 && s->rounds < many_rounds && s->rounds * rounds >= many_rounds &&
        !has_way_out(s, node)) {
        cl_scan_find(s, iter, CL_RULE_LONG_LOOP, "", NULL);
    }
    if (func != NULL && !can_leave && cl_scan_resolve(s, func, path) &&
        is_endless(s, iter, path) && !has_way_out(s, node)) {
        cl_scan_find(s, iter, CL_RULE_ENDLESS, path, NULL);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owns OpenSSL's allocator: CPython's raw one.  Any thread, without the GIL. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "guard/openssl.h"

#include <dlfcn.h>
#include <string.h>

typedef void *(*malloc_function)(size_t size, const char *file, int line);
typedef void *(*realloc_function)(void *p, size_t size, const char *file, int line);
typedef void (*free_function)(void *p, const char *file, int line);
typedef int (*set_function)(malloc_function m, realloc_function r, free_function f);

static void *
raw_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return PyMem_RawMalloc(size);
}

static void
raw_free(void *p, const char *file, int line)
{
    (void)file;
    (void)line;
    PyMem_RawFree(p);
}

static void *
raw_realloc(void *p, size_t size, const char *file, int line)
{
    if (size == 0) {
        raw_free(p, file, line); /* as OpenSSL's own does */
        return NULL;
    }
    return PyMem_RawRealloc(p, size);
}

/* path: of the extension module, as a library: its own OpenSSL is found through it.  It
 * stays open, since the import wants it next. */
static int
claim(const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *symbol = library == NULL ? NULL : dlsym(library, "CRYPTO_set_mem_functions");
    if (symbol == NULL) {
        PyErr_Format(PyExc_ImportError, "the memory of _hashlib cannot be counted: %s",
                     dlerror());
        return -1;
    }
    if (!((set_function)symbol)(raw_malloc, raw_realloc, raw_free)) {
        PyErr_SetString(PyExc_ImportError, "the memory of _hashlib cannot be counted: "
                                           "OpenSSL was used before");
        return -1;
    }
    return 0;
}

/* CPython audits an extension module by name and file before it opens it. */
static int
hook(const char *event, PyObject *args, void *unused)
{
    (void)unused;
    if (strcmp(event, "import") != 0 || PyTuple_GET_SIZE(args) < 2) {
        return 0;
    }
    PyObject *name = PyTuple_GET_ITEM(args, 0);
    PyObject *path = PyTuple_GET_ITEM(args, 1);
    if (!PyUnicode_Check(name) || !PyUnicode_Check(path) ||
        PyUnicode_CompareWithASCIIString(name, "_hashlib") != 0) {
        return 0;
    }
    const char *text = PyUnicode_AsUTF8(path);
    return text == NULL ? -1 : claim(text);
}

int
cl_openssl_watch(void)
{
    return PySys_AddAuditHook(hook, NULL);
}

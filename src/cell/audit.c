/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the interpreter's audit hook, which Python code cannot take away. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/audit.h"

#include <string.h>

#include "base/own.h"
#include "cell/denials.h"
#include "cell/report.h"

static const struct cl_plan *plan;
static int is_telling;

/* CPython's event, and what it is called in a result. */
static const struct {
    const char *event, *name;
} told[] = {
    {"subprocess.Popen", "process"},
    {"os.system", "process"},
    {"os.exec", "process"},
    {"os.posix_spawn", "process"},
    {"os.spawn", "process"},
    {"os.fork", "process"},
    {"os.forkpty", "process"},
    {"os.startfile", "process"},
    {"socket.connect", "connect"},
    {"socket.bind", "listen"},
    {"socket.getaddrinfo", "resolve"},
};

/* Which of an event's arguments says most: Popen's second is its argv. */
static PyObject *
subject_of(const char *event, PyObject *args)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    Py_ssize_t at = strcmp(event, "subprocess.Popen") == 0 ||
                            strcmp(event, "socket.connect") == 0 ||
                            strcmp(event, "socket.bind") == 0
                        ? 1
                        : 0;
    return n > at ? PyTuple_GET_ITEM(args, at) : NULL;
}

static void
tell(const char *name, PyObject *subject, int as_is)
{
    PyObject *text = subject == NULL ? NULL
                     : as_is         ? Py_NewRef(subject)
                                     : PyObject_Repr(subject);
    const char *what = text == NULL ? NULL : PyUnicode_AsUTF8(text);
    cl_report_audit(name, what == NULL ? "" : what, cl_denials_user_line());
    Py_XDECREF(text);
    PyErr_Clear(); /* of making the text */
}

static void
tell_import(PyObject *args)
{
    PyObject *module = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0) : NULL;
    for (uint32_t i = 0;
         module != NULL && PyUnicode_Check(module) && i < plan->audited.count; i++) {
        if (PyUnicode_CompareWithASCIIString(module, plan->audited.item[i]) == 0) {
            tell("import", module, 1);
        }
    }
}

static int
hook(const char *event, PyObject *args, void *unused)
{
    (void)unused;
    if (!is_telling || !PyTuple_Check(args)) {
        return 0;
    }
    if (strcmp(event, "import") == 0) {
        tell_import(args);
        return 0;
    }
    for (size_t i = 0; i < CL_COUNT(told); i++) {
        if (strcmp(event, told[i].event) == 0) {
            is_telling = 0; /* repr may raise events of its own */
            tell(told[i].name, subject_of(event, args), 0);
            is_telling = 1;
        }
    }
    return 0;
}

int
cl_audit_install(const struct cl_plan *p)
{
    if ((p->flags & CL_PLAN_AUDIT) == 0) {
        return 0;
    }
    plan = p;
    /* What is imported already is imported without an event: forget it. */
    PyObject *modules = PyImport_GetModuleDict();
    for (uint32_t i = 0; i < p->audited.count; i++) {
        if (PyDict_GetItemString(modules, p->audited.item[i]) != NULL &&
            PyDict_DelItemString(modules, p->audited.item[i]) < 0) {
            return -1;
        }
    }
    return PySys_AddAuditHook(hook, NULL);
}

void
cl_audit_begin(void)
{
    is_telling = plan != NULL;
}

const struct cl_plan_strings *
cl_audit_modules(void)
{
    return plan == NULL ? NULL : &plan->audited;
}

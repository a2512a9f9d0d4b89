/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CPython in the zygote.  Everything that a run would otherwise pay for is
 * done here once: start-up, imports, the streams, the support code.  Nothing
 * here sees a job.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/interpreter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "cell/atfork.h"
#include "cell/audit.h"
#include "cell/denials.h"
#include "cell/job.h"
#include "cell/loader.h"
#include "cell/memory.h"
#include "cell/pages.h"
#include "cell/pyerr.h"
#include "cell/report.h"
#include "cell/streams.h"
#include "cell/support.h"
#include "cell/threads.h"
#include "cloche_python.h" /* generated: CLOCHE_PYTHON_EXECUTABLE */

enum { WARM_UPS = 3 };

static int is_warm; /* something was preloaded, so there is state to renew */

static int
config_string(PyConfig *config, wchar_t **field, const char *text)
{
    wchar_t *wide = Py_DecodeLocale(text, NULL);
    if (wide == NULL) {
        return -1;
    }
    PyStatus status = PyConfig_SetString(config, field, wide);
    PyMem_RawFree(wide);
    return PyStatus_Exception(status) ? -1 : 0;
}

static int
initialize(const struct cl_plan *plan, struct cloche_error *err)
{
    PyPreConfig pre;
    PyPreConfig_InitIsolatedConfig(&pre);
    pre.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&pre);
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.write_bytecode = 0;
    config.install_signal_handlers =
        1; /* SIGINT, SIGPIPE and SIGXFSZ as python3 has them */
    config.site_import = (plan->flags & CL_PLAN_SITE) != 0;
    config.user_site_directory = (plan->flags & CL_PLAN_SITE) != 0;
    config.pathconfig_warnings = 0;
    config.parse_argv = 0;
    if (!PyStatus_Exception(status)) {
        if (config_string(&config, &config.program_name, CLOCHE_PYTHON_EXECUTABLE) < 0 ||
            config_string(&config, &config.executable, CLOCHE_PYTHON_EXECUTABLE) < 0) {
            PyConfig_Clear(&config);
            return cl_fail_nomem(err);
        }
        status = Py_InitializeFromConfig(&config);
    }
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status)) {
        return cl_fail(err, CLOCHE_EHOST, "CPython does not start: %s%s%s",
                       status.func ? status.func : "", status.func ? ": " : "",
                       status.err_msg ? status.err_msg : "");
    }
    return 0;
}

/* exit, quit, copyright, help: what `python3 script.py` has from site. */
static int
add_site_builtins(void)
{
    PyObject *site = PyImport_ImportModule("site");
    static const char *const makers[] = {"setquit", "setcopyright", "sethelper"};
    int rc = site == NULL ? -1 : 0;
    for (size_t i = 0; rc == 0 && i < CL_COUNT(makers); i++) {
        PyObject *done = PyObject_CallMethod(site, makers[i], NULL);
        rc = done == NULL ? -1 : 0;
        Py_XDECREF(done);
    }
    Py_XDECREF(site);
    return rc;
}

/* The work directory first, as a script's own directory is; packages last. */
static int
extend_path(const struct cl_plan *plan)
{
    PyObject *path = PySys_GetObject("path"); /* borrowed */
    if (path == NULL) {
        return -1;
    }
    if ((plan->flags & CL_PLAN_WORK) || plan->root == CL_ROOT_UNCHANGED) {
        /* Where the path is not known yet: the current directory, as "". */
        PyObject *work =
            PyUnicode_DecodeFSDefault(plan->flags & CL_PLAN_WORK ? plan->work : "");
        int rc = work == NULL ? -1 : PyList_Insert(path, 0, work);
        Py_XDECREF(work);
        if (rc < 0) {
            return -1;
        }
    }
    for (uint32_t i = 0; i < plan->paths.count; i++) {
        PyObject *entry = PyUnicode_DecodeFSDefault(plan->paths.item[i]);
        int rc = entry == NULL ? -1 : PyList_Append(path, entry);
        Py_XDECREF(entry);
        if (rc < 0) {
            return -1;
        }
    }
    return 0;
}

/* Each cell gives the generator of random a state of its own, of some kilobytes. */
static int
is_written(const char *module)
{
    return strcmp(module, "random") == 0;
}

static int
import_all(const struct cl_plan *plan, int is_of_written, struct cloche_error *err)
{
    for (uint32_t i = 0; i < plan->preload.count; i++) {
        if (is_written(plan->preload.item[i]) != is_of_written) {
            continue;
        }
        PyObject *module = PyImport_ImportModule(plan->preload.item[i]);
        if (module == NULL) {
            char context[160];
            (void)snprintf(context, sizeof context, "preload of '%.120s'",
                           plan->preload.item[i]);
            (void)cl_pyerr_take(err, context);
            if (err != NULL) {
                err->code = CLOCHE_EINPUT; /* the profile names what is not there */
            }
            return -1;
        }
        Py_DECREF(module);
        is_warm = 1;
    }
    return 0;
}

static int
preload(const struct cl_plan *plan, struct cloche_error *err)
{
    int can_fork = (plan->flags & CL_PLAN_PROCESSES) != 0;
    if (!can_fork && cl_atfork_intercept() < 0) {
        return cl_pyerr_take(err, "prepare the preload");
    }
    if (import_all(plan, 1, err) < 0) {
        return -1;
    }
    cl_pages_begin_shared();
    if (import_all(plan, 0, err) < 0) {
        return -1;
    }
    return cl_atfork_release() < 0 ? cl_pyerr_take(err, "finish the preload") : 0;
}

/* Collect once, then put everything out of the collector's sight: a later
 * collection in a cell must not touch, and so copy, the zygote's pages. */
static int
freeze(void)
{
    PyObject *gc = PyImport_ImportModule("gc");
    PyObject *a = gc == NULL ? NULL : PyObject_CallMethod(gc, "collect", NULL);
    PyObject *b = a == NULL ? NULL : PyObject_CallMethod(gc, "freeze", NULL);
    int rc = b == NULL ? -1 : 0;
    Py_XDECREF(b);
    Py_XDECREF(a);
    Py_XDECREF(gc);
    return rc;
}

/* Go through what each cell will, and leave things such that it has little to write. */
static int
warm_up(struct cloche_error *err)
{
    if (freeze() < 0) {
        return cl_pyerr_take(err, "freeze");
    }
    cl_pages_begin_own();
    if (cl_atfork_prepare() < 0) {
        return cl_pyerr_take(err, "warm up");
    }
    for (int i = 0; i < WARM_UPS; i++) {
        cl_streams_warm_up(); /* fills the caches that cells would fill, each its own */
        cl_job_rehearse();
    }
    if (freeze() < 0) {
        return cl_pyerr_take(err, "freeze");
    }
    cl_pages_settle();
    return 0;
}

/* Standard streams of the kind that cells have: the stream objects note once
 * whether theirs can seek, and /dev/null can. */
static int
lend_pipes(struct cloche_error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    int rc = dup2(ends[0], 0) < 0 || dup2(ends[1], 1) < 0 || dup2(ends[1], 2) < 0 ? -1 : 0;
    int saved = errno;
    (void)close(ends[0]); /* the copies hold them */
    (void)close(ends[1]);
    return rc < 0 ? cl_fail_sys(err, saved, "arrange standard streams") : 0;
}

static int
return_pipes(struct cloche_error *err)
{
    cl_autoclose int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0) {
        return cl_fail_sys(err, errno, "arrange standard streams");
    }
    return 0;
}

/* Structures and flags are those of one minor version; its updates keep them. */
static int
check_version(struct cloche_error *err)
{
    unsigned long here = cl_interpreter_version();
    if (here >> 16 != PY_VERSION_HEX >> 16) {
        return cl_fail(err, CLOCHE_EHOST,
                       "the interpreter is Python %lu.%lu, and cloche was built "
                       "for " CLOCHE_PYTHON_VERSION,
                       here >> 24, here >> 16 & 0xff);
    }
    return 0;
}

int
cl_interpreter_start(const struct cl_plan *plan, struct cloche_error *err)
{
    if (check_version(err) < 0) {
        return -1;
    }
    cl_pages_begin();
    if (lend_pipes(err) < 0 || initialize(plan, err) < 0) {
        return -1;
    }
    if (((plan->flags & CL_PLAN_SITE) == 0 && add_site_builtins() < 0) ||
        extend_path(plan) < 0 || cl_guard_prepare(plan) < 0) {
        return cl_pyerr_take(err, "prepare CPython");
    }
    if (cl_memory_reserve(err) < 0 || cl_streams_install(err) < 0 ||
        return_pipes(err) < 0 || preload(plan, err) < 0) {
        return -1;
    }
    if (cl_denials_install() < 0 || cl_threads_watch() < 0 ||
        cl_support_install(is_warm) < 0 || cl_loader_serve_linecache() < 0 ||
        cl_audit_install(plan) < 0) {
        return cl_pyerr_take(err, "support code");
    }
    cl_memory_watch();
    if (cl_guard_install(plan, &cl_job_guard_host, err) < 0) {
        return cl_fail_in(err, "guard");
    }
    return is_warm ? warm_up(err) : 0;
}

void
cl_interpreter_before_fork(void)
{
    PyOS_BeforeFork();
}

void
cl_interpreter_after_fork_in_parent(void)
{
    PyOS_AfterFork_Parent();
}

int
cl_interpreter_after_fork(struct cloche_error *err)
{
    PyOS_AfterFork_Child();
    if (is_warm && cl_atfork_renew_entropy() < 0) {
        return cl_pyerr_take(err, "renew entropy");
    }
    return 0;
}

int
cl_interpreter_is_warm(void)
{
    return is_warm;
}

unsigned long
cl_interpreter_version(void)
{
#if PY_VERSION_HEX >= 0x030b0000
    return Py_Version;
#else
    return PY_VERSION_HEX;
#endif
}

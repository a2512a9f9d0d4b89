/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A job as `python3 FILE` would do it: a fresh __main__, SystemExit, threads
 * waited for, atexit, globals cleared in the interpreter's order, streams
 * flushed.  What differs: the process does not finalise the interpreter; it
 * reports and is killed.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cell/job.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "cell/audit.h"
#include "cell/compile.h"
#include "cell/denials.h"
#include "cell/ending.h"
#include "cell/loader.h"
#include "cell/report.h"
#include "cell/streams.h"
#include "cell/support.h"
#include "cell/threads.h"
#include "guard/guard.h"
#include "guard/key.h"
#include "guard/scan.h"
#include "wire/frame.h"
#include "wire/job.h"

enum { FINAL_RECURSION = 1000, MAX_VIOLATIONS = 65536 };

struct job {
    uint32_t flags;
    uint32_t recursion; /* 0: as CPython has it */
    uint64_t result_max;
    struct cl_guard_limits limits; /* at level restricted */
    PyObject *filename;
    PyObject *argv; /* list */
    const char *source;
    size_t source_len;
    PyObject *globals; /* of __main__; borrowed */
    PyObject *loader;
};

static struct cl_key usual_name = CL_KEY("<string>");

static PyObject *
name_object(const char *filename)
{
    return strcmp(filename, usual_name.text) == 0 ? Py_XNewRef(cl_key_name(&usual_name))
                                                  : PyUnicode_DecodeFSDefault(filename);
}

static int
read_job(struct job *job, const unsigned char *payload, size_t len)
{
    struct cl_reader r = CL_READER(payload, len);
    job->flags = cl_read_u32(&r);
    job->recursion = cl_read_u32(&r);
    job->result_max = cl_read_u64(&r);
    job->limits.heap_bytes = cl_read_u64(&r);
    job->limits.loops = cl_read_u64(&r);
    job->limits.memory_bytes = cl_read_u64(&r);
    job->limits.recursion = job->recursion;
    cl_autofree char *filename = cl_read_str(&r, 4096);
    uint32_t count = cl_read_count(&r, 65536, 4);
    job->filename = filename == NULL ? NULL : name_object(filename);
    job->argv = PyList_New(0);
    for (uint32_t i = 0; job->argv != NULL && i < count + 1; i++) {
        cl_autofree char *text = i == 0 ? NULL : cl_read_str(&r, 1 << 20);
        PyObject *arg = i == 0         ? Py_XNewRef(job->filename)
                        : text == NULL ? NULL
                                       : PyUnicode_DecodeFSDefault(text);
        int rc = arg == NULL ? -1 : PyList_Append(job->argv, arg);
        Py_XDECREF(arg);
        if (rc < 0) {
            return -1;
        }
    }
    job->source = (const char *)cl_read_bytes(&r, SIZE_MAX, &job->source_len);
    return job->filename == NULL || job->argv == NULL ? -1 : cl_reader_done(&r);
}

static struct cl_key file_name = CL_KEY("__file__");
static struct cl_key cached_name = CL_KEY("__cached__");
static struct cl_key loader_name = CL_KEY("__loader__");

/* Of __main__, as it was before user code; borrowed. */
static PyObject *
main_globals(void)
{
    static PyObject *globals;
    PyObject *module = globals == NULL ? PyImport_AddModule("__main__") : NULL;
    if (module != NULL) {
        globals = Py_NewRef(PyModule_GetDict(module));
    }
    return globals;
}

/* They are the same for every program, and may have been made before there was one. */
static int
furnish_restricted(PyObject *globals)
{
    static PyObject *furnished; /* borrowed */
    if (globals == furnished) {
        return 0;
    }
    PyDict_Clear(globals);
    if (cl_guard_furnish(globals) < 0) {
        return -1;
    }
    furnished = globals == main_globals() ? globals : furnished;
    return 0;
}

/* The globals and sys as python3 has them when it starts a file. */
static int
furnish_globals(struct job *job)
{
    job->loader = cl_loader_get(job->filename, job->source, job->source_len);
    if (cl_guard_is_on()) {
        /* Nothing of Python's own: not the loader, and its built-ins are not ours. */
        return job->loader == NULL ? -1 : furnish_restricted(job->globals);
    }
    if (job->loader == NULL ||
        cl_key_set_item(job->globals, &file_name, job->filename) < 0 ||
        cl_key_set_item(job->globals, &cached_name, Py_None) < 0 ||
        cl_key_set_item(job->globals, &loader_name, job->loader) < 0 ||
        cl_loader_promise_lines(job->filename) < 0) {
        return -1;
    }
    return PySys_SetObject("argv", job->argv);
}

static int
prepare_main(struct job *job)
{
    job->globals = main_globals();
    if (job->globals == NULL || furnish_globals(job) < 0) {
        return -1;
    }
    cl_support_set_source(job->loader);
    if (job->recursion > 0 && !cl_guard_is_on()) {
        Py_SetRecursionLimit((int)job->recursion);
    }
    return 0;
}

static int
compile_job(struct job *job, PyObject **code, PyObject **last)
{
    PyObject **wanted = job->flags & CL_JOB_VALUE ? last : NULL;
    return cl_guard_is_on()
               ? cl_guard_compile(job->source, job->source_len, job->filename, code, wanted)
               : cl_compile(job->source, job->source_len, job->filename, code, wanted);
}

/* The code, then the last expression; the value is new, NULL on exception. */
static PyObject *
execute(struct job *job, PyObject *code, PyObject *last)
{
    PyObject *value = PyEval_EvalCode(code, job->globals, job->globals);
    if (value != NULL && last != NULL) {
        Py_SETREF(value, PyEval_EvalCode(last, job->globals, job->globals));
    }
    if (value != NULL && (job->flags & CL_JOB_RESULT_VARIABLE)) {
        PyObject *result = PyDict_GetItemString(job->globals, "result"); /* borrowed */
        Py_SETREF(value, Py_NewRef(result == NULL ? Py_None : result));
    }
    return value;
}

/* Where the exception came from that is being made, if no code of its frames runs any
 * more: CPython 3.11 makes a RecursionError that nobody handles at the very end. */
static PyObject *unwound; /* traceback; borrowed; NULL as a rule */

/* The current exception, normalised, with its traceback; a new reference. */
static PyObject *
take_exception(void)
{
    PyObject *type = NULL, *value = NULL, *tb = NULL;
    PyErr_Fetch(&type, &value, &tb);
    unwound = tb;
    PyErr_NormalizeException(&type, &value, &tb);
    unwound = NULL;
    if (tb != NULL && value != NULL) {
        (void)PyException_SetTraceback(value, tb); /* tb is a traceback */
    }
    Py_XDECREF(type);
    Py_XDECREF(tb);
    return value;
}

static void
show_displays(PyObject *value)
{
    if (value != NULL && value != Py_None && !PyUnicode_CheckExact(value) &&
        !PyLong_CheckExact(value) && !PyFloat_CheckExact(value) && !PyBool_Check(value)) {
        PyObject *bundle = cl_support_has_forms(value) ? cl_support_bundle(value) : NULL;
        if (bundle != NULL && bundle != Py_None && cl_report_display(bundle) < 0) {
            PyErr_WriteUnraisable(value);
        }
        Py_XDECREF(bundle);
        PyErr_Clear();
    }
    if (PyDict_GetItemString(PyImport_GetModuleDict(), "matplotlib.pyplot") != NULL &&
        cl_support_send_figures() < 0) {
        PyErr_WriteUnraisable(Py_None);
    }
}

/* A process that the code forked came to its end as ours does: it has no
 * report to make, prints its own traceback, and exits. */
static _Noreturn void
end_child(struct job *job, const struct cl_report_result *result)
{
    int status = result->end == CL_END_EXIT ? result->exit_status : result->error != NULL;
    cl_ending_threads();
    if (result->error != NULL) {
        cl_report_print_error(result);
    }
    cl_ending_call("atexit", "_run_exitfuncs");
    cl_ending_clear(job->globals);
    cl_streams_flush();
    _exit(status);
}

static void
no_last_words(void *ctx)
{
    (void)ctx;
}

/* ---- the guard's host ---------------------------------------------------- */

static struct job *current; /* the restricted one that runs */

static void
on_violation(enum cl_violation rule, const char *what, int line, int column)
{
    static unsigned told; /* code may try as often as it likes; the broker need not hear */
    if (told < MAX_VIOLATIONS) {
        told++;
        cl_report_violation(rule, what, line, column);
    }
}

/* The innermost line of user code: of what runs, or of what ran. */
static int
line_of_limit(void)
{
    int line = cl_denials_user_line();
    PyObject *tb = line == 0 ? unwound : NULL;
    for (; tb != NULL; tb = (PyObject *)((PyTracebackObject *)tb)->tb_next) {
        const PyTracebackObject *row = (const PyTracebackObject *)tb;
        PyCodeObject *code = PyFrame_GetCode(row->tb_frame);
        if (PyUnicode_Check(code->co_filename) && row->tb_lineno > 0 &&
            PyUnicode_Compare(code->co_filename, current->filename) == 0) {
            line = row->tb_lineno;
        }
        Py_DECREF(code);
    }
    return line;
}

/* A limit that only the interpreter sees.  The code gets no chance to say more. */
static __attribute__((noreturn)) void
on_limit(enum cl_job_limit limit, uint64_t used)
{
    struct cl_report_result result = {
        .end = CL_END_LIMIT,
        .exit_status = -1,
        .limit = limit,
        .limit_used = used,
        .limit_line = line_of_limit(),
        .filename = current->filename,
        .loader = Py_None,
    };
    PyErr_Clear();
    cl_report_result(&result, no_last_words, NULL);
    for (;;) {
        (void)pause(); /* the broker kills us; if it is gone, so are we */
    }
}

const struct cl_guard_host cl_job_guard_host = {on_violation, on_limit,
                                                cl_denials_user_line};

static void
finish(struct job *job, struct cl_report_result *result)
{
    if (cl_guard_is_on()) {
        Py_SetRecursionLimit(FINAL_RECURSION); /* the report is ours */
    }
    if (result->error != NULL &&
        PyErr_GivenExceptionMatches(result->error, PyExc_SystemExit)) {
        result->end = CL_END_EXIT;
        result->exit_status = cl_ending_exit_status(result->error);
        result->error = NULL;
    } else if (result->error != NULL &&
               PyErr_GivenExceptionMatches(result->error, PyExc_OSError)) {
        PyObject *number = ((PyOSErrorObject *)result->error)->myerrno;
        result->oserror =
            number != NULL && PyLong_Check(number) ? (int)PyLong_AsLong(number) : 0;
        PyErr_Clear();
    }
    if (result->error != NULL && result->end == CL_END_EXCEPTION) {
        cl_ending_excepthook(result->error);
    }
    if (!cl_report_is_ours()) {
        end_child(job, result);
    }
    show_displays(result->value);
    if (cl_guard_is_on()) {
        cl_guard_end();
    } else {
        /* Restricted code starts no threads and registers nothing to run at the end;
         * what library modules registered is a good part of the time of a short run. */
        cl_ending_threads();
        cl_ending_call("atexit", "_run_exitfuncs");
    }
    result->globals = job->flags & CL_JOB_NO_VARIABLES ? NULL : job->globals;
    cl_report_result(result, cl_ending_clear, job->globals);
}

/* Find what there is to be found, and run nothing. */
static void
scan(struct job *job, struct cl_report_result *result)
{
    job->flags |= CL_JOB_NO_VARIABLES;
    if (prepare_main(job) < 0 || cl_scan(job->source, job->source_len, job->filename,
                                         cl_audit_modules(), cl_report_finding) < 0) {
        result->error = take_exception();
        result->end = result->error != NULL &&
                              PyErr_GivenExceptionMatches(result->error, PyExc_SyntaxError)
                          ? CL_END_SYNTAX_ERROR
                          : CL_END_EXCEPTION;
    }
}

static void
run(struct job *job, struct cl_report_result *result)
{
    PyObject *code = NULL;
    PyObject *last = NULL;
    if (prepare_main(job) < 0 || compile_job(job, &code, &last) < 0) {
        result->error = take_exception();
        result->end = result->error != NULL && cl_guard_is_refusal(result->error)
                          ? CL_END_DENIED
                          : CL_END_SYNTAX_ERROR;
    } else {
        cl_denials_begin(job->filename);
        cl_audit_begin();
        if (cl_guard_is_on()) {
            current = job;
            cl_guard_begin(&job->limits);
        }
        PyObject *value = execute(job, code, last);
        result->end = value == NULL ? CL_END_EXCEPTION : CL_END_OK;
        result->error = value == NULL ? take_exception() : NULL;
        result->value = job->flags & (CL_JOB_VALUE | CL_JOB_RESULT_VARIABLE) ? value : NULL;
    }
}

/* The names that the code's globals will have, for what reads and clears them. */
static PyObject *
rehearsal_globals(void)
{
    PyObject *real = main_globals();
    if (real != NULL && cl_guard_is_on() && furnish_restricted(real) < 0) {
        return NULL;
    }
    PyObject *globals = real == NULL ? NULL : PyDict_Copy(real);
    PyObject *loader = globals == NULL ? NULL : cl_key_get_item(globals, &loader_name);
    /* Another and the same again: what is written to is the cell's own then. */
    if (loader != NULL && (cl_key_set_item(real, &loader_name, Py_None) < 0 ||
                           cl_key_set_item(real, &loader_name, loader) < 0)) {
        Py_CLEAR(globals);
    }
    if (globals != NULL &&
        PyDict_SetItemString(globals, "__builtins__", PyEval_GetBuiltins()) < 0) {
        Py_CLEAR(globals);
    }
    return globals;
}

/* As far as a short job will go beyond what the rehearsal needed of it. */
static void
touch_heap(void)
{
    enum { JOB_BYTES = 8 << 10, PAGE_BYTES = 4 << 10 };
    char *room = malloc(JOB_BYTES);
    for (size_t i = 0; room != NULL && i < JOB_BYTES; i += PAGE_BYTES) {
        *(volatile char *)(room + i) = 0;
    }
    free(room);
}

void
cl_job_rehearse(void)
{
    /* What every job does and no more: each page that this writes is private to
     * the cell for as long as it waits. */
    static const char source[] = "print(str(1) and '', end='')\n";
    struct job job = {
        .flags = CL_JOB_VALUE,
        .filename = name_object(usual_name.text),
        .argv = PyList_New(0),
        .source = source,
        .source_len = sizeof source - 1,
        .globals = rehearsal_globals(),
    };
    PyObject *code = NULL;
    PyObject *last = NULL;
    if (job.filename != NULL && job.argv != NULL && job.globals != NULL &&
        furnish_globals(&job) == 0 && compile_job(&job, &code, &last) == 0) {
        PyObject *value = execute(&job, code, last);
        cl_report_rehearse(value, job.globals);
        Py_XDECREF(value);
        if (cl_guard_is_on()) {
            cl_guard_rehearse();
        } else {
            (void)cl_threads_have_end(); /* only asked */
            Py_XDECREF(cl_ending_find("atexit", "_run_exitfuncs"));
        }
        cl_ending_clear(job.globals);
        cl_loader_forget_promise(job.filename);
    }
    PyErr_Clear(); /* a rehearsal that fails costs speed, nothing else */
    Py_XDECREF(code);
    Py_XDECREF(last);
    Py_XDECREF(job.globals);
    Py_XDECREF(job.loader);
    Py_XDECREF(job.argv);
    Py_XDECREF(job.filename);
    touch_heap();
    cl_streams_rehearse();
    cl_streams_flush();
}

void
cl_job_run(const unsigned char *payload, size_t len)
{
    struct job job = {0};
    struct cl_report_result result = {.end = CL_END_OK, .exit_status = -1};
    if (read_job(&job, payload, len) < 0) {
        _exit(1); /* the broker sees a cell that ended without a result */
    }
    cl_report_begin(job.result_max);
    result.filename = job.filename;
    if (job.flags & CL_JOB_SCAN) {
        scan(&job, &result);
    } else {
        run(&job, &result);
    }
    result.loader = job.loader == NULL ? Py_None : job.loader;
    finish(&job, &result);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the order in which an interpreter becomes a restricted one, what its parts
 * share, and the audit hook: a second answer to what code here never does, where a
 * part has a hole.  Under the GIL.
 */
#include "guard/guard.h"

#include <string.h>

#include "base/own.h"
#include "guard/builtins.h"
#include "guard/compile.h"
#include "guard/dynamic.h"
#include "guard/cost.h"
#include "guard/heap.h"
#include "guard/heap_region.h"
#include "guard/key.h"
#include "guard/lent.h"
#include "guard/loops.h"
#include "guard/modules.h"
#include "guard/names.h"
#include "guard/openssl.h"
#include "guard/recursion.h"
#include "guard/state.h"
#include "guard/syntax.h"
#include "guard/types.h"

static const struct cl_plan *plan;
static const struct cl_guard_host *host;
static PyObject *real_builtins; /* what library code has; borrowed for ever */
static int is_running;          /* from the begin on */
static int has_ended;

/* What a report may take of the heap beyond the run's own limit: a value is described in
 * Python's memory, and what describes it is imported when it is first needed. */
enum { REPORT_BYTES = 16 << 20 };

/* ---- what the parts share ----------------------------------------------- */

const struct cl_plan_guard *
cl_guard_plan(void)
{
    return plan == NULL ? NULL : &plan->guard;
}

const struct cl_guard_host *
cl_guard_host(void)
{
    return host;
}

const char *
cl_guard_profile(void)
{
    return plan->profile;
}

int
cl_guard_has(enum cl_guard_part part)
{
    return plan != NULL && (plan->guard.parts & part) != 0;
}

int
cl_guard_is_on(void)
{
    return plan != NULL && plan->guard.parts != 0;
}

int
cl_guard_lists(const struct cl_plan_strings *list, const char *name)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (strcmp(list->item[i], name) == 0) {
            return 1;
        }
    }
    return 0;
}

void
cl_guard_violation(enum cl_violation rule, const char *what)
{
    PyObject *type = NULL;
    PyObject *value = NULL;
    PyObject *tb = NULL;
    PyErr_Fetch(&type, &value, &tb);
    host->violation(rule, what, host->line(), 0);
    PyErr_Restore(type, value, tb);
}

static void
end_budgets(void)
{
    cl_loops_end();
    cl_recursion_end();
    cl_cost_end();
    cl_heap_end();
}

_Noreturn void
cl_guard_limit(enum cl_job_limit limit, uint64_t used)
{
    has_ended = 1;
    end_budgets();
    host->limit(limit, used);
}

/* Whose built-ins are not the real ones is restricted: also where code put a mapping
 * of its own in the globals of something that it evaluates. */
int
cl_guard_is_user(void)
{
    return is_running && PyEval_GetBuiltins() != real_builtins;
}

PyObject *
cl_guard_real_builtins(void)
{
    return real_builtins;
}

int
cl_guard_is_running(void)
{
    return is_running;
}

int
cl_guard_is_report(void)
{
    return has_ended && !cl_dynamic_is_for_user();
}

/* ---- the audit hook ----------------------------------------------------- */

/* Events that restricted code may cause itself. */
static const char *const user_events[] = {
    "array.__new__", "builtins.id", "builtins.input", "builtins.input/result", "time.sleep",
};

/* Events that library code may cause while restricted code runs. */
static const char *const library_events[] = {
    "array.__new__",      "builtins.id",        "import",
    "marshal.load",       "marshal.loads",      "os.listdir",
    "os.scandir",         "sys._getframe",      "sys._getframemodulename",
    "time.sleep",         "builtins.input",     "builtins.input/result",
    "object.__getattr__", "object.__setattr__", "object.__delattr__",
};

/* Library modules that make code out of text of their own. */
static const char *const compilers[] = {
    "_frozen_importlib",
    "_frozen_importlib_external",
    "ast",
    "collections",
    "dataclasses",
    "enum",
    "importlib._bootstrap",
    "importlib._bootstrap_external",
    "typing",
    "_cloche_support",
};

static int
is_one_of(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, list[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

static int
may_compile(void)
{
    PyObject *globals = PyEval_GetGlobals(); /* borrowed, as the name */
    if (globals == NULL) {
        return 1; /* no Python code runs: it is the cell itself */
    }
    PyObject *name = PyDict_GetItemString(globals, "__name__");
    const char *text =
        name != NULL && PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    return text != NULL && is_one_of(text, compilers, CL_COUNT(compilers));
}

/* cls.__doc__ = text and cls.__name__ = text, of a class of the code's own: the library's
 * cannot be changed. */
static int
names_a_class(const char *event, PyObject *args)
{
    PyObject *name = strcmp(event, "object.__setattr__") == 0 && PyTuple_GET_SIZE(args) > 1
                         ? PyTuple_GET_ITEM(args, 1)
                         : NULL;
    return name != NULL && PyUnicode_CheckExact(name) &&
           PyType_Check(PyTuple_GET_ITEM(args, 0)) &&
           cl_name_check(name, CL_NAME_ATTRIBUTE, 0) == CL_NAME_OK;
}

/* Files are the kernel's to refuse; what restricted code opens itself, though, came
 * through open() of builtins.c, which asked. */
static int
is_allowed(const char *event, PyObject *args)
{
    if (cl_dynamic_is_ours()) {
        return 1;
    }
    if (cl_guard_is_user()) {
        return is_one_of(event, user_events, CL_COUNT(user_events)) ||
               names_a_class(event, args);
    }
    if (cl_guard_is_report()) {
        return 1;
    }
    if (strcmp(event, "compile") == 0 || strcmp(event, "exec") == 0 ||
        strcmp(event, "code.__new__") == 0) {
        return may_compile();
    }
    return strcmp(event, "open") == 0 ||
           is_one_of(event, library_events, CL_COUNT(library_events));
}

static int
hook(const char *event, PyObject *args, void *unused)
{
    (void)unused;
    if (!is_running || is_allowed(event, args)) {
        return 0;
    }
    char what[160];
    (void)snprintf(what, sizeof what, "event %.120s", event); /* may be cut */
    cl_guard_violation(CL_VIOLATION_EVENT, what);
    PyErr_Format(PyExc_PermissionError, "'%.120s' is not available here", event);
    return -1;
}

/* ---- the order ---------------------------------------------------------- */

int
cl_guard_prepare(const struct cl_plan *p)
{
    if (p->guard.parts == 0) {
        return 0;
    }
    if (p->guard.has_heap) {
        cl_heap_install();
    }
    return cl_openssl_watch();
}

int
cl_guard_install(const struct cl_plan *p, const struct cl_guard_host *h,
                 struct cloche_error *err)
{
    plan = p;
    host = h;
    if (!cl_guard_is_on()) {
        return 0;
    }
    real_builtins = PyEval_GetBuiltins();
    /* Tables first: nothing is changed in an interpreter that they do not fit. */
    if (cl_syntax_install(err) < 0 || cl_builtins_install(err) < 0) {
        return -1;
    }
    if ((cl_guard_has(CL_GUARD_MODULES) && cl_modules_install(err) < 0)) {
        return -1;
    }
    cl_recursion_install();
    if (cl_compile_install() < 0 || cl_loops_install(cl_guard_builtins()) < 0 ||
        /* Before the types are closed: these change them too. */
        cl_cost_install() < 0 || (cl_guard_has(CL_GUARD_TYPES) && cl_lent_install() < 0) ||
        (cl_guard_has(CL_GUARD_TYPES) &&
         (cl_format_install() < 0 || cl_types_install() < 0)) ||
        PySys_AddAuditHook(hook, NULL) < 0) {
        PyErr_Print();
        return cl_fail(err, CLOCHE_EINTERNAL, "the guard could not be installed");
    }
    return 0;
}

int
cl_guard_furnish(PyObject *globals)
{
    static struct cl_key builtins = CL_KEY("__builtins__");
    static struct cl_key name = CL_KEY("__name__");
    static struct cl_key main_name = CL_KEY("__main__");
    return cl_key_name(&main_name) == NULL ||
                   cl_key_set_item(globals, &builtins, cl_guard_builtins()) < 0 ||
                   cl_key_set_item(globals, &name, main_name.name) < 0
               ? -1
               : 0;
}

int
cl_guard_is_refusal(PyObject *error)
{
    return cl_syntax_is_refusal(error);
}

void
cl_guard_begin(const struct cl_guard_limits *limits)
{
    is_running = 1;
    if (limits->recursion > 0) {
        Py_SetRecursionLimit((int)limits->recursion);
    }
    cl_recursion_begin();
    cl_loops_begin(limits->loops);
    cl_cost_begin(limits->memory_bytes);
    if (plan->guard.has_heap) {
        cl_heap_begin(limits->heap_bytes);
    }
}

/* The rest stays: a value's __repr__ and an error's __str__ are the code's own.  So do
 * the rounds of its loops, and the heap with something for the report. */
void
cl_guard_end(void)
{
    has_ended = 1;
    cl_recursion_end();
    cl_cost_end();
    cl_heap_loosen(REPORT_BYTES);
}

void
cl_guard_rehearse(void)
{
    PyObjectArenaAllocator arenas;
    PyObject_GetArenaAllocator(&arenas); /* the budgets replace it */
    PyObject_SetArenaAllocator(&arenas);
    cl_heap_region_rehearse();
    has_ended = 0;
    end_budgets();
}

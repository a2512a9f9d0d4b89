/* SPDX-License-Identifier: Apache-2.0 */
/* The frames that a cell sends while and after user code runs. */
#ifndef CL_CELL_REPORT_H
#define CL_CELL_REPORT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/buf.h"
#include "base/error.h"
#include "wire/job.h"

/* Which process may send: a child that the code forked has the channel too,
 * and must not speak on it.  Called once, before user code. */
void cl_report_begin(uint64_t max_bytes);

/* Is this the process that reports, and not a child that the code forked? */
int cl_report_is_ours(void);

/* A refused act: errno, path ("" if unknown), line (0 if unknown). */
void cl_report_denial(int number, const char *path, int line);

/* What the guard refused: which rule, what, and where (0: unknown). */
void cl_report_violation(enum cl_violation rule, const char *what, int line, int column);

/* What a scan found. */
struct cl_scan_finding;
void cl_report_finding(const struct cl_scan_finding *finding);

/* An audited event, such as "import", and what it was about. */
void cl_report_audit(const char *event, const char *what, int line);

/* A mime bundle: dict of str to str or bytes.  -1 with an exception set. */
int cl_report_display(PyObject *bundle);

/* How the run ended; see docs/PROTOCOL.md. */
struct cl_report_result {
    enum cl_job_end end;
    int exit_status;             /* -1: none */
    PyObject *value;             /* borrowed; NULL: none asked for */
    PyObject *error;             /* borrowed exception; NULL: none */
    PyObject *globals;           /* borrowed; variables are taken from here */
    PyObject *filename, *loader; /* borrowed */
    int oserror;                 /* errno of an OSError that ended the run, else 0 */
    enum cl_job_limit limit;     /* of CL_END_LIMIT */
    uint64_t limit_used;         /* how much of it, or would have been */
    int limit_line;              /* of the code, 0 if unknown */
};

/* Write a value and variables down, and throw them away. */
void cl_report_rehearse(PyObject *value, PyObject *globals);

/* Write result->error to sys.stderr, as python3 would at its end. */
void cl_report_print_error(const struct cl_report_result *result);

/* Send RESULT.  Once everything that it says of the run is written down,
 * last_words is called with ctx: what the code may still print then, as the
 * objects in its globals end, comes before the last flush. */
void cl_report_result(const struct cl_report_result *result, void (*last_words)(void *ctx),
                      void *ctx);

#endif

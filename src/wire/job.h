/* SPDX-License-Identifier: Apache-2.0 */
/* What JOB and RESULT carry, beside bytes: numbers that both sides name. */
#ifndef CL_WIRE_JOB_H
#define CL_WIRE_JOB_H

/* Flags of a JOB. */
enum cl_job_flag {
    CL_JOB_VALUE = 1u << 0,           /* the last expression's value is wanted */
    CL_JOB_RESULT_VARIABLE = 1u << 1, /* the variable `result` is the value */
    CL_JOB_NO_VARIABLES = 1u << 2,    /* what the code leaves in __main__ is not wanted */
    CL_JOB_SCAN = 1u << 3,            /* parse it and tell what is found; run nothing */
};

/* How user code ended, as the cell tells it. */
enum cl_job_end {
    CL_END_OK,
    CL_END_EXIT, /* SystemExit */
    CL_END_EXCEPTION,
    CL_END_SYNTAX_ERROR, /* it could not be compiled */
    CL_END_DENIED,       /* the guard refused the code as a whole */
    CL_END_LIMIT,        /* a limit that only the interpreter sees: enum cl_job_limit */
    CL_END_COUNT
};

/* What an exception was, where a limit may be behind it. */
enum cl_job_hint {
    CL_HINT_MEMORY = 1u << 0,    /* MemoryError */
    CL_HINT_RECURSION = 1u << 1, /* RecursionError */
    CL_HINT_THREADS = 1u << 2,   /* "can't start new thread" */
    CL_HINT_VALUE_TOO_LARGE = 1u << 3,
    CL_HINT_VALUE_NO_FORM = 1u << 4, /* the value has no form that crosses */
};

/* The limit of a CL_END_LIMIT. */
enum cl_job_limit {
    CL_JOB_LIMIT_HEAP,
    CL_JOB_LIMIT_RECURSION,
    CL_JOB_LIMIT_LOOPS,
    CL_JOB_LIMIT_MEMORY, /* one operation would have needed more than there is */
    CL_JOB_LIMIT_COUNT
};

/* Which rule of the guard a VIOLATION is about: decides the policy's key. */
enum cl_violation {
    CL_VIOLATION_SYNTAX,        /* a form of the language that nothing allows */
    CL_VIOLATION_SYNTAX_DENIED, /* python.syntax.deny */
    CL_VIOLATION_NAME,          /* a name that leads out of the language */
    CL_VIOLATION_INTROSPECTION, /* ... which python.introspection: read would allow */
    CL_VIOLATION_MODULE,        /* python.modules.allow */
    CL_VIOLATION_NATIVE,        /* a package with native code: level isolated */
    CL_VIOLATION_BUILTIN,       /* python.builtins.allow */
    CL_VIOLATION_DYNAMIC,       /* python.dynamic_code */
    CL_VIOLATION_EVENT,         /* the audit hook saw what code here never does */
    CL_VIOLATION_COUNT
};

/* Limits whose errno the interpreter saw, as bits 1 << enum cl_hit. */
enum cl_hit {
    CL_HIT_OPEN_FILES, /* EMFILE */
    CL_HIT_FILE_SIZE,  /* EFBIG */
    CL_HIT_DISK,       /* ENOSPC, EDQUOT */
    CL_HIT_PROCESSES,  /* EAGAIN of fork, or of a thread's start */
    CL_HIT_MEMORY,     /* ENOMEM */
    CL_HIT_INODES,     /* ENOSPC, where it was not bytes that were short */
};

/* Sizes that the cell keeps to; the broker's own bounds are those of the frames. */
enum {
    CL_JOB_REPR_MAX = 64 * 1024,
    CL_JOB_TEXT_MAX = 256 * 1024, /* of a message, a traceback */
    CL_JOB_FRAMES_MAX = 200,
};

#endif

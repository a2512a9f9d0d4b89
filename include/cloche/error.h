/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cloche/error.h - how every public function says what went wrong.
 *
 * Functions that can fail return 0 or -1 (or a pointer or NULL) and take a
 * struct cloche_error * last.  It may be NULL.  It is plain data: it owns
 * nothing, can be copied, and is written only when the call fails.
 */
#ifndef CLOCHE_ERROR_H
#define CLOCHE_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/* What the caller can do about it. */
enum cloche_code {
    CLOCHE_OK = 0,
    CLOCHE_EINPUT,    /* what you passed is wrong: correct it */
    CLOCHE_EDENIED,   /* the policy says no: the message names the rule */
    CLOCHE_ELIMIT,    /* more was asked for than a limit allows */
    CLOCHE_EHOST,     /* this host lacks what the policy needs: see `cloche doctor` */
    CLOCHE_ESYS,      /* the system refused: try again, or see errno in sys */
    CLOCHE_EINTERNAL, /* a defect in cloche: please report it */
};

struct cloche_error {
    enum cloche_code code;
    int sys;       /* errno when it happened, or 0 */
    char msg[248]; /* UTF-8, NUL-terminated, outermost context first */
};

/* "EINPUT", "EDENIED", ...  Never NULL; static storage. */
const char *cloche_code_name(enum cloche_code code);

/*
 * Where in a text an error was found, for errors in policy files and
 * requests.  Filled beside a cloche_error; fields that do not apply are
 * empty or 0.
 */
struct cloche_where {
    char file[256];     /* the name the text was loaded under */
    unsigned line;      /* from 1; 0 when unknown */
    unsigned column;    /* from 1; 0 when unknown */
    char key[160];      /* dotted: "profiles.lesson.limits.wall" */
    char expected[200]; /* what would have been right */
};

#ifdef __cplusplus
}
#endif
#endif

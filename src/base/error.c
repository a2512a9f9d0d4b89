/* SPDX-License-Identifier: Apache-2.0 */
/* Owns nothing; allocates nothing; safe in any thread and after a fork. */
#define CL_ERROR_IS_DEFINED_HERE
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *
cloche_code_name(enum cloche_code code)
{
    switch (code) {
    case CLOCHE_OK: return "OK";
    case CLOCHE_EINPUT: return "EINPUT";
    case CLOCHE_EDENIED: return "EDENIED";
    case CLOCHE_ELIMIT: return "ELIMIT";
    case CLOCHE_EHOST: return "EHOST";
    case CLOCHE_ESYS: return "ESYS";
    case CLOCHE_EINTERNAL: return "EINTERNAL";
    }
    return "EINTERNAL";
}

/* A message cut at the buffer's end must not end inside a UTF-8 sequence. */
static void
trim_utf8(char *msg)
{
    size_t n = strlen(msg);
    size_t back = 0;
    while (back < n && back < 4 && ((unsigned char)msg[n - 1 - back] & 0xC0) == 0x80) {
        back++;
    }
    if (back >= n) {
        return;
    }
    unsigned char lead = (unsigned char)msg[n - 1 - back];
    size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (need != back) {
        msg[n - 1 - back] = '\0';
    }
}

static void set_message(struct cloche_error *err, enum cloche_code code, int sys,
                        const char *fmt, va_list ap) CL_PRINTF(4, 0);

static void
set_message(struct cloche_error *err, enum cloche_code code, int sys, const char *fmt,
            va_list ap)
{
    err->code = code;
    err->sys = sys;
    int n = vsnprintf(err->msg, sizeof err->msg, fmt, ap);
    if (n < 0) {
        err->msg[0] = '\0';
        n = 0;
    }
    if (sys != 0 && (size_t)n < sizeof err->msg) {
        char text[80];
        const char *said = strerror_r(sys, text, sizeof text);
        (void)snprintf(err->msg + n, sizeof err->msg - (size_t)n, ": %s",
                       said); /* may be cut */
    }
    trim_utf8(err->msg);
}

int
cl_fail(struct cloche_error *err, enum cloche_code code, const char *fmt, ...)
{
    if (err != NULL) {
        va_list ap;
        va_start(ap, fmt);
        set_message(err, code, 0, fmt, ap);
        va_end(ap);
    }
    return -1;
}

int
cl_fail_sys(struct cloche_error *err, int sys, const char *fmt, ...)
{
    if (err != NULL) {
        va_list ap;
        va_start(ap, fmt);
        set_message(err, CLOCHE_ESYS, sys, fmt, ap);
        va_end(ap);
    }
    return -1;
}

int
cl_fail_sys_as(struct cloche_error *err, enum cloche_code code, int sys, const char *fmt,
               ...)
{
    if (err != NULL) {
        va_list ap;
        va_start(ap, fmt);
        set_message(err, code, sys, fmt, ap);
        va_end(ap);
    }
    return -1;
}

int
cl_fail_in(struct cloche_error *err, const char *fmt, ...)
{
    if (err != NULL) {
        char inner[sizeof err->msg];
        memcpy(inner, err->msg, sizeof inner);
        inner[sizeof inner - 1] = '\0';
        va_list ap;
        va_start(ap, fmt);
        int n = vsnprintf(err->msg, sizeof err->msg, fmt, ap);
        va_end(ap);
        if (n < 0) {
            n = 0;
        }
        if ((size_t)n < sizeof err->msg) {
            size_t room = sizeof err->msg - (size_t)n;
            (void)snprintf(err->msg + n, room, ": %.*s", (int)room, inner); /* may be cut */
        }
        trim_utf8(err->msg);
    }
    return -1;
}

int
cl_fail_as(struct cloche_error *err, const struct cloche_error *why)
{
    if (err != NULL) {
        *err = *why;
    }
    return -1;
}

int
cl_fail_nomem(struct cloche_error *err)
{
    return cl_fail_sys(err, ENOMEM, "out of memory");
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks and normal forms of a policy's strings.  Pure: no file is looked at,
 * so a directory that is a symbolic link is the business of whoever opens it.
 */
#include "policy/item.h"

#include <stdio.h>
#include <string.h>

#include "policy/host.h"
#include "policy/parse/nearest.h"
#include "policy/parse/requirement.h"
#include "policy/python_names.h"

enum { NAME_BYTES = 255, PROFILE_BYTES = 64 };

static int
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of the identifier at text, or 0. */
static size_t
identifier(const char *text)
{
    size_t n = 0;
    if (is_letter(text[0])) {
        while (is_letter(text[n]) || is_digit(text[n])) {
            n++;
        }
    }
    return n;
}

static const char *
read_identifier(const char *text)
{
    size_t n = identifier(text);
    if (n == 0 || text[n] != '\0') {
        return "is not an identifier";
    }
    return n > NAME_BYTES ? "is longer than 255 bytes" : NULL;
}

static const char *
read_dotted(const char *text)
{
    const char *p = text;
    for (;;) {
        size_t n = identifier(p);
        if (n == 0) {
            return "is not a dotted name";
        }
        p += n;
        if (*p == '\0') {
            return p - text > NAME_BYTES ? "is longer than 255 bytes" : NULL;
        }
        if (*p++ != '.') {
            return "is not a dotted name";
        }
    }
}

static const char *
read_offered(const char *text)
{
    const char *problem = read_dotted(text);
    return problem != NULL                          ? problem
           : cl_python_has(cl_python_modules, text) ? NULL
                                                    : "is not offered at level restricted";
}

static const char *
read_builtin(const char *text)
{
    static const char *const dynamic[] = {"eval", "exec", "compile", NULL};
    for (size_t i = 0; dynamic[i] != NULL; i++) {
        if (strcmp(text, dynamic[i]) == 0) {
            return "is allowed by python.dynamic_code, not by this list";
        }
    }
    return cl_python_has(cl_python_builtins, text) ? NULL : "is not a built-in of Python";
}

static const char *
read_profile(const char *text)
{
    size_t n = 0;
    while (is_letter(text[n]) || is_digit(text[n]) || text[n] == '-') {
        n++;
    }
    if (!is_letter(text[0]) || text[n] != '\0') {
        return "is not a name of letters, digits, - and _ that begins with a letter";
    }
    return n > PROFILE_BYTES ? "is longer than 64 bytes" : NULL;
}

/* A path's parts, with one slash between them; no "..", no control characters. */
static const char *
read_path(const char *text, char out[CL_ITEM_MAX])
{
    size_t len = 0;
    if (text[0] == '/') {
        out[len++] = '/';
    }
    for (const char *p = text; *p != '\0';) {
        size_t n = strcspn(p, "/");
        if (n > NAME_BYTES) {
            return "has a part longer than 255 bytes";
        }
        if (n == 2 && p[0] == '.' && p[1] == '.') {
            return "has '..' in it";
        }
        for (size_t i = 0; i < n; i++) {
            if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f) {
                return "has a control character in it";
            }
        }
        if (n > 0 && !(n == 1 && p[0] == '.')) {
            if (len + n + 2 > CL_ITEM_MAX) {
                return "is longer than 4095 bytes";
            }
            if (len > 0 && out[len - 1] != '/') {
                out[len++] = '/';
            }
            memcpy(out + len, p, n);
            len += n;
        }
        p += n + (p[n] == '/');
    }
    out[len] = '\0';
    return len == 0 ? "is empty" : NULL;
}

const char *
cl_item_read(enum cl_item item, const char *text, char out[CL_ITEM_MAX])
{
    size_t len = strlen(text);
    if (len >= CL_ITEM_MAX) {
        return "is longer than 4095 bytes";
    }
    (void)snprintf(out, CL_ITEM_MAX, "%s", text); /* fits, as just seen */
    switch (item) {
    case CL_ITEM_MODULE:
    case CL_ITEM_HOST_NAME: return read_dotted(text);
    case CL_ITEM_OFFERED: return read_offered(text);
    case CL_ITEM_FUNCTION:
    case CL_ITEM_ENV: return read_identifier(text);
    case CL_ITEM_BUILTIN: return read_builtin(text);
    case CL_ITEM_NODE:
        return cl_python_has(cl_python_nodes, text) ? NULL
                                                    : "is not a syntax node of Python";
    case CL_ITEM_DIR: return text[0] == '/' ? read_path(text, out) : "is not absolute";
    case CL_ITEM_FILE: return strspn(text, "/") < len ? read_path(text, out) : "is no file";
    case CL_ITEM_HOST: return cl_host_normalise(text, out, CL_ITEM_MAX);
    case CL_ITEM_REQUIREMENT: return cl_requirement_check(text);
    case CL_ITEM_PROFILE: return read_profile(text);
    }
    return "is of no known kind";
}

const char *
cl_item_expected(enum cl_item item)
{
    switch (item) {
    case CL_ITEM_MODULE: return "a module's name such as json or os.path";
    case CL_ITEM_OFFERED:
        return "a module that level restricted offers, such as json; others need level "
               "isolated";
    case CL_ITEM_FUNCTION: return "a function's name such as add";
    case CL_ITEM_BUILTIN: return "a built-in's name such as print";
    case CL_ITEM_NODE: return "an ast class such as AsyncFunctionDef";
    case CL_ITEM_HOST_NAME: return "a name such as document.title";
    case CL_ITEM_ENV: return "a variable's name such as LANG";
    case CL_ITEM_DIR: return "an absolute directory such as /srv/data";
    case CL_ITEM_FILE: return "a file such as keys/ops.pub";
    case CL_ITEM_HOST:
        return "a host such as api.example.com, *.example.org:443 or https://example.com";
    case CL_ITEM_REQUIREMENT: return "a requirement such as numpy or pandas>=2,<3";
    case CL_ITEM_PROFILE: return "a name such as lesson-2";
    }
    return "a name";
}

const char *
cl_item_nearest(enum cl_item item, const char *text)
{
    struct cl_nearest near = CL_NEAREST_INIT(text);
    const char *const *names = item == CL_ITEM_BUILTIN   ? cl_python_builtins
                               : item == CL_ITEM_NODE    ? cl_python_nodes
                               : item == CL_ITEM_OFFERED ? cl_python_modules
                                                         : NULL;
    for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
        cl_nearest_offer(&near, names[i]);
    }
    return near.distance > 0 ? near.best : NULL;
}

/* Is the directory `inner` the directory `outer` or beneath it? */
static int
is_beneath(const char *inner, const char *outer)
{
    size_t n = strlen(outer);
    if (strncmp(inner, outer, n) != 0) {
        return 0;
    }
    return inner[n] == '\0' || inner[n] == '/' || outer[n - 1] == '/';
}

int
cl_item_meet(enum cl_item item, const char *a, const char *b, char out[CL_ITEM_MAX])
{
    if (item == CL_ITEM_HOST) {
        return cl_host_meet(a, b, out, CL_ITEM_MAX);
    }
    const char *both = strcmp(a, b) == 0 ? a : NULL;
    if (both == NULL && item == CL_ITEM_DIR) {
        both = is_beneath(a, b) ? a : is_beneath(b, a) ? b : NULL;
    }
    if (both == NULL) {
        return 0;
    }
    (void)snprintf(out, CL_ITEM_MAX, "%s", both); /* items are shorter */
    return 1;
}

int
cl_item_wider(enum cl_item item, const char *text, size_t i, char out[CL_ITEM_MAX])
{
    if (item == CL_ITEM_HOST) {
        return cl_host_wider(text, i, out, CL_ITEM_MAX);
    }
    if (item != CL_ITEM_DIR || strcmp(text, "/") == 0) {
        return 0;
    }
    size_t len = strlen(text);
    for (size_t up = 0; up <= i && len > 1; up++) {
        while (len > 1 && text[len - 1] != '/') {
            len--;
        }
        len -= len > 1; /* the slash goes, but the first */
        if (len == 1 && up < i) {
            return 0;
        }
    }
    (void)snprintf(out, CL_ITEM_MAX, "%.*s", (int)len, text); /* shorter than text */
    return 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A recogniser for requirements.  Pure.  Each step takes a pointer into the
 * text and returns where it ends, or NULL.
 */
#include "policy/parse/requirement.h"

#include <stddef.h>
#include <string.h>

#include "base/own.h"

static int
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int
is_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
is_separator(char c)
{
    return c == '.' || c == '-' || c == '_';
}

static const char *
skip_spaces(const char *p)
{
    return p + strspn(p, " ");
}

static const char *
skip_digits(const char *p)
{
    return p + strspn(p, "0123456789");
}

/* Letters and digits, with . - _ inside. */
static const char *
skip_name(const char *p)
{
    if (!is_alnum(*p)) {
        return NULL;
    }
    const char *end = p;
    for (; is_alnum(*p) || is_separator(*p); p++) {
        if (is_alnum(*p)) {
            end = p + 1;
        }
    }
    return end == p ? end : NULL;
}

static const char *
skip_extras(const char *p)
{
    if (*p != '[') {
        return p;
    }
    do {
        p = skip_name(skip_spaces(p + 1));
        if (p == NULL) {
            return NULL;
        }
        p = skip_spaces(p);
    } while (*p == ',');
    return *p == ']' ? p + 1 : NULL;
}

/* One of words at p, after at most one separator, and the number behind it. */
static const char *
skip_suffix(const char *p, const char *const *words, size_t n)
{
    const char *word = is_separator(*p) ? p + 1 : p;
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(words[i]);
        if (strncmp(word, words[i], len) == 0) {
            const char *end = word + len;
            return skip_digits(is_separator(*end) && is_digit(end[1]) ? end + 1 : end);
        }
    }
    return p;
}

/* "+local.1" */
static const char *
skip_local(const char *p)
{
    if (*p != '+') {
        return p;
    }
    do {
        const char *part = p + 1;
        for (p = part; is_alnum(*p);) {
            p++;
        }
        if (p == part) {
            return NULL;
        }
    } while (is_separator(*p));
    return p;
}

/* A version of PEP 440; *parts is how many numbers its release has. */
static const char *
skip_version(const char *p, size_t *parts)
{
    static const char *const pre[] = {"alpha", "beta", "preview", "pre",
                                      "rc",    "a",    "b",       "c"};
    static const char *const post[] = {"post", "rev", "r"};
    static const char *const dev[] = {"dev"};
    if (*p == 'v') {
        p++;
    }
    const char *end = skip_digits(p);
    if (end > p && *end == '!') {
        p = end + 1;
        end = skip_digits(p);
    }
    for (*parts = 0; end > p; end = skip_digits(p)) {
        ++*parts;
        p = end;
        if (*p != '.' || !is_digit(p[1])) {
            break;
        }
        p++;
    }
    if (*parts == 0) {
        return NULL;
    }
    p = skip_suffix(p, pre, CL_COUNT(pre));
    if (*p == '-' && is_digit(p[1])) {
        p = skip_digits(p + 1); /* the short form of a post-release: 1.0-1 */
    } else {
        p = skip_suffix(p, post, CL_COUNT(post));
    }
    return skip_local(skip_suffix(p, dev, CL_COUNT(dev)));
}

/* "==1.2.*"; *problem says what is wrong when NULL is returned. */
static const char *
skip_specifier(const char *p, const char **problem)
{
    static const char *const operators[] = {"===", "==", "!=", "<=", ">=", "~=", "<", ">"};
    const char *op = NULL;
    for (size_t i = 0; op == NULL && i < CL_COUNT(operators); i++) {
        if (strncmp(p, operators[i], strlen(operators[i])) == 0) {
            op = operators[i];
        }
    }
    if (op == NULL) {
        *problem = *p == ';'   ? "has a marker (;)"
                   : *p == '@' ? "has a URL (@)"
                               : "has no ==, !=, <=, >=, <, > or ~= after its name";
        return NULL;
    }
    size_t parts = 0;
    *problem = "has a version that is not one of PEP 440";
    p = skip_version(skip_spaces(p + strlen(op)), &parts);
    if (p == NULL) {
        return NULL;
    }
    if (strncmp(p, ".*", 2) == 0) {
        *problem = "has .* after an operator other than == and !=";
        return strcmp(op, "==") == 0 || strcmp(op, "!=") == 0 ? p + 2 : NULL;
    }
    if (strcmp(op, "~=") == 0 && parts < 2) {
        *problem = "has ~= before a version of one number";
        return NULL;
    }
    return p;
}

const char *
cl_requirement_check(const char *text)
{
    const char *problem = NULL;
    const char *p = skip_name(text);
    if (p == NULL) {
        return "does not begin with a package's name";
    }
    p = skip_extras(skip_spaces(p));
    if (p == NULL) {
        return "has malformed [extras]";
    }
    p = skip_spaces(p);
    for (int is_first = 1; is_first || *p != '\0'; is_first = 0) {
        if (is_first && *p == '\0') {
            return NULL;
        }
        if (!is_first) {
            if (*p != ',') {
                return *p == ';' ? "has a marker (;)" : "has no ',' between its versions";
            }
            p = skip_spaces(p + 1);
        }
        p = skip_specifier(p, &problem);
        if (p == NULL) {
            return problem;
        }
        p = skip_spaces(p);
    }
    return NULL;
}

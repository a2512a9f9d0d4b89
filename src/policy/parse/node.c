/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What YAML 1.2 takes a text without quotes for.  Pure.  A policy means texts,
 * but an editor that checks it by the schema sees these types; both must say
 * the same.
 */
#include <string.h>

#include "base/own.h"
#include "policy/parse/tree.h"

static int
is_one_of(const struct cl_node *n, const char *const *words, size_t count)
{
    for (size_t i = 0; n->kind == CL_NODE_TEXT && n->is_plain && i < count; i++) {
        if (strcmp(n->text, words[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

int
cl_node_is_null(const struct cl_node *n)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    return is_one_of(n, words, CL_COUNT(words));
}

int
cl_node_is_switch(const struct cl_node *n)
{
    static const char *const words[] = {"true", "True", "TRUE", "false", "False", "FALSE"};
    return is_one_of(n, words, CL_COUNT(words));
}

static const char *
skip_digits(const char *p)
{
    return p + strspn(p, "0123456789");
}

/* [-+] digits [. digits] [e [-+] digits], with a digit before or after the dot */
static int
is_decimal(const char *text)
{
    const char *p = text + (text[0] == '-' || text[0] == '+');
    const char *whole = skip_digits(p);
    size_t digits = (size_t)(whole - p);
    p = whole;
    if (*p == '.') {
        const char *end = skip_digits(p + 1);
        digits += (size_t)(end - p - 1);
        p = end;
    }
    if (digits > 0 && (*p == 'e' || *p == 'E')) {
        p += 1 + (p[1] == '-' || p[1] == '+');
        const char *end = skip_digits(p);
        return end > p && *end == '\0';
    }
    return digits > 0 && *p == '\0';
}

int
cl_node_is_number(const struct cl_node *n)
{
    static const char *const words[] = {".inf", "-.inf", "+.inf", ".nan"};
    if (n->kind != CL_NODE_TEXT || !n->is_plain) {
        return 0;
    }
    const char *text = n->text;
    const char *digits = strncmp(text, "0x", 2) == 0   ? "0123456789abcdefABCDEF"
                         : strncmp(text, "0o", 2) == 0 ? "01234567"
                                                       : NULL;
    if (digits != NULL) {
        return text[2] != '\0' && text[2 + strspn(text + 2, digits)] == '\0';
    }
    return is_decimal(text) || is_one_of(n, words, CL_COUNT(words));
}

const char *
cl_node_what(const struct cl_node *n)
{
    if (n->kind != CL_NODE_TEXT) {
        return n->kind == CL_NODE_LIST ? "a list" : "a mapping";
    }
    return cl_node_is_null(n)     ? "empty"
           : cl_node_is_switch(n) ? "a switch"
           : cl_node_is_number(n) ? "a number"
                                  : "a text";
}

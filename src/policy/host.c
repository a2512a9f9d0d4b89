/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Host patterns.  Pure: no name is looked up.  What the URL standard would
 * read as an address in an odd notation ("1.2", "0x7f.1") is not a host here,
 * so that a pattern never means another host than it shows.
 */
#include "policy/host.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOST_BYTES = 253, LABEL_BYTES = 63 };

struct pattern {
    char scheme[8];            /* "", "http" or "https" */
    char host[HOST_BYTES + 1]; /* without "*." and brackets */
    int is_wild, is_v6;
    unsigned port; /* 0: any */
};

static unsigned
default_port(const char *scheme)
{
    return strcmp(scheme, "https") == 0 ? 443 : strcmp(scheme, "http") == 0 ? 80 : 0;
}

static int
is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Would the URL standard take a name that ends in this label for an address? */
static int
is_number(const char *label)
{
    if (label[0] == '0' && label[1] == 'x') {
        return label[2 + strspn(label + 2, "0123456789abcdef")] == '\0';
    }
    return label[0] != '\0' && label[strspn(label, "0123456789")] == '\0';
}

static const char *
check_name(const char *host)
{
    const char *label = host;
    for (;;) {
        size_t n = strcspn(label, ".");
        if (n == 0) {
            return "has an empty label";
        }
        if (n > LABEL_BYTES) {
            return "has a label longer than 63 bytes";
        }
        for (size_t i = 0; i < n; i++) {
            if (!is_alnum(label[i]) && label[i] != '-' && label[i] != '_') {
                return (unsigned char)label[i] >= 0x80
                           ? "is not ASCII: write the xn-- form of the name"
                           : "has a character that no host has";
            }
        }
        if (label[0] == '-' || label[n - 1] == '-') {
            return "has a label that begins or ends with -";
        }
        if (label[n] == '\0') {
            return is_number(label) ? "is neither a name nor a dotted IPv4 address" : NULL;
        }
        label += n + 1;
    }
}

/* "host", "*.host" or "[v6]" in lower case, of len bytes. */
static const char *
read_host(const char *text, size_t len, struct pattern *p)
{
    unsigned char address[16];
    if (len > 2 && text[0] == '*' && text[1] == '.') {
        p->is_wild = 1;
        text += 2;
        len -= 2;
    } else if (len > 2 && text[0] == '[' && text[len - 1] == ']') {
        p->is_v6 = 1;
        text += 1;
        len -= 2;
    }
    if (len == 0 || len > HOST_BYTES) {
        return len == 0 ? "has no host" : "has a host longer than 253 bytes";
    }
    memcpy(p->host, text, len);
    p->host[len] = '\0';
    if (p->is_v6) {
        if (inet_pton(AF_INET6, p->host, address) != 1 ||
            inet_ntop(AF_INET6, address, p->host, sizeof p->host) == NULL) {
            return "is not an IPv6 address";
        }
        return NULL;
    }
    if (inet_pton(AF_INET, p->host, address) == 1) {
        return p->is_wild ? "puts * before an address" : NULL;
    }
    if (strchr(p->host, '*') != NULL) {
        return "has * in another place than before the first dot";
    }
    return check_name(p->host);
}

static const char *
read_port(const char *text, unsigned *port)
{
    size_t n = strspn(text, "0123456789");
    if (n == 0 || n > 5 || text[n] != '\0' || text[0] == '0') {
        return "has no port between 1 and 65535 after its ':'";
    }
    unsigned long v = strtoul(text, NULL, 10);
    if (v > 65535) {
        return "has no port between 1 and 65535 after its ':'";
    }
    *port = (unsigned)v;
    return NULL;
}

static const char *
read_scheme(char **text, struct pattern *p)
{
    char *end = strstr(*text, "://");
    if (end == NULL) {
        return NULL;
    }
    *end = '\0';
    if (strcmp(*text, "https") == 0) {
        memcpy(p->scheme, "https", sizeof "https");
    } else if (strcmp(*text, "http") == 0) {
        memcpy(p->scheme, "http", sizeof "http");
    } else {
        return "has a scheme other than http and https";
    }
    *text = end + 3;
    return NULL;
}

static const char *
read_pattern(const char *text, struct pattern *p)
{
    *p = (struct pattern){0};
    char copy[HOST_BYTES + 40] = {0};
    size_t len = strlen(text);
    if (len >= sizeof copy) {
        return "is longer than a host can be";
    }
    for (size_t i = 0; i <= len; i++) {
        copy[i] = text[i];
        if (text[i] >= 'A' && text[i] <= 'Z') {
            copy[i] = (char)(text[i] - 'A' + 'a');
        }
    }
    char *rest = copy;
    const char *problem = read_scheme(&rest, p);
    if (problem != NULL) {
        return problem;
    }
    if (strpbrk(rest, "/?#") != NULL) {
        return "has a path; what is allowed is the whole host";
    }
    if (strchr(rest, '@') != NULL) {
        return "has a user name in it";
    }
    size_t host_len = rest[0] == '[' ? strcspn(rest, "]") + 1 : strcspn(rest, ":");
    if (host_len > strlen(rest)) {
        return "is not an IPv6 address";
    }
    p->port = default_port(p->scheme);
    if (rest[host_len] != '\0') {
        problem = rest[host_len] == ':' ? read_port(rest + host_len + 1, &p->port)
                                        : "has something after its address";
    }
    return problem != NULL ? problem : read_host(rest, host_len, p);
}

static void
write_pattern(const struct pattern *p, char *out, size_t size)
{
    char port[8] = "";
    if (p->port != default_port(p->scheme)) {
        (void)snprintf(port, sizeof port, ":%u", p->port); /* at most 5 digits */
    }
    (void)snprintf(out, size, "%s%s%s%s%s%s%s", p->scheme, p->scheme[0] ? "://" : "",
                   p->is_wild ? "*." : "", p->is_v6 ? "[" : "", p->host,
                   p->is_v6 ? "]" : "", port); /* shorter than 300 */
}

const char *
cl_host_normalise(const char *text, char *out, size_t size)
{
    struct pattern p;
    const char *problem = read_pattern(text, &p);
    if (problem == NULL) {
        write_pattern(&p, out, size);
    }
    return problem;
}

/* Does the pattern "*.outer" hold the host, or the pattern "*.host"? */
static int
is_under(const char *host, const char *outer)
{
    size_t n = strlen(host);
    size_t m = strlen(outer);
    return n > m + 1 && host[n - m - 1] == '.' && strcmp(host + n - m, outer) == 0;
}

static int
meet_hosts(const struct pattern *a, const struct pattern *b, struct pattern *out)
{
    const struct pattern *narrow = a->is_wild ? b : a;
    const struct pattern *wide = a->is_wild ? a : b;
    if (narrow->is_wild && is_under(wide->host, narrow->host)) {
        const struct pattern *t = narrow;
        narrow = wide;
        wide = t;
    }
    int is_same = strcmp(a->host, b->host) == 0 && a->is_v6 == b->is_v6;
    if (a->is_wild == b->is_wild && is_same) {
        *out = *a;
        return 1;
    }
    *out = *narrow;
    return wide->is_wild && !narrow->is_v6 && is_under(narrow->host, wide->host);
}

int
cl_host_meet(const char *a, const char *b, char *out, size_t size)
{
    struct pattern p;
    struct pattern q;
    struct pattern both;
    if (read_pattern(a, &p) != NULL || read_pattern(b, &q) != NULL ||
        !meet_hosts(&p, &q, &both)) {
        return 0;
    }
    int is_scheme_ok =
        p.scheme[0] == '\0' || q.scheme[0] == '\0' || strcmp(p.scheme, q.scheme) == 0;
    int is_port_ok = p.port == 0 || q.port == 0 || p.port == q.port;
    if (!is_scheme_ok || !is_port_ok) {
        return 0;
    }
    memcpy(both.scheme, p.scheme[0] ? p.scheme : q.scheme, sizeof both.scheme);
    both.port = p.port != 0 ? p.port : q.port;
    write_pattern(&both, out, size);
    return 1;
}

/* Make p the n-th wider host: "*." before ever fewer of its labels. */
static int
widen_host(struct pattern *p, size_t n)
{
    unsigned char address[4];
    if (n > 0 && (p->is_v6 || inet_pton(AF_INET, p->host, address) == 1)) {
        return 0;
    }
    for (; n > 0; n--) {
        const char *dot = strchr(p->host, '.');
        if (dot == NULL) {
            return 0;
        }
        memmove(p->host, dot + 1, strlen(dot + 1) + 1);
        p->is_wild = 1;
    }
    return 1;
}

int
cl_host_wider(const char *text, size_t i, char *out, size_t size)
{
    struct pattern p;
    if (read_pattern(text, &p) != NULL) {
        return 0;
    }
    /* In turn: as it is, without its scheme, and without its port too. */
    size_t ways = p.scheme[0] != '\0' ? 3 : p.port != 0 ? 2 : 1;
    size_t way = (i + 1) % ways; /* + 1: the pattern itself is not wider */
    if (!widen_host(&p, (i + 1) / ways)) {
        return 0;
    }
    if (way > 0) {
        p.scheme[0] = '\0';
    }
    if (way + 1 == ways && way > 0) {
        p.port = 0;
    }
    write_pattern(&p, out, size);
    return 1;
}

const char *
cl_host_check_url(const char *url)
{
    char origin[300];
    struct pattern p;
    size_t skip = strncmp(url, "https://", 8) == 0  ? 8
                  : strncmp(url, "http://", 7) == 0 ? 7
                                                    : 0;
    if (skip == 0) {
        return "is not a URL that begins with https:// or http://";
    }
    for (const char *c = url; *c != '\0'; c++) {
        if ((unsigned char)*c <= 0x20 || (unsigned char)*c >= 0x7f || *c == '\\') {
            return "has a character that no URL has";
        }
    }
    size_t len = skip + strcspn(url + skip, "/?#");
    if (len >= sizeof origin) {
        return "has a host longer than a host can be";
    }
    (void)snprintf(origin, sizeof origin, "%.*s", (int)len, url); /* fits, as just seen */
    const char *problem = read_pattern(origin, &p);
    return problem == NULL && p.is_wild ? "has * in its host" : problem;
}

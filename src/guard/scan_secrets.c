/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the rules about what should not stand in a text: keys of known forms (anywhere,
 * comments included), passwords by the name they are given to, strings that look drawn
 * at random, places that programs have no business at.  A secret is never repeated
 * whole in a finding.
 */
#include "guard/scan_state.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/own.h"

/* Keys that say themselves what they are: how they begin, and how many of which
 * characters follow at least. */
static const struct {
    const char *prefix;
    const char *also; /* allowed besides letters and digits */
    size_t at_least;
    const char *name;
} keys[] = {
    {"AKIA", "", 16, "an AWS access key"},
    {"ASIA", "", 16, "an AWS access key"},
    {"ghp_", "", 36, "a GitHub token"},
    {"gho_", "", 36, "a GitHub token"},
    {"ghu_", "", 36, "a GitHub token"},
    {"ghs_", "", 36, "a GitHub token"},
    {"ghr_", "", 36, "a GitHub token"},
    {"github_pat_", "_", 40, "a GitHub token"},
    {"glpat-", "_-", 20, "a GitLab token"},
    {"xoxb-", "-", 20, "a Slack token"},
    {"xoxp-", "-", 20, "a Slack token"},
    {"xoxa-", "-", 20, "a Slack token"},
    {"xoxs-", "-", 20, "a Slack token"},
    {"hooks.slack.com/services/", "/", 20, "a Slack webhook"},
    {"sk_live_", "", 20, "a Stripe key"},
    {"rk_live_", "", 20, "a Stripe key"},
    {"sk-ant-", "_-", 20, "an Anthropic key"},
    {"sk-proj-", "_-", 20, "an OpenAI key"},
    {"sk-", "", 40, "an API key"},
    {"AIza", "_-", 35, "a Google API key"},
    {"ya29.", "_-", 20, "a Google token"},
    {"npm_", "", 36, "an npm token"},
    {"pypi-AgEI", "_-", 20, "a PyPI token"},
    {"SG.", "_-.", 40, "a SendGrid key"},
    {"hf_", "", 30, "a Hugging Face token"},
    {"dop_v1_", "", 40, "a DigitalOcean token"},
    {"shpat_", "", 30, "a Shopify token"},
    {"AGE-SECRET-KEY-1", "", 40, "an age key"},
    {"eyJ", "_-.", 60, "a JSON web token"},
};

static int
is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static size_t
match_key(const char *at, size_t left, size_t i)
{
    size_t prefix = strlen(keys[i].prefix);
    size_t n = 0;
    if (left < prefix || memcmp(at, keys[i].prefix, prefix) != 0) {
        return 0;
    }
    while (prefix + n < left &&
           (isalnum((unsigned char)at[prefix + n]) ||
            (at[prefix + n] != '\0' && strchr(keys[i].also, at[prefix + n]) != NULL))) {
        n++;
    }
    /* A web token has three parts. */
    int is_whole =
        strcmp(keys[i].prefix, "eyJ") != 0 || memchr(at, '.', prefix + n) != NULL;
    return n >= keys[i].at_least && is_whole ? prefix + n : 0;
}

void
cl_scan_keys(struct cl_scan *s)
{
    static const char pem[] = "PRIVATE KEY-----";
    for (size_t at = 0; at < s->len; at++) {
        if (at > 0 && is_word(s->text[at - 1]) && s->text[at] != '-') {
            continue;
        }
        if (s->len - at > 30 && memcmp(s->text + at, "-----BEGIN ", 11) == 0) {
            const char *end = memchr(s->text + at, '\n', s->len - at);
            size_t len = end == NULL ? s->len - at : (size_t)(end - (s->text + at));
            if (memmem(s->text + at, len, pem, sizeof pem - 1) != NULL) {
                cl_scan_find_at(s, at, 11, CL_RULE_KEY, "a private key");
            }
            continue;
        }
        for (size_t i = 0; i < CL_COUNT(keys); i++) {
            size_t len = match_key(s->text + at, s->len - at, i);
            if (len > 0) {
                cl_scan_find_at(s, at, len, CL_RULE_KEY, keys[i].name);
                at += len - 1;
                break;
            }
        }
    }
}

/* ---- constants ---------------------------------------------------------- */

/* Does the name say that its value is a secret? */
static int
is_secret_name(const char *name)
{
    static const char *const parts[] = {"password",   "passwd", "passphrase", "secret",
                                        "api_key",    "apikey", "access_key", "private_key",
                                        "auth_token", "token",  "credential"};
    static const char *const not [] = {"token_type", "tokenizer", "tokens", "tokenize",
                                       "secrets",    "_url",      "_path",  "_file",
                                       "_name",      "_len",      "_field", "_id",
                                       "_hint",      "_prompt",   "_help",  "_label"};
    for (size_t i = 0; i < CL_COUNT(not ); i++) {
        if (strcasestr(name, not [i]) != NULL) {
            return 0;
        }
    }
    for (size_t i = 0; i < CL_COUNT(parts); i++) {
        if (strcasestr(name, parts[i]) != NULL) {
            return 1;
        }
    }
    return strcasecmp(name, "pwd") == 0 || strcasecmp(name, "pass") == 0;
}

/* What stands in examples, and what is read from elsewhere. */
static int
is_placeholder(const char *text, size_t len)
{
    static const char *const words[] = {"example", "placeholder", "your", "changeme",
                                        "xxxx",    "****",        "todo", "dummy"};
    enum { SHORTEST = 4 };
    if (len < SHORTEST || strpbrk(text, " <>{}$%\n") != NULL) {
        return 1;
    }
    for (size_t i = 0; i < CL_COUNT(words); i++) {
        if (strcasestr(text, words[i]) != NULL) {
            return 1;
        }
    }
    return strspn(text, text[0] == '\0' ? "x" : (char[]){text[0], '\0'}) == len;
}

/* Bits of each character, by how often each occurs. */
static double
entropy(const char *text, size_t len)
{
    unsigned counts[256] = {0};
    double bits = 0;
    for (size_t i = 0; i < len; i++) {
        counts[(unsigned char)text[i]]++;
    }
    for (size_t c = 0; c < 256; c++) {
        if (counts[c] > 0) {
            double p = (double)counts[c] / (double)len;
            bits -= p * log2(p);
        }
    }
    return bits;
}

/* Letters of both cases and digits, long, and no order in it.  Not a hash in hex, a
 * UUID, a path, an alphabet. */
static int
is_random(const char *text, size_t len)
{
    enum { SHORTEST = 32, LONGEST = 512 };
    static const double enough_bits = 4.5;
    int has_upper = 0;
    int has_lower = 0;
    int has_digit = 0;
    int runs = 0;
    if (len < SHORTEST || len > LONGEST) {
        return 0;
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (!isalnum(c) && strchr("+/=_-", c) == NULL) {
            return 0;
        }
        has_upper |= isupper(c) != 0;
        has_lower |= islower(c) != 0;
        has_digit += isdigit(c) != 0;
        runs += i > 0 && c == (unsigned char)text[i - 1] + 1;
    }
    return has_upper && has_lower && has_digit >= 3 && (size_t)runs < len / 4 &&
           entropy(text, len) >= enough_bits;
}

/* scheme://user:password@host */
static int
has_url_password(const char *text)
{
    const char *scheme = strstr(text, "://");
    if (scheme == NULL || scheme == text) {
        return 0;
    }
    const char *user = scheme + 3;
    size_t len = strcspn(user, "/?# \n");
    const char *at = memchr(user, '@', len);
    const char *colon = at == NULL ? NULL : memchr(user, ':', (size_t)(at - user));
    return colon != NULL && colon > user && at - colon > 1 && colon[1] != '{' &&
           colon[1] != '<' && colon[1] != '$' && colon[1] != '%' && colon[1] != '*';
}

static const char *
secret_place(const char *text)
{
    static const char *const places[] = {"/etc/shadow",     "/etc/sudoers",
                                         "/.ssh/",          "/.aws/credentials",
                                         "/.gnupg",         "/.netrc",
                                         "/.kube/config",   "/.docker/config.json",
                                         "/proc/self/mem",  "/proc/self/environ",
                                         "/proc/kcore",     "/dev/mem",
                                         "/dev/kmem",       "docker.sock",
                                         "/.bash_history",  "/.git-credentials",
                                         "/.config/gcloud", "/run/secrets/",
                                         "/Login Data",     "/.mozilla/firefox",
                                         "/sys/kernel/",    "/proc/sys/kernel/"};
    for (size_t i = 0; i < CL_COUNT(places); i++) {
        if (strstr(text, places[i]) != NULL) {
            return places[i];
        }
    }
    return NULL;
}

static const char *
escape_in(const char *text)
{
    static const char *const names[] = {
        "__subclasses__", "__globals__", "__builtins__",     "__code__",   "__mro__",
        "__bases__",      "__closure__", "__getattribute__", "__class__.", "gi_frame",
        "f_globals",      "tb_frame",    "cr_frame"};
    for (size_t i = 0; i < CL_COUNT(names); i++) {
        if (strstr(text, names[i]) != NULL) {
            return names[i];
        }
    }
    return NULL;
}

static void
check_text(struct cl_scan *s, PyObject *node, const char *text, size_t len)
{
    const char *hint = s->hint == NULL ? NULL : PyUnicode_AsUTF8(s->hint);
    const char *place = secret_place(text);
    const char *escape = escape_in(text);
    PyErr_Clear(); /* a name with a lone surrogate */
    if (place != NULL) {
        cl_scan_find(s, node, CL_RULE_FILE_SECRET, place, NULL);
    }
    if (escape != NULL) {
        cl_scan_find(s, node, CL_RULE_ESCAPE_TEXT, escape, NULL);
    }
    if (strstr(text, "169.254.169.254") != NULL ||
        strstr(text, "metadata.google.") != NULL ||
        strstr(text, "100.100.100.200") != NULL || strstr(text, "fd00:ec2::254") != NULL) {
        cl_scan_find(s, node, CL_RULE_METADATA, "", NULL);
    }
    if (strcmp(text, "0.0.0.0") == 0 || strcmp(text, "::") == 0) {
        cl_scan_find(s, node, CL_RULE_ALL_INTERFACES, text, NULL);
    }
    if (has_url_password(text)) {
        cl_scan_find(s, node, CL_RULE_URL_PASSWORD, "", NULL);
    } else if (hint != NULL && is_secret_name(hint) && !is_placeholder(text, len)) {
        cl_scan_find(s, node, CL_RULE_PASSWORD, hint, NULL);
    } else if (is_random(text, len)) {
        cl_scan_find(s, node, CL_RULE_ENTROPY, "", NULL);
    }
}

void
cl_scan_constant(struct cl_scan *s, PyObject *node)
{
    PyObject *value = cl_scan_child(node, "value");
    Py_ssize_t len = 0;
    const char *text = NULL;
    if (value != NULL && PyUnicode_CheckExact(value)) {
        text = PyUnicode_AsUTF8AndSize(value, &len);
        PyErr_Clear(); /* a lone surrogate: no text that matters here */
    } else if (value != NULL && PyBytes_CheckExact(value)) {
        text = PyBytes_AS_STRING(value);
        len = PyBytes_GET_SIZE(value);
    }
    if (text != NULL) {
        check_text(s, node, text, (size_t)len);
    }
}

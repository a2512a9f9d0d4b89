/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the rules about which module is imported. */
#include "guard/scan_state.h"

#include <string.h>

#include "base/own.h"
#include "guard/guard.h"
#include "guard/state.h"

/* Packages that many install, and that others are named after.  Separated by spaces. */
static const char popular[] =
    " requests urllib3 numpy pandas scipy matplotlib sklearn tensorflow torch torchvision "
    "flask django fastapi uvicorn gunicorn celery redis pymongo psycopg2 sqlalchemy boto3 "
    "botocore awscli google azure paramiko fabric ansible selenium scrapy bs4 lxml "
    "html5lib pillow PIL cv2 opencv pytest nose2 coverage tox setuptools wheel virtualenv "
    "pipenv poetry click typer colorama termcolor rich tqdm loguru pyyaml yaml toml "
    "jinja2 markupsafe werkzeug itsdangerous cryptography pycryptodome bcrypt passlib "
    "jwt certifi chardet idna dateutil pytz arrow pendulum simplejson ujson orjson "
    "msgpack protobuf grpc aiohttp httpx websockets discord telegram telebot tweepy "
    "web3 ccxt keras transformers datasets huggingface_hub openai anthropic langchain "
    "networkx sympy statsmodels seaborn plotly bokeh dash streamlit gradio jupyter "
    "ipython notebook pydantic marshmallow attrs dataclasses_json psutil pywin32 "
    "pyautogui pynput playwright jsonschema docutils sphinx mypy pylint flake8 black ";

static int
lists(const char *words, const char *name, size_t len)
{
    for (const char *at = words; *at != '\0'; at += strcspn(at, " ")) {
        at += strspn(at, " ");
        if (strncmp(at, name, len) == 0 && (at[len] == ' ' || at[len] == '\0')) {
            return 1;
        }
    }
    return 0;
}

/* One letter more, less, other, or two exchanged?  In a short word another letter makes
 * another word: clock is not click. */
static int
is_one_slip(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t front = 0;
    size_t back = 0;
    while (front < a_len && front < b_len && a[front] == b[front]) {
        front++;
    }
    while (back < a_len - front && back < b_len - front &&
           a[a_len - 1 - back] == b[b_len - 1 - back]) {
        back++;
    }
    size_t a_left = a_len - front - back;
    size_t b_left = b_len - front - back;
    int is_exchange =
        a_left == 2 && b_left == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
    enum { SHORT = 5 };
    return a_left + b_left == 1 || (a_left == 1 && b_left == 1 && b_len > SHORT) ||
           is_exchange;
}

static int
is_standard(const char *name, size_t len)
{
    PyObject *names = PySys_GetObject("stdlib_module_names"); /* borrowed */
    PyObject *text = PyUnicode_DecodeUTF8(name, (Py_ssize_t)len, NULL);
    int is = names != NULL && text != NULL && PySet_Contains(names, text) == 1;
    Py_XDECREF(text);
    PyErr_Clear();
    return is;
}

/* The popular package that this name is one slip away from, or NULL. */
static const char *
looks_like(const char *name, size_t len, size_t *found_len)
{
    enum { SHORTEST = 5 };
    if (len < SHORTEST || lists(popular, name, len) || is_standard(name, len)) {
        return NULL;
    }
    for (const char *at = popular + 1; *at != '\0';) {
        *found_len = strcspn(at, " ");
        if (*found_len >= SHORTEST && is_one_slip(name, len, at, *found_len)) {
            return at;
        }
        at += *found_len + strspn(at + *found_len, " ");
    }
    return NULL;
}

static void
check_module(struct cl_scan *s, PyObject *node, const char *module)
{
    size_t len = strcspn(module, ".");
    size_t found_len = 0;
    enum cl_rule rule = cl_rule_of_import(module);
    const char *meant = looks_like(module, len, &found_len);
    char message[120];
    if (rule != CL_RULE_NONE) {
        cl_scan_find(s, node, rule, module, NULL);
    }
    if (meant != NULL && rule != CL_RULE_BAD_PACKAGE) {
        (void)snprintf(message, sizeof message,
                       "'%.40s' is not the package '%.*s', whose name it resembles", module,
                       (int)found_len, meant); /* may be cut */
        cl_scan_find(s, node, CL_RULE_LOOKALIKE, module, message);
    }
    for (uint32_t i = 0; s->audited != NULL && i < s->audited->count; i++) {
        if (strcmp(s->audited->item[i], module) == 0) {
            cl_scan_find(s, node, CL_RULE_AUDITED, module, NULL);
        }
    }
}

void
cl_scan_import(struct cl_scan *s, PyObject *node)
{
    int is_from = cl_scan_kind(s, node) == CL_SCAN_IMPORT_FROM;
    const char *module = is_from ? cl_scan_text(node, "module") : NULL;
    PyObject *names = cl_scan_list(node, "names");
    int is_told = 0;
    if (is_from && (module == NULL || cl_scan_number(node, "level") > 0)) {
        return; /* the program's own package */
    }
    for (Py_ssize_t i = 0; names != NULL && i < PyList_GET_SIZE(names); i++) {
        PyObject *alias = PyList_GET_ITEM(names, i);
        const char *name = cl_scan_text(alias, "name");
        char path[CL_SCAN_PATH];
        if (name == NULL) {
            continue;
        }
        if (!is_from) {
            check_module(s, alias, name);
            cl_scan_profile_import(s, alias, name, NULL);
            continue;
        }
        /* `from urllib import request` imports urllib.request. */
        int n = snprintf(path, sizeof path, "%s.%s", module, name);
        int is_of_module = cl_rule_of_import(module) != CL_RULE_NONE;
        if (n > 0 && (size_t)n < sizeof path && !is_of_module &&
            cl_rule_of_import(path) != CL_RULE_NONE) {
            check_module(s, alias, path);
        } else if (!is_told) {
            check_module(s, node, module);
            is_told = 1;
        }
        cl_scan_profile_import(s, alias, module, name);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of rules: what each number is called, how grave it is, what to do about it,
 * and two examples that the tests hold it to.  Pure; constant.
 */
#include "engine/scan.h"

#include <string.h>

#include "base/own.h"
#include "wire/rules.h"

#define N CLOCHE_SEVERITY_NOTE
#define W CLOCHE_SEVERITY_WARNING
#define E CLOCHE_SEVERITY_ERROR
#define GUARD(kind) ((enum cl_rule)(CL_RULE_VIOLATION + CL_VIOLATION_##kind))

/* says: after the subject in quotes, or after "it" where there is none. */
const struct cl_scan_rule cl_scan_rules[] = {
    {CL_RULE_SYNTAX_ERROR,
     {"CL0001", "syntax-error", E, "is not Python", "",
      "CPython cannot parse the text, so nothing else was looked for.",
      "def f(:\n    pass\n", "def f():\n    pass\n"}},
    {CL_RULE_TOO_LARGE,
     {"CL0002", "too-large", E, "is larger than the profile allows", "limits.source",
      "The text has more bytes than limits.source of the profile that it was read under, "
      "and was not looked at.",
      "", ""}},
    {CL_RULE_UNFINISHED,
     {"CL0003", "unfinished", E, "could not be looked at to the end", "",
      "Parsing or walking the text met a limit of the cell that it happens in.  What was "
      "found until then is listed; code of this shape does not run under the profile "
      "either.",
      "", ""}},
    {CL_RULE_TOO_MANY,
     {"CL0004", "too-many-findings", W, "has more findings than are listed", "",
      "A thousand findings of one text are listed, and no more.", "", ""}},
    {CL_RULE_ENCODING,
     {"CL0005", "unusual-encoding", W, "is the encoding that the text names", "",
      "CPython reads the text in this encoding, an editor may not: code can hide in what "
      "looks like a comment.  Save it as UTF-8.",
      "# coding: utf-7\nx = 1\n", "# coding: utf-8\nx = 1\n"}},
    {CL_RULE_HIDDEN_TEXT,
     {"CL0006", "hidden-text", E, "does not show, or reorders what is shown", "",
      "The text has characters that are invisible or that turn the direction of writing: "
      "what is read is not what is run (\"Trojan source\").  Write them as escapes.",
      "x = 'a\xe2\x80\xae'\n", "x = 'a\\u202e'\n"}},

    {CL_RULE_NET_IMPORT,
     {"CL1101", "network-import", N, "is a module for the network", "network.mode",
      "A cell without network.mode has no network at all; the import works, its use "
      "fails.",
      "import socket\n", "import json\n"}},
    {CL_RULE_NET_CALL,
     {"CL1102", "network-call", W, "speaks to the network", "network.mode",
      "Decide whether the code needs the network, and name the hosts in network.allow.",
      "from urllib.request import urlopen as u\nu('https://example.org')\n",
      "def urlopen(x):\n    return x\nurlopen('a')\n"}},
    {CL_RULE_TLS_OFF,
     {"CL1103", "no-certificate-check", E, "turns the check of certificates off", "",
      "Anybody on the way can read and change what is sent.  Add the authority to the "
      "trusted ones instead.",
      "import requests\nrequests.get('https://h', verify=False)\n",
      "import requests\nrequests.get('https://h', verify=True)\n"}},
    {CL_RULE_NET_CLEAR,
     {"CL1104", "clear-text-protocol", W, "sends passwords in clear text", "network.mode",
      "Use SSH or HTTPS.", "import telnetlib\n", "import tomllib\n"}},
    {CL_RULE_ALL_INTERFACES,
     {"CL1105", "all-interfaces", W, "is every address of the host", "network.mode",
      "A server that listens there can be reached from everywhere.  Listen on 127.0.0.1.",
      "HOST = '0.0.0.0'\n", "HOST = '127.0.0.1'\n"}},
    {CL_RULE_METADATA,
     {"CL1106", "metadata-address", E, "names a cloud's metadata service",
      "network.private_addresses",
      "That service hands out the machine's credentials to whoever asks from it.",
      "URL = 'http://169.254.169.254/latest/'\n", "URL = 'http://192.0.2.1/latest/'\n"}},

    {CL_RULE_PROC_IMPORT,
     {"CL1201", "process-import", N, "is a module for processes", "limits.processes",
      "A cell with limits.processes 0 can start none.", "import subprocess\n",
      "import statistics\n"}},
    {CL_RULE_PROC_CALL,
     {"CL1202", "process-call", W, "starts another process", "limits.processes",
      "Other programs are bound by the same cell, and need limits.processes.",
      "import subprocess as sp\nsp.run(['ls'])\n",
      "class sp:\n    run = print\nsp.run(['ls'])\n"}},
    {CL_RULE_SHELL,
     {"CL1203", "shell", E, "runs a line of shell", "limits.processes",
      "Whoever has a hand in the line runs what they like.  Give a list of words, without "
      "a shell.",
      "import os\nos.system('ls')\n", "import os\nos.path.join('l', 's')\n"}},
    {CL_RULE_SIGNAL,
     {"CL1204", "signal", W, "sends or handles a signal, or ends the process", "",
      "In a cell it reaches the code itself and nobody else; os._exit skips what was to be "
      "tidied up.",
      "import os\nos.kill(1, 9)\n", "import os\nos.getpid()\n"}},

    {CL_RULE_FILE_OPEN,
     {"CL1301", "file", N, "reads or opens files", "files.work",
      "A cell sees /work, /tmp and what the profile grants.",
      "with open('data.csv') as f:\n    print(f.read())\n",
      "def open(x):\n    return x\nopen('data.csv')\n"}},
    {CL_RULE_FILE_CHANGE,
     {"CL1302", "file-change", W, "changes or removes files", "files.work",
      "Only /work and /tmp of the run can be changed, and the directories of files.write.",
      "import shutil\nshutil.rmtree('x')\n", "import shutil\nshutil.which('x')\n"}},
    {CL_RULE_FILE_SECRET,
     {"CL1303", "sensitive-path", E, "is a place of secrets", "files.read",
      "Code of this kind has no business there.", "p = '/etc/shadow'\n",
      "p = '/etc/hostname'\n"}},
    {CL_RULE_TEMP_NAME,
     {"CL1304", "temporary-name", W, "makes a name that somebody else can take first", "",
      "Use tempfile.NamedTemporaryFile or mkstemp.", "import tempfile\ntempfile.mktemp()\n",
      "import tempfile\ntempfile.gettempdir()\n"}},
    {CL_RULE_ARCHIVE,
     {"CL1305", "archive", W, "unpacks an archive", "",
      "Names in an archive can lead out of the directory (\"../\").  Give filter='data', "
      "or look at each name.",
      "import tarfile\ntarfile.open('a.tar').extractall()\n",
      "import tarfile\ntarfile.open('a.tar').getnames()\n"}},
    {CL_RULE_ENVIRONMENT,
     {"CL1306", "environment", N, "looks at or changes the environment", "env",
      "A cell has an environment of its own: what env.pass and env.set give.",
      "import os\nprint(os.environ['HOME'])\n", "import os\nprint(os.sep)\n"}},

    {CL_RULE_DYNAMIC,
     {"CL1401", "dynamic-code", E, "runs text as code", "python.dynamic_code",
      "What that text is, no reading of the program tells.  For data use json.loads or "
      "ast.literal_eval.",
      "f = eval\nf('1')\n", "import ast\nast.literal_eval('1')\n"}},
    {CL_RULE_DYNAMIC_IMPORT,
     {"CL1402", "dynamic-import", W,
      "imports by a name made at run time, or changes where "
      "modules come from",
      "python.modules.allow", "Write an import statement.",
      "import importlib\nimportlib.import_module(input())\n",
      "import importlib.metadata\nimportlib.metadata.version('x')\n"}},
    {CL_RULE_CODE_OBJECT,
     {"CL1403", "code-object", E, "makes functions or modules out of parts", "",
      "Made code passes every check of the text.", "import types\ntypes.CodeType()\n",
      "import types\ntypes.SimpleNamespace()\n"}},
    {CL_RULE_GETATTR,
     {"CL1404", "computed-attribute", N, "takes an attribute by a name made at run time",
      "", "Which attribute that is, no reading of the program tells.",
      "getattr([], input())\n", "getattr([], 'append')\n"}},
    {CL_RULE_DECODED_CODE,
     {"CL1405", "decoded-code", E, "runs code that was packed, or comes from elsewhere", "",
      "Packed code has something to hide.",
      "import base64\nexec(base64.b64decode('cHJpbnQoKQ=='))\n",
      "import base64\nbase64.b64decode('cHJpbnQoKQ==')\n"}},

    {CL_RULE_PICKLE,
     {"CL1501", "deserialisation", E, "runs what the data tells it to", "",
      "Whoever writes the data runs code.  Use json.", "import pickle\npickle.loads(b'')\n",
      "import json\njson.loads('1')\n"}},
    {CL_RULE_YAML,
     {"CL1502", "unsafe-yaml", E, "makes objects of any class out of YAML", "",
      "Use yaml.safe_load.", "import yaml\nyaml.load('a')\n",
      "import yaml\nyaml.load('a', Loader=yaml.SafeLoader)\n"}},
    {CL_RULE_XML,
     {"CL1503", "xml", N, "parses XML, which can expand without end or name other files",
      "", "For XML of strangers use the package defusedxml.",
      "import xml.etree.ElementTree as ET\nET.fromstring('<a/>')\n",
      "import xml.sax.saxutils as u\nu.escape('<a/>')\n"}},

    {CL_RULE_ENDLESS,
     {"CL1601", "endless-loop", W, "does not end", "limits.wall",
      "No break, return or exception is seen that leaves it; limits.wall or limits.cpu "
      "ends it.",
      "while True:\n    pass\n", "while True:\n    if input():\n        break\n"}},
    {CL_RULE_LONG_LOOP,
     {"CL1602", "long-loop", W, "goes round a hundred million times or more", "limits.cpu",
      "CPython needs some seconds for it, and limits.loop_iterations may end it before.",
      "for i in range(10**5):\n    for j in range(10**4):\n        pass\n",
      "for i in range(10**5):\n    pass\n"}},
    {CL_RULE_HUGE,
     {"CL1603", "huge-value", W, "makes a value of ten megabytes or more at once",
      "limits.memory", "One operation takes all the memory, or all the time.",
      "x = 10 ** 10 ** 9\n", "x = 10 ** 9\n"}},
    {CL_RULE_SLEEP,
     {"CL1604", "long-sleep", N, "waits for more than a minute", "limits.wall",
      "limits.wall counts while the code sleeps.", "import time\ntime.sleep(3600)\n",
      "import time\ntime.sleep(0.1)\n"}},

    {CL_RULE_KEY,
     {"CL1701", "key", E, "stands in the text", "",
      "Whoever reads the text has the key.  Revoke it, and read it from the environment.",
      "# AKIA"
      "IOSFODNN7QWERTYU\n",
      "# AKIA is how they begin\n"}},
    {CL_RULE_PASSWORD,
     {"CL1702", "password", W, "is given a secret in the text", "",
      "Whoever reads the text has the secret.  Read it from the environment or a file.",
      "password = 'hunter22'\n", "password = input()\n"}},
    {CL_RULE_ENTROPY,
     {"CL1703", "random-text", W, "has a long random text, as keys are", "",
      "If it is a key, revoke it, and read it from elsewhere.",
      "x = 'q9Zr4Tz0LmPd7XcVb2Ng8HsKf1Jw5YuE'\n",
      "x = 'e3b0c44298fc1c149afbf4c8996fb924'\n"}},
    {CL_RULE_URL_PASSWORD,
     {"CL1704", "url-password", E, "has an address with a password in it", "",
      "Whoever reads the text, or a log of it, has the password.",
      "u = 'postgres://joe:s3cret@db/x'\n", "u = 'postgres://joe@db/x'\n"}},

    {CL_RULE_BAD_PACKAGE,
     {"CL1801", "bad-package", E,
      "is a name under which malware was offered, or one slip "
      "away from a popular package",
      "python.packages", "Check what is meant, and that it is not installed.",
      "import reqeusts\n", "import requests\n"}},
    {CL_RULE_LOOKALIKE,
     {"CL1802", "lookalike-package", W, "resembles the name of a popular package",
      "python.packages", "If it is no module of your own, check its name.",
      "import pandes\n", "import pandas\n"}},
    {CL_RULE_NATIVE_MEMORY,
     {"CL1803", "native-memory", W, "reaches memory and native code", "level",
      "Nothing of Python holds after that; only the kernel's layers do.", "import ctypes\n",
      "import array\n"}},
    {CL_RULE_OUTDATED,
     {"CL1804", "outdated-module", N, "is no longer in Python, or no longer cared for", "",
      "Use what replaced it.", "import imp\n", "import hashlib\n"}},
    {CL_RULE_INTERNALS,
     {"CL1805", "internals-import", N, "is a module for the interpreter's inside",
      "python.modules.allow", "Ordinary programs do not need it.", "import gc\n",
      "import math\n"}},

    {CL_RULE_ESCAPE_NAME,
     {"CL1901", "escape-attribute", E, "leads into the interpreter", "python.introspection",
      "From here code reaches every class, module and function of the process.",
      "().__class__.__base__.__subclasses__()\n",
      "class A:\n    def __init__(self):\n        super().__init__()\n"}},
    {CL_RULE_ESCAPE_TEXT,
     {"CL1902", "escape-text", W, "names the interpreter's inside in a string", "",
      "getattr and str.format find it there.",
      "'{0.__class__.__mro__}'.format(1)\n"
      "x = '__globals__'\n",
      "x = 'globals'\n"}},
    {CL_RULE_INSPECT,
     {"CL1903", "introspection", W, "looks into the running interpreter", "",
      "Frames and objects of others can be reached so.", "import sys\nsys._getframe()\n",
      "import sys\nprint(sys.version)\n"}},
    {CL_RULE_TAMPER,
     {"CL1904", "interpreter-state", N, "changes or reads the state of the interpreter", "",
      "What it changes holds for all code of the process.",
      "import sys\nsys.modules['os'] = None\n", "import sys\nprint(sys.maxsize)\n"}},

    {GUARD(SYNTAX),
     {"CL2001", "refused-form", E,
      "is refused by the profile: a form that is not available "
      "at level restricted",
      "", "No key allows it at level restricted.", "", ""}},
    {GUARD(SYNTAX_DENIED),
     {"CL2002", "denied-form", E, "is refused by the profile", "python.syntax.deny",
      "The policy denies this form of the language.", "", ""}},
    {GUARD(NAME),
     {"CL2003", "refused-name", E,
      "is refused by the profile: it leads into the "
      "interpreter",
      "", "No key allows it at level restricted.", "", ""}},
    {GUARD(INTROSPECTION),
     {"CL2004", "refused-introspection", E,
      "is refused by the profile: it looks into "
      "objects",
      "python.introspection", "python.introspection: read allows it.", "", ""}},
    {GUARD(MODULE),
     {"CL2005", "refused-module", E, "is refused by the profile: not among its modules",
      "python.modules.allow", "python.modules.allow decides which modules there are.", "",
      ""}},
    {GUARD(NATIVE),
     {"CL2006", "not-offered", E, "is refused by the profile: not offered at its level",
      "level", "What has native code, or leads to it, belongs to level isolated.", "", ""}},
    {GUARD(BUILTIN),
     {"CL2007", "refused-builtin", E, "is refused by the profile: not among its built-ins",
      "python.builtins.allow", "python.builtins.allow decides which built-ins there are.",
      "", ""}},
    {GUARD(DYNAMIC),
     {"CL2008", "refused-dynamic-code", E,
      "is refused by the profile: it runs text as code", "python.dynamic_code",
      "python.dynamic_code: true allows it, through the same check.", "", ""}},
    {GUARD(EVENT),
     {"CL2009", "refused-event", E, "is refused by the profile: code here never does it",
      "", "Seen while code runs only.", "", ""}},
    {CL_RULE_AUDITED,
     {"CL2101", "recorded-import", N, "is a module whose import the policy records",
      "python.modules.audit", "The import is allowed, and listed in the result.", "", ""}},
};

const size_t cl_scan_rule_count = CL_COUNT(cl_scan_rules);

const struct cloche_rule *
cl_scan_rule_find(enum cl_rule number)
{
    for (size_t i = 0; i < CL_COUNT(cl_scan_rules); i++) {
        if (cl_scan_rules[i].number == number) {
            return &cl_scan_rules[i].shown;
        }
    }
    return NULL;
}

const char *
cl_scan_rule_id(enum cl_rule number)
{
    const struct cloche_rule *rule = cl_scan_rule_find(number);
    return rule == NULL ? "" : rule->id;
}

const struct cloche_rule *
cloche_rule(size_t i)
{
    return i < CL_COUNT(cl_scan_rules) ? &cl_scan_rules[i].shown : NULL;
}

const char *
cloche_severity_name(enum cloche_severity severity)
{
    switch (severity) {
    case CLOCHE_SEVERITY_NOTE: return "note";
    case CLOCHE_SEVERITY_WARNING: return "warning";
    case CLOCHE_SEVERITY_ERROR: return "error";
    }
    return "error";
}

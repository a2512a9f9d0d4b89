# SPDX-License-Identifier: Apache-2.0
"""`cloche scan`: each rule by its examples, the three formats, exit statuses, and
texts that are none."""
import json
import os
import pathlib
import re
import unittest
import urllib.parse

from support import SOURCE, CliTest, Terminal, binary, jsonschema

SCHEMA = json.loads((SOURCE / "docs" / "scan.schema.json").read_text())

# What a rule is about beyond its examples: (rule, code that it finds, code that it
# does not find).  Each line here is a way round that was tried.
WAYS = (
    ("CL1203", "import os as o\no.system('x')", "import os as o\no.getpid()"),
    ("CL1203", "from os import system as s\ns('x')", "from os import sep as s\nprint(s)"),
    ("CL1203", "import os\nf = os.system\nf('x')", "import os\nf = os.getpid\nf()"),
    ("CL1203", "import os\nlist(map(os.system, 'x'))", "import os\nlist(map(len, 'x'))"),
    ("CL1203", "from os import *\nsystem('x')", "from os import *\ngetpid()"),
    ("CL1203", "getattr(__import__('os'), 'sys' 'tem')('x')", "getattr(x, 'system')('x')"),
    ("CL1203", "import os\ngetattr(os, 'sys' + 'tem')('x')", "import os\ngetattr(os, 'sep')"),
    ("CL1203", "import os\nos.__dict__['system']('x')", "d = {}\nd['system']('x')"),
    ("CL1203", "import sys\nsys.modules['os'].system('x')", "import sys\nsys.path"),
    ("CL1203", "import importlib\nimportlib.import_module('os').system('x')",
     "import importlib\nimportlib.import_module('math').sqrt(2)"),
    ("CL1203", "import os\nvars(os)['popen']('x')", "import os\nvars(os)['sep']"),
    ("CL1203", "def f():\n    os.system('x')\nimport os", "def f(os):\n    os.system('x')"),
    ("CL1203", "import os\nclass A:\n    def m(self):\n        os.system('x')",
     "class os:\n    system = print\nos.system('x')"),
    ("CL1203", "try:\n    import os\nexcept ImportError:\n    os = None\nos.system('x')",
     "os = None\nos.system('x')"),
    ("CL1203", "if (o := __import__('os')): o.system('x')", "if (o := 1): o.system('x')"),
    ("CL1203", "import os\na, b = os.system, 1\na('x')", "import os\na, b = 1, os.getpid\na"),
    ("CL1203", "import subprocess as s\ns.run('x', shell=True)",
     "import subprocess as s\ns.run(['x'], shell=False)"),
    ("CL1401", "__builtins__['eval']('1')", "x['eval']('1')"),
    ("CL1401", "import builtins\nbuiltins.exec('1')", "def exec(x): pass\nexec('1')"),
    ("CL1401", "(lambda f: f('1'))(eval)", "(lambda eval: eval('1'))(print)"),
    ("CL1401", "[f('1') for f in (eval,)]", "[eval('1') for eval in (print,)]"),
    ("CL1401", "globals()['ev' 'al']('1')", "globals()['x']('1')"),
    ("CL1405", "import zlib as z\nexec(z.decompress(b'').decode())", "exec('1')"),
    ("CL1501", "import numpy as np\nnp.load('x', allow_pickle=True)",
     "import numpy as np\nnp.load('x', allow_pickle=False)"),
    ("CL1601", "while 1:\n    for x in y:\n        break", "while 1:\n    if x: break"),
    ("CL1601", "import itertools\nfor i in itertools.count():\n    pass",
     "import itertools\nfor i in itertools.count():\n    if i > 3: break"),
    ("CL1601", "while True:\n    def f(): return 1", "def g():\n    while True:\n        yield 1"),
    ("CL1601", "while 'x':\n    pass", "import sys\nwhile True:\n    sys.exit()"),
    ("CL1602", "[1 for a in range(10**4) for b in range(10**4)]",
     "[1 for a in range(10**4)]\n[1 for b in range(10**4)]"),
    ("CL1602", "for i in range(0, 10**9, 2): pass", "for i in range(0, 10**9, 10**6): pass"),
    ("CL1602", "for a in range(10**5):\n    for b in range(10**3): pass",
     "for a in range(10**5):\n    def f():\n        for b in range(10**3): pass"),
    ("CL1603", "x = 'a' * 10 ** 9", "x = 'a' * 1000"),
    ("CL1603", "x = 1 << 10 ** 9", "x = 1 << 10"),
    ("CL1603", "x = [0] * (1 << 40)", "x = 2.5 * (1 << 40)"),
    ("CL1701", "x = 'ghp_' 'a'\n# ghp_" + "a1B2" * 9, "# ghp_short"),
    ("CL1701", "-----BEGIN\n".replace("-----BEGIN\n", "'''-----BEGIN RSA PRIVATE KEY-----'''"),
     "'''-----BEGIN PUBLIC KEY-----'''"),
    ("CL1702", "connect(passwd='hunter22')", "connect(passwd=ask())"),
    ("CL1702", "x = {'api_key': 'hunter22'}", "x = {'api_key': ''}"),
    ("CL1702", "def f(user, password='hunter22'): pass", "def f(user, password=None): pass"),
    ("CL1702", "c['secret'] = b'hunter22'", "c['secret'] = '<secret>'"),
    ("CL1702", "self.db_password = 'hunter22'", "password_file = '/run/hunter22'"),
    ("CL1801", "from reqeusts import get", "from .reqeusts import get"),
    ("CL1802", "import nunpyx, numpyy", "import numpy, click, clock, models, utils"),
    ("CL1901", "getattr(f, '__glo' 'bals__')", "getattr(f, 'globals')"),
    ("CL1901", "f.gi_frame.f_back", "f.frame.back"),
    ("CL1902", "'{0.__class__.__init__.__globals__}'.format(1)",
     "class A:\n    '''has __globals__ in its text'''"),
    ("CL1101", "from urllib import request", "from urllib import parse"),
    ("CL1101", "from http import client as c", "from http import HTTPStatus"),
    ("CL1106", "u = 'http://metadata.google.internal/'", "u = 'http://google.example/'"),
    ("CL1303", "open('/proc/self/mem', 'wb')", "open('/proc/cpuinfo')"),
    ("CL1704", "u = 'https://u:p4ss@h/'", "u = 'https://h/a:b@c'"),
    ("CL0005", "#!/usr/bin/python\n# -*- coding: utf-7 -*-\n", "x = 1\n# coding: utf-7\n"),
)

# Bytes that are no ordinary text: the rules that are found in them.
TEXTS = {
    "empty": (b"", []),
    "blank": (b"\n\n  \n", []),
    "nul": (b"x = 1\0\n", ["CL0001"]),
    "bom": (b"\xef\xbb\xbfeval(1)\n", ["CL1401"]),
    "not UTF-8": (b"x = '\xff'\n", ["CL0001"]),
    "latin-1, and says so": (b"# coding: latin-1\nx = '\xe9'; eval(1)\n", ["CL0005", "CL1401"]),
    "no encoding": (b"# coding: nonsense\nx\n", ["CL0001", "CL0005"]),
    "hidden by utf-7": (b"# coding: utf-7\n#+AAo-eval(1)\n", ["CL0005", "CL1401"]),
    "a tab too many": (b"if x:\n\ty\n        z\n", ["CL0001"]),
    "deep": (b"x = " + b"(" * 500 + b")" * 500, ["CL0001"]),
    "deeper than the walk": (b"x = a" + b".a" * 50000, ["CL0003"]),
    "256 KiB": (b"#" * 262144, []),
    "256 KiB and one": (b"#" * 262145, ["CL0002"]),
    "lone surrogates": (b"x = '\\ud800'; y = {'\\ud800': '\\udfff'}; eval(1)", ["CL1401"]),
    "lines end in CR": (b"x = 1\reval(1)\r\nx\n", ["CL1401"]),
    "a number past float": (b"for i in range(10**400): pass\n", ["CL1602"]),
    "a form feed": (b"\x0ceval(1)\n", ["CL1401"]),
    "identifiers of all alphabets": ("größe = 日本 = переменная = eval".encode(), ["CL1401"]),
    "a name that NFKC makes eval": ("ｅｖａｌ(1)".encode(), ["CL1401"]),
}


class Scan(CliTest):
    def scan(self, code, *args, status=None):
        """The findings of one text, of the object that validates."""
        if isinstance(code, str):
            code = code.encode()
        done = self.cloche("scan", "--json", *args, "-", input=code)
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.stdout.count(b"\n"), 1)
        value = json.loads(done.stdout)
        jsonschema().Draft202012Validator(SCHEMA).validate(value)
        findings = value["files"][0]["findings"]
        worst = {f["severity"] for f in findings}
        self.assertEqual(done.returncode, 1 if "error" in worst else 0)
        return findings

    def ids(self, code, *args):
        return [f["rule"] for f in self.scan(code, *args)]

    def test_each_rule_finds_its_example_and_passes_the_other(self):
        done = self.check(0, "scan", "--rules", "--json")
        rules = json.loads(done.stdout)["rules"]
        files = []
        for rule in rules:
            for kind in ("finds", "passes"):
                if rule[kind]:
                    files.append(self.write(f"{rule['id']}_{kind}.py", rule[kind]))
        self.assertGreater(len(files), 80)
        done = self.check(1, "scan", "--json", *files)
        for row in json.loads(done.stdout)["files"]:
            rule, kind = pathlib.Path(row["file"]).stem.split("_")
            found = {f["rule"] for f in row["findings"]}
            with self.subTest(rule=rule, kind=kind):
                self.assertEqual(rule in found, kind == "finds", found)

    def test_ways_round_a_rule(self):
        for rule, finds, passes in WAYS:
            with self.subTest(rule=rule, code=finds):
                self.assertIn(rule, self.ids(finds))
            with self.subTest(rule=rule, code=passes):
                self.assertNotIn(rule, self.ids(passes))

    def test_texts_that_are_none(self):
        for name, (code, expected) in TEXTS.items():
            with self.subTest(text=name):
                self.assertEqual(sorted(self.ids(code)), expected)

    def test_places_are_in_characters(self):
        (found,) = self.scan("x = 'größe 日本'; eval(\n  1)\n")
        self.assertEqual((found["line"], found["column"]), (1, 17))
        self.assertEqual((found["end_line"], found["end_column"]), (1, 21))
        (found,) = self.scan("\ufeffx = '\U0001f600'; eval(1)\r\n")
        self.assertEqual((found["line"], found["column"]), (1, 10))

    def test_nothing_of_the_code_runs(self):
        for code in ("print('ran')", "raise SystemExit(7)", "while True: pass",
                     "import os; os._exit(3)", "@print\ndef f(x=print('ran')): pass"):
            with self.subTest(code=code):
                done = self.cloche("scan", "-", input=code)
                self.assertNotIn(b"ran\n", done.stdout.splitlines(keepends=True))
                self.assertIn(done.returncode, (0, 1))

    def test_findings_end_after_a_thousand(self):
        found = self.ids("eval(1);" * 3000)
        self.assertEqual(len(found), 1001)
        self.assertEqual(found.count("CL0004"), 1)

    def test_fail_on(self):
        code = "import socket\nwhile True: pass\n"  # a note and a warning
        for severity, status in (("error", 0), ("warning", 1), ("note", 1)):
            self.check(status, "scan", "--fail-on", severity, "-", input=code)
        self.check(0, "scan", "-", input=code)
        self.check(1, "scan", "-", input="eval(1)")
        self.check(0, "scan", "--fail-on", "note", "-", input="x = 1")

    def test_fingerprints_move_with_their_lines(self):
        a = self.scan("eval(1)\neval(1)\nexec(2)\n")
        b = self.scan("# more\n\n  \neval(1)\n\neval(1)\nexec(2)\n")
        self.assertEqual([f["fingerprint"] for f in a], [f["fingerprint"] for f in b])
        self.assertEqual(len({f["fingerprint"] for f in a}), 3)

    def test_text_has_the_line_and_carets(self):
        path = self.write("a.py", "if x:\n\tös = eval(  '\x1b[31m')\n")
        done = self.check(1, "scan", path)
        self.assertEqual(done.stdout.decode().splitlines(), [
            f"{path}:2:7: error: 'eval' runs text as code [CL1401 dynamic-code]",
            "     2 |         ös = eval(  '^[[31m')",
            "       |              ^~~~",
            "1 error in 1 file",
        ])
        self.assertEqual(done.stderr, b"")

    def test_text_for_a_long_line_shows_what_is_marked(self):
        done = self.check(1, "scan", "-", input="x = '" + "y" * 5000 + "'; eval(1)\n")
        lines = done.stdout.decode().splitlines()
        self.assertLess(max(map(len, lines)), 140)
        self.assertEqual(lines[2].index("^"), lines[1].index("eval"))

    def test_wide_characters_take_two_columns(self):
        done = self.check(1, "scan", "-", input="x = '日本'; eval(1)\n")
        lines = done.stdout.decode().splitlines()
        self.assertEqual(lines[2].index("^"), lines[1].index("eval") + 2)

    def test_a_secret_is_not_repeated(self):
        key = "ghp_" + "a1B2" * 9
        code = f"import os; os.system('{key}'); password = 'hunter2222'\n"
        for form in ("text", "json", "sarif"):
            done = self.check(1, "scan", "--format", form, "-", input=code)
            self.assertNotIn(key.encode(), done.stdout)
            self.assertNotIn(b"hunter2222", done.stdout)

    def test_a_hostile_name_of_a_file_is_shown_harmless(self):
        path = self.write("a\n\x1b[2J.py", "eval(1)")
        done = self.check(1, "scan", path)
        self.assertNotIn(b"\x1b", done.stdout)
        self.assertEqual(done.stdout.count(b"\n"), 4)

    def test_colours_only_on_a_terminal(self):
        path = self.write("a.py", "eval(1)\n")
        for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
            terminal = Terminal([binary(), "scan", path], self.dir, self.env(**env))
            self.addCleanup(terminal.close)
            self.assertEqual(terminal.wait(), 1)
            self.assertEqual(b"\x1b[" in terminal.seen, coloured)

    def test_several_files(self):
        a = self.write("a.py", "eval(1)\n")
        b = self.write("b.py", "x = 1\n")
        c = self.write("c.py", "x = (\n")
        done = self.check(1, "scan", "--json", a, b, "-", c, input="exec(1)")
        value = json.loads(done.stdout)
        self.assertEqual([(row["file"], [f["rule"] for f in row["findings"]])
                          for row in value["files"]],
                         [(a, ["CL1401"]), (b, []), ("<stdin>", ["CL1401"]),
                          (c, ["CL0001"])])
        self.assertEqual(value["summary"], {"error": 3, "warning": 0, "note": 0})

    def test_standard_input_is_the_default(self):
        self.check(1, "scan", input="eval(1)")

    def test_mistakes(self):
        path = self.write("a.py", "x = 1\n")
        for args, part in (
            ([str(self.dir)], "is a directory; name its files"),
            (["nothing.py"], "cannot read 'nothing.py'"),
            ([path, "--format", "xml"], "is not text, json or sarif"),
            ([path, "--fail-on", "fatal"], "is not note, warning or error"),
            (["-", "-"], "more than once"),
            (["--rules", path], "looks at no file"),
            (["--rules", "--format", "sarif"], "looks at no file"),
            (["--json", "--format", "text", path], "another --format"),
            (["-p", "nobody", path], "no profile 'nobody'"),
        ):
            with self.subTest(args=args):
                done = self.check(2, "scan", *args)
                self.assertIn(part, (done.stderr + done.stdout).decode())
        error = self.failure("scan", "--json", "nothing.py")
        self.assertEqual(error["code"], "EINPUT")
        done = self.check(2, "scan", "--format", "sarif", "nothing.py")
        self.assertIn("error", json.loads(done.stdout))

    def test_a_host_without_helpers(self):
        path = self.write("a.py", "x = 1\n")
        self.check(125, "scan", path, env={"CLOCHE_HELPER_DIR": str(self.dir)})

    def test_rules_are_listed(self):
        done = self.check(0, "scan", "--rules")
        rules = json.loads(self.check(0, "scan", "--rules", "--json").stdout)["rules"]
        listed = [line.split()[0] for line in done.stdout.decode().splitlines()]
        self.assertEqual(listed, [rule["id"] for rule in rules])
        self.assertEqual(listed, sorted(set(listed)))


class Profile(CliTest):
    """--profile: what the kernel's layers refuse, at level isolated."""

    def refused(self, profile, code):
        done = self.cloche("scan", "--json", "-p", profile, "-", input=code)
        value = json.loads(done.stdout)
        jsonschema().Draft202012Validator(SCHEMA).validate(value)
        self.assertEqual(value["profile"], profile)
        return {f["rule"]: f["hint"] for f in value["files"][0]["findings"] if f["refused"]}

    def test_isolated(self):
        code = "import subprocess, socket\nsubprocess.run(['x'])\nsocket.socket()\n"
        self.assertEqual(self.refused("isolated", code), {
            "CL1102": "set profiles.isolated.network.mode (now none)",
            "CL1202": "raise profiles.isolated.limits.processes (now 0)"})
        self.assertEqual(self.refused("agent", "import subprocess\nsubprocess.run(['x'])"), {})

    def test_what_the_policy_records_at_level_trusted(self):
        policy = self.write("policy.yaml", "version: 1\nprofiles:\n  mine:\n"
                            "    extends: admin\n    python: {modules: {audit: [json]}}\n")
        done = self.cloche("scan", "--json", "--policy", policy, "-p", "mine", "-",
                           input="import json, socket")
        found = {f["rule"] for f in json.loads(done.stdout)["files"][0]["findings"]}
        self.assertEqual(found, {"CL2101", "CL1101"}, done)


def sarif_schema():
    """The schema of SARIF 2.1.0, of npm's @microsoft/jest-sarif; see ./dev."""
    path = os.environ.get("CLOCHE_SARIF_SCHEMA", "")
    if not os.path.isfile(path):
        raise unittest.SkipTest("the schema of SARIF is not here: ./dev check fetches it with npm")
    return json.loads(pathlib.Path(path).read_text())


class Sarif(CliTest):
    CODE = ("import socket, reqeusts\neval(1)\nwhile True: pass\nx = 'größe'; exec(2)\n")

    def log(self, *args, **options):
        done = self.cloche("scan", "--format", "sarif", *args, **options)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertEqual(done.stdout.count(b"\n"), 1)
        return json.loads(done.stdout)

    def texts(self):
        return [self.write("a b%ü.py", self.CODE), self.write("c.py", "x = (\n"),
                self.write("empty.py", ""), "-"]

    def test_a_log_validates(self):
        schema = sarif_schema()
        check = jsonschema().Draft7Validator(schema)
        for log in (self.log(*self.texts(), input="#" * 262145),
                    self.log("-p", "page", "-", input=self.CODE),
                    self.log("-", input="")):
            self.assertEqual([e.message for e in check.iter_errors(log)], [])

    def test_what_the_standard_demands_beyond_its_schema(self):
        log = self.log(*self.texts(), input="#" * 262145)
        self.assertEqual(log["version"], "2.1.0")
        self.assertEqual(len(log["runs"]), 1)
        run = log["runs"][0]
        driver = run["tool"]["driver"]
        self.assertEqual(run["columnKind"], "unicodeCodePoints")
        self.assertRegex(driver["semanticVersion"], r"^\d+\.\d+\.\d+")
        ids = [rule["id"] for rule in driver["rules"]]
        self.assertEqual(len(ids), len(set(ids)))
        for rule in driver["rules"]:
            for part in ("shortDescription", "fullDescription", "help"):
                self.assertTrue(rule[part]["text"].endswith("."), rule)
        self.assertFalse(run["invocations"][0]["executionSuccessful"], "one is too large")
        self.assertGreater(len(run["results"]), 5)
        for result in run["results"]:
            self.assertEqual(ids[result["ruleIndex"]], result["ruleId"])
            self.assertIn(result["level"], ("note", "warning", "error"))
            self.assertNotIn("\n", result["message"]["text"])
            self.assertEqual(list(result["partialFingerprints"]), ["clocheLine/v1"])
            (location,) = result["locations"]
            place = location["physicalLocation"]["artifactLocation"]
            artifact = run["artifacts"][place["index"]]
            self.assertEqual(artifact["location"]["uri"], place["uri"])
            region = location["physicalLocation"].get("region")
            if region is not None and "endLine" in region:
                self.assertLessEqual((region["startLine"], region["startColumn"]),
                                     (region["endLine"], region["endColumn"]))

    def test_uris_are_escaped(self):
        paths = self.texts()[:2]
        log = self.log(*paths, *[os.path.basename(p) for p in paths])
        uris = [a["location"]["uri"] for a in log["runs"][0]["artifacts"]]
        for uri in uris:
            self.assertTrue(re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()*+,;=@/:-]|%[0-9A-F]{2})+", uri), uri)
        self.assertEqual([urllib.parse.unquote(urllib.parse.urlsplit(u).path) for u in uris],
                         paths + [os.path.basename(p) for p in paths])
        self.assertEqual([urllib.parse.urlsplit(u).scheme for u in uris],
                         ["file", "file", "", ""])
        (artifact,) = self.log("-", input="x:y")["runs"][0]["artifacts"]
        self.assertEqual(artifact["location"]["uri"], "%3Cstdin%3E")

    def test_columns_are_code_points(self):
        log = self.log("-", input="x = '\U0001f600'; eval(1)\n")
        (result,) = log["runs"][0]["results"]
        region = result["locations"][0]["physicalLocation"]["region"]
        self.assertEqual((region["startColumn"], region["endColumn"]), (10, 14))


class Shadow(CliTest):
    """`cloche run --shadow`."""

    def test_nothing_differs(self):
        done = self.check(0, "run", "--shadow", "judge", "-c", "print(input())", input="hello\n")
        self.assertEqual(done.stdout, b"hello\n")
        self.assertEqual(done.stderr, b"cloche: shadow: under judge nothing would differ\n")

    def test_what_differs_is_told(self):
        code = "import os\nprint('a')\nprint(os.getcwd())\nprint('z')\n3\n"
        done = self.check(0, "run", "--shadow", "page", "-", input=code)
        self.assertEqual(done.stdout, b"a\n/work\nz\n")
        told = done.stderr.decode()
        self.assertIn("under page the outcome would differ:\n  - ok\n  + ", told)
        self.assertIn("the exit status would differ:\n  - 0\n  + ", told)
        self.assertIn("the value would differ:\n  - 3\n  + \n", told)
        self.assertIn("the stdout would differ from line 1:\n  - a\n  - /work\n  - z\n", told)
        self.assertIn("the denials would differ from line 1:\n  + import os (guard", told)

    def test_only_the_lines_that_differ_are_shown(self):
        code = ("print('same')\ntry:\n    open('/work/x', 'w')\n    print('made')\n"
                "except OSError:\n    print('none')\nprint('same too')\n")
        policy = self.write("p.yaml", "version: 1\nprofiles:\n  bare:\n    extends: isolated\n"
                            "    files: {work: none}\n")
        done = self.cloche("run", "--policy", policy, "--shadow", "bare", "-", input=code)
        told = done.stderr.decode()
        self.assertNotIn("same", told)
        self.assertIn("the stdout would differ from line 2:\n  - made\n  + none\n", told)

    def test_both_read_the_same_input_and_the_status_is_the_first_ones(self):
        code = "import sys\nprint(len(sys.stdin.read()))\nsys.exit(5)\n"
        script = self.write("s.py", code)
        done = self.check(5, "run", "--json", "--shadow", "judge", script, input="x" * 200000)
        value = json.loads(done.stdout)
        self.assertEqual(done.stdout.count(b"\n"), 1)
        self.assertEqual(set(value), {"result", "shadow", "profile", "differences"})
        self.assertEqual(value["result"]["stdout"], "200000\n")
        self.assertEqual(value["shadow"]["stdout"], "200000\n")
        self.assertEqual((value["profile"], value["differences"]), ("judge", []))
        self.assertEqual(value["shadow"]["profile"], "judge")

    def test_both_results_are_whole(self):
        from support import validate
        done = self.check(0, "run", "--json", "--shadow", "page", "-c", "import os; x = 1; x")
        value = json.loads(done.stdout)
        validate(value["result"])
        validate(value["shadow"])
        self.assertEqual(value["result"]["value"], 1)
        self.assertIn("denials", value["differences"])

    def test_a_profile_that_there_is_not(self):
        done = self.check(2, "run", "--shadow", "nobody", "-c", "print(1)")
        self.assertIn(b"no profile 'nobody'", done.stderr)


if __name__ == "__main__":
    unittest.main()

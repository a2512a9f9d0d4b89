# SPDX-License-Identifier: Apache-2.0
"""What a scan says a restricted profile would refuse is what it refuses; a run's
denials and a scan's findings have one vocabulary; and kill_after ends a run."""
import json
import unittest

from restricted import RestrictedTest

from support import SOURCE, jsonschema

SCHEMA = json.loads((SOURCE / "docs" / "scan.schema.json").read_text())

# Refused by the check of the tree, before anything runs: code, rules.
FORMS = (
    ("async def f():\n    pass\n", {"CL2001"}),
    ("x = ().__class__.__base__\n", {"CL2003"}),
    ("def f(): pass\nx = f.__qualname__\n", {"CL2004"}),
    ("def f(__globals__):\n    pass\n", {"CL2003"}),
    ("open('x')\n", {"CL2007"}),
    ("eval('1')\n", {"CL2008"}),
    ("breakpoint()\n", {"CL2007"}),
)
# Refused while it runs.
IMPORTS = (
    ("import os\n", "CL2006"),
    ("import os.path\n", "CL2006"),
    ("from subprocess import run\n", "CL2006"),
    ("import numpy as np\n", "CL2006"),
    ("import statistics\n", "CL2005"),
    ("from collections.abc import Mapping\n", "CL2005"),
    ("from traceback import print_stack\n", "CL2006"),
    ("import json\njson.decoder\n", "CL2006"),
)
# Neither refuses anything of it.
ALLOWED = (
    "import math, json\nfrom collections import Counter\nprint(math.sqrt(json.loads('4')))\n",
    "from __future__ import annotations\nx: int = 1\n",
    "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.format_exc()\n",
    "from math import *\nprint(sqrt(4))\n",
    "import datetime as d\nd.datetime(2020, 1, 1).isoformat()\n",
    "class A:\n    def __init__(self):\n        super().__init__()\n        self.os = 1\nA().os\n",
)


class Scan(RestrictedTest):
    def findings(self, code, **profile):
        """The refusals that a scan under `page`, changed so, tells of."""
        profile.setdefault("extends", "page")
        policy = self.policy({}, **profile)
        done = self.cloche("scan", "--json", "--policy", policy, "-p", "test", "-", input=code)
        value = json.loads(done.stdout)
        jsonschema().Draft202012Validator(SCHEMA).validate(value)
        return [f for f in value["files"][0]["findings"] if f["rule"].startswith("CL2")]

    def assert_same_places(self, value, found):
        told = {(d["rule_id"], d["line"], d["column"]) for d in value["denials"]}
        seen = {(f["rule"], f["line"], f["column"]) for f in found}
        self.assertEqual(told, seen)

    def test_forms_are_found_where_the_check_refuses_them(self):
        for code, rules in FORMS:
            with self.subTest(code=code):
                found = self.findings(code)
                self.assertEqual({f["rule"] for f in found}, rules)
                self.assertTrue(all(f["refused"] for f in found))
                value = self.run_code(code, python={})
                self.assertEqual(value["outcome"], "denied")
                self.assert_same_places(value, found)
                hints = {f["hint"] for f in found}
                self.assertEqual(hints, {d["hint"] for d in value["denials"]})

    def test_a_scan_tells_the_sentence_that_the_run_does(self):
        (found,) = self.findings("async def f():\n    pass\n")
        value = self.run_code("async def f():\n    pass\n", python={})
        self.assertIn(found["message"], value["error"]["message"])

    def test_imports_are_found_where_they_are_refused(self):
        for code, rule in IMPORTS:
            with self.subTest(code=code):
                found = self.findings(code)
                self.assertEqual([f["rule"] for f in found], [rule])
                value = self.run_code(code, python={})
                self.assertEqual([d["rule_id"] for d in value["denials"]], [rule])
                self.assertEqual(value["denials"][0]["line"], found[0]["line"])

    def test_what_runs_is_not_refused(self):
        for code in ALLOWED:
            with self.subTest(code=code):
                self.assertEqual(self.findings(code), [])
                self.ok(code, python={})

    def test_the_policy_decides(self):
        code = "import statistics\ndef f(): return eval('1')\nx = f.__qualname__\n"
        allowed = {"modules": {"allow": ["statistics"]}, "dynamic_code": True,
                   "introspection": "read"}
        self.assertEqual(self.findings(code, python=allowed), [])
        denied = {"syntax": {"deny": ["Lambda"]}}
        (found,) = self.findings("f = lambda: 1\n", python=denied)
        self.assertEqual((found["rule"], found["column"], found["end_column"]),
                         ("CL2002", 5, 14))

    def test_nothing_runs_here_either(self):
        done = self.cloche("scan", "-p", "page", "-", input="print('ran')\n1 / 0\n")
        self.assertEqual((done.returncode, done.stdout), (0, b"nothing found in 1 file\n"))


class RuleIds(RestrictedTest):
    """Denials and audited events carry the ids of the rules that a scan has."""

    def test_denials_of_the_kernel_s_layers(self):
        code = ("import socket, os\n"
                "for f in (lambda: socket.socket(), os.fork, lambda: open('/usr/x', 'w'),\n"
                "          lambda: os.chroot('/')):\n"
                "    try:\n        f()\n    except OSError:\n        pass\n")
        value = super(RestrictedTest, self).run_code(code)
        ids = [(d["layer"], d["rule"], d["rule_id"]) for d in value["denials"]]
        for row in (("seccomp", "network.mode", "CL1102"),
                    ("seccomp", "limits.processes", "CL1202"),
                    ("mount", None, "CL1302"), ("seccomp", None, None)):
            self.assertIn(row, ids)  # a sanitizer's runtime has acts of its own

    def test_audited_imports_and_processes(self):
        code = "import socket, json, subprocess\nsubprocess.run(['true'])\n"
        policy = self.policy({}, extends="admin",
                             python={"modules": {"audit": ["json", "socket"]}})
        value = self.result("--policy", policy, "-", input=code)
        ids = {(a["event"], a["what"].split()[0].strip("[]'")): a["rule_id"]
               for a in value["audited"]}
        self.assertEqual(ids[("import", "socket")], "CL1101")
        self.assertEqual(ids[("import", "json")], "CL2101")
        self.assertEqual(ids[("process", "true")], "CL1202")


class KillAfter(RestrictedTest):
    """on_violation.kill_after"""

    def run_killed(self, code, kill_after, **profile):
        profile.setdefault("extends", "page")
        policy = self.policy({}, on_violation={"kill_after": kill_after}, **profile)
        value = self.result("--policy", policy, "-", input=code)
        self.check_status(value)
        return value

    def test_refused_imports_end_a_run_when_there_were_enough(self):
        code = ("n = 0\nfor i in range(5):\n    try:\n        import os\n"
                "    except ImportError:\n        n += 1\nprint(n)\n")
        for kill_after, outcome in ((1, "denied"), (5, "denied"), (6, "ok")):
            with self.subTest(kill_after=kill_after):
                value = self.run_killed(code, kill_after)
                self.assertEqual(value["outcome"], outcome, value["reason"])
                self.assertEqual(sum(d["count"] for d in value["denials"]),
                                 min(kill_after, 5))

    def test_the_last_act_is_blamed(self):
        code = ("for name in ('a', 'b', 'c'):\n"
                "    for i in (1, 2):\n        try:\n            import os\n"
                "        except ImportError:\n            pass\n"
                "    try:\n        import sys\n    except ImportError:\n        pass\n")
        # os os sys os os sys: the fourth is os, though sys is the last row.
        value = self.run_killed(code, 4)
        self.assertEqual(value["outcome"], "denied")
        self.assertIn("import os was refused at line 4 by guard", value["reason"])
        self.assertEqual([d["count"] for d in value["denials"]], [3, 1])

    def test_names_made_at_run_time_count_with_imports(self):
        code = ("for f in (lambda: getattr(1, '__class__'),\n"
                "          lambda: '{0.__class__}'.format(1)):\n"
                "    try:\n        f()\n    except (AttributeError, ValueError):\n"
                "        pass\n"
                "try:\n    import os\nexcept ImportError:\n    pass\nprint('end')\n")
        python = {"builtins": {"allow": ["getattr"]}}
        value = self.run_killed(code, 3, python=python)
        self.assertEqual(value["outcome"], "denied", value["denials"])
        value = self.run_killed(code, 4, python=python)
        self.assertEqual((value["outcome"], value["stdout"]), ("ok", "end\n"))

    def test_an_endless_catcher_is_ended(self):
        code = ("while True:\n    try:\n        import os\n"
                "    except BaseException:\n        pass\n")
        value = self.run_killed(code, 20)
        self.assertEqual(value["outcome"], "denied")

    def test_a_scan_is_not_ended_by_what_it_finds(self):
        policy = self.policy({}, extends="page", on_violation={"kill_after": 1})
        done = self.cloche("scan", "--json", "--policy", policy, "-p", "test", "-",
                           input="import os\nimport sys\nopen('x')\neval('1')\n")
        found = json.loads(done.stdout)["files"][0]["findings"]
        rules = [f["rule"] for f in found if f["rule"].startswith("CL2")]
        self.assertEqual(rules, ["CL2006", "CL2006", "CL2007", "CL2008"])

    def test_refused_system_calls_count_at_level_isolated(self):
        code = ("import socket\nfor i in range(9):\n    try:\n        socket.socket()\n"
                "    except OSError:\n        pass\n")
        for kill_after, outcome in ((4, "denied"), (10, "ok")):
            value = self.run_killed(code, kill_after, extends="isolated")
            self.assertEqual(value["outcome"], outcome)


if __name__ == "__main__":
    unittest.main()

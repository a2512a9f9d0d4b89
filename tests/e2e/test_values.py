# SPDX-License-Identifier: Apache-2.0
"""What a run leaves: the last expression's value, variables, files."""
import __future__
import ast
import hashlib
import os
import re
import unittest

from cells import CellTest

VALUES = (
    ("None", None),
    ("True", True),
    ("False", False),
    ("0", 0),
    ("-5", -5),
    ("2**63 - 1", 2**63 - 1),
    ("-2**63", -(2**63)),
    ("1.5", 1.5),
    ("-0.0", -0.0),
    ("1e300", 1e300),
    ("5e-324", 5e-324),
    ("''", ""),
    ("'text é 🎉'", "text é 🎉"),
    ("'\\x00\\n'", "\x00\n"),
    ("[]", []),
    ("[1, [2, [3]]]", [1, [2, [3]]]),
    ("(1, 'a')", [1, "a"]),
    ("()", []),
    ("{}", {}),
    ("{'a': {'b': [None]}}", {"a": {"b": [None]}}),
    ("{'': 0}", {"": 0}),
)
NO_FORM = (
    "2**64",
    "-2**63 - 1",
    "float('nan')",
    "float('inf')",
    "-float('inf')",
    "{1, 2}",
    "object",
    "b'bytes'",
    "1j",
    "range(3)",
    "{1: 2}",
    "{(1,): 2}",
    "[1, {2}]",
    "'\\ud800'",
    "{'\\ud800': 1}",
    "...",
    "lambda: 0",
    "[float('nan')]",
    "__import__('decimal').Decimal(1)",
)

# Where the last statement begins is not always where the last line does.
LAST = (
    "1; 2",
    "x = 1; x",
    "x = 1\nx",
    "x = 1\nx\n\n# the end\n",
    "x = 1\nx # the end",
    "x = 1\nx\n  # the end\n\t\n",
    "x = (1,\n2\n)\n",
    "(1,\n2\n)\n",
    "[1,\n2]\n",
    "max(\n1,\n2)\n",
    "x = 1\nx \\\n+ 1\n",
    "x = 1\nx = \\\nx\n",
    "x = \"\"\"\n1\n\"\"\"\n",
    "x = \"\"\"\n1\"\"\"\n",
    "\"\"\"\n1\n\"\"\"\n",
    "\"\"\"a\n\"\"\" + \"\"\"b\"\"\"\n",
    "x = 'a\\\nb'\n",
    "'only'",
    "'doc'\n__doc__",
    "if 1:\n    2\n",
    "if 0:\n    2\nelse: 3\n",
    "for i in range(3):\n    i\n",
    "for i in range(3): i\ni\n",
    "i = [x\nfor x in range(3)]\n",
    "[x\nfor x in range(3)]\n",
    "(3\nif 1 else 4)\n",
    "def f():\n    return 5\nf()\n",
    "@staticmethod\ndef f():\n    return 5\n",
    "try:\n    1\nfinally:\n    2\n",
    "match = 1\nmatch\n(3)\n",
    "x = 1\n-x\n",
    "x = 1\n*[x], 2\n",
    "(y := 5)",
    "not 1",
    "None",
    "lambda: 0",
    "import os; os.sep",
    "x: int = 3\n",
    "x = 1\nassert x\n",
    "pass",
    "",
    "\n\n",
    "# nothing",
    "x = 1\r\nx\r\n",
    "x = 1\rx\r",
    "\ufeff7",
    "x = 1\n\fx\n",
    "from __future__ import annotations\nx = 1\nx\n",
    "# coding: utf-8\n'é'\n",
)


def last_value(code):
    """The repr of the last statement's value, if that is an expression."""
    tree = ast.parse(code.encode())
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    names = {}
    body = compile(tree, "x", "exec", dont_inherit=True)
    exec(body, names)
    flags = 0
    for name in __future__.all_feature_names:
        flags |= body.co_flags & getattr(__future__, name).compiler_flag
    value = None if last is None else eval(compile(last, "x", "eval", flags, True), names)
    return None if value is None else re.sub("0x[0-9a-f]+", "0x", repr(value))


class Values(CellTest):
    def test_which_statement_is_the_last(self):
        for code in LAST:
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r, "")
                shown = r["value_repr"]
                shown = shown and re.sub("0x[0-9a-f]+", "0x", shown)
                self.assertEqual(shown, last_value(code))

    def test_a_last_expression_in_another_encoding(self):
        code = "# coding: latin-1\nx = 1\n'é'\n"
        r = self.run_code(code.encode("latin-1"))
        self.assert_ok(r, "")
        self.assertEqual(r["value"], "é")

    def test_values_that_cross(self):
        for code, value in VALUES:
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r, "")
                self.assertEqual(r["value"], value)
                self.assertIs(type(r["value"]), type(value))
                self.assertEqual(
                    r["value_repr"], None if value is None else repr(eval(code))
                )

    def test_values_that_do_not(self):
        for code in NO_FORM:
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r, "")
                self.assertIsNone(r["value"])
                self.assertTrue(r["value_repr"])
                if not code.startswith(("lambda", "{1, 2")):
                    self.assertEqual(
                        r["value_repr"],
                        ascii(eval(code)) if "ud800" in code else repr(eval(code)),
                    )

    def test_depth(self):
        deep = "x = 0\nfor _ in range({}): x = [x]\nx\n"
        r = self.run_code(deep.format(60))
        value = 0
        for _ in range(60):
            value = [value]
        self.assertEqual(r["value"], value)
        for depth in (65, 200, 900):
            r = self.run_code(deep.format(depth))
            self.assert_ok(r)
            self.assertIsNone(r["value"])
            self.assertTrue(r["value_repr"])

    def test_values_that_contain_themselves(self):
        for code in (
            "x = []; x.append(x); x",
            "x = {}; x['x'] = x; x",
            "x = []; y = (x,); x.append(y); y",
        ):
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r)
                self.assertIsNone(r["value"])
                self.assertIn("...", r["value_repr"])

    def test_a_wide_nest_does_not_explode(self):
        r = self.run_code(
            "x = [1, 2]\nfor _ in range(50): x = [x, x]\nx = x\nx is x\n",
            limits={"wall": "5s", "memory": "200MiB"},
        )
        self.assert_ok(r)
        self.assertIs(r["value"], True)

    def test_subclasses(self):
        r = self.run_code(
            "class S(str):\n    def __str__(self): return 'other'\n"
            "    def __repr__(self): return 'S'\nS('text')\n"
        )
        self.assertIn(r["value"], ("text", None))
        self.assertEqual(r["value_repr"], "S")
        r = self.run_code("import enum\nclass E(enum.IntEnum):\n    A = 5\nE.A\n")
        self.assertIn(r["value"], (5, None))
        r = self.run_code(
            "class D(dict):\n    def items(self): 1/0\n    def __iter__(self): 1/0\n"
            "D(a=1)\n"
        )
        self.assert_ok(r)
        r = self.run_code("class L(list):\n    def __len__(self): return -5\nL([1])\n")
        self.assert_ok(r)

    def test_a_repr_that_misbehaves(self):
        for body in (
            "1/0",
            "return 5",
            "return None",
            "raise SystemExit(3)",
            "return 'x' * 10_000_000",
            "return '\\ud800'",
            "raise KeyboardInterrupt",
        ):
            with self.subTest(body=body):
                r = self.run_code(
                    f"class A:\n    def __repr__(self):\n        {body}\nA()\n"
                )
                self.assert_ok(r)
                self.assertLess(len(r["value_repr"]), 100_000)

    def test_variables(self):
        r = self.run_code(
            "import os\na = 1\nb = [1, 'x']\n_private = 5\n__d = 6\nc = {1}\n"
            "def f(): pass\nclass K: pass\nd = {'k': None}\nfor e in (1, 2): pass\n"
        )
        self.assert_ok(r)
        self.assertEqual(r["variables"], {"a": 1, "b": [1, "x"], "d": {"k": None}, "e": 2})

    def test_variables_after_an_error(self):
        r = self.run_code("a = 1\n1/0\nb = 2\n")
        self.assertEqual(r["variables"], {"a": 1})

    def test_odd_variables(self):
        for code in (
            "globals()[5] = 1\na = 1\n",
            "globals()[''] = 1\na = 1\n",
            "globals()['\\ud800'] = 1\na = 1\n",
            "globals()['with space'] = 1\na = 1\n",
            "a = 1\nglobals().pop('__builtins__', None)\n",
            (
                "a = 1\nclass K(str):\n    def __eq__(self, o): 1/0\n"
                "    __hash__ = str.__hash__\nglobals()[K('k')] = 2\n"
            ),
            "import sys\na = 1\nsys.modules['__main__'] = None\n",
        ):
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r)
                self.assertEqual(r["variables"].get("a"), 1)


class Files(CellTest):
    def listed(self, r):
        return [(f["path"], f["op"], f["size"]) for f in r["files"]]

    def test_created_changed_and_left_alone(self):
        same = self.write("same.txt", "same")
        other = self.write("other.txt", "before")
        r = self.run_code(
            (
                "open('new.txt', 'w').write('new')\nopen('other.txt', 'a').write('!')\n"
                "open('same.txt').read()\n"
            ),
            "--file",
            same,
            "--file",
            other,
        )
        self.assert_ok(r)
        self.assertEqual(
            self.listed(r), [("new.txt", "created", 3), ("other.txt", "changed", 7)]
        )
        self.assertEqual(r["files"][1]["sha256"], hashlib.sha256(b"before!").hexdigest())

    def test_rewritten_with_the_same_content(self):
        same = self.write("same.txt", "same")
        r = self.run_code("open('same.txt', 'w').write('same')", "--file", same)
        self.assertEqual(r["files"], [])

    def test_removed_input(self):
        given = self.write("given.txt", "x")
        r = self.run_code("import os; os.remove('given.txt')", "--file", given)
        self.assert_ok(r)
        self.assertEqual(r["files"], [])

    def test_directories(self):
        r = self.run_code(
            "import os\nos.makedirs('a/b/c')\nos.mkdir('empty')\n"
            "open('a/b/c/deep.txt', 'w').write('x')\nopen('a/top', 'w').close()\n"
        )
        self.assertEqual(
            self.listed(r), [("a/b/c/deep.txt", "created", 1), ("a/top", "created", 0)]
        )

    def test_files_in_tmp_are_not_listed(self):
        r = self.run_code("open('/tmp/x', 'w').write('x')")
        self.assertEqual(r["files"], [])

    def test_what_is_no_regular_file(self):
        r = self.run_code(
            (
                "import os, socket\nopen('real', 'w').write('1')\n"
                "os.symlink('/etc/passwd', 'passwd')\nos.symlink('real', 'link')\n"
                "os.symlink('/', 'root')\nos.mkfifo('fifo')\n"
                "try:\n    s = socket.socket(socket.AF_UNIX); s.bind('sock')\n"
                "except OSError: pass\nos.link('real', 'hard')\n"
                "try:\n    os.mknod('dev', 0o600 | 0o20000, os.makedev(1, 3))\n"
                "except OSError: pass\n"
            ),
            "--out",
            "out",
        )
        self.assertEqual(r["outcome"], "ok", (r["reason"], r["error"]))
        self.assertEqual(self.listed(r), [("hard", "created", 1), ("real", "created", 1)])
        self.assertEqual(sorted(os.listdir(self.dir / "out")), ["hard", "real"])

    def test_a_link_in_the_way_of_an_input(self):
        given = self.write("given.txt", "given")
        r = self.run_code(
            "import os\nos.remove('given.txt')\nos.symlink('/etc/passwd', 'given.txt')\n",
            "--file",
            given,
            "--out",
            "out",
        )
        self.assert_ok(r)
        self.assertEqual(r["files"], [])
        self.assertEqual(os.listdir(self.dir / "out"), [])

    def test_many(self):
        r = self.run_code(
            "import os\nfor n in range(5000): open(f'f{n:04}', 'w').write(str(n))\n",
            "--out",
            "out",
            limits={"inodes": 6000, "wall": "20s"},
            profile={"extends": "agent"},
        )
        self.assert_ok(r)
        self.assertEqual(len(r["files"]), 5000)
        self.assertEqual(r["files"][4999]["path"], "f4999")
        self.assertEqual(len(os.listdir(self.dir / "out")), 5000)
        self.assertEqual((self.dir / "out" / "f0042").read_text(), "42")

    def test_names(self):
        r = self.run_code(
            (
                "for n in ['a b', 'é', '-x', 'x' * 255, '.hidden', 'new\\nline', "
                "'esc\\x1b[31m', 'tab\\t', '\\udcff', '%s', '\\\\', '\"', \"'\"]:\n"
                "    open(n, 'w').close()\n"
            ),
            "--out",
            "out",
        )
        self.assertEqual(r["outcome"], "ok", r["error"])
        paths = [f["path"] for f in r["files"]]
        for name in ("a b", "é", "-x", "x" * 255, ".hidden", "%s", "\\", '"', "'"):
            self.assertIn(name, paths)
        for name in paths:
            self.assertNotRegex(name, "[\\x00-\\x1f\\x7f]")

    def test_deep_directories(self):
        r = self.run_code(
            (
                "import os\nfor n in range(200):\n    os.mkdir('d'); os.chdir('d')\n"
                "    open('f', 'w').close()\n"
            ),
            "--out",
            "out",
        )
        self.assert_ok(r)
        self.assertGreater(len(r["files"]), 20)
        self.assertLess(len(r["files"]), 201)

    def test_a_sparse_file(self):
        r = self.run_code(
            "with open('sparse', 'wb') as f: f.truncate(8 << 20)\n", limits={"disk": "8MiB"}
        )
        self.assert_ok(r)
        self.assertEqual(self.listed(r), [("sparse", "created", 8 << 20)])
        self.assertEqual(
            r["files"][0]["sha256"], hashlib.sha256(bytes(8 << 20)).hexdigest()
        )

    def test_modes_do_not_hide_files(self):
        r = self.run_code(
            (
                "import os\nopen('f', 'w').write('x'); os.chmod('f', 0)\n"
                "os.mkdir('d'); open('d/g', 'w').write('y'); os.chmod('d', 0)\n"
            ),
            "--out",
            "out",
        )
        self.assert_ok(r)
        self.assertIn(("f", "created", 1), self.listed(r))
        self.assertTrue((self.dir / "out" / "f").exists())

    def test_saved_files(self):
        data = self.write("data.bin", bytes(range(256)) * 1000)
        r = self.run_code(
            (
                "import os\nd = open('data.bin', 'rb').read()\nos.mkdir('sub')\n"
                "open('sub/copy.bin', 'wb').write(d[::-1])\n"
            ),
            "--file",
            data,
            "--out",
            "out",
        )
        self.assert_ok(r)
        saved = self.dir / "out" / "sub" / "copy.bin"
        self.assertEqual(saved.read_bytes(), (bytes(range(256)) * 1000)[::-1])
        self.assertEqual(
            r["files"][0]["sha256"], hashlib.sha256(saved.read_bytes()).hexdigest()
        )
        self.assertEqual(saved.stat().st_mode & 0o7133, 0)
        self.assertEqual(saved.stat().st_uid, os.geteuid())

    def test_files_of_a_run_that_failed(self):
        for end in (
            "1/0",
            "import time; time.sleep(20)",
            "import os; os.abort()",
            "import os; os._exit(3)",
        ):
            with self.subTest(end=end):
                r = self.run_code(
                    f"open('f', 'w').write('x')\n{end}\n", limits={"wall": "300ms"}
                )
                self.assertEqual(
                    self.listed(r)[:1],
                    [("f", "created", 1)] if "_exit" not in end or r["files"] else [],
                )

    def test_inputs(self):
        a = self.write("a.txt", "A")
        r = self.run_code(
            (
                "import os\nprint(open('d/b.txt').read(), sorted(os.listdir('.')), "
                "os.getcwd(), oct(os.stat('d/b.txt').st_mode), "
                "os.access('d/b.txt', os.W_OK))\n"
            ),
            "--file",
            f"d/b.txt={a}",
            "--file",
            a,
        )
        self.assert_ok(r, "A ['a.txt', 'd'] /work 0o100644 True\n")

    def test_a_large_input(self):
        big = self.write("big.bin", bytes(10 << 20))
        r = self.run_code("import os; print(os.path.getsize('big.bin'))", "--file", big)
        self.assert_ok(r, f"{10 << 20}\n")


if __name__ == "__main__":
    unittest.main()

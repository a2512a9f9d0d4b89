# SPDX-License-Identifier: Apache-2.0
"""What a run writes: streams and their order, displays, values, files."""
import base64
import hashlib
import os
import unittest

from cells import CellTest


class Streams(CellTest):
    def test_the_order_of_both(self):
        r = self.run_code("import sys\nfor n in range(3):\n    print('out', n, flush=True)\n"
                          "    print('err', n, file=sys.stderr)\n")
        self.assertEqual(r["stream"], [[s, f"{s} {n}\n"] for n in range(3)
                                       for s in ("out", "err")])

    def test_the_order_is_that_of_printing(self):
        """Lines go out as they end, though there is no terminal."""
        r = self.run_code("import sys\nprint('first')\nprint('second', file=sys.stderr)\n")
        self.assertEqual(r["stream"], [["out", "first\n"], ["err", "second\n"]])

    def test_streams_cannot_seek(self):
        r = self.run_code("import sys\nprint([s.seekable() for s in (sys.stdin, sys.stdout, "
                          "sys.stderr)], sys.stdin.buffer.seekable())", input="x")
        self.assert_ok(r, "[False, False, False] False\n")

    def test_many_changes_of_stream(self):
        r = self.run_code("import sys\nfor n in range(20000):\n    sys.stdout.write('o')\n"
                          "    sys.stdout.flush()\n    sys.stderr.write('e')\n")
        self.assert_ok(r, "o" * 20000)
        self.assertEqual(sum(len(text) for _, text in r["stream"]), 40000)

    def test_binary(self):
        r = self.run_code("import sys\nsys.stdout.buffer.write(bytes(range(256)))\n")
        self.assertEqual(base64.b64decode(r["stdout_base64"]), bytes(range(256)))
        self.assertIn("\ufffd", r["stdout"])
        self.assertEqual(r["truncated"]["stdout"], {"kept": 256, "total": 256})

    def test_a_character_cut_by_the_limit(self):
        r = self.run_code("print('é' * 5000)", limits={"output": "1KB"})
        self.assertEqual(r["outcome"], "output_limit")
        self.assertEqual(r["truncated"]["stdout"]["kept"], 1000)
        r = self.run_code("print('a' + 'é' * 5000)", limits={"output": "1KB"})
        self.assertEqual(r["truncated"]["stdout"]["kept"], 1000)

    def test_control_characters_and_nul(self):
        r = self.run_code("print('\\x00\\x1b[31m\\x7f\\r\\b')")
        self.assert_ok(r, "\x00\x1b[31m\x7f\r\b\n")

    def test_descriptors(self):
        r = self.run_code("import os\nos.write(1, b'one')\nos.write(2, b'two')\n")
        self.assertEqual((r["stdout"], r["stderr"]), ("one", "two"))

    def test_stdout_that_is_closed(self):
        for code in ("import sys\nprint('on')\nsys.stdout.close()\n",
                     "import os\nprint('on', flush=True)\nos.close(1)\n",
                     "import os\nprint('on', flush=True)\nos.close(1); os.close(2)\nx = 5\n"):
            with self.subTest(code=code):
                self.assert_ok(self.run_code(code), "on\n")

    def test_printing_to_a_closed_stdout(self):
        r = self.run_code("import sys\nsys.stdout.close()\nprint('lost')\n")
        self.assertEqual((r["outcome"], r["error"]["type"]), ("user_error", "ValueError"))

    def test_stdout_that_is_replaced(self):
        r = self.run_code("import io, sys\nsys.stdout = io.StringIO()\nprint('kept')\n"
                          "text = sys.stdout.getvalue()\nsys.stdout = sys.__stdout__\n"
                          "print(text.upper(), end='')\n")
        self.assert_ok(r, "KEPT\n")
        r = self.run_code("import sys\nsys.stdout = None\nprint('nowhere')\n")
        self.assert_ok(r, "")
        r = self.run_code("import sys\nclass W:\n    def write(self, t): sys.__stdout__.write("
                          "t.upper())\nsys.stdout = W()\nprint('loud')\n")
        self.assert_ok(r, "LOUD\n")

    def test_redirect_stdout(self):
        r = self.run_code("import contextlib, sys\nwith contextlib.redirect_stdout(sys.stderr):\n"
                          "    print('moved')\n")
        self.assertEqual((r["stdout"], r["stderr"]), ("", "moved\n"))

    def test_stdout_made_anew(self):
        r = self.run_code("import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), "
                          "encoding='latin-1')\nprint('é')\n")
        self.assertEqual(base64.b64decode(r["stdout_base64"]), b"\xe9\n")
        r = self.run_code("import sys\nsys.stdout.reconfigure(line_buffering=True)\nprint('x')\n"
                          "print('y', file=sys.stderr)\n")
        self.assertEqual(r["stream"], [["out", "x\n"], ["err", "y\n"]])
        r = self.run_code("with open(1, 'w', closefd=False) as f: f.write('raw')\nprint('end')")
        self.assert_ok(r, "rawend\n")

    def test_dup2_over_stdout(self):
        r = self.run_code("import os, sys\nprint('before', flush=True)\nos.dup2(2, 1)\n"
                          "print('after')\n")
        self.assertEqual((r["stdout"], r["stderr"]), ("before\n", "after\n"))
        r = self.run_code("import os\nfd = os.open('/work/log', os.O_WRONLY | os.O_CREAT)\n"
                          "os.dup2(fd, 1)\nprint('to the file')\n")
        self.assertEqual(r["stdout"], "")
        self.assertEqual(r["files"][0]["size"], len("to the file\n"))

    def test_a_child_prints(self):
        r = self.run_code("import os\nprint('parent', flush=True)\npid = os.fork()\n"
                          "if pid == 0:\n    print('child')\n    raise SystemExit\n"
                          "os.waitpid(pid, 0)\nprint('end')\n", limits={"processes": 1})
        self.assert_ok(r, "parent\nchild\nend\n")

    def test_subprocesses_print(self):
        r = self.run_code("import subprocess, sys\nprint('one', flush=True)\n"
                          "subprocess.run(['/bin/echo', 'two'])\nprint('three', flush=True)\n"
                          "subprocess.run([sys.executable, '-c', 'print(\"four\")'])\n"
                          "print(subprocess.check_output(['/bin/echo', 'five'], text=True), "
                          "end='')\n", limits={"processes": 2, "wall": "20s"})
        self.assert_ok(r, "one\ntwo\nthree\nfour\nfive\n")
        self.assertEqual([s for s, _ in r["stream"]], ["out"])

    def test_lone_surrogates_cannot_be_printed(self):
        r = self.run_code("print('\\ud800')")
        self.assertEqual(r["error"]["type"], "UnicodeEncodeError")
        r = self.run_code("import sys\nprint('\\ud800', file=sys.stderr)")
        self.assertEqual(r["stderr"], "\\ud800\n")

    def test_a_large_output(self):
        r = self.run_code("for n in range(200000): print(n)", limits={"output": "16MiB"})
        self.assert_ok(r, "".join(f"{n}\n" for n in range(200000)))


class Html:
    CODE = "class A:\n    def _repr_html_(self): return '<b>bold</b>'\n" \
           "    def __repr__(self): return 'A()'\n"


class Displays(CellTest):
    def test_the_last_expression(self):
        r = self.run_code(Html.CODE + "A()")
        self.assert_ok(r)
        self.assertEqual(r["displays"], [{"text/html": "<b>bold</b>", "text/plain": "A()"}])
        self.assertEqual((r["value"], r["value_repr"]), (None, "A()"))

    def test_display(self):
        r = self.run_code(Html.CODE + "display(A())\ndisplay(1, 'two')\nx = 1\n")
        self.assert_ok(r, "")
        self.assertEqual(r["displays"], [{"text/html": "<b>bold</b>", "text/plain": "A()"},
                                         {"text/plain": "1"}, {"text/plain": "'two'"}])

    def test_media(self):
        png = b"\x89PNG\r\n\x1a\n" + bytes(20)
        r = self.run_code("class P:\n    def _repr_png_(self): return b'\\x89PNG\\r\\n\\x1a\\n'"
                          " + bytes(20)\n    def _repr_svg_(self): return '<svg/>'\n"
                          "    def _repr_latex_(self): return '$x$'\n"
                          "    def _repr_markdown_(self): return '*m*'\n"
                          "    def _repr_json_(self): return {'a': [1, None]}\n"
                          "    def _repr_jpeg_(self): return None\nP()\n")
        d = r["displays"][0]
        self.assertEqual(base64.b64decode(d["image/png"]), png)
        self.assertEqual((d["image/svg+xml"], d["text/latex"], d["text/markdown"]),
                         ("<svg/>", "$x$", "*m*"))
        self.assertEqual(d["application/json"], {"a": [1, None]})
        self.assertNotIn("image/jpeg", d)

    def test_a_mimebundle(self):
        r = self.run_code("class B:\n    def _repr_mimebundle_(self, include=None, exclude=None):"
                          "\n        return {'text/html': 'h', 'application/vnd.x+json': "
                          "{'k': 1}, 'image/png': b'\\x00\\xff'}\nB()\n")
        self.assertEqual(r["displays"][0]["application/vnd.x+json"], {"k": 1})
        self.assertEqual(base64.b64decode(r["displays"][0]["image/png"]), b"\x00\xff")
        r = self.run_code("class B:\n    def _repr_mimebundle_(self, **k):\n"
                          "        return {'text/html': 'h'}, {'meta': 1}\nB()\n")
        self.assertEqual(r["displays"][0]["text/html"], "h")

    def test_forms_that_fail(self):
        for body in ("1/0", "return 5", "return {1: 2}", "return {'no type': 'x'}",
                     "return {'text/html': '\\ud800'}", "return {'a/b\\nc': 'x'}",
                     "return {'text/html': object()}", "import os; os._exit(0)"):
            for how in ("B()", "try: display(B())\nexcept Exception: pass"):
                with self.subTest(body=body, how=how):
                    r = self.run_code("class B:\n    def _repr_mimebundle_(self, **k):\n"
                                      f"        {body}\n{how}\n")
                    self.assertIn(r["outcome"], ("ok",), r["reason"])

    def test_json_that_is_none(self):
        for text in ("'{'", "'not json'", "'NaN'", "'[' * 100000"):
            with self.subTest(text=text):
                r = self.run_code("class B:\n    def _repr_mimebundle_(self, **k):\n"
                                  f"        return {{'application/json': {text}}}\nB()\n")
                self.assertEqual(r["outcome"], "ok")

    def test_plain_values_are_no_displays(self):
        for code in ("5", "'x'", "[1]", "None", "print", "{'a': 1}"):
            with self.subTest(code=code):
                self.assertEqual(self.run_code(code)["displays"], [])

    def test_matplotlib(self):
        try:
            import matplotlib  # noqa: F401  (only whether it is there)
        except ImportError:
            self.skipTest("python3-matplotlib is not installed")
        sets = {"debian": {"path": "/usr/lib/python3/dist-packages"}}
        fonts = [p for p in ("/usr/share/matplotlib", "/etc/matplotlibrc", "/usr/share/fonts")
                 if os.path.exists(p)]
        code = ("import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\n{}\n")
        for show in ("plt.show()", "", "plt.gcf()", "display(plt.gcf()); plt.close()"):
            with self.subTest(show=show):
                r = self.run_code(code.format(show), package_sets=sets,
                                  limits={"memory": "512MiB", "wall": "30s", "cpu": "30s",
                                          "open_files": 128},
                                  profile={"extends": "agent", "files": {"read": fonts},
                                           "python": {"packages": "debian"}})
                self.assertEqual(r["outcome"], "ok", (r["reason"], r["error"]))
                self.assertGreaterEqual(len(r["displays"]), 1, r["stderr"])
                png = base64.b64decode(r["displays"][0]["image/png"])
                self.assertEqual(png[:8], b"\x89PNG\r\n\x1a\n")


# An expression, its value, and its repr (None: as Python's own).
VALUES = (
    ("None", None), ("True", True), ("False", False), ("0", 0), ("-5", -5),
    ("2**63 - 1", 2**63 - 1), ("-2**63", -2**63), ("1.5", 1.5), ("-0.0", -0.0), ("1e300", 1e300),
    ("5e-324", 5e-324), ("''", ""), ("'text é 🎉'", "text é 🎉"), ("'\\x00\\n'", "\x00\n"),
    ("[]", []), ("[1, [2, [3]]]", [1, [2, [3]]]), ("(1, 'a')", [1, "a"]), ("()", []),
    ("{}", {}), ("{'a': {'b': [None]}}", {"a": {"b": [None]}}), ("{'': 0}", {"": 0}),
)
NO_FORM = ("2**64", "-2**63 - 1", "float('nan')", "float('inf')", "-float('inf')", "{1, 2}",
           "object", "b'bytes'", "1j", "range(3)", "{1: 2}", "{(1,): 2}", "[1, {2}]",
           "'\\ud800'", "{'\\ud800': 1}", "...", "lambda: 0", "[float('nan')]",
           "__import__('decimal').Decimal(1)")


class Values(CellTest):
    def test_values_that_cross(self):
        for code, value in VALUES:
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r, "")
                self.assertEqual(r["value"], value)
                self.assertIs(type(r["value"]), type(value))
                self.assertEqual(r["value_repr"], None if value is None else repr(eval(code)))

    def test_values_that_do_not(self):
        for code in NO_FORM:
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r, "")
                self.assertIsNone(r["value"])
                self.assertTrue(r["value_repr"])
                if not code.startswith(("lambda", "{1, 2")):
                    self.assertEqual(r["value_repr"], ascii(eval(code)) if "ud800" in code
                                     else repr(eval(code)))

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
        for code in ("x = []; x.append(x); x", "x = {}; x['x'] = x; x",
                     "x = []; y = (x,); x.append(y); y"):
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r)
                self.assertIsNone(r["value"])
                self.assertIn("...", r["value_repr"])

    def test_a_wide_nest_does_not_explode(self):
        r = self.run_code("x = [1, 2]\nfor _ in range(50): x = [x, x]\nx = x\nx is x\n",
                          limits={"wall": "5s", "memory": "200MiB"})
        self.assert_ok(r)
        self.assertIs(r["value"], True)

    def test_subclasses(self):
        r = self.run_code("class S(str):\n    def __str__(self): return 'other'\n"
                          "    def __repr__(self): return 'S'\nS('text')\n")
        self.assertIn(r["value"], ("text", None))
        self.assertEqual(r["value_repr"], "S")
        r = self.run_code("import enum\nclass E(enum.IntEnum):\n    A = 5\nE.A\n")
        self.assertIn(r["value"], (5, None))
        r = self.run_code("class D(dict):\n    def items(self): 1/0\n    def __iter__(self): 1/0\n"
                          "D(a=1)\n")
        self.assert_ok(r)
        r = self.run_code("class L(list):\n    def __len__(self): return -5\nL([1])\n")
        self.assert_ok(r)

    def test_a_repr_that_misbehaves(self):
        for body in ("1/0", "return 5", "return None", "raise SystemExit(3)",
                     "return 'x' * 10_000_000", "return '\\ud800'", "raise KeyboardInterrupt"):
            with self.subTest(body=body):
                r = self.run_code(f"class A:\n    def __repr__(self):\n        {body}\nA()\n")
                self.assert_ok(r)
                self.assertLess(len(r["value_repr"]), 100_000)

    def test_variables(self):
        r = self.run_code("import os\na = 1\nb = [1, 'x']\n_private = 5\n__d = 6\nc = {1}\n"
                          "def f(): pass\nclass K: pass\nd = {'k': None}\nfor e in (1, 2): pass\n")
        self.assert_ok(r)
        self.assertEqual(r["variables"], {"a": 1, "b": [1, "x"], "d": {"k": None}, "e": 2})

    def test_variables_after_an_error(self):
        r = self.run_code("a = 1\n1/0\nb = 2\n")
        self.assertEqual(r["variables"], {"a": 1})

    def test_odd_variables(self):
        for code in ("globals()[5] = 1\na = 1\n", "globals()[''] = 1\na = 1\n",
                     "globals()['\\ud800'] = 1\na = 1\n", "globals()['with space'] = 1\na = 1\n",
                     "a = 1\nglobals().pop('__builtins__', None)\n",
                     "a = 1\nclass K(str):\n    def __eq__(self, o): 1/0\n"
                     "    __hash__ = str.__hash__\nglobals()[K('k')] = 2\n",
                     "import sys\na = 1\nsys.modules['__main__'] = None\n"):
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
        r = self.run_code("open('new.txt', 'w').write('new')\nopen('other.txt', 'a').write('!')\n"
                          "open('same.txt').read()\n", "--file", same, "--file", other)
        self.assert_ok(r)
        self.assertEqual(self.listed(r), [("new.txt", "created", 3), ("other.txt", "changed", 7)])
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
        r = self.run_code("import os\nos.makedirs('a/b/c')\nos.mkdir('empty')\n"
                          "open('a/b/c/deep.txt', 'w').write('x')\nopen('a/top', 'w').close()\n")
        self.assertEqual(self.listed(r), [("a/b/c/deep.txt", "created", 1),
                                          ("a/top", "created", 0)])

    def test_files_in_tmp_are_not_listed(self):
        r = self.run_code("open('/tmp/x', 'w').write('x')")
        self.assertEqual(r["files"], [])

    def test_what_is_no_regular_file(self):
        r = self.run_code("import os, socket\nopen('real', 'w').write('1')\n"
                          "os.symlink('/etc/passwd', 'passwd')\nos.symlink('real', 'link')\n"
                          "os.symlink('/', 'root')\nos.mkfifo('fifo')\n"
                          "try:\n    s = socket.socket(socket.AF_UNIX); s.bind('sock')\n"
                          "except OSError: pass\nos.link('real', 'hard')\n"
                          "try:\n    os.mknod('dev', 0o600 | 0o20000, os.makedev(1, 3))\n"
                          "except OSError: pass\n", "--out", "out")
        self.assertEqual(r["outcome"], "ok", (r["reason"], r["error"]))
        self.assertEqual(self.listed(r), [("hard", "created", 1), ("real", "created", 1)])
        self.assertEqual(sorted(os.listdir(self.dir / "out")), ["hard", "real"])

    def test_a_link_in_the_way_of_an_input(self):
        given = self.write("given.txt", "given")
        r = self.run_code("import os\nos.remove('given.txt')\n"
                          "os.symlink('/etc/passwd', 'given.txt')\n", "--file", given,
                          "--out", "out")
        self.assert_ok(r)
        self.assertEqual(r["files"], [])
        self.assertEqual(os.listdir(self.dir / "out"), [])

    def test_many(self):
        r = self.run_code("import os\nfor n in range(5000): open(f'f{n:04}', 'w').write(str(n))\n",
                          "--out", "out", limits={"inodes": 6000, "wall": "20s"},
                          profile={"extends": "agent"})
        self.assert_ok(r)
        self.assertEqual(len(r["files"]), 5000)
        self.assertEqual(r["files"][4999]["path"], "f4999")
        self.assertEqual(len(os.listdir(self.dir / "out")), 5000)
        self.assertEqual((self.dir / "out" / "f0042").read_text(), "42")

    def test_names(self):
        r = self.run_code("for n in ['a b', 'é', '-x', 'x' * 255, '.hidden', 'new\\nline', "
                          "'esc\\x1b[31m', 'tab\\t', '\\udcff', '%s', '\\\\', '\"', \"'\"]:\n"
                          "    open(n, 'w').close()\n", "--out", "out")
        self.assertEqual(r["outcome"], "ok", r["error"])
        paths = [f["path"] for f in r["files"]]
        for name in ("a b", "é", "-x", "x" * 255, ".hidden", "%s", "\\", '"', "'"):
            self.assertIn(name, paths)
        for name in paths:
            self.assertNotRegex(name, "[\\x00-\\x1f\\x7f]")

    def test_deep_directories(self):
        r = self.run_code("import os\nfor n in range(200):\n    os.mkdir('d'); os.chdir('d')\n"
                          "    open('f', 'w').close()\n", "--out", "out")
        self.assert_ok(r)
        self.assertGreater(len(r["files"]), 20)
        self.assertLess(len(r["files"]), 201)

    def test_a_sparse_file(self):
        r = self.run_code("with open('sparse', 'wb') as f: f.truncate(8 << 20)\n",
                          limits={"disk": "1MiB"})
        self.assert_ok(r)
        self.assertEqual(self.listed(r), [("sparse", "created", 8 << 20)])
        self.assertEqual(r["files"][0]["sha256"], hashlib.sha256(bytes(8 << 20)).hexdigest())

    def test_modes_do_not_hide_files(self):
        r = self.run_code("import os\nopen('f', 'w').write('x'); os.chmod('f', 0)\n"
                          "os.mkdir('d'); open('d/g', 'w').write('y'); os.chmod('d', 0)\n",
                          "--out", "out")
        self.assert_ok(r)
        self.assertIn(("f", "created", 1), self.listed(r))
        self.assertTrue((self.dir / "out" / "f").exists())

    def test_saved_files(self):
        data = self.write("data.bin", bytes(range(256)) * 1000)
        r = self.run_code("import os\nd = open('data.bin', 'rb').read()\nos.mkdir('sub')\n"
                          "open('sub/copy.bin', 'wb').write(d[::-1])\n", "--file", data,
                          "--out", "out")
        self.assert_ok(r)
        saved = self.dir / "out" / "sub" / "copy.bin"
        self.assertEqual(saved.read_bytes(), (bytes(range(256)) * 1000)[::-1])
        self.assertEqual(r["files"][0]["sha256"], hashlib.sha256(saved.read_bytes()).hexdigest())
        self.assertEqual(saved.stat().st_mode & 0o7133, 0)
        self.assertEqual(saved.stat().st_uid, os.geteuid())

    def test_files_of_a_run_that_failed(self):
        for end in ("1/0", "import time; time.sleep(20)", "import os; os.abort()",
                    "import os; os._exit(3)"):
            with self.subTest(end=end):
                r = self.run_code(f"open('f', 'w').write('x')\n{end}\n", limits={"wall": "300ms"})
                self.assertEqual(self.listed(r)[:1], [("f", "created", 1)] if "_exit" not in end
                                 or r["files"] else [])

    def test_inputs(self):
        a = self.write("a.txt", "A")
        r = self.run_code("import os\nprint(open('d/b.txt').read(), sorted(os.listdir('.')), "
                          "os.getcwd(), oct(os.stat('d/b.txt').st_mode), "
                          "os.access('d/b.txt', os.W_OK))\n", "--file", f"d/b.txt={a}",
                          "--file", a)
        self.assert_ok(r, "A ['a.txt', 'd'] /work 0o100644 True\n")

    def test_a_large_input(self):
        big = self.write("big.bin", bytes(10 << 20))
        r = self.run_code("import os; print(os.path.getsize('big.bin'))", "--file", big)
        self.assert_ok(r, f"{10 << 20}\n")


if __name__ == "__main__":
    unittest.main()

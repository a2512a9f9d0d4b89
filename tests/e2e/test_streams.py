# SPDX-License-Identifier: Apache-2.0
"""What a run writes and shows: the streams and their order, displays."""
import base64
import importlib.util
import os
import unittest

from cells import CellTest


class Streams(CellTest):
    def test_the_order_of_both(self):
        r = self.run_code(
            "import sys\nfor n in range(3):\n    print('out', n, flush=True)\n"
            "    print('err', n, file=sys.stderr)\n"
        )
        self.assertEqual(
            r["stream"], [[s, f"{s} {n}\n"] for n in range(3) for s in ("out", "err")]
        )

    def test_the_order_is_that_of_printing(self):
        """Lines go out as they end, though there is no terminal."""
        r = self.run_code("import sys\nprint('first')\nprint('second', file=sys.stderr)\n")
        self.assertEqual(r["stream"], [["out", "first\n"], ["err", "second\n"]])

    def test_streams_cannot_seek(self):
        r = self.run_code(
            (
                "import sys\nprint([s.seekable() for s in (sys.stdin, sys.stdout, "
                "sys.stderr)], sys.stdin.buffer.seekable())"
            ),
            input="x",
        )
        self.assert_ok(r, "[False, False, False] False\n")

    def test_many_changes_of_stream(self):
        r = self.run_code(
            "import sys\nfor n in range(20000):\n    sys.stdout.write('o')\n"
            "    sys.stdout.flush()\n    sys.stderr.write('e')\n"
        )
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
        for code in (
            "import sys\nprint('on')\nsys.stdout.close()\n",
            "import os\nprint('on', flush=True)\nos.close(1)\n",
            "import os\nprint('on', flush=True)\nos.close(1); os.close(2)\nx = 5\n",
        ):
            with self.subTest(code=code):
                self.assert_ok(self.run_code(code), "on\n")

    def test_printing_to_a_closed_stdout(self):
        r = self.run_code("import sys\nsys.stdout.close()\nprint('lost')\n")
        self.assertEqual((r["outcome"], r["error"]["type"]), ("user_error", "ValueError"))

    def test_stdout_that_is_replaced(self):
        r = self.run_code(
            "import io, sys\nsys.stdout = io.StringIO()\nprint('kept')\n"
            "text = sys.stdout.getvalue()\nsys.stdout = sys.__stdout__\n"
            "print(text.upper(), end='')\n"
        )
        self.assert_ok(r, "KEPT\n")
        r = self.run_code("import sys\nsys.stdout = None\nprint('nowhere')\n")
        self.assert_ok(r, "")
        r = self.run_code(
            "import sys\nclass W:\n    def write(self, t): sys.__stdout__.write("
            "t.upper())\nsys.stdout = W()\nprint('loud')\n"
        )
        self.assert_ok(r, "LOUD\n")

    def test_redirect_stdout(self):
        r = self.run_code(
            "import contextlib, sys\nwith contextlib.redirect_stdout(sys.stderr):\n"
            "    print('moved')\n"
        )
        self.assertEqual((r["stdout"], r["stderr"]), ("", "moved\n"))

    def test_stdout_made_anew(self):
        r = self.run_code(
            "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), "
            "encoding='latin-1')\nprint('é')\n"
        )
        self.assertEqual(base64.b64decode(r["stdout_base64"]), b"\xe9\n")
        r = self.run_code(
            "import sys\nsys.stdout.reconfigure(line_buffering=True)\nprint('x')\n"
            "print('y', file=sys.stderr)\n"
        )
        self.assertEqual(r["stream"], [["out", "x\n"], ["err", "y\n"]])
        r = self.run_code(
            "with open(1, 'w', closefd=False) as f: f.write('raw')\nprint('end')"
        )
        self.assert_ok(r, "rawend\n")

    def test_dup2_over_stdout(self):
        r = self.run_code(
            "import os, sys\nprint('before', flush=True)\nos.dup2(2, 1)\nprint('after')\n"
        )
        self.assertEqual((r["stdout"], r["stderr"]), ("before\n", "after\n"))
        r = self.run_code(
            "import os\nfd = os.open('/work/log', os.O_WRONLY | os.O_CREAT)\n"
            "os.dup2(fd, 1)\nprint('to the file')\n"
        )
        self.assertEqual(r["stdout"], "")
        self.assertEqual(r["files"][0]["size"], len("to the file\n"))

    def test_a_child_prints(self):
        r = self.run_code(
            (
                "import os\nprint('parent', flush=True)\npid = os.fork()\n"
                "if pid == 0:\n    print('child')\n    raise SystemExit\n"
                "os.waitpid(pid, 0)\nprint('end')\n"
            ),
            limits={"processes": 1},
        )
        self.assert_ok(r, "parent\nchild\nend\n")

    def test_subprocesses_print(self):
        r = self.run_code(
            (
                "import subprocess, sys\nprint('one', flush=True)\n"
                "subprocess.run(['/bin/echo', 'two'])\nprint('three', flush=True)\n"
                "subprocess.run([sys.executable, '-c', 'print(\"four\")'])\n"
                "print(subprocess.check_output(['/bin/echo', 'five'], text=True), "
                "end='')\n"
            ),
            limits={"processes": 2, "wall": "20s"},
        )
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


HTML = (
    "class A:\n    def _repr_html_(self): return '<b>bold</b>'\n"
    "    def __repr__(self): return 'A()'\n"
)


class Displays(CellTest):
    def test_the_last_expression(self):
        r = self.run_code(HTML + "A()")
        self.assert_ok(r)
        self.assertEqual(r["displays"], [{"text/html": "<b>bold</b>", "text/plain": "A()"}])
        self.assertEqual((r["value"], r["value_repr"]), (None, "A()"))

    def test_display(self):
        r = self.run_code(HTML + "display(A())\ndisplay(1, 'two')\nx = 1\n")
        self.assert_ok(r, "")
        self.assertEqual(
            r["displays"],
            [
                {"text/html": "<b>bold</b>", "text/plain": "A()"},
                {"text/plain": "1"},
                {"text/plain": "'two'"},
            ],
        )

    def test_media(self):
        png = b"\x89PNG\r\n\x1a\n" + bytes(20)
        r = self.run_code(
            "class P:\n    def _repr_png_(self): return b'\\x89PNG\\r\\n\\x1a\\n'"
            " + bytes(20)\n    def _repr_svg_(self): return '<svg/>'\n"
            "    def _repr_latex_(self): return '$x$'\n"
            "    def _repr_markdown_(self): return '*m*'\n"
            "    def _repr_json_(self): return {'a': [1, None]}\n"
            "    def _repr_jpeg_(self): return None\nP()\n"
        )
        d = r["displays"][0]
        self.assertEqual(base64.b64decode(d["image/png"]), png)
        self.assertEqual(
            (d["image/svg+xml"], d["text/latex"], d["text/markdown"]),
            ("<svg/>", "$x$", "*m*"),
        )
        self.assertEqual(d["application/json"], {"a": [1, None]})
        self.assertNotIn("image/jpeg", d)

    def test_a_mimebundle(self):
        r = self.run_code(
            "class B:\n    def _repr_mimebundle_(self, include=None, exclude=None):"
            "\n        return {'text/html': 'h', 'application/vnd.x+json': "
            "{'k': 1}, 'image/png': b'\\x00\\xff'}\nB()\n"
        )
        self.assertEqual(r["displays"][0]["application/vnd.x+json"], {"k": 1})
        self.assertEqual(base64.b64decode(r["displays"][0]["image/png"]), b"\x00\xff")
        r = self.run_code(
            "class B:\n    def _repr_mimebundle_(self, **k):\n"
            "        return {'text/html': 'h'}, {'meta': 1}\nB()\n"
        )
        self.assertEqual(r["displays"][0]["text/html"], "h")

    def test_forms_that_fail(self):
        for body in (
            "1/0",
            "return 5",
            "return {1: 2}",
            "return {'no type': 'x'}",
            "return {'text/html': '\\ud800'}",
            "return {'a/b\\nc': 'x'}",
            "return {'text/html': object()}",
            "import os; os._exit(0)",
        ):
            for how in ("B()", "try: display(B())\nexcept Exception: pass"):
                with self.subTest(body=body, how=how):
                    r = self.run_code(
                        "class B:\n    def _repr_mimebundle_(self, **k):\n"
                        f"        {body}\n{how}\n"
                    )
                    self.assertIn(r["outcome"], ("ok",), r["reason"])

    def test_json_that_is_none(self):
        for text in ("'{'", "'not json'", "'NaN'", "'[' * 100000"):
            with self.subTest(text=text):
                r = self.run_code(
                    "class B:\n    def _repr_mimebundle_(self, **k):\n"
                    f"        return {{'application/json': {text}}}\nB()\n"
                )
                self.assertEqual(r["outcome"], "ok")

    def test_plain_values_are_no_displays(self):
        for code in ("5", "'x'", "[1]", "None", "print", "{'a': 1}"):
            with self.subTest(code=code):
                self.assertEqual(self.run_code(code)["displays"], [])

    def test_matplotlib(self):
        if importlib.util.find_spec("matplotlib") is None:
            self.skipTest("python3-matplotlib is not installed")
        sets = {"debian": {"path": "/usr/lib/python3/dist-packages"}}
        fonts = [
            p
            for p in ("/usr/share/matplotlib", "/etc/matplotlibrc", "/usr/share/fonts")
            if os.path.exists(p)
        ]
        code = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\n{}\n"
        for show in ("plt.show()", "", "plt.gcf()", "display(plt.gcf()); plt.close()"):
            with self.subTest(show=show):
                r = self.run_code(
                    code.format(show),
                    package_sets=sets,
                    limits={
                        "memory": "512MiB",
                        "wall": "30s",
                        "cpu": "30s",
                        "open_files": 128,
                    },
                    profile={
                        "extends": "agent",
                        "files": {"read": fonts},
                        "python": {"packages": "debian"},
                    },
                )
                self.assertEqual(r["outcome"], "ok", (r["reason"], r["error"]))
                self.assertGreaterEqual(len(r["displays"]), 1, r["stderr"])
                png = base64.b64decode(r["displays"][0]["image/png"])
                self.assertEqual(png[:8], b"\x89PNG\r\n\x1a\n")


# An expression, its value, and its repr (None: as Python's own).


if __name__ == "__main__":
    unittest.main()

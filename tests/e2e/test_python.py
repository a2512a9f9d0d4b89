# SPDX-License-Identifier: Apache-2.0
"""Code sees what `python3 FILE` shows it: __main__, tracebacks, input, imports."""

import ctypes.util
import subprocess
import threading
import time
import unittest

from cells import CellTest, plain_build_only

# Programs that end with an exception.  Their standard error under /usr/bin/python3
# is what the traceback must be, letter for letter.
TRACEBACKS = {
    "plain": "1/0\n",
    "in a function": "def f(x):\n    return 1 / x\n\ndef g():\n    return f(0)\n\ng()\n",
    "with a cause": (
        "try:\n    1/0\nexcept ZeroDivisionError as e:\n"
        "    raise ValueError('outer') from e\n"
    ),
    "with a context": "try:\n    1/0\nexcept ZeroDivisionError:\n    raise KeyError('k')\n",
    "without its context": (
        "try:\n    1/0\nexcept ZeroDivisionError:\n    raise KeyError('k') from None\n"
    ),
    "with notes": (
        "e = ValueError('v')\ne.add_note('first')\ne.add_note('second\\nline')\nraise e\n"
    ),
    "a group": (
        "raise ExceptionGroup('many', [ValueError(1), TypeError('t'),\n"
        "    ExceptionGroup('inner', [OSError(5, 'io')])])\n"
    ),
    "a class of its own": "class Mine(Exception):\n    pass\nraise Mine('text', 3)\n",
    "a nested class": "class A:\n    class B(Exception):\n        pass\nraise A.B('x')\n",
    "without a message": "raise ValueError\n",
    "a long line": (
        "x = [1, 2, 3]; y = {'a': x}; print(y['a'][0], y['a'][1]); y['b'][0] + 1\n"
    ),
    "recursion": "def f(n):\n    return f(n + 1)\nf(0)\n",
    "in a comprehension": "[1 / n for n in (2, 1, 0)]\n",
    "in a generator": "def g():\n    yield 1\n    raise RuntimeError('late')\nlist(g())\n",
    "in a class body": "class A:\n    x = undefined\n",
    "in a decorator": "def d(f):\n    raise TypeError('no')\n@d\ndef f(): pass\n",
    "assert": "assert 1 == 2, 'sums'\n",
    "a name that is nearly right": "import math\nlenght = 3\nprint(lenghth)\n",
    "an attribute that is nearly right": "import math\nmath.sqr(2)\n",
    "non-ascii": "def grüße(ß):\n    raise ValueError(f'»{ß}« 🎉')\ngrüße('ö')\n",
    "lone surrogate": "raise ValueError('\\ud800')\n",
    "exec": "exec('1/0')\n",
    "eval": "eval('undefined + 1')\n",
    "multi-line": "x = (1 +\n     2 +\n     None)\n",
    "keyboard": "raise KeyboardInterrupt\n",
    "str fails": "class E(Exception):\n    def __str__(self): raise ValueError\nraise E\n",
    "last expression": "x = 1\nx / 0\n",
    "no newline at the end": "x = 1\nx / 0",
    "line ends of every kind": 'x = 1\n\x0c\ny = """\x0b\x1c\x85"""\ndef f():\r\n  return 1/0\rf()',
    "last expression on several lines": "x = 1\nprint(\n    x /\n    0\n)\n",
    "what would warn is no program": "x = (1,\n1 is 1\n",
    "an escape warns": "x = '\\d'\nlen('\\d') / 0\n",
    "syntax": "x = (1,\ny = 2\n",
    "syntax with caret": "def f(:\n    pass\n",
    "indentation": "if 1:\nx = 2\n",
    "unterminated": "x = 'abc\n",
    "return outside": "x = 1\nreturn x\n",
    "invalid character": "x = 5 € 3\n",
    "keyword": "print 'hello'\n",
    "syntax in exec": "exec('a b c')\n",
    "future": "from __future__ import nonsense\n",
}


class BesidePython(CellTest):
    """The same program by /usr/bin/python3 and in a cell."""

    def python3(self, code, *args, **options):
        self.write("script.py", code)
        return subprocess.run(
            ["/usr/bin/python3", "-I", "script.py", *args],
            cwd=self.dir,
            capture_output=True,
            env={"LC_ALL": "C.UTF-8"},
            **options,
        )

    def relative(self, text):
        """python3 makes its script's path absolute; a cell has no such directory."""
        return text.decode().replace(f"{self.dir}/", "")

    def cell(self, code, *args, **options):
        """The same program through the command line, which shows what the user sees."""
        self.write("script.py", code)
        return self.cloche("run", "script.py", *args, **options)

    def shown(self, done):
        """Standard error without the line of the verdict."""
        lines = done.stderr.decode().splitlines(True)
        return "".join(line for line in lines if not line.startswith("cloche: "))


class Tracebacks(BesidePython):
    def test_a_warning_is_given_once(self):
        for code in (
            "x = 1\nx is 1\n",
            "x = 1\nif x is 1: pass\nx\n",
            "x = 1\nif x is 1: pass\nx = 2\n",
        ):
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r, "")
                self.assertEqual(r["stderr"].count("SyntaxWarning"), 1, r["stderr"])

    def test_they_are_pythons(self):
        for name, code in TRACEBACKS.items():
            with self.subTest(name=name):
                there, here = self.python3(code), self.cell(code)
                self.assertEqual(self.shown(here), self.relative(there.stderr))
                self.assertIn(here.returncode, (1, 4))

    def test_frames_of_libraries_are_left_out(self):
        r = self.run_code(
            "import json\ndef load(s):\n    return json.loads(s)\nload('{')\n"
        )
        self.assertEqual(r["outcome"], "user_error")
        self.assertEqual(r["error"]["type"], "json.decoder.JSONDecodeError")
        self.assertEqual(
            [(f["line"], f["function"], f["source"]) for f in r["error"]["traceback"]],
            [(4, "<module>", "load('{')"), (3, "load", "return json.loads(s)")],
        )
        self.assertEqual((r["error"]["line"], r["error"]["column"]), (3, 12))

    def test_place_and_message(self):
        r = self.run_code("x = 1\nif x:\n    y = x + len(5)\n")
        self.assertEqual(r["error"]["type"], "TypeError")
        self.assertEqual(r["error"]["message"], "object of type 'int' has no len()")
        self.assertEqual((r["error"]["line"], r["error"]["column"]), (3, 13))

    def test_place_of_a_syntax_error(self):
        r = self.run_code("x = 1\ny = = 2\n")
        self.assertEqual(
            (r["outcome"], r["error"]["type"]), ("syntax_error", "SyntaxError")
        )
        self.assertEqual((r["error"]["line"], r["error"]["column"]), (2, 5))
        self.assertIn("line 2", r["reason"])
        self.assertEqual(r["stdout"], "")

    def test_frames_of_a_module_of_the_runs_own(self):
        helper = self.write("helper.py", "def fail():\n    raise ValueError('there')\n")
        r = self.run_code("import helper\nhelper.fail()\n", "--file", helper)
        self.assertEqual(
            [f["function"] for f in r["error"]["traceback"]], ["<module>", "fail"]
        )
        self.assertEqual(r["error"]["traceback"][1]["source"], "raise ValueError('there')")

    def test_very_deep_tracebacks_are_bounded(self):
        r = self.run_code(
            "import sys\nsys.setrecursionlimit(5000)\ndef f(n):\n"
            "    if n == 0: 1/0\n    g(n - 1)\ndef g(n): f(n)\nf(1500)\n"
        )
        self.assertEqual(r["error"]["type"], "ZeroDivisionError")
        self.assertLessEqual(len(r["error"]["traceback"]), 200)
        self.assertEqual(r["error"]["line"], 4)

    def test_a_long_message_is_cut(self):
        r = self.run_code("raise ValueError('é' * 1000000)\n")
        self.assertEqual(r["outcome"], "user_error")
        self.assertLess(len(r["error"]["message"]), 300000)

    def test_an_error_with_hostile_parts(self):
        for code in (
            "class E(Exception):\n    def __str__(self): return 5\nraise E\n",
            "class E(Exception):\n    __module__ = 5\nraise E\n",
            "class E(Exception):\n    __module__ = None\nraise E('x')\n",
            "E = type('a\\nb\\x1b[31m', (Exception,), {})\nraise E('x')\n",
            "import traceback\ntraceback.TracebackException = None\n1/0\n",
            "import sys\nsys.modules.clear()\n1/0\n",
            "import builtins\nbuiltins.str = None\nbuiltins.list = None\n1/0\n",
            (
                "class E(Exception):\n    @property\n    def __traceback__(self): 1/0\n"
                "raise E\n"
            ),
            "e = ValueError(1); e.__cause__ = e\nraise e\n",
            "import sys\nsys.stdout = sys.stderr = None\n1/0\n",
        ):
            with self.subTest(code=code):
                r = self.run_code(code, limits={"wall": "5s"})
                self.assertEqual(r["outcome"], "user_error", r["reason"])
                self.assertTrue(r["error"]["type"])

    def test_an_excepthook_of_the_codes_own(self):
        r = self.run_code(
            "import sys\nsys.excepthook = lambda t, v, tb: print('hook', t.__name__)\n1/0\n"
        )
        self.assertEqual(
            (r["outcome"], r["stdout"]), ("user_error", "hook ZeroDivisionError\n")
        )

    def test_warnings_show_their_line(self):
        code = "import warnings\ndef f():\n    warnings.warn('careful')\nf()\nprint(1)\n"
        self.assertEqual(
            self.shown(self.cell(code)), self.relative(self.python3(code).stderr)
        )

    def test_a_deprecated_escape(self):
        code = "x = '\\d'\nprint(x)\n"
        there, here = self.python3(code), self.cell(code)
        self.assertEqual(
            (here.stdout, self.shown(here)), (there.stdout, self.relative(there.stderr))
        )


# Programs whose output must be what python3's is.
SAME = {
    "main": "print(__name__, __file__, __doc__, __spec__, __package__)\n",
    "docstring": "'''About.'''\nprint(__doc__)\n",
    "dir": "print(sorted(dir()))\n",
    "globals": "print(sorted(globals()) == sorted(vars()), __builtins__.__name__)\n",
    "sys.modules main": "import sys; print(sys.modules['__main__'].__file__)\n",
    "import main": "import __main__\nx = 3\nprint(__main__.x)\n",
    "argv": "import sys; print(sys.argv)\n",
    "inspect": (
        "import inspect\ndef f(a, b=1):\n    '''Doc.'''\n    return a\n"
        "print(inspect.getsource(f), inspect.signature(f), inspect.getsourcelines(f)[1])\n"
    ),
    "inspect, __main__ replaced": (
        "import inspect, sys, types\ndef f():\n    return 1\n"
        "sys.modules['__main__'] = types.ModuleType('__main__')\n"
        "print(inspect.getsource(f))\n"
    ),
    "class source": (
        "import inspect\nclass A:\n    x = 1\n    def f(self): pass\n"
        "print(inspect.getsource(A))\n"
    ),
    "linecache": "import linecache\nprint(linecache.getline(__file__, 2), end='')\n",
    "traceback module": (
        "import traceback\ndef f(): 1/0\ntry: f()\nexcept ZeroDivisionError:\n"
        "    print(traceback.format_exc())\n"
    ),
    "print_stack": (
        "import traceback, sys\ndef f(): traceback.print_stack(file=sys.stdout)\nf()\n"
    ),
    "pickle": (
        "import pickle\nclass A:\n    x = 2\nprint(pickle.loads(pickle.dumps(A())).x)\n"
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\nprint(P(3))\n"
    ),
    "future annotations": (
        "from __future__ import annotations\ndef f(x: undefined): pass\n"
        "print(f.__annotations__)\n"
    ),
    "typing hints": (
        "import typing\nclass A: pass\ndef f(x: 'A'): pass\n"
        "print(typing.get_type_hints(f))\n"
    ),
    "version": "import sys; print(sys.version)\n",
    "flags": (
        "import sys; print(sys.flags.optimize, sys.flags.interactive, sys.flags.utf8_mode"
        " >= 0)\n"
    ),
    "encodings": (
        "import sys; print(sys.stdout.encoding, sys.stdin.encoding, "
        "sys.getdefaultencoding(), sys.getfilesystemencoding())\n"
    ),
    "names of streams": (
        "import sys; print(sys.stdin.name, sys.stdout.name, sys.stderr.name, "
        "sys.stdin.mode, sys.stdout.mode, sys.stderr.mode, sys.stdout.fileno())\n"
    ),
    "isatty": (
        "import sys; print(sys.stdin.isatty(), sys.stdout.isatty(), sys.stderr.isatty())\n"
    ),
    "exit builtins": "print(exit, quit)\n",
    "asyncio": (
        "import asyncio\nasync def f():\n    await asyncio.sleep(0.01)\n    return 4\n"
        "print(asyncio.run(f()))\n"
    ),
    "print to stderr": "import sys\nprint('out')\nprint('err', file=sys.stderr)\n",
    "del and modules": (
        "import os\nclass A:\n    def __del__(self): print(os.sep)\na = A()\n"
    ),
    "last expression is silent": "1 + 1\n'text'\n[1]\n",
    "doctest": (
        "def f(x):\n    '''\n    >>> f(1)\n    2\n    '''\n    return x + 1\n"
        "import doctest; print(doctest.testmod())\n"
    ),
    "input at its end": (
        "try:\n    input('? ')\nexcept EOFError as e:\n    print(repr(e))\n"
    ),
    "breakpoint": "import sys\nprint(sys.breakpointhook is sys.__breakpointhook__)\n",
    "logging": "import logging\nlogging.warning('careful')\n",
    "path type": "import sys\nprint(all(isinstance(p, str) for p in sys.path))\n",
    "int max digits": "import sys; print(sys.get_int_max_str_digits())\n",
    "hash of str varies": "print(hash(1), hash(1.5), hash(None) == hash(None))\n",
    "gc": "import gc; print(gc.isenabled(), gc.get_threshold(), gc.get_debug())\n",
    "signals": (
        "import signal; print(signal.getsignal(2), signal.getsignal(13),"
        " signal.getsignal(10))\n"
    ),
    "multiple threads": (
        "import threading; print(threading.active_count(), "
        "threading.main_thread() is threading.current_thread(), "
        "threading.current_thread().name)\n"
    ),
    "site is there": "import site; print(site.ENABLE_USER_SITE in (True, False, None))\n",
    "help": "help(len)\n",
    "weakref callback": (
        "import weakref\nclass A: pass\na = A()\n"
        "r = weakref.ref(a, lambda r: print('gone'))\na = None\nprint('end')\n"
    ),
    "warnings filter": (
        "import warnings\nwarnings.simplefilter('error')\ntry:\n"
        "    warnings.warn('x')\nexcept UserWarning as e:\n    print('raised', e)\n"
    ),
    "runpy": "import runpy, os\nif __name__ == '__main__':\n    print('once')\n",
}


class SameAsPython(BesidePython):
    def test_programs(self):
        for name, code in SAME.items():
            with self.subTest(name=name):
                there, here = self.python3(code, stdin=subprocess.DEVNULL), self.cell(code)
                self.assertEqual(
                    (here.stdout.decode(), self.shown(here), here.returncode),
                    (
                        self.relative(there.stdout),
                        self.relative(there.stderr),
                        there.returncode,
                    ),
                )

    def test_an_error_that_cannot_be_raised_is_printed(self):
        r = self.run_code(
            "class A:\n    def __del__(self): 1/0\na = A()\ndel a\nprint('on')\n"
        )
        self.assert_ok(r, "on\n")
        self.assertIn("Exception ignored in: <function A.__del__ at 0x", r["stderr"])
        self.assertIn("ZeroDivisionError: division by zero\n", r["stderr"])

    def test_arguments(self):
        code = "import sys; print(sys.argv)\n"
        args = ["-x", "", "a b", "--json", "ü", "--"]
        there = self.python3(code, *args)
        here = self.cell(code, "--", *args)
        self.assertEqual(here.stdout, there.stdout)


class Input(CellTest):
    def test_input(self):
        r = self.run_code("print(input('name? ')); print(input())", input="Ada\nByron\n")
        self.assert_ok(r, "name? Ada\nByron\n")

    def test_the_end_of_input(self):
        r = self.run_code("input()", input="")
        self.assertEqual((r["outcome"], r["error"]["type"]), ("user_error", "EOFError"))
        self.assertEqual(r["error"]["message"], "EOF when reading a line")

    def test_binary(self):
        r = self.run_code(
            "import sys; print(sum(sys.stdin.buffer.read()))", input=bytes(range(256))
        )
        self.assert_ok(r, "32640\n")

    def test_lines(self):
        r = self.run_code(
            "import sys\nprint([line for line in sys.stdin])", input="a\nb\r\nc"
        )
        self.assert_ok(r, "['a\\n', 'b\\r\\n', 'c']\n")

    def test_input_that_is_not_utf8(self):
        r = self.run_code("import sys; print(ascii(sys.stdin.read()))", input=b"a\xffb")
        self.assertIn(r["outcome"], ("ok", "user_error"))

    def test_ten_megabytes_through(self):
        data = bytes(range(256)) * 40960
        r = self.run_code(
            (
                "import sys, hashlib\nd = sys.stdin.buffer.read()\n"
                "print(len(d), hashlib.sha256(d).hexdigest())\n"
            ),
            input=data,
        )
        import hashlib

        self.assert_ok(r, f"{len(data)} {hashlib.sha256(data).hexdigest()}\n")

    def test_ten_megabytes_echoed(self):
        data = b"0123456789abcde\n" * 655360
        r = self.run_code(
            "import sys, shutil\nshutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)\n",
            input=data,
            limits={"output": "16MiB"},
        )
        self.assert_ok(r)
        self.assertEqual(r["stdout"].encode(), data)

    def test_a_file(self):
        path = self.write("in.txt", "from a file\n")
        r = self.run_code("print(input())", "--stdin", path)
        self.assert_ok(r, "from a file\n")

    def test_input_that_nobody_reads(self):
        r = self.run_code("print('end')", input=b"x" * 5_000_000)
        self.assert_ok(r, "end\n")

    def test_input_that_is_closed_by_the_code(self):
        r = self.run_code(
            "import sys, os, time\nos.close(0)\ntime.sleep(.1)\nprint('end')",
            input=b"x" * 5_000_000,
        )
        self.assert_ok(r, "end\n")

    def test_input_that_never_ends(self):
        import os

        read, write = os.pipe()
        self.addCleanup(os.close, write)
        path = self.write("script.py", "print('end')")
        started = time.monotonic()
        with os.fdopen(read, "rb") as source:
            process = self.start("run", "--json", path, stdin=source)
            out, _ = process.communicate(timeout=20)
        self.assertIn(b'"outcome":"ok"', out)
        self.assertLess(time.monotonic() - started, 5)

    def test_input_without_end_at_full_speed(self):
        with open("/dev/zero", "rb") as source:
            process = self.start(
                "run",
                "--json",
                "-c",
                "import sys; print(len(sys.stdin.buffer.read(1000000)))",
                stdin=source,
            )
            out, _ = process.communicate(timeout=20)
        self.assertIn(b'"stdout":"1000000\\n"', out)

    def test_input_that_comes_slowly(self):
        import subprocess as s

        process = self.start("run", "--json", "-c", "print(input(), input())", stdin=s.PIPE)

        def feed():
            for part in (b"a", b"b\n", b"c\n"):
                time.sleep(0.15)
                process.stdin.write(part)
                process.stdin.flush()

        feeder = threading.Thread(target=feed)
        feeder.start()
        feeder.join()
        out, _ = process.communicate(timeout=20)
        self.assertIn(b'"stdout":"ab c\\n"', out)


class Imports(CellTest):
    def test_a_module_from_work(self):
        helper = self.write("helper.py", "VALUE = 42\n")
        r = self.run_code(
            "import helper; print(helper.VALUE, helper.__file__)", "--file", helper
        )
        self.assert_ok(r, "42 /work/helper.py\n")

    def test_a_package_from_work(self):
        init = self.write("p_init.py", "from .part import x\n")
        part = self.write("p_part.py", "x = 'part'\n")
        r = self.run_code(
            "import pack; print(pack.x)",
            "--file",
            f"pack/__init__.py={init}",
            "--file",
            f"pack/part.py={part}",
        )
        self.assert_ok(r, "part\n")

    def test_a_module_that_the_code_writes(self):
        r = self.run_code(
            "open('made.py', 'w').write('X = 5')\nimport made\nprint(made.X)\n"
        )
        self.assert_ok(r, "5\n")
        self.assertEqual([f["path"] for f in r["files"]], ["made.py"])

    def test_a_module_of_the_library_is_hidden_by_ones_own(self):
        own = self.write("own.py", "print('mine')\n")
        r = self.run_code("import colorsys", "--file", f"colorsys.py={own}")
        self.assert_ok(r, "mine\n")

    def test_a_package_set(self):
        self.write("set/inside/__init__.py", "WHERE = __file__\n")
        self.write("set/single.py", "X = 1\n")
        sets = {"mine": {"path": str(self.dir / "set")}}
        self.home.chmod(0o755)
        r = self.run_code(
            (
                "import inside, single\nprint(inside.WHERE)\ntry:\n"
                "    open(inside.WHERE, 'a')\nexcept OSError as e:\n"
                "    print(type(e).__name__)\n"
            ),
            package_sets=sets,
            profile={"python": {"packages": "mine"}},
        )
        self.assertEqual(r["outcome"], "ok", (r["reason"], r["error"]))
        self.assertTrue(r["stdout"].startswith(str(self.dir / "set")))

    def test_nothing_of_the_host_is_imported(self):
        r = self.run_code(
            (
                "import sys\nprint([p for p in sys.path if 'site-packages' in p or "
                "'dist-packages' in p])\n"
            ),
            env={"PYTHONPATH": "/tmp", "PYTHONHOME": "/nonexistent"},
        )
        self.assert_ok(r, "[]\n")

    def test_no_bytecode_is_left(self):
        helper = self.write("helper.py", "VALUE = 42\n")
        r = self.run_code("import helper", "--file", helper)
        self.assertEqual(r["files"], [])


class Exceptions(CellTest):
    def test_an_oserror_of_ones_own_takes_the_arguments_that_it_says(self):
        """cloche watches OSError, and must not be seen at it."""
        r = self.run_code(
            "class Own(OSError):\n"
            "    def __init__(self, text, *, more=None):\n"
            "        super().__init__(5, text)\n"
            "        self.more = more\n"
            "class Late(Own):\n"
            "    def __init__(self):\n"
            "        super().__init__('late', more=2)\n"
            "class Plain(OSError): pass\n"
            "for e in (Own('x', more=1), Late(), Late()):\n"
            "    print(e.args, e.errno, e.strerror, e.more)\n"
            "print(Plain(2, 'no').errno, type(OSError(2, 'no')).__name__, OSError('a').args)\n"
        )
        self.assert_ok(r, "(5, 'x') 5 x 1\n(5, 'late') 5 late 2\n(5, 'late') 5 late 2\n"
                          "2 FileNotFoundError ('a',)\n")


class Environment(CellTest):
    """Whatever starts the interpreter, code sees the policy's variables only."""

    CODE = (
        "import ctypes, os\n"
        "here = ctypes.CDLL(None)\n"
        "here.getenv.restype = ctypes.c_char_p\n"
        "names = ('LD_PRELOAD', 'LD_BIND_NOW')\n"
        "of_c = [(here.getenv(n.encode()) or b'').decode() for n in names]\n"
        "of_python = {k: v for k, v in os.environ.items() if k.startswith('LD_')}\n"
        "[of_python, of_c, hasattr(here, 'BZ2_bzlibVersion'), os.getcwd()]\n"
    )

    def test_nothing_for_the_loader_is_left(self):
        r = self.run_code(self.CODE)
        self.assert_ok(r, "")
        self.assertEqual(r["value"], [{}, ["", ""], False, "/work"])

    @plain_build_only  # a sanitizer's runtime wants to be what is loaded first
    def test_what_the_policy_has_for_the_loader_stays(self):
        variables = {"LD_PRELOAD": ctypes.util.find_library("bz2"), "LD_BIND_NOW": "1"}
        r = self.run_code(self.CODE, profile={"env": {"set": variables}})
        self.assert_ok(r, "")
        self.assertEqual(
            r["value"], [variables, list(variables.values()), True, "/work"]
        )

    def test_children_have_the_same(self):
        r = self.run_code(
            "import os, subprocess\n"
            "shown = subprocess.run(['env'], capture_output=True, text=True).stdout\n"
            "here = {f'{k}={v}' for k, v in os.environ.items()}\n"
            "[sorted(set(shown.split('\\n')) - here - {''}), 'LD_' in shown]\n",
            limits={"processes": 2},
        )
        self.assert_ok(r, "")
        self.assertEqual(r["value"], [[], False])


if __name__ == "__main__":
    unittest.main()

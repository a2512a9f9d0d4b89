# SPDX-License-Identifier: Apache-2.0
"""Budgets that only the interpreter can keep: the heap, one operation's memory,
recursion.  Each ends the run with its own verdict, and no code survives it."""
import math  # noqa: F401  (the rows of FITTING use it)
import re
import textwrap
import unittest

from restricted import CellTest, plain_build_only

KIB = 1 << 10
MIB = 1 << 20
UNITS = {"B": 1, "bytes": 1, "KiB": KIB, "MiB": MIB, "GiB": 1 << 30, "TiB": 1 << 40,
         "PiB": 1 << 50, "EiB": 1 << 60}


class BudgetTest(CellTest):
    def run_at(self, profile, code, limits=None):
        return self.run_code(textwrap.dedent(code), profile={"extends": profile},
                             limits=limits)

    def needed(self, value):
        """The bytes that the reason names."""
        found = re.search(r"(?:needed|room was left for) ([0-9.]+) ?([KMGTPE]?i?B|bytes)",
                          value["reason"])
        self.assertIsNotNone(found, value["reason"])
        return float(found[1]) * UNITS[found[2]]

    def assert_ended(self, value, outcome, line=None):
        self.assertEqual(value["outcome"], outcome,
                         (value["reason"], value["error"], value["stderr"]))
        self.assertNotIn("survived", value["stdout"])
        if line is not None:
            self.assertIn(f"at line {line};", value["reason"])


class Source(BudgetTest):
    def test_lines_of_the_program_count_for_nothing(self):
        """They are cut when a traceback wants them, which may be in the program."""
        code = ("import traceback\n" + "#1\n" * 16000 + "try:\n    1/0\n"
                "except ZeroDivisionError:\n    print(traceback.format_exc())\n"
                "    print('a' * len(traceback.format_exc()))\n")
        # What traceback needs is imported before: that would count.
        r = self.run_code(code, profile={"extends": "page", "python": {"preload": [
            "traceback", "linecache", "ast", "typing", "_strptime", "hashlib"]}})
        self.assertEqual(r["outcome"], "ok", r["reason"])
        self.assertIn("line 16003", r["stdout"])
        self.assertIn("    1/0\n", r["stdout"])


# What one call would make, and about how many bytes that is.  limits.memory is 100 MiB.
ENORMOUS = [
    # int, by every route to the operator
    ("10 ** 10 ** 9", 4.15e8),
    ("pow(10, 10 ** 9)", 4.15e8),
    ("x = 10\nx **= 10 ** 9", 4.15e8),
    ("import operator\noperator.pow(10, 10 ** 9)", 4.15e8),
    ("import operator\noperator.ipow(10, 10 ** 9)", 4.15e8),
    ("import functools, operator\nfunctools.reduce(operator.pow, [10, 10 ** 9])", 4.15e8),
    ("list(map(pow, [10], [10 ** 9]))", 4.15e8),
    ("(True + 1) ** 10 ** 10", 1.33e9),
    ("class I(int): pass\nI(10) ** 10 ** 9", 4.15e8),
    ("class I(int):\n    def __pow__(self, n): return super().__pow__(n)\nI(10) ** 10 ** 9",
     4.15e8),
    ("f'{10 ** 10 ** 9}'", 4.15e8),
    ("1 << 10 ** 10", 1.33e9),
    ("True << 10 ** 10", 1.33e9),
    ("x = 3\nx <<= 10 ** 10", 1.33e9),
    ("import operator\noperator.lshift(1, 10 ** 10)", 1.33e9),
    ("round(5, -(10 ** 9))", 4.15e8),
    ("x = 1 << 6 * 10 ** 8\nx * x", 1.6e8),
    ("x = 1 << 6 * 10 ** 8\nx *= x", 1.6e8),
    ("import math\nmath.prod([1 << 3 * 10 ** 8] * 5)", None),
    ("import math\nx = 1 << 5 * 10 ** 8\nmath.lcm(x, x << 1)", None),
    ("(5).to_bytes(10 ** 9, 'big')", 1e9),
    # math
    ("import math\nmath.factorial(10 ** 8)", 3.3e8),
    ("import math\nmath.comb(10 ** 10, 10 ** 9)", 4.4e8),
    ("import math\nmath.comb(10 ** 40, 10 ** 8)", 1.4e9),
    ("import math\nmath.perm(10 ** 10, 10 ** 9)", 4.4e9),
    ("import math\nmath.perm(10 ** 8)", 3.3e8),
    # repetition
    ("'ab' * 10 ** 9", 2e9),
    ("10 ** 9 * 'é☃'", 4e9),
    ("x = 'ab'\nx *= 10 ** 9", 2e9),
    ("import operator\noperator.mul('ab', 10 ** 9)", 2e9),
    ("b'ab' * 10 ** 9", 2e9),
    ("bytearray(b'ab') * 10 ** 9", 2e9),
    ("x = bytearray(b'ab')\nx *= 10 ** 9", 2e9),
    ("[0] * 10 ** 9", 8e9),
    ("x = [0]\nx *= 10 ** 9", 8e9),
    ("[0] * 2 ** 62", 1.8e19),
    ("(0,) * 10 ** 9", 8e9),
    ("class T(tuple): pass\nT((0,)) * 10 ** 9", 8e9),
    ("from array import array\narray('d', [0]) * 10 ** 9", 8e9),
    ("from array import array\nx = array('d', [0])\nx *= 10 ** 9", 8e9),
    ("from collections import deque\ndeque([0]) * 10 ** 9", 8e9),
    ("from collections import deque\nx = deque([0])\nx *= 10 ** 9", 8e9),
    # padding
    ("'a'.zfill(10 ** 9)", 1e9),
    ("'a'.ljust(10 ** 9)", 1e9),
    ("'a'.rjust(10 ** 9)", 1e9),
    ("'a'.center(10 ** 9)", 1e9),
    ("'\\t'.expandtabs(10 ** 9)", 1e9),
    ("b'a'.zfill(10 ** 9)", 1e9),
    ("b'a'.ljust(10 ** 9)", 1e9),
    ("b'a'.rjust(10 ** 9)", 1e9),
    ("b'a'.center(10 ** 9)", 1e9),
    ("b'\\t'.expandtabs(10 ** 9)", 1e9),
    ("bytearray(b'a').ljust(10 ** 9)", 1e9),
    ("f = 'a'.ljust\nf(10 ** 9)", 1e9),
    ("str.ljust('a', 10 ** 9)", 1e9),
    # joining, replacing, translating
    ("('a' * 10 ** 6).join(['b'] * 1000)", 1e9),
    ("(b'a' * 10 ** 6).join([b'b'] * 1000)", 1e9),
    ("('a' * 10 ** 5).replace('a', 'b' * 10 ** 4)", 1e9),
    ("(b'a' * 10 ** 5).replace(b'a', b'b' * 10 ** 4)", 1e9),
    ("('a' * 10 ** 4).translate({97: 'b' * 10 ** 6})", None),
    # widths and precisions
    ("'%*d' % (10 ** 9, 1)", 1e9),
    ("'%1000000000d' % 1", 1e9),
    ("'%.1000000000d' % 1", 1e9),
    ("'%.1000000000f' % 1.5", 1e9),
    ("'%1000000000s' % 'a'", 1e9),
    ("b'%1000000000d' % 1", 1e9),
    ("format(1, '1000000000')", 1e9),
    ("format(1.5, '.1000000000f')", 1e9),
    ("format('a', '1000000000')", 1e9),
    ("f'{1:1000000000}'", 1e9),
    ("n = 10 ** 9\nf'{1.5:.{n}f}'", 1e9),
    ("'{:1000000000}'.format('a')", 1e9),
    ("'{:{}}'.format('a', 10 ** 9)", 1e9),
    ("from decimal import Decimal\nformat(Decimal(1), '1000000000')", 1e9),
    ("from decimal import Decimal\nf'{Decimal(1):.1000000000f}'", 4e8),
    ("from decimal import Decimal\nint(Decimal('1e900000000'))", 3.7e8),
    # bytes that were only counted
    ("bytes(10 ** 9)", 1e9),
    ("bytearray(10 ** 9)", 1e9),
    ("import struct\nstruct.pack('1000000000x')", 1e9),
    ("list(range(10 ** 9))", 8e9),
    ("tuple(range(10 ** 9))", 8e9),
    ("import itertools\nlist(itertools.repeat(0, 10 ** 9))", 8e9),
    ("import itertools\nlist(itertools.permutations([1], 10 ** 9))", 8e9),
    ("import hashlib\nhashlib.scrypt(b'x', salt=b'y', n=2 ** 20, r=8, p=1,\n"
     "               maxmem=2 ** 31 - 1)", 1.07e9),
    ("import hashlib\nhashlib.shake_128(b'x').digest(10 ** 9)", 1e9),
    ("import io\nb = io.BytesIO()\nb.seek(10 ** 12)\nb.write(b'x')", 1e12),
    ("class L:\n    def __len__(self): return 10 ** 12\n"
     "    def __getitem__(self, i): raise IndexError\nlist(L())", 8e12),
    ("import random\nrandom.getrandbits(2 ** 31 - 1)", 2.6e8),
    ("import zlib\nz = b'x' * 90\nfor i in range(3): z = zlib.compress(z * 9000, 9)\n"
     "for i in range(3): z = zlib.decompress(z)", None),
]


# What is done as ever: large, but there is room; or small, though its numbers are not.
FITTING = [
    "len('ab' * 10 ** 6)", "len([0] * 10 ** 6)", "(1 << 10 ** 6).bit_length()",
    "(3 ** 10 ** 5).bit_length()", "math.factorial(3000).bit_length()",
    "math.comb(10 ** 5, 3)", "math.comb(1000, 990)", "math.comb(5, 9)", "math.perm(20, 5)",
    "math.perm(5)", "math.perm(5, 9)", "round(12345, -2)", "round(-15, -1)", "round(7)",
    "len(bytes(10 ** 7))", "pow(3, 10 ** 18, 97)", "pow(2, -2)", "True * 5", "1 << 0",
    "0 << 10 ** 30", "1 ** 10 ** 30", "0 ** 10 ** 30", "(-1) ** 10 ** 20", "len((0,) * 0)",
    "[1] * -1", "'ab' * -(10 ** 9)", "2.0 ** 100", "3 * 'ab'", "1.5 * 2",
    "math.comb(10 ** 30, 1)", "math.prod(range(1, 20))",
]


class OneOperation(BudgetTest):
    """More than limits.memory: the run ends before the memory is taken."""

    def test_what_one_call_would_make(self):
        for code, expected in ENORMOUS:
            with self.subTest(code=code):
                code = "try:\n" + textwrap.indent(code, "    ") + (
                    "\nexcept BaseException:\n    pass\nprint('survived')\n")
                value = self.run_at("classroom", code)
                self.assert_ended(value, "memory_limit")
                self.assertTrue(value["limits"]["memory"]["hit"])
                if expected is not None:
                    # An estimate is a lower bound: never much more than is needed.
                    self.assertLess(self.needed(value), 1.3 * expected)
                    self.assertGreater(self.needed(value), 0.6 * expected)

    def test_the_line_is_told(self):
        value = self.run_at("classroom", "x = 1\n\n'a' * 10 ** 10\n")
        self.assert_ended(value, "memory_limit", line=3)
        self.assertIn("one operation would have needed 9.31 GiB", value["reason"])

    def test_what_fits_is_done(self):
        for row in FITTING:
            with self.subTest(row=row):
                value = self.run_at("classroom", f"import math\nprint({row})")
                self.assert_ok(value, stdout=f"{eval(row)}\n")

    def test_errors_stay_what_they_are(self):
        value = self.run_at("classroom", """
            import math
            tries = [lambda: 1 << -1, lambda: math.factorial(-1), lambda: "a" * "b",
                     lambda: math.comb(-1, 2), lambda: [0] * 1.5, lambda: 2 ** "x",
                     lambda: math.factorial("x"), lambda: math.perm(1, 2, 3),
                     lambda: int("9" * 5000), lambda: str(10 ** 5000)]
            for f in tries:
                try:
                    f()
                except (TypeError, ValueError, OverflowError) as e:
                    print(type(e).__name__)
        """)
        self.assert_ok(value)
        self.assertEqual(value["stdout"].split(),
                         ["ValueError", "ValueError", "TypeError", "ValueError", "TypeError",
                          "TypeError", "TypeError", "TypeError", "ValueError", "ValueError"])

    def test_memory_that_goes_bit_by_bit(self):
        for code in ("x = []\nwhile True: x.append([])",
                     "x = {}\nfor i in range(10 ** 9): x[i] = str(i)",
                     "x = ''\nwhile True: x += 'x' * 10 ** 6",
                     "x = []\nwhile True:\n    try: x.append(bytes(10 ** 6))\n"
                     "    except BaseException: print('survived')"):
            with self.subTest(code=code):
                value = self.run_at("classroom", code)
                self.assert_ended(value, "memory_limit")

    def test_the_report_is_whole_where_there_is_no_memory(self):
        value = self.run_at("classroom", "print('before')\nx = []\nwhile True: x.append({})")
        self.assert_ended(value, "memory_limit")
        self.assertEqual(value["stdout"], "before\n")


# Within 100 MiB, but not within a heap of 1 MiB.
HEAPFULS = [
    ("[0] * 200000", 1.6e6),
    ("'a' * 2000000", 2e6),
    ("bytes(2000000)", 2e6),
    ("list(range(200000))", 1.6e6),
    ("1 << 2 ** 24", 2.2e6),
    ("7 ** 10 ** 7", 2.7e6),
    ("import math\nmath.factorial(10 ** 6)", 2.3e6),
    ("'a'.ljust(2000000)", 2e6),
    ("format(1, '2000000')", 2e6),
    ("from collections import deque\ndeque([0]) * 200000", 1.6e6),
    ("x = []\nfor i in range(9000): x.append([i] * 20)", MIB),
    ("x = {}\nfor i in range(9999): x[i] = (i, i, i, i, i, i)", MIB),
    ("x = [bytes([i % 256]) * 1000 for i in range(2000)]", MIB),
    ("class A: pass\nx = []\nfor i in range(9999): x.append(A())\n"
     "for a in x[:0]: pass\nfor a in list(map(str, x)): pass", MIB),
    ("import hashlib\nx = [hashlib.sha3_256() for i in range(9000)]", MIB),
    ("import hmac\nx = [hmac.new(b'k', b'', 'sha256') for i in range(9000)]", MIB),
    ("import re\nx = [re.compile('a' * i) for i in range(2000)]", MIB),
    ("import struct\nx = [struct.Struct('%dx' % i + 'i' * 100) for i in range(9000)]", MIB),
    ("from array import array\nx = array('b')\nfor i in range(2000): x.extend(bytes(1000))",
     MIB),
    ("def f(n): yield from f(n - 1) if n else []\nx = [f(i) for i in range(9000)]", MIB),
]


class Heap(BudgetTest):
    def test_what_does_not_fit(self):
        for code, expected in HEAPFULS:
            with self.subTest(code=code):
                code = "try:\n" + textwrap.indent(code, "    ") + (
                    "\nexcept BaseException:\n    pass\nprint('survived')\n")
                value = self.run_at("page", code)
                self.assert_ended(value, "heap_limit")
                self.assertIn("limits.heap is 1MiB", value["reason"])
                self.assertEqual(value["hint"], "raise profiles.test.limits.heap (now 1MiB)")
                self.assertLess(self.needed(value), 1.3 * expected + 800 * KIB)
                self.assertGreater(self.needed(value), 0.99 * max(MIB, 0.8 * expected))

    def test_ordinary_use_near_the_limit(self):
        for code in ("x = [0] * 120000", "x = 'a' * 1000000", "x = bytes(1000000)",
                     "x = list(range(9000))", "x = [str(i) for i in range(9000)]",
                     "x = {i: str(i) for i in range(4000)}",
                     "x = [[i] for i in range(6000)]"):
            with self.subTest(code=code):
                self.assert_ok(self.run_at("page", code + "\nprint(len(x))"))

    def test_what_is_freed_is_there_again(self):
        self.assert_ok(self.run_at("page", """
            for i in range(500):
                x = bytes(900000)
                del x
            for i in range(100):
                x = [j for j in range(25)] * 1000
            for i in range(30):
                x = {j: (j, str(j)) for j in range(100)}
            s = ""
            for i in range(2000):
                s += "abc"
            print(len(s))
        """), stdout="6000\n")

    def test_cycles_are_freed_before_they_are_too_much(self):
        self.assert_ok(self.run_at("page", """
            for i in range(9999):
                a = []
                b = [a]
                a.append(b)
            print("done")
        """), stdout="done\n")

    def test_frames_count(self):
        code = """
            def f(n):
                {locals}
                return n and f(n - 1)
            print(f(90))
        """
        wide = "; ".join(f"a{i} = 0" for i in range(2000))
        self.assert_ok(self.run_at("page", code.format(locals="a = 0")))
        self.assert_ended(self.run_at("page", code.format(locals=wide)), "heap_limit")

    def test_imports_are_not_the_runs_memory(self):
        value = self.run_at("page", """
            import array, base64, binascii, collections, copy, datetime, functools, hashlib
            import hmac, itertools, json, math, operator, pprint, random, re, string, struct
            import textwrap, unicodedata
            x = [0] * 100000
            print(len(x))
        """)
        self.assert_ok(value, stdout="100000\n")

    def test_the_limit_is_the_requests_too(self):
        value = self.run_at("page", "x = [0] * 100000", limits={"heap": "512KiB"})
        self.assert_ended(value, "heap_limit")
        self.assert_ok(self.run_at("classroom", "x = [0] * 100000", limits={"heap": "8MiB"}))
        value = self.run_at("classroom", "x = [0] * 2000000", limits={"heap": "8MiB"})
        self.assert_ended(value, "heap_limit")

    @plain_build_only
    def test_the_process_is_no_larger_than_what_is_counted(self):
        empty = self.run_at("page", "pass")
        full = self.run_at("page", "x = [(i,) for i in range(9000)]\n")
        self.assert_ok(full)
        grown = (full["limits"]["memory"]["peak_bytes"]
                 - empty["limits"]["memory"]["peak_bytes"])
        self.assertGreater(grown, MIB // 4)
        self.assertLess(grown, 3 * MIB)


# What code does that will not be ended.
STUBBORN = [
    "try:\n    {act}\nexcept BaseException:\n    print('survived')",
    "try:\n    {act}\nexcept:\n    print('survived')",
    "try:\n    {act}\nfinally:\n    print('survived')",
    "try:\n    {act}\nexcept (MemoryError, RecursionError):\n    print('survived')",
    "class C:\n    def __enter__(self): return self\n"
    "    def __exit__(self, *a):\n        print('survived')\n        return True\n"
    "with C():\n    {act}\nprint('survived')",
    "def g():\n    try:\n        yield 1\n        {act}\n    finally:\n"
    "        print('survived')\nfor x in g(): pass",
    "for i in range(3):\n    try:\n        {act}\n    except BaseException:\n        continue\n"
    "print('survived')",
    "class C:\n    def __str__(self):\n        {act}\n"
    "try:\n    f'{{C()}}'\nexcept BaseException:\n    pass\nprint('survived')",
    "class C:\n    def __lt__(self, other):\n        {act}\n"
    "try:\n    sorted([C(), C()])\nexcept BaseException:\n    pass\nprint('survived')",
    "class C:\n    def __getattr__(self, name):\n        {act}\n"
    "try:\n    hash(C().x)\nexcept BaseException:\n    pass\nprint('survived')",
    "class C:\n    def __hash__(self):\n        {act}\n"
    "try:\n    {{C(): 1}}\nexcept BaseException:\n    pass\nprint('survived')",
    "try:\n    raise ValueError\nexcept ValueError:\n    try:\n        {act}\n"
    "    except BaseException: pass\nprint('survived')",
]


class Stubborn(BudgetTest):
    def test_no_code_survives_its_budget(self):
        for act, outcome, profile in (("[0] * 10 ** 7", "heap_limit", "page"),
                                      ("[0] * 10 ** 9", "memory_limit", "classroom"),
                                      ("deep()", "recursion_limit", "page"),
                                      ("deep()", "recursion_limit", "classroom")):
            for program in STUBBORN:
                with self.subTest(program=program, act=act):
                    code = "def deep(): return deep()\n" + program.format(act=act)
                    self.assert_ended(self.run_at(profile, code), outcome)


# Ways to nest too deeply; nested() makes a list in a list in a list ...
NESTING = [
    "def f(): return f()\nf()",
    "def f(n): return n + f(n + 1)\nf(0)",
    "f = lambda x: f(x)\nf(1)",
    "class C:\n    def __eq__(self, o): return self == o\nC() == C()",
    "class C:\n    def __repr__(self): return repr(self)\nrepr(C())",
    "class C:\n    def __getattr__(self, n): return self.other\nC().x",
    "class C:\n    def __add__(self, o): return self + o\nC() + C()",
    "def f(): yield from f()\nlist(f())",
    "def k(x): return sorted([2, 1], key=k)\nk(1)",
    "def k(x): return max([2, 1], key=k)\nk(1)",
    "def k(x): return list(map(k, [x]))\nk(1)",
    "repr(nested())",
    "str(nested())",
    "f'{nested()}'",
    "nested() == nested()",
    "nested() < nested()",
    "import json\njson.dumps(nested())",
    "import json\njson.loads('[' * 50000)",
    "import copy\ncopy.deepcopy(nested())",
    "isinstance(1, nested_tuple())",
    "import functools\nf = functools.lru_cache(lambda n: f(n + 1))\nf(0)",
    "import functools\n@functools.cmp_to_key\ndef k(a, b): return sorted([a, b], key=k)[0]\n"
    "sorted([1, 2], key=k)",
    "import re\ndef f(m): return re.sub('a', f, 'a')\nf(1)",
]

MAKE_NESTED = """
def nested():
    x = []
    for i in range(4000): x = [x]
    return x
def nested_tuple():
    x = ()
    for i in range(4000): x = (x, int)
    return x
"""


class AtTheEnd(BudgetTest):
    """A text that the report asks an object for is made by the code, and counted."""

    TEXTS = {"error": """
        class E(Exception):
            def __str__(self):
                %s
                print("survived")
                return "text"
        raise E()
        """, "cause": """
        class E(Exception):
            def __str__(self):
                %s
                print("survived")
                return "text"
        try:
            raise E()
        except E as e:
            raise ValueError("x") from e
        """, "value": """
        class V:
            def __repr__(self):
                %s
                print("survived")
                return "text"
        V()
        """}

    def test_loops(self):
        for name, text in self.TEXTS.items():
            with self.subTest(name):
                value = self.run_at("page", text % "for i in range(20000): pass")
                self.assert_ended(value, "loop_limit")

    def test_heap(self):
        """With what the report may need beside."""
        for name, text in self.TEXTS.items():
            with self.subTest(name):
                value = self.run_at("page", text % "x = [0] * 4000000")
                self.assert_ended(value, "heap_limit")

    def test_what_fits(self):
        value = self.run_at("page", self.TEXTS["error"].replace('print("survived")', "pass")
                            % "x = [i for i in range(1000)]")
        self.assertEqual(value["outcome"], "user_error")
        self.assertEqual(value["error"]["message"], "text")


class Recursion(BudgetTest):
    def counts_c_calls_apart(self):
        """From 3.12 on calls within C have a limit of CPython's own, of 10,000."""
        version = self.result("-c", "import sys; sys.version_info[:2]")["value"]
        return version >= [3, 12]

    def test_a_recursion_error_of_cpythons_ends_the_run(self):
        is_apart = self.counts_c_calls_apart()
        for code in NESTING:
            if is_apart and "nested" in code:
                continue  # 4,000 deep, and in C alone
            for profile, limit in (("page", 100), ("classroom", 1000)):
                with self.subTest(code=code, profile=profile):
                    code_ = MAKE_NESTED + "try:\n" + textwrap.indent(code, "    ") + (
                        "\nexcept BaseException:\n    pass\nprint('survived')\n")
                    value = self.run_at(profile, code_)
                    self.assert_ended(value, "recursion_limit")
                    self.assertIn(f"limits.recursion is {limit}", value["reason"])

    def test_uncaught_it_is_the_same(self):
        # On one line: 3.13 is in the new call already, which begins at its def.
        value = self.run_at("page", "x = 1\n\ndef f(): return f()\n\nf()")
        self.assert_ended(value, "recursion_limit", line=3)

    def test_one_that_the_code_raises_is_an_ordinary_exception(self):
        value = self.run_at("page", """
            class Mine(RecursionError): pass
            class Odd(Exception):
                def __init__(self): self.inner = RecursionError("so deep")
            for e in (RecursionError, RecursionError("so deep"), Mine("deep"), Odd(),
                      RecursionError("maximum recursion depth exceeded"), MemoryError):
                try:
                    raise e
                except Exception as caught:
                    print(type(caught).__name__, caught)
        """)
        self.assert_ok(value)
        self.assertEqual(value["stdout"].splitlines(),
                         ["RecursionError ", "RecursionError so deep", "Mine deep", "Odd ",
                          "RecursionError maximum recursion depth exceeded", "MemoryError "])
        value = self.run_at("page", "raise RecursionError('mine')")
        self.assertEqual(value["outcome"], "user_error")

    def test_depth_up_to_the_limit(self):
        code = "def f(n): return n and f(n - 1)\nprint(f({}))"
        self.assert_ok(self.run_at("page", code.format(90)), stdout="0\n")
        self.assert_ok(self.run_at("classroom", code.format(950)), stdout="0\n")
        self.assert_ok(self.run_at("classroom", code.format(4500),
                                   limits={"recursion": 5000}), stdout="0\n")


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Facades: what each module offers, what it does not, and the words for it; and what
docs/GUARD.md says of them."""
import json
import pathlib
import re
import textwrap
import unittest

import tables
from restricted import CellTest, RestrictedTest

REPO = pathlib.Path(__file__).resolve().parents[2]
# What `page` lists of traceback is added to, and never whole.
ALL = {"modules": {"allow": tables.modules(),
                   "only": {"traceback": tables.rows()["traceback"]}},
       "builtins": {"allow": ["getattr", "hasattr", "setattr", "id"]}}
FREE = {"heap": "none", "loop_iterations": "none", "recursion": 1000}


class Offered(RestrictedTest):
    def run_all(self, code, **options):
        return self.ok(code, python=ALL, limits=FREE, **options)

    def real_names(self):
        """{module: its public names} of the Python in the cells."""
        value = CellTest.run_code(self, textwrap.dedent("""
            import importlib, json, types
            names = json.loads(input())
            print(json.dumps({m: [n for n, v in vars(importlib.import_module(m)).items()
                                  if n[0] != "_"] for m in names}))
            """), input=json.dumps(tables.modules()).encode())
        return json.loads(value["stdout"])

    def test_each_name_of_the_table_is_there_and_no_other(self):
        code = ["import json\nfound = {}\n"]
        real = self.real_names()
        rows = tables.rows()
        for module in tables.modules():
            code.append(f"import {module}\nfound[{module!r}] = " + "{n: hasattr("
                        f"{module}, n) for n in {sorted(set(real[module]) | set(rows[module]))}"
                        "}\n")
        value = self.run_all("".join(code) + "print(json.dumps(found))\n")
        found = json.loads(value["stdout"])
        for module, names in found.items():
            with self.subTest(module=module):
                there = {name for name, has in names.items() if has}
                allowed = set(rows[module]) & set(real[module])
                below = {m.rpartition(".")[2] for m in rows if m.startswith(module + ".")}
                lazy = {n for n in rows[module] if n not in real[module]}
                self.assertEqual(there - below - lazy, allowed - below)

    def test_what_is_not_offered_is_told(self):
        value = self.run_all("""
            import json, random
            for f in (lambda: json.codecs, lambda: random._os, lambda: json.nothing,
                      lambda: json.dumpz):
                try:
                    f()
                except AttributeError as e:
                    print(e)
            try:
                from json import decoder
            except ImportError as e:
                print(e)
            try:
                from json import load, lods
            except ImportError as e:
                print(e)
            print(hasattr(json, "codecs"), repr(json))
        """)
        self.assertEqual(value["stdout"].splitlines(), [
            "json.codecs is not offered at level restricted",
            "random._os is not offered at level restricted",
            "module 'json' has no attribute 'nothing'",
            "module 'json' has no attribute 'dumpz'. Did you mean: 'dump'?",
            "json.decoder is not offered at level restricted",
            "cannot import name 'lods' from 'json'. Did you mean: 'loads'?",
            "False <module 'json'>"])
        self.assertEqual([d["what"] for d in value["denials"]],
                         ["attribute json.codecs", "attribute random._os",
                          "attribute json.decoder", "attribute json.codecs"])

    def test_a_facade_does_not_change(self):
        value = self.run_all("""
            import json
            import json as again
            for f in (lambda: setattr(json, "x", 1), lambda: setattr(json, "dumps", 1)):
                try:
                    f()
                except AttributeError as e:
                    print(e)
            try:
                del json.dumps
            except AttributeError as e:
                print(e)
            print(json is again, json.dumps([1]))
        """)
        self.assertEqual(value["stdout"].splitlines(),
                         ["module 'json' cannot be changed"] * 3 + ["True [1]"])

    def test_forms_of_import(self):
        value = self.run_all("""
            from __future__ import annotations
            import collections.abc
            import collections.abc as cabc
            from collections import abc, OrderedDict as Od
            from collections.abc import Mapping
            from math import *
            print(collections.abc is cabc is abc, cabc.Mapping is Mapping, Od, sqrt(4), pi)
            print(issubclass(dict, Mapping), collections.Counter("aa"))
        """)
        self.assertEqual(value["stdout"],
                         "True True <class 'collections.OrderedDict'> 2.0 "
                         "3.141592653589793\nTrue Counter({'a': 2})\n")


class Refused(RestrictedTest):
    def test_what_cannot_be_imported_and_why(self):
        rows = (
            ("csv", "ImportError", "module 'csv' is not allowed by profile 'test': add 'csv' to "
             "profiles.test.python.modules.allow", "add 'csv' to"),
            ("os", "ImportError", "needs a profile of level isolated", "level isolated"),
            ("sys", "ImportError", "needs a profile of level isolated", "level isolated"),
            ("ctypes", "ImportError", "needs a profile of level isolated", "level isolated"),
            ("numpy.linalg", "ImportError", "needs a profile of level isolated",
             "level isolated"),
            ("json.decoder", "ImportError", "needs a profile of level isolated",
             "level isolated"),
            ("builtins", "ImportError", "needs a profile of level isolated", "level isolated"),
            ("_io", "ImportError", "needs a profile of level isolated", "level isolated"),
            ("jsn", "ModuleNotFoundError", "No module named 'jsn'. Did you mean: 'json'?", ""),
            ("nothing_like_it", "ModuleNotFoundError", "No module named 'nothing_like_it'", ""),
        )
        for module, kind, message, hint in rows:
            with self.subTest(module=module):
                value = self.run_code(f"import {module}")
                self.assertEqual(value["error"]["type"], kind)
                self.assertIn(message, value["error"]["message"])
                self.assertEqual([d["what"] for d in value["denials"]],
                                 [f"import {module}"] if hint else [])
                if hint:
                    self.assertIn(hint, value["denials"][0]["hint"])

    def test_only_what_the_profile_lists(self):
        python = {"modules": {"only": {"statistics": ["mean"]}},
                  "builtins": {"allow": ["hasattr"]}}
        value = self.ok("""
            import statistics
            from statistics import mean
            print(mean([1, 2, 3]), hasattr(statistics, "median"))
            try:
                statistics.median
            except AttributeError as e:
                print(e)
        """, python=python)
        self.assertEqual(value["stdout"],
                         "2 False\nstatistics.median is not allowed by profile 'test': add "
                         "'median' to profiles.test.python.modules.only.statistics\n")
        self.assertIn("add 'statistics' to profiles.test.python.modules.allow",
                      value["denials"][0]["hint"])

    def test_a_function_that_is_not_there_is_an_error_of_the_profile(self):
        python = {"modules": {"only": {"statistics": ["meen"]}}}
        done = self.cloche("run", "--policy", self.policy(extends="page", python=python),
                           "-c", "1")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"python.modules.only: 'statistics.meen' is not offered at level "
                      b"restricted; did you mean 'mean'?", done.stderr)


class Wrapped(RestrictedTest):
    """What an attack would find, one row for each wrap or patch."""

    ROWS = (
        ("operator", "operator.attrgetter('__class__')", "AttributeError"),
        ("operator", "operator.attrgetter('real.__class__')", "AttributeError"),
        ("operator", "operator.methodcaller('__reduce_ex__', 4)", "AttributeError"),
        ("operator", "type(operator.attrgetter('real'))('gi_frame')", "AttributeError"),
        ("operator", "operator.attrgetter(S('real'))", "TypeError"),
        ("functools", "functools.update_wrapper(functools.reduce, f)", "AttributeError"),
        ("functools", "functools.update_wrapper(functools.total_ordering, f)", "TypeError"),
        ("functools", "functools.wraps(f, assigned=['__globals__'])", "TypeError"),
        ("functools", "functools.wraps(f, updated=['__dict__', '__globals__'])", "TypeError"),
        ("collections", "collections.namedtuple('P', 'x', module='os')", "TypeError"),
        ("collections", "collections.namedtuple('P', [S('x')])", "P"),
        ("collections", "collections.ChainMap.new_child(Maps, 'N')", "TypeError"),
        ("collections", "collections.Counter.copy(int)", "TypeError"),
        ("collections", "collections.UserList.copy(int)", "TypeError"),
        ("dataclasses", "dataclasses.make_dataclass('D', [S('x')])", "TypeError"),
        ("dataclasses", "dataclasses.make_dataclass('D', ['__class__'])", "ValueError"),
        ("dataclasses", "dataclasses.make_dataclass('D', ['x y'])", "ValueError"),
        ("dataclasses", "dataclasses.make_dataclass('D', ['x'], namespace={'__del__': f})",
         "ValueError"),
        ("dataclasses", "setattr(dataclasses.fields(dataclasses.make_dataclass('D', ['x']))[0],"
         " 'name', '__dict__')", "AttributeError"),
        ("enum", "enum.Enum('E', {'__del__': f})", "ValueError"),
        ("enum", "enum.Enum('E', [S('A')])", "TypeError"),
        ("enum", "enum.Enum('E', 'A', module='os')", "TypeError"),
        ("enum", "enum.IntEnum._convert_('E', 'os', lambda n: True)", "AttributeError"),
        ("enum", "enum.EnumType('E', (), {})", "TypeError"),
        ("types", "types.SimpleNamespace(**{'__reduce_ex__': f})", "AttributeError"),
        ("types", "types.SimpleNamespace({'__reduce_ex__': f})", "Error"),
        ("typing", "typing.List['f()'].copy_with((1,))", "typing"),
        ("typing", "typing.get_args(typing.List['f()'])[0]._evaluate({}, {}, frozenset())",
         "Error"),
        ("typing", "typing.Type('X', (), {})", "TypeError"),
        ("copy", "copy.copy(A().m)", "TypeError"),
        ("copy", "copy.copy(x for x in ())", "TypeError"),
        ("copy", "copy.deepcopy(copy)", "TypeError"),
        ("contextlib", "contextlib.redirect_stdout(A())", "TypeError"),
        ("logging", "logging.basicConfig(filename='/tmp/x')", "TypeError"),
        ("logging", "logging.StreamHandler().stream.buffer", "AttributeError"),
        ("pprint", "pprint.PrettyPrinter()._stream.buffer", "AttributeError"),
        ("decimal", "decimal.Context(prec=10**6)", "ValueError"),
        ("decimal", "setattr(decimal.getcontext(), 'prec', 10**9)", "ValueError"),
        ("decimal", "decimal.localcontext(decimal.Context(prec=10**6))", "ValueError"),
    )

    def test_each(self):
        code = ["""
def f(*a, **k): return 1
class S(str): pass
class Maps:
    maps = [(), {"__del__": f}]
class A:
    def m(self): pass
"""]
        for number, (module, text, _) in enumerate(self.ROWS):
            code.append(f"import {module}\ntry:\n    made = {text}\n"
                        f"    print({number}, 'made', made)\n"
                        f"except Exception as e:\n    print({number}, type(e).__name__)\n")
        value = self.ok("".join(code), python=ALL, limits=FREE)
        lines = dict(line.split(" ", 1) for line in value["stdout"].splitlines()
                     if line[:1].isdigit())
        for number, (_, text, expected) in enumerate(self.ROWS):
            with self.subTest(text):
                self.assertIn(expected, lines[str(number)])

    def test_classes_derived_from_a_modules(self):
        """CPython compares what a class and a subclass have; typing looks for a function."""
        value = self.ok("""
            import collections, typing
            class Map(collections.ChainMap): pass
            class Own(collections.ChainMap):
                def __ror__(self, other): return "own"
            print(type(collections.ChainMap() | Map()) is collections.ChainMap,
                  collections.ChainMap() | Own(), Map.copy is collections.ChainMap.copy)
            class Int(typing.SupportsInt):
                def __int__(self): return 4
            class Named(typing.SupportsInt):
                def __init__(self, n): self.n = n
                def __int__(self): return self.n
            print(int(Int()), int(Named(5)))
        """, python=ALL, limits=FREE)
        self.assertEqual(value["stdout"], "True own True\n4 5\n")

    def test_protocols_and_dataclasses_look_into_objects(self):
        """By inspect, from 3.12 on."""
        value = self.ok("""
            import dataclasses, typing
            @typing.runtime_checkable
            class Sized(typing.Protocol):
                size: int
            class A:
                def __init__(self): self.size = 1
            class B: pass
            print(isinstance(A(), Sized), isinstance(B(), Sized))
            @dataclasses.dataclass
            class P:
                x: int
            print(P.__doc__)
        """, python=ALL, limits=FREE)
        self.assertEqual(value["stdout"], "True False\nP(x: int)\n")

    def test_copies_of_objects_with_slots(self):
        value = self.ok("""
            import copy, dataclasses
            @dataclasses.dataclass(slots=True)
            class P:
                x: int
                y: list
            class L(list):
                __slots__ = ("a",)
            p = P(1, [2])
            q = copy.deepcopy(p)
            m = L([3])
            m.a = 4
            n = copy.copy(m)
            print(q, q.y is p.y, copy.copy(p).y is p.y, n, n.a)
        """, python=ALL, limits=FREE)
        self.assertEqual(value["stdout"], "P(x=1, y=[2]) False True [3] 4\n")

    def test_wraps_copies_what_is_asked_for(self):
        value = self.ok("""
            import functools
            def f():
                "doc"
            f.mark = 1
            for kinds in ({}, {"assigned": ()}, {"updated": ()},
                          {"assigned": iter(["__doc__"]), "updated": ()}):
                def g(): pass
                functools.update_wrapper(g, f, **kinds)
                print(g.__name__, g.__doc__, hasattr(g, "mark"))
            @functools.wraps(f, assigned=("__doc__",), updated=())
            def h(): pass
            print(h.__name__, h.__doc__, hasattr(h, "mark"))
        """, python=ALL, limits=FREE)
        self.assertEqual(value["stdout"], "f doc True\ng None True\nf doc False\n"
                                          "g doc False\nh doc False\n")

    def test_tracebacks_have_the_programs_frames_only(self):
        value = self.ok("""
            import json, traceback
            try:
                json.loads("{")
            except ValueError:
                print(traceback.format_exc())
        """)
        self.assertIn("script.py", value["stdout"])
        self.assertNotIn("/usr", value["stdout"])
        self.assertNotIn("decoder.py", value["stdout"])


class Document(unittest.TestCase):
    """docs/GUARD.md says what the tables say."""

    def setUp(self):
        self.text = (REPO / "docs" / "GUARD.md").read_text(encoding="utf-8")

    def section(self, title):
        return self.text.partition(f"## {title}\n")[2].partition("\n## ")[0]

    def test_it_has_each_module_with_its_names(self):
        said = {}
        for line in self.section("What of each module").splitlines():
            words = re.findall(r"`([^`]+)`", line)
            if line.startswith("| `"):
                said[words[0]] = words[1:]
        self.assertEqual(said, tables.rows())

    def test_it_has_each_wrap(self):
        text = self.section("What is not as in Python")
        for module, name in tables.wraps():
            self.assertIn(f"`{module}.{name}`", text)
        for module in tables.patches():
            if module in tables.rows():
                self.assertIn(f"`{module}.", text)


if __name__ == "__main__":
    unittest.main()

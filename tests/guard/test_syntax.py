# SPDX-License-Identifier: Apache-2.0
"""The check of the tree: each slot where a name can stand, each form of the
language, where an error points, and what it says."""
import ast
import unittest

from restricted import RestrictedTest

# One program for each slot of the grammar in which an identifier stands; NAME is put
# there.  `case` and `with` forms included: whatever can bind, read or reach a name.
SLOTS = {
    ("FunctionDef", "name"): ["def NAME(): pass"],
    ("ClassDef", "name"): ["class NAME: pass"],
    ("Attribute", "attr"): [
        "x = 1\nx.NAME", "x = 1\nx.NAME = 2", "x = 1\ndel x.NAME", "x = 1\nx.NAME += 1",
        "x = 1\nfor x.NAME in []: pass", "x = 1\nwith x as x.NAME: pass",
        "x = 1\n(x.NAME, y) = 1, 2", "x = 1\n[*x.NAME] = 1, 2", "x = 1\nx.NAME: int = 3",
        "x = 1\nf'{x.NAME}'", "x = 1\nf'{1:{x.NAME}}'", "x = 1\nx.y.NAME.z",
        "x = 1\nmatch x:\n  case x.NAME: pass", "def f(a=(1).NAME): pass",
        "@(1).NAME\ndef f(): pass", "class A((1).NAME): pass", "lambda: (1).NAME",
        "[i.NAME for i in []]", "{i: j for i in [] for j in i.NAME}",
        "x = 1\nx[x.NAME]", "x: (1).NAME = 1", "def f() -> (1).NAME: pass",
        "assert (1).NAME, (2).NAME", "raise (1).NAME", "raise ValueError from (1).NAME",
        "print(*(1).NAME)", "print(**(1).NAME)", "print(end=(1).NAME)",
        "def f():\n  yield (1).NAME", "def f():\n  yield from (1).NAME",
        "def f():\n  return (1).NAME", "(y := (1).NAME)", "1 if (1).NAME else 2",
        "not (1).NAME", "1 < (1).NAME", "try: pass\nexcept (1).NAME: pass",
    ],
    ("Global", "names"): ["def f():\n  global NAME"],
    ("Nonlocal", "names"): ["def f():\n  a = 1\n  def g():\n    nonlocal NAME"],
    ("Name", "id"): [
        "NAME", "NAME = 1", "del NAME", "NAME += 1", "for NAME in []: pass",
        "with NAME: pass", "with open as NAME: pass", "(NAME := 1)", "[NAME for i in []]",
        "[i for NAME in []]", "(a, *NAME) = 1, 2", "NAME: int = 1", "x: NAME = 1",
        "print(NAME)", "f'{NAME}'", "NAME()", "class A:\n  x = NAME",
        "class A(NAME): pass", "match 1:\n  case 1 if NAME: pass",
    ],
    ("ExceptHandler", "name"): ["try: pass\nexcept ValueError as NAME: pass"],
    ("arg", "arg"): [
        "def f(NAME): pass", "def f(NAME, /): pass", "def f(*, NAME): pass",
        "def f(*NAME): pass", "def f(**NAME): pass", "lambda NAME: 1", "lambda *NAME: 1",
        "lambda **NAME: 1", "lambda *, NAME: 1", "def f(NAME=1): pass",
    ],
    ("keyword", "arg"): ["print(NAME=1)", "class A(NAME=1): pass", "@print(NAME=1)\ndef f(): 1"],
    ("alias", "name"): ["import NAME", "import math.NAME", "from math import NAME"],
    ("alias", "asname"): ["import math as NAME", "from math import pi as NAME"],
    ("ImportFrom", "module"): ["from NAME import x", "from a.NAME import x"],
    ("MatchStar", "name"): ["match [1]:\n  case [*NAME]: pass"],
    ("MatchMapping", "rest"): ["match {}:\n  case {'a': 1, **NAME}: pass"],
    ("MatchAs", "name"): ["match 1:\n  case NAME: pass", "match 1:\n  case int() as NAME: pass"],
    ("MatchClass", "kwd_attrs"): ["match 1:\n  case int(NAME=1): pass"],
    ("TypeVar", "name"): ["def f[NAME](): pass", "class A[NAME]: pass", "type A[NAME] = int"],
    ("ParamSpec", "name"): ["def f[**NAME](): pass"],
    ("TypeVarTuple", "name"): ["def f[*NAME](): pass"],
}

NEVER = ("AsyncFunctionDef",)  # refused whatever is in it

# Names that lead out, each by a way of its own.
NAMES = ("__class__", "__subclasses__", "__globals__", "__builtins__", "__import__",
         "__x__", "gi_frame", "tb_frame", "f_globals", "cr_code", "mro", "with_traceback")

REFUSED = {
    "AsyncFunctionDef": "async def f(): pass",
    "AsyncFor": "async def f():\n  async for x in y: pass",
    "AsyncWith": "async def f():\n  async with x: pass",
    "Await": "async def f():\n  await x",
    "TryStar": "try: pass\nexcept* ValueError: pass",
    "comprehension": "async def f():\n  return [x async for x in y]",
}


def identifier_slots():
    """Of this Python's own grammar: {(node, field)}."""
    found = set()
    for name in dir(ast):
        node = getattr(ast, name)
        if not (isinstance(node, type) and issubclass(node, ast.AST) and node.__doc__):
            continue
        doc = " ".join(node.__doc__.split())
        if "(" not in doc or " = " in doc or doc.split("(")[0] != name:
            continue
        for field in doc.split("(", 1)[1].rstrip(")").split(", "):
            kind, _, what = field.partition(" ")
            if kind.rstrip("?*") == "identifier":
                found.add((name, what))
    return found


def parses(program):
    try:
        ast.parse(program)
    except SyntaxError:
        return False
    return True


class Slots(RestrictedTest):
    def test_every_slot_of_the_grammar_has_programs(self):
        slots = {slot for slot in identifier_slots() if slot[0] not in NEVER}
        self.assertEqual(slots - set(SLOTS), set())

    def test_no_slot_takes_a_name_that_leads_out(self):
        for slot, programs in SLOTS.items():
            for number, program in enumerate(programs):
                name = ("__class__", "gi_frame")[number % 2]
                text = program.replace("NAME", name)
                if not parses(text):
                    continue
                with self.subTest(slot=slot, program=text):
                    value = self.refused(text)
                    self.assertIn(name, value["error"]["message"])

    def test_nor_any_other_such_name(self):
        """All programs of the slots in one text, name by name."""
        for name in NAMES:
            programs = [p.replace("NAME", name) for ps in SLOTS.values() for p in ps]
            programs = [p for p in programs if parses(p)]
            expected = 0
            lines = []
            for number, program in enumerate(programs):
                body = "\n".join("  " + line for line in program.splitlines())
                whole = f"if 0:\n{body}"
                if parses("\n".join(lines + [whole])):
                    lines.append(whole)
                    expected += 1
            text = "\n".join(lines)
            with self.subTest(name=name):
                value = self.refused(text)
                self.assertGreaterEqual(sum(d["count"] for d in value["denials"]),
                                        min(60, expected))

    def test_a_name_in_other_letters_is_the_same_name(self):
        """CPython normalises identifiers: ＿＿class＿＿ is __class__."""
        for program in ("x = 1\nx.__ｃlass__", "x = 1\nx.ﬁ_frame.ｇi_frame",
                        "def f(__𝐝ict__): pass"):
            with self.subTest(program=program):
                self.refused(program)


class Forms(RestrictedTest):
    def test_forms_that_nothing_allows(self):
        for node, program in REFUSED.items():
            with self.subTest(node=node):
                value = self.refused(program)
                self.assertIn("not available", value["error"]["message"])
                self.assertEqual(value["denials"][0]["rule"], None)

    def test_forms_that_the_policy_denies(self):
        value = self.refused("x = lambda: 1\n[i for i in [1]]",
                             python={"syntax": {"deny": ["Lambda", "ListComp"]}})
        self.assertEqual([d["what"] for d in value["denials"]], ["Lambda", "ListComp"])
        self.assertEqual(value["denials"][0]["rule"], "python.syntax.deny")
        self.assertIn("profiles.test.python.syntax.deny", value["denials"][0]["hint"])

    def test_relative_imports(self):
        self.refused("from . import x")

    def test_strings_in_annotations_are_code(self):
        for program in ('x: "().__class__" = 1', 'def f(a: "x.gi_frame"): pass',
                        'def f() -> "[c.__subclasses__ for c in x]": pass',
                        'x: list["a.__globals__"]', "x: 'list[\"().__class__\"]'"):
            with self.subTest(program=program):
                self.refused(program)
        self.ok('class Node:\n  def f(self) -> "Node": pass\nx: "list[Node]" = []')

    def test_names_that_classes_may_define(self):
        value = self.ok("""
            class V:
                __slots__ = ("x",)
                __match_args__ = ("x",)
                def __init__(self, x): self.x = x
                def __add__(self, o): return V(self.x + o.x)
                def __eq__(self, o): return self.x == o.x
                __hash__ = None
                def __repr__(self): return f"V({self.x})"
                __str__ = __repr__
                def __enter__(self): return self
                def __exit__(self, *a): return False
                def __iter__(self): yield self.x
                def __getattr__(self, name): return name
            with V(1) + V(2) as v:
                print(v, list(v), v == V(3), v.y)
            match v:
                case V(3): print("three")
            class W(V):
                def __init__(self):
                    super().__init__(7)
            class U(V):
                def __init__(self):
                    V.__init__(self, 8)
            print(W(), U(), W().__class__.__name__, W.__name__)
        """)
        self.assertEqual(value["stdout"], "V(3) [3] True y\nthree\nV(7) V(8) W W\n")

    def test_methods_of_a_base_with_dots_in_its_name(self):
        value = self.ok("""
            import collections
            class D(collections.UserDict):
                def __init__(self, *args):
                    collections.UserDict.__init__(self, *args)
                    self.count = 0
                def __setitem__(self, key, value):
                    collections.UserDict.__setitem__(self, key, value * 2)
            print(D({"a": 1}))
        """, python={"modules": {"allow": ["collections"]}})
        self.assertEqual(value["stdout"], "{'a': 2}\n")
        for program in ("a.b.__reduce__()", "a.b.__class__()", "a.__dict__.__init__()",
                        "a.b.__setattr__(a, n, 1)", "a().b.__init__()",
                        "x = a.b.__init__"):
            with self.subTest(program=program):
                self.refused("a = n = 1\n" + program)

    def test_names_that_classes_may_not_define(self):
        for name in ("__del__", "__getattribute__", "__class__", "__instancecheck__",
                     "__subclasshook__", "__reduce__", "__prepare__", "__mro_entries__",
                     "__dict__", "__getstate__", "__reduce_ex__", "__set__x__"):
            for program in (f"class A:\n  def {name}(self): pass",
                            f"class A:\n  {name} = 1", f"class A:\n  {name}: int = 1",
                            f"class A:\n  from math import pi as {name}",
                            f"class A:\n  for {name} in [1]: pass",
                            f"class A:\n  class {name}: pass",
                            f"class A:\n  if ({name} := 1): pass"):
                with self.subTest(program=program):
                    self.refused(program)

    def test_class_data_is_written_out(self):
        for program in ("class A:\n  __slots__ = f()", "class A:\n  __match_args__ = x",
                        "class A:\n  __match_args__ = ('a', x)",
                        "class A:\n  __match_args__ = ('__class__',)",
                        "class A:\n  __slots__ = ['gi_frame']",
                        "class A:\n  __match_args__ = ('a' + 'b',)",
                        "class A:\n  __match_args__ = tuple('ab')",
                        "class A:\n  (__match_args__, y) = 1, 2",
                        "class A:\n  __match_args__ += ('x',)",
                        "class A:\n  for __match_args__ in x: pass",
                        "class A:\n  def __match_args__(self): pass",
                        "class A: pass\nA.__match_args__ = ('x',)"):
            with self.subTest(program=program):
                self.refused("x = 1\n" + program)

    def test_setattr_of_super_takes_names_that_are_written_out(self):
        value = self.ok("""
            class A:
                def __init__(self): object.__setattr__(self, "x", 1)
                def __setattr__(self, name, value): super().__setattr__(name, value * 2)
            a = A()
            a.y = 3
            print(a.x, a.y)
            class B:
                class C:
                    def f(self): return 4
            print(B.C().f())
        """)
        self.assertEqual(value["stdout"], "1 6\n4\n")
        for program in ('a.__setattr__("__class__", 1)', 'a.__setattr__(n, 1)',
                        'a.__delattr__("a" + n)', 'object.__setattr__(a, n, 1)',
                        'def f(n): super().__setattr__(n, 1)',
                        'object.__setattr__(*a)', 'object.__setattr__(a, name=1)',
                        '__name__ = "json"', 'def __name__(): pass',
                        'import math as __name__', 'from math import __name__',
                        'class __name__: pass', 'def f(__name__): pass',
                        'for __name__ in a: pass', 'a = 1; a.__setattr__'):
            with self.subTest(program=program):
                self.refused("a = n = 1\n" + program)

    def test_private_names_are_ordinary(self):
        value = self.ok("""
            class Account:
                def __init__(self): self.__balance = 3; self._owner = "a"
                def get(self): return self.__balance
            a = Account()
            print(a.get(), a._owner, a._Account__balance)
        """)
        self.assertEqual(value["stdout"], "3 a 3\n")


class Errors(RestrictedTest):
    def test_line_and_column(self):
        value = self.refused("a = 1\nb = 'é' + a.__class__\n")
        self.assertEqual((value["error"]["line"], value["error"]["column"]), (2, 11))
        self.assertEqual((value["denials"][0]["line"], value["denials"][0]["column"]), (2, 11))
        self.assertIn("type(x)", value["error"]["message"])

    def test_all_refusals_are_told(self):
        value = self.refused("import math\nmath.__dict__\nopen('x')\neval('1')\n")
        self.assertEqual({d["what"].split()[-1] for d in value["denials"]},
                         {"__dict__", "open", "eval"})
        rules = {d["what"].split()[-1]: d["rule"] for d in value["denials"]}
        self.assertEqual(rules["open"], "python.builtins.allow")
        self.assertEqual(rules["eval"], "python.dynamic_code")

    def test_a_builtin_that_the_program_defines_is_its_own(self):
        self.assertEqual(self.ok("def open(x): return x\nprint(open(3))")["stdout"], "3\n")

    def test_thousands_of_refusals_are_bounded(self):
        value = self.refused("\n".join(f"x{i}.__class__" for i in range(5000)))
        self.assertLessEqual(len(value["denials"]), 64)

    def test_syntax_errors_are_pythons(self):
        value = self.run_code("def f(:\n  pass")
        self.assertEqual(value["outcome"], "syntax_error")
        self.assertEqual(value["error"]["type"], "SyntaxError")

    def test_texts_that_are_no_programs(self):
        for code, word in ((b"\xff\xfe", "UTF-8"), (b"a = '\xed\xa0\x80'", "UTF-8"),
                           (b"a\0b", "null")):
            with self.subTest(code=code):
                script = self.write("bytes.py", code)
                policy = self.policy(extends="page")
                value = self.result("--policy", policy, script)
                self.assertEqual(value["outcome"], "syntax_error")
                self.assertIn(word, value["error"]["message"])

    def test_cookies_are_comments(self):
        """The bytes are UTF-8, whatever a cookie says: nothing is decoded twice."""
        program = "# -*- coding: utf-7 -*-\nx = '+AF8-'\nprint(x)\n"
        self.assertEqual(self.ok(program)["stdout"], "+AF8-\n")
        self.assertEqual(self.ok("\ufeffprint('bom')")["stdout"], "bom\n")

    def test_line_ends_and_form_feeds(self):
        script = self.write("ends.py", b"x = 1\r\nif x:\r\n\x0c  print('a')\rprint('b')\n")
        policy = self.policy(extends="page")
        self.assertIn(self.result("--policy", policy, script)["outcome"],
                      ("ok", "syntax_error"))

    def test_nesting(self):
        for program in ("-" * 3000 + "1", "(" * 150 + ")" * 150, "x" + ".a" * 20000,
                        "x = " + "+".join("1" for _ in range(5000)),
                        "\n".join(" " * i + "if 1:" for i in range(99)) + "\n" + " " * 99 + "1",
                        "f'" + "{f\"{" * 2 + "1" + "}\"}" * 2 + "'"):
            with self.subTest(program=program[:40]):
                value = self.run_code(program)
                self.assertIn(value["outcome"], ("ok", "denied", "syntax_error",
                                                 "user_error"), value["error"])


class Alphabets(RestrictedTest):
    def test_identifiers_in_every_alphabet(self):
        value = self.ok("straße = 1\nимя = 2\n名前 = 3\nαβγ = 4\nशब्द = 5\nاسم = 6\n"
                        "print(straße + имя + 名前 + αβγ + शब्द + اسم)")
        self.assertEqual(value["stdout"], "21\n")


if __name__ == "__main__":
    unittest.main()

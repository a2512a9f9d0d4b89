# SPDX-License-Identifier: Apache-2.0
"""Built-in types without their doors, by themselves: the check of the tree is off."""
import textwrap
import unittest

from restricted import CellTest, RestrictedTest, ablation_build_only

NO_CHECK = {"CLOCHE_ABLATE": "guard-syntax"}

# What leads from ordinary objects to frames, code and globals.
DOORS = (
    "f.__globals__", "f.__code__", "f.__closure__", "f.__builtins__", "f.__defaults__",
    "f.__kwdefaults__", "f.__dict__", "f.__annotations__",
    "g.gi_frame", "g.gi_code", "g.gi_yieldfrom", "type(g).gi_frame.__get__(g)",
    "e.__traceback__", "e.__context__", "e.__cause__", "e.with_traceback",
    "int.__subclasses__", "int.__bases__", "int.__base__", "int.__mro__", "int.__dict__",
    "object.__subclasses__()", "print.__self__", "[].append.__self__",
    "a.__dict__", "A.__dict__", "a.m.__func__", "a.m.__self__", "object.__reduce_ex__",
    "(1).__reduce__", "getattr(f, '__globals__')", "property(f).fget", "'{0.__class__}'.format(1)",
    "'{0.__globals__}'.format(f)", "'{f.__code__}'.format_map({'f': f})",
    "str.format('{0.__class__}', 1)", "'{0:{1.__class__}}'.format(1, 2)",
    "super(A, a).__self__", "ae.obj", "staticmethod(f).__func__", "classmethod(f).__func__",
    "f.__get__(1).__func__",
)

PROGRAM = """
def f(x=1): return x
class A:
    def m(self): pass
a = A()
def gen(): yield 1
g = gen()
try: 1 / 0
except ZeroDivisionError as err: e = err
try: a.nothing
except AttributeError as err: ae = err
try:
    found = %s
    print("found", type(found).__name__)
except (AttributeError, TypeError) as error:
    print("no")
"""


class Doors(RestrictedTest):
    @ablation_build_only
    def test_types_alone_close_them(self):
        for door in DOORS:
            with self.subTest(door=door):
                value = self.ok(PROGRAM % door, env=NO_CHECK)
                self.assertEqual(value["stdout"], "no\n")

    @ablation_build_only
    def test_without_them_these_doors_are_open(self):
        """The test above can fail: with the part off as well, most doors open."""
        opened = 0
        for door in DOORS[:12]:
            value = self.run_code(
                PROGRAM % door,
                env={"CLOCHE_ABLATE": "guard-syntax,guard-types,guard-builtins"})
            opened += value["stdout"].startswith("found")
        self.assertGreater(opened, 4)

    def test_classes_of_python_itself_cannot_be_changed(self):
        for code in ("int.x = 1", "list.append = 1", "Exception.x = 1",
                     "import json\njson.JSONEncoder.x = 1",
                     "setattr(dict, 'x', 1)"):
            with self.subTest(code=code):
                value = self.run_code(code)
                self.assertEqual(value["outcome"], "user_error", code)
                self.assertIn(value["error"]["type"], ("TypeError", "AttributeError"))

    def test_introspection_read(self):
        value = self.ok("""
            class A:
                x: int = 1
                def m(self): pass
            a = A()
            a.y = 2
            print(a.__dict__, A.__bases__, A.__qualname__)
            print(A.m.__module__, sorted(A.__annotations__))
        """, python={"introspection": "read"})
        self.assertEqual(value["stdout"],
                         "{'y': 2} (<class 'object'>,) A\n__main__ ['x']\n")
        for code in ("int.__subclasses__", "x = 1\nx.__class__ = int", "int.__class__",
                     "def f(): pass\nf.__globals__", "(x for x in ()).gi_frame"):
            self.refused(code, python={"introspection": "read"})


class AfterTheEnd(CellTest):
    def test_nothing_of_the_code_runs_when_the_guard_has_ended(self):
        """logging calls the handlers' methods when an interpreter ends."""
        value = self.run_code(textwrap.dedent("""\
            import logging
            class Late(logging.Handler):
                def acquire(self): print("late")
                def flush(self): print("late")
                def close(self): print("late")
            kept = Late()
            print("in time")
            """), profile={"extends": "classroom"})
        self.assertEqual((value["outcome"], value["stdout"]), ("ok", "in time\n"))

    @ablation_build_only
    def test_what_the_report_asks_the_code_is_guarded_too(self):
        attempt = """\
def look():
    try: return "found " + str(len((lambda: 1).__globals__))
    except AttributeError: return "no"
"""
        program = attempt + """\
class R:
    def __repr__(self): return look()
R()
"""
        value = self.run_code(program, profile={"extends": "classroom"}, env=NO_CHECK)
        self.assertEqual((value["outcome"], value["value_repr"]), ("ok", "no"))
        program = attempt + """\
class E(Exception):
    def __str__(self): return look()
raise E
"""
        value = self.run_code(program, profile={"extends": "classroom"}, env=NO_CHECK)
        self.assertEqual((value["outcome"], value["error"]["message"]), ("user_error", "no"))


if __name__ == "__main__":
    unittest.main()

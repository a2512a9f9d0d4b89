# SPDX-License-Identifier: Apache-2.0
"""Built-ins by allow-list, and those of them that take names, make classes or run
text."""
import unittest

from restricted import RestrictedTest

DYNAMIC = {"dynamic_code": True}


class Names(RestrictedTest):
    def test_names_made_at_run_time(self):
        value = self.ok("""
            class A: pass
            a = A()
            class S(str):
                def startswith(self, *x): return False
                def __eq__(self, o): return True
            tries = [
                lambda: getattr(a, "__cl" + "ass__"),
                lambda: getattr(a, "".join(["__", "dict", "__"])),
                lambda: getattr(a, S("x")),
                lambda: setattr(a, "__class__", A),
                lambda: setattr(A, "__getattribute__", 1),
                lambda: delattr(a, "__dict__"),
                lambda: getattr((x for x in ()), "gi_" + "frame"),
                lambda: getattr(a, b"x"),
                lambda: getattr(a, "x\\0"),
                lambda: hasattr(a, "__globals__"),
                lambda: getattr(a, "__class__", None),
                lambda: list(map(getattr, [a], ["__class__"])),
                lambda: vars(A),
            ]
            for number, f in enumerate(tries):
                try:
                    print(number, f())
                except (AttributeError, TypeError) as e:
                    print(number, type(e).__name__)
        """)
        self.assertEqual([line.split()[1] for line in value["stdout"].splitlines()],
                         ["AttributeError", "AttributeError", "TypeError", "AttributeError",
                          "AttributeError", "AttributeError", "AttributeError", "TypeError",
                          "AttributeError", "False", "AttributeError",
                          "AttributeError", "TypeError"])
        self.assertTrue(value["denials"])

    def test_ordinary_use(self):
        value = self.ok("""
            class A:
                x = 1
            a = A()
            setattr(a, "y", 2)
            print(getattr(a, "y"), getattr(a, "z", 3), hasattr(a, "x"), hasattr(a, "z"))
            delattr(a, "y")
            print(hasattr(a, "y"), hasattr([], "__len__"), hasattr(1, "__len__"))
            print([n for n in dir(a)], vars(a), sorted(globals())[:2])
            print(type(a).__name__, type(A) is type, isinstance(A, type), isinstance(1, type))
        """)
        self.assertEqual(value["stdout"],
                         "2 3 True False\nFalse True False\n"
                         "['__doc__', 'x'] {} ['A', '__name__']\nA True True False\n")

    def test_their_errors_are_pythons(self):
        value = self.ok("""
            for call in (lambda: getattr(1), lambda: getattr(1, "a", 2, 3),
                         lambda: setattr(1, "a"), lambda: delattr(1)):
                try: call()
                except TypeError as e: print(e)
        """)
        self.assertEqual(value["stdout"],
                         "getattr expected at least 2 arguments, got 1\n"
                         "getattr expected at most 3 arguments, got 4\n"
                         "setattr expected 3 arguments, got 2\n"
                         "delattr expected 2 arguments, got 1\n")

    def test_globals_are_a_copy(self):
        value = self.ok("x = 1\nglobals()['x'] = 2\nprint(x, '__builtins__' in globals())")
        self.assertEqual(value["stdout"], "1 False\n")


class Classes(RestrictedTest):
    def test_no_class_of_classes(self):
        for code in ("class M(type): pass", "class A(metaclass=int): pass",
                     "class A(metaclass=lambda *a: 1): pass", "type('A', (), {})",
                     "type(type)('A', (), {})", "class A: pass\ntype(A)('B', (A,), {})",
                     "class A(type(int)): pass", "type.mro(int)"):
            with self.subTest(code=code):
                value = self.run_code(code)
                self.assertIn(value["outcome"], ("user_error", "denied"), code)
                if value["outcome"] == "user_error":
                    self.assertEqual(value["error"]["type"], "TypeError")

    def test_a_class_by_type_is_told(self):
        value = self.run_code("type('A', (), {})")
        self.assertEqual(value["denials"][0]["what"], "class by type()")

    def test_a_class_may_say_what_it_is_called(self):
        value = self.ok("""
            class A: pass
            A.__name__, A.__doc__ = "B", "text"
            print(A.__name__, A.__doc__)
            try: A.__doc__.__doc__ = 1
            except AttributeError: print("no")
            import re
            try: re.Pattern.__doc__ = 1
            except TypeError: print("no")
        """, python={"modules": {"allow": ["re"]}})
        self.assertEqual(value["stdout"], "B text\nno\nno\n")
        self.assertEqual(value["denials"], [])

    def test_constructors_of_functions_and_code(self):
        for code in ("f = lambda: 0\ntype(f)(1, {})", "import math\ntype(math)('x')",
                     "try:\n  1/0\nexcept ZeroDivisionError as e: pass\ntype(print)()"):
            with self.subTest(code=code):
                value = self.run_code(code)
                self.assertNotEqual(value["outcome"], "ok")


    def test_fields_are_named_by_the_rule_too(self):
        """They become __match_args__, which a class pattern reads."""
        value = self.ok("""
            from collections import namedtuple
            for names in ("mro", "a gi_frame", ["f_globals"], ("tb_next",)):
                try: print(namedtuple("N", names))
                except ValueError: print("no")
            print(namedtuple("N", "a b")(1, 2))
        """)
        self.assertEqual(value["stdout"], "no\n" * 4 + "N(a=1, b=2)\n")


class Dynamic(RestrictedTest):
    def test_text_is_checked_like_the_program(self):
        value = self.ok("""
            print(eval("1 + 2"), eval("x * 2", {"x": 4}), eval("y", {}, {"y": 5}))
            exec("z = 7")
            print(z)
            c = compile("a + 1", "f", "eval")
            print(eval(c, {"a": 1}))
            for text in ("().__class__", "[c for c in ().__class__]", "open('x')",
                         "(x for x in ()).gi_frame"):
                try:
                    eval(text)
                except SyntaxError as e:
                    print(type(e).__name__)
        """, python=DYNAMIC)
        self.assertEqual(value["stdout"],
                         "3 8 5\n7\n2\n" + "NotAllowed\n" * 4)

    def test_strings_in_its_annotations_are_code_too(self):
        value = self.ok("""
            exec("def f(x: 'int') -> 'list[int]': return [x]")
            print(f(3))
        """, python=DYNAMIC)
        self.assertEqual((value["stdout"], value["denials"]), ("[3]\n", []))
        value = self.run_code("exec(\"def f(x: '().__class__'): pass\")", python=DYNAMIC)
        self.assertEqual(value["error"]["type"], "cloche.NotAllowed")

    def test_what_is_before_an_expression_is_no_indentation(self):
        value = self.ok("""
            print(eval("  \\t1 + 1"))
            try: exec("  x = 1")
            except IndentationError: print("no")
        """, python=DYNAMIC)
        self.assertEqual(value["stdout"], "2\nno\n")

    def test_the_builtins_stay_ours(self):
        value = self.ok("""
            g = {"__builtins__": {"len": 1}}
            print(eval("len([1])", g))
            d = {}
            exec("def f(): return len([1, 2])", d)
            print(d["f"]())
        """, python=DYNAMIC)
        self.assertEqual(value["stdout"], "1\n2\n")

    def test_code_objects_are_opaque(self):
        value = self.ok("""
            c = compile("1", "f", "eval")
            print([n for n in ("replace", "co_code", "co_consts") if hasattr(c, n)])
        """, python={"dynamic_code": True, "builtins": {"allow": ["hasattr"]}})
        self.assertEqual(value["stdout"], "[]\n")

    def test_bytes_and_subclasses_are_refused(self):
        value = self.ok("""
            class S(str): pass
            for text in (b"1", S("1"), 1):
                try: eval(text)
                except TypeError: print("no")
        """, python=DYNAMIC)
        self.assertEqual(value["stdout"], "no\nno\nno\n")

    def test_not_without_the_key(self):
        for name in ("eval", "exec", "compile"):
            value = self.refused(f"{name}('1')")
            self.assertIn("profiles.test.python.dynamic_code: true",
                          value["denials"][0]["hint"])


class Files(RestrictedTest):
    def test_only_the_runs_own(self):
        python = {"builtins": {"allow": ["open"]}}
        code = """
            with open("a.txt", "w") as f: f.write("hello")
            print(open("/work/a.txt").read())
            for path in ("/etc/passwd", "../etc/passwd", "/work/../etc/passwd", 0, b"a",
                         "/proc/self/maps"):
                try: open(path)
                except PermissionError: print("no")
            try: open("a.txt", opener=print)
            except TypeError: print("no")
        """
        policy = self.policy(extends="page", python=python, files={"work": "private"})
        import textwrap
        value = self.result("--policy", policy, self.write("f.py", textwrap.dedent(code)))
        self.assertEqual(value["outcome"], "ok", value["error"])
        self.assertEqual(value["stdout"], "hello\n" + "no\n" * 7)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""The tools of restricted.py: what a program has, and what is wrong with a result.

Without cloche: programs are run by the Python that runs this.
"""
import contextlib
import io
import pathlib
import platform
import sys
import tempfile
import textwrap
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import restricted  # noqa: E402  (the path comes first)
import slices  # noqa: E402

SUITE = {
    "helper_tests": """
        import unittest
        import sys
        LIMIT = sys.maxsize
        UNUSED = 1 / 0
        class Common(unittest.TestCase):
            kind = None
            def setUp(self): self.made = self.kind()
            def check(self, value): self.assertEqual(self.made, value)
            def test_empty(self): self.check(self.kind())
            def test_limit(self): self.assertLess(len(self.made), LIMIT)
            def test_class(self): self.assertIs(self.__class__.kind, list)
        """,
    "test_sample": """
        import unittest
        from test import helper_tests, support
        from test.support import os_helper
        from test.support.import_helper import import_fresh_module
        py_math = import_fresh_module("math", blocked=["math"])
        c_math = import_fresh_module("math", fresh=["math"])
        class ListTest(helper_tests.Common):
            kind = list
            def test_wrong(self): self.check([1])
            def test_skipped(self): self.skipTest("not today")
            def test_equal(self): self.assertEqual(support.ALWAYS_EQ, 5)
            def test_file(self): os_helper.unlink("x")
            def test_subtest(self):
                for i in range(3):
                    with self.subTest(i=i): self.assertLess(i, 3)
            def test_raises(self):
                with self.assertRaisesRegex(KeyError, "a") as caught: {}["a"]
                self.assertEqual(caught.exception.args, ("a",))
                self.assertRaises(ZeroDivisionError, lambda: 1 / 0)
            def test_does_not_raise(self): self.assertRaises(KeyError, int)
            @support.cpython_only
            def test_fresh(self): self.assertEqual(c_math.sqrt(4), 2)
            def test_pure(self): py_math.sqrt(4)
            def test_sys(self):
                import sys
                self.assertTrue(sys.modules)
        class NoTest: pass
        if __name__ == "__main__": unittest.main()
        """,
}
PASS = {"test_empty", "test_limit", "test_class", "test_equal", "test_subtest",
        "test_raises", "test_fresh", "test_sys"}
LEFT = {"test_file": "os_helper", "test_pure": "without C"}


def run(text):
    """What a program prints last, or the name of what it raises."""
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(text, "<program>", "exec", dont_inherit=True), {"__name__": "__main__"})
    except Exception as e:  # the program's
        return type(e).__name__
    return out.getvalue().strip().splitlines()[-1]


class Programs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        slices.SUITE = pathlib.Path(folder.name)
        for name, text in SUITE.items():
            slices.SUITE.joinpath(name + ".py").write_text(textwrap.dedent(text),
                                                           encoding="utf-8")
        cls.module = slices.load("test.test_sample")
        cls.programs, cls.left = {}, {}
        for kind, method in slices.tests(cls.module):
            try:
                cls.programs[method] = slices.Program(cls.module, kind, method).text()
            except slices.Left as why:
                cls.left[method] = str(why)

    def test_each_test_is_there(self):
        self.assertEqual(set(self.programs) | set(self.left),
                         PASS | set(LEFT) | {"test_wrong", "test_skipped",
                                             "test_does_not_raise"})

    def test_what_passes_passes(self):
        for method in PASS:
            with self.subTest(method):
                self.assertEqual(run(self.programs[method]), "passed")

    def test_what_fails_fails_and_what_is_skipped_says_so(self):
        self.assertEqual(run(self.programs["test_wrong"]), "AssertionError")
        self.assertEqual(run(self.programs["test_does_not_raise"]), "AssertionError")
        self.assertEqual(run(self.programs["test_skipped"]), "skipped: not today")

    def test_what_cannot_be_a_program_says_why(self):
        self.assertEqual(set(self.left), set(LEFT))
        for method, why in LEFT.items():
            self.assertIn(why, self.left[method])

    def test_a_program_has_what_it_needs_and_no_more(self):
        self.assertNotIn("UNUSED", self.programs["test_limit"])
        self.assertNotIn("LIMIT", self.programs["test_empty"])
        self.assertNotIn("test_wrong", self.programs["test_empty"])
        self.assertNotIn("assertIsInstance", self.programs["test_empty"])

    def test_constants_of_sys_are_given_and_the_rest_imports_it(self):
        self.assertNotIn("import sys", self.programs["test_limit"])
        self.assertIn("import sys", self.programs["test_sys"])


class Judgement(unittest.TestCase):
    TABLES = {"figures": {}, "messages": {"too odd$": "why"}, "tests": {"a.B.*": "why"}}

    def judge(self, *rows, figures=None, is_whole=False):
        rows = [{"id": "x.Y.z", "reason": "", "denials": []} | row for row in rows]
        least = {platform.python_version(): figures} if figures else {}
        return restricted.judge(rows, self.TABLES | {"figures": least}, is_whole)

    def test_how_each_end_counts(self):
        for row, kind in (
                ({"outcome": "ok"}, "passed"),
                ({"left": "needs a file"}, "left"),
                ({"outcome": "denied", "denials": [("CL2003", "name x")]}, "refused"),
                ({"outcome": "skipped", "denials": [("CL2006", "import x")]}, "refused"),
                ({"outcome": "user_error", "reason": "ImportError: x is not offered",
                  "denials": [("CL2006", "import x")]}, "refused"),
                ({"outcome": "user_error", "reason": "ValueError: too odd"}, "refused"),
                ({"outcome": "user_error", "id": "a.B.c"}, "excepted"),
                ({"outcome": "user_error", "reason": "AssertionError: 1 != 2",
                  "denials": [("CL2006", "import x")]}, "wrong"),
                ({"outcome": "skipped"}, "wrong"),
                ({"outcome": "crashed"}, "wrong"),
                ({"outcome": "memory_limit", "reason": "more than there is"}, "wrong")):
            with self.subTest(row):
                counts, _, wrong = self.judge(row)
                self.assertEqual(counts, {kind: 1})
                self.assertEqual(len(wrong), kind == "wrong")

    def test_rows_must_be_needed_and_no_fewer_may_pass(self):
        needed = ({"outcome": "user_error", "reason": "ValueError: too odd"},
                  {"outcome": "user_error", "id": "a.B.c"})
        good = {"outcome": "ok"}
        self.assertEqual(self.judge(good, *needed, figures="1", is_whole=True)[2], [])
        self.assertEqual(len(self.judge(good, figures="1", is_whole=True)[2]), 2)
        self.assertIn("1 tests pass, and 2 did",
                      self.judge(good, *needed, figures="2", is_whole=True)[2])

    def test_rows_of_other_versions(self):
        self.assertTrue(restricted.is_for("for all", "3.11"))
        self.assertTrue(restricted.is_for("3.11, 3.12: some", "3.12"))
        self.assertFalse(restricted.is_for("3.11, 3.12: some", "3.13"))

    def test_the_document_has_rows(self):
        tables = restricted.read_tables("3.11")
        for title in ("figures", "messages", "tests"):
            self.assertGreater(len(tables[title]), 2, title)


if __name__ == "__main__":
    unittest.main()

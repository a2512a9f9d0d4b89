# SPDX-License-Identifier: Apache-2.0
"""The programs of language_fuzz.py can do what they are for: plain Python leaks under them
quickly and in many ways; a check of the syntax has nothing against them as a whole; and the
same seed makes the same program."""

import ast
import os
import sys
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import language_fuzz  # noqa: E402

PROGRAMS = 40
# Of methods that any class may define, and of nothing else.
DEFINED = {"__init__", "__call__", "__enter__", "__exit__", "__getitem__", "__setitem__",
           "__contains__", "__eq__", "__hash__", "__lt__", "__add__", "__radd__", "__mul__",
           "__rmul__", "__sub__", "__mod__", "__or__", "__ror__", "__and__", "__format__",
           "__len__", "__bool__", "__index__"}


def identifiers(tree):
    """Every text that stands where a name can stand."""
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            if field in ("id", "attr", "name", "arg", "asname", "module", "rest"):
                yield value
            elif field in ("names", "kwd_attrs") and value and isinstance(value[0], str):
                yield from value


def leaked(is_direct):
    """How many programs leak in plain Python before they end, and Counter of what."""
    texts = [language_fuzz.generate(seed, is_direct=is_direct, has_modules=False)
             for seed in range(PROGRAMS)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [kinds for kinds, _ in pool.map(language_fuzz.try_bare, texts)]
    return sum(bool(kinds) for kinds in found), Counter(k for kinds in found for k in set(kinds))


class Fuzz(unittest.TestCase):
    """What is made, and what it comes to."""

    def test_plain_python_leaks_under_nearly_every_program(self):
        programs, kinds = leaked(is_direct=False)
        self.assertGreaterEqual(programs, PROGRAMS * 9 // 10, kinds)
        self.assertGreaterEqual(len(kinds), 4, kinds)

    def test_names_in_the_source_leak_as_well(self):
        programs, kinds = leaked(is_direct=True)
        self.assertGreaterEqual(programs, PROGRAMS * 9 // 10, kinds)
        self.assertGreaterEqual(len(kinds), 4, kinds)

    def test_no_identifier_leads_out_unless_it_should(self):
        for seed in range(PROGRAMS):
            for is_direct in (False, True):
                tree = ast.parse(language_fuzz.generate(seed, is_direct=is_direct))
                found = {name for name in identifiers(tree) if name in language_fuzz.OUTSIDE}
                if is_direct:
                    self.assertGreater(len(found), 30)
                else:
                    self.assertLessEqual(found, DEFINED)

    def test_every_rule_is_used(self):
        used = set()
        for seed in range(PROGRAMS):
            for is_direct in (False, True):
                maker = language_fuzz.Maker(seed, is_direct)
                for _ in range(language_fuzz.STEPS):
                    maker.step()
                used |= maker.used
        self.assertEqual(set(sum(language_fuzz.GRAMMAR.values(), language_fuzz.DIRECT)) - used,
                         set())

    def test_the_same_seed_makes_the_same_text(self):
        text = language_fuzz.generate(7, 100)
        self.assertTrue(text == language_fuzz.generate(7, 100))
        self.assertTrue(text != language_fuzz.generate(8, 100))
        self.assertEqual(text.count("\nexcept Exception as e:\n    told(e)\n"), 100)


if __name__ == "__main__":
    unittest.main()

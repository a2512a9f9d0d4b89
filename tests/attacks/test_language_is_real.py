# SPDX-License-Identifier: Apache-2.0
"""Every attack on the language is one: in plain Python it leaks what it says, and what it
leaks reads a file that only it was used to read. An attack that nothing would come of
anyway proves nothing about a guard."""

import os
import re
import sys
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import language  # noqa: E402
import language_prelude  # noqa: E402

CLASSES = [f"A{n}" for n in range(1, 41)]
TIMEOUT_S = 60
KINDS = ("canary", "module", "frame", "traceback", "code", "cell", "importer", "namespace",
         "function", "type", "classes")


def run(attack):
    return language.run_bare(attack.path, timeout_s=TIMEOUT_S)


class Real(unittest.TestCase):
    """Subtests are named by attack."""

    def test_every_attack_leaks_in_plain_python(self):
        attacks = [a for a in language.load() if a.fits()]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for attack, output in zip(attacks, pool.map(run, attacks)):
                with self.subTest(attack.name):
                    found = language.leaks(output)
                    self.assertTrue(found, output)
                    for kind, used in found:
                        self.assertIn(kind, KINDS)
                        wanted = "held" if kind in language_prelude.HELD else "read"
                        self.assertEqual(used, wanted, output)

    def test_what_is_harmless_is_no_leak(self):
        class Own:
            def method(self):
                pass

        for harmless in (1, "text", [int], {"a": 1}, len, print, getattr, str.format, Own,
                         Own().method, Own.method, type, object, [str, list], sys.exit):
            self.assertIsNone(language_prelude.kind_of(harmless), harmless)


class Corpus(unittest.TestCase):
    """All of them together."""

    def test_every_class_has_its_cases(self):
        count = Counter(a.cls for a in language.load())
        for cls in CLASSES:
            least = 5 if cls in language.SIBLINGS else 1
            self.assertGreaterEqual(count[cls], least, cls)
        self.assertLessEqual(set(count), set(CLASSES))

    def test_no_two_are_the_same(self):
        bodies = Counter(re.sub(rb'^"""(.*?)"""$', b"", a.source, 1, re.M | re.S)
                         for a in language.load())
        self.assertEqual([b for b, n in bodies.items() if n > 1], [])

    def test_every_part_of_the_guard_has_attacks_that_it_should_refuse(self):
        count = Counter(part for a in language.load() for part in a.guard)
        for part in language.PARTS:
            self.assertGreaterEqual(count[part], 2, part)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""docs/THREAT-MODEL.md against the tree: every class of attack has its row, every file and
every test that a row names is there, and every attack of the corpus and of the
demonstration stands in the row of its class."""

import re
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
ROOT = HERE.parents[1]

import corpus  # noqa: E402

CLASSES = [f"{group}{n}" for group, most in (("A", 40), ("B", 16), ("C", 17), ("D", 19))
           for n in range(1, most + 1)]
# What code that exists cannot be attacked by: said in these words, or the row is wrong.
WITHOUT = ("not built", "out of scope", "not held")
# Classes that this engine must hold, and of which a program can be an attack.
HELD = ({f"C{n}" for n in range(1, 18)} | {f"D{n}" for n in range(1, 19)}
        | {f"B{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 16)}) - {"D16"}
# One case is all that there is to try from inside; the row's other tests say the rest.
ONE_CASE = {"D2", "D13", "D17"}


class Row:
    def __init__(self, line):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != 6:
            raise AssertionError(f"not six columns: {line}")
        self.cls, self.name, self.layers, self.files, self.tests, self.later = cells


def section():
    text = (ROOT / "docs" / "THREAT-MODEL.md").read_text(encoding="utf-8")
    return text.split("\n## The 92 classes\n", 1)[1]


def rows():
    return [Row(line) for line in section().splitlines() if re.match(r"\| [A-D]\d", line)]


def quoted(text):
    return re.findall(r"`([^`]+)`", text)


def is_test_there(path, name):
    """Is it defined in the file: as a function, or by a macro that makes one of a table?"""
    if not path.is_file():
        return False
    return re.search(rf"^(\s*def |[A-Z_]+\()?{re.escape(name)}[(,]",
                     path.read_text(encoding="utf-8"), re.M) is not None


class Rows(unittest.TestCase):
    def test_every_class_has_its_row_and_no_other_has(self):
        self.assertEqual(len(CLASSES), 92)
        self.assertEqual([row.cls for row in rows()], CLASSES)
        for row in rows():
            self.assertTrue(row.name and row.layers, row.cls)

    def test_every_file_is_there(self):
        for row in rows():
            with self.subTest(cls=row.cls):
                for name in quoted(row.files):
                    self.assertTrue((ROOT / "src" / name).is_file(), name)
                if not quoted(row.files) and "*jail*" not in row.files:
                    self.assertTrue(any(w in row.layers + row.later for w in WITHOUT),
                                    "names no file, and does not say that nothing is there")

    def test_every_test_is_there(self):
        cases = {attack.name: attack.cls for attack in corpus.load()}
        for row in rows():
            with self.subTest(cls=row.cls):
                for name in quoted(row.tests):
                    path, colon, test = name.partition(": ")
                    if colon:
                        self.assertTrue(is_test_there(ROOT / "tests" / path, test), name)
                    elif name.startswith("language/"):
                        self.assertEqual(name, f"language/A{int(row.cls[1:]):02}_*")
                        self.assertTrue(list(HERE.glob(name)), name)
                    else:
                        self.assertEqual(cases.get(name), row.cls, name)
                if not quoted(row.tests) and "*jail*" not in row.tests:
                    self.assertTrue(any(w in row.layers + row.later for w in WITHOUT),
                                    "names no test, and does not say that nothing is there")

    def test_every_case_stands_in_its_row(self):
        named = {row.cls: set(quoted(row.tests)) for row in rows()}
        for attack in corpus.load():
            self.assertIn(attack.name, named[attack.cls])
        for path in sorted((HERE / "language").glob("*.py")):
            number = int(path.name[1:3])
            self.assertIn(f"language/A{number:02}_*", named[f"A{number}"], path)

    def test_every_class_that_must_hold_has_cases(self):
        count = dict.fromkeys(CLASSES, 0)
        for attack in corpus.load():
            count[attack.cls] += 1
        for cls in sorted(HELD):
            self.assertGreaterEqual(count[cls], 1 if cls in ONE_CASE else 2, cls)

    def test_what_the_words_stand_for_is_there_too(self):
        intro = section().split("\n### A.", 1)[0]
        for word in ("*jail*", "*guard*"):
            self.assertIn(f"- {word}: ", intro)
        for name in quoted(intro):
            if name.endswith(".c"):
                self.assertTrue((ROOT / "src" / name).is_file(), name)
            elif ": " in name:
                path, _, test = name.partition(": ")
                self.assertTrue(is_test_there(ROOT / "tests" / path, test), name)
            elif "/" in name and name.endswith(".py"):
                self.assertTrue((ROOT / "tests" / name).is_file(), name)


class Demonstration(unittest.TestCase):
    def test_every_attack_of_it_has_a_class(self):
        for path in sorted((ROOT / "examples" / "demo" / "attacks").glob("*.py")):
            found = re.search(r"^# class: (\w+)$", path.read_text(encoding="utf-8"), re.M)
            self.assertIsNotNone(found, path)
            self.assertIn(found.group(1), CLASSES, path)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""docs/COMPARISON.md against the tree: every file that it names is there, the attacks beside a
published escape are of its class, and the table of syntax has the lines that its
command prints."""
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = ROOT / "tests" / "attacks" / "language"
TEXT = (ROOT / "docs" / "COMPARISON.md").read_text(encoding="utf-8")
sys.path.insert(0, str(ROOT / "tests" / "guard"))

import features  # noqa: E402


def class_of(name):
    return re.search(r"^class: (A\d+)$", (LANGUAGE / name).read_text(encoding="utf-8"), re.M)[1]


def escapes():
    """Cells of the rows of the last table, without its head."""
    section = TEXT.split("\n## Published escapes", 1)[1]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1:]]


class Named(unittest.TestCase):
    def test_every_file_is_there(self):
        attacks = re.findall(r"`(A\d\d_\w+\.py)`", TEXT)
        self.assertGreater(len(attacks), 30)
        for name in attacks:
            self.assertTrue((LANGUAGE / name).is_file(), name)
        for name in re.findall(r"`(tests/[\w/]+(?:\.py|/))`", TEXT):
            self.assertTrue((ROOT / name).exists(), name)
        for name in re.findall(r"\]\((\w+\.md)\)", TEXT):
            self.assertTrue((ROOT / "docs" / name).is_file(), name)

    def test_every_escape_is_tried_by_attacks_of_its_class_or_says_that_it_is_not(self):
        self.assertGreater(len(escapes()), 20)
        for published, _, _, classes, tried in escapes():
            with self.subTest(escape=published):
                names = re.findall(r"`(A\d\d_\w+\.py)`", tried)
                if not names:
                    self.assertIn("not tried", tried)
                wanted = set(re.findall(r"A\d+", classes))
                self.assertTrue(not wanted or wanted <= {class_of(name) for name in names},
                                f"{wanted}, {names}")

    def test_the_table_of_syntax_is_that_of_the_command(self):
        table = TEXT.split("\n## Syntax", 1)[1].split("\n## ", 1)[0]
        rows = [line.split(" | ")[0][2:] for line in table.splitlines() if line.startswith("| ")]
        self.assertEqual(rows[1:], [title for title, _ in features.FEATURES])


if __name__ == "__main__":
    unittest.main()

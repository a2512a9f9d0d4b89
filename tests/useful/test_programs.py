# SPDX-License-Identifier: Apache-2.0
"""Every program of examples/programs does what it should in a cell; the corpus is sound."""

import os
import unittest
from concurrent.futures import ThreadPoolExecutor

from support import require, runner


def run_all(programs, run):
    """Yield (program, what it did), several runs at a time, in the corpus's order."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from zip(programs, pool.map(run, programs))


class Programs(unittest.TestCase):
    """Subtests are named by program."""

    def check(self, run):
        programs = runner.load_programs()
        present = [program for program in programs if not program.missing()]
        for program, observed in run_all(present, run):
            with self.subTest(program.name):
                found = runner.differences(program, observed)
                self.assertFalse(found, "\n" + "\n".join(found))
        for program in programs:
            with self.subTest(program.name):
                require(self, not program.missing(), program.needs)

    def test_each_program_does_in_a_cell_what_it_should(self):
        cloche = runner.cloche_path()
        self.check(lambda program: runner.run_cloche(program, cloche))

    def test_each_program_does_in_plain_python_what_it_should(self):
        self.check(runner.run_bare)


class Corpus(unittest.TestCase):
    """The files of the corpus fit together."""

    def setUp(self):
        self.programs = runner.load_programs()

    def test_there_are_at_least_48_programs(self):
        self.assertGreaterEqual(len(self.programs), 48)

    def test_each_program_is_short_enough_to_be_read(self):
        for program in self.programs:
            lines = program.path.read_text(encoding="utf-8").splitlines()
            with self.subTest(program.name):
                self.assertIn(len(lines), range(15, 81))
                self.assertLessEqual(max(map(len, lines)), 92)
                self.assertLessEqual(len(program.about), 48)

    def test_no_file_is_left_over(self):
        names = {program.name for program in self.programs}
        folder = runner.CORPUS
        for pattern in ("*.expect.json", "*.out"):
            for path in folder.glob(pattern):
                self.assertIn(path.name.removesuffix(pattern[1:]), names, path)
        for path in folder.glob("*.out"):
            expected = path.with_suffix(".expect.json").read_text(encoding="utf-8")
            self.assertIn(f'"{path.name}"', expected, path)
        used = {path for program in self.programs for path in program.files}
        self.assertEqual(used, set((folder / "data").iterdir()))


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Every program of restricted/ does under its profile what it does in plain Python.

So does what is for the narrowest profile under the widest one. Subtests are named by
program.
"""

import unittest

import guarded
from support import runner

# By the check of the tree, or by an exception where a name is made at run time.
REFUSALS = ("denied", "user_error")


def why_not(program, observed):
    """"" when a run was as it should be, or what is wrong with it."""
    result, problem = observed
    if result is None:
        return problem
    if program.refused:
        return "" if result["outcome"] in REFUSALS else (
            f"{result['outcome']}, though it says that it is refused: {program.refused}")
    if result["outcome"] != "ok" or result["exit_status"] != 0:
        return f"{result['outcome']}: {result['reason']} {result.get('error') or ''}"
    if runner.output_of(result) != program.stdout:
        texts = runner.as_text(program.stdout), runner.as_text(runner.output_of(result))
        return runner.text_difference("stdout", *texts)
    return ""


class Restricted(unittest.TestCase):
    """The corpus in cells."""

    def setUp(self):
        self.cloche = runner.cloche_path()
        version = self.version_in_cells()
        self.programs = [p for p in guarded.load() if p.fits(version)]

    def version_in_cells(self):
        code = "import sys\nprint(*sys.version_info[:2])"
        result, problem = runner.call_cloche(self.cloche, ["-c", code])
        self.assertIsNotNone(result, problem)
        return tuple(int(n) for n in result["stdout"].split())

    def check(self, programs, profile_of):
        def run(program):
            return guarded.run_in_cell(program, self.cloche, profile_of(program))

        for program, observed in guarded.run_all(programs, run):
            with self.subTest(program.name, profile=profile_of(program)):
                problem = why_not(program, observed)
                self.assertFalse(problem, "\n" + problem)

    def test_each_program_does_under_its_profile_what_it_should(self):
        self.check(self.programs, lambda program: program.profile)

    def test_a_program_for_a_page_does_the_same_as_a_snippet_of_a_provider(self):
        programs = [p for p in self.programs if p.profile == "page"]
        self.check(programs, lambda _: "provider")


if __name__ == "__main__":
    unittest.main()

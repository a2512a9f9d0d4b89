# SPDX-License-Identifier: Apache-2.0
"""Real input at level restricted: of HumanEval's 164 programs, those that need only what is
safe end with `ok`; the others are refused, each for its own reason."""

import unittest

import test_humaneval
from support import require, runner

PROFILE = "classroom"

# What is not safe, and a word of the reason that must be given.
UNSAFE = {"HumanEval/160": "eval"}  # computes by evaluating a text


class HumanEvalRestricted(unittest.TestCase):
    """Subtests are named by problem."""

    @classmethod
    def setUpClass(cls):
        cls.cloche = runner.cloche_path()

    def setUp(self):
        path = test_humaneval.data_path()
        require(self, path.is_file(), f"{path} (see CLOCHE_SHARED_DATA)")
        self.problems = test_humaneval.read_problems(path)

    def test_what_is_safe_passes_and_the_rest_is_told_why_not(self):
        runs = test_humaneval.run_all(self.cloche, self.problems, PROFILE)
        for problem, result, no_result in runs:
            with self.subTest(problem["task_id"]):
                said = test_humaneval.why_not(result, no_result)
                if problem["task_id"] in UNSAFE:
                    self.assertIn(UNSAFE[problem["task_id"]], said)
                else:
                    self.assertEqual(said, "")


if __name__ == "__main__":
    unittest.main()

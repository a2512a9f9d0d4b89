# SPDX-License-Identifier: Apache-2.0
"""tools/programs sees every way in which a run may differ, and behaves at its edges."""

import dataclasses
import hashlib
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from support import REPO, runner

TOOL = REPO / "tools" / "programs"

EXPECTED = runner.Program(
    name="sample",
    path=Path("sample.py"),
    about="a sample",
    outcome="ok",
    exit_status=3,
    stdout=b"one\ntwo\n",
    stderr="a remark\n",
    error=None,
    creates=("report.txt",),
    contents={"report.txt": "done\n"},
)
AS_EXPECTED = runner.Observed(
    outcome="ok",
    exit_status=3,
    stdout=b"one\ntwo\n",
    stderr="a remark\n",
    files={"report.txt": hashlib.sha256(b"done\n").hexdigest()},
)

# What differs, the change to what was seen, what the first difference says.
DEPARTURES = [
    ("outcome", {"outcome": "wall_limit"}, "outcome: ok expected, wall_limit seen"),
    ("another status", {"exit_status": 4}, "exit_status: 3 expected, 4 seen"),
    ("no status", {"exit_status": None}, "exit_status: 3 expected, None seen"),
    ("stdout", {"stdout": b"one\n2\n"}, "stdout differs"),
    ("the last line end", {"stdout": b"one\ntwo"}, "stdout differs"),
    ("bytes that are no text", {"stdout": b"one\n\xff\n"}, "stdout differs"),
    ("stderr", {"stderr": ""}, "stderr differs"),
    ("a file too few", {"files": {}}, "'report.txt' was not made"),
    ("a file's text", {"files": {"report.txt": "0" * 64}}, "holds something else"),
    ("a file too many", {"files": AS_EXPECTED.files | {"x": "1"}}, "'x' was made"),
    ("no run at all", {"problem": "no cloche"}, "no cloche"),
]


def call(*arguments, **options):
    command = [sys.executable, "-B", TOOL, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


class Differences(unittest.TestCase):
    """differences() against one expectation."""

    def test_a_run_as_expected_has_none(self):
        self.assertEqual(runner.differences(EXPECTED, AS_EXPECTED), [])

    def test_each_departure_is_seen(self):
        for what, change, says in DEPARTURES:
            with self.subTest(what):
                seen = dataclasses.replace(AS_EXPECTED, **change)
                found = runner.differences(EXPECTED, seen)
                self.assertEqual(len(found), 1, found)
                self.assertIn(says, found[0])

    def test_an_error_is_compared_by_the_keys_that_are_given(self):
        expected = dataclasses.replace(EXPECTED, error={"type": "KeyError", "line": 4})
        error = {"type": "KeyError", "line": 5, "message": "'a'"}
        found = runner.differences(expected, dataclasses.replace(AS_EXPECTED, error=error))
        self.assertEqual(found, ["error.line: 4 expected, 5 seen"])

    def test_status_0_is_not_taken_for_none(self):
        expected = dataclasses.replace(EXPECTED, exit_status=None)
        seen = dataclasses.replace(AS_EXPECTED, exit_status=0)
        self.assertEqual(len(runner.differences(expected, seen)), 1)


class Edges(unittest.TestCase):
    """The tool as a command."""

    def test_it_reports_in_a_table_and_a_summary(self):
        done = call("--bare", "hanoi", "uncaught_error")
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0].split()[0], "program")
        self.assertRegex(lines[1], r"^hanoi .* ok .* ms")
        self.assertRegex(lines[2], r"^uncaught_error .* user_error: EmptyBasket")
        self.assertEqual(lines[-1], "2 programs: 2 as expected, 0 not")

    def test_an_unknown_name_is_refused_with_the_nearest(self):
        done = call("--bare", "hanoy")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no program 'hanoy'", done.stderr)
        self.assertIn("did you mean 'hanoi'?", done.stderr)

    def test_a_cloche_that_is_not_there_is_named(self):
        done = call("hanoi", env={"CLOCHE_BIN": "/nonexistent/cloche"})
        self.assertEqual(done.returncode, 2)
        self.assertIn("no cloche at /nonexistent/cloche", done.stderr)

    def test_a_closed_pipe_ends_it_quietly(self):
        command = f"'{sys.executable}' -B '{TOOL}' --bare | head -n 1"
        done = subprocess.run(
            command, shell=True, capture_output=True, text=True, check=False
        )
        self.assertEqual(done.stderr, "")
        self.assertTrue(done.stdout.startswith("program"))

    def test_a_wrong_expectation_fails_and_says_where(self):
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder, "sample.py")
            script.write_text("print(1)\n", encoding="utf-8")
            where = script.with_suffix(".expect.json")
            for text, says in (
                ("{", "sample.expect.json"),
                ('{"abuot": "x"}', "unknown key 'abuot'"),
                ('{"about": "x", "outcome": "ok"}', "no 'exit_status'"),
                ('{"about": "", "outcome": "ok", "exit_status": null}', "one of stdout"),
            ):
                where.write_text(text, encoding="utf-8")
                with self.subTest(text), self.assertRaisesRegex(runner.CorpusError, says):
                    runner.load_program(script)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Real input: each of HumanEval's 164 programs ends with outcome `ok` at level isolated.

The programs are other people's, and are read where they lie ($CLOCHE_SHARED_DATA, else
../shared/data beside the repository); they are never copied into it.  Run by root, each
is run a second time as an ordinary user, because the two are confined in different ways.

    CLOCHE_BIN=... test_humaneval.py --profile NAME

runs them under any profile, prints how many pass and why the others do not, and fails at
nothing. What must pass at level restricted is test_humaneval_restricted.py's.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support import REPO, require, runner

WORKERS = 2
PROBLEMS = 164
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}


def data_path():
    folder = os.environ.get("CLOCHE_SHARED_DATA") or REPO.parent / "shared" / "data"
    return Path(folder, "HumanEval.jsonl.gz")


def read_problems(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def source_of(problem):
    parts = (problem["prompt"], problem["canonical_solution"], problem["test"])
    return "".join(parts) + f"\ncheck({problem['entry_point']})\n"


def run_one(cloche, problem, folder, profile="isolated", **popen):
    """(the result, "") of a program in a cell, or (None, why there is none)."""
    path = Path(folder, problem["task_id"].replace("/", "-") + ".py")
    path.write_text(source_of(problem), encoding="utf-8")
    return runner.call_cloche(cloche, ["--profile", profile, path], **popen)


def run_all(cloche, problems, profile="isolated", **popen):
    """[(problem, its result or None, why there is none)], in order."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        with ThreadPoolExecutor(WORKERS) as pool:
            runs = pool.map(lambda p: run_one(cloche, p, folder, profile, **popen), problems)
            return [(problem, *run) for problem, run in zip(problems, runs)]


def why_not(result, problem):
    """In a few words why a program did not pass; "" when it did."""
    if result is None:
        return problem
    if result["outcome"] == "ok" and result["exit_status"] == 0:
        return ""
    error = result.get("error") or {}
    said = result["reason"] or f"{error.get('type')}: {error.get('message')}"
    return f"{result['outcome']}: {said}"


def report(cloche, problems, profile):
    """How many pass under a profile, and a table of reasons for the others."""
    reasons = defaultdict(list)
    for problem, result, no_result in run_all(cloche, problems, profile):
        reasons[why_not(result, no_result)].append(problem["task_id"].partition("/")[2])
    passed = len(reasons.pop("", ()))
    rows = sorted(reasons.items(), key=lambda row: -len(row[1]))
    lines = [f"{len(names):>4}  {why}  ({', '.join(names)})" for why, names in rows]
    return "\n".join([f"{passed} of {len(problems)} pass under profile {profile}.", *lines])


class HumanEval(unittest.TestCase):
    """Subtests are named by problem."""

    @classmethod
    def setUpClass(cls):
        cls.cloche = runner.cloche_path()

    def setUp(self):
        require(self, data_path().is_file(), f"{data_path()} (see CLOCHE_SHARED_DATA)")
        self.problems = read_problems(data_path())
        self.assertEqual(len(self.problems), PROBLEMS)

    def check_all(self, **popen):
        for problem, result, no_result in run_all(self.cloche, self.problems, **popen):
            with self.subTest(problem["task_id"]):
                self.assertEqual(why_not(result, no_result), "")

    def test_every_program_passes(self):
        self.check_all()

    @unittest.skipIf(os.geteuid() != 0, "the test above has run as an ordinary user")
    def test_every_program_passes_as_an_ordinary_user(self):
        reached = subprocess.run(["test", "-x", self.cloche], check=False, **NOBODY)
        what = f"{self.cloche} where an ordinary user can execute it"
        require(self, reached.returncode == 0, what)
        with tempfile.TemporaryDirectory() as home:
            os.chown(home, NOBODY["user"], NOBODY["group"])
            environment = os.environ | {"HOME": home}
            for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
                environment.pop(name, None)
            self.check_all(env=environment, **NOBODY)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--profile")
    args, rest = parser.parse_known_args()
    if not args.profile:
        unittest.main(argv=[sys.argv[0], *rest])
    print(report(runner.cloche_path(), read_problems(data_path()), args.profile))


if __name__ == "__main__":
    main()

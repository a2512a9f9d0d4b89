# SPDX-License-Identifier: Apache-2.0
"""Real input: each of HumanEval's 164 programs ends with outcome `ok` at level isolated.

The programs are other people's, and are read where they lie ($CLOCHE_SHARED_DATA, else
../shared/data beside the repository); they are never copied into it.  Run by root, each
is run a second time as an ordinary user, because the two are confined in different ways.
"""

import gzip
import json
import os
import subprocess
import tempfile
import unittest
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


class HumanEval(unittest.TestCase):
    """Subtests are named by problem."""

    @classmethod
    def setUpClass(cls):
        cls.cloche = runner.cloche_path()

    def setUp(self):
        require(self, data_path().is_file(), f"{data_path()} (see CLOCHE_SHARED_DATA)")
        self.problems = read_problems(data_path())
        self.assertEqual(len(self.problems), PROBLEMS)

    def run_one(self, problem, folder, **popen):
        path = Path(folder, problem["task_id"].replace("/", "-") + ".py")
        path.write_text(source_of(problem), encoding="utf-8")
        return runner.call_cloche(self.cloche, ["--profile", "isolated", path], **popen)

    def check_all(self, **popen):
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            with ThreadPoolExecutor(WORKERS) as pool:
                runs = pool.map(lambda p: self.run_one(p, folder, **popen), self.problems)
                for problem, (result, why_not) in zip(self.problems, runs):
                    with self.subTest(problem["task_id"]):
                        self.assertIsNotNone(result, why_not)
                        self.assertEqual(result["outcome"], "ok", result.get("error"))
                        self.assertEqual(result["exit_status"], 0)

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


if __name__ == "__main__":
    unittest.main()

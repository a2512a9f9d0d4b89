# SPDX-License-Identifier: Apache-2.0
"""Packages of a given read-only directory: Debian's numpy, mounted by a policy file."""

import tempfile
import unittest
from pathlib import Path

from support import require, runner

PACKAGES = Path("/usr/lib/python3/dist-packages")
POLICY = f"""\
version: 1
package_sets:
  debian: {{path: {PACKAGES}}}
profiles:
  numbers:
    extends: isolated
    python: {{packages: debian}}
"""

ARRAYS = """
import numpy as np
a = np.arange(12, dtype=np.float64).reshape(3, 4)
print(a.sum(axis=0).tolist(), a[a % 2 == 0].astype(int).tolist())
print((a @ a.T).tolist()[0], np.einsum("ij,ij->i", a, a).tolist())
"""

LINEAR_ALGEBRA = """
import numpy as np
a = np.array([[3.0, 1.0], [1.0, 2.0]])
print(np.linalg.solve(a, [9.0, 8.0]).round(12).tolist(), round(float(np.linalg.det(a)), 12))
values = np.sort(np.linalg.eigvalsh(a))
print(values.round(6).tolist(), np.linalg.matrix_rank(np.ones((3, 3))))
big = np.eye(200) * 2
print(bool(np.allclose(big @ np.linalg.inv(big), np.eye(200))))
"""

SIGNALS = """
import numpy as np
t = np.arange(256) / 256
spectrum = np.abs(np.fft.rfft(np.sin(2 * np.pi * 20 * t)))
print(int(spectrum.argmax()), np.polyfit([0, 1, 2], [1, 3, 5], 1).round(9).tolist())
"""

FILES = """
import numpy as np
from pathlib import Path
np.savez_compressed("data.npz", a=np.arange(5), b=np.ones((2, 2)))
with np.load("data.npz") as data:
    print(sorted(data.files), data["a"].sum(), data["b"].shape)
np.savetxt("table.csv", np.arange(6).reshape(2, 3), fmt="%d", delimiter=",")
print(Path("table.csv").read_text().split(), np.loadtxt("table.csv", delimiter=",").max())
"""

# Nothing here does damage where it succeeds: a file is opened for writing and not written,
# and the directory that is made has a name of its own and is removed again.
READ_ONLY = """
import errno, os, numpy
folder = os.path.dirname(numpy.__file__)
canary = os.path.join(folder, "cloche-test-canary")
for act in (lambda: open(os.path.join(folder, "__init__.py"), "r+b").close(),
            lambda: os.rmdir(os.mkdir(canary) or canary)):
    try:
        act()
    except OSError as error:
        print(error.errno in (errno.EROFS, errno.EACCES, errno.EPERM))
    else:
        print("written")
"""

# What it is, the program, its standard output, the files that it leaves in /work.
ROWS = [
    (
        "arrays",
        ARRAYS,
        "[12.0, 15.0, 18.0, 21.0] [0, 2, 4, 6, 8, 10]\n"
        "[14.0, 38.0, 62.0] [14.0, 126.0, 366.0]\n",
        [],
    ),
    (
        "linear algebra",
        LINEAR_ALGEBRA,
        "[2.0, 3.0] 5.0\n[1.381966, 3.618034] 1\nTrue\n",
        [],
    ),
    ("signals", SIGNALS, "20 [2.0, 1.0]\n", []),
    (
        "files",
        FILES,
        "['a', 'b'] 10 (2, 2)\n['0,1,2', '3,4,5'] 5.0\n",
        ["data.npz", "table.csv"],
    ),
    ("the package directory is read-only", READ_ONLY, "True\nTrue\n", []),
]


class Numpy(unittest.TestCase):
    """Each test has a policy file of its own."""

    def setUp(self):
        present = (PACKAGES / "numpy" / "__init__.py").is_file()
        require(self, present, f"numpy in {PACKAGES} (apt-get install python3-numpy)")
        self.cloche = runner.cloche_path()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.policy = Path(folder.name, "policy.yaml")
        self.policy.write_text(POLICY, encoding="utf-8")

    def run_code(self, code):
        options = ["--policy", self.policy, "--profile", "numbers", "-c", code]
        result, why_not = runner.call_cloche(self.cloche, options)
        self.assertIsNotNone(result, why_not)
        self.assertEqual(result["outcome"], "ok", result.get("error"))
        return result

    def test_programs_with_numpy_do_what_they_should(self):
        for what, code, stdout, files in ROWS:
            with self.subTest(what):
                result = self.run_code(code)
                self.assertEqual(result["stdout"], stdout, result["stderr"])
                self.assertEqual(sorted(file["path"] for file in result["files"]), files)

    def test_numpy_of_two_runs_draws_different_numbers(self):
        code = "from numpy.random import *\nprint(random(4), default_rng().random())"
        drawn = [self.run_code(code)["stdout"] for _ in range(6)]
        self.assertEqual(len(set(drawn)), len(drawn), drawn)

    def test_a_seed_gives_the_same_numbers_in_each_run(self):
        code = "import numpy\nnumpy.random.seed(3)\nprint(numpy.random.randint(0, 999, 5))"
        drawn = {self.run_code(code)["stdout"] for _ in range(2)}
        self.assertEqual(len(drawn), 1, drawn)


if __name__ == "__main__":
    unittest.main()

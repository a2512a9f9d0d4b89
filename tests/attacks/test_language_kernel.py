# SPDX-License-Identifier: Apache-2.0
"""The guard is not the boundary: with all of Python, as at level isolated, every attack on the
language gets what it wants inside the cell, and by it no file of the host can be read."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import language  # noqa: E402

PROFILE = "isolated"
WORKERS = 2
TIMEOUT_S = 60


def output_in_cell(attack, canary):
    """What an attack says in a cell, or the reason why there was no run."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "attack.py")
        given.write_bytes(attack.source)
        command = [os.environ["CLOCHE_BIN"], "run", "--json", "--profile", PROFILE,
                   "--file", given, language.PRELUDE, "--", canary.path, canary.digest,
                   given.name]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=TIMEOUT_S, check=False)
    result = json.loads(done.stdout or "{}")
    return result.get("stdout") or done.stderr.decode("utf-8", "replace") or str(result)


class Kernel(unittest.TestCase):
    """Subtests are named by attack."""

    def test_what_leaks_in_a_cell_reads_nothing_of_the_host(self):
        attacks = [a for a in language.load() if a.fits()]
        leaked = read = 0
        with language.Canary() as canary, ThreadPoolExecutor(WORKERS) as pool:
            outputs = pool.map(lambda a: output_in_cell(a, canary), attacks)
            for attack, output in zip(attacks, outputs):
                with self.subTest(attack.name):
                    found = language.leaks(output)
                    self.assertNotIn("read", [used for _, used in found], output)
                    leaked += bool(found)
                    read += "NOT READ" in [used for _, used in found]
        # It is the kernel that stopped them, not that they did not get anywhere: a few
        # want files of the host or native modules that a cell has not.
        self.assertGreater(leaked, len(attacks) * 95 // 100)
        self.assertGreater(read, len(attacks) // 2)


if __name__ == "__main__":
    unittest.main()

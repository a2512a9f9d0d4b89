# SPDX-License-Identifier: Apache-2.0
"""Run the tests of the files named, inside the machine; exit status 0 if they pass.

main.py [FILE...]: "cgroup", "kernel", ...; none: all.
"""
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import support


class TimedResult(unittest.TextTestResult):
    """Says each test's duration, as the whole has a limit."""

    def startTest(self, test):
        self.began = support.now()
        super().startTest(test)

    def stopTest(self, test):
        super().stopTest(test)
        self.stream.writeln(f"    {support.now() - self.began:.1f} s")


def main():
    names = sys.argv[1:] or sorted(path.stem[5:] for path in HERE.glob("test_*.py"))
    support.prepare()
    suite = unittest.TestSuite(
        unittest.defaultTestLoader.loadTestsFromName(f"test_{name}") for name in names
    )
    runner = unittest.TextTestRunner(
        stream=sys.stdout, verbosity=2, resultclass=TimedResult, descriptions=False
    )
    return 0 if runner.run(suite).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())

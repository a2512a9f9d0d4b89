# SPDX-License-Identifier: Apache-2.0
"""The attack corpus under this kernel.  Slow under emulation: by name only."""
import json
import os
import subprocess
import unittest

import support
from support import CLOCHE, KERNEL, SOURCE, each_caller




class Attacks(support.GuestTest):
    def test_no_attack_has_an_effect(self):
        """By an ordinary user's run, where fewer layers are to be had."""
        runner = SOURCE / "tests" / "attacks" / "run.py"
        library = SOURCE / "build" / "lib" / "libcloche.so"
        if not runner.exists() or not library.exists():
            self.skipTest(f"needs {runner} and {library}")
        report = "/tmp/attacks.json"
        command = ["/usr/bin/python3", "-B", runner, "--bin", os.path.dirname(CLOCHE), "--lib",
                   library, "--as", "user", "--mode", "all", "--json", report]  # fmt: skip
        env = {"CLOCHE_CGROUP": None, "CLOCHE_POLICY": None}
        status, out, err = support.ROOT.call(*command, env=env, patience_s=1200)
        self.assertEqual(status, 0, (out + err)[-6000:])
        with open(report, encoding="utf-8") as file:
            self.assertTrue(json.load(file), "no attack was run")


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""A host that lets nobody make user namespaces: named, refused, and the remedy said.

Ubuntu's kernels do it by AppArmor, Debian's do not have that; the limit that every
kernel has, and Debian's own switch, do the same to a caller.
"""

import json
import unittest
from pathlib import Path

import support
from support import CLOCHE, ORDINARY, setting

WAYS = (
    ("/proc/sys/user/max_user_namespaces", "0"),
    ("/proc/sys/kernel/unprivileged_userns_clone", "0"),
)


def each_way(test):
    """Run a test method once with each of WAYS in force, as a subtest."""

    def run_all(self):
        for path, value in WAYS:
            name = path.removeprefix("/proc/sys/").replace("/", ".")
            with self.subTest(setting=name), setting(path, value):
                test(self, name)

    run_all.__name__ = test.__name__
    return run_all


class WithoutUserNamespaces(support.GuestTest):
    @each_way
    def test_doctor_names_them_and_the_setting(self, name):
        rows, status = ORDINARY.doctor()
        self.assertNotEqual(status, 0)
        for facility in ("user-namespaces", "default-profile"):
            self.assertFalse(rows[facility]["available"], rows[facility])
        self.assertIn(name, rows["user-namespaces"]["remedy"])

    @each_way
    def test_a_run_is_refused_with_what_to_do(self, name):
        status, out, err = ORDINARY.call(CLOCHE, "run", "-c", "print(1)")
        self.assertEqual((status, out), (125, ""), err)
        for expected in ("forbids user namespaces", "min_assurance", "cloche doctor"):
            self.assertIn(expected, err)

    @each_way
    def test_assurance_process_runs_where_the_operator_accepts_it(self, name):
        policy = Path("/tmp/process.yaml")
        policy.write_text("version: 1\nmin_assurance: process\n", encoding="utf-8")
        for cgroup in (None, str(ORDINARY.delegated)):
            env = {"CLOCHE_CGROUP": cgroup}
            command = (CLOCHE, "run", "--json", "--policy", policy, "-c", "print(6 * 7)")
            status, out, err = ORDINARY.call(*command, env=env)
            self.assertEqual(status, 0, f"{name}: {out}{err}")
            result = json.loads(out)
            self.outcome(result, "ok")
            self.assertEqual(result["assurance"]["level"], "process")
            self.assertNotIn("user-ns", result["assurance"]["layers"])

    def test_with_the_setting_back_it_runs_again(self):
        self.outcome(ORDINARY.run("one", "1"), "ok")


if __name__ == "__main__":
    unittest.main()

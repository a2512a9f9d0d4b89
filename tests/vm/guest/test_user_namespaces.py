# SPDX-License-Identifier: Apache-2.0
"""A host that lets nobody make user namespaces: named, refused, and the remedy said.

Ubuntu's kernels do it by AppArmor, Debian's do not have that; the limit that every
kernel has, and Debian's own switch, do the same to a caller.
"""

import json
import unittest

import support
from support import CLOCHE, ORDINARY, setting

WAYS = (
    ("/proc/sys/user/max_user_namespaces", "0"),
    ("/proc/sys/kernel/unprivileged_userns_clone", "0"),
)


class WithoutUserNamespaces(support.GuestTest):
    def each_way(self):
        """For each way: with it in force, as a subtest."""
        for path, value in WAYS:
            with self.subTest(setting=path), setting(path, value):
                yield path.removeprefix("/proc/sys/").replace("/", ".")

    def test_doctor_names_them_and_the_setting(self):
        for name in self.each_way():
            rows, status = ORDINARY.doctor()
            self.assertNotEqual(status, 0)
            for facility in ("user-namespaces", "default-profile"):
                self.assertFalse(rows[facility]["available"], rows[facility])
            self.assertIn(name, rows["user-namespaces"]["remedy"])

    def test_a_run_is_refused_with_the_remedy(self):
        for name in self.each_way():
            status, out, err = ORDINARY.call(CLOCHE, "run", "-c", "print(1)")
            self.assertEqual((status, out), (125, ""), err)
            self.assertIn("user namespace", err)
            self.assertIn(name, err)

    def test_assurance_process_runs_where_the_operator_accepts_it(self):
        policy = "/tmp/process.yaml"
        with open(policy, "w", encoding="utf-8") as file:
            file.write("version: 1\nmin_assurance: process\n")
        for _ in self.each_way():
            env = {"CLOCHE_CGROUP": None}
            command = (CLOCHE, "run", "--json", "--policy", policy, "-c", "print(6 * 7)")
            status, out, err = ORDINARY.call(*command, env=env)
            self.assertEqual(status, 0, out + err)
            result = json.loads(out)
            self.outcome(result, "ok")
            self.assertEqual(result["assurance"]["level"], "process")
            self.assertNotIn("user-ns", result["assurance"]["layers"])

    def test_with_the_setting_back_it_runs_again(self):
        self.outcome(ORDINARY.run("one", "1"), "ok")


if __name__ == "__main__":
    unittest.main()

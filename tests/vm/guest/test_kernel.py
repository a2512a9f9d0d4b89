# SPDX-License-Identifier: Apache-2.0
"""What this kernel offers is found and used, and useful programs run on it."""

import json
import os
import subprocess
import unittest

import support
from support import CLOCHE, KERNEL, SOURCE, each_caller

# Of Landlock, by kernel: the first version that has each.
LANDLOCK = (((6, 12), 6), ((6, 10), 5), ((6, 7), 4), ((6, 2), 3), ((5, 19), 2), ((5, 13), 1))
BUILT = SOURCE / "build" / "tests"
SKIPPED = 77


class Host(support.GuestTest):
    @each_caller
    def test_doctor_shows_the_landlock_of_this_kernel(self, caller):
        rows, status = caller.doctor(env={"CLOCHE_CGROUP": None})
        self.assertEqual(status, 0, rows)
        expected = next(abi for kernel, abi in LANDLOCK if kernel <= KERNEL)
        self.assertEqual(rows["landlock"]["detail"], f"ABI {expected}")
        lacking = [name for name, row in rows.items() if not row["available"]]
        self.assertEqual(lacking, ["cgroup-v2-delegation"])

    @each_caller
    def test_a_run_has_every_layer(self, caller):
        result = caller.run("one", "1")
        self.outcome(result, "ok")
        self.assertEqual(result["assurance"]["level"], "namespace")
        expected = {
            "seccomp", "landlock", "user-ns", "mount-ns", "pid-ns", "net-ns", "ipc-ns",
            "uts-ns", "cgroup-ns", "private-root", "capabilities", "rlimits", "cgroup", "scrub",
        }  # fmt: skip
        self.assertLessEqual(expected, set(result["assurance"]["layers"]))

    @each_caller
    def test_private_directories_are_the_run_s_own(self, caller):
        """Bytes and inodes of /work, /tmp and /dev/shm are one sum on every kernel."""
        code = (
            "import os\n"
            "for place in ('/work', '/tmp', '/dev/shm'):\n"
            "    open(place + '/f', 'wb').write(bytes(10 << 20))\n"
            "print(sorted(os.listdir('/')), os.listdir('/tmp'))\n"
            "try:\n"
            "    open('/tmp/g', 'wb').write(bytes(30 << 20))\n"
            "except OSError as error:\n"
            "    print(error.errno)\n"
        )
        result = caller.run("several", code)
        self.outcome(result, "ok")
        shown = "['bin', 'dev', 'etc', 'lib', 'lib64', 'proc', 'sbin', 'tmp', 'usr', 'work'] ['f']"
        self.assertEqual(result["stdout"], f"{shown}\n28\n")
        self.assertTrue(result["limits"]["disk"]["hit"])


class Programs(support.GuestTest):
    def test_all_of_examples_programs_do_what_they_should(self):
        runner = SOURCE / "tools" / "programs"
        command = ("/usr/bin/python3", "-B", runner, "-j2", "--profile", "patient")
        status, out, err = support.ORDINARY.call(*command, patience_s=1200)
        self.assertEqual(status, 0, out[-6000:] + err)

    def test_trusted_runs_on_the_host_s_files(self):
        code = "import subprocess\nprint(subprocess.run(['echo', 'x'], capture_output=True).stdout)"
        result = support.ORDINARY.run("admin", code)
        self.outcome(result, "ok")
        self.assertEqual(result["stdout"], "b'x\\n'\n")


class Built(support.GuestTest):
    """The test programs of C that ask the kernel, as root."""

    def run_all(self, *patterns):
        programs = sorted(path for pattern in patterns for path in BUILT.glob(pattern))
        if not programs:
            self.skipTest(f"nothing built as {patterns}")
        for program in programs:
            with self.subTest(program=program.name):
                done = subprocess.run([program], capture_output=True, cwd="/tmp", check=False,
                                      timeout=support.PATIENCE_S)  # fmt: skip
                told = (done.stdout + done.stderr).decode("utf-8", "replace")[-3000:]
                self.assertIn(done.returncode, (0, SKIPPED), told)

    def test_units_of_the_kernel_layer_pass(self):
        self.run_all("unit/unit_kernel_*", "unit/unit_sandbox_*")

    def test_the_system_call_filters_pass(self):
        # Only those that ask the kernel; the others simulate one.
        self.run_all("seccomp/seccomp_live")


if __name__ == "__main__":
    unittest.main()

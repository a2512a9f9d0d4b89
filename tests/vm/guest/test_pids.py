# SPDX-License-Identifier: Apache-2.0
"""No pids are left: of the machine, or of the cgroup directory that was delegated.

Whatever can then not be started is an error that says so; nobody stays behind; and with
pids again it works.
"""
import contextlib
import os
import signal
import time
import unittest

import support
from support import CLOCHE, each_caller, eventually, setting

STEPS = range(1, 12)  # what is left: less than a run needs, up to more
# What the kernel gives out only once (RESERVED_PIDS), and room for some more.
PID_MAX = 300 + 100


class Pids(support.GuestTest):
    def try_steps(self, caller, few):
        """A run with so many pids left, for each of STEPS."""
        worked, failed = [], []
        for n in STEPS:
            with few(n):
                status, out, err = caller.call(CLOCHE, "run", "--profile", "one", "-c", "print(1)")
            if status == 0:
                self.assertEqual(out, "1\n", err)
                worked.append(n)
            else:
                self.assertEqual((status, out), (125, ""), f"{n}: {err}")
                self.assertIn("Resource temporarily unavailable", err, n)
                failed.append(n)
            self.assertTrue(eventually(lambda: not caller.tasks()), caller.tasks())
        self.assertTrue(worked and failed, f"worked with {worked} left, failed with {failed}")
        self.outcome(caller.run("one", "1"), "ok")
        self.assertTrue(eventually(lambda: not caller.subtrees()), caller.subtrees())

    @each_caller
    def test_of_a_delegated_directory(self, caller):
        most = caller.delegated / "pids.max"
        self.try_steps(caller, lambda n: setting(most, str(n)))

    @each_caller
    def test_of_the_machine(self, caller):
        with setting("/proc/sys/kernel/pid_max", str(PID_MAX)):
            self.try_steps(caller, self.hogs_but_for)

    @contextlib.contextmanager
    def hogs_but_for(self, n):
        """All pids are taken, by processes that wait, but for n."""
        hogs = []
        try:
            with contextlib.suppress(BlockingIOError):
                while True:
                    pid = os.fork()
                    if pid == 0:
                        time.sleep(3600)
                        os._exit(0)
                    hogs.append(pid)
            self.assertGreater(len(hogs), n)
            self.end(hogs, n)
            yield
        finally:
            self.end(hogs, len(hogs))

    @staticmethod
    def end(hogs, n):
        for _ in range(n):
            os.kill(hogs[-1], signal.SIGKILL)
            os.waitpid(hogs.pop(), 0)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""No cgroup stays behind: after many runs, after bad ends, after kill -9."""

import os
import signal
import subprocess
import unittest

import support
from support import CLOCHE, each_caller, eventually

MANY_RUNS = support.SOURCE / "build" / "tests" / "vm" / "many_runs"
STANDBY = 8  # the most cells that an engine keeps ready
RUNS = 50


class Leaves(support.GuestTest):
    @each_caller
    def test_many_runs_leave_none(self, caller):
        code = "import os\nif os.fork() == 0: os._exit(0)\nos.wait()"
        command = (MANY_RUNS, str(RUNS), "long", code)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with caller.start(*command, **pipes) as process:
            said = []
            for line in process.stdout:
                said.append(line.strip())
                if said[-1] == "done":
                    break
            self.assertEqual(said, ["ok"] * RUNS + ["done"])
            kept = lambda: len(caller.leaves())
            self.assertTrue(eventually(lambda: kept() <= STANDBY), caller.leaves())
            process.stdin.close()
            self.assertEqual(process.wait(support.PATIENCE_S), 0)
        self.assertEqual(caller.subtrees(), [])

    @each_caller
    def test_every_bad_end_leaves_none(self, caller):
        rows = (
            ("user_error", "1 / 0"),
            ("syntax_error", "("),
            ("crashed", "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)"),
            ("ok", "import os\nif os.fork() == 0:\n    import time; time.sleep(300)"),
            ("wall_limit", "import time\ntime.sleep(300)"),
        )
        for outcome, code in rows:
            with self.subTest(outcome=outcome):
                self.outcome(caller.run("few", code, "--timeout", "5s"), outcome)
                self.assertEqual(caller.subtrees(), [])

    def kill_in_the_middle(self, caller):
        """A caller that is killed while its run has three processes."""
        code = "import os, time\nfor n in range(2):\n    if os.fork() == 0: break\ntime.sleep(300)"
        command = (CLOCHE, "run", "--profile", "few", "-c", code)
        with caller.start(*command, stdout=subprocess.DEVNULL) as process:
            self.assertTrue(eventually(lambda: len(caller.tasks()) == 3, 60), caller.tasks())
            left = caller.subtrees()
            self.assertEqual(len(left), 1)
            process.send_signal(signal.SIGKILL)
        return left[0]

    @each_caller
    def test_a_killed_caller_leaves_no_process_and_the_next_removes_the_rest(self, caller):
        left = self.kill_in_the_middle(caller)
        empty = lambda: "populated 0" in (left / "cgroup.events").read_text()
        self.assertTrue(eventually(empty), caller.tasks())
        self.outcome(caller.run("few", "1"), "ok")
        self.assertEqual(caller.subtrees(), [])

    @each_caller
    def test_a_living_engine_s_leaves_are_not_removed_by_another(self, caller):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with caller.start(MANY_RUNS, "1", "long", "1", **pipes) as process:
            self.assertEqual(process.stdout.readline(), "ok\n")
            mine = caller.subtrees()
            self.outcome(caller.run("few", "1"), "ok")
            self.assertEqual(caller.subtrees(), mine)
            self.assertTrue(eventually(caller.tasks), "its standby cells are gone")
            process.stdin.close()
            self.assertEqual(process.wait(support.PATIENCE_S), 0)
        self.assertEqual(caller.subtrees(), [])

    @each_caller
    def test_a_name_that_is_taken_stops_nobody(self, caller):
        """A pid comes again: here it is the pid of a shell that becomes cloche."""
        script = (
            f'mkdir "$CLOCHE_CGROUP/cloche-$$-0" "$CLOCHE_CGROUP/cloche-$$-0/cell-1" && '
            f"exec {CLOCHE} run -c 'print(1)'"
        )
        status, out, err = caller.call("sh", "-c", script)
        self.assertEqual((status, out), (0, "1\n"), err)
        self.assertEqual(caller.subtrees(), [])


class Crossing(support.GuestTest):
    def test_runs_of_two_callers_do_not_meet(self):
        """Each caller's leaves are in the directory that was delegated to it."""
        root, user = support.CALLERS
        code = "import time\ntime.sleep(300)"
        command = (CLOCHE, "run", "--profile", "few", "-c", code)
        quiet = {"stdout": subprocess.DEVNULL}
        with root.start(*command, **quiet) as one, user.start(*command, **quiet) as two:
            try:
                self.assertTrue(eventually(lambda: root.tasks() and user.tasks(), 60))
                for caller in support.CALLERS:
                    for pid in caller.tasks():
                        uid = os.stat(f"/proc/{pid}").st_uid
                        self.assertNotEqual(uid, 0, "a cell runs as root")
            finally:
                one.kill()
                two.kill()


if __name__ == "__main__":
    unittest.main()

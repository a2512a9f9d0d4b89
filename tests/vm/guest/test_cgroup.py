# SPDX-License-Identifier: Apache-2.0
"""Limits that a delegated cgroup v2 directory holds, for root and for a user."""

import subprocess
import unittest

import support
from support import CLOCHE, MIB, ORDINARY, ROOT, each_caller, eventually

# What a leaf gets above limits.memory, for the kernel's own pages.
SLACK = 4 * MIB

FOUR_TOGETHER = """
import os, time
for child in range(4):
    if os.fork() == 0:
        held = bytearray(40 << 20)
        for at in range(0, len(held), 4096):
            held[at] = 1
        time.sleep(60)
        os._exit(0)
print("begun", flush=True)
os.wait()
print("survived", flush=True)
time.sleep(60)
"""

TOUCH = """
def touch(mib):
    held = bytearray(mib << 20)
    for at in range(0, len(held), 4096):
        held[at] = 1
    return held
"""

FORK_BOMB = """
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
"""


class Delegation(support.GuestTest):
    @each_caller
    def test_doctor_says_it_is_there_and_the_assurance_has_it(self, caller):
        rows, status = caller.doctor()
        self.assertEqual(status, 0, rows)
        row = rows["cgroup-v2-delegation"]
        self.assertTrue(row["available"], row)
        result = caller.run("one", "print(open('/proc/self/cgroup').read().strip())")
        self.outcome(result, "ok")
        self.assertIn("cgroup", result["assurance"]["layers"])
        self.assertEqual(result["stdout"], "0::/\n", "the cell sees the host's path")

    @each_caller
    def test_without_a_directory_a_run_works_and_does_not_claim_it(self, caller):
        result = caller.run("one", "1", env={"CLOCHE_CGROUP": None})
        self.outcome(result, "ok")
        self.assertNotIn("cgroup", result["assurance"]["layers"])

    def test_a_directory_that_cannot_be_used_is_refused_by_name(self):
        occupied = ORDINARY.own_leaf
        rows = (
            ("/sys/fs/cgroup/nowhere", "No such file"),
            ("/tmp", "not in a cgroup v2"),
            (str(ROOT.delegated), "Permission denied"),
            (str(occupied), "memory"),
        )
        for path, expected in rows:
            with self.subTest(path=path):
                env = {"CLOCHE_CGROUP": path}
                status, out, err = ORDINARY.call(CLOCHE, "run", "-c", "print(1)", env=env)
                self.assertEqual((status, out), (125, ""), err)
                self.assertIn(expected, err)

    def test_doctor_does_not_claim_a_directory_that_cannot_be_used(self):
        rows, status = ORDINARY.doctor(env={"CLOCHE_CGROUP": str(ROOT.delegated)})
        self.assertNotEqual(status, 0)
        row = rows["cgroup-v2-delegation"]
        self.assertFalse(row["available"], row)
        self.assertNotEqual(row["remedy"], "")


class Memory(support.GuestTest):
    @each_caller
    def test_several_processes_together_meet_one_limit_and_all_die(self, caller):
        result = caller.run("several", FOUR_TOGETHER)
        self.outcome(result, "memory_limit")
        self.assertEqual(result["stdout"], "begun\n")
        memory = result["limits"]["memory"]
        self.assertTrue(memory["hit"])
        self.assertGreater(memory["peak_bytes"], 80 * MIB)
        self.assertLessEqual(memory["peak_bytes"], 96 * MIB + SLACK)
        self.assertIn("limits.memory is 96MiB", result["reason"])
        self.assertIn("profiles.several.limits.memory", result["hint"])

    @each_caller
    def test_files_in_work_and_memory_are_one_sum(self, caller):
        code = TOUCH + "open('/work/f', 'wb').write(bytes(44 << 20))\nprint('written')\n"
        result = caller.run("several", code + "held = touch(32)")
        self.outcome(result, "ok")
        self.assertGreater(result["limits"]["memory"]["peak_bytes"], 76 * MIB)
        result = caller.run("several", code + "held = touch(72)")
        self.outcome(result, "memory_limit")
        self.assertEqual(result["stdout"], "written\n")

    @each_caller
    def test_one_process_gets_memory_error_before_it_is_killed(self, caller):
        code = "try:\n    bytearray(200 << 20)\nexcept MemoryError:\n    print('caught')\n"
        result = caller.run("one", code)
        self.outcome(result, "ok")
        self.assertEqual(result["stdout"], "caught\n")

    @each_caller
    def test_the_peak_is_the_sum_of_processes(self, caller):
        code = TOUCH + (
            "import os\n"
            "for child in range(3):\n"
            "    if os.fork() == 0:\n"
            "        held = touch(20)\n"
            "        os.write(1, b'x')\n"
            "        __import__('time').sleep(8)\n"
            "        os._exit(0)\n"
            "while True:\n"
            "    try: os.wait()\n"
            "    except ChildProcessError: break\n"
        )
        result = caller.run("several", code)
        self.outcome(result, "ok")
        peak = result["limits"]["memory"]["peak_bytes"]
        self.assertGreater(peak, 60 * MIB)
        self.assertLess(peak, 96 * MIB)


class Leaf(support.GuestTest):
    """What is written in a leaf, read from outside while a run sleeps in it."""

    @each_caller
    def test_it_has_the_profile_s_numbers_and_all_of_the_run(self, caller):
        code = "import os, time\nfor n in range(2):\n    if os.fork() == 0: break\ntime.sleep(40)"
        command = (CLOCHE, "run", "--profile", "measured", "-c", code)
        with caller.start(*command, stdout=subprocess.DEVNULL) as process:
            try:
                self.assertTrue(eventually(lambda: len(caller.tasks()) == 3, 60), caller.tasks())
                leaf = caller.leaves()[0]
                rows = {
                    "memory.max": str(96 * MIB + SLACK),
                    "memory.oom.group": "1",
                    "memory.swap.max": "0",
                    "pids.max": "8",
                    "cpu.max": "50000 100000",
                }
                found = {name: (leaf / name).read_text().strip() for name in rows}
                self.assertEqual(found, rows)
                self.assertEqual((leaf / "pids.current").read_text().strip(), "3")
            finally:
                process.kill()


class Processes(support.GuestTest):
    @each_caller
    def test_a_fork_bomb_ends_in_its_own_verdict(self, caller):
        result = caller.run("few", FORK_BOMB)
        self.outcome(result, "process_limit")
        processes = result["limits"]["processes"]
        self.assertTrue(processes["hit"])
        # 3 processes and 4 threads beyond the first: the cgroup holds the sum.
        self.assertLessEqual(processes["peak"], 7)
        self.assertTrue(eventually(lambda: not caller.subtrees()), caller.subtrees())

    @each_caller
    def test_within_the_limit_nothing_is_hit(self, caller):
        code = "import os\nfor n in range(6):\n    if os.fork() == 0: os._exit(0)\n    os.wait()"
        result = caller.run("few", code)
        self.outcome(result, "ok")
        self.assertFalse(result["limits"]["processes"]["hit"])

    @each_caller
    def test_threads_are_not_taken_for_processes(self, caller):
        code = (
            "import threading, time\n"
            "made = [threading.Thread(target=time.sleep, args=(2,)) for n in range(4)]\n"
            "for t in made: t.start()\n"
            "for t in made: t.join()\n"
        )
        result = caller.run("few", code)
        self.outcome(result, "ok")
        self.assertIn(result["limits"]["processes"]["peak"], (0, None))

    @each_caller
    def test_threads_beyond_processes_and_threads_are_refused(self, caller):
        code = (
            "import threading, time\n"
            "made = 0\n"
            "try:\n"
            "    while made < 40:\n"
            "        threading.Thread(target=time.sleep, args=(3,)).start()\n"
            "        made += 1\n"
            "except RuntimeError:\n"
            "    print('refused')\n"
            "print(made)\n"
        )
        result = caller.run("few", code)
        self.outcome(result, "ok")
        self.assertEqual(result["stdout"], "refused\n7\n")

    @each_caller
    def test_what_left_its_session_and_parent_dies_with_the_run(self, caller):
        code = (
            "import os, time\n"
            "for n in range(3):\n"
            "    if os.fork() == 0:\n"
            "        os.setsid()\n"
            "        if os.fork() != 0: os._exit(0)\n"
            "        time.sleep(300)\n"
            "    os.wait()\n"
            "print('left', flush=True)\n"
            "time.sleep(300)\n"
        )
        result = caller.run("long", code, "--timeout", "6s")
        self.outcome(result, "wall_limit")
        self.assertEqual(result["stdout"], "left\n")
        self.assertEqual(caller.tasks(), [])
        self.assertTrue(eventually(lambda: not caller.subtrees()), caller.subtrees())


class Processor(support.GuestTest):
    @each_caller
    def test_cpu_share_holds_one_process_and_four_together(self, caller):
        spin = (
            "import os, time\n"
            "for n in range({forks}):\n"
            "    if os.fork() == 0: break\n"
            "end = time.perf_counter() + 6\n"
            "while time.perf_counter() < end: pass\n"
        )
        for profile, forks in (("slow", 0), ("slow_several", 3)):
            with self.subTest(profile=profile):
                result = caller.run(profile, spin.format(forks=forks))
                self.outcome(result, "ok")
                usage = result["usage"]
                used = usage["cpu_user_ns"] + usage["cpu_system_ns"]
                # A fifth, and a period's worth at either end.
                self.assertLess(used / usage["wall_ns"], 0.20 + 0.05)
                self.assertGreater(used / usage["wall_ns"], 0.10)

    @each_caller
    def test_cpu_time_is_the_tree_s(self, caller):
        code = (
            "import os\n"
            "for n in range(3):\n"
            "    if os.fork() == 0: break\n"
            "while True: pass\n"
        )
        result = caller.run("few", code, "--limit", "cpu=3s")
        self.outcome(result, "cpu_limit")
        self.assertGreaterEqual(result["limits"]["cpu"]["used_ns"], 3e9)
        self.assertLess(result["limits"]["cpu"]["used_ns"], 5e9)


if __name__ == "__main__":
    unittest.main()

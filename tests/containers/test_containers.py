# SPDX-License-Identifier: Apache-2.0
"""cloche inside containers that withhold something: user namespaces, or a
/proc without masks.  bubblewrap makes them.
"""
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(SOURCE / "tests" / "e2e"))

from cells import CellTest  # noqa: E402  (the path comes first)

BASE = ["--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--proc", "/proc", "--unshare-user"]
NO_USER_NAMESPACES = BASE + ["--disable-userns"]
MASKED_PROC = BASE + ["--ro-bind", "/proc/sys", "/proc/sys", "--tmpfs", "/proc/bus"]


def why_not():
    """Why these tests cannot run here, or None."""
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed"
    done = subprocess.run(["bwrap", *NO_USER_NAMESPACES, "true"], capture_output=True)
    if done.returncode != 0:
        return "bubblewrap cannot make a container here: " + done.stderr.decode()
    return None


class ContainerTest(CellTest):
    container = NO_USER_NAMESPACES

    def setUp(self):
        super().setUp()
        reason = why_not()
        if reason is not None and os.environ.get("CI"):
            self.fail(reason)
        if reason is not None:
            self.skipTest(reason)
        if os.geteuid() == 0:
            self.skipTest("root has no ids to give inside such a container")
        inner = os.environ["CLOCHE_BIN"]
        wrapper = pathlib.Path(self.write("in-container", "#!/bin/sh\nexec bwrap " + " ".join(
            self.container) + f' {inner} "$@"\n'))
        wrapper.chmod(0o755)
        os.environ["CLOCHE_BIN"] = str(wrapper)
        self.addCleanup(os.environ.__setitem__, "CLOCHE_BIN", inner)

    def policy(self, *args, **options):
        path = super().policy(*args, **options)
        value = json.loads(pathlib.Path(path).read_text())
        value["min_assurance"] = "process"
        return self.write("policy.yaml", json.dumps(value))


class WithoutUserNamespaces(ContainerTest):
    def test_it_is_refused_unless_the_policy_accepts_less(self):
        done = self.check(125, "run", "-c", "print(1)")
        self.assertIn(b"user namespaces", done.stderr)
        self.assertIn(b"min_assurance", done.stderr)
        self.assertIn(b"cloche doctor", done.stderr)

    def test_doctor_names_what_is_missing(self):
        done = self.cloche("doctor", "--json")
        rows = {row["facility"]: row for row in json.loads(done.stdout)["rows"]}
        self.assertFalse(rows["user-namespaces"]["available"])
        self.assertTrue(rows["user-namespaces"]["remedy"])
        self.assertTrue(rows["landlock"]["available"])
        self.assertNotEqual(done.returncode, 0)

    def test_what_a_killed_broker_left_is_removed(self):
        long_ago = time.time() - 3600
        made = {}
        for name, mode, cell in (("left", 0o711, "7"), ("locked", 0o711, "7"),
                                 ("of a person", 0o711, "notes"), ("private", 0o700, "7")):
            path = pathlib.Path(tempfile.mkdtemp(prefix="cloche-work-", dir="/tmp"))
            self.addCleanup(shutil.rmtree, path, ignore_errors=True)
            (path / cell / "deep").mkdir(parents=True)
            (path / cell / "deep" / "file").write_text("text")
            (path / cell / "deep").chmod(0)
            path.chmod(mode)
            os.utime(path, (long_ago, long_ago))
            made[name] = path
        held = os.open(made["locked"], os.O_RDONLY)
        self.addCleanup(os.close, held)
        fcntl.flock(held, fcntl.LOCK_EX)
        self.assert_ok(self.run_code("print(1)"), "1\n")
        self.assertEqual({name for name, path in made.items() if path.exists()},
                         {"locked", "of a person", "private"})

    def test_assurance_is_process_and_says_so(self):
        value = self.run_code("print(6 * 7)")
        self.assert_ok(value, "42\n")
        self.assertEqual(value["assurance"]["level"], "process")
        self.assertIn("seccomp", value["assurance"]["layers"])
        self.assertIn("landlock", value["assurance"]["layers"])
        self.assertNotIn("pid-ns", value["assurance"]["layers"])

    def test_files_come_and_go_and_nothing_is_left_in_tmp(self):
        before = set(os.listdir("/tmp"))
        value = self.run_code("import os, tempfile\n"
                              "open('a.txt', 'w').write(os.getcwd())\n"
                              "tempfile.TemporaryFile().write(b'x')")
        self.assert_ok(value)
        self.assertEqual([f["path"] for f in value["files"]], ["a.txt"])
        left = [n for n in set(os.listdir("/tmp")) - before if n.startswith("cloche-")]
        self.assertEqual([n for n in left if not n.startswith("cloche-cli-")], [])

    def test_the_hosts_files_are_out_of_reach(self):
        secret = self.write("secret", "secret")
        value = self.run_code(f"open({secret!r}).read()")
        self.assertEqual(value["outcome"], "denied", value["stderr"])
        value = self.run_code(f"open('/tmp/cloche-cli-{os.getpid()}', 'w')")
        self.assertEqual(value["outcome"], "denied", value["stderr"])

    def test_a_preloaded_package_sees_no_more_than_cells_do(self):
        secret = self.write("secret", "secret")
        self.write("packages/curious.py", f"try:\n    seen = open({secret!r}).read()\n"
                                          "except OSError as e:\n    seen = type(e).__name__\n")
        value = self.run_code("import curious\nprint(curious.seen)",
                              package_sets={"p": {"path": str(self.dir / "packages")}},
                              profile={"python": {"packages": "p", "preload": ["curious"]}})
        self.assert_ok(value, "PermissionError\n")

    def test_modes_and_times_of_the_users_files_cannot_be_changed(self):
        mine = pathlib.Path(self.write("mine", "x"))
        mine.chmod(0o600)
        before = mine.stat()
        for call in (f"os.chmod({str(mine)!r}, 0o777)", f"os.utime({str(mine)!r}, (1, 1))",
                     f"os.setxattr({str(mine)!r}, 'user.x', b'1')",
                     f"os.truncate({str(mine)!r}, 0)", f"os.unlink({str(mine)!r})"):
            self.run_code(f"import os\ntry:\n    {call}\nexcept OSError:\n    pass")
        after = mine.stat()
        self.assertEqual((before.st_mode, before.st_mtime_ns, before.st_size),
                         (after.st_mode, after.st_mtime_ns, after.st_size))

    def test_no_other_process_can_be_signalled(self):
        victim = subprocess.Popen(["sleep", "60"])
        self.addCleanup(victim.wait)
        self.addCleanup(victim.kill)
        for call in (f"os.kill({victim.pid}, 9)", "os.kill(os.getppid(), 9)", "os.kill(-1, 9)"):
            value = self.run_code(f"import os\ntry:\n    {call}\n"
                                  "except OSError as e:\n    print('refused')")
            self.assertNotEqual(value["stdout"], "", (call, value["reason"]))
        self.assertIsNone(victim.poll())

    def test_the_disk_limit_is_measured(self):
        value = self.run_code("import time\nf = open('big', 'wb')\n"
                              "while True:\n    f.write(b'x' * 65536); f.flush(); time.sleep(.001)",
                              limits={"disk": "2MiB"})
        self.assert_limit(value, "disk_limit", "disk", "2MiB")

    def test_the_number_of_files_is_measured(self):
        value = self.run_code("import time\ni = 0\nwhile True:\n"
                              "    open(str(i), 'w').close(); i += 1; time.sleep(.001)",
                              limits={"inodes": 50})
        self.assert_limit(value, "disk_limit", "inodes", "50")

    def test_limits_hold(self):
        value = self.run_code("while True: pass", limits={"wall": "300ms"})
        self.assertEqual(value["outcome"], "wall_limit")
        value = self.run_code("x = bytearray(1 << 30)", limits={"memory": "64MiB"})
        self.assertEqual(value["outcome"], "memory_limit")

    def test_processes_are_refused(self):
        value = self.run_code("import os\nos.fork()")
        self.assertEqual(value["outcome"], "process_limit")
        policy = self.policy({"processes": 2})
        done = self.check(125, "run", "--policy", policy, "-c", "1")
        self.assertIn(b"processes", done.stderr)

    def test_a_cell_dies_with_its_caller(self):
        policy = self.policy()
        mark = f"cell{os.getpid()}x{time.monotonic_ns()}"
        process = self.start("run", "--policy", policy, "-c",
                             f"import time\nprint('up', flush=True)\ntime.sleep(9)  # {mark}")
        self.assertEqual(process.stdout.readline(), b"up\n")
        subprocess.run(["pkill", "-KILL", "-f", mark], check=True)
        process.wait()
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            mine = subprocess.run(["pgrep", "-u", str(os.getuid()), "cloche-"],
                                  capture_output=True).stdout
            if mine == b"":
                return
            time.sleep(.05)
        self.fail("a process of cloche outlived its caller")


class WithMaskedProc(ContainerTest):
    container = MASKED_PROC

    def test_cells_have_no_proc_and_the_result_says_so(self):
        value = self.run_code("import os\nprint(os.listdir('/proc'))")
        self.assert_ok(value, "[]\n")
        self.assertEqual(value["assurance"]["level"], "namespace")
        self.assertIn("no-proc", value["assurance"]["layers"])

    def test_ordinary_programs_run(self):
        value = self.run_code("import threading, sqlite3\n"
                              "t = [threading.Thread(target=print, args=(i,)) for i in range(4)]\n"
                              "[x.start() for x in t]; [x.join() for x in t]\n"
                              "sqlite3.connect('x.db').execute('create table t (a)')")
        self.assert_ok(value)
        self.assertEqual(sorted(value["stdout"].split()), ["0", "1", "2", "3"])


if __name__ == "__main__":
    unittest.main()

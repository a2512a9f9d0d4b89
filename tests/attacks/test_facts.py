# SPDX-License-Identifier: Apache-2.0
"""The facts of the design that decide, each as a test of what a caller and its code see.

Where a fact's protection is a layer that can be switched off, the attack in corpus/
that is named here shows that its absence is noticed (`run.py --mode proof`). Where
there is no switch, the test says what would make it fail.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import broker  # noqa: E402
import host  # noqa: E402

CLOCHE = os.environ["CLOCHE_BIN"]
LIBRARY = os.environ.get("CLOCHE_LIB", "")
LIMITS = "{processes: 4, threads: 4, memory: 64MiB, wall: 5s}"
CALLS = "import ctypes, os, signal, time\nlibc = ctypes.CDLL(None, use_errno=True)\n"


def run(code, *options, timeout=30):
    """The result of one run of the program, as an object."""
    done = subprocess.run([CLOCHE, "run", "--json", *options, "-c", textwrap.dedent(code)],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout,
                          check=False)
    return json.loads(done.stdout or done.stderr)


class Scratch(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="cloche-facts-", dir="/var/tmp")
        self.addCleanup(scratch.cleanup)
        self.dir = scratch.name
        self.policy = self.file("policy.yaml", "version: 1\nprofiles:\n"
                                "  many: {extends: isolated, limits: " + LIMITS + "}\n"
                                "  few: {extends: isolated, limits: {threads: 4}}\n")

    def file(self, name, text):
        path = os.path.join(self.dir, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def many(self, code, profile="many"):
        return run(code, "--policy", self.policy, "-p", profile)


class Descriptors(unittest.TestCase):
    """Fact 1. It would fail if close_range left the cell's lock-down, or the notify
    descriptor or a ruleset were not closed once it was sent and used."""

    def test_only_the_streams_and_the_channel_are_open(self):
        r = run("""
            import os
            found = []
            for fd in range(4096):
                try:
                    os.fstat(fd)
                    found.append(fd)
                except OSError:
                    pass
            print(found)""")
        self.assertEqual(r["stdout"], "[0, 1, 2, 250]\n", r)

    def test_no_filter_and_no_ruleset_can_be_made(self):
        r = run(CALLS + "print(libc.syscall(317, 1, 0, None), libc.syscall(444, None, 0, 1))")
        self.assertEqual(r["stdout"], "-1 -1\n", r)
        self.assertEqual({d["layer"] for d in r["denials"]}, {"seccomp"}, r)

    def test_a_listener_ends_the_run(self):
        r = run(CALLS + "libc.syscall(317, 1, 8, None)\nprint('still here')")
        self.assertEqual((r["outcome"], r["stdout"]), ("denied", ""), r)


class Mounts(unittest.TestCase):
    """Facts 2 and 4; corpus D9_chmod, D9_setxattr, D6_pathname_socket, D9_mount_over."""

    def test_mounting_ends_the_run(self):
        r = run(CALLS + "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)\nprint('still here')")
        self.assertEqual((r["outcome"], r["stdout"]), ("denied", ""), r)

    def test_nothing_outside_work_and_tmp_is_writable(self):
        r = run("""
            import os
            found = []
            for top, dirs, files in os.walk("/"):
                dirs[:] = [d for d in dirs if os.path.join(top, d) not in ("/proc", "/work", "/tmp")]
                for path in [top] + [os.path.join(top, f) for f in files]:
                    if os.access(path, os.W_OK) and not path.startswith("/dev/"):
                        found.append(path)
            print(found)""")
        self.assertEqual(r["stdout"], "[]\n", r)

    def test_tracing_ends_the_run(self):
        r = run(CALLS + "libc.ptrace(0, 0, 0, 0)\nprint('still here')")
        self.assertEqual((r["outcome"], r["stdout"]), ("denied", ""), r)


class Engine(Scratch):
    """What takes two runs of one engine."""

    def setUp(self):
        super().setUp()
        if not os.path.exists(LIBRARY):
            self.skipTest("needs CLOCHE_LIB, the shared library")
        self.engine = broker.Engine(LIBRARY, self.policy)

    def two(self, code, profile="few"):
        """The results and the host's uids of two runs that are up at the same time."""
        ends = [os.pipe(), os.pipe()]
        runs = [self.engine.start("import sys\n" + textwrap.dedent(code) + "\nsys.stdin.read()",
                                  [], profile, stdin_fd=r) for r, _ in ends]
        time.sleep(0.5)
        cells = [p for p in broker.cells_of(self.engine.pids()) if not broker.is_init(p)]
        uids = [broker.status_kb(p, "Uid")[0] for p in cells]  # the first of four numbers
        for _, w in ends:
            os.close(w)
        results = [self.engine.finish(r) for r, _ in runs]
        for r, _ in ends:
            os.close(r)
        return results, uids

    def test_no_cell_is_the_hosts_root_and_no_two_are_one_user(self):
        """Fact 6; corpus D8_read_private as root."""
        _, uids = self.two("print(1)")
        if os.geteuid() == 0:
            self.assertNotIn(0, uids)
            self.assertEqual(len(set(uids)), len(uids), uids)
        else:
            self.assertEqual(set(uids), {os.geteuid()})

    def test_threads_are_counted_for_each_cell(self):
        """Fact 6: in one count for both, the second would get less than its four. It would
        fail without a user namespace for each cell; corpus C11_threads."""
        results, _ = self.two("""
            import threading
            over = threading.Event()
            for _ in range(4):
                threading.Thread(target=over.wait, daemon=True).start()
            print("four")""")
        self.assertEqual([r["stdout"] for r in results], ["four\n"] * 2)

    def test_chance_differs_in_siblings(self):
        """Fact 14. It would fail if nothing were seeded anew after the fork."""
        results, _ = self.two("""
            import random, uuid, secrets, ssl, tempfile
            print(random.random())
            print(uuid.uuid4())
            print(uuid.uuid1())
            print(secrets.token_hex())
            print(ssl.RAND_bytes(16).hex())
            print(tempfile.mktemp())""")
        for a, b in zip(*(r["stdout"].splitlines() for r in results)):
            self.assertNotEqual(a, b)


class Dying(Scratch):
    """Fact 8. It would fail without PR_SET_PDEATHSIG in the launcher and the zygote, and
    without the PID namespaces whose first processes zygotes and inits are."""

    CALLER = ("import broker, os, sys, time\n"
              "e = broker.Engine(sys.argv[1], sys.argv[2])\n"
              "r = e.start('import time\\ntime.sleep(4)', [], 'many')\n"
              "time.sleep(0.3)\n"
              "print(*e.pids(), flush=True)\n"
              "print(e.finish(r[0])['outcome'], flush=True)\n"
              "try:\n"
              "    r = e.start('print(42)', [], 'many')\n"
              "    print(e.finish(r[0])['stdout'], flush=True)\n"
              "except broker.Failed as x:\n"
              "    print(x, flush=True)\n"
              "os._exit(0)\n")

    def caller(self):
        if not os.path.exists(LIBRARY):
            self.skipTest("needs CLOCHE_LIB, the shared library")
        process = subprocess.Popen(
            ["/usr/bin/python3", "-B", "-c", self.CALLER, LIBRARY, self.policy],
            stdout=subprocess.PIPE, text=True, cwd=os.path.dirname(os.path.abspath(__file__)))
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        pids = [int(p) for p in process.stdout.readline().split()]
        self.assertGreaterEqual(len(pids), 3)
        return process, pids + host.descendants(process.pid)

    def test_all_end_with_the_caller(self):
        process, pids = self.caller()
        process.kill()
        process.wait()
        self.assertEqual(host.still_there(pids), [])

    def test_zygotes_and_cells_end_with_the_launcher(self):
        process, pids = self.caller()
        os.kill(pids[0], signal.SIGKILL)
        self.assertEqual(host.still_there(pids[1:]), [])
        self.assertEqual(process.stdout.readline(), "infra_error\n")

    def test_cells_end_with_their_zygote_and_the_next_run_works(self):
        process, pids = self.caller()
        zygote = host.descendants(pids[0])[0]
        below = host.descendants(zygote)
        os.kill(zygote, signal.SIGKILL)
        self.assertEqual(host.still_there(below), [])
        self.assertEqual(process.stdout.readline(), "infra_error\n")
        self.assertEqual(process.stdout.readline(), "42\n")


class Signals(unittest.TestCase):
    """Fact 9. It would fail if the cell were the first in its PID namespace, for whom
    signals without a handler do nothing."""

    def test_a_signal_to_oneself_does_what_it_does_elsewhere(self):
        for n in (signal.SIGKILL, signal.SIGTERM, signal.SIGUSR1, signal.SIGSEGV, signal.SIGQUIT):
            r = run(f"import os\nassert os.getpid() != 1\nos.kill(os.getpid(), {int(n)})")
            self.assertEqual((r["outcome"], r["signal"]), ("crashed", int(n)), r)

    def test_abort_and_alarm_end_the_process(self):
        for code, n in (("import os\nos.abort()", signal.SIGABRT),
                        ("import signal\nsignal.alarm(1)\nsignal.pause()", signal.SIGALRM)):
            r = run(code)
            self.assertEqual((r["outcome"], r["signal"]), ("crashed", int(n)), r)

    def test_a_handler_is_called(self):
        r = run("""
            import os, signal
            signal.signal(signal.SIGUSR1, lambda *_: print("handled"))
            os.kill(os.getpid(), signal.SIGUSR1)
            os.kill(0, signal.SIGUSR1)""")
        self.assertEqual(r["stdout"], "handled\nhandled\n", r)


class Limits(Scratch):
    """Fact 10; corpus C2_heap, C11_threads, D8_many_files, C10_file_size."""

    def test_no_limit_can_be_changed_from_inside(self):
        r = run("""
            import resource
            for name in sorted(n for n in dir(resource) if n.startswith("RLIMIT_")):
                number = getattr(resource, name)
                soft, hard = resource.getrlimit(number)
                for want in ((soft, hard), (0, 0), (-1, -1)):
                    for change in (lambda: resource.setrlimit(number, want),
                                   lambda: resource.prlimit(0, number, want)):
                        try:
                            change()
                            print("changed", name, want)
                        except (OSError, ValueError):
                            pass
                if name in ("RLIMIT_NPROC", "RLIMIT_NOFILE", "RLIMIT_DATA", "RLIMIT_FSIZE",
                            "RLIMIT_CPU", "RLIMIT_CORE") and (soft != hard or soft < 0):
                    print("open", name, soft, hard)""")
        self.assertEqual((r["stdout"], r["outcome"]), ("", "ok"), r)

    def test_memory_of_many_processes_is_one_sum(self):
        r = self.many("""
            import os, time
            for _ in range(3):
                if os.fork() == 0:
                    x = b"x" * (30 << 20)
                    time.sleep(2)
                    os._exit(0)
            time.sleep(2)""")
        self.assertEqual(r["outcome"], "memory_limit", r)

    def test_a_fork_bomb_has_its_own_verdict(self):
        r = self.many("import os\nwhile True:\n    os.fork()")
        self.assertEqual(r["outcome"], "process_limit", r)


class Collection(Scratch):
    """What the broker reads back. It would fail if it followed a link, opened a FIFO, or
    trusted a name."""

    def test_nothing_of_the_host_comes_out(self):
        secret = self.file("secret", "a secret of the host")
        out = os.path.join(self.dir, "out")
        r = subprocess.run(
            [CLOCHE, "run", "--out", out, "-c", textwrap.dedent(f"""
                import os
                os.symlink({secret!r}, "link")
                os.symlink("/etc", "directory")
                os.mkfifo("fifo")
                os.mkdir("d")
                os.symlink("../../../../../../../.." + {secret!r}, "d/link")
                os.mkdir("swap")
                open("swap/file", "w").write("mine")
                open("new\\nline", "w").write("x")
                open("\\x1b[31mred", "w").write("x")
                deep = "."
                for _ in range(90):
                    deep += "/d"
                    os.makedirs(deep, exist_ok=True)
                open(deep + "/bottom", "w").write("x")
                open("honest", "w").write("honest")""")],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
        with open(os.path.join(out, "honest"), encoding="ascii") as f:
            self.assertEqual(f.read(), "honest", r)
        self.assertNotIn(b"\x1b[31m", r.stdout + r.stderr)
        for top, _, files in os.walk(out):
            for name in files:
                path = os.path.join(top, name)
                self.assertFalse(os.path.islink(path), path)
                with open(path, "rb") as f:
                    self.assertNotIn(b"a secret", f.read())

    def test_a_refused_path_cannot_paint_the_terminal(self):
        r = subprocess.run([CLOCHE, "run", "-c", "open('/x\\x1b]0;owned\\x07y')"],
                           stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
        self.assertNotIn(b"\x1b]0;", r.stdout + r.stderr)


class Attacks(unittest.TestCase):
    """Calls that are shaped only like attacks end the run, each of them."""

    CALLS = {"ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311,
             "pidfd_getfd": 438, "userfaultfd": 323, "open_by_handle_at": 304,
             "init_module": 175, "finit_module": 313, "kexec_load": 246, "bpf": 321,
             "mount": 165, "umount2": 166, "pivot_root": 155, "fsopen": 430, "open_tree": 428,
             "move_mount": 429, "setns": 308, "mount_setattr": 442, "reboot": 169,
             "swapon": 167, "iopl": 172, "ioperm": 173}
    ANSWERED = {"io_uring_setup": 425, "memfd_create": 319, "add_key": 248, "keyctl": 250,
                "request_key": 249, "perf_event_open": 298, "fanotify_init": 300,
                "name_to_handle_at": 303, "vmsplice": 278, "memfd_secret": 447,
                "modify_ldt": 154, "kcmp": 312, "chroot": 161, "quotactl": 179, "shmget": 29,
                "clone3": 435, "landlock_create_ruleset": 444, "mq_open": 240, "acct": 163,
                "settimeofday": 164, "sethostname": 170, "syslog": 103, "unknown": 4000}

    def setUp(self):
        if os.uname().machine != "x86_64":
            self.skipTest("the numbers here are x86-64's")

    def test_each_ends_the_run(self):
        for name, number in self.CALLS.items():
            with self.subTest(name):
                r = run(CALLS + f"libc.syscall({number}, 0, 0, 0, 0, 0, 0)\nprint('still here')")
                self.assertEqual((r["outcome"], r["stdout"]), ("denied", ""), r["reason"])
                self.assertIn(name.split("_at")[0][:6], r["reason"])

    def test_others_are_refused_and_the_run_goes_on(self):
        lines = "\n".join(
            f"print({name!r}, libc.syscall({number}, 0, 0, 0, 0, 0, 0), "
            f"ctypes.get_errno() in (1, 38))" for name, number in self.ANSWERED.items())
        r = run(CALLS + lines)
        self.assertEqual(r["stdout"].split("\n")[:-1],
                         [f"{name} -1 True" for name in self.ANSWERED], r)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""How a process can end: by itself, by a signal, by what the machinery does."""
import json
import os
import signal
import subprocess
import time
import unittest

from cells import CellTest, children, processes, validate, wait_until

EXIT_ROWS = (
    ("x = 1", 0, ""),
    ("import sys; sys.exit()", 0, ""),
    ("import sys; sys.exit(None)", 0, ""),
    ("import sys; sys.exit(0)", 0, ""),
    ("import sys; sys.exit(7)", 7, ""),
    ("import sys; sys.exit(True)", 1, ""),
    ("import sys; sys.exit(255)", 255, ""),
    ("import sys; sys.exit(256)", 0, ""),
    ("import sys; sys.exit(-1)", 255, ""),
    ("import sys; sys.exit(2**40 + 3)", 3, ""),
    ("import sys; sys.exit('gone wrong')", 1, "gone wrong\n"),
    ("import sys; sys.exit((1, 2))", 1, "(1, 2)\n"),
    ("import sys; sys.exit(2.5)", 1, "2.5\n"),
    ("raise SystemExit", 0, ""),
    ("raise SystemExit(4)", 4, ""),
    ("exit(5)", 5, ""),
    ("quit(6)", 6, ""),
    ("import os; os._exit(0)", 0, ""),
    ("import os; os._exit(9)", 9, ""),
    ("import os; os._exit(300)", 44, ""),
    ("try:\n    raise SystemExit(3)\nfinally:\n    x = 1\n", 3, ""),
)


class Exit(CellTest):
    def test_status(self):
        for code, status, stderr in EXIT_ROWS:
            with self.subTest(code=code):
                r = self.run_code(code)
                self.assert_ok(r, "", status)
                self.assertEqual(r["stderr"], stderr)
                self.assertIsNone(r["error"])

    def test_output_before_os_exit_is_lost_only_where_python_loses_it(self):
        r = self.run_code(
            "import os\nprint('flushed', flush=True)\n"
            "os.write(1, b'written\\n')\nos._exit(3)\n"
        )
        self.assert_ok(r, "flushed\nwritten\n", 3)

    def test_exit_in_a_thread_ends_that_thread_only(self):
        r = self.run_code(
            "import sys, threading\nt = threading.Thread(target=sys.exit, "
            "args=(5,))\nt.start(); t.join()\nprint('on')\n"
        )
        self.assert_ok(r, "on\n")

    def test_os_exit_in_a_thread_ends_all(self):
        r = self.run_code(
            "import os, threading, time\nthreading.Thread(target=os._exit, "
            "args=(5,)).start()\ntime.sleep(20)\n"
        )
        self.assert_ok(r, "", 5)

    def test_an_error_in_a_thread_is_printed(self):
        r = self.run_code(
            "import threading\nt = threading.Thread(target=lambda: 1/0)\n"
            "t.start(); t.join()\nprint('on')\n"
        )
        self.assert_ok(r, "on\n")
        self.assertIn("ZeroDivisionError: division by zero\n", r["stderr"])

    def test_threads_are_waited_for_unless_they_are_daemons(self):
        r = self.run_code(
            "import threading, time\ndef work():\n    time.sleep(0.2)\n"
            "    print('done')\nthreading.Thread(target=work).start()\n"
            "print('end')\n"
        )
        self.assert_ok(r, "end\ndone\n")
        r = self.run_code(
            "import threading, time\nthreading.Thread(target=time.sleep, "
            "args=(30,), daemon=True).start()\nprint('end')\n"
        )
        self.assert_ok(r, "end\n")
        self.assertLess(r["usage"]["wall_ns"], 5_000_000_000)

    def test_order_of_the_last_words(self):
        code = (
            "import atexit, threading, time\n"
            "class A:\n    def __init__(self, n): self.n = n\n"
            "    def __del__(self): print('del', self.n)\n"
            "a = A('global'); _b = A('underscore')\n"
            "atexit.register(print, 'first registered')\n"
            "atexit.register(print, 'last registered')\n"
            "def work():\n    time.sleep(0.1)\n    print('thread')\n"
            "threading.Thread(target=work).start()\nprint('end')\n"
        )
        self.same_as_python(code)

    def test_atexit_after_an_error_and_after_exit(self):
        for code in (
            "import atexit; atexit.register(print, 'bye')\n1/0\n",
            "import atexit, sys; atexit.register(print, 'bye')\nsys.exit(3)\n",
        ):
            with self.subTest(code=code):
                self.assertEqual(self.run_code(code)["stdout"], "bye\n")

    def test_an_error_in_atexit(self):
        r = self.run_code("import atexit\natexit.register(lambda: 1/0)\nprint('end')\n")
        self.assert_ok(r, "end\n")
        self.assertIn("ZeroDivisionError", r["stderr"])

    def same_as_python(self, code):
        path = self.write("script.py", code)
        there = subprocess.run(
            ["/usr/bin/python3", "-I", path], capture_output=True, text=True
        )
        r = self.run_code(code)
        self.assertEqual(
            (r["exit_status"], r["stdout"], r["stderr"]),
            (there.returncode, there.stdout, there.stderr),
        )

    def test_children_that_are_left_behind_are_killed(self):
        r = self.run_code(
            (
                "import os, time\nif os.fork() == 0:\n    os.setsid()\n"
                "    time.sleep(30)\nprint('parent')\n"
            ),
            limits={"processes": 2},
        )
        self.assertEqual((r["outcome"], r["stdout"]), ("ok", "parent\n"))
        self.assertLess(r["usage"]["wall_ns"], 5_000_000_000)

    def test_a_child_that_ends_as_the_parent_would(self):
        """sys.exit in a forked child is the child's, and so is its output."""
        r = self.run_code(
            (
                "import os, sys\npid = os.fork()\nprint('both')\nif pid == 0:\n"
                "    sys.exit(3)\nprint(os.waitstatus_to_exitcode("
                "os.waitpid(pid, 0)[1]))\n"
            ),
            limits={"processes": 2},
        )
        self.assert_ok(r, "both\nboth\n3\n")

    def test_an_error_in_a_forked_child_is_the_childs(self):
        r = self.run_code(
            (
                "import os\npid = os.fork()\nif pid == 0:\n    1/0\n"
                "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
            ),
            limits={"processes": 2},
        )
        self.assert_ok(r, "1\n")
        self.assertIn("ZeroDivisionError", r["stderr"])


# Code, and the signal that ends it.
SIGNAL_ROWS = (
    ("import ctypes; ctypes.string_at(0)", signal.SIGSEGV),
    ("import os; os.abort()", signal.SIGABRT),
    ("import os; os.kill(os.getpid(), 9)", signal.SIGKILL),
    ("import os; os.kill(os.getpid(), 15)", signal.SIGTERM),
    ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", signal.SIGSEGV),
    ("import os, signal; os.kill(os.getpid(), signal.SIGHUP)", signal.SIGHUP),
    ("import os, signal; os.kill(os.getpid(), signal.SIGQUIT)", signal.SIGQUIT),
    ("import os, signal; os.kill(os.getpid(), signal.SIGUSR1)", signal.SIGUSR1),
    ("import signal, time; signal.alarm(1); time.sleep(20)", signal.SIGALRM),
    (
        "import signal, time; signal.setitimer(signal.ITIMER_REAL, .05); time.sleep(20)",
        signal.SIGALRM,
    ),
    ("import signal; signal.raise_signal(signal.SIGTERM)", signal.SIGTERM),
    ("import os, signal; os.killpg(0, signal.SIGTERM)", signal.SIGTERM),
    (
        (
            "import os, signal, threading\nthreading.Thread(target=os.abort).start()\n"
            "import time; time.sleep(20)"
        ),
        signal.SIGABRT,
    ),
    ("import faulthandler; faulthandler._sigsegv()", signal.SIGSEGV),
    ("import faulthandler; faulthandler._sigfpe()", signal.SIGFPE),
)


class Signals(CellTest):
    def test_signals_of_its_own_making(self):
        for code, number in SIGNAL_ROWS:
            with self.subTest(code=code):
                r = self.run_code("print('on', flush=True)\n" + code)
                self.assertEqual(
                    (r["outcome"], r["signal"]), ("crashed", int(number)), r["reason"]
                )
                self.assertIn(f"signal {int(number)}", r["reason"])
                self.assertEqual(r["stdout"], "on\n")
                self.assertEqual(self.hits(r), [])
                self.assertIsNone(r["error"])

    def test_signals_that_are_handled(self):
        for code, out in (
            (
                (
                    "import os, signal\nsignal.signal(15, lambda n, f: print('caught',"
                    " n))\nos.kill(os.getpid(), 15)\nprint('on')\n"
                ),
                "caught 15\non\n",
            ),
            (
                (
                    "import os, signal\nsignal.signal(15, signal.SIG_IGN)\n"
                    "os.kill(os.getpid(), 15)\nprint('on')\n"
                ),
                "on\n",
            ),
            (
                (
                    "import os\nos.kill(os.getpid(), 0)\nos.kill(os.getpid(),"
                    " 17)\nprint('on')\n"
                ),
                "on\n",
            ),
            (
                (
                    "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [15])\n"
                    "signal.raise_signal(15)\nprint(signal.sigpending() == {15})\n"
                ),
                "True\n",
            ),
            (
                (
                    "import os\ntry:\n    os.kill(os.getpid(), 2)\n    import time;"
                    " time.sleep(5)\nexcept KeyboardInterrupt:\n    print('interrupted')\n"
                ),
                "interrupted\n",
            ),
            (
                (
                    "import signal, time\nsignal.signal(14, lambda *a: print('alarm'))\n"
                    "signal.setitimer(signal.ITIMER_REAL, .05)\ntime.sleep(.2)\n"
                ),
                "alarm\n",
            ),
            (
                (
                    "import signal\nprint(signal.getsignal(2) is"
                    " signal.default_int_handler, signal.getsignal(13) == signal.SIG_IGN,"
                    " signal.getsignal(15) == signal.SIG_DFL)\n"
                ),
                "True True True\n",
            ),
        ):
            with self.subTest(code=code):
                self.assert_ok(self.run_code(code), out)

    def test_a_keyboard_interrupt_of_its_own(self):
        r = self.run_code("import signal\nsignal.raise_signal(2)\n")
        self.assertEqual(
            (r["outcome"], r["error"]["type"]), ("user_error", "KeyboardInterrupt")
        )

    def test_a_child_that_crashes_does_not_end_the_run(self):
        r = self.run_code(
            (
                "import os\npid = os.fork()\nif pid == 0: os.abort()\n"
                "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
            ),
            limits={"processes": 1},
        )
        self.assert_ok(r, "-6\n")

    def test_nobody_else_can_be_signalled(self):
        r = self.run_code(
            "import os\nfound = []\nfor pid in [-1, 1, 2, os.getppid() or 1]:\n"
            "    if pid == os.getpid(): continue\n    try:\n"
            "        os.kill(pid, 0); found.append(pid)\n"
            "    except OSError: pass\nprint('alive')\n"
        )
        self.assertEqual(r["stdout"], "alive\n", r["reason"])

    def test_a_stack_overflow(self):
        r = self.run_code(
            "import ctypes\nF = ctypes.CFUNCTYPE(None)\ndef f(): g()\ng = F(f)\n"
            "import sys; sys.setrecursionlimit(10**6)\ng()\n"
        )
        self.assertIn(
            (r["outcome"], r["signal"]),
            (("crashed", 11), ("recursion_limit", None), ("user_error", None)),
        )


class Cancel(CellTest):
    def start_sleeper(self, code="import time; print('on', flush=True); time.sleep(30)"):
        process = self.start("run", "--json", "-c", code)
        self.assertTrue(wait_until(lambda: self.cell_of(process) is not None))
        time.sleep(0.15)
        return process

    @staticmethod
    def cell_of(process):
        """The cell: the youngest process of the tree."""
        tree = children(process.pid)
        return max(tree) if len(tree) >= 4 else None

    def finish(self, process):
        out, err = process.communicate(timeout=20)
        value = json.loads(out)
        validate(value)
        return value, process.returncode

    def test_sigint_cancels(self):
        process = self.start_sleeper()
        process.send_signal(signal.SIGINT)
        value, status = self.finish(process)
        self.assertEqual((value["outcome"], status), ("cancelled", 130))
        self.assertEqual(value["stdout"], "on\n")
        self.assertGreater(value["usage"]["wall_ns"], 0)
        self.assertTrue(value["reason"])

    def test_sigint_cancels_code_that_ignores_it(self):
        process = self.start_sleeper(
            "import signal\nfor n in range(1, 32):\n    try: "
            "signal.signal(n, signal.SIG_IGN)\n    except OSError: pass"
            "\nprint('on', flush=True)\nwhile True: pass\n"
        )
        process.send_signal(signal.SIGINT)
        value, status = self.finish(process)
        self.assertEqual((value["outcome"], status), ("cancelled", 130))

    def kill_and_finish(self, name):
        process = self.start_sleeper()
        tree = children(process.pid)
        order = sorted(tree)
        victim = {"launcher": order[0], "zygote": order[1]}[name]
        os.kill(victim, signal.SIGKILL)
        value, status = self.finish(process)
        self.assertEqual((value["outcome"], status), ("infra_error", 125), (value, tree))
        self.assertIn("ended", value["reason"])
        self.assertEqual(value["stdout"], "on\n")
        self.assertEqual(value["limits"]["wall"]["hit"], False)
        self.assertTrue(wait_until(lambda: not set(tree) & set(processes()), 1.0), tree)

    def test_a_zygote_that_is_killed(self):
        self.kill_and_finish("zygote")

    def test_a_launcher_that_is_killed(self):
        self.kill_and_finish("launcher")

    def test_a_cell_that_is_killed_from_outside(self):
        process = self.start_sleeper()
        os.kill(self.cell_of(process), signal.SIGKILL)
        value, status = self.finish(process)
        self.assertEqual((value["outcome"], value["signal"], status), ("crashed", 9, 137))


HEAD = "import os, struct\n"
FRAME = (
    "def frame(t, body=b''): os.write(250, struct.pack('<IB', len(body) + 1, t) + body)\n"
)

# A RESULT in a right form: a limit that only the interpreter sees ended the run.
ENDED_BY = (
    "def ended_by(limit, end=5): return (\n"
    "    struct.pack('<BIIIIBQI', end, 0, 0, 0, 0, limit, 9, 1) + bytes(12) +\n"
    "    struct.pack('<I', 5) + b'M' + bytes(4) + bytes(1 + 4 + 16))\n"
)

PROTOCOL_ROWS = (
    "os.write(250, b'garbage that is no frame')",
    "os.write(250, bytes(64))",
    "os.write(250, b'\\xff' * 64)",
    "frame(0x10)",  # a message of the broker's
    "frame(0x51)",  # the job itself
    "frame(0x58)",  # LOCKED, out of its state
    "frame(0x59)",  # CELL_READY
    "frame(0x5e, b'x' * 100)",  # a RESULT that cannot be read
    "frame(0x5e)",
    "frame(0x5b, b'x')",  # a DENIAL too short
    "frame(0x5b, bytes(8) + b'\\xff\\xff\\xff\\xff')",
    "os.write(250, struct.pack('<IB', 4097, 0x5b))",  # longer than its maximum
    "os.write(250, struct.pack('<IB', 0, 0x5b))",
    "frame(0x5f, struct.pack('<BIII', 0, 1, 1, 1) + b'x')",  # a VIOLATION: it has no guard
    "frame(0x5c, struct.pack('<III', 1, 0, 1) + b'x')",  # an AUDIT of no event
    "frame(0x5e, ended_by(0))",  # a RESULT with limits.heap, which it has not
    "frame(0x5e, ended_by(2))",  # and limits.loop_iterations
    "frame(0x5e, ended_by(1, 2))",  # a RESULT of an exception, and none is there
    "frame(0x5e, ended_by(1, 4))",  # a RESULT that says the guard refused it all
)


class Protocol(CellTest):
    def test_frames_that_are_wrong(self):
        for code in PROTOCOL_ROWS:
            with self.subTest(code=code):
                r = self.run_code(
                    HEAD
                    + FRAME
                    + ENDED_BY
                    + "print('on', flush=True)\n"
                    + code
                    + "\nimport time; time.sleep(20)\n",
                    limits={"wall": "3s"},
                )
                self.assertEqual(r["outcome"], "protocol", r["reason"])
                self.assertIn("broke the protocol: ", r["reason"])
                self.assertEqual(r["stdout"], "on\n")
                self.assertLess(r["usage"]["wall_ns"], 2_500_000_000)

    def test_an_audit_that_cannot_be_read(self):
        r = self.run_code(
            HEAD + FRAME + "frame(0x5c, b'x')\nimport time; time.sleep(20)\n",
            limits={"wall": "3s"},
        )
        self.assertEqual(r["outcome"], "protocol", r["reason"])

    def test_a_failure_that_is_made_up(self):
        """CELL_FAILED belongs to the time before user code."""
        r = self.run_code(
            HEAD
            + FRAME
            + "frame(0x5a, struct.pack('<BII', 4, 0, 4) + b'oops')\n"
            "import time; time.sleep(20)\n",
            limits={"wall": "3s"},
        )
        self.assertEqual(r["outcome"], "protocol", r["reason"])

    def test_a_limit_that_it_has_may_be_told(self):
        """The form of the rows above is right: only the limit is not there."""
        r = self.run_code(HEAD + FRAME + ENDED_BY + "frame(0x5e, ended_by(1))\n")
        self.assertEqual(r["outcome"], "recursion_limit", r["reason"])

    def test_a_display_that_cannot_be_read(self):
        r = self.run_code(HEAD + FRAME + "frame(0x5d, b'\\xff' * 40)\nprint('end')\n")
        self.assertIn(r["outcome"], ("protocol", "ok"))

    def test_a_half_frame_and_then_the_end(self):
        r = self.run_code(
            HEAD + "os.write(250, struct.pack('<IB', 100, 0x5e) + b'half')\nos._exit(3)\n"
        )
        self.assertIn(r["outcome"], ("ok", "protocol"))

    def test_a_channel_that_is_closed(self):
        r = self.run_code("import os\nos.close(250)\nprint('end')\n", limits={"wall": "1s"})
        self.assertLess(r["usage"]["wall_ns"], 900_000_000, r["reason"])
        self.assertEqual(r["stdout"], "end\n")

    def test_a_flood_of_frames(self):
        r = self.run_code(
            HEAD
            + "f = struct.pack('<IBIII', 13, 0x5b, 13, 1, 0) * 1000\n"
            "while True: os.write(250, f)\n",
            limits={"wall": "1s"},
        )
        self.assertIn(r["outcome"], ("wall_limit", "cpu_limit", "denied"))

    def test_floods_by_several_processes(self):
        """What writes faster than it is read holds neither the clock nor the caller up."""
        floods = {
            "denials": "f = struct.pack('<IBIII', 13, 0x5b, 13, 1, 0)\n"
                       "go = lambda: os.write(250, f * 1000)\n",
            "small denials": "f = struct.pack('<IBIII', 13, 0x5b, 13, 1, 0)\n"
                             "go = lambda: os.write(250, f)\n",
            "frames of bytes": "go = lambda: os.write(250, b'\\x02')\n",
            "stdout": "go = lambda: os.write(1, b'x')\n",
            "both": "go = lambda: os.write(1, b'x' * 4096) + os.write(2, b'y' * 4096)\n",
            "refused calls": "import errno\n"
                             "def go():\n"
                             "    try: os.mkfifo('/work/p')\n"
                             "    except OSError: pass\n",
        }
        for name, flood in floods.items():
            with self.subTest(name):
                r = self.run_code(
                    HEAD + flood + "for _ in range(5):\n    if os.fork() == 0: break\n"
                    "while True: go()\n",
                    limits={"wall": "1s", "processes": 8, "cpu": "20s"},
                )
                self.assertIn(r["outcome"],
                              ("wall_limit", "denied", "output_limit", "protocol"))
                self.assertLess(r["usage"]["wall_ns"], 10e9)

    def test_a_result_that_is_made_up_does_not_hide_a_limit(self):
        """What the broker measured stands; the lie is told by a child or before the end."""
        r = self.run_code(
            "print('x' * 100000, flush=True)\n" + HEAD + FRAME + "frame(0x5e, b'')\n",
            limits={"output": "4KiB"},
        )
        self.assertEqual(r["outcome"], "output_limit")


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Interrupts while a run is going."""
import json
import os
import signal
import subprocess
import time
import unittest

from support import CliTest, Terminal, binary, validate

WAIT = "import time\nprint('ready', flush=True)\ntime.sleep(60)\n"
# More than pipes and our own queue hold, so that writing it must wait.
FLOOD = "import sys\nwhile True: sys.stdout.write('x' * 65536)\n"
ROOMY = ("version: 1\ndefault: roomy\n"
         "profiles:\n  roomy: {extends: isolated, limits: {output: 1GiB}}\n")


class SignalTest(CliTest):
    def flood(self):
        """A run that is blocked, because nobody reads what it writes."""
        policy = self.write("roomy.yaml", ROOMY)
        process = self.start("run", "--policy", policy, "-c", FLOOD)
        time.sleep(0.4)
        return process


class Once(SignalTest):
    def test_each_signal_cancels_the_run_and_reports(self):
        for signo in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signo=signo):
                process = self.start("run", "-c", WAIT)
                self.assertEqual(process.stdout.readline(), b"ready\n")
                process.send_signal(signo)
                out, err = process.communicate(timeout=30)
                self.assertEqual((process.returncode, out), (130, b""))
                self.assertTrue(err.startswith(b"cloche: cancelled"), err)
                self.assertEqual(err.count(b"\n"), 1)

    def test_reports_as_json(self):
        process = self.start("run", "--json", "-c", WAIT)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        self.assertEqual((process.returncode, err), (130, b""))
        value = json.loads(out)
        validate(value)
        self.assertEqual(value["outcome"], "cancelled")

    def test_files_made_so_far_are_saved(self):
        process = self.start("run", "--out", "out", "-c",
                             "open('f', 'w').write('kept')\n" + WAIT)
        self.assertEqual(process.stdout.readline(), b"ready\n")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertEqual((self.dir / "out" / "f").read_text(), "kept")

    def test_works_while_nobody_reads_the_output(self):
        process = self.flood()
        process.send_signal(signal.SIGTERM)
        # It waits for the reader, but not for long.
        self.assertEqual(process.wait(timeout=30), 130)
        self.assertTrue(process.stderr.read().startswith(b"cloche: cancelled"))

    def test_before_there_is_a_run_it_ends_at_once(self):
        read, write = os.pipe()
        self.addCleanup(os.close, write)
        process = self.start("run", "-", stdin=read)
        os.close(read)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=30), -signal.SIGINT)

    def test_one_that_was_ignored_stays_ignored(self):
        process = self.start("run", "-c", "import time\nprint('ready', flush=True)\n"
                             "time.sleep(0.3)\nprint('done')\n",
                             preexec_fn=lambda: signal.signal(signal.SIGINT,
                                                              signal.SIG_IGN))
        self.assertEqual(process.stdout.readline(), b"ready\n")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.communicate(timeout=30), (b"done\n", b""))
        self.assertEqual(process.returncode, 0)


class Twice(SignalTest):
    def test_ends_at_once(self):
        process = self.flood()
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=30), 130)
        self.assertLess(time.monotonic() - began, 0.9)

    def test_leaves_no_process_behind(self):
        process = self.flood()
        children = descendants(process.pid)
        for _ in range(2):
            process.send_signal(signal.SIGINT)
            time.sleep(0.1)
        process.wait(timeout=30)
        deadline = time.monotonic() + 10
        while any(is_alive(pid) for pid in children):
            self.assertLess(time.monotonic(), deadline, children)
            time.sleep(0.02)


class CtrlC(SignalTest):
    def terminal(self, *words, **given):
        terminal = Terminal([binary(), *words], self.dir, self.env(), **given)
        self.addCleanup(terminal.close)
        return terminal

    def test_on_a_terminal_cancels_the_run_and_reports(self):
        terminal = self.terminal("run", "-c", WAIT)
        terminal.read_until(b"ready\r\n")
        terminal.type(b"\x03")
        self.assertEqual(terminal.wait(), 130)
        self.assertIn(b"cancelled", terminal.seen)

    def test_the_code_does_not_get_it(self):
        terminal = self.terminal("run", "-c", "import time\ntry:\n    " +
                                 WAIT.replace("\n", "\n    ") +
                                 "\nexcept KeyboardInterrupt:\n    print('leaked')\n")
        terminal.read_until(b"ready\r\n")
        terminal.type(b"\x03")
        self.assertEqual(terminal.wait(), 130)
        self.assertNotIn(b"leaked", terminal.seen)

    def test_reaches_it_while_the_code_reads(self):
        terminal = self.terminal("run", "-c", "input('name? ')")
        terminal.read_until(b"name? ")
        terminal.type(b"\x03")
        self.assertEqual(terminal.wait(), 130)

    def test_a_terminal_that_goes_away_ends_the_run(self):
        read, write = os.pipe()
        terminal = Terminal([binary(), "run", "-c", WAIT], self.dir, self.env(),
                            stderr=write)
        os.close(write)
        try:
            terminal.read_until(b"ready\r\n")
        finally:
            os.close(terminal.fd)  # hangs up
            status = os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1])
        with open(read, "rb") as err:
            self.assertIn(b"cancelled", err.read())
        self.assertEqual(status, 130)


def descendants(pid):
    said = subprocess.run(["ps", "-eo", "pid=,ppid="], stdout=subprocess.PIPE, check=True)
    pairs = [tuple(map(int, line.split())) for line in said.stdout.splitlines()]
    found = [pid]
    for parent in found:
        found.extend(child for child, of in pairs if of == parent)
    return found[1:]


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""The table of exit statuses in cloche-run(1), row by row."""
import re
import signal
import unittest

from support import MANUALS, SCHEMA, CliTest

SPIN = "while True: pass"
GROW = "x = []\nwhile True: x.append(bytearray(1 << 20))"

# Outcome, exit status, words.  Every row of the manual's table that a program
# can reach has one here.
ROWS = (
    ("ok", 0, ("-c", "print(1)")),
    ("ok", 7, ("-c", "import sys; sys.exit(7)")),
    ("ok", 0, ("-c", "import sys; sys.exit()")),
    ("ok", 1, ("-c", "import sys; sys.exit('message')")),
    ("ok", 9, ("-c", "import os; os._exit(9)")),
    ("ok", 255, ("-c", "import sys; sys.exit(-1)")),
    ("user_error", 1, ("-c", "1/0")),
    ("syntax_error", 1, ("-c", "a b")),
    ("denied", 3, ("-c", "import ctypes; ctypes.CDLL(None).ptrace(0, 0, 0, 0)")),
    ("crashed", 128 + signal.SIGSEGV, ("-c", "import os; os.kill(os.getpid(), 11)")),
    ("crashed", 128 + signal.SIGABRT, ("-c", "import os; os.abort()")),
    ("crashed", 128 + signal.SIGKILL, ("-c", "import os; os.kill(os.getpid(), 9)")),
    ("cpu_limit", 124, ("-l", "cpu=100ms", "-c", SPIN)),
    ("wall_limit", 124, ("-t", "100ms", "-c", SPIN)),
    ("wall_limit", 124, ("-t", "100ms", "-c", "import time; time.sleep(60)")),
    ("memory_limit", 137, ("-m", "48MiB", "-c", GROW)),
    ("output_limit", 4, ("-l", "output=1KiB", "-c", "while True: print('x' * 99)")),
    ("recursion_limit", 4, ("-l", "recursion=50", "-c", "def f(): f()\nf()")),
    ("disk_limit", 4, ("-l", "disk=1MiB", "-c",
                       "open('f', 'wb', 0).write(bytes(2 << 20))\n"
                       "open('g', 'wb', 0).write(bytes(2 << 20))")),
    ("file_limit", 4, ("-l", "open_files=16", "-c",
                       "x = [open('/dev/null') for _ in range(99)]")),
    ("file_limit", 4, ("-l", "file_size=64KiB", "-c",
                       "f = open('f', 'wb', 0)\nwhile True: f.write(bytes(4096))")),
    ("process_limit", 4, ("-c", "import os; os.fork()")),
    ("loop_limit", 4, ("-p", "page", "-c", "while True: pass")),
    ("source_limit", 4, ("-l", "source=1KiB", "-c", "#" + "x" * 2000)),
    ("result_limit", 4, ("-l", "result=1KiB", "-c", "'x' * 4096")),
)

# No program of this version reaches them: the broker's services and defects do.
NOT_HERE = {"heap_limit", "host_call_limit", "network_limit", "waiting_host",
            "infra_error", "protocol"}

# Failures before a run: code, status, words.
FAILURES = (
    ("EINPUT", 2, ("--nonsense",)),
    ("EINPUT", 2, ("-t",)),
    ("EINPUT", 2, ("nowhere.py",)),
    ("EINPUT", 2, ("-c", "1", "--file", "nowhere")),
    ("EINPUT", 2, ("-c", "1", "--policy", "bad.yaml")),
    ("EINPUT", 2, ("-c", "1", "-p", "nonsense")),
    ("EINPUT", 2, ("-c", "1", "-l", "nonsense=1")),
    ("EINPUT", 2, ("-c", "1", "-t", "0s")),
    ("ELIMIT", 2, ("-c", "1", "-t", "300d")),
    ("ELIMIT", 2, ("-c", "1", "-m", "1TiB")),
    ("EDENIED", 125, ("-c", "1", "--policy", "unbuilt.yaml", "-p", "image")),
)


def manual_rows():
    """{outcome: status} of the manual's first table."""
    text = (MANUALS / "cloche-run.1").read_text()
    table = text.split("A run that took place:", 1)[1].split(".El", 1)[0]
    rows = {}
    for line in table.splitlines():
        match = re.match(r"\.It (\S+) Ta Li (.*)$", line)
        if match:
            for word in re.findall(r"[a-z_]{2,}", match.group(2).split(" No ")[0]):
                rows[word] = match.group(1)
    return rows


class Statuses(CliTest):
    def test_the_manual_has_every_outcome(self):
        self.assertEqual(set(manual_rows()), set(SCHEMA["properties"]["outcome"]["enum"]))

    def test_every_outcome_is_tested_or_out_of_reach(self):
        tested = {outcome for outcome, _, _ in ROWS} | {"cancelled"}
        self.assertEqual(tested | NOT_HERE, set(manual_rows()))
        self.assertEqual(tested & NOT_HERE, set())

    def test_the_rows_agree_with_the_manual(self):
        manual = manual_rows()
        for outcome, status, _ in ROWS:
            said = manual[outcome]
            if said == "128+n":
                self.assertGreater(status, 128)
            elif outcome != "ok":
                self.assertEqual(str(status), said, outcome)

    def test_cancelled(self):
        process = self.start("run", "-c",
                             "import time\nprint(1, flush=True)\ntime.sleep(60)")
        self.assertEqual(process.stdout.readline(), b"1\n")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130)
        self.assertTrue(err.startswith(b"cloche: cancelled"), err)

    def test_failures_before_a_run(self):
        self.write("bad.yaml", "version: 1\nbogus: 1\n")
        self.write("unbuilt.yaml", "version: 1\nprofiles: {image: {level: container}}\n")
        for code, status, words in FAILURES:
            with self.subTest(words=words):
                error = self.failure("run", "--json", *words, status=status)
                self.assertEqual(error["code"], code)
                done = self.check(status, "run", *words)
                self.assertEqual(done.stdout, b"")
                self.assertTrue(done.stderr.startswith(b"cloche: "), done.stderr)

    def test_a_missing_helper_is_the_hosts_failure(self):
        error = self.failure("run", "--json", "-c", "1", status=125,
                             env={"CLOCHE_HELPER_DIR": "/nonexistent"})
        self.assertEqual(error["code"], "EHOST")
        self.assertIn("/nonexistent", error["message"])


def row_test(outcome, status, words):
    def test(self):
        done = self.cloche("run", *words)
        self.assertEqual(done.returncode, status, (done.stdout[-200:], done.stderr[-400:]))
        if outcome != "ok":
            verdict = done.stderr.decode().splitlines()[-1]
            self.assertTrue(verdict.startswith(f"cloche: {outcome}: "), verdict)
        result = self.result(*words)
        self.assertEqual(result["outcome"], outcome, result)
        self.assertEqual(result.status, status)
    return test


for number, (name, code, line) in enumerate(ROWS):
    setattr(Statuses, f"test_row_{number:02}_{name}_is_{code}", row_test(name, code, line))

if __name__ == "__main__":
    unittest.main()

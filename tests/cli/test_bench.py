# SPDX-License-Identifier: Apache-2.0
"""`cloche bench`: that it measures what it says, and says what it does not.
No figure is judged here: they are this machine's, at this moment."""
import ctypes
import json
import os
import shutil
import signal
import subprocess
import time
import unittest

from support import PATIENCE_S, SOURCE, CliTest, Terminal, binary, jsonschema

SCHEMA = json.loads((SOURCE / "docs" / "bench.schema.json").read_text())
WORKLOADS = SCHEMA["$defs"]["row"]["properties"]["workload"]["enum"]

# As many rounds as every subject takes part in, however slow the machine is.
ROUNDS = 3

FEW = ("cloche, standby cell", "python3 -I -c", "bubblewrap + python3")
OURS = ("cloche", "cloche, no standby cells", "cloche, judge",
        "cloche, judge, no standby cells")
LIMITS = ("wall 100 ms", "cpu 100 ms", "memory 64 MiB")
SUBJECTS = {
    "W1": ("cloche, standby cell", "cloche, standby cell, busy caller",
           "cloche, no standby cell",
           "cloche, judge, standby cell", "cloche, judge, no standby cell",
           "cloche, classroom, standby cell",
           "cloche, classroom, no standby cell", "python3 -I -c",
           "python3 -I -S -c pass", "bubblewrap + python3", "crun + python3",
           "nsjail + python3", "isolate + python3", "sandlock + python3",
           "docker + python3", "node + pyodide", "/bin/true",
           "fork + exit, tiny and static"),
    "W2": (*FEW, "python3, warm, same process"),
    "W3": (*FEW, "python3, warm, same process"),
    "cpu": FEW,
    "W4": FEW,
    "W5": FEW,
    "W6": (*(f"{limit}, noticed" for limit in LIMITS),
           *(f"{limit}, then cell gone" for limit in LIMITS)),
    "W7": ("cloche", "python3 -I -c", "bubblewrap + python3"),
    "W8": (*OURS, "python3 -I -c", "bubblewrap + python3", "crun + python3",
           "fork + exit, tiny and static",
           *(f"{name}: caller's CPU time" for name in OURS)) * 2,
    "W9": ("cloche, standby cell: private", "python3 -I: private",
           "cloche, standby cell: MemAvailable", "python3 -I: MemAvailable"),
    "W10": ("cloche run -c", "python3 -I -c", "bubblewrap + python3", "crun + python3"),
    "caller": ("cloche, standby cell", "cloche, no standby cell"),
}

# What each unit of figures consists of, by workload; the others are times.
RATES = ("W8",)
SIZES = ("W9",)


class BenchTest(CliTest):
    def run_bench(self, *args, **options):
        """The rows, validated, and the exit status."""
        done = subprocess.run([binary(), "bench", "--json", *args], cwd=self.dir,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=4 * PATIENCE_S,
                              env=self.env(**options))
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.stdout.count(b"\n"), 1)
        value = json.loads(done.stdout)
        jsonschema().Draft202012Validator(SCHEMA).validate(value)
        return value["rows"], done.returncode

    def path_with(self, **programs):
        """A $PATH with nothing but these shell scripts."""
        directory = self.dir / "path"
        directory.mkdir()
        for name, script in programs.items():
            file = directory / name
            file.write_text("#!/bin/sh\n" + script)
            file.chmod(0o755)
        return str(directory)


class Workloads(BenchTest):
    def test_every_workload_has_its_rows(self):
        for workload in WORKLOADS:
            with self.subTest(workload=workload):
                rows, status = self.run_bench("-q", "-n", str(ROUNDS), "-w", workload)
                self.assertEqual(tuple(row["subject"] for row in rows), SUBJECTS[workload])
                self.assertEqual({row["workload"] for row in rows}, {workload})
                self.assertEqual(status, 0, rows)
                for row in rows:
                    self.check_row(row)

    def check_row(self, row):
        own = ("cloche", "python3", "/bin/true", "fork", *LIMITS)
        if row["absent"] is not None:
            if row["workload"] == "W9":
                self.assertIn("MemAvailable", row["subject"])
            elif row["workload"] == "W4":
                self.assertIn("numpy", row["absent"])
            else:
                self.assertFalse(row["subject"].startswith(own), row)
            return
        if row["workload"] in SIZES:
            self.assertGreater(row["bytes"], 0)
        elif row["workload"] in RATES and "CPU time" not in row["subject"]:
            self.assertGreater(row["per_second"], 0)
        else:
            self.assertGreater(row["median_ns"], 0)
        if row["subject"] == "python3 -I -c":
            self.assertEqual(row["ratio"], 1)
        if row["subject"] == "bubblewrap + python3":
            self.assertEqual(row["ratio_bubblewrap"], 1)

    def test_a_ratio_is_that_of_the_figures(self):
        rows, _ = self.run_bench("-q", "-n", str(ROUNDS), "-w", "W2,W8")
        for workload, cpus, figure in (("W2", None, "median_ns"), ("W8", 1, "per_second")):
            some = {row["subject"]: row for row in rows
                    if row["workload"] == workload and row["cpus"] == cpus}
            bare = some["python3 -I -c"]
            for row in some.values():
                if row[figure] is None or row["ratio"] is None:
                    continue
                expected = (row[figure] / bare[figure] if figure == "per_second"
                            else bare[figure] / row[figure])
                self.assertAlmostEqual(row["ratio"] / expected, 1, places=2)

    def test_rounds_and_workloads_are_those_that_were_asked_for(self):
        rows, _ = self.run_bench("--rounds", "4", "--workload=caller,W2", "-w", "W10",
                                 PATH=self.path_with())
        self.assertEqual(list(dict.fromkeys(row["workload"] for row in rows)),
                         ["W2", "W10", "caller"])
        for row in rows:
            if row["subject"].startswith("cloche, "):
                # The quick are asked five times from the second time on.
                self.assertIn(row["n"], range(4, 1 + 4 * 5), row)

    def test_private_memory_is_that_of_so_many_processes(self):
        rows, _ = self.run_bench("-q", "-w", "W9")
        self.assertEqual([row["n"] for row in rows[:2]], [44, 40])
        for row in rows[:2]:
            self.assertGreater(row["bytes"], 64 << 10)

    def test_a_host_that_cannot_run_says_so_in_its_rows(self):
        empty = self.dir / "empty"
        empty.mkdir()
        rows, status = self.run_bench("-q", "-n", "1", "-w", "W1", PATH=self.path_with(),
                                      CLOCHE_HELPER_DIR=str(empty))
        self.assertEqual(status, 125)
        by_name = {row["subject"]: row for row in rows}
        self.assertIn(f"'{empty}/cloche-", by_name["cloche, standby cell"]["absent"])
        self.assertIn("cloche-floor", by_name["fork + exit, tiny and static"]["absent"])
        self.assertIsNone(by_name["python3 -I -c"]["absent"])


class Peers(BenchTest):
    """With commands in $PATH that are not what they are called."""

    def rows_of_w1(self, **programs):
        rows, status = self.run_bench("-n", str(ROUNDS), "-w", "W1",
                                      PATH=self.path_with(**programs))
        self.assertEqual(status, 0)
        return {row["subject"]: row for row in rows}

    def test_who_is_not_there_is_named(self):
        rows = self.rows_of_w1()
        for subject, program in (("bubblewrap + python3", "bwrap"),
                                 ("crun + python3", "crun"),
                                 ("nsjail + python3", "nsjail"),
                                 ("isolate + python3", "isolate"),
                                 ("sandlock + python3", "sandlock"),
                                 ("docker + python3", "docker"),
                                 ("node + pyodide", "node")):
            self.assertEqual(rows[subject]["absent"], f"{program} is not in $PATH")
            self.assertEqual(rows[subject]["n"], 0)
        self.assertIsNone(rows["cloche, standby cell"]["ratio_bubblewrap"])
        self.assertIsNotNone(rows["cloche, standby cell"]["ratio"])

    def test_a_command_is_run_once_to_see_and_then_in_every_round(self):
        log = self.dir / "log"
        rows = self.rows_of_w1(
            bwrap=f'echo "$@" >>{log}\nwhile [ "$1" != /dev ]; do shift; done\n'
                  "shift\nexec \"$@\"\n")
        self.assertEqual(rows["bubblewrap + python3"]["n"], ROUNDS)
        lines = log.read_text().splitlines()
        self.assertEqual(len(lines), 1 + ROUNDS)
        for line in lines:
            self.assertIn("--unshare-all", line)
            self.assertRegex(line, r"/python3\S* -I -c print\(1\)$")

    def test_what_fails_or_prints_something_else_has_no_figures(self):
        rows = self.rows_of_w1(
            bwrap="echo first >&2\necho no, thank you >&2\nexit 3\n",
            nsjail="echo 2\n",
            sandlock=f"echo 1\n[ -e {self.dir}/seen ] && echo more\n: >{self.dir}/seen\n",
            isolate="kill -9 $$\n",
            docker="exit 0\n",
            node="exit 1\n")
        for subject, reason in (
                ("bubblewrap + python3", "it ended with status 3: no, thank you"),
                ("nsjail + python3", "it printed 2 bytes that are not the 2 it should"),
                ("sandlock + python3", "it printed 7 bytes that are not the 2 it should"),
                ("isolate + python3", "isolate --init: it ended with signal 9"),
                ("docker + python3", "docker has no image 'python' (docker pull python)"),
                ("node + pyodide", "node finds no module pyodide here or in $NODE_PATH")):
            self.assertEqual(rows[subject]["absent"], reason)
            self.assertIsNone(rows[subject]["median_ns"])

    def test_bubblewrap_and_crun_run_where_they_are(self):
        rows, _ = self.run_bench("-q", "-n", str(ROUNDS), "-w", "W10")
        by_name = {row["subject"]: row for row in rows}
        for program, subject in (("bwrap", "bubblewrap + python3"),
                                 ("crun", "crun + python3")):
            with self.subTest(program=program):
                if shutil.which(program) is None:
                    self.skipTest(f"{program} is not installed")
                self.assertIsNone(by_name[subject]["absent"])

    def test_nothing_is_left_in_the_temporary_directory(self):
        if shutil.which("crun") is None:
            self.skipTest("crun is not installed")
        place = self.dir / "tmp"
        place.mkdir()
        self.run_bench("-q", "-n", "1", "-w", "W10", TMPDIR=str(place))
        self.assertEqual(list(place.iterdir()), [])


class Words(BenchTest):
    def test_what_is_wrong_is_told_before_anything_is_measured(self):
        for words, said in (
                (("--rounds", "0"), "--rounds '0' is no number from 1 to 1000000"),
                (("--rounds=many",), "--rounds 'many' is no number"),
                (("-n", "1000001"), "is no number from 1 to 1000000"),
                (("-n",), "needs a value"),
                (("-w", "W99"), "unknown workload 'W99'"),
                (("-w", "W1,"), "unknown workload ''"),
                (("--workload", "calller"), "did you mean 'caller'?"),
                (("--quick=yes",), "takes no value"),
                (("W1",), "unexpected argument 'W1'"),
                (("--fast",), "unknown option '--fast'")):
            with self.subTest(words=words):
                done = self.check(2, "bench", *words)
                self.assertIn(said, done.stderr.decode())
                self.assertEqual(done.stdout, b"")
                self.assertTrue(self.failure("bench", "--json", *words)["message"])

    def test_completion_offers_the_workloads_that_there_are(self):
        script = self.check(0, "completion", "bash").stdout.decode()
        self.assertIn("_cloche_words '" + " ".join(WORKLOADS) + "'", script)


class Endings(BenchTest):
    def adopt(self):
        """Have what a command leaves behind become a child of this process."""
        self.assertEqual(ctypes.CDLL(None).prctl(36, 1, 0, 0, 0), 0)

    def await_no_children(self):
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    time.sleep(0.02)
            except ChildProcessError:
                return
        self.fail("processes were left behind")

    def test_an_interrupt_ends_it_with_all_that_it_started(self):
        self.adopt()
        for workload in ("W1", "W6", "W7", "W8", "W9", "W10"):
            for number in (signal.SIGINT, signal.SIGTERM):
                with self.subTest(workload=workload, signal=number):
                    process = self.start("bench", "-n", "100000", "-w", workload)
                    process.stdout.readline()
                    time.sleep(0.3)  # somewhere in the middle: wherever that is
                    process.send_signal(number)
                    out, err = process.communicate(timeout=PATIENCE_S)
                    self.assertEqual((process.returncode, err), (130, b""), out)
                    self.await_no_children()

    def test_its_sudden_death_is_the_end_of_all_that_it_started(self):
        self.adopt()
        for workload in ("W1", "W8"):
            with self.subTest(workload=workload):
                process = self.start("bench", "-n", "100000", "-w", workload)
                process.stdout.readline()
                time.sleep(0.3)
                process.kill()
                process.communicate(timeout=PATIENCE_S)
                self.await_no_children()

    def test_a_closed_pipe_is_quiet(self):
        process = self.start("bench", "-q", "-n", "1", "-w", "W2")
        process.stdout.close()
        self.assertEqual(process.wait(PATIENCE_S), -signal.SIGPIPE)
        self.assertEqual(process.stderr.read(), b"")

    def test_text_is_plain_and_shows_no_progress_in_a_file(self):
        done = self.check(0, "bench", "-q", "-n", "1", "-w", "caller")
        self.assertEqual(done.stderr, b"")
        text = done.stdout.decode()
        self.assertNotIn("\x1b", text)
        self.assertNotIn("\r", text)
        self.assertRegex(text, r"^cloche \d+\.\d+\.\d+, Python 3\.\d+ .*, 1 rounds?\n")
        self.assertIn("\ncaller: ", text)
        self.assertRegex(text, r"\n  cloche, standby cell +[\d.]+ [um]s +[\d.]+ [um]s +\d+\n")

    def test_a_terminal_has_colour_and_progress(self):
        terminal = Terminal([binary(), "bench", "-q", "-n", "2", "-w", "caller"], self.dir,
                            self.env())
        self.addCleanup(terminal.close)
        self.assertEqual(terminal.wait(), 0)
        self.assertIn(b"caller: 2 of 2", terminal.seen)
        self.assertIn(b"\x1b[1mcaller: ", terminal.seen)
        self.assertIn(b"\x1b[32mcloche, standby cell", terminal.seen)


if __name__ == "__main__":
    unittest.main()

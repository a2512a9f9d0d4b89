# SPDX-License-Identifier: Apache-2.0
"""Output that cannot be written: closed pipes, full devices, slow readers."""
import os
import signal
import subprocess
import time
import unittest

from support import CliTest

ENDLESS = "while True: print('y' * 60)"


class ClosedPipe(CliTest):
    def test_ends_the_run_quietly(self):
        process = self.start("run", "-c", ENDLESS)
        self.assertEqual(process.stdout.readline(), b"y" * 60 + b"\n")
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        self.assertEqual(process.wait(timeout=30), -signal.SIGPIPE)

    def test_as_a_shell_sees_it(self):
        from support import binary
        line = f'"{binary()}" run -c "{ENDLESS}" | head -n 2; echo "${{PIPESTATUS[0]}}"'
        done = subprocess.run(["bash", "-c", line], cwd=self.dir, env=self.env(),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.stdout, (b"y" * 60 + b"\n") * 2 + b"141\n")

    def test_of_standard_error_too(self):
        process = self.start("run", "-c",
                             "import sys\nprint('e', file=sys.stderr, flush=True)\n"
                             "while True: print('y' * 60, file=sys.stderr)")
        self.assertEqual(process.stderr.readline(), b"e\n")
        process.stderr.close()
        self.assertEqual(process.wait(timeout=30), -signal.SIGPIPE)

    def test_of_other_commands(self):
        for words in (("--help",), ("run", "--json", "-c", "1"), ("policy", "schema"),
                      ("run", "--json", "--nonsense")):
            with self.subTest(words=words):
                read, write = os.pipe()
                os.close(read)
                process = self.start(*words, stdout=write)
                os.close(write)
                self.assertEqual(process.stderr.read(), b"")
                self.assertEqual(process.wait(timeout=30), -signal.SIGPIPE)

    def test_a_pipe_closed_before_nothing_is_written_is_no_failure(self):
        process = self.start("run", "-c", "x = 1")
        process.stdout.close()
        self.assertEqual(process.wait(timeout=30), 0)


class FullDevice(CliTest):
    def test_is_told_and_fails(self):
        with open("/dev/full", "wb") as full:
            for words in (("run", "-c", "print(1)"), ("run", "--json", "-c", "1"),
                          ("run", "-c", ENDLESS), ("--help",), ("completion", "bash")):
                with self.subTest(words=words):
                    process = self.start(*words, stdout=full)
                    err = process.communicate(timeout=30)[1]
                    self.assertEqual(process.returncode, 125)
                    self.assertEqual(err, b"cloche: cannot write standard output: "
                                          b"No space left on device\n")


class SlowReader(CliTest):
    def test_the_wall_clock_does_not_wait_for_the_reader(self):
        process = self.start("run", "-t", "300ms", "-l", "output=1MiB", "-c",
                             "print('x' * 300000, flush=True)\nwhile True: pass")
        time.sleep(0.8)
        out, err = process.communicate(timeout=30)
        self.assertEqual(len(out), 300001)
        self.assertEqual(process.returncode, 124)
        self.assertIn(b"wall_limit", err)

    def test_gets_everything_in_the_end(self):
        process = self.start("run", "-c", "for i in range(4): print('x' * 99999)")
        time.sleep(0.3)
        self.assertEqual(len(process.communicate(timeout=30)[0]), 400000)
        self.assertEqual(process.returncode, 0)

    def test_that_does_not_block(self):
        """A shared descriptor may have been made non-blocking by another."""
        read, write = os.pipe()
        os.set_blocking(write, False)
        process = self.start("run", "-c", "for i in range(4): print('x' * 99999)",
                             stdout=write)
        os.close(write)
        time.sleep(0.2)
        with open(read, "rb") as out:
            self.assertEqual(len(out.read()), 400000)
        self.assertEqual(process.wait(timeout=30), 0)


if __name__ == "__main__":
    unittest.main()

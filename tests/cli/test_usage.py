# SPDX-License-Identifier: Apache-2.0
"""How words are read, and what is said of words that are wrong."""
import unittest

from support import CliTest


class Words(CliTest):
    def test_options_may_stand_anywhere(self):
        self.write("p.py", "import sys; print(sys.argv[1:])")
        for words in (("p.py", "-t", "5s"), ("-t", "5s", "p.py"), ("-t5s", "p.py"),
                      ("--timeout", "5s", "p.py"), ("--timeout=5s", "p.py"),
                      ("p.py", "--timeout=5s", "--")):
            with self.subTest(words=words):
                self.assertEqual(self.check(0, "run", *words).stdout, b"[]\n")

    def test_letters_can_be_joined(self):
        done = self.check(0, "run", "-vc", "print(1)")
        self.assertEqual(done.stdout, b"1\n")
        self.assertIn(b"cloche: policy: the built-in profiles", done.stderr)
        self.assertEqual(self.check(0, "run", "-cprint(2)").stdout, b"2\n")

    def test_all_after_two_dashes_is_the_codes(self):
        code = "import sys; print(sys.argv[1:])"
        done = self.check(0, "run", "-c", code, "--", "--json", "-t", "--")
        self.assertEqual(done.stdout, b"['--json', '-t', '--']\n")

    def test_a_value_may_begin_with_a_dash(self):
        self.assertEqual(self.check(0, "run", "-c", "-1").stdout, b"")

    def test_the_last_of_two_values_holds(self):
        self.check(0, "run", "-p", "nonsense", "-p", "isolated", "-c", "1")
        self.check(0, "run", "-t", "nonsense", "--limit", "wall=5s", "-c", "1")
        self.check(0, "run", "--limit", "wall=x", "--limit", "wall=5s", "-c", "1")


# Words after `run`, and what must be said of them.
WRONG = (
    (("--timeot", "1s"), "unknown option '--timeot'; did you mean '--timeout'?"),
    (("--jsno",), "did you mean '--json'?"),
    (("--prof=x",), "did you mean '--profile'?"),
    (("--workspace", "x"), "unknown option '--workspace'"),
    (("--origin", "x"), "unknown option '--origin'"),
    (("--csp", "x"), "unknown option '--csp'"),
    (("--trace",), "unknown option '--trace'"),
    (("-x",), "unknown option '-x'"),
    (("-vx",), "unknown option '-x'"),
    (("--raw=1",), "option '--raw' takes no value"),
    (("--timeout",), "option '--timeout' needs a value: '--timeout TIME'"),
    (("-t",), "option '-t' needs a value: '-t TIME'"),
    (("-c",), "option '-c' needs a value"),
    (("a.py", "b.py"), "unexpected argument 'b.py': the code's own arguments follow '--'"),
    (("a.py", "-c", "1"), "both -c and 'a.py' are given"),
    (("-c", "1", "a.py"), "both -c and 'a.py' are given"),
    (("-c", "1", "-c", "2"), "-c is given twice"),
    (("-c", "1", "--limit", "wall"), "--limit 'wall' is not KEY=VALUE"),
    (("-c", "1", "--limit", "=2s"), "--limit '=2s' is not KEY=VALUE"),
    (("-c", "1", "--file", "="), "is neither FILE nor NAME=FILE"),
    (("-c", "1", "--file", "a="), "is neither FILE nor NAME=FILE"),
    (("-c", "1", "--file", "x/a", "--file", "y/a"), "would be 'a' in /work"),
    (("-", "--stdin", "-"), "standard input cannot be both"),
)

# Of other commands.
WRONG_ELSEWHERE = (
    (("demo", "ptrac"), "did you mean 'ptrace'?"),
    (("demo", "--show"), "option '--show' needs a value: '--show NAME'"),
    (("demo", "--show", "xyzzy"), "no attack or program 'xyzzy'"),
    (("demo", "--", "ptrace"), "unexpected argument 'ptrace'"),
    (("demo", "--all"), "unknown option '--all'"),
    (("doctor", "x"), "unexpected argument 'x'"),
    (("version", "x"), "unexpected argument 'x'"),
    (("policy", "schema", "x"), "unexpected argument 'x'"),
    (("policy", "explain", "a", "b"), "unexpected argument 'b'"),
    (("policy", "diff", "a"), "two profiles are needed"),
    (("policy", "diff", "a", "b", "c"), "unexpected argument 'c'"),
    (("policy", "diff", ":a", "b"), "no file before the colon"),
    (("completion",), "bash, zsh or fish"),
    (("completion", "tcsh"), "no completion for 'tcsh'"),
    (("--jsn",), "unknown option '--jsn'"),
    (("policy", "--polcy"), "unknown option '--polcy'"),
)


class Wrong(CliTest):
    def test_run_tells_what_is_wrong(self):
        for words, said in WRONG:
            with self.subTest(words=words):
                done = self.check(2, "run", *words)
                self.assertIn(said, done.stderr.decode())
                self.assertTrue(done.stderr.startswith(b"cloche: "))
                self.assertEqual(done.stdout, b"")

    def test_other_commands_tell_what_is_wrong(self):
        for words, said in WRONG_ELSEWHERE:
            with self.subTest(words=words):
                done = self.check(2, *words)
                self.assertIn(said, done.stderr.decode())
                self.assertEqual(done.stdout, b"")

    def test_as_json_wherever_json_stands(self):
        for words, said in WRONG:
            for line in (("run", "--json", *words), ("run", *words, "--json")):
                if line[-1] == "--json" and words[-1] in ("-t", "-c", "--timeout"):
                    continue  # it would be the value
                with self.subTest(line=line):
                    error = self.failure(*line)
                    self.assertEqual(error["code"], "EINPUT")
                    self.assertIn(said, error["message"])

    def test_json_after_two_dashes_is_the_codes(self):
        done = self.check(2, "run", "--nonsense", "--", "--json")
        self.assertEqual(done.stdout, b"")

    def test_what_was_expected_is_named(self):
        error = self.failure("run", "--json", "--timeot", "1s")
        self.assertEqual((error["key"], error["expected"]), ("--timeot", "--timeout"))
        self.assertIsNone(error["line"])

    def test_control_characters_are_not_echoed(self):
        done = self.check(2, "run", "--\x1b[31m\n")
        self.assertNotIn(b"\x1b", done.stderr)
        self.assertIn(b"^[[31m^J", done.stderr)

    def test_words_that_are_not_utf8(self):
        error = self.failure("run", "--json", b"--\xff\xfe")
        self.assertIn("\ufffd", error["message"])


class Nothing(CliTest):
    def test_no_code_and_no_terminal_reads_code_from_standard_input(self):
        self.assertEqual(self.check(0, "run", input="print(3)").stdout, b"3\n")

    def test_closed_standard_streams_do_no_harm(self):
        import os
        for closed in ((0,), (1,), (2,), (0, 1), (0, 1, 2)):
            with self.subTest(closed=closed):
                def close(fds=closed):
                    for fd in fds:
                        os.close(fd)
                victim = self.write("data.txt", "precious")
                done = self.start("run", "--file", victim, "-c", "x = 1",
                                  stdin=None, preexec_fn=close)
                done.communicate(timeout=30)
                self.assertEqual(done.returncode, 0)
                with open(victim, encoding="utf-8") as f:
                    self.assertEqual(f.read(), "precious")

    def test_closed_standard_output_is_told_when_it_is_written(self):
        import os
        done = self.start("run", "-c", "print(1)", preexec_fn=lambda: os.close(1))
        _, err = done.communicate(timeout=30)
        self.assertEqual(done.returncode, 125)
        self.assertIn(b"cannot write standard output", err)


if __name__ == "__main__":
    unittest.main()

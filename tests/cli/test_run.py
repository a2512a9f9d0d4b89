# SPDX-License-Identifier: Apache-2.0
"""`cloche run`: where code and input come from, what goes where, and the
options one by one."""
import json
import os
import unittest

from support import CliTest, validate


class Code(CliTest):
    def test_from_a_file(self):
        path = self.write("p.py", "import sys; print(sys.argv)")
        done = self.check(0, "run", path, "--", "a", "b c")
        self.assertEqual(done.stdout.decode(), f"{[path, 'a', 'b c']}\n")
        self.assertEqual(done.stderr, b"")

    def test_from_the_command_line(self):
        self.assertEqual(self.check(0, "run", "-c", "print(6 * 7)").stdout, b"42\n")

    def test_from_standard_input(self):
        for words in (("-",), ()):
            with self.subTest(words=words):
                done = self.check(0, "run", *words,
                                  input="import sys\nprint(1, repr(sys.stdin.read()))")
                self.assertEqual(done.stdout, b"1 ''\n")

    def test_a_traceback_names_the_file(self):
        path = self.write("p.py", "def f():\n    return 1 / 0\n\nf()\n")
        done = self.check(1, "run", path)
        text = done.stderr.decode()
        self.assertTrue(text.startswith("Traceback (most recent call last):\n"), text)
        self.assertIn(f'File "{path}", line 4, in <module>', text)
        self.assertIn(f'File "{path}", line 2, in f', text)
        lines = text.splitlines()
        self.assertEqual(lines[-2], "ZeroDivisionError: division by zero")
        self.assertEqual(text.count('File "'), 2, "frames that are not the user's")
        self.assertTrue(lines[-1].startswith("cloche: user_error: "), lines[-1])

    def test_a_traceback_names_the_origin_of_other_code(self):
        self.assertIn(b'File "<string>", line 1', self.check(1, "run", "-c", "1/0").stderr)
        self.assertIn(b'File "<stdin>", line 1', self.check(1, "run", input="1/0").stderr)


class Streams(CliTest):
    def test_both_are_the_codes_own(self):
        done = self.check(0, "run", "-c",
                          "import sys\nprint('o')\nprint('e', file=sys.stderr)")
        self.assertEqual((done.stdout, done.stderr), (b"o\n", b"e\n"))

    def test_bytes_pass_unchanged_to_a_pipe(self):
        every = bytes(range(256)) * 40
        done = self.check(0, "run", "-c", "import sys\n"
                          "sys.stdout.buffer.write(bytes(range(256)) * 40)")
        self.assertEqual(done.stdout, every)

    def test_much_output_arrives_whole(self):
        done = self.check(0, "run", "-c", "for i in range(9000): print(f'{i:99}')")
        self.assertEqual(len(done.stdout), 900000)
        self.assertEqual(done.stdout, b"".join(b"%99d\n" % i for i in range(9000)))

    def test_output_is_live(self):
        process = self.start("run", "-c",
                             "import time\nprint('now', flush=True)\ntime.sleep(9)")
        self.assertEqual(process.stdout.readline(), b"now\n")
        self.assertIsNone(process.poll())

    def test_a_verdict_begins_its_own_line(self):
        done = self.check(1, "run", "-c", "import sys; sys.stderr.write('x'); 1/0")
        self.assertTrue(done.stderr.startswith(b"x\nTraceback "), done.stderr)

    def test_nothing_is_said_when_all_is_well(self):
        self.assertEqual(self.check(0, "run", "-c", "x = 1").stderr, b"")
        self.assertEqual(self.check(5, "run", "-c", "import sys; sys.exit(5)").stderr, b"")


class Stdin(CliTest):
    code = "import sys; print(sys.stdin.read())"

    def test_is_passed_through(self):
        self.assertEqual(self.check(0, "run", "-c", self.code, input="in").stdout, b"in\n")
        self.assertEqual(self.check(0, "run", "--stdin", "-", "-c", self.code,
                                    input="in").stdout, b"in\n")

    def test_can_be_a_file(self):
        path = self.write("in.txt", "from a file")
        self.assertEqual(self.check(0, "run", "--stdin", path, "-c", self.code,
                                    input="not this").stdout, b"from a file\n")
        self.assertEqual(self.check(0, "run", "--stdin", path, "-",
                                    input=self.code).stdout, b"from a file\n")

    def test_input_reads_lines(self):
        done = self.check(0, "run", "-c", "print(input('? ') + input())", input="a\nb\n")
        self.assertEqual(done.stdout, b"? ab\n")

    def test_much_of_it_arrives_whole(self):
        done = self.check(0, "run", "-c", "import sys; print(len(sys.stdin.buffer.read()))",
                          input=b"x" * 1000000)
        self.assertEqual(done.stdout, b"1000000\n")

    def test_that_never_ends_does_not_hold_up_the_end(self):
        read, write = os.pipe()
        self.addCleanup(os.close, write)
        process = self.start("run", "-c", "print(1)", stdin=read)
        os.close(read)
        self.assertEqual(process.communicate(timeout=30)[0], b"1\n")
        self.assertEqual(process.returncode, 0)

    def test_that_cannot_be_read_is_told_before_the_run(self):
        for path, said in (("nowhere", b"'nowhere'"), ("/", b"directory")):
            self.assertIn(said, self.check(2, "run", "--stdin", path, "-c", "1").stderr)


class Options(CliTest):
    def test_profile(self):
        self.assertEqual(self.result("-c", "1")["profile"], "isolated")
        self.assertEqual(self.result("-p", "judge", "-c", "1")["profile"], "judge")
        self.assertEqual(self.result("--profile", "judge", "-c", "1")["profile"], "judge")

    def test_policy(self):
        path = self.write("p.yaml", "version: 1\ndefault: judge\n")
        self.assertEqual(self.result("--policy", path, "-c", "1")["profile"], "judge")

    def test_policy_of_the_environment(self):
        path = self.write("p.yaml", "version: 1\ndefault: judge\n")
        self.assertEqual(self.result("-c", "1", env={"CLOCHE_POLICY": path})["profile"],
                         "judge")
        self.assertEqual(self.result("-c", "1", env={"CLOCHE_POLICY": ""})["profile"],
                         "isolated")

    def test_policy_of_the_user(self):
        text = "version: 1\ndefault: judge\n"
        path = self.write("conf/cloche/policy.yaml", text)
        conf = path[:-len("/cloche/policy.yaml")]
        found = {"XDG_CONFIG_HOME": conf}
        self.assertEqual(self.result("-c", "1", env=found)["profile"], "judge")
        # Relative paths are not taken from it.
        ignored = {"XDG_CONFIG_HOME": "conf", "HOME": "/nonexistent"}
        self.assertEqual(self.result("-c", "1", env=ignored)["profile"], "isolated")
        home = self.home / ".config" / "cloche"
        home.mkdir(parents=True)
        (home / "policy.yaml").write_text(text)
        self.assertEqual(self.result("-c", "1")["profile"], "judge")
        # One that is named comes first.
        other = self.write("other.yaml", "version: 1\ndefault: isolated\n")
        self.assertEqual(self.result("-c", "1", env={"CLOCHE_POLICY": other})["profile"],
                         "isolated")

    def test_a_policy_that_was_named_must_be_there(self):
        self.check(2, "run", "--policy", "nowhere.yaml", "-c", "1")
        self.check(2, "run", "-c", "1", env={"CLOCHE_POLICY": "nowhere.yaml"})

    def test_a_policy_that_cannot_be_looked_at_is_not_passed_over(self):
        if os.geteuid() == 0:
            self.skipTest("root can look at everything; the other variant tells")
        locked = self.home / ".config"
        locked.mkdir(mode=0o000)
        self.addCleanup(locked.chmod, 0o700)
        done = self.check(2, "run", "-c", "1")
        self.assertIn(b"policy.yaml", done.stderr)

    def test_timeout(self):
        for words in (("-t", "150ms"), ("--timeout", "150ms"), ("--limit", "wall=150ms"),
                      ("-l", "wall=150ms")):
            with self.subTest(words=words):
                done = self.check(124, "run", *words, "-c", "while True: pass")
                lines = done.stderr.decode().splitlines()
                self.assertEqual(len(lines), 1, lines)
                self.assertTrue(lines[0].startswith("cloche: wall_limit: "), lines)
                self.assertIn("150", lines[0])
                self.assertIn("limits.wall", lines[0])

    def test_memory(self):
        code = "import resource\nprint(len(bytearray(1000)))"
        self.assertEqual(self.check(0, "run", "-m", "64MiB", "-c", code).stdout, b"1000\n")
        self.assertEqual(self.result("--memory", "64MiB", "-c", "1")["limits"]["memory"]
                         ["limit_bytes"], 64 << 20)

    def test_limit(self):
        result = self.result("-l", "recursion=77", "--limit", "wall=3s", "-c", "1")
        self.assertEqual(result["limits"]["recursion"]["limit"], 77)
        self.assertEqual(result["limits"]["wall"]["limit_ns"], 3000000000)

    def test_verbose(self):
        path = self.write("p.yaml", "version: 1\n")
        done = self.check(0, "run", "-v", "--policy", path, "-p", "judge", "-c", "1")
        self.assertEqual(done.stderr.decode(), f"cloche: policy: {path}; profile: judge\n")

    def test_what_was_refused_is_told_when_asked(self):
        code = ("import socket\ntry:\n    socket.socket()\n"
                "except OSError:\n    print('survived')\n")
        done = self.check(0, "run", "-c", code)
        self.assertEqual((done.stdout, done.stderr), (b"survived\n", b""))
        done = self.check(0, "run", "--verbose", "-c", code)
        self.assertEqual(done.stdout, b"survived\n")
        self.assertRegex(done.stderr.decode(), r"\ncloche: refused: socket\(AF_INET")

    def test_what_ended_the_run_is_told_with_its_hint(self):
        attack = "import ctypes; ctypes.CDLL(None).ptrace(0, 0, 0, 0)"
        lines = self.check(3, "run", "-c", attack).stderr.decode().splitlines()
        self.assertTrue(lines[-2].startswith("cloche: refused: ptrace("), lines)
        self.assertTrue(lines[-1].startswith("cloche: denied: ptrace("), lines)
        self.assertTrue(lines[-1].endswith("; no policy allows it"), lines)
        lines = self.check(124, "run", "-t", "100ms", "-c", "while True: pass"
                           ).stderr.decode().splitlines()
        self.assertRegex(lines[-1], r"; hint: .*limits\.wall")

    def test_no_colour_away_from_a_terminal(self):
        self.assertNotIn(b"\x1b", self.check(124, "run", "-t", "100ms", "-c",
                                             "while True: pass").stderr)


class Json(CliTest):
    def test_is_one_object_and_nothing_live(self):
        done = self.check(0, "run", "--json", "-c",
                          "import sys\nprint('o')\nprint('e', file=sys.stderr)")
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.stdout.count(b"\n"), 1)
        value = json.loads(done.stdout)
        validate(value)
        self.assertEqual((value["stdout"], value["stderr"]), ("o\n", "e\n"))
        self.assertEqual(value["outcome"], "ok")
        self.assertEqual(value["exit_status"], 0)

    def test_has_the_same_exit_status(self):
        for status, words in ((0, ("-c", "1")), (1, ("-c", "1/0")), (1, ("-c", "(")),
                              (7, ("-c", "import sys; sys.exit(7)")),
                              (124, ("-t", "100ms", "-c", "while True: pass"))):
            with self.subTest(words=words):
                done = self.check(status, "run", "--json", *words)
                self.assertEqual(done.stderr, b"")
                validate(json.loads(done.stdout))

    def test_value_and_variables(self):
        result = self.result("-c", "a = [1, 'x', None]\nb = {'k': 2.5}\na[0] + 41")
        self.assertEqual(result["value"], 42)
        self.assertEqual(result["value_repr"], "42")
        self.assertEqual(result["variables"], {"a": [1, "x", None], "b": {"k": 2.5}})

    def test_error_has_the_place(self):
        error = self.result("-c", "x = 1\ndef f():\n    return x / 0\nf()")["error"]
        self.assertEqual((error["type"], error["message"], error["line"]),
                         ("ZeroDivisionError", "division by zero", 3))
        self.assertEqual([frame["function"] for frame in error["traceback"]],
                         ["<module>", "f"])
        self.assertEqual(error["traceback"][-1]["source"], "return x / 0")

    def test_stream_keeps_the_order(self):
        result = self.result("-c", "import sys, time\nfor i in range(3):\n"
                             "    print(i, flush=True)\n    time.sleep(0.02)\n"
                             "    print(i, file=sys.stderr, flush=True)\n"
                             "    time.sleep(0.02)\n")
        self.assertEqual(result["stream"],
                         [[s, f"{i}\n"] for i in range(3) for s in ("out", "err")])

    def test_output_that_is_not_utf8_is_whole_in_base64(self):
        import base64
        result = self.result("-c", r"import sys; sys.stdout.buffer.write(b'a\xff\n')")
        self.assertEqual(result["stdout"], "a\ufffd\n")
        self.assertEqual(base64.b64decode(result["stdout_base64"]), b"a\xff\n")

    def test_a_denial_that_was_survived_is_listed(self):
        result = self.result("-c", "import socket\ntry:\n    socket.socket()\n"
                             "except OSError:\n    pass\n")
        self.assertEqual(result["outcome"], "ok")
        self.assertEqual(result["denials"][0]["layer"], "seccomp")
        self.assertIn("socket", result["denials"][0]["what"])

    def test_two_runs_have_two_ids_and_one_policy(self):
        a, b = self.result("-c", "1"), self.result("-c", "1")
        self.assertNotEqual(a["run_id"], b["run_id"])
        self.assertLess(a["run_id"], b["run_id"])
        self.assertEqual(a["policy"], b["policy"])
        c = self.result("-t", "1s", "-c", "1")
        self.assertNotEqual(a["policy"], c["policy"])


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Bad input gets a clear error, and nothing is lost."""
import os
import unittest

from support import CliTest

# Content of a file of code, outcome, status, and what is said.
CODE = (
    ("empty", b"", "ok", 0, b""),
    ("only_a_comment", b"# nothing", "ok", 0, b""),
    ("byte_order_mark", b"\xef\xbb\xbfprint(1)", "ok", 0, b""),
    ("dos_line_ends", b"if 1:\r\n    print(1)\r\n", "ok", 0, b""),
    ("no_newline_at_end", b"print(1)", "ok", 0, b""),
    ("utf8_cookie", b"# -*- coding: utf-8 -*-\nprint('\xc3\xa9')", "ok", 0, b""),
    ("latin1_cookie", b"# -*- coding: latin-1 -*-\nassert len('\xe9') == 1", "ok", 0, b""),
    ("unknown_cookie", b"# coding: nonsense\nprint(1)", "syntax_error", 1, b"nonsense"),
    ("not_utf8", b"print('\xff')", "syntax_error", 1, b"utf-8"),
    ("nul", b"print(1)\0print(2)", "syntax_error", 1, b"null bytes"),
    ("nested_parentheses", b"(" * 100000 + b")" * 100000, "syntax_error", 1, b"parenthes"),
    ("nested_unary", b"-" * 50000 + b"1", None, None, b""),
    ("ten_megabytes", b"#" + b"x" * (10 << 20), "source_limit", 4, b"source"),
)


class Code(CliTest):
    def test_files_of_code(self):
        for name, content, outcome, status, said in CODE:
            with self.subTest(name=name):
                path = self.write(f"{name}.py", content)
                if outcome is None:
                    # Python's own answer may be any; cloche's must be a verdict.
                    self.assertIn(self.result(path)["outcome"],
                                  ("ok", "user_error", "syntax_error", "memory_limit",
                                   "recursion_limit", "crashed"))
                    continue
                done = self.check(status, "run", path)
                self.assertIn(said, done.stderr)
                self.assertEqual(self.result(path)["outcome"], outcome)

    def test_the_same_from_standard_input(self):
        for name, content, _, status, said in CODE:
            if status is not None:
                with self.subTest(name=name):
                    done = self.check(status, "run", "-", input=content)
                    self.assertIn(said, done.stderr)

    def test_a_file_that_is_not_there(self):
        done = self.check(2, "run", "nowhere.py")
        self.assertEqual(done.stderr,
                         b"cloche: cannot read 'nowhere.py': No such file or directory\n")
        error = self.failure("run", "--json", "nowhere.py")
        self.assertEqual((error["code"], error["file"]), ("EINPUT", "nowhere.py"))

    def test_a_directory(self):
        self.assertIn(b"Is a directory", self.check(2, "run", "/").stderr)

    def test_a_file_that_may_not_be_read(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything; the other variant tells")
        path = self.write("p.py", "print(1)")
        os.chmod(path, 0)
        self.assertIn(b"Permission denied", self.check(2, "run", path).stderr)

    def test_one_that_never_ends(self):
        self.assertIn(b"larger than 64MiB", self.check(2, "run", "/dev/zero").stderr)

    def test_one_that_is_much_too_large_is_not_read(self):
        path = self.dir / "big.py"
        with open(path, "wb") as f:
            f.truncate(1 << 40)
        self.assertIn(b"larger than 64MiB", self.check(2, "run", str(path)).stderr)

    def test_a_pipe_is_a_file(self):
        read, write = os.pipe()
        os.write(write, b"print(5)")
        os.close(write)
        process = self.start("run", f"/dev/fd/{read}", pass_fds=[read])
        os.close(read)
        self.assertEqual(process.communicate(timeout=30)[0], b"5\n")


# --limit values that no profile takes, and a part of what is said.
LIMITS = (
    ("wall=-1s", "wall"), ("wall=0s", "wall"), ("wall=0", "wall"), ("wall=", "wall"),
    ("wall=1", "wall"), ("wall=1 s", "wall"), ("wall=1sec", "wall"), ("wall=1e3s", "wall"),
    ("wall=99999999999999999999s", "wall"), ("wall=nan", "wall"),
    ("memory=-1MiB", "memory"), ("memory=0MiB", "memory"), ("memory=64", "memory"),
    ("memory=64mib", "memory"), ("memory=1B", "memory"), ("memory=0x10MiB", "memory"),
    ("processes=-1", "processes"), ("processes=1.5", "processes"),
    ("processes=many", "processes"), ("recursion=0", "recursion"),
    ("open_files=1", "open_files"), ("cpu_share=0%", "cpu_share"),
    ("cpu_share=50", "cpu_share"), ("loop_iterations=10", "loop_iterations"),
    ("wal=1s", "wal"), ("limits.wall=1s", "limits.wall"), ("WALL=1s", "WALL"),
)

# More than the profile isolated has, and both numbers.
OVER = (
    ("wall=11s", "11s", "10s"), ("cpu=1m", "1m", "10s"), ("memory=1GiB", "1GiB", "256MiB"),
    ("output=2MiB", "2MiB", "1MiB"), ("processes=1", "1", "0"),
    ("disk=65MiB", "65MiB", "64MiB"),
)


class Limits(CliTest):
    def test_values_without_sense_are_refused(self):
        for value, said in LIMITS:
            with self.subTest(value=value):
                error = self.failure("run", "--json", "-c", "print('ran')", "-l", value)
                self.assertEqual(error["code"], "EINPUT")
                self.assertIn(said, error["message"])
                self.assertIsNotNone(error["key"])

    def test_more_than_the_profile_has_is_refused_with_both_numbers(self):
        for value, asked, allowed in OVER:
            with self.subTest(value=value):
                error = self.failure("run", "--json", "-c", "print('ran')", "-l", value)
                self.assertEqual(error["code"], "ELIMIT")
                self.assertIn(asked, error["message"])
                self.assertIn(allowed, error["message"])
                self.assertIn(value.split("=")[0], error["message"])

    def test_what_the_profile_has_is_allowed(self):
        self.check(0, "run", "-c", "1", "-l", "wall=10s", "-l", "memory=256MiB")

    def test_an_unknown_limit_suggests_one(self):
        self.assertIn(b"wall", self.check(2, "run", "-c", "1", "-l", "wal=1s").stderr)


class Profiles(CliTest):
    def test_an_unknown_one_suggests_one(self):
        done = self.check(2, "run", "-c", "1", "-p", "isolatd")
        self.assertIn(b"'isolatd'", done.stderr)
        self.assertIn(b"'isolated'", done.stderr)

    def test_one_that_this_version_cannot_run_is_refused_by_name(self):
        policy = self.write("p.yaml", "version: 1\nprofiles: {image: {level: container}}\n")
        error = self.failure("run", "--json", "-c", "1", "--policy", policy, "-p", "image",
                             status=125)
        self.assertEqual(error["code"], "EDENIED")
        self.assertIn("image", error["message"])


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Bad input gets a clear error: sources, input files, limits, policies."""
import json
import pathlib
import unittest

from cells import CellTest

MIB = 1 << 20


class Source(CellTest):
    def test_a_file_that_is_not_there(self):
        e = self.failure("run", "--json", "missing.py")
        self.assertEqual((e["code"], e["file"]), ("EINPUT", "missing.py"))
        self.assertIn("No such file", e["message"])

    def test_a_directory(self):
        e = self.failure("run", "--json", ".")
        self.assertIn("directory", e["message"].lower())

    def test_sources_that_are_no_python(self):
        for name, code, message in (
            ("not utf-8", b"x = '\xff'\n", "(unicode error)|utf-8|UTF-8"),
            ("nul", b"x = 1\0\n", "null bytes"),
            ("nul in a comment", b"# \0\n", "null bytes"),
            ("an unknown coding", b"# -*- coding: nonsense -*-\nx = 1\n", "nonsense"),
            (
                "a coding that does not agree",
                b"\xef\xbb\xbf# coding: latin-1\nx = 1\n",
                "latin-1|utf-8|encoding",
            ),
            ("utf-16", "x = 1\n".encode("utf-16"), "."),
            ("an elf", pathlib.Path("/bin/true").read_bytes()[:4096], "."),
        ):
            with self.subTest(name=name):
                r = self.run_code(code)
                self.assertEqual(r["outcome"], "syntax_error", r["reason"])
                self.assertRegex(r["error"]["message"], message)
                self.assertEqual(r["stdout"], "")

    def test_sources_that_are_odd_python(self):
        for name, code, out in (
            ("empty", b"", ""),
            ("a comment", b"# only", ""),
            ("spaces", b"  \n\t\n", ""),
            ("no newline at the end", b"print(1)", "1\n"),
            ("windows", b"print(1)\r\nprint(2)\r\n", "1\n2\n"),
            ("old mac", b"print(1)\rprint(2)\r", "1\n2\n"),
            ("bom", b"\xef\xbb\xbfprint(1)\n", "1\n"),
            ("latin-1", b"# coding: latin-1\nprint('\xe9')\n", "\u00e9\n"),
            ("utf-8 cookie", "# coding: utf-8\nprint('é')\n".encode(), "é\n"),
            ("shebang", b"#!/usr/bin/env python3\nprint(1)\n", "1\n"),
            ("form feed", b"\x0cprint(1)\n", "1\n"),
            ("names", "größe = 1\nprint(größe)\n".encode(), "1\n"),
        ):
            with self.subTest(name=name):
                self.assert_ok(self.run_code(code), out)

    def test_a_traceback_in_latin_1(self):
        r = self.run_code(
            b"# coding: latin-1\ndef f():\n    raise ValueError('\xe9')\nf()\n"
        )
        self.assertEqual(r["error"]["message"], "é")
        self.assertEqual(r["error"]["traceback"][1]["source"], "raise ValueError('é')")

    def test_ten_megabytes(self):
        r = self.run_code(b"#" * (10 * MIB))
        self.assert_limit(r, "source_limit", "source", "256KiB")
        self.assertEqual(r["limits"]["source"]["peak_bytes"], 10 * MIB)
        code = b"x = '" + b"y" * (10 * MIB) + b"'\nprint(len(x))\n"
        r = self.run_code(code, limits={"source": "16MiB"})
        self.assertEqual(r["stdout"], f"{10 * MIB}\n", r["reason"])

    def test_nesting(self):
        for name, code in (
            ("parentheses", "(" * 100_000 + ")" * 100_000),
            ("open parentheses", "(" * 100_000),
            ("brackets", "x = " + "[" * 1000 + "]" * 1000),
            ("unary minus", "x = " + "-" * 100_000 + "1"),
            ("not", "x = " + "not " * 50_000 + "1"),
            ("power", "x = " + "**".join("2" * 30_000)),
            ("plus", "x = " + "+".join("1" * 60_000)),
            ("calls", "x = " + "f(" * 10_000 + ")" * 10_000),
            ("attributes", "x = a" + ".a" * 60_000),
            ("lambdas", "x = " + "lambda: " * 20_000 + "1"),
            (
                "blocks",
                "".join(" " * n + "if 1:\n" for n in range(150)) + " " * 150 + "x=1",
            ),
            (
                "fors",
                "".join(" " * n + f"for i{n} in x:\n" for n in range(30))
                + " " * 30
                + "x=1",
            ),
            ("f-strings", "x = f'{" + "(" * 500 + "1" + ")" * 500 + "}'"),
            ("strings", "x = " + "'a' " * 60_000),
            ("digits", "x = " + "9" * 100_000),
            ("hex digits", "x = 0x" + "f" * 200_000),
            ("ternaries", "x = " + "1 if 1 else " * 15_000 + "1"),
            ("compares", "x = " + "1 < " * 50_000 + "2"),
            ("elifs", "if 0: pass\n" + "elif 0: pass\n" * 15_000),
            ("patterns", "match 1:\n    case " + "[" * 5000 + "]" * 5000 + ": pass"),
            ("decorators", "@f\n" * 20_000 + "def f(): pass"),
        ):
            with self.subTest(name=name):
                r = self.run_code(
                    code, limits={"wall": "8s", "cpu": "8s", "source": "4MiB"}
                )
                self.assertIn(
                    r["outcome"],
                    (
                        "ok",
                        "syntax_error",
                        "user_error",
                        "memory_limit",
                        "recursion_limit",
                        "crashed",
                    ),
                    r["reason"],
                )
                if r["outcome"] == "crashed":
                    self.assertEqual(r["signal"], 11)

    def test_input_files(self):
        good = self.write("good.txt", "x")
        for args, words in (
            (["--file", "missing.txt"], "missing.txt"),
            (["--file", f"../up.txt={good}"], "'..'"),
            (["--file", f"/etc/x={good}"], "relative"),
            (["--file", f"a/../b={good}"], "'..'"),
            (["--file", f"a//b={good}"], "relative"),
            (["--file", f"{'x' * 256}={good}"], "x"),
            (["--file", f"./a={good}"], "'.'"),
            (["--file", "."], "directory"),
        ):
            with self.subTest(args=args):
                e = self.failure("run", "--json", "-c", "1", *args)
                self.assertEqual(e["code"], "EINPUT")
                self.assertIn(words, e["message"])

    def test_input_files_that_do_not_fit(self):
        big = self.write("big.bin", bytes(3 * MIB))
        for limits, words in (
            ({"disk": "1MiB"}, "limits.disk is 1MiB"),
            ({"file_size": "2MiB"}, "limits.file_size is 2MiB"),
            ({"inodes": 3}, "limits.inodes is 3"),
        ):
            with self.subTest(limits=limits):
                e = self.failure(
                    "run",
                    "--json",
                    "--policy",
                    self.policy(limits),
                    "-c",
                    "print(1)",
                    "--file",
                    big,
                )
                self.assertEqual(e["code"], "ELIMIT")
                self.assertIn(words, e["message"])

    def test_a_file_and_a_directory_of_one_name(self):
        good = self.write("good.txt", "x")
        done = self.cloche(
            "run",
            "--json",
            "-c",
            "print(1)",
            "--file",
            f"a={good}",
            "--file",
            f"a/b={good}",
        )
        self.assertIn(done.returncode, (2, 125))
        self.assertIn(b"a/b", done.stdout)


class Limits(CellTest):
    def test_limits_of_one_run(self):
        for given, code, words in (
            ("wall=-1s", "EINPUT", "wall"),
            ("wall=0s", "EINPUT", "wall"),
            ("wall=5", "EINPUT", "wall"),
            ("wall=abc", "EINPUT", "wall"),
            ("wall=99999999999999999999s", "EINPUT", "wall"),
            ("wall=60s", "ELIMIT", "10s"),
            ("memory=1GiB", "ELIMIT", "256MiB"),
            ("memory=0MiB", "EINPUT", "memory"),
            ("memory=-5MiB", "EINPUT", "memory"),
            ("memory=1", "EINPUT", "memory"),
            ("processes=5", "ELIMIT", "0"),
            ("threads=0", "EINPUT", "threads"),
            ("open_files=3", "EINPUT", "open_files"),
            ("inodes=1", "EINPUT", "inodes"),
            ("recursion=5", "EINPUT", "recursion"),
            ("source=0KiB", "EINPUT", "source"),
            ("wal=1s", "EINPUT", "wall"),
            ("loop_iterations=5", "EINPUT", "loop_iterations"),
            ("output=2MiB", "ELIMIT", "1MiB"),
            ("wall=", "EINPUT", "wall"),
            ("wall=1s ", "EINPUT", "wall"),
            ("wall=1e3s", "EINPUT", "wall"),
            ("wall=nan", "EINPUT", "wall"),
            ("cpu=0.5s", "", ""),
        ):
            with self.subTest(given=given):
                done = self.cloche("run", "--json", "-c", "1", "--limit", given)
                value = json.loads(done.stdout)
                if code == "":
                    continue  # either way, without a crash
                self.assertEqual(done.returncode, 2, value)
                self.assertEqual(value["error"]["code"], code, value)
                self.assertIn(words, value["error"]["message"])

    def test_both_numbers_are_told(self):
        e = self.failure("run", "--json", "-c", "1", "--timeout", "11s")
        self.assertIn("11s", e["message"])
        self.assertIn("10s", e["message"])

    def test_an_unknown_profile(self):
        e = self.failure("run", "--json", "-c", "1", "--profile", "isolate")
        self.assertEqual(e["code"], "EINPUT")
        self.assertIn("'isolated'", e["message"])

    def test_what_is_not_built(self):
        for keys, word in (
            ({"level": "container"}, "container"),
            ({"network": {"mode": "list", "allow": ["https://example.com"]}}, "network"),
            ({"network": {"mode": "same-origin"}}, "network"),
            ({"storage": {"scope": "script", "quota": "1MiB"}}, "storage"),
            ({"files": {"work": "workspace"}}, "workspace"),
            ({"host": {"expose": {"f": "call"}}}, "host"),
        ):
            with self.subTest(keys=keys):
                policy = self.policy(**keys)
                e = self.failure(
                    "run", "--json", "--policy", policy, "-c", "print(1)", status=125
                )
                self.assertEqual(e["code"], "EDENIED", e)
                self.assertIn(word, e["message"])


POLICIES = (
    ("a duplicate key", "version: 1\nversion: 1\n", 2, "version"),
    (
        "a duplicate profile",
        "version: 1\nprofiles:\n  a: {extends: judge}\n  a: {}\n",
        4,
        "a",
    ),
    (
        "a duplicate limit",
        (
            "version: 1\nprofiles:\n  a:\n    extends: judge\n"
            "    limits: {wall: 1s, wall: 2s}\n"
        ),
        5,
        "wall",
    ),
    ("a tab", "version: 1\nprofiles:\n\ta: {extends: judge}\n", 3, None),
    (
        "a cycle",
        "version: 1\nprofiles:\n  a: {extends: b}\n  b: {extends: a}\n",
        None,
        "extends",
    ),
    ("itself", "version: 1\nprofiles:\n  a: {extends: a}\n", 3, "extends"),
    ("an unknown key", "version: 1\nprofilse: {}\n", 2, "profilse"),
    ("an unknown parent", "version: 1\nprofiles:\n  a: {extends: nobody}\n", 3, "extends"),
    (
        "an unknown limit",
        "version: 1\nprofiles:\n  a:\n    extends: judge\n    limits: {wll: 1s}\n",
        5,
        "wll",
    ),
    (
        "a negative limit",
        "version: 1\nprofiles:\n  a:\n    extends: judge\n    limits: {wall: -1s}\n",
        5,
        "wall",
    ),
    (
        "a loop budget",
        (
            "version: 1\nprofiles:\n  a:\n    extends: isolated\n"
            "    limits: {loop_iterations: 5}\n"
        ),
        5,
        "loop_iterations",
    ),
    ("no version", "profiles: {}\n", None, "version"),
    ("another version", "version: 2\n", 1, "version"),
    ("no yaml", "version: [1\n", None, None),
    ("a list", "- 1\n", 1, None),
    (
        "an alias bomb",
        "version: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        None,
        None,
    ),
    ("not utf-8", b"version: 1\n# \xff\n", 2, None),
    ("nul", b"version: 1\n# \0\n", 2, None),
    ("empty", "", None, None),
    ("two documents", "version: 1\n---\nversion: 1\n", None, None),
    ("nested deeply", "version: 1\nprofiles: " + "[" * 5000 + "]" * 5000, None, None),
)


class Policies(CellTest):
    def test_they_are_refused_with_their_place(self):
        for name, text, line, key in POLICIES:
            with self.subTest(name=name):
                path = self.write("policy.yaml", text)
                e = self.failure("run", "--json", "--policy", path, "-c", "print(1)")
                self.assertEqual(e["code"], "EINPUT")
                self.assertEqual(e["file"], path)
                if line is not None:
                    self.assertEqual(e["line"], line, e)
                    self.assertIsNotNone(e["column"])
                if key is not None:
                    self.assertIn(key, (e["key"] or "") + e["message"])

    def test_a_policy_that_is_not_there(self):
        e = self.failure("run", "--json", "--policy", "none.yaml", "-c", "1")
        self.assertIn("none.yaml", e["message"])

    def test_a_package_path_that_is_not_there(self):
        sets = {"gone": {"path": "/nonexistent/packages"}}
        policy = self.policy(package_sets=sets, python={"packages": "gone"})
        done = self.cloche("run", "--json", "--policy", policy, "-c", "print(1)")
        self.assertIn(done.returncode, (2, 125))
        self.assertIn("/nonexistent/packages", json.loads(done.stdout)["error"]["message"])

    def test_a_package_set_that_is_not_there(self):
        policy = self.policy(python={"packages": "nosuch"})
        e = self.failure("run", "--json", "--policy", policy, "-c", "print(1)")
        self.assertIn("nosuch", e["message"])

    def test_a_directory_to_read_that_is_not_there(self):
        policy = self.policy(files={"read": ["/nonexistent/data"]})
        e = self.failure("run", "--json", "--policy", policy, "-c", "print(1)", status=125)
        self.assertIn("/nonexistent/data", e["message"])
        self.assertIn("files.read", e["message"])


if __name__ == "__main__":
    unittest.main()

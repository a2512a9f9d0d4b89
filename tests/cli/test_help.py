# SPDX-License-Identifier: Apache-2.0
"""Help, version, unknown words; and that the table of options, the manual
pages and the completions say the same."""
import json
import re
import shutil
import subprocess
import unittest

from support import MANUALS, CliTest, options_in_help

COMMANDS = ("run", "demo", "scan", "doctor", "bench", "policy", "policy check", "policy explain",
            "policy diff", "policy schema", "sign", "verify", "completion", "help", "version")

PAGES = {"run": "cloche-run.1", "demo": "cloche-demo.1", "scan": "cloche-scan.1",
         "doctor": "cloche-doctor.1",
         "bench": "cloche-bench.1",
         "policy": "cloche-policy.1", "sign": "cloche-sign.1", "verify": "cloche-verify.1"}


class Help(CliTest):
    def test_without_words_it_shows_examples_and_fails(self):
        done = self.check(2)
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"cloche run script.py", done.stderr)
        self.assertLess(len(done.stderr.splitlines()), 15)

    def test_a_group_without_a_command_does_the_same(self):
        done = self.check(2, "policy")
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"cloche policy check", done.stderr)

    def test_every_command_has_help_by_example(self):
        for command in COMMANDS:
            for flag in ("--help", "-h"):
                with self.subTest(command=command, flag=flag):
                    done = self.check(0, *command.split(), flag)
                    self.assertEqual(done.stderr, b"")
                    self.assertIn(b"\nExamples:\n  ", done.stdout)
                    self.assertIn(b"Usage: cloche " + command.encode(), done.stdout)

    def test_help_command_shows_the_same(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                self.assertEqual(self.check(0, "help", *command.split()).stdout,
                                 self.check(0, *command.split(), "--help").stdout)
        self.assertEqual(self.check(0, "help").stdout, self.check(0, "--help").stdout)

    def test_help_on_what_is_not_there_fails(self):
        self.check(2, "help", "rnu")
        self.check(2, "help", "run", "run")
        self.check(2, "help", "policy", "check", "check")
        self.check(2, "help", "policy", "check", "a", "b")

    def test_top_help_lists_every_command(self):
        text = self.check(0, "--help").stdout.decode()
        for command in COMMANDS:
            if " " not in command:
                self.assertRegex(text, rf"\n  {command} +\S")

    def test_help_fits_a_terminal(self):
        for command in ("", *COMMANDS):
            text = self.check(0, *command.split(), "--help").stdout.decode()
            for line in text.splitlines():
                self.assertLessEqual(len(line), 92, line)

    def test_help_wins_over_a_mistake_that_follows_it(self):
        self.check(0, "run", "--help", "--nonsense")

    def test_version(self):
        self.assertRegex(self.check(0, "version").stdout, rb"^cloche \d+\.\d+\.\d+\n$")
        for flag in ("--version", "-V"):
            self.assertEqual(self.check(0, flag).stdout, self.check(0, "version").stdout)
        value = json.loads(self.check(0, "version", "--json").stdout)
        self.assertEqual(list(value), ["version"])

    def test_starts_fast_without_heavy_libraries(self):
        if shutil.which("ldd") is None:
            self.skipTest("ldd is not there")
        from support import binary
        said = subprocess.run(["ldd", binary()], stdout=subprocess.PIPE, check=True).stdout
        for heavy in (b"libpython", b"libcurl", b"libicu", b"libpq", b"libssl"):
            self.assertNotIn(heavy, said)


class Unknown(CliTest):
    def test_an_unknown_command_names_the_nearest(self):
        for typed, meant in (("rnu", "run"), ("docter", "doctor"), ("polcy", "policy"),
                             ("comp", "completion"), ("verson", "version")):
            with self.subTest(typed=typed):
                done = self.check(2, typed)
                self.assertIn(f"unknown command '{typed}'".encode(), done.stderr)
                self.assertIn(f"'cloche {meant}'".encode(), done.stderr)
                self.assertEqual(done.stdout, b"")

    def test_a_word_near_nothing_suggests_nothing(self):
        done = self.check(2, "xyzzy")
        self.assertNotIn(b"did you mean", done.stderr)
        self.assertIn(b"cloche --help", done.stderr)

    def test_commands_of_later_versions_do_not_exist(self):
        for command in ("session", "decide", "packages",
                        "workspace", "audit", "serve", "mcp"):
            with self.subTest(command=command):
                self.assertIn(b"unknown command", self.check(2, command).stderr)

    def test_a_file_in_place_of_a_command_is_explained(self):
        self.write("script.py", "print(1)\n")
        self.assertIn(b"'cloche run script.py'", self.check(2, "script.py").stderr)

    def test_an_unknown_member_of_a_group(self):
        done = self.check(2, "policy", "chek")
        self.assertIn(b"'policy chek'", done.stderr)
        self.assertIn(b"'cloche policy check'", done.stderr)

    def test_as_json(self):
        error = self.failure("rnu", "--json")
        self.assertEqual(error["code"], "EINPUT")
        self.assertEqual(error["key"], "rnu")
        self.assertEqual(error["expected"], "cloche run")


class OneTable(CliTest):
    def test_manual_pages_have_every_option_and_no_other(self):
        for command, page in PAGES.items():
            text = (MANUALS / page).read_text().replace("\\-", "-").replace("\\&", "")
            described = set()
            for line in text.splitlines():
                if line.startswith((".It Fl ", ".Op Fl ")):
                    words = line.split()[2:]
                    for word in words:
                        if word in ("Ar", "Oo"):
                            break
                        if word not in (",", "-"):
                            described.add("-" + word)
            described.discard("-hv")
            described.discard("--")
            shown = set()
            for name in COMMANDS:
                if name == command or name.startswith(command + " "):
                    shown |= set(options_in_help(
                        self.check(0, *name.split(), "--help").stdout.decode()))
            self.assertEqual(described, shown, page)

    def test_limit_keys_are_those_of_the_policy(self):
        schema = json.loads(self.check(0, "policy", "schema").stdout)
        limits = self._limits_of(schema)
        if limits is None:
            self.fail("the policy's schema has no object with a property 'wall'")
        script = self.check(0, "completion", "bash").stdout.decode()
        offered = re.search(r"'((?:\w+=\s?)+)'", script).group(1)
        self.assertEqual({word.rstrip("=") for word in offered.split()}, set(limits))

    def _limits_of(self, schema):
        if isinstance(schema, dict):
            properties = schema.get("properties")
            if isinstance(properties, dict) and "wall" in properties:
                return list(properties)
            schema = list(schema.values())
        if isinstance(schema, list):
            for part in schema:
                found = self._limits_of(part)
                if found is not None:
                    return found
        return None

    def test_manual_pages_are_clean(self):
        if shutil.which("mandoc") is None:
            self.skipTest("mandoc is not installed")
        for page in sorted(MANUALS.iterdir()):
            said = subprocess.run(["mandoc", "-T", "lint", "-W", "style", page],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
            # Whether other pages are installed is the host's affair.
            left = [line for line in said.decode().splitlines()
                    if "referenced manual not found" not in line
                    and "outdated mandoc.db" not in line]
            self.assertEqual(left, [], page)

    def test_the_library_page_has_every_public_function(self):
        page = (MANUALS / "libcloche.3").read_text()
        for header in ("cloche.h", "error.h"):
            text = (MANUALS.parents[1] / "include" / "cloche" / header).read_text()
            text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
            for name in set(re.findall(r"\b(cloche_\w+)\(", text)):
                self.assertIn(f".Nm {name}", page)
                self.assertRegex(page, rf"\.F[no] {name}\b")


if __name__ == "__main__":
    unittest.main()

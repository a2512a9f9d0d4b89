# SPDX-License-Identifier: Apache-2.0
"""`cloche completion`: the scripts do what they promise, in their shells."""
import os
import shutil
import subprocess
import unittest

from support import CliTest, binary

# What is typed (the last word is being completed), and words that must be and
# must not be offered.
TYPED = (
    ("", {"run", "demo", "doctor", "bench", "policy", "completion", "help", "version"}, {"check"}),
    ("ru", {"run"}, {"doctor"}),
    ("policy ", {"check", "explain", "diff", "schema"}, {"run"}),
    ("policy explain ", {"isolated", "judge"}, {"run"}),
    ("run --pro", {"--profile"}, {"--policy"}),
    ("run --profile ", {"isolated", "judge"}, {"--json"}),
    ("run -p is", {"isolated"}, {"judge"}),
    ("run --limit wa", {"wall="}, {"cpu="}),
    ("bench --work", {"--workload"}, {"--rounds"}),
    ("bench --workload W1", {"W1", "W10"}, {"W2", "caller"}),
    ("run scr", {"script.py"}, {"run"}),
    ("run --stdin scr", {"script.py"}, set()),
    ("run -- scr", {"script.py"}, set()),
    ("run --out d", {"directory"}, {"script.py"}),
    ("demo fo", {"fork_bomb", "forged_result"}, {"ptrace"}),
    ("demo --show sha", {"shapes"}, {"ptrace"}),
    ("completion ", {"bash", "zsh", "fish"}, set()),
    ("policy check scr", {"script.py"}, set()),
)


class Completion(CliTest):
    def setUp(self):
        super().setUp()
        self.write("script.py", "")
        (self.dir / "directory").mkdir()

    def script(self, shell):
        if shutil.which(shell) is None:
            self.skipTest(f"{shell} is not installed")
        return self.write(f"completion.{shell}", self.check(0, "completion", shell).stdout)

    def shell(self, *argv):
        done = subprocess.run(argv, cwd=self.dir, env=self.env(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=30)
        self.assertEqual((done.returncode, done.stderr), (0, b""), done)
        return done.stdout.decode()

    def check_offers(self, complete):
        for typed, wanted, unwanted in TYPED:
            with self.subTest(typed=typed):
                offered = {word.rstrip("/") for word in complete(typed)}
                self.assertLessEqual(wanted, offered)
                self.assertEqual(offered & unwanted, set())

    def test_bash(self):
        path = self.script("bash")
        self.shell("bash", "-n", path)

        def complete(typed):
            words = ["cloche", *typed.split(" ")]
            quoted = " ".join(f"'{word}'" for word in words)
            return self.shell("bash", "--norc", "-c",
                              f"compopt() {{ :; }}; source '{path}'; "
                              f"COMP_WORDS=({quoted}); "
                              f"COMP_CWORD={len(words) - 1}; _cloche; "
                              "printf '%s\\n' \"${COMPREPLY[@]}\"").split()
        self.check_offers(complete)

    def test_bash_after_an_equals_sign(self):
        path = self.script("bash")
        said = self.shell("bash", "--norc", "-c", f"source '{path}'; "
                          "COMP_WORDS=(cloche run --profile = ju); COMP_CWORD=4; _cloche; "
                          "echo \"${COMPREPLY[@]}\"")
        self.assertEqual(said, "judge\n")

    def test_fish(self):
        path = self.script("fish")

        def complete(typed):
            said = self.shell("fish", "--no-config", "-c",
                              f"source '{path}'; complete -C 'cloche {typed}'")
            return [line.split("\t")[0] for line in said.splitlines()]
        self.check_offers(complete)

    def test_zsh(self):
        path = self.script("zsh")
        self.shell("zsh", "-f", "-n", path)
        # _arguments works only in a completion of the line editor, so this
        # asks the script which specifications it would give it.
        said = self.shell("zsh", "-f", "-c",
                          "_arguments() { print -rl -- \"$@\" }; compdef() { }; "
                          f"source '{path}'; words=(cloche run --p); CURRENT=3; _cloche")
        for part in ("*-p[", "*--profile[", "*-c[", "*--json[", "(admin ", "_files -/"):
            self.assertIn(part, said)

    def test_profiles_of_the_policy_are_offered(self):
        policy = self.write("p.yaml", "version: 1\nprofiles:\n"
                            "  mine: {extends: isolated}\n")
        for shell in ("bash", "zsh", "fish"):
            with self.subTest(shell=shell):
                done = self.check(0, "completion", shell, env={"CLOCHE_POLICY": policy})
                self.assertIn(b" mine ", done.stdout)

    def test_a_broken_policy_does_not_break_the_shell(self):
        done = self.check(0, "completion", "bash", env={"CLOCHE_POLICY": "nowhere"})
        self.assertEqual(done.stderr, b"")
        self.assertIn(b"complete -F _cloche cloche", done.stdout)


if __name__ == "__main__":
    unittest.main()

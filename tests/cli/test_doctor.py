# SPDX-License-Identifier: Apache-2.0
"""`cloche doctor`."""
import json
import unittest

from support import CliTest, Terminal, binary


class Doctor(CliTest):
    def test_table_and_status(self):
        done = self.cloche("doctor")
        text = done.stdout.decode()
        last = text.splitlines()[-1]
        self.assertEqual(done.stderr, b"")
        if done.returncode == 0:
            self.assertEqual(last, "The default profile, 'isolated', can run here.")
        else:
            self.assertEqual(done.returncode, 1)
            self.assertEqual(last, "The default profile, 'isolated', cannot run here.")
        self.assertRegex(text, r"(?m)^(available|missing  |not tried)  \S")
        self.assertNotIn("\x1b", text)

    def test_what_is_missing_has_two_lines_more(self):
        lines = self.cloche("doctor").stdout.decode().splitlines()
        for number, line in enumerate(lines):
            if line.startswith(("missing", "not tried")):
                self.assertTrue(lines[number + 1].strip().startswith("needed by: "), lines)
            if line.startswith("missing"):
                self.assertTrue(lines[number + 2].strip().startswith("to do: "), lines)

    def test_as_json(self):
        done = self.cloche("doctor", "--json")
        self.assertEqual(done.stdout.count(b"\n"), 1)
        value = json.loads(done.stdout)
        self.assertEqual(set(value), {"can_run", "profile", "rows"})
        self.assertEqual(done.returncode, 0 if value["can_run"] else 1)
        self.assertGreater(len(value["rows"]), 0)
        for row in value["rows"]:
            self.assertEqual(set(row), {"facility", "available", "detail", "needed_by",
                                        "remedy"})
            self.assertIn(row["available"], (True, False, None))
            self.assertTrue(row["facility"])
            if row["available"] is False:
                self.assertTrue(row["needed_by"], row)
                self.assertTrue(row["remedy"], row)

    def test_asks_about_the_policys_default(self):
        path = self.write("p.yaml", "version: 1\ndefault: judge\n")
        value = json.loads(self.cloche("doctor", "--json", "--policy", path).stdout)
        self.assertEqual(value["profile"], "judge")

    def test_agrees_with_run(self):
        can_run = json.loads(self.cloche("doctor", "--json").stdout)["can_run"]
        self.assertEqual(self.cloche("run", "-c", "1").returncode, 0 if can_run else 125)

    def test_colour_on_a_terminal_only(self):
        terminal = Terminal([binary(), "doctor"], self.dir, self.env())
        self.addCleanup(terminal.close)
        terminal.wait()
        self.assertIn(b"\x1b[32mavailable", terminal.seen)


if __name__ == "__main__":
    unittest.main()
